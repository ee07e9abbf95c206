//! Whatever is edited, what a reader kept is never shown as another provision, and what became of it is told rightly.
//!
//! The model of `ledger` is edited at random. A reader pins every clause each time that the site is shown, published or
//! not, as the scripts of the site say; later scripts say what became of each pin. `SEQUENCES=10000` runs more of them.

use std::collections::{BTreeMap, BTreeSet};

use clausebook::corpus::anchors::words_of_clauses;
use clausebook::corpus::pins::{Pin, PinFate, PinTable};
use clausebook::date::PartialDate;
use clausebook::diagnostic::Severity;
use clausebook::export;
use clausebook::pipeline::publish::{EditionDetails, Outcome, publish};
use clausebook::pipeline::{self, Caches, Hooks, Options, Resolved};
use clausebook::source::{Site, SourceMap};

use crate::ledger::{Dice, Model, edit};
use crate::site::TestSite;

/// A pin, with what the model knows of it.
struct Kept {
    document: String,
    anchor: String,
    /// Position of the newest edition, if there was one.
    edition: Option<usize>,
    words: String,
    provision: usize,
    /// The words that the reader saw.
    seen: String,
    /// Whether an edition has just this at just this address.
    published: bool,
    /// Whether the address in a link needs the words too.
    needs_words: bool,
}

/// The words of each clause of a model by document and number, with its provision.
fn shown(model: &Model) -> BTreeMap<(String, String), (usize, String)> {
    let clauses = model.documents.iter().flat_map(|document| {
        document.clauses.iter().map(|clause| {
            let items = clause.items.iter().map(|(provision, words)| format!("{provision} {}", words.join(" ")));
            let seen = format!("{} {}", clause.words.join(" "), items.collect::<Vec<_>>().join(" "));
            ((document.id.clone(), clause.number()), (clause.provision, seen))
        })
    });
    clauses.collect()
}

