//! Zips that are a sound bundle but for one thing. No one of them is what `bundle` writes.

use super::zip::{Header, Member, Zip};

/// Sets a field of a header.
type Change = Box<dyn Fn(&mut Header)>;

/// Names that some program takes for a folder, for another file, for a device, or for no name.
const NAMES: [&str; 40] = [
    "top/a.txt/",
    "top/a.txt\\",
    "top/",
    "top",
    "a.txt",
    "other/a.txt",
    "/top/a.txt",
    "//top/a.txt",
    "\\top\\a.txt",
    "top\\a.txt",
    "C:top/a.txt",
    "C:/top/a.txt",
    "c:\\top\\a.txt",
    "../evil/",
    "../a.txt",
    "top/../a.txt",
    "top/../../a.txt",
    "top/./a.txt",
    "./top/a.txt",
    "top//a.txt",
    "top/a.txt.",
    "top/a.txt ",
    "top/ /a.txt",
    "top/nul",
    "top/NUL/",
    "top/con.txt",
    "top/Com1.html",
    "top/lpt9 .txt",
    "top/.hidden",
    "top/..",
    "top/a.txt:stream",
    "top/a.txt;1",
    "top/a\0.txt",
    "top/a\n.txt",
    "top/a\u{7f}.txt",
    "top/a*.txt",
    "top/a?.txt",
    "top/a|.txt",
    "TOP/a.txt",
    "",
];

/// Extra fields: a path in Unicode, a comment in Unicode, sizes of zip64, times, owners, permissions, encryption, nonsense.
fn extras(name: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    let field = |id: u16, bytes: &[u8]| [&id.to_le_bytes()[..], &(bytes.len() as u16).to_le_bytes(), bytes].concat();
    let mut crc = flate2::Crc::new();
    crc.update(name);
    let path = [&[1][..], &crc.sum().to_le_bytes(), b"top/evil.txt"].concat();
    vec![
        ("a path in Unicode", field(0x7075, &path)),
        ("a comment in Unicode", field(0x6375, &path)),
        ("zip64", field(0x0001, &[9, 0, 0, 0, 0, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0])),
        ("zip64 that is empty", field(0x0001, b"")),
        ("a time", field(0x5455, &[1, 0, 0, 0, 0])),
        ("an owner", field(0x7875, &[1, 4, 0, 0, 0, 0, 4, 0, 0, 0, 0])),
        ("Unix of PKWARE with a link", field(0x000d, &[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, b'/', b'e', b't', b'c'])),
        (
            "Unix of ASi with a link",
            field(0x756e, &[0, 0, 0, 0, 0xff, 0xa1, 4, 0, 0, 0, 0, 0, 0, 0, b'/', b'e', b't', b'c']),
        ),
        ("AES", field(0x9901, &[2, 0, b'A', b'E', 3, 8, 0])),
        ("NTFS", field(0x000a, &[0; 32])),
        ("an unknown one", field(0xcafe, b"")),
        ("no whole one", vec![1]),
    ]
}

