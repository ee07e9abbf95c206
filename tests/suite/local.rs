//! A site that extends another: what is local is added, marked, and told when the words under it change.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use clausebook::bundle::signature;
use clausebook::pipeline::publish::Outcome;

use crate::site::TestSite;

const LOCAL: &str = "title = \"Anytown halls\"\nhost = \"Anytown Council\"\n[extends]\nsite = \"../upstream\"\n";
const RULES: &str = "+++\ntitle = \"Rules of the hall\"\nshort = \"Rules\"\nstatus = \"current\"\n+++\n\n\
    ## Hiring {#hiring}\n\n1.1 The hall is let by the hour to groups of the village, who bring the key back. See [[1.2]]. {.stay-safe}\n\n\
    1.2 Nobody may sleep in the hall, nor leave bicycles in the passage behind the stage.\n\n\
    1.3 Whoever breaks something tells the steward, who keeps a book of what was broken.[^1]\n\n[^1]: It lies by the door.\n";
const UPSTREAM: &str = "title = \"Village halls\"\n[kinds]\nrules = \"Rules\"\n[taxonomies.outcomes]\ntitle = \"Outcomes\"\n\
    [taxonomies.outcomes.terms.stay-safe]\ntitle = \"Stay safe\"\n\n[[navigation]]\ntitle = \"Documents\"\nitems = [\"rules\"]\n";

/// A site that adds notes, a page and words to another.
fn site() -> TestSite {
    TestSite::empty()
        .file("site.toml", LOCAL)
        .file("../upstream/site.toml", UPSTREAM)
        .file("../upstream/rules.md", RULES)
        .file("../upstream/glossary.md", "+++\ntitle = \"Words\"\n+++\n\nSteward\n: Who keeps the key.\n")
        .file("../upstream/authorities.toml", "[plan]\ntitle = \"The Plan\"\nkind = \"report\"\n")
        .file("glossary.md", "+++\ntitle = \"Our words\"\n+++\n\nTea room\n: Behind the stage.\n")
        .file("authorities.toml", "[deed]\ntitle = \"The Deed of 1911\"\nkind = \"other\"\n")
        .file("prices.md", "+++\ntitle = \"Prices\"\n+++\n\n1.1 Five pounds an hour under [[rules#1.1]] and The Deed of 1911. {.stay-safe}\n")
        .file("notes/rules.md", "1.1 The steward lives in Mill Lane.[^1] See [[1.2]], [[prices#1.1]] and The Plan.\n\n[^1]: At number four.\n\n1.3 The book is in the tea room.\n")
}

#[test]
fn local_words_and_a_local_home_page_may_have_either_ending() {
    let built = TestSite::empty()
        .file("site.toml", LOCAL)
        .file("../upstream/site.toml", UPSTREAM)
        .file("../upstream/rules.md", RULES)
        .file("../upstream/index.md", "+++\ntitle = \"Home\"\n+++\n\nThe words of the library.\n")
        .file("../upstream/glossary.md", "+++\ntitle = \"Words\"\n+++\n\nSteward\n: Who keeps the key.\n")
        .file("index.markdown", "+++\ntitle = \"Home\"\n+++\n\nThe words of the town.\n")
        .file(
            "glossary.markdown",
            "+++\ntitle = \"Our words\"\n[synonyms]\n\"tea room\" = [\"kitchen\"]\n+++\n\nTea room\n: Behind the stage.\n",
        )
        .build()
        .without_errors();
    assert_eq!(built.words("glossary.html", "dt"), ["Steward"]);
    assert_eq!(built.words("local-words.html", "dt"), ["Tea room"]);
    let home = built.words("index.html", "main").join(" ");
    assert!(home.contains("The words of the town.") && !home.contains("The words of the library."), "{home}");
}

