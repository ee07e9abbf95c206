#![allow(missing_docs)]
pub mod source;
pub mod diagnostic;
pub mod output;
pub mod config;
pub mod corpus;
pub mod document;
