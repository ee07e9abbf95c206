//! The commands.
//!
//! Holds a function for each command, and the only code that prints. Takes arguments; gives an exit
//! status: 0 clean, 1 errors in the content, editions that differ or a copy that is not whole, 2
//! could not run.

mod arguments;
mod bundle;
mod check;
mod cite;
mod compare;
mod epub;
mod explain;
mod folder;
mod import;
mod init;
mod new;
mod progress;
mod publish;
mod renumber;
mod serve;
mod text;
mod theme;
mod threads;
mod verify;

use std::ffi::OsString;
use std::io::{self, IsTerminal as _, Write as _};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{self, ExitCode};
use std::sync::{Mutex, OnceLock};

use clap::{CommandFactory as _, Parser as _};
use clap_complete::Shell;

use crate::cache;
use crate::corpus::{Corpus, EntryId};
use crate::diagnostic::{self, Diagnostic, Format, Severity, escape_controls};
use crate::disk::{self, DiskError};
use crate::output::{Artefact, HOME_PAGE};
use crate::parse::metadata;
use crate::pipeline::{self, Caches, Hooks, Options, Resolved, Stage};
use crate::site::ReadSite;
use crate::source::{SourceMap, Written};
use crate::underway::UnderWay;
use crate::watchdog::watched;
use arguments::{Arguments, Check, Command, Deny, DiagnosticFormat};
use folder::site_folder;
use progress::Progress;

/// Folder that `build` writes if none is named.
const OUTPUT: &str = "public";

/// The commands of the first day, for who gives none.
const FIRST_STEPS: &str = "\
clausebook makes a website of guidance that people quote by paragraph number.

On your first day:
  clausebook new my-site          make a small site that explains itself
  clausebook serve my-site        preview it while you write
  clausebook import PAPER.docx    make a text of a paper that you have: Word, PDF, web page
  clausebook build my-site        write the site to the folder `public`; open its index.html
  clausebook bundle my-site       make one file of it to hand on

`clausebook help` lists all commands, and `clausebook help COMMAND` explains one.
";

/// Reason for a command to end early.
enum Stop {
    /// The content has errors, which have been shown.
    Content,
    /// A comparison found differences, or a copy is not whole, which has been shown.
    Differs,
    /// The command could not run.
    CouldNotRun(DiskError),
}

impl From<DiskError> for Stop {
    fn from(error: DiskError) -> Self {
        Stop::CouldNotRun(error)
    }
}

fn could_not_run(message: impl Into<String>, help: &str) -> Stop {
    let help = (!help.is_empty()).then(|| help.to_owned());
    Stop::CouldNotRun(DiskError { message: message.into(), help })
}

/// Runs the command that the arguments name.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            let is_wrong = error.use_stderr();
            let printed = error.print().and_then(|()| io::stdout().flush());
            if !is_wrong {
                note_unprinted(printed);
            }
            return if is_wrong { ExitCode::from(2) } else { ended(ExitCode::SUCCESS) };
        }
    };
    let Arguments { directory, quiet, verbose, command } = arguments;
    let _ = TALK.set(match (quiet, verbose) {
        (true, _) => Talk::Faults,
        (_, true) => Talk::All,
        _ => Talk::Results,
    });
    let Some(command) = command else {
        print(FIRST_STEPS);
        return ended(ExitCode::SUCCESS);
    };
    let begun = directory.map_or(Ok(()), |folder| folder::enter(&folder)).and_then(|()| threads::start(&command));
    let done = begun.and_then(|()| match command {
        Command::Build { check, output, timings, open } => build(&check, output.as_deref(), timings, open),
        Command::Bundle(arguments) => bundle::run(&arguments),
        Command::Verify(arguments) => verify::run(arguments),
        Command::Check { check, also } => check::check(&check, &also),
        Command::Epub { check, of, output } => epub::run(&check, of.as_deref(), output),
        Command::Text { check, of } => text::run(&check, &of),
        Command::Serve { site, host, port, open, poll } => {
            serve::serve(site.as_deref(), SocketAddr::new(host, port), open, poll)
        }
        Command::New { folder, from } => new::new(&folder, from),
        Command::Init { folder, json } => init::init(folder.as_deref(), json),
        Command::Import(arguments) => import::run(&arguments),
        Command::Publish(arguments) => publish::run(&arguments),
        Command::Cite { text, site, as_at, json } => cite::cite(&text, site.as_deref(), as_at.as_deref(), json),
        Command::Compare { old, new, format } => compare::compare(&old, &new, format),
        Command::Renumber { document, number, change, site, dry_run, write_moves } => {
            let asked = renumber::RenumberArguments { document, number, change, dry_run, write_moves };
            renumber::renumber(&asked, site.as_deref())
        }
        Command::Theme { command } => theme::theme(&command),
        Command::Explain { code, json } => explain::explain(code.as_deref(), json),
        Command::Completions { shell } => completions(shell),
        Command::Man { folder } => man(&folder),
    });
    ended(match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(Stop::Content | Stop::Differs) => ExitCode::from(1),
        Err(Stop::CouldNotRun(error)) => {
            say_error(&error);
            ExitCode::from(2)
        }
    })
}

