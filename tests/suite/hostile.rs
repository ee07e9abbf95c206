//! Sites that are broken or hostile, each in one way: the program names the place and leaves the old site as it was, or
//! builds a site in which nothing of an author's is active. Each is built by the program itself, over a site that was
//! built before, within ten seconds of the processor and a gibibyte.
//!
//! Texts that only random search would find are for `robustness`; the faults of the manual are for `diagnostics`.

mod addresses;
mod content;
mod files;
mod ledger;
mod limits;
mod links;
mod metadata;
mod names;
mod output;
mod templates;
mod waiting;

use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;
use std::time::Duration;

use clausebook::output::{Artefact, OutPath, Output};
use rayon::prelude::*;
use tempfile::TempDir;

use crate::folder::{MARKER, is_whole, litter, tree};
use crate::robustness::sound;
use crate::site::TestSite;

/// The most time of the processor and memory that a site may take, however hostile.
const MOST_TIME: Duration = Duration::from_secs(10);
const MOST_MEMORY: u64 = 1 << 30;

/// A site's expected result.
pub enum Expected {
    /// Errors of this code alone (`|` between those that one fault has), the first of them at this place (`a.md:5`); the old site is as it was.
    Fault(&'static str, String),
    /// The program says this and ends with the status of what could not run; the old site is as it was.
    Refused(&'static str),
    /// A whole site with nothing active in it, with these words to read on these pages.
    Inert(Vec<(&'static str, &'static str)>),
}

/// One site: what is wrong with it, its files, and what must come of it.
pub struct Case {
    name: String,
    files: BTreeMap<String, Vec<u8>>,
    /// Sets up links, pipes and rights, in the folder that holds `content` and `public`.
    prepare: Option<fn(&Path)>,
    expected: Expected,
}

impl Case {
    /// The sound site, from which each case differs in one thing.
    fn new(name: impl Into<String>, expected: Expected) -> Self {
        Case { name: name.into(), files: BTreeMap::new(), prepare: None, expected }.with(&base())
    }

    pub fn fault(name: impl Into<String>, code: &'static str, place: impl Into<String>) -> Self {
        Case::new(name, Expected::Fault(code, place.into()))
    }

    pub fn refused(name: impl Into<String>, words: &'static str) -> Self {
        Case::new(name, Expected::Refused(words))
    }

    pub fn inert(name: impl Into<String>) -> Self {
        Case::new(name, Expected::Inert(Vec::new()))
    }

    /// Adds words that must be there to read.
    pub fn shows(mut self, page: &'static str, words: &'static str) -> Self {
        if let Expected::Inert(shown) = &mut self.expected {
            shown.push((page, words));
        }
        self
    }

    pub fn file(mut self, path: &str, bytes: impl AsRef<[u8]>) -> Self {
        self.files.insert(path.to_owned(), bytes.as_ref().to_vec());
        self
    }

    /// The document `a.md` with this body, which begins on its line 5.
    pub fn body(self, body: &str) -> Self {
        self.file("a.md", format!("+++\ntitle = \"A\"\n+++\n\n{body}\n"))
    }

    /// The document `a.md` with these lines of front matter, from its line 3.
    pub fn front(self, front: &str) -> Self {
        self.file("a.md", format!("+++\ntitle = \"A\"\n{front}\n+++\n\n1.1 Text.\n"))
    }

    /// All files of a site.
    pub fn with(mut self, site: &TestSite) -> Self {
        self.files.extend(site.paths().map(|path| (path.to_owned(), site.source(path).into())));
        self
    }

    pub fn prepare(mut self, prepare: fn(&Path)) -> Self {
        self.prepare = Some(prepare);
        self
    }
}

/// A site that is sound, with something to lead to.
fn base() -> TestSite {
    TestSite::new()
        .file("glossary.md", "+++\ntitle = \"Words\"\n+++\n\nTrust (LSCB)\n: A body.\n")
        .paper("a", "1.1 Text.")
        .paper("b", "1.1 One. {#one}\n\n1.2 Two.")
}

/// The output of `base`.
static OLD: LazyLock<BTreeMap<String, Vec<u8>>> = LazyLock::new(|| {
    let place = Place::new(&Case::inert("sound").files);
    assert_eq!(place.build().status, 0);
    tree(&place.out())
});

/// A folder with a site in it, and the folder of its output.
struct Place {
    top: TempDir,
}

/// Result of a build.
struct Done {
    status: i32,
    printed: String,
    time: Duration,
    memory: u64,
}

impl Place {
    fn new(files: &BTreeMap<String, Vec<u8>>) -> Self {
        let place = Place { top: tempfile::tempdir().unwrap() };
        put(&place.top.path().join("content"), files);
        place
    }

    fn out(&self) -> PathBuf {
        self.top.path().join("public")
    }

    fn build(&self) -> Done {
        use wait4::Wait4 as _;
        let mut child = Command::new(env!("CARGO_BIN_EXE_clausebook"))
            .current_dir(self.top.path())
            .args(["build", "content", "--format", "short", "--base-url", "https://example.org/"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // What is wrong is printed on standard output; what could not run is asked for again.
        let mut printed = Vec::new();
        child.stdout.take().unwrap().read_to_end(&mut printed).unwrap();
        let used = child.wait4().unwrap();
        let printed = String::from_utf8(printed).unwrap();
        let time = used.rusage.utime + used.rusage.stime;
        Done { status: used.status.code().unwrap_or(-1), printed, time, memory: used.rusage.maxrss }
    }

    /// Returns the standard error of a build.
    fn complaint(&self) -> String {
        let output = Command::new(env!("CARGO_BIN_EXE_clausebook"))
            .current_dir(self.top.path())
            .args(["build", "content", "--format", "short"])
            .output()
            .unwrap();
        String::from_utf8_lossy(&output.stderr).into_owned()
    }
}

fn put(folder: &Path, files: &BTreeMap<String, Vec<u8>>) {
    for (path, bytes) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

/// Builds a case; gives what is not as it must be.
fn verdict(case: &Case) -> Result<(), String> {
    let place = Place::new(&case.files);
    put(&place.out(), &OLD);
    if let Some(prepare) = case.prepare {
        prepare(place.top.path());
    }
    let before = place.out().is_dir().then(|| tree(&place.out()));
    let beside = litter(place.top.path(), &[]);
    let sources: Vec<_> =
        case.files.keys().map(|path| (path, fs::read(place.top.path().join("content").join(path)).ok())).collect();
    let done = place.build();
    let after = place.out().is_dir().then(|| tree(&place.out()));
    let Done { status, printed, time, memory } = done;
    let ensure =
        |holds: bool, what: &str| if holds { Ok(()) } else { Err(format!("{what}; status {status}\n{printed}")) };
    ensure(time < MOST_TIME, &format!("took {time:?}"))?;
    ensure(memory < MOST_MEMORY, &format!("took {} MiB", memory >> 20))?;
    let kept = sources.iter().all(|(path, bytes)| fs::read(place.top.path().join("content").join(path)).ok() == *bytes);
    ensure(kept, "a file of the site was changed")?;
    ensure(!printed.contains("internal-error"), "an internal error")?;
    let expected: Vec<&str> = beside.iter().map(String::as_str).collect();
    let left = litter(place.top.path(), &expected);
    ensure(left.is_empty(), &format!("left {left:?}"))?;
    match &case.expected {
        Expected::Fault(code, at) => {
            let errors: Vec<&str> = printed.lines().filter(|line| line.contains(" error[")).collect();
            ensure(status == 1, "was not refused")?;
            ensure(before == after, "the old site is not as it was")?;
            ensure(
                errors.iter().all(|line| code.split('|').any(|code| line.contains(&format!(" error[{code}]: ")))),
                "other errors",
            )?;
            let first = errors.first().copied().unwrap_or_default();
            let named = format!("content/{at}:").replace("content/../", "");
            ensure(first.starts_with(&named), &format!("the first error is not at {at}"))
        }
        Expected::Refused(words) => {
            let said = place.complaint();
            ensure(status == 2, "was not refused")?;
            ensure(before == after, "the old site is not as it was")?;
            ensure(said.contains(words), &format!("it said: {said}"))
        }
        Expected::Inert(shown) => {
            ensure(status == 0, "was not built")?;
            let after = after.unwrap_or_default();
            ensure(is_whole(&after), "is not whole")?;
            let mut output = Output::default();
            for (path, bytes) in after.iter().filter(|(path, _)| *path != MARKER) {
                let path = OutPath::new(path).ok_or_else(|| format!("`{path}` is no path"))?;
                let added = output.add(path, Artefact::Made(bytes.as_slice().into()));
                ensure(added.is_ok(), "twins")?;
            }
            sound(&output)?;
            for (page, words) in shown {
                let text = String::from_utf8_lossy(after.get(*page).ok_or(format!("there is no {page}"))?).into_owned();
                let text: String = scraper::Html::parse_document(&text).root_element().text().collect();
                let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
                ensure(text.contains(words), &format!("{page} does not show {words}: {text}"))?;
            }
            Ok(())
        }
    }
}

fn cases() -> Vec<Case> {
    let mut cases = content::cases();
    cases.extend(addresses::cases());
    cases.extend(metadata::cases());
    cases.extend(links::cases());
    cases.extend(templates::cases());
    cases.extend(files::cases());
    cases.extend(ledger::cases());
    cases.extend(limits::cases());
    cases.extend(output::cases());
    cases
}

#[test]
fn every_broken_or_hostile_site_is_refused_at_its_place_or_built_with_nothing_active() {
    let cases = cases();
    assert!(cases.len() >= 150, "there are only {} cases", cases.len());
    let wrong: Vec<String> =
        cases.par_iter().filter_map(|case| Some(format!("── {} ──\n{}", case.name, verdict(case).err()?))).collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn a_case_that_is_not_as_expected_would_be_found() {
    let broken = "1.1 Text. See [[1.9]].";
    for (case, why) in [
        (Case::inert("broken").body(broken), "was not built"),
        (Case::fault("sound", "broken-link", "a.md:5"), "was not refused"),
        (Case::fault("another code", "broken-link", "a.md:5").body(broken), "other errors"),
        (Case::fault("another line", "unresolved-reference", "a.md:6").body(broken), "is not at a.md:6"),
        (Case::refused("wrong content", "x").body(broken), "was not refused"),
        (Case::inert("words").shows("a.html", "No such words"), "does not show"),
    ] {
        let found = verdict(&case).unwrap_err();
        assert!(found.contains(why), "{}: {found}", case.name);
    }
    // A page with a script that is not the theme's own.
    let active = Case::inert("active").file("theme/templates/not-found.html", "<p onclick=\"x\">Gone</p>");
    assert!(verdict(&active).is_err());
}
