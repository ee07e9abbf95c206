//! A site, a document or a pack as an e-book: one that every reader can open, in which every link lands.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{Cursor, Read, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use roxmltree::{Document, Node, ParsingOptions};
use zip::ZipArchive;

use crate::cli::Desk;
use crate::folder::litter;
use crate::links::join;

const CONTENT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/content");

/// A site that extends it.
const ANYTOWN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/anytown");

/// A picture of one pixel.
const PNG: &[u8] = &[
    0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0, 0, 1, 8,
    6, 0, 0, 0, 0x1f, 0x15, 0xc4, 0x89, 0, 0, 0, 0x0d, b'I', b'D', b'A', b'T', 0x78, 0x9c, 0x63, 0xf8, 0xcf, 0xc0,
    0xf0, 0x1f, 0, 5, 0, 1, 0xff, 0x89, 0x99, 0x3d, 0x1d, 0, 0, 0, 0, b'I', b'E', b'N', b'D', 0xae, 0x42, 0x60, 0x82,
];

const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><title>A ring</title><circle cx=\"4\" cy=\"4\" r=\"3\"/></svg>";

/// A site with everything that a book may stumble over.
fn awkward() -> Desk {
    let desk = Desk::new();
    desk.put(
        "site/site.toml",
        "title = \"A & B <i>\\\"C\\\"</i> ]]>\"\nhost = \"<Host> & Co\"\nlicence = \"May be copied & changed\"\n\
         contact = \"https://example.org/a|b?c=[d]\"\nlanguage = \"en-GB\"\n[kinds]\npack = \"Pack & <b>\"\n\
         map = \"Map\"\ntimeline = \"Dates\"\n[taxonomies.t]\ntitle = \"T & <T>\"\n[taxonomies.t.terms.one]\n\
         title = \"One & <one>\"\n[[navigation]]\ntitle = \"Group & <g>\"\nitems = [\"hostile\", \"book\"]\n",
    );
    desk.put(
        "site/authorities.toml",
        "[ca2004]\ntitle = \"Children Act 2004\"\nkind = \"act\"\nwork = \"ukpga/2004/31\"\n\
         [plan]\ntitle = \"The Plan & <More>\"\nkind = \"report\"\nurl = \"https://example.org/plan|2008?x=[y]#a#b\"\n\
         [bill]\ntitle = \"Children Bill\"\nkind = \"bill\"\nbecame = \"ca2004\"\n",
    );
    desk.put("site/index.md", "+++\ntitle = \"Home & <home>\"\n+++\n\nWelcome to [[hostile]].[^a]\n\n## 1 & <2> {#one}\n\nMore.\n\n[^a]: A note.\n");
    desk.put(
        "site/glossary.md",
        "+++\ntitle = \"Words & <words>\"\n+++\n\nHere are words.\n\n## Letters {#letters}\n\nLocal & Co Board (LCB)\n: A board.[^w] See [[hostile#3.37]].\n\nNever used\n: No.\n\n[^w]: About it.\n",
    );
    desk.put(
        "site/hostile.md",
        "+++\ntitle = \"</title><script>alert(1)</script> & \\\"quotes\\\" שלום\"\nissuer = \"<Issuer> & \\\"Sons\\\"\"\npublished = \"2008-04\"\n\
         status = \"superseded\"\nreplaced-by = [\"Another & <Work> (2009)\"]\nsupplements = [\"book\"]\nt = [\"one\"]\n\
         source = { title = \"Source & <s>\", url = \"https://example.org/s|t\" }\n+++\n\n\
         ## 1. A heading that begins with a figure & <b>\n\nWords before.[^1]\n\n\
         3.37 The LCB & <em>no markup</em> of section 10(1)(b) and (2) of the Children Act 2004[^1] and שלום עולם, again.[^1] \
         See [[3.38]], [[book#2.1]], [[#labelled]], [[plan]], [the plan](plan.pdf) and [a page](<https://example.org/a b|c>). {#labelled}\n\n\
         3.38 With *parts*:\n\n- (a) one,[^2]\n- (b) two\\\n  on two lines: <https://example.org/?a=1&b=2>;\n- (c) three: [mail](mailto:a@example.org), [none](https://), [port](https://example.org:x/).\n\n\
         3.38A A table:\n\n| A | B[^3] |\n|:--|--:|\n| 1[^3] | `a < b && c` |\n\n\
         3.39 Code and pictures:\n\n```toml\na = \"<&>\" # comment\n```\n\n![A ring & \"more\"](pictures/ring.svg) ![One pixel](pictures/pixel.png) ![Web](pictures/new.webp) &#1; &#xFFFE;\n\n---\n\n- [ ] box\n- [x] ticked\n\n\
         A term\n: Its meaning.\n\n\
         > [!NOTE]\n> With a quotation.\n>\n> > Within.\n\n\
         ### Deep {#deep}\n\nEnd. ~~Gone~~.\n\n\
         [^1]: Cited three times. See [[3.38A]] and the note on it.[^2]\n[^2]: A note with\n\n    - a list, and\n\n    | a | table |\n    |---|---|\n    | 1 | 2 |\n[^3]: In a table.\n",
    );
    desk.put(
        "site/book/index.md",
        "+++\ntitle = \"Book in parts\"\nshort = \"Book\"\npublication = true\n+++\n\nOpening.\n",
    );
    desk.put("site/book/1-one.md", "+++\ntitle = \"Part & one\"\n+++\n\n## First {#first}\n\n1.1 One. See [[2.1]].\n");
    desk.put(
        "site/book/2-two.md",
        "+++\ntitle = \"Part <two>\"\n+++\n\n## Second {#first}\n\n2.1 Two. See [[1.1]] and [[hostile#3.37]].\n",
    );
    desk.put(
        "site/auto.md",
        "+++\ntitle = \"Auto\"\nnumbering = \"auto\"\npublished = \"2009\"\n+++\n\nOne paragraph.\n\nAnother: [[1]].\n",
    );
    desk.put(
        "site/dates.md",
        "+++\ntitle = \"Dates\"\nkind = \"timeline\"\n+++\n\n## 2008 {#y2008}\n\nApril: [[hostile]].\n",
    );
    desk.put("site/all.md", "+++\ntitle = \"All\"\nkind = \"map\"\n+++\n\nThe map.\n");
    desk.put(
        "site/packs/pack.md",
        "+++\ntitle = \"A pack\"\nkind = \"pack\"\n+++\n\n## Read {#read}\n\n![[hostile#3.37]]\n\n![[hostile#3.38]]\n\n![[hostile#3.37]]\n\n![[book#1.1]]\n\nSee [[hostile#3.38]] and [[dates]].\n",
    );
    desk.put("site/pictures/ring.svg", SVG);
    desk.put("site/plan.pdf", "%PDF");
    fs::write(desk.path("site/pictures/pixel.png"), PNG).unwrap();
    fs::write(desk.path("site/pictures/new.webp"), "RIFF").unwrap();
    desk
}

