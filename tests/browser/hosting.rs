//! The recipes for servers in the manual: each server is started with the words that stand there, as an ordinary user, and
//! serves the library below a sub-path to a browser and to a client that looks at every file and every header.
//!
//! Where a server is missing the test fails where `CI` is `true`, and says elsewhere that it was not tried.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs, thread};

use crate::browser::{Browser, browser, must_not_be_missing};
use crate::copies::{Copy, copy_folder, place};
use crate::links::lost;
use crate::search::{ask, search_page};

/// The names in the recipes.
const WWW: &str = "/srv/www";
const SUB_PATH: &str = "/library/trusts/";

/// Runs a server, and ends it when the pipe closes: at the end of the test, however that ends.
const RUN: &str = r#""$@" & server=$!; read -r _; kill "$server"; wait"#;

/// Debian's folder of Apache modules.
const MODULES: &str = "/usr/lib/apache2/modules";

/// Settings of nginx around the manual's recipe, which is one part of them; no site needs these.
const NGINX: &str = "daemon off;\npid RUN/nginx.pid;\nerror_log RUN/error.log;\nevents {}\nhttp {\n\
    include /etc/nginx/mime.types;\ndefault_type application/octet-stream;\naccess_log off;\n\
    client_body_temp_path RUN/body;\nproxy_temp_path RUN/proxy;\nfastcgi_temp_path RUN/fastcgi;\n\
    uwsgi_temp_path RUN/uwsgi;\nscgi_temp_path RUN/scgi;\nRECIPE\n}\n";

/// Settings for Apache.
const APACHE: &str = "ServerRoot RUN\nDefaultRuntimeDir RUN\nPidFile RUN/apache.pid\nErrorLog RUN/error.log\n\
    TypesConfig /etc/mime.types\nLISTEN\nMODULES\nRECIPE\n";

/// The library as somebody hosts it, with a document that has moved, and with compressed files.
struct Hosted {
    _folder: tempfile::TempDir,
    www: PathBuf,
    run: PathBuf,
    port: u16,
    copy: Copy,
}

