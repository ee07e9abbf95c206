//! Measures time and memory by stage, in a full build and in one after an edit.

use std::path::Path;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use clausebook::disk;
use clausebook::output::Artefact;
use clausebook::pipeline::{self, Build, Caches, Hooks, Options, Stage};
use clausebook::source::{Hash, Site, SourceMap};

use super::corpus;

/// Number of edits whose median is reported.
const EDITS: usize = 21;

/// When each stage began, and how much memory was held then.
type Begun = Vec<(Stage, Instant, u64)>;

/// Returns the memory of this process, or 0 if it is unknown.
fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<u64>().ok()).unwrap_or(0) << 10
}

fn build(site: &Site, caches: &mut Caches, kept: bool) -> (Build, Begun) {
    let begun: Mutex<Begun> = Mutex::default();
    let begins = |stage: Stage, _: usize| begun.lock().unwrap().push((stage, Instant::now(), memory()));
    // A page that is written leaves no more than its hash.
    let keep = |_: &_, page: Artefact| match page {
        Artefact::Made(bytes) if !kept => Artefact::Kept { hash: Hash::of(&bytes), size: bytes.len() as u64 },
        page => page,
    };
    let hooks = Hooks { begins: &begins, keep: &keep, ..Hooks::default() };
    let build =
        pipeline::rebuild(&pipeline::read_site(site.clone(), Vec::new(), false), &Options::default(), caches, hooks);
    assert!(build.output.is_some(), "{:?}", build.diagnostics.first());
    begins(Stage::Write, 0);
    (build, begun.into_inner().unwrap())
}

fn steps(begun: &Begun) -> Vec<(Stage, Duration, u64)> {
    let pairs = begun.iter().zip(begun.iter().skip(1));
    pairs.map(|((stage, from, _), (_, to, held))| (*stage, to.duration_since(*from), *held)).collect()
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

/// Builds the site in a folder without an index for search.
pub fn bare(folder: &Path, out: &Path) {
    let (site, faults) = disk::read(folder, SourceMap::new()).unwrap();
    assert!(faults.is_empty());
    // An index with nothing in it, which will do.
    let mut caches = Caches { index: Some(Default::default()), lists_can_wait: true, ..Caches::default() };
    let writing = disk::Writing::new(folder, out).unwrap();
    let hooks = Hooks { keep: &|path, page| writing.keep(path, page).unwrap(), ..Hooks::default() };
    let build =
        pipeline::rebuild(&pipeline::read_site(site, Vec::new(), false), &Options::default(), &mut caches, hooks);
    writing.finish(&build.output.unwrap(), None).unwrap();
}

/// Builds the site in a folder until a stage begins, and ends the process there.
pub fn until(stage: &str, folder: &Path) {
    let stop = |next: Stage, _: usize| {
        if format!("{next:?}") == stage {
            std::process::exit(0);
        }
    };
    stop(Stage::Read, 0);
    let (site, _) = disk::read(folder, SourceMap::new()).unwrap();
    let hooks = Hooks { begins: &stop, ..Hooks::default() };
    let build = pipeline::rebuild(
        &pipeline::read_site(site, Vec::new(), false),
        &Options::default(),
        &mut Caches::default(),
        hooks,
    );
    std::process::exit(i32::from(build.output.is_none()));
}

/// Prints the stages of a build of the site in a folder, cold and after an edit.
pub fn measure(folder: &Path) {
    let start = Instant::now();
    let (mut site, faults) = disk::read(folder, SourceMap::new()).unwrap();
    assert!(faults.is_empty());
    println!("{:<28}{:>9.0} ms {:>23} MB", "  Read", ms(start.elapsed()), memory() >> 20);
    for (stage, time, held) in steps(&build(&site, &mut Caches::default(), false).1) {
        println!("{:<28}{:>9.0} ms {:>23} MB", format!("  {stage:?}"), ms(time), held >> 20);
    }
    let mut caches = Caches::keeping();
    let mut last = build(&site, &mut caches, true).0;
    let path = corpus::path(site.sources.iter().count() / 2);
    let text = site.sources.find(&path).unwrap().text.to_string();
    let (before, after) = text.split_once("\n1.2 ").unwrap();
    // As in the preview.
    caches.lists_can_wait = true;
    let mut edits: Vec<Vec<(Stage, Duration, u64)>> = Vec::new();
    let mut whole = Vec::new();
    for edit in 0..EDITS {
        site.sources.insert(&path, &format!("{before}\n1.2 Edited {edit} times. {after}"));
        let start = Instant::now();
        let (build, begun) = build(&site, &mut caches, true);
        last = build;
        whole.push(start.elapsed());
        edits.push(steps(&begun));
    }
    println!("{:<28}{:>9.0} ms {:>23} MB", "after an edit, in memory", ms(median(whole)), memory() >> 20);
    for (at, (stage, _, _)) in edits[0].iter().enumerate() {
        let times = edits.iter().map(|edit| edit[at].1).collect();
        println!("{:<28}{:>9.0} ms", format!("  {stage:?}"), ms(median(times)));
    }
    drop(last);
}