#[test]
fn what_is_local_is_added_to_what_is_there_and_takes_nothing_away() {
    let built = site().build().clean();
    let alone = TestSite::empty().file("site.toml", UPSTREAM).file("rules.md", RULES).build().without_errors();
    // Every address of the other site is there, with the words that it had.
    let ids = |built: &crate::site::Built| built.json("data/ids.json")["rules.html"].clone();
    for id in ids(&alone).as_array().unwrap() {
        assert!(ids(&built).as_array().unwrap().contains(id), "{id}");
    }
    for number in ["1.1", "1.2", "1.3"] {
        assert_eq!(built.clause("rules", number)["text"], alone.clause("rules", number)["text"]);
    }
    // The notes stand under their clauses, with what they mention resolved as if it stood in the document.
    assert_eq!(
        built.words("rules.html", ".local-note"),
        [
            "Local note, Anytown Council The steward lives in Mill Lane.2 See 1.2, Prices (local), paragraph 1.1 and The Plan.",
            "Local note, Anytown Council The book is in the tea room.",
        ]
    );
    let links = built.find("rules.html", "[id='local-1.1'] a").join(" ");
    for address in ["#note-local-1", "#1.2", "prices.html#1.1", "authorities.html#plan", "glossary.html#steward"] {
        assert!(links.contains(&format!("href=\"{address}\"")), "{links}");
    }
    assert_eq!(
        built.words("rules.html", ".notes li"),
        ["It lies by the door. Back to 1.3", "At number four. Back to 1.1"]
    );
    assert_eq!(built.find("rules/1.3.html", ".local-note").len(), 1);
    assert_eq!(built.find("rules/1.2.html", ".local-note").len(), 0);
    // What they mention says so.
    let referred = built.clause("rules", "1.2")["referred_by"].clone();
    assert_eq!(referred, serde_json::json!(["rules.html#1.1", "rules.html#local-1.1"]));
    assert!(built.words("authorities.html", "main").join(" ").contains("Local note on Rules, paragraph 1.1"));
    // Words, works, terms and navigation are those of both.
    assert_eq!(built.words("glossary.html", "dt"), ["Steward"]);
    assert_eq!(built.words("local-words.html", "dt"), ["Tea room"]);
    assert_eq!(
        built.words("outcomes/stay-safe.html", "main li a").iter().filter(|words| words.contains("1.1")).count(),
        2
    );
    assert_eq!(built.words("index.html", ".facts")[..2], ["3 paragraphs", "Local. 1 paragraph"]);
    let titles: Vec<String> =
        built.json("data/documents.json").as_array().unwrap().iter().map(|d| d["short"].to_string()).collect();
    assert_eq!(titles, ["\"Prices (local)\"", "\"Rules\""]);
}

#[test]
fn a_page_says_whether_it_is_local() {
    let built = site().build().clean();
    for page in ["prices.html", "prices/1.1.html", "local-words.html"] {
        assert_eq!(
            built.words(page, "main > .local"),
            ["Local page of Anytown Council. It is no part of Village halls."],
            "{page}"
        );
    }
    for page in ["index.html", "rules.html", "rules/1.1.html", "glossary.html", "authorities.html"] {
        assert_eq!(built.words(page, "main > .local"), [""; 0], "{page}");
    }
    // A site that extends nothing says nothing of the kind.
    let alone = TestSite::empty().file("site.toml", UPSTREAM).file("rules.md", RULES).build().without_errors();
    assert!(!alone.text("rules.html").contains("class=\"local"));
}

