//! Whatever is edited, an address that was published opens the same provision, or says what became of it, or the check fails.
//!
//! A model of a site is edited at random. It knows of every published address which provision it was given out for, and
//! each provision has a word of its own that no rewording takes away: so the pages can be asked, as a browser without script
//! would, whether an address still leads to it. `SEQUENCES=5000 cargo test --release --test suite ledger` runs more of them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use clausebook::date::PartialDate;
use clausebook::diagnostic::{self, Format};
use clausebook::pipeline::publish::{EditionDetails, Outcome, publish};
use clausebook::pipeline::{self, Build, Caches, Hooks, Options};
use clausebook::source::{Site, SourceMap};
use scraper::{ElementRef, Html, Selector};

/// Numbers that look random and are the same in every run (xorshift, Marsaglia 2003).
#[derive(Clone)]
pub struct Dice(u64);

impl Dice {
    /// Numbers that follow from a seed.
    pub fn new(seed: u64) -> Self {
        let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        for _ in 0..8 {
            dice.below(2);
        }
        dice
    }

    pub fn below(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % sides.max(1)
    }

    pub fn one_in(&mut self, sides: usize) -> bool {
        self.below(sides) == 0
    }
}

/// A clause of the model, or an item in one.
#[derive(Clone, Debug)]
pub struct Clause {
    /// Identity, whatever its number and its words.
    pub provision: usize,
    number: (usize, String),
    pub words: Vec<String>,
    /// The author's id.
    label: Option<String>,
    pub items: Vec<(usize, Vec<String>)>,
}

impl Clause {
    pub fn number(&self) -> String {
        format!("1.{}{}", self.number.0, self.number.1)
    }
}

#[derive(Clone, Debug)]
pub struct Document {
    pub id: String,
    folder: String,
    pub clauses: Vec<Clause>,
}

impl Document {
    fn page(&self) -> String {
        format!("{}{}.html", self.folder, self.id)
    }

    fn text(&self) -> String {
        let mut text = format!("+++\ntitle = \"{}\"\n+++\n\n## Of {} {{#part}}\n\n", self.id, self.id);
        for clause in &self.clauses {
            let label = clause.label.as_ref().map(|label| format!(" {{#{label}}}")).unwrap_or_default();
            let words = format!("{} {}", mark(clause.provision), clause.words.join(" "));
            text += &format!("{} {words}.{label}\n\n", clause.number());
            for (at, (provision, words)) in clause.items.iter().enumerate() {
                let letter = char::from(b'a' + u8::try_from(at).unwrap());
                text += &format!("- ({letter}) {} {}\n", mark(*provision), words.join(" "));
            }
            text.push('\n');
        }
        text
    }
}

/// The word of its own that a provision has.
fn mark(provision: usize) -> String {
    format!("mark{provision}x")
}

/// Place of a provision: the document's id and the fragment.
type At = (String, String);

#[derive(Clone)]
pub struct Model {
    pub documents: Vec<Document>,
    provisions: usize,
    /// Texts of `permalinks/`.
    pub ledger: BTreeMap<String, String>,
    /// Provisions for which each address was published, one after another.
    published: BTreeMap<At, Vec<usize>>,
    /// Every page and fragment that was given out, with the provision.
    given: BTreeSet<(String, String, usize)>,
    /// Documents that were published, with every page that they had.
    ids: BTreeSet<String>,
    /// Provisions that were made one with another, or parted.
    pub became: HashMap<usize, Vec<usize>>,
    editions: usize,
}

const VOCABULARY: usize = 400;

impl Model {
    pub fn new(dice: &mut Dice) -> Self {
        let mut model = Model {
            documents: Vec::new(),
            provisions: 0,
            ledger: BTreeMap::new(),
            published: BTreeMap::new(),
            given: BTreeSet::new(),
            ids: BTreeSet::new(),
            became: HashMap::new(),
            editions: 0,
        };
        for id in ["alpha", "beta"] {
            let clauses = (1..=3 + dice.below(3)).map(|n| model.clause(dice, (n, String::new()))).collect();
            model.documents.push(Document { id: id.to_owned(), folder: String::new(), clauses });
        }
        model
    }

    fn provision(&mut self) -> usize {
        self.provisions += 1;
        self.provisions
    }