/// A site as far as its documents are put together.
fn resolved<R>(model: &Model, caches: &mut Caches, act: impl FnOnce(&Resolved<'_>, &SourceMap) -> R) -> R {
    let mut sources = SourceMap::new();
    for (path, text) in &model.texts() {
        sources.insert(path, text);
    }
    let read = pipeline::read_site(Site { sources, ..Site::default() }, Vec::new(), false);
    let resolved =
        pipeline::resolve(pipeline::load(&read, &Options::default(), Hooks::default()), caches, Hooks::default());
    act(&resolved, &read.site.sources)
}

/// The scripts of a site: for each document its clauses.
fn scripts(resolved: &Resolved<'_>) -> BTreeMap<String, serde_json::Value> {
    let files = export::pins::files(&resolved.corpus, &resolved.ledger, &resolved.history);
    let value = |(path, file): (clausebook::output::OutPath, clausebook::output::Artefact)| {
        let text = String::from_utf8(file.bytes().unwrap().to_vec()).unwrap();
        let call = text.strip_prefix("clausebookShard(").unwrap().strip_suffix(");\n").unwrap();
        let (_, value): (String, serde_json::Value) = serde_json::from_str(&format!("[{call}]")).unwrap();
        let name =
            path.as_str().strip_prefix("data/pins").unwrap().trim_start_matches('/').strip_suffix(".js").unwrap();
        (name.to_owned(), value)
    };
    files.into_iter().map(value).collect()
}

/// The short hash of what is at an address now, as a script says.
fn words_now(scripts: &BTreeMap<String, serde_json::Value>, document: &str, anchor: &str) -> Option<(String, bool)> {
    let entry = &scripts.get(document)?["clauses"][anchor];
    let text = entry.as_str().or_else(|| entry[0].as_str())?;
    // A figure after it is the edition that has these words there, and a list has it as its last row.
    let last = entry.as_array().and_then(|rows| rows.last());
    let is_published = text.len() > 6 || last.is_some_and(|row| row[1] == text && row[2] == "same");
    Some((text[..6].to_owned(), is_published))
}

/// Returns what became of a pin, as the scripts say.
fn became(resolved: &Resolved<'_>, kept: &Kept, words: Option<&str>) -> PinFate {
    let (ledger, history) = (&resolved.ledger, &resolved.history);
    let settled = || ledger.documents.get(&kept.document).map(|rows| PinTable::of_settled(rows)).unwrap_or_default();
    let table = history.pins.get(&kept.document).cloned().unwrap_or_else(settled);
    let now = resolved.corpus.find(&kept.document).and_then(|at| {
        let words = words_of_clauses(resolved.corpus.entry(at));
        words.get(&kept.anchor).copied()
    });
    let edition = kept.edition.and_then(|position| ledger.editions.pairs().map(|(at, _)| at).nth(position));
    table.became(Pin { anchor: &kept.anchor, edition, words }, now)
}

#[derive(Default, Debug)]
struct Tally {
    same: usize,
    reworded: usize,
    left: usize,
    withdrawn: usize,
    unknown: usize,
}

fn check(model: &Model, resolved: &Resolved<'_>, kept: &Kept, words: Option<&str>, tally: &mut Tally, log: &[String]) {
    let fate = became(resolved, kept, words);
    let shown = shown(model);
    let at = |document: &str, anchor: &str| shown.get(&(document.to_owned(), anchor.to_owned()));
    let mut own = BTreeSet::from([kept.provision]);
    // What was parted or made one is the other as well.
    while let more @ 1.. = {
        let heirs: Vec<usize> =
            own.iter().flat_map(|own| model.became.get(own).into_iter().flatten()).copied().collect();
        let before = own.len();
        own.extend(heirs);
        own.len() - before
    } {
        let _some_more: usize = more;
    }
    let told = || {
        format!(
            "{}#{} of edition {:?} ({words:?}, mark{}x, {:?}): {fate:?}\n{}\n{}",
            kept.document,
            kept.anchor,
            kept.edition,
            kept.provision,
            kept.seen,
            log.join("\n"),
            model.shown()
        )
    };
    match &fate {
        PinFate::Same => {
            tally.same += 1;
            let (provision, seen) = at(&kept.document, &kept.anchor).unwrap_or_else(|| panic!("{}", told()));
            assert!(own.contains(provision) && *seen == kept.seen, "{}", told());
        }
        PinFate::Reworded => {
            tally.reworded += 1;
            let (provision, seen) = at(&kept.document, &kept.anchor).unwrap_or_else(|| panic!("{}", told()));
            assert!(own.contains(provision) && *seen != kept.seen, "{}", told());
        }
        PinFate::Left { to, .. } if to.is_empty() => {
            tally.withdrawn += 1;
            assert!(shown.values().all(|(provision, _)| *provision != kept.provision), "{}", told());
        }
        PinFate::Left { to, reworded, .. } => {
            tally.left += 1;
            for to in to {
                let (provision, seen) = at(&to.document, &to.anchor).unwrap_or_else(|| panic!("{}", told()));
                assert!(own.contains(provision) && (*seen != kept.seen) == *reworded, "{}", told());
            }
        }
        PinFate::Unknown => {
            tally.unknown += 1;
            // Nobody can know what no edition has.
            assert!(!kept.published, "{}", told());
        }
        PinFate::Doubtful => panic!("{}", told()),
    }
}

/// One life of a site.
fn sequence(seed: u64, tally: &mut Tally) {
    let mut dice = Dice::new(seed);
    let mut caches = Caches::default();
    let mut model = Model::new(&mut dice);
    let mut good = model.clone();
    let (mut log, mut pins): (Vec<String>, Vec<Kept>) = (Vec::new(), Vec::new());
    for step in 0..3 + dice.below(8) {
        for _ in 0..if step > 0 { 1 + dice.below(3) } else { 0 } {
            log.push(edit(&mut model, &mut dice).to_owned());
        }
        let is_sound =
            |resolved: &Resolved<'_>| resolved.faults.iter().all(|fault| fault.severity() != Severity::Error);
        if !resolved(&model, &mut caches, |resolved, _| is_sound(resolved)) {
            model.ledger.insert("permalinks/moves.toml".to_owned(), model.moves());
            log.push("explained".to_owned());
            if !resolved(&model, &mut caches, |resolved, _| is_sound(resolved)) {
                log.push("refused".to_owned());
                model = good.clone();
                continue;
            }
        }
        let publishes = step == 0 || dice.one_in(2);
        let looked = |resolved: &Resolved<'_>, pins: &mut Vec<Kept>, tally: &mut Tally| {
            for kept in pins.iter() {
                check(&model, resolved, kept, Some(&kept.words), tally, &log);
                if !kept.needs_words {
                    check(&model, resolved, kept, None, tally, &log);
                }
            }
            let scripts = scripts(resolved);
            let edition = resolved.ledger.editions.len().checked_sub(1);
            for ((document, anchor), (provision, seen)) in shown(&model) {
                let (words, published) = words_now(&scripts, &document, &anchor).unwrap();
                let needs_words = !published;
                pins.push(Kept { document, anchor, edition, words, provision, seen, published, needs_words });
            }
        };
        let files = resolved(&model, &mut caches, |resolved, sources| {
            looked(resolved, &mut pins, tally);
            let date = PartialDate::parse("2026-11-24").unwrap();
            let wanted = EditionDetails { name: None, date, note: Some("Words.".to_owned()) };
            match publish(&resolved.corpus, &resolved.ledger, sources, &wanted) {
                Outcome::Edition { files, .. } if publishes => Some(files),
                _ => None,
            }
        });
        if let Some(files) = files {
            model.ledger.extend(files);
            model.record_published();
            log.push("published".to_owned());
            let looked = |resolved: &Resolved<'_>, pins: &mut Vec<Kept>, tally: &mut Tally| {
                for kept in pins.iter() {
                    check(&model, resolved, kept, Some(&kept.words), tally, &log);
                }
                let scripts = scripts(resolved);
                let edition = resolved.ledger.editions.len().checked_sub(1);
                for ((document, anchor), (provision, seen)) in shown(&model) {
                    let (words, published) = words_now(&scripts, &document, &anchor).unwrap();
                    assert!(published, "{document}#{anchor} is published\n{}", log.join("\n"));
                    let needs_words = false;
                    pins.push(Kept { document, anchor, edition, words, provision, seen, published, needs_words });
                }
            };
            resolved(&model, &mut caches, |resolved, _| looked(resolved, &mut pins, tally));
        }
        good = model.clone();
    }
}

