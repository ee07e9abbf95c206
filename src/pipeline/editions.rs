//! A site as `clausebook compare` and `renumber` need it: resolved, with nothing made of it.
//!
//! Takes a site as it was read; gives its corpus, whatever is wrong in it: what two editions say can be compared before
//! either is right.

use std::sync::Arc;

use super::{Parsed, SETTINGS, before_parsing, documents, ledger, register, registered, relations};
use crate::cache::{self, Cache};
use crate::corpus::Corpus;
use crate::diagnostic::Diagnostic;
use crate::document::ledger::Ledger;
use crate::resolve::{self, Beside};
use crate::source::Site;

/// The corpus of a site. `found` is what reading it found wrong.
pub fn corpus(site: &Site, found: &[Diagnostic]) -> Corpus {
    let (_, unread) = before_parsing(site, &mut found.to_vec());
    let ledger = ledger(site, &unread, &mut Vec::new());
    resolved(site, found, &ledger).0
}

/// A site resolved, without theme, pages and data, and compared with a ledger.
pub(super) fn resolved(site: &Site, found: &[Diagnostic], ledger: &Ledger) -> (Corpus, Vec<Diagnostic>) {
    let mut faults = found.to_vec();
    let (config, unread) = before_parsing(site, &mut faults);
    let config = Arc::new(config);
    let declared = register(site, &unread, &mut faults);
    let register = registered(&declared);
    let known: (_, &Cache<Parsed>) = (cache::key(SETTINGS), &Cache::default());
    let documents = documents(site, &config, &register, &unread, known, None, &mut faults);
    let relations = relations(site, &unread, &mut faults);
    let Site { assets, products, sources, .. } = site;
    let beside = Beside { clause_relations: &relations, ledger, assets, products, sources };
    let (corpus, more) = resolve::corpus(documents, config, declared, beside, &Cache::default());
    faults.extend(more);
    (corpus, faults)
}