impl Hosted {
    fn build() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (site, www, run) = (folder.path().join("site"), folder.path().join("www"), folder.path().join("run"));
        copy_folder(&place("content"), &site);
        let text = |path: &str| fs::read_to_string(site.join(path)).unwrap();
        let settings = "redirects = [\"nginx\", \"apache\"]\ncompress = [\"gz\", \"br\"]\n";
        fs::write(site.join("site.toml"), settings.to_owned() + &text("site.toml")).unwrap();
        let was = text("permalinks/fact-sheet-9.txt").replace("fact-sheet-9", "an-old-sheet");
        fs::write(site.join("permalinks/an-old-sheet.txt"), was).unwrap();
        // A ledger of before it had sums: an edition with a document more.
        let editions = text("permalinks/editions.toml");
        let editions: Vec<&str> = editions.lines().filter(|line| !line.starts_with("rows")).collect();
        fs::write(site.join("permalinks/editions.toml"), editions.join("\n") + "\n").unwrap();
        for file in fs::read_dir(site.join("permalinks")).unwrap().map(|file| file.unwrap()) {
            if file.file_name().to_string_lossy().starts_with("edition-") {
                fs::remove_file(file.path()).unwrap();
            }
        }
        // What was reworded since is not known by its words under the old name.
        let moves = text("permalinks/moves.toml");
        let reworded = moves.lines().filter_map(|line| line.strip_prefix("from = \"fact-sheet-9#")?.strip_suffix('"'));
        let reworded: String = reworded
            .map(|place| {
                let (from, to) = (format!("an-old-sheet#{place}"), format!("fact-sheet-9#{place}"));
                format!("\n[[moved]]\nfrom = \"{from}\"\nto = \"{to}\"\nreason = \"It has its number.\"\n")
            })
            .collect();
        let moved = "\n[[moved]]\nfrom = \"an-old-sheet\"\nto = \"fact-sheet-9\"\nreason = \"It has its number.\"\n";
        fs::write(site.join("permalinks/moves.toml"), moves.clone() + &reworded + moved).unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let base = format!("http://127.0.0.1:{port}{SUB_PATH}");
        fs::create_dir_all(www.join("library")).unwrap();
        fs::create_dir(&run).unwrap();
        let copy = Copy::of(&site, www.join(SUB_PATH.trim_matches('/')).to_str().unwrap(), Some(&base));
        // What an ordinary user reads and writes.
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
        fs::set_permissions(&run, fs::Permissions::from_mode(0o777)).unwrap();
        Hosted { _folder: folder, www, run, port, copy }
    }

    /// Starts a server and waits until it answers; says why if it does not. One that would do more as an administrator
    /// than others may is never started as one.
    fn start(&self, program: &Path, arguments: &[&str]) -> Server {
        let mut shell = Command::new("sh");
        shell.args(["-c", RUN, "sh"]);
        if self.run.metadata().unwrap().uid() == 0 && !program.ends_with("python3") {
            shell.args(["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]);
        }
        fs::write(self.run.join("said.log"), "").unwrap();
        let log = || fs::OpenOptions::new().append(true).create(true).open(self.run.join("said.log")).unwrap();
        shell.arg(program).args(arguments).stdin(Stdio::piped()).stdout(log()).stderr(log());
        let mut child = shell.spawn().unwrap();
        let server = Server { stdin: child.stdin.take(), child };
        let until = Instant::now() + Duration::from_secs(60);
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            assert!(Instant::now() < until, "{} does not start:\n{}", program.display(), self.said());
            thread::sleep(Duration::from_millis(20));
        }
        server
    }

    fn said(&self) -> String {
        let logs = ["said.log", "error.log"].map(|log| fs::read_to_string(self.run.join(log)).unwrap_or_default());
        logs.concat()
    }

    /// Writes the settings of a server: those around a recipe, and the recipe with this folder and this port in it.
    fn settings(&self, language: &str, around: &str, listens: [&str; 2]) -> PathBuf {
        let recipe = block(language, "");
        assert!(recipe.contains(listens[0]) && recipe.contains(WWW));
        let listening = listens[1].replace("PORT", &self.port.to_string());
        let recipe = recipe.replace(listens[0], &listening).replace(WWW, self.www.to_str().unwrap());
        let modules = ["mpm_event", "authz_core", "dir", "mime", "headers", "rewrite"]
            .map(|name| format!("LoadModule {name}_module {MODULES}/mod_{name}.so\n"));
        let around = around.replace("LISTEN", &format!("Listen 127.0.0.1:{}", self.port));
        let around = around.replace("MODULES", &modules.concat()).replace("RUN", self.run.to_str().unwrap());
        let path = self.run.join(format!("{language}.conf"));
        fs::write(&path, around.replace("RECIPE", &recipe)).unwrap();
        path
    }

    fn get(&self, path: &str, accepts: &str) -> Answer {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        let host = format!("127.0.0.1:{}", self.port);
        let request = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept-Encoding: {accepts}\r\n");
        write!(stream, "{request}Connection: close\r\n\r\n").unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap_or_else(|| panic!("{path}: no head"));
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
        let mut lines = head.lines();
        let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
        let headers = lines.filter_map(|line| line.split_once(": "));
        let headers = headers.map(|(name, value)| (name.to_lowercase(), value.to_owned())).collect();
        Answer { status, headers, body: bytes[end + 4..].to_vec() }
    }

    /// Asks for every file: each is there, as it lies in the folder and of the right type. With the links of all pages
    /// landing in the folder, every link lands.
    fn gives_every_file(&self, sends_headers: bool) {
        let mut pages = 0;
        for file in self.copy.files() {
            let path = file.strip_prefix(&self.copy.folder).unwrap().to_str().unwrap();
            if path == ".clausebook" || path.ends_with(".gz") || path.ends_with(".br") {
                continue;
            }
            let answer = self.get(&format!("{SUB_PATH}{path}"), "identity");
            if sends_headers && path.starts_with("an-old-sheet") {
                assert_eq!(answer.status, 301, "{path}");
                continue;
            }
            assert_eq!(answer.status, 200, "{path}: {}", self.said());
            assert!(answer.body == fs::read(&file).unwrap(), "{path} is not what it was");
            let kind = answer.header("content-type").split(';').next().unwrap();
            let right: &[&str] = match path.rsplit('.').next().unwrap() {
                "html" => &["text/html"],
                "css" => &["text/css"],
                "js" => &["text/javascript", "application/javascript"],
                "json" => &["application/json"],
                "xml" => &["text/xml", "application/xml"],
                "svg" => &["image/svg+xml"],
                "csv" => &["text/csv", "application/octet-stream"],
                "conf" => continue,
                other => panic!("what type has .{other}?"),
            };
            assert!(right.contains(&kind), "{path} is sent as {kind}");
            pages += usize::from(path.ends_with(".html"));
            if sends_headers {
                for header in block("text", "Content-Security-Policy").lines() {
                    let (name, value) = header.split_once(": ").unwrap();
                    assert_eq!(answer.header(&name.to_lowercase()), value, "{name} of {path}");
                }
                let long = path.starts_with("search/");
                let keep = if long { "max-age=31536000, immutable" } else { "no-cache" };
                assert_eq!(answer.header("cache-control"), keep, "{path}");
            }
        }
        assert!(pages > 400, "{pages} pages");
        let folder = self.get(SUB_PATH, "identity");
        assert_eq!((folder.status, folder.body == self.copy.text("index.html").as_bytes()), (200, true));
    }

    /// Asks for what is not there, for what has moved, and for what lies there compressed.
    fn follows_the_recipe(&self, encodings: &[&str]) {
        for unknown in ["nothing.html", "no/such/thing.html", "search/nothing.js"] {
            let answer = self.get(&format!("{SUB_PATH}{unknown}"), "identity");
            assert_eq!((answer.status, answer.header("content-type").starts_with("text/html")), (404, true));
            assert!(answer.body == self.copy.text("404.html").as_bytes(), "{unknown}");
            assert!(answer.headers.get("cache-control").is_none_or(|keep| keep == "no-cache"), "{unknown}");
            assert!(answer.header("content-security-policy").contains("frame-ancestors 'none'"), "{unknown}");
        }
        for (old, new) in
            [("an-old-sheet.html", "fact-sheet-9.html"), ("an-old-sheet/para-4.html", "fact-sheet-9/para-4.html")]
        {
            let answer = self.get(&format!("{SUB_PATH}{old}"), "identity");
            let leads = answer.header("location");
            let there = leads.strip_prefix(&format!("http://127.0.0.1:{}", self.port)).unwrap_or(leads);
            assert_eq!((answer.status, there), (301, &*format!("{SUB_PATH}{new}")));
        }
        for path in ["index.html", "static/style.css", "static/site.js", "data/documents.json", "sitemap.xml"] {
            for (accepts, encoding, ending) in [("gzip, deflate", "gzip", "gz"), ("gzip, deflate, br", "br", "br")] {
                if !encodings.contains(&encoding) {
                    continue;
                }
                let plain = self.get(&format!("{SUB_PATH}{path}"), "identity");
                let answer = self.get(&format!("{SUB_PATH}{path}"), accepts);
                assert_eq!((answer.status, answer.header("content-encoding")), (200, encoding), "{path}");
                assert_eq!(answer.header("content-type"), plain.header("content-type"), "{path}");
                assert!(answer.header("vary").contains("Accept-Encoding"), "{path}");
                let kept = fs::read(self.copy.folder.join(format!("{path}.{ending}"))).unwrap();
                assert!(answer.body == kept && kept.len() < plain.body.len(), "{path}");
            }
        }
    }

    /// Reads, searches and gets lost in a browser.
    fn is_read(&self, browser: &'static Browser, shows_404: bool) {
        let base = format!("http://127.0.0.1:{}{SUB_PATH}", self.port);
        let page = search_page(browser, &format!("{base}search.html"));
        let found = ask(&page, "duty to cooperate");
        assert!(found.len() > 5, "{found:?}");
        page.go(&format!("{base}{}", found[0]));
        page.go(&format!("{base}guidance-consultation-2008.html#3.37"));
        page.wait_for(
            "(() => { const y = document.querySelector(':target').getBoundingClientRect().top; \
            return y > -2 && y < innerHeight; })()",
        );
        assert_eq!(page.console(), Vec::<String>::new());
        if !shows_404 {
            return;
        }
        page.go(&format!("{base}an-old-sheet.html#duty-to-cooperate"));
        assert_eq!(page.eval::<String>("location.href"), format!("{base}fact-sheet-9.html#duty-to-cooperate"));
        assert_eq!(page.console(), Vec::<String>::new());
        page.go(&format!("{base}no/such/page.html"));
        // The console tells of the answer itself, and of nothing else.
        let told = page.console();
        assert!(told.len() == 1 && told[0].contains("status of 404"), "{told:?}");
        assert_eq!(page.eval::<String>("document.querySelector('h1').textContent"), "This page is not here");
        assert!(page.eval::<bool>("Array.from(document.styleSheets).every(sheet => sheet.cssRules.length > 0)"));
        page.click("main li a");
        page.wait_for("document.querySelector('h1').textContent !== 'This page is not here'");
        assert!(page.eval::<String>("location.href").starts_with(&base));
    }
}

