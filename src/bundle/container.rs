//! The zip container of a bundle: the one form that `bundle` writes, and the only form that any
//! reader of bundles accepts.
//!
//! Takes packed files and writes a container, or takes the bytes of a stranger and reads one. A
//! part is accepted only if writing it again gives the same bytes, so that two programs cannot find
//! two things in it. Opens no file.
//!
//! ```text
//! container = file* entry* [large] end       nothing is before, between or after them
//! file      = "PK\3\4" 20 common name data
//! entry     = "PK\1\2" 20 3 20 common 0 0 0 (0100644 << 16) start name
//! common    = flags method 0 day crc packed size length 0
//! large     = "PK\6\6" 44 20 20 0 0 count count bytes start   "PK\6\7" 0 place 1
//! end       = "PK\5\6" 0 0 count count bytes start 0
//! ```
//!
//! - Numbers are little-endian, as wide as APPNOTE 6.3 has them. `20` is the version needed, and
//!   `3` the system Unix.
//! - `name` is `TOP/PATH`: one plain folder for all files, and a [`BundlePath`]. Names ascend by
//!   `PATH`, and no two of them can meet on a system that ignores case ([`clash`]). `length` is
//!   that of `name`.
//! - `flags` is 0 where `name` is ASCII, and else 0x0800 (UTF-8).
//! - `method` is 0 (stored: `packed` is `size`) or 8 (deflate: one stream that uses `packed` bytes
//!   and gives `size`).
//! - The time is 0, and `day` is that of the edition, or the first that a zip can name. All files
//!   have the same.
//! - `start` of an entry is where its file begins, which is where the one before it ends. `start`
//!   of the end is where the entries begin; `bytes` is how long they are together.
//! - `large` is there if `count` is above 65,535; the end then has the greatest numbers for `count`
//!   and `bytes`, and `place` is where `large` begins.
//!
//! So there are no folders, links, comments, extra fields, descriptors, other disks, encryption, or
//! bytes without a meaning.

use std::io::{self, Read, Seek, SeekFrom, Write};

use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc, Decompress, FlushDecompress, Status};

use super::{BundlePath, MAX_FILES, clash};
use crate::date::PartialDate;

/// The most bytes of one file, which is packed and unpacked in memory.
pub const MAX_FILE: u64 = 512 << 20;
/// The most bytes that all files may have together.
const MAX_BYTES: u64 = 8 << 30;
/// The most bytes of all entries.
const MAX_ENTRIES: u64 = 256 << 20;
/// A file that is larger than this may not be more than [`MAX_RATIO`] times as large as its packed
/// bytes.
const SMALL: u64 = 1 << 20;
/// Text packs to a tenth, tables to a thirtieth. What packs to less was made to fill a memory, or
/// is stored.
const MAX_RATIO: u64 = 250;

const VERSION: u16 = 20;
const UNIX: u16 = 3 << 8;
const UTF_8: u16 = 0x0800;
/// A plain file that everybody may read and its owner write.
const MODE: u32 = 0o100_644 << 16;
/// The length of an entry before its name.
const ENTRY: usize = 46;
/// The lengths of the records at the end.
const LARGE: usize = 76;
const END: usize = 22;

/// The day that all files of a container have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day(u16);