    fn clause(&mut self, dice: &mut Dice, number: (usize, String)) -> Clause {
        let provision = self.provision();
        let length = if dice.one_in(3) { 3 + dice.below(4) } else { 14 + dice.below(20) };
        let items = if dice.one_in(3) { 1 + dice.below(3) } else { 0 };
        Clause {
            provision,
            number,
            words: words(dice, length),
            label: dice.one_in(3).then(|| format!("label{provision}")),
            items: (0..items)
                .map(|_| {
                    let length = 3 + dice.below(6);
                    (self.provision(), words(dice, length))
                })
                .collect(),
        }
    }

    pub fn texts(&self) -> BTreeMap<String, String> {
        let mut texts: BTreeMap<String, String> = self.ledger.clone();
        texts.entry("site.toml".to_owned()).or_insert_with(|| "title = \"Site\"\n".to_owned());
        texts.insert("index.md".to_owned(), "+++\ntitle = \"Home\"\n+++\n\nWelcome.\n".to_owned());
        for document in &self.documents {
            texts.insert(format!("{}{}.md", document.folder, document.id), document.text());
        }
        texts
    }

    /// The ledger without its sketches, and the documents.
    pub fn shown(&self) -> String {
        let mut shown = String::new();
        for (path, text) in self.texts() {
            let cut = |line: &str| {
                line.split(' ').take(if path.ends_with(".txt") { 7 } else { 9 }).collect::<Vec<_>>().join(" ")
            };
            shown += &format!("--- {path}\n{}\n", text.lines().map(cut).collect::<Vec<_>>().join("\n"));
        }
        shown
    }

    /// Every provision's places now.
    fn places(&self) -> HashMap<usize, Vec<At>> {
        let mut places: HashMap<usize, Vec<At>> = HashMap::new();
        for document in &self.documents {
            for clause in &document.clauses {
                let of_clause = [Some(clause.number()), clause.label.clone()];
                for anchor in of_clause.into_iter().flatten() {
                    places.entry(clause.provision).or_default().push((document.id.clone(), anchor));
                }
                for (at, (provision, _)) in clause.items.iter().enumerate() {
                    let anchor = format!("{}-{}", clause.number(), char::from(b'a' + u8::try_from(at).unwrap()));
                    places.entry(*provision).or_default().push((document.id.clone(), anchor));
                }
            }
        }
        places
    }

    /// Provision at each address now.
    fn bearers(&self) -> BTreeMap<At, usize> {
        let places = self.places();
        places.iter().flat_map(|(provision, places)| places.iter().map(|at| (at.clone(), *provision))).collect()
    }

    /// Keeps every address that an edition has given out.
    pub fn record_published(&mut self) {
        self.editions += 1;
        for (at, provision) in self.bearers() {
            let had = self.published.entry(at.clone()).or_default();
            if !had.contains(&provision) {
                had.push(provision);
            }
            let document = self.documents.iter().find(|document| document.id == at.0).unwrap();
            self.given.insert((document.page(), at.1.clone(), provision));
            if !at.1.starts_with("label") && !at.1.contains('-') {
                let alone = format!("{}{}/{}.html", document.folder, document.id, at.1.to_lowercase());
                self.given.insert((alone, String::new(), provision));
            }
        }
        self.ids.extend(self.documents.iter().map(|document| document.id.clone()));
    }