/// A server that runs until it goes out of sight.
struct Server {
    child: Child,
    stdin: Option<ChildStdin>,
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.stdin.take());
        let _ended = self.child.wait();
    }
}

struct Answer {
    status: u16,
    headers: BTreeMap<String, String>,
    body: Vec<u8>,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }
}

/// The first block in a language in the manual's chapter on hosting that begins with some words.
fn block(language: &str, begins: &str) -> String {
    let manual = fs::read_to_string(place("content/manual/hosting.md")).unwrap();
    let opening = format!("\n```{language}\n");
    let blocks = manual.split(&opening).skip(1).map(|rest| rest.split("\n```").next().unwrap());
    let found: Vec<&str> = blocks.filter(|block| block.starts_with(begins)).collect();
    (*found.first().unwrap_or_else(|| panic!("the manual has no {language}"))).to_owned()
}

/// A program, also where only an administrator's shell looks.
fn program(name: &str) -> Option<PathBuf> {
    let folders = env::split_paths(&env::var_os("PATH").unwrap_or_default()).collect::<Vec<_>>();
    let folders = folders.into_iter().chain([PathBuf::from("/usr/sbin")]);
    let found = folders.map(|folder| folder.join(name)).find(|path| path.is_file());
    if found.is_none() {
        must_not_be_missing(&format!("{name} was not found: the manual's recipe for it is not tried"));
    }
    found
}