impl Day {
    /// The first day of a date, or the first day that a zip can name.
    pub fn of(date: Option<PartialDate>) -> Self {
        let known = date.filter(|date| (1980..=2107).contains(&i32::from(date.year)));
        let parts = known.map(|date| (date.year, date.month.unwrap_or(1), date.day.unwrap_or(1)));
        let (year, month, day) = parts.map_or((1980, 1, 1), |(year, month, day)| (i32::from(year), month, day));
        let years = u16::try_from(year - 1980).unwrap_or_default();
        Day(years << 9 | u16::from(month) << 5 | u16::from(day))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Method {
    Stored = 0,
    Deflated = 8,
}

/// The bytes of a file as they are in a container.
#[derive(Clone, Debug)]
pub struct Packed {
    method: Method,
    crc: u32,
    size: u32,
    data: Vec<u8>,
}

impl Packed {
    /// Packs a file: by deflate if that makes it smaller, and not so much smaller that no reader
    /// would unpack it. Returns nothing if it is larger than [`MAX_FILE`].
    pub fn new(bytes: &[u8]) -> Option<Self> {
        let size = u32::try_from(bytes.len()).ok().filter(|size| u64::from(*size) <= MAX_FILE)?;
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(bytes).ok()?;
        let data = encoder.finish().ok()?;
        let is_smaller = data.len() < bytes.len() && !is_bomb(size.into(), data.len() as u64);
        let (method, data) = if is_smaller { (Method::Deflated, data) } else { (Method::Stored, bytes.to_vec()) };
        Some(Packed { method, crc: crc(bytes), size, data })
    }

    /// Unpacks the file. Returns nothing unless the packed bytes give exactly what their header
    /// says, and are used up by that.
    pub fn unpack(self) -> Option<Vec<u8>> {
        let bytes = match self.method {
            Method::Stored => self.data,
            Method::Deflated => inflate(&self.data, self.size)?,
        };
        (bytes.len() == self.size as usize && crc(&bytes) == self.crc).then_some(bytes)
    }
}

fn crc(bytes: &[u8]) -> u32 {
    let mut crc = Crc::new();
    crc.update(bytes);
    crc.sum()
}

fn is_bomb(size: u64, packed: u64) -> bool {
    size > SMALL && size / MAX_RATIO > packed
}

/// Unpacks one deflate stream that is exactly `data`. In one step into one buffer: so a distance
/// that leads before the first byte is an error, as it is to other programs.
fn inflate(data: &[u8], size: u32) -> Option<Vec<u8>> {
    let mut bytes = vec![0; size as usize + 1];
    let mut inflater = Decompress::new(false);
    let status = inflater.decompress(data, &mut bytes, FlushDecompress::Finish).ok()?;
    let is_exact = inflater.total_in() == data.len() as u64 && inflater.total_out() == u64::from(size);
    bytes.truncate(size as usize);
    (status == Status::StreamEnd && is_exact).then_some(bytes)
}

/// One file of a container.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContainerFile {
    /// Path below the folder for all files.
    pub path: BundlePath,
    /// Size in bytes.
    pub size: u32,
    method: Method,
    crc: u32,
    packed: u32,
    start: u32,
}

/// The facts that all files of a container share.
#[derive(Clone, Debug, PartialEq, Eq)]
struct SharedFields {
    top: String,
    day: Day,
}

impl SharedFields {
    fn name(&self, entry: &ContainerFile) -> String {
        format!("{}/{}", self.top, entry.path)
    }

    /// The part that is the same in both headers of a file.
    fn header(&self, entry: &ContainerFile, name: &str) -> Vec<u8> {
        let flags = if name.is_ascii() { 0 } else { UTF_8 };
        let length = u16::try_from(name.len()).unwrap_or(u16::MAX);
        let mut bytes = Vec::with_capacity(24);
        add(&mut bytes, [VERSION, flags, entry.method as u16, 0, self.day.0]);
        add_wide(&mut bytes, [entry.crc, entry.packed, entry.size]);
        add(&mut bytes, [length, 0]);
        bytes
    }

    /// The header before the data of a file.
    fn file(&self, entry: &ContainerFile) -> Vec<u8> {
        let name = self.name(entry);
        [b"PK\x03\x04", &self.header(entry, &name)[..], name.as_bytes()].concat()
    }

