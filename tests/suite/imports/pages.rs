//! Pages of the web: a manual of the government, a council's page, and what WordPress writes.

use clausebook::import::{PaperFormat, import, import_with};

use super::{abouts, clauses_of, imported, missing};

fn page(main: &str) -> String {
    format!(
        "<!doctype html><html><head><title>Letting manual - Town</title><style>p {{}}</style></head><body>\
         <header><nav>Home News</nav></header>{main}<footer>Town Hall</footer></body></html>"
    )
}

#[test]
fn a_manual_of_the_government_keeps_its_numbers_and_notes() {
    let made = imported(
        PaperFormat::Html,
        page(
            "<main><h1>Letting manual</h1><nav>Contents</nav><h2 id=\"scope\">1. Scope</h2>\
             <p id=\"p11\">1.1 This is for halls.<sup id=\"fnref:1\"><a href=\"#fn:1\">[footnote 1]</a></sup></p>\
             <p>1.2 See <a href=\"#p11\">paragraph 1.1</a> and <a href=\"/other\">another page</a>.</p>\
             <ol class=\"legislative-list\"><li>1.3 A hirer may:<ol type=\"a\"><li>sing;</li><li>dance.</li></ol></li></ol>\
             <table><tr><th>Room</th><th>Fee</th></tr><tr><td rowspan=\"2\">Big</td><td>1</td></tr><tr><td>2</td></tr></table>\
             <div class=\"footnotes\"><ol><li id=\"fn:1\"><p>A note. <a href=\"#fnref:1\">↩</a></p></li></ol></div></main>",
        )
        .as_bytes(),
    );
    assert_eq!(
        clauses_of(&made),
        "1.1 This is for halls.\n1.2 See paragraph 1.1 and another page.\n\
         1.3 A hirer may: / (a) sing; / (b) dance. / Room | Fee / Big | 1 /  | 2\n1.3-a (a) sing;\n1.3-b (b) dance."
    );
    assert!(made.text.contains("halls.[^1]") && made.text.contains("[^1]: A note.\n"), "{}", made.text);
    assert!(made.text.contains("See paragraph [[1.1]]"), "{}", made.text);
    assert_eq!(abouts(&made), ["furniture", "link", "table"]);
}

#[test]
fn a_page_of_a_council_is_its_numbered_list() {
    let made = imported(
        PaperFormat::Html,
        page(
            "<div id=\"content\"><div class=\"breadcrumbs\">Home &gt; Byelaws</div><h1>Byelaws</h1><ol><li>No swimming.</li>\
             <li>No fishing, except:<ul><li>by day</li><li>with a permit</li></ul></li><li value=\"5\">No noise.</li></ol>\
             <p>Made in 2008.</p></div>",
        )
        .as_bytes(),
    );
    assert_eq!(
        clauses_of(&made),
        "1 No swimming.\n2 No fishing, except: / • by day / • with a permit\n5 No noise. / Made in 2008."
    );
    assert_eq!(abouts(&made), ["furniture", "gap"]);
}

#[test]
fn an_export_of_wordpress_has_its_article() {
    let made = imported(
        PaperFormat::Html,
        page(
            "<article class=\"post\"><h1 class=\"entry-title\">Club rules</h1><div class=\"entry-content\">\
             <h2 class=\"wp-block-heading\">Rule 1. Quorum</h2><p>Five<sup class=\"fn\"><a href=\"#x1\">1</a></sup> members.<br>No fewer.</p>\
             <h2>Rule 2. Chair</h2><figure><img src=\"c.png\" alt=\"The chair\"><figcaption>Our chair</figcaption></figure>\
             <p>See rule 1.</p><ol class=\"wp-block-footnotes\"><li id=\"x1\">Six in summer. <a href=\"#x1-link\">↩︎</a></li></ol></div>\
             <div class=\"sharedaddy\">Share this</div></article>",
        )
        .as_bytes(),
    );
    assert_eq!(clauses_of(&made), "1 Quorum. Five members. No fewer.\n2 Chair. Our chair / See rule 1.");
    assert!(made.text.contains("unit = \"rule\"") && made.text.contains("See rule [[1]]."), "{}", made.text);
    assert!(made.text.contains("Five[^1] members") && made.text.contains("[^1]: Six in summer."), "{}", made.text);
    assert_eq!(abouts(&made), ["furniture", "picture", "reference"]);
}