    /// The rows that say all that is true of what was published, as a careful person would write them.
    pub fn moves(&self) -> String {
        let bearers = self.bearers();
        let places = self.places();
        let nth = |at: &At, provision: usize| {
            let had = self.published.get(at).map_or(&[][..], Vec::as_slice);
            had.iter().position(|had| *had == provision).unwrap_or(had.len()) + 1
        };
        let written = |at: &At, nth: usize| {
            let order = if nth > 1 { format!("~{nth}") } else { String::new() };
            format!("\"{}#{}{order}\"", at.0, at.1)
        };
        let mut rows = String::new();
        let live: BTreeSet<&str> = self.documents.iter().map(|document| document.id.as_str()).collect();
        for (at, provisions) in &self.published {
            for provision in provisions {
                if bearers.get(at) == Some(provision) {
                    continue;
                }
                let from = written(at, nth(at, *provision));
                // An id is an address of the clause: it goes where the clause has its number, or its id again.
                let is_label = at.1.starts_with("label");
                let heirs = std::iter::once(provision).chain(self.became.get(provision).into_iter().flatten());
                let now = heirs.filter_map(|heir| Some((heir, places.get(heir)?))).next();
                let to = now.and_then(|(heir, places)| {
                    let alike = places.iter().find(|to| to.1.starts_with("label") == is_label);
                    alike.or(places.first()).map(|to| written(to, nth(to, *heir)))
                });
                match to {
                    Some(to) => rows += &format!("[[moved]]\nfrom = {from}\nto = {to}\nreason = \"It moved.\"\n"),
                    None => rows += &format!("[[withdrawn]]\nfrom = {from}\nreason = \"It went.\"\n"),
                }
            }
        }
        for id in self.ids.iter().filter(|id| !live.contains(id.as_str())) {
            rows += &format!("[[withdrawn]]\nfrom = \"{id}\"\nreason = \"The paper went.\"\n");
            rows += &format!("[[withdrawn]]\nfrom = \"{id}#part\"\nreason = \"The heading went.\"\n");
        }
        rows
    }
}

fn words(dice: &mut Dice, length: usize) -> Vec<String> {
    (0..length).map(|_| word(dice)).collect()
}

fn word(dice: &mut Dice) -> String {
    let (consonants, vowels) = ("bdfghklmnprstvwz".as_bytes(), "aeiou".as_bytes());
    let mut letters = Dice(0x9e37_79b9_7f4a_7c15 ^ (dice.below(VOCABULARY) as u64 + 1));
    for _ in 0..4 {
        letters.below(2);
    }
    let syllables = 2 + letters.below(2);
    let syllable = |letters: &mut Dice| [consonants[letters.below(16)], vowels[letters.below(5)]];
    (0..syllables).flat_map(|_| syllable(&mut letters)).map(char::from).collect()
}

