//! Pages of the web: a manual of the government, a council's page, and what WordPress writes.

use clausebook::import::{PaperFormat, import, import_with};

use super::{abouts, clauses_of, imported};

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
    assert_eq!(abouts(&made), ["left", "reference"]);
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
