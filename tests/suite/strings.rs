//! Pages speak the language of their site: their own words are in one catalogue, all of them, and say truly what they are in.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use scraper::{ElementRef, Html, Node, Selector};
use toml::{Table, Value};

use crate::cli::Desk;
use crate::site::{Built, REGISTER, TestSite};

/// The languages of the catalogues beside the English one.
const LANGUAGES: [&str; 1] = ["cy"];

fn theme() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default")
}

/// The texts of a catalogue by their keys; a plural has those of all its forms.
fn catalogue(language: &str) -> BTreeMap<String, Vec<String>> {
    let text = fs::read_to_string(theme().join(format!("strings/{language}.toml"))).unwrap();
    let mut found = BTreeMap::new();
    let mut open = vec![(String::new(), Value::Table(text.parse::<Table>().unwrap()))];
    while let Some((key, value)) = open.pop() {
        match value {
            Value::Table(table) if table.contains_key("one") && table.contains_key("other") => {
                found.insert(key, table.values().map(|form| form.as_str().unwrap().to_owned()).collect());
            }
            Value::Table(table) => {
                let inner = |name: &str| if key.is_empty() { name.to_owned() } else { format!("{key}.{name}") };
                open.extend(table.into_iter().map(|(name, value)| (inner(&name), value)));
            }
            Value::Array(list) => {
                found.insert(key, list.iter().map(|text| text.as_str().unwrap().to_owned()).collect());
            }
            text => {
                found.insert(key, vec![text.as_str().unwrap().to_owned()]);
            }
        }
    }
    found
}

/// The words in braces of a text.
fn holes(text: &str) -> BTreeSet<String> {
    text.split('{').skip(1).map(|rest| rest.split('}').next().unwrap().to_owned()).collect()
}

/// Every file below a folder with one of some endings, by its path.
fn files(folder: &Path, endings: &[&str]) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if endings.iter().any(|ending| path.extension().is_some_and(|own| own == *ending)) {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    found
}

/// The keys that a text names after `before`, each with what follows it.
fn named<'t>(text: &'t str, before: &str) -> Vec<(&'t str, &'t str)> {
    let calls = text.split(before).skip(1).filter_map(|rest| rest.strip_prefix(['"', '\'']));
    calls.filter_map(|rest| rest.split_once(['"', '\''])).collect()
}

/// The names of values in the first pair of brackets of a text: `(a=b, c=d)` or `{ a, c: d }`.
fn given(text: &str, brackets: [char; 2]) -> BTreeSet<String> {
    let Some(rest) = text.strip_prefix(brackets[0]) else { return BTreeSet::new() };
    let (mut depth, mut parts) = (0, vec![String::new()]);
    for c in rest.chars() {
        match c {
            c if depth == 0 && c == brackets[1] => break,
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(String::new());
                continue;
            }
            _ => {}
        }
        parts.last_mut().unwrap().push(c);
    }
    let names = parts.iter().map(|part| part.split(['=', ':']).next().unwrap().trim().to_owned());
    names.filter(|name| !name.is_empty()).collect()
}

#[test]
fn every_catalogue_has_the_keys_of_the_english_one_and_its_words_in_braces() {
    let english = catalogue("en");
    let there: BTreeSet<String> = fs::read_dir(theme().join("strings"))
        .unwrap()
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    assert_eq!(there, LANGUAGES.iter().chain(&["en"]).map(|name| (*name).to_owned()).collect());
    for language in LANGUAGES {
        let own = catalogue(language);
        assert_eq!(own.keys().collect::<Vec<_>>(), english.keys().collect::<Vec<_>>(), "{language}");
        for (key, texts) in &own {
            let wanted = holes(english[key].last().unwrap());
            for text in texts {
                let mut found = holes(text);
                // A form for no thing need not say the number.
                if wanted.contains("count") {
                    found.insert("count".to_owned());
                }
                assert_eq!(found, wanted, "{language}, {key}: {text}");
            }
        }
        assert_eq!(own["months"].len(), 12);
        // As the file of a site, it is read with nothing to report.
        let text = fs::read_to_string(theme().join(format!("strings/{language}.toml"))).unwrap();
        let settings = format!("title = \"S\"\nlanguage = \"{language}\"\n");
        let path = format!("strings/{language}.toml");
        TestSite::empty().file("site.toml", &settings).file(&path, &text).paper("a", "1.1 Text.").build().clean();
    }
}

