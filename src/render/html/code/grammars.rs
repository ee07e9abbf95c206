//! Grammars for syntect, made from the table of languages.
//!
//! Takes the marks and words of a language; gives a grammar of one context for its code and one for
//! each thing that may go on in the next line. No pattern looks ahead or behind, so that each is
//! matched in one pass over a line.

use std::collections::HashMap;

use serde_json::json;
use syntect::parsing::syntax_definition::{Context, ContextReference, MatchOperation, MatchPattern, Pattern};
use syntect::parsing::{Scope, ScopeStack, SyntaxDefinition, SyntaxSet, SyntaxSetBuilder};

use super::languages::{CONSTANTS, CodeLanguage, Keys, LANGUAGES, NAMING, Quote, SWITCHES};

/// Parts of code that are shown, with the tag of each.
const SHOWN: [(&str, &str); 5] = [
    ("comment", "<span class=\"c-comment\">"),
    ("string", "<span class=\"c-string\">"),
    ("keyword", "<span class=\"c-keyword\">"),
    ("entity", "<span class=\"c-entity\">"),
    ("constant", "<span class=\"c-constant\">"),
];

/// The grammars of all languages, and the tags of what they tell.
pub(super) struct Grammars {
    /// The grammars.
    pub(super) set: SyntaxSet,
    shown: Vec<(Scope, &'static str)>,
}

impl Grammars {
    /// Makes the grammars; none if syntect does not take one of them.
    pub(super) fn new() -> Option<Self> {
        let mut builder = SyntaxSetBuilder::new();
        for language in &LANGUAGES {
            builder.add(GrammarMaker::new()?.definition(language)?);
        }
        let shown = SHOWN.iter().map(|(name, tag)| Some((Scope::new(name).ok()?, *tag)));
        Some(Grammars { set: builder.build(), shown: shown.collect::<Option<_>>()? })
    }

    /// Returns the tag of the outermost scope that is shown.
    pub(super) fn tag(&self, scopes: &ScopeStack) -> Option<&'static str> {
        let tag = |scope: &Scope| self.shown.iter().find(|(shown, _)| shown == scope).map(|(_, tag)| *tag);
        scopes.as_slice().iter().find_map(tag)
    }
}

/// A grammar in the making.
struct GrammarMaker {
    main: Vec<Pattern>,
    contexts: HashMap<String, Context>,
    comment: Scope,
    string: Scope,
    keyword: Scope,
    entity: Scope,
    constant: Scope,
}

impl GrammarMaker {
    fn new() -> Option<Self> {
        let scope = |name| Scope::new(name).ok();
        Some(GrammarMaker {
            main: Vec::new(),
            contexts: HashMap::new(),
            comment: scope("comment")?,
            string: scope("string")?,
            keyword: scope("keyword")?,
            entity: scope("entity")?,
            constant: scope("constant")?,
        })
    }

    fn definition(mut self, language: &CodeLanguage) -> Option<SyntaxDefinition> {
        self.comments(language)?;
        self.keys(language)?;
        if language.keys != Keys::Tags {
            let strings = self.strings(language.quotes)?;
            self.main.extend(strings);
            self.words(language);
        }
        // syntect begins in a context that is never left.
        let begin = vec![change(String::new(), MatchOperation::Push(vec![reference("main")?]))];
        self.contexts.insert("__start".to_owned(), Context { patterns: begin, ..Context::new(false) });
        let main = Context { patterns: self.main, ..Context::new(false) };
        self.contexts.insert("main".to_owned(), main);
        Some(SyntaxDefinition {
            name: language.names.first()?.to_string(),
            file_extensions: language.names.iter().map(ToString::to_string).collect(),
            scope: Scope::new("source").ok()?,
            first_line_match: None,
            hidden: false,
            variables: HashMap::new(),
            contexts: self.contexts,
        })
    }

    fn comments(&mut self, language: &CodeLanguage) -> Option<()> {
        for mark in language.line {
            // Elsewhere `#` may count, or be a colour.
            let before = if *mark == "#" { r"(?:^|\s)" } else { "" };
            self.main.push(plain(format!("{before}{}.*", escaped(mark)), self.comment));
        }
        if let Some((open, close)) = language.block {
            let inner = vec![change(escaped(close), MatchOperation::Pop)];
            let open = self.region("comment", (escaped(open), self.comment), inner)?;
            self.main.push(open);
        }
        Some(())
    }