#[test]
fn no_pin_is_shown_on_another_provision_and_each_change_is_told() {
    let number = |name: &str, default| std::env::var(name).ok().and_then(|n| n.parse().ok()).unwrap_or(default);
    let (first, sequences): (u64, u64) = (number("FIRST", 1), number("SEQUENCES", 60));
    let mut tally = Tally::default();
    for seed in first..first + sequences {
        sequence(seed, &mut tally);
    }
    println!("{sequences} sequences: {tally:?}");
    assert!(tally.same > 0 && tally.reworded > 0 && tally.left > 0 && tally.withdrawn > 0, "{tally:?}");
}

/// Builds a site after one edition, with what became of its clauses.
fn after(moves: &str, now: &str) -> TestSite {
    let first = "1.1 The board meets in March, and its members choose a chair for the year.\n\n\
        1.2 The secretary keeps the minutes, and sends them to members within a week.\n";
    TestSite::new().paper("rules", first).published().paper("rules", now).file("permalinks/moves.toml", moves)
}

#[test]
fn the_script_of_a_document_says_each_kind_of_change() {
    let row = |site: TestSite, anchor: &str| {
        site.build().without_errors().shard("data/pins/rules.js")["clauses"][anchor].clone()
    };
    let one = "1.1 The board meets in March, and its members choose a chair for the year.\n\n";
    let two = "1.2 The secretary keeps the minutes, and sends them to members within a week.\n\n";
    let same = row(after("", &format!("{one}{two}")), "1.1");
    assert_eq!(same.as_str().map(|text| (text.len(), text.ends_with('0'))), Some((7, true)), "{same}");
    let told = |entry: &serde_json::Value| (entry[1][2].clone(), entry[1][3].clone(), entry[1][4].clone());
    let reworded = row(after("", &format!("{}{two}", one.replace("March", "April"))), "1.1");
    assert_eq!(told(&reworded).0, "reworded", "{reworded}");
    let withdrawn = row(after("[[withdrawn]]\nfrom = \"rules#1.1\"\nreason = \"Over.\"\n", two), "1.1");
    assert_eq!((withdrawn[0].clone(), told(&withdrawn).0), (0.into(), "withdrawn".into()), "{withdrawn}");
    let moves = "[[renumbered]]\nfrom = \"rules#1.1\"\nto = \"rules#1.3\"\nreason = \"Later.\"\n";
    let renumbered = row(after(moves, &format!("{two}{}", one.replace("1.1", "1.3").replace("March", "May"))), "1.1");
    let to = serde_json::json!(["rules#1.3"]);
    assert_eq!(told(&renumbered), ("renumbered".into(), to, 1.into()), "{renumbered}");
    let moves = "[[split]]\nfrom = \"rules#1.1\"\nto = [\"rules#1.1A\", \"rules#1.1B\"]\nreason = \"Two.\"\n";
    let parted = "1.1A The board meets in March.\n\n1.1B Its members choose a chair for the year.\n\n";
    let split = row(after(moves, &format!("{parted}{two}")), "1.1");
    assert_eq!(told(&split).0, "split", "{split}");
    let moves = "[[merged]]\nfrom = [\"rules#1.1\"]\nto = \"rules#1.2\"\nreason = \"One.\"\n";
    let merged = row(
        after(
            moves,
            &two.replace(
                "The secretary",
                "The board meets in March, and its members choose a chair for the year. The secretary",
            ),
        ),
        "1.1",
    );
    assert_eq!(told(&merged).0, "merged", "{merged}");
}
