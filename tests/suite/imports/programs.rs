//! Papers from other programs: documents that LibreOffice saves, and what `pdftotext` prints. Where a program is
//! missing, that is said loudly and nothing is checked.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use clausebook::import::PaperFormat;
use tempfile::TempDir;

use super::{abouts, clauses_of, imported};

/// Whether a program starts. One that is missing is said loudly.
pub fn is_there(program: &str, argument: &str) -> bool {
    let started = Command::new(program).arg(argument).stdout(Stdio::null()).stderr(Stdio::null()).status();
    if started.is_err() {
        println!("NOT CHECKED: `{program}` is not installed, so that nothing was imported that it makes");
    }
    started.is_ok()
}

/// A flat OpenDocument text.
pub fn document(styles: &str, body: &str) -> String {
    let names = [
        ("office", "office"),
        ("style", "style"),
        ("text", "text"),
        ("table", "table"),
        ("meta", "meta"),
        ("fo", "xsl-fo-compatible"),
    ];
    let names: String = names
        .map(|(short, name)| format!(" xmlns:{short}=\"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0\""))
        .concat();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document{names} xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         office:version=\"1.3\" office:mimetype=\"application/vnd.oasis.opendocument.text\">\
         <office:meta><dc:title>Rules</dc:title></office:meta><office:styles>{styles}</office:styles>\
         <office:automatic-styles><style:page-layout style:name=\"P\"><style:page-layout-properties fo:page-width=\"21cm\" \
         fo:page-height=\"29.7cm\" fo:margin=\"2cm\"/><style:header-style/><style:footer-style/></style:page-layout>\
         </office:automatic-styles><office:master-styles><style:master-page style:name=\"Standard\" \
         style:page-layout-name=\"P\"><style:header><text:p>Village Hall Trust: rules</text:p></style:header><style:footer>\
         <text:p>Page <text:page-number>1</text:page-number></text:p></style:footer></style:master-page>\
         </office:master-styles><office:body><office:text>{body}</office:text></office:body></office:document>"
    )
}

/// A style of lists; each level has a form, signs around its number, and the levels that it prints.
fn style(levels: &[(&str, &str, &str, u32)]) -> String {
    let level = |(at, (form, before, behind, shown)): (usize, &(&str, &str, &str, u32))| {
        format!(
            "<text:list-level-style-number text:level=\"{}\" style:num-format=\"{form}\" style:num-prefix=\"{before}\" \
             style:num-suffix=\"{behind}\" text:display-levels=\"{shown}\"/>",
            at + 1
        )
    };
    let levels: String = levels.iter().enumerate().map(level).collect();
    format!("<text:list-style style:name=\"L\">{levels}</text:list-style>")
}

fn list(items: &[&str]) -> String {
    let items: String = items.iter().map(|item| format!("<text:list-item>{item}</text:list-item>")).collect();
    format!("<text:list text:style-name=\"L\">{items}</text:list>")
}

pub fn p(words: &str) -> String {
    format!("<text:p>{words}</text:p>")
}

/// A document of LibreOffice, with the clauses and the words that come of it.
struct Case {
    name: &'static str,
    document: String,
    clauses: &'static str,
    text: &'static [&'static str],
    about: &'static [&'static str],
}