#[test]
fn markdown_of_another_program_comes_in() {
    let made = imported(
        PaperFormat::Markdown,
        b"---\ntitle: Byelaws\nlayout: page\n---\n\n# Byelaws\n\n## 1\\. Scope\n\n**1.1** See section 1.2.\n\n1.2 A person may\n\
          (a) fish;\n(b) sit.\n\n1.3 Text.[^n]\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n[^n]: The note.\n",
    );
    assert_eq!(
        clauses_of(&made),
        "1.1 See section 1.2.\n1.2 A person may / (a) fish; / (b) sit.\n1.2-a (a) fish;\n1.2-b (b) sit.\n1.3 Text. / a | b / 1 | 2"
    );
    assert_eq!(abouts(&made), ["left", "reference", "table"]);
}

#[test]
fn items_without_words_are_left_out() {
    // Found by the fuzzer: under a paragraph they are no items, and a hyphen there makes a heading of it.
    for (format, text) in [
        (PaperFormat::Markdown, "1. a\n   - b\n     1. -\n"),
        (PaperFormat::Markdown, "- a\n  - b\n    -\n    - c\n"),
        (PaperFormat::Html, "<ul><li>a<ol><li>b<ol><li></li><li><ul><li></li></ul></li></ol></li></ol></li></ul>"),
    ] {
        let made = imported(format, text.as_bytes());
        assert_eq!(clauses_of(&made), "", "{text}\n{}", made.text);
        assert!(!made.text.lines().any(|line| matches!(line.trim(), "-" | "1.")), "{text}\n{}", made.text);
    }
}

#[test]
fn pictures_in_the_folder_of_a_page_come_along() {
    let png = b"\x89PNG\r\n\x1a\nrest".as_slice();
    let beside = |path: &str| match path {
        "page_files/hall 1.png" => Some(png.to_vec()),
        "page_files/hall.svg" => Some(b"<svg onload=\"alert(1)\"/>".to_vec()),
        _ => None,
    };
    let main = "<main><h1>Rules</h1><p>1.1 The hall: <img src=\"page_files/hall%201.png?v=2\" alt=\"The  hall\"> here.</p>\
                <p>1.2 Again <img src=\"./page_files/hall 1.png\" alt=\"\"> <img src=\"data:image/gif;base64,R0lGODlhAQ==\" alt=\"Dot\"></p>\
                <p>1.3 Gone <img src=\"https://example.org/a.png\" alt=\"one\"><img src=\"../page_files/hall 1.png\" alt=\"two\">\
                <img src=\"page_files/hall.svg\" alt=\"three\"><img src=\"/etc/passwd\" alt=\"four\"></p></main>";
    let made = import_with(PaperFormat::Html, "a", main.as_bytes(), &beside).unwrap();
    for part in ["The hall: ![The hall](a-1.png) here.", "1.2 Again ![](a-1.png) ![Dot](a-2.gif)", "1.3 Gone\n"] {
        assert!(made.text.contains(part), "{part}\n{}", made.text);
    }
    assert_eq!(made.pictures.len(), 2);
    let left: Vec<&str> =
        made.report.remarks.iter().filter(|remark| remark.left_out > 0).map(|remark| remark.words.as_str()).collect();
    assert_eq!(left, ["one", "two", "three", "four"]);
    let text = b"# Rules\n\n1.1 The hall: ![The *hall*](<page_files/hall 1.png>) here.\n\n1.2 Gone ![far](https://example.org/a.png).\n";
    let made = import_with(PaperFormat::Markdown, "a", text, &beside).unwrap();
    assert!(made.text.contains("1.1 The hall: ![The hall](a-1.png) here.\n\n1.2 Gone far."), "{}", made.text);
    assert_eq!(made.pictures.len(), 1);
}

