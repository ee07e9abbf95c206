//! A theme is replaced file by file, and what is wrong with a template is reported where it stands.

use std::fs;
use std::path::Path;

use crate::cli::Desk;
use crate::site::{Built, SETTINGS, TestSite};

fn site() -> TestSite {
    TestSite::new().paper_with("a", "short = \"Paper A\"", "1.1 Text.")
}

fn with_template(name: &str, text: &str) -> Built {
    site().file(&format!("theme/templates/{name}"), text).build()
}

#[test]
fn one_template_can_be_replaced() {
    let built = with_template("not-found.html", "<!doctype html><title>{{ shell.title }}</title><p>Gone</p>").clean();
    assert_eq!(built.text("404.html"), "<!doctype html><title>Page not found – Site</title><p>Gone</p>");
    // All others are as they were.
    assert_eq!(built.text("a.html"), site().build().clean().text("a.html"));
}

#[test]
fn a_template_can_extend_what_it_shadows() {
    let built = with_template("document.html", "{% extends \"default/document.html\" %}\n{% block edition %}<p>Our edition of {{ document.short }}.</p>{% endblock %}").clean();
    assert_eq!(built.words("a.html", "footer p").first().unwrap(), "Our edition of Paper A.");
    assert_eq!(built.words("a.html", "[id='1.1'] .text"), ["Text."]);
    assert_eq!(built.words("a.html", "h1"), ["a"]);
}

#[test]
fn the_frame_of_every_page_can_be_replaced() {
    let built = with_template(
        "base.html",
        "{% extends \"default/base.html\" %}\n{% block top %}<header>Ours</header>{% endblock %}",
    )
    .clean();
    assert_eq!(built.words("404.html", "body > header"), ["Ours"]);
    let blocks = ["head", "page", "hint", "top", "main", "bottom", "edition"]
        .map(|block| format!("{{% block {block} %}}{{% endblock %}}"));
    let built = with_template("base.html", &format!("<main>{}</main>", blocks.concat())).clean();
    assert!(built.text("a.html").trim().starts_with("<main>"));
    assert_eq!(built.words("a.html", "h1"), ["a"]);
}

#[test]
fn a_part_that_pages_share_can_be_replaced_by_itself() {
    let built = site()
        .paper_with("b", "status = \"draft\"", "1.1 Text.")
        .file(
            "theme/templates/components.html",
            "{% component state(document: map, relations: array) %}{% if document.status_line %}<p>Status: {{ document.status_line }}</p>{% endif %}{% endcomponent state %}",
        )
        .build()
        .clean();
    assert_eq!(built.words("b.html", "header.front > p:first-of-type"), ["Status: This is a draft and not in force."]);
    assert_eq!(built.words("a.html", "[id='1.1'] .number"), ["1.1"]);
}

#[test]
fn a_static_file_can_be_replaced_or_added() {
    let built = site()
        .file("theme/static/style.css", "p { color: red }")
        .file("theme/static/logo.svg", "<svg/>")
        .build()
        .clean();
    let output = built.output.as_ref().unwrap();
    assert!(output.get("static/style.css").unwrap().bytes().is_none(), "the embedded file is still there");
    assert!(output.get("static/logo.svg").is_some());
    let odd = site().file("theme/static/Logo Big.svg", "<svg/>").build();
    assert_eq!(odd.codes(), ["invalid-id"]);
}

#[test]
fn a_theme_lies_beside_the_site() {
    let settings = format!("theme = \"plain\"\n{SETTINGS}");
    let built = site()
        .file("site.toml", &settings)
        .file("../themes/plain/theme.toml", "description = \"Plain\"")
        .file("../themes/plain/templates/not-found.html", "<p>Plain {{ shell.site }}</p>")
        .file("../themes/plain/templates/home.html", "<p>Plain home</p>")
        .file("../themes/plain/static/plain.css", "p {}")
        // The site's own come before the theme's.
        .file("theme/templates/home.html", "<p>Own home</p>")
        .build()
        .clean();
    assert_eq!(built.text("404.html"), "<p>Plain Site</p>");
    assert_eq!(built.text("index.html"), "<p>Own home</p>");
    assert!(built.output.as_ref().unwrap().get("static/plain.css").is_some());
    assert!(built.output.as_ref().unwrap().get("static/style.css").is_some());
    assert_eq!(built.words("a.html", "h1"), ["a"]);
}

