//! Names that not every system can hold, given to everything that becomes a path: each has its page, or is refused at its
//! place. Nothing is left out in silence.

use clausebook::output::{OutPath, Output};
use rayon::prelude::*;

use crate::site::{Built, SETTINGS, TestSite};

/// Names as authors might write them.
const NAMES: [&str; 22] = [
    "con",
    "nul",
    "aux",
    "prn",
    "com1",
    "lpt9",
    "con.html",
    "Con",
    "con-1",
    "index",
    "about",
    "static",
    "data",
    "-x",
    "é",
    "a b",
    "..",
    ".",
    "x/y",
    "",
    "1",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
];

/// A site with something of this name.
type Make = fn(&str) -> TestSite;

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

fn paper(title: &str) -> String {
    format!("+++\ntitle = \"{title}\"\n+++\n\n1.1 Text.\n")
}

/// Everything whose name becomes the path of a page or of a file.
const KINDS: [(&str, Make); 11] = [
    ("a taxonomy", |name| {
        let key = quoted(name);
        let settings = format!(
            "{SETTINGS}\n[taxonomies.{key}]\ntitle = \"T\"\n[taxonomies.{key}.terms.of-it]\ntitle = \"Term\"\n"
        );
        TestSite::new().file("site.toml", &settings)
    }),
    ("a term", |name| {
        let settings = format!("{SETTINGS}\n[taxonomies.features.terms.{}]\ntitle = \"Term\"\n", quoted(name));
        TestSite::new().file("site.toml", &settings)
    }),
    ("a term of a taxonomy with a long name", |name| {
        let key = "t".repeat(60);
        let settings = format!(
            "{SETTINGS}\n[taxonomies.{key}]\ntitle = \"T\"\n[taxonomies.{key}.terms.{}]\ntitle = \"Term\"\n",
            quoted(name)
        );
        TestSite::new().file("site.toml", &settings)
    }),
    ("a document", |name| TestSite::new().file(&format!("{name}.md"), &paper("D"))),
    ("a document by its id", |name| {
        let text = format!("+++\ntitle = \"D\"\nid = {}\n+++\n\n1.1 Text.\n", quoted(name));
        TestSite::new().file("d.md", &text)
    }),
    ("a folder of documents", |name| TestSite::new().file(&format!("{name}/d.md"), &paper("D"))),
    ("a folder in a long one", |name| TestSite::new().file(&format!("{}/{name}/d.md", "f".repeat(47)), &paper("D"))),
    ("a publication", |name| {
        let index = "+++\ntitle = \"P\"\npublication = true\n+++\n\n1.1 Text.\n";
        let second = "+++\ntitle = \"Q\"\n+++\n\n1.2 Text.\n";
        TestSite::new().file(&format!("{name}/index.md"), index).file(&format!("{name}/q.md"), second)
    }),
    ("a picture", |name| {
        TestSite::new().file(&format!("{name}.png"), "x").paper("p", &format!("1.1 ![A picture](<{name}.png>)"))
    }),
    ("a folder of pictures", |name| {
        TestSite::new().file(&format!("{name}/p.png"), "x").paper("p", &format!("1.1 ![A picture](<{name}/p.png>)"))
    }),
    ("a file of the theme", |name| TestSite::new().file(&format!("theme/static/{name}.css"), "p { color: red }")),
];

/// Whether a name can be that of a file at all, and has no page of its own.
fn is_no_case(what: &str, name: &str) -> bool {
    let is_file = !what.contains("taxonomy") && !what.contains("term") && !what.ends_with("id");
    // The home page and the page about the copy have no pages of their clauses.
    is_file && matches!(name, "" | "." | ".." | "x/y")
        || what.starts_with("a document") && matches!(name, "index" | "about")
}

