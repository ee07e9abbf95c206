//! Other people's papers go in as they are: what is common in Markdown is read, and no word is lost in silence.

mod words;

use crate::cli::Desk;
use crate::site::TestSite;

/// A small paper: its name, the text of `paper.md`, the codes it raises, what its page holds, and what it does not.
type Paper = (&'static str, &'static str, &'static [&'static str], &'static [&'static str], &'static [&'static str]);

/// Papers as other programs have them.
const PAPERS: &[Paper] = &[
    // Front matter and titles
    ("YAML", "---\ntitle: Rules\n---\n\n1.1 Keys.\n", &[], &["<h1>Rules</h1>", "id=\"1.1\""], &["---"]),
    ("YAML with dots at its end", "---\ntitle: Rules\n...\n\n1.1 Keys.\n", &[], &["<h1>Rules</h1>"], &["..."]),
    ("a date of YAML", "---\ntitle: Rules\ndate: 2009-04-03\n---\n\n1.1 Keys.\n", &[], &["April"], &[]),
    (
        "a date with its time",
        "---\ntitle: Rules\ndate: 2009-04-03 10:00:00 +0000\n---\n\n1.1 Keys.\n",
        &[],
        &["April"],
        &[],
    ),
    (
        "a date that is none",
        "---\ntitle: Rules\ndate: last May\n---\n\n1.1 Keys.\n",
        &["unread-key"],
        &["<h1>Rules</h1>"],
        &[],
    ),
    ("authors", "---\ntitle: Rules\nauthor:\n  - Ann\n  - Bob\n---\n\n1.1 Keys.\n", &[], &["Ann and Bob"], &[]),
    (
        "values of our own",
        "---\ntitle: \"Rules: the hall\"\nnumbering: none\nsource:\n  title: The text\n  url: https://example.org/\n---\n\nKeys.\n",
        &[],
        &["Rules: the hall", "href=\"https://example.org/\""],
        &[],
    ),
    (
        "keys of others",
        "---\ntitle: Rules\nlayout: page\nnav_order: 2\nempty:\n---\n\n1.1 Keys.\n",
        &["unread-key", "unread-key"],
        &["<h1>Rules</h1>"],
        &[],
    ),
    ("a colon in YAML", "---\ntitle: Rules: the hall\n---\n\n1.1 Keys.\n", &["invalid-yaml"], &[], &[]),
    ("a key twice", "---\ntitle: A\ntitle: B\n---\n\n1.1 Keys.\n", &["invalid-yaml"], &[], &[]),
    ("an alias", "---\ntitle: &a A\nshort: *a\n---\n\n1.1 Keys.\n", &["invalid-yaml"], &[], &[]),
    ("a list for front matter", "---\n- a\n- b\n---\n\n1.1 Keys.\n", &["invalid-yaml"], &[], &[]),
    ("a word of others", "---\ntitle: A\nstatus: new\n---\n\n1.1 Keys.\n", &["unread-key"], &["<h1>A</h1>"], &[]),
    ("a value that cannot be", "---\ntitle: A\ncited: 3\n---\n\n1.1 Keys.\n", &["invalid-value"], &[], &[]),
    ("an address of Jekyll", "# A\n\n[x]({{ site.url }}/a)\n", &["foreign-markup"], &[], &[]),
    ("a rule at the head", "---\n\n# Rules\n\n1.1 Keys.\n", &[], &["<h1>Rules</h1>", "<hr"], &[]),
    ("a title alone", "# Rules of the *hall*\n\n1.1 Keys.\n", &[], &["<h1>Rules of the hall</h1>"], &["<h2 id"]),
    ("an underlined title", "Rules\n=====\n\n1.1 Keys.\n", &[], &["<h1>Rules</h1>"], &["====", "<h2 id"]),
    ("a title after a comment", "<!-- x -->\n\n# Rules\n\n1.1 Keys.\n", &[], &["<h1>Rules</h1>"], &["<h2 id"]),
    ("a title after words", "[ann]\n# Rules\n\n## Keys\n\n1.1 Keys.\n", &[], &["<h1>Rules</h1>", "[ann]"], &[]),
    ("the same title twice", "---\ntitle: Rules\n---\n\n# Rules\n\n1.1 Keys.\n", &[], &["<h1>Rules</h1>"], &["<h2 id"]),
    (
        "another title",
        "+++\ntitle = \"Rules\"\n+++\n\n# Hall\n\n## Keys\n\n1.1 Keys.\n",
        &["heading-level"],
        &["<h1>Rules</h1>", "<h2 id=\"hall\"", "<h3 id=\"keys\""],
        &[],
    ),
    ("no title", "## Keys\n\n1.1 Keys.\n", &["missing-front-matter"], &[], &[]),
    ("chapters of the first rank", "# A\n\n# B\n\n# C\n", &["heading-level"], &["<h1>A</h1>", "<h2 id=\"b\""], &[]),
    // Headings and their ids
    (
        "a rank left out",
        "# A\n\n## B\n\n#### C\n\n### D\n",
        &["heading-level"],
        &["<h2 id=\"b\"", "<h3 id=\"c\"", "<h3 id=\"d\""],
        &[],
    ),
    ("a heading of nothing", "# A\n\n##\n\nWords.\n", &["heading-level"], &["Words."], &["<h2 id"]),
    ("Cyrillic", "# A\n\n## Общие правила\n\n[x](#общие-правила)\n", &[], &["id=\"общие-правила\""], &["about"]),
    ("Devanagari", "# A\n\n## हिन्दी नियम\n", &[], &["id=\"हिन्दी-नियम\""], &["about"]),
    ("Chinese", "# A\n\n## 一般规则\n\n## 一般规则\n", &[], &["id=\"一般规则\"", "id=\"一般规则-2\""], &["about"]),
    ("Polish", "# A\n\n## Zasady Łodzi\n", &[], &["id=\"zasady-lodzi\""], &[]),
    ("accents", "# A\n\n## Règles générales\n", &[], &["id=\"regles-generales\""], &[]),
    ("a sign alone", "# A\n\n## 🔑\n", &[], &["id=\"section\""], &["about"]),
    ("ids that meet", "# A\n\n## B\n\n## B\n\n## B 2\n", &[], &["id=\"b\"", "id=\"b-2\"", "id=\"b-2-2\""], &[]),
    ("an id that is taken", "# A\n\n## B\n\n## C {#b}\n", &[], &["id=\"b-2\"", "id=\"b\""], &[]),
    (
        "an id of pandoc",
        "# A\n\n## B {#sec.keys_2}\n\n1.1 See [it](#sec.keys_2) and [[#sec.keys_2]].\n",
        &[],
        &["id=\"sec.keys_2\"", "href=\"#sec.keys_2\""],
        &[],
    ),
    // Links
    (
        "an anchor of GitHub",
        "# A\n\n## What's new & *what* is not\n\n[x](#whats-new--what-is-not)\n",
        &[],
        &["href=\"#whats-new-what-is-not\""],
        &["href=\"#whats-new--"],
    ),
    ("the second of two", "# A\n\n## B\n\n## B\n\n[x](#b-1)\n", &[], &["href=\"#b-2\""], &[]),
    ("an anchor with a number", "# A\n\n## 2. Keys\n\n[x](#2-keys)\n", &[], &["href=\"#about-2-keys\""], &[]),
    ("the anchor of the title", "# The rules\n\n[x](#the-rules)\n", &[], &["href=\"paper.html\">x</a>"], &[]),
    ("an anchor of nothing", "# A\n\n[x](#nothing)\n", &["unresolved-reference"], &[], &[]),
    ("the root", "# A\n\n[x](/paper.md) and [y](/paper.md#a).\n", &[], &[">x</a>"], &[]),
    ("a root that has it not", "# A\n\n[x](/other.md)\n", &["missing-file"], &[], &[]),
    ("another host", "# A\n\n[x](//example.org/)\n", &["broken-link"], &[], &[]),
    (
        "a bare address",
        "# A\n\nSee https://example.org/a_b--c, or (https://example.org/x_(y)).\n",
        &[],
        &[
            "href=\"https://example.org/a_b--c\"",
            ">https://example.org/a_b--c</a>, or",
            "href=\"https://example.org/x_(y)\"",
        ],
        &[],
    ),
    (
        "a bare address of mail",
        "# A\n\nWrite to office@example.org. See www.example.org!\n",
        &[],
        &["href=\"mailto:office@example.org\"", "href=\"http://www.example.org\""],
        &["org.\"", "org!\""],
    ),
    (
        "an address that is a link already",
        "# A\n\n[https://example.org](https://example.com/) and `https://example.net`\n",
        &[],
        &["href=\"https://example.com/\""],
        &["href=\"https://example.org\"", "href=\"https://example.net\""],
    ),
    ("a telephone", "# A\n\n[call](tel:+44-20-7946-0000)\n", &[], &["href=\"tel:+44-20-7946-0000\""], &[]),
    (
        "a link in brackets",
        "# A\n\nSee [[1]](https://example.org/a_b), there.\n",
        &[],
        &["[<a href=\"https://example.org/a_b\">1</a>], there"],
        &[],
    ),
    ("the title of a link", "# A\n\n[x](https://example.org/ \"Mind\")\n", &["lost-words"], &[">x</a>"], &[]),
    // Notes, boxes, HTML
    ("a label", "# A\n\nWords.[^See_Note-2]\n\n[^See_Note-2]: More.\n", &[], &["id=\"note-see_note-2\""], &[]),
    (
        "a box with a title",
        "# A\n\n> [!WARNING] Hot water\n> Mind the tap.\n",
        &[],
        &["alert warning", "<p><strong>Hot water</strong></p>", "<p>Mind the tap.</p>"],
        &["[!"],
    ),
    ("a box of a title", "# A\n\n> [!tip] Be early\n", &[], &["alert tip", "<strong>Be early</strong>"], &["<p></p>"]),
    (
        "breaks, high and low",
        "# A\n\nOne<br>two<br/>three: m<sup>2</sup>, H<sub>2</sub>O, x<SUP>*a*</SUP>.\n",
        &[],
        &["One<br>", "m<sup>2</sup>", "H<sub>2</sub>O", "<sup><em>a</em></sup>"],
        &["&lt;"],
    ),
    ("a break in a cell", "# A\n\n| a |\n|---|\n| b<br>c |\n", &[], &["b<br>"], &["&lt;"]),
    (
        "an abbreviation",
        "# A\n\nThe <abbr title=\"Local Board\">LB</abbr> meets.\n",
        &[],
        &["<abbr title=\"Local Board\">LB</abbr>"],
        &["&lt;"],
    ),
    ("an attribute too many", "# A\n\nm<sup class=\"x\">2</sup>\n", &["raw-html"], &["&lt;sup class"], &["<sup>2"]),
    (
        "an end that is none",
        "# A\n\n<sup>a<sub>b</sup>c</sub>\n",
        &["raw-html", "raw-html"],
        &["&lt;sup&gt;"],
        &["<sup>a"],
    ),
    // No silence
    ("a cell too many", "# A\n\n| a |\n|---|\n| b | lost |\n", &["lost-words"], &[], &[]),
    ("code in a cell", "# A\n\n| a | b |\n|---|---|\n| `a|b` | either |\n", &["pipe-in-table"], &[], &[]),
    (
        "a stroke in code",
        "# A\n\n| a | b |\n|---|---|\n| `a\\|b` | either |\n",
        &[],
        &["<code>a|b</code>", "either"],
        &[],
    ),
    ("stars", "# A\n\n**Note:**bring the key.\n", &["markup-as-text"], &["**Note:**bring"], &[]),
    ("stars that are open", "# A\n\n**Note: bring the key.\n", &["markup-as-text"], &["**Note"], &[]),
    ("a low line", "# A\n\n_Note:_bring the key.\n", &["markup-as-text"], &["_Note:_bring"], &[]),
    ("stars that are meant", "# A\n\n5 * 3, 5*, a_b_c, \\*\\*x\\*\\*, 2**8, `**a`.\n", &[], &["2**8"], &[]),
    ("bullets", "# A\n\nBring:\n\n• keys\n• cups\n", &["markup-as-text"], &["• keys"], &[]),
    ("bullets in a paragraph", "# A\n\nBring:\n• keys\n• cups\n", &["markup-as-text"], &["• cups"], &[]),
    ("letters", "# A\n\na. open\nb. close\n", &["markup-as-text"], &["a. open"], &[]),
    ("letters that are none", "# A\n\ni. e. this\n\np. 4\n\nA. Smith\n\na\\. b\n", &[], &["A. Smith"], &[]),
    ("rows", "# A\n\n| Room | Rate |\n| Hall | 10 |\n", &["markup-as-text"], &["| Room"], &[]),
    ("a rule too short", "# A\n\nRoom | Rate\n---|---|---\nHall | 10\n", &["markup-as-text"], &["Room | Rate"], &[]),
    ("a note in a line", "# A\n\nOne.^[A note.]\n", &["markup-as-text"], &["^[A note.]"], &[]),
    ("a link round a mention", "# A\n\n[the [[#b]] x](https://example.org/)\n\n## B\n", &["markup-as-text"], &[], &[]),
    ("an address with a space", "# A\n\n[form](my form.pdf)\n", &["markup-as-text"], &["[form](my"], &[]),
    ("an address that is nowhere", "# A\n\nSee [x][form].\n", &["markup-as-text"], &["[x][form]"], &[]),
    (
        "a note set in by two",
        "# A\n\nOne.[^a]\n\n[^a]: First.\n\n  Second.\n",
        &["outside-note"],
        &["Second.", "First."],
        &[],
    ),
    ("a note set in by four", "# A\n\nOne.[^a]\n\n[^a]: First.\n\n    Second.\n", &[], &["Second."], &[]),
    (
        "headings that are underlined",
        "# A\n\nRooms\n-----\n\nWords.\n\n> Keys\n> ----\n",
        &[],
        &["<h2 id=\"rooms\">", "<strong>Keys</strong>"],
        &["---", "<hr"],
    ),
    ("a rule under a sentence", "# A\n\nMind the tap.\n---\n", &["heading-level"], &["Mind the tap."], &[]),
    ("rows without outer bars", "# A\n\nRoom | Rate\nHall | 10\n", &["markup-as-text"], &["Room | Rate"], &[]),
    ("one bar in a sentence", "# A\n\nThis | that\nand more.\n", &[], &["This | that"], &[]),
    ("where the contents go", "# A\n\n[TOC]\n", &["foreign-markup"], &["[TOC]"], &[]),
    ("a box of another name", "# A\n\n> [!HINT] Mind\n> the gap.\n", &["foreign-markup"], &["[!HINT] Mind"], &[]),
    ("words in the form of a definition", "# A\n\n[Note]: important\n", &["lost-words"], &[], &[]),
    ("a title of no link", "# A\n\n[a]: https://example.org/ \"Mind\"\n", &["lost-words"], &[], &[]),
    ("an address of no link", "# A\n\n[a]: https://example.org/\n", &[], &[], &["example"]),
    (
        "a definition with a version",
        "# A\n\nSee [v3.2.0].\n\n[v3.2.0]: https://example.org/\n",
        &[],
        &[">v3.2.0</a>"],
        &[],
    ),
    (
        "HTML in a title",
        "# The <Keys> of *the* hall <!-- x -->\n\nWords.\n",
        &[],
        &["<h1>The &lt;Keys&gt; of the hall</h1>"],
        &["x"],
    ),
    // Other programs
    ("MkDocs", "# A\n\n!!! note \"Mind\"\n    Words.\n", &["foreign-markup"], &["!!! note", "Words."], &[]),
    ("Docusaurus", "# A\n\n::: warning\nWords.\n:::\n", &["foreign-markup"], &["Words."], &[]),
    ("Hugo", "# A\n\n{{< figure src=\"a.png\" >}}\n", &["foreign-markup"], &[], &[]),
    ("Jekyll", "# A\n\n{% include a.html %}\n\nSee {{ site.url }}.\n", &["foreign-markup", "foreign-markup"], &[], &[]),
    ("kramdown", "# A\n\n{: .lead}\n", &["foreign-markup"], &[], &[]),
    ("a mark in code", "# A\n\n`{{ x }}`\n", &[], &["{{ x }}"], &[]),
];

