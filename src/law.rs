//! Law and other works cited in ordinary words.
//!
//! Takes the words of a paragraph and a [`Register`] of works; returns each citation with its place
//! in the text, and each doubt. A work has addresses at legislation.gov.uk, and a pinpoint its form
//! in print (OSCOLA, 4th edition).
//!
//! The world is closed: only works of the register are cited, a pinpoint is joined only to a title
//! beside it, and what is in doubt is reported and not joined. Words are never changed. This room
//! knows nothing of sites and their files, so that it could be a crate of its own.
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
//! // The program knows the Act, so the help has a row to paste. Only a declared Act is linked.
//! assert!(found.doubts[0].help.ends_with("work = \"ukpga/2011/25\""));
//! ```
//!
//! A place belongs to the title that it follows, or to the title after it if "of the" is between
//! them. A short name that a text defines means its work from there on, in later texts too:
//!
//! ```
//! use clausebook::law::{Authority, AuthorityKind, Register, ShortNames, Unit, recognise_after};
//!
//! let act = |key, title| Authority { unit: Some(Unit::Section), ..Authority::new(key, title, AuthorityKind::Act) };
//! let register = Register::new(vec![act("ca2004", "Children Act 2004"), act("ca2011", "Charities Act 2011")]);
//! let mut short = ShortNames::default();
//! let mut cited = |text: &str| -> Vec<String> {
//!     let found = recognise_after(text, &register, None, &mut short);
//!     let each = found.citations.iter().map(|citation| {
//!         let row = &register.authorities[citation.authority];
//!         let paths = citation.provisions.iter().map(|(provision, _)| row.path(provision));
//!         std::iter::once(row.key.clone()).chain(paths).collect::<Vec<_>>().join(" ")
//!     });
//!     each.collect()
//! };
//!
//! let text = "Children Act 2004 (“the main Act”), s 10, section 5 of the Charities Act 2011";
//! assert_eq!(cited(text), ["ca2004 section/10", "ca2011 section/5"]);
//! assert_eq!(cited("See sections 11 and 12 of the main Act."), ["ca2004 section/11 section/12"]);
//! ```

mod attachment;
mod bonds;
mod change;
mod citation;
mod convention;
mod cursor;
mod default_work;
mod definitions;
mod holders;
mod known;
mod names;
mod numbered;
mod numbers;
mod pinpoint;
mod provision;
mod register;
mod rows;
mod runs;
mod short_names;
mod title;
mod titles;
mod tokens;
mod undeclared;
mod unknown;
mod visible;
mod words;
mod work;

pub use change::Change;
pub use citation::{BARRIER, Citation, Doubt, DoubtKind, Found};
pub use known::{KnownAct, known_act, known_titles, near_title};
pub use numbers::instrument_after;
pub use pinpoint::pinpoint;
pub use provision::{Division, Pinpoint, Provision, Unit};
pub use register::{Form, Register};
pub use rows::NewRow;
pub use short_names::ShortNames;
pub use words::{is_year, words_of};
pub use work::{Authority, AuthorityKind};

use self::attachment::{Scene, join};
use self::tokens::Tokens;
use self::visible::Visible;

/// Finds every citation in a text. `default` is the authority that a bare "section 10" means, if
/// front matter declares one.
pub fn recognise(text: &str, register: &Register, default: Option<usize>) -> Found {
    recognise_after(text, register, default, &mut ShortNames::default())
}

/// Finds every citation in a text that is one of several. `short` has the short names that the
/// texts before it defined, and takes those that this one defines.
pub fn recognise_after(text: &str, register: &Register, default: Option<usize>, short: &mut ShortNames) -> Found {
    let Some(visible) = Visible::new(text) else { return found(text, register, default, short) };
    let mut found = found(&visible.text, register, default, short);
    for citation in &mut found.citations {
        citation.whole = visible.back(&citation.whole);
        citation.title = citation.title.as_ref().map(|title| visible.back(title));
        citation.provisions.iter_mut().for_each(|(_, place)| *place = visible.back(place));
    }
    found.doubts.iter_mut().for_each(|doubt| doubt.place = visible.back(&doubt.place));
    found.loose.iter_mut().for_each(|(_, place)| *place = visible.back(place));
    found
}

fn found(text: &str, register: &Register, default: Option<usize>, short: &mut ShortNames) -> Found {
    let tokens = Tokens::new(text);
    let mut found = Found::default();
    let mut titles = titles::find(&tokens, register, default, short, &mut found.doubts);
    let mut runs = runs::runs(&tokens, &titles);
    // A run ends where an unknown name begins, as at any other title.
    if unknown::unknown(&tokens, register, &runs, &mut titles) {
        runs = runs::runs(&tokens, &titles);
    }
    join(&Scene { tokens: &tokens, register, default, titles: &titles }, runs, &mut found);
    found.citations.sort_by_key(|citation| citation.whole.start);
    // A place in the note of another is words of that one: "section 10 (see section 11) of the
    // Children Act 2004".
    let mut end = 0;
    found.citations.retain(|citation| {
        let is_free = citation.whole.start >= end;
        if is_free {
            end = citation.whole.end;
        }
        is_free
    });
    found.doubts.sort_by_key(|doubt| doubt.place.start);
    found
}
