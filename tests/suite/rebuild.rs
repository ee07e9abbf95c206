//! A build with what the last one left gives the same bytes and the same diagnostics as one without, whatever was edited.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;

use clausebook::diagnostic::{self, Format};
use clausebook::disk;
use clausebook::output::OutPath;
use clausebook::pipeline::{self, Build, Caches, Hooks, Options};
use clausebook::source::{Hash, Site, SourceMap};
use proptest::prelude::*;

#[path = "../../benches/corpus/mod.rs"]
#[allow(dead_code, unused_imports, reason = "a part of the corpus is enough here")]
mod corpus;

/// A site that is edited while it is built again and again.
struct Edited {
    texts: BTreeMap<String, String>,
    assets: BTreeMap<String, Hash>,
    warm: SourceMap,
    caches: Caches,
}

impl Edited {
    fn new(site: &Site) -> Self {
        let texts = site.sources.iter().filter(|file| !site.assets.contains_key(&*file.path));
        Edited {
            texts: texts.map(|file| (file.path.to_string(), file.text.to_string())).collect(),
            assets: site.assets.clone(),
            warm: SourceMap::new(),
            caches: Caches::keeping(),
        }
    }

    /// The site that makes itself, and what it leaves out: a map, dates, relations of clauses, a brand, synonyms.
    fn starter() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/starter");
        let (site, faults) = disk::read(&root, SourceMap::new()).unwrap();
        assert!(faults.is_empty());
        let mut site = Edited::new(&site);
        site.replace("site.toml", "[kinds]\n", "[kinds]\nmap = \"Map\"\ntimeline = \"Timeline\"\n");
        site.set("map.md", "+++\ntitle = \"How it fits together\"\nkind = \"map\"\n+++\n\nThe map of [[rules]].\n");
        site.set(
            "dates.md",
            "+++\ntitle = \"Dates\"\nkind = \"timeline\"\n+++\n\n## 2025\n\n- **March 2025** [[rules]]\n",
        );
        site.set(
            "about.md",
            "+++\ntitle = \"About\"\n+++\n\n1.1 Who made it: see [[rules#who-are-trustees]]. {.money}\n",
        );
        site.replace("rules.md", "replaces = [", "replaces = [\"before\", ");
        site.set(
            "plain.md",
            "+++\ntitle = \"The rules in plain words\"\nrestates = \"rules\"\n+++\n\n1.1 Anyone can book.\n\n2.1 Pay first.\n",
        );
        let rules = site.texts["rules.md"].split_once("\n+++\n").unwrap().1;
        let before = rules.replace("Anyone may book", "Only trustees may book") + "\n9.1 No one smokes in the hall.\n";
        site.set("before.md", &format!("+++\ntitle = \"Rules of 1998\"\n+++\n{before}"));
        for of in [synonyms, quiet, brand, relations] {
            of(&mut site, 1);
        }
        site
    }

    fn set(&mut self, path: &str, text: &str) {
        self.texts.insert(path.to_owned(), text.to_owned());
    }

    fn site(&self, mut sources: SourceMap) -> Site {
        for (path, text) in &self.texts {
            sources.insert(path, text);
        }
        for path in self.assets.keys() {
            sources.insert(path, "");
        }
        sources.retain(|path| self.texts.contains_key(path) || self.assets.contains_key(path));
        Site { sources, assets: self.assets.clone(), ..Site::default() }
    }

    /// Builds with the caches; gives the build, and the pages that were made for it.
    fn rebuild(&mut self) -> (Build, Vec<String>) {
        let site = self.site(self.warm.clone());
        self.warm = site.sources.clone();
        let made = Mutex::new(Vec::new());
        let keep = |path: &OutPath, artefact| {
            made.lock().unwrap().push(path.to_string());
            artefact
        };
        let read = pipeline::read_site(site, Vec::new(), false);
        let hooks = Hooks { keep: &keep, ..Hooks::default() };
        let build = pipeline::rebuild(&read, &options(), &mut self.caches, hooks);
        let mut made = made.into_inner().unwrap();
        made.retain(|path| path.ends_with(".html"));
        made.sort();
        (build, made)
    }

    /// Builds both ways, and fails if they differ. Gives the pages that were made with the caches.
    fn check(&mut self) -> Vec<String> {
        let (warm, made) = self.rebuild();
        let cold_site = self.site(SourceMap::new());
        let cold = pipeline::build(&pipeline::read_site(cold_site.clone(), Vec::new(), false), &options());
        let shown =
            |build: &Build, sources: &SourceMap| diagnostic::show(&build.diagnostics, sources, "", Format::Json);
        assert_eq!(shown(&warm, &self.warm), shown(&cold, &cold_site.sources));
        assert_eq!((warm.documents, warm.clauses), (cold.documents, cold.clauses));
        let files = |build: &Build| -> BTreeMap<String, _> {
            build.output.iter().flat_map(|o| o.iter()).map(|(path, file)| (path.to_string(), file.clone())).collect()
        };
        let (warm, cold) = (files(&warm), files(&cold));
        let differs = |path: &&String| warm.get(*path) != cold.get(*path);
        let differing: Vec<_> = warm.keys().chain(cold.keys()).filter(differs).collect();
        assert_eq!(differing, Vec::<&String>::new());
        made
    }

    fn replace(&mut self, path: &str, from: &str, to: &str) {
        let text = self.texts.get_mut(path).unwrap();
        assert!(text.contains(from), "{path} has no {from:?}");
        *text = text.replacen(from, to, 1);
    }
}

