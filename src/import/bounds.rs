//! Bounds of an import, since a file may be made to take all of a machine.

use super::Refusal;
use super::blocks::Paper;

/// The most bytes of a file.
pub const MOST_BYTES: usize = 64 << 20;
/// The most bytes of the letters of a text, a page, or a part of a document.
pub const MOST_LETTERS: u64 = 32 << 20;
/// The most bytes of all pictures of a document.
pub const MOST_PICTURES: u64 = 256 << 20;
/// The most nodes of a part of a document.
pub const MOST_NODES: u32 = 4_000_000;
/// The most files in a document.
pub const MOST_FILES: usize = 5_000;
/// The most blocks of a paper.
pub const MOST_BLOCKS: usize = 200_000;
/// The deepest list.
pub const DEEPEST: usize = 8;

/// Refuses a file that is larger than a reader takes.
pub(crate) fn check(bytes: &[u8]) -> Result<(), Refusal> {
    if bytes.len() > MOST_BYTES {
        return Err(Refusal::new("the file is larger than 64 MB", "cut it into papers and import each of them"));
    }
    Ok(())
}

/// Refuses a paper that has more blocks than a site can hold in one document.
pub(crate) fn check_blocks(paper: &Paper) -> Result<(), Refusal> {
    if paper.blocks.len() > MOST_BLOCKS {
        return Err(Refusal::new(
            "the file has more than 200,000 paragraphs",
            "cut it into papers and import each of them",
        ));
    }
    Ok(())
}
