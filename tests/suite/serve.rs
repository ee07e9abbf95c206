//! The preview shows the site as it is: whatever is done to its files, in the end it shows what a build would write.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use clausebook::disk;
use clausebook::pipeline::{self, Options};
use clausebook::source::SourceMap;
use tempfile::TempDir;

/// Longest wait for anything before a test fails.
const DEADLINE: Duration = Duration::from_secs(60);

const SETTINGS: &str = "title = \"A site\"\nclause-pages = false\n";

pub fn document(title: &str, words: &str) -> String {
    format!("+++\ntitle = \"{title}\"\n+++\n\n1.1 {words}\n\n1.2 See [[1.1]].\n")
}

/// A site that is being previewed.
pub struct Preview {
    pub top: TempDir,
    pub process: Child,
    pub address: String,
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// An answer of the server.
pub struct Answer {
    status: u16,
    head: String,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// A page's events.
pub struct Listener(BufReader<TcpStream>);

impl Listener {
    /// The next event, with its data.
    fn event(&mut self) -> (String, String) {
        let (mut name, mut data) = (String::new(), String::new());
        loop {
            let mut line = String::new();
            assert!(self.0.read_line(&mut line).unwrap() > 0, "the server hung up");
            match line.trim_end().split_once(": ") {
                Some(("event", event)) => name = event.to_owned(),
                Some(("data", words)) => data = words.to_owned(),
                _ if line.trim_end().is_empty() && !name.is_empty() => return (name, data),
                _ => {}
            }
        }
    }

    /// The names of the events up to the next of this name, and its data.
    pub fn up_to(&mut self, wanted: &str) -> (Vec<String>, String) {
        let mut names = Vec::new();
        loop {
            let (name, data) = self.event();
            names.push(name.clone());
            if name == wanted {
                return (names, data);
            }
        }
    }
}

impl Preview {
    pub fn new(files: &[(&str, &str)], arguments: &[&str]) -> Self {
        Self::started_by(Command::new(env!("CARGO_BIN_EXE_clausebook")), files, arguments)
    }

    /// Starts it by a command that ends in clausebook.
    pub fn started_by(mut clausebook: Command, files: &[(&str, &str)], arguments: &[&str]) -> Self {
        let top = tempfile::tempdir().unwrap();
        for (path, text) in [("site.toml", SETTINGS), ("index.md", "+++\ntitle = \"Home\"\n+++\n\nWelcome.\n")] {
            put(&top.path().join("content"), path, text);
        }
        for (path, text) in files {
            put(&top.path().join("content"), path, text);
        }
        let mut process = clausebook
            .current_dir(top.path())
            .args(["serve", "--port", "0"])
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("http://").unwrap().strip_suffix('/').unwrap().to_owned();
        Preview { top, process, address }
    }

    pub fn root(&self) -> PathBuf {
        self.top.path().join("content")
    }

    pub fn put(&self, path: &str, text: &str) {
        put(&self.root(), path, text);
    }

    fn ask(&self, request: &str) -> Answer {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(DEADLINE)).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut bytes = Vec::new();
        // A server that refuses a long request may close before it has read all of it.
        let _ = stream.read_to_end(&mut bytes);
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").expect("a whole head");
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, head, body: bytes[end + 4..].to_vec() }
    }

    pub fn get(&self, path: &str) -> Answer {
        self.ask(&format!("GET {path} HTTP/1.1\r\nHost: {}\r\n\r\n", self.address))
    }

    /// Listens as the script on a page does that was loaded just now.
    pub fn listen(&self, page: &str) -> Listener {
        let text = self.get(&format!("/{page}")).text();
        let value = |name: &str| {
            let start = text.find(&format!(" {name}=\"")).unwrap() + name.len() + 3;
            text[start..].split('"').next().unwrap().to_owned()
        };
        let query = format!("page={}&hash={}&style={}", value("data-page"), value("data-hash"), value("data-style"));
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(DEADLINE)).unwrap();
        let request = format!("GET /.clausebook/live?{query} HTTP/1.1\r\nHost: {}\r\n\r\n", self.address);
        stream.write_all(request.as_bytes()).unwrap();
        Listener(BufReader::new(stream))
    }

    /// Waits until a page holds some words.
    pub fn until(&self, path: &str, words: &str) {
        self.becomes(&format!("{path} has {words:?}"), || self.get(path).text().contains(words));
    }

    pub fn becomes(&self, what: &str, is_so: impl Fn() -> bool) {
        let start = Instant::now();
        while !is_so() {
            assert!(start.elapsed() < DEADLINE, "{what}: not after {DEADLINE:?}");
            sleep(Duration::from_millis(10));
        }
    }

    /// Waits until what is shown is what a build would write: the data files say every id and every word.
    fn settles(&self) {
        let (site, faults) = disk::read(&self.root(), SourceMap::new()).unwrap();
        assert_eq!(faults, []);
        let output =
            pipeline::build(&pipeline::read_site(site.clone(), Vec::new(), false), &Options::default()).output.unwrap();
        for path in ["data/ids.json", "data/clauses.json", "data/documents.json"] {
            let expected = output.get(path).unwrap().bytes().unwrap();
            self.becomes(&format!("{path} is that of a build"), || self.get(&format!("/{path}")).body == expected);
        }
    }
}

