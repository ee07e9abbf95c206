//! The questions of `tests/search/questions.json`, which a volunteer, a trainer and an officer bring: an answer is among
//! the first three results, or on the way from the home page by two links.

use std::fs;

use scraper::{Html, Selector};
use serde::Deserialize;

use crate::browser::browser;
use crate::copies::{library, place};
use crate::search::{ask, search_page};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    reader: String,
    question: String,
    /// The clauses that answer it.
    right: Vec<String>,
    /// A page that the home page leads to, and that leads to one of them.
    way: Option<String>,
}

fn links(page: &str) -> Vec<String> {
    let html = Html::parse_document(&library().text(page));
    let link = Selector::parse("main a[href]").unwrap();
    html.select(&link).map(|link| link.attr("href").unwrap().to_owned()).collect()
}

#[test]
fn of_forty_questions_that_readers_bring_38_are_answered_at_once() {
    let Some(browser) = browser() else { return };
    let asked: Vec<Asked> =
        serde_json::from_str(&fs::read_to_string(place("tests/search/questions.json")).unwrap()).unwrap();
    assert_eq!(asked.len(), 40);
    let page = search_page(browser, &library().file("search.html"));
    let home = links("index.html");
    let mut unanswered = Vec::new();
    for Asked { reader, question, right, way } in &asked {
        assert!(["volunteer", "trainer", "officer"].contains(&reader.as_str()), "{reader}");
        let found = ask(&page, question);
        // A place in a clause counts for the clause.
        let is_right = |url: &String| right.iter().any(|right| url == right || url.starts_with(&format!("{right}-")));
        let leads = |way: &String| home.contains(way) && links(way).iter().any(is_right);
        if !found.iter().take(3).any(is_right) && !way.as_ref().is_some_and(leads) {
            unanswered.push(format!("{reader}: {question} finds {:?}", &found[..found.len().min(3)]));
        }
    }
    println!("{} of 40 are answered; not:\n{}", 40 - unanswered.len(), unanswered.join("\n"));
    assert!(unanswered.len() <= 2, "{}", unanswered.join("\n"));
}
