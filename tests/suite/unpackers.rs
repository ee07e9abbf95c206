//! A zip that clausebook calls whole unpacks to the files of its manifest and to nothing else, in every unpacker.
//!
//! Crafted zips are all refused. Mutated ones may be accepted, and then unzip, bsdtar, 7-Zip, Python, `jar` and Java's two
//! readers are the judges, by the list of a zip and as a stream. In CI a judge that is missing is an error; elsewhere it is
//! said. `ZIPS=20000 cargo test --test suite unpackers -- --nocapture` makes so many mutations, from another seed with `SEED=7`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use clausebook::bundle::container::{self, Container, Day, Packed};
use clausebook::bundle::expected::Expected;
use clausebook::bundle::signature::{self, VerifyingKey};
use clausebook::bundle::{BundlePath, Identity, MANIFEST, Manifest, SIGNATURE};
use clausebook::disk;
use clausebook::source::Hash;
use flate2::Compression;
use flate2::write::DeflateEncoder;

use self::zip::{Header, Member, Zip};
use crate::fuzz::Chance;

mod crafted;
mod zip;

/// The files of a bundle, by their path below the folder `top`.
type Files = BTreeMap<String, Vec<u8>>;

/// A small signed bundle.
struct Bundle {
    files: Files,
    key: VerifyingKey,
    /// Files as a zip of which every field can be changed.
    zip: Zip,
}

fn bundle() -> Bundle {
    let text = "Some words of a page, and again some words of a page.\n".repeat(30);
    let own = [
        ("a.txt", "a".repeat(400)),
        ("empty.txt", String::new()),
        ("page.html", text),
        ("sub/b.txt", "b".to_owned()),
        ("sub/deeper/zeros", "\0".repeat(5_000)),
        ("\u{e9}.md", "An accent in a name.\n".repeat(9)),
    ];
    let mut files: Files = own.into_iter().map(|(path, text)| (path.to_owned(), text.into_bytes())).collect();
    let listed =
        files.iter().map(|(path, bytes)| (BundlePath::new(path).unwrap(), (Hash::of(bytes), bytes.len() as u64)));
    let identity = Identity { name: "Top".to_owned(), edition: Some("2".to_owned()), date: None };
    let manifest = Manifest::new(&identity, Vec::new(), listed.collect()).text();
    let (secret, public, _) = signature::new_key(None).unwrap();
    let secret = signature::secret_key(&secret, None).unwrap();
    let signature = signature::sign(manifest.as_bytes(), &secret, &identity).unwrap();
    files.insert(SIGNATURE.to_owned(), signature.into_bytes());
    files.insert(MANIFEST.to_owned(), manifest.into_bytes());
    let member = |(path, bytes): (&String, &Vec<u8>)| {
        let deflated = Member::deflated(&format!("top/{path}"), bytes);
        if deflated.data.len() < bytes.len() { deflated } else { Member::stored(&format!("top/{path}"), bytes) }
    };
    let zip = Zip { members: files.iter().map(member).collect(), ..Zip::default() };
    Bundle { files, key: VerifyingKey::read(&public).unwrap(), zip }
}

/// Calls a zip whole and signed, or not, as `verify --key` does.
struct Verifier {
    place: tempfile::NamedTempFile,
    expected: Expected,
}

impl Verifier {
    fn new(key: VerifyingKey) -> Self {
        let expected = Expected { key: Some(key), ..Expected::default() };
        Verifier { place: tempfile::NamedTempFile::new().unwrap(), expected }
    }

    fn accepts(&self, zip: &[u8]) -> bool {
        fs::write(self.place.path(), zip).unwrap();
        let is_whole = disk::verify(self.place.path(), &self.expected).is_ok_and(|verified| verified.faults.is_empty());
        // What is extended is read by the same rules.
        let is_read = disk::read_bundle(self.place.path(), self.expected.key.as_ref(), &|_| true).is_ok();
        assert_eq!(is_whole, is_read);
        is_whole
    }
}

// ── The judges ──────────────────────────────────────────────────────────────────────────────────────────────────────

