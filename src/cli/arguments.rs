//! The command line: what each command may be told.
//!
//! Holds the commands, their options, and the words of their help. Takes nothing and does nothing.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum, ValueHint};
use clap_complete::Shell;

#[derive(Parser)]
#[command(
    name = "clausebook",
    version,
    long_version = LONG_VERSION,
    about = "Turns a folder of guidance into a website in which every clause can be cited, linked and found",
    after_help = "First steps:\n  clausebook new my-site      make a small site that explains itself\n  clausebook serve my-site    preview it while you write\n  clausebook build my-site    write it to the folder `public`\n\nThen open public/index.html in a browser: no server is needed."
)]
pub(super) struct Arguments {
    /// Do as if the command were given in this folder
    #[arg(short = 'C', long, global = true, display_order = 900, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(super) directory: Option<PathBuf>,
    /// Say only what is wrong
    #[arg(short, long, global = true, display_order = 901, conflicts_with = "verbose")]
    pub(super) quiet: bool,
    /// Also say which site is meant and, of a build, where the time went
    #[arg(short, long, global = true, display_order = 902)]
    pub(super) verbose: bool,
    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

/// The version with the commit that it is made from, which `build.rs` is told by a release, and the
/// system that it is made for.
const LONG_VERSION: &str = concat!(
    env!("CLAUSEBOOK_VERSION"),
    "\nfor ",
    env!("CLAUSEBOOK_TARGET"),
    ", with every feature: none can be left out"
);

/// The address of an interface. A name may be one of several addresses, and which is meant is for
/// people to say.
fn host(named: &str) -> Result<IpAddr, &'static str> {
    if named == "localhost" {
        return Ok(IpAddr::from([127, 0, 0, 1]));
    }
    named.parse().map_err(|_| "write an address in figures, such as 127.0.0.1 or, for the whole network, 0.0.0.0")
}

