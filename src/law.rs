//! Law and other works cited in ordinary words.
//!
//! Takes the words of a paragraph and a [`Register`] of works; returns each citation with its place in the text, and each
//! doubt. A work has addresses at legislation.gov.uk, and a pinpoint its form in print (OSCOLA, 4th edition).
//!
//! The world is closed: only works of the register are cited, a pinpoint is joined only to a title beside it, and what is
//! in doubt is reported and not joined. Words are never changed. This room knows nothing of sites and their files, so that
//! it could be a crate of its own.
//!
//! ```
//! use clausebook::law::{Authority, AuthorityKind, Register, Unit, recognise};
//!
//! let act = Authority {
//!     work: Some("ukpga/2004/31".to_owned()),
//!     unit: Some(Unit::Section),
//!     ..Authority::new("ca2004", "Children Act 2004", AuthorityKind::Act)
//! };
//! let register = Register::new(vec![act]);
//! let text = "A duty under section 10(1)(b) of the Children Act 2004.";
//! let found = recognise(text, &register, None);
//!
//! let citation = &found.citations[0];
//! assert_eq!(&text[citation.whole.clone()], "section 10(1)(b) of the Children Act 2004");
//! let (provision, _) = &citation.provisions[0];
//! assert_eq!(provision.shown(), "s\u{a0}10(1)(b)");
//! let act = &register.authorities[citation.authority];
//! assert_eq!(
//!     act.provision_address(provision).as_deref(),
//!     Some("https://www.legislation.gov.uk/ukpga/2004/31/section/10#section-10-1-b"),
//! );
//! ```
//!
//! A name that no row declares is a doubt, so that nobody takes it for a link that was forgotten:
//!
//! ```
//! use clausebook::law::{DoubtKind, Register, recognise};
//!
//! let found = recognise("See the Charities Act 2011.", &Register::default(), None);
//! assert!(found.citations.is_empty());
//! assert_eq!(found.doubts[0].kind, DoubtKind::Undeclared);
//! ```

mod attachment;
mod citation;
mod default_work;
mod instruments;
mod names;
mod pinpoint;
mod provision;
mod register;
mod titles;
mod undeclared;
mod words;
mod work;

pub use citation::{BARRIER, Citation, Doubt, DoubtKind, Found};
pub use pinpoint::pinpoint;
pub use provision::{Division, Pinpoint, Provision, Unit};
pub use register::{Form, Register};
pub use words::{is_year, words_of};
pub use work::{Authority, AuthorityKind};

use self::attachment::{join, pinpoints};
use self::default_work::bare_names;
use self::words::Word;

/// Finds every citation in a text. `default` is the authority that a bare "section 10" means, if front matter declares one.
pub fn recognise(text: &str, register: &Register, default: Option<usize>) -> Found {
    let words: Vec<Word<'_>> = words_of(text).collect();
    let mut found = Found::default();
    let titles = titles::find(text, &words, register, &mut found.doubts);
    let pinpoints = pinpoints(text, &words, &titles);
    join(text, register, default, &titles, pinpoints, &mut found);
    found.citations.sort_by_key(|citation| citation.whole.start);
    // A place in the note of another is words of that one: "section 10 (see section 11) of the Children Act 2004".
    let mut end = 0;
    found.citations.retain(|citation| {
        let is_free = citation.whole.start >= end;
        if is_free {
            end = citation.whole.end;
        }
        is_free
    });
    if let Some(default) = default {
        bare_names(text, &words, register, default, &titles, &mut found.citations);
        found.citations.sort_by_key(|citation| citation.whole.start);
    }
    found.doubts.sort_by_key(|doubt| doubt.place.start);
    found
}