/// The files of a book, by their path.
fn files(book: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut zip = ZipArchive::new(Cursor::new(fs::read(book).unwrap())).unwrap();
    let mut files = BTreeMap::new();
    for at in 0..zip.len() {
        let mut file = zip.by_index(at).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        let name = file.name().unwrap().into_owned();
        assert!(files.insert(name.clone(), bytes).is_none(), "{name} is there twice");
    }
    files
}

/// The pages of a book, by their path in its folder.
fn pages(book: &Path) -> BTreeMap<String, String> {
    let pages = files(book).into_iter().filter(|(path, _)| path.ends_with(".xhtml"));
    pages
        .map(|(path, bytes)| (path.strip_prefix("EPUB/").unwrap().to_owned(), String::from_utf8(bytes).unwrap()))
        .collect()
}

/// Makes a book of the site in the folder `site` and gives its path.
#[track_caller]
fn book(desk: &Desk, options: &str) -> PathBuf {
    desk.run(&format!("epub site --output a.epub {options}")).ends_with(0);
    desk.path("a.epub")
}

/// A page with its elements, as strict a reader of XML has them.
fn read(page: &str) -> Document<'_> {
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    Document::parse_with_options(page, options).unwrap_or_else(|error| panic!("{error}:\n{page}"))
}

/// The text of an element, with single spaces.
fn words(element: Node<'_, '_>) -> String {
    let text: String = element.descendants().filter_map(|node| node.is_text().then(|| node.text()).flatten()).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The links of a page with their words.
fn links(page: &str) -> Vec<(String, String)> {
    let page = read(page);
    let links = page.descendants().filter_map(|node| Some((node.attribute("href")?.to_owned(), words(node))));
    links.collect()
}

/// Finds a link's address by its words.
#[track_caller]
fn leads<'a>(links: &'a [(String, String)], wanted: &str) -> &'a str {
    let found = links.iter().find(|(_, words)| words == wanted);
    found.map_or_else(|| panic!("no link says {wanted:?}: {links:#?}"), |(url, _)| url)
}

