//! The data files are a contract: their fields and types are those of the manual.

use std::io::Read as _;

use clausebook::output::{Artefact, Output};
use scraper::{Html, Selector};
use serde_json::{Value, json};

use crate::links::broken_links;
use crate::site::{Built, SETTINGS, TestSite};

fn site() -> TestSite {
    TestSite::new()
        .paper_with(
            "a",
            "short = \"Paper A\"\nkind = \"guidance\"\nissuer = \"The Department\"\npublished = \"2008-04\"\nstatus = \"draft\"\noutcomes = \"stay-safe\"",
            "## Head\n\n### Deeper\n\n1.1 Text *in* `code`.[^4] {#opening}\n\n- (a) See [[b#1]] and [[ca2004 s 10(1)]].\n\n1.2 See [[1.1]] and [[1.1(a)]].\n\n[^4]: A note, [[plan]] and [[b]].",
        )
        .paper_with("b", "numbering = \"auto\"", "Counted, see [[a#1.1-1.2]].")
        .file("packs/p.md", "+++\ntitle = \"P\"\nkind = \"pack\"\n+++\n\n![[a#1.1]]\n")
        .file("glossary.md", "+++\ntitle = \"Words\"\n+++\n\nword\n: meaning\n")
}

fn built() -> Built {
    site().build().clean()
}

/// Fails unless a row has these fields, and each is of the kind that is said: `?` may be null.
fn has(row: &Value, fields: &[(&str, &str)]) {
    for (field, kind) in fields {
        let value = row.get(field).unwrap_or_else(|| panic!("{row} has no {field}"));
        let (kind, optional) = (kind.trim_end_matches('?'), kind.ends_with('?'));
        let fits = match kind {
            "text" => value.is_string(),
            "texts" => value.as_array().is_some_and(|items| items.iter().all(Value::is_string)),
            "rows" => value.as_array().is_some_and(|items| items.iter().all(Value::is_object)),
            "count" => value.is_u64(),
            _ => unreachable!(),
        };
        assert!(fits || optional && value.is_null(), "{field} of {row}");
    }
}

#[test]
fn the_clauses_have_the_fields_that_are_promised() {
    let built = built();
    let rows = built.json("data/clauses.json");
    for row in rows.as_array().unwrap() {
        has(
            row,
            &[
                ("document", "text"),
                ("number", "text"),
                ("label", "text?"),
                ("url", "text"),
                ("heading", "texts"),
                ("terms", "texts"),
                ("text", "text"),
                ("references", "rows"),
                ("referred_by", "texts"),
                ("citations", "rows"),
                ("notes", "texts"),
                ("notes_by_editor", "texts"),
            ],
        );
        row["references"].as_array().unwrap().iter().for_each(|reference| has(reference, &[("to", "text")]));
        for citation in row["citations"].as_array().unwrap() {
            has(citation, &[("authority", "text"), ("pinpoint", "text?"), ("url", "text?")]);
        }
    }
    let row = built.clause("a", "1.1");
    assert_eq!(row["label"], "opening");
    assert_eq!(row["heading"], json!(["Head", "Deeper"]));
    assert_eq!(row["terms"], json!(["stay-safe"]));
    assert_eq!(row["text"], "Text in code.\n(a) See b, paragraph 1 and Children Act 2004, s 10(1).");
    assert_eq!(row["notes"], json!(["4"]));
    let to: Vec<&Value> = row["references"].as_array().unwrap().iter().map(|reference| &reference["to"]).collect();
    assert_eq!(to, ["b.html#para-1", "b.html"]);
    assert_eq!(row["referred_by"], json!(["a.html#1.2", "b.html#para-1", "packs/p.html"]));
    assert_eq!(
        row["citations"]
            .as_array()
            .unwrap()
            .iter()
            .map(|c| (c["authority"].as_str().unwrap(), c["pinpoint"].clone()))
            .collect::<Vec<_>>(),
        [("ca2004", json!("s 10(1)")), ("plan", json!(null))]
    );
    assert_eq!(built.clause("b", "1")["url"], "b.html#para-1");
}