/// Edits the model in one way; gives what was done.
pub fn edit(model: &mut Model, dice: &mut Dice) -> &'static str {
    let document = dice.below(model.documents.len());
    let clauses = model.documents[document].clauses.len();
    let clause = dice.below(clauses);
    let number_after = |model: &Model, document: usize| {
        model.documents[document].clauses.last().map_or(1, |clause| clause.number.0 + 1)
    };
    if clauses == 0 {
        let new = model.clause(dice, (1, String::new()));
        model.documents[document].clauses.push(new);
        return "first clause";
    }
    match dice.below(16) {
        0 => {
            let words = &mut model.documents[document].clauses[clause].words;
            let at = dice.below(words.len());
            words[at] = word(dice);
            "reworded lightly"
        }
        1 => {
            let words = &mut model.documents[document].clauses[clause].words;
            words.iter_mut().for_each(|old| *old = word(dice));
            "reworded wholly"
        }
        2 => {
            let (number, _) = model.documents[document].clauses[clause].number;
            let taken = |letter: &str| {
                model.documents[document].clauses.iter().any(|c| c.number == (number, letter.to_owned()))
            };
            let Some(letter) = ["A", "B", "C"].into_iter().find(|letter| !taken(letter)) else { return "nothing" };
            let new = model.clause(dice, (number, letter.to_owned()));
            let clauses = &mut model.documents[document].clauses;
            let at = clauses.iter().position(|c| c.number > new.number).unwrap_or(clauses.len());
            clauses.insert(at, new);
            "inserted with a letter"
        }
        3 => {
            let number = model.documents[document].clauses[clause].number.0;
            let new = model.clause(dice, (number, String::new()));
            let clauses = &mut model.documents[document].clauses;
            for later in clauses.iter_mut().filter(|c| c.number.0 >= number) {
                later.number.0 += 1;
            }
            let at = clauses.iter().position(|c| c.number > new.number).unwrap_or(clauses.len());
            clauses.insert(at, new);
            "inserted, the rest shifted"
        }
        4 => {
            model.documents[document].clauses.remove(clause);
            "deleted"
        }
        5 => {
            let other = dice.below(model.documents.len());
            if other == document {
                return "nothing";
            }
            let number = number_after(model, other);
            let mut moved = model.documents[document].clauses.remove(clause);
            moved.number = (number, String::new());
            model.documents[other].clauses.push(moved);
            "moved to another document"
        }
        6 => {
            let by = 1 + dice.below(3);
            let number = model.documents[document].clauses[clause].number.0;
            for later in model.documents[document].clauses.iter_mut().filter(|c| c.number.0 >= number) {
                later.number.0 += by;
            }
            "renumbered upwards"
        }
        7 => {
            let Some(id) = ["gamma", "delta", "epsilon", "zeta"]
                .into_iter()
                .find(|id| model.documents.iter().all(|document| document.id != *id))
            else {
                return "nothing";
            };
            let clauses = model.documents[document].clauses.split_off(clause);
            model.documents.push(Document { id: id.to_owned(), folder: String::new(), clauses });
            "split a file"
        }
        8 => {
            let Some(id) = ["eta", "theta", "iota", "alpha", "beta"]
                .into_iter()
                .find(|id| model.documents.iter().all(|document| document.id != *id))
            else {
                return "nothing";
            };
            model.documents[document].id = id.to_owned();
            "renamed a file"
        }
        9 => {
            let number = &model.documents[document].clauses[clause].number;
            if !number.1.is_empty()
                || model.documents[document].clauses.iter().any(|c| c.number == (number.0, "A".to_owned()))
            {
                return "nothing";
            }
            let number = (number.0, "A".to_owned());
            let provision = model.provision();
            let old = &mut model.documents[document].clauses[clause];
            let words = old.words.split_off(old.words.len() / 2);
            if words.is_empty() || old.words.is_empty() {
                old.words.extend(words);
                return "nothing";
            }
            let (items, label, whole) = (Vec::new(), None, old.provision);
            model.became.entry(whole).or_default().push(provision);
            model.documents[document].clauses.insert(clause + 1, Clause { provision, number, words, label, items });
            "split a clause"
        }
        10 if clause + 1 < clauses => {
            let gone = model.documents[document].clauses.remove(clause + 1);
            let into = &mut model.documents[document].clauses[clause];
            into.words.push(mark(gone.provision));
            into.words.extend(gone.words);
            model.became.entry(gone.provision).or_default().push(into.provision);
            "merged"
        }
        11 if clause + 1 < clauses => {
            let clauses = &mut model.documents[document].clauses;
            clauses.swap(clause, clause + 1);
            let (one, two) = (clauses[clause].number.clone(), clauses[clause + 1].number.clone());
            clauses[clause].number = two;
            clauses[clause + 1].number = one;
            "swapped two"
        }
        12 => {
            let folder = &mut model.documents[document].folder;
            *folder = if folder.is_empty() { "papers/".to_owned() } else { String::new() };
            "moved to another folder"
        }
        13 => {
            let number = model.documents[document].clauses[clause].number.clone();
            let new = model.clause(dice, number);
            model.documents[document].clauses[clause] = new;
            "replaced under the same number"
        }
        14 => {
            let items = &mut model.documents[document].clauses[clause].items;
            match items.len() {
                0 => {
                    let length = 3 + dice.below(6);
                    let words = words(dice, length);
                    let provision = model.provision();
                    model.documents[document].clauses[clause].items.push((provision, words));
                    "item added"
                }
                1 => {
                    items.remove(0);
                    "item removed"
                }
                more => {
                    items.swap(0, dice.below(more));
                    "items swapped"
                }
            }
        }
        _ => {
            let clause = &mut model.documents[document].clauses[clause];
            clause.label = match clause.label {
                Some(_) => None,
                None => Some(format!("label{}", clause.provision)),
            };
            "id given or taken"
        }
    }
}

struct Builder {
    caches: Caches,
    sources: SourceMap,
}

impl Builder {
    fn new() -> Self {
        Builder { caches: Caches::keeping(), sources: SourceMap::new() }
    }