/// Lists broken links in a book, as `page: address`, and ids that occur twice on a page.
fn broken(book: &Path) -> Vec<String> {
    let (files, pages) = (files(book), pages(book));
    let pages: BTreeMap<&str, Document<'_>> = pages.iter().map(|(path, page)| (path.as_str(), read(page))).collect();
    let mut broken = Vec::new();
    let mut ids: BTreeSet<(&str, &str)> = BTreeSet::new();
    for (path, page) in &pages {
        for id in page.descendants().filter_map(|node| node.attribute("id")) {
            if !ids.insert((path, id)) {
                broken.push(format!("{path}: the id {id} twice"));
            }
        }
    }
    for (path, page) in &pages {
        for address in page.descendants().filter_map(|node| node.attribute("href").or(node.attribute("src"))) {
            if address.contains(':') {
                continue;
            }
            let (file, fragment) = address.split_once('#').unwrap_or((address, ""));
            let target = if file.is_empty() { (*path).to_owned() } else { join(path, file) };
            let lands = files.contains_key(&format!("EPUB/{target}"));
            if address.is_empty() || !lands || !fragment.is_empty() && !ids.contains(&(target.as_str(), fragment)) {
                broken.push(format!("{path}: {address}"));
            }
        }
    }
    let package = String::from_utf8(files["EPUB/package.opf"].clone()).unwrap();
    let package = read(&package);
    let listed: BTreeSet<String> =
        package.descendants().filter_map(|node| node.attribute("href")).map(str::to_owned).collect();
    let held: BTreeSet<String> = files
        .keys()
        .filter_map(|path| path.strip_prefix("EPUB/"))
        .filter(|path| *path != "package.opf")
        .map(str::to_owned)
        .collect();
    assert_eq!(listed, held, "the list of files is that of the files");
    broken
}

/// The books of [`library`].
const BOOKS: [&str; 4] = ["library", "guidance", "pack", "anytown"];

/// Books of the repository's own site: of all of it, of a document and of a pack; and of a site that extends it.
fn library() -> &'static Desk {
    static LIBRARY: OnceLock<Desk> = OnceLock::new();
    LIBRARY.get_or_init(|| {
        let desk = Desk::new();
        let made = [
            (CONTENT, ""),
            (CONTENT, "--of guidance-consultation-2008 --base-url https://example.org/trusts/"),
            (CONTENT, "--of first-day"),
            (ANYTOWN, ""),
        ];
        for ((site, options), name) in made.into_iter().zip(BOOKS) {
            desk.run(&format!("epub {site} {options} --output {name}.epub")).ends_with(0);
        }
        desk
    })
}

// The file.

#[test]
fn epubcheck_finds_nothing_to_say() {
    let Some(checker) = checker() else {
        missing("epubcheck was not found: install the package `epubcheck`");
        return;
    };
    let (desk, awkward) = (library(), awkward());
    let mut books: Vec<PathBuf> = BOOKS.map(|name| desk.path(&format!("{name}.epub"))).into();
    books.push(book(&awkward, ""));
    std::thread::scope(|scope| {
        for book in &books {
            let mut command = Command::new(checker[0]);
            command.args(&checker[1..]).args(["--failonwarnings"]).arg(book);
            scope.spawn(move || {
                let done = command.output().unwrap();
                let said = String::from_utf8_lossy(&[done.stdout, done.stderr].concat()).into_owned();
                let clean = said.contains("0 fatals / 0 errors / 0 warnings / 0 infos");
                assert!(done.status.success() && clean, "{}:\n{said}", book.display());
            });
        }
    });
}

/// Returns how to run epubcheck: Debian's by its archive, as its command needs system settings.
fn checker() -> Option<&'static [&'static str]> {
    const ARCHIVE: &str = "/usr/share/java/epubcheck.jar";
    if Path::new(ARCHIVE).is_file() {
        return Some(&["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", ARCHIVE]);
    }
    let known = Command::new("epubcheck").arg("--version").output();
    known.is_ok_and(|done| done.status.success()).then_some(&["epubcheck"])
}

/// Fails where `CI` is `true`; elsewhere says past the test harness, which would keep it to itself, that a test is skipped.
fn missing(what: &str) {
    assert!(std::env::var_os("CI").is_none_or(|value| value != "true"), "{what}");
    let line = "!".repeat(what.len() + 6);
    let mut past_the_harness = std::io::stderr();
    writeln!(past_the_harness, "\n{line}\n!! {what} !!\n!! NO BOOK IS CHECKED\n{line}").unwrap();
}