/// A way to run a judge on zips.
enum Run {
    /// One process for each, with the arguments that this gives for a zip and a folder, in that folder.
    Each(fn(&str, &str) -> Vec<String>),
    /// One process for each, with the zip on standard input.
    Stream(&'static [&'static str]),
    /// One process for all, with a script and a word, and lines `ZIP<tab>FOLDER` on standard input.
    All(&'static str, &'static [&'static str]),
}

struct Judge {
    name: &'static str,
    program: &'static str,
    run: Run,
}

const JUDGES: [Judge; 9] = [
    Judge { name: "unzip", program: "unzip", run: Run::Each(|zip, to| words(&["-q", "-o", zip, "-d", to])) },
    Judge { name: "bsdtar", program: "bsdtar", run: Run::Each(|zip, to| words(&["-x", "-f", zip, "-C", to])) },
    Judge { name: "bsdtar, a stream", program: "bsdtar", run: Run::Stream(&["-x", "-f", "-"]) },
    Judge {
        name: "7-Zip",
        program: "7z",
        run: Run::Each(|zip, to| words(&["x", "-y", "-bd", &format!("-o{to}"), zip])),
    },
    Judge { name: "Python", program: "python3", run: Run::All("unpack.py", &[]) },
    Judge { name: "jar", program: "jar", run: Run::Each(|zip, _| words(&["xf", zip])) },
    Judge { name: "jar, a stream", program: "jar", run: Run::Stream(&["x"]) },
    Judge { name: "Java", program: "java", run: Run::All("Unpack.java", &["list"]) },
    Judge { name: "Java, a stream", program: "java", run: Run::All("Unpack.java", &["stream"]) },
];

/// Most zips that `jar` unpacks, as it starts a Java for each; it reads with Java's two readers.
const MOST_BY_JAR: usize = 6;

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// Unpacks zips with every judge. Returns what any of them unpacked otherwise, and how many zips were unpacked.
fn judge(zips: &[(String, Vec<u8>)], files: &Files) -> (Vec<String>, usize) {
    let top = tempfile::tempdir().unwrap();
    let zip = |at: usize| top.path().join(format!("{at}.zip"));
    for (at, (_, bytes)) in zips.iter().enumerate() {
        fs::write(zip(at), bytes).unwrap();
    }
    let expected: Files = files.iter().map(|(path, bytes)| (format!("top/{path}"), bytes.clone())).collect();
    let mut otherwise = Vec::new();
    let mut unpacked = 0;
    for (number, judge) in JUDGES.iter().enumerate() {
        let most = if judge.program == "jar" { MOST_BY_JAR } else { usize::MAX };
        // Each zip is unpacked two folders deep, so that what leaves its folder is seen.
        let cage = |at: usize| top.path().join(format!("judge-{number}/{at}"));
        let folder = |at: usize| cage(at).join("outer/inner");
        let some = 0..zips.len().min(most);
        some.clone().for_each(|at| fs::create_dir_all(folder(at)).unwrap());
        if !unpack(judge, some.clone().map(|at| (zip(at), folder(at)))) {
            let said = format!("NOT TESTED: what {} unpacks: `{}` is not there", judge.name, judge.program);
            assert!(std::env::var_os("CI").is_none_or(|ci| ci != "true"), "{said}");
            eprintln!("\n!!! {said} !!!\n");
            continue;
        }
        for at in some {
            unpacked += 1;
            let inner: Files = expected.iter().map(|(p, b)| (format!("outer/inner/{p}"), b.clone())).collect();
            if let Err(why) = is_tree(&cage(at), &inner) {
                otherwise.push(format!("{}: {}: {why}", judge.name, zips[at].0));
            }
        }
    }
    (otherwise, unpacked)
}

/// Runs a judge over zips, each with the folder to unpack it into. Returns whether the judge is there.
fn unpack(judge: &Judge, zips: impl Iterator<Item = (PathBuf, PathBuf)>) -> bool {
    let command = || {
        let mut command = Command::new(judge.program);
        // Names in UTF-8, whatever the machine speaks.
        command.env("LC_ALL", "C.UTF-8").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    let (Run::Each(_) | Run::Stream(_)) = judge.run else {
        let Run::All(script, arguments) = judge.run else { unreachable!() };
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/unpackers").join(script);
        let Ok(mut run) = command().arg(script).args(arguments).stdin(Stdio::piped()).spawn() else { return false };
        let lines: String = zips.map(|(zip, to)| format!("{}\t{}\n", zip.display(), to.display())).collect();
        run.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
        return run.wait().unwrap().success();
    };
    for (zip, to) in zips {
        let mut command = command();
        command.current_dir(&to);
        match judge.run {
            Run::Each(arguments) => command.args(arguments(zip.to_str().unwrap(), to.to_str().unwrap())),
            Run::Stream(arguments) => command.args(arguments).stdin(File::open(&zip).unwrap()),
            Run::All(..) => unreachable!(),
        };
        // What a judge says of a zip shows in what it unpacks.
        if command.status().is_err() {
            return false;
        }
    }
    true
}

/// Whether a folder holds these plain files, the folders for them, and nothing else.
fn is_tree(folder: &Path, files: &Files) -> Result<(), String> {
    let mut found = BTreeSet::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(at) = folders.pop() {
        for entry in fs::read_dir(&at).map_err(|error| error.to_string())? {
            let path = entry.map_err(|error| error.to_string())?.path();
            let name = path.strip_prefix(folder).unwrap().to_string_lossy().into_owned();
            let kind = fs::symlink_metadata(&path).unwrap().file_type();
            if kind.is_dir() && files.keys().any(|file| file.starts_with(&format!("{name}/"))) {
                folders.push(path);
            } else if !kind.is_file() {
                return Err(format!("{name:?} is {kind:?}"));
            } else if files.get(&name) != Some(&fs::read(&path).unwrap()) {
                return Err(format!("{name:?} has other bytes or is not listed"));
            } else {
                found.insert(name);
            }
        }
    }
    let missing = files.keys().find(|file| !found.contains(*file));
    missing.map_or(Ok(()), |missing| Err(format!("{missing:?} is missing")))
}

// ── Mutations ───────────────────────────────────────────────────────────────────────────────────────────────────────

/// A deflate stream of these bytes, of one of the many forms that there are.
fn deflated(bytes: &[u8], chance: &mut Chance) -> Vec<u8> {
    if chance.below(4) == 0 {
        // Blocks that are stored, some of them empty.
        let mut data = Vec::new();
        let mut rest = bytes;
        for last in [false, false, false, true] {
            let (part, after) = rest.split_at(if last { rest.len() } else { chance.below(rest.len() + 1) });
            let length = u16::try_from(part.len()).unwrap();
            data.push(u8::from(last));
            data.extend([length.to_le_bytes(), (!length).to_le_bytes()].concat());
            data.extend(part);
            rest = after;
        }
        return data;
    }
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::new(u32::try_from(chance.below(10)).unwrap()));
    for part in bytes.chunks(1 + chance.below(bytes.len().max(1))) {
        encoder.write_all(part).unwrap();
        if chance.below(3) == 0 {
            encoder.flush().unwrap();
        }
    }
    encoder.finish().unwrap()
}

/// Changes one thing of a zip. `right` are the bytes of the files.
fn change(zip: &mut Zip, right: &Files, chance: &mut Chance) {
    const NUMBERS: [u32; 12] = [0, 1, 8, 10, 20, 45, 0x0314, 0x0800, 0x7fff, 0xffff, 0x81a4_0000, u32::MAX];
    const NAMES: [&str; 12] = [
        "top/a.txt",
        "top/A.txt",
        "top/a.txt/",
        "top/x\\",
        "../x",
        "/x",
        "top/../x",
        "x",
        "top/x;1",
        "top/sub",
        "C:/x",
        "NUL/",
    ];
    let count = zip.members.len();
    let wide = if chance.below(3) == 0 {
        u32::try_from(chance.next() & 0xffff_ffff).unwrap()
    } else {
        NUMBERS[chance.below(12)]
    };
    let number = wide as u16;
    if count == 0 {
        return zip.after.push(0);
    }
    let at = chance.below(count);
    match chance.below(24) {
        // Often another form of the same bytes, which may be accepted.
        0..=6 => {
            let name = String::from_utf8_lossy(&zip.members[at].local.name).into_owned();
            let Some(bytes) = name.strip_prefix("top/").and_then(|path| right.get(path)) else { return };
            if chance.below(4) == 0 {
                zip.members[at].pack(0, bytes.clone());
            } else {
                let data = deflated(bytes, chance);
                zip.members[at].pack(8, data);
            }
        }
        7..=10 => {
            let field = chance.below(11);
            let set = |header: &mut Header| match field {
                0 => header.made = number,
                1 => header.version = number,
                2 => header.flags = number,
                3 => header.method = number,
                4 => header.time = number,
                5 => header.day = number,
                6 => header.crc = wide,
                7 => header.packed = wide,
                8 => header.size = wide,
                9 => header.name = NAMES[number as usize % NAMES.len()].as_bytes().to_vec(),
                _ => header.extra = number.to_le_bytes().repeat(2),
            };
            match chance.below(3) {
                0 => set(&mut zip.members[at].local),
                1 => set(&mut zip.members[at].central),
                _ => zip.members[at].both(set),
            }
        }
        11 => zip.members[at].external = if chance.below(2) == 0 { wide } else { 0o120_777 << 16 },
        12 => zip.members[at].start = Some(wide & 0x3ff),
        13 => (zip.members[at].disk, zip.members[at].internal) = (number, 0),
        14 => zip.members[at].comment = vec![0; chance.below(9)],
        15 => {
            let more = chance.next().to_le_bytes();
            let data = [&zip.members[at].data[..], &more[..chance.below(9)]].concat();
            let method = zip.members[at].local.method;
            zip.members[at].pack(method, data);
        }
        16 => zip.members[at].descriptor = wide.to_le_bytes().repeat(chance.below(5)),
        17 => zip.members.insert(at, Member::stored(NAMES[number as usize % NAMES.len()], b"")),
        18 => zip.members.push(zip.members[at].clone()),
        19 => drop(zip.members.remove(at)),
        20 => zip.members.swap(at, chance.below(count)),
        21 => zip.order = Some((0..count).map(|_| chance.below(count)).collect()),
        22 => match chance.below(4) {
            0 => zip.disks = [number, 0],
            1 => zip.counts = Some([number; 2]),
            2 => zip.length = Some(wide),
            _ => zip.start = Some(wide),
        },
        _ => {
            let bytes = wide.to_le_bytes().to_vec();
            match chance.below(5) {
                0 => zip.before = bytes,
                1 => zip.between = bytes,
                2 => zip.before_end = bytes,
                3 => zip.comment = bytes,
                _ => zip.after = bytes,
            }
        }
    }
}

fn mutated(bundle: &Bundle, chance: &mut Chance) -> Vec<u8> {
    let mut zip = bundle.zip.clone();
    for _ in 0..1 + chance.below(3) {
        change(&mut zip, &bundle.files, chance);
    }
    let mut bytes = zip.bytes();
    if chance.below(3) == 0 {
        for _ in 0..1 + chance.below(3) {
            let at = chance.below(bytes.len());
            match chance.below(4) {
                0 => bytes[at] ^= 1 << chance.below(8),
                1 => bytes[at] = u8::try_from(chance.below(256)).unwrap(),
                2 => bytes.insert(at, 0),
                _ => drop(bytes.remove(at)),
            }
        }
    }
    bytes
}

// ── The promises ────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn a_sound_bundle_is_accepted_and_no_crafted_one() {
    let bundle = bundle();
    let sound = bundle.zip.bytes();
    // The writer of this test and that of the program agree.
    let mut written = Vec::new();
    let packed = bundle.files.iter().map(|(path, bytes)| (BundlePath::new(path).unwrap(), Packed::new(bytes).unwrap()));
    container::write(&mut written, "top", Day::of(None), packed).unwrap();
    assert!(written == sound);
    let crafted = crafted::crafted(&bundle.zip);
    let verifier = Verifier::new(bundle.key);
    assert!(verifier.accepts(&sound));
    assert!(crafted.len() > 500, "{}", crafted.len());
    let same: Vec<_> = crafted.iter().filter(|(_, bytes)| *bytes == sound).map(|(what, _)| what).collect();
    assert!(same.is_empty(), "these are sound: {same:?}");
    let accepted: Vec<_> = crafted.iter().filter(|(_, bytes)| verifier.accepts(bytes)).map(|(what, _)| what).collect();
    assert!(accepted.is_empty(), "{} of {} accepted: {accepted:#?}", accepted.len(), crafted.len());
}

