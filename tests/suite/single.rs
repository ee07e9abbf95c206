//! An edition in one page holds all that it shows: its links lead within it or to the web, it loads nothing, and no words of
//! an author or of a theme can make it do more.

use std::collections::BTreeSet;
use std::fs;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use clausebook::source::Hash;
use scraper::{Html, Selector};

use crate::cli::Desk;

fn desk() -> Desk {
    let desk = Desk::new();
    desk.put(
        "site/site.toml",
        "title = \"A site\"\n[kinds]\npack = \"Pack\"\n[[navigation]]\ntitle = \"First\"\nitems = [\"other\", \"paper\"]\n",
    );
    desk.put(
        "site/authorities.toml",
        "[ca2004]\ntitle = \"Children Act 2004\"\nkind = \"act\"\nwork = \"ukpga/2004/31\"\n\n[plan]\ntitle = \"The Plan\"\nkind = \"report\"\n",
    );
    desk.put("site/index.md", "+++\ntitle = \"Home\"\n+++\n\nBegin with [[paper]].\n");
    desk.put("site/glossary.md", "+++\ntitle = \"Words\"\n+++\n\nBoard (LSCB)\n: Those who meet.\n");
    desk.put(
        "site/paper.md",
        "+++\ntitle = \"Paper & co\"\nshort = \"Paper 2008\"\n+++\n\n## Part one\n\n\
         1.1 The Board reads the Children Act 2004, s 10(1).[^a] {#first}\n\n\
         1.2 See [[1.1]], [[other#2.1]], [[other#2.1|that one]] and [a plan](pictures/plan.svg).\n\n\
         ![The plan](pictures/plan.svg)\n\n[^a]: With a note on [[plan]].\n",
    );
    desk.put("site/other.md", "+++\ntitle = \"Other\"\nshort = \"Other 2009\"\n+++\n\n2.1 One:\n\n- (a) first; or\n- (b) second.[^a]\n\n[^a]: Its own.\n");
    desk.put(
        "site/pack.md",
        "+++\ntitle = \"The pack\"\nkind = \"pack\"\n+++\n\n## Aims\n\nRead this:\n\n![[other#2.1]]\n",
    );
    desk.put("site/pictures/plan.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"2\" height=\"2\"/>\n");
    desk
}

/// The page that a command writes.
fn page(desk: &Desk, more: &str) -> String {
    let done = desk.run(&format!("bundle site -o one.html {more}"));
    assert_eq!(done.status, 0, "{more}: {}{}", done.stdout, done.stderr);
    fs::read_to_string(desk.path("one.html")).unwrap()
}

fn all(page: &str, selector: &str, attribute: &str) -> Vec<String> {
    let page = Html::parse_document(page);
    let selector = Selector::parse(selector).unwrap();
    page.select(&selector).filter_map(|element| element.attr(attribute).map(str::to_owned)).collect()
}