#[test]
fn every_link_in_a_book_lands_and_every_page_is_well_formed() {
    let desk = library();
    for name in BOOKS {
        assert_eq!(broken(&desk.path(&format!("{name}.epub"))), Vec::<String>::new(), "{name}");
    }
    let desk = awkward();
    for options in ["", "--of hostile", "--of book", "--of pack --base-url https://example.org/x/", "--of all"] {
        assert_eq!(broken(&book(&desk, options)), Vec::<String>::new(), "{options}");
    }
    desk.run("new hall").ends_with(0);
    desk.run("epub hall --output hall.epub").ends_with(0);
    assert_eq!(broken(&desk.path("hall.epub")), Vec::<String>::new());
}

#[test]
fn a_book_opens_with_what_says_that_it_is_one() {
    let bytes = fs::read(book(&awkward(), "")).unwrap();
    // A local header, whose method is "stored", and nothing between the name and the bytes.
    assert_eq!(&bytes[..4], b"PK\x03\x04");
    assert_eq!(&bytes[8..10], [0, 0]);
    assert_eq!(&bytes[28..58], b"\0\0mimetypeapplication/epub+zip");
}

#[test]
fn the_same_site_gives_the_same_bytes() {
    let desk = awkward();
    let one = fs::read(book(&desk, "--jobs 1")).unwrap();
    assert!(fs::read(book(&desk, "--jobs 2")).unwrap() == one);
    assert!(fs::read(book(&desk, "")).unwrap() == one);
}

#[test]
fn what_a_book_is_known_by_outlives_its_words() {
    let desk = Desk::new();
    desk.site("site", "1.1 One.");
    let facts = |options: &str| {
        let files = files(&book(&desk, options));
        let package = String::from_utf8(files["EPUB/package.opf"].clone()).unwrap();
        let of = |name: &str| {
            let package = read(&package);
            let found = package
                .descendants()
                .find(|node| node.tag_name().name() == name || node.attribute("property") == Some(name));
            found.map(words)
        };
        (of("identifier").unwrap(), of("modified").or(of("dcterms:modified")).unwrap(), of("title").unwrap())
    };
    let (site, day, title) = facts("");
    assert!(site.starts_with("urn:uuid:"), "{site}");
    assert_eq!((day.as_str(), title.as_str()), ("1980-01-01T00:00:00Z", "A site"));
    let (paper, _, title) = facts("--of paper");
    assert!(paper != site && title == "Paper");
    desk.put("site/paper.md", "+++\ntitle = \"New title\"\npublished = \"2008-04\"\n+++\n\n1.1 Other words.\n");
    let after = facts("--of paper");
    assert_eq!(after, (paper.clone(), "2008-04-30T00:00:00Z".to_owned(), "New title".to_owned()));
    assert_ne!(facts("--of paper --base-url https://example.org/").0, paper);
}

// What is in it.

#[test]
fn a_book_says_whose_words_it_restates_and_what_they_are_worth() {
    let desk = library();
    let pages = pages(&desk.path("guidance.epub"));
    let title = words(read(&pages["title.xhtml"]).root_element());
    for wanted in [
        "statutory guidance on inter-agency cooperation",
        "A draft, never in force.",
        "Department for Children, Schools and Families, 3 April 2008",
        "in our own words; the official text prevails",
        "Made with clausebook",
    ] {
        assert!(title.contains(wanted), "{wanted}: {title}");
    }
    let source = leads(&links(&pages["title.xhtml"]), "Children’s Trusts: Statutory guidance on inter-agency cooperation to improve well-being of children, young people and their families (consultation draft, DCSF, 3 April 2008)").to_owned();
    assert!(source.starts_with("http://www.dfes.gov.uk/"), "{source}");
    let chapter = words(read(&pages["text/guidance-consultation-2008.xhtml"]).root_element());
    assert!(chapter.contains("never in force"));
}

#[test]
fn what_a_site_adds_to_another_is_marked_as_local() {
    let pages = pages(&library().path("anytown.epub"));
    let local = |page: &str| {
        let page = read(&pages[page]);
        let marked = page.descendants().filter(|node| node.attribute("class") == Some("local"));
        marked.map(words).collect::<Vec<_>>()
    };
    let note = "Local note, Anytown Council for Voluntary Service";
    assert_eq!(local("text/guidance-consultation-2008.xhtml"), [note, note]);
    let page = "Local page of Anytown Council for Voluntary Service.";
    assert!(local("text/anytown-forum.xhtml")[0].starts_with(page));
    assert!(local("text/local-words.xhtml")[0].starts_with(page));
    assert_eq!(local("text/fact-sheet-9.xhtml"), [note]);
}