/// A key of the program is a type, so that the compiler finds those that are missing.
#[test]
fn templates_and_scripts_name_keys_that_there_are_and_no_key_is_without_a_use() {
    let english = catalogue("en");
    let check = |path: &Path, key: &str, given: BTreeSet<String>| {
        let texts = english.get(key).unwrap_or_else(|| panic!("{} names the key `{key}`", path.display()));
        assert_eq!(given, holes(texts.last().unwrap()), "{}: {key}", path.display());
    };
    let mut used = BTreeSet::from(["months".to_owned()]);
    for (path, text) in files(&theme().join("templates"), &["html", "xhtml"]) {
        // `"KEY" | text(…)`
        for piece in text.split("\" | ").skip(1).zip(text.split("\" | ")) {
            let (after, before) = piece;
            let key = before.rsplit('"').next().unwrap();
            let filter = ["text", "label"].into_iter().find(|filter| after.starts_with(filter));
            let Some(filter) = filter else { continue };
            check(&path, key, given(&after[filter.len()..], ['(', ')']));
            // A key for what is read out alone is told by its name.
            let is_read_out = key == "contents.label" || key == "notes.label" || key.ends_with("-label");
            assert!((filter == "label") == is_read_out || READ_OUT_TOO.contains(&key), "{}: {key}", path.display());
            used.insert(key.to_owned());
        }
    }
    let site = TestSite::new().build().clean();
    for (path, text) in files(&theme(), &["js"]) {
        for before in ["phrase(", "clausebookWords("] {
            for (key, after) in named(&text, before) {
                if path.ends_with("words.js") {
                    continue;
                }
                // The scripts of search name their own keys without their section.
                let is_own = path.parent().is_some_and(|folder| folder.ends_with("search")) && !key.contains('.');
                // Those of the list, with it.
                let is_of_list = key.starts_with("list.");
                let section = if is_of_list {
                    "script."
                } else if is_own {
                    "script.search."
                } else {
                    ""
                };
                let (key, known_as) = (&format!("{section}{key}"), key);
                let values = after.strip_prefix(", ").unwrap_or_default();
                check(&path, key, given(values, ['{', '}']));
                let handed = if path.ends_with("single.js") {
                    single_page()
                } else {
                    ["site", "search", "list", "gather", "more", "aloud"]
                        .map(|name| site.text(&format!("static/{name}.js")))
                        .concat()
                };
                assert!(handed.contains(&format!("\"{known_as}\":")), "{} has no `{key}`", path.display());
                used.insert(key.to_owned());
            }
        }
    }
    let name = |key: &str| -> String {
        let words = key.split(['.', '-']);
        words.map(|word| word[..1].to_uppercase() + &word[1..]).collect()
    };
    let program: String =
        files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &["rs"]).into_iter().map(|(_, text)| text).collect();
    let words: BTreeSet<&str> = program.split(|c: char| !c.is_alphanumeric()).collect();
    let unused: Vec<&String> =
        english.keys().filter(|key| !used.contains(*key) && !words.contains(name(key).as_str())).collect();
    assert!(unused.is_empty(), "no page uses {unused:?}");
}

/// Keys of words that are seen in one place and are in an attribute in another.
const READ_OUT_TOO: [&str; 5] =
    ["papers.clauses", "paragraphs", "contents.title", "compare.concordance", "search.title"];

/// A site in one page.
fn single_page() -> String {
    let desk = Desk::new();
    desk.put("site/site.toml", "title = \"Site\"\n");
    desk.put("site/paper.md", "+++\ntitle = \"Paper\"\n+++\n\n1.1 Text.\n");
    desk.run("bundle site --single -o one.html").ends_with(0);
    fs::read_to_string(desk.path("one.html")).unwrap()
}

