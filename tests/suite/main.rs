//! What clausebook promises to those who use it: a module for each promise.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]
#![allow(clippy::disallowed_methods, reason = "tests look at what was written")]

mod between;
mod bundle;
mod citations;
mod cli;
mod compare;
mod content;
mod determinism;
mod diagnostics;
mod distrust;
mod epub;
mod export;
mod faults;
mod folder;
mod footnotes;
mod fuzz;
mod glossary;
mod golden;
mod growth;
mod hostile;
mod house;
mod interrupted;
mod joining;
mod law;
mod ledger;
mod links;
mod litter;
mod local;
mod markup;
mod numbering;
mod order;
mod outputs;
mod pages;
mod permalinks;
mod racing;
mod rebuild;
mod references;
mod relations;
mod renumber;
mod requests;
mod robustness;
mod search;
mod serve;
mod sight;
mod single;
mod site;
mod supply;
mod tables;
mod taxonomies;
mod text;
mod themes;
mod unpackers;
mod watchdog;
mod writing;