#[test]
fn a_quotation_names_the_edition_of_the_site_that_the_clause_is_from() {
    let editions = |site: TestSite| {
        let built = site.build().without_errors();
        ["rules/1.2.html", "prices/1.1.html"].map(|page| {
            let page = built.text(page);
            let quotation = page.split("data-quotation=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
            quotation.lines().find_map(|line| Some(line.strip_prefix("Edition: ")?.to_owned())).unwrap_or_default()
        })
    };
    let local = format!("edition = \"Mine\"\n{LOCAL}");
    let upstream = format!("edition = \"Theirs\"\n{UPSTREAM}");
    assert_eq!(editions(site()), ["", ""]);
    assert_eq!(editions(site().file("site.toml", &local)), ["", "Mine"]);
    assert_eq!(editions(site().file("../upstream/site.toml", &upstream)), ["Theirs", ""]);
    let both = site().file("site.toml", &local).file("../upstream/site.toml", &upstream);
    assert_eq!(editions(both), ["Theirs", "Mine"]);
}

#[test]
fn settings_are_those_of_the_other_site_where_the_local_ones_are_silent() {
    let local = format!(
        "{LOCAL}\n[kinds]\nprices = \"Price list\"\n\n[[navigation]]\ntitle = \"Here\"\nitems = [\"prices\"]\n"
    );
    let built = site()
        .file("site.toml", &local)
        .edit("prices.md", "title = \"Prices\"", "title = \"Prices\"\nkind = \"prices\"")
        .build()
        .clean();
    let groups = built.words("index.html", "main h2");
    let at = |wanted: &str| groups.iter().position(|group| group == wanted).unwrap_or_else(|| panic!("{groups:?}"));
    assert!(at("Here") < at("Documents"), "{groups:?}");
    assert!(built.words("prices.html", ".kind").contains(&"Price list".to_owned()));
    // The look is local, and what it does not change is as it was.
    let built = site()
        .file("theme/theme.toml", "accent = \"#8a1c1c\"\n")
        .file("../upstream/theme/theme.toml", "accent = \"#004000\"\n")
        .build()
        .clean();
    assert!(built.text("brand/brand.css").contains("#8a1c1c") && !built.text("brand/brand.css").contains("#004000"));
    let built = site().file("../upstream/theme/theme.toml", "accent = \"#004000\"\n").build().clean();
    assert!(built.text("brand/brand.css").contains("#004000"));
}

#[test]
fn the_limits_of_the_other_site_do_not_count() {
    // Lower ones stop nothing, and higher ones allow nothing.
    let lower = "[limits]\nfile = \"1 KiB\"\nclauses = 1\nseconds = 1\n";
    site().edit("../upstream/site.toml", "[kinds]", &format!("{lower}[kinds]")).build().clean();
    let higher = "[limits]\nnesting = 1000\nclauses = 1000000\nfile = \"64 MiB\"\n";
    let deep = RULES.replace("1.2 Nobody", &format!("{}x\n\n1.2 Nobody", "> ".repeat(70)));
    let deep = site().file("../upstream/rules.md", &deep);
    let built = deep.clone().edit("../upstream/site.toml", "[kinds]", &format!("{higher}[kinds]")).build();
    assert!(built.output.is_none() && built.short().contains("error[too-deep]"), "{}", built.short());
    // What the site itself says does.
    deep.file("site.toml", &format!("{LOCAL}[limits]\nnesting = 100\n")).build().clean();
}

/// A site whose look, templates and scripts the other one would give it.
fn with_a_theme() -> TestSite {
    site()
        .file("../upstream/theme/theme.toml", "accent = \"#004000\"\n")
        .file("../upstream/theme/logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" id=\"theirs\"/>")
        .file("../upstream/theme/templates/not-found.html", "<p>Theirs</p>")
        .file("../upstream/theme/static/site.js", "theirs();")
        .file("../upstream/theme/static/theirs.css", "p { color: red }")
}

#[test]
fn templates_and_scripts_of_the_other_site_run_only_if_the_settings_say_so() {
    for (setting, runs, codes) in
        [("", false, vec!["unused-theme"]), ("theme = false\n", false, vec![]), ("theme = true\n", true, vec![])]
    {
        let built = with_a_theme().file("site.toml", &format!("{LOCAL}{setting}")).build().without_errors();
        assert_eq!(built.codes(), codes, "{setting}");
        // The look is there in any case.
        assert!(built.text("brand/brand.css").contains("#004000"));
        assert!(built.text("brand/logo.svg").contains("theirs"));
        assert_eq!(built.text("404.html") == "<p>Theirs</p>", runs, "{setting}");
        let output = built.output.as_ref().unwrap();
        assert_eq!(output.get("static/theirs.css").is_some(), runs, "{setting}");
        let script = output.get("static/site.js").unwrap();
        assert_eq!(script.bytes().is_some_and(|bytes| bytes == b"theirs();"), runs, "{setting}");
    }
    let built = with_a_theme().build();
    assert!(
        built.short().starts_with("site.toml:4:8: warning[unused-theme]: the site at `../upstream` has templates"),
        "{}",
        built.short()
    );
    // Colours alone are no reason to warn.
    let look = with_a_theme().without("../upstream/theme/templates/not-found.html");
    look.without("../upstream/theme/static/site.js").without("../upstream/theme/static/theirs.css").build().clean();
}

#[test]
fn the_theme_that_the_other_site_names_is_not_used_unless_the_settings_say_so() {
    let town = with_a_theme()
        .without("../upstream/theme/templates/not-found.html")
        .without("../upstream/theme/static/site.js")
        .without("../upstream/theme/static/theirs.css")
        .edit("../upstream/site.toml", "[kinds]", "theme = \"town\"\n[kinds]")
        .file("../themes/town/templates/not-found.html", "<p>Town</p>");
    // Where it is not there, it is not missed.
    for missing in [false, true] {
        let town = if missing { town.clone().without("../themes/town/templates/not-found.html") } else { town.clone() };
        let built = town.build().without_errors();
        assert_eq!(built.codes(), ["unused-theme"]);
        assert!(built.short().contains("names the theme `town`"), "{}", built.short());
        assert!(!built.text("404.html").contains("Town"));
        town.file("site.toml", &format!("{LOCAL}theme = false\n")).build().clean();
    }
    for settings in [format!("{LOCAL}theme = true\n"), format!("theme = \"town\"\n{LOCAL}")] {
        let built = town.clone().file("site.toml", &settings).build().clean();
        assert_eq!(built.text("404.html"), "<p>Town</p>", "{settings}");
    }
}

#[test]
fn a_bundle_that_is_extended_gives_its_look_and_runs_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    with_a_theme().write(&at.join("site"));
    run(at, &["bundle", "upstream", "--with-sources", "--output", "halls.zip"], 0);
    let settings = LOCAL.replace("../upstream", "../halls.zip");
    for (setting, runs) in [("", false), ("theme = true\n", true)] {
        fs::write(at.join("site/site.toml"), format!("{settings}{setting}")).unwrap();
        run(at, &["build", "site", "--output", "out"], 0);
        let read = |path: &str| fs::read_to_string(at.join("out").join(path)).unwrap();
        assert!(read("brand/brand.css").contains("#004000") && read("brand/logo.svg").contains("theirs"));
        assert_eq!(read("404.html") == "<p>Theirs</p>", runs);
        assert_eq!(read("static/site.js") == "theirs();", runs);
    }
    let list = run(at, &["theme", "list", "site"], 0);
    assert!(list.contains("the site that this one extends, theme/logo.svg"), "{list}");
}

