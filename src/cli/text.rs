//! `clausebook text`: a document or pack as plain text.
//!
//! Takes the command's arguments; resolves the site, and prints the text if nothing is wrong.

use super::arguments::Check;
use super::progress::Progress;
use super::{Stop, WatchedCommand, find_document, options, print, read, site_folder};
use crate::export::text::text;
use crate::pipeline::Hooks;

pub(super) fn run(check: &Check, of: &str) -> Result<(), Stop> {
    let progress = Progress::new();
    let root = site_folder(check.site.as_deref())?;
    let (options, read) = (options(check)?, read(&root, &progress)?);
    let work = WatchedCommand::new(&root, check, &progress, Hooks::default());
    let resolved = work.resolve(&read, &options)?;
    let at = find_document(&resolved.corpus, of)?;
    print(&work.watch(&read, |_| text(&resolved.corpus, at)));
    Ok(())
}