fn cases() -> Vec<Case> {
    let simple = style(&[("1", "", ".", 1)]);
    let heading = |rank: u32, words: &str| {
        format!("<text:h text:style-name=\"Heading_20_{rank}\" text:outline-level=\"{rank}\">{words}</text:h>")
    };
    let outline: String = (1..=2)
        .map(|rank| format!("<text:outline-level-style text:level=\"{rank}\" style:num-format=\"1\" text:display-levels=\"{rank}\"/>"))
        .collect();
    let headings: String = (1..=2)
        .map(|rank| {
            format!(
                "<style:style style:name=\"Heading_20_{rank}\" style:display-name=\"Heading {rank}\" style:family=\"paragraph\" \
                 style:default-outline-level=\"{rank}\"/>"
            )
        })
        .collect();
    let note = |kind: &str, words: &str| {
        format!(
            "<text:note text:note-class=\"{kind}note\"><text:note-citation>1</text:note-citation>\
             <text:note-body>{}</text:note-body></text:note>",
            p(words)
        )
    };
    let info =
        "<office:change-info><dc:creator>Ann</dc:creator><dc:date>2020-01-01T00:00:00</dc:date></office:change-info>";
    let cell = |more: &str, words: &str| format!("<table:table-cell{more}>{}</table:table-cell>", p(words));
    vec![
        Case {
            name: "headings",
            document: document(
                &format!("{headings}<text:outline-style style:name=\"Outline\">{outline}</text:outline-style>"),
                &[
                    heading(1, "Meetings"),
                    heading(2, "Quorum"),
                    p("Five members."),
                    heading(2, "Chair"),
                    p("Chosen yearly: see 1.1."),
                    heading(1, "Money"),
                    p("Fees are due."),
                ]
                .concat(),
            ),
            clauses: "1 Meetings.\n1.1 Quorum. Five members.\n1.2 Chair. Chosen yearly: see 1.1.\n2 Money. Fees are due.",
            text: &["numbering = \"headings\"", "### 1.2 Chair", "see [[1.1]]."],
            about: &["furniture", "reference"],
        },
        Case {
            name: "levels",
            document: document(
                &style(&[("1", "", ".", 1), ("1", "", "", 2), ("a", "(", ")", 1), ("i", "(", ")", 1)]),
                &list(&[
                    &(p("Scope")
                        + &list(&[
                            &p("First words."),
                            &(p("A member may:")
                                + &list(&[
                                    &p("speak;"),
                                    &(p("vote, unless:") + &list(&[&p("absent; or"), &p("paid.")])),
                                ])),
                        ])),
                    &(p("Money") + &list(&[&p("Fees are due.")])),
                ]),
            ),
            clauses: "1.1 First words.\n1.2 A member may: / (a) speak; / (b) vote, unless: / (i) absent; or / (ii) paid.\n\
                      1.2-a (a) speak;\n1.2-b (b) vote, unless: / (i) absent; or / (ii) paid.\n1.2-b-i (i) absent; or\n\
                      1.2-b-ii (ii) paid.\n2.1 Fees are due.",
            text: &["## 1. Scope", "## 2. Money"],
            about: &["furniture"],
        },
        Case {
            name: "starts",
            document: document(
                &simple,
                &(list(&[&p("Seven begins."), &p("Eight follows.")]).replacen(
                    "<text:list-item>",
                    "<text:list-item text:start-value=\"7\">",
                    1,
                ) + &p("Words between.")
                    + &list(&[&p("Nine goes on.")]).replacen(
                        "<text:list ",
                        "<text:list text:continue-numbering=\"true\" ",
                        1,
                    )),
            ),
            clauses: "7 Seven begins.\n8 Eight follows. / Words between.\n9 Nine goes on.",
            text: &["numbering = \"simple\""],
            about: &["furniture"],
        },
        Case {
            name: "notes",
            document: document(
                &simple,
                &list(&[
                    &p(&format!("One{} is one.", note("foot", "At the foot."))),
                    &p(&format!(
                        "<text:bookmark-start text:name=\"two\"/>Two{} is two.<text:bookmark-end text:name=\"two\"/>",
                        note("end", "At the end.")
                    )),
                    &p(
                        "See rule <text:bookmark-ref text:reference-format=\"number\" text:ref-name=\"two\">2</text:bookmark-ref> here.",
                    ),
                ]),
            ),
            clauses: "1 One is one.\n2 Two is two.\n3 See rule 2 here.",
            text: &["One[^1] is", "Two[^2] is", "See rule [[2]] here.", "[^1]: At the foot.", "[^2]: At the end."],
            about: &["furniture"],
        },
        Case {
            name: "changes",
            document: document(
                &simple,
                &format!(
                    "<text:tracked-changes><text:changed-region text:id=\"c1\"><text:insertion>{info}</text:insertion>\
                     </text:changed-region><text:changed-region text:id=\"c2\"><text:deletion>{info}{}</text:deletion>\
                     </text:changed-region></text:tracked-changes>{}<table:table>\
                     <table:table-column table:number-columns-repeated=\"3\"/><table:table-row>{}{}<table:covered-table-cell/>\
                     </table:table-row><table:table-row>{}{}{}</table:table-row><table:table-row><table:covered-table-cell/>{}{}\
                     </table:table-row></table:table>",
                    p("four"),
                    list(&[
                        &p(
                            "A quorum is <text:change text:change-id=\"c2\"/><text:change-start text:change-id=\"c1\"/>five\
                            <text:change-end text:change-id=\"c1\"/>."
                        ),
                        &p("Two is two."),
                        &p("Fees are:"),
                    ]),
                    cell("", "Room"),
                    cell(" table:number-columns-spanned=\"2\"", "Fee"),
                    cell(" table:number-rows-spanned=\"2\"", "Big"),
                    cell("", "1"),
                    cell("", "2"),
                    cell("", "3"),
                    cell("", "4"),
                ),
            ),
            clauses: "1 A quorum is five.\n2 Two is two.\n3 Fees are: / Room | Fee | / Big | 1 | 2 /  | 3 | 4",
            text: &["| Room | Fee |  |", "|  | 3 | 4 |"],
            about: &["deleted", "furniture", "inserted", "table"],
        },
    ]
}

