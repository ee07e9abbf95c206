//! `clausebook verify`: whether a copy is whole.
//!
//! Takes a folder or a zip; prints what is wrong with it, for people or as JSON.

use std::path::Path;

use serde_json::json;

use super::{Stop, could_not_run, count, print, say};
use crate::bundle::signature::Key;
use crate::diagnostic::tame;
use crate::disk::{self, Fault, Signed, Verified};

/// The most files that are named to people; `--json` names all.
const MOST_NAMED: usize = 200;

pub(super) fn run(copy: &Path, key: Option<&str>, as_json: bool) -> Result<(), Stop> {
    let key = key.map(public_key).transpose()?;
    let verified = disk::verify(copy, key.as_ref())?;
    if as_json {
        print(&(report(&verified).to_string() + "\n"));
    } else {
        tell(copy, &verified);
    }
    if verified.faults.is_empty() { Ok(()) } else { Err(Stop::Differs) }
}

/// The public key that was named: itself, or by its file.
fn public_key(named: &str) -> Result<Key, Stop> {
    if let Some(key) = Key::read(named) {
        return Ok(key);
    }
    let text = disk::read_alone(Path::new(named))?;
    Key::read(&text).ok_or_else(|| {
        could_not_run(
            format!("`{named}` holds no public key"),
            "name the file that ends in `.pub`, or write the line in it that begins with `RW`",
        )
    })
}

fn word(fault: Fault) -> &'static str {
    match fault {
        Fault::Missing => "missing",
        Fault::Changed => "changed",
        Fault::Added => "added",
        Fault::Link => "link",
        Fault::Special => "special",
        Fault::Unreadable => "unreadable",
        Fault::NotSigned => "not-signed",
    }
}

fn tell(copy: &Path, verified: &Verified) {
    for (path, fault) in verified.faults.iter().take(MOST_NAMED) {
        let more = match fault {
            Fault::Link => " (a link, which is not followed)",
            Fault::Special => " (neither a file nor a folder)",
            Fault::NotSigned => " (not by the key that you named)",
            _ => "",
        };
        print(&format!("{}: {}{more}\n", word(*fault), tame(path)));
    }
    if let Some(more) = verified.faults.len().checked_sub(MOST_NAMED).filter(|more| *more > 0) {
        print(&format!("… and {more} more; `--json` lists them all\n"));
    }
    let what = match &verified.manifest {
        Some(manifest) => {
            let edition = manifest.edition.as_ref().map_or(String::new(), |name| format!(", edition {name}"));
            let date = manifest.date.as_ref().map_or(String::new(), |date| format!(" of {date}"));
            format!("{}{edition}{date}", manifest.name)
        }
        None => "a folder that `build` wrote".to_owned(),
    };
    let files = count(verified.listed, "file");
    let shown = copy.display();
    if verified.faults.is_empty() {
        let signed = match verified.signed {
            Signed::No => "",
            Signed::Unchecked => "; it is signed: `--key` checks by whom",
            Signed::ByKey | Signed::NotByKey => "; it is signed by the key that you named",
        };
        say(&format!("{shown} is whole: {what} ({files}){signed}"));
    } else {
        let wrong = count(verified.faults.len(), "fault");
        say(&format!("{shown} is not whole: {wrong} in {what} ({files})"));
        say("help: get the copy again from where it came from, and put nothing of your own into its folder");
    }
}

fn report(verified: &Verified) -> serde_json::Value {
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
        "faults": faults.collect::<Vec<_>>(),
    })
}
