//! The rule of attachment: which of the titles around a run of places it belongs to.
//!
//! Each row is a text and what it links: a key with its paths, both ends of a range, a semicolon between works.

use clausebook::law::Register;
use clausebook::parse::metadata;
use clausebook::pipeline::cite::{CiteReport, cite};
use clausebook::source::SourceMap;
use proptest::prelude::*;

/// Works whose titles stand in one another, whose chapters are of old, or which have other units than sections.
pub const WORKS: &str = include_str!("works.toml");

pub fn register() -> Register {
    let mut sources = SourceMap::new();
    let file = sources.insert("authorities.toml", WORKS);
    let (rows, faults) = metadata::authorities([sources.file(file)]);
    assert!(faults.is_empty(), "{faults:?}");
    Register::new(rows.into_iter().map(|row| row.authority).collect())
}

/// "lic2003 section/13 ; gam2005 section/7"
pub fn linked(report: &CiteReport) -> String {
    let each = report.citations.iter().map(|citation| {
        let paths = citation.provisions.iter().map(|provision| provision.path.clone());
        std::iter::once(citation.key.clone()).chain(paths).collect::<Vec<_>>().join(" ")
    });
    each.collect::<Vec<_>>().join(" ; ")
}

/// The codes of what is in doubt.
fn codes(report: &CiteReport) -> String {
    report.diagnostics.iter().map(|doubt| doubt.code).collect::<Vec<_>>().join(" ")
}