#[test]
fn everything_with_a_name_has_its_page_or_is_refused_at_its_place() {
    let count = |built: &Built| built.output.as_ref().map(Output::len);
    let of_kind = |(what, make): &(&str, Make)| -> Vec<String> {
        let whole = count(&make("plain").build().without_errors());
        let names = NAMES.par_iter().filter(|name| !is_no_case(what, name));
        let verdict = |name: &&str| {
            let built = make(name).build();
            // Nothing is lost: all is built, or something is said.
            match count(&built) {
                None if built.short().contains("error[") => None,
                found if found == whole => None,
                found => Some(format!("{what} named `{name}`: {found:?} of {whole:?} files\n{}", built.short())),
            }
        };
        names.filter_map(verdict).collect()
    };
    let wrong: Vec<String> = KINDS.par_iter().flat_map_iter(of_kind).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_name_that_windows_keeps_is_refused_at_its_line_with_the_reason() {
    let settings = |more: &str| TestSite::new().file("site.toml", &format!("{SETTINGS}{more}")).build();
    let line = SETTINGS.lines().count();
    for (built, wanted) in [
        (
            settings("[taxonomies.features.terms.nul]\ntitle = \"Nothing\"\n"),
            format!(
                "site.toml:{}:28: error[invalid-id]: the term `nul` cannot have the page `features/nul.html`: \
                 Windows keeps the name `nul` for a device (choose another name)",
                line + 1
            ),
        ),
        (
            settings("[taxonomies.aux]\ntitle = \"More\"\n"),
            format!("site.toml:{}:13: error[invalid-id]: the taxonomy `aux` cannot have the page", line + 1),
        ),
        (
            TestSite::new().file("con/d.md", &paper("D")).build(),
            "con/d.md:1:1: error[invalid-id]: `con/d.html` cannot be the path of a page: Windows keeps the name `con`"
                .to_owned(),
        ),
        (
            TestSite::new().file("con.md", &paper("D")).build(),
            "con.md:1:1: error[invalid-id]: `con` cannot name a document: Windows keeps the name `con` for a device"
                .to_owned(),
        ),
        (
            TestSite::new().file("AUX.md", &paper("D")).build(),
            "AUX.md:1:1: error[invalid-id]: `AUX` cannot name a document: Windows keeps the name `AUX` for a device"
                .to_owned(),
        ),
        (
            TestSite::new().file("a.md", "+++\ntitle = \"A\"\nid = \"nul\"\n+++\n\n1.1 One.\n").build(),
            "a.md:3:6: error[invalid-id]: `nul` cannot name a document: Windows keeps the name `nul` for a device"
                .to_owned(),
        ),
    ] {
        assert!(built.short().contains(&wanted), "wanted: {wanted}\ngot: {}", built.short());
    }
}

#[test]
fn a_clause_whose_page_would_have_too_long_a_path_is_refused() {
    // 117 characters, which leaves no room for the page of a clause.
    let path = format!("{}/{}/d", "f".repeat(60), "g".repeat(49));
    let built = TestSite::new().file(&format!("{path}.md"), &paper("D")).build();
    assert!(built.output.is_none() && built.short().contains("d.md:5:1: error[invalid-id]"), "{}", built.short());
    // As long as it may be.
    let path = format!("{}/{}/ddddddd", "f".repeat(60), "g".repeat(46));
    assert_eq!(path.len() + ".html".len(), OutPath::MAX);
    let long = TestSite::new().paper("other", "1.1 Text.");
    let settings = format!("clause-pages = false\n{SETTINGS}");
    let long = long.file("site.toml", &settings);
    let text = "+++\ntitle = \"D\"\n+++\n\n1.1 See [[other#1.1]].\n";
    let built = long.clone().file(&format!("{path}.md"), text).build().without_errors();
    assert!(built.text("data/places.js").contains("g/ddddddd"));
    let built = long.file(&format!("{path}d.md"), text).build();
    assert!(built.short().contains("it has more than 120 characters"), "{}", built.short());
}

#[test]
fn a_copy_of_a_site_named_like_a_device_has_a_name_that_every_system_can_hold() {
    let desk = crate::cli::Desk::new();
    desk.site("site", "1.1 One.");
    for title in ["Con", "NUL", "Lpt1"] {
        desk.put("site/site.toml", &format!("title = \"{title}\"\n"));
        for line in ["bundle site", "epub site", "bundle site --single"] {
            let done = desk.run(line);
            assert_eq!(done.status, 0, "{}", done.stderr);
        }
        for ending in ["zip", "epub", "html"] {
            assert!(desk.path(&format!("{}-site.{ending}", title.to_lowercase())).is_file(), "{title}, {ending}");
        }
    }
}