#[test]
fn hostile_pages_are_refused_or_harmless() {
    let deep = "<div>".repeat(200_000);
    assert!(import(PaperFormat::Html, "a", deep.as_bytes()).unwrap_err().message.contains("too deep"));
    let made = imported(
        PaperFormat::Html,
        b"<main><h1>T</h1><p>Text <a href=\"javascript:alert(1)\">one</a> <img src=x onerror=alert(1)> &lt;script&gt;x&lt;/script&gt;</p></main>",
    );
    assert!(!made.text.contains("javascript:") && made.text.contains("\\<script>"), "{}", made.text);
    assert_eq!(clauses_of(&made), "");
}

#[test]
fn notes_of_pages_are_found_by_what_leads_to_them_and_back() {
    let words = "<p>1.1 A hall@1 has a roof.</p><p>1.2 A field@2 has a hedge@3.</p>";
    let with = |marks: [&str; 3], notes: &str| {
        let words =
            marks.iter().zip(1..).fold(words.to_owned(), |words, (mark, n)| words.replace(&format!("@{n}"), mark));
        format!("<main><h1>Rules</h1>{words}{notes}</main>")
    };
    let link = |id: &str, n: u32, words: &str| format!("<a id=\"back{n}\" href=\"#{id}{n}\">{words}</a>");
    let sup = |id: &str| [1, 2, 3].map(|n| format!("<sup>{}</sup>", link(id, n, &n.to_string())));
    let cases: Vec<(&str, String)> = vec![
        ("a list under a heading", {
            let marks = sup("fn");
            with(
                marks.each_ref().map(String::as_str),
                "<h2>Notes</h2><ol><li id=\"fn1\">One.</li><li id=\"fn2\">Two.</li><li id=\"fn3\">Three.</li></ol>",
            )
        }),
        ("paragraphs with figures in brackets", {
            let marks = [1, 2, 3].map(|n| link("fn", n, &format!("[{n}]")));
            with(
                marks.each_ref().map(String::as_str),
                "<hr><p id=\"fn1\">[1] One.</p><p id=\"fn2\">[2] Two.</p><p id=\"fn3\">[3] Three.</p>",
            )
        }),
        ("as a writer on the web exports them", {
            let marks = [1, 2, 3].map(|n| format!("<sup><a href=\"#ftnt{n}\" id=\"ftnt_ref{n}\">[{n}]</a></sup>"));
            let notes = [(1, "One."), (2, "Two."), (3, "Three.")].map(|(n, words)| {
                format!("<div><p><a href=\"#ftnt_ref{n}\" id=\"ftnt{n}\">[{n}]</a><span>&nbsp;{words}</span></p></div>")
            });
            with(marks.each_ref().map(String::as_str), &format!("<hr>{}", notes.concat()))
        }),
        ("as an office program exports them", {
            let marks = [1, 2, 3].map(|n| format!("<a href=\"#_ftn{n}\" name=\"_ftnref{n}\"><span>[{n}]</span></a>"));
            let notes = [(1, "One."), (2, "Two."), (3, "Three.")].map(|(n, words)| {
                format!("<div id=\"ftn{n}\"><p><a href=\"#_ftnref{n}\" name=\"_ftn{n}\"><span>[{n}]</span></a> {words}</p></div>")
            });
            with(marks.each_ref().map(String::as_str), &notes.concat())
        }),
        ("with ids that say nothing", {
            let marks = [1, 2, 3].map(|n| {
                format!("<span id=\"from-{n}\"></span><span><a href=\"#to-{n}\" title=\"x\"><sup>{n}</sup></a></span>")
            });
            let notes = [(1, "One."), (2, "Two."), (3, "Three.")]
                .map(|(n, words)| format!("<li><span id=\"to-{n}\"></span>{words}<a href=\"#from-{n}\">up</a></li>"));
            with(marks.each_ref().map(String::as_str), &format!("<h3>Sources</h3><ol>{}</ol>", notes.concat()))
        }),
        (
            "without a link",
            with(
                ["<sup>1</sup>", "<sup>2</sup>", "<sup>3</sup>"],
                "<h2>Footnotes</h2><ol><li>One.</li><li>Two.</li><li>Three.</li></ol>",
            ),
        ),
        ("in words alone", with(["[1]", "[2]", " [3]"], "<p>[1] One.</p><p>[2] Two.</p><p>[3] Three.</p>")),
    ];
    for (name, page) in cases {
        let made = imported(PaperFormat::Html, page.as_bytes());
        let body = made.text.splitn(3, "+++").nth(2).unwrap().replace("\n## Sources\n", "");
        assert_eq!(
            body.trim(),
            "1.1 A hall[^1] has a roof.\n\n1.2 A field[^2] has a hedge[^3].\n\n[^1]: One.\n\n[^2]: Two.\n\n[^3]: Three.",
            "{name}\n{}",
            made.report.for_people()
        );
    }
    // Several marks in one place are each their own; what only leads down the page is no note.
    let page = "<main><h1>Rules</h1><p><a href=\"#one\">1</a> <a href=\"#two\">2</a></p><p>1.1 A hall<sup><a href=\"#fn1\">1</a>, \
                <a href=\"#fn2\">2</a></sup>.</p><p id=\"one\">1.2 One.</p><p id=\"two\">1.3 Two.</p><p id=\"fn1\">A note.</p><p id=\"fn2\">Another.</p></main>";
    let made = imported(PaperFormat::Html, page.as_bytes());
    assert!(made.text.contains("A hall[^1], [^2]."), "{}", made.text);
    assert_eq!(clauses_of(&made), "1.1 A hall, .\n1.2 One.\n1.3 Two.");
}