const WELSH: &str = r#"title = "Plugh"
language = "cy"
host = "Xyzzy"
edition = "Wibl"
licence = "Wobl"
contact = "plugh@example.org"

[kinds]
rules = "Plover"
pack = "Frotz"
map = "Gnusto"
timeline = "Rezrov"

[taxonomies.zork]
title = "Zork"
[taxonomies.zork.terms.be-blorb]
title = "Blorb"
[taxonomies.nitfol]
title = "Nitfol"
[taxonomies.nitfol.terms.ozmoo]
title = "Ozmoo"
"#;

/// A site in Welsh with everything that pages have words of their own for. What its author wrote is in no language.
fn welsh() -> TestSite {
    let register = REGISTER.replace("Children Act", "Yoruk").replace("Plan (England) Regulations", "Izyuk");
    let register = register.replace("The Plan", "Lleps");
    let site = TestSite::empty()
        .file("site.toml", WELSH)
        .file("authorities.toml", &register)
        .file("index.md", "+++\ntitle = \"Plugh\"\n+++\n\nXyzzy.\n")
        .file("glossary.md", "+++\ntitle = \"Vaxum\"\n+++\n\nQuelbo (QLB)\n: Malyon.\n")
        .paper_with(
            "gorro",
            "kind = \"rules\"\nstatus = \"superseded\"\nissuer = \"Xyzzy\"\npublished = 2008-04-03\nsource = { title = \"Swanzo\" }\nzork = [\"be-blorb\"]",
            "## Espnis\n\n1.1 Quelbo must plugh Yoruk 2004, s 10(1).[^a] {.ozmoo .be-blorb}\n\n1.2 Plover [[1.1]] xyzzy zork.\n\n\
             1.3 Kulcad throck guncho umboz tossio zemdor fweep quelbo blorb frotz.\n\n\
             > [!NOTE]\n> Nodyn y golygydd: yomin.\n\n| A | B |\n| --- | --- |\n| 1 | 2 |\n\n[^a]: Zifmia [[plan]].",
        )
        .paper_with(
            "tuzz",
            "kind = \"rules\"\nreplaces = \"gorro\"\nsupplements = [\"Throck (Ebrill 2007)\"]\npublished = 2010",
            "## Espnis\n\n1.1 Quelbo should plugh Yoruk 2004, s 11.[^a]\n\n1.2 Plover [[gorro#1.1]] Espnis zork zork [[gorro#1.1-1.3]].\n\n\
             1.4 Kulcad throck guncho umboz tossio zemdor fweep quelbo blorb frotz.\n\n[^a]: Zifmia.",
        )
        .paper_with("blug", "status = \"draft\"", "2.1 Melbor.\n\n2.2 Liskon.")
        .paper_with("frotz", "kind = \"pack\"", "## Gaspar\n\nDotimy.\n\n![[gorro#1.1]]\n")
        .paper_with("gnusto", "kind = \"map\"", "Filfre.")
        .paper_with("rezrov", "kind = \"timeline\"", "2008. Filfre.")
        .file("relations.toml", "[tuzz]\n\"1.1\" = { updates = [\"gorro#1.1\"] }\n");
    let published = site.published().edit("permalinks/editions.toml", "Words changed.", "Yomin.");
    let edited = published.edit("blug.md", "2.1 Melbor.\n\n2.2 Liskon.", "2.2 Liskon egdelp.");
    edited.file("permalinks/moves.toml", "[[withdrawn]]\nfrom = \"blug#2.1\"\nreason = \"Yomin.\"\n")
}

