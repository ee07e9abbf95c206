//! Fuzz targets: each function takes any bytes and panics if a promise does not hold.
//!
//! `tests/suite/fuzz.rs` runs them over the kept corpus and some mutations of it, in every run of the tests. To search on:
//! `RUSTC_BOOTSTRAP=1 cargo fuzz run --fuzz-dir tests/fuzz --sanitizer none TARGET FOLDER tests/fuzz/corpus/TARGET`, where
//! the names of targets are those of the functions here, and new inputs go to FOLDER; the program is memory-safe without a
//! sanitizer. An input with which a target failed stays in the corpus.

use std::collections::BTreeSet;
use std::io::Cursor;
use std::sync::{LazyLock, Mutex, PoisonError};

use clausebook::bundle::container::{self, Container};
use clausebook::bundle::expected::Expected;
use clausebook::bundle::{BundlePath, Manifest, clash};
use clausebook::config::Config;
use clausebook::date::PartialDate;
use clausebook::diagnostic::{self, Code, Format, Severity};
use clausebook::document::ledger::Address;
use clausebook::import::{self, PaperFormat as Foreign};
use clausebook::law::{self, Pinpoint, Register, pinpoint};
use clausebook::output::{OutPath, Output};
use clausebook::parse::metadata::ledger::line;
use clausebook::parse::{self, metadata};
use clausebook::pipeline::{self, Build, Caches, Hooks, Options, cite};
use clausebook::serve;
use clausebook::site::ReadSite;
use clausebook::source::{EDITIONS, Hash, MOVES, Site, SourceFile, SourceMap};

/// A site in which a text may name things: a document, a picture, notes, words, the law.
const SURROUNDINGS: [(&str, &str); 6] = [
    (
        "site.toml",
        "title = \"Site\"\nbase-url = \"https://example.org/\"\n[kinds]\nguidance = \"Guidance\"\npack = \"Pack\"\n\
        [taxonomies.outcomes]\ntitle = \"Outcomes\"\n[taxonomies.outcomes.terms.stay-safe]\ntitle = \"Stay safe\"\n",
    ),
    (
        "authorities.toml",
        "[ca2004]\ntitle = \"Children Act 2004\"\nkind = \"act\"\nwork = \"ukpga/2004/31\"\naliases = [\"the 2004 Act\"]\n\
        [regs2005]\ntitle = \"Plan (England) Regulations 2005\"\nkind = \"instrument\"\nwork = \"uksi/2005/2149\"\n\
        [plan]\ntitle = \"The Plan\"\nkind = \"report\"\n",
    ),
    ("index.md", "+++\ntitle = \"Home\"\n+++\n\nWelcome.\n"),
    ("glossary.md", "+++\ntitle = \"Words\"\n+++\n\nLocal Board (LSCB)\n: A board.\n\ntrust\n: Another.\n"),
    (
        "b.md",
        "+++\ntitle = \"B\"\n+++\n\n## Heading\n\n1.1 Text.[^1]\n\n- (a) sub\n  - (i) deeper {#deeper}\n\n\
        1.2 More [[1.1(a)]].\n\n[^1]: A note.\n",
    ),
    ("theme/brand.css", ""),
];

/// The register of those surroundings.
fn register() -> &'static Register {
    static REGISTER: LazyLock<Register> = LazyLock::new(|| {
        let read = pipeline::read_site(site(&[]), Vec::new(), false);
        pipeline::load(&read, &Options::default(), Hooks::default()).register
    });
    &REGISTER
}

fn site(files: &[(String, String)]) -> Site {
    let mut site = Site::default();
    let given = files.iter().map(|(path, text)| (path.as_str(), text.as_str()));
    for (path, text) in SURROUNDINGS.into_iter().chain(given) {
        site.sources.insert(path, text);
    }
    site.assets.insert("p.png".to_owned(), Hash::of(b"picture"));
    site
}

/// Builds a site with all that was kept of those before it.
fn rebuilt(read: &ReadSite) -> Build {
    static CACHES: LazyLock<Mutex<Caches>> = LazyLock::new(|| Mutex::new(Caches::keeping()));
    let caches = &mut *CACHES.lock().unwrap_or_else(PoisonError::into_inner);
    pipeline::rebuild(read, &Options::default(), caches, Hooks::default())
}

