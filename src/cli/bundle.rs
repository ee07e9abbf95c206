//! `clausebook bundle`: one file of a site that can be handed on.
//!
//! Takes the command's arguments; builds the site as `build` would, and writes a zip or a single
//! page if nothing is wrong. A password is asked for on the terminal, and neither it nor a key is
//! ever printed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::arguments::Bundle;
use super::folder::default_output;
use super::folder::site_that_holds;
use super::progress::Progress;
use super::{Stop, WatchedCommand, could_not_run, count, options, read, say, say_result, site_folder};
use crate::bundle::signature::{self, Unusable};
use crate::bundle::{Manifest, ManifestDocument, SOURCES, START_HERE, start_here};
use crate::corpus::Corpus;
use crate::disk::{self, Bundling, ExtraFile};
use crate::output::{Artefact, MADE_BY, Output};
use crate::pipeline::{self, Caches, Hooks, Loaded, Stage, copies};
use crate::site::ReadSite;

pub(super) fn run(arguments: &Bundle) -> Result<(), Stop> {
    if let Some(file) = &arguments.new_key {
        return new_key(file);
    }
    let root = site_folder(arguments.check.site.as_deref())?;
    let key = arguments.sign.as_deref().map(secret_key).transpose()?;
    let progress = Progress::new();
    let (options, read) = (options(&arguments.check)?, read(&root, &progress)?);
    let work = WatchedCommand::new(&root, &arguments.check, &progress, Hooks::default());
    let loaded = work.watch(&read, |hooks| pipeline::load(&read, &options, hooks));
    match &arguments.single {
        Some(id) => single(arguments, &work, &read, loaded, id),
        None => zip(arguments, &work, &read, loaded, key.as_ref()),
    }
}

fn zip(
    arguments: &Bundle,
    work: &WatchedCommand<'_>,
    read: &ReadSite,
    loaded: Loaded<'_>,
    key: Option<&signature::SecretKey>,
) -> Result<(), Stop> {
    let progress = work.progress;
    let identity = copies::identity(&loaded);
    let out = arguments.output.clone().unwrap_or_else(|| {
        default_output(work.root, arguments.check.site.as_deref(), &(identity.file_stem() + ".zip"))
    });
    let bundling = Bundling::new(work.root, &out, &identity, arguments.output.is_some())?;
    let keep = |path: &_, page| {
        progress.step();
        bundling.keep(path, page)
    };
    let work = WatchedCommand { hooks: Hooks { keep: &keep, ..work.hooks }, ..*work };
    let (documents, words, built) = work.watch(read, |hooks| {
        let mut caches = Caches::default();
        let resolved = pipeline::resolve(loaded, &mut caches, hooks);
        let words =
            start_here((&identity, &resolved.corpus.config), &resolved.strings, arguments.with_sources, key.is_some());
        (documents(&resolved.corpus), words, pipeline::finish(resolved, &mut caches, hooks))
    });
    let (output, _) = work.show(read, built.output, &built.diagnostics)?;
    progress.begin(Stage::Write, output.len());
    let mut extra = BTreeMap::from([(START_HERE.to_owned(), ExtraFile::Text(words))]);
    if arguments.with_sources {
        extra.extend(site_sources(read, &output)?);
    }
    bundling.add_all(&output, &extra)?;
    let manifest = Manifest::new(&identity, documents, bundling.files());
    let signature = key.map(|key| {
        let signed = signature::sign(manifest.text().as_bytes(), key, &identity);
        signed.ok_or_else(|| could_not_run("the bundle cannot be signed with this key", ""))
    });
    let report = bundling.finish(&manifest, signature.transpose()?.as_deref())?;
    progress.end();
    say_result(&format!(
        "Bundled {} and {} into {} ({} files, {}) in {} ms",
        count(built.documents, "document"),
        count(built.clauses, "clause"),
        out.display(),
        report.files,
        size(report.bytes),
        progress.elapsed()
    ));
    Ok(())
}

/// Writes the document with this id, or the whole site, as one page.
fn single(
    arguments: &Bundle,
    work: &WatchedCommand<'_>,
    read: &ReadSite,
    loaded: Loaded<'_>,
    id: &str,
) -> Result<(), Stop> {
    let identity = copies::identity(&loaded);
    let name = if id.is_empty() { identity.file_stem() } else { id.to_owned() };
    let out = arguments
        .output
        .clone()
        .unwrap_or_else(|| default_output(work.root, arguments.check.site.as_deref(), &(name + ".html")));
    disk::check_alone(&out, &[MADE_BY])?;
    let copied = |path: &str| disk::read_copied(work.root, path).ok();
    let (made, faults) = work.watch(read, |hooks| {
        let resolved = pipeline::resolve(loaded, &mut Caches::default(), hooks);
        let (made, faults) = copies::make(&resolved, hooks, |resolved, theme| {
            let of = if id.is_empty() { Ok(None) } else { resolved.corpus.paper(id).map(Some) };
            of.map_err(|near| near.map(str::to_owned))
                .map_or_else(|near| Ok(Err(near)), |of| copies::page(resolved, theme, of, &copied, hooks).map(Ok))
        });
        (made, pipeline::sorted(resolved.site, [resolved.faults, faults].concat()))
    });
    let page = work.show(read, made, &faults)?.0.map_err(|near| {
        let help = near.map_or("its id is the name of its file".to_owned(), |near| format!("did you mean `{near}`?"));
        could_not_run(format!("the site has no document `{id}`"), &help)
    })?;
    let site = site_mark(&page);
    // Whoever names a file has looked whose page it is.
    let marks = if arguments.output.is_some() { vec![MADE_BY] } else { vec![MADE_BY, site] };
    let bytes = disk::write_single_file(&out, &page, &marks)?;
    say_result(&format!("Wrote {} ({}) in {} ms", out.display(), size(bytes), work.progress.elapsed()));
    Ok(())
}

