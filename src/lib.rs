//! clausebook turns a folder of Markdown guidance into a website in which every numbered clause can
//! be cited, linked, searched, and found at the same address years later.
//!
//! This is the library of the program of that name. A build is four values, each made from the one
//! before by a pure function, with the disk at both ends: start with [`pipeline`].
//! `ARCHITECTURE.md` tells how the rooms fit together.
//!
//! ```
//! use clausebook::pipeline::{self, Options};
//! use clausebook::source::Site;
//!
//! let mut site = Site::default();
//! site.sources.insert("site.toml", "title = \"Village hall\"\n");
//! site.sources.insert("rules.md", "+++\ntitle = \"Rules\"\n+++\n\n1.1 The hall is let by the hour. See [[1.2]].\n");
//!
//! let build = pipeline::build(&pipeline::read_site(site, Vec::new(), false), &Options::default());
//! assert_eq!(build.diagnostics[0].code.as_str(), "unresolved-reference");
//! ```

pub mod arena;
pub mod book;
pub mod bundle;
pub mod cache;
pub mod cli;
pub mod config;
pub mod corpus;
pub mod date;
pub mod diagnostic;
pub mod disk;
pub mod document;
pub mod editions;
pub mod export;
pub mod import;
pub mod law;
pub mod litter;
pub mod output;
pub mod parse;
pub mod percent;
pub mod permalinks;
pub mod pipeline;
pub mod render;
pub mod resolve;
pub mod roman;
pub mod search;
pub mod serve;
pub mod site;
pub mod source;
pub mod strings;
pub mod underway;
pub mod watchdog;
