//! `import` and `init` as commands: what they write, what they refuse, and that nothing is written over.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

use super::docx::Docx;

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_clausebook")).args(arguments).current_dir(folder).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

fn policy() -> Vec<u8> {
    let list = [("decimal", "%1."), ("decimal", "%1.%2"), ("lowerLetter", "(%3)")];
    let docx = Docx::new().headings().list(1, &list).title("Policy on keys").styled("Title", "Policy on keys");
    let docx = docx.num(1, 0, "Keys").num(1, 1, "Keys are kept by the caretaker.").num(1, 1, "A key may be lent:");
    docx.num(1, 2, "for a day; and").num(1, 2, "to a member.").num(1, 1, "See paragraph 1.2 above.").bytes()
}

#[test]
fn six_commands_lead_from_word_to_a_bundle() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("policy.docx"), policy()).unwrap();
    for line in [
        "import policy.docx --to policies --report report.json",
        "init policies",
        "check policies --deny warnings",
        "build policies",
        "publish policies --note First",
        "bundle policies",
    ] {
        let output = run(folder.path(), &line.split(' ').collect::<Vec<_>>());
        assert!(output.status.success(), "{line}: {}", said(&output));
    }
    let page = fs::read_to_string(folder.path().join("public/policy.html")).unwrap();
    assert!(page.contains("id=\"1.2-a\""), "the sub-clause has its address");
    let report: serde_json::Value =
        serde_json::from_slice(&fs::read(folder.path().join("report.json")).unwrap()).unwrap();
    assert_eq!((report[0]["clauses"].as_u64(), report[0]["numbering"].as_str()), (Some(3), Some("decimal")));
    assert_eq!(report[0]["remarks"][0]["about"], "reference");
}

#[test]
fn nothing_is_written_over() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("policy.docx");
    fs::write(&path, policy()).unwrap();
    fs::write(folder.path().join("policy.md"), "mine").unwrap();
    let output = run(folder.path(), &["import", "policy.docx"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("nothing is written over"), "{}", said(&output));
    assert_eq!(fs::read_to_string(folder.path().join("policy.md")).unwrap(), "mine");
    // A trial writes nothing at all.
    let output = run(folder.path(), &["import", "policy.docx", "--dry-run", "--to", "new"]);
    assert!(said(&output).contains("1.1 Keys are kept"), "{}", said(&output));
    assert!(!folder.path().join("new").exists());
    fs::write(folder.path().join("site.toml"), "title = \"Mine\"\n").unwrap();
    let output = run(folder.path(), &["init"]);
    assert_eq!((output.status.code(), said(&output).contains("is a site already")), (Some(2), true));
}

#[test]
fn init_tells_what_each_text_looks_like() {
    let folder = TempDir::new().unwrap();
    fs::write(
        folder.path().join("rules.md"),
        "# Rules\n\n## 1.1 One\n\nText, [a](b.md), [c](rules.md).\n\n## 1.2 Two\n\nText.\n",
    )
    .unwrap();
    fs::write(folder.path().join("letter.md"), "+++\ntitle = \"Letter\"\n+++\n\nDear all.\n").unwrap();
    let output = run(folder.path(), &["init"]);
    let table = String::from_utf8_lossy(&output.stdout);
    assert_eq!(
        table,
        "file       numbering  clauses  links to fix  front matter\n\
         letter.md  none       0        0             yes\n\
         rules.md   headings   2        1             no\n"
    );
    let names: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names.len(), 3, "{names:?}");
}

