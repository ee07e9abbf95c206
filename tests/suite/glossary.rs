//! Words of the glossary get a hint at their first use in each clause, and the glossary says where each is used.

use crate::links::{broken_links, repeated_ids};
use crate::site::{Built, TestSite};

const WORDS: &str = "Words of this site.

Local Safeguarding Children Board (LSCB)
: A board, see [[a#1.1]].

local authority (LA)
: A council.

board
: Any board.

child
: Under 18.

CAF form (CAF)
: A form.

Children’s Trust
: A partnership.

eCAF
: The form on a screen.
";

fn built(clauses: &str) -> Built {
    let glossary = format!("+++\ntitle = \"Words\"\n+++\n\n{WORDS}");
    TestSite::new().file("glossary.md", &glossary).paper("a", clauses).build().clean()
}

/// The words that got a hint in clause 1.1, each with the place it leads to.
fn hints(clause: &str) -> Vec<String> {
    let built = built(&format!("1.1 {clause}"));
    let links = built.find("a.html", "[id='1.1'] a.word");
    let words = built.words("a.html", "[id='1.1'] a.word");
    let lines = links
        .iter()
        .zip(words)
        .map(|(link, word)| format!("{word} → {}", link.split("href=\"").nth(1).unwrap().split('"').next().unwrap()));
    lines.collect()
}

#[test]
fn a_word_gets_a_hint_at_its_first_use_in_each_section() {
    let built = built(
        "1.1 The child and the child.\n\n- (a) a child\n\n1.2 The child again.\n\n## Child\n\nA child in no clause.\n\n1.3 A child in a section of its own.",
    );
    assert_eq!(built.find("a.html", "[id='1.1'] a.word").len(), 1);
    assert_eq!(built.find("a.html", "[id='1.2'] a.word").len(), 0);
    assert_eq!(built.find("a.html", "[id='1.3'] a.word").len(), 1);
    assert_eq!(built.find("a.html", "h2 a.word"), Vec::<String>::new());
    assert_eq!(built.find("a.html", "a.word").len(), 2);
    assert_eq!(built.find("a/1.2.html", "a.word[href='../glossary.html#child']").len(), 1);
    assert_eq!(broken_links(built.output.as_ref().unwrap()), Vec::<String>::new());
}

#[test]
fn an_abbreviation_says_what_it_stands_for() {
    let built = built("1.1 The LSCB met.");
    assert_eq!(
        built.find("a.html", "[id='1.1'] a.word"),
        [
            "<a class=\"word\" href=\"glossary.html#lscb\"><abbr title=\"Local Safeguarding Children Board\">LSCB</abbr></a>"
        ]
    );
    // The term in full is no abbreviation, even if it begins like one.
    assert_eq!(self::built("1.1 The CAF form.").find("a.html", "[id='1.1'] abbr"), Vec::<String>::new());
    assert_eq!(self::built("1.1 The CAF.").find("a.html", "[id='1.1'] abbr").len(), 1);
}

#[test]
fn the_longest_word_wins() {
    assert_eq!(
        hints("The Local Safeguarding Children Board and the board."),
        ["Local Safeguarding Children Board → glossary.html#lscb", "board → glossary.html#board"]
    );
    assert_eq!(
        hints("A local safeguarding children board."),
        ["local safeguarding children board → glossary.html#lscb"]
    );
    assert_eq!(hints("An eCAF and a CAF form."), ["eCAF → glossary.html#ecaf", "CAF form → glossary.html#caf"]);
}

#[test]
fn plurals_and_possessives_are_the_word() {
    assert_eq!(hints("All LSCBs."), ["LSCBs → glossary.html#lscb"]);
    assert_eq!(hints("The LSCB's chair."), ["LSCB’s → glossary.html#lscb"]);
    assert_eq!(hints("All boards' chairs."), ["boards → glossary.html#board"]);
    assert_eq!(
        hints("The Local Safeguarding Children Boards met."),
        ["Local Safeguarding Children Boards → glossary.html#lscb"]
    );
    assert_eq!(
        hints("A Children's Trust and Children's Trusts."),
        ["Children’s Trust → glossary.html#children-s-trust".replace("-s-", "s-")]
    );
    assert_eq!(hints("The child's family."), ["child’s → glossary.html#child"]);
}

#[test]
fn another_word_is_not_the_word() {
    assert_eq!(hints("A childhood boarding school, caf and la."), Vec::<String>::new());
    assert_eq!(hints("A scaf, LAN and LSCBX."), Vec::<String>::new());
}

#[test]
fn a_word_that_wraps_over_a_line_is_found() {
    assert_eq!(
        hints("The Local Safeguarding\nChildren Board met."),
        ["Local Safeguarding Children Board → glossary.html#lscb"]
    );
}

#[test]
fn links_and_code_get_no_hint() {
    assert_eq!(hints("[the child](https://example.org/), `child` and [[1.1|child]].").len(), 0);
}

#[test]
fn a_use_in_stress_or_a_table_or_a_sub_clause_is_a_use() {
    assert_eq!(hints("The *child*."), ["child → glossary.html#child"]);
    assert_eq!(hints("The table:\n\n| child | board |\n|---|---|\n| a | b |").len(), 2);
    assert_eq!(hints("The list:\n\n- (a) child").len(), 1);
}

#[test]
fn the_glossary_lists_the_clauses_that_use_a_word() {
    let built = built("1.1 The child.\n\n1.2 Nothing.\n\n1.3 LSCB, see\n\n- (a) a child\n\n1.4 `child` in code.");
    let uses = |id: &str| built.words("glossary.html", &format!("dt[id='{id}'] + dd .links a"));
    assert_eq!(uses("child"), ["a, paragraph 1.1", "a, paragraph 1.3"]);
    assert_eq!(uses("lscb"), ["a, paragraph 1.3"]);
    assert_eq!(uses("ecaf"), Vec::<String>::new());
    assert_eq!(built.words("glossary.html", "dt").first().unwrap(), "Local Safeguarding Children Board (LSCB)");
    assert_eq!(built.words("glossary.html", "main .words"), ["Words of this site."]);
}

#[test]
fn a_word_or_an_abbreviation_has_one_place() {
    let words =
        |body: &str| TestSite::new().file("glossary.md", &format!("+++\ntitle = \"Words\"\n+++\n\n{body}\n")).build();
    assert_eq!(words("a b\n: x\n\nA B\n: y").codes(), ["duplicate-word"]);
    assert_eq!(words("one (X)\n: x\n\ntwo (X)\n: y").codes(), ["duplicate-word"]);
    // Words that differ in signs alone have addresses of their own.
    let built = words("C\n: x\n\nC++\n: y\n\nC#\n: z\n\nmain\n: m\n\n日本\n: n\n\n中国\n: c").without_errors();
    assert_eq!(repeated_ids(built.output.as_ref().unwrap()), Vec::<String>::new());
}

#[test]
fn without_a_glossary_there_is_no_page_of_it() {
    let built = TestSite::new().paper("a", "1.1 Text.").build().clean();
    assert!(built.output.as_ref().unwrap().get("glossary.html").is_none());
    assert_eq!(built.find("a.html", "a[href*='glossary']"), Vec::<String>::new());
}