#[derive(Subcommand)]
pub(super) enum Command {
    /// Build a site into a folder, whole or not at all
    ///
    /// Nothing is written if there is an error. A finished build replaces the folder of the last
    /// one in one step. A folder that clausebook did not write is never touched.
    Build {
        #[command(flatten)]
        check: Check,
        /// The folder to write; `public` if left out, unless that holds another site
        #[arg(short, long, value_name = "DIR", value_hint = ValueHint::DirPath)]
        output: Option<PathBuf>,
        /// Also print a table of where the time went
        #[arg(long)]
        timings: bool,
        /// Open the site in a browser when it is built
        #[arg(long)]
        open: bool,
    },
    /// Make one file of a site that can be handed on: a zip with everything, or a single page
    ///
    /// The zip is unpacked anywhere and read by a double-click on its `index.html`, with no server
    /// and no network. It holds START-HERE.txt for whoever unpacks it, and MANIFEST.json, by which
    /// `clausebook verify` checks it. The same site gives the same bytes.
    Bundle(Bundle),
    /// Say whether a copy is whole, or which of its files are missing, changed or added
    ///
    /// The exit status is 0 if it is whole, 1 if it is not, and 2 if there is nothing that could be
    /// checked.
    Verify(Verify),
    /// Check a site as `build` would, and write nothing
    Check {
        #[command(flatten)]
        check: Check,
        #[command(flatten)]
        also: Also,
    },
    /// Make an e-book of a site, or of one document or pack: a file that e-readers and telephones
    /// open
    ///
    /// The site is checked first. Nothing is written if there is an error.
    Epub {
        #[command(flatten)]
        check: Check,
        /// The id of the document or pack; all of the site if left out
        #[arg(long, value_name = "DOC")]
        of: Option<String>,
        /// The file to write; named after the document or the site if left out
        #[arg(short, long, value_name = "FILE.epub", value_hint = ValueHint::FilePath)]
        output: Option<PathBuf>,
    },
    /// Print a document or pack as plain text: numbered clauses, notes at the end, and the law that
    /// it cites
    Text {
        #[command(flatten)]
        check: Check,
        /// The id of the document or pack
        #[arg(long, value_name = "DOC")]
        of: String,
    },
    /// Preview a site in a browser, and build it again whenever a file changes
    ///
    /// Pages reload by themselves. What is wrong is shown on the page, while the last good pages
    /// stay. Nothing is written.
    Serve {
        /// The site's folder, or a file in it: if left out, the current folder, `content`, or the
        /// nearest folder above that holds a `site.toml`
        #[arg(value_name = "SITE", value_hint = ValueHint::DirPath)]
        site: Option<PathBuf>,
        /// The address to listen at; any but the one of this machine shows the preview to others on
        /// the network
        #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1", value_parser = host)]
        host: IpAddr,
        /// The port to listen on; 0 for any that is free
        #[arg(short, long, value_name = "N", default_value_t = 4141)]
        port: u16,
        /// Open the preview in a browser
        #[arg(long)]
        open: bool,
        /// Look at every file twice a second, for network shares and containers that do not report
        /// changes
        #[arg(long)]
        poll: bool,
    },
    /// Make a small site that builds, explains itself, and shows every feature once
    New {
        /// The folder to make
        #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
        folder: PathBuf,
        /// Begin with a shorter example, to write your own paper over
        #[arg(long, value_enum, value_name = "EXAMPLE")]
        from: Option<Example>,
    },
    /// Make a folder of texts a site: write its `site.toml`, and show what each text looks like
    ///
    /// Nothing else is written or changed. The table has the numbering of each text, its clauses,
    /// and its links that lead to no file.
    Init {
        /// The folder; the current one if left out
        #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
        folder: Option<PathBuf>,
        /// Print the table as JSON
        #[arg(long)]
        json: bool,
    },
    /// Make texts of papers that were not written for clausebook: .docx, .html, .md, .txt, and .pdf
    /// where pdftotext is there
    ///
    /// Clauses keep their numbers, and notes their marks. Every doubt is a line on standard error.
    /// Nothing is written over.
    Import(Import),
    /// Write every address of a site into its ledger, as a new edition: from then on none may be
    /// lost
    ///
    /// The site must be without errors. The ledger is the folder `permalinks` in the site's folder:
    /// keep it with the sources.
    Publish(Publish),
    /// Show what the recogniser makes of a text: works cited, places in them, addresses
    Cite {
        /// The text, such as "section 10(1)(b) of the Children Act 2004"
        #[arg(value_name = "TEXT")]
        text: String,
        /// The site whose register is used: if left out, the one here or above
        #[arg(value_name = "SITE", value_hint = ValueHint::DirPath)]
        site: Option<PathBuf>,
        /// Also give the text of the law as it was on a day: 2008-04-03, 2008-04 or 2008
        #[arg(long, value_name = "DAY")]
        as_at: Option<String>,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Show what changed from one edition of a text to another, clause by clause
    ///
    /// OLD and NEW are two Markdown files or two sites. A file is read with the settings and the
    /// register of the site that holds it; a file in no site, with those of the other file. Of two
    /// sites, documents of one id are compared. The exit status is 0 if nothing differs, 1 if
    /// something does, and 2 if the command could not run.
    Compare {
        /// The old edition
        #[arg(value_name = "OLD", value_hint = ValueHint::AnyPath)]
        old: PathBuf,
        /// The new one
        #[arg(value_name = "NEW", value_hint = ValueHint::AnyPath)]
        new: PathBuf,
        /// Show the changes for people, as a table of old and new numbers, or as a JSON object for
        /// each document
        #[arg(long, value_enum, value_name = "FORMAT", default_value = "human")]
        format: ChangesFormat,
    },
    /// Give a clause another number, or make room for a new one, and change every mention with it
    ///
    /// Numbers change in the document, in the mentions and links of all documents, and in the
    /// site's data files; nothing else does. The site is built in memory first: each mention must
    /// lead to the clause that it led to, or no file is touched. Printed are the rows of
    /// `permalinks/moves.toml` by which the old addresses still work.
    Renumber {
        /// The id of the document
        #[arg(value_name = "DOC")]
        document: String,
        /// The number of the clause, such as 3.38
        #[arg(value_name = "NUMBER")]
        number: String,
        #[command(flatten)]
        change: ChangeOfNumber,
        /// The site's folder, or a file in it: if left out, the current folder, `content`, or the
        /// nearest folder above that holds a `site.toml`
        #[arg(value_name = "SITE", value_hint = ValueHint::DirPath)]
        site: Option<PathBuf>,
        /// Change nothing, and print what would change as a patch
        #[arg(long)]
        dry_run: bool,
        /// Also add the rows to `permalinks/moves.toml`
        #[arg(long)]
        write_moves: bool,
    },
    /// List the files of a site's theme, or copy one of them to start from
    Theme {
        #[command(subcommand)]
        command: ThemeCommand,
    },
    /// Explain a diagnostic by its code, with an example that raises it and one that does not
    Explain {
        /// The code, such as `unresolved-reference`; without one, all codes are listed
        #[arg(value_name = "CODE")]
        code: Option<String>,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Print a script that completes clausebook's commands in a shell
    Completions {
        /// The shell
        #[arg(value_enum)]
        shell: Shell,
    },
    /// Write the pages of the system's manual, one for each command, into a folder
    #[command(hide = true)]
    Man {
        /// The folder, which must be there
        #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
        folder: PathBuf,
    },
}

impl Command {
    /// Returns the options of a command that checks a site as `build` does.
    pub(super) fn check(&self) -> Option<&Check> {
        match self {
            Command::Build { check, .. }
            | Command::Check { check, .. }
            | Command::Epub { check, .. }
            | Command::Text { check, .. } => Some(check),
            Command::Bundle(arguments) => Some(&arguments.check),
            Command::Publish(arguments) => Some(&arguments.check),
            Command::Verify(_)
            | Command::Serve { .. }
            | Command::New { .. }
            | Command::Init { .. }
            | Command::Import(_)
            | Command::Cite { .. }
            | Command::Compare { .. }
            | Command::Renumber { .. }
            | Command::Theme { .. }
            | Command::Explain { .. }
            | Command::Completions { .. }
            | Command::Man { .. } => None,
        }
    }
}

/// Arguments of `import`.
#[derive(clap::Args)]
pub(super) struct Import {
    /// The papers
    #[arg(value_name = "FILE", required = true, value_hint = ValueHint::FilePath)]
    pub(super) files: Vec<PathBuf>,
    /// The folder to write into; the site here, or else the current folder, if left out
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(super) to: Option<PathBuf>,
    /// Write no text, and print what would be written
    #[arg(long)]
    pub(super) dry_run: bool,
    /// Also write the report to a file, as JSON
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) report: Option<PathBuf>,
}

/// Subcommands of `theme`.
#[derive(Subcommand)]
pub(super) enum ThemeCommand {
    /// List the templates and other files that are in force, and where each comes from
    List {
        /// The site's folder, or a file in it: if left out, the current folder, `content`, or the
        /// nearest folder above that holds a `site.toml`
        #[arg(value_name = "SITE", value_hint = ValueHint::DirPath)]
        site: Option<PathBuf>,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Copy a file of the theme in force into the site's folder `theme`, to be changed there
    ///
    /// Nothing is written over. Without the file, the site is as it was.
    Eject {
        /// The file, such as document.html, style.css or brand.css
        #[arg(value_name = "FILE")]
        file: String,
        /// The site's folder, or a file in it: if left out, the current folder, `content`, or the
        /// nearest folder above that holds a `site.toml`
        #[arg(value_name = "SITE", value_hint = ValueHint::DirPath)]
        site: Option<PathBuf>,
    },
}

/// Change to the number of a clause. Exactly one of the two is required.
#[derive(clap::Args)]
#[group(required = true, multiple = false)]
pub(super) struct ChangeOfNumber {
    /// Make room for a new clause there: the clause and those behind it, up to a gap, go one up
    #[arg(long)]
    pub(super) insert: bool,
    /// Give the clause this number
    #[arg(long, value_name = "NUMBER")]
    pub(super) to: Option<String>,
}

/// Arguments of `verify`.
#[derive(clap::Args)]
pub(super) struct Verify {
    /// A folder that was unpacked, the zip itself, or a folder that `build` wrote
    #[arg(value_name = "DIR|ZIP", value_hint = ValueHint::AnyPath)]
    pub(super) copy: PathBuf,
    /// Require the signature of this public key: its file, or its one line that begins with `RW`
    #[arg(long, value_name = "PUBFILE|RW…")]
    pub(super) key: Option<String>,
    /// Require a copy of the site with this name
    #[arg(long, value_name = "NAME")]
    pub(super) name: Option<String>,
    /// Require this edition or a later one, such as `3`, `2.1` or `2026-11`; any other name must be
    /// the same
    #[arg(long, value_name = "EDITION")]
    pub(super) edition: Option<String>,
    /// Print JSON
    #[arg(long)]
    pub(super) json: bool,
}

/// Arguments of `bundle`.
#[derive(clap::Args)]
pub(super) struct Bundle {
    #[command(flatten)]
    pub(super) check: Check,
    /// The file to write; its name is made of the site's title and edition if left out
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) output: Option<PathBuf>,
    /// Also put in the site's own texts, below `source/`, for those who build on them
    #[arg(long, conflicts_with = "single")]
    pub(super) with_sources: bool,
    /// Sign it with a secret key; its password, if it has one, is asked for on the terminal
    #[arg(long, value_name = "KEYFILE", value_hint = ValueHint::FilePath, conflicts_with = "single")]
    pub(super) sign: Option<PathBuf>,
    /// Make a single page that can be mailed: of the whole site, or with `--single=ID` of one
    /// document or pack
    #[arg(long, value_name = "ID", num_args = 0..=1, require_equals = true, default_missing_value = "")]
    pub(super) single: Option<String>,
    /// Make a key to sign with, and nothing else: KEYFILE, which stays secret, and KEYFILE.pub for
    /// everybody
    #[arg(long, value_name = "KEYFILE", value_hint = ValueHint::FilePath, conflicts_with_all = ["output", "with_sources", "sign", "single"])]
    pub(super) new_key: Option<PathBuf>,
}

/// Arguments of `publish`.
#[derive(clap::Args)]
pub(super) struct Publish {
    #[command(flatten)]
    pub(super) check: Check,
    /// The edition's name; the next whole number if left out
    #[arg(long, value_name = "NAME")]
    pub(super) edition: Option<String>,
    /// Note for readers on what is new; asked for if words changed
    #[arg(long, value_name = "TEXT")]
    pub(super) note: Option<String>,
    /// The edition's day; today if left out
    #[arg(long, value_name = "DAY")]
    pub(super) date: Option<String>,
}

/// Arguments shared by the commands that check or build a site.
#[derive(clap::Args)]
#[group(skip)]
pub(super) struct Check {
    /// The site's folder, or a file in it: if left out, the current folder, `content`, or the
    /// nearest folder above that holds a `site.toml`
    #[arg(value_name = "SITE", value_hint = ValueHint::DirPath)]
    pub(super) site: Option<PathBuf>,
    /// Address of the site on the web: for the feed, the sitemap and canonical links
    #[arg(long, value_name = "URL")]
    pub(super) base_url: Option<String>,
    /// With `warnings`: treat warnings as errors
    #[arg(long, value_enum, value_name = "WHAT", hide_possible_values = true)]
    pub(super) deny: Option<Deny>,
    /// Show errors and warnings for people, or on standard output for programs
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "human")]
    pub(super) format: DiagnosticFormat,
    /// Number of threads to use, 64 at most; all processors if left out
    #[arg(short, long, value_name = "N")]
    pub(super) jobs: Option<usize>,
}

