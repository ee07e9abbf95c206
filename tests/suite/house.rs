//! The house keeps its floors: a room imports only what its row in ARCHITECTURE.md lets it, and no files go in a circle.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The most lines of code in one file; past them it becomes a folder, split by noun.
const MAX_LINES: usize = 400;
/// The most lines of a file of the program, with its comments.
const MAX_ALL_LINES: usize = 500;
/// The most lines of a function.
const MAX_FUNCTION: usize = 80;
/// The most methods of a type.
const MAX_METHODS: usize = 20;

fn top(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Every Rust file below a folder, by its path in the repository.
fn rust_files(below: &str) -> BTreeMap<PathBuf, String> {
    let mut found = BTreeMap::new();
    let mut folders = vec![top(below)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                found.insert(path.strip_prefix(top("")).unwrap().to_owned(), text);
            }
        }
    }
    found
}

/// Every file below `src` without its tests, by its module: `["render", "html"]`.
fn modules() -> BTreeMap<Vec<String>, String> {
    let files = rust_files("src").into_iter().map(|(path, text)| {
        let name = path.strip_prefix("src").unwrap().with_extension("");
        let module = name.iter().map(|part| part.to_str().unwrap().to_owned()).collect();
        (module, text.split("\n#[cfg(test)]").next().unwrap().to_owned())
    });
    files.collect()
}

/// The rows of the table of rooms: room, floor, and the floors and rooms that it may import.
fn rooms() -> BTreeMap<String, (String, Vec<String>)> {
    let text = fs::read_to_string(top("ARCHITECTURE.md")).unwrap();
    let rows = text.lines().filter_map(|line| line.strip_prefix("| `")?.split_once("` |"));
    let rows = rows.map(|(room, rest)| {
        let cells: Vec<&str> = rest.split('|').map(str::trim).collect();
        let may = cells[1].split_whitespace().map(str::to_owned).collect();
        (room.to_owned(), (cells[0].to_owned(), may))
    });
    rows.collect()
}