/// Talk on standard error, beside what is wrong.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Talk {
    /// None.
    Faults,
    /// Results of the work.
    Results,
    /// Results, the site that was meant, and where the time went.
    All,
}

/// Talk that the command line asks for.
static TALK: OnceLock<Talk> = OnceLock::new();

fn talk() -> Talk {
    TALK.get().copied().unwrap_or(Talk::Results)
}

/// The first error of standard output. A command finishes its work all the same, and then [`ended`]
/// says it.
static UNPRINTED: OnceLock<io::Error> = OnceLock::new();

/// Remembers that standard output could not be written. A reader that went away, as `head` does,
/// has what it wanted.
fn note_unprinted(printed: io::Result<()>) {
    if let Err(error) = printed
        && error.kind() != io::ErrorKind::BrokenPipe
    {
        let _ = UNPRINTED.set(error);
    }
}

/// Returns the status with which the process ends: never that of success if what was asked for
/// could not be printed.
fn ended(status: ExitCode) -> ExitCode {
    let Some(error) = UNPRINTED.get() else { return status };
    say(&format!("error: cannot write to standard output: {error}"));
    ExitCode::from(2)
}

/// Prints why a command could not run.
fn say_error(error: &DiskError) {
    say(&format!("error: {}", error.message));
    if let Some(help) = &error.help {
        say(&format!("help: {help}"));
    }
}

/// A line for people, on standard error.
fn say(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{}", escape_controls(line));
}

/// A line that says what was done, on standard error, unless the command line wants none.
fn say_result(line: &str) {
    if talk() >= Talk::Results {
        say(line);
    }
}

/// Writes what was asked for to standard output, at once.
fn print(text: &str) {
    let mut out = io::stdout().lock();
    note_unprinted(out.write_all(text.as_bytes()).and_then(|()| out.flush()));
}

fn build(check: &Check, output: Option<&Path>, timings: bool, open: bool) -> Result<(), Stop> {
    let progress = Progress::new();
    let root = site_folder(check.site.as_deref())?;
    let is_named = output.is_some();
    let output = &output.map_or_else(|| folder::default_output(&root, check.site.as_deref(), OUTPUT), Path::to_owned);
    disk::check_output(&root, output)?;
    if !is_named {
        disk::check_site(&root, output)?;
    }
    let options = options(check)?;
    let read = read(&root, &progress)?;
    let inputs = cache::key((pipeline::inputs(&read, &options), check.deny));
    if read.faults.is_empty()
        && let Some(files) = disk::is_built(&root, output, inputs)
    {
        progress.end();
        let files = count(files, "file");
        say_result(&format!("Nothing has changed in {} ({files}) in {} ms", output.display(), progress.elapsed()));
        return open_site(output, open);
    }
    let writing = disk::Writing::new(&root, output)?;
    let ending = Mutex::new(());
    let end = |error: &DiskError| -> Artefact {
        // The other threads wait here until the process has ended.
        let _first = ending.lock();
        progress.clear();
        say_error(error);
        writing.abandon();
        process::exit(2)
    };
    let keep = |path: &_, page| {
        progress.step();
        writing.keep(path, page).unwrap_or_else(|error| end(&error))
    };
    let hooks = Hooks { keep: &keep, compresses: true, ..Hooks::default() };
    let work = WatchedCommand { root: &root, check, progress: &progress, hooks, abandon: &|| writing.abandon() };
    let built = work.watch(&read, |hooks| pipeline::rebuild(&read, &options, &mut Caches::default(), hooks));
    let (site, faults) = work.show(&read, built.output, &built.diagnostics)?;
    progress.begin(Stage::Write, site.len());
    // What a build has warned of is said again by the next one, which must be made for it.
    let report = writing.finish(&site, Some(inputs).filter(|_| faults == 0))?;
    progress.end();
    say_result(&format!(
        "Built {} and {} into {} ({} files, {} changed) in {} ms",
        count(built.documents, "document"),
        count(built.clauses, "clause"),
        output.display(),
        report.files,
        report.changed,
        progress.elapsed()
    ));
    check::tell_of_register(&read, &built.suggestions);
    if timings {
        print(&progress.table());
    } else if talk() == Talk::All {
        progress.table().lines().for_each(say);
    }
    open_site(output, open)
}