/// The words of a page outside elements that say that they are English, and outside scripts: texts, titles and labels.
fn words_not_english(page: &str) -> Vec<String> {
    fn walk(element: ElementRef<'_>, found: &mut Vec<String>) {
        let name = element.value().name();
        if element.attr("lang") == Some("en") || matches!(name, "script" | "style" | "code") {
            return;
        }
        for attribute in ["aria-label", "alt", "title", "placeholder", "data-of", "data-quotation"] {
            found.extend(element.attr(attribute).map(str::to_owned));
        }
        if name == "meta" && element.attr("name").is_some_and(|name| name == "description") {
            found.extend(element.attr("content").map(str::to_owned));
        }
        for child in element.children() {
            match child.value() {
                Node::Text(text) => found.push(text.to_string()),
                Node::Element(_) => walk(ElementRef::wrap(child).unwrap(), found),
                _ => {}
            }
        }
    }
    let page = Html::parse_document(page);
    let mut found = Vec::new();
    walk(page.root_element(), &mut found);
    found
}

/// The words of a text, in small letters, but for those of one or two.
fn long_words(text: &str) -> BTreeSet<String> {
    let mut plain = String::new();
    let mut within = false;
    for c in text.chars() {
        within = c == '{' || within && c != '}';
        plain.push(if within || c == '}' { ' ' } else { c });
    }
    let words = plain.split(|c: char| !c.is_alphabetic() && c != '’').map(str::to_lowercase);
    words.filter(|word| word.chars().count() > 2).collect()
}

/// Words that only English catalogues have.
fn english_alone() -> BTreeSet<String> {
    let words = |language: &str| -> BTreeSet<String> {
        catalogue(language).values().flatten().flat_map(|text| long_words(text)).collect()
    };
    // "should", "must" and so on are what the author wrote; legislation.gov.uk is an address.
    let mut english: BTreeSet<String> = words("en").difference(&words("cy")).cloned().collect();
    for own in ["must", "should", "clausebook", "legislation"] {
        english.remove(own);
    }
    english
}

#[test]
fn a_site_in_welsh_has_no_english_word_on_its_pages() {
    let built = welsh().build();
    let built = built.without_errors();
    let english = english_alone();
    assert!(english.len() > 300, "{}", english.len());
    let mut pages = 0;
    for (path, _) in built.output.as_ref().unwrap().iter() {
        if !path.as_str().ends_with(".html") {
            continue;
        }
        pages += 1;
        let page = built.text(path.as_str());
        assert!(page.contains("<html lang=\"cy\">"), "{path}");
        for text in words_not_english(&page) {
            let found: Vec<String> = long_words(&text).intersection(&english).cloned().collect();
            assert!(found.is_empty(), "{path}: {found:?} in {text:?}");
        }
        assert!(!page.contains("lang=\"en\""), "{path}");
    }
    assert!(pages > 25, "{pages}");
    assert_eq!(
        built.words("gorro.html", ".status"),
        ["Wedi dyddio Mae’r papur hwn wedi dyddio. Rydym yn ei gadw er gwybodaeth. Beth a gymerodd ei le"]
    );
    assert_eq!(built.words("gorro.html", "header .facts"), ["Xyzzy 3 Ebrill 2008"]);
    assert_eq!(built.words("tuzz.html", "[id='1.2'] .text a.ref").first().unwrap(), "gorro, paragraff 1.1");
    let script = built.text("static/site.js");
    assert!(script.contains("\"language\":\"cy\"") && script.contains("Copïwyd") && !script.contains("Copied"));
}

#[test]
fn a_book_and_a_single_page_in_welsh_have_no_english_word() {
    let desk = Desk::new();
    let site = welsh();
    let paths: Vec<String> = site.paths().map(str::to_owned).collect();
    for path in paths {
        desk.put(&format!("site/{path}"), site.source(&path));
    }
    let english = english_alone();
    let check = |name: &str, page: &str| {
        for text in words_not_english(page) {
            let found: Vec<String> = long_words(&text).intersection(&english).cloned().collect();
            assert!(found.is_empty(), "{name}: {found:?} in {text:?}");
        }
    };
    for of in ["", "=gorro"] {
        desk.run(&format!("bundle site --single{of} -o one.html")).ends_with(0);
        check(of, &fs::read_to_string(desk.path("one.html")).unwrap());
    }
    for of in ["", " --of gorro"] {
        desk.run(&format!("epub site{of} -o book.epub")).ends_with(0);
        let mut zip = zip::ZipArchive::new(fs::File::open(desk.path("book.epub")).unwrap()).unwrap();
        for at in 0..zip.len() {
            let mut file = zip.by_index(at).unwrap();
            let name = file.name().unwrap().into_owned();
            if name.ends_with(".xhtml") {
                let text = std::io::read_to_string(&mut file).unwrap();
                check(&name, &text);
            }
        }
    }
}

