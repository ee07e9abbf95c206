//! What a build costs, beside what it must cost and what others cost, in one run on one machine.
//!
//! `cargo bench --bench build` measures the corpora S and M; `-- s m l` those that are named. Each is built whole, built
//! again with nothing changed, and previewed while one clause is edited again and again; the floor does the least that any
//! generator must do for the same pages. Hugo and mdBook are measured where their commands are found: `hugo` at every size,
//! `mdbook` up to M, and beyond with `-- mdbook`. Ratios are of processor seconds, user and system together, which a machine
//! that does other work besides disturbs least. `-- corpus FOLDER DOCUMENTS CLAUSES` writes a corpus and measures nothing.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a benchmark may stop where it stands"
)]
#![allow(dead_code, reason = "each benchmark uses a part of the corpus")]

#[path = "../corpus/mod.rs"]
mod corpus;
mod others;
mod preview;
mod stages;

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use corpus::Size;
use wait4::Wait4 as _;

/// What one run of a command cost.
#[derive(Clone, Copy, Debug)]
pub struct Cost {
    /// From start to end.
    pub wall: Duration,
    /// Of all processors, user and system.
    pub processor: Duration,
    /// The most memory at one time, in bytes.
    pub memory: u64,
}

impl Cost {
    /// Runs a command to its end.
    pub fn of(command: &mut Command) -> Self {
        let start = Instant::now();
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let used = child.wait4().unwrap();
        assert!(used.status.success(), "{command:?} failed");
        Cost { wall: start.elapsed(), processor: used.rusage.utime + used.rusage.stime, memory: used.rusage.maxrss }
    }

    fn line(self, what: &str, beside: Option<(&str, Cost)>) -> String {
        let mut line = format!(
            "{what:<28}{:>9.0} ms {:>9.2} s {:>8} MB",
            self.wall.as_secs_f64() * 1_000.0,
            self.processor.as_secs_f64(),
            self.memory >> 20
        );
        if let Some((name, other)) = beside {
            let _ = write!(line, "   {:.2} of {name}", self.processor.as_secs_f64() / other.processor.as_secs_f64());
        }
        line
    }
}

/// The command that is measured.
pub fn clausebook() -> Command {
    Command::new(env!("CARGO_BIN_EXE_clausebook"))
}

fn build(site: &Path, out: &Path) -> Cost {
    Cost::of(clausebook().arg("build").arg(site).arg("--output").arg(out))
}

/// This benchmark, in a process of its own, so that its memory is its own too.
fn own(arguments: &[&Path]) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(arguments);
    command
}

fn measure(name: &str, size: Size, mdbook_too: bool) {
    let top = tempfile::tempdir().unwrap();
    let (site, out) = (top.path().join("site"), top.path().join("public"));
    corpus::write(size, &site).unwrap();
    println!("\n{name}: {} documents, {} clauses", size.documents, size.clauses);
    println!("{:<28}{:>12} {:>11} {:>11}", "", "time", "processors", "memory");
    // The first reading of a file is the disk's, for whoever is measured first.
    build(&site, &out);
    std::fs::remove_dir_all(&out).unwrap();
    let whole = build(&site, &out);
    println!("{}", whole.line("build", None));
    println!("{}", build(&site, &out).line("  again, nothing changed", Some(("build", whole))));
    let floor = Cost::of(&mut own(&[Path::new("floor"), &site, &top.path().join("floor")]));
    println!("{}", floor.line("the floor", None));
    println!("  a build costs {:.1} floors", whole.processor.as_secs_f64() / floor.processor.as_secs_f64());
    for (name, cost) in others::costs(size, top.path(), mdbook_too) {
        println!("{}", cost.line(&name, None));
        println!("  a build costs {:.2} of it", whole.processor.as_secs_f64() / cost.processor.as_secs_f64());
    }
    assert!(own(&[Path::new("stages"), &site]).status().unwrap().success());
    preview::measure(&site, size);
}

fn main() {
    // Cargo adds `--bench`.
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let mut arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["corpus", folder, documents, clauses] => {
            let size = Size { documents: documents.parse().unwrap(), clauses: clauses.parse().unwrap() };
            return corpus::write(size, Path::new(folder)).unwrap();
        }
        ["floor", site, out] => return others::floor(Path::new(site), Path::new(out)),
        ["stages", site] => return stages::measure(Path::new(site)),
        _ => {}
    }
    let mdbook_too = arguments.contains(&"mdbook");
    arguments.retain(|argument| *argument != "mdbook");
    if arguments.is_empty() {
        arguments = vec!["s", "m"];
    }
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    println!("{processors} processors; clause pages off");
    for argument in arguments {
        match argument {
            "s" => measure("S", Size::S, true),
            "m" => measure("M", Size::M, true),
            "l" => measure("L", Size::L, mdbook_too),
            other => panic!("there is no corpus `{other}`"),
        }
    }
}