/// Opens a built site in a browser, if that is wanted.
fn open_site(output: &Path, wanted: bool) -> Result<(), Stop> {
    let home = output.join(HOME_PAGE.as_str());
    if wanted && let Err(error) = open::that_detached(&home) {
        return Err(could_not_run(format!("cannot open a browser: {error}"), &format!("open {}", home.display())));
    }
    Ok(())
}

/// Work of a command on a site: under watch, with what is wrong shown at its end.
struct WatchedCommand<'a> {
    root: &'a Path,
    check: &'a Check,
    progress: &'a Progress,
    hooks: Hooks<'a>,
    /// Takes away what was begun, if the watchdog ends the process.
    abandon: &'a (dyn Fn() + Sync),
}

impl<'a> WatchedCommand<'a> {
    fn new(root: &'a Path, check: &'a Check, progress: &'a Progress, hooks: Hooks<'a>) -> Self {
        WatchedCommand { root, check, progress, hooks, abandon: &|| () }
    }

    /// Does a part of the work, and returns what it makes. If it passes a limit of the settings,
    /// the process ends.
    fn watch<T>(&self, read: &ReadSite, part: impl FnOnce(Hooks<'_>) -> T) -> T {
        let under_way = UnderWay::default();
        let begins = |stage, count| self.progress.begin(stage, count);
        let hooks = Hooks { begins: &begins, under_way: Some(&under_way), ..self.hooks };
        let end = || {
            self.progress.clear();
            (self.abandon)();
        };
        let made = under_watch(read, (self.root, self.check.format), &under_way, &end, || part(hooks));
        self.progress.clear();
        made
    }

    /// Loads and resolves a site, and shows what is wrong. Stops unless the site is sound.
    fn resolve<'s>(&self, read: &'s ReadSite, options: &Options) -> Result<Resolved<'s>, Stop> {
        let mut resolved = self.watch(read, |hooks| {
            pipeline::resolve(pipeline::load(read, options, hooks), &mut Caches::default(), hooks)
        });
        let sound = resolved.is_sound().then_some(());
        let faults = pipeline::sorted(&read.site, std::mem::take(&mut resolved.faults));
        self.show(read, sound, &faults)?;
        Ok(resolved)
    }

    /// Shows what is wrong. Returns what was made, unless that must not be used, with the number of
    /// faults.
    fn show<T>(&self, read: &ReadSite, made: Option<T>, faults: &[Diagnostic]) -> Result<(T, usize), Stop> {
        show(faults, &read.site.sources, self.root, self.check.format);
        let is_denied = self.check.deny == Some(Deny::Warnings) && !faults.is_empty();
        if let Some(made) = made.filter(|_| !is_denied) {
            return Ok((made, faults.len()));
        }
        let errors = faults.iter().filter(|fault| fault.severity() == Severity::Error).count();
        let warnings = faults.len() - errors;
        let denied = if errors == 0 { " (denied)" } else { "" };
        say(&format!("{} and {}{denied}: nothing was written", count(errors, "error"), count(warnings, "warning")));
        Err(Stop::Content)
    }
}

