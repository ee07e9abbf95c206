//! The ledger is never lost: a row that is missing or changed is noticed, and git joins two branches that both published.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use clausebook::pipeline::publish::Outcome;

use crate::cli::Desk;
use crate::folder::tree;
use crate::site::TestSite;

const EDITIONS: &str = "permalinks/editions.toml";

/// A site with two editions, the second of which has rows in two documents.
fn published() -> TestSite {
    let a =
        "1.1 The board meets in each month of the year. See [[b#1.1]].\n\n1.2 It keeps minutes of all that it decides.";
    let b =
        "1.1 A trust has a board of its own in each county.\n\n1.2 The trust publishes a plan in spring of each year.";
    let site = TestSite::new().paper("a", a).paper("b", b).published();
    site.edit("a.md", "decides.", "decides in public.").edit("b.md", "spring", "the spring").published()
}

#[track_caller]
fn is_noticed(site: &TestSite, place: &str, message: &str) {
    let said = site.build().short();
    let line = said.lines().find(|line| line.contains("damaged-ledger")).unwrap_or_else(|| panic!("nothing: {said}"));
    assert!(line.starts_with(place) && line.contains(message), "{line}");
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(matches!(site.publish(Some("Words.")), Outcome::Nothing), "it was published all the same");
}

/// The paths of a site's files that begin with some words.
fn paths_from(site: &TestSite, start: &str) -> Vec<String> {
    site.paths().filter(|path| path.starts_with(start)).map(str::to_owned).collect()
}

/// The file of a site without the lines that hold some words.
fn cut(site: TestSite, path: &str, words: &str) -> TestSite {
    let kept: String = site.source(path).split_inclusive('\n').filter(|line| !line.contains(words)).collect();
    site.file(path, &kept)
}

#[test]
fn what_is_missing_from_the_ledger_or_changed_is_noticed() {
    let site = published();
    site.build().without_errors();
    let b = "permalinks/b.txt";
    is_noticed(&cut(site.clone(), b, "1.2 2 clause"), "permalinks/b.txt:1:1:", "1 row of edition 2 is missing");
    is_noticed(&cut(site.clone(), b, " 1 clause"), b, "2 rows of edition 1 are missing");
    let emptied = site.clone().file(b, "");
    let said = emptied.build().short();
    assert!(
        said.contains("3 rows of edition 1 are missing") && said.contains("1 row of edition 2 is missing"),
        "{said}"
    );
    let said = site.clone().without(b).build().short();
    assert!(said.contains("permalinks/editions.toml:5:8"), "{said}");
    assert!(said.contains("`permalinks/b.txt` is missing, with 3 rows of edition 1"), "{said}");
    // The address of another clause that is there.
    let changed = site.clone().edit(b, "\n1.1 1 clause 1.1", "\n1.2 1 clause 1.1");
    is_noticed(&changed, "permalinks/b.txt:4:1:", "1 row of edition 1 is changed");
    let added = site.source(b).to_owned() + "1.9 2 clause 1.9 1.9 b.html - - - - -\n";
    is_noticed(&site.clone().file(b, &added), "permalinks/b.txt:7:1:", "1 row of edition 2 is not as it was published");
    // A merge in which somebody kept the file of one side.
    let first = cut(site.clone(), b, " 2 clause ");
    is_noticed(&first, b, "1 row of edition 2 is missing");
    let list = site.source(EDITIONS);
    let shorter = &list[..list.rfind("[[edition]]").unwrap()];
    let said = site.clone().file(EDITIONS, shorter).build().short();
    assert!(said.contains("permalinks/editions.toml:1:1: error[damaged-ledger]"), "{said}");
    assert!(
        said.contains("edition `2` is missing from this list, and 2 rows of it are in 2 files beside it"),
        "{said}"
    );
    assert_eq!(said.lines().count(), 2, "one of the list, one of the edition's own file: {said}");
    let help = "take `permalinks/b.txt` back from your version control; if you joined two branches, join them again";
    assert!(first.build().short().contains(help), "{}", first.build().short());
    let said = site.clone().file(EDITIONS, "").build().short();
    assert!(said.contains("edition `1` is missing from this list") && said.lines().count() < 6, "{said}");
}

