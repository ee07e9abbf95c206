//! What an author writes in ordinary words about the law is a link to the right place, or no link at all.

mod documents;
mod forms;
mod visible;