    /// The header among the entries.
    fn entry(&self, entry: &ContainerFile) -> Vec<u8> {
        let name = self.name(entry);
        let mut bytes = b"PK\x01\x02".to_vec();
        add(&mut bytes, [UNIX | VERSION]);
        bytes.extend(self.header(entry, &name));
        add(&mut bytes, [0, 0, 0]);
        add_wide(&mut bytes, [MODE, entry.start]);
        bytes.extend(name.as_bytes());
        bytes
    }
}

fn add<const N: usize>(bytes: &mut Vec<u8>, numbers: [u16; N]) {
    bytes.extend(numbers.into_iter().flat_map(u16::to_le_bytes));
}

fn add_wide<const N: usize>(bytes: &mut Vec<u8>, numbers: [u32; N]) {
    bytes.extend(numbers.into_iter().flat_map(u32::to_le_bytes));
}

/// The records after the entries.
fn end(count: u64, length: u64, start: u32) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(LARGE + END);
    let small = u16::try_from(count).ok();
    if small.is_none() {
        bytes.extend(b"PK\x06\x06");
        bytes.extend(44_u64.to_le_bytes());
        add(&mut bytes, [VERSION, VERSION]);
        add_wide(&mut bytes, [0, 0]);
        bytes.extend([count, count, length, start.into()].into_iter().flat_map(u64::to_le_bytes));
        bytes.extend(b"PK\x06\x07");
        add_wide(&mut bytes, [0]);
        bytes.extend((u64::from(start) + length).to_le_bytes());
        add_wide(&mut bytes, [1]);
    }
    let short = small.map_or(u32::MAX, |_| u32::try_from(length).unwrap_or(u32::MAX));
    bytes.extend(b"PK\x05\x06");
    add(&mut bytes, [0, 0, small.unwrap_or(u16::MAX), small.unwrap_or(u16::MAX)]);
    add_wide(&mut bytes, [short, start]);
    add(&mut bytes, [0]);
    bytes
}

/// Writes a container of files in the order of their paths, below the folder `top`.
///
/// # Errors
///
/// If it would have more than 4 GiB or too many files, or if `to` cannot be written.
pub fn write(
    mut to: impl Write,
    top: &str,
    day: Day,
    files: impl IntoIterator<Item = (BundlePath, Packed)>,
) -> io::Result<()> {
    let common = SharedFields { top: top.to_owned(), day };
    let too_large = |what: &str| io::Error::new(io::ErrorKind::FileTooLarge, format!("a bundle has at most {what}"));
    let place = |at: u64| u32::try_from(at).map_err(|_| too_large("4 GiB"));
    let (mut count, mut at, mut unpacked) = (0, 0, 0);
    let mut entries = Vec::new();
    for (path, Packed { method, crc, size, data }) in files {
        let entry = ContainerFile { path, size, method, crc, packed: place(data.len() as u64)?, start: place(at)? };
        let header = common.file(&entry);
        to.write_all(&header)?;
        to.write_all(&data)?;
        entries.extend(common.entry(&entry));
        at += (header.len() + data.len()) as u64;
        unpacked += u64::from(size);
        count += 1;
    }
    if count > MAX_FILES as u64 {
        return Err(too_large(&format!("{MAX_FILES} files")));
    }
    if unpacked > MAX_BYTES {
        return Err(too_large("8 GiB unpacked"));
    }
    to.write_all(&entries)?;
    to.write_all(&end(count, entries.len() as u64, place(at)?))?;
    to.flush()
}

/// A container that is in the one form, as far as can be told without the files in it.
pub struct Container<R> {
    from: R,
    common: SharedFields,
    entries: Vec<ContainerFile>,
}

impl<R: Read + Seek> Container<R> {
    /// Reads the list of files. Takes nothing into memory before it knows how much that is.
    ///
    /// # Errors
    ///
    /// If it is not in the one form: the error completes "it is not as `bundle` writes it: …".
    pub fn open(mut from: R) -> Result<Self, String> {
        let (count, start, entries) = entries(&mut from).map_err(|error| error.to_string())?;
        let mut rest = entries.as_slice();
        let mut at = 0;
        let mut bytes = 0;
        let mut common: Option<SharedFields> = None;
        let mut entries: Vec<ContainerFile> = Vec::new();
        while !rest.is_empty() {
            let (found, entry) = entry(rest, at).ok_or_else(|| match name(rest) {
                Some(name) if name.ends_with('/') => "it has an entry for a folder: another program packed it",
                _ => "an entry in it has no name that every system can unpack",
            })?;
            let shown = found.name(&entry);
            let common = common.get_or_insert(found);
            rest = rest
                .strip_prefix(common.entry(&entry).as_slice())
                .ok_or_else(|| format!("`{shown}` is not a plain file, or its entry has more than that of a bundle"))?;
            if entries.last().is_some_and(|last| last.path >= entry.path) {
                return Err(format!("`{shown}` is not in order, or is there twice"));
            }
            bytes += u64::from(entry.size);
            if bytes > MAX_BYTES || u64::from(entry.size) > MAX_FILE || is_bomb(entry.size.into(), entry.packed.into())
            {
                return Err(format!("`{shown}` would be unpacked to far more than a bundle holds"));
            }
            if entry.method == Method::Stored && entry.packed != entry.size {
                return Err(format!("`{shown}` has two sizes"));
            }
            at = u32::try_from(u64::from(at) + common.file(&entry).len() as u64 + u64::from(entry.packed))
                .map_err(|_| "it is larger than it can be")?;
            entries.push(entry);
        }
        if entries.len() as u64 != count || at != start {
            return Err("its list of files does not agree with the files".to_owned());
        }
        if let Some((one, other)) = clash(entries.iter().map(|entry| &entry.path)) {
            return Err(format!("some systems would unpack only one of `{one}` and `{other}`"));
        }
        Ok(Container { from, common: common.ok_or("it is empty")?, entries })
    }