#[test]
fn documents_that_libreoffice_saves_keep_their_numbers() {
    if !is_there("soffice", "--version") {
        return;
    }
    let folder = TempDir::new().unwrap();
    let cases = cases();
    let mut command = Command::new("soffice");
    command.arg(format!("-env:UserInstallation=file://{}", folder.path().join("profile").display()));
    command.args(["--headless", "--convert-to", "docx", "--outdir"]).arg(folder.path());
    for case in &cases {
        let path = folder.path().join(format!("{}.fodt", case.name));
        fs::write(&path, &case.document).unwrap();
        command.arg(path);
    }
    let output = command.output().unwrap();
    assert!(output.status.success(), "{output:?}");
    for case in cases {
        let made = imported(PaperFormat::Docx, &fs::read(folder.path().join(format!("{}.docx", case.name))).unwrap());
        assert_eq!(clauses_of(&made), case.clauses, "{}\n{}", case.name, made.text);
        for part in case.text {
            assert!(made.text.contains(part), "{}: no {part:?} in\n{}", case.name, made.text);
        }
        assert!(made.text.contains("title = \"Rules\"\n"), "{}", made.text);
        assert_eq!(abouts(&made), case.about, "{}\n{}", case.name, made.report.for_people());
    }
}

/// A PDF of lines of words, each with its place and its size.
fn pdf(pages: &[&[(u32, u32, u32, &str)]]) -> Vec<u8> {
    let mut objects = vec![String::new(), String::new()];
    objects.push("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned());
    let mut kids = String::new();
    for page in pages {
        let mut drawn = String::new();
        for (x, y, size, words) in *page {
            let words = words.replace('(', "\\(").replace(')', "\\)");
            drawn.push_str(&format!("BT /F1 {size} Tf {x} {y} Td ({words}) Tj ET\n"));
        }
        objects.push(format!("<< /Length {} >>\nstream\n{drawn}endstream", drawn.len()));
        let content = objects.len();
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {content} 0 R \
             /Resources << /Font << /F1 3 0 R >> >> >>"
        ));
        kids.push_str(&format!("{} 0 R ", objects.len()));
    }
    objects[0] = "<< /Type /Catalog /Pages 2 0 R >>".to_owned();
    objects[1] = format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", pages.len());
    let mut bytes = "%PDF-1.4\n".to_owned();
    let mut places = Vec::new();
    for (n, object) in objects.iter().enumerate() {
        places.push(bytes.len());
        bytes.push_str(&format!("{} 0 obj\n{object}\nendobj\n", n + 1));
    }
    let table = bytes.len();
    bytes.push_str(&format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1));
    places.iter().for_each(|place| bytes.push_str(&format!("{place:010} 00000 n \n")));
    bytes.push_str(&format!("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n", objects.len() + 1));
    bytes.into_bytes()
}