#[test]
fn every_byte_of_a_bundle_has_one_value() {
    let bundle = bundle();
    let sound = bundle.zip.bytes();
    let data: BTreeSet<usize> = {
        // Within a stream another byte may say the same.
        let mut at = 0;
        let mut inside = BTreeSet::new();
        for member in &bundle.zip.members {
            at += member.local.local().len();
            inside.extend(at..at + member.data.len());
            at += member.data.len();
        }
        inside
    };
    let verifier = Verifier::new(bundle.key);
    for at in (0..sound.len()).filter(|at| !data.contains(at)) {
        for bit in [1, 0x20, 0x80] {
            let mut changed = sound.clone();
            changed[at] ^= bit;
            assert!(!verifier.accepts(&changed), "byte {at}");
        }
    }
}

#[test]
fn what_is_accepted_unpacks_to_the_manifest_and_nothing_else_in_every_unpacker() {
    let set = |name: &str, default| std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default);
    let wanted: u64 = set("ZIPS", 400);
    let bundle = bundle();
    let mut chance = Chance(0x9e37_79b9_7f4a_7c15 ^ set("SEED", 1_u64) << 7);
    let mutated: Vec<Vec<u8>> = (0..wanted).map(|_| mutated(&bundle, &mut chance)).collect();
    let verifier = Verifier::new(bundle.key);
    let mut accepted = vec![("sound".to_owned(), bundle.zip.bytes())];
    let numbered = mutated.iter().enumerate().filter(|(_, zip)| verifier.accepts(zip));
    accepted.extend(numbered.map(|(at, zip)| (format!("mutation {at}"), zip.clone())));
    // In every run of the tests only some: each judge is a process.
    let most = if wanted > 400 { usize::MAX } else { 12 };
    accepted.truncate(most);
    let (otherwise, unpacked) = judge(&accepted, &bundle.files);
    eprintln!("{wanted} mutated zips, {} accepted or sound, unpacked {unpacked} times", accepted.len());
    assert!(accepted.len() > 2, "the mutations are too wild");
    assert!(otherwise.is_empty(), "{} unpack otherwise:\n{}", otherwise.len(), otherwise.join("\n"));
}