#[test]
fn a_ledger_of_which_all_is_gone_is_noticed() {
    let site = published();
    let ledgers = |site: TestSite| {
        ["_site", "a", "b", "index"].iter().fold(site, |site, name| {
            let path = format!("permalinks/{name}.txt");
            if site.paths().any(|known| known == path) { site.without(&path) } else { site }
        })
    };
    is_noticed(&ledgers(site.clone()).without(EDITIONS), "site.toml:", "`permalinks/editions.toml` is missing");
    assert!(ledgers(site.clone()).build().short().contains("`permalinks/a.txt` is missing"));
    let said = site.clone().without(EDITIONS).build().short();
    assert!(said.contains("permalinks/a.txt:1:1: error[damaged-ledger]"), "{said}");
}

#[test]
fn what_people_and_publish_may_change_is_no_damage() {
    let site = published();
    site.clone().edit(EDITIONS, "note = \"Words changed.\"", "note = \"Other words.\"").build().without_errors();
    let crlf = |site: &TestSite, path: &str| site.source(path).replace('\n', "\r\n");
    site.clone().file(EDITIONS, &crlf(&site, EDITIONS)).build().without_errors();
    // A blank line: no words are new, but the hash of the page's source is.
    let spaced = site.edit("a.md", "1.1 The", "\n1.1 The");
    let Outcome::Edition { name: None, files, .. } = spaced.publish(None) else { panic!("the page is not the same") };
    let spaced = files.into_iter().fold(spaced, |site, (path, text)| site.file(&path, &text));
    spaced.build().without_errors();
    // A mention that leads elsewhere in the same words.
    let leads = spaced.edit("a.md", "[[b#1.1]]", "[[b#1.2|b 1.1]]");
    let Outcome::Edition { files, .. } = leads.publish(Some("Words.")) else { panic!("it leads where it led") };
    files.into_iter().fold(leads, |site, (path, text)| site.file(&path, &text)).build().without_errors();
}

#[test]
fn a_ledger_without_sums_gets_them_from_the_next_publish() {
    let site = published();
    let list = site.source(EDITIONS).to_owned();
    assert_eq!(list.matches("\nrows = [").count(), 2, "{list}");
    let old = cut(cut(site.clone().without_edition_files(), EDITIONS, "rows = "), "site.toml", "has-editions");
    old.build().without_errors();
    let Outcome::Edition { name: None, rows: 0, files } = old.publish(None) else { panic!("not brought up to date") };
    let paths: BTreeSet<&str> = files.iter().map(|(path, _)| path.as_str()).collect();
    let edition_files = paths_from(&site, "permalinks/edition-");
    let expected = edition_files.iter().map(String::as_str).chain([EDITIONS, "site.toml"]);
    assert_eq!(paths, expected.collect());
    // An edition that has its sums and lost its file gets that too.
    assert_eq!(edition_files.len(), 2, "{edition_files:?}");
    let lost = &edition_files[0];
    let Outcome::Edition { name: None, files: again, .. } = site.clone().without(lost).publish(None) else {
        panic!("not brought up to date")
    };
    assert_eq!(again.iter().map(|(path, _)| path).collect::<Vec<_>>(), [lost]);
    let new = files.into_iter().fold(old, |site, (path, text)| site.file(&path, &text));
    new.build().without_errors();
    let lines =
        |list: &str| list.lines().map(|line| line.split(" # ").next().unwrap().to_owned()).collect::<BTreeSet<_>>();
    assert_eq!(lines(new.source(EDITIONS)), lines(&list));
    assert!(matches!(new.publish(None), Outcome::Nothing));
    is_noticed(&cut(new, "permalinks/a.txt", "1.1 1 clause"), "permalinks/a.txt:1:1", "1 row of edition 1 is missing");
}