fn small(settings: &str) -> TestSite {
    TestSite::empty().file("site.toml", &format!("title = \"Site\"\n{settings}")).paper_with(
        "a",
        "status = \"draft\"\npublished = 2008-04-03",
        "1.1 Words of the author.[^a]\n\n[^a]: A note.",
    )
}

#[test]
fn a_site_without_a_catalogue_marks_the_words_of_pages_as_english() {
    let built = small("language = \"gd\"").build().clean();
    let page = built.text("a.html");
    assert!(page.contains("<html lang=\"gd\">"));
    assert_eq!(
        built.find("a.html", ".status span"),
        [
            "<span dir=\"ltr\" lang=\"en\">Draft</span>",
            "<span dir=\"ltr\" lang=\"en\">This is a draft and not in force.</span>"
        ]
    );
    assert_eq!(built.find("a.html", "#notes > *"), ["<span dir=\"ltr\" lang=\"en\">Notes</span>"]);
    assert_eq!(built.find("a.html", ".masthead li a > *").len(), 2);
    // The author's words are in the language of the site, in the midst of English ones too.
    assert_eq!(built.find("a.html", ".text span"), Vec::<String>::new());
    let hosted = small("language = \"gd\"\nhost = \"Comhairle\"").build().clean();
    let within = ".foot span[lang=en] > span[lang=gd]";
    assert_eq!(hosted.find("a.html", within).first().unwrap(), "<span lang=\"gd\">Comhairle</span>");
    assert!(built.text("static/site.js").contains("{\"foreign\":true,\"language\":\"en\""));
    // What the site translates is marked no more, and words that it does not are.
    let some = small("language = \"gd\"").file("strings/gd.toml", "[notes]\ntitle = \"Notaichean\"\n").build().clean();
    assert_eq!(some.find("a.html", "#notes"), ["<h2 id=\"notes\">Notaichean</h2>"]);
    assert_eq!(some.find("a.html", ".skip > *").len(), 1);
}

#[test]
fn a_language_that_is_written_from_right_to_left_says_so() {
    let built = small("language = \"ar\"").build().clean();
    assert!(built.text("a.html").contains("<html lang=\"ar\" dir=\"rtl\">"));
    let left = small("language = \"cy\"").build().clean();
    assert!(left.text("a.html").contains("<html lang=\"cy\">"));
}

#[test]
fn a_document_in_another_language_says_so_of_its_own_words_alone() {
    let site = TestSite::new()
        .paper_with(
            "ur",
            "language = \"ur\"\nshort = \"Ur\"",
            "## Heading\n\nBlock.\n\n1.1 Text.[^a]\n\n> [!NOTE]\n> Alert.\n\n[^a]: Note.",
        )
        .paper_with("en", "language = \"en-GB\"", "1.1 See [[ur#1.1]].")
        .paper_with("pack", "kind = \"pack\"", "## One\n\n![[ur#1.1]]");
    let built = site.build().clean();
    let marked = "[lang=ur][dir=rtl]";
    for selector in ["h1", "h2#heading", ".words", ".clause > .text", ".note-list .text"] {
        assert_eq!(built.find("ur.html", &format!("{selector}{marked}")).len(), 1, "{selector}");
    }
    assert!(built.text("ur.html").contains("<html lang=\"en-GB\">"));
    // Words of the program among them are in the language of the site.
    assert_eq!(
        built.find("ur.html", ".alert-title").first().unwrap(),
        "<p class=\"alert-title\" dir=\"ltr\" lang=\"en-GB\">Note</p>"
    );
    assert_eq!(built.find("ur.html", "a.mark[lang='en-GB']").len(), 1);
    assert_eq!(built.find("ur.html", &format!("nav {marked}, .about {marked}, footer {marked}")).len(), 0);
    assert_eq!(built.find("ur/1.1.html", &format!(".clause > .text{marked}")).len(), 1);
    assert_eq!(built.find("pack.html", &format!(".drawn > .clause > .text{marked}")).len(), 1);
    assert_eq!(built.find("pack.html", &format!("h1{marked}, h2{marked}")).len(), 0);
    assert_eq!(built.find("index.html", &format!(".card a{marked}")).len(), 1);
    // To say what holds anyway changes nothing.
    assert!(!built.text("en.html").contains("lang=\"ur\"") && built.find("en.html", "main [lang]").is_empty());
    assert!(built.text("ur.html").contains("\"inLanguage\":\"ur\""));
    let wrong = TestSite::new().paper_with("a", "language = \"Welsh language\"", "1.1 Text.").build();
    assert_eq!(wrong.codes(), ["invalid-value"]);
}