#[test]
fn a_pdf_of_pages_comes_in_whole() {
    if !is_there("pdftotext", "-v") {
        return;
    }
    let folder = TempDir::new().unwrap();
    let head = (220, 800, 9, "Town Council: letting rules");
    let bytes = pdf(&[
        &[
            head,
            (72, 740, 18, "Letting rules"),
            (72, 700, 11, "1 Opening"),
            (72, 680, 11, "1.1 A hall is opened by its keeper, who must see that nobody is left outside, and"),
            (72, 666, 11, "writes down the time of each opening in the book"),
            (309, 670, 7, "1"),
            (316, 666, 11, "that is kept for it."),
            (72, 646, 11, "1.2 The keeper may refuse anyone who brings a dog, makes noise in the evening or"),
            (72, 632, 11, "does not pay what was agreed, and must tell the council of each refusal before the"),
            (72, 90, 7, "1"),
            (78, 86, 9, "The book is kept in the office."),
            (290, 40, 9, "1"),
        ],
        &[
            head,
            (72, 740, 11, "end of the week."),
            (72, 720, 11, "1.3 A refusal under rule 1.2 has to be in writing."),
            (90, 700, 11, "(a) It says why."),
            (90, 686, 11, "(b) It says who may be asked to look at it again."),
            (290, 40, 9, "2"),
        ],
        &[
            head,
            (72, 740, 11, "1.4 These rules are in force from the day of their adoption by the council."),
            (290, 40, 9, "3"),
        ],
    ]);
    fs::write(folder.path().join("rules.pdf"), bytes).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_clausebook"));
    command.args(["import", "rules.pdf", "--report", "report.json"]).current_dir(folder.path());
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = fs::read_to_string(Path::new(folder.path()).join("rules.md")).unwrap();
    for part in [
        "1.1 A hall is opened by its keeper, who must see that nobody is left outside, and writes down the time of each opening \
         in the book[^1] that is kept for it.\n",
        "and must tell the council of each refusal before the end of the week.\n",
        "1.3 A refusal under rule [[1.2]] has to be in writing.\n\n- (a) It says why.\n- (b) It says who may",
        "[^1]: The book is kept in the office.\n",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    assert!(!text.contains("Town Council"), "{text}");
}

/// A policy of ten pages: sections, clauses, labels, notes, references in fields and in words, a running head and a foot.
fn policy() -> String {
    const WHO: [&str; 5] = ["The hirer", "A trustee", "The caretaker", "Each volunteer", "The committee"];
    const DOES: [&str; 5] = ["must tell", "should ask", "may write to", "will meet", "must not leave"];
    const WHOM: [&str; 5] = ["the chair", "the bank", "the county council", "a parent", "the person who booked"];
    const WHEN: [&str; 3] = ["within five days", "before the hall is opened", "at the next meeting"];
    let mut turn = 0;
    let mut sentence = |end: &str| {
        turn += 1;
        format!("{} {} {} {}{end} ", WHO[turn % 5], DOES[turn / 2 % 5], WHOM[turn / 3 % 5], WHEN[turn % 3])
    };
    let mut notes = 0;
    let sections = ["Purpose", "Bookings", "Money", "Keys", "Safety", "First aid", "Data", "Complaints", "Review"];
    let mut items = String::new();
    for (section, title) in (1..).zip(sections) {
        let mut inner = String::new();
        for clause in 1..=8 {
            let mut words: String = (0..6).map(|_| sentence(".")).collect();
            if clause % 3 == 1 {
                notes += 1;
                words = format!(
                    "{}<text:note text:note-class=\"footnote\"><text:note-citation>{notes}</text:note-citation><text:note-body>{}\
                     </text:note-body></text:note> ",
                    words.trim_end(),
                    p(sentence(".").trim_end())
                );
            }
            if section > 1 && clause % 4 == 2 {
                let to = section - 1;
                words.push_str(&format!(
                    "See paragraph <text:bookmark-ref text:reference-format=\"number\" text:ref-name=\"b{to}_{clause}\">\
                     {to}.{clause}</text:bookmark-ref>, and paragraph {to}.1 above."
                ));
            }
            let mut item = format!("<text:bookmark text:name=\"b{section}_{clause}\"/>{}", words.trim_end());
            let mut labels = String::new();
            if clause % 4 == 0 {
                item.push_str(&format!(" {}", sentence(":").trim_end()));
                let parts = [";", "; and", "."].map(|end| p(&format!("{}{end}", WHOM[(section + end.len()) % 5])));
                labels = list(&parts.each_ref().map(String::as_str));
            }
            inner.push_str(&format!("<text:list-item>{}{labels}</text:list-item>", p(&item)));
        }
        items.push_str(&format!(
            "<text:list-item><text:h text:style-name=\"Heading_20_1\" text:outline-level=\"1\">{title}</text:h>\
             <text:list>{inner}</text:list></text:list-item>"
        ));
    }
    let level = |n: u32, form: &str, before: &str, behind: &str, shown: u32| {
        format!(
            "<text:list-level-style-number text:level=\"{n}\" style:num-format=\"{form}\" style:num-prefix=\"{before}\" \
             style:num-suffix=\"{behind}\" text:display-levels=\"{shown}\"><style:list-level-properties \
             text:list-level-position-and-space-mode=\"label-alignment\"><style:list-level-label-alignment \
             text:label-followed-by=\"listtab\" fo:text-indent=\"-1cm\" fo:margin-left=\"{n}.2cm\"/>\
             </style:list-level-properties></text:list-level-style-number>"
        )
    };
    let styles = format!(
        "<style:style style:name=\"Heading_20_1\" style:display-name=\"Heading 1\" style:family=\"paragraph\" \
         style:default-outline-level=\"1\"/><text:list-style style:name=\"L\">{}{}{}</text:list-style>",
        level(1, "1", "", "", 1),
        level(2, "1", "", "", 2),
        level(3, "a", "(", ")", 1)
    );
    let body = p("Agreed by the trustees on 3 March 2024. It replaces the rules of 2019.");
    document(&styles, &format!("{body}<text:list text:style-name=\"L\">{items}</text:list>"))
}

/// The six commands, which README and the manual have in the same words.
fn six_commands() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let commands = |path: &str| -> Vec<String> {
        let text = fs::read_to_string(root.join(path)).unwrap();
        let lines = text.lines().skip_while(|line| !line.starts_with("clausebook import policy.docx"));
        lines.take_while(|line| line.starts_with("clausebook ")).map(str::to_owned).collect()
    };
    let six = commands("README.md");
    assert_eq!((six.len(), &six), (6, &commands("content/manual/import.md")));
    six
}