pub fn put(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

#[test]
fn a_page_is_that_of_a_build_and_one_script() {
    let preview = Preview::new(&[("a.md", &document("A", "One."))], &[]);
    let (site, _) = disk::read(&preview.root(), SourceMap::new()).unwrap();
    let output =
        pipeline::build(&pipeline::read_site(site.clone(), Vec::new(), false), &Options::default()).output.unwrap();
    let built = String::from_utf8(output.get("a.html").unwrap().bytes().unwrap().to_vec()).unwrap();
    let served = preview.get("/a.html").text();
    let (before, rest) = served.split_once("<script src=\"/.clausebook/live.js\"").unwrap();
    let after = rest.split_once("</script>").unwrap().1;
    // The policy of the page gives leave to the script, which is what makes the rest of it worth anything.
    let policy = |text: &str| {
        let text = text.split_once("Content-Security-Policy\" content=\"").unwrap().1;
        text.split_once('"').unwrap().0.to_owned()
    };
    let (own, built_policy) = (policy(before), policy(&built));
    assert_eq!(before.replace(&own, &built_policy) + after, built);
    for directive in own.split("; ").filter(|directive| !built_policy.contains(directive)) {
        assert!(["script-src", "connect-src"].iter().any(|name| directive.starts_with(name)), "{directive}");
        assert!(directive.ends_with("'self'"), "{directive}");
    }
    assert_eq!(preview.get("/").text(), preview.get("/index.html").text());
    assert_eq!(preview.get("/.clausebook/live.js").status, 200);
    assert_eq!(fs::read_dir(preview.top.path()).unwrap().count(), 1, "the preview writes nothing");
}

#[test]
fn only_the_page_that_changed_is_told_to_reload() {
    let preview = Preview::new(&[("a.md", &document("A", "One.")), ("b.md", &document("B", "Two."))], &[]);
    let (mut a, mut b) = (preview.listen("a.html"), preview.listen("b.html"));
    assert_eq!(a.event().0, "faults");
    assert_eq!(b.event().0, "faults");
    preview.put("a.md", &document("A", "Three."));
    assert_eq!(a.up_to("page").0, ["faults", "page"]);
    assert!(preview.get("/a.html").text().contains("Three."));
    preview.put("b.md", &document("B", "Four."));
    // The first news of the second page are of the first edit, and ask for nothing.
    assert_eq!(b.up_to("page").0, ["faults", "faults", "page"]);
}

#[test]
fn a_new_style_is_taken_without_a_reload() {
    let preview = Preview::new(&[("theme/static/style.css", "p { color: red }")], &[]);
    let mut page = preview.listen("index.html");
    assert_eq!(page.event().0, "faults");
    preview.put("theme/static/style.css", "p { color: green }");
    assert_eq!(page.up_to("style").0, ["faults", "style"]);
    assert!(preview.get("/static/style.css?style=1").text().contains("green"));
    preview.put("theme/templates/home.html", "<title>Anew</title>");
    assert_eq!(page.up_to("page").0, ["faults", "page"]);
}

#[test]
fn everything_that_a_site_is_made_of_is_watched() {
    let preview = Preview::new(&[("a.md", &document("A", "The LSCB, under section 1 of the Act 2004."))], &[]);
    preview.put("site.toml", &SETTINGS.replace("A site", "Another site"));
    preview.until("/index.html", "Another site");
    preview.put("glossary.md", "+++\ntitle = \"Words\"\n+++\n\nLocal Board (LSCB)\n: A board.\n");
    preview.until("/a.html", "Local Board");
    preview.put("authorities.toml", "[act2004]\ntitle = \"Act 2004\"\nkind = \"act\"\nwork = \"ukpga/2004/1\"\n");
    preview.until("/a.html", "legislation.gov.uk");
    preview.put("theme/templates/authorities.html", "<p>A template of our own</p>");
    preview.until("/authorities.html", "A template of our own");
    fs::remove_file(preview.root().join("theme/templates/authorities.html")).unwrap();
    preview.until("/authorities.html", "Legislation");
    preview.put("plan.svg", "<svg>one</svg>");
    preview.put("a.md", "+++\ntitle = \"A\"\n+++\n\n1.1 See ![the plan](plan.svg).\n");
    preview.until("/plan.svg", "one");
    preview.put("plan.svg", "<svg>two</svg>");
    preview.until("/plan.svg", "two");
    // A theme beside the site, which was not there when the preview began.
    put(preview.top.path(), "themes/ours/templates/home.html", "<p>Ours</p>");
    preview.put("site.toml", &format!("theme = \"ours\"\n{SETTINGS}"));
    preview.until("/index.html", "Ours");
    put(preview.top.path(), "themes/ours/templates/home.html", "<p>Ours, changed</p>");
    preview.until("/index.html", "Ours, changed");
}

#[test]
fn whatever_is_done_to_files_ends_in_the_right_state() {
    let preview = Preview::new(&[("a.md", &document("A", "One.")), ("folder/b.md", &document("B", "Two."))], &[]);
    let root = preview.root();
    // A new file.
    preview.put("c.md", &document("C", "Three. See [[a#1.1]]."));
    preview.settles();
    // An atomic save: the new text is written beside the old, and renamed over it.
    preview.put("a.md.tmp~", &document("A", "One, saved."));
    fs::rename(root.join("a.md.tmp~"), root.join("a.md")).unwrap();
    preview.settles();
    // A save that first puts the old text aside.
    fs::rename(root.join("a.md"), root.join("a.md~")).unwrap();
    preview.put("a.md", &document("A", "One, saved again."));
    preview.settles();
    // A rename of a file, and of a folder.
    fs::rename(root.join("c.md"), root.join("d.md")).unwrap();
    preview.settles();
    fs::rename(root.join("folder"), root.join("other")).unwrap();
    preview.settles();
    assert_eq!(preview.get("/folder/b.html").status, 404);
    // A folder with files in it, put there in one step, and one made step by step.
    let aside = preview.top.path().join("aside");
    put(&aside, "deep/e.md", &document("E", "Five."));
    fs::rename(&aside, root.join("more")).unwrap();
    preview.settles();
    for n in 0..20 {
        preview.put(&format!("steps/{n}/deep/f-{n}.md"), &document("F", "Six."));
    }
    preview.settles();
    // A burst, as of a change of branch.
    for n in 0..500 {
        preview.put(&format!("many/paper-{n}.md"), &document(&format!("Paper {n}"), "Seven."));
    }
    preview.settles();
    for n in 0..500 {
        preview.put(&format!("many/paper-{n}.md"), &document(&format!("Paper {n}"), "Seven, changed."));
    }
    preview.settles();
    // A folder deleted.
    fs::remove_dir_all(root.join("many")).unwrap();
    preview.settles();
    assert_eq!(preview.get("/many/paper-1.html").status, 404);
    fs::remove_file(root.join("d.md")).unwrap();
    preview.settles();
}

#[test]
fn the_index_of_search_follows_the_pages() {
    let preview = Preview::new(&[("a.md", &document("A", "Nothing yet."))], &[]);
    preview.put("a.md", &document("A", "Quokkas are consulted."));
    preview.until("/a.html", "Quokkas");
    preview.becomes("the index knows the new word", || {
        let page = preview.get("/search.html").text();
        let start =
            page.split("data-search-index=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
        // Words are front-coded: this one shares no beginning with another.
        preview.get(&format!("/{start}")).text().contains("quokkas")
    });
}

#[test]
fn an_error_leaves_the_last_good_pages_and_says_where_it_is() {
    let preview = Preview::new(&[("a.md", &document("A", "One."))], &[]);
    let mut page = preview.listen("a.html");
    assert!(page.up_to("faults").1.contains("\"faults\":[]"));
    preview.put("a.md", &document("A", "Two. See [[9.9]]."));
    let (names, faults) = page.up_to("faults");
    assert_eq!(names, ["faults"]);
    assert!(faults.contains("a.md:5:") && faults.contains("unresolved-reference"), "{faults}");
    assert!(faults.contains("\"stale\":true"), "{faults}");
    assert!(preview.get("/a.html").text().contains("One."));
    preview.put("a.md", &document("A", "Three."));
    let (_, faults) = page.up_to("faults");
    assert!(faults.contains("\"faults\":[]") && faults.contains("\"stale\":false"), "{faults}");
    assert_eq!(page.event().0, "page");
    assert!(preview.get("/a.html").text().contains("Three."));
}

#[test]
fn a_site_that_begins_with_an_error_is_shown_once_it_is_mended() {
    let preview = Preview::new(&[("a.md", "+++\ntitle = \n+++\n\n1.1 One.\n")], &[]);
    let answer = preview.get("/a.html");
    assert!(answer.status == 503 && answer.text().contains("live.js"));
    preview.put("a.md", &document("A", "One."));
    preview.until("/a.html", "One.");
    preview.settles();
}

#[test]
fn a_site_that_goes_and_comes_back_is_shown_again() {
    let preview = Preview::new(&[("a.md", &document("A", "One."))], &[]);
    let aside = preview.top.path().join("aside");
    fs::rename(preview.root(), &aside).unwrap();
    let mut page = preview.listen("a.html");
    page.up_to("faults");
    fs::rename(&aside, preview.root()).unwrap();
    preview.put("a.md", &document("A", "Two."));
    preview.until("/a.html", "Two.");
    preview.put("a.md", &document("A", "Three."));
    preview.until("/a.html", "Three.");
}

#[test]
fn polling_sees_changes_too() {
    let preview = Preview::new(&[("a.md", &document("A", "One."))], &["--poll"]);
    preview.put("a.md", &document("A", "Two, by polling."));
    preview.until("/a.html", "by polling");
    preview.settles();
}

#[test]
fn a_taken_port_is_said() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let top = tempfile::tempdir().unwrap();
    put(&top.path().join("content"), "site.toml", SETTINGS);
    let output = Command::new(env!("CARGO_BIN_EXE_clausebook"))
        .current_dir(top.path())
        .args(["serve", "--port", &port])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains(&format!("port {port} is taken")) && said.contains("--port"), "{said}");
    assert!(!said.contains("panicked"), "{said}");
}