/// Part of a page's title that names the site.
fn site_mark(page: &str) -> &str {
    const END: &str = "</title>";
    let title = page.find("<title>").and_then(|at| page.get(at..)).unwrap_or_default();
    let title = title.find(END).and_then(|at| title.get(..at + END.len())).unwrap_or_default();
    title.rfind(" – ").and_then(|at| title.get(at..)).unwrap_or(title)
}

/// "1.4 MB".
fn size(bytes: u64) -> String {
    match bytes {
        ..10_000 => format!("{bytes} bytes"),
        10_000..1_000_000 => format!("{} kB", bytes / 1_000),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10),
    }
}

fn documents(corpus: &Corpus) -> Vec<ManifestDocument> {
    let listed = corpus.papers().map(|(_, entry)| ManifestDocument {
        id: entry.document.id.to_string(),
        title: entry.document.front.title.clone(),
        status: entry.document.front.status.map(|status| status.as_str().to_owned()),
    });
    listed.collect()
}

/// Returns the site's sources by their paths in the bundle: its texts and the files that it
/// publishes. The site goes into `source/` and its theme into `themes/` beside that, so that
/// `clausebook build source` works in an unpacked bundle.
///
/// # Errors
///
/// If the site extends another, or if one of its pages would be in `source/` too.
fn site_sources(read: &ReadSite, output: &Output) -> Result<BTreeMap<String, ExtraFile>, Stop> {
    let site = &read.site;
    if read.config().extends.is_some() {
        let message = "a site that extends another has only a part of its sources";
        return Err(could_not_run(
            message,
            "leave out `--with-sources`: who builds on it can extend the other site too",
        ));
    }
    if output.iter().any(|(path, _)| path.as_str().starts_with(SOURCES)) {
        let message = format!("pages of the site would be among its sources, in `{SOURCES}`");
        return Err(could_not_run(message, "give the document another id, or leave out `--with-sources`"));
    }
    let place = |path: &str| match path.strip_prefix("../") {
        Some(theme) => theme.to_owned(),
        None => format!("{SOURCES}{path}"),
    };
    let published: BTreeSet<&str> = output
        .iter()
        .filter_map(|(_, artefact)| match artefact {
            Artefact::Copied { from, .. } => Some(from.as_str()),
            Artefact::Made(_) | Artefact::Kept { .. } => None,
        })
        .collect();
    let texts = site.sources.iter().filter(|file| !site.assets.contains_key(&*file.path));
    let texts = texts.map(|file| (place(&file.path), ExtraFile::Text(file.text.to_string())));
    let copied = site.assets.iter().filter(|(path, _)| published.contains(path.as_str()));
    let copied = copied.map(|(path, hash)| (place(path), ExtraFile::Copied(path.clone(), *hash)));
    Ok(texts.chain(copied).collect())
}

fn secret_key(file: &Path) -> Result<signature::SecretKey, Stop> {
    let text = disk::read_alone(file)?;
    let shown = file.display();
    let unusable = |why| match why {
        Unusable::NoKey => could_not_run(
            format!("`{shown}` holds no secret key"),
            "make one with `clausebook bundle --new-key KEYFILE`, or with `minisign -G`",
        ),
        Unusable::NoChecksum => could_not_run(
            format!(
                "the key in `{shown}` has no checksum, as those of `minisign -G -W`, so that nothing shows if it is damaged"
            ),
            "make one with `clausebook bundle --new-key KEYFILE`, or with `minisign -G` and a password",
        ),
        Unusable::NeedsPassword => could_not_run(
            format!("the key in `{shown}` has a password, and there is no terminal to ask for it on"),
            "run the command in a terminal, or use a key without a password that nobody else can read",
        ),
        Unusable::WrongPassword => could_not_run(format!("that is not the password of the key in `{shown}`"), ""),
    };
    match signature::secret_key(&text, None) {
        Err(Unusable::NeedsPassword) => {
            let asked = rpassword::prompt_password(format!("Password of the key in {shown}: ")).ok();
            signature::secret_key(&text, asked).map_err(unusable)
        }
        key => key.map_err(unusable),
    }
}

fn new_key(file: &Path) -> Result<(), Stop> {
    let mut public = file.as_os_str().to_owned();
    public.push(".pub");
    let public = PathBuf::from(public);
    if let Some(site) = site_that_holds(file) {
        let message = format!("`{}` would be in the folder of a site, `{}`", file.display(), site.display());
        return Err(could_not_run(
            message,
            "name a place outside it, where only you can read: what is in it may be published",
        ));
    }
    let ask = |prompt: &str| {
        rpassword::prompt_password(prompt).map_err(|_| {
            could_not_run("there is no terminal to ask for a password on", "run the command in a terminal")
        })
    };
    if let Some(there) = [file, &public].into_iter().find(|path| disk::is_there(path)) {
        return Err(could_not_run(format!("`{}` is there already", there.display()), "name another file"));
    }
    let password = ask("A password for the new key, or nothing for none: ")?;
    if !password.is_empty() && ask("The same again: ")? != password {
        return Err(could_not_run("the two passwords differ", "run the command again"));
    }
    let made = signature::new_key(Some(password).filter(|password| !password.is_empty()));
    let (secret, shared, line) = made.ok_or_else(|| could_not_run("no key can be made on this system", ""))?;
    disk::write_key(file, &secret)?;
    disk::write_single_file(&public, &shared, &[])?;
    say_result(&format!("Made the key {}: keep it secret, and keep a copy of it.", file.display()));
    say_result(&format!("{} is for everybody. Give it on your website, or this line:", public.display()));
    say(&line);
    Ok(())
}