#[test]
fn the_text_of_a_clause_is_its_own_words_on_lines_and_editors_notes_have_a_field_of_their_own() {
    let body = "1.1 Members may:[^n]\n\n- (a) speak, or\n\n  > [!NOTE]\n  > Editor's note: on (a).\n\n- (b) vote:\n  - (i) once\n- plain\n\n  1. first\n  2. second\n\n     - inner\n\n- [x] done\n\n\
        | Body | Seats |\n| --- | --- |\n| Police | 2 |\n|  | 3 |\n\nSecond paragraph,\\\nwith a break.\n\n> [!WARNING]\n> Mind.\n\n> [!NOTE]\n> Editor's note: see [[a]].\n>\n> - An item.\n\nLast.\n\n[^n]: A note.";
    let built = TestSite::new().paper("a", body).build().clean();
    let row = built.clause("a", "1.1");
    let lines: Vec<&str> = row["text"].as_str().unwrap().lines().collect();
    assert_eq!(
        lines,
        [
            "Members may:",
            "(a) speak, or",
            "(b) vote:",
            "(i) once",
            "• plain",
            "1. first",
            "2. second",
            "– inner",
            "☑ done",
            "Body | Seats",
            "Police | 2",
            " | 3",
            "Second paragraph,",
            "with a break.",
            "Warning: Mind.",
            "Last.",
        ]
    );
    assert_eq!(row["notes_by_editor"], json!(["Editor’s note: on (a).", "Editor’s note: see a.\n• An item."]));
    assert_eq!(row["notes"], json!(["n"]));
    // A sub-clause has the note that is in it, and no other.
    let part = built.clause("a", "1.1(a)");
    assert_eq!(
        (&part["text"], &part["notes_by_editor"]),
        (&json!("(a) speak, or"), &json!(["Editor’s note: on (a)."]))
    );
    assert_eq!(built.clause("a", "1.1(b)")["notes_by_editor"], json!([]));
    // What describes the page to others is the clause's own words, too.
    let note_first = "1.1 One.\n\n> [!NOTE]\n> Not mine.\n\n1.2 See [[1.1]].";
    let built = TestSite::new().paper("a", note_first).paper("b", "1.1 See [[a#1.1]].").build().clean();
    assert_eq!(built.find("a/1.1.html", "meta[name=description][content='One.']").len(), 1);
    assert_eq!(built.excerpts("a.html")[1][3], "One.");
}

#[test]
fn words_that_are_struck_out_are_not_among_a_clauses_own_words() {
    let body = "1.1 The board must ~~not *ever*~~ meet ~~twice~~, says [[a]].\n\n- (a) ~~Old~~ new\n\n1.2 See [[1.1]].";
    let built = TestSite::new().paper("a", body).paper("b", "1.1 See [[a#1.1]].").build().clean();
    assert_eq!(built.clause("a", "1.1")["text"], "The board must meet, says a.\n(a) new");
    assert_eq!(built.clause("a", "1.1(a)")["text"], "(a) new");
    assert!(built.text("a.html").contains("<del>twice</del>"));
    assert!(built.text("a/1.1.html").contains("The board must meet, says a."), "{}", built.text("a/1.1.html"));
    let files = built.output.as_ref().unwrap().iter().filter(|(path, _)| path.as_str().starts_with("search/"));
    let search: String =
        files.filter_map(|(_, file)| Some(String::from_utf8_lossy(file.bytes()?).into_owned())).collect();
    assert!(search.contains("The board must meet, says a.") && !search.contains("twice"), "{search}");
}