#[test]
fn every_recipe_of_the_manual_serves_every_page_link_and_search() {
    let hosted = Hosted::build();
    assert_eq!(lost(&hosted.copy), Vec::<String>::new());
    let browser = browser();
    if let Some(python) = program("python3") {
        let line = block("sh", "python3").replace("8000", &hosted.port.to_string());
        let line = line.replace(WWW, hosted.www.to_str().unwrap());
        let words: Vec<&str> = line.split(' ').skip(1).collect();
        let _running = hosted.start(&python, &words);
        hosted.gives_every_file(false);
        browser.inspect(|browser| hosted.is_read(browser, false));
    }
    if let Some(nginx) = program("nginx") {
        let settings = hosted.settings("nginx", NGINX, ["listen 80;", "listen 127.0.0.1:PORT;"]);
        let _running = hosted.start(&nginx, &["-p", hosted.run.to_str().unwrap(), "-c", settings.to_str().unwrap()]);
        hosted.gives_every_file(true);
        hosted.follows_the_recipe(&["gzip"]);
        browser.inspect(|browser| hosted.is_read(browser, true));
    }
    if let Some(apache) = program("apache2") {
        let settings = hosted.settings("apache", APACHE, ["<VirtualHost *:80>", "<VirtualHost 127.0.0.1:PORT>"]);
        let _running = hosted.start(&apache, &["-f", settings.to_str().unwrap(), "-D", "FOREGROUND"]);
        hosted.gives_every_file(true);
        hosted.follows_the_recipe(&["gzip", "br"]);
        browser.inspect(|browser| hosted.is_read(browser, true));
    }
}
