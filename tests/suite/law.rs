//! Ordinary words about the law become a link to the right place, or no link at all.

mod attachment;
mod documents;
mod forms;
mod neighbours;
mod register;
mod visible;

/// The cases of a property test of the law: what `LAW` says, or a few.
fn cases(few: u32) -> u32 {
    std::env::var("LAW").ok().and_then(|cases| cases.parse().ok()).unwrap_or(few)
}