#[test]
fn a_picture_of_the_other_site_is_published_with_it() {
    let site = site().file("../upstream/pictures/hall.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>").edit(
        "../upstream/rules.md",
        "Nobody may sleep in the hall",
        "![The hall](pictures/hall.svg) Nobody may sleep in the hall",
    );
    let folder = tempfile::tempdir().unwrap();
    site.write(&folder.path().join("site"));
    run(folder.path(), &["build", "site", "--output", "out"], 0);
    assert_eq!(
        fs::read_to_string(folder.path().join("out/pictures/hall.svg")).unwrap(),
        "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"
    );
}

#[test]
fn a_picture_of_the_other_site_that_has_a_script_is_kept_out_of_a_book() {
    let site = site().edit("../upstream/rules.md", "Nobody may", "![The hall](pictures/hall.svg) Nobody may");
    for (within, is_held) in [("<title>The hall</title>", true), ("<script>alert(1)</script>", false)] {
        let picture = format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{within}</svg>");
        let folder = tempfile::tempdir().unwrap();
        site.clone().file("../upstream/pictures/hall.svg", &picture).write(&folder.path().join("site"));
        let said = run(folder.path(), &["epub", "site", "--output", "a.epub"], 0);
        let reason = "the book cannot hold the picture `pictures/hall.svg`: it has a script (line 1)";
        assert_eq!(said.contains(reason), !is_held, "{said}");
        let book = fs::File::open(folder.path().join("a.epub")).unwrap();
        let book = zip::ZipArchive::new(book).unwrap();
        assert_eq!(book.file_names().any(|name| name.unwrap().ends_with("hall.svg")), is_held, "{picture}");
    }
}