#[test]
fn papers_of_other_programs_are_read_as_they_are_meant() {
    let mut wrong = Vec::new();
    for (name, text, codes, shown, hidden) in PAPERS {
        let built = TestSite::empty().file("site.toml", "title = \"Site\"\n").file("paper.md", text).build();
        // That a paper has no clauses is another matter.
        let mut found = built.codes();
        found.retain(|code| *code != "no-clauses");
        if found != *codes {
            wrong.push(format!("── {name}: {found:?}\n{}", built.short()));
            continue;
        }
        if built.output.is_none() {
            continue;
        }
        let main = built.find("paper.html", "main").concat();
        let lacks = shown.iter().filter(|part| !main.contains(**part));
        let has = hidden.iter().filter(|part| main.contains(**part));
        let parts: Vec<String> =
            lacks.map(|part| format!("lacks {part}")).chain(has.map(|part| format!("has {part}"))).collect();
        if !parts.is_empty() {
            wrong.push(format!("── {name}: {parts:?}\n{main}"));
        }
    }
    assert!(PAPERS.len() >= 35 && wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// Links that lead nowhere, each with what is printed in their place.
const DEAD: &[(&str, &str)] = &[
    ("[the form](form.pdf)", "the form"),
    ("[the form](other.md)", "the form"),
    ("[the form](#nowhere)", "the form"),
    ("[the form](todo://later)", "the form"),
    ("[the form](a?b)", "the form"),
    ("[the form](A%20form.pdf)", "the form"),
    ("![A plan](plan.png)", "A plan"),
    ("![A plan](https://example.org/plan.png)", "<a href=\"https://example.org/plan.png\">A plan</a>"),
    ("![A plan](data:image/png;base64,AA)", "A plan"),
    ("[[route, template]]", "[[route, template]]"),
    ("[[nowhere]]", "nowhere"),
    ("[[a(b]]", "[[a(b]]"),
];

#[test]
fn a_link_that_leads_nowhere_may_be_a_warning() {
    for (link, shown) in DEAD {
        let text = format!("# A\n\n1.1 See {link} there.\n");
        let site = |settings: &str| {
            TestSite::empty().file("site.toml", settings).file("paper.md", &text).file("A form.pdf", "x")
        };
        let errors = site("title = \"Site\"\n").build();
        assert!(errors.output.is_none(), "{link}: {}", errors.short());
        let built = site("title = \"Site\"\nlinks = \"warn\"\n").build();
        let codes: Vec<_> = built.codes().into_iter().filter(|code| *code != "unused-file").collect();
        assert_eq!(codes, ["dead-link"], "{link}: {}", built.short());
        let main = built.find("paper.html", ".clause .text").concat();
        assert!(main.contains(&format!("See {shown} there.")), "{link}: {main}");
    }
    // What is drawn in is all that there is at its place.
    let pack = "+++\ntitle = \"Pack\"\nkind = \"pack\"\n+++\n\n![[nowhere#1.1]]\n";
    let site = TestSite::empty().file("site.toml", "title = \"Site\"\nlinks = \"warn\"\n[kinds]\npack = \"Packs\"\n");
    assert_eq!(site.file("pack.md", pack).build().codes(), ["unresolved-reference"]);
}

#[test]
fn a_heading_of_the_home_page_is_shown_unless_it_is_the_title_of_the_site() {
    for (index, heads) in [
        ("# Hall\n\nWords.\n", false),
        ("---\ntitle: Welcome\n---\n\n# Hall\n\nWords.\n", false),
        ("# Welcome\n\nWords.\n", true),
        ("---\ntitle: Welcome\n---\n\n# Welcome\n\nWords.\n", true),
    ] {
        let site = TestSite::empty().file("site.toml", "title = \"Hall\"\n").file("index.md", index);
        let built = site.build();
        assert!(built.output.is_some(), "{}", built.short());
        let main = built.find("index.html", "main").concat();
        assert_eq!(main.contains("Welcome</h2>"), heads, "{index}: {main}");
    }
}

#[test]
fn a_page_is_found_by_the_address_that_another_program_gives_it() {
    let text =
        "# A\n\n[a](rules.html), [b](rules), [c](rules.html#1.1), [d](guide/), [e](/guide#keys), [f](rules/#rooms)\n";
    let built = TestSite::empty()
        .file("site.toml", "title = \"Site\"\n")
        .file("a.md", text)
        .file("rules.md", "# Rules\n\n## Rooms\n\n1.1 Words.\n")
        .file("guide/README.md", "# Guide\n\n## Keys\n\n1.1 Words.\n")
        .build();
    assert!(built.output.is_some(), "{}", built.short());
    let main = built.find("a.html", "main").concat();
    for address in [
        "rules.html\">a",
        "rules.html\">b",
        "rules.html#1.1\">c",
        "guide/index.html\">d",
        "guide/index.html#keys\">e",
        "rules.html#rooms\">f",
    ] {
        assert!(main.contains(address), "{address}: {main}");
    }
}

#[test]
fn a_repository_is_a_site_with_no_more_than_settings() {
    let desk = Desk::new();
    desk.put("site/site.toml", "title = \"Hall\"\nignore = [\"drafts/**\", \"*.old.md\"]\n");
    for path in ["README.md", "CONTRIBUTING.md", "drafts/x.md", "a.old.md", "build/made.md", "guide/notes.tmp.md"] {
        desk.put(&format!("site/{path}"), "[[nowhere]] and no title\n");
    }
    for path in ["LICENSE", "package.json", "mkdocs.yml", "build/a.js"] {
        desk.put(&format!("site/{path}"), "x");
    }
    desk.put("site/.gitignore", "/build/\n");
    desk.put("site/guide/.gitignore", "*.tmp.md\n!kept.tmp.md\n");
    desk.put("site/rules.markdown", "# Rules\n\n[guide](/guide/README.md) and [old](OLD.MD)\n");
    desk.put("site/OLD.MD", "+++\ntitle = \"Old\"\nid = \"old\"\n+++\n\nWords.\n");
    desk.put("site/guide/README.md", "# Guide\n\n[kept](kept.tmp.md), [rules](../rules.markdown)\n");
    desk.put("site/guide/kept.tmp.md", "+++\ntitle = \"Kept\"\nid = \"kept\"\n+++\n\nWords.\n");
    let done = desk.run("build site --output out").ends_with(0);
    assert!(done.stderr.contains("4 documents"), "{}", done.stderr);
    for page in ["rules.html", "old.html", "guide/index.html", "guide/kept.html"] {
        assert!(desk.path(&format!("out/{page}")).exists(), "{page}");
    }
    desk.put("site/rules.markdown", "# Rules\n\n[about](README.md)\n");
    let said = desk.run("check site --format short").ends_with(1).shown();
    assert!(said.contains("`README.md` is a file of the repository"), "{said}");
    desk.put("site/site.toml", "title = \"Hall\"\nignore = [\"a{b\"]\n");
    let said = desk.run("check site --format short").ends_with(1).shown();
    assert!(said.contains("site.toml:2:11: error[invalid-value]"), "{said}");
}
