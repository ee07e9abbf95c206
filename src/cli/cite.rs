//! `clausebook cite`: what the recogniser makes of a text.
//!
//! Takes the text and a site; prints what is cited, with the addresses, and what is wrong in the
//! site's register.

use std::path::Path;

use super::arguments::DiagnosticFormat;
use super::{Stop, could_not_run, print, print_json, say, show, site_folder, whole_under_watch};
use crate::date::PartialDate;
use crate::diagnostic::escape_controls;
use crate::disk;
use crate::pipeline::{self, Hooks, Loaded, Options};
use crate::source::{REGISTER, SourceMap};

pub(super) fn cite(text: &str, site: Option<&Path>, as_at: Option<&str>, json: bool) -> Result<(), Stop> {
    let day = as_at.map(|day| {
        let wrong = || could_not_run(format!("`{day}` is not a day"), "write 2008-04-03, 2008-04 or 2008");
        PartialDate::parse(day).ok_or_else(wrong)
    });
    let day = day.transpose()?;
    let root = site_folder(site)?;
    let read = disk::read_whole(&root, SourceMap::new(), pipeline::settings)?;
    let sources = &read.site.sources;
    let (report, faults) = whole_under_watch(&read, &root, "looking for citations in the text", || {
        let Loaded { register, mut faults, .. } = pipeline::load(&read, &Options::default(), Hooks::default());
        // A row that is no row is why its work is not found.
        faults.retain(|fault| sources.file_of(fault.span).is_some_and(|file| file.path.ends_with(REGISTER)));
        (pipeline::cite::cite(text, &register, day), faults)
    });
    show(&faults, sources, &root, DiagnosticFormat::Human);
    if json {
        return print_json(&report);
    }
    for citation in &report.citations {
        print(&format!("{}\n  {}\n", escape_controls(&citation.text), escape_controls(&citation.oscola)));
        let places = citation.provisions.iter().map(|place| (place.path.as_str(), &place.url, &place.as_at_url));
        let whole = citation.provisions.is_empty().then_some(("", &citation.url, &citation.as_at_url));
        for (path, url, as_at_url) in places.chain(whole) {
            let addresses = [url, as_at_url].into_iter().flatten().map(String::as_str);
            print(&format!(
                "  {}\n",
                std::iter::once(path).chain(addresses).filter(|p| !p.is_empty()).collect::<Vec<_>>().join("  ")
            ));
        }
    }
    for doubt in &report.diagnostics {
        print(&format!("{}\n  {}: {}\n", escape_controls(&doubt.text), doubt.code, escape_controls(&doubt.message)));
    }
    if report.citations.is_empty() && report.diagnostics.is_empty() {
        say("nothing in this text cites a work of the register");
    }
    for near in &report.near {
        let row = near.key.as_ref().map_or("which has no row".to_owned(), |key| format!("`{key}`"));
        say(&format!("help: near is “{}”, {row}", escape_controls(&near.title)));
    }
    Ok(())
}
