//! What a build costs, beside what it must cost and what others cost.
//!
//! `cargo bench --bench build -- corpus FOLDER DOCUMENTS CLAUSES` writes a site of that size into a folder.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a benchmark may stop where it stands")]
#![allow(dead_code, reason = "each benchmark uses a part of the corpus")]

mod corpus;

use std::path::Path;

use corpus::Size;

fn main() {
    // Cargo adds `--bench`.
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["corpus", folder, documents, clauses] => {
            let size = Size { documents: documents.parse().unwrap(), clauses: clauses.parse().unwrap() };
            corpus::write(size, Path::new(folder)).unwrap();
        }
        _ => panic!("corpus FOLDER DOCUMENTS CLAUSES"),
    }
}