#[test]
fn a_publication_lends_its_files_its_language() {
    let built = TestSite::new()
        .file("p/index.md", "+++\ntitle = \"P\"\npublication = true\nlanguage = \"cy\"\n+++\n\n1.1 One.\n")
        .file("p/two.md", "+++\ntitle = \"Two\"\n+++\n\n2.1 Two.\n")
        .build()
        .clean();
    assert_eq!(built.find("p/two.html", ".clause > .text[lang=cy]").len(), 1);
}

#[test]
fn a_site_changes_any_words_over_its_theme() {
    let built = small("theme = \"town\"")
        .file("../themes/town/strings/en.toml", "[notes]\ntitle = \"Town notes\"\nback = \"Town: {place}\"\n")
        .file(
            "strings/en.toml",
            "paragraphs = { one = \"{count} rule\", other = \"{count} rules\" }\n[notes]\ntitle = \"Own notes\"\n",
        )
        .file("strings/en-GB.toml", "[site]\nskip = \"Mind the gap\"\n")
        .build()
        .clean();
    assert_eq!(built.words("a.html", "#notes"), ["Own notes"]);
    assert_eq!(built.words("a.html", ".back"), ["Town: 1.1"]);
    assert_eq!(built.words("a.html", ".skip"), ["Mind the gap"]);
    assert!(built.words("index.html", ".total").first().unwrap().ends_with("1 rule"));
    // A site that extends another has its words too, and its own over them.
    let local = TestSite::empty()
        .file("site.toml", "title = \"Local\"\n[extends]\nsite = \"../upstream\"\n")
        .file("strings/en.toml", "[site]\nskip = \"Own\"\n")
        .file("../upstream/site.toml", "title = \"Up\"\n")
        .file("../upstream/strings/en.toml", "[site]\nskip = \"Theirs\"\nhome = \"Start\"\n")
        .file("../upstream/a.md", "+++\ntitle = \"A\"\n+++\n\n1.1 Text.\n")
        .build()
        .clean();
    assert_eq!(local.words("a.html", ".skip"), ["Own"]);
    assert_eq!(local.words("a.html", "nav li").first().unwrap(), "Start");
}