/// Does some work on a site. What passes a limit of its settings is shown in a format, and ends the
/// process after `end`.
fn under_watch<T>(
    read: &ReadSite,
    (root, format): (&Path, DiagnosticFormat),
    under_way: &UnderWay,
    end: &(dyn Fn() + Sync),
    work: impl FnOnce() -> T,
) -> T {
    let ended = |fault: Diagnostic| {
        end();
        show(&[fault], &read.site.sources, root, format);
        say("stopped after 1 error; nothing was written");
        process::exit(1);
    };
    watched(under_way, &read.config().limits, &ended, work)
}

/// Does some work on a whole site, in a command that is no build.
fn whole_under_watch<T>(read: &ReadSite, root: &Path, doing: &'static str, work: impl FnOnce() -> T) -> T {
    let under_way = UnderWay::default();
    under_watch(read, (root, DiagnosticFormat::Human), &under_way, &|| (), || {
        let _begun = pipeline::begin_whole(Some(&under_way), &read.site, &read.config().limits, doing);
        work()
    })
}

/// Reads a site with the theme that its settings name.
fn read(root: &Path, progress: &Progress) -> Result<ReadSite, Stop> {
    progress.begin(Stage::Read, 0);
    Ok(disk::read_whole(root, SourceMap::new(), pipeline::settings)?)
}

/// Returns the build options of the command line, which override the settings.
fn options(check: &Check) -> Result<Options, Stop> {
    Ok(Options { base_url: check.base_url.as_deref().map(base_url).transpose()? })
}

/// Finds the document or pack with an id.
fn find_document(corpus: &Corpus, id: &str) -> Result<EntryId, Stop> {
    corpus.paper(id).map_err(|near| {
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => "the id of a document is the name of its file without `.md`".to_owned(),
        };
        could_not_run(format!("there is no document `{id}`"), &help)
    })
}

fn base_url(url: &str) -> Result<String, Stop> {
    let mut sources = SourceMap::new();
    let id = sources.insert("--base-url", url);
    let span = crate::source::Span::new(id, 0..url.len());
    metadata::base_url(&Written::new(url.to_owned(), span), &mut Vec::new()).ok_or_else(|| {
        could_not_run(
            format!("`{url}` is not the address of a folder on the web"),
            "write an address such as https://example.org/trusts/",
        )
    })
}

/// The most diagnostics that are shown to people: nobody fixes more in one go.
const MOST_SHOWN: usize = 50;

fn show(faults: &[Diagnostic], sources: &SourceMap, root: &Path, format: DiagnosticFormat) {
    let root = &diagnostic::shown_root(root);
    match format {
        DiagnosticFormat::Short => print(&diagnostic::show(faults, sources, root, Format::Short)),
        DiagnosticFormat::Json => print(&diagnostic::show(faults, sources, root, Format::Json)),
        DiagnosticFormat::Human => {
            let colour = io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|set| set.is_empty());
            let shown = faults.get(..MOST_SHOWN).unwrap_or(faults);
            let text = diagnostic::show(shown, sources, root, Format::Human { colour });
            let _ = io::stderr().lock().write_all(text.as_bytes());
            if faults.len() > shown.len() {
                say(&format!("… and {} more; `--format short` lists them all", faults.len() - shown.len()));
            }
        }
    }
}

/// Prints a value as one line of JSON.
fn print_json(value: &impl serde::Serialize) -> Result<(), Stop> {
    let text = serde_json::to_string(value).map_err(|error| could_not_run(error.to_string(), ""))?;
    print(&(text + "\n"));
    Ok(())
}

/// "1 clause", "86 clauses".
fn count(n: usize, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}

/// Writes a page of the system's manual for the program and for each command.
fn man(folder: &Path) -> Result<(), Stop> {
    let wrong = |error: io::Error| could_not_run(format!("cannot write to `{}`: {error}", folder.display()), "");
    clap_mangen::generate_to(Arguments::command(), folder).map_err(wrong)
}

fn completions(shell: Shell) -> Result<(), Stop> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "clausebook", &mut script);
    print(&String::from_utf8_lossy(&script));
    Ok(())
}