#[test]
fn six_commands_lead_from_a_policy_of_ten_pages_to_a_bundle() {
    if !is_there("soffice", "--version") {
        return;
    }
    let folder = TempDir::new().unwrap();
    let root = folder.path();
    fs::write(root.join("policy.fodt"), policy()).unwrap();
    for (to, from) in [("docx", "policy.fodt"), ("pdf", "policy.docx")] {
        let mut command = Command::new("soffice");
        command.arg(format!("-env:UserInstallation=file://{}", root.join("profile").display()));
        command.args(["--headless", "--convert-to", to, "--outdir"]).arg(root).arg(root.join(from));
        assert!(command.output().unwrap().status.success(), "{to}");
    }
    let run = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_clausebook")).args(arguments).current_dir(root).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    };
    for line in six_commands() {
        let (line, note) = line.split_once(" \"").map_or((line.as_str(), None), |(line, note)| (line, Some(note)));
        let mut arguments: Vec<&str> = line.split(' ').skip(1).collect();
        arguments.extend(note.map(|note| note.trim_end_matches('"')));
        run(&arguments);
    }
    run(&["check", "policies", "--deny", "warnings"]);
    run(&["verify", "policies-edition-1.zip"]);
    let rows = |path: &str| -> Vec<(String, String, usize)> {
        let rows: Vec<serde_json::Value> = serde_json::from_slice(&fs::read(root.join(path)).unwrap()).unwrap();
        let row = |row: &serde_json::Value| {
            let mentions = row["references"].as_array().unwrap().len() + row["notes"].as_array().unwrap().len();
            (row["url"].as_str().unwrap().to_owned(), row["text"].as_str().unwrap().to_owned(), mentions)
        };
        rows.iter().map(row).collect()
    };
    let of_word = rows("public/data/clauses.json");
    // 72 clauses, and three labels in each fourth.
    assert_eq!(of_word.len(), 9 * 8 + 9 * 2 * 3);
    assert_eq!(of_word.iter().map(|row| row.2).sum::<usize>(), 9 * 3 + 8 * 2 * 2);
    if !is_there("pdftotext", "-v") {
        return;
    }
    run(&["import", "policy.pdf", "--to", "printed"]);
    run(&["init", "printed"]);
    run(&["build", "printed", "--output", "printed-pages"]);
    assert_eq!(rows("printed-pages/data/clauses.json"), of_word, "a PDF of the same paper has the same clauses");
}