/// All of them, each with what is wrong.
pub fn crafted(sound: &Zip) -> Vec<(String, Vec<u8>)> {
    let mut all: Vec<(String, Vec<u8>)> = Vec::new();
    let mut add = |what: String, change: &dyn Fn(&mut Zip)| {
        let mut zip = sound.clone();
        change(&mut zip);
        all.push((what, zip.bytes()));
    };
    let first = |zip: &mut Zip, change: &dyn Fn(&mut Member)| {
        let at = zip.members.iter().position(|member| member.local.name == b"top/a.txt").unwrap();
        change(&mut zip.members[at]);
    };

    // Each field of the headers, in the one before the file, in the one of the list, and in both.
    let mut fields: Vec<(String, Change)> = Vec::new();
    for version in [0, 10, 21, 45, 51, 63, 0x0314, 0x0b14] {
        fields.push((format!("version {version}"), Box::new(move |header| header.version = version)));
    }
    for bit in 0..16 {
        fields.push((format!("flag {bit}"), Box::new(move |header| header.flags ^= 1 << bit)));
    }
    for method in [0, 1, 6, 9, 12, 14, 93, 95, 98, 99, 0xffff] {
        fields.push((format!("method {method}"), Box::new(move |header| header.method = method)));
    }
    for number in [0, 1, 2, u32::MAX] {
        fields.push((format!("packed size {number}"), Box::new(move |header| header.packed = number)));
        fields.push((format!("size {number}"), Box::new(move |header| header.size = number)));
    }
    fields.push(("both sizes of zip64".to_owned(), Box::new(|h| (h.packed, h.size) = (u32::MAX, u32::MAX))));
    fields.push(("one byte more".to_owned(), Box::new(|header| header.size += 1)));
    fields.push(("one packed byte more".to_owned(), Box::new(|header| header.packed += 1)));
    fields.push(("another checksum".to_owned(), Box::new(|header| header.crc ^= 1)));
    fields.push(("no checksum".to_owned(), Box::new(|header| header.crc = 0)));
    fields.push(("a time".to_owned(), Box::new(|header| header.time = 1)));
    fields.push(("another day".to_owned(), Box::new(|header| header.day += 1)));
    fields.push(("no day".to_owned(), Box::new(|header| header.day = 0)));
    for (what, extra) in extras(b"top/a.txt") {
        fields.push((format!("an extra field, {what}"), Box::new(move |header| header.extra.clone_from(&extra))));
    }
    for name in NAMES {
        fields.push((format!("name {name:?}"), Box::new(move |header| header.name = name.as_bytes().to_vec())));
    }
    fields.push((
        "a name that is not UTF-8".to_owned(),
        Box::new(|h| (h.flags, h.name) = (0x0800, b"top/\xff".to_vec())),
    ));
    fields.push(("a name in another code page".to_owned(), Box::new(|header| header.name = b"top/\xe9.txt".to_vec())));
    for (what, change) in &fields {
        add(format!("{what}, before the file"), &|zip| first(zip, &|member| change(&mut member.local)));
        add(format!("{what}, in the list"), &|zip| first(zip, &|member| change(&mut member.central)));
        add(format!("{what}, in both"), &|zip| first(zip, &|member| member.both(change)));
    }
    add("a name of UTF-8 that is not said to be".to_owned(), &|zip| {
        let is_accented = |member: &&mut Member| !member.local.name.is_ascii();
        zip.members.iter_mut().find(is_accented).unwrap().both(|header| header.flags = 0);
    });

    // What only the list has.
    let modes = [
        0, 0o644, 0o040_755, 0o120_777, 0o010_644, 0o020_644, 0o060_644, 0o140_644, 0o104_755, 0o102_755, 0o100_755,
        0o100_600, 0o100_000,
    ];
    for mode in modes {
        add(format!("mode {mode:o}"), &|zip| first(zip, &|member| member.external = mode << 16));
    }
    for attributes in [0x01, 0x02, 0x04, 0x10, 0x20, 0x400] {
        add(format!("DOS attributes {attributes}"), &|zip| first(zip, &|member| member.external |= attributes));
    }
    for host in (0..=20).filter(|host| *host != 3) {
        add(format!("host {host}"), &|zip| first(zip, &|member| member.central.made = host << 8 | 20));
    }
    for made in [0, 10, 30, 45, 63] {
        add(format!("made by version {made}"), &|zip| first(zip, &|member| member.central.made = 0x0300 | made));
    }
    for disk in [1, 0xffff] {
        add(format!("disk {disk}"), &|zip| first(zip, &|member| member.disk = disk));
    }
    for internal in [1, 2, 4] {
        add(format!("internal attributes {internal}"), &|zip| first(zip, &|member| member.internal = internal));
    }
    for comment in [&b" "[..], b"comment", b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"] {
        add(format!("a comment of {} bytes on a file", comment.len()), &|zip| {
            first(zip, &|member| member.comment = comment.to_vec());
        });
        add(format!("a comment of {} bytes", comment.len()), &|zip| zip.comment = comment.to_vec());
    }
    for start in [0, 1, u32::MAX] {
        add(format!("a file that the list has at {start}"), &|zip| first(zip, &|member| member.start = Some(start)));
    }

    // Files that no list of a bundle names, as files, folders, links and worse; declared to be empty, or not.
    for name in [
        "top/new.txt",
        "top/new/",
        "top/new\\",
        "../evil/",
        "top/../evil/",
        "NUL/",
        "top/NUL/",
        "/tmp/evil/",
        "new.txt",
    ] {
        for (what, mode) in [("file", 0o100_644), ("link", 0o120_777), ("folder", 0o040_755)] {
            for bytes in [&b""[..], b"/etc"] {
                for declared in [true, false] {
                    let mut member = Member::stored(name, bytes);
                    member.external = mode << 16;
                    if !declared {
                        member.central.size = 0;
                    }
                    if declared || !bytes.is_empty() {
                        add(format!("{name:?}, a {what} of {bytes:?}, declared {declared}"), &|zip| {
                            zip.members.push(member.clone());
                        });
                    }
                }
            }
        }
    }

    // Data that the list does not account for.
    let hidden = [&Member::stored("top/hidden.txt", b"hidden").local.local()[..], b"hidden"].concat();
    for behind in [&b"\0"[..], b"x", &hidden] {
        add(format!("{} bytes behind the stream", behind.len()), &|zip| {
            first(zip, &|member| member.pack(8, [&member.data.clone()[..], behind].concat()));
        });
        add(format!("{} bytes behind stored data", behind.len()), &|zip| {
            first(zip, &|member| member.pack(0, [b"a".repeat(400), behind.to_vec()].concat()));
        });
        add(format!("{} bytes between two files", behind.len()), &|zip| {
            first(zip, &|member| member.descriptor = behind.to_vec());
        });
        add(format!("{} bytes before the first file", behind.len()), &|zip| zip.before = behind.to_vec());
        add(format!("{} bytes before the first file, unsaid", behind.len()), &|zip| {
            let whole = zip.bytes();
            *zip = Zip { before: [behind, &whole[..whole.len() - 22]].concat(), ..Zip::default() };
            zip.counts = Some([u16::from_le_bytes([whole[whole.len() - 12], whole[whole.len() - 11]]); 2]);
            zip.length = Some(u32::from_le_bytes(whole[whole.len() - 10..][..4].try_into().unwrap()));
            zip.start = Some(u32::from_le_bytes(whole[whole.len() - 6..][..4].try_into().unwrap()));
        });
        add(format!("{} bytes before the list", behind.len()), &|zip| zip.between = behind.to_vec());
        add(format!("{} bytes before the end", behind.len()), &|zip| zip.before_end = behind.to_vec());
        add(format!("{} bytes after the end", behind.len()), &|zip| zip.after = behind.to_vec());
    }
    add("a stream that does not end".to_owned(), &|zip| {
        first(zip, &|member| member.pack(8, [&[0, 0x90, 1, 0x6f, 0xfe][..], &b"a".repeat(400)].concat()));
    });
    add("a stream that is cut".to_owned(), &|zip| {
        first(zip, &|member| member.pack(8, member.data[..member.data.len() - 1].to_vec()));
    });
    add("two streams".to_owned(), &|zip| first(zip, &|member| member.pack(8, member.data.repeat(2))));
    for with_mark in [true, false] {
        for zeroed in [true, false] {
            add(format!("a descriptor, with its mark {with_mark}, zeroed {zeroed}"), &|zip| {
                first(zip, &|member| {
                    let numbers = [member.local.crc, member.local.packed, member.local.size];
                    let numbers = numbers.into_iter().flat_map(u32::to_le_bytes);
                    let mark = if with_mark { &b"PK\x07\x08"[..] } else { b"" };
                    member.descriptor = mark.iter().copied().chain(numbers).collect();
                    member.both(|header| header.flags |= 8);
                    if zeroed {
                        (member.local.crc, member.local.packed, member.local.size) = (0, 0, 0);
                    }
                });
            });
        }
    }

    // Files twice, in another order, over one another, or in one of the two places.
    let count = sound.members.len();
    add("a file twice".to_owned(), &|zip| zip.members.push(zip.members[1].clone()));
    add("a file twice, with other bytes".to_owned(), &|zip| {
        zip.members.insert(1, Member::stored("top/a.txt", b"other"))
    });
    add("a file twice in the list".to_owned(), &|zip| zip.order = Some((0..count).chain([1]).collect()));
    add("a file that the list leaves out".to_owned(), &|zip| {
        zip.members.push(Member::stored("top/new.txt", b"new"));
        zip.order = Some((0..count).collect());
    });
    add("a listed file that is not there".to_owned(), &|zip| zip.order = Some((0..count - 1).collect()));
    add("another order of the list".to_owned(), &|zip| zip.order = Some((0..count).rev().collect()));
    add("another order of all".to_owned(), &|zip| zip.members.reverse());
    add("two files at one place".to_owned(), &|zip| {
        let start = zip.members[0].local.local().len() + zip.members[0].data.len();
        zip.members[2].start = Some(u32::try_from(start).unwrap());
    });
    for twin in ["top/A.TXT", "top/a.txt/b", "top/e\u{301}.md", "top/ſub/b.txt"] {
        add(format!("a twin {twin:?}"), &|zip| {
            zip.members.push(Member::stored(twin, b""));
            zip.members.sort_by(|one, other| one.local.name.cmp(&other.local.name));
        });
    }

    // The end.
    for disks in [[1, 0], [0, 1], [0xffff, 0xffff]] {
        add(format!("disks {disks:?}"), &|zip| zip.disks = disks);
    }
    let right = u16::try_from(count).unwrap();
    for counts in [
        [0, 0],
        [right - 1, right - 1],
        [right + 1, right + 1],
        [right, right + 1],
        [right + 1, right],
        [0xffff, 0xffff],
    ] {
        add(format!("counts {counts:?}"), &|zip| zip.counts = Some(counts));
    }
    for number in [0, 1, u32::MAX] {
        add(format!("a list of {number} bytes"), &|zip| zip.length = Some(number));
        add(format!("a list at {number}"), &|zip| zip.start = Some(number));
    }
    for needed in [true, false] {
        add(format!("a large end that is not needed, and used {needed}"), &|zip| {
            let whole = zip.bytes();
            let length = u32::from_le_bytes(whole[whole.len() - 10..][..4].try_into().unwrap());
            let start = u32::from_le_bytes(whole[whole.len() - 6..][..4].try_into().unwrap());
            let mut large = b"PK\x06\x06".to_vec();
            large.extend(44_u64.to_le_bytes());
            large.extend([20, 0, 20, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
            for number in [count as u64, count as u64, length.into(), start.into()] {
                large.extend(number.to_le_bytes());
            }
            large.extend(b"PK\x06\x07\0\0\0\0");
            large.extend((u64::from(start) + u64::from(length)).to_le_bytes());
            large.extend([1, 0, 0, 0]);
            zip.before_end = large;
            if needed {
                (zip.counts, zip.length) = (Some([0xffff; 2]), Some(u32::MAX));
            }
        });
    }
    add("a second zip behind it".to_owned(), &|zip| zip.after = zip.bytes());
    add("a second zip before it".to_owned(), &|zip| zip.before = zip.bytes());
    add("nothing but an end".to_owned(), &|zip| *zip = Zip::default());
    all
}