#[test]
fn numbers_in_elements_of_their_own_are_read() {
    for page in [
        "<p><span class=\"number\">1.1</span>A hall has a roof.</p><p><span class=\"para-number\">1.2</span> A field:</p>\
         <p><span class=\"num\">(a)</span>has a hedge.</p>",
        "<dl><dt>1.1</dt><dd>A hall has a roof.</dd><dt>1.2</dt><dd>A field:</dd><dt>(a)</dt><dd>has a hedge.</dd></dl>",
        "<div class=\"no\">1.1</div><div>A hall has a roof.</div><div class=\"no\">1.2</div><div>A field:</div><div class=\"no\">(a)</div>\
         <div>has a hedge.</div>",
        "<p>1.1</p><p>A hall has a roof.</p><p>1.2</p><p>A field:</p><p>(a)</p><p>has a hedge.</p>",
    ] {
        let made = imported(PaperFormat::Html, format!("<main><h1>Rules</h1>{page}</main>").as_bytes());
        assert_eq!(
            clauses_of(&made),
            "1.1 A hall has a roof.\n1.2 A field: / (a) has a hedge.\n1.2-a (a) has a hedge.",
            "{page}\n{}",
            made.text
        );
    }
    let page = "<main><h1>Rules</h1><dl><dt>1</dt><dd>A hall has a roof.</dd><dt>2</dt><dd>A field has none.</dd><dt>3</dt><dd>The end.</dd>\
                </dl></main>";
    assert_eq!(
        clauses_of(&imported(PaperFormat::Html, page.as_bytes())),
        "1 A hall has a roof.\n2 A field has none.\n3 The end."
    );
    // A word that is explained is none.
    let page =
        "<main><h1>Rules</h1><p>1.1 First.</p><p>1.2 Words:</p><dl><dt>Hall</dt><dd>A big room.</dd></dl></main>";
    let made = imported(PaperFormat::Html, page.as_bytes());
    assert!(made.text.contains("**Hall**\n\nA big room."), "{}", made.text);
}

#[test]
fn no_word_of_a_heading_or_a_form_is_lost_in_silence() {
    let page = "<main><h1>Byelaws</h1><h2><button type=\"button\">Part 1: Grounds</button></h2><p>1.1 No dogs.</p><p>1.2 No fires. \
                <button>Show all</button></p><select><option>Any ground</option></select></main>";
    let made = imported(PaperFormat::Html, page.as_bytes());
    assert!(made.text.contains("## Part 1: Grounds\n"), "{}", made.text);
    let left: Vec<&str> = made.report.remarks.iter().filter(|r| r.left_out > 0).map(|r| r.words.as_str()).collect();
    assert_eq!(left, ["Show all", "Any ground"]);
}