#[test]
fn a_marker_of_a_box_that_makes_none_is_reported() {
    let codes = |body: &str| TestSite::new().paper("a", body).build().codes();
    for body in [
        "1.1 One.\n\n> [!NOTE]Editor's note\n> No.",
        "1.1 > [!NOTE]\n> No.",
        "1.1 One.\n\n[!note]\nNo.",
        "1.1 One.\n\n> Words.\n> [!NOTE]\n> No.",
        "1.1 One.\n\n- [!WARNING] No.",
    ] {
        assert_eq!(codes(body), ["misplaced-box"], "{body}");
    }
    for body in [
        "1.1 One.\n\n> [!NOTE]\n> Yes.",
        "1.1 One.\n\n> [!NOTE] Editor's note\n> Yes.",
        "1.1 Write `[!NOTE]` or \\[!NOTE].",
        "1.1 One [!thing] or [note].",
    ] {
        assert_eq!(codes(body), [""; 0], "{body}");
    }
    let said = TestSite::new().paper("a", "1.1 One.\n\n> [!NOTE]Title\n> No.").build().short();
    assert!(said.contains(":3: warning[misplaced-box]: `[!NOTE]` makes no box here"), "{said}");
}

#[test]
fn the_documents_have_the_fields_that_are_promised() {
    let built = built();
    let rows = built.json("data/documents.json");
    let rows = rows.as_array().unwrap();
    for row in rows {
        has(
            row,
            &[
                ("id", "text"),
                ("title", "text"),
                ("short", "text"),
                ("kind", "text?"),
                ("issuer", "text?"),
                ("published", "text?"),
                ("status", "text?"),
                ("url", "text"),
                ("terms", "texts"),
                ("clauses", "count"),
            ],
        );
    }
    // Neither the home page nor the glossary is a document.
    assert_eq!(rows.iter().map(|row| row["id"].as_str().unwrap()).collect::<Vec<_>>(), ["a", "b", "p"]);
    assert_eq!(
        rows[0],
        json!({
            "id": "a", "title": "a", "short": "Paper A", "kind": "guidance", "issuer": "The Department", "published": "2008-04", "status": "draft",
            "url": "a.html", "terms": ["stay-safe"], "clauses": 2,
        })
    );
}

#[test]
fn the_authorities_have_the_fields_that_are_promised() {
    let built = built();
    for row in built.json("data/authorities.json").as_array().unwrap() {
        has(row, &[("key", "text"), ("title", "text"), ("kind", "text"), ("url", "text?"), ("cited", "rows")]);
        for cited in row["cited"].as_array().unwrap() {
            has(cited, &[("pinpoint", "text?"), ("url", "text?"), ("clauses", "texts")]);
        }
    }
}

/// The addresses in the data files: how many there are, and those that lead to no page or to no id of it.
pub fn lost_addresses(output: &Output) -> (usize, Vec<String>) {
    let json =
        |path: &str| -> Value { serde_json::from_slice(output.get(path).and_then(Artefact::bytes).unwrap()).unwrap() };
    let items = |value: &Value| value.as_array().unwrap().clone();
    let mut urls = Vec::new();
    for row in items(&json("data/clauses.json")) {
        urls.push(row["url"].clone());
        urls.extend(items(&row["references"]).iter().map(|reference| reference["to"].clone()));
        urls.extend(items(&row["referred_by"]));
    }
    urls.extend(items(&json("data/documents.json")).iter().map(|row| row["url"].clone()));
    for row in items(&json("data/authorities.json")) {
        urls.extend(items(&row["cited"]).iter().flat_map(|cited| items(&cited["clauses"])));
    }
    let ids = json("data/ids.json");
    let lands = |url: &str| {
        let (page, id) = url.split_once('#').unwrap_or((url, ""));
        ids[page].as_array().is_some_and(|ids| id.is_empty() || ids.contains(&json!(id)))
    };
    let lost = urls.iter().map(|url| url.as_str().unwrap().to_owned()).filter(|url| !lands(url));
    (urls.len(), lost.collect())
}