    /// The files, in order.
    pub fn entries(&self) -> &[ContainerFile] {
        &self.entries
    }

    /// The folder for all files.
    pub fn top(&self) -> &str {
        &self.common.top
    }

    /// The day that all files have.
    pub fn day(&self) -> Day {
        self.common.day
    }

    /// Reads one file as it is packed. Returns nothing if its two headers differ.
    ///
    /// # Errors
    ///
    /// If it cannot be read.
    pub fn packed(&mut self, entry: &ContainerFile) -> io::Result<Option<Packed>> {
        let header = self.common.file(entry);
        self.from.seek(SeekFrom::Start(entry.start.into()))?;
        let mut found = vec![0; header.len()];
        self.from.read_exact(&mut found)?;
        let mut data = vec![0; entry.packed as usize];
        self.from.read_exact(&mut data)?;
        let ContainerFile { method, crc, size, .. } = *entry;
        Ok((found == header).then_some(Packed { method, crc, size, data }))
    }
}

/// Reads the count of files, where their entries begin, and these as bytes.
fn entries(from: &mut (impl Read + Seek)) -> io::Result<(u64, u32, Vec<u8>)> {
    let refuse = |why: &str| Err(io::Error::other(why.to_owned()));
    let size = from.seek(SeekFrom::End(0))?;
    let mut tail = vec![0; usize::try_from(size).unwrap_or(usize::MAX).min(LARGE + END)];
    from.seek(SeekFrom::End(-i64::try_from(tail.len()).unwrap_or_default()))?;
    from.read_exact(&mut tail)?;
    let Some((large, small)) = tail.len().checked_sub(END).and_then(|at| tail.split_at_checked(at)) else {
        return refuse("it is no zip");
    };
    if !small.starts_with(b"PK\x05\x06") {
        return refuse("it is no zip, or something is after its end");
    }
    let (mut count, mut length, start) = (number(small, 10, 2), number(small, 12, 4), number(small, 16, 4));
    if (count, length) == (u16::MAX.into(), u32::MAX.into()) {
        (count, length) = (number(large, 32, 8), number(large, 40, 8));
    }
    if count > MAX_FILES as u64 || length > MAX_ENTRIES {
        return refuse(&format!("it has more than {MAX_FILES} files"));
    }
    let start = u32::try_from(start).unwrap_or(u32::MAX);
    let end = end(count, length, start);
    if !tail.ends_with(&end) {
        return refuse("its end has more than a bundle's, such as a comment or another disk");
    }
    if u64::from(start) + length + end.len() as u64 != size {
        return refuse("something is before its files, or between them and its end");
    }
    let mut entries = vec![0; usize::try_from(length).unwrap_or_default()];
    from.seek(SeekFrom::Start(start.into()))?;
    from.read_exact(&mut entries)?;
    Ok((count, start, entries))
}

