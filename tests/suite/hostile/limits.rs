//! Sites that ask for too much: one thing more than a limit is refused, and just as much as it is not. What has no end is
//! ended.

use super::Case;
use crate::site::{SETTINGS, TestSite};
use clausebook::config::Limits;
use clausebook::parse::metadata;
use clausebook::source::SourceMap;

/// A case in which this limit is set.
fn limited(case: Case, limit: &str) -> Case {
    case.file("site.toml", format!("{SETTINGS}\n[limits]\n{limit}\n"))
}

/// The document `a.md` with a first clause of so many bytes, from its number to the end of the file.
fn long(case: Case, file: &str, bytes: usize) -> Case {
    case.file(file, format!("+++\ntitle = \"A\"\n+++\n\n1.1 {}\n", "x".repeat(bytes - 5)))
}

/// A pack that draws in what these lines say, from its line 6.
fn pack(case: Case, lines: &str) -> Case {
    case.file("p.md", format!("+++\ntitle = \"P\"\nkind = \"pack\"\n+++\n\n{lines}\n"))
}

/// Cases at each limit and one above it. A row has the limit, code, place of the fault and maker.
fn counted() -> Vec<Case> {
    type Make = fn(Case, usize) -> Case;
    let limits: [(&str, &'static str, &str, Make); 9] = [
        ("file = \"8 KiB\"", "too-large", "a.md:1", |case, more| long(case, "a.md", 8 * 1024 - 21 + more)),
        ("line = \"1 KiB\"", "too-large", "a.md:5", |case, more| long(case, "a.md", 1025 + more)),
        ("nesting = 3", "too-deep", "a.md:7", |case, more| case.body(&format!("1.1 T.\n\n{}x", "> ".repeat(3 + more)))),
        ("nesting = 2", "too-deep", "a.md:9", |case, more| {
            let deepest = if more > 0 { "\n    - c" } else { "" };
            case.body(&format!("1.1 T.\n\n- a\n  - b{deepest}"))
        }),
        ("notes = 3", "too-many", "a.md:5", |case, more| {
            let marks: String = (0..3 + more).map(|n| format!("[^{n}]")).collect();
            let notes: String = (0..3 + more).map(|n| format!("[^{n}]: n\n\n")).collect();
            case.body(&format!("1.1 T{marks}\n\n{notes}"))
        }),
        ("clauses = 3", "too-many", "a.md:9", |case, more| {
            let third = if more > 0 { "\n- (c) z" } else { "" };
            case.body(&format!("1.1 T:\n\n- (a) x\n- (b) y{third}"))
        }),
        ("clauses = 2", "too-many", "a.md:9", |case, more| {
            let third = if more > 0 { "\n\n1.3 V" } else { "" };
            case.body(&format!("1.1 T\n\n1.2 U{third}"))
        }),
        ("draw-ins = 2", "too-many", "p.md:8", |case, more| {
            let third = if more > 0 { "\n\n![[a#1.1]]" } else { "" };
            pack(case, &format!("![[b#1.1-1.2]]{third}"))
        }),
        ("drawn-text = \"1 KiB\"", "too-many", "p.md:8", |case, more| {
            pack(long(case, "a.md", 512 + more), "![[a#1.1]]\n\n![[a#1.1]]").file("c.md", "+++\ntitle = \"C\"\n+++\n")
        }),
    ];
    let both = |(limit, code, place, make): (&str, &'static str, &str, Make)| {
        let at = make(Case::inert(format!("{limit}: just as much")), 0);
        let above = make(Case::fault(format!("{limit}: one more"), code, place), 1);
        [limited(at, limit), limited(above, limit)]
    };
    limits.into_iter().flat_map(both).collect()
}

/// Cases that never end, or not in a useful time.
fn endless() -> Vec<Case> {
    let own = "theme/templates/not-found.html";
    let slow = |place: &str| Case::fault(format!("{place} has no end"), "too-slow", format!("{place}:1"));
    let huge = |place: &str| Case::fault(format!("{place} grows and grows"), "too-much-memory", format!("{place}:1"));
    let grows = |times: usize| {
        format!(
            "{{% set s = \"xxxxxxxx\" %}}{{% for a in range(end={times}) %}}{{% set_global s = s ~ s %}}{{% endfor %}}"
        )
    };
    let loops = ["a", "b", "c"].map(|name| format!("{{% for {name} in range(end=9999) %}}")).concat();
    let loops = format!("{loops}{}", "{% endfor %}".repeat(3));
    let base = include_str!("../../../themes/default/templates/base.html");
    let clauses = "1.1 See [[1.1]], *the* section 10(1) of the Children Act 2004.\n\n".repeat(500_000);
    let numbered = format!("+++\ntitle = \"A\"\nnumbering = \"none\"\n+++\n\n{clauses}");
    let code = "fn a(b: &str) -> u32 { let x = 5; if x == \"y\" { return 3 } }\n".repeat(1_000);
    let code = format!("```rust\n{code}```\n\n").repeat(60);
    vec![
        limited(slow(own).file(own, &loops), "seconds = 1"),
        limited(huge(own).file(own, grows(60)), "memory = \"128 MiB\""),
        // The one that is at work only extends it.
        limited(
            huge("theme/templates/base.html")
                .file("theme/templates/base.html", base.replacen("<body", &(grows(60) + "<body"), 1)),
            "memory = \"128 MiB\"",
        ),
        limited(slow("a.md").file("a.md", numbered), "seconds = 1\nfile = \"64 MiB\""),
        // Whether its words are still read then, or already written, depends on the machine.
        limited(
            Case::fault("code that takes long to colour", "too-slow", "a.md").body(&format!("1.1 T:\n\n{code}")),
            "seconds = 1",
        ),
        limited(
            Case::inert("a template that grows a little").file(own, format!("<h1>Gone</h1>{}", grows(20))),
            "seconds = 5\nmemory = \"128 MiB\"",
        ),
    ]
}

pub fn cases() -> Vec<Case> {
    let mut cases = counted();
    cases.extend(endless());
    let line = SETTINGS.lines().count() + 3;
    let wrong = |code: &'static str, limit: &str| {
        limited(Case::fault(format!("the limit {limit}"), code, format!("site.toml:{line}")), limit)
    };
    let values = [
        "file = \"65 MiB\"",
        "file = 4",
        "file = \"0 KiB\"",
        "file = \"4MiB\"",
        "file = \"-4 MiB\"",
        "file = \"18446744073709551615 GiB\"",
        "memory = \"1025 GiB\"",
        "nesting = 0",
        "nesting = -1",
        "notes = 0xff",
        "clauses = 1.5",
        "clauses = 1000001",
        "draw-ins = \"many\"",
        "seconds = 99999999999999999999",
        "seconds = inf",
    ];
    cases.extend(values.map(|limit| wrong("invalid-value|invalid-toml", limit)));
    cases.push(wrong("unknown-key", "minutes = 1"));
    let large = |text: String| format!("{text}\n{SETTINGS}\n[limits]\nfile = \"64 MiB\"\nline = \"64 MiB\"\n");
    cases.push(
        Case::fault("settings larger than they may say", "too-large", "site.toml:1")
            .file("site.toml", large("#\n".repeat(2 << 20))),
    );
    cases.push(
        Case::fault("settings with a line longer than they may say", "too-large", "site.toml:1")
            .file("site.toml", large("#".repeat((1 << 20) + 1))),
    );
    cases.push(limited(
        Case::fault("a template larger than a text may be", "too-large", "theme/templates/not-found.html:1")
            .file("theme/templates/not-found.html", "<p>x</p>\n".repeat(1_000)),
        "file = \"8 KiB\"",
    ));
    cases.push(limited(
        Case::fault("a text larger than any may be", "too-large", "a.md:1").file("a.md", "1.1 x\n".repeat(12 << 20)),
        "file = \"64 MiB\"",
    ));
    let denied = |case: Case| case.file("site.toml", SETTINGS.replacen('\n', "\nhtml = \"deny\"\n", 1));
    for (name, body) in
        [("a tag", "1.1 <b>x</b>"), ("a block", "<div>\n\nx\n\n</div>"), ("a script", "<script>x</script>")]
    {
        cases.push(denied(Case::fault(format!("{name} where HTML is denied"), "denied-html", "a.md:5").body(body)));
    }
    cases.push(denied(Case::inert("a comment where HTML is denied").body("1.1 x <!-- y -->\n\n<!-- z -->")));
    cases
}

