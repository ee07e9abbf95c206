//! Tests the built site in Chromium, from a folder and over HTTP at a sub-path.
//!
//! `browser` drives Chromium, `copies` are the sites that it opens, `fonts` are the typefaces that
//! it uses, and `axe` is the accessibility checker; every other module is a promise. Without
//! Chromium the tests fail where `CI` is `true`, and elsewhere report that they checked nothing.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]
#![allow(clippy::disallowed_methods, reason = "tests look at what was written")]

mod axe;
mod brands;
mod browser;
mod budgets;
mod bundle;
mod copies;
mod counterparts;
mod editions;
mod figures;
mod firefox;
mod fonts;
mod hostile;
#[cfg(unix)]
mod hosting;
mod links;
mod list;
mod local;
mod narrow;
mod pages;
mod paper;
mod permalinks;
mod previews;
mod questions;
mod reading;
mod screenshots;
mod search;
mod transcripts;
