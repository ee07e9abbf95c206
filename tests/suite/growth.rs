//! Checks that four times the text takes less than six times as long to build, whatever it repeats.
//!
//! Each time is the processor time of the one thread that builds, so that other work on the machine
//! does not count. A first look at short texts passes what is plainly linear; only the rest is
//! measured again, longer and several times. `GROWTH=8 cargo test growth` takes texts of eight
//! times the length from the first.

use std::fs;
use std::time::Duration;

use clausebook::diagnostic::Code;
use clausebook::import::{PaperFormat, import};
use rayon::ThreadPoolBuilder;
use rayon::prelude::*;

use crate::imports::docx::{Docx, field, pp, r};
use crate::site::TestSite;

/// A text that is repeated in a file after some first words; `§` in it is a number that rises.
type Repeated = (&'static str, &'static str, &'static str);

/// Fragments of a document's body, alone and after one another.
const IN_A_BODY: &[&str] = &[
    "(",
    "[",
    "[[",
    "![[",
    "![",
    "](",
    "[^",
    "{#",
    "{#a§ ",
    "{.a ",
    "`",
    "` ``",
    "*",
    "**a_",
    "*a _b ",
    "_a._",
    "^[",
    "][",
    "https://a.",
    "https://a.b/(",
    "a@",
    "a.b@c.d ",
    "<sup>",
    "<sup>a</sup> ",
    "<br>",
    "{{",
    "{% ",
    "[[a]](b) ",
    "• a\n",
    "a. b\n",
    "| a |\n",
    "> [!TIP] a\n",
    "!!! a\n",
    "# Ж\n",
    "~~",
    "<",
    "<!--",
    "<a ",
    "&",
    "\\",
    "|",
    "\"",
    "'",
    "\t",
    ":",
    "> ",
    "- ",
    "-\n",
    "1. ",
    "#",
    "# \n",
    "a\n",
    "|-|\n",
    "(a",
    "1.1(a)",
    "[a](b) ",
    "![a](p.png) ",
    "[[b#1.1]] ",
    "[[1.1]] ",
    "[[ca2004 s §(1)(b)]] ",
    "[^1] ",
    "[a]: b\n",
    "*a* ",
    "\n\n[^a§]: Note.\n\n1.§ Text.[^a§]",
    "\n\n1.§ Text. {#id§}",
    "\n\n1.§ See [[1.1]] and [[#id§]].",
    "\n\n## Heading §",
    "\n\n### Heading",
    "\n\n## Heading {#same}",
    "\n\n> quoted\n> > deeper",
    "\n- (a) one\n  - (i) two\n    - (A) three",
    "\n1. (a) x\n2. (b) y",
    "\n\n| a | b |\n|---|---|\n| c | d |",
    "| a | `b` |\n",
    "\nword\n: meaning\n",
    "\n\n![[b#1.1]]",
    "LSCB ",
    "LSCBs and trusts of the Local Board ",
    "section § of the Children Act 2004, ",
    "s 10(1)(a), (b) and ",
    "paragraph (b) of subsection (2) of section 10 of ",
    "the Children Act ",
    "the Order 2005 (SI 2005/§) ",
    "Act 2004 ",
    "\u{202e}",
    "é",
    "漢字",
    "text\u{a0}",
    "https://example.org/ ",
    "- [ ] box\n",
    "\n\n***\n\n",
    "<b>x</b> ",
];

/// Languages whose grammars are tried, each with a line that opens more than it closes.
const IN_A_FENCE: &[(&str, &str)] = &[
    ("rust", "fn a<'b>(x: &str) -> Vec<(\"{}/*\n"),
    ("toml", "[[a.b]]\nc = [ \"\"\"\n"),
    ("html", "<a b=\"<!-- <script>\n"),
    ("css", "a { b: url( /*\n"),
    ("js", "`${ (a) => { /x/\n"),
    ("json", "{\"a\": [\n"),
    ("python", "def a(b=[\"\"\"'''\n"),
    ("sh", "cat <<E $(( `\n"),
    ("markdown", "> - [a](b **c\n"),
    ("yaml", "- a: &b {c: [\n"),
    ("xml", "<![CDATA[ <a b='\n"),
    ("c", "#define a( \\\n/*\n"),
];

/// Fragments of the other files.
const ELSEWHERE: &[Repeated] = &[
    ("a.md", "+++\ntitle = \"A\"\noutcomes = [", "\"stay-safe\", "),
    ("a.md", "+++\ntitle = \"A\"\nx = ", "["),
    ("a.md", "+++\ntitle = \"A\"\n", "a§ = 1\n"),
    ("a.md", "+++\ntitle = \"A\"\nreplaces = [", "\"b\", "),
    ("glossary.md", "+++\ntitle = \"Words\"\n+++\n\n", "word§ (W§)\n: Meaning of word§.\n\n"),
    ("glossary.md", "+++\ntitle = \"Words\"\n[synonyms]\n", "w§ = [\"v§\"]\n"),
    ("site.toml", "title = \"S\"\n", "[[navigation]]\ntitle = \"N\"\nitems = [\"b\"]\n"),
    (
        "site.toml",
        "title = \"S\"\n[taxonomies.outcomes]\ntitle = \"O\"\n",
        "[taxonomies.outcomes.terms.t§]\ntitle = \"T\"\n",
    ),
    ("authorities.toml", "", "[a§]\ntitle = \"Act § 2004\"\nkind = \"act\"\nwork = \"ukpga/2004/§\"\n"),
    ("authorities.toml", "", "[a§]\ntitle = \"The Same Act 2004\"\nkind = \"act\"\n"),
    ("relations.toml", "[b]\n\"1.1\" = { see-also = [", "\"b#1.2\", "),
    ("permalinks/b.txt", "", "1.1 1 clause 1.1 1.1 b.html heading 0123456789ab 0123456789ab w0123 -\n"),
    ("permalinks/b.txt", "", "2.§ 1 clause 2.§ 2.§ b.html heading 0123456789ab 0123456789ab w0123 0000,ffff\n"),
    ("permalinks/b.txt", "", "1.1 1 clause § 1.1 b.html heading 0123456789ab 0123456789ab w0123 0000,ffff\n"),
    ("permalinks/editions.toml", "", "[[edition]]\nname = \"e§\"\ndate = 2008-04-03\n"),
    ("permalinks/editions.toml", "", "[[edition]]\nname = \"1\"\nnote = \"N§\"\nrows = [\"b 1 AAAA\"]\n"),
    ("permalinks/editions.toml", "[[edition]]\nname = \"1\"\nrows = [", "\"b 1 AAAA\", "),
    ("permalinks/moves.toml", "", "[[moved]]\nfrom = \"b#9.§\"\nto = \"b#1.1\"\nreason = \"R\"\n"),
    ("permalinks/moves.toml", "", "[[withdrawn]]\nfrom = \"b#9.§\"\nreason = \"R\"\n"),
    ("permalinks/moves.toml", "[[merged]]\nto = \"b#1.1\"\nreason = \"R\"\nfrom = [", "\"b#9.§\", "),
];

fn fragments() -> Vec<(&'static str, String, &'static str)> {
    let bodies = IN_A_BODY.iter().map(|fragment| ("a.md", "+++\ntitle = \"A\"\n+++\n\n1.1 ".to_owned(), *fragment));
    let tables = ["[[1.1|x]] | ", "` | ", "\\| "].map(|fragment| {
        ("a.md", "+++\ntitle = \"A\"\n+++\n\n1.1 Text.\n\n| a | b |\n|---|---|\n| ".to_owned(), fragment)
    });
    let code = IN_A_FENCE.iter().map(|(language, fragment)| {
        ("a.md", format!("+++\ntitle = \"A\"\n+++\n\n1.1 Text.\n\n```{language}\n"), *fragment)
    });
    let others = ELSEWHERE.iter().map(|(path, before, fragment)| (*path, (*before).to_owned(), *fragment));
    bodies.chain(tables).chain(code).chain(others).collect()
}

/// The site in which something is repeated.
fn site() -> TestSite {
    TestSite::new()
        .file("p.png", "picture")
        .file("glossary.md", "+++\ntitle = \"Words\"\n+++\n\nLocal Board (LSCB)\n: A board.\n\ntrust\n: Another.\n")
        .file("permalinks/editions.toml", "[[edition]]\nname = \"1\"\ndate = 2008-04-03\n")
        .paper("b", "## Heading\n\n1.1 Text.\n\n1.2 More.")
}

/// The processor time that this thread has taken, where the system says it.
fn taken() -> Option<Duration> {
    let text = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(Duration::from_nanos(text.split(' ').next()?.parse().ok()?))
}

/// Times the fastest of several builds with `length` bytes of a fragment.
fn time(path: &str, before: &str, fragment: &str, length: usize, times: usize) -> Duration {
    let mut text = before.to_owned();
    let mut at = 1;
    while text.len() < before.len() + length {
        text.push_str(&fragment.replace('§', &at.to_string()));
        at += 1;
    }
    if path == "a.md" && !before.contains("+++\n\n") {
        text.push_str("\n+++\n\n1.1 Text.\n");
    }
    let site = site().file(path, &text);
    let once = || {
        let start = taken().unwrap();
        let built = site.build();
        let time = taken().unwrap() - start;
        assert!(built.diagnostics.iter().all(|fault| fault.code != Code::InternalError), "{fragment:?}");
        time
    };
    (0..times).map(|_| once()).min().unwrap()
}

/// Returns how many times as long a text of four times the length takes to build.
fn growth(path: &str, before: &str, fragment: &str, length: usize, times: usize) -> f64 {
    let least = time(path, before, fragment, 1, times);
    let [short, long] =
        [length, 4 * length].map(|length| time(path, before, fragment, length, times).saturating_sub(least));
    // Too short to be measured is short.
    long.as_secs_f64() / short.as_secs_f64().max(0.004)
}

/// The most that four times as much may take.
const MOST: f64 = 6.0;

#[test]
fn four_times_as_much_takes_less_than_six_times_as_long() {
    if taken().is_none() {
        eprintln!("This system does not say what a thread takes: growth was not measured.");
        return;
    }
    let longer: usize = std::env::var("GROWTH").ok().and_then(|times| times.parse().ok()).unwrap_or(1);
    let suspects: Vec<_> = fragments()
        .into_par_iter()
        .filter_map(|(path, before, fragment)| {
            // All of a build is to be done by the thread that is looked at.
            let alone = ThreadPoolBuilder::new().num_threads(1).build().unwrap();
            alone.install(|| {
                let length = 2_000 * longer;
                let first = growth(path, &before, fragment, length, 1);
                // Several chances, for a cache or a neighbour may spoil one.
                let mut all = vec![first];
                while all.last().is_some_and(|growth| *growth >= MOST) && all.len() < 5 {
                    all.push(growth(path, &before, fragment, 2 * length, 3));
                }
                if longer > 1 {
                    eprintln!("{path} {fragment:?}: {all:.1?}");
                }
                (all.last().copied() >= Some(MOST)).then(|| format!("{path} {before:?} {fragment:?}: {all:.1?}"))
            })
        })
        .collect();
    assert_eq!(suspects, Vec::<String>::new());
}

/// Papers of others in which something is there again and again.
fn papers(times: usize) -> Vec<(&'static str, PaperFormat, Vec<u8>)> {
    let all = |each: &dyn Fn(usize) -> String| (1..=times).map(each).collect::<String>();
    let words = (1..=times).fold(Docx::new(), |docx, n| docx.p(&format!("1.{n} One.")));
    let mark = |n: usize| format!("<w:r><w:footnoteReference w:id=\"{n}\"/></w:r>");
    let notes = u32::try_from(times).unwrap();
    let notes = (1..=notes).fold(Docx::new(), |docx, n| docx.footnote(n, "Note."));
    let notes = notes.raw(&all(&|n| pp("", &(r("One.") + &mark(n)))));
    let named = all(&|n| format!("<w:abstractNum w:abstractNumId=\"{n}\"><w:name w:val=\"list{n}\"/></w:abstractNum>"));
    let lists = all(&|n| format!("<w:num w:numId=\"{n}\"><w:abstractNumId w:val=\"{n}\"/></w:num>"));
    let counted =
        Docx::new().define(&(named + &lists)).raw(&all(&|n| pp("", &field(&format!("LISTNUM list{n}"), "x"))));
    let picture = |n: usize| format!("<w:r><w:drawing><a:blip r:embed=\"p{}\"/></w:drawing></w:r>", n % 500);
    let pictures =
        (0..500).fold(Docx::new(), |docx, n| docx.part(&format!("p{n}"), "image", &format!("{n}.emf"), b"x"));
    let pictures = pictures.raw(&all(&|n| pp("", &(r("One.") + &picture(n)))));
    let cell = |words: &str| format!("<w:tc>{}</w:tc>", pp("", &r(words)));
    let rows = all(&|n| format!("<w:tr>{}{}</w:tr>", cell(&format!("1.{n}")), cell("A rule.")));
    let rows = Docx::new().raw(&format!("<w:tbl>{rows}</w:tbl>"));
    let page = all(&|n| format!("<tr><td>1.{n}</td><td><p>A rule.</p></td></tr>"));
    let tables = all(&|n| {
        format!("<table><tr><td>1.{n}.1</td><td>A rule.</td></tr><tr><td>1.{n}.2</td><td>A rule.</td></tr></table>")
    });
    let marks = all(&|n| format!("<p>One.<sup><a href=\"#n{n}\">{n}</a></sup></p>"));
    let bodies = all(&|n| format!("<li id=\"n{n}\">Note.</li>"));
    let html = |main: String| format!("<main>{main}</main>").into_bytes();
    vec![
        ("clauses", PaperFormat::Docx, words.bytes()),
        ("notes", PaperFormat::Docx, notes.bytes()),
        ("lists", PaperFormat::Docx, counted.bytes()),
        ("pictures", PaperFormat::Docx, pictures.bytes()),
        ("rows", PaperFormat::Docx, rows.bytes()),
        ("rows", PaperFormat::Html, html(format!("<table>{page}</table>"))),
        ("tables", PaperFormat::Html, html(tables)),
        ("notes", PaperFormat::Html, html(format!("{marks}<ol>{bodies}</ol>"))),
        ("torn parts", PaperFormat::Text, all(&|_| "and so on\n\n".to_owned()).into_bytes()),
        ("clauses", PaperFormat::Text, all(&|n| format!("1.{n} One.\n\n")).into_bytes()),
        ("notes", PaperFormat::Markdown, all(&|n| format!("1.{n} One.[^{n}]\n\n[^{n}]: Note.\n\n")).into_bytes()),
    ]
}

#[test]
fn four_times_as_long_a_paper_is_imported_in_less_than_six_times_as_long() {
    if taken().is_none() {
        return;
    }
    let once = |(_, format, bytes): &(&str, PaperFormat, Vec<u8>)| {
        let start = taken().unwrap();
        import(*format, "a", bytes).unwrap();
        taken().unwrap() - start
    };
    let longer: usize = std::env::var("GROWTH").ok().and_then(|times| times.parse().ok()).unwrap_or(1);
    let (short, long) = (papers(500 * longer), papers(2_000 * longer));
    let mut suspects = Vec::new();
    for (short, long) in short.iter().zip(&long) {
        let growth = || once(long).as_secs_f64() / once(short).as_secs_f64().max(0.004);
        // Several chances, for a neighbour may spoil one.
        let all: Vec<f64> = (0..4)
            .map(|_| growth())
            .scan(true, |go, found| std::mem::replace(go, found >= MOST).then_some(found))
            .collect();
        if longer > 1 {
            eprintln!("{} of {:?}: {all:.1?}", long.0, long.1);
        }
        if all.iter().all(|found| *found >= MOST) {
            suspects.push(format!("{} of {:?}: {all:.1?}", long.0, long.1));
        }
    }
    assert_eq!(suspects, Vec::<String>::new());
}