#[test]
fn the_server_answers_its_own_pages_alone() {
    let preview = Preview::new(&[("a.md", &document("A", "One."))], &[]);
    let host = &preview.address;
    let port = host.rsplit_once(':').unwrap().1;
    let status = |request: String| preview.ask(&request).status;
    for good in [host.clone(), format!("localhost:{port}"), format!("LOCALHOST:{port}")] {
        assert_eq!(status(format!("GET /a.html HTTP/1.1\r\nHost: {good}\r\n\r\n")), 200);
    }
    for foreign in ["example.org", "127.0.0.1", "localhost:1", "127.0.0.1.example.org:80", ""] {
        assert_eq!(status(format!("GET /a.html HTTP/1.1\r\nHost: {foreign}\r\n\r\n")), 421, "{foreign}");
    }
    assert_eq!(status("GET /a.html HTTP/1.1\r\n\r\n".to_owned()), 421);
    assert_eq!(status(format!("GET / HTTP/1.1\r\nHost: {host}\r\nHost: example.org\r\n\r\n")), 421);
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "CONNECT"] {
        assert_eq!(status(format!("{method} /a.html HTTP/1.1\r\nHost: {host}\r\n\r\n")), 405, "{method}");
    }
    for path in [
        "/../site.toml",
        "/%2e%2e/site.toml",
        "/..%2fsite.toml",
        "/%252e%252e/site.toml",
        "/site.toml",
        "/a",
        "//a.html",
    ] {
        assert_eq!(preview.get(path).status, 404, "{path}");
    }
    for path in ["a.html", "/%zz", "/%ff", "http://example.org/"] {
        assert_eq!(preview.get(path).status, 400, "{path}");
    }
    let live = |header: &str| status(format!("GET /.clausebook/live.js HTTP/1.1\r\nHost: {host}\r\n{header}\r\n\r\n"));
    assert_eq!(live("Sec-Fetch-Site: cross-site"), 403);
    assert_eq!(live("Origin: http://example.org"), 403);
    assert_eq!(live(&format!("Origin: http://{host}")), 200);
    let long = format!("GET / HTTP/1.1\r\nHost: {host}\r\nX: {}\r\n\r\n", "x".repeat(64 << 10));
    assert_eq!(status(long), 431);
    let head = preview.ask(&format!("HEAD /a.html HTTP/1.1\r\nHost: {host}\r\n\r\n"));
    assert!(head.status == 200 && head.body.is_empty() && head.head.contains("Content-Length: "));
    assert!(!preview.get("/data/clauses.json").head.to_lowercase().contains("access-control"));
    // Still there after all that.
    assert_eq!(preview.get("/a.html").status, 200);
}

