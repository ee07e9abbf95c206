//! `clausebook check`: what is wrong, what would make a link, and what was not checked for long.
//!
//! Takes the arguments; prints, and with `--apply` has the proposals written. Makes the pages,
//! since a template may be wrong, and keeps none.

use std::path::Path;

use super::arguments::{Also, Check, DiagnosticFormat};
use super::folder::find_settled_site;
use super::progress::Progress;
use super::{
    Stop, WatchedCommand, could_not_run, count, options, print, print_json, read, say, say_result, site_folder,
    whole_under_watch,
};
use crate::date::PartialDate;
use crate::diagnostic::{self, escape_controls};
use crate::disk;
use crate::output::{Artefact, OutPath};
use crate::pipeline::stale::stale;
use crate::pipeline::suggest::{self, Suggestion};
use crate::pipeline::{self, Caches, Hooks};
use crate::site::ReadSite;
use crate::source::REGISTER;

pub(super) fn check(check: &Check, also: &Also) -> Result<(), Stop> {
    let progress = Progress::new();
    let (root, lock) = if also.apply {
        let (root, _) = find_settled_site(check.site.as_deref())?;
        // Held until the files are written: what is read does not change in between.
        let lock = disk::lock(&root)?;
        (root, Some(lock))
    } else {
        (site_folder(check.site.as_deref())?, None)
    };
    let (options, read) = (options(check)?, read(&root, &progress)?);
    // Of a page that is not to be written nothing need be remembered.
    let drop = |_: &OutPath, _| {
        progress.step();
        Artefact::text("")
    };
    let work = WatchedCommand::new(&root, check, &progress, Hooks { keep: &drop, ..Hooks::default() });
    if let Some(months) = also.stale {
        let resolved = work.resolve(&read, &options)?;
        return tell_stale(&stale(&resolved.corpus, since(months)?), months, check.format);
    }
    let built = work.watch(&read, |hooks| pipeline::rebuild(&read, &options, &mut Caches::default(), hooks));
    let shown = work.show(&read, built.output, &built.diagnostics);
    if let Some(lock) = &lock {
        apply(lock, &root, &read, &built.suggestions)?;
    } else if also.suggest {
        propose(&root, &read, &built.suggestions, check.format)?;
    }
    let (_, faults) = shown?;
    let found = if faults == 0 { "nothing wrong".to_owned() } else { count(faults, "warning") };
    say_result(&format!(
        "Checked {} and {}: {found}",
        count(built.documents, "document"),
        count(built.clauses, "clause")
    ));
    if !also.suggest {
        tell_of_register(&read, &built.suggestions);
    }
    Ok(())
}

/// Says that works are named, if a site has no register of them.
pub(super) fn tell_of_register(read: &ReadSite, suggestions: &[Suggestion]) {
    let rows = suggestions.iter().filter(|suggestion| suggestion.is_row()).count();
    if rows > 0 && read.site.sources.find(REGISTER).is_none() {
        let works = count(rows, "work");
        let verb = if rows == 1 { "is" } else { "are" };
        say_result(&format!(
            "{works} of law {verb} named and not linked: `clausebook check --suggest` makes a register"
        ));
    }
}

/// Prints proposals: for people as a list and as a patch of the files as they are on the disk.
fn propose(root: &Path, read: &ReadSite, suggestions: &[Suggestion], format: DiagnosticFormat) -> Result<(), Stop> {
    let (sources, shown) = (&read.site.sources, diagnostic::shown_root(root));
    for suggestion in suggestions {
        if format == DiagnosticFormat::Json {
            print(&(suggest::as_json(suggestion, sources, &shown) + "\n"));
        } else {
            let at = diagnostic::place_of(suggestion.span, sources, &shown);
            print(&format!("{at}: {}\n", escape_controls(&suggestion.message)));
        }
    }
    if format != DiagnosticFormat::Json {
        let mut sources = sources.clone();
        let edits = suggest::edits(suggestions, &mut sources);
        let files = disk::amended(root, &sources, &edits)?;
        print(&whole_under_watch(read, root, "writing the patch of suggestions", || {
            suggest::unified(files.iter().map(|file| (&*file.path, &*file.before, &*file.after)), "")
        }));
    }
    Ok(())
}

/// Writes proposals into the files of a site.
fn apply(lock: &disk::SiteLock, root: &Path, read: &ReadSite, suggestions: &[Suggestion]) -> Result<(), Stop> {
    let mut sources = read.site.sources.clone();
    let shown = diagnostic::shown_root(root);
    for notice in suggestions.iter().filter(|suggestion| suggestion.is_notice()) {
        say(&format!("{}: {}", diagnostic::place_of(notice.span, &sources, &shown), notice.message));
    }
    let edits = suggest::edits(suggestions, &mut sources);
    let files = disk::amended(root, &sources, &edits)?;
    disk::amend(lock, &files, &read.site.sources)?;
    let written = suggestions.iter().filter(|suggestion| !suggestion.is_notice()).count();
    say_result(&format!("Wrote {} into {}", count(written, "proposal"), count(files.len(), "file")));
    for field in ["`work` or `url`", "`title`"] {
        let keys = suggestions.iter().filter_map(Suggestion::lacking).filter(|(_, lacks)| *lacks == field);
        let keys: Vec<String> = keys.map(|(key, _)| format!("`[{key}]`")).collect();
        if !keys.is_empty() {
            say(&format!("Rows to which you add {field}: {}", keys.join(", ")));
        }
    }
    Ok(())
}

/// The day so many months ago.
fn since(months: u32) -> Result<PartialDate, Stop> {
    let wrong =
        || could_not_run(format!("{months} months ago there was no calendar"), "give a number of months such as 12");
    let day = jiff::Zoned::now().date();
    let day =
        day.checked_sub(jiff::Span::new().try_months(i64::from(months)).map_err(|_| wrong())?).map_err(|_| wrong())?;
    PartialDate::parse(&day.to_string()).ok_or_else(wrong)
}

fn tell_stale(works: &[pipeline::stale::Stale], months: u32, format: DiagnosticFormat) -> Result<(), Stop> {
    for work in works {
        if format == DiagnosticFormat::Json {
            print_json(work)?;
            continue;
        }
        let checked =
            work.checked.as_ref().map_or("never checked".to_owned(), |day| format!("not checked since {day}"));
        print(&format!("{} (`{}`): {checked}\n", escape_controls(&work.title), work.key));
        work.cited.iter().for_each(|place| print(&format!("  {}\n", escape_controls(place))));
    }
    let (count, months) = (count(works.len(), "work"), count(usize::try_from(months).unwrap_or(usize::MAX), "month"));
    say_result(&format!("{count} of law not checked for {months}"));
    Ok(())
}