#[test]
fn the_contents_follow_the_order_of_reading() {
    let desk = library();
    let pages = pages(&desk.path("library.epub"));
    let package = String::from_utf8(files(&desk.path("library.epub"))["EPUB/package.opf"].clone()).unwrap();
    let listed: Vec<String> = links(&pages["contents.xhtml"]).into_iter().map(|(url, _)| url).collect();
    let mut chapters: Vec<&str> =
        listed.iter().filter_map(|url| url.split('#').next()).filter(|url| url.starts_with("text/")).collect();
    // The landmarks come last.
    chapters.truncate(chapters.len() - 2);
    chapters.dedup();
    let package = read(&package);
    let read_in_order: Vec<&str> = package
        .descendants()
        .filter_map(|node| node.attribute("href"))
        .filter(|path| path.starts_with("text/"))
        .collect();
    assert_eq!(chapters, read_in_order);
    assert!(chapters.len() > 20);
    for wanted in ["text/guidance-consultation-2008.xhtml#section-3", "text/authorities.xhtml", "text/glossary.xhtml"] {
        assert!(listed.iter().any(|url| url.starts_with(wanted)), "{wanted}: {listed:#?}");
    }
}

#[test]
fn a_note_can_be_shown_at_its_mark_and_leads_back() {
    let desk = awkward();
    let pages = pages(&book(&desk, ""));
    let page = read(&pages["text/hostile.xhtml"]);
    let kind =
        |node: &Node<'_, '_>| node.attribute(("http://www.idpf.org/2007/ops", "type")).unwrap_or_default().to_owned();
    let marks: Vec<_> = page.descendants().filter(|node| kind(node) == "noteref").collect();
    let notes: Vec<_> = page.descendants().filter(|node| kind(node) == "footnote").collect();
    assert_eq!((marks.len(), notes.len()), (7, 3));
    for mark in &marks {
        let note = mark.attribute("href").unwrap().strip_prefix('#').unwrap();
        let note = notes.iter().find(|found| found.attribute("id") == Some(note)).unwrap();
        assert_eq!((mark.attribute("role"), note.attribute("role")), (Some("doc-noteref"), Some("doc-footnote")));
        let back = format!("#{}", mark.attribute("id").unwrap());
        assert!(note.descendants().any(|node| node.attribute("href") == Some(&back)), "{back}");
    }
}

#[test]
fn a_link_leads_into_the_book_or_to_the_site_or_is_words_alone() {
    let desk = awkward();
    let page = |options: &str, page: &str| links(&pages(&book(&desk, options))[page]);
    let whole = page("", "text/hostile.xhtml");
    assert_eq!(leads(&whole, "Book, paragraph 2.1"), "book/2-two.xhtml#2.1");
    assert_eq!(leads(&whole, "3.38"), "#3.38");
    // A file that is no picture, and what readers of books would refuse as an address.
    for gone in ["the plan", "none", "port"] {
        assert!(whole.iter().all(|(_, words)| words != gone), "{gone}");
    }
    assert_eq!(leads(&whole, "a page"), "https://example.org/a%20b%7Cc");
    let alone = page("--of hostile", "text/hostile.xhtml");
    assert!(alone.iter().all(|(_, words)| words != "Book, paragraph 2.1"));
    assert_eq!(leads(&alone, "3.38"), "#3.38");
    let hosted = page("--of hostile --base-url https://example.org/x/", "text/hostile.xhtml");
    assert_eq!(leads(&hosted, "Book, paragraph 2.1"), "https://example.org/x/book/2-two.html#2.1");
    assert_eq!(leads(&hosted, "the plan"), "https://example.org/x/plan.pdf");
    // A clause that a pack draws in stands in the book of the pack.
    let pack = page("--of pack", "text/packs/pack.xhtml");
    assert!(pack.iter().any(|(url, words)| url == "#hostile-3.38" && words.ends_with("paragraph 3.38")), "{pack:#?}");
}

#[test]
fn a_clause_leads_to_a_comparison_only_on_the_site() {
    let desk = Desk::new();
    desk.put("site/site.toml", "title = \"S\"\n");
    desk.put("site/old.md", "+++\ntitle = \"Old\"\n+++\n\n1.1 People must lock the door.\n");
    desk.put(
        "site/new.md",
        "+++\ntitle = \"New\"\nreplaces = [\"old\"]\n+++\n\n1.1 People should lock the door at night.\n",
    );
    let alone = book(&desk, "");
    assert_eq!(broken(&alone), Vec::<String>::new());
    assert!(pages(&alone)["text/new.xhtml"].contains("Reworded from 1.1 of Old"));
    let hosted = links(&pages(&book(&desk, "--base-url https://example.org/"))["text/new.xhtml"]);
    assert_eq!(leads(&hosted, "1.1 of Old"), "https://example.org/compare/old--new.html#1.1");
}

