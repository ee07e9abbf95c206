//! A site as `clausebook compare` needs it: resolved, with nothing made of it.
//!
//! Takes a site as it was read; gives its corpus, whatever is wrong in it: what two editions say can be compared before
//! either is right.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Parsed, SETTINGS, documents, ledger, register, relations, settings};
use crate::cache::{self, Cache};
use crate::corpus::Corpus;
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::Register;
use crate::resolve::{self, Beside};
use crate::source::Site;

/// The corpus of a site. `found` is what reading it found wrong.
pub fn corpus(site: &Site, found: &[Diagnostic]) -> Corpus {
    let errors = found.iter().filter(|fault| fault.severity() == Severity::Error);
    let unread: BTreeSet<_> = errors.map(|fault| fault.span.file).collect();
    let mut faults = Vec::new();
    let config = Arc::new(settings(site).0);
    let register = Register::new(register(site, &unread, &mut faults));
    let known: (_, &Cache<Parsed>) = (cache::key(SETTINGS), &Cache::default());
    let documents = documents(site, &config, &register, &unread, known, &mut faults);
    let relations = relations(site, &unread, &mut faults);
    let words = Cache::default();
    let ledger = ledger(site, &unread, &mut faults);
    let (assets, sources) = (&site.assets, &site.sources);
    let beside = Beside { clause_relations: &relations, ledger: &ledger, assets, sources };
    resolve::corpus(documents, config, register.authorities, beside, &words).0
}
