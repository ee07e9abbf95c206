//! A small site made of strings, and what comes of it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Component, Path, PathBuf};

use clausebook::date::PartialDate;
use clausebook::diagnostic::{self, Diagnostic, Format, Severity};
use clausebook::disk;
use clausebook::output::Output;
use clausebook::pipeline::publish::{EditionDetails, Outcome, publish};
use clausebook::pipeline::{self, Caches, Hooks, Options};
use clausebook::site::ReadSite;
use clausebook::source::{Hash, Site, SourceMap, text_stem};

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

    /// Publishes the site as its next edition: the site with its ledger.
    pub fn published(mut self) -> Self {
        let Outcome::Edition { files, .. } = self.publish(Some("Words changed.")) else {
            panic!("there is nothing to publish, or it cannot be:\n{}", self.build().short());
        };
        self.files.extend(files);
        self
    }

    /// Publishes the site without writing a file. A site with errors has nothing to publish.
    pub fn publish(&self, note: Option<&str>) -> Outcome {
        let read = self.read_whole();
        let date = PartialDate::parse("2026-11-24").unwrap();
        let wanted = EditionDetails { name: None, date, note: note.map(str::to_owned) };
        let loaded = pipeline::load(&read, &self.options, Hooks::default());
        let resolved = pipeline::resolve(loaded, &mut Caches::default(), Hooks::default());
        if !resolved.is_sound() {
            return Outcome::Nothing;
        }
        publish(&resolved.corpus, &resolved.ledger, &read.site.sources, &wanted)
    }

    /// A file of the site.
    pub fn source(&self, path: &str) -> &str {
        self.files.get(path).unwrap_or_else(|| panic!("the site has no {path}"))
    }

    /// The paths of all files.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// Replaces words in a file, once.
    pub fn edit(mut self, path: &str, from: &str, to: &str) -> Self {
        let text = self.files.get_mut(path).unwrap_or_else(|| panic!("the site has no {path}"));
        assert!(text.contains(from), "{path} has no {from:?}");
        *text = text.replacen(from, to, 1);
        self
    }

    /// Takes out the files that say, one for each edition, that it was published: older programs wrote none.
    pub fn without_edition_files(mut self) -> Self {
        self.files.retain(|path, _| !path.starts_with("permalinks/edition-"));
        self
    }

    /// Takes a file out.
    pub fn without(mut self, path: &str) -> Self {
        assert!(self.files.remove(path).is_some(), "the site has no {path}");
        self
    }

    /// Builds the site in memory.
    pub fn build(&self) -> Built {
        let read = self.read_whole();
        let build = pipeline::build(&read, &self.options);
        Built { output: build.output, diagnostics: build.diagnostics, sources: read.site.sources }
    }

    /// The site with what reading it found. One that extends another, below `../`, is put on the disk for it.
    pub fn read_whole(&self) -> ReadSite {
        let beside = |path: &String| path.starts_with("../") && !path.starts_with("../themes/");
        if !self.files.keys().any(beside) {
            let (site, theme) = self.read();
            return pipeline::read_site(site, Vec::new(), theme);
        }
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("site");
        self.write(&root);
        disk::read_whole(&root, SourceMap::new(), pipeline::settings).unwrap()
    }

    /// Puts the site into a folder.
    pub fn write(&self, root: &Path) {
        for (path, text) in &self.files {
            let path = root.join(path);
            let path = path.components().fold(PathBuf::new(), |whole, part| match part {
                Component::ParentDir => whole.parent().unwrap().to_owned(),
                part => whole.join(part),
            });
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
    }

    /// The site as `disk` would read it, and whether its theme has a folder.
    pub fn read(&self) -> (Site, bool) {
        let mut site = Site::default();
        for (path, text) in &self.files {
            let in_theme =
                path.strip_prefix("theme/").or_else(|| path.strip_prefix("../themes/")?.split_once('/').map(|p| p.1));
            let is_brand = matches!(in_theme, Some("brand.css" | "logo.svg" | "epub.css"));
            let is_text = text_stem(path).is_some()
                || path.ends_with(".toml")
                || path.contains("/templates/") && (path.ends_with(".html") || path.ends_with(".xhtml"))
                || is_brand
                || path.starts_with("permalinks/");
            if is_text {
                site.sources.insert(path, text);
            } else {
                site.assets.insert(path.clone(), Hash::of(text.as_bytes()));
                site.sources.insert(path, "");
            }
        }
        let theme = self.files.keys().any(|path| path.starts_with("../themes/"));
        (site, theme)
    }
}

/// Result of a build.
pub struct Built {
    /// The site, unless there are errors.
    pub output: Option<Output>,
    /// Faults found.
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

    /// The codes of all diagnostics but those of numbers that are left out.
    pub fn without_gaps(&self) -> Vec<&'static str> {
        self.codes().into_iter().filter(|code| *code != "number-gap").collect()
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

    /// The value in a script of search or in `data/places.js`, which is one call with its name and that.
    pub fn shard(&self, path: &str) -> serde_json::Value {
        let script = self.text(path);
        let call = script.strip_prefix("clausebookShard(").and_then(|call| call.strip_suffix(");\n")).expect("a call");
        serde_json::from_str::<(String, serde_json::Value)>(&format!("[{call}]")).expect("a name and a value").1
    }

    /// Places of a page as previews and search show them: in the order of the page, each as its fragment, its number,
    /// its headings, its text, and how many notes it has.
    pub fn excerpts(&self, page: &str) -> Vec<serde_json::Value> {
        let output = self.output.as_ref().expect("output");
        let mut files: Vec<(usize, &str)> = output
            .iter()
            .filter_map(|(path, _)| {
                let name = path.as_str().strip_prefix("search/")?;
                let name = name.strip_prefix("on-request/").unwrap_or(name);
                Some((name.strip_prefix('t')?.split_once('-')?.0.parse().ok()?, path.as_str()))
            })
            .collect();
        files.sort_unstable();
        let mut found = Vec::new();
        for (_, path) in files {
            let shard = self.shard(path);
            let place = |at: &serde_json::Value| usize::try_from(at.as_u64().unwrap()).unwrap();
            for record in shard["records"].as_array().unwrap() {
                if shard["pages"][place(&record[0])][1] == page {
                    let fragment = match &record[2] {
                        serde_json::Value::Number(_) => format!("#{}", record[1].as_str().unwrap()).into(),
                        fragment => fragment.clone(),
                    };
                    let headings = shard["under"][place(&record[3])].clone();
                    let notes = record.get(6).cloned().unwrap_or_else(|| 0.into());
                    found.push(serde_json::json!([fragment, record[1], headings, record[4], notes]));
                }
            }
        }
        found
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