/// Builds the surroundings with some files, and looks at the pages. Where there are errors, their lines are taken out of
/// those files and it is built again, so that most inputs come to pages.
fn builds_soundly(mut files: Vec<(String, String)>) {
    for _ in 0..6 {
        let read = pipeline::read_site(site(&files), Vec::new(), false);
        let build = rebuilt(&read);
        let site = &read.site;
        assert!(build.diagnostics.iter().all(|fault| fault.code != Code::InternalError), "an internal error");
        let some = build.diagnostics.get(..20).unwrap_or(&build.diagnostics);
        diagnostic::show(some, &site.sources, "", Format::Human { colour: false });
        if let Some(output) = build.output {
            return look_at(&output);
        }
        let mut cut = false;
        for (path, text) in &mut files {
            let Some(file) = site.sources.find(path) else { continue };
            let faults = build.diagnostics.iter().filter(|fault| fault.severity() == Severity::Error);
            let wrong: Vec<_> = faults.map(|fault| fault.span).filter(|span| span.file == file.id).collect();
            let mut at = 0;
            let mut kept = String::new();
            for line in text.split_inclusive('\n') {
                let (start, end) = (at, at + line.len());
                at = end;
                if !wrong.iter().any(|span| span.start < end && start < span.end.max(span.start + 1)) {
                    kept.push_str(line);
                }
            }
            cut |= kept.len() < text.len();
            *text = kept;
        }
        if !cut {
            return;
        }
    }
}

fn text_of(data: &[u8]) -> String {
    String::from_utf8_lossy(data).into_owned()
}

/// The file that the first line of an input names, if it is one of some, and the rest.
fn place<'t>(text: &'t str, files: &[&'static str]) -> (&'static str, &'t str) {
    let named =
        text.split_once('\n').and_then(|(first, rest)| Some((*files.iter().find(|file| **file == first)?, rest)));
    named.unwrap_or_else(|| (files.first().copied().unwrap_or_default(), text))
}

/// Front matter, and every other file of TOML that a person writes.
pub fn front_matter(data: &[u8]) {
    let text = text_of(data);
    let (path, toml) = place(&text, &["a.md", "site.toml", "authorities.toml", "relations.toml", "theme/theme.toml"]);
    let text = if path == "a.md" { format!("+++\n{toml}\n+++\n\n1.1 Text.\n\n1.2 Text.\n") } else { toml.to_owned() };
    let mut sources = SourceMap::new();
    let id = sources.insert(path, &text);
    let file = sources.file(id);
    let faults = match path {
        "a.md" => parse::document(file, None, &Config::default(), register()).1,
        "site.toml" => metadata::config(file, None).1,
        "authorities.toml" => metadata::authorities([file]).1,
        "relations.toml" => metadata::relations(file).1,
        _ => metadata::brand(file).1,
    };
    diagnostic::show(&faults, &sources, "", Format::Human { colour: false });
    // What is no TOML at all comes to no page.
    if faults.iter().all(|fault| fault.code != Code::InvalidToml) {
        builds_soundly(vec![(path.to_owned(), text)]);
    }
}

/// A document, through every stage, to pages in which none of its words became markup.
pub fn body_to_html(data: &[u8]) {
    let text = text_of(data);
    let (path, text) = place(&text, &["a.md", "index.md", "glossary.md", "packs/p.md"]);
    let text = if text.starts_with("+++") { text.to_owned() } else { format!("+++\ntitle = \"A\"\n+++\n\n{text}\n") };
    builds_soundly(vec![(path.to_owned(), text)]);
}

/// Running words: what is found in them stands where it is said to stand, and a pinpoint as it is shown is read as itself.
pub fn citation(data: &[u8]) {
    let text = text_of(data);
    let itself = |read: &Pinpoint| {
        let shown = read.shown();
        assert_eq!(pinpoint(&shown).as_ref(), Some(read), "another pinpoint than was shown: {shown}");
    };
    if let Some(pinpoint) = pinpoint(&text) {
        itself(&pinpoint);
    }
    for default in [None, Some(0)] {
        let found = law::recognise(&text, register(), default);
        let mut last = 0;
        for citation in &found.citations {
            assert!(citation.whole.start >= last && !text[citation.whole.clone()].is_empty(), "{:?}", found.citations);
            last = citation.whole.end;
            for (_, place) in &citation.provisions {
                assert!(!text[place.clone()].is_empty());
            }
            let provisions: Vec<_> = citation.provisions.iter().map(|(provision, _)| provision.clone()).collect();
            if !provisions.is_empty() {
                itself(&Pinpoint { provisions });
            }
        }
        for doubt in &found.doubts {
            assert!(!text[doubt.place.clone()].is_empty());
        }
    }
    for citation in cite::cite(&text, register(), PartialDate::parse("2008-04-03")).citations {
        for provision in citation.provisions {
            let fits = |c: char| c.is_ascii_alphanumeric() || "/-.".contains(c);
            assert!(provision.path.chars().all(fits) && !provision.path.contains(".."), "{}", provision.path);
            let addresses = provision.url.iter().chain(&provision.as_at_url);
            addresses.for_each(|url| assert!(url.starts_with("https://www.legislation.gov.uk/"), "{url}"));
        }
    }
}

