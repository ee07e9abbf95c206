//! `clausebook serve`: what the preview says, and how it ends.
//!
//! Takes the command's arguments; runs the preview until it is told to stop, by Ctrl-C or by the
//! system, or until something in the site proves to have no end.

use std::net::SocketAddr;
use std::path::Path;
use std::process;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::time::Duration;

use super::arguments::DiagnosticFormat;
use super::{Stop, could_not_run, count, print, say, say_result, show, site_folder};
use crate::diagnostic::{Diagnostic, Severity};
use crate::pipeline::{Build, Options};
use crate::serve::{EndSignals, PreviewEvent, PreviewSettings, run};
use crate::source::SourceMap;

pub(super) fn serve(site: Option<&Path>, address: SocketAddr, open: bool, poll: bool) -> Result<(), Stop> {
    let root = site_folder(site)?;
    let settings = PreviewSettings { root: root.clone(), options: Options::default(), address, poll };
    let mut tell = |news: PreviewEvent<'_>| match news {
        PreviewEvent::Ready(address) => {
            print(&format!("{address}\n"));
            if !settings.address.ip().is_loopback() {
                say("warning: others on the network can read this preview, drafts too.");
                say_result("They write the address of this computer in figures: its name is refused.");
            }
            say_result("Stop with Ctrl-C.");
            if open && let Err(error) = ::open::that_detached(address) {
                say(&format!("cannot open a browser: {error}"));
            }
        }
        PreviewEvent::Built { build, sources, changed, pages, took } => {
            show(&build.diagnostics, sources, &root, DiagnosticFormat::Human);
            say(&built(build, changed, pages, took));
        }
        PreviewEvent::Lost(error) => {
            say(&format!("error: {}", error.message));
            say("The preview has lost sight of the site. It shows the last good pages, and keeps looking.");
        }
        PreviewEvent::Polling(why) => {
            say(&format!("warning: {why}"));
            say("The preview looks at every file twice a second instead.");
        }
    };
    let (ask, asked) = mpsc::channel();
    let again = AtomicBool::new(false);
    let handle = move || {
        // Who asks twice does not want to wait.
        if again.swap(true, Ordering::SeqCst) || ask.send(()).is_err() {
            process::exit(130);
        }
    };
    ctrlc::set_handler(handle).map_err(|error| could_not_run(format!("cannot listen for Ctrl-C: {error}"), ""))?;
    let stopped = || {
        say_result("Stopped.");
        process::exit(0);
    };
    let overrun = |fault: Diagnostic, sources: &SourceMap| {
        show(&[fault], sources, &root, DiagnosticFormat::Human);
        say("The preview has ended. Start it again when this is fixed.");
        process::exit(1);
    };
    run(&settings, &mut tell, EndSignals { asked, stopped, overrun: &overrun })?;
    Ok(())
}

/// Formats the result of a preview's build as one line.
fn built(build: &Build, changed: &[String], pages: usize, took: Duration) -> String {
    let took = took.as_millis();
    let what = match changed {
        [] => String::new(),
        [one] => format!("{one}: "),
        [one, others @ ..] => format!("{one} and {} more: ", others.len()),
    };
    let errors = build.diagnostics.iter().filter(|fault| fault.severity() == Severity::Error).count();
    let made = count(pages, "page");
    if errors > 0 {
        return format!("{what}{}, the last good pages stay ({took} ms)", count(errors, "error"));
    }
    format!(
        "{what}{made} made of {} and {} in {took} ms",
        count(build.documents, "document"),
        count(build.clauses, "clause")
    )
}