#[test]
fn words_that_cannot_be_shown_are_reported_where_they_are() {
    let wrong = |text: &str| small("").file("strings/en.toml", text).build();
    insta::assert_snapshot!(wrong("[notes]\ntitel = \"Notes\"\n").human(), @r#"
    error[invalid-words]: no page has words of the key `notes.titel`
     --> strings/en.toml:2:1
      |
    2 | titel = "Notes"
      | ^^^^^
      |
      = help: did you mean `notes.title`?
    "#);
    insta::assert_snapshot!(wrong("[notes]\nback = \"Back\"\n").short(), @r#"strings/en.toml:2:1: error[invalid-words]: `notes.back` lacks {place} (the English words have {place})"#);
    insta::assert_snapshot!(wrong("[notes]\ntitle = \"Notes on {place}\"\n").short(), @r#"strings/en.toml:2:1: error[invalid-words]: nothing fills {place} in `notes.title` (the English words have none)"#);
    insta::assert_snapshot!(wrong("[notes]\ntitle = { one = \"a\", other = \"b\" }\n").short(), @r#"strings/en.toml:2:1: error[invalid-words]: `notes.title` must be a text (write it on one line, without control characters)"#);
    insta::assert_snapshot!(wrong("paragraphs = { one = \"{count} rule\" }\n").short(), @r#"strings/en.toml:1:1: error[invalid-words]: `paragraphs` has no form `other` (add it: it holds for all numbers that have no form)"#);
    insta::assert_snapshot!(wrong("paragraphs = { one = \"a rule\", other = \"{count} rules\", lots = \"{count}\" }\n").short(), @r#"strings/en.toml:1:1: error[invalid-words]: `lots` is no form of a plural (the forms are `zero`, `one`, `two`, `few`, `many`, `other`)"#);
    insta::assert_snapshot!(wrong("months = [\"January\"]\n").short(), @r#"strings/en.toml:1:1: error[invalid-words]: `months` must be a list of twelve texts"#);
    insta::assert_snapshot!(wrong("[notes\n").short(), @r#"strings/en.toml:1:7: error[invalid-toml]: this is not TOML: unclosed table, expected `]` (TOML is described at toml.io)"#);
    insta::assert_snapshot!(wrong("[notes]\ntitle = \"a\\u0007b\"\n").short(), @r#"strings/en.toml:2:1: error[invalid-words]: `notes.title` must be a text (write it on one line, without control characters)"#);
    let other = small("").file("strings/fr.toml", "[notes]\ntitle = \"Notes\"\n").build();
    insta::assert_snapshot!(other.short(), @r#"strings/fr.toml:1:1: warning[unused-file]: no page has these words: the site's language is `en-GB` (name the file `strings/en.toml`, or delete it)"#);
    // "One paragraph" needs no number.
    wrong("paragraphs = { one = \"One paragraph\", other = \"{count} paragraphs\" }\n").clean();
}

#[test]
fn a_template_that_asks_for_words_that_there_are_not_is_reported() {
    let with = |text: &str| small("").file("theme/templates/not-found.html", text).build();
    insta::assert_snapshot!(with("<p>{{ \"notes.titel\" | text }}</p>").short(), @r#"theme/templates/not-found.html:1:23: error[template-error]: no catalogue has words of the key `notes.titel`: did you mean `notes.title`? (while making 404.html)"#);
    insta::assert_snapshot!(with("<p>{{ \"notes.back\" | text }}</p>").short(), @r#"theme/templates/not-found.html:1:22: error[template-error]: the words of the key `notes.back` need a value `place` (while making 404.html)"#);
    let built =
        with("<p title=\"{{ \"notes.back\" | label(place='\"<b>') }}\">{{ \"notes.back\" | text(place=\"<b>\") }}</p>")
            .clean();
    assert_eq!(built.text("404.html"), "<p title=\"Back to &quot;&lt;b&gt;\">Back to &lt;b&gt;</p>");
}

#[test]
fn words_are_never_markup() {
    let hostile = "</script><script>alert(1)</script><b>";
    let words = format!(
        "[notes]\ntitle = \"{hostile}\"\nback = \"{hostile}{{place}}\"\n[script]\nclose = \"{hostile}\"\n[alert]\nnote = \"{hostile}\"\n"
    );
    let site = small("").file("strings/en.toml", &words).paper("b", "1.1 A.\n\n> [!NOTE]\n> B.");
    let built = site.build().clean();
    let page = Html::parse_document(&built.text("a.html"));
    assert_eq!(page.select(&Selector::parse("b:not(.tag), script:not([src]):not([type])").unwrap()).count(), 0);
    assert_eq!(built.words("b.html", ".alert-title"), [hostile]);
    assert!(!built.text("static/site.js").contains("</script"));
    shows(&built, hostile);
}

fn shows(built: &Built, words: &str) {
    assert_eq!(built.words("a.html", "#notes"), [words]);
}