/// The head of a request, as the preview at port 4000 reads it and looks for what it asks for.
pub fn request_line(data: &[u8]) {
    let request = match serve::request(data, ([127, 0, 0, 1], 4000).into()) {
        Ok(request) => request,
        Err(serve::HttpRefusal(status, words)) => {
            return assert!([400, 403, 405, 421, 431].contains(&status) && !words.is_empty(), "{status} {words}");
        }
    };
    // Blank lines before it are passed over; what stands after it is another request, and is never read.
    let text = text_of(data);
    let lines = text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line)).skip_while(|line| line.is_empty());
    let head = lines.take_while(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
    let lower = head.to_ascii_lowercase();
    assert!(["GET ", "HEAD "].iter().any(|method| head.starts_with(method)), "another method");
    assert!(["127.0.0.1:4000", "localhost:4000", "[::1]:4000"].iter().any(|ours| lower.contains(ours)), "another host");
    assert!(request.path.starts_with('/'));
    if request.path.starts_with("/.clausebook/") {
        assert!(!lower.contains("\norigin: http://other") && !lower.contains("\norigin: null"), "another origin");
        assert!(!lower.contains("\nsec-fetch-site: cross-site"), "another site");
    }
    for name in ["page", "hash", "style"] {
        assert!(!request.field(name).contains(char::is_control), "a field with a control");
    }
    // What is looked for is found only if it is the path of a file that is published, as it was written.
    if let Some(path) = OutPath::new(&request.file()) {
        let bare = request.path.strip_prefix('/').unwrap_or_default();
        assert!(path.as_str() == bare || path.as_str().strip_suffix("index.html") == Some(bare), "{path}");
    }
}

/// The files of the ledger, parted by lines `%%`: rows, then moves, then editions. What was read and printed is read as it
/// was, and a site with it comes to sound pages, if to any.
pub fn ledger(data: &[u8]) {
    let text = text_of(data);
    let mut parts = text.split("%%\n");
    let rows = parts.next().unwrap_or_default();
    let moves = parts.next().unwrap_or_default();
    let editions = parts.next().unwrap_or("[[edition]]\nname = \"1\"\ndate = 2008-04-03\n[[edition]]\nname = \"2\"\n");
    let files = [("permalinks/b.txt", rows), (MOVES, moves), (EDITIONS, editions)];
    let read = |files: &[(&str, &str)]| {
        let mut sources = SourceMap::new();
        for (path, text) in files {
            sources.insert(path, text);
        }
        let files: Vec<&SourceFile> = sources.iter().collect();
        let (ledger, faults) = metadata::ledger::ledger(&files);
        diagnostic::show(&faults, &sources, "", Format::Human { colour: false });
        ledger
    };
    let known = read(&files);
    for rows in known.documents.values() {
        let print = |row| line(row, &known.editions[row.edition].name);
        let printed: Vec<String> = rows.iter().map(print).collect();
        let again = read(&[("permalinks/b.txt", &printed.join("\n")), (EDITIONS, editions)]);
        let again: Vec<String> = again.documents.values().flatten().map(print).collect();
        assert_eq!(again, printed, "other rows than were printed");
    }
    for row in &known.moves {
        for address in row.from.iter().chain(&row.to) {
            let again = Address::parse(&address.value.to_string());
            assert_eq!(again.as_ref(), Some(&address.value), "another address than was printed");
        }
        if let [from] = row.from.as_slice() {
            let printed = row.kind.row(&from.value, row.to.first().map(|to| &to.value), None, "Of a reason.");
            for again in &read(&[(MOVES, &printed)]).moves {
                assert_eq!(again.from.first().map(|from| &from.value), Some(&from.value), "{printed}");
            }
        }
    }
    builds_soundly(files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect());
}

