//! `clausebook verify`: whether a copy is whole.
//!
//! Takes a folder or a zip; prints what is wrong with it, for people or as JSON.

use std::path::Path;

use serde_json::json;

use super::arguments::Verify;
use super::{Stop, could_not_run, count, print, print_json, say, say_result};
use crate::bundle::Manifest;
use crate::bundle::expected::Expected;
use crate::bundle::signature::VerifyingKey;
use crate::diagnostic::escape_controls;
use crate::disk::{self, CopyFault, Signed, Verified};

/// The most files that are named to people; `--json` names all.
const MOST_NAMED: usize = 200;
/// The most of those that systems left.
const MOST_PASSED_OVER: usize = 20;

pub(super) fn run(arguments: Verify) -> Result<(), Stop> {
    let Verify { copy, key, name, edition, json } = arguments;
    let is_empty = |asked: &Option<String>| asked.as_ref().is_some_and(|asked| asked.trim().is_empty());
    if let Some((option, _)) =
        [("--name", &name), ("--edition", &edition)].into_iter().find(|(_, asked)| is_empty(asked))
    {
        return Err(could_not_run(
            format!("`{option}` names nothing"),
            "say what you ask for, or leave the option out",
        ));
    }
    let key = key.as_deref().map(public_key).transpose()?;
    let expected = Expected { key, name, edition };
    let verified = disk::verify(&copy, &expected)?;
    if json {
        print_json(&report(&verified, &expected))?;
    } else {
        print_result(&copy, &verified, &expected);
    }
    if verified.faults.is_empty() { Ok(()) } else { Err(Stop::Differs) }
}

/// The public key that was named: itself, or by its file.
fn public_key(named: &str) -> Result<VerifyingKey, Stop> {
    if let Some(key) = VerifyingKey::read(named) {
        return Ok(key);
    }
    const HELP: &str = "name the file that ends in `.pub`, or write the line in it that begins with `RW`";
    let file = Path::new(named);
    if !disk::is_there(file) {
        return Err(could_not_run(format!("`{named}` is no public key, and there is no file of this name"), HELP));
    }
    let text = disk::read_alone(file)?;
    VerifyingKey::read(&text).ok_or_else(|| could_not_run(format!("`{named}` holds no public key"), HELP))
}

fn word(fault: CopyFault) -> &'static str {
    match fault {
        CopyFault::Missing => "missing",
        CopyFault::Changed => "changed",
        CopyFault::Added => "added",
        CopyFault::Link => "link",
        CopyFault::Special => "special",
        CopyFault::Unreadable => "unreadable",
        CopyFault::NotSigned | CopyFault::Unsigned => "not-signed",
        CopyFault::OtherSite => "other-site",
        CopyFault::OtherEdition => "other-edition",
    }
}

/// A bundle's edition and its day, as words that follow the name of the site.
fn edition_of(manifest: &Manifest) -> String {
    let edition = manifest.edition.as_ref().map_or(String::new(), |name| format!(", edition {name}"));
    let date = manifest.date.as_ref().map_or(String::new(), |date| format!(" of {date}"));
    format!("{edition}{date}")
}

