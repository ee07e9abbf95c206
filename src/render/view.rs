//! All that a template can see.
//!
//! Holds the view types, which are the contract with the authors of themes: what is not here cannot
//! change a page. Takes finished words, addresses relative to the page, and markup from `html`;
//! gives values for Tera. Never looks anything up.

mod clause;
mod document;
mod editions;
mod epub;
mod lists;
mod shared;
mod single;

pub use clause::*;
pub use document::*;
pub use editions::*;
pub use epub::*;
pub use lists::*;
pub use shared::*;
pub use single::*;