/// Compares every row before it fails, so that one run shows all that is wrong.
fn compare(rows: &[(&str, &str, &str)]) {
    let register = register();
    let wrong: Vec<String> = rows
        .iter()
        .filter_map(|(text, wanted, doubts)| {
            let report = cite(text, &register, None);
            let found = (linked(&report), codes(&report));
            let same = (found.0.as_str(), found.1.as_str()) == (*wanted, *doubts);
            (!same).then(|| format!("{text}\n   found {found:?}\n  wanted {:?}", (wanted, doubts)))
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {}\n{}", wrong.len(), rows.len(), wrong.join("\n"));
}

#[test]
fn each_run_of_places_belongs_to_one_title() {
    compare(RULE);
}

#[test]
fn each_form_of_citation_leads_to_its_place() {
    compare(FORMS);
}

#[test]
fn a_paragraph_of_a_judgment_is_printed_in_brackets() {
    for (text, wanted) in [
        ("[2018] UKSC 49, [2020] AC 413 [35]", " [35]"),
        ("[2018] UKSC 49, paras 35-37", " [35]–[37]"),
        ("[2018] UKSC 49 at [35] and [37]", " [35] and [37]"),
    ] {
        let report = cite(text, &register(), None);
        let oscola = report.citations.first().unwrap().oscola.clone();
        assert_eq!(oscola, format!("Lee v Ashers Baking Company Ltd [2018] UKSC 49{wanted}"), "{text}");
    }
}

#[test]
fn an_article_of_the_convention_leads_to_its_page() {
    for (text, wanted) in [
        ("Article 8", "schedule/1/part/I/chapter/7"),
        ("Article 8(2)", "schedule/1/part/I/chapter/7/paragraph/2"),
        ("Article 14 of Part I", "schedule/1/part/I/chapter/12"),
        ("Article 5(1)(e)", "schedule/1/part/I/chapter/4/paragraph/1#schedule-1-part-I-chapter-4-paragraph-1-e"),
        ("Article 2 of Part II", "schedule/1/part/II/chapter/2"),
        ("Article 2 of Part 2", "schedule/1/part/II/chapter/2"),
        // Article 13 is not in the Act.
        ("Article 13", "schedule/1"),
    ] {
        let report = cite(&format!("{text} of Schedule 1 to the Human Rights Act 1998"), &register(), None);
        let url = report.citations[0].provisions[0].url.clone().unwrap();
        assert_eq!(url, format!("https://www.legislation.gov.uk/ukpga/1998/42/{wanted}"), "{text}");
    }
    // Of other treaties no article has a page.
    let report = cite("Article 8 of Schedule 1 to the Care Act 2014", &register(), None);
    let url = report.citations[0].provisions[0].url.clone().unwrap();
    assert_eq!(url, "https://www.legislation.gov.uk/ukpga/2014/23/schedule/1");
}

#[test]
fn what_is_of_no_work_of_the_register_is_not_linked() {
    compare(NOT_LINKED);
}

#[test]
fn the_tables_of_the_law_have_450_rows_and_a_third_of_them_link_nothing() {
    let (linking, not) = super::forms::rows();
    let (linking, not) = (linking + RULE.len() + FORMS.len(), not + NOT_LINKED.len());
    assert!(linking + not >= 450 && 3 * not >= linking + not, "{linking} link, {not} do not");
}

const RULE: &[(&str, &str, &str)] = &[
    ("Article 6(1)(f) of the UK GDPR, recital 47", "gdpr article/6/1/f ; gdpr recital/47", ""),
    ("Article 6(1)(f) of the UK GDPR, recitals 47 and 48", "gdpr article/6/1/f ; gdpr recital/47 recital/48", ""),
    ("Article 6(1)(f) of the UK GDPR (recital 47).", "gdpr article/6/1/f ; gdpr recital/47", ""),
    ("section 13 of the Licensing Act 2003, Sch 1, para 2", "lic2003 section/13 ; lic2003 schedule/1/paragraph/2", ""),
    ("section 13 of the Licensing Act 2003, s 14; s 15", "lic2003 section/13 ; lic2003 section/14", ""),
    ("s 13 LA 2003, Part 4", "lic2003 section/13 ; lic2003 part/4", ""),
    ("section 13 of the Licensing Act 2003, section 14 applies", "lic2003 section/13", ""),
    ("section 13 of the Licensing Act 2003 and section 14", "lic2003 section/13", ""),
    ("section 13 of the Licensing Act 2003, section 14 of the guidance", "lic2003 section/13", ""),
    ("section 13 of the Licensing Act 2003, section 14 below", "lic2003 section/13", ""),
    ("section 13 of the Licensing Act 2003, paragraph 4", "lic2003 section/13", ""),
    ("section 13 of the Licensing Act 2003, chapter 4", "lic2003 section/13", ""),
    ("section 13 of the Licensing Act 2003, regulation 4", "lic2003 section/13", ""),
    (
        "section 13 of the Licensing Act 2003, section 7 of the Gambling Act 2005",
        "lic2003 section/13 ; gam2005 section/7",
        "",
    ),
    ("section 13 of the Licensing Act 2003, s 7, Gambling Act 2005", "lic2003 section/13 ; gam2005 section/7", ""),
    ("Licensing Act 2003 [section 13]", "lic2003 section/13", ""),
    ("Licensing Act 2003 (England and Wales), s 13", "lic2003 section/13", ""),
    ("Licensing Act 2003 (as it applies in Wales) s 13", "lic2003 section/13", ""),
    ("Licensing Act 2003 (as amended by the Gambling Act 2005), s 13", "lic2003 ; gam2005 ; lic2003 section/13", ""),
    ("Licensing Act 2003 (in particular sections 13 and 14)", "lic2003 section/13 section/14", ""),
    ("Licensing Act 2003 (especially s 13)", "lic2003 section/13", ""),
    ("Licensing Act 2003 (in particular, s 13)", "lic2003 section/13", ""),
    ("the Licensing Act 2003, including section 13", "lic2003 section/13", ""),
    ("the Licensing Act 2003, particularly section 13, applies", "lic2003 section/13", ""),
    ("the Licensing Act 2003 and, in particular, section 13", "lic2003 section/13", ""),
    ("the Licensing Act 2003, including section 2 of this guidance", "lic2003", ""),
    ("the Licensing Act 2003, in that section 13", "lic2003", ""),
    ("section 13 and/or section 14 of the Licensing Act 2003", "lic2003 section/13 section/14", ""),
    ("Licensing Act 2003, ss 13 and/or 14", "lic2003 section/13 section/14", ""),
    ("section 13, subsection (2) of the Licensing Act 2003", "lic2003 section/13/2", ""),
    ("Licensing Act 2003, section 13(2), paragraph (a)", "lic2003 section/13/2/a", ""),
    ("Licensing Act 2003 (see s 13)", "lic2003", ""),
    ("section 13 (of the Licensing Act 2003)", "lic2003 section/13", ""),
    ("section 13 (Licensing Act 2003)", "lic2003 section/13", ""),
    ("s 13 (LA 2003)", "lic2003 section/13", ""),
    ("(section 13) of the Licensing Act 2003", "lic2003 section/13", ""),
    ("section 13 (grants), Licensing Act 2003", "lic2003 section/13", ""),
    ("Part 4 (Licensing Act 2003)", "lic2003", ""),
    ("chapter 4 (Licensing Act 2003)", "lic2003", ""),
    ("Licensing Act 2003 (see also) s 7 Gambling Act 2005", "lic2003 ; gam2005 section/7", ""),
    ("Explanatory Notes to the Care Act 2014, paragraph 42", "care2014", ""),
    ("the explanatory memorandum to the Manual Handling Operations Regulations 1992, para 4", "mho1992", ""),
    ("statutory guidance under the Care Act 2014, paragraphs 4.2 and 4.3", "care2014", ""),
    ("guidance issued under section 78 of the Care Act 2014, paragraph 4.2", "care2014 section/78", ""),
    ("the guide to the Care Act 2014, chapter 6", "care2014", ""),
    ("guidance on the Care Act 2014, section 9", "care2014 section/9", ""),
    ("Care Act 2014, paragraph 42", "care2014", "unit-mismatch"),
    // A spaced dash before a unit parts what is of the title before it from what follows.
    ("Gambling Act 2005 s 3 – section 7 of the Licensing Act 2003", "gam2005 section/3 ; lic2003 section/7", ""),
    ("Gambling Act 2005, s 3 — s 7 of the Licensing Act 2003", "gam2005 section/3 ; lic2003 section/7", ""),
    ("Gambling Act 2005, ss 3 - 7", "gam2005 section/3 section/7", ""),
    ("sections 3 – 7 of the Gambling Act 2005", "gam2005 section/3 section/7", ""),
    // A date is no place.
    ("Gambling Act 2005, s 9, 10 May 2015", "gam2005 section/9", ""),
    ("Gambling Act 2005, ss 8 and 9, 3 Sept 2015", "gam2005 section/8 section/9", ""),
    ("section 9 to 10 June of the Gambling Act 2005", "gam2005", ""),
    ("Gambling Act 2005, ss 9, 10 and 11", "gam2005 section/9 section/10 section/11", ""),
    // A title with the word for a paper after it is the name of another work.
    ("paragraph 2.1 of the Children Act 1989 guidance", "ca1989", ""),
    ("Part 3 of the Children Act 1989 guidance and regulations, volume 2", "ca1989", ""),
    ("section 5 of the Licensing Act 2003 explanatory notes", "lic2003", ""),
    ("section 2 of the Licensing Act 2003 factsheet", "lic2003", ""),
    ("Chapter 4 of the Licensing Act 2003 Code of Practice", "lic2003", ""),
    ("section 5 of the Licensing Act 2003 Statutory Code of Practice", "lic2003", ""),
    ("Licensing Act 2003: Code of Practice, para 4.6", "lic2003", ""),
    ("section 2 of the Licensing Act 2003 Bill", "", "undeclared-authority"),
    ("section 5 of the Licensing Act 2003 assessments", "lic2003 section/5", ""),
    // A judgment has its place in the reports after its name.
    ("[2018] UKSC 49, [2018] 3 WLR 1294 [35]", "ashers paragraph/35", ""),
    ("[2018] UKSC 49, [2020] AC 413 [35]", "ashers paragraph/35", ""),
    ("[2018] UKSC 49, [2020] 1 AC 413 at [35]", "ashers paragraph/35", ""),
    ("[2018] UKSC 49 [2019] 1 All ER 1", "ashers", ""),
    ("[2018] UKSC 49, [2018] 3 WLR 1294, paras 35-37", "ashers paragraph/35 paragraph/37", ""),
    (
        "[2018] UKSC 49, (2018) 23 EHRR 413, [35]; Licensing Act 2003, s 13",
        "ashers paragraph/35 ; lic2003 section/13",
        "",
    ),
    ("[2018] UKSC 49, [2019]", "ashers", ""),
    // Which work a place belongs to
    ("Licensing Act 2003, s 13; section 7 of the Gambling Act 2005.", "lic2003 section/13 ; gam2005 section/7", ""),
    ("Licensing Act 2003, s 13, section 7 of the Gambling Act 2005.", "lic2003 section/13 ; gam2005 section/7", ""),
    (
        "Licensing Act 2003, ss 13 and 14 and section 7 of the Gambling Act 2005",
        "lic2003 section/13 section/14 ; gam2005 section/7",
        "",
    ),
    ("LA 2003, s 13; s 7 Gambling Act 2005", "lic2003 section/13 ; gam2005 section/7", ""),
    (
        "Licensing Act 2003, Sch 1, para 2; section 7 of the Gambling Act 2005",
        "lic2003 schedule/1/paragraph/2 ; gam2005 section/7",
        "",
    ),
    (
        "Manual Handling Operations Regulations 1992, reg 4; section 7 of the Gambling Act 2005",
        "mho1992 regulation/4 ; gam2005 section/7",
        "",
    ),
    (
        "Gambling Act 2005, s 7; regulation 4 of the Manual Handling Operations Regulations 1992",
        "gam2005 section/7 ; mho1992 regulation/4",
        "",
    ),
    ("Children Act 1989, Part III, Part 4 of the Licensing Act 2003", "ca1989 part/III ; lic2003 part/4", ""),
    ("Licensing Act 2003, s 13; section 2 of the Unregistered Act 1999", "lic2003 section/13", "undeclared-authority"),
    ("Unregistered Act 1999, s 2; section 7 of the Gambling Act 2005", "gam2005 section/7", "undeclared-authority"),
    ("Licensing Act 2003, s 13, and paragraph 9 above", "lic2003 section/13", ""),
    ("Appendix C, paragraph 2; section 7 of the Gambling Act 2005", "gam2005 section/7", ""),
    ("our club rules, rule 8, section 7 of the Gambling Act 2005", "gam2005 section/7", ""),
    ("section 13 of the Licensing Act 2003; Gambling Act 2005, s 7", "lic2003 section/13 ; gam2005 section/7", ""),
    // Dashes, spaces, lists
    ("ss 13‑15 of the Licensing Act 2003", "lic2003 section/13 section/15", ""),
    ("sections 13—15 of the Licensing Act 2003", "lic2003 section/13 section/15", ""),
    ("sections 13−15 of the Licensing Act 2003", "lic2003 section/13 section/15", ""),
    ("Licensing Act 2003, s 13(1)(a)‑(c)", "lic2003 section/13/1/a section/13/1/c", ""),
    // Forms
    ("2003 c. 17, s 13", "lic2003 section/13", ""),
    ("2005 asp 10, s 7", "cti2005 section/7", ""),
    ("Trustee Act 1925, s 57", "trustee1925 section/57", ""),
    ("15 & 16 Geo. 5 c. 19, s 57", "trustee1925 section/57", ""),
    ("Public Order Act 1936, s 1", "poa1936 section/1", ""),
    ("paragraph 3 of the Schedule to the Village Halls (Fees) Regulations 2001", "fees2001 schedule/paragraph/3", ""),
    ("the First Schedule to the Trustee Act 1925", "trustee1925", ""),
    ("paragraph 12 of Part 2 of Schedule 4 to the Licensing Act 2003", "lic2003 schedule/4/paragraph/12", ""),
    ("Manual Handling Operations Regulations 1992, SI 1992/2793, reg 4", "mho1992 regulation/4", ""),
    ("SI 1996/9002 (N.I. 3), art 5", "hal1996 article/5", ""),
    // Kinds
    (
        "Renting Homes (Wales) Act 2016, s 31; section 7 of the Gambling Act 2005",
        "rent2016 section/31 ; gam2005 section/7",
        "",
    ),
    ("section 35 of the Ecclesiastical Jurisdiction and Care of Churches Measure 2018", "church2018 section/35", ""),
    ("City of London (Open Spaces) Act 2018 (c. i), s 6", "spaces2018 section/6", ""),
    ("CPR 1.1(2)", "cpr rule/1.1/2", ""),
    ("recital 26 of the UK GDPR", "gdpr recital/26", ""),
    ("Lee v Ashers Baking Company Ltd [2018] UKSC 49 at [35]", "ashers paragraph/35", ""),
    (
        "Gambling Act 2005 Code of Practice, para 3.2; section 7 of the Gambling Act 2005",
        "hallcode paragraph/3.2 ; gam2005 section/7",
        "",
    ),
    // Titles
    ("section 2 of the Local Government etc. (Scotland) Act 1994", "lge1994 section/2", ""),
    ("Occupiers' Liability Act 1984, s 1", "ola1984 section/1", ""),
    ("Town & Country Planning Act 1990, s 55", "tcp1990 section/55", ""),
    ("section 13 of the Licensing Act of 2003", "lic2003 section/13", ""),
    (
        "The Nationality, Immigration and Asylum Act 2002 (“the 2002 Act”) applies; see section 82 of the 2002 Act.",
        "nia2002 ; nia2002 section/82",
        "",
    ),
    // More of the rule
    ("Licensing Act 2003, s 13, and section 7 of the Gambling Act 2005", "lic2003 section/13 ; gam2005 section/7", ""),
    ("Licensing Act 2003, s 13 and s 7 Gambling Act 2005", "lic2003 section/13 ; gam2005 section/7", ""),
    ("Licensing Act 2003, section 7 of the Gambling Act 2005", "lic2003 ; gam2005 section/7", ""),
    (
        "Licensing Act 2003: s 13. Section 7 of the Gambling Act 2005 differs.",
        "lic2003 section/13 ; gam2005 section/7",
        "",
    ),
    ("Licensing Act 2003 (s 13), section 7 of the Gambling Act 2005", "lic2003 section/13 ; gam2005 section/7", ""),
    (
        "section 13 of the Licensing Act 2003, section 14 and section 7 of the Gambling Act 2005",
        "lic2003 section/13 ; gam2005 section/14 section/7",
        "",
    ),
    (
        "Licensing Act 2003, s 13, paragraph 3 of Schedule 2 to the Gambling Act 2005",
        "lic2003 section/13 ; gam2005 schedule/2/paragraph/3",
        "",
    ),
    (
        "Licensing Act 2003, s 13, Sch 2, para 3 to the Gambling Act 2005",
        "lic2003 section/13 ; gam2005 schedule/2/paragraph/3",
        "",
    ),
    (
        "Licensing Act 2003, s 13, subsection (2) of section 7 of the Gambling Act 2005",
        "lic2003 section/13 ; gam2005 section/7/2",
        "",
    ),
    (
        "Licensing Act 2003, s 13, paragraph 3.2 of the Gambling Act 2005 Code of Practice",
        "lic2003 section/13 ; hallcode paragraph/3.2",
        "",
    ),
    (
        "Manual Handling Operations Regulations 1992, reg 4, section 7 of the Gambling Act 2005",
        "mho1992 regulation/4 ; gam2005 section/7",
        "",
    ),
    ("section 7 and regulation 4 of the Manual Handling Operations Regulations 1992", "mho1992 regulation/4", ""),
    ("Gambling Act 2005, s 7 and regulation 4", "gam2005 section/7", ""),
    (
        "Gambling Act 2005, s 7, regulation 3 and regulation 4 of the Manual Handling Operations Regulations 1992",
        "gam2005 section/7 ; mho1992 regulation/3 regulation/4",
        "",
    ),
    (
        "Gambling Act 2005, ss 7, 8 and 9; Licensing Act 2003, Part 4",
        "gam2005 section/7 section/8 section/9 ; lic2003 part/4",
        "",
    ),
    (
        "ss 13 and 14 of the Licensing Act 2003 and ss 7 to 9 of the Gambling Act 2005",
        "lic2003 section/13 section/14 ; gam2005 section/7 section/9",
        "",
    ),
    (
        "s 13 of the Licensing Act 2003, s 7 of the Gambling Act 2005 and s 17 of the Children Act 1989",
        "lic2003 section/13 ; gam2005 section/7 ; ca1989 section/17",
        "",
    ),
    (
        "Licensing Act 2003, s 13; Gambling Act 2005, s 7; Children Act 1989, s 17",
        "lic2003 section/13 ; gam2005 section/7 ; ca1989 section/17",
        "",
    ),
    (
        "Licensing Act 2003, s 13, Gambling Act 2005, s 7, Children Act 1989, s 17",
        "lic2003 section/13 ; gam2005 section/7 ; ca1989 section/17",
        "",
    ),
    ("Licensing Act 2003 s 13 Gambling Act 2005 s 7", "lic2003 section/13 ; gam2005 section/7", ""),
    ("Part 2 of this paper, paragraph 3, and section 7 of the Gambling Act 2005", "gam2005 section/7", ""),
    ("Annex B, Part 2, section 7 of the Gambling Act 2005", "gam2005 section/7", ""),
    ("Licensing Act 2003, s 13, and section 2 of this guidance", "lic2003 section/13", ""),
    ("Licensing Act 2003, s 13 and section 2 of our policy", "lic2003 section/13", ""),
    ("Licensing Act 2003, s 13, section 7 of the Act", "lic2003 section/13", ""),
    ("ibid, s 7, section 13 of the Licensing Act 2003", "lic2003 section/13", ""),
    ("Licensing Act 2003, s 13, section 2 of the Unregistered Act 1999", "lic2003 section/13", "undeclared-authority"),
    (
        "section 2 of the Unregistered Act 1999, section 7 of the Gambling Act 2005",
        "gam2005 section/7",
        "undeclared-authority",
    ),
    ("section 7 (gaming) of, and Schedule 1 to, the Gambling Act 2005", "gam2005 section/7 ; gam2005 schedule/1", ""),
    (
        "section 7 (gaming), section 8 (betting) and section 9 (lotteries) of the Gambling Act 2005",
        "gam2005 section/7 ; gam2005 section/8 ; gam2005 section/9",
        "",
    ),
];

const FORMS: &[(&str, &str, &str)] = &[
    ("section 2 of the Local Government, etc. (Scotland) Act 1994", "lge1994 section/2", ""),
    ("section 2 of the Local Government, Etc., (Scotland) Act 1994", "lge1994 section/2", ""),
    (
        "the Housing Act 1996 (“the 1996 Act” or “HA 1996”): section 1 of the 1996 Act; HA 1996, s 2",
        "ha1996 ; ha1996 section/1 ; ha1996 section/2",
        "",
    ),
    (
        "the Housing Act 1996 (“the 1996 Act”, “HA 1996”): section 1 of the 1996 Act; HA 1996, s 2",
        "ha1996 ; ha1996 section/1 ; ha1996 section/2",
        "",
    ),
    ("the Housing Act 1996 (the “1996 Act”), and section 1 of the 1996 Act", "ha1996 ; ha1996 section/1", ""),
    ("the Housing Act 1996 (hereafter HA 1996) and section 1 of HA 1996", "ha1996 ; ha1996 section/1", ""),
    ("the Human Rights Act 1998 (HRA) and section 6 of the HRA", "hra1998 ; hra1998 section/6", ""),
    (
        "the Housing Act 1996 (as amended by the Licensing Act 2003) (“the 1996 Act”) and section 1 of the 1996 Act",
        "ha1996 ; lic2003 ; ha1996 section/1",
        "",
    ),
    (
        "the Housing Act 1996, as amended by the Licensing Act 2003 (“the 1996 Act”), and section 1 of the 1996 Act",
        "ha1996 ; lic2003 ; ha1996 section/1",
        "",
    ),
    (
        "the Housing Act 1996, as amended by the Licensing Act 2003 (“the Act”), and section 1 of the Act",
        "ha1996 ; lic2003",
        "",
    ),
    ("the Housing Act 1996 (“the 1989 Act”) and section 1 of the 1989 Act", "ha1996", ""),
    ("the Housing Act 1996 (HA) and section 1 of the HA", "ha1996", ""),
    ("the Housing Act 1996 (replaced by the “New Act”) and section 1 of the New Act", "ha1996", ""),
    (
        "the Housing Act 1996 (“the Act”): section 1 of the Act. The Gambling Act 2005 (“the Act”): section 2 of the Act",
        "ha1996 ; ha1996 section/1 ; gam2005",
        "ambiguous-authority",
    ),
    (
        "the Housing Act 1996 (“the Act”) and the Housing Act 1996 (“the Act”): section 2 of the Act",
        "ha1996 ; ha1996 ; ha1996 section/2",
        "",
    ),
    ("Care Act 2014 at s 9", "care2014 section/9", ""),
    ("Care Act 2014, at section 9(1)", "care2014 section/9/1", ""),
    ("CPR 21", "cpr part/21", ""),
    ("CPR 21 and 22", "cpr part/21 part/22", ""),
    ("CPR r21.1", "cpr rule/21.1", ""),
    ("CPR 14 days", "cpr", ""),
    ("FPR 2010, Part 25", "fpr part/25", ""),
    ("FPR 2010 r 4.4(1)(a)", "fpr rule/4.4/1/a", ""),
    ("FPR 2009, Part 25", "fpr", ""),
    ("CPR 1 Gloves 2 Masks", "cpr", ""),
    ("CPR 36 applies", "cpr part/36", ""),
    ("section 1(A1) of the Housing Act 1996", "ha1996 section/1/A1", ""),
    ("chapter 52 of the Housing Act 1996", "ha1996", ""),
    ("Chapter 2 of Part 7 of the Housing Act 1996", "ha1996 part/7/chapter/2", ""),
    ("Chapter III of the UK GDPR", "gdpr chapter/III", ""),
    ("Chapter III (Articles 12 to 23) of the UK GDPR", "gdpr chapter/III article/12 article/23", ""),
    ("the UK GDPR, Chapter III (Articles 12 to 23)", "gdpr chapter/III article/12 article/23", ""),
    ("the UK GDPR, Chapter III (Articles 12, 13 and 15)", "gdpr chapter/III article/12 article/13 article/15", ""),
    ("Part 4 (sections 69 to 77) of the Licensing Act 2003", "lic2003 part/4 section/69 section/77", ""),
    ("Licensing Act 2003, Part 4 (s 69) and s 136", "lic2003 part/4 section/69 ; lic2003 section/136", ""),
    // Brackets that hold anything else, or what such a work has not, are none of its places.
    ("Part 4 (section 3 below) of the Licensing Act 2003", "lic2003 part/4", ""),
    ("Part 4 (see section 3) of the Licensing Act 2003", "lic2003 part/4", ""),
    ("Part 4 (section 3 of the guidance) of the Licensing Act 2003", "lic2003 part/4", ""),
    ("Part 4 (article 3) of the Licensing Act 2003", "lic2003 part/4", ""),
    ("Part 4 (paragraph 3) of the Licensing Act 2003", "lic2003 part/4", ""),
    ("section 13 (section 14) of the Licensing Act 2003", "lic2003 section/13", ""),
    ("Part 4 (sections 69 to 77)", "", ""),
    ("CPR 1998", "cpr", ""),
    ("FPR 3A.9(2)", "fpr rule/3A.9/2", ""),
    ("FPR r 3A.9", "fpr rule/3A.9", ""),
    ("point (f) of Article 6(1) of the UK GDPR", "gdpr article/6/1/f", ""),
    ("paragraph 1 of Article 6 of the UK GDPR", "gdpr article/6/1", ""),
    ("paragraphs 1 to 3 of Article 6 of the UK GDPR", "gdpr article/6/1 article/6/3", ""),
    ("Human Rights Act 1998, Sch 1, Art 8", "hra1998 schedule/1/article/8", ""),
    ("paragraph 2 of Article 8 of Schedule 1 to the Human Rights Act 1998", "hra1998 schedule/1/article/8/2", ""),
    ("Article 2 of Part II of Schedule 1 to the Human Rights Act 1998", "hra1998 schedule/1/part/II/article/2", ""),
    ("Licensing Act 2003, s 13(1)(a)(i) and (b)", "lic2003 section/13/1/a/i section/13/1/b", ""),
    (
        "s 13(1)(a)(i), (ii) and (b) of the Licensing Act 2003",
        "lic2003 section/13/1/a/i section/13/1/a/ii section/13/1/b",
        "",
    ),
    ("s 13(1)(h) and (i) of the Licensing Act 2003", "lic2003 section/13/1/h section/13/1/i", ""),
    ("section 13(1) and subsection (3) of the Licensing Act 2003", "lic2003 section/13/1 section/13/3", ""),
    ("ss 13 -- 15 of the Licensing Act 2003", "lic2003 section/13 section/15", ""),
    ("ss 13\u{2009}–\u{2009}15 of the Licensing Act 2003", "lic2003 section/13 section/15", ""),
    ("ss 13\u{2010}15 of the Licensing Act 2003", "lic2003 section/13 section/15", ""),
    ("ss 13\u{2012}15 of the Licensing Act 2003", "lic2003 section/13 section/15", ""),
    ("s\u{202f}13 of the Licensing\u{2003}Act\u{a0}2003", "lic2003 section/13", ""),
    ("section 13 of the Li\u{ad}cens\u{ad}ing Act 2003", "lic2003 section/13", ""),
    ("section 13 of the Licensing\u{200b} Act\u{2060} 2003", "lic2003 section/13", ""),
    ("§ 13 of the Licensing Act 2003", "lic2003 section/13", ""),
    ("Licensing Act 2003, §§ 13–15", "lic2003 section/13 section/15", ""),
    ("Gambling Act 2005 Code of Practice, § 3.2", "hallcode paragraph/3.2", ""),
    ("Gambling Act 2005 Code of Practice, paras 3.2 to 3.4", "hallcode paragraph/3.2 paragraph/3.4", ""),
    (
        "paragraphs 3.2, 3.3 and 4.1 of the Gambling Act 2005 Code of Practice",
        "hallcode paragraph/3.2 paragraph/3.3 paragraph/4.1",
        "",
    ),
    ("the Licensing Act 2003 (2003 c. 17), s 13", "lic2003 section/13", ""),
    ("Licensing Act 2003 (c 17), s 13", "lic2003 section/13", ""),
    ("the Trustee Act 1925 (15 & 16 Geo. 5 c. 19), s 57", "trustee1925 section/57", ""),
    ("1 Edw. 8 & 1 Geo. 6 c. 6, s 1", "poa1936 section/1", ""),
    ("2016 anaw 1, s 31", "rent2016 section/31", ""),
    ("2018 c. i, s 6", "spaces2018 section/6", ""),
    ("Halls (Northern Ireland) Order 1996 (N.I. 3), art 5", "hal1996 article/5", ""),
    ("the Halls (Northern Ireland) Order 1996 (SI 1996/9002 (N.I. 3)), art 5", "hal1996 article/5", ""),
    ("S.I. 1996/9002 (N.I.3), article 5(2)", "hal1996 article/5/2", ""),
    ("Village Halls (Fees) Regulations 2001, Schedule, para 3", "fees2001 schedule/paragraph/3", ""),
    ("the Schedule to the Village Halls (Fees) Regulations 2001", "fees2001 schedule", ""),
    (
        "paragraphs 3 and 4 of the Schedule to the Village Halls (Fees) Regulations 2001",
        "fees2001 schedule/paragraph/3 schedule/paragraph/4",
        "",
    ),
    ("paragraph 3 of the Second Schedule to the Trustee Act 1925", "trustee1925", ""),
    ("Sch 4, Pt 2, para 12 to the Licensing Act 2003", "lic2003 schedule/4/paragraph/12", ""),
    ("Part 2 of Schedule 4 to the Licensing Act 2003", "lic2003 schedule/4/part/2", ""),
    ("CPR r 3.4(2)(a)", "cpr rule/3.4/2/a", ""),
    ("CPR 3.4 and 3.5", "cpr rule/3.4 rule/3.5", ""),
    ("CPR Part 36", "cpr part/36", ""),
    ("CPR, rr 3.4–3.6", "cpr rule/3.4 rule/3.6", ""),
    ("Article 6(1)(f) of the UK GDPR", "gdpr article/6/1/f", ""),
    ("UK GDPR, arts 6 and 9(2)(h)", "gdpr article/6 article/9/2/h", ""),
    ("UK GDPR, recitals 26 and 47", "gdpr recital/26 recital/47", ""),
    ("[2018] UKSC 49 at [35]–[37]", "ashers paragraph/35 paragraph/37", ""),
    ("[2018] UKSC 49, [35] and [37]", "ashers paragraph/35 paragraph/37", ""),
    ("[2018] UKSC 49 at para 35", "ashers paragraph/35", ""),
    ("[2018] UKSC 49, para [35]", "ashers paragraph/35", ""),
    ("s 13 et seq of the Licensing Act 2003", "lic2003 section/13", ""),
    ("section 13 of the Licensing Act 2003 (as amended)", "lic2003 section/13", ""),
    ("Licensing Act 2003 (as amended), s 13", "lic2003 section/13", ""),
    ("Licensing Act 2003, as amended, s 13", "lic2003 section/13", ""),
    ("section 13, as amended, of the Licensing Act 2003", "lic2003 section/13", ""),
    (
        "the Licensing Act 2003 (‘the 2003 Act’), s 13; and s 14 of the 2003 Act",
        "lic2003 section/13 ; lic2003 section/14",
        "",
    ),
    ("the Gambling Act 2005 (the Act) … section 7 of the Act", "gam2005 ; gam2005 section/7", ""),
    ("the Gambling Act 2005 (referred to here as “the Act”). The Act, s 7.", "gam2005 ; gam2005 section/7", ""),
    ("the General Data Protection Regulation (“GDPR”): GDPR, art 5", "gdpr ; gdpr article/5", ""),
    (
        "the Unregistered Act 1999 (“the 1999 Act”); section 2 of the 1999 Act; Gambling Act 2005, s 7",
        "gam2005 section/7",
        "undeclared-authority",
    ),
    ("section 2 of the Local Government etc (Scotland) Act 1994", "lge1994 section/2", ""),
    ("Nationality Immigration and Asylum Act 2002, s 82", "nia2002 section/82", ""),
    ("the Occupiers’ Liability Act 1984’s section 1", "ola1984 section/1", ""),
    ("TOWN AND COUNTRY PLANNING ACT 1990, S 55", "tcp1990 section/55", ""),
];

const NOT_LINKED: &[(&str, &str, &str)] = &[
    ("section 14, above", "", ""),
    ("the rule (section 15, overleaf)", "", ""),
    ("The form, section 20, asks for it", "", ""),
    ("The lease, section 4, follows", "", ""),
    ("Smith v Jones, paragraph 3", "", ""),
    ("(Ofsted, 2014, paragraph 2)", "", ""),
    ("The 2006 edition, at paragraph 1.1, said so", "", ""),
    ("[2019] AC 3 [12]", "", ""),
    ("[2019] 2 All ER 585 at [12]", "", ""),
    ("(1998) 23 EHRR 413, para 12", "", ""),
    ("section 9, 10 May 2015", "", ""),
    ("section 9 – section 10 of the form", "", ""),
    ("the code of practice, section 4", "", ""),
    ("explanatory notes, paragraph 42", "", ""),
    ("chapter 5 of the reference guide", "", ""),
    ("Annex B, paragraph 2", "", ""),
    ("Appendix 3, section 7", "", ""),
    ("section 7 of this guidance", "", ""),
    ("section 7 of our constitution", "", ""),
    ("paragraph 9 above", "", ""),
    ("sections 7 and 8 below", "", ""),
    ("rule 8 of our club rules", "", ""),
    ("their constitution, clause 4", "", ""),
    ("clause 4 of the hall’s constitution", "", ""),
    ("section 7 of the lease", "", ""),
    ("Part 2 of the form, section 3", "", ""),
    ("see § 4 overleaf", "", ""),
    ("ibid, s 7", "", ""),
    ("ibid, at para 12", "", ""),
    ("s 7 of that Act", "", ""),
    ("section 7 of the Act", "", ""),
    ("article 5 of the Order", "", ""),
    ("regulation 4 of those Regulations", "", ""),
    ("the Schedule to the lease", "", ""),
    ("the First Schedule to the deed", "", ""),
    ("paragraph 3 of the Schedule", "", ""),
    ("Sch 1 to this agreement", "", ""),
    ("at [35]", "", ""),
    ("[35]", "", ""),
    ("see [35]–[37]", "", ""),
    ("recital 26", "", ""),
    ("recitals of the deed", "", ""),
    ("the 2003 Act", "", ""),
    ("2003 children", "", ""),
    ("in 2003 c. 17 people came", "", ""),
    ("from 15 & 16 George Street", "", ""),
    ("5 & 6 Vicarage Road", "", ""),
    ("1 Edward Street", "", ""),
    ("the 1st section of the walk", "", ""),
    ("s 13th of May", "", ""),
    ("the Hall (Wales) committee", "", ""),
    ("item 7, the Order of Service", "", ""),
    ("in Order 2005 came", "", ""),
    ("the rules, rule 3", "", ""),
    ("rule 3.4 of the competition", "", ""),
    ("article 5 in the newsletter of 2005", "", ""),
    ("version 2.0, section 3", "", ""),
    ("sections 10 and 11 are closed", "", ""),
    ("Part 3 – page 4", "", ""),
    ("p 4 of the report", "", ""),
    ("chapter 2, page 9", "", ""),
    ("cross-section 10 of the wall", "", ""),
    ("section 10-year plan", "", ""),
    ("ss Great Britain", "", ""),
    ("S 4 hana", "", ""),
    ("Ch 4 News", "", ""),
    ("Pt 2 of the series", "", ""),
    ("r 2 d 2", "", ""),
    ("Art 2000 exhibition", "", ""),
    ("Reg 4 plates", "", ""),
    ("para 3 dance", "", ""),
    ("the Schedule of fees", "", ""),
    ("Sch", "", ""),
    ("(“the Act”)", "", ""),
    ("the duty (“the Act”): the Act, s 7", "", ""),
    ("GDPR, art 5", "", ""),
    ("§", "", ""),
    ("§§ and ¶", "", ""),
    ("c. 17", "", ""),
    ("(c. 31)", "", ""),
    ("Geo. 5", "", ""),
    ("[2019] UKSC 5 at [12]", "", ""),
    ("s 7 -- s 8 of the minutes", "", ""),
    ("section 4 (fees), section 5 (refunds)", "", ""),
    ("(section 4) of the handbook", "", ""),
    ("section 4 (of the handbook)", "", ""),
    ("point 3 of the agenda", "", ""),
    ("point (b) of the plan", "", ""),
    ("at point 4 of the walk", "", ""),
    ("recital 47 of the deed", "", ""),
    ("Explanatory Notes, paragraphs 42 and 43", "", ""),
    ("the memorandum, paragraph 4, and the guide, chapter 6", "", ""),
    ("guidance on gambling, section 9", "", ""),
    ("C.P.R. 30 compressions", "", ""),
    ("Schedule 1, Article 8", "", ""),
    ("paragraph 2 of Article 8", "", ""),
    ("Article 8(2) of the Convention", "", ""),
    ("Articles 2 and 3 of the First Protocol", "", ""),
    ("the code (“the Code”) and section 3 of the Code", "", ""),
    ("the policy (“the 2004 policy”), section 10", "", ""),
    ("the plan (HP 2004), section 10 of HP 2004", "", ""),
    ("the Housing Association (HA), and section 1 of the HA", "", ""),
    ("s 13 [of the form]", "", ""),
    ("[section 13]", "", ""),
    ("[s 13], paragraph 4", "", ""),
    ("the Act (as amended), s 4", "", ""),
    ("the 1996 Act (England), s 13", "", ""),
    ("HA 1996, s 1", "", ""),
    ("HRA, s 6", "", ""),
    ("page 3A.9", "", ""),
    ("rule 3A.9 of the league", "", ""),
    ("version 3A.9", "", ""),
    ("Part 3A of the form", "", ""),
    ("section 13, subsection (2)", "", ""),
    ("section 13, paragraph (a) of the form", "", ""),
    ("sections 13 and/or 14 of the policy", "", ""),
    ("the guidance, including section 13", "", ""),
    ("the handbook and, in particular, section 13", "", ""),
    ("the rules (in particular, rule 13)", "", ""),
    ("and/or section 4", "", ""),
    ("either/or: section 4 of the plan", "", ""),
    ("the form, especially section 4 below", "", ""),
    // Found in papers of others
    ("the Banking Act 2009 (Parts 2 and 3 Consequential Amendments) Regulations 2025", "", "undeclared-authority"),
    ("the Banking Act 2009 (Section 4) (Amendment) Order", "", "undeclared-authority"),
    ("section 4 of the Banking Act 2009 (Exclusion of Insurers) Order 2010", "", "undeclared-authority"),
    ("the Castle Act 2009 (Parts 2 and 3 Consequential Amendments) Regulations 2025", "", "undeclared-authority"),
    ("section 4 (Licences)", "", ""),
    ("the guide, chapter 6", "", ""),
    ("2006 c. 21", "", "undeclared-authority"),
    ("the Licensing Act 2003 (Amendment) Regulations", "", "undeclared-authority"),
    ("section 7 of the Gambling Act 2005 (Fees) Order", "", "undeclared-authority"),
    ("the Children (Scotland) Act", "", "undeclared-authority"),
    ("Great Britain Acts (1707 to 1800)", "", ""),
    ("section 2 of the Gambling (Licensing) Act", "", "undeclared-authority"),
    ("the Licensing Act", "", "undeclared-authority"),
    ("section 2 of the Unregistered Act 1999", "", "undeclared-authority"),
    ("Unregistered Act 1999, ss 2 and 3", "", "undeclared-authority"),
    ("regulation 2 of the Unregistered (Wales) Regulations 1999", "", "undeclared-authority"),
    ("the Social Services and Well-being (Wales) Act 2014", "", "undeclared-authority"),
    ("section 7 of the Social Services and Well-being (Wales) Act 2014", "", "undeclared-authority"),
    ("the Offences against the Person Act 1861", "", "undeclared-authority"),
    ("the Anti-social Behaviour, Crime and Policing Act 2014", "", "undeclared-authority"),
    ("the Health and Safety at Work etc. Act 1974, s 2", "", "undeclared-authority"),
    ("the Police and Criminal Evidence Act 1984", "", "undeclared-authority"),
    ("Licensing Act 2004, s 13", "", "undeclared-authority"),
    ("Gambling Act 2004", "", "undeclared-authority"),
    ("SI 1999/1, reg 2", "", "undeclared-authority"),
    ("S.R. 1999 No. 2", "", "undeclared-authority"),
    ("article 2 of the Unregistered Order 1999", "", "undeclared-authority"),
    ("1999 c. 5, s 2", "", "undeclared-authority"),
    ("3 & 4 Geo. 6 c. 99", "", "undeclared-authority"),
    ("the Unregistered Measure 1999", "", "undeclared-authority"),
    ("section 2 of the Children and Licensing Act 2003", "", "undeclared-authority"),
    ("the Unregistered Rules 1999, r 4", "", "undeclared-authority"),
    ("the Village (Fees) Act of 1999", "", "undeclared-authority"),
];

// ── Every order, separator and unit ─────────────────────────────────────────────────────────────────────────────────

/// Order of a place and its title.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Order {
    /// "A, s 13"
    After,
    /// "s 13 of A"
    Of,
    /// "s 13 A"
    Beside,
}

/// A work as it is written, its key, and its places: as they are written, with their paths.
struct Work {
    written: &'static str,
    key: &'static str,
    places: &'static [(&'static str, &'static str)],
}

const SECTIONS: &[(&str, &str)] = &[
    ("s 13", "section/13"),
    ("section 13(1)(b)", "section/13/1/b"),
    ("ss 13 and 14", "section/13 section/14"),
    ("ss 13–15", "section/13 section/15"),
    ("sections 13(1), (2) and 14A", "section/13/1 section/13/2 section/14A"),
    ("subsection (2) of section 13", "section/13/2"),
    ("Sch 1", "schedule/1"),
    ("Sch 1, para 2(3)", "schedule/1/paragraph/2/3"),
    ("paragraph 2 of Schedule 1", "schedule/1/paragraph/2"),
    ("Part 2", "part/2"),
];
const REGULATIONS: &[(&str, &str)] = &[
    ("reg 4", "regulation/4"),
    ("regs 4 and 5", "regulation/4 regulation/5"),
    ("regulation 4(1)(a)", "regulation/4/1/a"),
    ("Sch 2, paras 1 to 3", "schedule/2/paragraph/1 schedule/2/paragraph/3"),
];
const PARAGRAPHS: &[(&str, &str)] =
    &[("para 3.2", "paragraph/3.2"), ("paragraphs 3.2 and 3.3", "paragraph/3.2 paragraph/3.3")];

const SHELF: &[Work] = &[
    Work { written: "Licensing Act 2003", key: "lic2003", places: SECTIONS },
    Work { written: "LA 2003", key: "lic2003", places: SECTIONS },
    Work { written: "Gambling Act 2005", key: "gam2005", places: SECTIONS },
    Work { written: "2018 c. i", key: "spaces2018", places: SECTIONS },
    Work { written: "Nationality, Immigration and Asylum Act 2002", key: "nia2002", places: SECTIONS },
    Work { written: "Renting Homes (Wales) Act 2016", key: "rent2016", places: SECTIONS },
    Work { written: "Manual Handling Operations Regulations 1992", key: "mho1992", places: REGULATIONS },
    Work { written: "SI 2001/9001", key: "fees2001", places: REGULATIONS },
    Work { written: "Halls (Northern Ireland) Order 1996", key: "hal1996", places: &[("art 5", "article/5")] },
    Work { written: "Gambling Act 2005 Code of Practice", key: "hallcode", places: PARAGRAPHS },
    // A title that is not in the register takes its places with it.
    Work { written: "Unregistered Act 1999", key: "", places: SECTIONS },
    Work { written: "Unregistered (Fees) Regulations 1999", key: "", places: REGULATIONS },
];

const SEPARATORS: &[&str] = &["; ", ". ", ", ", " and ", ", and ", "; and ", " or ", " (see also) ", " – ", "\u{fffc}"];

/// A citation: a work, one of its places, and the order of the two.
type Written = (usize, usize, Order);

fn written(&(work, place, order): &Written) -> (String, String) {
    let work = &SHELF[work % SHELF.len()];
    let (place, paths) = work.places[place % work.places.len()];
    let text = match order {
        Order::After => format!("{}, {place}", work.written),
        Order::Of => format!("{place} of the {}", work.written),
        Order::Beside => format!("{place} {}", work.written),
    };
    (text, if work.key.is_empty() { String::new() } else { format!("{} {paths}", work.key) })
}

/// Fails unless each of some citations in a row links its own work and place.
fn own_place(register: &Register, row: &[(Written, &str)]) -> Result<(), String> {
    let mut text = String::new();
    let mut wanted = Vec::new();
    for (n, (one, separator)) in row.iter().enumerate() {
        let (words, links) = written(one);
        text.push_str(&words);
        // A dash after a number would begin a range, and nothing parts a place and the title after it but what is there.
        let range = *separator == " – " && one.2 == Order::After;
        if n + 1 < row.len() {
            text.push_str(if range { "; " } else { separator });
        }
        wanted.extend(Some(links).filter(|links| !links.is_empty()));
    }
    let found = linked(&cite(&text, register, None));
    let wanted = wanted.join(" ; ");
    if found == wanted { Ok(()) } else { Err(format!("{text}\n   found {found}\n  wanted {wanted}")) }
}

#[test]
fn of_two_citations_each_has_its_own_place_in_every_order_with_every_separator_and_unit() {
    let register = register();
    let orders = [Order::After, Order::Of, Order::Beside];
    let all = (0..SHELF.len() * SHELF.len() * SEPARATORS.len() * orders.len() * orders.len()).flat_map(|pair| {
        // Every place of each only if asked for.
        let places = if super::cases(0) > 0 { 0..10 } else { pair % 10..pair % 10 + 1 };
        places.map(move |place| (pair, place))
    });
    let wrong: Vec<String> = all
        .filter_map(|(pair, place)| {
            let (first, rest) = (pair % SHELF.len(), pair / SHELF.len());
            let (second, rest) = (rest % SHELF.len(), rest / SHELF.len());
            let (separator, rest) = (SEPARATORS[rest % SEPARATORS.len()], rest / SEPARATORS.len());
            let (a, b) = (orders[rest % orders.len()], orders[rest / orders.len()]);
            own_place(&register, &[((first, place, a), separator), ((second, place * 7 + 3, b), "")]).err()
        })
        .collect();
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.iter().take(40).cloned().collect::<Vec<_>>().join("\n"));
}

fn order() -> impl Strategy<Value = Order> {
    prop::sample::select(vec![Order::After, Order::Of, Order::Beside])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: super::cases(1024), ..ProptestConfig::default() })]

    #[test]
    fn of_many_citations_each_has_its_own_place(
        row in prop::collection::vec(((0..SHELF.len(), 0usize..16, order()), prop::sample::select(SEPARATORS)), 1..6)
    ) {
        let verdict = own_place(&register(), &row);
        prop_assert!(verdict.is_ok(), "{}", verdict.unwrap_err());
    }
}