    /// Builds the model, and works out the next edition if nothing is wrong.
    fn build(&mut self, model: &Model) -> (Build, Option<Outcome>) {
        let mut sources = std::mem::take(&mut self.sources);
        let texts = model.texts();
        for (path, text) in &texts {
            sources.insert(path, text);
        }
        sources.retain(|path| texts.contains_key(path));
        let read = pipeline::read_site(Site { sources, ..Site::default() }, Vec::new(), false);
        let date = PartialDate::parse("2026-11-24").unwrap();
        let wanted = EditionDetails { name: None, date, note: Some("Words.".to_owned()) };
        let (caches, hooks) = (&mut self.caches, Hooks::default());
        let resolved = pipeline::resolve(pipeline::load(&read, &Options::default(), hooks), caches, hooks);
        let outcome = Some(publish(&resolved.corpus, &resolved.ledger, &read.site.sources, &wanted));
        let build = pipeline::finish(resolved, caches, hooks);
        self.sources = read.site.sources;
        (build, outcome)
    }

    /// A build with nothing left from others gives the same.
    fn is_as_cold(&self, model: &Model, warm: &Build) {
        let mut sources = SourceMap::new();
        for (path, text) in &model.texts() {
            sources.insert(path, text);
        }
        let site = Site { sources, ..Site::default() };
        let cold = pipeline::build(&pipeline::read_site(site.clone(), Vec::new(), false), &Options::default());
        let shown = diagnostic::show(&cold.diagnostics, &site.sources, "", Format::Short);
        assert_eq!(self.shown(warm), shown);
        assert!(warm.output == cold.output, "what was made with caches differs");
    }

    fn shown(&self, build: &Build) -> String {
        diagnostic::show(&build.diagnostics, &self.sources, "", Format::Short)
    }
}

/// The pages of a built site, as a browser without script reads them.
struct Pages<'b> {
    build: &'b Build,
    read: HashMap<String, Html>,
}

impl Pages<'_> {
    fn read(&mut self, path: &str) -> bool {
        if self.read.contains_key(path) {
            return true;
        }
        let Some(page) = self.build.output.as_ref().unwrap().get(path) else { return false };
        let text = std::str::from_utf8(page.bytes().unwrap()).unwrap();
        self.read.insert(path.to_owned(), Html::parse_document(text));
        true
    }

    /// Whether an address leads to a provision, or to words about what became of it.
    fn leads(&mut self, path: &str, fragment: &str, provision: usize, depth: usize) -> Result<(), String> {
        if !self.read(path) {
            return Err(format!("{path} is not there"));
        }
        let page = &self.read[path];
        let target = if fragment.is_empty() {
            page.select(&Selector::parse("main").unwrap()).next()
        } else {
            page.tree.root().descendants().filter_map(ElementRef::wrap).find(|e| e.value().id() == Some(fragment))
        };
        let Some(mut target) = target else { return Err(format!("{path} has no #{fragment}")) };
        // An address without words stands at the head of what took it over.
        while target.text().all(|text| text.trim().is_empty()) {
            match target.parent().and_then(ElementRef::wrap) {
                Some(parent) => target = parent,
                None => break,
            }
        }
        let text: String = target.text().collect();
        if text.contains(&mark(provision)) {
            return Ok(());
        }
        // A former item or number at the head of a clause: the clause took it over.
        let is_clause = |e: ElementRef<'_>| e.value().classes().any(|class| class == "clause");
        let around = target.ancestors().filter_map(ElementRef::wrap).find(|e| is_clause(*e));
        let is_former = |e: ElementRef<'_>| e.value().classes().any(|class| class == "former");
        if is_former(target) && around.is_some_and(|e| e.text().collect::<String>().contains(&mark(provision))) {
            return Ok(());
        }
        // What became of an item's old letter stands at the head of the clause that has it now.
        let said: Vec<ElementRef<'_>> = around
            .unwrap_or(target)
            .descendants()
            .filter_map(ElementRef::wrap)
            .filter(|e| is_former(*e) || e.value().name() == "li")
            .collect();
        let said = if said.is_empty() { vec![target] } else { said };
        let mut links = Vec::new();
        for said in said {
            let words: String = said.text().collect();
            if words.contains("withdrawn") {
                return Ok(());
            }
            let link = Selector::parse("a").unwrap();
            links.extend(said.select(&link).filter_map(|a| a.value().attr("href")).map(str::to_owned));
        }
        if depth > 0 {
            for link in links {
                let (to, fragment) = link.split_once('#').unwrap_or((&link, ""));
                let to = if to.is_empty() { path.to_owned() } else { joined(path, to) };
                if self.leads(&to, fragment, provision, depth - 1).is_ok() {
                    return Ok(());
                }
            }
        }
        Err(format!("{path}#{fragment} says {:?}", text.split_whitespace().collect::<Vec<_>>().join(" ")))
    }
}

