//! Numbers of series and of headings are changed, published and carried over as all others are.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

use super::{INSERT, changed, with_rows};
use crate::site::{Built, TestSite};

/// A form of paper: its front matter, the start of a clause by its number, and the heading of a series.
type Form = (&'static str, fn(u32) -> String, &'static str);

const FORMS: [Form; 3] = [
    ("numbering = \"simple\"", |n| format!("{n}. "), "Schedule"),
    ("numbering = \"headings\"", |n| format!("## {n} Heading {n}\n\n"), "Annex"),
    ("unit = \"rule\"", |n| format!("1.{n} "), "Appendix"),
];

/// The address of the clause `n` of a series; of the main one if it is the first.
fn address(form: usize, series: usize, n: u32) -> String {
    let number = if form == 2 { format!("1.{n}") } else { n.to_string() };
    match series {
        0 => number,
        _ => format!("{}-{series}.{number}", FORMS[form].2.to_lowercase()),
    }
}

/// A paper of three series, and another one: each clause mentions one that `picks` names.
fn site(form: usize, lengths: [u32; 3], picks: &[usize]) -> (TestSite, Vec<String>) {
    let (front, start, word) = FORMS[form];
    let all: Vec<String> =
        (0..3).flat_map(|series| (1..=lengths[series]).map(move |n| address(form, series, n))).collect();
    let mut picks = picks.iter().cycle().map(|pick| &all[pick % all.len()]);
    let mut paper = String::new();
    for (series, length) in lengths.iter().enumerate() {
        if series > 0 {
            paper.push_str(&format!("## {word} {series}\n\n"));
        }
        // A heading under that of a series is a deeper one.
        let deeper = if series > 0 && form == 1 { "#" } else { "" };
        for n in 1..=*length {
            paper.push_str(&format!("{deeper}{}Words w{series}x{n} of [[{}]].\n\n", start(n), picks.next().unwrap()));
        }
    }
    let other =
        format!("1.1 Words w9x9 of [[paper#{}]] and [[paper#{}]].", picks.next().unwrap(), picks.next().unwrap());
    (TestSite::new().paper_with("paper", front, &paper).paper("other", &other), all)
}

/// For each clause, by the word that only it has, the words of the clauses that it mentions.
fn leads(built: &Built) -> BTreeMap<String, Vec<String>> {
    let rows = built.json("data/clauses.json");
    let rows = rows.as_array().unwrap();
    let word = |row: &serde_json::Value| row["text"].as_str().unwrap().split(' ').nth(1).unwrap().to_owned();
    let by_url: BTreeMap<&str, String> = rows.iter().map(|row| (row["url"].as_str().unwrap(), word(row))).collect();
    let to = |row: &serde_json::Value| {
        let references = row["references"].as_array().unwrap().iter();
        references.map(|other| by_url[other["to"].as_str().unwrap()].clone()).collect()
    };
    rows.iter().map(|row| (word(row), to(row))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_number_of_a_series_is_changed_with_every_mention(
        form in 0_usize..3,
        lengths in prop::array::uniform3(1_u32..5),
        picks in prop::collection::vec(0_usize..100, 12),
        asked in 0_usize..100,
    ) {
        let (site, all) = site(form, lengths, &picks);
        let asked = &all[asked % all.len()];
        let before = leads(&site.build().without_errors());
        let (after, found) = changed(&site, "paper", asked, &INSERT).map_err(TestCaseError::fail)?;
        prop_assert_eq!(&before, &leads(&after.build().without_errors()));
        let series = asked.rsplit_once('-').map(|(series, _)| series);
        let same = |old: &str| old.rsplit_once('-').map(|(series, _)| series) == series;
        prop_assert!(found.clauses.iter().all(|(old, _)| same(&old.to_string())));
        // A published site keeps every address.
        with_rows(&site.clone().published(), "paper", asked, &INSERT).build().without_errors();
    }
}
