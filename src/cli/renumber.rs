//! `clausebook renumber`: what it says and in which order.
//!
//! Takes what was asked; has the changes worked out, then written. Rows to be pasted, and the patch
//! of a dry run, go to standard output; what people are told goes to standard error.

use std::path::Path;

use super::arguments::{ChangeOfNumber, DiagnosticFormat};
use super::folder::find_settled_site;
use super::{Stop, could_not_run, count, print, say, say_result, show, whole_under_watch};
use crate::diagnostic::{self, escape_controls};
use crate::disk;
use crate::document::Number;
use crate::pipeline;
use crate::pipeline::renumber::{NumberChange, RenumberRefusal, Renumbering, pasted, renumber as work_out};
use crate::source::MOVES;
use crate::source::SourceMap;

/// Arguments of `renumber`, apart from the site.
pub(super) struct RenumberArguments {
    pub(super) document: String,
    pub(super) number: String,
    pub(super) change: ChangeOfNumber,
    pub(super) dry_run: bool,
    pub(super) write_moves: bool,
}

/// The most places of one kind that are listed.
const MOST_LISTED: usize = 50;

pub(super) fn renumber(asked: &RenumberArguments, site: Option<&Path>) -> Result<(), Stop> {
    let number = number(&asked.number)?;
    let change = match &asked.change.to {
        Some(to) => NumberChange::To(self::number(to)?),
        None => NumberChange::Insert,
    };
    let (root, completed) = find_settled_site(site)?;
    if !completed.is_empty() {
        // It may have been this very change, which must not be made twice.
        return Err(could_not_run(
            "the change of a command that was stopped was completed just now",
            "look at the site: if the numbers are not yet as you want them, run this command again",
        ));
    }
    // Held until the files are written: what is read does not change in between.
    let lock = if asked.dry_run { None } else { Some(disk::lock(&root)?) };
    let read = disk::read_whole(&root, SourceMap::new(), pipeline::settings)?;
    let worked_out = whole_under_watch(&read, &root, "working out what a new number changes", || {
        work_out(&read, (&asked.document, &number), &change)
    });
    let mut renumbering = worked_out.map_err(|RenumberRefusal { message, help, faults }| {
        if faults.is_empty() {
            return could_not_run(message, &help);
        }
        show(&faults, &read.site.sources, &root, DiagnosticFormat::Human);
        say(&format!("{message}: nothing was changed"));
        say(&format!("help: {help}"));
        Stop::Content
    })?;
    if asked.write_moves {
        renumbering.write_rows();
    }
    let files = disk::amended(&root, &renumbering.sources, &renumbering.edits)?;
    if let Some(lock) = &lock {
        disk::amend(lock, &files, &read.site.sources)?;
    }
    print_summary(asked, &renumbering, &root);
    if asked.dry_run {
        let texts = files.iter().map(|file| (file.path.as_str(), file.before.as_str(), file.after.as_str()));
        print(&pipeline::suggest::unified(texts, &diagnostic::shown_root(&root)));
    }
    Ok(())
}

fn number(text: &str) -> Result<Number, Stop> {
    let wrong =
        || could_not_run(format!("`{text}` is not the number of a clause"), "write one such as 3.38, 3.38A or 17");
    Number::parse(text.strip_suffix('.').unwrap_or(text)).ok_or_else(wrong)
}

/// Says what was changed, what was left for a person to look at, and which rows are needed.
fn print_summary(asked: &RenumberArguments, renumbering: &Renumbering, root: &Path) {
    let shown_root = diagnostic::shown_root(root);
    let place = |span| diagnostic::place_of(span, &renumbering.sources, &shown_root);
    let would = if asked.dry_run { "Would renumber" } else { "Renumbered" };
    say_result(&format!("{would} {} of {}:", count(renumbering.clauses.len(), "clause"), asked.document));
    let numbers = renumbering.clauses.iter().map(|(old, new)| format!("{old} → {new}"));
    list(say_result, numbers);
    let mentions = renumbering.mentions.values().sum();
    let changed = if asked.dry_run { "would change" } else { "changed" };
    say_result(&format!("{} {changed} with them{}", count(mentions, "mention"), if mentions == 0 { "" } else { ":" }));
    list(
        say_result,
        renumbering.mentions.iter().map(|(path, mentions)| {
            let path = if shown_root.is_empty() { path.clone() } else { format!("{shown_root}/{path}") };
            format!("{path}: {mentions}")
        }),
    );
    if !renumbering.unsure.is_empty() {
        say("These words may mean a clause by its old number, and were left as they are:");
        list(
            say,
            renumbering
                .unsure
                .iter()
                .map(|(span, new)| format!("{}: {} (now {new})", place(*span), renumbering.sources.text(*span))),
        );
    }
    if !renumbering.idle.is_empty() {
        say("These rows lead from an address to itself now: remove them.");
        list(say, renumbering.idle.iter().map(|span| place(*span)));
    }
    if !renumbering.published {
        say_result(&format!("{} is not published yet: its old addresses need no rows.", asked.document));
    } else if renumbering.rows.is_empty() {
        say_result(&format!("No new row is needed in {MOVES}."));
    } else if asked.write_moves {
        let (has, then) = if asked.dry_run { ("would have", " then") } else { ("has", "") };
        say_result(&format!("{MOVES} {has} the rows for the old addresses{then}."));
    } else {
        say_result(&format!("To keep the old addresses working, add to {MOVES}:"));
        print(&pasted(&renumbering.rows));
    }
}

fn list(say: fn(&str), lines: impl ExactSizeIterator<Item = String>) {
    let count = lines.len();
    lines.take(MOST_LISTED).for_each(|line| say(&format!("  {}", escape_controls(&line))));
    if count > MOST_LISTED {
        say(&format!("  … and {} more", count - MOST_LISTED));
    }
}