#[test]
fn every_address_in_the_data_lands() {
    let (all, lost) = lost_addresses(built().output.as_ref().unwrap());
    assert!(all > 10);
    assert_eq!(lost, Vec::<String>::new());
}

#[test]
fn the_data_files_are_one_row_a_line() {
    let built = built();
    for file in ["data/clauses.json", "data/documents.json", "data/authorities.json", "data/ids.json"] {
        let text = built.text(file);
        let value: Value = serde_json::from_str(&text).unwrap();
        let rows = value.as_array().map(Vec::len).or(value.as_object().map(serde_json::Map::len)).unwrap();
        assert_eq!(text.lines().count(), rows + 2, "{file}");
    }
    let empty = TestSite::empty().file("site.toml", "title = \"Bare\"\n").build();
    assert_eq!(empty.json("data/clauses.json"), json!([]));
}

#[test]
fn a_copy_says_which_edition_it_is() {
    let site = TestSite::new().paper("a", "1.1 The board meets four times a year in the hall.\n\n1.2 Two.");
    let built = site.build().clean();
    let edition = built.json("data/edition.json");
    let generator = concat!("clausebook ", env!("CARGO_PKG_VERSION"));
    assert_eq!(
        edition,
        json!({
            "base_url": null, "clauses": 2, "documents": 1, "edition": null, "feed": null, "generator": generator,
            "host": null, "published": null, "site": "Site",
        })
    );
    let theme = "name = \"Town library\"\nhost = \"The town\"\n";
    let site = site.published().edit("a.md", "four times", "six times").published().file("theme/theme.toml", theme);
    let site = site.base_url("https://example.org/t/");
    let built = site.build().clean();
    assert_eq!(
        built.json("data/edition.json"),
        json!({
            "base_url": "https://example.org/t/", "clauses": 2, "documents": 1, "edition": "2, 24\u{a0}November 2026",
            "feed": "https://example.org/t/feed.xml", "generator": generator, "host": "The town",
            "published": {
                "date": "2026-11-24", "name": "2", "note": "Words changed.", "url": "changes.html#edition-2",
            },
            "site": "Town library",
        })
    );
    assert!(built.words("a.html", "footer").concat().contains("Edition: 2, 24 November 2026."));
    assert!(built.text("feed.xml").contains("<title>Town library, edition 2</title>"));
    // What the settings say wins.
    let settings = format!("edition = \"Spring\"\n{SETTINGS}");
    let built = site.file("site.toml", &settings).build().clean();
    assert_eq!(built.json("data/edition.json")["edition"], "Spring");
    assert_eq!(built.json("data/edition.json")["published"]["name"], "2");
}