/// A relative address from a page.
fn joined(page: &str, to: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in to.split('/') {
        match part {
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// Every address that was given out leads to its provision or says what became of it.
fn check(model: &Model, build: &Build, log: &[String]) {
    let mut pages = Pages { build, read: HashMap::new() };
    for (page, fragment, provision) in &model.given {
        let found = pages.leads(page, fragment, *provision, 2);
        // What was parted or made one is the other as well.
        let heirs = model.became.get(provision).into_iter().flatten();
        let found = heirs
            .fold(found, |found, heir| found.or_else(|why| pages.leads(page, fragment, *heir, 2).map_err(|_| why)));
        if let Err(why) = found {
            panic!(
                "{page}#{fragment} was published for {}, and is lost in silence: {why}\n{}\n--- moves.toml\n{}",
                mark(*provision),
                log.join("\n"),
                model.ledger.get("permalinks/moves.toml").map_or("", String::as_str)
            );
        }
    }
}

#[derive(Default, Debug)]
struct Tally {
    builds: usize,
    caught: usize,
    explained: usize,
    refused: usize,
    published: usize,
    addresses: usize,
}

/// One life of a site.
fn sequence(seed: u64, builder: &mut Builder, tally: &mut Tally) {
    let mut dice = Dice::new(seed);
    let mut model = Model::new(&mut dice);
    let mut good = model.clone();
    let mut log: Vec<String> = Vec::new();
    let steps = 3 + dice.below(10);
    for step in 0..steps {
        if step > 0 {
            for _ in 0..=dice.below(3) {
                log.push(edit(&mut model, &mut dice).to_owned());
            }
        }
        let (mut build, mut outcome) = builder.build(&model);
        tally.builds += 1;
        if build.output.is_none() {
            tally.caught += 1;
            let shown = builder.shown(&build);
            // What failed is named.
            assert!(!build.diagnostics.is_empty(), "{log:?}");
            model.ledger.insert("permalinks/moves.toml".to_owned(), model.moves());
            (build, outcome) = builder.build(&model);
            log.push(format!("explained: {}", shown.lines().next().unwrap_or_default()));
            if build.output.is_some() {
                tally.explained += 1;
            } else {
                // Words so different that only a person could say; or an edit that is wrong in itself.
                log.push(format!("refused: {}", builder.shown(&build)));
                tally.refused += 1;
                model = good.clone();
                continue;
            }
        }
        check(&model, &build, &log);
        if step % 4 == 3 {
            builder.is_as_cold(&model, &build);
        }
        if (dice.one_in(2) || step == 0)
            && let Some(Outcome::Edition { files, .. }) = outcome
        {
            tally.published += 1;
            log.push("published".to_owned());
            model.ledger.extend(files);
            model.record_published();
            tally.addresses += model.given.len();
            // What was published agrees with what is there.
            let (build, outcome) = builder.build(&model);
            assert!(build.output.is_some(), "{}\n{}\n{}", log.join("\n"), builder.shown(&build), model.shown());
            assert!(matches!(outcome, Some(Outcome::Nothing)), "{}\n{outcome:?}", log.join("\n"));
            check(&model, &build, &log);
        }
        good = model.clone();
    }
}

#[test]
fn no_address_is_lost_in_silence() {
    let sequences = std::env::var("SEQUENCES").ok().and_then(|n| n.parse().ok()).unwrap_or(30);
    let mut builder = Builder::new();
    let mut tally = Tally::default();
    let first = std::env::var("FIRST").ok().and_then(|n| n.parse().ok()).unwrap_or(1);
    for seed in first..first + sequences {
        println!("sequence {seed}");
        sequence(seed, &mut builder, &mut tally);
    }
    println!("{sequences} sequences: {tally:?}");
    // The test says something only if all of this happens.
    assert!(tally.caught > 0 && tally.explained > 0 && tally.published > 0 && tally.addresses > 0, "{tally:?}");
    assert!(tally.refused * 2 < tally.caught, "{tally:?}");
}