#[test]
fn init_tells_the_numbering_that_a_text_names_itself() {
    let folder = TempDir::new().unwrap();
    let prose = "Words without a number.\n\n".repeat(9);
    for (name, text) in [
        ("a.md", "+++\ntitle = \"A\"\nnumbering = \"simple\"\n+++\n\n1. One.\n\n2. Two.\n".to_owned()),
        ("b.md", format!("---\ntitle: B\nnumbering: simple\n---\n\n{prose}1. One.\n\n{prose}2. Two.\n")),
        ("c.md", "+++\ntitle = \"C\"\nnumbering = \"none\"\n+++\n\n1.1 One.\n\n1.2 Two.\n".to_owned()),
    ] {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let output = run(folder.path(), &["init"]);
    assert_eq!(
        String::from_utf8_lossy(&output.stdout),
        "file  numbering  clauses  links to fix  front matter\na.md  simple     2        0             yes\n\
         b.md  simple     2        0             yes\nc.md  none       0        0             yes\n"
    );
}

#[test]
fn a_text_that_is_longer_than_a_site_reads_is_named_and_told_to_the_site() {
    let folder = TempDir::new().unwrap();
    let words = "The hall is let by the hour to whoever asks for it in writing. ".repeat(80);
    let text: String = (1..=900).map(|n| format!("1.{n} {words}\n\n")).collect();
    fs::write(folder.path().join("long.txt"), format!("The rules of the hall\n\n{text}")).unwrap();
    let output = run(folder.path(), &["import", "long.txt", "--to", "site"]);
    let advice = "the text is longer than a text may be, which is 4 MiB: cut the paper, or write `file = \"5 MiB\"`";
    assert!(said(&output).contains(advice), "{}", said(&output));
    assert!(run(folder.path(), &["init", "site"]).status.success());
    let settings = fs::read_to_string(folder.path().join("site/site.toml")).unwrap();
    assert!(settings.ends_with("[limits]\nfile = \"5 MiB\"\n"), "{settings}");
}

#[test]
fn a_report_in_the_folder_of_a_site_is_no_unused_file() {
    let folder = TempDir::new().unwrap();
    let root = folder.path();
    fs::write(root.join("policy.docx"), policy()).unwrap();
    for line in ["import policy.docx --to site --report site/report.json", "init site", "check site --deny warnings"] {
        let output = run(root, &line.split(' ').collect::<Vec<_>>());
        assert!(output.status.success(), "{line}: {}", said(&output));
    }
    let settings = fs::read_to_string(root.join("site/site.toml")).unwrap();
    assert!(settings.ends_with("ignore = [\"report.json\"]\n"), "{settings}");
    fs::write(root.join("keys.docx"), policy()).unwrap();
    let output = run(root, &["import", "keys.docx", "--to", "site", "--report", "site/keys.json"]);
    assert!(
        said(&output).contains("`keys.json` is in the folder of the site: name it under `ignore`"),
        "{}",
        said(&output)
    );
}

#[test]
fn names_that_a_site_or_a_system_keeps_become_others() {
    let folder = TempDir::new().unwrap();
    for (name, id) in
        [("nul.txt", "paper-nul"), ("index.md", "index-paper"), ("2024 Policy (final).txt", "paper-2024-policy-final")]
    {
        fs::write(folder.path().join(name), "# Rules\n\n1.1 One.\n\n1.2 Two.\n").unwrap();
        let output = run(folder.path(), &["import", name, "--to", "site"]);
        assert!(folder.path().join(format!("site/{id}.md")).exists(), "{}", said(&output));
    }
    assert!(run(folder.path(), &["init", "site"]).status.success());
    let output = run(folder.path(), &["check", "site", "--deny", "warnings"]);
    assert!(output.status.success(), "{}", said(&output));
}

#[test]
fn other_formats_are_refused_with_advice() {
    let folder = TempDir::new().unwrap();
    for (name, advice) in
        [("a.doc", "save it as .docx"), ("a.odt", "save it as .docx"), ("a.xyz", "save it as"), ("a", "ends in")]
    {
        fs::write(folder.path().join(name), "x").unwrap();
        let output = run(folder.path(), &["import", name]);
        assert_eq!(output.status.code(), Some(2));
        assert!(said(&output).contains(advice), "{}", said(&output));
    }
}

#[cfg(unix)]
#[test]
fn a_pdf_is_read_through_the_program_that_prints_it() {
    use std::os::unix::fs::PermissionsExt;
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("a.pdf"), "%PDF-").unwrap();
    let import = |script: Option<&str>| {
        let bin = folder.path().join("bin");
        let _ = fs::remove_dir_all(&bin);
        fs::create_dir(&bin).unwrap();
        if let Some(script) = script {
            let program = bin.join("pdftotext");
            fs::write(&program, format!("#!/bin/sh\n{script}\n")).unwrap();
            fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
        }
        let mut command = Command::new(env!("CARGO_BIN_EXE_clausebook"));
        command.args(["import", "a.pdf", "--dry-run"]).current_dir(folder.path()).env("PATH", &bin);
        said(&command.output().unwrap())
    };
    let made = import(Some(
        "printf 'Head\\n\\n1.1 A hall is\\n\\n1\\n\\fHead\\n\\nopen.\\n\\n2\\n\\fHead\\n\\n1.2 It closes.\\n\\n3\\n'",
    ));
    assert!(made.contains("1.1 A hall is open.") && made.contains("1.2 It closes."), "{made}");
    assert!(import(Some("printf ' \\f'")).contains("pictures of pages and no words"));
    assert!(import(Some("exit 3")).contains("`pdftotext` fails"));
    assert!(import(None).contains("install `pdftotext`"));
}