fn words(page: &str, selector: &str) -> String {
    let page = Html::parse_document(page);
    let text: String = page.select(&Selector::parse(selector).unwrap()).flat_map(|element| element.text()).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Fails unless a page needs no other file, and all that leads within it lands.
fn stands_alone(page: &str) {
    let ids = all(page, "[id]", "id");
    let known: BTreeSet<&str> = ids.iter().map(String::as_str).collect();
    assert_eq!(known.len(), ids.len(), "an id stands there twice");
    let links = all(page, "a[href]", "href");
    assert!(links.len() > 1);
    for link in links {
        match link.strip_prefix('#') {
            Some(fragment) => assert!(known.contains(fragment), "{link} leads nowhere"),
            None => assert!(["https://", "http://", "mailto:"].iter().any(|scheme| link.starts_with(scheme)), "{link}"),
        }
    }
    for source in all(page, "[src]", "src") {
        assert!(source.starts_with("data:image/"), "{source}");
    }
    assert!(all(page, "link, script[src], iframe, object, embed, base, form", "class").is_empty());
    assert!(!page.contains("javascript:"));
    let policy = all(page, "meta[http-equiv]", "content").remove(0);
    assert!(policy.starts_with("default-src 'none'; "), "{policy}");
    let document = Html::parse_document(page);
    for element in ["script", "style"] {
        let found: Vec<String> =
            document.select(&Selector::parse(element).unwrap()).map(|found| found.text().collect()).collect();
        assert_eq!(found.len(), 1, "{element}");
        let hash = BASE64.encode(Hash::of(found[0].as_bytes()).bytes());
        assert!(policy.contains(&format!("{element}-src 'sha256-{hash}'")), "{element}: {policy}");
    }
}

#[test]
fn the_whole_site_stands_alone_in_the_order_of_its_navigation() {
    let desk = desk();
    let page = page(&desk, "--single");
    stands_alone(&page);
    assert_eq!(all(&page, ".part", "id"), ["other", "paper", "pack", "glossary", "authorities"]);
    assert_eq!(words(&page, "[id='paper--1.1'] .text"), "The Board reads the Children Act 2004, s 10(1).1");
    assert!(all(&page, "[id='paper--first'], [id='paper--note-a'], [id='paper--part-one']", "id").len() == 3);
    let links = all(&page, "[id='paper--1.2'] .text a", "href");
    assert_eq!(links, ["#paper--1.1", "#other--2.1", "#other--2.1"]);
    assert_eq!(
        all(&page, "[id='paper--1.1'] .about a", "href"),
        ["#authorities--ca2004-s-10-1", "#authorities--plan", "#paper--1.2"]
    );
    // Drawn into a pack, a clause and its parts have addresses of their own.
    assert_eq!(all(&page, "#pack .clause", "id"), ["pack--other-2.1"]);
    assert_eq!(all(&page, "#pack .sub", "id"), ["pack--other-2.1-a", "pack--other-2.1-b"]);
    assert_eq!(all(&page, "#other .sub", "id"), ["other--2.1-a", "other--2.1-b"]);
    assert_eq!(all(&page, "h1, h2", "id").len(), 6, "{page}");
}

#[test]
fn the_librarys_own_page_stands_alone() {
    let desk = Desk::new();
    let content = concat!(env!("CARGO_MANIFEST_DIR"), "/content");
    for of in ["--single", "--single=guidance-consultation-2008", "--single=first-day"] {
        let done = desk.run(&format!("bundle {content} -o one.html {of}"));
        assert_eq!(done.status, 0, "{}", done.stderr);
        stands_alone(&fs::read_to_string(desk.path("one.html")).unwrap());
    }
}

#[test]
fn what_is_not_in_the_page_is_linked_where_the_site_is_or_named_by_its_citation() {
    let desk = desk();
    let alone = page(&desk, "--single=paper");
    stands_alone(&alone);
    assert_eq!(all(&alone, ".part", "id"), ["paper", "authorities"]);
    let cited = "See 1.1, Other 2009, paragraph 2.1, that one (Other 2009, paragraph 2.1) and a plan.";
    assert_eq!(words(&alone, "[id='paper--1.2'] .text > p:first-child").replace('\u{a0}', " "), cited);
    assert_eq!(words(&alone, "h1"), "Paper & co");
    // Of the law it lists what it cites, and nothing else.
    let pack = page(&desk, "--single=pack");
    stands_alone(&pack);
    assert!(words(&pack, "#pack").contains("From Other 2009") && !pack.contains("Children Act 2004"));
    let hosted = page(&desk, "--single=paper --base-url https://example.org/a");
    stands_alone(&hosted);
    let links = all(&hosted, "[id='paper--1.2'] .text a", "href");
    let other = "https://example.org/a/other.html#2.1";
    assert_eq!(links, ["#paper--1.1", other, other, "https://example.org/a/pictures/plan.svg"]);
}

#[test]
fn pictures_are_held_in_the_page() {
    let desk = desk();
    let pictures = all(&page(&desk, "--single=paper"), "main img", "src");
    let svg = fs::read(desk.path("site/pictures/plan.svg")).unwrap();
    assert_eq!(pictures, [format!("data:image/svg+xml;base64,{}", BASE64.encode(svg))]);
}

#[test]
fn the_same_site_gives_the_same_page_and_only_such_a_page_is_replaced() {
    let desk = desk();
    let one = page(&desk, "--single --jobs 1");
    assert!(one == page(&desk, "--single --jobs 3"));
    let done = desk.run("bundle site --single=papre");
    assert!(done.status == 2 && done.stderr.contains("did you mean `paper`?"), "{}", done.stderr);
    desk.put("letter.html", "<p>A letter</p>");
    let before = desk.tree("");
    for line in ["bundle site --single -o letter.html", "bundle site --single=glossary", "bundle site --single -o site"]
    {
        assert_eq!(desk.run(line).status, 2, "{line}");
    }
    desk.put("site/paper.md", "+++\ntitle = \"Paper\"\n+++\n\n1.1 See [[9.9]].\n");
    assert_eq!(desk.run("bundle site --single -o one.html").status, 1);
    assert!(fs::read_to_string(desk.path("one.html")).unwrap() == one);
    assert!(before.keys().eq(desk.tree("").keys()));
}

#[test]
fn no_words_and_no_theme_can_end_the_style_or_the_script() {
    let desk = desk();
    let hostile = "</style></script><script>alert(1)</script><img src=x onerror=alert(1)>";
    desk.put(
        "site/theme/brand.css",
        &format!(":root {{ --accent: #123456; }}\n.x::after {{ content: \"{hostile}\"; }}\n"),
    );
    desk.put("site/theme/static/style.css", &format!("/* {hostile} */\n.y {{ color: red; }}\n"));
    desk.put(
        "site/site.toml",
        "title = \"</title><script>alert(1)</script>\"\nedition = \"<b>\"\nhost = \"\\\"><i>\"\n",
    );
    desk.put("site/pack.md", "+++\ntitle = \"<script>x</script>\"\n+++\n\nWords `</script>`.\n");
    let page = page(&desk, "--single");
    stands_alone(&page);
    assert!(page.contains(".y { color: red; }"));
    assert!(all(&page, "[onerror], i, b", "class").is_empty());
}

#[test]
fn a_site_may_have_a_template_of_its_own_for_it_and_is_told_what_is_wrong_with_that() {
    let desk = desk();
    desk.put(
        "site/theme/templates/single.html",
        "<p>{{ title }} of {{ site }}</p>{% for item in documents %}<h2>{{ item.document.title }}</h2>{% endfor %}\n",
    );
    let page = page(&desk, "--single=paper");
    assert_eq!(page, "<p>Paper &amp; co of A site</p><h2>Paper &amp; co</h2>\n");
    desk.put("site/theme/templates/single.html", "<p>{{ nope }}</p>\n");
    let done = desk.run("bundle site --single -o two.html");
    assert_eq!(done.status, 1);
    assert!(done.stderr.contains("theme/templates/single.html:1:7"), "{}", done.stderr);
    assert!(!desk.path("two.html").exists());
}

#[test]
fn a_site_that_extends_another_goes_with_what_is_local_and_what_it_borrows() {
    let desk = desk();
    desk.put("ours/site.toml", "title = \"Ours\"\nhost = \"Anytown\"\n[extends]\nsite = \"../site\"\n");
    desk.put("ours/glossary.md", "+++\ntitle = \"Our words\"\n+++\n\nTea room\n: Behind the stage.\n");
    desk.put("ours/local.md", "+++\ntitle = \"Local page\"\n+++\n\n1.1 In the tea room: [[paper#1.1]].\n");
    desk.put("ours/authorities.toml", "[deed]\ntitle = \"The Deed\"\nkind = \"report\"\n");
    desk.put("ours/notes/other.md", "2.1 A note on [[deed]].[^x]\n\n[^x]: See the tea room.\n");
    let made = |of: &str| {
        let done = desk.run(&format!("bundle ours -o ours.html {of}"));
        assert_eq!(done.status, 0, "{}", done.stderr);
        fs::read_to_string(desk.path("ours.html")).unwrap()
    };
    let page = made("--single");
    stands_alone(&page);
    assert_eq!(all(&page, "main img", "src").len(), 1);
    assert!(words(&page, ".entries dt").contains("Board (LSCB)") && words(&page, ".entries dt").contains("Tea room"));
    assert!(words(&page, "[id='other--2.1'] .local-note").contains("A note on The Deed"));
    let other = made("--single=other");
    stands_alone(&other);
    assert!(words(&other, "#authorities").contains("The Deed"));
}

#[test]
fn tables_of_two_papers_with_one_title_have_labels_of_their_own() {
    let desk = desk();
    for id in ["rules", "rules-of-old"] {
        let table = "| Key | Fee |\n| --- | --- |\n| Hall | 5 |\n";
        desk.put(&format!("site/{id}.md"), &format!("+++\ntitle = \"Rules\"\n+++\n\n1.1 Fees.\n\n{table}"));
    }
    let mut labels = all(&page(&desk, "--single"), ".table", "aria-label");
    labels.retain(|label| label.starts_with("Table"));
    labels.sort();
    assert_eq!(labels, ["Table 1 of Rules", "Table 1 of Rules (rules)"]);
}