#[test]
fn what_cannot_be_added_says_why() {
    for (change, wanted) in [
        (
            site().file("site.toml", &LOCAL.replace("../upstream", "/etc")),
            "site.toml:4:8: error[invalid-upstream]: `/etc` is not the path",
        ),
        (site().file("site.toml", &LOCAL.replace("../upstream", "../upstream/rules.md")), "there is no site at"),
        (site().file("site.toml", &LOCAL.replace("../upstream", "..")), "there is no site at"),
        (
            site().file("../site.toml", "title = \"Above\"\n").file("site.toml", &LOCAL.replace("../upstream", "..")),
            "is inside the other",
        ),
        (
            site().edit("../upstream/site.toml", "[kinds]", "[extends]\nsite = \"../x\"\n[kinds]"),
            "itself extends another",
        ),
        (site().file("rules.md", RULES), "rules.md:1:1: error[local-clash]"),
        (site().file("notes/rulez.md", "1.1 A note.\n"), "these are notes on `rulez`"),
        (site().file("notes/rules.md", "1.4 A note.\n"), "Rules has no clause 1.4"),
        (site().file("notes/rules.md", "1.1 A note.\n\n1.1 Another.\n"), "there are two notes on 1.1"),
        (site().file("notes/rules.md", "1.1 A note. {#here}\n"), "a note has no id of its own"),
        (site().file("notes/rules.md", "Some words.\n\n1.1 A note.\n"), "belongs to no note"),
        (site().file("glossary.md", "+++\ntitle = \"W\"\n+++\n\nSteward\n: Another.\n"), "`Steward` is defined twice"),
        (
            site().file("authorities.toml", "[plan]\ntitle = \"Ours\"\nkind = \"report\"\n"),
            "is declared by the site that is extended, too",
        ),
        (
            site().file("site.toml", &format!("{LOCAL}[taxonomies.outcomes]\ntitle = \"Ours\"\n")),
            "the taxonomy `outcomes` is declared twice",
        ),
    ] {
        let built = change.build();
        assert!(built.short().contains(wanted), "wanted: {wanted}\ngot:\n{}", built.short());
        assert!(built.output.is_none(), "{wanted}");
    }
    // A fault of the other site is shown where it lies.
    let built = site().edit("../upstream/rules.md", "[[1.2]]", "[[1.9]]").build();
    assert!(built.short().starts_with("../upstream/rules.md:"), "{}", built.short());
}