/// Reads the entry at the head of `bytes`, for a file that begins at `start`. What it does not
/// read, the caller compares.
fn entry(bytes: &[u8], start: u32) -> Option<(SharedFields, ContainerFile)> {
    let wide = |at| u32::try_from(number(bytes, at, 4)).ok();
    let method = match number(bytes, 10, 2) {
        0 => Method::Stored,
        _ => Method::Deflated,
    };
    let (top, path) = name(bytes)?.split_once('/')?;
    let is_plain = top.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    BundlePath::new(top).filter(|_| is_plain)?;
    let common = SharedFields { top: top.to_owned(), day: Day(u16::try_from(number(bytes, 14, 2)).ok()?) };
    let path = BundlePath::new(path)?;
    Some((common, ContainerFile { path, size: wide(24)?, method, crc: wide(16)?, packed: wide(20)?, start }))
}

/// The name in the entry that these bytes begin with.
fn name(bytes: &[u8]) -> Option<&str> {
    let length = usize::try_from(number(bytes, 28, 2)).ok()?;
    std::str::from_utf8(bytes.get(ENTRY..ENTRY + length)?).ok()
}

/// The number of `width` bytes at a place; 0 where there are none.
fn number(bytes: &[u8], at: usize, width: usize) -> u64 {
    let digits = bytes.get(at..at + width).unwrap_or_default();
    digits.iter().rev().fold(0, |number, digit| number << 8 | u64::from(*digit))
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn container(count: usize) -> Vec<u8> {
        let mut bytes = Vec::new();
        let path = |at| BundlePath::new(&format!("{at:06}.txt")).unwrap();
        let packed = Packed::new(b"text").unwrap();
        let files = (0..count).map(|at| (path(at), packed.clone()));
        write(&mut bytes, "top", Day::of(None), files).unwrap();
        bytes
    }

    #[test]
    fn more_than_65535_files_need_the_large_end_and_no_fewer_may_have_it() {
        for count in [1, 65_535, 65_536] {
            let bytes = container(count);
            assert_eq!(bytes.windows(4).filter(|four| four == b"PK\x06\x06").count(), usize::from(count > 65_535));
            assert_eq!(Container::open(Cursor::new(&bytes)).unwrap().entries().len(), count);
            // Another program finds the same.
            assert_eq!(zip::ZipArchive::new(Cursor::new(&bytes)).unwrap().len(), count);
        }
        let small = container(2);
        let entries = number(&small, small.len() - 10, 4);
        let start = u32::try_from(number(&small, small.len() - 6, 4)).unwrap();
        let mut large = small[..small.len() - END].to_vec();
        let mut end = end(65_536, entries, start);
        end[24..40].copy_from_slice(&[2, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0]);
        large.extend(end);
        assert_eq!(zip::ZipArchive::new(Cursor::new(&large)).unwrap().len(), 2);
        assert!(Container::open(Cursor::new(&large)).is_err());
    }

    #[test]
    fn what_is_packed_is_unpacked_and_never_refused() {
        let noise: Vec<u8> = (0..5_000_u32).flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()).collect();
        for bytes in [&b""[..], b"a", &b"text ".repeat(1_000), &noise, &vec![0; 3 << 20]] {
            let packed = Packed::new(bytes).unwrap();
            assert!(packed.data.len() <= bytes.len());
            assert_eq!(packed.unpack().as_deref(), Some(bytes));
        }
    }

    #[test]
    fn a_deflate_stream_must_end_with_its_data_and_reach_for_nothing_before_them() {
        let stored =
            Packed { method: Method::Deflated, crc: crc(b"a"), size: 1, data: b"\x01\x01\x00\xfe\xffa".to_vec() };
        assert!(stored.clone().unpack().is_some());
        assert!(Packed { data: [&stored.data[..], b"x"].concat(), ..stored.clone() }.unpack().is_none());
        assert!(Packed { data: stored.data[..5].to_vec(), ..stored.clone() }.unpack().is_none());
        // No last block.
        assert!(Packed { data: b"\x00\x01\x00\xfe\xffa".to_vec(), ..stored.clone() }.unpack().is_none());
        assert!(Packed { size: 2, ..stored.clone() }.unpack().is_none());
        assert!(Packed { size: 0, ..stored }.unpack().is_none());
        // A fixed block that copies three bytes from one byte before, which a reader with a window
        // of zeros would find.
        let before = Packed { method: Method::Deflated, crc: crc(&[0; 3]), size: 3, data: vec![0x03, 0x02, 0x00] };
        assert!(before.unpack().is_none());
    }
}
