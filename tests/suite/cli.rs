//! The commands as people and scripts run them: what they print and where, what they write, and how they end.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use clausebook::disk;
use clausebook::document::Number;
use clausebook::pipeline;
use clausebook::pipeline::renumber::{NumberChange, renumber};
use clausebook::source::SourceMap;
use tempfile::TempDir;

use crate::folder::{litter, tree};

/// The program, with no setting of the person who runs the tests.
pub fn clausebook() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_clausebook"));
    for setting in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS"] {
        command.env_remove(setting);
    }
    command
}

/// A folder to work in, and what came of the last command there.
pub struct Desk {
    pub top: TempDir,
}

/// Output and exit status of a command.
pub struct Done {
    pub status: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Desk {
    pub fn new() -> Self {
        Desk { top: tempfile::tempdir().unwrap() }
    }

    /// A folder with a site named `site` in it: a register, a home page and one document.
    fn with_site(body: &str) -> Self {
        let desk = Desk::new();
        desk.site("site", body);
        desk
    }

    pub fn site(&self, name: &str, body: &str) {
        self.put(&format!("{name}/site.toml"), "title = \"A site\"\n");
        self.put(&format!("{name}/index.md"), "+++\ntitle = \"Home\"\n+++\n\nWelcome.\n");
        self.put(&format!("{name}/paper.md"), &format!("+++\ntitle = \"Paper\"\n+++\n\n{body}\n"));
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.top.path().join(path)
    }

    pub fn put(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn tree(&self, path: &str) -> BTreeMap<String, Vec<u8>> {
        tree(&self.path(path))
    }

    /// Runs a command line, without the program's name, in this folder.
    pub fn run(&self, line: &str) -> Done {
        self.run_in("", line.split_whitespace())
    }

    pub fn run_in(&self, folder: &str, arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Done {
        let output = clausebook().current_dir(self.path(folder)).args(arguments).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Done { status: output.status.code().unwrap(), stdout: text(output.stdout), stderr: text(output.stderr) }
    }
}

impl Done {
    /// All of it, but for the time that it took and spaces at the ends of lines.
    pub fn shown(&self) -> String {
        let mut shown = format!("exit status {}\n", self.status);
        for (name, text) in [("standard output", &self.stdout), ("standard error", &self.stderr)] {
            if !text.is_empty() {
                shown += &format!("── {name} ──\n");
            }
            for line in text.lines() {
                shown += match line.rsplit_once(" in ") {
                    Some((before, time)) if time.ends_with(" ms") => format!("{before} in … ms\n"),
                    _ => format!("{}\n", line.trim_end()),
                }
                .as_str();
            }
        }
        shown
    }

    #[track_caller]
    pub fn ends_with(self, status: i32) -> Self {
        assert_eq!(self.status, status, "{}", self.shown());
        self
    }
}

/// A site that is clean, one that has a warning, one that has an error and a warning.
const CLEAN: &str = "1.1 One.\n\n1.2 Two. See [[1.1]].";
const WARNING: &str = "1.1 One.\n\n1.3 Three.";
const ERROR: &str = "1.1 One. See [[1.9]].\n\n1.3 Three.";

// Help.

#[test]
fn help_is_something_to_start_from() {
    let desk = Desk::new();
    insta::assert_snapshot!(desk.run("--help").shown(), @"
    exit status 0
    ── standard output ──
    Turns a folder of guidance into a website in which every clause can be cited, linked and found

    Usage: clausebook [OPTIONS] [COMMAND]

    Commands:
      build        Build a site into a folder, whole or not at all
      bundle       Make one file of a site that can be handed on: a zip with everything, or a single
                   page
      verify       Say whether a copy is whole, or which of its files are missing, changed or added
      check        Check a site as `build` would, and write nothing
      epub         Make an e-book of a site, or of one document or pack: a file that e-readers and
                   telephones open
      text         Print a document or pack as plain text: numbered clauses, notes at the end, and the
                   law that it cites
      serve        Preview a site in a browser, and build it again whenever a file changes
      new          Make a small site that builds, explains itself, and shows every feature once
      init         Make a folder of texts a site: write its `site.toml`, and show what each text looks
                   like
      import       Make texts of papers that were not written for clausebook: .docx, .html, .md, .txt,
                   and .pdf where pdftotext is there
      publish      Write every address of a site into its ledger, as a new edition: from then on none
                   may be lost
      cite         Show what the recogniser makes of a text: works cited, places in them, addresses
      compare      Show what changed from one edition of a text to another, clause by clause
      renumber     Give a clause another number, or make room for a new one, and change every mention
                   with it
      theme        List the files of a site's theme, or copy one of them to start from
      explain      Explain a diagnostic by its code, with an example that raises it and one that does
                   not
      completions  Print a script that completes clausebook's commands in a shell
      help         Print this message or the help of the given subcommand(s)

    Options:
      -C, --directory <DIR>  Do as if the command were given in this folder
      -q, --quiet            Say only what is wrong
      -v, --verbose          Also say which site is meant and, of a build, where the time went
      -h, --help             Print help
      -V, --version          Print version

    First steps:
      clausebook new my-site      make a small site that explains itself
      clausebook serve my-site    preview it while you write
      clausebook build my-site    write it to the folder `public`

    Then open public/index.html in a browser: no server is needed.
    ");
    // Without a command there are those of the first day.
    insta::assert_snapshot!(desk.run("").ends_with(0).stdout, @"
    clausebook makes a website of guidance that people quote by paragraph number.

    On your first day:
      clausebook new my-site          make a small site that explains itself
      clausebook serve my-site        preview it while you write
      clausebook import PAPER.docx    make a text of a paper that you have: Word, PDF, web page
      clausebook build my-site        write the site to the folder `public`; open its index.html
      clausebook bundle my-site       make one file of it to hand on

    `clausebook help` lists all commands, and `clausebook help COMMAND` explains one.
    ");
    let version = concat!("clausebook ", env!("CARGO_PKG_VERSION"), "\n");
    assert_eq!(desk.run("-V").stdout, version);
    let long = desk.run("--version").stdout;
    assert!(long.starts_with(version) && long.ends_with(", with every feature: none can be left out\n"), "{long}");
}

#[test]
fn help_of_build_names_every_option() {
    insta::assert_snapshot!(Desk::new().run("build --help").shown(), @"
    exit status 0
    ── standard output ──
    Build a site into a folder, whole or not at all

    Nothing is written if there is an error. A finished build replaces the folder of the last one in one
    step. A folder that clausebook did not write is never touched.

    Usage: clausebook build [OPTIONS] [SITE]

    Arguments:
      [SITE]
              The site's folder, or a file in it: if left out, the current folder, `content`, or the
              nearest folder above that holds a `site.toml`

    Options:
          --base-url <URL>
              Address of the site on the web: for the feed, the sitemap and canonical links

          --deny <WHAT>
              With `warnings`: treat warnings as errors

          --format <FORMAT>
              Show errors and warnings for people, or on standard output for programs

              Possible values:
              - human: With the line and the place marked
              - short: `path:line:col: severity[code]: message`
              - json:  One JSON object a line

              [default: human]

      -j, --jobs <N>
              Number of threads to use, 64 at most; all processors if left out

      -o, --output <DIR>
              The folder to write; `public` if left out, unless that holds another site

          --timings
              Also print a table of where the time went

          --open
              Open the site in a browser when it is built

      -C, --directory <DIR>
              Do as if the command were given in this folder

      -q, --quiet
              Say only what is wrong

      -v, --verbose
              Also say which site is meant and, of a build, where the time went

      -h, --help
              Print help (see a summary with '-h')
    ");
}

#[test]
fn help_of_check_names_every_option() {
    insta::assert_snapshot!(Desk::new().run("check --help").shown(), @"
    exit status 0
    ── standard output ──
    Check a site as `build` would, and write nothing

    Usage: clausebook check [OPTIONS] [SITE]

    Arguments:
      [SITE]
              The site's folder, or a file in it: if left out, the current folder, `content`, or the
              nearest folder above that holds a `site.toml`

    Options:
          --base-url <URL>
              Address of the site on the web: for the feed, the sitemap and canonical links

          --deny <WHAT>
              With `warnings`: treat warnings as errors

          --format <FORMAT>
              Show errors and warnings for people, or on standard output for programs

              Possible values:
              - human: With the line and the place marked
              - short: `path:line:col: severity[code]: message`
              - json:  One JSON object a line

              [default: human]

      -j, --jobs <N>
              Number of threads to use, 64 at most; all processors if left out

          --suggest
              Also print where a mention or a row of the register would surely make a link, as a list
              and as a patch for `patch -p1` in the site's folder

          --apply
              Write what `--suggest` proposes into the files

          --stale <MONTHS>
              List the works that were not checked for so many months, with the clauses that cite them

      -C, --directory <DIR>
              Do as if the command were given in this folder

      -q, --quiet
              Say only what is wrong

      -v, --verbose
              Also say which site is meant and, of a build, where the time went

      -h, --help
              Print help (see a summary with '-h')
    ");
}

#[test]
fn help_of_the_other_commands() {
    let desk = Desk::new();
    insta::assert_snapshot!(desk.run("new --help").shown(), @"
    exit status 0
    ── standard output ──
    Make a small site that builds, explains itself, and shows every feature once

    Usage: clausebook new [OPTIONS] <DIR>

    Arguments:
      <DIR>
              The folder to make

    Options:
          --from <EXAMPLE>
              Begin with a shorter example, to write your own paper over

              Possible values:
              - rules:    Rules of a club, with its charges
              - policy:   A policy, with the steps that staff take
              - guidance: Guidance on a law, with a summary
              - standard: A standard whose headings have the numbers, with an annex

      -C, --directory <DIR>
              Do as if the command were given in this folder

      -q, --quiet
              Say only what is wrong

      -v, --verbose
              Also say which site is meant and, of a build, where the time went

      -h, --help
              Print help (see a summary with '-h')
    ");
    insta::assert_snapshot!(desk.run("explain --help").shown(), @"
    exit status 0
    ── standard output ──
    Explain a diagnostic by its code, with an example that raises it and one that does not

    Usage: clausebook explain [OPTIONS] [CODE]

    Arguments:
      [CODE]  The code, such as `unresolved-reference`; without one, all codes are listed

    Options:
          --json             Print JSON
      -C, --directory <DIR>  Do as if the command were given in this folder
      -q, --quiet            Say only what is wrong
      -v, --verbose          Also say which site is meant and, of a build, where the time went
      -h, --help             Print help
    ");
    insta::assert_snapshot!(desk.run("compare --help").shown(), @"
    exit status 0
    ── standard output ──
    Show what changed from one edition of a text to another, clause by clause

    OLD and NEW are two Markdown files or two sites. A file is read with the settings and the register
    of the site that holds it; a file in no site, with those of the other file. Of two sites, documents
    of one id are compared. The exit status is 0 if nothing differs, 1 if something does, and 2 if the
    command could not run.

    Usage: clausebook compare [OPTIONS] <OLD> <NEW>

    Arguments:
      <OLD>
              The old edition

      <NEW>
              The new one

    Options:
          --format <FORMAT>
              Show the changes for people, as a table of old and new numbers, or as a JSON object for
              each document

              Possible values:
              - human: Changes in full, with words that went in `[-…-]` and words that came in `{+…+}`
              - json:  A JSON object a line
              - csv:   Old and new numbers, for spreadsheets

              [default: human]

      -C, --directory <DIR>
              Do as if the command were given in this folder

      -q, --quiet
              Say only what is wrong

      -v, --verbose
              Also say which site is meant and, of a build, where the time went

      -h, --help
              Print help (see a summary with '-h')
    ");
    insta::assert_snapshot!(desk.run("completions --help").shown(), @"
    exit status 0
    ── standard output ──
    Print a script that completes clausebook's commands in a shell

    Usage: clausebook completions [OPTIONS] <SHELL>

    Arguments:
      <SHELL>  The shell [possible values: bash, elvish, fish, powershell, zsh]

    Options:
      -C, --directory <DIR>  Do as if the command were given in this folder
      -q, --quiet            Say only what is wrong
      -v, --verbose          Also say which site is meant and, of a build, where the time went
      -h, --help             Print help
    ");
}

#[test]
fn wrong_arguments_are_told_apart_from_wrong_content() {
    let desk = Desk::with_site(CLEAN);
    for line in [
        "publish",
        "build --colour",
        "build --deny errors",
        "build --jobs many",
        "build --format xml",
        "new",
        "build a b",
        "completions ksh",
        "build --output",
    ] {
        let done = desk.run(line).ends_with(2);
        assert!(done.stdout.is_empty() && done.stderr.contains("error: "), "{}", done.shown());
    }
    assert!(litter(desk.top.path(), &["site"]).is_empty());
    insta::assert_snapshot!(desk.run("buidl site").shown(), @"
    exit status 2
    ── standard error ──
    error: unrecognized subcommand 'buidl'

      tip: some similar subcommands exist: 'bundle', 'build'

    Usage: clausebook [OPTIONS] [COMMAND]

    For more information, try '--help'.
    ");
}

// `new`.

#[test]
fn the_new_site_builds_without_a_warning() {
    let desk = Desk::new();
    insta::assert_snapshot!(desk.run("new my-site").shown(), @"
    exit status 0
    ── standard error ──
    Made a small site in my-site. Now:
      clausebook build my-site
    and open public/index.html in a browser.
    ");
    let starter = tree(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/starter"));
    assert_eq!(desk.tree("my-site"), starter);
    insta::assert_snapshot!(desk.run("build my-site --deny warnings").shown(), @"
    exit status 0
    ── standard error ──
    Built 8 documents and 36 clauses into public (125 files, 125 changed) in … ms
    ");
    assert!(desk.path("public/index.html").is_file());
}

#[test]
fn new_never_writes_over_what_is_there() {
    let desk = Desk::new();
    desk.put("taken/rules.md", "mine");
    desk.put("file", "mine");
    insta::assert_snapshot!(desk.run("new taken").shown(), @"
    exit status 2
    ── standard error ──
    error: `taken` exists and is not an empty folder
    help: name a folder that does not exist yet
    ");
    desk.run("new file").ends_with(2);
    assert_eq!(desk.tree("").into_values().collect::<Vec<_>>(), [b"mine", b"mine"]);
    fs::create_dir(desk.path("empty")).unwrap();
    desk.run("new empty").ends_with(0);
    desk.run("new not/there/yet").ends_with(0);
    assert_eq!(desk.tree("empty"), desk.tree("not/there/yet"));
}

// `build` and `check`.

#[test]
fn the_site_is_the_current_folder_or_content() {
    let desk = Desk::new();
    desk.site("here/content", CLEAN);
    insta::assert_snapshot!(desk.run_in("here", ["build"]).shown(), @"
    exit status 0
    ── standard error ──
    Built 1 document and 2 clauses into public (52 files, 52 changed) in … ms
    ");
    // In the site itself the output goes into a folder of it, which is then no part of the site.
    for _ in 0..2 {
        desk.run_in("here/content", ["build"]).ends_with(0);
        // But for the marker, which says where the site is.
        let pages = |folder: &str| {
            let files = desk.tree(folder).into_iter();
            files.filter(|(path, _)| path != ".clausebook").collect::<Vec<_>>()
        };
        assert_eq!(pages("here/content/public"), pages("here/public"));
    }
    desk.run_in("here/content", ["check", "--deny", "warnings"]).ends_with(0);
}

#[test]
fn a_command_finds_its_site_from_a_folder_or_a_text_in_it() {
    let desk = Desk::new();
    desk.site("here/content", CLEAN);
    desk.put("here/content/drafts/deep/later.md", "+++\ntitle = \"Later\"\n+++\n\n1.1 Later.\n");
    // Deep in the site: what is written goes to the top of it.
    desk.run_in("here/content/drafts/deep", ["build"]).ends_with(0);
    assert!(desk.path("here/content/public/index.html").is_file());
    assert!(litter(&desk.path("here/content/drafts/deep"), &["later.md"]).is_empty());
    // A site beside is named, and what is written stays here.
    fs::create_dir(desk.path("beside")).unwrap();
    desk.run_in("beside", ["build", "../here/content"]).ends_with(0);
    assert!(desk.path("beside/public/index.html").is_file());
    // A text stands for the site that it is in.
    desk.run_in("here", ["build", "content/paper.md"]).ends_with(0);
    assert!(desk.path("here/public/paper.html").is_file());
    let lost = desk.run_in("", ["check", "here/public/index.html"]).ends_with(2);
    assert!(lost.stderr.contains("`here/public/index.html` is in no site"), "{}", lost.stderr);
    // As if the command were given elsewhere.
    let found = desk.run("-C here/content check -v").ends_with(0);
    assert!(found.stderr.contains("Site: .\n") && found.stderr.contains("Checked 2 documents"), "{}", found.stderr);
    let none = desk.run("check -C nowhere").ends_with(2);
    assert!(none.stderr.contains("error: cannot enter the folder `nowhere`"), "{}", none.stderr);
}

#[test]
fn a_command_says_as_much_as_it_is_told_to() {
    let desk = Desk::with_site(CLEAN);
    let quiet = desk.run("build site -q").ends_with(0);
    assert_eq!((quiet.stdout.as_str(), quiet.stderr.as_str()), ("", ""));
    let loud = desk.run("build site -v --base-url https://example.org/").ends_with(0);
    assert!(loud.stderr.starts_with("Site: site\n") && loud.stderr.contains("Making pages"), "{}", loud.stderr);
    desk.put("site/paper.md", "+++\ntitle = \"Paper\"\n+++\n\n1.1 One. See [[1.9]].\n");
    let wrong = desk.run("--quiet check site").ends_with(1);
    assert!(wrong.stderr.contains("error[unresolved-reference]"), "{}", wrong.stderr);
    desk.run("check site -q -v").ends_with(2);
    // No command reports what it has done. What was asked for is still printed.
    desk.site("other", CLEAN);
    desk.put("texts/a.md", "# A\n\n1.1 One.\n");
    for line in [
        "new made -q",
        "init texts -q",
        "publish other --note First -q",
        "bundle other -o other.zip -q",
        "verify other.zip -q",
        "epub other -o other.epub -q",
        "theme eject about.html other -q",
        "renumber paper 1.2 --to 1.3 other -q",
    ] {
        let mut command = clausebook();
        let done = command.current_dir(desk.path("")).args(line.split(' ')).stdin(Stdio::null()).output().unwrap();
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!(done.status.success() && said.is_empty(), "{line}: {said}");
    }
}

#[test]
fn a_folder_with_a_space_is_named_as_a_shell_takes_it() {
    let desk = Desk::new();
    let made = desk.run_in("", ["new", "our hall"]);
    assert!(made.stderr.contains("  clausebook build 'our hall'\n"), "{}", made.stderr);
}

#[test]
fn the_pages_of_the_systems_manual_are_those_of_the_commands() {
    let desk = Desk::new();
    fs::create_dir(desk.path("man")).unwrap();
    desk.run("man man").ends_with(0);
    let pages = desk.tree("man");
    assert!(pages["clausebook.1"].starts_with(b".ie"), "{:?}", pages.keys());
    assert!(String::from_utf8_lossy(&pages["clausebook-build.1"]).contains("Build a site into a folder"));
    desk.run("man nowhere").ends_with(2);
}

#[test]
fn where_there_is_no_site_that_is_said() {
    let desk = Desk::new();
    desk.put("notes/a.md", "1.1 One.");
    insta::assert_snapshot!(desk.run("build").shown(), @"
    exit status 2
    ── standard error ──
    error: there is no site here: neither this folder, nor `content`, nor a folder above has a `site.toml`
    help: name the folder that holds the site's `site.toml`, or make a small site with `clausebook new my-site`
    ");
    insta::assert_snapshot!(desk.run("build elsewhere").shown(), @"
    exit status 2
    ── standard error ──
    error: there is no file or folder `elsewhere`
    help: name the folder that holds the site's `site.toml`, or make a small site with `clausebook new my-site`
    ");
    insta::assert_snapshot!(desk.run("build notes").shown(), @"
    exit status 2
    ── standard error ──
    error: `notes` holds no site: it has no `site.toml`
    help: name the folder that holds the site's `site.toml`, or make a small site with `clausebook new my-site`
    ");
    desk.run("check notes").ends_with(2);
    desk.run("build notes/a.md").ends_with(2);
    assert!(litter(desk.top.path(), &["notes"]).is_empty());
}

#[test]
fn an_error_in_the_content_stops_the_build_and_a_warning_does_not() {
    let desk = Desk::with_site(ERROR);
    desk.run("check site").ends_with(1);
    desk.run("build site").ends_with(1);
    assert!(litter(desk.top.path(), &["site"]).is_empty());

    desk.site("site", WARNING);
    insta::assert_snapshot!(desk.run("check site").shown(), @r#"
    exit status 0
    ── standard error ──
    warning[number-gap]: 1.3 follows 1.1: a number is left out
     --> site/paper.md:7:1
      |
    7 | 1.3 Three.
      | ^^^
      |
     ::: site/paper.md:5:1
      |
    5 | 1.1 One.
      | --- the number before
      |
      = help: if the paper leaves it out too, say so in a clause "[Not used]"; if this is no clause, escape it: `3\.5`

    Checked 1 document and 2 clauses: 1 warning
    "#);
    insta::assert_snapshot!(desk.run("build site --deny warnings").shown(), @r#"
    exit status 1
    ── standard error ──
    warning[number-gap]: 1.3 follows 1.1: a number is left out
     --> site/paper.md:7:1
      |
    7 | 1.3 Three.
      | ^^^
      |
     ::: site/paper.md:5:1
      |
    5 | 1.1 One.
      | --- the number before
      |
      = help: if the paper leaves it out too, say so in a clause "[Not used]"; if this is no clause, escape it: `3\.5`

    0 errors and 1 warning (denied): nothing was written
    "#);
    desk.run("check site --deny warnings").ends_with(1);
    assert!(litter(desk.top.path(), &["site"]).is_empty());
    desk.run("build site").ends_with(0);

    desk.site("site", CLEAN);
    insta::assert_snapshot!(desk.run("check site --deny warnings").shown(), @"
    exit status 0
    ── standard error ──
    Checked 1 document and 2 clauses: nothing wrong
    ");
}

#[test]
fn people_read_what_is_wrong_on_standard_error() {
    insta::assert_snapshot!(Desk::with_site(ERROR).run("build site").shown(), @r#"
    exit status 1
    ── standard error ──
    error[unresolved-reference]: `[[1.9]]` leads nowhere: paper has no 1.9
     --> site/paper.md:5:14
      |
    5 | 1.1 One. See [[1.9]].
      |              ^^^^^^^
      |
      = help: did you mean `1.1`?

    warning[number-gap]: 1.3 follows 1.1: a number is left out
     --> site/paper.md:7:1
      |
    7 | 1.3 Three.
      | ^^^
      |
     ::: site/paper.md:5:1
      |
    5 | 1.1 One. See [[1.9]].
      | --- the number before
      |
      = help: if the paper leaves it out too, say so in a clause "[Not used]"; if this is no clause, escape it: `3\.5`

    1 error and 1 warning: nothing was written
    "#);
}

#[test]
fn what_would_make_a_link_is_proposed_as_a_list_and_as_a_patch() {
    let desk = Desk::with_site(
        "1.1 Under the Children Act 2004 partners meet, as the duty in section 10 asks. See the Housing Act 1996.",
    );
    desk.put("site/authorities.toml", "[ca2004]\ntitle = \"Children Act 2004\"\nkind = \"act\"\n");
    insta::assert_snapshot!(desk.run("check site --suggest").stdout, @r#"
    site/paper.md:5:63: “section 10” names no work; if it is one of Children Act 2004, write `[[ca2004 s 10|section 10]]`
    site/paper.md:5:88: “Housing Act 1996” would be a link with a row `[ha1996]` in authorities.toml
    --- a/authorities.toml
    +++ b/authorities.toml
    @@ -1,3 +1,8 @@
     [ca2004]
     title = "Children Act 2004"
     kind = "act"
    +
    +[ha1996]
    +title = "Housing Act 1996"
    +kind = "act"
    +work = "ukpga/1996/52"
    --- a/paper.md
    +++ b/paper.md
    @@ -2,4 +2,4 @@
     title = "Paper"
     +++
     
    -1.1 Under the Children Act 2004 partners meet, as the duty in section 10 asks. See the Housing Act 1996.
    +1.1 Under the Children Act 2004 partners meet, as the duty in [[ca2004 s 10|section 10]] asks. See the Housing Act 1996.
    "#);
}

#[test]
fn a_text_may_be_tried_against_the_register() {
    let desk = Desk::with_site("1.1 Words.");
    desk.put(
        "site/authorities.toml",
        "[ca2004]\ntitle = \"Children Act 2004\"\nkind = \"act\"\nwork = \"ukpga/2004/31\"\n",
    );
    let text = "See s 10(1)(b) of the Children Act 2004 and the Housing Act 1996.";
    insta::assert_snapshot!(desk.run_in("", ["cite", text, "site", "--as-at", "2008-04"]).stdout, @"
    s 10(1)(b) of the Children Act 2004
      Children Act 2004, s 10(1)(b)
      section/10/1/b  https://www.legislation.gov.uk/ukpga/2004/31/section/10#section-10-1-b  https://www.legislation.gov.uk/ukpga/2004/31/section/10/2008-04-30#section-10-1-b
    Housing Act 1996
      undeclared-authority: “Housing Act 1996” looks like a work that the register does not declare
    ");
    insta::assert_snapshot!(desk.run_in("", ["cite", text, "site", "--json"]).stdout, @r#"
    {"citations":[{"key":"ca2004","work":"ukpga/2004/31","title":"Children Act 2004","text":"s 10(1)(b) of the Children Act 2004","oscola":"Children Act 2004, s 10(1)(b)","url":"https://www.legislation.gov.uk/ukpga/2004/31","as_at_url":null,"provisions":[{"path":"section/10/1/b","pinpoint":"s 10(1)(b)","url":"https://www.legislation.gov.uk/ukpga/2004/31/section/10#section-10-1-b","as_at_url":null}]}],"diagnostics":[{"code":"undeclared-authority","message":"“Housing Act 1996” looks like a work that the register does not declare","text":"Housing Act 1996"}]}
    "#);
    assert_eq!(desk.run_in("", ["cite", "Nothing of that kind.", "site"]).status, 0);
    assert_eq!(desk.run_in("", ["cite", text, "site", "--as-at", "spring"]).status, 2);
    // A row that is wrong is why its work is not found.
    desk.put("site/authorities.toml", "[CA2004]\ntitle = \"Children Act 2004\"\nkind = \"act\"\n");
    let wrong = desk.run_in("", ["cite", text, "site"]);
    assert!(wrong.stderr.contains("`CA2004` cannot be a name"), "{}", wrong.stderr);
}

#[test]
fn a_comparison_counts_in_the_word_of_its_papers() {
    let desk = Desk::with_site("1.1 Keys are kept by the caretaker.");
    let rules = |rest: &str| {
        format!(
            "+++\ntitle = \"Rules\"\nunit = [\"entry\", \"entries\"]\nnumbering = \"simple\"\n+++\n\n1. Doors are locked at ten.\n\n2. Cups are washed by those who drink.\n\n{rest}"
        )
    };
    desk.put("old.md", &rules(""));
    desk.put("new.md", &rules("3. Dogs stay outside.\n"));
    let said = desk.run("compare old.md new.md").shown();
    assert!(said.contains("2 entries before, 3 now: 2 unchanged, 1 new"), "{said}");
    assert!(said.contains("2 entries unchanged: 1 to 2"), "{said}");
    desk.put("site/old.md", &rules("").replace("+++\ntitle", "+++\nid = \"old\"\ntitle"));
    desk.put(
        "site/new.md",
        &rules("3. Dogs stay outside.\n").replace("+++\ntitle", "+++\nid = \"new\"\nreplaces = \"old\"\ntitle"),
    );
    let done = desk.run("build site --output out").shown();
    let page = std::fs::read_to_string(desk.path("out/compare/old--new.html")).unwrap_or(done);
    assert!(page.contains("2 entries unchanged: 1 to 2"), "{page}");
}

#[test]
fn two_files_may_be_compared_wherever_they_lie() {
    let desk = Desk::with_site(
        "1.1 They should meet once in every month of the year.\n\n1.2 See [[1.1]] and [[ca2004 s 10]].",
    );
    desk.put("site/authorities.toml", "[ca2004]\ntitle = \"Children Act 2004\"\nkind = \"act\"\n");
    // A draft in no site is read with the register of the other file's.
    let draft = "+++\ntitle = \"Draft\"\n+++\n\n1.1 They must meet once in every month of the year.\n\n1.2 Bring your own cup, \u{1b}[31mplease.\n\n1.3 See [[1.1]] and [[ca2004 s 10]].\n";
    desk.put("Draft 2.md", &draft.replace('\u{1b}', ""));
    insta::assert_snapshot!(desk.run_in("", ["compare", "site/paper.md", "Draft 2.md"]).shown(), @r#"
    exit status 1
    ── standard output ──
    Paper → Draft
    2 paragraphs before, 3 now: 1 renumbered, 1 reworded, 1 new
    A duty word changed in 1 paragraph

    1.1: reworded
      ! “should” is now “must”
      They [-should-] {+must+} meet once in every month of the year.

    1.2: new
      {+Bring your own cup, [31mplease.+}

    1 paragraph renumbered, with no word changed: 1.2 is now 1.3
    "#);
    insta::assert_snapshot!(desk.run_in("", ["compare", "site/paper.md", "Draft 2.md", "--format", "csv"]).shown(), @r#"
    exit status 1
    ── standard output ──
    old,new,change,old url,new url,flags
    1.1,1.1,reworded,paper.html#1.1,,“should” is now “must”
    ,1.2,new,,,
    1.2,1.3,renumbered,paper.html#1.2,,
    "#);
    insta::assert_snapshot!(desk.run_in("", ["compare", "site/paper.md", "Draft 2.md", "--format", "json"]).shown(), @r#"
    exit status 1
    ── standard output ──
    {"changes":[{"change":["reworded"],"flags":[{"kind":"duty","new":"must","old":"should"}],"new":[{"number":"1.1","url":""}],"old":[{"number":"1.1","url":"paper.html#1.1"}],"words":[{"is":"same","text":"They"},{"is":"removed","text":" should"},{"is":"added","text":" must"},{"is":"same","text":" meet once in every month of the year."}]},{"change":["new"],"flags":[],"new":[{"number":"1.2","url":""}],"old":[],"words":[{"is":"added","text":"Bring your own cup, [31mplease."}]},{"change":["renumbered"],"flags":[],"new":[{"number":"1.3","url":""}],"old":[{"number":"1.2","url":"paper.html#1.2"}],"words":[]}],"title":"Paper → Draft"}
    "#);
    insta::assert_snapshot!(desk.run("compare site/paper.md site/paper.md").shown(), @r#"
    exit status 0
    ── standard output ──
    Paper
    2 paragraphs before, 2 now: 2 unchanged

    2 paragraphs unchanged: 1.1 to 1.2
    "#);
    // What would reach a terminal as a command is refused as it is in a site.
    desk.put("Draft 2.md", draft);
    insta::assert_snapshot!(desk.run_in("", ["compare", "site/paper.md", "Draft 2.md"]).shown(), @r#"
    exit status 2
    ── standard error ──
    error: `Draft 2.md`: U+001B is a control character
    help: remove it
    "#);
}

#[test]
fn two_sites_are_compared_document_by_document() {
    let desk = Desk::with_site(CLEAN);
    desk.site("later", &CLEAN.replace("One.", "Won."));
    desk.put("later/more.md", "+++\ntitle = \"More\"\n+++\n\n1.1 More.\n");
    desk.put("site/gone.md", "+++\ntitle = \"Gone\"\n+++\n\n1.1 Gone.\n");
    insta::assert_snapshot!(desk.run("compare site later").shown(), @r#"
    exit status 1
    ── standard output ──
    More
    0 paragraphs before, 1 now: 1 new

    1.1: new
      {+More.+}

    Paper
    2 paragraphs before, 2 now: 1 reworded, 1 new, 1 removed
    A mention leads elsewhere in 1 paragraph

    1.1: removed
      [-One.-]

    1.1: new
      {+Won.+}

    1.2: reworded
      ! 1.1 is now the number of another paragraph
      Two. See 1.1.

    Gone
    1 paragraph before, 0 now: 1 removed

    1.1: removed
      [-Gone.-]
    "#);
    insta::assert_snapshot!(desk.run("compare site site").shown(), @r#"
    exit status 0
    ── standard output ──
    Nothing differs.
    "#);
    insta::assert_snapshot!(desk.run("compare site later/more.md").shown(), @r#"
    exit status 2
    ── standard error ──
    error: a file cannot be compared with a folder
    help: name two files or two sites
    "#);
    assert_eq!(desk.run("compare site/nothing.md later/more.md").status, 2);
}

#[test]
fn programs_read_what_is_wrong_on_standard_output() {
    let desk = Desk::with_site(ERROR);
    insta::assert_snapshot!(desk.run("check site --format short").shown(), @r#"
    exit status 1
    ── standard output ──
    site/paper.md:5:14: error[unresolved-reference]: `[[1.9]]` leads nowhere: paper has no 1.9 (did you mean `1.1`?)
    site/paper.md:7:1: warning[number-gap]: 1.3 follows 1.1: a number is left out (if the paper leaves it out too, say so in a clause "[Not used]"; if this is no clause, escape it: `3\.5`)
    ── standard error ──
    1 error and 1 warning: nothing was written
    "#);
    insta::assert_snapshot!(desk.run("check site --format json").shown(), @r#"
    exit status 1
    ── standard output ──
    {"code":"unresolved-reference","column":14,"end":45,"help":"did you mean `1.1`?","labels":[],"line":5,"message":"`[[1.9]]` leads nowhere: paper has no 1.9","path":"site/paper.md","severity":"error","start":38}
    {"code":"number-gap","column":1,"end":51,"help":"if the paper leaves it out too, say so in a clause \"[Not used]\"; if this is no clause, escape it: `3\\.5`","labels":[{"column":1,"line":5,"message":"the number before","path":"site/paper.md"}],"line":7,"message":"1.3 follows 1.1: a number is left out","path":"site/paper.md","severity":"warning","start":48}
    ── standard error ──
    1 error and 1 warning: nothing was written
    "#);
    // Paths lead from the current folder, so that an editor can follow them.
    let inside = desk.run_in("site", ["check", "--format", "short"]);
    assert!(inside.stdout.starts_with("paper.md:5:14: error[unresolved-reference]: "), "{}", inside.shown());
    desk.site("site", CLEAN);
    for format in ["short", "json"] {
        assert_eq!(desk.run(&format!("check site --format {format}")).ends_with(0).stdout, "");
    }
}

#[test]
fn people_see_the_first_fifty_and_programs_all() {
    let desk = Desk::with_site(&format!("1.1 Notes.\n\n{}", "See [[9.9]].\n\n".repeat(60)));
    let human = desk.run("check site").ends_with(1).stderr;
    assert_eq!(human.matches("error[unresolved-reference]").count(), 50);
    assert!(human.contains("… and 10 more; `--format short` lists them all"), "{human}");
    assert_eq!(desk.run("check site --format short").stdout.lines().count(), 60);
}

#[test]
fn a_failed_build_leaves_the_old_site_as_it_was() {
    let desk = Desk::with_site(CLEAN);
    desk.run("build site").ends_with(0);
    let old = desk.tree("public");
    for wrong in [ERROR, "1.1 One. See ![[nothing]].", "1.1 <b>One</b> and [^none]."] {
        desk.site("site", wrong);
        let done = desk.run("build site").ends_with(1);
        assert!(done.stderr.ends_with(": nothing was written\n"), "{}", done.shown());
        assert_eq!(desk.tree("public"), old);
    }
    desk.site("site", WARNING);
    desk.run("build site --deny warnings").ends_with(1);
    assert_eq!(desk.tree("public"), old);
    assert!(litter(desk.top.path(), &["site", "public"]).is_empty());
    desk.run("build site").ends_with(0);
    assert_ne!(desk.tree("public"), old);
}

#[test]
fn a_base_address_must_be_one_of_a_folder() {
    let desk = Desk::with_site(CLEAN);
    insta::assert_snapshot!(desk.run("build site --base-url ftp://example.org/").shown(), @"
    exit status 2
    ── standard error ──
    error: `ftp://example.org/` is not the address of a folder on the web
    help: write an address such as https://example.org/trusts/
    ");
    for url in [
        "example.org",
        "https://",
        "https:///a",
        "https://example.org/?q",
        "https://example.org/#a",
        "/a/",
        "",
        "javascript:1",
    ] {
        desk.run_in("", ["check", "site", "--base-url", url]).ends_with(2);
    }
    assert!(litter(desk.top.path(), &["site"]).is_empty());

    // It stands over the one in the settings.
    desk.put("site/site.toml", "title = \"A site\"\nbase-url = \"https://old.example/\"\n");
    desk.run("build site --base-url https://example.org/trusts").ends_with(0);
    let page = String::from_utf8(desk.tree("public")["paper.html"].clone()).unwrap();
    assert!(page.contains("<link rel=\"canonical\" href=\"https://example.org/trusts/paper.html\">"), "{page}");
    assert!(desk.path("public/sitemap.xml").is_file());
    let old = |bytes: &Vec<u8>| String::from_utf8_lossy(bytes).contains("old.example");
    assert!(!desk.tree("public").values().any(old));
}

#[test]
fn a_folder_that_is_not_for_the_output_is_refused_before_anything_is_read() {
    let desk = Desk::with_site(ERROR);
    desk.put("mine/notes.txt", "mine");
    insta::assert_snapshot!(desk.run("build site --output site").shown(), @"
    exit status 2
    ── standard error ──
    error: `site` cannot be the output folder: it is the site
    help: name a folder of its own with `--output`, such as `public`
    ");
    insta::assert_snapshot!(desk.run("build site --output mine").shown(), @"
    exit status 2
    ── standard error ──
    error: `mine` holds what clausebook did not write: `notes.txt`
    help: move that out, or delete the folder yourself
    ");
    desk.put("site/permalinks/moves.toml", "");
    desk.put("site/pictures/of/plan.png", "");
    let before = desk.tree("");
    for output in ["permalinks", "pictures", "pictures/of", "theme"] {
        let done = desk.run(&format!("build site --output site/{output}")).ends_with(2);
        assert!(done.stderr.contains(&format!("`site/{output}` cannot be the output folder: it is part of the site")));
    }
    for output in [".", "..", "/", "site/..", "site/site.toml", "mine/notes.txt"] {
        desk.run_in("", ["build", "site", "--output", output]).ends_with(2);
    }
    desk.run_in("", ["build".as_ref(), "site".as_ref(), "--output".as_ref(), desk.top.path().as_os_str()]).ends_with(2);
    assert_eq!(desk.tree(""), before);
}

#[test]
fn what_a_person_put_into_the_output_stays_there() {
    let desk = Desk::with_site(CLEAN);
    desk.run("build site").ends_with(0);
    desk.put("public/CNAME", "example.org");
    let before = desk.tree("public");
    insta::assert_snapshot!(desk.run("build site").shown(), @"
    exit status 2
    ── standard error ──
    error: `public` holds what clausebook did not write: `CNAME`
    help: move that out, or delete the folder yourself
    ");
    assert_eq!(desk.tree("public"), before);
    fs::remove_file(desk.path("public/CNAME")).unwrap();
    desk.put("public/index.html", "changed by hand");
    insta::assert_snapshot!(desk.run("build site").shown(), @"
    exit status 2
    ── standard error ──
    error: `public` holds what clausebook did not write: `index.html` (changed)
    help: move that out, or delete the folder yourself
    ");
    assert_eq!(desk.tree("public")["index.html"], b"changed by hand");
}

#[test]
fn two_builds_give_the_same_bytes_on_however_many_threads() {
    let desk = Desk::new();
    desk.run("new site").ends_with(0);
    let line = "build site --base-url https://example.org/";
    desk.run(line).ends_with(0);
    let first = desk.tree("public");
    desk.run(line).ends_with(0);
    assert_eq!(desk.tree("public"), first);
    for jobs in ["1", "2", "7"] {
        desk.run(&format!("{line} --output jobs-{jobs} --jobs {jobs}")).ends_with(0);
        assert!(desk.tree(&format!("jobs-{jobs}")) == first, "{jobs}");
    }
    // Nor does it matter from where, or what was there before.
    desk.run_in("site", ["build", "--base-url", "https://example.org/", "--output", "../from-inside"]).ends_with(0);
    assert!(desk.tree("from-inside") == first);
}

// `explain` and `completions`.

#[test]
fn explain_gives_the_clause_of_the_manual() {
    let desk = Desk::new();
    let codes = desk.run("explain").ends_with(0).stdout;
    assert!(codes.contains("\nunresolved-reference        error\n"), "{codes}");
    assert!(codes.contains("\nnumber-gap                  warning\n"), "{codes}");
    for code in codes.lines().filter_map(|line| line.split_whitespace().next()) {
        let clause = desk.run(&format!("explain {code}")).ends_with(0).stdout;
        let (head, words) = clause.split_once("\n\n").unwrap();
        assert!(head == format!("error [{code}]") || head == format!("warning [{code}]"), "{clause}");
        assert!(words.len() > 100 && !words.contains(&format!("{{#{code}}}")), "{clause}");
    }
}

#[test]
fn explain_guesses_what_a_mistyped_code_was_to_be() {
    let desk = Desk::new();
    insta::assert_snapshot!(desk.run("explain unresolved-refrence").shown(), @"
    exit status 2
    ── standard error ──
    error: there is no diagnostic `unresolved-refrence`
    help: did you mean `unresolved-reference`?
    ");
    insta::assert_snapshot!(desk.run("explain 42").shown(), @"
    exit status 2
    ── standard error ──
    error: there is no diagnostic `42`
    help: `clausebook explain` lists all codes
    ");
}

#[test]
fn completions_are_made_for_each_shell() {
    let desk = Desk::new();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = desk.run(&format!("completions {shell}")).ends_with(0).stdout;
        for word in ["clausebook", "build", "check", "new", "explain", "completions", "base-url", "deny"] {
            assert!(script.contains(word), "{shell} lacks {word}");
        }
    }
}

// Among other programs.

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_is_no_fault() {
    let desk = Desk::with_site(&"See [[9.9]].\n\n".repeat(2000));
    for (line, status) in [("explain", 0), ("--help", 0), ("completions zsh", 0), ("check site --format json", 1)] {
        let mut child = clausebook()
            .current_dir(desk.top.path())
            .args(line.split(' '))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(status), "{line}: {said}");
        assert!(!said.contains("panicked"), "{line}: {said}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn colour_is_for_terminals_whose_reader_wants_it() {
    let desk = Desk::with_site(ERROR);
    // `script` runs a command in a terminal of its own.
    let in_terminal = |setting: Option<&str>| {
        let line = format!("{} check site", env!("CARGO_BIN_EXE_clausebook"));
        let mut command = Command::new("script");
        command
            .args(["-qec", &line, "/dev/null"])
            .current_dir(desk.top.path())
            .env_remove("NO_COLOR")
            .env("TERM", "xterm");
        setting.map(|value| command.env("NO_COLOR", value));
        let output = command.stdin(Stdio::null()).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(text.contains("unresolved-reference"), "{text}");
        text.contains('\u{1b}')
    };
    assert!(in_terminal(None));
    assert!(!in_terminal(Some("1")));
    // By <https://no-color.org>, an empty setting is none.
    assert!(in_terminal(Some("")));
    assert!(!desk.run("check site").stderr.contains('\u{1b}'));
}

// Renumber.

/// A site with two documents, the second of which mentions clauses of the first.
fn with_mentions() -> Desk {
    let desk = Desk::with_site("3.37 The board meets.\n\n3.38 It has a chair.\n\n3.39 It has a clerk. See [[3.38]].");
    let other = "+++\ntitle = \"Other\"\n+++\n\n1.1 See [[paper#3.38]] and [[paper#3.39]], as paragraph 3.38 says.\n";
    desk.put("site/folder/other.md", other);
    desk
}

#[test]
fn renumber_changes_the_files_and_prints_the_rows() {
    let desk = with_mentions();
    insta::assert_snapshot!(desk.run("renumber paper 3.38 --insert site").shown(), @"
    exit status 0
    ── standard error ──
    Renumbered 2 clauses of paper:
      3.38 → 3.39
      3.39 → 3.40
    3 mentions changed with them:
      site/folder/other.md: 2
      site/paper.md: 1
    These words may mean a clause by its old number, and were left as they are:
      site/folder/other.md:5:57: 3.38 (now 3.39)
    paper is not published yet: its old addresses need no rows.
    ");
    assert_eq!(litter(&desk.path("site"), &["site.toml", "index.md", "paper.md", "folder"]), Vec::<String>::new());
    insta::assert_snapshot!(desk.run("check site --format short").ends_with(0).shown(), @r#"
    exit status 0
    ── standard output ──
    site/paper.md:7:1: warning[number-gap]: 3.39 follows 3.37: a number is left out (if the paper leaves it out too, say so in a clause "[Not used]"; if this is no clause, escape it: `3\.5`)
    ── standard error ──
    Checked 2 documents and 4 clauses: 1 warning
    "#);
    // Once it is published, rows are needed.
    desk.run("publish site").ends_with(0);
    insta::assert_snapshot!(desk.run("renumber paper 3.39 --to 3.38 site").ends_with(0).shown(), @r#"
    exit status 0
    ── standard output ──
    [[renumbered]]
    from = "paper#3.39"
    to = "paper#3.38"
    reason = "It was given another number."
    ── standard error ──
    Renumbered 1 clause of paper:
      3.39 → 3.38
    2 mentions changed with them:
      site/folder/other.md: 1
      site/paper.md: 1
    To keep the old addresses working, add to permalinks/moves.toml:
    "#);
    desk.run("check site").ends_with(1);
    desk.run("renumber paper 3.38 --to 3.39 site").ends_with(0);
    insta::assert_snapshot!(desk.run("renumber paper 3.39 --to 3.38 --write-moves site").ends_with(0).shown(), @"
    exit status 0
    ── standard error ──
    Renumbered 1 clause of paper:
      3.39 → 3.38
    2 mentions changed with them:
      site/folder/other.md: 1
      site/paper.md: 1
    permalinks/moves.toml has the rows for the old addresses.
    ");
    desk.run("check site").ends_with(0);
    // Another change leads the row on; one that undoes the first makes it idle.
    insta::assert_snapshot!(desk.run("renumber paper 3.38 --to 3.37A --write-moves site").ends_with(0).shown(), @"
    exit status 0
    ── standard error ──
    Renumbered 1 clause of paper:
      3.38 → 3.37A
    3 mentions changed with them:
      site/folder/other.md: 1
      site/paper.md: 1
      site/permalinks/moves.toml: 1
    These words may mean a clause by its old number, and were left as they are:
      site/folder/other.md:5:57: 3.38 (now 3.37A)
    No new row is needed in permalinks/moves.toml.
    ");
    insta::assert_snapshot!(desk.run("renumber paper 3.37A --to 3.39 --write-moves site").ends_with(0).shown(), @"
    exit status 0
    ── standard error ──
    Renumbered 1 clause of paper:
      3.37A → 3.39
    3 mentions changed with them:
      site/folder/other.md: 1
      site/paper.md: 1
      site/permalinks/moves.toml: 1
    These rows lead from an address to itself now: remove them.
      site/permalinks/moves.toml:3:6
    No new row is needed in permalinks/moves.toml.
    ");
}

#[test]
fn a_dry_run_of_renumber_prints_a_patch_and_touches_nothing() {
    let desk = with_mentions();
    desk.run("publish site").ends_with(0);
    let before = desk.tree("site");
    insta::assert_snapshot!(desk.run("renumber paper 3.39 --insert --dry-run --write-moves site").ends_with(0).shown(), @r#"
    exit status 0
    ── standard output ──
    --- a/site/folder/other.md
    +++ b/site/folder/other.md
    @@ -2,4 +2,4 @@
     title = "Other"
     +++

    -1.1 See [[paper#3.38]] and [[paper#3.39]], as paragraph 3.38 says.
    +1.1 See [[paper#3.38]] and [[paper#3.40]], as paragraph 3.38 says.
    --- a/site/paper.md
    +++ b/site/paper.md
    @@ -6,4 +6,4 @@

     3.38 It has a chair.

    -3.39 It has a clerk. See [[3.38]].
    +3.40 It has a clerk. See [[3.38]].
    --- a/site/permalinks/moves.toml
    +++ b/site/permalinks/moves.toml
    @@ -0,0 +1,4 @@
    +[[renumbered]]
    +from = "paper#3.39"
    +to = "paper#3.40"
    +reason = "A clause was inserted before it."
    ── standard error ──
    Would renumber 1 clause of paper:
      3.39 → 3.40
    1 mention would change with them:
      site/folder/other.md: 1
    permalinks/moves.toml would have the rows for the old addresses then.
    "#);
    assert!(desk.tree("site") == before);
}

#[test]
fn renumber_says_why_it_cannot() {
    let desk = with_mentions();
    let before = desk.tree("site");
    insta::assert_snapshot!(desk.run("renumber paper 3.38 --to 3.39 site").shown(), @"
    exit status 2
    ── standard error ──
    error: 3.39 is the number of another clause
    help: make room for it first: `clausebook renumber paper 3.39 --insert`
    ");
    insta::assert_snapshot!(desk.run("renumber paper three --insert site").shown(), @"
    exit status 2
    ── standard error ──
    error: `three` is not the number of a clause
    help: write one such as 3.38, 3.38A or 17
    ");
    insta::assert_snapshot!(desk.run("renumber paper 3.38 site").shown(), @"
    exit status 2
    ── standard error ──
    error: the following required arguments were not provided:
      <--insert|--to <NUMBER>>

    Usage: clausebook renumber <--insert|--to <NUMBER>> <DOC> <NUMBER> <SITE>

    For more information, try '--help'.
    ");
    assert!(desk.tree("site") == before);
    desk.site("site", ERROR);
    insta::assert_snapshot!(desk.run("renumber paper 1.1 --insert site").shown(), @"
    exit status 1
    ── standard error ──
    error[unresolved-reference]: `[[paper#3.38]]` leads nowhere: paper has no 3.38
     --> site/folder/other.md:5:9
      |
    5 | 1.1 See [[paper#3.38]] and [[paper#3.39]], as paragraph 3.38 says.
      |         ^^^^^^^^^^^^^^

    error[unresolved-reference]: `[[paper#3.39]]` leads nowhere: paper has no 3.39
     --> site/folder/other.md:5:28
      |
    5 | 1.1 See [[paper#3.38]] and [[paper#3.39]], as paragraph 3.38 says.
      |                            ^^^^^^^^^^^^^^

    error[unresolved-reference]: `[[1.9]]` leads nowhere: paper has no 1.9
     --> site/paper.md:5:14
      |
    5 | 1.1 One. See [[1.9]].
      |              ^^^^^^^
      |
      = help: did you mean `1.1`?

    the site has errors: nothing was changed
    help: fix them first: what leads nowhere now would lead to the wrong clause then
    ");
}

#[test]
fn renumber_changes_no_byte_but_those_of_numbers() {
    let desk = with_mentions();
    let paper = "\u{feff}+++\r\ntitle = \"Paper\"\r\n+++\r\n\r\n3.38 \tOdd   spacing. \t\r\n\r\n\r\n3.39\u{a0}Café é.\t[[ 3.38 ]]\u{2003}\r\nand [[3.38-3.39|é]]\r\n\r\n3.40  Last: ‘[[3.38]]’ \r\n\r\n\r\n \r\n";
    let other = "\u{feff}+++\ntitle = \"Other\"\n+++\r\n\n1.1  See\t[[paper#3.38]] \r\n| \r\n";
    desk.put("site/paper.md", paper);
    desk.put("site/folder/other.md", other);
    desk.run("publish site").ends_with(0);
    let moves = "\u{feff}# Rows: 3.38\t\r\n";
    desk.put("site/permalinks/moves.toml", moves);
    let now = |path: &str| fs::read_to_string(desk.path(&format!("site/{path}"))).unwrap();
    let shifted = |text: &str| {
        [41, 40, 39, 38]
            .iter()
            .fold(text.to_owned(), |text, n| text.replace(&format!("3.{n}"), &format!("3.{}", n + 1)))
    };
    desk.run("renumber paper 3.38 --insert --write-moves site").ends_with(0);
    assert_eq!((now("paper.md"), now("folder/other.md")), (shifted(paper), shifted(other)));
    let first = now("permalinks/moves.toml");
    assert!(
        first.starts_with(&format!("{moves}\r\n[[renumbered]]\r\nfrom = ")) && first.ends_with("\"\r\n"),
        "{first:?}"
    );
    assert!(!first.replace("\r\n", "").contains('\n'));
    desk.run("renumber paper 3.39 --insert --write-moves site").ends_with(0);
    assert_eq!((now("paper.md"), now("folder/other.md")), (shifted(&shifted(paper)), shifted(&shifted(other))));
    let to = |from: &str, to: &str| format!("from = \"paper#{from}\"\r\nto = \"paper#{to}\"");
    let again = first
        .replace(&to("3.38", "3.39~2"), &to("3.38", "3.40~2"))
        .replace(&to("3.39", "3.40~2"), &to("3.39", "3.41"))
        .replace(&to("3.40", "3.41"), &to("3.40", "3.42"));
    assert_eq!(now("permalinks/moves.toml"), again);
    desk.run("check site").ends_with(0);
    // And back.
    for step in [3, 2] {
        for number in 36 + step..=38 + step {
            desk.run(&format!("renumber paper 3.{} --to 3.{number} site", number + 1)).ends_with(0);
        }
    }
    assert_eq!((now("paper.md").as_str(), now("folder/other.md").as_str()), (paper, other));
}

#[cfg(unix)]
#[test]
fn renumber_keeps_permissions_and_links() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let desk = with_mentions();
    fs::set_permissions(desk.path("site/paper.md"), fs::Permissions::from_mode(0o640)).unwrap();
    fs::rename(desk.path("site/folder/other.md"), desk.path("site/folder/text")).unwrap();
    symlink("text", desk.path("site/folder/other.md")).unwrap();
    desk.run("renumber paper 3.38 --insert site").ends_with(0);
    let mode = fs::metadata(desk.path("site/paper.md")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
    assert!(fs::symlink_metadata(desk.path("site/folder/other.md")).unwrap().is_symlink());
    assert!(fs::read_to_string(desk.path("site/folder/text")).unwrap().contains("[[paper#3.39]] and [[paper#3.40]]"));
}

#[test]
fn a_file_that_changes_meanwhile_stops_renumber() {
    let desk = with_mentions();
    let root = desk.path("site");
    let (site, _) = disk::read(&root, SourceMap::new()).unwrap();
    let number = Number::parse("3.38").unwrap();
    let read = pipeline::read_site(site, Vec::new(), false);
    let found = renumber(&read, ("paper", &number), &NumberChange::Insert).unwrap();
    let files = disk::amended(&root, &found.sources, &found.edits).unwrap();
    // After it was read for the second time; `paper.md` comes after it and is not written either.
    let other = fs::read_to_string(desk.path("site/folder/other.md")).unwrap() + "\n1.2 More.\n";
    desk.put("site/folder/other.md", &other);
    let before = desk.tree("site");
    let error = disk::amend(&disk::lock(&root).unwrap(), &files, &read.site.sources).unwrap_err();
    assert!(error.message.ends_with("other.md` was changed while it was being read"), "{error}");
    // Before that.
    assert_eq!(disk::amended(&root, &found.sources, &found.edits).unwrap_err(), error);
    assert!(desk.tree("site") == before);
}

#[test]
fn renumber_works_on_the_first_content() {
    let desk = Desk::new();
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    // As it was before anything was published.
    for (path, bytes) in tree(&content).into_iter().filter(|(path, _)| !path.starts_with("permalinks/")) {
        let path = desk.path(&format!("content/{path}"));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    let settings = fs::read_to_string(desk.path("content/site.toml")).unwrap();
    let unpublished = settings.lines().filter(|line| !line.starts_with("has-editions"));
    desk.put("content/site.toml", &unpublished.map(|line| format!("{line}\n")).collect::<String>());
    desk.run("check content --format short").ends_with(0);
    let before = desk.tree("content");
    let done = desk.run("renumber guidance-consultation-2008 3.38 --insert").ends_with(0);
    assert_eq!(done.stdout, "");
    assert!(
        done.stderr.contains("\n  3.52 → 3.53\n") && done.stderr.contains("is not published yet"),
        "{}",
        done.stderr
    );
    let check = desk.run("check content --format short").ends_with(0);
    let found: Vec<&str> = check.stdout.lines().filter(|line| line.contains("guidance-consultation-2008.md")).collect();
    assert_eq!(found.len(), 1, "{}", check.stdout);
    assert!(found[0].contains("warning[number-gap]: 3.39 follows 3.37: a number is left out"), "{}", found[0]);
    for number in 39..=53 {
        desk.run(&format!("renumber guidance-consultation-2008 3.{number} --to 3.{}", number - 1)).ends_with(0);
    }
    assert!(desk.tree("content") == before);
}

#[cfg(target_os = "linux")]
#[test]
fn a_command_that_cannot_print_does_not_end_well_and_a_reader_that_leaves_is_no_fault() {
    let desk = Desk::with_site("");
    desk.put("site/paper.md", "+++\ntitle = \"Paper\"\n+++\n\n1.1 One.\n\n1.3 Three, of Children Act 2004 s 10.\n");
    desk.put(
        "site/authorities.toml",
        "[ca2004]\ntitle = \"Children Act 2004\"\nkind = \"act\"\nwork = \"ukpga/2004/31\"\n",
    );
    desk.put("old.md", "+++\ntitle = \"Paper\"\n+++\n\n1.1 One.\n");
    desk.put("new.md", "+++\ntitle = \"Paper\"\n+++\n\n1.1 Two.\n");
    assert_eq!(desk.run("bundle site -o b.zip").status, 0);
    for line in [
        "--help",
        "--version",
        "verify --help",
        "verify b.zip --json",
        "check site --format short",
        "check site --format json",
        "build site -o public --timings",
        "cite Children+Act+2004 site",
        "cite Children+Act+2004 site --json",
        "compare old.md new.md",
        "compare old.md new.md --format json",
        "renumber paper 1.3 site --insert --dry-run",
        "theme list site",
        "explain",
        "explain number-gap",
        "completions bash",
    ] {
        let arguments = || line.split(' ').map(|word| word.replace('+', " "));
        let printed = desk.run_in("", arguments());
        assert!(printed.stdout.len() > 1, "{line} prints nothing: {}", printed.stderr);
        let run = |to: std::process::Stdio| {
            let mut command = clausebook();
            command.current_dir(desk.top.path()).args(arguments()).stdout(to).output().unwrap()
        };
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let full = run(full.into());
        let said = String::from_utf8_lossy(&full.stderr).into_owned();
        assert!(full.status.code() == Some(2) && said.contains("cannot write to standard output"), "{line}: {said}");
        // A pipe whose reader has gone, as after `| head -1`.
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let closed = run(writer.into());
        let said = String::from_utf8_lossy(&closed.stderr).into_owned();
        assert!(!said.contains("standard output") && !said.contains("panicked"), "{line}: {said}");
        assert_eq!(closed.status.code(), Some(printed.status), "{line}: {said}");
    }
}