/// Splits a tree of `use` at its commas, but not within braces.
fn branches(tree: &str) -> Vec<&str> {
    let (mut depth, mut start, mut found) = (0, 0, Vec::new());
    for (at, c) in tree.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                found.push(&tree[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    found.push(&tree[start..]);
    found
}

fn flatten(before: &[String], tree: &str, found: &mut Vec<Vec<String>>) {
    for branch in branches(tree).into_iter().map(str::trim).filter(|branch| !branch.is_empty()) {
        let (path, inner) = match branch.split_once('{') {
            Some((path, inner)) => (path.trim_end_matches(':'), inner.strip_suffix('}')),
            None => (branch.split(" as ").next().unwrap(), None),
        };
        let parts = path.split("::").filter(|part| !part.is_empty()).map(|part| part.trim().to_owned());
        let path: Vec<String> = before.iter().cloned().chain(parts).collect();
        match inner {
            Some(inner) => flatten(&path, inner, found),
            None => found.push(path),
        }
    }
}

/// The paths that a file names: in `use`, and with `crate::` or `super::` in its code.
fn paths(text: &str) -> Vec<Vec<String>> {
    let code: String = text.lines().map(|line| line.split("//").next().unwrap().to_owned() + "\n").collect();
    let mut found = Vec::new();
    for item in code.split(';') {
        let item = item.rsplit_once('\n').map_or(item, |(_, last)| last).trim_start();
        let whole = code_of_use(&code, item);
        if let Some(tree) = whole {
            flatten(&[], &tree, &mut found);
        }
    }
    for root in ["crate::", "super::", "clausebook::"] {
        for (at, _) in code.match_indices(root) {
            let path: String =
                code[at..].chars().take_while(|c| c.is_alphanumeric() || *c == '_' || *c == ':').collect();
            found.push(path.split("::").filter(|part| !part.is_empty()).map(str::to_owned).collect());
        }
    }
    found
}

/// The tree of a `use` that begins a line, on as many lines as it has.
fn code_of_use(code: &str, item: &str) -> Option<String> {
    let start =
        ["use ", "pub use ", "pub(super) use ", "pub(crate) use "].into_iter().find(|start| item.starts_with(start))?;
    let at = item.as_ptr() as usize - code.as_ptr() as usize + start.len();
    Some(code[at..].split(';').next()?.to_owned())
}

#[test]
fn every_room_has_a_row_and_imports_only_what_that_lets_it() {
    let (modules, rooms) = (modules(), rooms());
    let mut used: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (module, text) in &modules {
        let room = module[0].as_str();
        if room == "lib" {
            continue;
        }
        let (floor, may) = rooms.get(room).unwrap_or_else(|| panic!("`{room}` has no row in ARCHITECTURE.md"));
        for path in paths(text).iter().filter(|path| path[0] == "crate" || path[0] == "clausebook") {
            let Some(other) = path.get(1).filter(|other| *other != room && rooms.contains_key(*other)) else {
                continue;
            };
            let below = &rooms[other].0;
            let allowed = may.iter().find(|name| *name == below || *name == other);
            let allowed = allowed.unwrap_or_else(|| {
                panic!("{} (floor {floor}) may not import `{other}` (floor {below})", module.join("/"))
            });
            used.entry(room).or_default().insert(allowed);
        }
    }
    let mut idle = Vec::new();
    for (room, (_, may)) in &rooms {
        assert!(modules.contains_key(&vec![room.clone()]), "`{room}` is in ARCHITECTURE.md and not in src");
        let unused: Vec<&String> = may
            .iter()
            .filter(|name| !used.get(room.as_str()).is_some_and(|used| used.contains(name.as_str())))
            .collect();
        idle.extend(unused.into_iter().map(|name| format!("`{room}` need not import {name}")));
    }
    assert!(idle.is_empty(), "{idle:#?}");
}

/// The module that a path names, seen from a module; through what that one hands on from its children.
fn named(modules: &BTreeMap<Vec<String>, String>, from: &[String], path: &[String]) -> Option<Vec<String>> {
    let (mut at, mut rest) = (from.to_vec(), path);
    match rest.first()?.as_str() {
        "crate" => (at, rest) = (Vec::new(), &rest[1..]),
        "self" => rest = &rest[1..],
        "super" => {
            while rest.first().is_some_and(|part| part == "super") {
                at.pop();
                rest = &rest[1..];
            }
        }
        child => {
            at.push(child.to_owned());
            modules.get(&at)?;
            rest = &rest[1..];
        }
    }
    while let Some(part) = rest.first() {
        let child: Vec<String> = at.iter().cloned().chain([part.clone()]).collect();
        if !modules.contains_key(&child) {
            break;
        }
        (at, rest) = (child, &rest[1..]);
    }
    // `super::Item`, where the parent hands on what a child holds.
    while let (Some(item), Some(text)) = (rest.first(), modules.get(&at)) {
        let handed = paths(text).into_iter().find(|path| {
            let child: Vec<String> = at.iter().cloned().chain(path.first().cloned()).collect();
            path.len() == 2 && path[1] == *item && modules.contains_key(&child)
        });
        let Some(path) = handed else { break };
        at.push(path[0].clone());
    }
    modules.contains_key(&at).then_some(at)
}

#[test]
fn no_files_import_one_another_in_a_circle() {
    let modules = modules();
    // A folder and what is in it are one thing to each other: a parent lists its children.
    let is_kin = |one: &[String], other: &[String]| one.starts_with(other) || other.starts_with(one);
    let mut edges: BTreeMap<&Vec<String>, BTreeSet<Vec<String>>> = BTreeMap::new();
    for (module, text) in &modules {
        let imported = paths(text).into_iter().filter_map(|path| named(&modules, module, &path));
        edges.insert(module, imported.filter(|other| !is_kin(module, other)).collect());
    }
    // What imports nothing that is left, or is imported by nothing that is left, is in no circle.
    loop {
        let imported: BTreeSet<Vec<String>> = edges.values().flatten().cloned().collect();
        let is_out = |module: &Vec<String>, others: &BTreeSet<Vec<String>>| {
            !imported.contains(module) || !others.iter().any(|other| edges.contains_key(other))
        };
        let Some(module) = edges.iter().find(|(module, others)| is_out(module, others)).map(|(module, _)| *module)
        else {
            break;
        };
        edges.remove(module);
    }
    let left: BTreeMap<String, Vec<String>> = edges
        .iter()
        .map(|(module, others)| {
            let others = others.iter().filter(|other| edges.contains_key(other)).map(|other| other.join("/"));
            (module.join("/"), others.collect())
        })
        .collect();
    assert!(left.is_empty(), "in a circle: {left:#?}");
}

#[test]
fn every_file_says_first_what_it_holds() {
    for (module, text) in modules() {
        assert!(text.starts_with("//! "), "{} has no header", module.join("/"));
    }
}

#[test]
fn no_file_is_long() {
    for (module, text) in modules() {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//")).count();
        assert!(lines <= MAX_LINES, "{} has {lines} lines of code", module.join("/"));
        let lines = text.lines().count();
        assert!(lines <= MAX_ALL_LINES, "{} has {lines} lines", module.join("/"));
    }
}

#[test]
fn no_function_is_long() {
    let mut long = Vec::new();
    for (module, text) in modules() {
        let mut begun: Option<(usize, usize, &str)> = None;
        for (at, line) in text.lines().enumerate() {
            let indent = line.len() - line.trim_start().len();
            let words = line.trim_start();
            let is_function = words.contains("fn ")
                && ["fn ", "pub fn ", "pub(super) fn ", "pub(crate) fn ", "pub const fn ", "const fn "]
                    .iter()
                    .any(|s| words.starts_with(s));
            match begun {
                None if is_function => begun = Some((at, indent, words)),
                Some((start, depth, name))
                    if indent == depth && line.trim_end() == format!("{}}}", " ".repeat(depth)) =>
                {
                    let lines = at - start + 1;
                    let name = format!(
                        "{}: {}",
                        module.join("/"),
                        name.split("fn ").nth(1).unwrap().split(['(', '<']).next().unwrap()
                    );
                    if lines > MAX_FUNCTION {
                        long.push(format!("{name} has {lines} lines"));
                    }
                    begun = None;
                }
                Some((_, depth, _)) if indent == depth && (words.ends_with('}') || words.ends_with(';')) => {
                    begun = None
                }
                _ => {}
            }
        }
    }
    assert!(long.is_empty(), "{long:#?}");
}

#[test]
fn no_type_has_many_methods() {
    let mut methods: BTreeMap<String, usize> = BTreeMap::new();
    for (module, text) in modules() {
        let mut of: Option<String> = None;
        for line in text.lines() {
            if let Some(rest) = line.strip_prefix("impl").filter(|rest| rest.starts_with([' ', '<'])) {
                // The generics of an `impl` may have spaces.
                let name = rest.strip_prefix('<').map_or(rest, |rest| rest.split_once("> ").unwrap().1).trim_start();
                let is_trait = name.contains(" for ");
                let name = name.split(['<', ' ', '{']).next().unwrap();
                of = (!is_trait).then(|| format!("{}::{name}", module[0]));
            } else if line == "}" {
                of = None;
            } else if let Some(of) = &of
                && ["    fn ", "    pub fn ", "    pub(super) fn ", "    pub(crate) fn ", "    pub const fn "]
                    .iter()
                    .any(|start| line.starts_with(start))
            {
                *methods.entry(of.clone()).or_default() += 1;
            }
        }
    }
    methods.retain(|_, count| *count > MAX_METHODS);
    assert!(methods.is_empty(), "{methods:?}");
}

/// Words with which no doc comment opens: an item for which only such an opening fits has the wrong name.
const NO_OPENINGS: [&str; 9] = ["What", "Where", "How", "Which", "Whose", "Its", "Of", "The same", "Who"];

#[test]
fn doc_comments_open_with_the_name_of_the_thing_or_a_verb() {
    let mut files: BTreeMap<PathBuf, String> = ["src", "tests", "benches"].into_iter().flat_map(rust_files).collect();
    files.insert("build.rs".into(), fs::read_to_string(top("build.rs")).unwrap());
    let mut wrong = Vec::new();
    for (path, text) in files {
        let mut before = "";
        for (at, line) in text.lines().map(str::trim_start).enumerate() {
            let mark = ["///", "//!"].iter().find(|mark| line.starts_with(**mark));
            let opens = mark.is_some_and(|mark| !before.starts_with(*mark));
            let comment = line.trim_start_matches(['/', '!']).trim_start();
            if opens && NO_OPENINGS.iter().any(|opening| comment.starts_with(&format!("{opening} "))) {
                wrong.push(format!("{}:{}: {comment}", path.display(), at + 1));
            }
            before = line;
        }
    }
    assert!(wrong.is_empty(), "{} of them:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn only_the_arena_indexes() {
    for (module, text) in modules().iter().filter(|(module, _)| **module != ["arena"]) {
        let allows = text.lines().any(|line| {
            let line = line.trim_start();
            (line.starts_with("#[allow") || line.starts_with("#[expect") || line.starts_with("#!["))
                && line.contains("clippy::indexing_slicing")
        });
        assert!(!allows, "{} indexes: find it by an id", module.join("/"));
    }
}

/// Names of what has a place in a list of a document or of the site.
const HAVE_IDS: [&str; 9] =
    ["entry", "edition", "clause", "section", "note", "reference", "authority", "taxonomy", "word"];

#[test]
fn what_has_an_id_is_named_by_no_number() {
    let numbers = ["usize", "Option<usize>"];
    let mut wrong = Vec::new();
    for (module, text) in modules().iter().filter(|(module, _)| module[0] != "law") {
        for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
            for name in HAVE_IDS {
                let named = numbers.iter().any(|number| {
                    let field = format!("{name}: {number}");
                    line.match_indices(&field).any(|(start, _)| {
                        let before = line[..start].chars().next_back();
                        let after = line[start + field.len()..].chars().next();
                        before.is_none_or(|c| !c.is_alphanumeric() && c != '_')
                            && after.is_none_or(|c| !c.is_alphanumeric() && c != '_')
                    })
                });
                if named {
                    wrong.push(format!("{}.rs:{}: {}", module.join("/"), at + 1, line.trim()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "a place has an id of its type (src/arena.rs):\n{}", wrong.join("\n"));
}

#[test]
fn a_type_name_has_one_meaning() {
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (module, text) in modules() {
        for line in text.lines() {
            // An indented type is one that a trait asks for, as `Item` of an iterator.
            let words: Vec<&str> = line.split([' ', '<', '(', ';', '=', '{', ':']).collect();
            let keyword = words.iter().position(|word| ["struct", "enum", "trait", "type"].contains(word));
            let Some(at) = keyword.filter(|at| line.starts_with("pub") || *at == 0) else { continue };
            if let Some(name) = words.get(at + 1).filter(|name| name.starts_with(char::is_uppercase)) {
                places.entry((*name).to_owned()).or_default().push(module.join("/"));
            }
        }
    }
    places.retain(|_, modules| modules.len() > 1);
    assert!(places.is_empty(), "rename all but one of them: {places:#?}");
}

/// The most columns of a line of a comment.
const MAX_COMMENT: usize = 100;

#[test]
fn comments_are_at_most_100_columns_wide() {
    let mut wide = Vec::new();
    for (module, text) in modules() {
        let mut is_code = false;
        for (at, line) in text.lines().enumerate() {
            let words = line.trim_start();
            let comment = words.trim_start_matches(['/', '!']).trim_start();
            is_code ^= words.starts_with("//") && comment.starts_with("```");
            let may_be_wide = is_code || comment.starts_with('|') || !words.starts_with("//");
            if line.chars().count() > MAX_COMMENT && !may_be_wide {
                wide.push(format!("{}.rs:{}: {comment}", module.join("/"), at + 1));
            }
        }
    }
    assert!(wide.is_empty(), "{} of them:\n{}", wide.len(), wide.join("\n"));
}

/// A stranger follows the table of errands: a file that it names is there, or is to be made.
#[test]
fn the_errands_name_files_that_are_there() {
    let text = fs::read_to_string(top("CONTRIBUTING.md")).unwrap();
    let rows = text.lines().skip_while(|line| !line.starts_with("| Errand")).skip(2);
    let mut rows = rows.take_while(|line| line.starts_with('|')).peekable();
    assert!(rows.peek().is_some(), "there is a table of errands");
    let named = rows.flat_map(|row| row.split('`').skip(1).step_by(2)).filter(|name| {
        let is_to_be_made = ["NAME", "FORMAT", "LANGUAGE"].iter().any(|word| name.contains(word));
        name.contains('/') && !is_to_be_made
    });
    // Styles and views are named by their folder in the theme.
    let places = ["", "themes/default/"];
    let lost: Vec<&str> = named.filter(|name| !places.iter().any(|place| top(place).join(name).exists())).collect();
    assert!(lost.is_empty(), "{lost:?}");
}

/// The list of what differs between systems has a row for each line of code that does, and for no other.
#[test]
fn code_for_one_system_is_listed() {
    let list = fs::read_to_string(top("src/SYSTEMS.md")).unwrap();
    let mut listed: BTreeMap<String, usize> = BTreeMap::new();
    for row in list.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let [_, file, lines, _place, linux, macos, windows, test, _] = cells[..] else {
            panic!("a row of another form: {row}")
        };
        assert!([linux, macos, windows].iter().all(|cell| cell.len() > 5) && test.starts_with('`'), "{row}");
        *listed.entry(file.trim_matches('`').to_owned()).or_default() += lines.parse::<usize>().unwrap();
        for module in test.split('`').skip(1).step_by(2) {
            let path = format!("tests/suite/{}.rs", module.replace("::", "/"));
            assert!(top(&path).is_file(), "{path}");
        }
    }
    let systems = ["windows", "unix", "macos", "linux", "apple", "target_os", "target_family"];
    let differs = |line: &&str| {
        let is_asked = line.contains("#[cfg") || line.contains("cfg!(");
        is_asked && !line.trim_start().starts_with("//") && systems.iter().any(|system| line.contains(system))
    };
    let found = modules()
        .into_iter()
        .map(|(module, text)| (format!("{}.rs", module.join("/")), text.lines().filter(differs).count()));
    let found: BTreeMap<String, usize> = found.filter(|(_, lines)| *lines > 0).collect();
    assert_eq!(listed, found, "src/SYSTEMS.md, and the lines with `cfg` of each file");
}

/// Words and phrases of english.md, with what we write instead. A phrase is looked for word by word, in any case.
const NOT_USED: [(&str, &str); 31] = [
    ("by way of", "through"),
    ("by means of", "with"),
    ("so as to", "to"),
    ("whom", "who"),
    ("the one who", "the facilitator, the author"),
    ("those who take part", "participants"),
    ("tell of", "report"),
    ("tells of", "reports"),
    ("told of", "reported"),
    ("lay ahead", "was planned"),
    ("nobody is counted", "visitors are not tracked"),
    ("go on to", "then"),
    ("goes on to", "then"),
    ("take out", "remove, clear"),
    ("takes out", "removes"),
    ("taken out", "removed"),
    ("mend", "fix"),
    ("mends", "fixes"),
    ("mended", "fixed"),
    ("stand", "be"),
    ("stands", "is"),
    ("stood", "was"),
    ("lie", "be"),
    ("lies", "is"),
    ("lay", "was"),
    ("lying", "being"),
    ("bear", "have"),
    ("bears", "has"),
    ("bore", "had"),
    ("borne", "had"),
    ("bearing", "with"),
];

/// Phrases that hold such a word and are plain English all the same.
const PLAIN: [(&str, &str); 6] = [
    ("stand for", "a part that represents the whole, an abbreviation"),
    ("stands for", "the same"),
    ("stand out", "of colours"),
    ("stand up for", "what readers may type into a search"),
    ("gone stands in moves.toml", "the head of the texts of each ledger, as sites have it since they first published"),
    ("who whom whose", "the words that search leaves out of a question"),
];

/// Every text with words of ours, by its path: code, templates, styles, scripts, the catalogue, the library with the
/// manual (without its examples), and the texts beside them.
fn texts() -> BTreeMap<String, String> {
    let mut texts: BTreeMap<String, String> =
        modules().into_iter().map(|(module, text)| (format!("src/{}.rs", module.join("/")), text)).collect();
    let mut folders = vec![top("themes"), top("content")];
    let mut files: Vec<PathBuf> = ["README.md", "CHANGELOG.md", "ARCHITECTURE.md", "CONTRIBUTING.md"].map(top).to_vec();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            // The ledger has the words of older editions.
            if path.is_dir() && !path.ends_with("permalinks") {
                folders.push(path);
            } else if path.is_file() {
                files.push(path);
            }
        }
    }
    for path in files {
        // Other catalogues are in other languages; pictures and fonts have no words.
        let is_other = path.parent().unwrap().ends_with("strings") && !path.ends_with("en.toml");
        let Some(text) = fs::read_to_string(&path).ok().filter(|_| !is_other) else { continue };
        let ends_with = |ending: &str| path.extension().is_some_and(|other| other == ending);
        let name = path.strip_prefix(top("")).unwrap().to_str().unwrap().to_owned();
        let text = if ends_with("md") {
            prose(&text)
        } else if ends_with("toml") {
            text.lines().map(|line| line.split_once(" = ").map_or("", |(_, value)| value).to_owned() + "\n").collect()
        } else {
            text
        };
        texts.insert(name, text);
    }
    texts
}

/// A text in Markdown without its blocks of code, whose lines are left empty.
pub fn prose(text: &str) -> String {
    let mut fence = None;
    let lines = text.lines().map(|line| {
        let start = line.trim_start();
        let mark: String = start.chars().take_while(|c| *c == '`').collect();
        match &fence {
            None if mark.len() >= 3 => fence = Some(mark),
            Some(open) if start.trim_end() == open => fence = None,
            None => return line,
            Some(_) => {}
        }
        ""
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Splits a text into its words, without marks: each with the line that it is in.
fn words(text: &str) -> Vec<(usize, String)> {
    let words = text.lines().enumerate().flat_map(|(at, line)| {
        // A name, such as `may_stand` or `#whom-it-trusts`, is one word, and none of the list.
        let parts = line.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '.' && c != '-');
        parts.map(move |word| (at + 1, word.trim_matches(['.', '-']).to_lowercase()))
    });
    words.filter(|(_, word)| !word.is_empty()).collect()
}

#[test]
fn words_are_those_that_people_use() {
    let parts = |phrase: &'static str| phrase.split(' ').collect::<Vec<_>>();
    let plain: Vec<_> = PLAIN.iter().map(|(phrase, _)| parts(phrase)).collect();
    let not_used: Vec<_> = NOT_USED.iter().map(|(phrase, instead)| (parts(phrase), instead)).collect();
    let begins = |words: &[(usize, String)], phrase: &[&str]| {
        words.len() >= phrase.len() && words.iter().zip(phrase).all(|((_, word), wanted)| word == wanted)
    };
    let (mut wrong, mut seen) = (Vec::new(), BTreeSet::new());
    for (name, text) in texts() {
        let words = words(&text);
        let mut rest = words.as_slice();
        while let [(line, _), after @ ..] = rest {
            if let Some(phrase) = plain.iter().find(|phrase| begins(rest, phrase)) {
                seen.insert(phrase.clone());
                rest = &rest[phrase.len()..];
                continue;
            }
            if let Some((phrase, instead)) = not_used.iter().find(|(phrase, _)| begins(rest, phrase)) {
                wrong.push(format!("{name}:{line}: \"{}\", for which we write: {instead}", phrase.join(" ")));
            }
            rest = after;
        }
    }
    assert!(wrong.is_empty(), "{} of them:\n{}", wrong.len(), wrong.join("\n"));
    let idle: Vec<_> = plain.iter().filter(|phrase| !seen.contains(*phrase)).collect();
    assert!(idle.is_empty(), "no longer written, so take them off the list: {idle:?}");
}