#[test]
fn a_statute_on_the_web_keeps_its_numbers() {
    let page = "<div id=\"content\"><h1>The Halls Regulations</h1><h2><span class=\"PartNo\">PART 1</span><span>Introduction</span></h2>\
                <p><span class=\"P1No\">1.</span><span>\u{2014}(1) These are of the year 2020.</span></p>\
                <p><span class=\"P2No\">(2)</span><span>They begin in May.</span></p><p><span class=\"P1No\">2.</span><span>A hall\
                <a href=\"#f1\">(<span>1</span>)</a> is a room for whoever\u{2014}</span></p><p><span class=\"P3No\">(a)</span><span>asks; and</span></p>\
                <p><span class=\"P3No\">(b)</span><span>pays under regulation 1(2).</span></p><p><span class=\"P1No\">3.</span>The end.</p>\
                <div class=\"Footnotes\"><div id=\"f1\"><p>(1)</p><p>A field is none.</p></div></div></div>";
    let made = imported(PaperFormat::Html, page.as_bytes());
    assert_eq!(
        clauses_of(&made),
        "1 (1) These are of the year 2020. / (2) They begin in May.\n1-1 (1) These are of the year 2020.\n1-2 (2) They begin in May.\n\
         2 A hall is a room for whoever\u{2014} / (a) asks; and / (b) pays under regulation 1(2).\n2-a (a) asks; and\n\
         2-b (b) pays under regulation 1(2).\n3 The end.",
        "{}",
        made.text
    );
    for part in ["## PART 1 Introduction\n", "A hall[^1] is", "[^1]: A field is none.\n"] {
        assert!(made.text.contains(part), "{part}\n{}", made.text);
    }
}

#[test]
fn an_export_of_a_document_on_the_web_has_no_comments() {
    let page = "<body><p class=\"c3 title\"><span>Volunteer policy</span></p><h1>1. Scope</h1><p>1.1 All<sup><a href=\"#cmnt1\" \
                id=\"cmnt_ref1\">[a]</a></sup> help: see <a href=\"https://www.google.com/url?q=https://example.org/a%3Fb&amp;sa=D\">this</a>.</p>\
                <p>1.2 The end.</p><div><p><a href=\"#cmnt_ref1\" id=\"cmnt1\">[a]</a><span>Is this right?</span></p></div></body>";
    let made = imported(PaperFormat::Html, page.as_bytes());
    assert!(made.text.starts_with("+++\ntitle = \"Volunteer policy\"\n"), "{}", made.text);
    assert!(made.text.contains("1.1 All help: see [this](https://example.org/a?b)."), "{}", made.text);
    assert!(!made.text.contains("right?") && abouts(&made).contains(&"comment".to_owned()), "{}", made.text);
}

#[test]
fn cells_beyond_the_head_of_a_table_stay() {
    let text = b"# Rules\n\n1.1 First.\n\n1.2 Fees:\n\n| Hall | Fee |\n| --- | --- |\n| Big | `a|b` | more |\n| Small \\| old | 2 |\n";
    let made = imported(PaperFormat::Markdown, text);
    assert!(missing("Big a b more Small old 2", &made.text).is_empty(), "{}", made.text);
    assert!(made.report.for_people().contains("rows of the table differ in length"));
}

#[test]
fn escaped_signs_are_words() {
    // Both found by the fuzzer.
    for text in [
        "1.1 A.\n\n1.2 B.\n\n1) {#a\n\n1) {#a} words\n",
        "1.1 A.\n\n1.2 {#a} words\n\n| a | b |\n|--|--|\n| 1 | `x|y` 1*`x|y` 1*`x|y` 1 |\n",
    ] {
        for format in [PaperFormat::Markdown, PaperFormat::Text] {
            clauses_of(&imported(format, text.as_bytes()));
        }
    }
}

#[test]
fn what_is_within_an_item_stays_within_it() {
    let text = b"# Sheet\n\n1. One:\n   - a ring\n   - a key\n\n   It is paid in May.\n2. Two.\n";
    let made = imported(PaperFormat::Markdown, text);
    assert!(
        made.text.ends_with("1. One:\n   - a ring\n   - a key\n\n   It is paid in May.\n\n2. Two.\n"),
        "{}",
        made.text
    );
}

