//! Names beside a place that no row declares, and short names that brackets do not define.
//!
//! Each row is a text and what it links, as in the rule of attachment.

use clausebook::pipeline::cite::cite;

use super::attachment::{linked, register};

/// Compares every row before it fails, so that one run shows all that is wrong.
fn compare(rows: &[(&str, &str)]) {
    let register = register();
    let wrong: Vec<String> = rows
        .iter()
        .filter_map(|(text, wanted)| {
            let found = linked(&cite(text, &register, None));
            (found != *wanted).then(|| format!("{text}\n   found {found}\n  wanted {wanted}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {}\n{}", wrong.len(), rows.len(), wrong.join("\n"));
}

#[test]
fn a_place_beside_initials_or_a_short_title_is_given_to_no_other_work() {
    compare(PLACES);
}

#[test]
fn brackets_define_only_what_may_be_a_name_of_such_a_work() {
    compare(DEFINED);
}

const PLACES: &[(&str, &str)] = &[
    // The last of a list
    ("Licensing Act 2003, s 13 and s 6 HRA 1998.", "lic2003 section/13"),
    ("Licensing Act 2003, s 13, s 6 HRA.", "lic2003 section/13"),
    ("CA 1989, s 17 and s 1 MCA 2005", "ca1989 section/17"),
    ("Children Act 1989, s 17 and s 9 Castle Act.", "ca1989 section/17"),
    ("Children Act 1989, s 17 and s 9 Care Act.", "ca1989 section/17"),
    ("Children Act 1989, s 17 and s 9 of the Castle Act.", "ca1989 section/17"),
    ("Gambling Act 2005, s 7, and regulation 3 Castle Regulations", "gam2005 section/7"),
    ("LA 2003, s 10 and s 40 FOIA 2000", "lic2003 section/10"),
    ("Licensing Act 2003, s 177, and s 175 CA 2006", "lic2003 section/177"),
    ("Housing Act 1996, s 188(3) and s 1 HA 1985", "ha1996 section/188/3"),
    ("LA 2003, s 20 and Sch 8 HRA", "lic2003 section/20"),
    ("UK GDPR, art 6 and art 8 ECHR", "gdpr article/6"),
    ("CPR r 3.4 and r 4.4 XPR 2010", "cpr rule/3.4"),
    ("CPR r 3.4 and r 4.4 FPR 2010", "cpr rule/3.4 ; fpr rule/4.4"),
    ("Licensing Act 2003, s 13 and s 14 EqA", "lic2003 section/13"),
    // Before a title
    ("HRA, s 6, Licensing Act 2003, s 13.", "lic2003 section/13"),
    ("HRA 1998 s 6, Licensing Act 2003, s 13.", "lic2003 section/13"),
    ("MCA s 4, Children Act 1989 s 31", "ca1989 section/31"),
    ("section 4 (MCA) and section 31 (Children Act 1989)", "ca1989 section/31"),
    ("Castle Act s.42, Children Act 1989 s.47", "ca1989 section/47"),
    ("Care Act s.42, Children Act 1989 s.47", "ca1989 section/47"),
    // What stays
    ("Licensing Act 2003, ss 13 and 14, UK", "lic2003 section/13 section/14"),
    ("LA 2003, s 13 and CA 1989, s 17", "lic2003 section/13 ; ca1989 section/17"),
    ("Licensing Act 2003 (see s 6 HRA), s 13", "lic2003 ; lic2003 section/13"),
    ("Licensing Act 2003, s 13 and s 14 apply", "lic2003 section/13 section/14"),
    ("SECTION 13 LICENSING ACT 2003", "lic2003 section/13"),
    ("Licensing Act 2003, Part III and s 13", "lic2003 part/III section/13"),
    ("Licensing Act 2003, Part III, Part 4 of the Gambling Act 2005", "lic2003 part/III ; gam2005 part/4"),
    // A place of a work or a paper that no row declares is of none after a comma.
    ("Regulation (EU) No 910/2014, art 3(10), UK GDPR, art 32.", "gdpr article/32"),
    ("European Convention on Human Rights, art 8, UK GDPR, art 5.", "gdpr article/5"),
    ("Charter of Fundamental Rights, arts 7 and 8, UK GDPR, art 1.", "gdpr article/1"),
    ("Highway Code, rule 170, CPR 3.4.", "cpr rule/3.4"),
    ("Standing Orders, section 3, Gambling Act 2005.", "gam2005"),
    ("Scheme of Delegation, Part 3, Licensing Act 2003.", "lic2003"),
    ("Lease, Schedule 2, Licensing Act 2003, s 57.", "lic2003 section/57"),
    ("Keeping Children Safe in Education, Part 2, Children Act 1989, s 17.", "ca1989 section/17"),
    ("Licensing Policy section 3, Licensing Act 2003 section 4.", "lic2003 section/4"),
    ("See handbook section 4, Gambling Act 2005, s 7.", "gam2005 section/7"),
    ("In England, section 13, Licensing Act 2003 applies.", "lic2003 section/13"),
    ("For partners, section 13, Licensing Act 2003 applies.", "lic2003 section/13"),
    ("Section 13, Licensing Act 2003, and section 7, Gambling Act 2005", "lic2003 section/13 ; gam2005 section/7"),
    // A place of a document that is called by an Act is none of the Act.
    ("Part 2 of the Licensing Act 2003 statement of policy is being reviewed.", "lic2003"),
    ("Complete Part 3 of the Gambling Act 2005 application form.", "gam2005"),
    ("Page 3 and section 4 of the Licensing Act 2003 report to committee.", "lic2003"),
    ("Under section 13 of the Licensing Act 2003 a report is made.", "lic2003 section/13"),
    ("Under section 13 of the Licensing Act 2003 local authorities report each year.", "lic2003 section/13"),
    ("In Part 2 the Gambling Act 2005 is explained.", "gam2005"),
    ("By section 4 the Licensing Act 2003 will be familiar.", "lic2003"),
    // Brackets after a list name the work of its last place.
    ("Licensing Act 2003, s 17, s 117 (MHA 1983)", "lic2003 section/17"),
    ("Licensing Act 2003, s 17 and s 117 (Mental Health Act 1983)", "lic2003 section/17"),
    ("Licensing Act 2003, s 17, s 117 (Gambling Act 2005)", "lic2003 section/17 ; gam2005 section/117"),
    (
        "Licensing Act 2003, ss 17 and 18, s 117 (Gambling Act 2005)",
        "lic2003 section/17 section/18 ; gam2005 section/117",
    ),
    ("Licensing Act 2003, s 17, Sch 2 and s 117 (MHA 1983)", "lic2003 section/17 schedule/2"),
    ("Licensing Act 2003, s 17 (MHA 1983)", "lic2003 section/17"),
    ("Licensing Act 2003, s 17, s 117 (as amended)", "lic2003 section/17 section/117"),
    ("Licensing Act 2003, s 17, s 117 (aftercare)", "lic2003 section/17 section/117"),
];

const DEFINED: &[(&str, &str)] = &[
    ("the Licensing Act 2003 (“the Commission”) and section 4 of the Commission", "lic2003"),
    ("the Licensing Act 2003 (“the Duty”) and section 4 of the Duty", "lic2003"),
    ("the Licensing Act 2003 (“the Plan”) and section 4 of the Plan", "lic2003"),
    ("the Licensing Act 2003 (“Tenant”) and section 4 of Tenant", "lic2003"),
    ("the Licensing Act 2003 (\"the Company\") and section 4 of the Company", "lic2003"),
    ("the Licensing Act 2003 (“the Scheme”) and section 4 of the Scheme", "lic2003"),
    ("the Licensing Act 2003 (“Applicant”) and section 4 of Applicant", "lic2003"),
    ("the Licensing Act 2003 (“the Policy”) and section 4 of the Policy", "lic2003"),
    ("the Licensing Act 2003 (“the Code”) and section 4 of the Code", "lic2003"),
    ("the Licensing Act 2003 (the Code) and section 4 of the Code", "lic2003"),
    ("the Licensing Act 2003 (“the Regulations”) and section 4 of the Regulations", "lic2003"),
    ("the Licensing Act 2003 (“the LXA”) and section 4 of the LXA", "lic2003"),
    ("the Licensing Act 2003 (together “the Acts”) and section 4 of the Acts", "lic2003"),
    ("the Licensing Act 2003 (together “the Act”) and section 4 of the Act", "lic2003"),
    ("the Licensing Act 2003 (collectively “the Legislation”) and section 4 of the Legislation", "lic2003"),
    ("the Licensing Act 2003 (“the Statutes”) and section 4 of the Statutes", "lic2003"),
    ("the Village Halls (Fees) Regulations 2001 (“the Order”) and article 4 of the Order", "fees2001"),
    ("Gambling Act 2005 Code of Practice (“the Act”) and section 4 of the Act", "hallcode"),
    ("the Licensing Act 2003 (“the Duty”), s 13", "lic2003 section/13"),
    // What defines
    ("the Licensing Act 2003 (“the Act”) and section 4 of the Act", "lic2003 ; lic2003 section/4"),
    ("the Licensing Act 2003 (“Act”) and section 4 of the Act", "lic2003 ; lic2003 section/4"),
    ("the Licensing Act 2003 (“the Act”, “the Commission”) and section 4 of the Act", "lic2003 ; lic2003 section/4"),
    ("the Licensing Act 2003 (“the main Act”) and section 4 of the main Act", "lic2003 ; lic2003 section/4"),
    ("the Licensing Act 2003 (“LicA”) and section 4 of LicA", "lic2003 ; lic2003 section/4"),
    ("the Housing Act 1996 (“HA”) and section 4 of the HA", "ha1996 ; ha1996 section/4"),
    (
        "the Village Halls (Fees) Regulations 2001 (“the Regulations”) and regulation 4 of the Regulations",
        "fees2001 ; fees2001 regulation/4",
    ),
    ("Gambling Act 2005 Code of Practice (“the Code”) and section 4 of the Code", "hallcode ; hallcode section/4"),
];
