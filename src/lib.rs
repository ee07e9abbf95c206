#![allow(missing_docs)]
pub mod source;
pub mod diagnostic;
pub mod output;
