//! A small site made of strings, and what comes of it.

use std::collections::BTreeMap;

use clausebook::diagnostic::{self, Diagnostic, Format, Severity};
use clausebook::output::Output;
use clausebook::pipeline::{self, Options};
use clausebook::source::{Hash, Site, SourceMap};

/// Settings with everything that a test may want to name.
pub const SETTINGS: &str = r#"title = "Site"

[kinds]
guidance = "Guidance"
pack = "Induction pack"

[taxonomies.outcomes]
title = "Outcomes"
[taxonomies.outcomes.terms.be-healthy]
title = "Be healthy"
[taxonomies.outcomes.terms.stay-safe]
title = "Stay safe"

[taxonomies.features]
title = "Features"
[taxonomies.features.terms.governance]
title = "Governance"
"#;

/// A register with an Act, Regulations, a Bill and a report.
pub const REGISTER: &str = r#"[ca2004]
title = "Children Act 2004"
kind = "act"
work = "ukpga/2004/31"

[regs2005]
title = "Plan (England) Regulations 2005"
kind = "instrument"
work = "uksi/2005/2149"

[plan]
title = "The Plan"
kind = "report"
"#;

/// A site in the making: files by path.
#[derive(Clone, Default)]
pub struct TestSite {
    files: BTreeMap<String, String>,
    options: Options,
}

impl TestSite {
    /// A site with the settings and the register above, a home page, and nothing else.
    pub fn new() -> Self {
        Self::empty()
            .file("site.toml", SETTINGS)
            .file("authorities.toml", REGISTER)
            .file("index.md", "+++\ntitle = \"Home\"\n+++\n\nWelcome.\n")
    }

    /// A site without a file.
    pub fn empty() -> Self {
        TestSite::default()
    }

    /// Adds or replaces a file.
    pub fn file(mut self, path: &str, text: &str) -> Self {
        self.files.insert(path.to_owned(), text.to_owned());
        self
    }

    /// Adds the document `ID.md` with nothing in its front matter but a title, which is its id.
    pub fn paper(self, id: &str, body: &str) -> Self {
        self.paper_with(id, "", body)
    }

    /// Adds the document `ID.md` with more lines in its front matter.
    pub fn paper_with(self, id: &str, front: &str, body: &str) -> Self {
        let path = format!("{id}.md");
        self.file(&path, &format!("+++\ntitle = \"{id}\"\n{front}\n+++\n\n{body}\n"))
    }

    /// Sets the base address.
    pub fn base_url(mut self, url: &str) -> Self {
        self.options.base_url = Some(url.to_owned());
        self
    }

    /// The text of a file.
    pub fn text(&self, path: &str) -> &str {
        self.files.get(path).unwrap_or_else(|| panic!("the site has no {path}"))
    }

    /// The paths of all files.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// The site as reading it from a disk would give it.
    pub fn read(&self) -> Site {
        let mut site = Site { sources: SourceMap::new(), assets: BTreeMap::new() };
        for (path, text) in &self.files {
            let in_theme =
                path.strip_prefix("theme/").or_else(|| path.strip_prefix("../themes/")?.split_once('/').map(|p| p.1));
            let is_brand = matches!(in_theme, Some("brand.css" | "logo.svg"));
            let is_text = path.ends_with(".md") || path.ends_with(".toml") || path.contains("/templates/") || is_brand;
            if is_text {
                site.sources.insert(path, text);
            } else {
                site.assets.insert(path.clone(), Hash::of(text.as_bytes()));
                site.sources.insert(path, "");
            }
        }
        site
    }

    /// Builds the site in memory.
    pub fn build(&self) -> Built {
        let site = self.read();
        let theme = self.files.keys().any(|path| path.starts_with("../themes/"));
        let build = pipeline::build(&site, Vec::new(), theme, &self.options);
        Built { output: build.output, diagnostics: build.diagnostics, sources: site.sources }
    }
}

/// What came of a site.
pub struct Built {
    /// The site, unless there are errors.
    pub output: Option<Output>,
    /// What is wrong.
    pub diagnostics: Vec<Diagnostic>,
    /// The texts.
    pub sources: SourceMap,
}

impl Built {
    /// All diagnostics, a line each.
    pub fn short(&self) -> String {
        diagnostic::show(&self.diagnostics, &self.sources, "", Format::Short)
    }

    /// All diagnostics as people see them.
    pub fn human(&self) -> String {
        diagnostic::show(&self.diagnostics, &self.sources, "", Format::Human { colour: false })
    }

    /// The codes of all diagnostics, in order.
    pub fn codes(&self) -> Vec<&'static str> {
        self.diagnostics.iter().map(|diagnostic| diagnostic.code.as_str()).collect()
    }

    /// Fails unless there is no diagnostic at all.
    pub fn clean(self) -> Self {
        assert!(self.diagnostics.is_empty(), "diagnostics:\n{}", self.short());
        self
    }

    /// Fails if there is an error.
    pub fn without_errors(self) -> Self {
        let errors = self.diagnostics.iter().any(|d| d.severity() == Severity::Error);
        assert!(!errors, "diagnostics:\n{}", self.short());
        self
    }

    /// A text of the output.
    pub fn text(&self, path: &str) -> String {
        let output = self.output.as_ref().unwrap_or_else(|| panic!("nothing was built:\n{}", self.short()));
        let artefact = output.get(path).unwrap_or_else(|| panic!("{path} is not among the output"));
        String::from_utf8(artefact.bytes().expect("made by a product").to_vec()).expect("UTF-8")
    }

    /// A data file of the output.
    pub fn json(&self, path: &str) -> serde_json::Value {
        serde_json::from_str(&self.text(path)).expect("JSON")
    }

    /// The row of a clause in `data/clauses.json`.
    pub fn clause(&self, document: &str, number: &str) -> serde_json::Value {
        let rows = self.json("data/clauses.json");
        let row = rows.as_array().unwrap().iter().find(|row| row["document"] == document && row["number"] == number);
        row.unwrap_or_else(|| panic!("{document} has no clause {number}")).clone()
    }

    /// The elements of a page that a CSS selector finds, as they stand in it.
    pub fn find(&self, path: &str, selector: &str) -> Vec<String> {
        let page = scraper::Html::parse_document(&self.text(path));
        let selector = scraper::Selector::parse(selector).expect("a selector");
        page.select(&selector).map(|element| element.html()).collect()
    }

    /// The text of the elements of a page that a CSS selector finds, with single spaces.
    pub fn words(&self, path: &str, selector: &str) -> Vec<String> {
        let page = scraper::Html::parse_document(&self.text(path));
        let selector = scraper::Selector::parse(selector).expect("a selector");
        let text = |element: scraper::ElementRef<'_>| {
            let words: String = element.text().collect();
            words.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        page.select(&selector).map(text).collect()
    }
}
