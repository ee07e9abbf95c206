//! Lists of words are in the order in which people look things up, whatever the case, the accents and the strokes.

use crate::site::{SETTINGS, TestSite};

/// Titles in the order that is right.
const TITLES: [&str; 8] = [
    "Apple report",
    "echo report",
    "Élan report",
    "Łódź report",
    "London report",
    "Part 2 report",
    "Part 10 report",
    "Zoo report",
];

/// A site that cites them all, declared in an order that is none.
fn site() -> TestSite {
    let mut register = String::new();
    let mut cites = String::new();
    for (at, title) in TITLES.iter().enumerate() {
        register += &format!(
            "[k{}]\ntitle = \"{title}\"\nkind = \"report\"\nurl = \"https://example.org/{at}\"\n\n",
            (at * 5 + 3) % 8
        );
        cites += &format!("1.{} See [[k{at}]].\n\n", at + 1);
    }
    TestSite::new().file("authorities.toml", &register).paper("paper", &cites)
}

#[test]
fn works_are_listed_alphabetically_on_their_page_on_paper_and_among_the_filters() {
    let built = site().build().clean();
    assert_eq!(built.words("authorities.html", ".authority h3"), TITLES);
    assert_eq!(built.words("paper.html", ".cited cite"), TITLES);
    let output = built.output.as_ref().unwrap();
    let law = output.iter().filter(|(path, _)| path.as_str().starts_with("search/f"));
    let law: Vec<String> = law.map(|(path, _)| built.text(path.as_str())).filter(|text| text.contains("Zoo")).collect();
    let places: Vec<usize> = TITLES.iter().map(|title| law[0].find(title).unwrap()).collect();
    assert!(places.is_sorted(), "{}", law[0]);
}

#[test]
fn works_that_the_site_does_not_hold_are_drawn_alphabetically() {
    let settings = SETTINGS.replace("[kinds]\n", "[kinds]\nmap = \"Map\"\n");
    let mut site = TestSite::new().file("site.toml", &settings).paper_with("all", "kind = \"map\"", "The map.");
    for (at, title) in ["Zoo paper", "Élan paper", "echo paper", "Apple paper"].into_iter().enumerate() {
        site = site.paper_with(&format!("p{at}"), &format!("replaces = [\"{title}\"]"), "1.1 Words.");
    }
    let page = site.build().clean().text("all.html");
    let drawing = page.split("<svg").nth(1).unwrap();
    let places: Vec<usize> =
        ["Apple paper", "echo paper", "Élan paper", "Zoo paper"].map(|title| drawing.find(title).unwrap()).to_vec();
    assert!(places.is_sorted(), "{drawing}");
}

#[test]
fn documents_are_listed_by_file_name_whatever_the_case_and_the_accents() {
    let mut site = TestSite::new();
    for (path, id) in [
        ("Zoo", "zoo"),
        ("Élan", "elan"),
        ("echo", "echo"),
        ("10-ten", "10-ten"),
        ("2-two", "2-two"),
        ("Apple", "apple"),
    ] {
        let text = format!("+++\ntitle = \"{id}\"\nid = \"{id}\"\n+++\n\n1.1 Words.\n");
        site = site.file(&format!("{path}.md"), &text);
    }
    let titles = site.build().clean().words("index.html", ".card a");
    assert_eq!(titles, ["apple", "echo", "elan", "zoo", "2-two", "10-ten"]);
}