#[test]
fn marks_of_an_unfinished_merge_are_said_with_their_place() {
    let site = published().file("glossary.md", "+++\ntitle = \"Words\"\n+++\n\nHall\n: The house.\n");
    let site = site
        .file("relations.toml", "")
        .file("permalinks/moves.toml", "")
        .file("theme/templates/clause.html", "<p>Words.</p>\n");
    site.build().without_errors();
    // A document whose kind only the settings have, and that cites a work: neither is an error while their files have marks.
    let site = site.paper_with("c", "kind = \"guidance\"", "1.1 See [[ca2004 s 10]].");
    let texts =
        ["site.toml", "authorities.toml", "relations.toml", "glossary.md", "a.md", "theme/templates/clause.html"];
    for path in texts.into_iter().chain([EDITIONS, "permalinks/moves.toml", "permalinks/a.txt"]) {
        for marks in ["<<<<<<< HEAD\n- ours\n=======\n- theirs\n>>>>>>> other\n", "||||||| 1234567\n", ">>>>>>>\n"] {
            let before = site.source(path).to_owned();
            let said = site.clone().file(path, &format!("{before}{marks}")).build().short();
            let line = before.lines().count() + 1;
            assert!(said.starts_with(&format!("{path}:{line}:1: error[unfinished-merge]")), "{said}");
            assert!(said.contains("git could not join two branches here") && said.lines().count() == 1, "{said}");
        }
    }
    // In front matter, and with Windows' ends of lines.
    let said = site.clone().edit("a.md", "title", "<<<<<<< HEAD\r\ntitle").build().short();
    assert!(said.starts_with("a.md:2:1: error[unfinished-merge]"), "{said}");
}

#[test]
fn a_document_may_show_the_marks_of_a_merge() {
    let shown = "```text\n<<<<<<< HEAD\none\n=======\ntwo\n>>>>>>> other\n```\n\n    <<<<<<< HEAD\n\n<<<<<<<< eight";
    let site = TestSite::new().paper("a", &format!("1.1 Marks of git:\n\n{shown}\n\nA heading\n=======\n"));
    assert!(!site.build().short().contains("unfinished-merge"), "{}", site.build().short());
    let said = site.edit("a.md", "<<<<<<<< eight", "<<<<<<< seven").build().short();
    assert!(said.contains("a.md:18:1: error[unfinished-merge]"), "{said}");
}