#[test]
fn a_paper_beside_its_text_is_no_unused_file() {
    let folder = TempDir::new().unwrap();
    let root = folder.path();
    fs::write(root.join("My policy.docx"), policy()).unwrap();
    for line in ["import|My policy.docx", "init", "check|--deny|warnings", "build"] {
        let output = run(root, &line.split('|').collect::<Vec<_>>());
        assert!(output.status.success() && !said(&output).contains("unused-file"), "{line}: {}", said(&output));
    }
    let settings = fs::read_to_string(root.join("site.toml")).unwrap();
    assert!(settings.ends_with("ignore = [\"My policy.docx\"]\n"), "{settings}");
    // Where the site is there already, `import` says what to do.
    fs::write(root.join("keys.docx"), policy()).unwrap();
    let output = run(root, &["import", "keys.docx"]);
    assert!(
        said(&output).contains("`keys.docx` is in the folder of the site: name it under `ignore`"),
        "{}",
        said(&output)
    );
    // A file that no text was made of is still one that may be forgotten.
    let other = TempDir::new().unwrap();
    fs::write(other.path().join("a.md"), "1.1 Words.\n").unwrap();
    fs::write(other.path().join("b.pdf"), "x").unwrap();
    assert!(run(other.path(), &["init"]).status.success());
    assert!(said(&run(other.path(), &["check"])).contains("unused-file"));
}

#[test]
fn doubts_come_first_and_the_rest_is_counted() {
    let folder = TempDir::new().unwrap();
    let mut text = "# Rules\n\n1.1 First.\n\n".to_owned();
    (2..=9).for_each(|n| text.push_str(&format!("1.{n} See paragraph 1.{}.\n\n", n - 1)));
    text.push_str("7.7 Odd.\n\n1.10 Last.\n");
    fs::write(folder.path().join("rules.md"), &text).unwrap();
    let output = run(folder.path(), &["import", "rules.md", "--to", "site", "--report", "report.json"]);
    let said = said(&output);
    let doubt = said.find("the number 7.7 has no place").unwrap();
    let mentions = said
        .find("words became a mention, 8 times: “See paragraph 1.1”, “See paragraph 1.2”, “See paragraph 1.3”")
        .unwrap();
    assert!(
        said.contains("  1 doubt:\n") && doubt < mentions && said.matches("became a mention").count() == 1,
        "{said}"
    );
    // The file for programs has each of them.
    let report: serde_json::Value =
        serde_json::from_slice(&fs::read(folder.path().join("report.json")).unwrap()).unwrap();
    let remarks = report[0]["remarks"].as_array().unwrap();
    assert_eq!((remarks.len(), remarks.iter().filter(|remark| remark["doubt"] == true).count()), (9, 1));
}
