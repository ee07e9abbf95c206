//! A reference leads to what it names, in words that make sense on paper, and what it names says so.

use serde_json::json;

use crate::links::{broken_links, repeated_ids};
use crate::site::{Built, TestSite};

/// Two documents with everything that can be named; clause 1.4 of `a` takes a reference.
fn site(reference: &str) -> TestSite {
    let a = "Before.\n\n## First part {#first}\n\n1.1 Text. {#opening}\n\n- (a) one\n  - (ii) two {#deep}\n\n1.2 Text.\n\n1.3 Text.\n\n## Last part\n\n1.4 REF";
    TestSite::new()
        .paper_with("a", "short = \"Paper A\"", &a.replace("REF", reference))
        .paper_with(
            "b",
            "short = \"Paper B\"",
            "## The heading\n\n1.1 Text. {#b-opening}\n\n- (a) one\n\n1.2 Text.\n\n1.3 Text.[^n]\n\n[^n]: Note.",
        )
        .paper_with("c", "short = \"Paper C\"\nnumbering = \"auto\"", "One. {#c-one}\n\nTwo.\n\nThree.")
        .file("packs/d.md", "+++\ntitle = \"D\"\nkind = \"pack\"\n+++\n\n## Aims\n\nWords.\n")
}

/// The link that a reference makes: its words and its address.
fn link(reference: &str) -> (String, String) {
    let built = site(reference).build().without_errors();
    let output = built.output.as_ref().unwrap();
    assert_eq!(broken_links(output), Vec::<String>::new(), "{reference}");
    let links = built.find("a.html", "[id='1.4'] .text a[href]");
    assert_eq!(links.len(), 1, "{reference}: {links:?}");
    let href = links[0].split("href=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    (built.words("a.html", "[id='1.4'] .text a[href]").remove(0), href)
}

#[test]
fn every_form_prints_its_words_and_lands() {
    let forms = [
        "[[1.1]]",
        "[[1.1(a)]]",
        "[[1.1(a)(ii)]]",
        "[[1.1-1.3]]",
        "[[1.1–1.3]]",
        "[[#opening]]",
        "[[#deep]]",
        "[[#first]]",
        "[[#last-part]]",
        "[[a]]",
        "[[a#1.1]]",
        "[[b]]",
        "[[b#1.1]]",
        "[[b#1.1(a)]]",
        "[[b#1.1-1.3]]",
        "[[b#b-opening]]",
        "[[b#the-heading]]",
        "[[c#2]]",
        "[[c#1-3]]",
        "[[c#c-one]]",
        "[[c#para-2]]",
        "[[d]]",
        "[[d#aims]]",
        "[[1.2|that paragraph]]",
        "[[b#1.2|*that* paragraph]]",
        "[words](#1.1)",
        "[words](#opening)",
        "[words](b.md)",
        "[words](b.md#1.1)",
        "[words](b.md#1.1-a)",
        "[words](./b.md#the-heading)",
        "[words](packs/d.md#aims)",
        "[words](packs/../b.md)",
        "[words](b.md#note-n)",
        "[*b*](b.md#1.1-1.3)",
    ];
    let lines: Vec<String> = forms
        .iter()
        .map(|form| link(form))
        .zip(forms)
        .map(|((words, url), form)| format!("{form} → {words} → {url}"))
        .collect();
    insta::assert_snapshot!(lines.join("\n"), @"
    [[1.1]] → 1.1 → #1.1
    [[1.1(a)]] → 1.1(a) → #1.1-a
    [[1.1(a)(ii)]] → 1.1(a)(ii) → #1.1-a-ii
    [[1.1-1.3]] → 1.1–1.3 → #1.1
    [[1.1–1.3]] → 1.1–1.3 → #1.1
    [[#opening]] → 1.1 → #1.1
    [[#deep]] → 1.1(a)(ii) → #1.1-a-ii
    [[#first]] → First part → #first
    [[#last-part]] → Last part → #last-part
    [[a]] → Paper A → a.html
    [[a#1.1]] → 1.1 → #1.1
    [[b]] → Paper B → b.html
    [[b#1.1]] → Paper B, paragraph 1.1 → b.html#1.1
    [[b#1.1(a)]] → Paper B, paragraph 1.1(a) → b.html#1.1-a
    [[b#1.1-1.3]] → Paper B, paragraphs 1.1–1.3 → b.html#1.1
    [[b#b-opening]] → Paper B, paragraph 1.1 → b.html#1.1
    [[b#the-heading]] → Paper B, “The heading” → b.html#the-heading
    [[c#2]] → Paper C, paragraph 2 → c.html#para-2
    [[c#1-3]] → Paper C, paragraphs 1–3 → c.html#para-1
    [[c#c-one]] → Paper C, paragraph 1 → c.html#para-1
    [[c#para-2]] → Paper C, paragraph 2 → c.html#para-2
    [[d]] → D → packs/d.html
    [[d#aims]] → D, “Aims” → packs/d.html#aims
    [[1.2|that paragraph]] → that paragraph → #1.2
    [[b#1.2|*that* paragraph]] → that paragraph → b.html#1.2
    [words](#1.1) → words → #1.1
    [words](#opening) → words → #1.1
    [words](b.md) → words → b.html
    [words](b.md#1.1) → words → b.html#1.1
    [words](b.md#1.1-a) → words → b.html#1.1-a
    [words](./b.md#the-heading) → words → b.html#the-heading
    [words](packs/d.md#aims) → words → packs/d.html#aims
    [words](packs/../b.md) → words → b.html
    [words](b.md#note-n) → words → b.html#note-n
    [*b*](b.md#1.1-1.3) → b → b.html#1.1
    ");
}

#[test]
fn a_reference_in_a_folder_leads_out_of_it() {
    let built = TestSite::new()
        .paper("a", "1.1 See [x](deep/er/b.md#1.1) and [[b#1.1]].")
        .file("deep/er/b.md", "+++\ntitle = \"B\"\n+++\n\n1.1 See [x](../../a.md#1.1), [[a#1.1]], [y](../c.md) and [z](../../index.md).\n")
        .file("deep/c.md", "+++\ntitle = \"C\"\n+++\n\n1.1 See [x](er/b.md).\n")
        .build()
        .clean();
    let found = built.find("deep/er/b.html", ".text a[href]");
    let hrefs: Vec<&str> =
        found.iter().map(|a| a.split("href=\"").nth(1).unwrap().split('"').next().unwrap()).collect();
    assert_eq!(hrefs, ["../../a.html#1.1", "../../a.html#1.1", "../c.html", "../../index.html"]);
    assert_eq!(broken_links(built.output.as_ref().unwrap()), Vec::<String>::new());
}

fn refused(reference: &str) -> String {
    let built = site(reference).build();
    assert!(built.output.is_none(), "{reference} was taken");
    built.short().trim_end().to_owned()
}

#[test]
fn what_does_not_exist_is_an_error_with_the_nearest_match() {
    let broken = [
        "[[1.5]]",
        "[[1.1(b)]]",
        "[[1.3-1.1]]",
        "[[1.1-1.9]]",
        "[[#openning]]",
        "[[#nowhere-near]]",
        "[[bb]]",
        "[[b#1.11]]",
        "[[b#the-headin]]",
        "[[x#1.1]]",
        "[[ca2005]]",
        "[[ca2005 s 10]]",
        "[[]]",
        "[[ ]]",
        "[[#]]",
        "[[b#]]",
        "[x](#1.5)",
        "[x](#)",
        "[x](c.md#1.1)",
        "[x](bb.md)",
        "[x](../b.md)",
        "[x](/c/b.md)",
        "[x](//b.md)",
        "[x](bb.html)",
        "[x](b.md?y)",
        "[x]()",
        "[x](packs)",
        "[x](packs/)",
    ];
    let lines: Vec<String> = broken.iter().map(|form| format!("{form}: {}", refused(form))).collect();
    insta::assert_snapshot!(lines.join("\n"), @r"
    [[1.5]]: a.md:21:5: error[unresolved-reference]: `[[1.5]]` leads nowhere: a has no 1.5 (did you mean `1.1`?)
    [[1.1(b)]]: a.md:21:5: error[unresolved-reference]: `[[1.1(b)]]` leads nowhere: a has no 1.1(b) (did you mean `1.1(a)`?)
    [[1.3-1.1]]: a.md:21:5: error[unresolved-reference]: `[[1.3-1.1]]` leads nowhere: a has no 1.3-1.1 (write the lower number first)
    [[1.1-1.9]]: a.md:21:5: error[unresolved-reference]: `[[1.1-1.9]]` leads nowhere: a has no 1.1-1.9 (a has no 1.9)
    [[#openning]]: a.md:21:5: error[unresolved-reference]: `[[#openning]]` leads nowhere: a has no openning (did you mean `opening`?)
    [[#nowhere-near]]: a.md:21:5: error[unresolved-reference]: `[[#nowhere-near]]` leads nowhere: a has no nowhere-near
    [[bb]]: a.md:21:5: error[unresolved-reference]: `[[bb]]` leads nowhere: no document or authority is named `bb` (did you mean `b`?)
    [[b#1.11]]: a.md:21:5: error[unresolved-reference]: `[[b#1.11]]` leads nowhere: b has no 1.11 (did you mean `1.1`?)
    [[b#the-headin]]: a.md:21:5: error[unresolved-reference]: `[[b#the-headin]]` leads nowhere: b has no the-headin (did you mean `the-heading`?)
    [[x#1.1]]: a.md:21:5: error[unresolved-reference]: `[[x#1.1]]` leads nowhere: no document or authority is named `x`
    [[ca2005]]: a.md:21:5: error[unresolved-reference]: `[[ca2005]]` leads nowhere: no document or authority is named `ca2005` (did you mean `ca2004`?)
    [[ca2005 s 10]]: a.md:21:5: error[unknown-authority]: no authority `ca2005` is declared (did you mean `ca2004`?)
    [[]]: a.md:21:5: error[malformed-reference]: this mention is not closed, or names nothing (close it with `]]`, on the same line; if the brackets are meant, escape them: `\[\[`)
    [[ ]]: a.md:21:5: error[malformed-reference]: `[[]]` names nothing (write `[[3.37]]`, `[[3.37(a)-3.37(c)]]`, `[[#id]]`, `[[document]]`, `[[document#3.37]]` or `[[key s 10]]`)
    [[#]]: a.md:21:5: error[malformed-reference]: `[[#]]` names nothing (write `[[3.37]]`, `[[3.37(a)-3.37(c)]]`, `[[#id]]`, `[[document]]`, `[[document#3.37]]` or `[[key s 10]]`)
    [[b#]]: a.md:21:5: error[malformed-reference]: `[[b#]]` names nothing (write `[[3.37]]`, `[[3.37(a)-3.37(c)]]`, `[[#id]]`, `[[document]]`, `[[document#3.37]]` or `[[key s 10]]`)
    [x](#1.5): a.md:21:5: error[unresolved-reference]: `#1.5` leads nowhere: a has no 1.5 (did you mean `1.1`?)
    [x](#): a.md:21:5: error[broken-link]: `#` leads nowhere (name an id after `#`)
    [x](c.md#1.1): a.md:21:5: error[unresolved-reference]: `c.md#1.1` leads nowhere: c has no 1.1
    [x](bb.md): a.md:21:5: error[missing-file]: the site has no document at `bb.md` (did you mean `b.md`?)
    [x](../b.md): a.md:21:5: error[broken-link]: `../b.md` does not name a file of the site (write the path from this file's folder: `../packs/first-day.md`)
    [x](/c/b.md): a.md:21:5: error[missing-file]: the site has no document at `c/b.md` (did you mean `c.md`?)
    [x](//b.md): a.md:21:5: error[broken-link]: `//b.md` does not name a file of the site (write the path from this file's folder: `../packs/first-day.md`)
    [x](bb.html): a.md:21:5: error[missing-file]: the site has no file `bb.html`
    [x](b.md?y): a.md:21:5: error[broken-link]: `b.md?y` does not name a file of the site (write the path from this file's folder: `../packs/first-day.md`)
    [x](): a.md:21:5: error[broken-link]: this link has no address (write one between the round brackets)
    [x](packs): a.md:21:5: error[missing-file]: the site has no file `packs`
    [x](packs/): a.md:21:5: error[missing-file]: the site has no file `packs`
    ");
}

#[test]
fn what_stands_after_the_file_in_a_link_is_checked_too() {
    for link in ["[x](b.md#no_such)", "[x](b.md#a%20b)", "[x](b.md#é)", "[x](b.md#1.1(x))", "[x](b.md#1.1-)"] {
        let built = site(link).build();
        assert!(built.output.is_none(), "{link} was taken");
    }
    // What a file that is copied holds is not known: its fragment is kept as it is written.
    for fragment in ["part", "page=2", "1.1"] {
        let built = site(&format!("[x](p.svg#{fragment})")).file("p.svg", "<svg/>").build();
        if built.output.is_some() {
            let link = format!("<a class=\"file\" href=\"p.svg#{fragment}\">x</a>");
            assert!(built.text("a.html").contains(&link), "{fragment} is lost");
        }
    }
}

#[test]
fn addresses_that_could_run_or_hide_something_are_refused() {
    for url in [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "jAvAsCrIpT&colon;alert(1)",
        "java&#115;cript:alert(1)",
        "&#x6a;avascript:alert(1)",
        "javascript&#58;alert(1)",
        "javascript&#x3a;alert(1)",
        "&#106&#97;vascript:alert(1)",
        "javascript%3Aalert(1)://",
        "data:text/html,x",
        "data&colon;text/html;base64,PHNjcmlwdD4=",
        "vbscript:msgbox(1)",
        "VBScript&colon;x",
        "//host/x",
        "&sol;/host/x",
        "&#47;&#47;host",
        "\\\\\\\\host\\\\x",
        "/\\\\host",
        "file:///etc/passwd",
        "about:blank",
        "blob:x",
        "view-source:x",
        "ftp://host/",
        "&#1;javascript:alert(1)",
        "java&Tab;script:alert(1)",
        "java&NewLine;script:alert(1)",
        "java&#9;script:alert(1)",
        "&#127;javascript:x",
        "java&#x202e;script:x",
        "http:javascript:alert(1)",
        "http:/host",
        "https:host",
        "x:y",
        "feed:javascript:x",
        "<java script:x>",
        "< javascript:alert(1)>",
        "<\tjavascript:alert(1)>",
        "https://exam&#x202e;ple.org/",
        "https://example.org/&#0;x&#8;",
        "intent://x",
        "tel:1",
        "ws://x/",
    ] {
        for text in [format!("[x]({url})"), format!("![x]({url})"), format!("[x]\n\n[x]: {url}")] {
            let built = site(&text).build();
            let reported =
                built.codes().iter().any(|code| ["unsafe-url", "broken-link", "missing-file"].contains(code));
            assert!(built.output.is_none() && reported, "{text}:\n{}", built.short());
        }
    }
    for url in ["javascript:alert(1)", "data:text/html,x", "vbscript:x"] {
        // An autolink of a scheme that is not linked.
        let built = site(&format!("<{url}>")).build();
        assert_eq!(built.codes(), ["unsafe-url"], "{url}");
    }
}

#[test]
fn sound_addresses_are_linked_as_they_are() {
    for (written, href) in [
        ("[x](https://example.org/a?b=c&d=e#f)", "https://example.org/a?b=c&amp;d=e#f"),
        ("[x](HTTP://example.org/)", "HTTP://example.org/"),
        ("<https://example.org/x>", "https://example.org/x"),
        ("<someone@example.org>", "mailto:someone@example.org"),
        ("[x](mailto:someone@example.org)", "mailto:someone@example.org"),
        ("[x](https://example.org/\"onmouseover=\"alert(1))", "https://example.org/&quot;onmouseover=&quot;alert(1)"),
        ("[x](https://example.org/'onmouseover='a)", "https://example.org/'onmouseover='a"),
        ("[x](<https://example.org/a b>)", "https://example.org/a b"),
    ] {
        assert_eq!(link(written).1, href, "{written}");
    }
}

#[test]
fn only_a_reference_that_is_meant_is_one() {
    let built = site("`[[1.1]]` and \\[\\[1.2\\]\\].").build().clean();
    assert_eq!(built.find("a.html", "[id='1.4'] .text a"), Vec::<String>::new());
    assert_eq!(built.words("a.html", "[id='1.4'] .text"), ["[[1.1]] and [[1.2]]."]);
}

/// Lists what refers to an id, as its page says.
fn referred_by(built: &Built, page: &str, id: &str) -> Vec<String> {
    let page = page.replace(".html", &format!("/{id}.html"));
    built.words(&page, ".linked .links a")
}

#[test]
fn what_is_mentioned_says_what_mentions_it() {
    let built = TestSite::new()
        .paper_with("a", "short = \"Paper A\"", "## Head\n\n1.1 Text.\n\n- (a) one\n\n1.2 See [[1.1]], and again [[1.1]].\n\n1.3 See [[1.1(a)]].\n\n- (a) see [[1.1]]\n\n1.4 By a note.[^n]\n\n1.5 See [[#head]] and [[a]].\n\n[^n]: See [[1.1]] and [[b]].")
        .paper_with("b", "short = \"Paper B\"", "1.1 See [[a#1.1]] and [[a]].\n\n## See below [[a#1.2|x]]\n\n1.2 See [[a#1.1-1.3]] and [[a#head]].")
        .build()
        .clean();
    assert_eq!(
        referred_by(&built, "a.html", "1.1"),
        ["1.2", "1.3", "1.3(a)", "1.4", "Paper B, paragraph 1.1", "Paper B, paragraph 1.2"]
    );
    assert_eq!(referred_by(&built, "a.html", "1.2"), ["Paper B, “See below x”", "Paper B, paragraph 1.2"]);
    assert_eq!(built.words("a.html", "header .links a"), ["Paper A, paragraph 1.5", "Paper B, paragraph 1.1"]);
    assert_eq!(built.words("b.html", "header .links a"), ["Paper A, paragraph 1.4"]);
    assert_eq!(built.words("a.html", "[id=head] + .links a"), ["1.5", "Paper B, paragraph 1.2"]);
    // In the data, each clause and sub-clause has its own.
    assert_eq!(built.clause("a", "1.1(a)")["referred_by"], serde_json::json!(["a.html#1.3", "b.html#1.2"]));
    let row = built.clause("a", "1.4");
    let to: Vec<_> = row["references"].as_array().unwrap().iter().map(|reference| &reference["to"]).collect();
    assert_eq!(to, ["a.html#1.1", "b.html"]);
    assert_eq!(broken_links(built.output.as_ref().unwrap()), Vec::<String>::new());
}

#[test]
fn a_clause_that_mentions_itself_is_not_its_own_referrer() {
    let built = TestSite::new().paper("a", "1.1 See [[1.1]] and [[1.1(a)]].\n\n- (a) see [[1.1]]").build().clean();
    assert_eq!(referred_by(&built, "a.html", "1.1"), Vec::<String>::new());
}

#[test]
fn what_refers_to_a_clause_is_folded() {
    let mut body = "1.1 Text.\n\n".to_owned();
    for n in 2..=9 {
        body += &format!("1.{n} See [[1.1]].\n\n");
    }
    let built = TestSite::new().paper("a", &body).build().clean();
    // The document says how many there are; the page of the clause has them all.
    assert_eq!(built.words("a.html", "[id='1.1'] .more"), ["1.1 by itself, 8 links"]);
    assert_eq!(referred_by(&built, "a.html", "1.1").len(), 8);
    let settings = format!("clause-pages = false\n{}", crate::site::SETTINGS);
    let built = TestSite::new().file("site.toml", &settings).paper("a", &body).build().clean();
    assert_eq!(built.words("a.html", "[id='1.1'] details.more summary"), ["8 links of 1.1"]);
    assert_eq!(built.words("a.html", "[id='1.1'] details.more a").len(), 8);
}

#[test]
fn a_heading_that_mentions_a_clause_prints_it_in_the_contents() {
    let built = TestSite::new().paper("a", "## After [[1.1]]\n\n1.1 Text.").build().clean();
    assert_eq!(built.words("a.html", ".contents li a"), ["1.1 After 1.1"]);
    assert_eq!(built.clause("a", "1.1")["heading"], serde_json::json!(["After 1.1"]));
}

#[test]
fn a_pack_draws_clauses_in_with_their_numbers_notes_and_source() {
    let built = site("x")
        .file("packs/p.md", "+++\ntitle = \"P\"\nkind = \"pack\"\n+++\n\n## Welcome\n\nWords.\n\n![[b#1.3]]\n\n![[a#1.1-1.2]]\n\n![[c#2]]\n\n![[b#1.1(a)]]\n\nMore words.\n")
        .build()
        .clean();
    assert_eq!(built.words("packs/p.html", ".drawn .number"), ["1.3", "1.1", "1.2", "¶2", "1.1"]);
    assert_eq!(
        built.words("packs/p.html", ".drawn .source"),
        [
            "From Paper B, paragraph 1.3",
            "From Paper A, paragraph 1.1",
            "From Paper A, paragraph 1.2",
            "From Paper C, paragraph 2",
            "From Paper B, paragraph 1.1"
        ]
    );
    assert_eq!(built.words("packs/p.html", ".drawn .note-list .text"), ["Note."]);
    assert_eq!(built.words("packs/p.html", ".words"), ["Words.", "More words."]);
    let output = built.output.as_ref().unwrap();
    assert_eq!(broken_links(output), Vec::<String>::new());
    assert_eq!(repeated_ids(output), Vec::<String>::new());
    // It changes when its source does.
    let changed = site("x")
        .paper_with("b", "short = \"Paper B\"", "1.3 Changed.")
        .file("packs/p.md", "+++\ntitle = \"P\"\nkind = \"pack\"\n+++\n\n![[b#1.3]]\n")
        .build();
    assert!(changed.words("packs/p.html", ".drawn .text").concat().contains("Changed."));
}

#[test]
fn a_clause_may_be_drawn_in_twice_and_clauses_of_two_documents_may_have_one_number() {
    let built = TestSite::new()
        .paper("a", "1.1 A:[^n]\n\n- (a) one {#x}\n\n[^n]: Note of a.")
        .paper("b", "1.1 B:[^n]\n\n- (a) one {#x}\n\n[^n]: Note of b.")
        .paper("p", "")
        .file("p.md", "+++\ntitle = \"P\"\nkind = \"pack\"\n+++\n\n![[a#1.1]]\n\n![[b#1.1]]\n\n![[a#1.1]]\n\nSee [note](a.md#note-n)[^n].\n\n[^n]: Own note, see [other](b.md#note-n).\n")
        .paper("c", "1.1 See [note](p.md#note-n).")
        .build()
        .clean();
    let output = built.output.as_ref().unwrap();
    assert_eq!(repeated_ids(output), Vec::<String>::new());
    assert_eq!(broken_links(output), Vec::<String>::new());
}

#[test]
fn only_clauses_are_drawn_in_and_only_by_a_pack() {
    let pack = |line: &str| {
        site("x").file("p.md", &format!("+++\ntitle = \"P\"\nkind = \"pack\"\n+++\n\n{line}\n")).build().codes()
    };
    assert_eq!(pack("![[b]]"), ["misplaced-draw-in"]);
    assert_eq!(pack("![[b#the-heading]]"), ["misplaced-draw-in"]);
    assert_eq!(pack("![[ca2004 s 10]]"), ["misplaced-draw-in"]);
    assert_eq!(pack("![[b#7.7]]"), ["unresolved-reference"]);
    assert_eq!(pack("Words ![[b#1.1]]"), ["misplaced-draw-in"]);
    assert_eq!(pack("- ![[b#1.1]]"), ["misplaced-draw-in"]);
    assert_eq!(pack("![[b#1.1]]\n![[b#1.2]]"), ["misplaced-draw-in", "misplaced-draw-in"]);
    assert_eq!(site("x\n\n![[b#1.1]]").build().codes(), ["misplaced-draw-in"]);
}

#[test]
fn a_drawn_in_clause_says_when_its_source_is_not_in_force() {
    let built = TestSite::new()
        .paper_with("a", "status = \"draft\"", "1.1 Text.")
        .file("p.md", "+++\ntitle = \"P\"\nkind = \"pack\"\n+++\n\n![[a#1.1]]\n")
        .build()
        .clean();
    assert_eq!(built.words("p.html", ".drawn .status"), ["Draft"]);
}

#[test]
fn what_previews_say_of_a_page_is_in_files_that_are_found_by_its_path() {
    let built = TestSite::new()
        .paper_with(
            "a",
            "short = \"Paper A\"\nstatus = \"draft\"",
            "## One\n\n1.1 Words.[^n]\n\n- (a) sub\n\n[^n]: Note.",
        )
        .file("b/c.md", "+++\ntitle = \"C\"\n+++\n\n1.1 See [[a#1.1]], [[a#1.1(a)]], [[a]] and [[1.1]] {#x}\n")
        .file("packs/p.md", "+++\ntitle = \"P\"\nkind = \"pack\"\n+++\n\n![[c#1.1]]\n")
        .build()
        .clean();
    let whole = json!(["#1.1", "1.1", ["One"], "Words. (a) sub Note.", 1]);
    let heading = json!(["#one", "", ["One"], "", 0]);
    assert_eq!(built.excerpts("a.html"), [json!(["", "a", [], "", 0]), heading, whole]);
}

#[test]
fn a_page_says_where_the_words_of_every_page_are() {
    let long = "Words of some length, so that this paper fills a file of search by itself. ".repeat(90);
    let built = TestSite::new()
        .file("b/c.md", "+++\ntitle = \"C\"\n+++\n\n1.1 See [[long#1.1]] and [[1.2]].\n\n1.2 Words.\n")
        .paper("long", &format!("1.1 {long}\n\n1.2 {long}"))
        .paper("longer", "1.1 Words.")
        .build()
        .clean();
    assert_eq!(built.find("b/c.html", "[data-previews='../data/places.js']").len(), 1);
    let places = built.shard("data/places.js");
    assert_eq!(places[0]["folder"], "");
    assert_eq!(places[0]["pages"], "Ab/cAlong,+,+,EerAauthorities");
    let names = places[0]["names"].as_str().unwrap();
    for (at, name) in names.as_bytes().chunks(5).enumerate() {
        built.shard(&format!("search/t{at}-{}.js", String::from_utf8_lossy(name)));
    }
}

/// Names of files that a link may spell in many ways; those in the first line can be published.
const NAMES: [&str; 10] = [
    "rules-2008.pdf",
    "notes/plan-1.pdf",
    "100%.pdf",
    "café.pdf",
    "cafe\u{301}-2.pdf",
    "two words.pdf",
    "a#b.pdf",
    "a%20b.pdf",
    "Plan.pdf",
    "a?b.pdf",
];

#[test]
fn a_name_in_a_link_is_decoded_once_and_has_one_message() {
    let unfit = |name: &str| {
        format!(
            "invalid-id: the file `{name}` cannot be published under its name: it may have lower-case letters, figures, hyphens and full stops only"
        )
    };
    let missing = |name: &str| format!("missing-file: the site has no file `{name}`");
    for (link, name, expected) in [
        ("rules-2008.pdf", "rules-2008.pdf", String::new()),
        ("rules%2D2008.pdf", "rules-2008.pdf", String::new()),
        ("rules%2d2008.pdf", "rules-2008.pdf", String::new()),
        ("%72ules-2008%2Epdf", "rules-2008.pdf", String::new()),
        ("notes/%2E%2E/rules-2008.pdf", "rules-2008.pdf", String::new()),
        ("./notes//plan%2D1.pdf", "notes/plan-1.pdf", String::new()),
        ("rules-2008.pdf#page=2", "rules-2008.pdf", String::new()),
        ("rules-2008.pdf#p%61ge=2", "rules-2008.pdf", String::new()),
        ("100%25.pdf", "100%.pdf", unfit("100%.pdf")),
        ("100%.pdf", "100%.pdf", unfit("100%.pdf")),
        ("caf%C3%A9.pdf", "café.pdf", unfit("café.pdf")),
        ("cafe%CC%81.pdf", "café.pdf", unfit("café.pdf")),
        ("café.pdf", "café.pdf", unfit("café.pdf")),
        ("caf%C3%A9-2.pdf", "cafe\u{301}-2.pdf", unfit("cafe\u{301}-2.pdf")),
        ("two%20words.pdf", "two words.pdf", unfit("two words.pdf")),
        ("a%23b.pdf", "a#b.pdf", unfit("a#b.pdf")),
        ("a%3Fb.pdf", "a?b.pdf", unfit("a?b.pdf")),
        ("a%2520b.pdf", "a%20b.pdf", unfit("a%20b.pdf")),
        ("Plan.pdf", "Plan.pdf", unfit("Plan.pdf")),
        ("rules%252D2008.pdf", "", missing("rules%2D2008.pdf")),
        ("cafes.pdf", "", missing("cafes.pdf")),
        ("100%2525.pdf", "", missing("100%25.pdf")),
        ("caf%E9.pdf", "", "broken-link: the percent signs in `caf%E9.pdf` encode no UTF-8".to_owned()),
        ("notes%2Fplan-1.pdf", "", "broken-link: `notes%2Fplan-1.pdf` does not name a file of the site".to_owned()),
        ("rules%00.pdf", "", "broken-link: `rules%00.pdf` does not name a file of the site".to_owned()),
        (
            "%2e%2e/rules-2008.pdf",
            "",
            "broken-link: `%2e%2e/rules-2008.pdf` does not name a file of the site".to_owned(),
        ),
        ("a?b.pdf", "", "broken-link: `a?b.pdf` does not name a file of the site".to_owned()),
    ] {
        let mut site = TestSite::new().paper("a", &format!("1.1 See [it]({link})."));
        for name in NAMES {
            site = site.file(name, "text");
        }
        let built = site.build();
        let of = |code: &str, fault: &clausebook::diagnostic::Diagnostic| fault.code.as_str() == code;
        let errors = built.diagnostics.iter().filter(|fault| !of("unused-file", fault));
        let errors: Vec<String> = errors.map(|fault| format!("{}: {}", fault.code.as_str(), fault.message)).collect();
        let expected: Vec<String> = Some(expected).filter(|expected| !expected.is_empty()).into_iter().collect();
        assert_eq!(errors, expected, "{link}");
        // What the link names is not unused; everything else is.
        let unused = built.diagnostics.iter().filter(|fault| of("unused-file", fault));
        let unused: Vec<&str> = unused.map(|fault| &*built.sources.file(fault.span.file).path).collect();
        let mut others: Vec<&str> = NAMES.into_iter().filter(|other| *other != name).collect();
        others.sort_unstable();
        let mut found = unused.clone();
        found.sort_unstable();
        assert_eq!(found, others, "{link}");
        // No guess is a name that would be the next error.
        for fault in built.diagnostics.iter().filter_map(|fault| fault.help.as_deref()) {
            for name in NAMES.iter().skip(2) {
                assert!(!fault.contains(&format!("`{name}`")), "{link}: {fault}");
            }
        }
        if errors.is_empty() {
            let href = built.find("a.html", "main .text a").concat();
            let (path, _) = link.split_once('#').unwrap_or((link, ""));
            assert!(href.contains(name), "{path}: {href}");
        }
    }
    // A picture by the same rule; and a document, with what stands after `#`.
    let site = TestSite::new().paper("b", "1.1 Text.\n\n- (a) One.\n");
    let site = site.file("my-plan.svg", "<svg/>").paper("a", "1.1 See ![plan](my%2Dplan.svg) and [b](%62.md#1%2E1).");
    site.build().clean();
    // The name of a file becomes an id, whatever its letters.
    for (link, name, page) in [
        ("My%20Rules.md", "My Rules", "my-rules"),
        ("caf%C3%A9.md", "cafe\u{301}", "cafe"),
        ("A/B_c.md", "A/B_c", "a/b-c"),
    ] {
        let site = TestSite::new().paper("a", &format!("1.1 See [it]({link}).")).paper(name, "1.1 Text.");
        assert!(site.build().clean().text("a.html").contains(&format!("href=\"{page}.html\"")), "{link}");
    }
    // A document that has a fault of its own is not said to be missing, too.
    let site = TestSite::new().paper("a", "1.1 See [it](con.md).").paper("con", "1.1 Text.");
    assert_eq!(site.build().codes(), ["invalid-id"]);
    // A place on the same page.
    let built = TestSite::new().paper("a", "1.1 One.\n\n1.2 See [it](#1%2E1).").build().clean();
    assert!(built.find("a.html", "main .text a").concat().contains("href=\"#1.1\""));
    assert_eq!(TestSite::new().paper("a", "1.1 See [it](#caf%E9).").build().codes(), ["broken-link"]);
}
