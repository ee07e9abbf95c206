//! Changes between two editions are reported clause by clause, and correctly.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use clausebook::disk;
use clausebook::editions::{ClauseChange, ComparedEdition, NumberedClause, align};
use clausebook::pipeline::{self, Caches, Hooks, Options};
use clausebook::source::{Site, SourceMap};
use proptest::prelude::*;

use crate::site::{Built, TestSite};

/// A site with two editions of one document.
fn two(old: &str, new: &str) -> Built {
    TestSite::new().paper("old", old).paper_with("new", "replaces = \"old\"", new).build().without_errors()
}

/// Every change of a comparison, a line each: its classes, numbers and flags, and where words changed the words.
fn changes(built: &Built, stem: &str) -> String {
    let data = built.json(&format!("compare/{stem}.json"));
    let mut lines = String::new();
    for change in data.as_array().unwrap() {
        let words = |key: &str| {
            change[key].as_array().unwrap().iter().map(|word| word.as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        let numbers = |key: &str| {
            let clauses = change[key].as_array().unwrap().iter();
            clauses.map(|clause| clause["number"].as_str().unwrap().to_owned()).collect::<Vec<_>>().join("+")
        };
        lines.push_str(&format!("{} -> {}: {}", numbers("old"), numbers("new"), words("change").join(" and ")));
        for flag in change["flags"].as_array().unwrap() {
            lines.push_str(&format!("; {}: {} -> {}", flag["kind"], flag["old"], flag["new"]));
        }
        lines.push('\n');
        for run in change["words"].as_array().unwrap() {
            let text = run["text"].as_str().unwrap();
            lines.push_str(&match run["is"].as_str().unwrap() {
                "removed" => format!("[-{text}-]"),
                "added" => format!("{{+{text}+}}"),
                _ => text.to_owned(),
            });
        }
        if !change["words"].as_array().unwrap().is_empty() {
            lines.push('\n');
        }
    }
    lines
}

/// A clause of many words, none of which another has.
fn clause(seed: &str) -> String {
    (0..20).map(|n| format!("{seed}{n}")).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_document_compared_with_itself_is_unchanged() {
    let text =
        format!("## One\n\n1.1 {}\n\n1.2 {} See [[1.1]].\n\n1.3 Reserved.\n\n1.4 Reserved.", clause("a"), clause("b"));
    let built = two(&text, &text);
    insta::assert_snapshot!(changes(&built, "old--new"), @r#"
    1.1 -> 1.1: unchanged
    1.2 -> 1.2: unchanged
    1.3 -> 1.3: unchanged
    1.4 -> 1.4: unchanged
    "#);
}

#[test]
fn each_class_is_told_from_the_others() {
    let c = clause;
    let old = format!(
        "## One\n\n1.1 {}\n\n1.2 {} The board should meet.\n\n1.3 {}\n\n## Two\n\n2.1 {}\n\n2.2 {} {}\n\n2.3 {}\n\n2.4 {}\n\n2.5 {} See [[2.1]] and [[ca2004 s 10]].",
        c("a"),
        c("b"),
        c("c"),
        c("d"),
        c("e"),
        c("f"),
        c("g"),
        c("h"),
        c("i")
    );
    let new = format!(
        "## One\n\n1.1 {}\n\n1.2 {} The board must meet.\n\n## Two\n\n2.1 {}\n\n2.2 {}\n\n2.3 {}\n\n2.4 {}\n\n2.5 {} {}\n\n2.6 {} See [[2.2]] and [[ca2004 s 11]].\n\n2.7 {}",
        c("a"),
        c("b"),
        c("z"),
        c("d"),
        c("e"),
        c("f"),
        c("g"),
        c("h"),
        c("i"),
        c("c")
    );
    let built = two(&old, &new);
    insta::assert_snapshot!(changes(&built, "old--new"), @r#"
    1.1 -> 1.1: unchanged
    1.2 -> 1.2: reworded; "duty": "should" -> "must"
    b0 b1 b2 b3 b4 b5 b6 b7 b8 b9 b10 b11 b12 b13 b14 b15 b16 b17 b18 b19 The board[- should-]{+ must+} meet.
     -> 2.1: new
    {+z0 z1 z2 z3 z4 z5 z6 z7 z8 z9 z10 z11 z12 z13 z14 z15 z16 z17 z18 z19+}
    2.1 -> 2.2: renumbered
    2.2 -> 2.3+2.4: split
    e0 e1 e2 e3 e4 e5 e6 e7 e8 e9 e10 e11 e12 e13 e14 e15 e16 e17 e18 e19
    f0 f1 f2 f3 f4 f5 f6 f7 f8 f9 f10 f11 f12 f13 f14 f15 f16 f17 f18 f19
    2.3+2.4 -> 2.5: merged
    g0 g1 g2 g3 g4 g5 g6 g7 g8 g9 g10 g11 g12 g13 g14 g15 g16 g17 g18 g19 h0 h1 h2 h3 h4 h5 h6 h7 h8 h9 h10 h11 h12 h13 h14 h15 h16 h17 h18 h19
    2.5 -> 2.6: renumbered and reworded; "citation": "Children Act 2004, s 10" -> "Children Act 2004, s 11"
    i0 i1 i2 i3 i4 i5 i6 i7 i8 i9 i10 i11 i12 i13 i14 i15 i16 i17 i18 i19 See 2.2 and Children Act 2004, s[- 10-]{+ 11+}.
    1.3 -> 2.7: moved
    c0 c1 c2 c3 c4 c5 c6 c7 c8 c9 c10 c11 c12 c13 c14 c15 c16 c17 c18 c19
    "#);
}

#[test]
fn a_heading_moves_no_clause_unless_the_clause_leaves_it() {
    let c = clause;
    let old = format!(
        "## One\n\n1.1 {}\n\n1.2 {}\n\n1.3 {}\n\n## Two\n\n2.1 {}\n\n2.2 {}",
        c("a"),
        c("b"),
        c("d"),
        c("e"),
        c("f")
    );
    // One is called otherwise, and a heading is put over its last clauses.
    let new = format!(
        "## First\n\n1.1 {}\n\n### Within\n\n1.2 {}\n\n1.3 {}\n\n## Two\n\n2.1 {}\n\n2.2 {}",
        c("a"),
        c("b"),
        c("d"),
        c("e"),
        c("f")
    );
    assert!(lines(&two(&old, &new), "old--new").iter().all(|line| line.ends_with(": unchanged")));
    // The last clause of One is now the first of Two, between the same neighbours.
    let new = format!(
        "## One\n\n1.1 {}\n\n1.2 {}\n\n## Two\n\n2.1 {}\n\n2.2 {}\n\n2.3 {}",
        c("a"),
        c("b"),
        c("d"),
        c("e"),
        c("f")
    );
    insta::assert_snapshot!(changes(&two(&old, &new), "old--new"), @r#"
    1.1 -> 1.1: unchanged
    1.2 -> 1.2: unchanged
    1.3 -> 2.1: moved
    d0 d1 d2 d3 d4 d5 d6 d7 d8 d9 d10 d11 d12 d13 d14 d15 d16 d17 d18 d19
    2.1 -> 2.2: renumbered
    2.2 -> 2.3: renumbered
    "#);
}

#[test]
fn clauses_with_the_same_words_are_told_apart_by_where_they_stand() {
    let c = clause;
    let old = format!(
        "1.1 {}\n\n1.2 Reserved.\n\n1.3 {}\n\n1.4 Reserved.\n\n1.5 {}\n\n1.6 Reserved.",
        c("a"),
        c("b"),
        c("d")
    );
    let new = format!("1.1 {}\n\n1.2 {}\n\n1.3 Reserved.\n\n1.4 {}\n\n1.5 Reserved.", c("a"), c("b"), c("d"));
    insta::assert_snapshot!(changes(&two(&old, &new), "old--new"), @r#"
    1.1 -> 1.1: unchanged
    1.2 -> : removed
    [-Reserved.-]
    1.3 -> 1.2: renumbered
    1.4 -> 1.3: renumbered
    1.5 -> 1.4: renumbered
    1.6 -> 1.5: renumbered
    "#);
}

#[test]
fn words_that_changed_are_told_in_runs_that_can_be_read() {
    let old = "1.1 The trustees shall meet in the hall on the first Monday of every month, and shall keep minutes.\n\n\
        1.2 Hirers leave the hall as they found it, with the chairs stacked and the lights off.\n\n\
        1.3 The steward must lock the doors. Children may play outside.\n\n\
        1.4 A well-being check (see 3.37(a)) is made:\n\n- (a) in spring; and\n- (b) in autumn. {#checks}";
    let new = "1.1 The trustees must come together in the hall on the second Tuesday of each quarter, and must write minutes.\n\n\
        1.2 Nobody who takes the hall may go home before it is clean, except where the warden has agreed, and then only by nine.\n\n\
        1.3 The steward must lock the doors. The alarm is set too. Children may play outside.\n\n\
        1.4 A wellbeing check (see 3.37(b)) is made:\n\n- (a) in winter; and\n- (b) in autumn. {#checks}";
    insta::assert_snapshot!(changes(&two(old, new), "old--new"), @r#"
    1.1 -> 1.1: reworded; "duty": "shall" -> "must"
    The trustees[- shall meet-]{+ must come together+} in the hall on the[- first Monday of every month, and shall keep-]{+ second Tuesday of each quarter, and must write+} minutes.
    1.2 -> : removed
    [-Hirers leave the hall as they found it, with the chairs stacked and the lights off.-]
     -> 1.2: new
    {+Nobody who takes the hall may go home before it is clean, except where the warden has agreed, and then only by nine.+}
    1.3 -> 1.3: reworded
    The steward must lock the doors.{+ The alarm is set too.+} Children may play outside.
    1.4 -> 1.4: reworded
    A[- well-being check (see 3.37(a)-]{+ wellbeing check (see 3.37(b)+}) is made:
    (a) in[- spring-]{+ winter+}; and
    (b) in autumn.
    "#);
}

#[test]
fn duty_words_and_citations_are_not_missed() {
    let pair = |old: &str, new: &str| {
        let built = two(&format!("1.1 {} {old}", clause("a")), &format!("1.1 {} {new}", clause("a")));
        let data = built.json("compare/old--new.json");
        let flags = data[0]["flags"].as_array().unwrap().clone();
        let flag = |flag: &serde_json::Value| format!("{} -> {}", flag["old"], flag["new"]);
        format!("{old} / {new}: {}\n", flags.iter().map(flag).collect::<Vec<_>>().join("; "))
    };
    let told = [
        pair("They should meet.", "They must meet."),
        pair("They must meet.", "They must not meet."),
        pair("They may not smoke.", "They may smoke."),
        pair("They meet on 3 May.", "They met on 4 May."),
        pair("They are required to meet.", "They are not required to meet."),
        pair("They shall be heard.", "They are heard."),
        pair("They weigh its views.", "They must have regard to its views."),
        pair("They must have regard to it.", "They must have due regard to it."),
        pair("They must sing and may dance.", "They may sing and must dance."),
        pair("They must sing. They dance.", "They dance. They must sing."),
        pair("They must pay.", "Each of them must pay."),
        pair("See [[ca2004 s 10]].", "See [[ca2004 s 10(1)]]."),
        pair("See [[ca2004 s 10|the Act]].", "See [[ca2004 s 11|the Act]]."),
        pair("See [[ca2004 s 10]] and [[plan]].", "See [[ca2004 s 10]]."),
        pair("See the note.[^a]\n\n[^a]: [[ca2004 s 10]].", "See the note.[^a]\n\n[^a]: [[ca2004 s 12]]."),
    ];
    insta::assert_snapshot!(told.concat(), @r#"
    They should meet. / They must meet.: "should" -> "must"
    They must meet. / They must not meet.: "must" -> "must not"
    They may not smoke. / They may smoke.: "may not" -> "may"
    They meet on 3 May. / They met on 4 May.: 
    They are required to meet. / They are not required to meet.: "required to" -> "not required to"
    They shall be heard. / They are heard.: "shall" -> null
    They weigh its views. / They must have regard to its views.: null -> "have regard"; null -> "must"
    They must have regard to it. / They must have due regard to it.: "have regard" -> "have due regard"
    They must sing and may dance. / They may sing and must dance.: "may" -> "must"; "must" -> "may"
    They must sing. They dance. / They dance. They must sing.: 
    They must pay. / Each of them must pay.: 
    See [[ca2004 s 10]]. / See [[ca2004 s 10(1)]].: "Children Act 2004, s 10" -> "Children Act 2004, s 10(1)"
    See [[ca2004 s 10|the Act]]. / See [[ca2004 s 11|the Act]].: "Children Act 2004, s 10" -> "Children Act 2004, s 11"
    See [[ca2004 s 10]] and [[plan]]. / See [[ca2004 s 10]].: "The Plan" -> null
    See the note.[^a]

    [^a]: [[ca2004 s 10]]. / See the note.[^a]

    [^a]: [[ca2004 s 12]].: "Children Act 2004, s 10" -> "Children Act 2004, s 12"
    "#);
}

#[test]
fn the_page_of_a_comparison_leads_to_both_editions_and_they_to_it() {
    let c = clause;
    let old =
        format!("## One\n\n1.1 {}\n\n1.2 {} They should meet.\n\n1.3 {}\n\n1.4 {}", c("a"), c("b"), c("d"), c("e"));
    let new = format!("## One\n\n1.1 {}\n\n1.2 {} They must meet.\n\n1.3 {}\n\n1.4 {}", c("a"), c("b"), c("f"), c("d"));
    let built = two(&old, &new);
    let page = "compare/old--new.html";
    assert_eq!(built.words(page, "h1"), ["What changed from old to new"]);
    assert_eq!(built.words(page, ".counts li"), ["1 unchanged", "1 renumbered", "1 reworded", "1 new", "1 removed"]);
    assert_eq!(built.words(page, ".links"), ["A duty word changed in 1.2"]);
    insta::assert_snapshot!(built.find(page, "#main > .change, #main > .quiet, #main > h2").join("\n"), @r#"
    <details class="quiet">
    <summary>1 paragraph unchanged: 1.1</summary>
    <ul>
    <li><a href="../new.html#1.1">1.1</a> (<a aria-label="1.1 before" href="../old.html#1.1">before</a>)</li>
    </ul>
    </details>
    <h2>One</h2>
    <div class="change reworded" id="1.2">
    <p class="what"><b>Reworded</b>: <a href="../new.html#1.2">1.2</a> (<a aria-label="1.2 before" href="../old.html#1.2">before</a>)</p>
    <p class="flags">“should” is now “must”</p>
    <div class="text"><p>b0 b1 b2 b3 b4 b5 b6 b7 b8 b9 b10 b11 b12 b13 b14 b15 b16 b17 b18 b19 They <del><span class="said">removed: </span>should</del> <ins><span class="said">added: </span>must</ins> meet.</p>
    </div>
    </div>
    <div class="change new" id="1.3">
    <p class="what"><b>New</b>: <a href="../new.html#1.3">1.3</a></p>
    <div class="text"><p>f0 f1 f2 f3 f4 f5 f6 f7 f8 f9 f10 f11 f12 f13 f14 f15 f16 f17 f18 f19</p>
    </div>
    </div>
    <details class="quiet">
    <summary>1 paragraph renumbered, with no word changed: 1.3 is now 1.4</summary>
    <ul>
    <li><a href="../old.html#1.3">1.3</a> became <a href="../new.html#1.4">1.4</a></li>
    </ul>
    </details>
    <div class="change removed" id="was-1.4">
    <p class="what"><b>Removed</b>: <a href="../old.html#1.4">1.4</a></p>
    <div class="text"><p>e0 e1 e2 e3 e4 e5 e6 e7 e8 e9 e10 e11 e12 e13 e14 e15 e16 e17 e18 e19</p>
    </div>
    </div>
    <h2 id="concordance">Old and new numbers</h2>
    "#);
    insta::assert_snapshot!(built.text("compare/old--new.csv"), @r#"
    old,new,change,old url,new url,flags
    1.1,1.1,unchanged,old.html#1.1,new.html#1.1,
    1.2,1.2,reworded,old.html#1.2,new.html#1.2,“should” is now “must”
    ,1.3,new,,new.html#1.3,
    1.3,1.4,renumbered,old.html#1.3,new.html#1.4,
    1.4,,removed,old.html#1.4,,
    "#);
    // Every link of the three pages lands.
    let ids = built.json("data/ids.json");
    for (path, base) in [(page, "compare/"), ("old.html", ""), ("new.html", "")] {
        let text = built.text(path);
        for link in text.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
            let (file, fragment) = link.split_once('#').unwrap_or((link, ""));
            let file = match (file, file.strip_prefix("../")) {
                ("", _) => path.to_owned(),
                (_, Some(above)) => above.to_owned(),
                _ => format!("{base}{file}"),
            };
            assert!(built.output.as_ref().unwrap().get(&file).is_some(), "{path}: {link}");
            let has = fragment.is_empty() || ids[&file].as_array().unwrap().iter().any(|id| id == fragment);
            assert!(has, "{path}: {link}");
        }
    }
    let lines = |of: &str| -> Vec<String> {
        let pages = (1..=4).map(|n| format!("{of}/1.{n}.html"));
        let there = pages.filter(|page| built.output.as_ref().unwrap().get(page).is_some());
        there.flat_map(|page| built.words(&page, ".linked .links")).collect()
    };
    assert_eq!(
        lines("new"),
        ["Unchanged since old", "Reworded from 1.2 of old", "New since old", "Renumbered from 1.3 of old"]
    );
    assert_eq!(
        lines("old"),
        ["Unchanged in new", "Reworded as 1.2 of new", "Renumbered as 1.4 of new", "Removed in new"]
    );
    assert_eq!(built.words("new.html", ".relations"), ["Replaces old (what changed)"]);
    assert_eq!(built.words("old.html", ".relations"), ["Replaced by new (what changed)"]);
}

#[test]
fn a_mention_follows_its_clause_or_is_not_missed() {
    let c = clause;
    let old = format!("1.1 {}\n\n1.2 {}\n\n1.3 {} See [[1.2]] and [[1.1|above]].", c("a"), c("b"), c("d"));
    // Both have a new number, and the mentions follow.
    let new =
        format!("1.1 {}\n\n1.2 {}\n\n1.3 {}\n\n1.4 {} See [[1.3]] and [[1.2|above]].", c("e"), c("a"), c("b"), c("d"));
    assert!(lines(&two(&old, &new), "old--new").contains("1.3 -> 1.4: renumbered"));
    // The mention was forgotten, and its number is now that of another clause.
    let new = new.replace("See [[1.3]]", "See [[1.2]]");
    let found = lines(&two(&old, &new), "old--new");
    assert!(found.contains("1.3 -> 1.4: renumbered and reworded; 1.2 -> 1.2"), "{found:?}");
    // It leads to another clause, and says so.
    let new = new.replace("See [[1.2]]", "See [[1.1]]");
    let found = lines(&two(&old, &new), "old--new");
    assert!(found.contains("1.3 -> 1.4: renumbered and reworded"), "{found:?}");
}

#[test]
fn what_is_known_of_a_clause_beforehand_is_believed() {
    let c = clause;
    let mut sources = SourceMap::new();
    sources.insert(
        "old.md",
        &format!("+++\ntitle = \"Old\"\n+++\n\n1.1 {}\n\n1.2 {}\n\n1.3 {}\n", c("a"), c("b"), c("d")),
    );
    sources.insert(
        "new.md",
        &format!("+++\ntitle = \"New\"\n+++\n\n1.1 {}\n\n1.2 {}\n\n1.3 {}\n", c("e"), c("b"), c("f")),
    );
    let read = pipeline::read_site(Site { sources, ..Site::default() }, Vec::new(), false);
    let loaded = pipeline::load(&read, &Options::default(), Hooks::default());
    let corpus = pipeline::resolve(loaded, &mut Caches::default(), Hooks::default()).corpus;
    let edition = |id: &str| ComparedEdition::new(&corpus, corpus.find(id).unwrap());
    let told = |moves: &[(&str, &[&str])]| {
        let moves = moves
            .iter()
            .map(|(old, new)| (old.to_string(), new.iter().map(ToString::to_string).collect::<BTreeSet<String>>()));
        let comparison = align(&edition("old"), &edition("new"), &moves.collect());
        let numbers =
            |clauses: &[NumberedClause]| clauses.iter().map(|c| c.number.clone()).collect::<Vec<_>>().join("+");
        let line = |change: &ClauseChange| {
            format!("{} -> {}: {}", numbers(&change.old), numbers(&change.new), change.class_words())
        };
        comparison.changes.iter().map(line).collect::<Vec<_>>()
    };
    assert_eq!(
        told(&[]),
        ["1.1 -> : removed", " -> 1.1: new", "1.2 -> 1.2: unchanged", "1.3 -> : removed", " -> 1.3: new"]
    );
    // Words that nothing would join, and a clause withdrawn though another has its words.
    let moves: &[(&str, &[&str])] = &[("1.1", &["1.1"]), ("1.2", &[]), ("1.3", &["1.2", "1.3"])];
    assert_eq!(told(moves), ["1.1 -> 1.1: reworded", "1.2 -> : removed", "1.3 -> 1.2+1.3: split and reworded"]);
    let moves: &[(&str, &[&str])] = &[("1.1", &["1.3"]), ("1.3", &["1.3"])];
    assert_eq!(told(moves), [" -> 1.1: new", "1.2 -> 1.2: unchanged", "1.1+1.3 -> 1.3: merged and reworded"]);
}

#[test]
fn a_clause_of_which_little_stayed_is_given_whole_before_and_now() {
    let built =
        two("1.1 The hall is cold in winter. {#heat}", "1.1 Stoves burn from October, and the hall is warm. {#heat}");
    let page = "compare/old--new.html";
    assert_eq!(
        built.words(page, ".change > *"),
        [
            "Reworded: 1.1 (before)",
            "Before",
            "The hall is cold in winter.",
            "Now",
            "Stoves burn from October, and the hall is warm."
        ]
    );
    // The same under one number, without an id.
    let built = two("1.1 The hall is cold in winter.", "1.1 Stoves burn from October, and the hall is warm.");
    assert_eq!(lines(&built, "old--new"), BTreeSet::from(["1.1 -> 1.1: reworded".to_owned()]));
}

#[test]
fn lists_notes_and_sub_clauses_keep_their_form() {
    let old = "1.1 There are:[^a]\n\n- (a) two stewards; and\n- (b) one warden.\n\n1.2 Bring:\n\n- cups\n- plates\n\n[^a]: By custom.";
    let new = "1.1 There are:[^a]\n\n- (a) three stewards; and\n- (b) one warden.\n\n1.2 Bring:\n\n- cups\n- forks\n- plates\n\n[^a]: By law.";
    insta::assert_snapshot!(two(old, new).find("compare/old--new.html", ".change .text").join("\n"), @r#"
    <div class="text"><p>There are:</p>
    <p class="part">(a) <del><span class="said">removed: </span>two</del> <ins><span class="said">added: </span>three</ins> stewards; and</p>
    <p class="part">(b) one warden.</p>
    <p><b>Note:</b> By <del><span class="said">removed: </span>custom</del> <ins><span class="said">added: </span>law</ins>.</p>
    </div>
    <div class="text"><p>Bring:</p>
    <p class="item">cups</p>
    <p class="item"><ins><span class="said">added: </span>forks</ins></p>
    <p class="item">plates</p>
    </div>
    "#);
}

#[test]
fn a_publication_is_compared_with_all_its_files() {
    let c = clause;
    let built = TestSite::new()
        .paper("old", &format!("1.1 {}\n\n2.1 {}", c("a"), c("b")))
        .file("book/index.md", "+++\ntitle = \"Book\"\npublication = true\nreplaces = \"old\"\n+++\n")
        .file("book/1-one.md", &format!("+++\ntitle = \"One\"\n+++\n\n1.1 {}\n", c("a")))
        .file("book/2-two.md", &format!("+++\ntitle = \"Two\"\n+++\n\n2.1 {} more\n", c("b")))
        .build()
        .without_errors();
    insta::assert_snapshot!(built.text("compare/old--book.csv"), @r#"
    old,new,change,old url,new url,flags
    1.1,1.1,unchanged,old.html#1.1,book/1-one.html#1.1,
    2.1,2.1,reworded,old.html#2.1,book/2-two.html#2.1,
    "#);
    assert_eq!(built.words("book/2-two/2.1.html", ".linked .links"), ["Reworded from 2.1 of old"]);
}

#[test]
fn only_editions_that_the_site_holds_are_compared() {
    let built = TestSite::new()
        .paper_with("new", "replaces = \"The rules of 1988\"", "1.1 One.")
        .paper_with("summary", "summarises = \"new\"", "1.1 One.")
        .build()
        .clean();
    assert!(built.output.unwrap().iter().all(|(path, _)| !path.as_str().starts_with("compare/")));
}

#[test]
fn long_names_have_a_page_all_the_same() {
    let (old, new) = ("o".repeat(60), "n".repeat(60));
    let site = TestSite::new().paper(&old, "1.1 One.").paper_with(&new, &format!("replaces = \"{old}\""), "1.1 Two.");
    let built = site.build().without_errors();
    let output = built.output.as_ref().unwrap();
    let pages: Vec<_> = output.iter().filter(|(path, _)| path.as_str().starts_with("compare/")).collect();
    assert_eq!(pages.len(), 3);
    assert_eq!(built.words(&format!("{new}.html"), ".relations a").last().unwrap(), "what changed");
}

/// An editor's change to a clause of the guidance.
#[derive(Clone, Copy)]
enum Does<'a> {
    /// Writes other words in the place of some: in the clause, or in a note.
    Words(&'a str, &'a str),
    /// Writes a new clause after it.
    Adds(&'a str),
    /// Strikes the clause out.
    Strikes,
    /// Puts the clause after another.
    Moves(&'a str),
    /// Begins a new clause at some of its words.
    Splits(&'a str),
    /// Takes the next clause into it.
    Merges,
}
use Does::{Adds, Merges, Moves, Splits, Strikes, Words};

/// A clause, what is done to it, its classes beside a new number, and what must not be missed.
type Edit<'a> = (&'a str, &'a [Does<'a>], &'a [&'a str], &'a [&'a str]);

/// Thirty edits of every class. They and what must be told of them were written before anything was compared.
#[rustfmt::skip]
const EDITS: [Edit<'static>; 30] = [
    ("1.4", &[Words("must have regard", "should have regard")], &["reworded"], &["must -> should"]),
    ("1.5", &[Words("won wide acceptance", "was widely agreed")], &["reworded"], &[]),
    ("1.6", &[Strikes], &["removed"], &[]),
    ("1.7", &[Words("[[ca2004 s 10|section 10 of the Children Act 2004]]", "[[ca2004 s 11|section 11 of the Children Act 2004]]")],
        &["reworded"], &[" -> Children Act 2004, s 11"]),
    ("1.9", &[Adds("Ten years is a long time in which much may change. The Department will look at this guidance again every second year, and will ask the partners what has served them and what has not.")], &["new"], &[]),
    ("1.12", &[Words("overcome unnecessary barriers to", "clear away whatever stands in the way of")], &["reworded"], &[]),
    ("1.13", &[Words("[[ca2004 s 10(1)(b)]]", "[[ca2004 s 10(4)]]")],
        &["reworded"], &["Children Act 2004, s 10(1)(b) -> Children Act 2004, s 10(4)"]),
    ("1.14", &[Words("These objectives are challenging. But they build on the excellent progress that many local authorities and partners have made on a range of issues. They also reflect widely shared aspirations to improve all children's lives.", "None of this is easy. Many local authorities and their partners have shown what can be done, and hopes for better lives for all children are widely held.")], &["reworded"], &[]),
    ("1.15", &[Words("- integrated strategy: joint", "- a shared workforce: people trained together and trusted by one another;\n- integrated strategy: joint")], &["reworded"], &[]),
    ("2.3", &[Splits("So it is essential that all partners")], &["split"], &[]),
    ("2.4", &[Words("need to work in partnership for the goals that they share", "have common goals, which they can reach only together")], &["reworded"], &[]),
    ("2.5", &[Words("Trust should consider children's", "Trust must consider children's")], &["reworded"], &["should -> must"]),
    ("2.8", &[Words("action must be taken", "action may be taken")], &["reworded"], &["must -> may"]),
    ("2.9", &[Merges], &["merged"], &[]),
    ("2.13", &[Moves("2.18")], &["moved"], &[]),
    ("2.15", &[Words("- encouraging a greater focus on substance misuse in the development of the children's workforce; and\n", "")], &["reworded"], &[]),
    ("2.16", &[Merges, Words("the Children's Trust should aim for full integration", "the Children's Trust aims for full integration")],
        &["merged", "reworded"], &["should -> "]),
    ("2.18", &[Adds("Debt weighs on families as much as low pay. Advice centres, credit unions and schools can reach parents before a bailiff does, and the board may wish to ask each of them what it sees.")], &["new"], &[]),
    ("3.2", &[Strikes], &["removed"], &[]),
    ("3.4", &[Splits("The next section takes"), Words("It is time for a major drive to improve delivery.", "A major push to improve delivery is now overdue.")], &["split", "reworded"], &[]),
    ("3.6", &[Adds("A young person who has offended once is seldom beyond help. Courts, prisons and probation officers hold knowledge that teachers and youth workers lack, and each Trust is asked to bring them to one table.")], &["new"], &[]),
    ("3.8", &[Words("carers should be consulted", "carers must be consulted")], &["reworded"], &["should -> must"]),
    ("3.19", &[Moves("3.12")], &["moved"], &[]),
    ("3.21", &[Words("[[ca2004 s 17|section 17 of the Children Act 2004]]", "[[ca2004 s 18|section 18 of the Children Act 2004]]")],
        &["reworded"], &["Children Act 2004, s 17 -> Children Act 2004, s 18"]),
    ("3.29", &[Words("the local authority should broker", "the local authority may broker")], &["reworded"], &["should -> may"]),
    ("3.30", &[Merges], &["merged"], &[]),
    ("3.33", &[Words("\n\nThis description certainly does not yet fit all Children's Trusts, or indeed most of them. The goal is admittedly very challenging. Where existing arrangements fall short of it, strengthening governance should be an urgent priority.", "")], &["reworded"], &["should -> "]),
    ("3.38", &[Moves("3.43"), Words("but others may struggle, for a variety of reasons", "but for others it is hard")],
        &["moved", "reworded"], &["may -> "]),
    ("3.42", &[Strikes], &["removed"], &[]),
    ("3.47", &[Splits("It is essential that its relationship")], &["split"], &[]),
];

/// A clause or a heading of the guidance while it is edited.
#[derive(Clone)]
struct Block {
    text: String,
    /// The numbers of the clauses that its words come from; none of a heading or a new clause.
    origins: Vec<String>,
    /// Index of its change; none for a heading.
    change: Option<usize>,
}

/// A paragraph's words, and the braces at its end, which say something of its clause and stay with its first part.
fn braces_of(paragraph: &str) -> (&str, &str) {
    let paragraph = paragraph.trim_end();
    paragraph.split_at(paragraph.rfind(" {").filter(|_| paragraph.ends_with('}')).unwrap_or(paragraph.len()))
}

/// The guidance with the edits made, and every change that must be told: old and new numbers, classes, flags.
fn edited(text: &str, edits: &[Edit<'_>], with_ids: bool) -> (String, BTreeSet<String>) {
    let (body, notes) = text.split_at(text.find("\n[^1]:").unwrap_or(text.len()));
    let (front, body) = body.split_at(body.rfind("+++\n").unwrap() + 4);
    let number = |line: &str| {
        let number = line.split(' ').next()?;
        let figures = number.split_once('.').is_some_and(|(a, b)| !a.is_empty() && !b.is_empty());
        (figures && number.chars().all(|c| c.is_ascii_digit() || c == '.')).then(|| number.to_owned())
    };
    let mut blocks: Vec<Block> = Vec::new();
    for line in body.lines() {
        let begins = number(line);
        if begins.is_some() || line.starts_with('#') || blocks.is_empty() {
            let change = begins.as_ref().map(|_| blocks.len());
            blocks.push(Block { text: String::new(), origins: begins.into_iter().collect(), change });
        }
        let block = blocks.last_mut().unwrap();
        block.text.push_str(line);
        block.text.push('\n');
    }
    let mut notes = notes.to_owned();
    let mut told: BTreeMap<usize, (&[&str], &[&str])> = BTreeMap::new();
    let mut expected = BTreeSet::new();
    for (n, (number, deeds, classes, flags)) in edits.iter().enumerate() {
        let find = |blocks: &[Block], number: &str| {
            let is = |block: &Block| block.origins.first().is_some_and(|origin| origin == number);
            blocks.iter().position(is).unwrap_or_else(|| panic!("there is no clause {number}"))
        };
        for deed in *deeds {
            let at = find(&blocks, number);
            told.extend(blocks[at].change.map(|change| (change, (*classes, *flags))));
            match deed {
                Words(from, to) => {
                    let place = [&mut blocks[at].text, &mut notes].into_iter().find(|text| text.contains(from));
                    let place = place.unwrap_or_else(|| panic!("{number} has no {from:?}"));
                    *place = place.replacen(from, to, 1);
                }
                Adds(words) => {
                    let change = 1000 + n;
                    told.remove(&blocks[at].change.unwrap());
                    told.insert(change, (*classes, *flags));
                    let text = format!("0.0 {words}\n\n");
                    blocks.insert(at + 1, Block { text, origins: Vec::new(), change: Some(change) });
                }
                Strikes => {
                    blocks.remove(at);
                    expected.insert(format!("{number} -> : removed"));
                }
                Moves(after) => {
                    let block = blocks.remove(at);
                    let after = find(&blocks, after);
                    blocks.insert(after + 1, block);
                }
                Splits(words) => {
                    let text = blocks[at].text.clone();
                    let (first, rest) = text.split_at(text.find(words).unwrap());
                    let (rest, braces) = braces_of(rest);
                    let part =
                        Block { text: format!("0.0 {rest}\n\n"), origins: Vec::new(), change: blocks[at].change };
                    blocks[at].text = format!("{}{braces}\n\n", first.trim_end());
                    blocks.insert(at + 1, part);
                }
                Merges => {
                    let next = blocks.remove(at + 1);
                    let (first, braces) = braces_of(&blocks[at].text);
                    let (words, _) = braces_of(next.text.split_once(' ').unwrap().1);
                    blocks[at].text = format!("{first} {words}{braces}\n\n");
                    blocks[at].origins.extend(next.origins);
                }
            }
        }
    }
    // The clauses of each chapter are numbered anew, and mentions follow.
    let mut numbers: BTreeMap<String, String> = BTreeMap::new();
    let mut changes: BTreeMap<usize, (Vec<String>, Vec<String>)> = BTreeMap::new();
    let (mut chapter, mut count) = (0, 0);
    for block in &mut blocks {
        if block.text.starts_with("## ") {
            (chapter, count) = (chapter + 1, 0);
        }
        let Some(change) = block.change else { continue };
        count += 1;
        let new = format!("{chapter}.{count}");
        block.text = format!("{new} {}", block.text.split_once(' ').unwrap().1);
        numbers.extend(block.origins.iter().map(|origin| (origin.clone(), new.clone())));
        let (olds, news) = changes.entry(change).or_default();
        olds.extend(block.origins.iter().cloned());
        news.push(new);
    }
    let mut body: String = blocks.iter().map(|block| block.text.as_str()).collect();
    for (old, new) in &numbers {
        body = body.replace(&format!("[[{old}]]"), &format!("[[<{new}>]]"));
    }
    body = body.replace("[[<", "[[").replace(">]]", "]]");
    if !with_ids {
        // Of clauses; mentions of headings go on by their ids.
        let clause = |line: &str| match line.rfind(" {#").filter(|_| !line.starts_with('#')) {
            Some(at) => line[..at].to_owned(),
            None => line.to_owned(),
        };
        body = body.lines().map(|line| clause(line) + "\n").collect();
    }
    for (change, (olds, news)) in changes {
        let (classes, flags) = told.get(&change).copied().unwrap_or_default();
        let mut classes: Vec<&str> = classes.to_vec();
        let stands = |class: &str| !["moved", "split", "merged", "new"].contains(&class);
        if classes.iter().all(|class| stands(class)) && olds != news {
            classes.insert(0, "renumbered");
        }
        if classes.is_empty() {
            classes.push("unchanged");
        }
        let flags: String = flags.iter().map(|flag| format!("; {flag}")).collect();
        expected.insert(format!("{} -> {}: {}{flags}", olds.join("+"), news.join("+"), classes.join(" and ")));
    }
    let front = front.replacen("+++\n", "+++\nid = \"guidance-2010\"\n", 1).replace("replaced-by = ", "# ");
    let front = front.replace(
        "short = \"Draft guidance April 2008\"",
        "short = \"Guidance 2010\"\nreplaces = \"guidance-consultation-2008\"",
    );
    (format!("{front}{body}{notes}"), expected)
}

/// Every file of the site's own content that is a text.
fn content() -> TestSite {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let (site, _) = disk::read(&root, SourceMap::new()).unwrap();
    site.sources.iter().fold(TestSite::empty(), |site, file| site.file(&file.path, &file.text))
}

/// Every change of a comparison, a line each: its numbers, classes and flags.
fn lines(built: &Built, stem: &str) -> BTreeSet<String> {
    let data = built.json(&format!("compare/{stem}.json"));
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().replace('\u{a0}', " ");
    let line = |change: &serde_json::Value| {
        let list = |key: &str| change[key].as_array().unwrap().clone();
        let numbers = |key: &str| list(key).iter().map(|clause| text(&clause["number"])).collect::<Vec<_>>().join("+");
        let classes = list("change").iter().map(text).collect::<Vec<_>>().join(" and ");
        let flags = list("flags");
        let flags = flags.iter().map(|flag| format!("; {} -> {}", text(&flag["old"]), text(&flag["new"])));
        format!("{} -> {}: {classes}{}", numbers("old"), numbers("new"), flags.collect::<String>())
    };
    data.as_array().unwrap().iter().map(line).collect()
}

#[test]
fn thirty_known_changes_are_classed_rightly_and_none_is_invented() {
    for with_ids in [true, false] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/guidance-consultation-2008.md");
        let (text, expected) = edited(&std::fs::read_to_string(path).unwrap(), &EDITS, with_ids);
        let built = content().file("guidance-2010.md", &text).build().without_errors();
        let found = lines(&built, "guidance-consultation-2008--guidance-2010");
        let missed: Vec<_> = expected.difference(&found).collect();
        let invented: Vec<_> = found.difference(&expected).collect();
        assert!(
            missed.is_empty() && invented.is_empty(),
            "ids: {with_ids}\nmissed {missed:#?}\ninvented {invented:#?}"
        );
    }
}

/// The guidance with nothing but words in it: no mentions, notes or braces.
fn plain_guidance() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/guidance-consultation-2008.md");
    let text = std::fs::read_to_string(path).unwrap();
    let body = text.split_once("\n[^1]:").unwrap().0.rsplit_once("+++\n").unwrap().1;
    let mut plain = String::from("+++\ntitle = \"Guidance\"\nshort = \"Draft guidance April 2008\"\n+++\n");
    for line in body.lines() {
        let line = line.rfind(" {").map_or(line, |at| &line[..at]);
        let mut rest = line;
        while let Some((before, after)) = rest.split_once('[') {
            plain.push_str(before);
            let (inner, after) = after.split_once(']').unwrap();
            if let Some(inner) = inner.strip_prefix('[') {
                plain.push_str(&inner.rsplit('|').next().unwrap().replace('*', ""));
            }
            rest = after.strip_prefix(']').unwrap_or(after);
        }
        plain.push_str(rest);
        plain.push('\n');
    }
    plain + "\n"
}

/// Numbers that look random, and are the same each time (Numerical Recipes, "An even quicker generator").
struct Dice(u32);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.0 >> 8) as usize % n
    }

    /// Words that no clause has.
    fn words(&mut self, count: usize) -> String {
        (0..count).map(|_| format!("zq{}", self.below(1 << 20))).collect::<Vec<_>>().join(" ")
    }
}

/// A clause for a random edit: its number, its words, and whether the next clause stands under the same heading.
type Candidate = (String, String, bool);

fn candidates(text: &str) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    for line in text.rsplit_once("+++\n").unwrap().1.lines() {
        let opens = line.starts_with(|c: char| c.is_ascii_digit());
        if let Some(last) = found.last_mut().filter(|last| last.2 && (opens || line.starts_with('#'))) {
            last.2 = opens;
            if !opens {
                continue;
            }
        }
        if opens {
            let (number, words) = line.split_once(' ').unwrap();
            found.push((number.to_owned(), words.to_owned(), true));
        }
    }
    found.last_mut().unwrap().2 = false;
    found
}

#[test]
fn random_edits_are_classed_rightly() {
    let text = plain_guidance();
    let clauses = candidates(&text);
    assert_eq!(clauses.len(), 86);
    for seed in 0..8 {
        let mut dice = Dice(seed * 7919);
        // Every third or fourth clause, so that what is done to one is not done to its neighbour.
        let mut chosen = Vec::new();
        let mut at = dice.below(3);
        while at + 1 < clauses.len() {
            chosen.push(at);
            at += 3 + dice.below(5);
        }
        let mut deeds: Vec<(&str, Vec<[String; 2]>, usize)> = Vec::new();
        for at in &chosen {
            let (number, words, has_next) = &clauses[*at];
            let list: Vec<&str> = words.split(' ').collect();
            let sentences: Vec<usize> = words.match_indices(". ").map(|(at, _)| at + 2).collect();
            let wide = |at: &&usize| [&words[..**at], &words[**at..]].iter().all(|part| part.split(' ').count() >= 15);
            let split = sentences.iter().filter(wide).nth(dice.below(3));
            let far = (at + 7 + dice.below(60)) % clauses.len();
            let far_off = far.abs_diff(*at) > 6 && !chosen.iter().any(|other| [*other, other + 1].contains(&far));
            let (kind, from, to) = match dice.below(6) {
                1 => (1, String::new(), dice.words(30)),
                2 => (2, String::new(), String::new()),
                3 if far_off => (3, clauses[far].0.clone(), String::new()),
                4 if split.is_some() => (4, words[*split.unwrap()..].to_owned(), String::new()),
                5 if *has_next => (5, String::new(), String::new()),
                _ => {
                    // Up to two words in five.
                    let count = 1 + dice.below((list.len() * 2 / 5).max(1));
                    let start = dice.below(list.len() - count);
                    let fewer = 1 + dice.below(count);
                    (0, list[start..start + count].join(" "), dice.words(fewer))
                }
            };
            deeds.push((number, vec![[from, to]], kind));
        }
        let does: Vec<Vec<Does<'_>>> = deeds
            .iter()
            .map(|(_, words, kind)| {
                let [from, to] = &words[0];
                vec![[Words(from, to), Adds(to), Strikes, Moves(from), Splits(from), Merges][*kind]]
            })
            .collect();
        const CLASSES: [[&str; 1]; 6] = [["reworded"], ["new"], ["removed"], ["moved"], ["split"], ["merged"]];
        let edits: Vec<Edit<'_>> = deeds
            .iter()
            .zip(&does)
            .map(|((number, _, kind), does)| (*number, does.as_slice(), CLASSES[*kind].as_slice(), [].as_slice()))
            .collect();
        let (new, expected) = edited(&text, &edits, false);
        let new = new.replace("guidance-consultation-2008", "old");
        let site = TestSite::new().file("site.toml", "title = \"Site\"\nclause-pages = false\n");
        let built = site.file("old.md", &text).file("new.md", &new).build().without_errors();
        let found = lines(&built, "old--guidance-2010");
        let found: BTreeSet<String> = found.iter().map(|line| line.split("; ").next().unwrap().to_owned()).collect();
        let missed: Vec<_> = expected.difference(&found).collect();
        let invented: Vec<_> = found.difference(&expected).collect();
        assert!(missed.is_empty() && invented.is_empty(), "seed {seed}\nmissed {missed:#?}\ninvented {invented:#?}");
    }
}

#[test]
fn a_clause_is_known_though_half_of_its_words_are_others_and_its_number_too() {
    let text = plain_guidance();
    let mut dice = Dice(1);
    let mut new = String::new();
    for line in text.replace("title = ", "replaces = \"old\"\ntitle = ").lines() {
        match line.split_once(' ').and_then(|(number, words)| Some((number.split_once('.')?, words))) {
            Some(((chapter, number), words)) if number.parse::<usize>().is_ok() => {
                let number: usize = number.parse().unwrap();
                if number == 1 {
                    new.push_str(&format!("{chapter}.1 {}\n\n", dice.words(30)));
                }
                let mut other = |word: &str| if dice.below(2) == 0 { dice.words(1) } else { word.to_owned() };
                let words: Vec<String> = words.split(' ').map(&mut other).collect();
                new.push_str(&format!("{chapter}.{} {}\n", number + 1, words.join(" ")));
            }
            _ => new.push_str(&format!("{line}\n")),
        }
    }
    let site = TestSite::new().file("site.toml", "title = \"Site\"\nclause-pages = false\n");
    let found = lines(&site.file("old.md", &text).file("new.md", &new).build().without_errors(), "old--new");
    let joined = found.iter().filter(|line| line.split("; ").next().unwrap().ends_with(": renumbered and reworded"));
    let new = found.iter().filter(|line| line.ends_with(": new"));
    assert_eq!((joined.count(), new.count(), found.len()), (86, 3, 89), "{found:#?}");
}

#[test]
fn the_other_way_about_new_is_removed_and_split_is_merged() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/guidance-consultation-2008.md");
    let old = std::fs::read_to_string(path).unwrap();
    let (new, _) = edited(&old, &EDITS, false);
    let build = |front: (&str, &str)| {
        let site = content().file("guidance-consultation-2008.md", &old.replace("short = ", front.0));
        site.file("guidance-2010.md", &new.replace("replaces = ", front.1)).build().without_errors()
    };
    let there = lines(&build(("short = ", "replaces = ")), "guidance-consultation-2008--guidance-2010");
    let back = build(("replaces = \"guidance-2010\"\nshort = ", "# "));
    let back = lines(&back, "guidance-2010--guidance-consultation-2008");
    let mirror = |line: &String| {
        let line = line.split("; ").next().unwrap();
        let (numbers, classes) = line.split_once(": ").unwrap();
        let (one, other) = numbers.split_once(" -> ").unwrap();
        let class = |class| match class {
            "new" => "removed",
            "removed" => "new",
            "split" => "merged",
            "merged" => "split",
            other => other,
        };
        format!("{other} -> {one}: {}", classes.split(" and ").map(class).collect::<Vec<_>>().join(" and "))
    };
    let plain: BTreeSet<String> = back.iter().map(|line| line.split("; ").next().unwrap().to_owned()).collect();
    assert_eq!(there.iter().map(mirror).collect::<BTreeSet<_>>(), plain);
}

/// Lines that documents of any kind are made of.
fn any_document() -> impl Strategy<Value = String> {
    let number = (1..4_u8, 1..9_u8).prop_map(|(a, b)| format!("{a}.{b}"));
    let word = prop_oneof![
        "must|may|the|hall|\\(a\\)|é’s|[a-e]{1,3}",
        Just("[[1.1]]".to_owned()),
        Just("[[ca2004 s 10]]".to_owned())
    ];
    let words = proptest::collection::vec(word, 0..12).prop_map(|words| words.join(" "));
    let line = prop_oneof![
        4 => (number, words.clone()).prop_map(|(number, words)| format!("{number} {words}")),
        1 => words.clone().prop_map(|words| format!("## {words}")),
        1 => words.clone().prop_map(|words| format!("- (a) {words}")),
        1 => words,
    ];
    proptest::collection::vec(line, 0..20).prop_map(|lines| lines.join("\n\n"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn every_clause_of_any_two_documents_is_told_of_once(old in any_document(), new in any_document()) {
        let site = TestSite::new().paper("old", &old).paper_with("new", "replaces = \"old\"", &new);
        let built = site.build();
        prop_assert!(!built.codes().contains(&"internal-error"));
        let Some(output) = &built.output else { return Ok(()) };
        let data = built.json("data/clauses.json");
        let count = |document: &str| {
            let rows = data.as_array().unwrap().iter();
            rows.filter(|row| row["document"] == document && row["parent"].is_null()).count()
        };
        let (before, after) = (count("old"), count("new"));
        prop_assert_eq!(output.get("compare/old--new.json").is_some(), before + after > 0);
        if before + after > 0 {
            let changes = built.json("compare/old--new.json");
            let told = |side: &str| -> Vec<String> {
                let changes = changes.as_array().unwrap().iter();
                changes.flat_map(|change| change[side].as_array().unwrap().clone()).map(|c| c["url"].to_string()).collect()
            };
            for (side, count) in [("old", before), ("new", after)] {
                let all = told(side);
                prop_assert_eq!((all.len(), all.iter().collect::<BTreeSet<_>>().len()), (count, count));
            }
        }
    }
}

/// A text in another form of the same words: accents as characters of their own, and soft hyphens within words.
fn typed_otherwise(text: &str) -> String {
    let decomposed = text.replace('é', "e\u{301}").replace('Å', "A\u{30a}").replace('ñ', "n\u{303}");
    let mut typed = String::new();
    for (at, c) in decomposed.chars().enumerate() {
        let within = typed.ends_with(char::is_alphabetic) && c.is_alphabetic();
        if within && at % 5 == 0 {
            typed.push('\u{ad}');
        }
        typed.push(c);
    }
    typed
}

#[test]
fn the_same_words_typed_otherwise_are_unchanged() {
    let old = "1.1 The café is open to members.\n\n1.2 Nobody else may enter.\n\n1.3 The naïve may.";
    let new =
        "1.1 The cafe\u{301} is open to members.\n\n1.2 Nobody else may en\u{ad}ter.\n\n1.3 The na\u{200b}ïve may.";
    assert_eq!(changes(&two(old, new), "old--new"), changes(&two(old, old), "old--new"));
    assert_eq!(changes(&two(new, old), "old--new"), changes(&two(old, old), "old--new"));
    // One accent more is another word.
    assert_ne!(changes(&two(old, &old.replace("café", "cafe")), "old--new"), changes(&two(old, old), "old--new"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn no_way_of_typing_makes_other_words(words in prop::collection::vec("[a-zéñÅ’-]{1,9}", 3..30)) {
        let old = format!("1.1 The {}.\n\n1.2 Reserved.", words.join(" "));
        let new = typed_otherwise(&old);
        prop_assert_eq!(changes(&two(&old, &new), "old--new"), changes(&two(&old, &old), "old--new"), "{}", new);
    }
}