/// The zip of a bundle: what is accepted is, byte for byte, what would be written of the files in it.
pub fn container(data: &[u8]) {
    let Ok(mut read) = Container::open(Cursor::new(data)) else { return };
    let mut files = Vec::new();
    for entry in read.entries().to_vec() {
        let Ok(Some(packed)) = read.packed(&entry) else { return };
        // A file that does not unpack is named, and the bundle is not whole.
        if let Some(bytes) = packed.clone().unpack() {
            assert_eq!(bytes.len(), entry.size as usize);
        }
        files.push((entry.path, packed));
    }
    assert!(clash(files.iter().map(|(path, _)| path)).is_none() && !files.is_empty());
    let mut again = Vec::new();
    let written = container::write(&mut again, read.top(), read.day(), files);
    assert!(written.is_ok() && again == data, "another zip than was read");
}

/// The manifest of a bundle: what was read and printed is read as it was, and names plain files alone.
pub fn manifest(data: &[u8]) {
    let Ok(read) = Manifest::parse(data) else { return };
    for path in read.files.keys().map(BundlePath::as_str) {
        let strange = |part: &str| part.is_empty() || part.starts_with('.') || part.contains(['\\', ':', '\0']);
        assert!(!path.split('/').any(strange), "{path}");
    }
    let printed = read.text();
    assert_eq!(Manifest::parse(printed.as_bytes()).as_ref(), Ok(&read), "{printed}");
    for edition in ["1", "2.1", "spring"] {
        let expected = Expected { edition: Some(edition.to_owned()), ..Expected::default() };
        let is_it = read.edition.as_deref() == Some(edition);
        assert!(expected.is_edition(&read) || !is_it);
    }
}

// ── What stands in the pages ────────────────────────────────────────────────────────────────────────────────────

/// Reads the pages as strictly as they are written: each element closed where it was opened, each value in quotes, each id
/// once, and nothing that a browser would run but the theme's own scripts.
fn look_at(output: &Output) {
    for (path, artefact) in output.iter().filter(|(path, _)| path.as_str().ends_with(".html")) {
        let Some(bytes) = artefact.bytes() else { continue };
        let fault = std::str::from_utf8(bytes).map_err(|error| error.to_string()).and_then(page).err();
        assert_eq!(fault, None, "{path}");
    }
}

/// Elements that are never closed.
const VOID: [&str; 6] = ["meta", "link", "img", "br", "hr", "input"];

/// Checks a page's markup.
fn page(markup: &str) -> Result<(), String> {
    let mut rest = markup.strip_prefix("<!doctype html>").ok_or("no doctype")?;
    let mut open: Vec<&str> = Vec::new();
    let mut ids = BTreeSet::new();
    while let Some((_, after)) = rest.split_once('<') {
        let (tag, after) = tag_end(after).ok_or("a tag without an end")?;
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            if open.pop() != Some(name) {
                return Err(format!("</{name}> closes nothing"));
            }
            continue;
        }
        let (name, attributes) = element(tag)?;
        let mut names = BTreeSet::new();
        for &(attribute, value) in &attributes {
            let runs = attribute.starts_with("on") || ["style", "srcdoc", "formaction"].contains(&attribute);
            let again = !names.insert(attribute) || attribute == "id" && (value.is_empty() || !ids.insert(value));
            let leads_astray = ["href", "src", "action"].contains(&attribute) && !is_harmless(value);
            if runs || again || leads_astray {
                return Err(format!("<{name} {attribute}={value:?}>"));
            }
        }
        match name {
            "iframe" | "object" | "embed" | "base" | "style" | "math" | "template" => return Err(format!("<{name}>")),
            "script" => {
                let (words, after) = rest.split_once("</script>").ok_or("a script without an end")?;
                rest = after;
                let data = attributes == [("type", "application/ld+json")];
                let scripts = ["words", "site", "search", "reading", "clause", "glossary", "list"]
                    .map(|name| format!("static/{name}.js"));
                let is_own = |path: &str| scripts.iter().any(|own| path.ends_with(own.as_str()));
                let own = attributes.iter().any(|(name, value)| *name == "src" && is_own(value));
                if open.last() != Some(&"head") || words.contains('<') || !(data || own && words.is_empty()) {
                    return Err(format!("<script> {attributes:?} {words}"));
                }
            }
            name if VOID.contains(&name) || tag.ends_with('/') && open.contains(&"svg") => {}
            name => open.push(name),
        }
    }
    if open.is_empty() { Ok(()) } else { Err(format!("not closed: {open:?}")) }
}

