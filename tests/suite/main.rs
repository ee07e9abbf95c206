//! What clausebook promises to those who use it: a module for each promise.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]
#![allow(clippy::disallowed_methods, reason = "tests look at what was written")]

mod between;
mod cli;
mod diagnostics;
mod folder;
mod golden;
mod house;
mod links;
mod site;
mod writing;
