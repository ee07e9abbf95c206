//! The register of authorities, and the names under which a text may cite them.
//!
//! Takes the works that a site declares; finds a row by its key, its work, or the words of its
//! title or an alias. Never takes a name for a work that no row declares.

use std::collections::{BTreeMap, HashMap};

use super::tokens::{Kind, Tokens};
use super::work::Authority;

/// Every authority of a site.
#[derive(Clone, Debug, Default)]
pub struct Register {
    /// The rows, by key.
    pub authorities: Vec<Authority>,
    /// Titles and aliases by their first word in lower case.
    forms: HashMap<String, Vec<Form>>,
    /// For each first letter, the lengths of those first words: most words of a text are none.
    lengths: [u32; 26],
    /// Titles without their year, in lower case, with the authorities that have them.
    undated: BTreeMap<String, Vec<usize>>,
    works: BTreeMap<String, usize>,
}

/// A title or an alias, as words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// Words of the name, without the marks between them and without an article before them.
    pub words: Vec<String>,
    /// The article that must be before it: "the 2004 Act".
    pub article: Option<String>,
    /// Whether capitals count: in a name without a figure nothing else tells it from ordinary
    /// words.
    pub exact: bool,
    /// The marks between its words: only these, and those of any title, may be there in a text.
    pub marks: String,
    /// The words that have a full stop after them: "etc."
    pub stops: Vec<usize>,
    /// The authorities that have it: more than one if it is ambiguous.
    pub authorities: Vec<usize>,
}

impl Register {
    /// A register of these rows.
    pub fn new(mut authorities: Vec<Authority>) -> Self {
        authorities.sort_by(|a, b| a.key.cmp(&b.key));
        let mut register = Register::default();
        for (at, authority) in authorities.iter().enumerate() {
            for name in std::iter::once(&authority.title).chain(&authority.aliases) {
                register.add_form(name, at);
                // "the Children and Young People's Plan (England) Regulations 2005", whatever
                // article the title has.
                if let Some(rest) = name.strip_prefix("The ") {
                    register.add_form(rest, at);
                }
            }
            if let Some(work) = &authority.work {
                register.works.entry(work.clone()).or_insert(at);
            }
        }
        for forms in register.forms.values_mut() {
            let length = |form: &Form| form.words.len() + usize::from(form.article.is_some());
            forms.sort_by(|a, b| length(b).cmp(&length(a)).then_with(|| a.words.cmp(&b.words)));
        }
        register.authorities = authorities;
        register
    }

    fn add_form(&mut self, name: &str, authority: usize) {
        let tokens = Tokens::new(name);
        let (mut words, mut stops) = (Vec::new(), Vec::new());
        for token in tokens.within(0..tokens.len()) {
            match token.kind {
                Kind::And => words.push(if token.text == "&" { "and" } else { token.text }.to_owned()),
                Kind::Stop => stops.push(words.len()),
                _ if token.is_word() => words.push(token.text.replace('’', "'")),
                _ => {}
            }
        }
        // Most texts have an article in each line, so that it is looked at last.
        let is_article = words.len() > 1 && words.first().is_some_and(|first| first.eq_ignore_ascii_case("the"));
        let article = is_article.then(|| words.remove(0));
        let Some(first) = words.first() else { return };
        let exact = !name.contains(|c: char| c.is_ascii_digit());
        let first = first.to_lowercase();
        if let Some(lengths) = letter(&first).and_then(|letter| self.lengths.get_mut(letter)) {
            *lengths |= 1 << first.len().min(31);
        }
        let forms = self.forms.entry(first).or_default();
        match forms.iter_mut().find(|form| form.words == words && form.article == article) {
            Some(form) if form.authorities.contains(&authority) => {}
            Some(form) => form.authorities.push(authority),
            None => {
                let marks = name.chars().filter(|c| !c.is_alphanumeric() && !c.is_whitespace()).collect();
                forms.push(Form {
                    words: words.clone(),
                    article: article.clone(),
                    exact,
                    marks,
                    stops,
                    authorities: vec![authority],
                });
            }
        }
        if let Some((year, title)) = words.split_last()
            && year.len() == 4
            && year.bytes().all(|b| b.is_ascii_digit())
        {
            let undated = self.undated.entry(title.join(" ").to_lowercase()).or_default();
            if !undated.contains(&authority) {
                undated.push(authority);
            }
        }
    }

    /// The authorities whose title, but for its year, is these words: "Children Act".
    pub fn undated(&self, words: &[&str]) -> &[usize] {
        self.undated.get(&words.join(" ").to_lowercase().replace('’', "'")).map_or(&[], Vec::as_slice)
    }

    /// The names that begin with a word, longest first.
    pub fn forms(&self, first: &str) -> &[Form] {
        let lengths = letter(first).and_then(|letter| self.lengths.get(letter)).copied().unwrap_or(u32::MAX);
        if first.is_ascii() && lengths & 1 << first.len().min(31) == 0 {
            return &[];
        }
        // Of ordinary words no copy is made.
        let plain = first.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        let forms =
            if plain { self.forms.get(first) } else { self.forms.get(&first.to_lowercase().replace('’', "'")) };
        forms.map_or(&[], Vec::as_slice)
    }

    /// The authority whose work has this path at legislation.gov.uk.
    pub fn work(&self, path: &str) -> Option<usize> {
        self.works.get(path).copied()
    }

    /// The row at an index, if there is one.
    pub fn row(&self, at: Option<usize>) -> Option<&Authority> {
        self.authorities.get(at?)
    }

    /// The authority with this key.
    pub fn find(&self, key: &str) -> Option<&Authority> {
        self.row(self.authorities.binary_search_by(|authority| authority.key.as_str().cmp(key)).ok())
    }

    /// Whether there are no authorities.
    pub fn is_empty(&self) -> bool {
        self.authorities.is_empty()
    }
}

/// The place in the alphabet of a word's first letter.
fn letter(word: &str) -> Option<usize> {
    let first = word.bytes().next()?.to_ascii_lowercase();
    first.is_ascii_lowercase().then(|| usize::from(first - b'a'))
}