fn print_result(copy: &Path, verified: &Verified, expected: &Expected) {
    let asked = |asked: &Option<String>| asked.clone().unwrap_or_default();
    for (path, fault) in verified.faults.iter().take(MOST_NAMED) {
        let found = verified.manifest.as_ref();
        let more = match fault {
            CopyFault::Link => " (a link, which is not followed)".to_owned(),
            CopyFault::Special => " (neither a file nor a folder)".to_owned(),
            CopyFault::NotSigned => " (not by the key that you named)".to_owned(),
            CopyFault::Unsigned => " (the copy has no signature)".to_owned(),
            CopyFault::OtherSite => {
                let name = found.map_or("", |found| found.name.as_str());
                format!(" (a copy of {}, and you asked for {})", escape_controls(name), asked(&expected.name))
            }
            CopyFault::OtherEdition => {
                let edition = found.and_then(|found| found.edition.as_ref());
                let edition =
                    edition.map_or("no edition".to_owned(), |edition| format!("edition {}", escape_controls(edition)));
                let later = if expected.is_in_order() { " or later" } else { "" };
                format!(" ({edition}, and you asked for {}{later})", asked(&expected.edition))
            }
            _ => String::new(),
        };
        print(&format!("{}: {}{more}\n", word(*fault), escape_controls(path)));
    }
    if let Some(more) = verified.faults.len().checked_sub(MOST_NAMED).filter(|more| *more > 0) {
        print(&format!("… and {more} more; `--json` lists them all\n"));
    }
    if !verified.passed_over.is_empty() {
        let named: Vec<String> =
            verified.passed_over.iter().take(MOST_PASSED_OVER).map(|path| escape_controls(path)).collect();
        let more = verified.passed_over.len() - named.len();
        let more = if more == 0 { String::new() } else { format!(" and {more} more") };
        let left = count(verified.passed_over.len(), "file");
        say(&format!("Passed over {left} that a system or an editor left there: {}{more}", named.join(", ")));
    }
    let what = match &verified.manifest {
        Some(manifest) => manifest.name.clone() + &edition_of(manifest),
        None => "a folder that `build` wrote".to_owned(),
    };
    let files = count(verified.listed, "file");
    let shown = copy.display();
    if verified.faults.is_empty() {
        let signed = match verified.signed {
            Signed::No => "",
            Signed::Unchecked => "; it is signed: `--key` checks the signature",
            Signed::ByKey | Signed::NotByKey => "; it is signed by the key that you named",
        };
        say_result(&format!("{shown} is whole: {what} ({files}){signed}"));
        if let Some(unasked) = unverified_claim(verified, expected) {
            say(unasked);
        }
    } else {
        let wrong = count(verified.faults.len(), "fault");
        let is_only = |kinds: &[CopyFault]| verified.faults.iter().all(|(_, fault)| kinds.contains(fault));
        let (said, help) = if is_only(&[CopyFault::OtherSite, CopyFault::OtherEdition]) {
            ("is whole, and is not the copy that you asked for", "get the copy that you asked for from its maker")
        } else if is_only(&[CopyFault::NotSigned, CopyFault::Unsigned]) {
            let help = "make sure that the key is that of the copy's maker; if it is, do not trust the copy";
            ("is not signed by the key that you named", help)
        } else {
            let help = "get the copy again from where it came from, and put nothing of your own into its folder";
            ("is not whole", help)
        };
        say(&format!("{shown} {said}: {wrong} in {what} ({files})"));
        say(&format!("help: {help}"));
    }
}

/// Says of a signed copy what its signature does not show and nobody asked.
fn unverified_claim(verified: &Verified, expected: &Expected) -> Option<&'static str> {
    let has_edition = verified.manifest.as_ref().is_some_and(|manifest| manifest.edition.is_some());
    match (verified.signed, &expected.name, &expected.edition) {
        (Signed::ByKey, None, None) if has_edition => Some(
            "note: any site and edition that this key signed would pass; `--name` and `--edition` ask for this site, and this edition or later",
        ),
        (Signed::ByKey, None, _) => Some("note: any site that this key signed would pass; `--name` asks for this one"),
        (Signed::ByKey, _, None) if has_edition => {
            Some("note: any edition that this key signed would pass; `--edition` asks for this one or later")
        }
        _ => None,
    }
}

fn report(verified: &Verified, expected: &Expected) -> serde_json::Value {
    let faults = verified.faults.iter().map(|(path, fault)| json!({ "path": path, "what": word(*fault) }));
    let of = |field: fn(&crate::bundle::Manifest) -> Option<String>| verified.manifest.as_ref().and_then(field);
    json!({
        "whole": verified.faults.is_empty(),
        "name": of(|manifest| Some(manifest.name.clone())),
        "edition": of(|manifest| manifest.edition.clone()),
        "date": of(|manifest| manifest.date.clone()),
        "clausebook": of(|manifest| Some(manifest.clausebook.clone())),
        "files": verified.listed,
        "signed": match verified.signed {
            Signed::No => "no",
            Signed::Unchecked => "unchecked",
            Signed::ByKey => "by-key",
            Signed::NotByKey => "not-by-key",
        },
        "name-asked": expected.name,
        "edition-asked": expected.edition,
        "faults": faults.collect::<Vec<_>>(),
        "passed-over": verified.passed_over,
    })
}