#[test]
fn headings_whose_numbers_have_no_space_behind_them_are_numbered() {
    let page = "<html><head><title>Handbook</title></head><body><h1>1Scope</h1><p>For all.</p><h2>1.1Who</h2><p>Everyone: see section 1.2.</p>\
                <h2>1.2How</h2><p>By hand.</p><h1>2Money</h1><p>None.</p></body></html>";
    let made = imported(PaperFormat::Html, page.as_bytes());
    assert!(made.text.starts_with("+++\ntitle = \"Handbook\"\n"), "{}", made.text);
    assert_eq!(
        clauses_of(&made),
        "1 Scope. For all.\n1.1 Who. Everyone: see section 1.2.\n1.2 How. By hand.\n2 Money. None.",
        "{}",
        made.text
    );
    // A word that begins with a figure is one.
    let page = "<main><h1>Rules</h1><h2>3D models</h2><p>1.1 First.</p><p>1.2 Second.</p><h2>4Ward House</h2><p>1.3 Third.</p></main>";
    let made = imported(PaperFormat::Html, page.as_bytes());
    assert!(made.text.contains("## 3D models\n") && made.text.contains("## 4Ward House\n"), "{}", made.text);
}

#[test]
fn the_caption_of_a_table_is_above_it() {
    let table = "<table><caption>Sizes of plots</caption><thead><tr><th>Size</th><th>Rent</th></tr></thead>\
                 <tbody><tr><td>Half</td><td>£40</td></tr><tr><td>Full</td><td>£75</td></tr></tbody></table>";
    for page in [
        format!("<main><h1>Rules</h1><p>1.1 One.</p>{table}<p>1.2 Two.</p></main>"),
        format!("# Rules\n\n1.1 One.\n\n{table}\n\n1.2 Two.\n"),
    ] {
        let format = if page.starts_with('#') { PaperFormat::Markdown } else { PaperFormat::Html };
        let made = imported(format, page.as_bytes());
        let expected = "Sizes of plots\n\n| Size | Rent |\n| --- | --- |\n| Half | £40 |\n| Full | £75 |\n";
        assert!(made.text.contains(expected), "{}", made.text);
        assert!(!made.report.for_people().contains("differ in length"), "{}", made.report.for_people());
    }
}

#[test]
fn a_list_of_contents_of_a_page_is_left_out() {
    let body =
        "<h2 id=\"a\">1. Plots</h2><p>1.1 A plot is let.</p><h2 id=\"b\">2. Sheds</h2><p>2.1 A shed is small.</p>";
    let items = "<li><a href=\"#a\">1. Plots</a></li><li><a href=\"#b\">2. Sheds</a></li>";
    for contents in [
        format!("<h2>Contents</h2><ul>{items}</ul>"),
        format!("<p><strong>On this page:</strong></p><ol>{items}</ol>"),
        format!("<ul>{items}</ul>"),
    ] {
        let made = imported(PaperFormat::Html, format!("<main><h1>Rules</h1>{contents}{body}</main>").as_bytes());
        assert_eq!(clauses_of(&made), "1.1 A plot is let.\n2.1 A shed is small.", "{}", made.text);
        assert_eq!(made.text.matches("Sheds").count(), 1, "{}", made.text);
        assert!(made.report.for_people().contains("a list of contents is left out"), "{}", made.report.for_people());
    }
    let text = "# Rules\n\n## Contents\n\n- [Plots](#plots)\n  - [Sheds](#sheds)\n\n## Plots\n\n1.1 A plot is let.\n\n## Sheds\n\n2.1 A shed is small.\n";
    let made = imported(PaperFormat::Markdown, text.as_bytes());
    assert!(!made.text.contains("Contents") && made.text.matches("Sheds").count() == 1, "{}", made.text);
    // Links that say something of their own stay.
    let links = "<ul><li><a href=\"#a\">How a plot is let</a></li><li><a href=\"#b\">How large a shed is</a></li></ul>";
    let made = imported(PaperFormat::Html, page(&format!("<h1>Rules</h1><p>See:</p>{links}{body}")).as_bytes());
    assert!(made.text.contains("How large a shed is"), "{}", made.text);
}