#[test]
fn an_unknown_theme_is_an_error_where_it_is_named() {
    let built = site().file("site.toml", &format!("theme = \"plain\"\n{SETTINGS}")).build();
    insta::assert_snapshot!(built.short(), @r#"site.toml:1:9: error[unknown-theme]: there is no theme `plain` (put it into the folder themes/plain beside the site's folder, or use "default")"#);
}

/// The place and message of each fault.
fn faults(name: &str, text: &str) -> String {
    let built = with_template(name, text);
    assert!(built.output.is_none(), "{text}");
    built.short().trim_end().to_owned()
}

#[test]
fn what_is_wrong_with_a_template_is_reported_at_its_own_place() {
    let wrong = [
        ("not-found.html", "<p>\n  {{ nope }}\n</p>"),
        ("not-found.html", "<p>\n  {{ shell.nope }}\n</p>"),
        ("not-found.html", "<p>\n  {% if x %}\n</p>"),
        ("not-found.html", "<p>\n  {{ 1 + \"a\" }}\n</p>"),
        ("not-found.html", "<p>\n  {{ }}\n</p>"),
        ("not-found.html", "<p>\né {{ lists[99].url }}\n</p>"),
        ("not-found.html", "{% extends \"nothing.html\" %}"),
        (
            "not-found.html",
            "{% extends \"default/not-found.html\" %}\n{% block main %}\n{{ super() }}{{ lost }}\n{% endblock %}",
        ),
        (
            "document.html",
            "{% extends \"default/document.html\" %}\n{% block edition %}{{ document.shrt }}{% endblock %}",
        ),
    ];
    let lines = wrong.map(|(name, text)| faults(name, text));
    insta::assert_snapshot!(lines.join("\n"), @r#"
    theme/templates/not-found.html:2:6: error[template-error]: Variable `nope` is not defined. Available variables: lists, shell (while making 404.html)
    theme/templates/not-found.html:2:12: error[template-error]: Field `nope` is not defined. Available fields: about, canonical, changes, contact, description, direction, edition, feed, footer, generator, host, language, licence, local, logo, navigation, root, search, site, title (while making 404.html)
    theme/templates/not-found.html:2:13: error[template-error]: Unexpected end of input
    theme/templates/not-found.html:2:6: error[template-error]: `+` requires both operands to be numbers, found `i64` and `string` (while making 404.html)
    theme/templates/not-found.html:2:6: error[template-error]: Found `}}` but expected one of: integer, float, string, bool, ident, `-`, `not`, `<`, `{`, `[` or `(`
    theme/templates/not-found.html:2:6: error[template-error]: Field `url` is not defined (while making 404.html)
    theme/templates/not-found.html:1:1: error[template-error]: Template 'site/not-found.html' is inheriting from 'nothing.html', which doesn't exist or isn't loaded
    theme/templates/not-found.html:3:17: error[template-error]: Variable `lost` is not defined. Available variables: lists, shell (while making 404.html)
    theme/templates/document.html:2:32: error[template-error]: Field `shrt` is not defined. Available fields: clauses, id, issuer, kind, language, local, publication, published, published_iso, short, status, status_line, status_rest, status_word, status_words, title, url (while making a.html)
    "#);
}

#[test]
fn what_is_unknown_to_a_template_is_reported_at_its_own_place_each_time() {
    let text =
        "<p>\n  {{ shell.title | nope }} {{ lost(x=1) }}\n  {% include \"nothing.html\" %}\n  {{<nobody a={1} />}}";
    let lines = faults("not-found.html", text);
    insta::assert_snapshot!(lines, @"
    theme/templates/not-found.html:2:20: error[template-error]: Unknown filter `nope`
    theme/templates/not-found.html:2:31: error[template-error]: Unknown function `lost`
    theme/templates/not-found.html:3:14: error[template-error]: Unknown template `nothing.html`
    theme/templates/not-found.html:4:5: error[template-error]: Unknown component `nobody`
    ");
}

#[test]
fn a_frame_that_leaves_out_what_pages_fill_is_told_which_page_fills_it() {
    let built = with_template("base.html", "<main>{% block main %}{% endblock %}</main>");
    assert!(
        !built.codes().is_empty() && built.codes().iter().all(|code| *code == "template-error"),
        "{}",
        built.short()
    );
    assert!(built.short().contains("default/") && built.short().contains("`page`"), "{}", built.short());
    assert!(!built.short().contains("]: error:"), "{}", built.short());
}

#[test]
fn a_template_that_extends_itself_is_reported() {
    for text in [
        "{% extends \"not-found.html\" %}",
        "{% extends \"site/not-found.html\" %}",
        "{% include \"not-found.html\" %}",
    ] {
        assert!(faults("not-found.html", text).contains("error[template-error]"), "{text}");
    }
    let built = site()
        .file("theme/templates/home.html", "{% extends \"not-found.html\" %}")
        .file("theme/templates/not-found.html", "{% extends \"home.html\" %}")
        .build();
    assert!(built.codes().contains(&"template-error"), "{}", built.short());
}

#[test]
fn a_template_reaches_nothing_outside_its_view() {
    for reach in [
        "get_env(name=\"HOME\")",
        "load_data(path=\"/etc/passwd\")",
        "get_file(path=\"/etc/passwd\")",
        "now()",
        "get_random(start=0, end=9)",
    ] {
        assert!(faults("not-found.html", &format!("{{{{ {reach} }}}}")).contains("template-error"), "{reach}");
    }
}

#[test]
fn a_template_escapes_what_authors_wrote_and_only_clausebook_makes_markup() {
    let built = site()
        .file("b.md", "+++\ntitle = \"<b>x</b>\"\n+++\n\n1.1 *x*\n")
        .file("theme/templates/clause.html", "{{ document.title }}|{{ clause.html }}")
        .build()
        .clean();
    assert_eq!(built.text("b/1.1.html"), "&lt;b&gt;x&lt;&#x2F;b&gt;|<p><em>x</em></p>\n".replace("&#x2F;", "/"));
}

#[test]
fn a_template_with_a_fault_is_reported_once() {
    let built =
        site().paper("b", "1.1 B.").paper("c", "1.1 C.").file("theme/templates/clause.html", "{{ nope }}").build();
    assert_eq!(built.codes(), ["template-error"]);
}

/// Every field of every view, as `View.field: type`, in the order of letters: which file holds a view is no matter to a theme.
fn fields() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/render");
    let mut files = vec![folder.join("view.rs")];
    if let Ok(entries) = fs::read_dir(folder.join("view")) {
        files.extend(entries.map(|entry| entry.unwrap().path()));
    }
    files.sort();
    let mut lines = Vec::new();
    for file in files {
        let text = fs::read_to_string(file).unwrap();
        let mut view = String::new();
        let mut variant = String::new();
        for line in text.lines().map(str::trim) {
            if let Some(rest) = line.strip_prefix("pub struct ").or_else(|| line.strip_prefix("pub enum ")) {
                view = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap().to_owned();
                variant.clear();
            } else if line.starts_with("//") || line.starts_with('#') || line.starts_with("use ") {
            } else if let Some(name) = line.strip_suffix(" {").filter(|name| name.chars().all(char::is_alphanumeric)) {
                variant = format!("::{name}");
            } else if let Some((name, kind)) = line.trim_end_matches(',').split_once(": ")
                && name.trim_start_matches("pub ").chars().all(|c| c.is_ascii_lowercase() || c == '_')
            {
                let name = name.trim_start_matches("pub ");
                lines.push(format!("{view}{variant}.{name}: {kind}"));
            } else if line.ends_with("),") {
                lines.push(format!("{view}::{}", line.trim_end_matches(',')));
            }
        }
    }
    lines.sort();
    lines.join("\n")
}

#[test]
fn the_views_are_a_contract_with_those_who_write_themes() {
    // A change here is a change for every theme: read it as such.
    insta::assert_snapshot!(fields(), @r#"
    AboutPage.contents: Vec<ContentsLine>
    AboutPage.items: Vec<ItemView>
    AboutPage.notes: Vec<NoteView>
    AboutPage.shell: Shell
    AboutPage.title: Words
    AuthoritiesPage.kinds: Vec<AuthorityKindView>
    AuthoritiesPage.shell: Shell
    AuthorityKindView.authorities: Vec<AuthorityView>
    AuthorityKindView.id: String
    AuthorityKindView.title: Words
    AuthorityKindView.words: Option<Words>
    AuthorityView.became: Option<Link>
    AuthorityView.changes: Option<String>
    AuthorityView.chapter: Option<String>
    AuthorityView.checked: Option<Words>
    AuthorityView.cited: Vec<Link>
    AuthorityView.formerly: Vec<Link>
    AuthorityView.formers: Vec<String>
    AuthorityView.id: String
    AuthorityView.made: Option<Words>
    AuthorityView.more: usize
    AuthorityView.printed: Option<String>
    AuthorityView.provisions: Vec<ProvisionView>
    AuthorityView.search: String
    AuthorityView.title: String
    AuthorityView.url: Option<String>
    BookContentsPage.glossary: Option<String>
    BookContentsPage.lines: Vec<BookLine>
    BookContentsPage.shell: Shell
    BookContentsPage.start: Option<String>
    BookContentsPage.title: String
    BookLine.lines: Vec<BookLine>
    BookLine.url: Option<String>
    BookLine.words: Words
    BookTitlePage.description: Option<String>
    BookTitlePage.document: Option<Card>
    BookTitlePage.edition_day: Option<Words>
    BookTitlePage.restates: bool
    BookTitlePage.shell: Shell
    BookTitlePage.source: Option<Source>
    BookTitlePage.title: String
    BrowseCell.count: usize
    BrowseCell.url: Option<String>
    BrowseDocument.clauses: Vec<Link>
    BrowseDocument.count: usize
    BrowseDocument.document: Link
    BrowseList.documents: Vec<BrowseDocument>
    BrowseList.id: String
    BrowseList.more: usize
    BrowseList.rest: Link
    BrowseList.title: String
    BrowsePage.lists: Vec<BrowseList>
    BrowsePage.shell: Shell
    BrowsePage.table: Option<BrowseTable>
    BrowsePage.taxonomies: Vec<TaxonomyList>
    BrowseRow.cells: Vec<BrowseCell>
    BrowseRow.term: TermLink
    BrowseTable.rows: Vec<BrowseRow>
    Card.clauses: usize
    Card.id: String
    Card.issuer: Option<String>
    Card.kind: Option<String>
    Card.language: Option<Language>
    Card.local: Option<Words>
    Card.publication: Option<Link>
    Card.published: Option<Words>
    Card.published_iso: Option<String>
    Card.short: String
    Card.status: Option<String>
    Card.status_line: Option<Words>
    Card.status_rest: Option<Words>
    Card.status_word: Option<Words>
    Card.status_words: Option<Words>
    Card.title: String
    Card.url: Option<String>
    ChangeText.html: Html
    ChangeText.title: Option<Words>
    ChangeView.class: String
    ChangeView.flags: Vec<Words>
    ChangeView.id: String
    ChangeView.new: Vec<Link>
    ChangeView.old: Vec<Link>
    ChangeView.texts: Vec<ChangeText>
    ChangeView.words: Words
    ChangesPage.editions: Vec<EditionView>
    ChangesPage.on_request: String
    ChangesPage.shell: Shell
    CitationView.changed: Option<String>
    CitationView.now: Option<String>
    CitationView.then: Option<ListLink>
    CitationView.url: Option<String>
    CitationView.words: String
    ClauseLine.heading: Option<String>
    ClauseLine.number: String
    ClauseLine.opening: String
    ClauseLine.url: Option<String>
    ClausePage.address: String
    ClausePage.citation: String
    ClausePage.cited: Vec<PaperAuthority>
    ClausePage.clause: ClauseView
    ClausePage.document: Card
    ClausePage.next: Option<Link>
    ClausePage.notes: Vec<NoteView>
    ClausePage.previous: Option<Link>
    ClausePage.quotation: String
    ClausePage.shell: Shell
    ClausePage.size: &'static str
    ClausePage.source: Option<Source>
    ClausePage.square: Option<Html>
    ClausePage.structured: Html
    ClausePage.trail: Vec<Link>
    ClauseRelations.links: Vec<Link>
    ClauseRelations.words: Words
    ClauseView.citations: Vec<CitationView>
    ClauseView.counterparts: Vec<CounterpartView>
    ClauseView.formers: Vec<FormerView>
    ClauseView.history: Vec<ClauseRelations>
    ClauseView.html: Html
    ClauseView.id: Option<String>
    ClauseView.label: Option<String>
    ClauseView.language: Option<Language>
    ClauseView.level: Option<u8>
    ClauseView.links: usize
    ClauseView.local: Option<LocalNote>
    ClauseView.long: bool
    ClauseView.number: String
    ClauseView.page: Option<String>
    ClauseView.referred_by: Vec<Link>
    ClauseView.relations: Vec<ClauseRelations>
    ClauseView.since: Option<Words>
    ClauseView.terms: Vec<TermLink>
    ClauseView.url: Option<String>
    ClauseView.wide: bool
    CompareItem::Change(ChangeView)
    CompareItem::Heading.title: String
    CompareItem::Quiet.rows: Vec<ConcordanceRow>
    CompareItem::Quiet.words: Words
    ComparePage.changes: Vec<CompareItem>
    ComparePage.concordance: Vec<ConcordanceRow>
    ComparePage.counts: Vec<Count>
    ComparePage.csv: Option<String>
    ComparePage.flagged: Vec<ClauseRelations>
    ComparePage.json: Option<String>
    ComparePage.new: Card
    ComparePage.old: Card
    ComparePage.shell: Shell
    ComparePage.title: Words
    ConcordanceRow.new: Vec<Link>
    ConcordanceRow.old: Vec<Link>
    ConcordanceRow.url: Option<String>
    ConcordanceRow.words: Words
    ContentsLine.clauses: Option<String>
    ContentsLine.facilitator: bool
    ContentsLine.inner: Vec<ContentsLine>
    ContentsLine.level: u8
    ContentsLine.title: String
    ContentsLine.url: String
    Count.count: usize
    Count.words: Words
    CounterpartView.html: Html
    CounterpartView.language: Option<Language>
    CounterpartView.notes: Vec<NoteView>
    CounterpartView.source: Link
    CounterpartView.title: Words
    DocumentPage.cited: Vec<PaperAuthority>
    DocumentPage.cited_for_participants: Vec<PaperAuthority>
    DocumentPage.contents: Vec<ContentsLine>
    DocumentPage.counterparts: Option<Words>
    DocumentPage.document: Card
    DocumentPage.files: Vec<Link>
    DocumentPage.items: Vec<ItemView>
    DocumentPage.map: Option<Map>
    DocumentPage.next: Option<Link>
    DocumentPage.notes: Vec<NoteView>
    DocumentPage.notes_for_facilitator: bool
    DocumentPage.papers: Vec<PaperLink>
    DocumentPage.previews: Option<String>
    DocumentPage.previous: Option<Link>
    DocumentPage.referred_by: Vec<Link>
    DocumentPage.relations: Vec<RelationLine>
    DocumentPage.shell: Shell
    DocumentPage.source: Option<Source>
    DocumentPage.square: Option<Html>
    DocumentPage.structured: Html
    DocumentPage.terms: Vec<TermLink>
    EditionChange.clauses: Vec<Link>
    EditionChange.words: Words
    EditionDocument.changes: Vec<EditionChange>
    EditionDocument.document: Link
    EditionView.date: Option<Words>
    EditionView.date_iso: Option<String>
    EditionView.documents: Vec<EditionDocument>
    EditionView.first: bool
    EditionView.id: String
    EditionView.name: String
    EditionView.note: Option<String>
    EditionView.on_request: Vec<EditionDocument>
    FormerLine.links: Vec<Link>
    FormerLine.reason: Option<String>
    FormerLine.words: Words
    FormerView.id: Option<String>
    FormerView.lines: Vec<FormerLine>
    GlossaryPage.letters: Vec<Link>
    GlossaryPage.notes: Vec<NoteView>
    GlossaryPage.parts: Vec<GlossaryPart>
    GlossaryPage.shell: Shell
    GlossaryPage.title: String
    GlossaryPart::Block.html: Html
    GlossaryPart::Heading.html: Html
    GlossaryPart::Heading.id: String
    GlossaryPart::Heading.level: u8
    GlossaryPart::Words.words: Vec<WordView>
    GonePage.formers: Vec<FormerView>
    GonePage.forward: Option<String>
    GonePage.shell: Shell
    GonePage.title: String
    GonePage.whole: Vec<FormerLine>
    GroupView.differ: bool
    GroupView.documents: Vec<Card>
    GroupView.folded: bool
    GroupView.sheets: Vec<Link>
    GroupView.status: Option<Words>
    GroupView.table: bool
    GroupView.title: Words
    HomePage.authorities: Option<ListLink>
    HomePage.clauses: usize
    HomePage.glossary: Option<ListLink>
    HomePage.groups: Vec<GroupView>
    HomePage.items: Vec<ItemView>
    HomePage.notes: Vec<NoteView>
    HomePage.opening: Vec<ItemView>
    HomePage.papers: usize
    HomePage.parts: Vec<HomePart>
    HomePage.shell: Shell
    HomePage.taxonomies: Vec<TaxonomyList>
    HomePart.heading: ItemView
    HomePart.items: Vec<ItemView>
    HomePart.ways: Vec<HomeWay>
    HomeWay.heading: ItemView
    HomeWay.items: Vec<ItemView>
    ItemView::Block.html: Html
    ItemView::Block.language: Option<Language>
    ItemView::Clause(ClauseView)
    ItemView::Drawn.clause: ClauseView
    ItemView::Drawn.notes: Vec<NoteView>
    ItemView::Drawn.source: Link
    ItemView::Drawn.status_words: Option<Words>
    ItemView::Gone.formers: Vec<FormerView>
    ItemView::Heading.facilitator: bool
    ItemView::Heading.formers: Vec<FormerView>
    ItemView::Heading.html: Html
    ItemView::Heading.id: String
    ItemView::Heading.language: Option<Language>
    ItemView::Heading.level: u8
    ItemView::Heading.referred_by: Vec<Link>
    LetterView.id: String
    LetterView.words: String
    Link.url: Option<String>
    Link.words: String
    ListLink.url: String
    ListLink.words: Words
    ListPage.shell: Shell
    LocalNote.html: Html
    LocalNote.id: String
    LocalNote.label: String
    LocalNote.language: Option<Language>
    LocalNote.title: Words
    Map.drawing: Html
    Map.lines: Vec<MapLine>
    Map.others: Vec<MapLine>
    Map.table: Option<MapTable>
    MapLine.from: Link
    MapLine.to: Link
    MapLine.words: Words
    MapRow.cells: Vec<usize>
    MapRow.paper: Link
    MapTable.papers: Vec<Link>
    MapTable.rows: Vec<MapRow>
    NavigationLink.current: bool
    NavigationLink.url: String
    NavigationLink.words: Words
    NotFoundPage.lists: Vec<ListLink>
    NotFoundPage.shell: Shell
    NoteView.back: Vec<Link>
    NoteView.facilitator: bool
    NoteView.html: Html
    NoteView.id: String
    NoteView.language: Option<Language>
    NoteView.number: usize
    PaperAuthority.provisions: Vec<PaperProvision>
    PaperAuthority.title: String
    PaperAuthority.url: Option<String>
    PaperLink.current: bool
    PaperLink.published: Option<Words>
    PaperLink.url: Option<String>
    PaperLink.words: String
    PaperProvision.places: String
    PaperProvision.shown: Option<String>
    PapersPage.group: GroupView
    PapersPage.next: Option<Link>
    PapersPage.previous: Option<Link>
    PapersPage.shell: Shell
    PapersPage.words: String
    ProvisionView.cited: Vec<Link>
    ProvisionView.id: String
    ProvisionView.more: usize
    ProvisionView.search: String
    ProvisionView.shown: String
    ProvisionView.url: Option<String>
    RelationLine.changes: Option<String>
    RelationLine.kind: String
    RelationLine.title: String
    RelationLine.url: Option<String>
    RelationLine.words: Words
    SearchPage.index: Option<String>
    SearchPage.lists: Vec<ListLink>
    SearchPage.shell: Shell
    Shell.about: String
    Shell.canonical: Option<String>
    Shell.changes: Option<String>
    Shell.contact: Option<Link>
    Shell.description: Option<String>
    Shell.direction: &'static str
    Shell.edition: Option<String>
    Shell.feed: Option<String>
    Shell.footer: Option<String>
    Shell.generator: String
    Shell.host: Option<String>
    Shell.language: String
    Shell.licence: Option<String>
    Shell.local: Option<Words>
    Shell.logo: Link
    Shell.navigation: Vec<NavigationLink>
    Shell.root: String
    Shell.search: Option<String>
    Shell.site: String
    Shell.title: String
    SingleDocument.contents: Vec<ContentsLine>
    SingleDocument.document: Card
    SingleDocument.id: String
    SingleDocument.items: Vec<ItemView>
    SingleDocument.lines: Vec<MapLine>
    SingleDocument.notes: Vec<NoteView>
    SingleDocument.notes_id: String
    SingleDocument.numbered: bool
    SingleDocument.other_lines: Vec<MapLine>
    SingleDocument.relations: Vec<RelationLine>
    SingleDocument.role: String
    SingleDocument.source: Option<Source>
    SinglePage.address: Option<String>
    SinglePage.authorities: Vec<AuthorityKindView>
    SinglePage.authorities_id: String
    SinglePage.contact: Option<Link>
    SinglePage.description: Option<String>
    SinglePage.direction: &'static str
    SinglePage.documents: Vec<SingleDocument>
    SinglePage.edition: Option<String>
    SinglePage.footer: Option<String>
    SinglePage.generator: String
    SinglePage.groups: Vec<GroupView>
    SinglePage.home_id: Option<String>
    SinglePage.host: Option<String>
    SinglePage.items: Vec<ItemView>
    SinglePage.language: String
    SinglePage.licence: Option<String>
    SinglePage.logo: Option<String>
    SinglePage.notes: Vec<NoteView>
    SinglePage.policy: String
    SinglePage.script: Html
    SinglePage.site: String
    SinglePage.style: Html
    SinglePage.title: String
    SinglePage.words: Vec<SingleWords>
    SingleWords.id: String
    SingleWords.notes: Vec<NoteView>
    SingleWords.parts: Vec<GlossaryPart>
    SingleWords.title: String
    Source.title: String
    Source.url: Option<String>
    TaxonomyList.slug: String
    TaxonomyList.terms: Vec<TermLink>
    TaxonomyList.title: String
    TaxonomyList.url: Option<String>
    TaxonomyPage.shell: Shell
    TaxonomyPage.taxonomy: TaxonomyList
    TermDocument.clauses: Vec<ClauseLine>
    TermDocument.count: usize
    TermDocument.document: Card
    TermLink.count: usize
    TermLink.description: Option<String>
    TermLink.slug: String
    TermLink.title: String
    TermLink.url: Option<String>
    TermPage.documents: Vec<TermDocument>
    TermPage.next: Option<Link>
    TermPage.previous: Option<Link>
    TermPage.shell: Shell
    TermPage.taxonomy: Link
    TermPage.term: TermLink
    WordView.abbreviation: Option<String>
    WordView.id: String
    WordView.letter: Option<LetterView>
    WordView.meaning: Html
    WordView.more: usize
    WordView.search: String
    WordView.term: String
    WordView.uses: Vec<Link>
    "#);
}

/// A site with this `theme.toml`.
fn themed(theme: &str) -> Built {
    site().file("theme/theme.toml", theme).build()
}

#[test]
fn an_accent_that_cannot_be_read_is_an_error_that_names_the_nearest_shade() {
    let lines = [
        "accent = \"#777777\"",
        "accent = \"#767676\"",
        "accent = \"#e07a1f\"",
        "accent-dark = \"#0b4f8a\"",
        "accent = \"blue\"",
        "accent = \"#fff\"",
    ];
    let lines = lines.map(|line| themed(line).short());
    insta::assert_snapshot!(lines.concat(), @r##"
    theme/theme.toml:1:10: error[pale-accent]: `#777777` cannot be read: its contrast on paper of the colour #ffffff is 4.47 to 1 (4.5 to 1 is the least; the nearest shade that has it is "#767676")
    theme/theme.toml:1:10: error[pale-accent]: `#e07a1f` cannot be read: its contrast on paper of the colour #ffffff is 3.01 to 1 (4.5 to 1 is the least; the nearest shade that has it is "#b36118")
    theme/theme.toml:1:15: error[pale-accent]: `#0b4f8a` cannot be read: its contrast on paper of the colour #15181c is 2.11 to 1 (4.5 to 1 is the least; the nearest shade that has it is "#5685ae")
    theme/theme.toml:1:10: error[invalid-value]: `blue` is not a colour (write six figures after a #, such as "#0b4f8a")
    theme/theme.toml:1:10: error[invalid-value]: `#fff` is not a colour (write six figures after a #, such as "#0b4f8a")
    "##);
}

/// A site with this `[brand]` in its settings.
fn branded(brand: &str) -> TestSite {
    site().file("site.toml", &format!("{SETTINGS}\n[brand]\n{brand}"))
}

#[test]
fn every_colour_is_checked_against_all_that_it_meets_on_light_paper_and_on_dark() {
    let lines = [
        // Its words can be read on paper and not where they are marked.
        "ink-2 = \"#707070\"",
        "link = \"#0b4f8a\"\nlink-dark = \"#0b4f8a\"",
        "visited = \"#999999\"",
        "warn = \"#ff8800\"",
        "edge = \"#b0b0b0\"",
        "focus-dark = \"#333333\"",
        // The words are the theme's, so it is the paper that must change.
        "paper = \"#9090a0\"",
        "mark-dark = \"#ffee00\"",
        // Nothing can stand out from both of these.
        "paper = \"#ffffff\"\nsurface = \"#101010\"\nink = \"#777777\"",
        "accent = \"#8a5a1c\"\npaper = \"#d0c0a0\"",
        "ink = \"black\"",
    ];
    branded("line = \"#ffffff\"\nedge = \"#8a8a8a\"").build().clean();
    let lines = lines.map(|line| branded(line).build().short());
    insta::assert_snapshot!(lines.concat(), @r##"
    site.toml:20:9: error[low-contrast]: `#707070` cannot be read: its contrast on mark of the colour #fff0b3 is 4.33 to 1 (4.5 to 1 is the least; the nearest shade that has it is "#6d6d6d")
    site.toml:21:13: error[low-contrast]: `#0b4f8a` cannot be read: its contrast on mark of the colour #4d3f00 is 1.23 to 1 (4.5 to 1 is the least; the nearest shade that has it is "#90afca")
    site.toml:20:11: error[low-contrast]: `#999999` cannot be read: its contrast on mark of the colour #fff0b3 is 2.49 to 1 (4.5 to 1 is the least; the nearest shade that has it is "#6d6d6d")
    site.toml:20:8: error[low-contrast]: `#ff8800` cannot be read: its contrast on surface of the colour #f0f4f8 is 2.16 to 1 (4.5 to 1 is the least; the nearest shade that has it is "#aa5a00")
    site.toml:20:8: error[low-contrast]: `#b0b0b0` cannot be seen: its contrast on surface of the colour #f0f4f8 is 1.96 to 1 (3 to 1 is the least; the nearest shade that has it is "#8d8d8d")
    site.toml:20:14: error[low-contrast]: `#333333` cannot be seen: its contrast on surface of the colour #20252b is 1.22 to 1 (3 to 1 is the least; the nearest shade that has it is "#6e6e6e")
    site.toml:20:9: error[low-contrast]: ink-2 cannot be read on `#9090a0`: the contrast of its colour #4a525d is 2.51 to 1 (4.5 to 1 is the least; the nearest shade that has it is "#d2d2d8")
    site.toml:20:13: error[low-contrast]: ink cannot be read on `#ffee00`: the contrast of its colour #e8ebee is 1 to 1 (4.5 to 1 is the least; the nearest shade that has it is "#534d00")
    site.toml:21:11: error[low-contrast]: ink-2 cannot be read on `#101010`: the contrast of its colour #4a525d is 2.4 to 1 (4.5 to 1 is the least; no shade has it with all that meets it here, so change the other colours too)
    site.toml:22:7: error[low-contrast]: `#777777` cannot be read: its contrast on mark of the colour #fff0b3 is 3.91 to 1 (4.5 to 1 is the least; no shade has it with all that meets it here, so change the other colours too)
    site.toml:20:10: error[pale-accent]: `#8a5a1c` cannot be read: its contrast on paper of the colour #d0c0a0 is 3.29 to 1 (4.5 to 1 is the least; the nearest shade that has it is "#6e4816")
    site.toml:21:9: error[low-contrast]: ink-2 cannot be read on `#d0c0a0`: the contrast of its colour #4a525d is 4.41 to 1 (4.5 to 1 is the least; the nearest shade that has it is "#e8e1d1")
    site.toml:20:7: error[invalid-value]: `black` is not a colour (write six figures after a #, such as "#0b4f8a")
    "##);
}

#[test]
fn a_style_sheet_of_colours_is_checked_too() {
    let default = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default/brand.css")).unwrap();
    site().file("theme/brand.css", &default).build().clean();
    let pale = default.replace("(--light, #4a525d)", "(--light, #8a929d)");
    insta::assert_snapshot!(site().file("theme/brand.css", &pale).build().short(), @r##"
    theme/brand.css:10:25: error[low-contrast]: `#8a929d` cannot be read: its contrast on mark of the colour #fff0b3 is 2.74 to 1 (4.5 to 1 is the least; the nearest shade that has it is "#686e76")
    "##);
    // What the settings say of a colour is what counts.
    branded("ink-2 = \"#4a525d\"").file("theme/brand.css", &pale).build().clean();
}

#[test]
fn the_settings_brand_a_copy_before_its_theme_does() {
    let theme =
        "name = \"Parish\"\nfooter = \"Below.\"\naccent = \"#8a1c1c\"\nink = \"#101010\"\nhost = \"Parish Council\"\n";
    let built = branded("name = \"Town\"\naccent-dark = \"#aabbff\"\nsurface = \"#eeeeee\"\n");
    let built = built.file("theme/theme.toml", theme).build().clean();
    assert_eq!(built.words("a.html", ".name"), ["Town"]);
    let foot = built.words("a.html", "footer").concat();
    assert!(foot.contains("hosted by Parish Council.") && foot.contains("Below."), "{foot}");
    insta::assert_snapshot!(built.text("brand/brand.css").split("\n}\n").nth(1).unwrap(), @r##"
    :root {
      --surface: var(--light, #eeeeee) var(--dark, #20252b);
      --ink: var(--light, #101010) var(--dark, #e8ebee);
      --link: var(--light, #8a1c1c) var(--dark, #aabbff);
      --accent: var(--light, #8a1c1c) var(--dark, #aabbff);
      --on-accent: var(--light, #ffffff) var(--dark, #101418);
    "##);
    assert_eq!(branded("host = \"x\"").build().codes(), ["unknown-key"]);
}

#[test]
fn what_a_theme_sets_stands_after_the_tokens_and_nothing_else_does() {
    let rule = |theme: &str| themed(theme).clean().text("brand/brand.css").split("\n}\n").nth(1).unwrap().to_owned();
    assert_eq!(rule(""), "");
    insta::assert_snapshot!(rule("accent = \"#8a1c1c\"\nfont = \"Georgia, 'Times New Roman', serif\""), @"
    :root {
      --link: var(--light, #8a1c1c) var(--dark, #cea0a0);
      --accent: var(--light, #8a1c1c) var(--dark, #cea0a0);
      --on-accent: var(--light, #ffffff) var(--dark, #101418);
      --font: Georgia, 'Times New Roman', serif;
    ");
    // A link can be read wherever it stands, also where its paper is marked.
    insta::assert_snapshot!(rule("accent = \"#767676\""), @"
    :root {
      --link: var(--light, #6d6d6d) var(--dark, #ababab);
      --accent: var(--light, #767676) var(--dark, #ababab);
      --on-accent: var(--light, #ffffff) var(--dark, #101418);
    ");
    for font in ["x; } body { display: none", "url(https://example.org/x)", "'Georgia", "", "a\\\\62"] {
        assert_eq!(themed(&format!("font = \"{font}\"")).codes(), ["invalid-value"], "{font}");
    }
    assert_eq!(themed("colour = \"#0b4f8a\"").codes(), ["unknown-key"]);
}

#[test]
fn the_site_s_own_brand_comes_before_the_theme_s_key_by_key_and_file_by_file() {
    let settings = format!("theme = \"town\"\nhost = \"The host\"\n{SETTINGS}");
    let built = site()
        .file("site.toml", &settings)
        .file(
            "../themes/town/theme.toml",
            "name = \"Town\"\nfooter = \"Below\"\nhost = \"Town Council\"\nlogo-words = \"Town\"",
        )
        .file("../themes/town/logo.svg", "<svg>town</svg>")
        .file("../themes/town/brand.css", ":root { --town: 1 }\n")
        .file("theme/theme.toml", "name = \"<Parish>\"")
        .file("theme/logo.svg", "<svg>parish</svg>")
        .build()
        .clean();
    assert_eq!(built.words("a.html", ".name"), ["<Parish>"]);
    assert_eq!(built.words("a.html", "title"), ["a – <Parish>"]);
    assert_eq!(built.find("a.html", ".logo[alt=Town][src='brand/logo.svg']").len(), 1);
    assert_eq!(built.find("a/1.1.html", ".logo[src='../brand/logo.svg']").len(), 1);
    let foot = built.words("a.html", "footer").concat();
    assert!(foot.contains("hosted by The host.") && foot.contains("Below"), "{foot}");
    assert_eq!(built.text("brand/logo.svg"), "<svg>parish</svg>");
    assert_eq!(built.text("brand/brand.css"), ":root { --town: 1 }\n");
}

#[test]
fn a_logo_that_is_heavy_is_a_warning() {
    let logo = |size: usize| site().file("theme/logo.svg", &"x".repeat(size)).build().without_errors().short();
    assert_eq!(logo(20 * 1024), "");
    insta::assert_snapshot!(logo(20 * 1024 + 1), @"
    theme/logo.svg:1:1: warning[large-logo]: the logo has 21 KiB, and every page loads it (make it simpler: 20 KiB is the most)
    ");
}

#[test]
fn whose_copy_it_is_stands_on_the_page_about_it() {
    let settings = format!(
        "host = \"Anytown Council\"\nedition = \"Second, May 2026\"\nlicence = \"Free to copy\"\ncontact = \"help@example.org\"\n{SETTINGS}"
    );
    let own = "+++\ntitle = \"About us\"\nnumbering = \"none\"\n+++\n\n## Whose words {#whose}\n\nOurs.[^n]\n\n[^n]: And yours.\n";
    for (site, title) in [(site(), "About this copy"), (site().file("about.md", own), "About us")] {
        let built = site.file("site.toml", &settings).build().clean();
        assert_eq!(built.words("about.html", "h1"), [title]);
        assert_eq!(
            built.words("about.html", ".copy dd")[..4],
            ["Anytown Council", "Second, May 2026", "Free to copy", "help@example.org"]
        );
        assert_eq!(built.find("about.html", ".copy a[href='mailto:help@example.org']").len(), 1);
        assert!(built.words("a.html", "footer").concat().contains("Edition: Second, May 2026."));
        assert_eq!(built.find("a.html", "footer a[href='about.html']").len(), 1);
    }
    let built = site().file("about.md", own).build().clean();
    assert_eq!(built.words("about.html", "h2"), ["Whose words", "Files of this copy", "Accessibility", "Notes"]);
    for wrong in ["nobody", "@example.org", "javascript:alert(1)", "a@b@c.org"] {
        let built = site().file("site.toml", &format!("contact = \"{wrong}\"\n{SETTINGS}")).build();
        assert_eq!(built.codes(), ["unsafe-url"], "{wrong}");
    }
}

#[test]
fn a_file_of_a_theme_is_copied_to_start_from_and_never_written_over() {
    let desk = Desk::new();
    desk.site("site", "1.1 One.");
    desk.put("site/site.toml", "title = \"A site\"\ntheme = \"town\"\n");
    desk.put("themes/town/templates/home.html", "{% extends \"default/home.html\" %}\n");
    desk.put("themes/town/static/town.css", "p { color: red }\n");
    desk.put("site/theme/templates/clause.html", "{% extends \"default/clause.html\" %}\n");
    let list = desk.run("theme list site").ends_with(0).stdout;
    for line in [
        "base.html the default theme",
        "brand.css the default theme",
        "clause.html this site, theme/templates/clause.html",
        "home.html the theme town",
        "town.css the theme town",
        "style.css the default theme",
    ] {
        let words = |listed: &str| listed.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(list.lines().any(|listed| words(listed) == line), "{list}");
    }
    desk.run("build site").ends_with(0);
    let before = desk.tree("public");
    insta::assert_snapshot!(desk.run("theme eject document.html site").shown(), @r##"
    exit status 0
    ── standard error ──
    Wrote site/theme/templates/document.html as it is in the default theme.
    To change a part of it and keep up with the rest, begin it with {% extends "default/document.html" %}
    and leave in it only the blocks that differ.
    To go back, delete the file.
    "##);
    insta::assert_snapshot!(desk.run("theme eject brand.css site").shown(), @r##"
    exit status 0
    ── standard error ──
    Wrote site/theme/brand.css as it is in the default theme.
    To go back, delete the file.
    "##);
    desk.run("theme eject templates/home.html site").ends_with(0);
    let read = |path: &str| fs::read_to_string(desk.path(path)).unwrap();
    assert_eq!(read("site/theme/templates/home.html"), read("themes/town/templates/home.html"));
    let default = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default/templates/document.html");
    assert_eq!(read("site/theme/templates/document.html"), fs::read_to_string(default).unwrap());
    // What is already the site's, what is no file of the theme, and what was not read.
    let site = desk.tree("site");
    for file in ["document.html", "clause.html", "documnt.html", "theme.toml", "town.css", "../site.toml"] {
        let shown = desk.run_in("", ["theme", "eject", file, "site"]).ends_with(2).stderr;
        assert!(shown.starts_with("error: ") && shown.contains("help: "), "{shown}");
    }
    assert!(desk.tree("site") == site);
    insta::assert_snapshot!(desk.run("theme eject documnt.html site").shown(), @r##"
    exit status 2
    ── standard error ──
    error: no theme of this site has a file `documnt.html`
    help: did you mean `document.html`? `clausebook theme list` names all files
    "##);
    insta::assert_snapshot!(desk.run("theme eject town.css site").shown(), @r##"
    exit status 2
    ── standard error ──
    error: `town.css` of the theme town is no template, and is copied by hand
    help: put a copy of it at theme/static/town.css
    "##);
    // Everything that can be copied, and the site is what it was.
    for line in list.lines().filter(|line| line.ends_with("the default theme")) {
        let name = line.split_whitespace().next().unwrap();
        if !["document.html", "brand.css"].contains(&name) {
            desk.run(&format!("theme eject {name} site")).ends_with(0);
        }
    }
    desk.run("build site").ends_with(0);
    let after = desk.tree("public");
    let texts = |tree: &std::collections::BTreeMap<String, Vec<u8>>| {
        let mut tree = tree.clone();
        tree.remove(".clausebook");
        tree
    };
    assert!(texts(&before) == texts(&after));
}

#[test]
fn a_template_that_no_page_uses_is_named_with_the_nearest() {
    let built = with_template("documnet.html", "{% extends \"default/document.html\" %}");
    assert_eq!(
        built.short(),
        "theme/templates/documnet.html:1:1: warning[unused-template]: no page uses the template `documnet.html`, and no other template extends or includes it (did you mean `document.html`?)\n"
    );
    assert!(built.output.is_some());
    assert_eq!(built.diagnostics[0].help.as_deref(), Some("did you mean `document.html`?"));
    // One that is included or extended is used, by its name alone or with its layer; one with parts for others, too.
    for call in ["{% include \"own.html\" %}", "{% include 'site/own.html' %}"] {
        let site = site().file("theme/templates/own.html", "<p>Own</p>");
        site.file("theme/templates/not-found.html", call).build().clean();
    }
    let site = site().file("theme/templates/own.html", "{% component own(x) %}<p>{{ x }}</p>{% endcomponent own %}");
    assert_eq!(site.build().codes(), Vec::<&str>::new());
    // Those of the theme that the settings name no less; and what is no template by its folder or ending.
    let settings = format!("theme = \"plain\"\n{SETTINGS}");
    let site = self::site().file("site.toml", &settings).file("../themes/plain/templates/hmoe.html", "<p>");
    assert_eq!(site.build().codes(), ["unused-template"]);
    for path in ["theme/home.html", "theme/template/home.html", "theme/templates/home.htm"] {
        let built = self::site().file(path, "<p>").build();
        assert_eq!(built.codes(), ["unused-template"], "{path}");
        assert!(built.short().starts_with(&format!("{path}:1:1: ")), "{}", built.short());
    }
}

#[test]
fn what_embedded_templates_miss_is_said_of_the_template_that_lacks_it() {
    // Each of these is extended by templates of clausebook, which then find no block, or misses parts that they call for.
    for (name, text) in
        [("document.html", "<p>no blocks</p>"), ("base.html", "<p>no blocks</p>"), ("epub-base.xhtml", "<p/>")]
    {
        let short = with_template(name, text).short();
        assert!(!short.is_empty(), "{name}");
        for line in short.lines() {
            assert!(
                line.starts_with(&format!("theme/templates/{name}:1:1: error[template-error]: ")),
                "{name}: {line}"
            );
        }
    }
    // With two of them, each fault is said of the one that the embedded template builds on.
    let parts = "{% component clause(clause, alone, more) %}<p>{{ more }}</p>{% endcomponent clause %}";
    for (name, text) in
        [("document.html", "<p>no blocks</p>"), ("base.html", "<p>no blocks</p>"), ("components.html", parts)]
    {
        let site = site().file("theme/templates/about.html", "{% extends \"default/about.html\" %}");
        let short = site.file(&format!("theme/templates/{name}"), text).build().short();
        let place = format!("theme/templates/{name}:1:1: ");
        assert!(!short.is_empty() && short.lines().all(|line| line.starts_with(&place)), "{name}: {short}");
    }
}

#[test]
fn a_template_that_includes_an_embedded_one_which_misses_something_is_named() {
    // Another template, which is sound and comes first.
    let site = site().file("theme/templates/about.html", "{% extends \"default/about.html\" %}");
    let site = site.file("theme/templates/not-found.html", "{% include \"default/document.html\" %}");
    let said = site.build().short();
    assert!(said.starts_with("theme/templates/not-found.html:1:1: error[template-error]"), "{said}");
}

#[test]
fn a_fault_is_said_of_the_template_that_has_it_whichever_includes_or_extends_that() {
    for call in ["<p>\n{% include \"own.html\" %}", "{% extends \"own.html\" %}"] {
        let said = |text: &str| {
            // Another template, which is sound and comes first.
            let site = site().file("theme/templates/about.html", "{% extends \"default/about.html\" %}");
            let site = site.file("theme/templates/not-found.html", call).file("theme/templates/own.html", text);
            site.build().short()
        };
        let own = "theme/templates/own.html";
        let unknown = "Variable `nope` is not defined. Available variables: lists, shell (while making 404.html)";
        assert_eq!(said("<i>\n  {{ nope }}"), format!("{own}:2:6: error[template-error]: {unknown}\n"), "{call}");
        let filter = format!("{own}:2:10: error[template-error]: Unknown filter `nope`\n");
        assert_eq!(said("<i>\n  {{ 1 | nope }}"), filter, "{call}");
    }
}