#[test]
fn the_judges_see_what_is_wrong() {
    let bundle = bundle();
    let with =
        |member: Member| Zip { members: [bundle.zip.members.clone(), vec![member]].concat(), ..Zip::default() }.bytes();
    let mut link = Member::stored("top/link", b"/etc");
    link.external = 0o120_777 << 16;
    let mut cut = bundle.zip.clone();
    cut.members.pop();
    let wrong = [with(Member::stored("top/new.txt", b"new")), with(link), cut.bytes()];
    let zips: Vec<_> = wrong.into_iter().enumerate().map(|(at, zip)| (at.to_string(), zip)).collect();
    let (otherwise, unpacked) = judge(&zips, &bundle.files);
    assert_eq!(otherwise.len(), unpacked, "{otherwise:#?}");
}

#[test]
fn a_container_is_written_again_as_it_was_read() {
    let bundle = bundle();
    let sound = bundle.zip.bytes();
    let mut read = Container::open(std::io::Cursor::new(&sound)).unwrap();
    let entries = read.entries().to_vec();
    let packed = entries.iter().map(|entry| (entry.path.clone(), read.packed(entry).unwrap().unwrap()));
    let packed: Vec<_> = packed.collect();
    let mut again = Vec::new();
    container::write(&mut again, read.top(), read.day(), packed).unwrap();
    assert!(again == sound);
}
