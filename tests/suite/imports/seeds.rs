//! Real papers, where they lie beside the repository: their words are not ours, so only counts are here.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use clausebook::import::PaperFormat;

use super::{clauses_of, imported, missing};

/// The papers, in the order of their names.
fn seeds() -> Option<Vec<PathBuf>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).ok()?.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "txt"));
    paths.sort();
    (!paths.is_empty()).then_some(paths)
}

#[test]
fn real_papers_keep_every_number_note_and_word() {
    let Some(paths) = seeds() else {
        println!("NOT CHECKED: the real papers do not lie beside the repository, so that no import of one was made");
        return;
    };
    let (mut clauses, mut notes, mut joined) = (0, 0, 0);
    for path in paths {
        let source = fs::read_to_string(&path).unwrap();
        let begun = Instant::now();
        let made = imported(PaperFormat::Text, source.as_bytes());
        // Two imports, in a build that is not optimised.
        assert!(begun.elapsed().as_secs_f64() < 10.0, "{} takes too long", path.display());
        clauses_of(&made);
        if made.report.numbering != "headings" {
            clauses += made.report.clauses;
        }
        notes += made.report.notes;
        joined += made.report.remarks.iter().filter(|remark| remark.says.starts_with("joined with")).count();
        // Raised figures are figures, and what is markup is no word.
        let mut plain = source.replace("<sup>", " ").replace("</sup>", " ");
        for markup in ["<b>", "</b>", "<br>", "<input type=\"checkbox\"/>"] {
            plain = plain.replace(markup, " ");
        }
        // A mail address that leads to itself is written once.
        let parts = plain.split("](mailto:").enumerate();
        plain =
            parts.map(|(n, part)| if n == 0 { part } else { part.split_once(')').unwrap_or((part, "")).1 }).collect();
        for (raised, digit) in "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().zip('0'..='9') {
            plain = plain.replace(raised, &format!(" {digit}"));
        }
        let text = made.text.replace("[^", " ");
        let lost: Vec<String> = missing(&plain, &text)
            .into_iter()
            .filter(|word| {
                !made.report.remarks.iter().any(|remark| remark.left_out > 0 && remark.words.contains(word.as_str()))
            })
            .collect();
        assert!(lost.len() <= 10, "{}: {lost:?}", path.display());
        let body = made.text.splitn(3, "+++").nth(2).unwrap();
        let torn = body.lines().filter(|line| line.starts_with(char::is_lowercase)).count();
        assert!(torn <= 4, "{}: {torn} lines begin with a small letter", path.display());
    }
    assert_eq!((clauses, notes), (121, 28));
    assert!(joined >= 21, "{joined} joined");
}