#[test]
fn a_site_that_extends_another_follows_changes_in_both() {
    let rules = document("Rules", "The hall is let by the hour.");
    let preview = Preview::new(
        &[
            ("site.toml", "title = \"Ours\"\nclause-pages = false\n[extends]\nsite = \"../upstream\"\n"),
            ("notes/rules.md", "1.1 Here it is five pounds.\n"),
            ("../upstream/site.toml", "title = \"Theirs\"\n"),
            ("../upstream/rules.md", &rules),
        ],
        &[],
    );
    preview.until("/rules.html", "Here it is five pounds.");
    preview.put("notes/rules.md", "1.1 Here it is six pounds.\n");
    preview.until("/rules.html", "Here it is six pounds.");
    preview.put("../upstream/rules.md", &rules.replace("by the hour", "by the day"));
    preview.until("/rules.html", "The hall is let by the day.");
    preview.put("../upstream/more.md", &document("More", "Bring a cup."));
    preview.until("/more.html", "Bring a cup.");
    // What is wrong there is told, and the last good pages stay.
    preview.put("../upstream/rules.md", &rules.replace("[[1.1]]", "[[1.9]]"));
    let mut listener = preview.listen("rules.html");
    let (_, faults) = listener.up_to("faults");
    assert!(
        faults.contains("unresolved-reference") || listener.up_to("faults").1.contains("unresolved-reference"),
        "{faults}"
    );
    assert!(preview.get("/rules.html").text().contains("The hall is let by the day."));
}