/// A tag without its brackets, and what stands after it. A value may hold `>`.
fn tag_end(text: &str) -> Option<(&str, &str)> {
    let mut quoted = false;
    let end = text.bytes().position(|byte| {
        quoted ^= byte == b'"';
        byte == b'>' && !quoted
    })?;
    Some((&text[..end], &text[end + 1..]))
}

/// The name of an element, and its attributes.
type Opened<'t> = (&'t str, Vec<(&'t str, &'t str)>);

/// A name, and attributes as `name` or `name="value"`.
fn element(tag: &str) -> Result<Opened<'_>, String> {
    let wrong = || format!("<{tag}>");
    let is_name =
        |name: &str| !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-:".contains(&b));
    let inside = tag.strip_suffix('/').unwrap_or(tag);
    let (name, mut rest) = inside.split_once([' ', '\n']).unwrap_or((inside, ""));
    if !is_name(name) {
        return Err(wrong());
    }
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start_matches([' ', '\n']);
        if rest.is_empty() {
            return Ok((name, attributes));
        }
        let (attribute, after) = rest.split_at(rest.find([' ', '\n', '=']).unwrap_or(rest.len()));
        let mut value = "";
        rest = after;
        if let Some(written) = after.strip_prefix('=') {
            (value, rest) = written.strip_prefix('"').and_then(|quoted| quoted.split_once('"')).ok_or_else(wrong)?;
        }
        if !is_name(attribute) || value.contains('<') || !(rest.is_empty() || rest.starts_with([' ', '\n'])) {
            return Err(wrong());
        }
        attributes.push((attribute, value));
    }
}

/// Whether an address is one of the web or of mail, or relative: a colon in a relative one stands behind a slash.
fn is_harmless(address: &str) -> bool {
    let known = ["https:", "http:", "mailto:"]
        .iter()
        .any(|scheme| address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)));
    let first = address.split(['/', '?', '#']).next().unwrap_or_default();
    known || !(first.contains([':', '&', '\\']) || address.starts_with('/') || address.contains(char::is_control))
}

/// A paper from outside, read twice to the same bytes, and built: what is made of it has no error.
fn comes_in(format: Foreign, data: &[u8]) {
    let Ok(made) = import::import(format, "a", data) else { return };
    assert_eq!(import::import(format, "a", data).map(|again| again.text), Ok(made.text.clone()));
    let mut site = site(&[("a.md".to_owned(), made.text.clone())]);
    for picture in &made.pictures {
        site.assets.insert(picture.name.clone(), Hash::of(&picture.bytes));
    }
    let read = pipeline::read_site(site, Vec::new(), false);
    let build = rebuilt(&read);
    let wrong: Vec<_> = build.diagnostics.iter().filter(|fault| fault.severity() == Severity::Error).cloned().collect();
    let said = diagnostic::show(&wrong, &read.site.sources, "", Format::Short);
    assert!(wrong.is_empty(), "{said}\n{}", made.text);
    if let Some(output) = build.output {
        look_at(&output);
    }
}

/// A plain text, or what `pdftotext` prints, with or without the boxes of its words behind the first
/// NUL: the first byte says which.
pub fn import_text(data: &[u8]) {
    let typed: String;
    let (format, data) = match data.split_first() {
        Some((b'L', data)) => (Foreign::Layout, data),
        Some((b'B', data)) => {
            let (layout, boxes) = data.split_at(data.iter().position(|b| *b == 0).unwrap_or(data.len()));
            typed = import::with_type(&String::from_utf8_lossy(layout), &String::from_utf8_lossy(boxes));
            (Foreign::Layout, typed.as_bytes())
        }
        _ => (Foreign::Text, data),
    };
    comes_in(format, data);
}

/// Markdown of another program.
pub fn import_markdown(data: &[u8]) {
    comes_in(Foreign::Markdown, data);
}

/// A page of the web.
pub fn import_html(data: &[u8]) {
    comes_in(Foreign::Html, data);
}

/// A document of Word: the bytes of a zip, or else the parts of one, each behind a line with its name.
pub fn import_docx(data: &[u8]) {
    comes_in(Foreign::Docx, data);
    let text = text_of(data);
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for part in text.split("=== ").skip(1) {
        let (name, body) = part.split_once('\n').unwrap_or((part, ""));
        let begun = zip.start_file(name.trim(), zip::write::SimpleFileOptions::default());
        if begun.is_err() || std::io::Write::write_all(&mut zip, body.as_bytes()).is_err() {
            return;
        }
    }
    if let Ok(zip) = zip.finish() {
        comes_in(Foreign::Docx, &zip.into_inner());
    }
}