fn run(folder: &Path, arguments: &[&str], status: i32) -> String {
    let run: Output =
        Command::new(env!("CARGO_BIN_EXE_clausebook")).args(arguments).current_dir(folder).output().unwrap();
    let said = format!("{}{}", String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
    assert_eq!(run.status.code(), Some(status), "{arguments:?}: {said}");
    said
}

/// The invented body of `tests/anytown` beside a copy of the library that it extends.
/// The words of the library as they are now are an edition, the last, and somebody looked at the notes since.
fn anytown() -> (tempfile::TempDir, PathBuf, usize) {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().unwrap();
    let copied = |from: &str, to: &str| {
        let run = Command::new("cp").arg("-r").arg(repository.join(from)).arg(folder.path().join(to)).status().unwrap();
        assert!(run.success());
    };
    fs::create_dir(folder.path().join("tests")).unwrap();
    copied("content", "content");
    copied("tests/anytown", "tests/anytown");
    run(folder.path(), &["publish", "content", "--note", "As it is now.", "--date", "2026-11-25"], 0);
    let editions = fs::read_to_string(folder.path().join("content/permalinks/editions.toml")).unwrap();
    let last = editions.lines().filter(|line| line.starts_with("[[edition]]")).count();
    for note in fs::read_dir(folder.path().join("tests/anytown/notes")).unwrap() {
        let path = note.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        let from = text.lines().find(|line| line.starts_with("reviewed = ")).unwrap();
        fs::write(&path, text.replace(from, &format!("reviewed = \"{last}\""))).unwrap();
    }
    let guidance = folder.path().join("content/guidance-consultation-2008.md");
    (folder, guidance, last)
}

#[test]
fn a_change_under_a_local_note_is_told_until_somebody_has_looked() {
    let (folder, guidance, last) = anytown();
    let at = folder.path();
    run(at, &["check", "tests/anytown", "--deny", "warnings"], 0);
    let before = fs::read_to_string(&guidance).unwrap();
    let change = |from: &str, to: &str| {
        let text = fs::read_to_string(&guidance).unwrap();
        assert!(text.contains(from));
        fs::write(&guidance, text.replacen(from, to, 1)).unwrap();
    };
    let note = "tests/anytown/notes/guidance-consultation-2008.md";
    // Reworded: the note is named, and the other is not.
    change("should be closely engaged", "must be closely engaged");
    let said = run(at, &["check", "tests/anytown", "--format", "short"], 0);
    assert!(
        said.contains(&format!(
            "{note}:5:1: warning[outdated-local-note]: Draft guidance April 2008, 3.37, was reworded since edition {last}"
        )),
        "{said}"
    );
    assert_eq!(said.matches("local-note").count(), 1, "{said}");
    // Published by the other, it is still to be looked at; then somebody does.
    run(at, &["publish", "content", "--note", "3.37 is firmer.", "--date", "2026-11-26"], 0);
    let said = run(at, &["check", "tests/anytown", "--format", "short"], 0);
    assert_eq!(said.matches("outdated-local-note").count(), 1, "{said}");
    let notes = at.join(note);
    let text = fs::read_to_string(&notes).unwrap();
    fs::write(&notes, text.replace(&format!("reviewed = \"{last}\""), &format!("reviewed = \"{}\"", last + 1)))
        .unwrap();
    run(at, &["check", "tests/anytown", "--deny", "warnings"], 0);
    // Moved: another clause has the number, which is an error, with the number that the clause has now.
    fs::write(&guidance, &before).unwrap();
    run(at, &["renumber", "guidance-consultation-2008", "3.38", "content", "--insert", "--write-moves"], 0);
    change("\n3.39 ", "\n3.38 What comes in between was put in later and says something else.\n\n3.39 ");
    let said = run(at, &["check", "tests/anytown", "--format", "short"], 1);
    assert!(
        said.contains(&format!(
            "error[unmatched-local-note]: since edition {}, 3.38 of Draft guidance April 2008 is another clause",
            last + 1
        )),
        "{said}"
    );
    assert!(said.contains("what it was on is 3.39 now"), "{said}");
}

#[test]
fn words_typed_otherwise_are_no_change_under_a_local_note() {
    let rules = RULES.replace("sleep in the hall", "sleep in the café");
    let typed = rules.replace('é', "e\u{301}").replace("bicycles", "bi\u{ad}cycles");
    for (published, now) in [(&rules, &typed), (&typed, &rules)] {
        let site = site().file("notes/rules.md", "+++\nreviewed = \"1\"\n+++\n\n1.2 Ask in Mill Lane.\n");
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path();
        site.file("../upstream/rules.md", published).write(&at.join("site"));
        run(at, &["publish", "upstream", "--note", "First.", "--date", "2026-11-24"], 0);
        fs::write(at.join("upstream/rules.md"), now).unwrap();
        run(at, &["check", "site", "--deny", "warnings"], 0);
    }
}

#[test]
fn a_withdrawn_clause_names_the_note_that_was_on_it() {
    let site = site().file("notes/rules.md", "+++\nreviewed = \"1\"\n+++\n\n1.2 Ask in Mill Lane.\n");
    let folder = tempfile::tempdir().unwrap();
    site.write(&folder.path().join("site"));
    let at = folder.path();
    run(at, &["publish", "upstream", "--note", "First.", "--date", "2026-11-24"], 0);
    run(at, &["check", "site", "--deny", "warnings"], 0);
    let rules = RULES
        .replace("1.2 Nobody may sleep in the hall, nor leave bicycles in the passage behind the stage.\n\n", "")
        .replace(" See [[1.2]].", "");
    fs::write(at.join("upstream/rules.md"), rules).unwrap();
    fs::write(
        at.join("upstream/permalinks/moves.toml"),
        "[[withdrawn]]\nfrom = \"rules#1.2\"\nreason = \"Nobody did.\"\n",
    )
    .unwrap();
    let said = run(at, &["check", "site", "--format", "short"], 1);
    assert!(
        said.contains("site/notes/rules.md:5:1: error[unmatched-local-note]: since edition 1, 1.2 of Rules is no more"),
        "{said}"
    );
    assert!(said.contains("it was withdrawn"), "{said}");
}

#[test]
fn local_addresses_are_published_beside_those_of_the_other_site_and_kept() {
    let Outcome::Edition { files, name, .. } = site().publish(Some("First.")) else { panic!("nothing to publish") };
    assert_eq!(name.as_deref(), Some("1"));
    let paths: Vec<&str> = files.iter().map(|(path, _)| path.as_str()).collect();
    assert!(paths.contains(&"permalinks/prices.txt") && paths.contains(&"permalinks/notes-rules.txt"), "{paths:?}");
    assert!(!paths.contains(&"permalinks/rules.txt"), "the other's own to publish: {paths:?}");
    // With a ledger of its own on either side, each keeps what it gave out.
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    site().write(&at.join("site"));
    run(at, &["publish", "upstream", "--note", "First.", "--date", "2026-11-24"], 0);
    fs::write(at.join("site/notes/rules.md"), "+++\nreviewed = \"1\"\n+++\n\n1.1 The steward lives in Mill Lane.\n")
        .unwrap();
    run(at, &["publish", "site", "--note", "Ours.", "--date", "2026-11-24"], 0);
    let said = run(at, &["publish", "site"], 0);
    assert!(said.contains("nothing to publish"), "{said}");
    run(at, &["build", "site", "--deny", "warnings", "--output", "out"], 0);
    let foot = fs::read_to_string(at.join("out/index.html")).unwrap();
    assert!(foot.contains("Edition: 1 (local), 24"), "{foot}");
    // A quotation names that of the site which the clause is from.
    for (page, edition) in [("rules", "\nEdition: 1, 24"), ("prices", "\nEdition: 1 (local), 24")] {
        let page = fs::read_to_string(at.join(format!("out/{page}/1.1.html"))).unwrap();
        assert!(page.contains(edition), "{page}");
    }
    let changes = fs::read_to_string(at.join("out/changes.html")).unwrap();
    assert!(changes.contains("id=\"edition-1\"") && changes.contains("id=\"edition-1-local\""), "{changes}");
    fs::write(at.join("site/notes/rules.md"), "+++\nreviewed = \"1\"\n+++\n\n1.3 It lies elsewhere.\n").unwrap();
    let said = run(at, &["check", "site", "--format", "short"], 1);
    assert!(said.contains("lost-permalink") && said.contains("local-1.1"), "{said}");
    let moves = "[[withdrawn]]\nfrom = \"notes-rules#local-1.1\"\nreason = \"The steward has moved.\"\n";
    fs::write(at.join("site/permalinks/moves.toml"), moves).unwrap();
    run(at, &["build", "site", "--deny", "warnings", "--output", "out"], 0);
    let page = fs::read_to_string(at.join("out/rules.html")).unwrap();
    assert!(page.contains("id=\"local-1.1\"") && page.contains("The steward has moved."), "{page}");
}

#[test]
fn a_site_may_have_a_home_page_of_its_own_on_top_of_a_published_one() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let site = site().file("../upstream/index.md", "+++\ntitle = \"Theirs\"\n+++\n\nTheir home.\n");
    site.write(&at.join("site"));
    run(at, &["publish", "upstream", "--note", "First.", "--date", "2026-11-24"], 0);
    fs::write(at.join("site/index.md"), "+++\ntitle = \"Ours\"\n+++\n\nOur home.\n").unwrap();
    let said = run(at, &["check", "site"], 0);
    assert!(!said.contains("damaged-ledger"), "{said}");
    // A row of a page that is not replaced is missed as ever.
    fs::remove_file(at.join("upstream/permalinks/rules.txt")).unwrap();
    let said = run(at, &["check", "site", "--format", "short"], 1);
    assert!(said.contains("damaged-ledger") && said.contains("rules.txt` is missing"), "{said}");
}