    fn strings(&mut self, quotes: &[Quote]) -> Option<Vec<Pattern>> {
        let mut patterns = Vec::new();
        for (at, Quote { mark, escapes, lines }) in quotes.iter().enumerate() {
            let (mark, sign) = (escaped(mark), escaped(mark.get(..1)?));
            let inside = if *escapes { format!(r"(?:\\.|[^\\\n{sign}])*") } else { format!(r"[^\n{sign}]*") };
            if *lines {
                let escape = escapes.then(|| change(r"\\.".to_owned(), MatchOperation::None));
                let inner = escape.into_iter().chain([change(mark.clone(), MatchOperation::Pop)]).collect();
                patterns.push(self.region(&format!("string{at}"), (mark, self.string), inner)?);
            } else if sign == r"\'" {
                // An apostrophe in a word begins no string.
                patterns.push(change(r"\w'\w".to_owned(), MatchOperation::None));
                patterns.push(plain(format!("{mark}{inside}{mark}"), self.string));
            } else {
                patterns.push(plain(format!("{mark}{inside}{mark}"), self.string));
            }
        }
        Some(patterns)
    }

    fn keys(&mut self, language: &CodeLanguage) -> Option<()> {
        match language.keys {
            Keys::None => {}
            Keys::Equals => {
                self.main.push(part(r"^\s*\[+([^\[\],\x22\s]+)\]".to_owned(), self.entity));
                self.main.push(part(r"^\s*([\w.\-]+)\s*=".to_owned(), self.entity));
            }
            Keys::Colon => self.main.push(part(r"^\s*(?:- +)*([\w.\-]+)\s*:(?:\s|$)".to_owned(), self.entity)),
            Keys::Quoted => self.main.push(part(r#"("(?:\\.|[^\\\n"])*")\s*:"#.to_owned(), self.entity)),
            Keys::First => self.main.push(part(r"^\s*([A-Za-z_]\w*)".to_owned(), self.keyword)),
            Keys::Tags => {
                let mut inner = self.strings(language.quotes)?;
                inner.push(plain(r"[\w.:\-]+".to_owned(), self.entity));
                inner.push(change(">".to_owned(), MatchOperation::Pop));
                self.contexts.insert("tag".to_owned(), Context { patterns: inner, ..Context::new(false) });
                let open = MatchOperation::Push(vec![reference("tag")?]);
                let captures = Some(vec![(1, vec![self.entity])]);
                let tag =
                    MatchPattern::new(false, r"</?([A-Za-z][\w.:\-]*)".to_owned(), Vec::new(), captures, open, None);
                self.main.push(Pattern::Match(tag));
            }
        }
        Some(())
    }

    fn words(&mut self, language: &CodeLanguage) {
        let case = if language.any_case { "(?i)" } else { "" };
        let keywords: Vec<&str> = language.keywords.split_whitespace().collect();
        let naming: Vec<&str> = keywords.iter().copied().filter(|word| NAMING.contains(word)).collect();
        if !naming.is_empty() {
            let regex = format!(r"{case}\b({})\s+([A-Za-z_]\w*)", naming.join("|"));
            let captures = Some(vec![(1, vec![self.keyword]), (2, vec![self.entity])]);
            let pattern = MatchPattern::new(false, regex, Vec::new(), captures, MatchOperation::None, None);
            self.main.push(Pattern::Match(pattern));
        }
        if !keywords.is_empty() {
            self.main.push(plain(format!(r"{case}\b(?:{})\b", keywords.join("|")), self.keyword));
        }
        let is_setting = matches!(language.keys, Keys::Equals | Keys::Colon | Keys::First);
        let switches = if is_setting { &SWITCHES[..] } else { &[] };
        let constants: Vec<&str> = CONSTANTS.iter().chain(switches).copied().collect();
        self.main.push(plain(format!(r"(?i)\b(?:{})\b", constants.join("|")), self.constant));
        self.main.push(plain(r"\b\d\w*(?:\.\d\w*)*".to_owned(), self.constant));
    }

    /// A region that may go on in the next line: the pattern that opens it.
    fn region(&mut self, name: &str, (open, scope): (String, Scope), inner: Vec<Pattern>) -> Option<Pattern> {
        let context = Context { meta_scope: vec![scope], patterns: inner, ..Context::new(false) };
        self.contexts.insert(name.to_owned(), context);
        Some(change(open, MatchOperation::Push(vec![reference(name)?])))
    }
}

/// A pattern all of which is shown.
fn plain(regex: String, scope: Scope) -> Pattern {
    Pattern::Match(MatchPattern::new(false, regex, vec![scope], None, MatchOperation::None, None))
}

/// A pattern whose first group is shown.
fn part(regex: String, scope: Scope) -> Pattern {
    let captures = Some(vec![(1, vec![scope])]);
    Pattern::Match(MatchPattern::new(false, regex, Vec::new(), captures, MatchOperation::None, None))
}

/// A pattern that opens or closes a region.
fn change(regex: String, operation: MatchOperation) -> Pattern {
    Pattern::Match(MatchPattern::new(false, regex, Vec::new(), None, operation, None))
}

/// The reference to a context by name, which syntect lets nobody make but a reader of grammars.
fn reference(name: &str) -> Option<ContextReference> {
    serde_json::from_value(json!({ "Named": name })).ok()
}

/// A mark as a pattern.
fn escaped(mark: &str) -> String {
    mark.chars().flat_map(|c| ['\\', c]).collect()
}