/// Work of `check` beside the diagnostics.
#[derive(clap::Args)]
pub(super) struct Also {
    /// Also print where a mention or a row of the register would surely make a link, as a list and
    /// as a patch for `patch -p1` in the site's folder
    #[arg(long)]
    pub(super) suggest: bool,
    /// Write what `--suggest` proposes into the files
    #[arg(long, requires = "suggest")]
    pub(super) apply: bool,
    /// List the works that were not checked for so many months, with the clauses that cite them
    #[arg(long, value_name = "MONTHS")]
    pub(super) stale: Option<u32>,
}

/// Example that `new` begins a site with.
#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub(super) enum Example {
    /// Rules of a club, with its charges
    Rules,
    /// A policy, with the steps that staff take
    Policy,
    /// Guidance on a law, with a summary
    Guidance,
    /// A standard whose headings have the numbers, with an annex
    Standard,
}

#[derive(Clone, Copy, PartialEq, Hash, ValueEnum)]
pub(super) enum Deny {
    /// Warnings
    Warnings,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub(super) enum DiagnosticFormat {
    /// With the line and the place marked
    Human,
    /// `path:line:col: severity[code]: message`
    Short,
    /// One JSON object a line
    Json,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub(super) enum ChangesFormat {
    /// Changes in full, with words that went in `[-…-]` and words that came in `{+…+}`
    Human,
    /// A JSON object a line
    Json,
    /// Old and new numbers, for spreadsheets
    Csv,
}