#[test]
fn a_book_of_a_document_lists_the_law_and_the_words_of_that_document_alone() {
    let desk = awkward();
    desk.put("site/other.md", "+++\ntitle = \"Other\"\n+++\n\n1.1 Section 11 of the Children Act 2004.\n");
    let ids = |options: &str, page: &str| {
        let pages = pages(&book(&desk, options));
        let page = read(pages.get(page)?);
        Some(page.descendants().filter_map(|node| node.attribute("id")).map(str::to_owned).collect::<Vec<_>>())
    };
    let law = ids("--of other", "text/authorities.xhtml").unwrap();
    assert!(law.contains(&"ca2004-s-11".to_owned()) && !law.contains(&"ca2004-s-10".to_owned()), "{law:?}");
    let law = ids("", "text/authorities.xhtml").unwrap();
    assert!(law.contains(&"ca2004-s-11".to_owned()) && law.contains(&"ca2004-s-10".to_owned()), "{law:?}");
    assert_eq!(ids("--of other", "text/glossary.xhtml"), None);
    let glossary = ids("--of pack", "text/glossary.xhtml").unwrap();
    assert!(glossary.contains(&"lcb".to_owned()) && !glossary.contains(&"never-used".to_owned()), "{glossary:?}");
}

#[test]
fn a_theme_may_give_books_a_style_and_templates_of_its_own() {
    let desk = Desk::new();
    desk.site("site", "1.1 One.");
    desk.put("site/theme/epub.css", "p { color: teal }\n");
    desk.put(
        "site/theme/templates/epub-title.xhtml",
        "{% extends \"default/epub-title.xhtml\" %}\n{% block main %}<p>Ours: {{ title }}</p>{% endblock %}\n",
    );
    let made = book(&desk, "");
    assert_eq!(String::from_utf8(files(&made)["EPUB/epub.css"].clone()).unwrap(), "p { color: teal }\n");
    assert_eq!(words(read(&pages(&made)["title.xhtml"]).root_element()), "A site Ours: A site");
    desk.put("site/theme/templates/epub-title.xhtml", "<p>{{ titel }}</p>");
    let done = desk.run("epub site --output b.epub").ends_with(1);
    assert!(done.stderr.contains("theme/templates/epub-title.xhtml:1:"), "{}", done.shown());
    assert!(!desk.path("b.epub").exists());
}

// The command.

