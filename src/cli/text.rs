//! `clausebook text`: a document or pack as plain text.
//!
//! Takes the command's arguments; resolves the site, and prints the text if nothing is wrong.

use super::arguments::Check;
use super::progress::Progress;
use super::{Stop, Work, could_not_run, options, print, read, site_folder};
use crate::export;
use crate::pipeline::{self, Hooks};

pub(super) fn run(check: &Check, of: &str) -> Result<(), Stop> {
    let progress = Progress::new();
    let root = site_folder(check.site.as_deref())?;
    let (options, read) = (options(check)?, read(&root, &progress)?);
    let work = Work::new(&root, check, &progress, Hooks::default());
    let resolved = work.resolve(&read, &options);
    let faults = pipeline::sorted(&read.site, resolved.faults.clone());
    work.show(&read, resolved.is_sound().then_some(()), &faults)?;
    let at = resolved.corpus.paper(of).map_err(|near| {
        let help = near.map_or("its id is the name of its file without `.md`".to_owned(), |near| {
            format!("did you mean `{near}`?")
        });
        could_not_run(format!("there is no document `{of}`"), &help)
    })?;
    print(&work.watch(&read, |_| export::text::text(&resolved.corpus, at)));
    Ok(())
}
