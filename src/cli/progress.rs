//! Progress of a build, and the time that each stage took.
//!
//! Holds a bar on a terminal and plain lines elsewhere, the latter only once a build takes long.
//! Takes the stages as they begin; gives a table of them.

use std::io::{self, IsTerminal as _};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::{Talk, talk};
use crate::pipeline::Stage;

/// Time that a build may take before a terminal shows a progress bar.
const QUICK: Duration = Duration::from_millis(500);
/// Time that it may take before its stages are reported as plain lines, where there is no terminal.
const QUIET: Duration = Duration::from_secs(2);

/// The progress of one build.
pub(super) struct Progress {
    start: Instant,
    bar: ProgressBar,
    shown: AtomicBool,
    stages: Mutex<Vec<(Stage, Instant)>>,
}

impl Progress {
    pub(super) fn new() -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template("{msg:18} {bar:40} {pos}/{len}") {
            bar.set_style(style);
        }
        Progress { start: Instant::now(), bar, shown: AtomicBool::new(false), stages: Mutex::default() }
    }

    /// A stage begins that has so many things before it; 0 if that is not known.
    pub(super) fn begin(&self, stage: Stage, count: usize) {
        let now = Instant::now();
        if let Ok(mut stages) = self.stages.lock() {
            stages.push((stage, now));
        }
        self.show(now);
        self.bar.set_message(doing(stage));
        self.bar.set_length(count as u64);
        self.bar.set_position(0);
        if !io::stderr().is_terminal() && now.duration_since(self.start) > QUIET && talk() >= Talk::Results {
            super::say(&format!("{} …", doing(stage)));
        }
    }

    /// One of the things is done.
    pub(super) fn step(&self) {
        self.bar.inc(1);
        if self.bar.position().is_multiple_of(64) {
            self.show(Instant::now());
        }
    }

    /// Shows the bar, if the build has taken so long that someone may wonder.
    fn show(&self, now: Instant) {
        if talk() >= Talk::Results
            && now.duration_since(self.start) > QUICK
            && !self.shown.swap(true, Ordering::Relaxed)
        {
            self.bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(10));
        }
    }

    /// Takes the bar from the terminal, so that something else can be printed.
    pub(super) fn clear(&self) {
        self.bar.finish_and_clear();
    }

    /// Everything is done.
    pub(super) fn end(&self) {
        if let Ok(mut stages) = self.stages.lock() {
            stages.push((Stage::Write, Instant::now()));
        }
        self.clear();
    }

    /// Returns the milliseconds since the build began.
    pub(super) fn elapsed(&self) -> u128 {
        self.start.elapsed().as_millis()
    }

    /// A line for each stage with its time.
    pub(super) fn table(&self) -> String {
        let Ok(stages) = self.stages.lock() else { return String::new() };
        let times = stages.iter().zip(stages.iter().skip(1));
        times
            .map(|((stage, from), (_, to))| {
                let time = to.duration_since(*from).as_secs_f64() * 1_000.0;
                format!("{:<20}{time:>8.0} ms\n", doing(*stage))
            })
            .collect()
    }
}

fn doing(stage: Stage) -> &'static str {
    match stage {
        Stage::Read => "Reading files",
        Stage::Parse => "Reading documents",
        Stage::Resolve => "Resolving mentions",
        Stage::Index => "Indexing words",
        Stage::Render => "Making pages",
        Stage::Export => "Making data files",
        Stage::Write => "Writing",
    }
}
