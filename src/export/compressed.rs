//! Texts compressed once, when they are made, for servers that send what is beside a file.
//!
//! Takes a finished file; gives the same in each format that the settings ask for, under its name
//! with one more ending. What is copied as it is, what is short, and what would not be smaller
//! stays alone. The same text gives the same bytes: no date goes in.

use std::io::{self, Read as _, Write as _};
use std::sync::{Mutex, PoisonError};

use flate2::write::GzEncoder;

use crate::config::Compression;
use crate::output::{Artefact, OutPath};

/// The least bytes of a text that is worth it: what is shorter goes in one packet as it is.
const LEAST: usize = 1024;

/// The kinds of text that browsers load.
const KINDS: [&str; 6] = [".html", ".css", ".js", ".json", ".xml", ".svg"];

/// Compression level of Brotli. The two levels above take ten times as long to save a twentieth
/// more.
const BROTLI_QUALITY: u32 = 9;

/// Takes in what is to be published before it is kept, and gives it back.
type KeepHook<'a> = &'a (dyn Fn(&OutPath, Artefact) -> Artefact + Sync);

/// The compressed forms of the files of a site, made while those are.
#[derive(Default)]
pub struct CompressedForms<'a> {
    wanted: &'a [Compression],
    made: Mutex<Vec<(OutPath, Artefact)>>,
}

impl<'a> CompressedForms<'a> {
    /// Makes ready for some formats; with none, nothing is ever made.
    pub fn new(wanted: &'a [Compression]) -> Self {
        CompressedForms { wanted, ..CompressedForms::default() }
    }

    /// Compresses a file, if it is a text that is worth it, and keeps what it made.
    pub fn add(&self, path: &str, file: &Artefact, keep: KeepHook<'_>) {
        let worth = |text: &&[u8]| text.len() >= LEAST && KINDS.iter().any(|kind| path.ends_with(kind));
        let Some(text) = file.bytes().filter(worth) else { return };
        for (ending, format) in Compression::NAMES.into_iter().filter(|(_, format)| self.wanted.contains(format)) {
            let smaller = compressed(text, format).ok().filter(|made| made.len() < text.len());
            // A path that is too long with its ending stays without.
            if let (Some(path), Some(made)) = (OutPath::new(&format!("{path}.{ending}")), smaller) {
                let kept = keep(&path, Artefact::Made(made.into()));
                self.made.lock().unwrap_or_else(PoisonError::into_inner).push((path, kept));
            }
        }
    }

    /// Keeps a file, and what compressing it made.
    pub fn keep(&self, path: &OutPath, file: Artefact, keep: KeepHook<'_>) -> Artefact {
        self.add(path.as_str(), &file, keep);
        keep(path, file)
    }

    /// Returns the compressed files.
    pub fn finish(self) -> Vec<(OutPath, Artefact)> {
        self.made.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

fn compressed(text: &[u8], format: Compression) -> io::Result<Vec<u8>> {
    match format {
        Compression::Gzip => {
            let mut encoder = GzEncoder::new(Vec::new(), flate2::Compression::best());
            encoder.write_all(text)?;
            encoder.finish()
        }
        Compression::Brotli => {
            let mut made = Vec::new();
            brotli::CompressorReader::new(text, 1 << 16, BROTLI_QUALITY, 22).read_to_end(&mut made)?;
            Ok(made)
        }
    }
}
