//! `clausebook epub`: a document or the site as an e-book.
//!
//! Takes the command's arguments; resolves the site and makes a book of it, and writes one file if
//! nothing is wrong.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::arguments::Check;
use super::folder::default_output;
use super::progress::Progress;
use super::{Stop, WatchedCommand, could_not_run, count, find_document, options, read, say_result, site_folder};
use crate::book::Book;
use crate::corpus::Corpus;
use crate::diagnostic::{Code, Diagnostic};
use crate::disk;
use crate::document::slug_of;
use crate::export;
use crate::output::{MADE_BY, OutPath, file_stem};
use crate::pipeline::{self, Caches, Hooks, copies};

pub(super) fn run(check: &Check, of: Option<&str>, output: Option<PathBuf>) -> Result<(), Stop> {
    if let Some(path) = output.as_ref().filter(|path| path.extension().is_none_or(|ending| ending != "epub")) {
        let message = format!("`{}` is not the name of an e-book", path.display());
        return Err(could_not_run(message, "write a name that ends in `.epub`"));
    }
    let progress = Progress::new();
    let root = site_folder(check.site.as_deref())?;
    let (options, read) = (options(check)?, read(&root, &progress)?);
    let borrowed = &read.site.borrowed;
    let work = WatchedCommand::new(&root, check, &progress, Hooks::default());
    let (made, faults) = work.watch(&read, |hooks| {
        let loaded = pipeline::load(&read, &options, hooks);
        let resolved = pipeline::resolve(loaded, &mut Caches::default(), hooks);
        let reasons = unfit_pictures(&resolved.corpus, &root, borrowed);
        let unfit: BTreeSet<OutPath> = reasons.keys().cloned().collect();
        let (made, mut faults) = copies::make(&resolved, hooks, |resolved, theme| {
            match of.map(|id| find_document(&resolved.corpus, id)).transpose() {
                Ok(of) => copies::book(resolved, theme, of, &unfit, hooks).map(Ok),
                Err(stop) => Ok(Err(stop)),
            }
        });
        if let Some(Ok(Some(book))) = &made {
            let corpus = &resolved.corpus;
            let left_out = |(path, from): &(OutPath, String)| left_out_at(corpus, from, reasons.get(path)?);
            faults.extend(book.left_out.iter().filter_map(left_out));
        }
        (made, pipeline::sorted(resolved.site, [resolved.faults, faults].concat()))
    });
    let Some(book) = work.show(&read, made, &faults)?.0? else {
        return Err(could_not_run("the site has no text to make a book of", ""));
    };
    let path = output.clone().unwrap_or_else(|| {
        let name = of.map_or_else(|| file_stem(slug_of(&book.facts.title)), str::to_owned);
        default_output(&root, check.site.as_deref(), &format!("{name}.epub"))
    });
    let bytes = pack(&book, &root, borrowed)?;
    let identifier = format!(">{}</dc:identifier>", book.facts.identifier);
    // Whoever names a file has looked whose book it is.
    let marks = if output.is_some() { vec![MADE_BY] } else { vec![MADE_BY, identifier.as_str()] };
    disk::write_book(&path, &bytes, &marks)?;
    let chapters = count(book.chapters.len(), "chapter");
    say_result(&format!(
        "Wrote {chapters} into {} ({} kB) in {} ms",
        path.display(),
        bytes.len().div_ceil(1000),
        progress.elapsed()
    ));
    Ok(())
}

/// The SVG pictures of the site that no book can hold, each with the reason. One that cannot be
/// read is found when the book is packed.
fn unfit_pictures(corpus: &Corpus, root: &Path, borrowed: &BTreeMap<String, Arc<[u8]>>) -> BTreeMap<OutPath, String> {
    let pictures = corpus.assets.iter().filter(|(_, (path, _))| path.as_str().ends_with(".svg"));
    let unfit = pictures.filter_map(|(from, (path, _))| {
        let reason = match borrowed.get(from) {
            Some(bytes) => export::svg::unfit(bytes),
            None => export::svg::unfit(&disk::read_copied(root, from).ok()?),
        };
        Some((path.clone(), reason?))
    });
    unfit.collect()
}

/// Warns of a picture that a book leaves out, at the first place that shows it.
fn left_out_at(corpus: &Corpus, from: &str, reason: &str) -> Option<Diagnostic> {
    let mut pictures = corpus.entries.iter().flat_map(|entry| &entry.document.pictures);
    let span = pictures.find(|picture| picture.path == from)?.span;
    let message = format!("the book cannot hold the picture `{from}`: {reason}");
    let help = "the book has its description instead; save the picture as PNG, or as plain SVG";
    Some(Diagnostic::new(Code::UnfitPicture, span, message).help(help))
}

/// Reads the pictures of a book and packs it. `borrowed` are the files of the site that this one
/// extends.
fn pack(book: &Book, root: &Path, borrowed: &BTreeMap<String, Arc<[u8]>>) -> Result<Vec<u8>, Stop> {
    let mut pictures = Vec::new();
    for (_, from) in &book.pictures {
        pictures.push(match borrowed.get(from) {
            Some(bytes) => bytes.to_vec(),
            None => disk::read_copied(root, from)
                .map_err(|error| could_not_run(format!("cannot read `{from}`: {error}"), ""))?,
        });
    }
    export::epub::pack(book, &pictures).map_err(|error| could_not_run(format!("cannot pack the book: {error}"), ""))
}