/// Takes the lines that begin with one of these out of a file.
fn without(text: &str, beginnings: &[&str]) -> String {
    let kept = text.lines().filter(|line| !beginnings.iter().any(|beginning| line.starts_with(beginning)));
    kept.map(|line| format!("{line}\n")).collect()
}

/// Other names for words of the glossary.
fn synonyms(site: &mut Edited, n: usize) {
    let Some(text) = site.texts.get_mut("glossary.md") else { return };
    let rows = [
        "",
        "[synonyms]\n\"duty steward\" = [\"warden\"]\n",
        "[synonyms]\n\"duty steward\" = [\"warden\", \"person in charge\"]\n",
    ];
    let plain = without(text, &["[synonyms]", "\"duty steward\" ="]);
    *text = plain.replacen("\n+++\n", &format!("\n{}+++\n", rows[n % rows.len()]), 1);
}

/// Kinds of documents that give way to others when readers search.
fn quiet(site: &mut Edited, n: usize) {
    let Some(text) = site.texts.get_mut("site.toml") else { return };
    let rows = ["", "[search]\nquiet = [\"minutes\"]\n", "[search]\nquiet = [\"minutes\", \"letter\"]\n"];
    *text = without(text, &["[search]", "quiet ="]) + rows[n % rows.len()];
}

/// Changes the brand.
fn brand(site: &mut Edited, n: usize) {
    let theme = ["", "name = \"Hall\"\naccent = \"#0b4f8a\"\n", "footer = \"A line.\"\naccent = \"#7a1f5c\"\n"];
    site.set("theme/theme.toml", theme[n % theme.len()]);
    match n % 4 {
        0 => drop((site.texts.remove("theme/brand.css"), site.texts.remove("theme/logo.svg"))),
        1 => site.set("theme/brand.css", ":root { --radius: 0; }\n"),
        _ => site.set("theme/logo.svg", &format!("<svg xmlns=\"http://www.w3.org/2000/svg\"><!-- {n} --></svg>\n")),
    }
}

/// Changes the relations between clauses.
fn relations(site: &mut Edited, n: usize) {
    let rows = [
        "",
        "\"1.1\" = { see-also = [\"letter#1\"] }\n",
        "\"1.1\" = { see-also = [\"letter#1\"], updates = [\"handbook#1.2\"] }\n\"1.4\" = { quotes = [\"letter#2\"] }\n",
    ];
    site.set("relations.toml", &format!("[rules]\n{}", rows[n % rows.len()]));
}

fn options() -> Options {
    Options { base_url: Some("https://example.org/".to_owned()) }
}

