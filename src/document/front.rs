//! Front matter, by which a document says what it is: the values between its `+++` lines.

use super::Target;
use crate::config::ClauseUnit;
use crate::date::PartialDate;
use crate::source::Written;

/// Scheme by which a document numbers its clauses (authoring.md, section 2; the manual, "Numbers").
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Numbering {
    /// A paragraph that opens with 3.37.
    #[default]
    Decimal,
    /// A top-level list item `17.`
    Simple,
    /// A heading that begins with its number, `4.1.1 Quorum`, with what is under it.
    Headings,
    /// Every top-level paragraph, counted from 1.
    Auto,
    /// No clauses.
    None,
}

impl Numbering {
    /// Every scheme with the word for it in front matter.
    pub const ALL: [(&'static str, Numbering); 5] = [
        ("decimal", Numbering::Decimal),
        ("simple", Numbering::Simple),
        ("headings", Numbering::Headings),
        ("auto", Numbering::Auto),
        ("none", Numbering::None),
    ];
}

/// Labels of the items of a numbered list under a clause.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ItemLabels {
    /// None: the list has no addresses.
    #[default]
    List,
    /// Figures: the items are sub-clauses (1), (2).
    Figures,
    /// Letters: the items are sub-clauses (a), (b).
    Letters,
}

impl ItemLabels {
    /// Every kind with the word for it in front matter.
    pub const ALL: [(&'static str, ItemLabels); 3] =
        [("list", ItemLabels::List), ("(1)", ItemLabels::Figures), ("(a)", ItemLabels::Letters)];
}

/// Words that begin the heading of a series of numbers of its own, unless a document names others.
pub const SERIES: [&str; 4] = ["Schedule", "Annex", "Appendix", "Article"];

/// Stage in the life of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Not yet in force.
    Draft,
    /// In force.
    Current,
    /// Replaced by another.
    Superseded,
    /// Taken back.
    Withdrawn,
}

impl Status {
    /// Every status with the word for it in front matter.
    pub const ALL: [(&'static str, Status); 4] = [
        ("draft", Status::Draft),
        ("current", Status::Current),
        ("superseded", Status::Superseded),
        ("withdrawn", Status::Withdrawn),
    ];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        Status::ALL.iter().find(|(_, status)| *status == self).map_or("", |(word, _)| word)
    }
}

/// Relation of one document to another. Each has an inverse, which the page of the other document
/// shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// A later edition of it.
    Replaces,
    /// An earlier edition of it.
    ReplacedBy,
    /// To be read with it.
    Supplements,
    /// The other is to be read with this.
    SupplementedBy,
    /// A shorter account of it.
    Summarises,
    /// The other is a shorter account of this.
    SummarisedBy,
    /// Another wording of it, clause by clause.
    Restates,
    /// The other is another wording of this.
    RestatedBy,
    /// Published together, such as a draft and the form for replies to it.
    PublishedWith,
}

impl Relation {
    /// Every relation that front matter can state, by its key.
    pub const KEYS: [(&'static str, Relation); 6] = [
        ("replaces", Relation::Replaces),
        ("replaced-by", Relation::ReplacedBy),
        ("supplements", Relation::Supplements),
        ("summarises", Relation::Summarises),
        ("restates", Relation::Restates),
        ("published-with", Relation::PublishedWith),
    ];

    /// Returns the word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Relation::Replaces => "replaces",
            Relation::ReplacedBy => "replaced-by",
            Relation::Supplements => "supplements",
            Relation::SupplementedBy => "supplemented-by",
            Relation::Summarises => "summarises",
            Relation::SummarisedBy => "summarised-by",
            Relation::Restates => "restates",
            Relation::RestatedBy => "restated-by",
            Relation::PublishedWith => "published-with",
        }
    }

    /// Returns the relation as seen from the other document.
    pub fn inverse(self) -> Self {
        match self {
            Relation::Replaces => Relation::ReplacedBy,
            Relation::ReplacedBy => Relation::Replaces,
            Relation::Supplements => Relation::SupplementedBy,
            Relation::SupplementedBy => Relation::Supplements,
            Relation::Summarises => Relation::SummarisedBy,
            Relation::SummarisedBy => Relation::Summarises,
            Relation::Restates => Relation::RestatedBy,
            Relation::RestatedBy => Relation::Restates,
            Relation::PublishedWith => Relation::PublishedWith,
        }
    }
}

/// Kind of relation between two clauses. Each kind has an inverse, which the other clause shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClauseRelationKind {
    /// It gives the other in short.
    Summarises,
    /// The other gives it in short.
    SummarisedBy,
    /// It brings the other up to date.
    Updates,
    /// The other brings it up to date.
    UpdatedBy,
    /// It repeats words of the other.
    Quotes,
    /// The other repeats words of it.
    QuotedBy,
    /// It does what the other asks.
    Implements,
    /// The other does what it asks.
    ImplementedBy,
    /// The two do not say the same.
    Differs,
    /// The two treat one thing.
    SeeAlso,
}