#[test]
fn a_list_of_editions_that_is_no_toml_is_all_that_is_said_of_the_ledger() {
    let note = "note = \"Words changed.\"\n";
    let said = published().edit(EDITIONS, note, &format!("{note}note = \"Other words.\"\n")).build().short();
    assert!(said.contains("error[invalid-toml]: this is not TOML: duplicate key"), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
}

#[test]
fn a_file_of_the_ledger_by_a_wrong_name_is_not_passed_over_in_silence() {
    for (name, near) in [("Moves.toml", "moves.toml"), ("A.txt", "a.txt"), ("sub/a.txt", "a.txt")] {
        let site = published().file(&format!("permalinks/{name}"), "");
        let said = site.build().short();
        assert!(said.starts_with(&format!("permalinks/{name}:1:1: warning[unused-file]: ")), "{said}");
        assert!(said.contains(&format!("name it `permalinks/{near}`")) && said.lines().count() == 1, "{said}");
    }
    let said = published().file("permalinks/notes.toml", "").build().short();
    assert!(said.contains("warning[unused-file]") && said.contains("move it out of this folder"), "{said}");
}

#[test]
fn publish_keeps_the_line_endings_of_the_files_that_it_changes() {
    let desk = Desk::new();
    desk.site("site", "1.1 One.");
    desk.put("site/site.toml", "\u{feff}title = \"A site\" # ours\r\n\r\n[kinds]\r\nrule = \"Rule\"\r\n");
    desk.run("publish site").ends_with(0);
    let settings = fs::read_to_string(desk.path("site/site.toml")).unwrap();
    assert!(settings.starts_with("\u{feff}title = \"A site\" # ours\r\nhas-editions = true   # "), "{settings:?}");
    assert!(settings.ends_with("lost\r\n\r\n[kinds]\r\nrule = \"Rule\"\r\n"), "{settings:?}");
    let said = desk.run("publish site").ends_with(0).stderr;
    assert!(said.contains("nothing to publish"), "{said}");
}

#[test]
fn the_loss_of_the_ledger_is_noticed_whatever_the_settings_look_like() {
    for settings in [
        "title = \"A site\"",
        "  title = \"A site\"\n[kinds]\nrule = \"Rule\"\n",
        "\"title\" = \"A site\"\n[kinds]\ntitle = \"Title\"\n",
        "title = \"\"\"\nA site\"\"\"\n[kinds]\n",
        "# Ours\ndescription = \"\"\"\ntitle = of a site\n\"\"\"\ntitle = \"A site\"\n",
        "title = 'A # site' # [kinds]\ndescription = '''\n[kinds]\n'''\n[kinds]\n",
    ] {
        let desk = Desk::new();
        desk.site("site", "1.1 One.");
        desk.put("site/site.toml", settings);
        let said = desk.run("publish site").ends_with(0).stderr;
        assert!(said.contains("site.toml has a new line, `has-editions = true`"), "{settings}: {said}");
        fs::remove_dir_all(desk.path("site/permalinks")).unwrap();
        let said = desk.run("check site --format short").ends_with(1).stdout;
        assert!(said.contains("error[damaged-ledger]: this site has published editions"), "{settings}: {said}");
    }
}

#[cfg(unix)]
#[test]
fn publish_says_which_line_to_write_where_it_writes_none() {
    let desk = Desk::new();
    desk.site("site", "1.1 One.");
    fs::rename(desk.path("site/site.toml"), desk.path("site/ours.toml")).unwrap();
    std::os::unix::fs::symlink("ours.toml", desk.path("site/site.toml")).unwrap();
    for _ in 0..2 {
        let said = desk.run("publish site").ends_with(0).stderr;
        assert!(said.contains("Write the line `has-editions = true` at the top of site.toml"), "{said}");
    }
    desk.put("site/ours.toml", "has-editions = true\ntitle = \"A site\"\n");
    let said = desk.run("publish site").ends_with(0).stderr;
    assert!(!said.contains("Write the line"), "{said}");
}

/// Runs git in the folder of a site; returns whether it ended well.
fn git(desk: &Desk, line: &str) -> bool {
    let mut git = Command::new("git");
    git.current_dir(desk.path("site")).env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    git.args(["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"]);
    git.args(line.split_whitespace()).output().expect("git is installed").status.success()
}

/// All rows of the ledger without what `publish` brings up to date in them.
fn rows(desk: &Desk) -> BTreeSet<String> {
    let mut rows = BTreeSet::new();
    for (path, bytes) in tree(&desk.path("site/permalinks")).into_iter().filter(|(path, _)| path.ends_with(".txt")) {
        let text = String::from_utf8(bytes).unwrap();
        let lines = text.lines().filter(|line| !line.starts_with('#') && !line.contains(" page "));
        rows.extend(lines.map(|line| format!("{path}: {}", line.rsplit_once(' ').unwrap().0)));
    }
    rows
}

/// A document of some clauses, one of which may have more words.
fn document(longer: Option<(u32, &str)>) -> String {
    let more = |n| longer.filter(|(clause, _)| *clause == n).map_or("", |(_, words)| words);
    let words = "of the year the board meets, and it keeps minutes of all that it decides.";
    let clauses = (1..=9).map(|n| format!("1.{n} In month {n} {words}{}\n\n", more(n)));
    format!("+++\ntitle = \"A document\"\n+++\n\n{}", clauses.collect::<String>())
}

/// Two branches publish; what each changes, and the names of their editions.
struct Branches {
    first: (&'static str, u32, &'static str),
    second: (&'static str, u32, &'static str),
    union: bool,
}

/// Publishes on two branches, `b` of which is checked out. Returns the rows that both have.
fn publish_on_both(desk: &Desk, branches: &Branches) -> BTreeSet<String> {
    desk.site("site", "1.1 One.");
    let names = ["one", "two"];
    names.iter().for_each(|name| desk.put(&format!("site/{name}.md"), &document(None)));
    if branches.union {
        desk.put("site/.gitattributes", include_str!("../../src/starter/.gitattributes"));
    }
    desk.run("publish site").ends_with(0);
    assert!(git(desk, "init") && git(desk, "add -A") && git(desk, "commit -m first"));
    let mut wanted = BTreeSet::new();
    for (branch, (name, clause, edition)) in [("a", branches.first), ("b", branches.second)] {
        assert!(git(desk, &format!("checkout -b {branch} main")));
        let words = format!(" There is more on branch {branch}.");
        desk.put(&format!("site/{name}.md"), &document(Some((clause, &words))));
        desk.run_in(
            "",
            ["publish", "site", "--note", &format!("New on {branch}.")].into_iter().chain(edition.split_whitespace()),
        )
        .ends_with(0);
        wanted.extend(rows(desk));
        assert!(git(desk, "add -A") && git(desk, &format!("commit -m {branch}")));
    }
    wanted
}

/// Publishes on two branches, joins them with git, and publishes once more.
fn joins(branches: &Branches) {
    let desk = Desk::new();
    let wanted = publish_on_both(&desk, branches);
    let joined = git(&desk, "merge --no-edit a");
    assert_eq!(joined, branches.union, "git does not join as it did");
    if !joined {
        let done = desk.run("check site --format short").ends_with(1);
        assert!(
            done.stdout.contains("permalinks/editions.toml:") && done.stdout.contains("unfinished-merge"),
            "{}",
            done.stdout
        );
        // As the message says.
        for path in tree(&desk.path("site/permalinks")).into_keys() {
            let path = desk.path(&format!("site/permalinks/{path}"));
            let text = fs::read_to_string(&path).unwrap();
            let is_mark =
                |line: &&str| !["<<<<<<< ", "=======\n", ">>>>>>> "].iter().any(|mark| line.starts_with(mark));
            fs::write(&path, text.split_inclusive('\n').filter(is_mark).collect::<String>()).unwrap();
        }
    }
    desk.run("check site").ends_with(0);
    let has_all = |when: &str| {
        let found = rows(&desk);
        assert!(found.is_superset(&wanted), "{when}: {:?}", wanted.difference(&found).collect::<Vec<_>>());
        let list = fs::read_to_string(desk.path("site/permalinks/editions.toml")).unwrap();
        for edition in [branches.first.2, branches.second.2] {
            let name = edition.split_whitespace().last().unwrap_or("2");
            assert!(list.contains(&format!("name = \"{name}\"")), "{when}: {list}");
        }
        assert_eq!(list.matches("\nrows = [").count(), list.matches("[[edition]]").count(), "{when}: {list}");
        let editions = list.matches("[[edition]]").count();
        assert!(editions >= 3, "{when}: {list}");
        let files = tree(&desk.path("site/permalinks")).into_keys().filter(|path| path.starts_with("edition-"));
        assert_eq!(files.count(), editions, "{when}");
    };
    has_all("joined");
    desk.put("site/new.md", "+++\ntitle = \"New\"\n+++\n\n1.1 Words after the merge.\n");
    desk.run_in("", ["publish", "site", "--note", "After the merge."]).ends_with(0);
    has_all("published once more");
    desk.run("check site").ends_with(0);
    let done = desk.run("publish site").ends_with(0);
    assert!(done.stderr.contains("nothing to publish"), "{}", done.stderr);
}

#[test]
fn git_joins_two_branches_that_both_published() {
    let names = ["--edition branch-a", "--edition branch-b"];
    // In different documents and in one; with names of their own, and with the next number and one note for both.
    for (union, second, [a, b]) in [
        (true, "two", names),
        (true, "one", names),
        (true, "one", ["", ""]),
        (false, "two", ["", ""]),
        (false, "one", names),
    ] {
        joins(&Branches { first: ("one", 2, a), second: (second, 7, b), union });
    }
}

#[test]
fn a_branch_that_an_older_program_published_is_joined_under_the_same_name() {
    for older in ["a", "b"] {
        let desk = Desk::new();
        publish_on_both(&desk, &Branches { first: ("one", 2, ""), second: ("one", 7, ""), union: true });
        // An older program wrote no sums and no files of editions.
        assert!(git(&desk, &format!("checkout {older}")));
        let list = fs::read_to_string(desk.path(&format!("site/{EDITIONS}"))).unwrap();
        let (first, last) = list.rsplit_once("[[edition]]").unwrap();
        let last: String = last.split_inclusive('\n').filter(|line| !line.starts_with("rows")).collect();
        desk.put(&format!("site/{EDITIONS}"), &format!("{first}[[edition]]{last}"));
        assert!(git(&desk, "commit -a -m older") && git(&desk, "checkout b"));
        git(&desk, "merge --no-edit a");
        let list = fs::read_to_string(desk.path(&format!("site/{EDITIONS}"))).unwrap();
        assert_eq!((list.matches("name = \"2\"").count(), list.matches("rows = [").count()), (2, 2), "{list}");
        for (path, text) in tree(&desk.path("site/permalinks")) {
            if path.starts_with("edition-") && String::from_utf8(text).unwrap().contains("name = \"2\"\n") {
                fs::remove_file(desk.path(&format!("site/permalinks/{path}"))).unwrap();
            }
        }
        desk.run("check site").ends_with(0);
        desk.run("publish site").ends_with(0);
        // What has sums is still looked after.
        let rows = fs::read_to_string(desk.path("site/permalinks/one.txt")).unwrap();
        let kept: String = rows.split_inclusive('\n').filter(|line| !line.contains(" 2 clause ")).collect();
        desk.put("site/permalinks/one.txt", &kept);
        let said = desk.run("check site --format short").ends_with(1).stdout;
        assert!(said.contains("of edition 2 is missing"), "{said}");
    }
}

#[test]
fn a_merge_that_keeps_the_ledger_of_one_side_is_noticed() {
    for (second, names) in [("one", ["", ""]), ("two", ["", ""]), ("one", ["--edition of-a", "--edition of-b"])] {
        for side in ["--ours", "--theirs"] {
            let desk = Desk::new();
            let [a, b] = names;
            publish_on_both(&desk, &Branches { first: ("one", 2, a), second: (second, 7, b), union: false });
            assert!(!git(&desk, "merge --no-edit a"), "there is nothing to choose");
            assert!(git(&desk, &format!("checkout {side} permalinks")));
            assert!(git(&desk, "add -A") && git(&desk, "commit -m joined"));
            let done = desk.run("check site --format short").ends_with(1);
            assert!(
                done.stdout.contains("permalinks/edition-") && done.stdout.contains("damaged-ledger"),
                "{}",
                done.shown()
            );
        }
        let desk = Desk::new();
        let [a, b] = names;
        publish_on_both(&desk, &Branches { first: ("one", 2, a), second: (second, 7, b), union: false });
        assert!(git(&desk, "merge -X ours --no-edit a"));
        let done = desk.run("check site --format short").ends_with(1);
        assert!(done.stdout.contains("damaged-ledger"), "{}", done.shown());
    }
}

const KEYS: &str = "Keys to the cellar are kept by the caretaker, who lends them against a deposit.";
const DOGS: &str = "Dogs may come into the garden on Sundays when they are held on a short lead.";
const TEA: &str = "Tea is served in the small hall after every meeting of the board.";
const MAPS: &str = "Newcomers are greeted at the gate by a steward who gives them a map.";

/// A document `one` of these clauses, numbered from 1.1.
fn one(clauses: &[&str]) -> String {
    let clauses = clauses.iter().enumerate().map(|(at, words)| format!("1.{} {words}\n\n", at + 1));
    format!("+++\ntitle = \"One\"\n+++\n\n{}", clauses.collect::<String>())
}

/// A site of which branch `a` is merged into `b`, each with a text of `one` that it published, and `joined` as the text.
fn merged([first, a, b]: [&str; 3], names: [&str; 2], prepare: impl Fn(&Desk, &str), joined: &str) -> Desk {
    let desk = Desk::new();
    desk.site("site", "1.1 One.");
    desk.put("site/.gitattributes", include_str!("../../src/starter/.gitattributes"));
    desk.put("site/one.md", first);
    desk.run("publish site").ends_with(0);
    assert!(git(&desk, "init") && git(&desk, "add -A") && git(&desk, "commit -m first"));
    for (branch, text, name) in [("a", a, names[0]), ("b", b, names[1])] {
        assert!(git(&desk, &format!("checkout -b {branch} main")));
        prepare(&desk, branch);
        desk.put("site/one.md", text);
        desk.run(&format!("publish site --note Words. --edition {name}")).ends_with(0);
        assert!(git(&desk, "add -A") && git(&desk, &format!("commit -m {branch}")));
    }
    // What stands in the document is for a person to say.
    git(&desk, "merge --no-edit a");
    desk.put("site/one.md", joined);
    assert!(git(&desk, "add -A") && git(&desk, "commit -m joined"));
    desk
}

#[test]
fn two_clauses_that_branches_published_at_one_number_are_two() {
    let texts = [&[TEA, MAPS][..], &[TEA, MAPS, KEYS], &[TEA, MAPS, DOGS]].map(one);
    let texts = [texts[0].as_str(), &texts[1], &texts[2]];
    for names in [["of-a", "of-b"], ["2", "2"]] {
        for (kept, other) in [(KEYS, DOGS), (DOGS, KEYS)] {
            // The other is dropped, or has another number, and nobody says so.
            for clauses in [&[TEA, MAPS, kept][..], &[TEA, MAPS, kept, other]] {
                let desk = merged(texts, names, |_, _| (), &one(clauses));
                let done = desk.run("check site --format short").ends_with(1);
                assert!(done.stdout.contains("permalink"), "{kept}: {}", done.shown());
                assert_ne!(desk.run("publish site --note Joined.").status, 0);
            }
            // As the message proposes.
            let desk = merged(texts, names, |_, _| (), &one(&[TEA, MAPS, kept, other]));
            let said = desk.run("check site").ends_with(1).stderr;
            let row = said.split("[[renumbered]]").nth(1).unwrap_or_else(|| panic!("{said}"));
            let row: Vec<&str> = row.lines().skip(1).take(3).map(str::trim).collect();
            desk.put("site/permalinks/moves.toml", &format!("[[renumbered]]\n{}\n", row.join("\n")));
            desk.run("check site").ends_with(0);
            desk.run("publish site --note Joined.").ends_with(0);
            desk.run("check site").ends_with(0);
            // From then on each is what it is, reworded or withdrawn.
            desk.put("site/one.md", &one(&[TEA, MAPS, &format!("{kept} Ask first."), other]));
            desk.run("publish site --note More.").ends_with(0);
            desk.put("site/one.md", &one(&[TEA, MAPS, &format!("{kept} Ask first.")]));
            desk.run("check site").ends_with(1);
        }
    }
    // One clause that both reworded is one.
    let (north, south) = (format!("{MAPS} It shows the north."), format!("{MAPS} It shows the south."));
    let texts = [&[TEA, MAPS][..], &[TEA, &north], &[TEA, &south]].map(one);
    for kept in [&north, &south] {
        let texts = [texts[0].as_str(), &texts[1], &texts[2]];
        let desk = merged(texts, ["of-a", "of-b"], |_, _| (), &one(&[TEA, kept]));
        desk.run("check site").ends_with(0);
    }
}

#[test]
fn a_mention_that_another_branch_has_turned_to_another_clause_is_noticed() {
    let mention = format!("{DOGS} See [[1.2]].");
    let texts = [&[KEYS, TEA, DOGS][..], &[MAPS, KEYS, TEA, DOGS], &[KEYS, TEA, &mention]].map(one);
    let texts = [texts[0].as_str(), &texts[1], &texts[2]];
    let renumber = |desk: &Desk, branch: &str| {
        if branch == "a" {
            desk.run("renumber one 1.1 --insert --write-moves site").ends_with(0);
        }
    };
    for names in [["of-a", "of-b"], ["z", "y"]] {
        let desk = merged(texts, names, renumber, &one(&[MAPS, KEYS, TEA, &mention]));
        let done = desk.run("check site --format short").ends_with(1);
        assert!(done.stdout.contains("error[changed-target]"), "{}", done.shown());
        desk.put("site/one.md", &one(&[MAPS, KEYS, TEA, &mention.replace("1.2", "1.3")]));
        desk.run("check site").ends_with(0);
        desk.put("site/one.md", &one(&[MAPS, KEYS, TEA, &mention.replace("1.2", "1.2|keys")]));
        desk.run("check site").ends_with(0);
    }
}

#[test]
fn a_merge_that_keeps_the_list_of_one_side_says_that_the_list_is_wrong() {
    for second in ["one", "two"] {
        let desk = Desk::new();
        publish_on_both(&desk, &Branches { first: ("one", 2, ""), second: (second, 7, ""), union: true });
        let ours = fs::read_to_string(desk.path(&format!("site/{EDITIONS}"))).unwrap();
        assert!(git(&desk, "merge --no-edit a"));
        desk.put(&format!("site/{EDITIONS}"), &ours);
        let said = desk.run("check site --format short").ends_with(1).stdout;
        assert!(said.starts_with("site/permalinks/edition-"), "{said}");
        assert!(said.contains("this edition was published, and `editions.toml` does not have it as it was"), "{said}");
        assert_eq!(said.lines().count(), 1, "{said}");
    }
}