/// A thing that an author does: to which file, where in it, what.
#[derive(Clone, Debug)]
enum Edit {
    /// A word in the place of another.
    Word(usize, usize),
    /// A line taken out, and perhaps put in elsewhere.
    Line(usize, usize, Option<usize>),
    /// A blank line, a comment of the settings.
    Blank(usize, usize),
    /// A new document that refers to others.
    New(usize),
    /// A document deleted.
    Delete(usize),
    /// A document under another name.
    Rename(usize),
    /// A clause's number changed.
    Renumber(usize, usize),
    /// A clause after the last of a document.
    Append(usize),
    /// A line of front matter or of a register changed.
    Head(usize, usize),
    /// A template of the site's own, or another text of it.
    Template(usize),
    /// One of the things that no clause says: synonyms, quiet kinds, the brand, relations.
    Beside(usize, usize),
    /// Everything as it was at first.
    Restore,
}

fn edit() -> impl Strategy<Value = Edit> {
    let at = || 0..10_000_usize;
    prop_oneof![
        4 => (at(), at()).prop_map(|(file, at)| Edit::Word(file, at)),
        2 => (at(), at(), proptest::option::of(at())).prop_map(|(file, at, to)| Edit::Line(file, at, to)),
        1 => (at(), at()).prop_map(|(file, at)| Edit::Blank(file, at)),
        1 => at().prop_map(Edit::New),
        1 => at().prop_map(Edit::Delete),
        1 => at().prop_map(Edit::Rename),
        2 => (at(), at()).prop_map(|(file, at)| Edit::Renumber(file, at)),
        2 => at().prop_map(Edit::Append),
        2 => (at(), at()).prop_map(|(file, at)| Edit::Head(file, at)),
        1 => at().prop_map(Edit::Template),
        4 => (at(), at()).prop_map(|(which, n)| Edit::Beside(which, n)),
        2 => Just(Edit::Restore),
    ]
}

