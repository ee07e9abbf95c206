//! An address that was published keeps opening the same provision, or a note that says what became of it.

use std::fs;
use std::process::Command;

use clausebook::document::ledger::TextHash;
use clausebook::pipeline::publish::Outcome;

use crate::site::{Built, TestSite};

const BOARD: &str = "## The board {#board}\n\n1.1 The board meets four times a year in the town hall, and in public.\n\n\
    1.2 Members declare what interests they have before anything is decided about them. {#interests}\n\n\
    1.3 The chair may call a further meeting at any time if three members ask for one in writing.\n\n\
    - (a) The notice names the day.\n- (b) The notice says what the meeting is for.\n\n\
    1.4 Minutes are kept of every meeting.[^1] They follow [[1.3]].\n\n[^1]: They are kept for six years.";

fn board() -> TestSite {
    TestSite::new().paper("rules", BOARD)
}

fn moves(site: TestSite, rows: &str) -> TestSite {
    site.file("permalinks/moves.toml", rows)
}

/// The text of what has an id on a page.
fn at(built: &Built, page: &str, id: &str) -> String {
    let found = built.words(page, &format!("[id='{id}']"));
    assert_eq!(found.len(), 1, "{page} has {} elements with the id {id}", found.len());
    found[0].clone()
}

#[test]
fn a_published_site_is_checked_from_then_on() {
    board().build().clean();
    let site = board().published();
    site.build().clean();
    assert!(matches!(site.publish(None), Outcome::Nothing));
    let lost = site.edit("rules.md", "1.2 Members", "1.2A Members");
    let built = lost.build();
    assert!(built.output.is_none());
    insta::assert_snapshot!(built.human(), @r#"
    error[lost-permalink]: `rules#1.2` (in `#board`) was published in edition 1 and is no longer there
      --> permalinks/rules.txt:5:1
       |
     5 | 1.2 1 clause 1.2 1.2 rules.html board 0bdfae55dfd3 ca1e31ebd192 w0ZeR1FwJ2ccg52AFAlpgDk8yNbfHYCV0amDakhPgo9eI -
       | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
      ::: rules.md:10:1
       |
    10 | 1.2A Members declare what interests they have before anything is decided about them. {#interests}
       | ---- this is most like it
       |
       = help: if `rules#1.2A`, “Members declare what interests they have before anything is decided …”, took it over, add to permalinks/moves.toml:
               [[renumbered]]
               from = "rules#1.2"
               to = "rules#1.2A"
               reason = "…"
    "#);
    let mended = moves(
        lost,
        "[[renumbered]]\nfrom = \"rules#1.2\"\nto = \"rules#1.2A\"\nreason = \"Room for a new paragraph.\"\n",
    );
    let built = mended.build().without_errors();
    assert_eq!(at(&built, "rules.html", "1.2"), "This was 1.2. Room for a new paragraph.");
    let page = built.text("rules/1.2.html");
    assert!(page.contains("http-equiv=\"refresh\" content=\"0; url=1.2a.html\""), "{page}");
    assert!(at(&built, "rules.html", "1.2A").contains("Members declare"));
}

#[test]
fn words_may_change_but_not_into_those_of_another_clause() {
    let site = board().published();
    // A reworded clause is the same clause.
    site.clone()
        .edit("rules.md", "four times a year in the town hall", "six times a year in the old hall")
        .build()
        .clean();
    // Two that changed places are not.
    let swapped = site.clone().edit("rules.md", "1.1 The board", "1.9 The board");
    let swapped =
        swapped.edit("rules.md", "1.2 Members", "1.1 Members").edit("rules.md", "1.9 The board", "1.2 The board");
    let swapped = swapped.edit(
        "rules.md",
        "## The board {#board}\n\n1.2 The board meets four times a year in the town hall, and in public.\n\n",
        "## The board {#board}\n\n",
    );
    let swapped = swapped.edit(
        "rules.md",
        "1.3 The chair",
        "1.2 The board meets four times a year in the town hall, and in public.\n\n1.3 The chair",
    );
    let codes = swapped.build().codes();
    assert_eq!(codes, ["reused-permalink", "reused-permalink"], "{}", swapped.build().short());
    // Nor is one that has nothing of the old words, until somebody says that it is.
    let other = site.edit(
        "rules.md",
        "1.4 Minutes are kept of every meeting.[^1] They follow [[1.3]].",
        "1.4 A cook serves tea.[^1]",
    );
    let built = other.build();
    assert_eq!(built.codes(), ["reused-permalink"]);
    let help = built.diagnostics[0].help.clone().unwrap();
    let row =
        help.split("moves.toml:\n").nth(1).unwrap().split("\nif it").next().unwrap().replace('…', "Put another way.");
    assert!(row.starts_with("[[reworded]]"), "{help}");
    let affirmed = moves(other, &row);
    affirmed.build().clean();
    // Once that is published, what it said is history, and a further change is asked about again.
    let affirmed = affirmed.published();
    affirmed.build().clean();
    let again = affirmed.edit("rules.md", "A cook serves tea.", "Nobody smokes indoors at any hour.");
    assert_eq!(again.build().codes(), ["reused-permalink"]);
}

#[test]
fn what_was_withdrawn_leaves_a_note_where_it_stood() {
    let site = board().published();
    let gone = site.edit(
        "rules.md",
        "1.2 Members declare what interests they have before anything is decided about them. {#interests}\n\n",
        "",
    );
    let gone = moves(
        gone,
        "[[withdrawn]]\nfrom = \"rules#1.2\"\nto = \"rules#1.3\"\nreason = \"The code of conduct says so already.\"\n",
    );
    let built = gone.build().without_errors();
    let note = "1.2 was withdrawn; see 1.3. The code of conduct says so already.";
    assert_eq!(at(&built, "rules.html", "1.2"), note);
    // Its id, which an author gave it, is an address too.
    let page = built.text("rules.html");
    let id = page.find("id=\"interests\"").unwrap();
    let words = page[id..].split_once("</div>").unwrap().0.to_owned();
    assert!(words.contains("1.2 was withdrawn") && !words.contains("Members"), "{words}");
    assert!(built.words("rules/1.2.html", "main").concat().contains("was withdrawn; see"));
    let page = built.text("rules.html");
    let place = |id: &str| page.find(&format!("id=\"{id}\"")).unwrap();
    assert!(place("1.1") < place("1.2") && place("1.2") < place("1.3"));
    // Once published, it names the edition.
    let built = gone.published().build().without_errors();
    assert_eq!(
        at(&built, "rules.html", "1.2"),
        "1.2 was withdrawn in edition 2; see 1.3. The code of conduct says so already."
    );
}

#[test]
fn an_id_that_was_taken_away_is_an_address_of_its_clause() {
    let site = board().published().edit("rules.md", " {#interests}", "");
    let built = site.build().clean();
    let page = built.text("rules.html");
    let clause = page.find("id=\"1.2\"").unwrap();
    assert!(page[clause..].split_once("Members").unwrap().0.contains("id=\"interests\""), "{page}");
    site.published().build().clean();
}

#[test]
fn a_number_that_is_used_again_is_announced_and_mentions_of_the_old_are_found() {
    let site = board().published();
    let shifted = site
        .edit("rules.md", "1.4 Minutes", "1.5 Minutes")
        .edit("rules.md", "1.3 The chair", "1.4 The chair")
        .edit("rules.md", "1.4 The chair", "1.3 A quorum is five members who can vote.\n\n1.4 The chair");
    let rows = "[[renumbered]]\nfrom = \"rules#1.3\"\nto = \"rules#1.4~2\"\nreason = \"A rule was put in.\"\n\n\
        [[renumbered]]\nfrom = \"rules#1.4\"\nto = \"rules#1.5\"\nreason = \"A rule was put in.\"\n";
    let shifted = moves(shifted, rows);
    let built = shifted.build();
    assert_eq!(built.codes(), ["changed-target"], "{}", built.short());
    assert!(built.short().contains("`[[1.3]]` used to mean another clause"), "{}", built.short());
    let mended = shifted.edit("rules.md", "[[1.3]]", "[[1.4]]");
    let built = mended.build().without_errors();
    let clause = at(&built, "rules.html", "1.3");
    assert!(clause.contains("A quorum is five") && clause.contains("Before, 1.3 was what is now 1.4"), "{clause}");
    let built = mended.clone().published().build().without_errors();
    let clause = at(&built, "rules.html", "1.3");
    assert!(clause.contains("Until edition 2, 1.3 was what is now 1.4"), "{clause}");
    assert!(built.words("rules/1.3.html", "main").concat().contains("Until edition 2, 1.3 was what is now"));
    // A row that was right once and is no longer is found.
    let on = mended.published().edit("rules.md", "1.5 Minutes", "1.6 Minutes");
    let built = on.build();
    assert!(
        built.codes().contains(&"move-not-final") && built.codes().contains(&"lost-permalink"),
        "{}",
        built.short()
    );
}

#[test]
fn items_and_notes_go_with_their_clause() {
    let site = board().published();
    let moved = site
        .edit("rules.md", "1.4 Minutes", "1.6 Minutes")
        .edit("rules.md", "1.3 The chair", "1.5 The chair")
        .edit("rules.md", "[[1.3]]", "[[1.5]]");
    let rows = "[[renumbered]]\nfrom = \"rules#1.3\"\nto = \"rules#1.5\"\nreason = \"Room.\"\n\
        [[renumbered]]\nfrom = \"rules#1.4\"\nto = \"rules#1.6\"\nreason = \"Room.\"\n";
    let built = moves(moved, rows).build().without_errors();
    assert_eq!(at(&built, "rules.html", "1.3-b"), "This was 1.3(b). Room.");
    assert!(at(&built, "rules.html", "note-1").contains("six years"));
}

#[test]
fn one_row_is_enough_for_a_document_with_another_name() {
    let site = board().published();
    let text = site.source("rules.md").to_owned();
    let renamed = site.clone().without("rules.md").file("standing-orders.md", &text);
    let built = renamed.build();
    assert_eq!(built.codes(), ["lost-permalink"], "{}", built.short());
    let help = built.diagnostics[0].help.clone().unwrap();
    let row = help.split("moves.toml:\n").nth(1).unwrap().replace('…', "It has its proper name.");
    assert_eq!(row.lines().next(), Some("[[moved]]"));
    let renamed = moves(renamed, &row);
    let built = renamed.build().without_errors();
    let links = built.find("rules.html", "li[id='1.3'] a");
    assert_eq!(links.len(), 1, "{links:?}");
    assert!(links[0].contains("href=\"standing-orders.html#1.3\""), "{links:?}");
    assert!(built.text("rules/1.3.html").contains("url=../standing-orders/1.3.html"));
    // What is not there under its old number needs a row of its own.
    let lost = renamed.edit("standing-orders.md", "1.3 The chair", "1.3A The chair").edit(
        "standing-orders.md",
        "[[1.3]]",
        "[[1.3A]]",
    );
    assert_eq!(lost.build().without_gaps(), ["lost-permalink"]);
    // The same file in another folder needs none.
    let built = site.without("rules.md").file("papers/rules.md", &text).build().without_errors();
    assert!(built.find("rules.html", "li[id='1.3'] a")[0].contains("papers/rules.html#1.3"));
    assert!(built.text("rules/1.3.html").contains("url=../papers/rules/1.3.html"));
}

#[test]
fn a_row_must_be_needed_final_and_true() {
    let site = board().published();
    let rows = |what: &str, from: &str, to: &str| {
        let to = if to.is_empty() { String::new() } else { format!("to = \"{to}\"\n") };
        format!("[[{what}]]\nfrom = \"{from}\"\n{to}reason = \"A reason.\"\n")
    };
    let codes = |rows: String| moves(site.clone(), &rows).build().codes();
    // Nothing happened to it; it was never there; two rows for one.
    assert_eq!(codes(rows("withdrawn", "rules#1.2", "")), ["spurious-move"]);
    assert_eq!(codes(rows("moved", "rules#board", "rules#1.1")), ["spurious-move"]);
    assert_eq!(codes(rows("withdrawn", "rules#1.9", "")), ["spurious-move"]);
    assert_eq!(codes(rows("moved", "rules#1.2", "rules#1.2")), ["spurious-move"]);
    assert_eq!(codes(rows("withdrawn", "rulse#1.2", "")), ["spurious-move"]);
    let gone = site.clone().edit("rules.md", "1.4 Minutes", "1.7 Minutes");
    let codes = |rows: String| moves(gone.clone(), &rows).build().without_gaps();
    assert_eq!(codes(rows("renumbered", "rules#1.4", "rules#1.7")), Vec::<&str>::new());
    assert_eq!(
        codes(rows("renumbered", "rules#1.4", "rules#1.7") + &rows("withdrawn", "rules#1.4", "")),
        ["spurious-move"]
    );
    assert_eq!(codes(rows("renumbered", "rules#1.4", "rules#1.8")), ["move-not-final"]);
    assert_eq!(codes(rows("renumbered", "rules#1.4", "")), ["missing-key"]);
    // To a clause that is new and says something else.
    let other = gone.clone().edit(
        "rules.md",
        "1.7 Minutes",
        "1.6 The key hangs behind the door of the kitchen.\n\n1.7 Minutes",
    );
    let built = moves(other, &rows("renumbered", "rules#1.4", "rules#1.6")).build();
    assert_eq!(built.without_gaps(), ["unlike-target"], "{}", built.short());
}

#[test]
fn parts_and_sums_are_told_of() {
    let site = board().published();
    let parted = site.clone().edit(
        "rules.md",
        "1.1 The board meets four times a year in the town hall, and in public.",
        "1.1 The board meets four times a year.\n\n1.1A The board meets in the town hall, and in public.",
    );
    // What remains of it is like it: nothing need be said, but may be.
    parted.build().clean();
    let rows = "[[split]]\nfrom = \"rules#1.1\"\nto = [\"rules#1.1\", \"rules#1.1A\"]\nreason = \"Two rules.\"\n";
    moves(parted, rows).build().clean();
    let joined = site.edit("rules.md", "in public.\n\n1.2 Members declare", "in public. Members declare").edit(
        "rules.md",
        " {#interests}",
        "",
    );
    assert_eq!(joined.build().without_gaps(), ["lost-permalink"], "{}", joined.build().short());
    let rows = "[[merged]]\nfrom = [\"rules#1.2\"]\nto = \"rules#1.1\"\nreason = \"One rule.\"\n";
    let built = moves(joined, rows).build().without_errors();
    assert_eq!(at(&built, "rules.html", "1.2"), "1.2 was merged into this. One rule.");
}

#[test]
fn pages_of_terms_and_places_in_the_law_are_addresses_too() {
    let site = TestSite::new().paper("a", "1.1 See [[ca2004 s 10(1)(b)]]. {.stay-safe}").published();
    // Nothing cites the place any more: the table keeps its address by itself.
    let built = site
        .clone()
        .edit("a.md", "See [[ca2004 s 10(1)(b)]].", "See the Act of the year 2004.")
        .edit("a.md", "1.1 ", "1.1 ")
        .build();
    assert!(!built.codes().contains(&"lost-permalink"), "{}", built.short());
    let site = site.edit("a.md", "[[ca2004 s 10(1)(b)]]", "[[ca2004]]");
    let built = site.build().without_errors();
    assert_eq!(built.words("authorities.html", "[id='ca2004-s-10-1-b']"), [""]);
    let settings = site.source("site.toml").replace("stay-safe", "be-safe");
    let site = site.file("site.toml", &settings).edit("a.md", ".stay-safe", ".be-safe");
    assert_eq!(site.build().codes(), ["lost-permalink"]);
    let rows =
        "[[moved]]\nfrom = \"outcomes/stay-safe.html\"\nto = \"outcomes/be-safe.html\"\nreason = \"A better word.\"\n";
    let built = moves(site, rows).build().without_errors();
    assert!(built.text("outcomes/stay-safe.html").contains("url=be-safe.html"));
}

#[test]
fn new_clauses_that_follow_one_another_are_told_as_a_run() {
    let clauses = |numbers: &[&str]| numbers.iter().map(|n| format!("{n} Clause {n}.\n\n")).collect::<String>();
    let site = TestSite::new().paper("a", "1.1 First.").published();
    let more = clauses(&["1.2", "1.3", "1.4", "2.1"]);
    let site = site.paper("a", &format!("1.1 First.\n\n{more}")).paper("b", &clauses(&["3.1", "3.2"])).published();
    let built = site.build().clean();
    // Two have links of their own.
    assert_eq!(built.words("changes.html", "dd a"), ["1.2–2.1", "3.1", "3.2"]);
    assert_eq!(built.find("changes.html", "dd a[href='a.html#1.2']").len(), 1);
}

#[test]
fn changes_are_in_the_order_of_the_home_page_with_what_is_searched_on_request_folded() {
    let settings = "title = \"Site\"\n\n[kinds]\nmanual = \"Manual\"\n\n[search]\non-request = [\"manual\"]\n\n\
        [[navigation]]\ntitle = \"Papers\"\nitems = [\"b\", \"a\"]\n";
    let manual = |text: &str| TestSite::new().file("site.toml", settings).paper_with("c", "kind = \"manual\"", text);
    let site = manual("1.1 One.").paper("a", "1.1 One.").paper("b", "1.1 One.").published();
    let more = "1.1 One.\n\n1.2 Two.";
    let second = site.clone().paper_with("c", "kind = \"manual\"", more).paper("a", more).paper("b", more).published();
    let built = second.build().clean();
    assert_eq!(built.words("changes.html", ".body > h3"), ["b", "a"]);
    assert_eq!(built.words("changes.html", ".body > details > summary"), ["Manual"]);
    assert_eq!(built.words("changes.html", ".body > details h3"), ["c"]);
    // Where there is nothing else, nothing is folded.
    let alone = site.paper_with("c", "kind = \"manual\"", more).published().build().clean();
    assert_eq!(alone.words("changes.html", ".body > h3"), ["c"]);
}

#[test]
fn editions_are_told_of_and_a_build_without_new_words_is_none() {
    let site = board().base_url("https://example.org/").published();
    let Outcome::NeedsNote(draft) = site.clone().edit("rules.md", "four times", "six times").publish(None) else {
        panic!("words changed and nobody was asked");
    };
    assert_eq!(draft, "rules: reworded 1.1.");
    let second = site
        .edit("rules.md", "four times", "six times")
        .edit("rules.md", "1.4 Minutes", "1.3A The chair has no casting vote.\n\n1.4 Minutes")
        .published();
    let built = second.build().clean();
    assert!(built.words("rules/1.1.html", ".linked").concat().contains("Reworded in edition 2."));
    assert!(built.words("rules/1.3a.html", ".linked").concat().contains("New in edition 2."));
    insta::assert_snapshot!(built.words("changes.html", "h2, h3, dt, dd, main p").join("\n"), @r#"
Each edition of this site, the newest first. An address that was published keeps leading to the same paragraph, or says what became of it.
Edition 2, 24 November 2026
Words changed.
rules
New
1.3A
Reworded
1.1
Edition 1, 24 November 2026
Words changed.
"#);
    let feed = built.text("feed.xml");
    assert!(feed.contains("<id>https://example.org/changes.html#edition-2</id>"), "{feed}");
    assert!(feed.contains("<summary>Words changed.</summary>"));
    assert!(built.words("rules.html", "footer").concat().contains("Edition: 2, 24 November 2026. What changed"));
    // Spaces and line breaks are no words, and a number that is printed of another clause is none of this one.
    let same = second.edit("rules.md", "six times a year", "six times\na year");
    assert!(matches!(same.publish(None), Outcome::Edition { name: None, rows: 0, .. }));
}

#[test]
fn maps_for_servers_are_made_if_they_are_asked_for() {
    let site = board().base_url("https://example.org/trust/").published();
    let site = site.edit("rules.md", "1.4 Minutes", "1.7 Minutes");
    let site = moves(site, "[[renumbered]]\nfrom = \"rules#1.4\"\nto = \"rules#1.7\"\nreason = \"Room.\"\n");
    let built = site.build().without_errors();
    assert!(built.output.as_ref().unwrap().get("_redirects").is_none());
    let settings = format!("redirects = [\"netlify\", \"apache\", \"nginx\"]\n{}", site.source("site.toml"));
    let built = site.file("site.toml", &settings).build().without_errors();
    assert_eq!(built.text("_redirects"), "/trust/rules/1.4.html /trust/rules/1.7.html 301\n");
    assert_eq!(
        built.text("redirects.apache.conf"),
        "RewriteEngine On\nRewriteRule \"^rules/1\\.4\\.html$\" \"/trust/rules/1.7.html\" [R=301,NE,L]\n"
    );
    assert_eq!(
        built.text("redirects.nginx.conf"),
        "map $uri $moved_to {\n    \"/trust/rules/1.4.html\" \"/trust/rules/1.7.html\";\n}\n"
    );
}

#[test]
fn pages_of_single_clauses_that_were_published_stay() {
    let site = board().published();
    let settings = format!("clause-pages = false\n{}", site.source("site.toml"));
    assert_eq!(site.file("site.toml", &settings).build().codes(), ["lost-permalink"]);
    let settings = format!("clause-pages = false\n{}", board().source("site.toml"));
    board().file("site.toml", &settings).published().build().clean();
}

#[test]
fn publish_writes_the_ledger_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("site");
    let program = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_clausebook"));
        let run = command.args(arguments).arg(&root).stdin(std::process::Stdio::null()).output().unwrap();
        (run.status.code(), String::from_utf8_lossy(&run.stderr).into_owned())
    };
    assert_eq!(program(&["new"]).0, Some(0));
    let (status, said) = program(&["publish", "--date", "2026-11-24", "--edition", "spring"]);
    assert_eq!(status, Some(0), "{said}");
    assert!(said.starts_with("Edition spring: "), "{said}");
    let editions = fs::read_to_string(root.join("permalinks/editions.toml")).unwrap();
    let (_, edition) = editions.split_once("\n\n[[edition]] # ").unwrap();
    let mark = edition.lines().next().unwrap();
    let start =
        format!("{mark}\nname = \"spring\"\ndate = 2026-11-24 # {mark}\nclause-pages = true\nrows = [\"1-opening 8 ");
    assert!(edition.starts_with(&start), "{editions}");
    assert!(edition.ends_with(&format!("\"] # {mark}\n")) && edition.lines().count() == 5, "{editions}");
    let settings = fs::read_to_string(root.join("site.toml")).unwrap();
    assert!(settings.contains("\nhas-editions = true "), "{settings}");
    let ledger = fs::read(root.join("permalinks/rules.txt")).unwrap();
    assert_eq!(
        program(&["publish"]),
        (
            Some(0),
            "Every address is in the ledger, in the words that it has: there is nothing to publish.\n".to_owned()
        )
    );
    assert_eq!(program(&["publish", "--edition", "two words"]).0, Some(2));
    // Words changed: without a terminal to ask at, a note must be given.
    let rules = fs::read_to_string(root.join("rules.md")).unwrap();
    fs::write(root.join("rules.md"), rules.replacen("\n1.1 ", "\n1.1 Truly: ", 1)).unwrap();
    let (status, said) = program(&["publish"]);
    assert_eq!(status, Some(2), "{said}");
    assert!(said.contains("--note"), "{said}");
    assert_eq!(fs::read(root.join("permalinks/rules.txt")).unwrap(), ledger);
    assert_eq!(program(&["publish", "--note", "The hall is the village's.", "--edition", "spring"]).0, Some(2));
    let (status, said) = program(&["publish", "--note", "The hall is the village's."]);
    assert_eq!(status, Some(0), "{said}");
    assert!(
        fs::read_to_string(root.join("permalinks/editions.toml"))
            .unwrap()
            .contains("note = \"The hall is the village's.\"")
    );
    // An error stops it.
    fs::write(root.join("rules.md"), "+++\ntitle = \"Rules\"\n+++\n\n1.1 See [[9.9]].\n").unwrap();
    assert_eq!(program(&["publish", "--note", "Nothing."]).0, Some(1));
    let litter = fs::read_dir(root.join("permalinks"))
        .unwrap()
        .filter(|file| file.as_ref().unwrap().file_name().to_string_lossy().starts_with('.'));
    assert_eq!(litter.count(), 0);
}

/// A site whose words are typed with accents in one character, and the same in two, with soft hyphens.
fn typed_in_two_ways() -> [TestSite; 2] {
    let text = "1.1 The café is open to members, and to those whom they bring.\n\n1.2 Nobody may enter.";
    let other = text.replace('é', "e\u{301}").replace("enter", "en\u{ad}ter").replace("members", "mem\u{ad}bers");
    [text, &other].map(|text| TestSite::new().paper("a", text))
}

#[test]
fn words_typed_otherwise_are_the_words_that_were_published() {
    let sites = typed_in_two_ways();
    for (one, other) in [(0, 1), (1, 0)] {
        let published = sites[one].clone().published();
        let typed = published.clone().file("a.md", sites[other].source("a.md"));
        typed.build().clean();
        assert!(matches!(typed.publish(None), Outcome::Edition { name: None, rows: 0, .. }), "{one}");
    }
    // What has neither is known by the hash that it has always had.
    let ledger = TestSite::new().paper("a", "1.1 Members may enter.").published();
    assert!(ledger.source("permalinks/a.txt").contains(&TextHash::of("Members may enter.").to_string()));
}

#[test]
fn words_published_before_ways_of_typing_were_one_raise_no_alarm() {
    let [plain, typed] = typed_in_two_ways();
    let published = typed.clone().published();
    // Older ledgers hold the hash of the words as they were typed, and no sums of their rows.
    let line = |site: &TestSite, number: &str| {
        let start = format!("{number} ");
        site.source("a.md").lines().find_map(|line| line.strip_prefix(&start)).unwrap().to_owned()
    };
    let mut old = published.clone().without_edition_files();
    for number in ["1.1", "1.2"] {
        let (now, then) = (TextHash::of(&line(&plain, number)), TextHash::of(&line(&typed, number)));
        old = old.edit("permalinks/a.txt", &now.to_string(), &then.to_string());
    }
    for (path, start) in [("permalinks/editions.toml", "rows = "), ("site.toml", "has-editions")] {
        let kept = old.source(path).lines().filter(|line| !line.starts_with(start)).collect::<Vec<_>>().join("\n");
        old = old.file(path, &(kept + "\n"));
    }
    let ledger = old.source("permalinks/a.txt").to_owned();
    old.build().clean();
    assert!(matches!(old.publish(None), Outcome::Edition { name: None, rows: 0, .. } | Outcome::Nothing));
    // With a space more in the source, each clause is looked at, and none is a new one.
    let touched = old.clone().edit("a.md", "The cafe", "The  cafe");
    touched.build().clean();
    let Outcome::Edition { name: None, rows: 0, files } = touched.publish(None) else { panic!("words are new") };
    let page =
        |text: &str| text.lines().filter(|line| line.contains(" clause ")).map(str::to_owned).collect::<Vec<_>>();
    let after = files.iter().find(|(path, _)| path == "permalinks/a.txt").unwrap();
    assert_eq!(page(&after.1), page(&ledger), "no published line of a clause changes");
}