#[test]
fn texts_are_compressed_beside_themselves_if_that_is_asked_for() {
    let long = format!("1.1 {}", "The board meets four times a year. ".repeat(40));
    let site = TestSite::new().base_url("https://example.org/").paper("a", &long);
    let site = site.file("theme/logo.svg", &format!("<svg>{}</svg>", "<g/>".repeat(400)));
    let plain = site.build().clean();
    let settings = format!("compress = [\"br\", \"gz\"]\n{SETTINGS}");
    let built = site.file("site.toml", &settings).build().clean();
    let names = |built: &Built| -> Vec<String> {
        built.output.as_ref().unwrap().iter().map(|(path, _)| path.to_string()).collect()
    };
    let mut twins = 0;
    for path in names(&plain) {
        let text = built.text(&path).into_bytes();
        let twin = |ending: &str| {
            let file = built.output.as_ref().unwrap().get(&format!("{path}.{ending}"));
            file.map(|file| file.bytes().unwrap().to_vec())
        };
        let small = text.len() < 1024;
        assert_eq!((twin("gz").is_none(), twin("br").is_none()), (small, small), "{path}");
        let (Some(gz), Some(br)) = (twin("gz"), twin("br")) else { continue };
        let (mut from_gz, mut from_br) = (Vec::new(), Vec::new());
        flate2::read::GzDecoder::new(&*gz).read_to_end(&mut from_gz).unwrap();
        brotli::Decompressor::new(&*br, 4096).read_to_end(&mut from_br).unwrap();
        assert!(from_gz == text && from_br == text && gz.len() < text.len() && br.len() < text.len(), "{path}");
        // No day is in it.
        assert_eq!(gz[4..8], [0; 4], "{path}");
        twins += 1;
    }
    assert!(twins > 8, "{twins}");
    assert_eq!(names(&built).len(), names(&plain).len() + 2 * twins);
    // They are no pages, and no page says that they are there.
    assert_eq!(built.text("sitemap.xml"), plain.text("sitemap.xml"));
    assert_eq!(built.json("data/ids.json"), plain.json("data/ids.json"));
    // A file of the site under such a name is not replaced.
    let clash = TestSite::new()
        .paper("a", &format!("{long} See [the file](a.html.gz)."))
        .file("a.html.gz", "mine")
        .file("site.toml", &settings);
    assert_eq!(clash.build().codes(), ["path-clash"]);
    let wrong = TestSite::new().file("site.toml", &format!("compress = [\"zip\"]\n{SETTINGS}")).build();
    assert_eq!(wrong.codes(), ["invalid-value"]);
}

/// Whether a text is well-formed XML of the simple kind that is written here: tags that match, attributes in quotation
/// marks, no stray `<` or `&`, no character that XML 1.0 does not allow.
pub fn well_formed(xml: &str) -> Result<(), String> {
    let allowed =
        |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    if let Some(bad) = xml.chars().find(|c| !allowed(*c)) {
        return Err(format!("{bad:?} is not allowed"));
    }
    let mut rest = xml.strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n").ok_or("no declaration")?;
    for (at, _) in rest.match_indices('&') {
        let entity = rest[at..].split_once(';').map(|(entity, _)| entity).unwrap_or_default();
        if !["&amp", "&lt", "&gt", "&quot", "&apos"].contains(&entity) {
            return Err(format!("a stray & at {}", &rest[at..]));
        }
    }
    let mut open: Vec<&str> = Vec::new();
    while let Some((text, after)) = rest.split_once('<') {
        if open.is_empty() && !text.trim().is_empty() {
            return Err(format!("text outside: {text}"));
        }
        let (tag, after) = after.split_once('>').ok_or("a tag that does not end")?;
        rest = after;
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap();
        if tag.contains('<') || tag.matches('"').count() % 2 == 1 || name.is_empty() {
            return Err(format!("a broken tag: {tag}"));
        }
        if tag.starts_with('/') {
            let opened = open.pop();
            if opened != Some(name) {
                return Err(format!("</{name}> ends {opened:?}"));
            }
        } else if !tag.ends_with('/') {
            open.push(name);
        }
    }
    if open.is_empty() && rest.trim().is_empty() { Ok(()) } else { Err(format!("{open:?} not ended")) }
}

#[test]
fn a_broken_file_of_xml_would_be_found() {
    let file = |body: &str| format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{body}");
    assert_eq!(well_formed(&file("<a><b c=\"d\"/>x &amp; y</a>")), Ok(()));
    for bad in
        ["<a>", "<a></b>", "<a>&</a>", "<a>&nbsp;</a>", "<a b=\"c>x</a>", "<a>\u{1}</a>", "x<a></a>", "<a>\u{fffe}</a>"]
    {
        assert!(well_formed(&file(bad)).is_err(), "{bad}");
    }
}

#[test]
fn without_a_base_address_there_is_neither_sitemap_nor_feed() {
    let built = built();
    let output = built.output.as_ref().unwrap();
    assert!(output.get("sitemap.xml").is_none() && output.get("feed.xml").is_none());
    assert_eq!(built.find("index.html", "link[rel=alternate]"), Vec::<String>::new());
}

