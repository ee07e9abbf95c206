//! Texts compressed once, when they are made, for servers that send what lies beside a file.
//!
//! Takes a finished file; gives the same in each format that the settings ask for, under its name with one more ending. What is
//! copied as it is, what is short, and what would not be smaller stays alone. The same text gives the same bytes: no date goes in.

use std::io::{self, Read as _, Write as _};

use flate2::write::GzEncoder;

use crate::config::Compression;
use crate::output::{Artefact, OutPath};

/// The least bytes of a text that is worth it: what is shorter goes in one packet as it is.
const LEAST: usize = 1024;

/// The kinds of text that browsers load.
const KINDS: [&str; 6] = [".html", ".css", ".js", ".json", ".xml", ".svg"];

/// How hard Brotli tries. The two levels above cost ten times as much for a twentieth.
const BROTLI_QUALITY: u32 = 9;

/// The compressed forms of a file, by their paths.
pub fn twins(wanted: &[Compression], path: &OutPath, file: &Artefact) -> Vec<(OutPath, Artefact)> {
    let text = file.bytes().filter(|text| text.len() >= LEAST && KINDS.iter().any(|kind| path.as_str().ends_with(kind)));
    let Some(text) = text.filter(|_| !wanted.is_empty()) else { return Vec::new() };
    let twin = |(ending, format): (&str, Compression)| {
        let path = OutPath::new(&format!("{path}.{ending}"))?;
        let made = compressed(text, format).ok().filter(|made| made.len() < text.len())?;
        Some((path, Artefact::Made(made.into())))
    };
    let formats = Compression::NAMES.into_iter().filter(|(_, format)| wanted.contains(format));
    formats.filter_map(twin).collect()
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