fn apply(site: &mut Edited, first: &BTreeMap<String, String>, edit: &Edit) {
    let paths: Vec<String> = site.texts.keys().cloned().collect();
    let pick = |at: usize| paths[at % paths.len()].clone();
    let documents: Vec<&String> = paths.iter().filter(|path| path.ends_with(".md") && *path != "index.md").collect();
    let document = |at: usize| documents.get(at % documents.len().max(1)).map(|path| (*path).clone());
    let line_at = |text: &str, at: usize, wanted: fn(&str) -> bool| {
        let lines: Vec<usize> = text.lines().enumerate().filter(|(_, line)| wanted(line)).map(|(n, _)| n).collect();
        lines.get(at % lines.len().max(1)).copied()
    };
    let change = |text: &mut String, line: usize, to: &dyn Fn(&str) -> String| {
        let lines = text.lines().enumerate().map(|(n, old)| if n == line { to(old) } else { old.to_owned() });
        *text = lines.collect::<Vec<_>>().join("\n") + "\n";
    };
    match edit {
        Edit::Word(file, at) => {
            let text = site.texts.get_mut(&pick(*file)).unwrap();
            let words: Vec<&str> = text.split_whitespace().filter(|w| w.chars().all(char::is_alphabetic)).collect();
            if let Some(word) = words.get(at % words.len().max(1)).map(|word| (*word).to_owned()) {
                *text = text.replacen(&word, ["trustee", "AGM", "hall", "Licensing"][at % 4], 1);
            }
        }
        Edit::Line(file, at, to) => {
            let text = site.texts.get_mut(&pick(*file)).unwrap();
            let mut lines: Vec<&str> = text.lines().collect();
            if lines.is_empty() {
                return;
            }
            let taken = lines.remove(at % lines.len());
            if let Some(to) = to {
                lines.insert(to % (lines.len() + 1), taken);
            }
            *text = lines.join("\n") + "\n";
        }
        Edit::Blank(file, at) => {
            let text = site.texts.get_mut(&pick(*file)).unwrap();
            let line = at % (text.lines().count() + 1);
            let mut lines: Vec<&str> = text.lines().collect();
            lines.insert(line, "");
            *text = lines.join("\n") + "\n";
        }
        Edit::New(n) => {
            let text = format!(
                "+++\ntitle = \"New {n}\"\nsummarises = [\"rules\"]\n+++\n\n1.1 See [[rules#1.2]] and [[rules]].\n"
            );
            site.texts.insert(format!("new-{n}.md"), text);
        }
        Edit::Delete(at) => drop(document(*at).map(|path| site.texts.remove(&path))),
        Edit::Rename(at) => {
            if let Some(path) = document(*at) {
                let text = site.texts.remove(&path).unwrap();
                site.texts.insert(path.replace(".md", "-renamed.md"), text);
            }
        }
        Edit::Renumber(at, line) => {
            let Some(path) = document(*at) else { return };
            let text = site.texts.get_mut(&path).unwrap();
            let numbered = |line: &str| line.starts_with(|c: char| c.is_ascii_digit());
            if let Some(line) = line_at(text, *line, numbered) {
                change(text, line, &|old| format!("7.{} {}", old.len(), old.split_once(' ').unwrap_or(("", "")).1));
            }
        }
        Edit::Append(at) => {
            let Some(path) = document(*at) else { return };
            let more = "\n9.9 One more, by the trustee. See [[rules#1.1]], [[rules#2.1]] and [[ca2011 s 177]].[^n]\n\n[^n]: Note.\n";
            site.texts.get_mut(&path).unwrap().push_str(more);
        }
        Edit::Head(file, at) => {
            let text = site.texts.get_mut(&pick(*file)).unwrap();
            if let Some(line) = line_at(text, *at, |line| line.contains(" = \"")) {
                change(text, line, &|old| old.replacen(" = \"", " = \"The ", 1));
            }
        }
        Edit::Template(n) => {
            let text = "{% extends \"default/not-found.html\" %}\n".to_owned() + &" ".repeat(n % 3);
            site.texts.insert("theme/templates/not-found.html".to_owned(), text);
        }
        Edit::Beside(which, n) => [synonyms, quiet, brand, relations][which % 4](site, *n),
        Edit::Restore => site.texts.clone_from(first),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn warm_and_cold_builds_give_the_same_bytes(edits in proptest::collection::vec(edit(), 1..14)) {
        let mut site = Edited::starter();
        let first = site.texts.clone();
        site.check();
        for edit in &edits {
            apply(&mut site, &first, edit);
            site.check();
        }
        site.texts = first;
        site.check();
    }
}

#[test]
fn only_what_an_edit_changes_is_made_again() {
    let mut site = Edited::starter();
    assert!(site.check().len() > 40);
    assert_eq!(site.check(), Vec::<String>::new());
    // Words of one clause: its document, its own page and those of its document; no list shows them but its terms'.
    site.replace("rules.md", "Anyone may book the hall.", "Everyone may book the hall.");
    let made = site.check();
    assert!(made.contains(&"rules.html".to_owned()) && made.contains(&"subjects/money.html".to_owned()), "{made:?}");
    assert!(!made.iter().any(|page| page.starts_with("handbook") || page == "letter.html"), "{made:?}");
    // A blank line between two clauses is not seen by a document that draws none of them in.
    site.replace("letter.md", "\n\n2. You keep", "\n\n\n2. You keep");
    let made = site.check();
    assert!(made.contains(&"letter.html".to_owned()), "{made:?}");
    assert!(!made.iter().any(|page| page.starts_with("rules") || page.starts_with("handbook")), "{made:?}");
}

#[test]
fn a_new_number_reaches_every_document_that_shows_it() {
    let mut site = Edited::starter();
    site.check();
    // `who-are-trustees` is mentioned by its id in the glossary.
    site.replace("rules.md", "1.2 The trustees", "1.2A The trustees");
    let made = site.check();
    assert!(made.contains(&"glossary.html".to_owned()), "{made:?}");
    // 2.2 carries a term of each of the two taxonomies that one page crosses.
    site.replace("rules.md", "\n2.2 The charges", "\n2.2A The charges");
    site.replace("rules.md", "[[2.2]]", "[[2.2A]]");
    site.replace("rules.md", "[[2.2|", "[[2.2A|");
    site.replace("letter.md", "[[rules#2.2|", "[[rules#2.2A|");
    site.replace("minutes.md", "[[rules#2.2]]", "[[rules#2.2A]]");
    let made = site.check();
    assert!(made.contains(&"browse.html".to_owned()), "{made:?}");
}

#[test]
fn a_new_word_in_one_edition_reaches_what_tells_of_it_in_the_other() {
    let mut site = Edited::starter();
    site.check();
    let compared = "compare/before--rules.html".to_owned();
    // 1.1 was unchanged, and is now reworded: both documents say so of it.
    site.replace("before.md", "\n1.1 The hall is there for everyone", "\n1.1 The hall is there for all who live");
    let made = site.check();
    assert!(made.contains(&compared) && made.contains(&"rules.html".to_owned()), "{made:?}");
    // Reworded once more, it is told of in the same words.
    site.replace("before.md", "\n1.1 The hall is there for all who live", "\n1.1 The hall is there for those who live");
    let made = site.check();
    assert!(made.contains(&compared) && !made.contains(&"rules.html".to_owned()), "{made:?}");
    assert!(!made.iter().any(|page| page.starts_with("rules/")), "{made:?}");
}

#[test]
fn a_fault_does_not_empty_the_caches() {
    let mut site = Edited::starter();
    site.check();
    site.replace("letter.md", "[[rules#2.2|rules]]", "[[rules#2.22|rules]]");
    assert_eq!(site.check(), Vec::<String>::new());
    site.replace("letter.md", "[[rules#2.22|rules]]", "[[rules#2.2|rules]]");
    assert_eq!(site.check(), Vec::<String>::new());
}

#[test]
fn the_corpus_of_the_benchmarks_has_no_fault() {
    let size = corpus::Size { documents: 20, clauses: 240 };
    let mut site = Edited::new(&corpus::site(size));
    let (build, made) = site.rebuild();
    assert_eq!((build.diagnostics.len(), build.documents, build.clauses), (0, size.documents, size.clauses));
    assert!(made.len() > 20);
    let path = corpus::path(3);
    site.replace(&path, "\n1.2 ", "\n1.2 The trustee and the Lead Member, by then, ");
    assert!(site.check().contains(&path.replace(".md", ".html")));
}
#[test]
fn what_no_clause_says_reaches_what_shows_it() {
    let mut site = Edited::starter();
    let all = site.check().len();
    brand(&mut site, 2);
    assert_eq!(site.check().len(), all);
    // The map counts the clauses that are related, and is drawn for no other edit of them.
    relations(&mut site, 2);
    let made = site.check();
    assert!(made.contains(&"map.html".to_owned()) && made.len() < all, "{made:?}");
    site.replace("rules.md", "Anyone may book the hall.", "Everyone may book the hall.");
    let made = site.check();
    assert!(made.contains(&"search.html".to_owned()) && !made.contains(&"map.html".to_owned()), "{made:?}");
    // Which file the index begins with is known to the page of search alone.
    site.replace("letter.md", "You keep", "You shall keep");
    let made = site.check();
    assert!(
        made.iter().all(|page| page.starts_with("letter") || page.starts_with("sea") || page.contains('/')),
        "{made:?}"
    );
    for n in [2, 0] {
        synonyms(&mut site, n);
        assert!(site.check().contains(&"search.html".to_owned()));
        quiet(&mut site, n);
        assert!(site.check().contains(&"search.html".to_owned()));
    }
}

#[test]
fn another_numbering_of_a_publication_reaches_the_words_that_its_files_use() {
    let mut site = Edited::starter();
    site.set("book/index.md", "+++\ntitle = \"Book\"\npublication = true\nnumbering = \"auto\"\n+++\n\nOpening.\n");
    site.set(
        "book/part.md",
        "+++\ntitle = \"Part\"\n+++\n\nThe hall is let.\n\nA trustee opens it, and the trustees close it.\n",
    );
    site.check();
    // The text of the part is as it was, and has no clauses any more.
    site.replace("book/index.md", "numbering = \"auto\"", "numbering = \"none\"");
    let made = site.check();
    assert!(made.contains(&"glossary.html".to_owned()), "{made:?}");
}
