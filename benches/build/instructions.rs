//! Counts the instructions of each stage: a figure that a busy machine does not disturb.
//!
//! Valgrind runs a small corpus up to the start of each stage in turn; the cost of a stage is the
//! difference between two runs.

use std::path::Path;
use std::process::Command;

use clausebook::pipeline::Stage;

use super::corpus::{self, Size};
use super::others::is_there;

/// Large enough that pages and words weigh more than what is done once.
const SIZE: Size = Size { documents: 100, clauses: 1_200 };

/// The stages in their order; the last is what is left when all is made.
const STAGES: [Stage; 7] =
    [Stage::Read, Stage::Parse, Stage::Resolve, Stage::Index, Stage::Render, Stage::Export, Stage::Write];

/// Counts the instructions before a stage begins.
fn until(stage: Stage, site: &Path) -> u64 {
    let ran = Command::new("valgrind")
        .args(["--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"])
        .arg(std::env::current_exe().unwrap())
        .args(["until", &format!("{stage:?}")])
        .arg(site)
        .env("RAYON_NUM_THREADS", "1")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&ran.stderr);
    let count = said.lines().find_map(|line| line.split_once("refs:")).map(|(_, count)| count.trim().replace(',', ""));
    count.and_then(|count| count.parse().ok()).unwrap_or_else(|| panic!("{said}"))
}

/// Prints the millions of instructions of each stage.
pub fn measure() {
    if !is_there("valgrind") {
        println!("there is no `valgrind`, which counts instructions");
        return;
    }
    let top = tempfile::tempdir().unwrap();
    let site = top.path().join("site");
    corpus::write(SIZE, &site).unwrap();
    println!("{} documents, {} clauses, one thread; millions of instructions", SIZE.documents, SIZE.clauses);
    let counts = STAGES.map(|stage| until(stage, &site));
    for ((stage, begins), ends) in STAGES.iter().zip(counts).zip(counts.into_iter().skip(1)) {
        println!("{:<12}{:>9.1}", format!("{stage:?}"), ends.saturating_sub(begins) as f64 / 1e6);
    }
}