impl ClauseRelationKind {
    /// The kinds that an author states: the word in `relations.toml`, and its inverse.
    pub const STATED: [(ClauseRelationKind, &'static str, ClauseRelationKind); 6] = [
        (ClauseRelationKind::Summarises, "summarises", ClauseRelationKind::SummarisedBy),
        (ClauseRelationKind::Updates, "updates", ClauseRelationKind::UpdatedBy),
        (ClauseRelationKind::Quotes, "quotes", ClauseRelationKind::QuotedBy),
        (ClauseRelationKind::Implements, "implements", ClauseRelationKind::ImplementedBy),
        (ClauseRelationKind::Differs, "differs", ClauseRelationKind::Differs),
        (ClauseRelationKind::SeeAlso, "see-also", ClauseRelationKind::SeeAlso),
    ];

    /// Returns the relation as seen from the other clause.
    pub fn inverse(self) -> Self {
        let other = Self::STATED.iter().find_map(|(stated, _, inverse)| match self {
            _ if self == *stated => Some(*inverse),
            _ if self == *inverse => Some(*stated),
            _ => None,
        });
        other.unwrap_or(self)
    }

    /// The word in data.
    pub fn word(self) -> &'static str {
        match self {
            ClauseRelationKind::Summarises => "summarises",
            ClauseRelationKind::SummarisedBy => "summarised-by",
            ClauseRelationKind::Updates => "updates",
            ClauseRelationKind::UpdatedBy => "updated-by",
            ClauseRelationKind::Quotes => "quotes",
            ClauseRelationKind::QuotedBy => "quoted-by",
            ClauseRelationKind::Implements => "implements",
            ClauseRelationKind::ImplementedBy => "implemented-by",
            ClauseRelationKind::Differs => "differs",
            ClauseRelationKind::SeeAlso => "see-also",
        }
    }
}

/// A row of `relations.toml`.
#[derive(Clone, Debug)]
pub struct ClauseRelation {
    /// The clause that is in the relation.
    pub from: Written<Target>,
    /// Relation of `from` to `to`.
    pub kind: ClauseRelationKind,
    /// The other clause.
    pub to: Written<Target>,
}

/// The official text that a page restates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficialSource {
    /// Title of the official text.
    pub title: String,
    /// Web address, if the text has one.
    pub url: Option<String>,
}

/// Front matter of a document: the values between its `+++` lines.
#[derive(Clone, Debug, Default)]
pub struct FrontMatter {
    /// The title.
    pub title: String,
    /// Short title for citations; the title if the author gives nothing shorter.
    pub short: String,
    /// A key of `[kinds]` in the settings.
    pub kind: Option<Written<String>>,
    /// Body that published the document.
    pub issuer: Option<String>,
    /// Date of publication, as precise as the author gave it.
    pub published: Option<PartialDate>,
    /// Stage in the life of the document, if it says so.
    pub status: Option<Status>,
    /// The author's own sentence about its status, in place of ours.
    pub status_note: Option<String>,
    /// Relations to other documents: by id, or by title for works that the site does not hold.
    pub relations: Vec<(Relation, Written<String>)>,
    /// The official text it restates.
    pub source: Option<OfficialSource>,
    /// The key of the work that a bare "section 10" means.
    pub default_authority: Option<Written<String>>,
    /// Whether what it cites counts in the table of authorities, if it says so.
    pub cited: Option<bool>,
    /// Scheme of its clause numbers, if it says so.
    pub numbering: Option<Numbering>,
    /// The word for a clause, if it says so.
    pub unit: Option<ClauseUnit>,
    /// Words that begin the heading of a series of numbers of its own, if it says so.
    pub series: Option<Vec<String>>,
    /// Labels of the items of numbered lists, if it says so.
    pub items: Option<ItemLabels>,
    /// Whether its folder is a publication that shares one numbering.
    pub publication: bool,
    /// Terms that hold for the whole document.
    pub terms: Vec<Written<String>>,
    /// Words, each with its synonyms; only the glossary has any.
    pub synonyms: Vec<(String, Vec<String>)>,
    /// Language of its words (BCP 47), if it is not that of the site.
    pub language: Option<String>,
    /// Edition of the extended site with which these local notes were last compared.
    pub reviewed: Option<Written<String>>,
}

impl FrontMatter {
    /// Returns whether what the document cites counts in the table of authorities: examples do not.
    pub fn counts_citations(&self) -> bool {
        self.cited != Some(false)
    }
}

#[cfg(test)]
mod tests {
    use super::PartialDate;

    #[test]
    fn dates_are_as_precise_as_they_are_written() {
        let words = |text| PartialDate::parse(text).map(|date| date.in_words().replace('\u{a0}', " "));
        assert_eq!(words("2008-04-03").as_deref(), Some("3 April 2008"));
        assert_eq!(words("2008-04").as_deref(), Some("April 2008"));
        assert_eq!(words("2008").as_deref(), Some("2008"));
        assert_eq!(words("2008-02-29").as_deref(), Some("29 February 2008"));
        for text in ["2007-02-29", "2008-13", "2008-4", "08", "2008-04-03-01", "2008--"] {
            assert_eq!(words(text), None, "{text}");
        }
    }
}
