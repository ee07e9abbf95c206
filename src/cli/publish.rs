//! `clausebook publish`: a new edition in the ledger.
//!
//! Takes the command's arguments; resolves the site, and writes `permalinks/` if nothing is wrong.
//! The only command that looks at a clock, for the day of the edition.

use std::io::{self, BufRead as _, IsTerminal as _};

use super::arguments::Publish;
use super::folder::find_settled_site;
use super::progress::Progress;
use super::{Stop, WatchedCommand, could_not_run, count, options, read, say, say_result};
use crate::date::PartialDate;
use crate::disk;
use crate::parse::metadata::ledger::is_edition_name;
use crate::pipeline::publish::{EditionDetails, Outcome, publish};
use crate::pipeline::{self, Hooks};
use crate::source::{EDITIONS, SETTINGS};

pub(super) fn run(arguments: &Publish) -> Result<(), Stop> {
    let mut wanted = wanted(arguments)?;
    let (root, completed) = find_settled_site(arguments.check.site.as_deref())?;
    // Held until the ledger is written: no other command can publish in between, not even while a
    // person is asked.
    let lock = disk::lock(&root)?;
    let progress = Progress::new();
    let (options, read) = (options(&arguments.check)?, read(&root, &progress)?);
    let work = WatchedCommand::new(&root, &arguments.check, &progress, Hooks::default());
    let resolved = work.resolve(&read, &options)?;
    let outcome_of = |wanted: &EditionDetails| {
        work.watch(&read, |hooks| {
            let doing = "comparing the site with what was published";
            let _begun = pipeline::begin_whole(hooks.under_way, &read.site, &read.config().limits, doing);
            publish(&resolved.corpus, &resolved.ledger, &read.site.sources, wanted)
        })
    };
    let mut outcome = outcome_of(&wanted);
    if let Outcome::NeedsNote(draft) = &outcome {
        wanted.note = Some(ask(draft)?);
        outcome = outcome_of(&wanted);
    }
    // A person who names an edition must not take success for that edition.
    if let (Outcome::Nothing | Outcome::Edition { name: None, .. }, Some(name)) = (&outcome, &wanted.name) {
        return Err(could_not_run(
            format!("no words have changed since the last edition, so there is no edition `{name}`"),
            "leave out `--edition` to bring the ledger up to date without an edition",
        ));
    }
    let mut has_line = resolved.corpus.config.has_editions.is_some();
    match outcome {
        Outcome::Nothing => say(NOTHING),
        // The person runs again what was stopped.
        Outcome::NameTaken(name) if completed.iter().any(|path| path == EDITIONS) => {
            say(&format!("Edition {name} is published now."));
        }
        Outcome::NameTaken(name) => {
            return Err(could_not_run(
                format!("there is an edition `{name}` already"),
                "choose another name with `--edition`, or leave it out for the next number",
            ));
        }
        Outcome::NeedsNote(draft) => return Err(needs_note(&draft)),
        Outcome::Edition { name, rows, mut files } => {
            // Files of the site are not written through a link.
            files.retain(|(path, _)| path != SETTINGS || !disk::is_link(&root.join(path)));
            disk::save(&lock, &files, &read.site.sources)?;
            let (settings, ledger): (Vec<_>, Vec<_>) = files.iter().partition(|(path, _)| path == SETTINGS);
            let written = count(ledger.len(), "file");
            match name {
                Some(name) => {
                    say_result(&format!("Edition {name}: {} added to {written} in permalinks/", count(rows, "row")));
                    say_result("Build the site and keep permalinks/ with its sources: it is what old links rest on.");
                }
                None if ledger.is_empty() => say(NOTHING),
                None => say(&format!("No words have changed; {written} brought up to date in permalinks/")),
            }
            if !settings.is_empty() {
                has_line = true;
                say_result(
                    "site.toml has a new line, `has-editions = true`: by it `check` notices if permalinks/ is lost.",
                );
            }
        }
    }
    if !has_line && disk::is_file(&root.join(EDITIONS)) {
        say(
            "Write the line `has-editions = true` at the top of site.toml: by it `check` notices if permalinks/ is lost.",
        );
        say("`publish` cannot write it, since the file is a link or says something else of `has-editions`.");
    }
    Ok(())
}

const NOTHING: &str = "Every address is in the ledger, in the words that it has: there is nothing to publish.";

fn wanted(arguments: &Publish) -> Result<EditionDetails, Stop> {
    if let Some(name) = arguments.edition.as_deref().filter(|name| !is_edition_name(name)) {
        return Err(could_not_run(
            format!("`{name}` cannot be the name of an edition"),
            "a name is up to 32 letters, figures, full stops, hyphens and underscores, without spaces",
        ));
    }
    let date = match &arguments.date {
        Some(day) => PartialDate::parse(day)
            .ok_or_else(|| could_not_run(format!("`{day}` is not a day"), "write 2008-04-03, 2008-04 or 2008"))?,
        None => today()?,
    };
    let note = arguments.note.as_deref().map(str::trim).filter(|note| !note.is_empty());
    if note.is_some_and(|note| note.contains(char::is_control)) {
        return Err(could_not_run("the note is more than one line", "say in a sentence or two what is new"));
    }
    Ok(EditionDetails { name: arguments.edition.clone(), date, note: note.map(str::to_owned) })
}

fn today() -> Result<PartialDate, Stop> {
    let day = jiff::Zoned::now().date().to_string();
    PartialDate::parse(&day).ok_or_else(|| could_not_run("the clock shows no day", "give one with `--date 2026-11-24`"))
}

/// Asks whoever sits at the terminal what is new.
fn ask(draft: &str) -> Result<String, Stop> {
    if !io::stdin().is_terminal() {
        return Err(needs_note(draft));
    }
    say("Words have changed. What shall readers be told? Press Enter to say:");
    say(&format!("  {draft}"));
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer).map_err(|error| could_not_run(error.to_string(), ""))?;
    let answer = answer.trim();
    Ok(if answer.is_empty() { draft.to_owned() } else { answer.to_owned() })
}

fn needs_note(draft: &str) -> Stop {
    could_not_run(
        "words have changed since the last edition, and readers should be told what of",
        &format!("say it with `--note`; a draft: {draft}"),
    )
}
