//! Compares a build with a minimal one and with other generators, in one run on one machine.
//!
//! `cargo bench --bench build` measures the corpora S and M; `-- s m l` measures those that are
//! named. Each is built whole, with its search index and highlighted code; built again with no
//! change; and previewed while one clause is edited again and again. Without the index and with
//! plain code it is compared with the floor, which does the least that any generator must do for
//! the same pages. Hugo, Pagefind and mdBook are measured where they are installed: `mdbook` up to
//! M, and beyond with `-- mdbook`. Ratios are of processor seconds, user and system together, which
//! other work on the machine disturbs least. `-- instructions` counts the instructions of each
//! stage, which nothing disturbs, where Valgrind is installed. `-- corpus FOLDER DOCUMENTS CLAUSES`
//! writes a corpus and measures nothing.

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
mod instructions;
mod others;
mod preview;
mod stages;

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use corpus::Size;
use wait4::Wait4 as _;

/// As in the program that is measured.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Cost of one run of a command.
#[derive(Clone, Copy, Debug)]
pub struct Cost {
    /// From start to end.
    pub wall: Duration,
    /// Processor time, user and system.
    pub processor: Duration,
    /// The most memory at one time, in bytes.
    pub memory: u64,
}

impl Cost {
    /// Runs a command to its end.
    pub fn of(command: &mut Command) -> Self {
        Cost::if_done(command).unwrap_or_else(|| panic!("{command:?} failed"))
    }

    /// Runs a command to its end; nothing if it fails.
    pub fn if_done(command: &mut Command) -> Option<Self> {
        let start = Instant::now();
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let used = child.wait4().unwrap();
        let processor = used.rusage.utime + used.rusage.stime;
        used.status.success().then(|| Cost { wall: start.elapsed(), processor, memory: used.rusage.maxrss })
    }

    /// Adds the cost of a later command.
    pub fn and(self, after: Cost) -> Self {
        Cost {
            wall: self.wall + after.wall,
            processor: self.processor + after.processor,
            memory: self.memory.max(after.memory),
        }
    }

    /// Divides its processor seconds by those of another cost.
    fn times(self, other: Cost) -> f64 {
        self.processor.as_secs_f64() / other.processor.as_secs_f64()
    }

    fn line(self, what: &str, beside: Option<(&str, Cost)>) -> String {
        let mut line = format!(
            "{what:<28}{:>9.0} ms {:>9.2} s {:>8} MB",
            self.wall.as_secs_f64() * 1_000.0,
            self.processor.as_secs_f64(),
            self.memory >> 20
        );
        if let Some((name, other)) = beside {
            let _ = write!(line, "   {:.2} of {name}", self.times(other));
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

/// Measures one size in a folder, and gives what a whole build of it cost.
fn measure(name: &str, size: Size, top: &Path, mdbook_too: bool) -> Cost {
    let (site, out) = (top.join("site"), top.join("public"));
    corpus::write(size, &site).unwrap();
    println!("\n{name}: {} documents, {} clauses", size.documents, size.clauses);
    println!("{:<28}{:>12} {:>11} {:>11}", "", "time", "processors", "memory");
    // The first reading of a file is the disk's, for whoever is measured first.
    build(&site, &top.join("first"));
    let whole = build(&site, &out);
    println!("{}", whole.line("build", None));
    println!("{}", build(&site, &out).line("  again, nothing changed", Some(("build", whole))));
    for (name, cost) in others::costs(size, top, mdbook_too) {
        match cost {
            Some(cost) => {
                println!("{}", cost.line(&name, None));
                println!("  a build costs {:.3} of it", whole.times(cost));
            }
            None => println!("{name:<28} not done in {} minutes", others::PATIENCE / 60),
        }
    }
    let plain = top.join("plain");
    corpus::write_plain(size, &plain).unwrap();
    let bare = Cost::of(&mut own(&[Path::new("bare"), &plain, &top.join("bare")]));
    println!("{}", bare.line("no search, no highlighting", Some(("build", whole))));
    let floor = Cost::of(&mut own(&[Path::new("floor"), &plain, &top.join("floor")]));
    println!("{}", floor.line("the floor", None));
    println!("  such a build costs {:.1} floors", bare.times(floor));
    assert!(own(&[Path::new("stages"), &site]).status().unwrap().success());
    preview::measure(&site, size);
    whole
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
        ["bare", site, out] => return stages::bare(Path::new(site), Path::new(out)),
        ["stages", site] => return stages::measure(Path::new(site)),
        ["until", stage, site] => return stages::until(stage, Path::new(site)),
        ["instructions"] => return instructions::measure(),
        _ => {}
    }
    let mdbook_too = arguments.contains(&"mdbook");
    arguments.retain(|argument| *argument != "mdbook");
    if arguments.is_empty() {
        arguments = vec!["s", "m"];
    }
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    println!("{processors} processors; clause pages off");
    // Nothing is deleted before all is measured: for minutes, ext4 looks twice at each place where a file was deleted before
    // it puts a new one there, which can cost more than a build.
    let top = tempfile::tempdir().unwrap();
    let mut before: Option<(&str, Cost)> = None;
    for argument in arguments {
        let folder = top.path().join(argument);
        let whole = match argument {
            "s" => measure("S", Size::S, &folder, true),
            "m" => measure("M", Size::M, &folder, true),
            "l" => measure("L", Size::L, &folder, mdbook_too),
            other => panic!("there is no corpus `{other}`"),
        };
        if let Some((smaller, cost)) = before.replace((argument, whole)) {
            println!("a build of {argument} costs {:.1} of {smaller}", whole.times(cost));
        }
    }
}
