//! A writer of zips that writes any number into any field, right or wrong.

use std::io::Write;

use clausebook::bundle::container::Day;
use flate2::Compression;
use flate2::write::DeflateEncoder;

/// Header of a file in a zip.
#[derive(Clone)]
pub struct Header {
    pub made: u16,
    pub version: u16,
    pub flags: u16,
    pub method: u16,
    pub time: u16,
    pub day: u16,
    pub crc: u32,
    pub packed: u32,
    pub size: u32,
    pub name: Vec<u8>,
    pub extra: Vec<u8>,
}

/// A file with its two headers.
#[derive(Clone)]
pub struct Member {
    pub local: Header,
    pub central: Header,
    pub data: Vec<u8>,
    pub descriptor: Vec<u8>,
    pub comment: Vec<u8>,
    pub disk: u16,
    pub internal: u16,
    pub external: u32,
    /// Start that the list gives, if it is not the true one.
    pub start: Option<u32>,
}

/// A zip. What is `None` is right.
#[derive(Clone, Default)]
pub struct Zip {
    pub before: Vec<u8>,
    pub members: Vec<Member>,
    /// The members in the order of the list at the end: fewer, others, or one twice.
    pub order: Option<Vec<usize>>,
    pub between: Vec<u8>,
    pub before_end: Vec<u8>,
    pub disks: [u16; 2],
    pub counts: Option<[u16; 2]>,
    pub length: Option<u32>,
    pub start: Option<u32>,
    pub comment: Vec<u8>,
    pub after: Vec<u8>,
}

impl Member {
    pub fn deflated(name: &str, bytes: &[u8]) -> Self {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(bytes).unwrap();
        Member::new(name, bytes, 8, encoder.finish().unwrap())
    }

    pub fn stored(name: &str, bytes: &[u8]) -> Self {
        Member::new(name, bytes, 0, bytes.to_vec())
    }

    fn new(name: &str, bytes: &[u8], method: u16, data: Vec<u8>) -> Self {
        let mut crc = flate2::Crc::new();
        crc.update(bytes);
        let header = Header {
            made: 0x0314,
            version: 20,
            flags: if name.is_ascii() { 0 } else { 0x0800 },
            method,
            time: 0,
            day: 0x21,
            crc: crc.sum(),
            packed: u32::try_from(data.len()).unwrap(),
            size: u32::try_from(bytes.len()).unwrap(),
            name: name.as_bytes().to_vec(),
            extra: Vec::new(),
        };
        assert_eq!(format!("{:?}", Day::of(None)), "Day(33)", "the first day");
        Member {
            local: header.clone(),
            central: header,
            data,
            descriptor: Vec::new(),
            comment: Vec::new(),
            disk: 0,
            internal: 0,
            external: 0o100_644 << 16,
            start: None,
        }
    }

    /// Other data in the place of the packed ones, with their length.
    pub fn pack(&mut self, method: u16, data: Vec<u8>) {
        self.both(|header| (header.method, header.packed) = (method, u32::try_from(data.len()).unwrap()));
        self.data = data;
    }

    pub fn both(&mut self, change: impl Fn(&mut Header)) {
        change(&mut self.local);
        change(&mut self.central);
    }
}

fn numbers(numbers: &[u16]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}

fn wide(numbers: &[u32]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}

fn length(bytes: &[u8]) -> u16 {
    u16::try_from(bytes.len()).unwrap()
}

impl Header {
    fn common(&self) -> Vec<u8> {
        [
            numbers(&[self.version, self.flags, self.method, self.time, self.day]),
            wide(&[self.crc, self.packed, self.size]),
            numbers(&[length(&self.name), length(&self.extra)]),
        ]
        .concat()
    }

    pub fn local(&self) -> Vec<u8> {
        [b"PK\x03\x04", &self.common()[..], &self.name, &self.extra].concat()
    }
}

impl Zip {
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = self.before.clone();
        let mut list = Vec::new();
        for member in &self.members {
            let at = u32::try_from(bytes.len()).unwrap();
            bytes.extend([&member.local.local()[..], &member.data, &member.descriptor].concat());
            let central = &member.central;
            list.push(
                [
                    b"PK\x01\x02",
                    &numbers(&[central.made])[..],
                    &central.common(),
                    &numbers(&[length(&member.comment), member.disk, member.internal]),
                    &wide(&[member.external, member.start.unwrap_or(at)]),
                    &central.name,
                    &central.extra,
                    &member.comment,
                ]
                .concat(),
            );
        }
        if let Some(order) = &self.order {
            list = order.iter().filter_map(|at| list.get(*at).cloned()).collect();
        }
        bytes.extend(&self.between);
        let start = self.start.unwrap_or(u32::try_from(bytes.len()).unwrap());
        let count = u16::try_from(list.len()).unwrap();
        let list = list.concat();
        bytes.extend(&list);
        bytes.extend(&self.before_end);
        bytes.extend(b"PK\x05\x06");
        bytes.extend(numbers(&self.disks));
        bytes.extend(numbers(&self.counts.unwrap_or([count; 2])));
        bytes.extend(wide(&[self.length.unwrap_or(u32::try_from(list.len()).unwrap()), start]));
        bytes.extend(numbers(&[length(&self.comment)]));
        bytes.extend(&self.comment);
        bytes.extend(&self.after);
        bytes
    }
}
