//! Views of pages, a file for each kind.
//!
//! Each file takes the page's context and the thing that the page is of; returns all that its
//! template can see. A medium of another kind uses the views that it needs, with links of its own.

pub mod about;
pub mod authorities;
pub mod browse;
pub mod changes;
pub mod clause;
pub mod compare;
pub mod document;
pub mod glossary;
pub mod gone;
pub mod home;
pub mod search;
pub mod taxonomy;
pub mod term;
