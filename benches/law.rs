//! Measures law recognition in a full build of 1,000 documents, in memory and on one thread.
//!
//! Prints the time of the build, of the build with an empty register, and of recognition alone over
//! the same paragraphs; fails if recognition takes 8% of the build or more. The first two differ by
//! more than recognition: what is recognised is also resolved, listed and drawn. Prints how much
//! prose is read in a second with a register of 500 works, and fails if it is less than 20 MB.
//! Times are those of the processor, where the system reports them.

#![allow(dead_code, reason = "each benchmark uses a part of the corpus")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    missing_docs,
    reason = "a benchmark may stop where it is, and asks the system for the time that it had"
)]

mod corpus;

use std::time::{Duration, Instant};

use clausebook::law::{Authority, AuthorityKind, Register, Unit, known_act, known_titles, recognise};
use clausebook::pipeline::{self, Hooks, Options};
use clausebook::source::Site;
use corpus::Size;

const SIZE: Size = Size::M;
const ROUNDS: usize = 5;
/// The largest share of a build that recognition may have.
const LIMIT: f64 = 0.08;
/// The works of a large register.
const WORKS: usize = 500;
/// The least prose that is read in a second with it, in MB.
const SPEED: f64 = 20.0;

/// A register of Acts that the program knows, each with an alias by its year.
fn large_register() -> Register {
    let acts = known_titles().into_iter().step_by(6).take(WORKS).filter_map(known_act).enumerate();
    let rows = acts.map(|(n, act)| {
        let mut row = Authority::new(&format!("act-{n}"), &act.title, AuthorityKind::Act);
        row.work = Some(act.work.clone());
        row.unit = Some(Unit::Section);
        row.aliases = act.title.rsplit(' ').next().map(|year| format!("the {year} Act")).into_iter().collect();
        row
    });
    Register::new(rows.collect())
}

/// The corpus, with this register.
fn site(register: &str) -> Site {
    let mut site = corpus::site(SIZE);
    site.sources.insert("authorities.toml", register);
    site
}

/// The time that this thread has had the processor, so that a busy machine does not count; of a system that does not
/// tell, the time since `start`.
fn used(start: Instant) -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|told| told.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| start.elapsed(), Duration::from_nanos)
}

/// The median of some rounds.
fn timed(mut work: impl FnMut()) -> Duration {
    let start = Instant::now();
    let mut times: Vec<Duration> = Vec::new();
    for _ in 0..ROUNDS {
        let before = used(start);
        work();
        times.push(used(start) - before);
    }
    times.sort();
    times[ROUNDS / 2]
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

fn build(site: &Site) -> Duration {
    timed(|| {
        let built = pipeline::build(&pipeline::read_site(site.clone(), Vec::new(), false), &Options::default());
        assert!(built.output.is_some(), "{:?}", built.diagnostics.first());
    })
}

fn run() {
    let (full, empty) = (site(corpus::REGISTER), site(""));
    let with = build(&full);
    let without = build(&empty);
    let register: Register =
        pipeline::load(&pipeline::read_site(full.clone(), Vec::new(), false), &Options::default(), Hooks::default())
            .register;
    let texts: Vec<String> = corpus::paragraphs(SIZE).collect();
    let mut citations = 0;
    let alone = timed(|| {
        citations = texts.iter().map(|text| recognise(text, &register, None).citations.len()).sum();
    });
    let share = alone.as_secs_f64() / with.as_secs_f64();
    let bytes: usize = texts.iter().map(String::len).sum();
    println!("{} documents, {} clauses, {} MB, {citations} citations", SIZE.documents, texts.len(), bytes / 1_000_000);
    println!("full build                  {:8.0} ms", ms(with));
    println!("with an empty register      {:8.0} ms", ms(without));
    println!("recognition alone           {:8.0} ms", ms(alone));
    println!("recognition's share         {:7.1}%", share * 100.0);
    let large = large_register();
    let quick = timed(|| {
        texts.iter().for_each(|text| drop(recognise(text, &large, None)));
    });
    let speed = bytes as f64 / 1e6 / quick.as_secs_f64();
    println!("prose in a second           {speed:8.1} MB with {} works", large.authorities.len());
    assert!(speed >= SPEED, "{speed:.1} MB of prose are read in a second, and {SPEED} should be");
    assert!(share < LIMIT, "recognition takes {:.0}% of a build, and may take {:.0}%", share * 100.0, LIMIT * 100.0);
}

fn main() {
    // On one thread, so that the time of the parts can be compared with that of the whole.
    rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap().install(run);
}
