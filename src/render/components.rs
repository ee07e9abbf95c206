//! Parts of views that several kinds of page share, as their templates share those of
//! `components.html`.
//!
//! Each file takes the page's context and a thing of the site; returns its view. Never runs a
//! template.

pub mod body;
pub mod bounds;
pub mod cards;
pub mod cited;
pub mod clauses;
pub mod contents;
pub mod counterparts;
pub mod editions;
pub mod formers;
pub mod map;
pub mod notes;
pub mod papers;
pub mod quotation;
pub mod sheets;
pub mod square;
pub mod structured;
pub mod terms;
pub mod works;