#[test]
fn the_command_says_what_it_wrote_or_why_not() {
    let desk = Desk::new();
    desk.site("site", "1.1 One.");
    insta::assert_snapshot!(desk.run("epub site").shown(), @r#"
    exit status 0
    ── standard error ──
    Wrote 4 chapters into a-site.epub (5 kB) in … ms
    "#);
    assert!(desk.path("a-site.epub").is_file());
    desk.run("epub site --of paper").ends_with(0);
    assert!(desk.path("paper.epub").is_file());
    insta::assert_snapshot!(desk.run("epub site --of papr").shown(), @r#"
    exit status 2
    ── standard error ──
    error: there is no document `papr`
    help: did you mean `paper`?
    "#);
    insta::assert_snapshot!(desk.run("epub site --output paper.zip").shown(), @r#"
    exit status 2
    ── standard error ──
    error: `paper.zip` is not the name of an e-book
    help: write a name that ends in `.epub`
    "#);
    insta::assert_snapshot!(desk.run("epub site --output nowhere/paper.epub").shown(), @r#"
    exit status 2
    ── standard error ──
    error: `nowhere/paper.epub` cannot be written: its folder cannot be used: No such file or directory (os error 2)
    help: name another file with `--output`
    "#);
    desk.site("site", "1.1 One. See [[1.9]].");
    let before = fs::read(desk.path("paper.epub")).unwrap();
    desk.run("epub site --of paper").ends_with(1);
    assert!(fs::read(desk.path("paper.epub")).unwrap() == before, "the last good book stays");
    assert_eq!(litter(desk.top.path(), &["site", "a-site.epub", "paper.epub"]), Vec::<String>::new());
}

#[cfg(unix)]
#[test]
fn a_book_takes_its_place_in_one_step_and_never_through_a_link() {
    let desk = Desk::new();
    desk.site("site", "1.1 One.");
    desk.put("away.epub", "mine");
    std::os::unix::fs::symlink("away.epub", desk.path("linked.epub")).unwrap();
    fs::create_dir(desk.path("folder.epub")).unwrap();
    for taken in ["linked", "folder"] {
        desk.run(&format!("epub site --output {taken}.epub")).ends_with(2);
    }
    assert_eq!(fs::read_to_string(desk.path("away.epub")).unwrap(), "mine");
    // What a command that died left behind is swept away.
    desk.put(".book.epub.clausebook-new-7", "half");
    desk.run("epub site --output book.epub").ends_with(0);
    assert_eq!(
        litter(desk.top.path(), &["site", "away.epub", "linked.epub", "folder.epub", "book.epub"]),
        Vec::<String>::new()
    );
}

/// An SVG picture with this in it; `{}` in the text is where other attributes may go.
fn svg(within: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"0 0 9 9\">\n{within}\n</svg>\n"
    )
}

/// Pictures that go into a book as they are.
fn fit_pictures() -> Vec<(&'static str, String)> {
    let pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";
    vec![
        ("plain", svg("<rect width=\"5\" height=\"5\" fill=\"red\" data-name=\"a\"/>")),
        ("used", svg("<g id=\"g\"><circle r=\"1\"/></g><use xlink:href=\"#g\"/>")),
        ("filled", svg("<linearGradient id=\"l\"><stop offset=\"1\"/></linearGradient><rect width=\"1\" height=\"1\" style=\"fill:url(#l)\"/>")),
        ("styled", svg("<style><![CDATA[rect{fill:red}]]></style><rect width=\"1\" height=\"1\"/>")),
        ("moving", svg("<rect width=\"1\" height=\"1\"><animate attributeName=\"width\" from=\"1\" to=\"5\" dur=\"1s\"/></rect>")),
        ("pixel", svg(&format!("<image xlink:href=\"data:image/png;base64,{pixel}\" width=\"5\" height=\"5\"/>"))),
        ("linked", svg("<a xlink:href=\"https://example.org/\" xlink:title=\"There\"><text>x</text></a>")),
        (
            "drawn",
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:inkscape=\"http://www.inkscape.org/namespaces/inkscape\" \
             xmlns:sodipodi=\"http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd\" viewBox=\"0 0 1 1\" inkscape:version=\"1.2\">\
             <sodipodi:namedview id=\"n\" pagecolor=\"#fff\"/><metadata/><rect inkscape:label=\"x\" width=\"1\" height=\"1\"/></svg>\n"
                .to_owned(),
        ),
    ]
}

/// Pictures that e-readers and shops refuse, or that would do something in them, with words of the reason.
fn unfit_pictures() -> Vec<(&'static str, String, &'static str)> {
    let document = |kind: &str| format!("<?xml version=\"1.0\"?>\n<!DOCTYPE svg {kind}>\n{}", svg(""));
    vec![
        ("script", svg("<script>alert(1)</script>"), "it has a script (line 2)"),
        (
            "script-from-html",
            svg("<script xmlns=\"http://www.w3.org/1999/xhtml\">x</script>"),
            "it has HTML within: `script` (line 2)",
        ),
        ("onload", svg("").replace("viewBox", "onload=\"alert(1)\" viewBox"), "`onload` runs a script (line 1)"),
        ("onclick", svg("<rect ONCLICK=\"x()\" width=\"1\" height=\"1\"/>"), "`ONCLICK` runs a script (line 2)"),
        (
            "html",
            svg(
                "<foreignObject width=\"5\" height=\"5\"><p xmlns=\"http://www.w3.org/1999/xhtml\">x</p></foreignObject>",
            ),
            "it has HTML within: `p` (line 2)",
        ),
        (
            "web-picture",
            svg("<image xlink:href=\"https://example.org/a.png\" width=\"5\" height=\"5\"/>"),
            "`https://example.org/a.png`, which is outside it",
        ),
        (
            "other-picture",
            svg("<image href=\"other.png\" width=\"5\" height=\"5\"/>"),
            "`other.png`, which is outside it",
        ),
        ("web-use", svg("<use href=\"https://example.org/a.svg#x\"/>"), "which is outside it"),
        ("lost-use", svg("<use href=\"#x\"/>"), "it refers to `#x`, which it does not have (line 2)"),
        (
            "script-link",
            svg("<a href=\"javascript:alert(1)\"><title>x</title></a>"),
            "`javascript:alert(1)`, which is outside it",
        ),
        ("bare-link", svg("<a href=\"https://example.org/\"><text>x</text></a>"), "a link in it has no `title`"),
        (
            "link-that-changes",
            svg(
                "<a href=\"https://example.org/\"><title>x</title><set attributeName=\"href\" to=\"javascript:x\"/></a>",
            ),
            "an animation changes `href`",
        ),
        (
            "handler-that-comes",
            svg("<set attributeName=\" onclick\" to=\"alert(1)\"/>"),
            "an animation changes ` onclick`",
        ),
        ("style-import", svg("<style>@import \"https://example.org/a.css\";</style>"), "its style asks for another"),
        (
            "style-url",
            svg("<style>rect { fill: URL( 'https://example.org/a.svg#x' ) }</style>"),
            "`https://example.org/a.svg#x`, which is outside it",
        ),
        (
            "fill-url",
            svg("<rect fill=\"url(https://example.org/a.svg#x)\" width=\"1\" height=\"1\"/>"),
            "which is outside it",
        ),
        (
            "style-sheet",
            format!("<?xml-stylesheet href=\"https://example.org/a.css\"?>\n{}", svg("")),
            "it asks for a style sheet",
        ),
        ("base", svg("").replace("viewBox", "xml:base=\"https://example.org/\" viewBox"), "`xml:base`"),
        (
            "doctype",
            document("PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\""),
            "<!DOCTYPE …>",
        ),
        ("entity", document("[<!ENTITY a SYSTEM \"file:///etc/passwd\">]"), "<!DOCTYPE …>"),
        ("broken", svg("<rect>"), "it is not well-formed XML"),
        ("empty", String::new(), "it is not well-formed XML"),
        ("nameless", "<svg viewBox=\"0 0 1 1\"/>".to_owned(), "its outermost element is not `svg`"),
        ("latin", svg("").replace("<svg", "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><svg"), "ISO-8859-1"),
        ("twice", svg("<g id=\"a\"/><g id=\"a\"/>"), "two elements have the id `a`"),
        ("odd-id", svg("<g id=\"1 2\"/>"), "`1 2` is no id"),
        ("unknown", svg("<blob/>"), "SVG has no element `blob`"),
        ("unknown-attribute", svg("<g blob=\"1\"/>"), "SVG has no attribute `blob`"),
        ("half", svg("<rect width=\"1\"/>"), "`rect` has no `height`"),
    ]
}

#[test]
fn a_picture_that_readers_of_books_refuse_is_left_out_with_the_reason() {
    let desk = Desk::new();
    desk.put("site/site.toml", "title = \"Pictures\"\nclause-pages = false\n");
    let mut text = "+++\ntitle = \"Pictures\"\n+++\n\n".to_owned();
    let (fit, unfit) = (fit_pictures(), unfit_pictures());
    let all = fit.iter().map(|(name, svg)| (name, svg)).chain(unfit.iter().map(|(name, svg, _)| (name, svg)));
    for (at, (name, svg)) in all.enumerate() {
        desk.put(&format!("site/{name}.svg"), svg);
        text.push_str(&format!("1.{} Here is ![the picture {name}]({name}.svg).\n\n", at + 1));
    }
    desk.put("site/a.md", &text);
    // The site has no reason to complain: within a page no picture runs.
    let built = desk.run("build site");
    built.ends_with(0);
    let done = desk.run("epub site --output out.epub");
    let shown = done.stderr.clone();
    done.ends_with(0);
    let files = files(&desk.path("out.epub"));
    let page = String::from_utf8(files["EPUB/text/a.xhtml"].clone()).unwrap();
    for (name, _) in &fit {
        assert!(files.contains_key(&format!("EPUB/text/{name}.svg")), "{name} is not in the book:\n{shown}");
        assert!(page.contains(&format!("src=\"{name}.svg\"")), "{name}");
    }
    for (at, (name, _, reason)) in unfit.iter().enumerate() {
        assert!(!files.contains_key(&format!("EPUB/text/{name}.svg")), "{name} is in the book");
        assert!(page.contains(&format!("[the picture {name}]")), "{name}: its description is not in its place");
        let message = format!("the book cannot hold the picture `{name}.svg`: ");
        let said = shown.lines().find(|line| line.contains(&message)).unwrap_or_else(|| panic!("{name}: {shown}"));
        assert!(said.starts_with("warning[unfit-picture]") && said.contains(reason), "{name}: {said}");
        assert!(shown.contains(&format!("site/a.md:{}:", 5 + 2 * (fit.len() + at))), "{name}: {shown}");
    }
    let Some(checker) = checker() else {
        missing("epubcheck was not found: install the package `epubcheck`");
        return;
    };
    let done = Command::new(checker[0]).args(&checker[1..]).arg("--failonwarnings").arg(desk.path("out.epub")).output();
    let done = done.unwrap();
    let said = String::from_utf8_lossy(&[done.stdout, done.stderr].concat()).into_owned();
    assert!(done.status.success() && said.contains("0 fatals / 0 errors / 0 warnings / 0 infos"), "{said}");
    // With `--deny warnings` nothing is left out, for there is no book.
    desk.run("epub site --deny warnings --output other.epub").ends_with(1);
}
