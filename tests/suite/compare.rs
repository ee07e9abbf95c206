//! What changed from one edition to the next is told clause by clause, and rightly.

use crate::site::{Built, TestSite};

/// A site with two editions of one document.
fn editions(old: &str, new: &str) -> Built {
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
    let text = format!("## One\n\n1.1 {}\n\n1.2 {} See [[1.1]].\n\n1.3 Reserved.\n\n1.4 Reserved.", clause("a"), clause("b"));
    let built = editions(&text, &text);
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
        c("a"), c("b"), c("c"), c("d"), c("e"), c("f"), c("g"), c("h"), c("i")
    );
    let new = format!(
        "## One\n\n1.1 {}\n\n1.2 {} The board must meet.\n\n## Two\n\n2.1 {}\n\n2.2 {}\n\n2.3 {}\n\n2.4 {}\n\n2.5 {} {}\n\n2.6 {} See [[2.2]] and [[ca2004 s 11]].\n\n2.7 {}",
        c("a"), c("b"), c("z"), c("d"), c("e"), c("f"), c("g"), c("h"), c("i"), c("c")
    );
    let built = editions(&old, &new);
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