#[test]
fn renumber_changes_no_file_of_the_other_site() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    site().write(&at.join("site"));
    let said = run(at, &["renumber", "rules", "1.2", "site", "--insert"], 2);
    assert!(said.contains("site that is extended"), "{said}");
    assert_eq!(fs::read_to_string(at.join("upstream/rules.md")).unwrap(), RULES);
    run(at, &["renumber", "prices", "1.1", "site", "--insert"], 0);
    // What names the clause in a note goes with it.
    assert!(fs::read_to_string(at.join("site/notes/rules.md")).unwrap().contains("[[prices#1.2]]"));
}

#[test]
fn a_bundle_that_is_whole_can_be_extended_like_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let site = site().file("../upstream/pictures/hall.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>").edit(
        "../upstream/rules.md",
        "Nobody may sleep",
        "![The hall](pictures/hall.svg) Nobody may sleep",
    );
    site.write(&at.join("site"));
    run(at, &["build", "site", "--output", "from-folder"], 0);
    let (secret, key, _) = signature::new_key(None).unwrap();
    let line = |key: &str| key.lines().find(|line| line.starts_with("RW")).unwrap().to_owned();
    fs::write(at.join("library.key"), secret).unwrap();
    run(at, &["bundle", "upstream", "--with-sources", "--sign", "library.key", "--output", "halls.zip"], 0);
    let settings =
        |more: &str| fs::write(at.join("site/site.toml"), LOCAL.replace("../upstream", "../halls.zip") + more).unwrap();
    for more in [String::new(), format!("key = \"{}\"\n", line(&key))] {
        settings(&more);
        run(at, &["build", "site", "--output", "from-bundle"], 0);
        for page in ["rules.html", "rules/1.1.html", "pictures/hall.svg", "data/clauses.json"] {
            let read = |out: &str| fs::read_to_string(at.join(out).join(page)).unwrap();
            assert_eq!(read("from-bundle"), read("from-folder"), "{page}");
        }
    }
    // A key alone does not say which site or edition, and `check` says so; another site and an older edition are refused.
    fs::write(at.join("upstream/site.toml"), format!("edition = \"2\"\n{UPSTREAM}")).unwrap();
    run(at, &["bundle", "upstream", "--with-sources", "--sign", "library.key", "--output", "halls.zip"], 0);
    let key = line(&key);
    settings(&format!("key = \"{key}\"\n"));
    let said = run(at, &["check", "site", "--format", "short"], 0);
    let warning = "site/site.toml:5:7: warning[unpinned-upstream]: any site and any edition that this key signed would be accepted";
    assert!(said.contains(warning), "{said}");
    let said = run(at, &["check", "site"], 0);
    assert!(said.contains("add `name = \"Village halls\"` and `edition = \"2\"`"), "{said}");
    settings(&format!("key = \"{key}\"\nname = \"Village halls\"\n"));
    let said = run(at, &["check", "site", "--format", "short"], 0);
    assert!(said.contains("any edition that this key signed would be accepted"), "{said}");
    for least in ["1", "2", "2.0"] {
        settings(&format!("key = \"{key}\"\nname = \"Village halls\"\nedition = \"{least}\"\n"));
        run(at, &["check", "site", "--deny", "warnings"], 0);
    }
    settings(&format!("key = \"{key}\"\nname = \"Village halls\"\nedition = \"3\"\n"));
    let said = run(at, &["check", "site", "--format", "short"], 1);
    let refused =
        "site/site.toml:7:11: error[invalid-upstream]: the bundle `../halls.zip` is edition 2, not 3 or later";
    assert!(said.contains(refused), "{said}");
    settings(&format!("key = \"{key}\"\nname = \"City halls\"\nedition = \"1\"\n"));
    let said = run(at, &["check", "site", "--format", "short"], 1);
    let refused = "site/site.toml:6:8: error[invalid-upstream]: the bundle `../halls.zip` is a copy of Village halls, not of City halls";
    assert!(said.contains(refused), "{said}");
    fs::write(at.join("site/site.toml"), format!("{LOCAL}edition = \"1\"\n")).unwrap();
    assert!(run(at, &["check", "site"], 1).contains("only a bundle is asked for its name and edition"));
    // Signed by somebody else, changed, or without its sources, it is nothing to build on.
    let (_, other, _) = signature::new_key(None).unwrap();
    let other = line(&other);
    settings(&format!("key = \"{other}\"\n"));
    assert!(run(at, &["check", "site"], 1).contains("invalid-upstream"));
    settings("");
    let mut bytes = fs::read(at.join("halls.zip")).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(at.join("halls.zip"), &bytes).unwrap();
    let said = run(at, &["check", "site"], 1);
    assert!(said.contains("invalid-upstream"), "{said}");
    fs::remove_file(at.join("halls.zip")).unwrap();
    run(at, &["bundle", "upstream", "--output", "halls.zip"], 0);
    let said = run(at, &["check", "site"], 1);
    assert!(said.contains("has no sources") && said.contains("--with-sources"), "{said}");
}

#[test]
fn local_notes_are_cited_in_words_that_a_site_may_change() {
    let words = "[citation]\nlocal-note = \"What we add to {document}\"\n";
    let built = site().file("strings/en.toml", words).build().clean();
    assert!(built.words("authorities.html", "main").join(" ").contains("What we add to Rules, paragraph 1.1"));
    assert!(!built.words("authorities.html", "main").join(" ").contains("Local note on"));
}