/// The limits of a site with these settings.
fn read(settings: &str) -> Limits {
    let mut sources = SourceMap::new();
    let file = sources.insert("site.toml", settings);
    let (config, faults) = metadata::config(sources.file(file), None);
    assert!(faults.is_empty(), "{faults:?}");
    config.limits
}

#[test]
fn the_manual_tells_the_limits_that_hold() {
    let manual = include_str!("../../../content/manual/writing.md");
    let settings = manual.split_once("\n[limits]\n").unwrap().1.split_once("```").unwrap().0;
    let told = read(&format!("title = \"x\"\n[limits]\n{settings}"));
    assert_eq!(told.memory, Some(1 << 30));
    assert_eq!(Limits { memory: None, ..told }, read("title = \"x\"\n"));
}

#[test]
fn a_limit_is_told_with_the_setting_that_raises_it() {
    let site = TestSite::new().paper("a", "1.1 One.\n\n1.2 Two.").paper("b", "1.1 One.");
    let limited = site.file("site.toml", &format!("{SETTINGS}\n[limits]\nclauses = 1\n")).build();
    insta::assert_snapshot!(limited.human(), @"
    error[too-many]: this document has too many clauses: the most is 1
     --> a.md:8:1
      |
    8 | 1.2 Two.
      | ^^^
      |
      = help: split it into documents of their own, or raise `clauses` under [limits] in site.toml
    ");
}