#[test]
fn what_has_no_end_is_said_on_the_page_and_ends_the_preview() {
    let settings = format!("{SETTINGS}[limits]\nseconds = 1\n");
    let files = [("site.toml", settings.as_str()), ("a.md", &document("A", "One."))];
    let mut preview = Preview::new(&files, &[]);
    let mut page = preview.listen("a.html");
    page.up_to("faults");
    let loops = "{% for a in range(end=9999) %}".repeat(3) + &"{% endfor %}".repeat(3);
    preview.put("theme/templates/not-found.html", &loops);
    let (_, said) = page.up_to("faults");
    assert!(said.contains("content/theme/templates/not-found.html:1:1") && said.contains("too-slow"), "{said}");
    assert!(said.contains("the preview has ended"), "{said}");
    assert_eq!(preview.process.wait().unwrap().code(), Some(1));
}

/// Ends a preview by a signal while a page listens; gives how long it took.
#[cfg(unix)]
fn told_to_stop(signal: &str) -> Duration {
    let mut shell = Command::new("sh");
    shell.args(["-c", "exec \"$0\" \"$@\" 2> said", env!("CARGO_BIN_EXE_clausebook")]);
    let mut preview = Preview::started_by(shell, &[("a.md", &document("A", "One."))], &[]);
    let mut page = preview.listen("a.html");
    page.up_to("faults");
    let start = Instant::now();
    let process = preview.process.id().to_string();
    assert!(Command::new("kill").args(["-s", signal, &process]).status().unwrap().success());
    // A browser that is reset thinks of a fault; one that is let go does not.
    assert_eq!(page.0.read_to_end(&mut Vec::new()).unwrap(), 0);
    drop(page);
    assert_eq!(preview.process.wait().unwrap().code(), Some(0), "{signal}");
    let took = start.elapsed();
    let said = fs::read_to_string(preview.top.path().join("said")).unwrap();
    assert_eq!(said.lines().last(), Some("Stopped."), "{said}");
    took
}

#[cfg(unix)]
#[test]
fn told_to_stop_it_says_so_and_lets_its_browsers_go() {
    // Those who are not let go hold it up for a second. A busy machine may take as long now and then.
    for signal in ["INT", "TERM"] {
        let quick = (0..5).any(|_| told_to_stop(signal) < Duration::from_millis(900));
        assert!(quick, "{signal}: a page that listens holds the preview up");
    }
}