#[test]
fn the_sitemap_names_every_page_and_the_feed_every_dated_document() {
    let built = site().base_url("https://example.org/a&b/").build().clean();
    let output = built.output.as_ref().unwrap();
    let sitemap = built.text("sitemap.xml");
    assert_eq!(well_formed(&sitemap), Ok(()));
    for (path, _) in output.iter().filter(|(path, _)| path.as_str().ends_with(".html")) {
        let listed = sitemap.contains(&format!("<loc>https://example.org/a&amp;b/{path}</loc>"));
        assert_eq!(listed, !["404.html", "index.html"].contains(&path.as_str()), "{path}");
    }
    assert!(sitemap.contains("<loc>https://example.org/a&amp;b/</loc>"));
    let feed = built.text("feed.xml");
    assert_eq!(well_formed(&feed), Ok(()));
    assert_eq!(feed.matches("<entry>").count(), 1);
    assert!(feed.contains("<id>https://example.org/a&amp;b/a.html</id>"));
    assert!(feed.contains("<updated>2008-04-01T00:00:00Z</updated>"));
    assert_eq!(built.find("a/1.1.html", "link[rel=alternate]").len(), 1);
    assert_eq!(broken_links(output), Vec::<String>::new());
}

#[test]
fn no_title_breaks_the_feed() {
    for title in ["<b> & \\\"'", "]]>", "a\\u0001b", "a\\uFFFEb", "a\\u0085b", "\\u202Eabc", "é 漢 👩‍👧", "&amp;", "<!--"]
    {
        let built = TestSite::new()
            .base_url("https://example.org/")
            .file("site.toml", &format!("title = \"{title}\"\ndescription = \"{title}\"\nhost = \"{title}\"\n"))
            .file(
                "a.md",
                &format!("+++\ntitle = \"{title}\"\nissuer = \"{title}\"\npublished = 2008\n+++\n\n1.1 Text.\n"),
            )
            .build();
        if built.output.is_some() {
            assert_eq!(well_formed(&built.text("feed.xml")), Ok(()), "{title}");
            let bidi =
                built.text("a.html").chars().any(|c| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'));
            assert!(!bidi, "{title} turns the page round");
        } else {
            assert!(built.codes().contains(&"invalid-value"), "{}", built.short());
        }
    }
}

#[test]
fn the_file_of_ids_names_every_id_of_every_page() {
    let built = built();
    let any_id = Selector::parse("[id]").unwrap();
    let ids = built.json("data/ids.json");
    let output = built.output.as_ref().unwrap();
    let pages: Vec<_> = output.iter().filter(|(path, _)| path.as_str().ends_with(".html")).collect();
    assert_eq!(ids.as_object().unwrap().len(), pages.len());
    for (path, _) in pages {
        let page = Html::parse_document(&built.text(path.as_str()));
        let found: Vec<&str> = page.select(&any_id).map(|element| element.attr("id").unwrap()).collect();
        assert_eq!(ids[path.as_str()], json!(found), "{path}");
    }
}

#[test]
fn the_base_address_of_the_settings_is_used_and_checked() {
    let built =
        TestSite::new().file("site.toml", &format!("base-url = \"https://example.org/x\"\n{SETTINGS}")).build().clean();
    assert!(built.text("sitemap.xml").contains("<loc>https://example.org/x/</loc>"));
    for url in [
        "example.org",
        "ftp://example.org/",
        "https://",
        "https://example.org/?q",
        "https://example.org/#x",
        "javascript:x",
        "https://a\\\"b/",
        "//example.org/",
        "https:///x",
    ] {
        let built = TestSite::new().file("site.toml", &format!("base-url = \"{url}\"\n{SETTINGS}")).build();
        assert_eq!(built.codes(), ["invalid-value"], "{url}");
    }
}
