//! Firefox, in which the tasks of a reader are done once more: it is a browser that opens each file of a folder as a site of its own.
//!
//! Driven by WebDriver BiDi, its own protocol: JSON over a WebSocket. Without Firefox the test fails where `CI` is `true`,
//! and says elsewhere that it looked at nothing.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};
use std::{env, fs, thread};

use base64::Engine as _;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::browser::must_not_be_missing;
use crate::copies::library;

/// The longest that anything may take before the test fails.
const PATIENCE: Duration = Duration::from_secs(40);

/// Preferences of a profile: nothing is sent anywhere, and no file may read another.
const PREFERENCES: &str = r#"user_pref("security.fileuri.strict_origin_policy", true);
user_pref("app.normandy.enabled", false);
user_pref("app.update.auto", false);
user_pref("browser.aboutwelcome.enabled", false);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("browser.startup.page", 0);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
user_pref("services.settings.server", "data:,");
user_pref("toolkit.telemetry.reportingpolicy.firstRun", false);
"#;

/// Words of Firefox when it can be driven.
const LISTENING: &str = "WebDriver BiDi listening on ws://";

fn program() -> Option<PathBuf> {
    if let Some(named) = env::var_os("FIREFOX") {
        return Some(named.into());
    }
    let folders: Vec<PathBuf> = env::split_paths(&env::var_os("PATH")?).collect();
    let names = ["firefox-esr", "firefox"];
    names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name))).find(|path| path.is_file())
}

/// A running Firefox with one tab.
struct Firefox {
    process: Child,
    profile: PathBuf,
    stream: BufReader<TcpStream>,
    last: u64,
    /// The tab.
    context: String,
    /// Lines of the console.
    console: Vec<String>,
}

impl Drop for Firefox {
    fn drop(&mut self) {
        let _already_gone = self.process.kill();
        let _status = self.process.wait();
        if !self.profile.as_os_str().is_empty() {
            let _next_time = fs::remove_dir_all(&self.profile);
        }
    }
}

impl Firefox {
    fn start(program: &Path) -> Self {
        // Tests in one process have each their own.
        static LAST: AtomicU32 = AtomicU32::new(0);
        let number = LAST.fetch_add(1, Ordering::Relaxed);
        let name = format!("firefox-{}-{number}", std::process::id());
        Self::start_in(program, Path::new(env!("CARGO_TARGET_TMPDIR")).join(name))
    }

    /// Ends and starts again with what was kept.
    fn restarted(mut self, program: &Path) -> Self {
        let profile = std::mem::take(&mut self.profile);
        self.call("browser.close", json!({}));
        let _status = self.process.wait();
        Self::start_in(program, profile)
    }

    fn start_in(program: &Path, profile: PathBuf) -> Self {
        fs::create_dir_all(&profile).unwrap();
        fs::write(profile.join("user.js"), PREFERENCES).unwrap();
        let mut command = Command::new(program);
        command.args(["--headless", "--no-remote", "--remote-debugging-port", "0", "--width=1280", "--height=900"]);
        command.arg("--profile").arg(&profile).env("HOME", &profile).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut process = command.spawn().expect("Firefox starts");
        let mut said = BufReader::new(process.stderr.take().unwrap()).lines();
        let address =
            said.by_ref().map_while(Result::ok).find_map(|line| Some(line.split_once(LISTENING)?.1.to_owned()));
        // Nobody reads on, and nothing waits for a reader.
        thread::spawn(move || said.for_each(drop));
        let stream = connect(&address.expect("Firefox says where it listens"));
        let mut firefox = Firefox { process, profile, stream, last: 0, context: String::new(), console: Vec::new() };
        firefox.call("session.new", json!({ "capabilities": {} }));
        firefox.call("session.subscribe", json!({ "events": ["log.entryAdded"] }));
        let tree = firefox.call("browsingContext.getTree", json!({}));
        firefox.context = tree["contexts"][0]["context"].as_str().unwrap().to_owned();
        let size = json!({ "context": firefox.context, "viewport": { "width": 1280, "height": 900 } });
        firefox.call("browsingContext.setViewport", size);
        firefox
    }

    fn call(&mut self, method: &str, params: Value) -> Value {
        self.last += 1;
        let command = json!({ "id": self.last, "method": method, "params": params }).to_string();
        send(self.stream.get_mut(), command.as_bytes());
        loop {
            let mut message: Value = serde_json::from_slice(&receive(&mut self.stream)).unwrap();
            if message["method"] == "log.entryAdded" {
                self.console.push(message["params"].to_string());
            } else if message["id"] == json!(self.last) {
                assert!(message["error"].is_null(), "{method}: {message}");
                return message["result"].take();
            }
        }
    }

    fn go(&mut self, url: &str) {
        let context = self.context.clone();
        self.call("browsingContext.navigate", json!({ "context": context, "url": url, "wait": "complete" }));
    }

    /// The value of an expression, or nothing while the page is another.
    fn try_eval(&mut self, script: &str) -> Option<Value> {
        let params = json!({
            "expression": format!("JSON.stringify({script})"), "awaitPromise": true, "target": { "context": self.context },
        });
        let answer = self.call("script.evaluate", params);
        serde_json::from_str(answer["result"]["value"].as_str()?).ok()
    }

    fn eval<T: DeserializeOwned>(&mut self, script: &str) -> T {
        serde_json::from_value(self.try_eval(script).unwrap_or_else(|| panic!("{script} has no value"))).unwrap()
    }

    fn wait_for(&mut self, condition: &str) {
        let until = Instant::now() + PATIENCE;
        while Instant::now() < until {
            if self.try_eval(&format!("Boolean({condition})")) == Some(Value::Bool(true)) {
                return;
            }
            thread::sleep(Duration::from_millis(30));
        }
        panic!("it never came true that {condition}, on {}", self.eval::<String>("location.href"));
    }

    fn act(&mut self, source: Value) {
        let context = self.context.clone();
        self.call("input.performActions", json!({ "context": context, "actions": [source] }));
    }

    /// Presses keys one after the other; a key of the keyboard without a letter is a private letter of WebDriver.
    fn press(&mut self, keys: &str) {
        let strokes =
            keys.chars().flat_map(|key| ["keyDown", "keyUp"].map(|kind| json!({ "type": kind, "value": key })));
        self.act(json!({ "type": "key", "id": "keys", "actions": strokes.collect::<Vec<_>>() }));
    }

    /// Holds Control and presses a key.
    fn press_with_control(&mut self, key: &str) {
        let strokes = [("keyDown", "\u{e009}"), ("keyDown", key), ("keyUp", key), ("keyUp", "\u{e009}")];
        let strokes = strokes.map(|(kind, value)| json!({ "type": kind, "value": value }));
        self.act(json!({ "type": "key", "id": "keys", "actions": strokes }));
    }

    /// The middle of the first line of what a selector finds, brought into the window.
    fn middle(&mut self, selector: &str) -> (i64, i64) {
        self.eval(&format!(
            "(() => {{ const e = document.querySelector({selector:?}); e.scrollIntoView({{ block: 'center' }}); \
             const r = e.getClientRects()[0]; return [Math.round(r.x + r.width / 2), Math.round(r.y + r.height / 2)]; }})()"
        ))
    }

    fn point(&mut self, selector: &str, click: bool) {
        let (x, y) = self.middle(selector);
        let mut actions = vec![
            json!({ "type": "pointerMove", "x": 1, "y": 1 }),
            json!({ "type": "pointerMove", "x": x, "y": y, "duration": 50 }),
        ];
        if click {
            actions.push(json!({ "type": "pointerDown", "button": 0 }));
            actions.push(json!({ "type": "pointerUp", "button": 0 }));
        }
        self.act(json!({ "type": "pointer", "id": "mouse", "actions": actions }));
    }
}

/// Opens a WebSocket (RFC 6455) to Firefox.
fn connect(address: &str) -> BufReader<TcpStream> {
    let address = address.trim().trim_end_matches('/');
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let request = format!(
        "GET /session HTTP/1.1\r\nHost: {address}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
         Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).unwrap();
    let mut stream = BufReader::new(stream);
    let mut line = String::new();
    stream.read_line(&mut line).unwrap();
    assert!(line.contains(" 101 "), "{line}");
    while line != "\r\n" {
        line.clear();
        stream.read_line(&mut line).unwrap();
    }
    stream
}

/// The mask that a client must put over what it sends; Firefox takes none of zeros.
const MASK: [u8; 4] = [1, 2, 3, 4];

/// Sends a text as one frame.
fn send(stream: &mut TcpStream, text: &[u8]) {
    let mut frame = vec![0x81];
    match text.len() {
        short @ ..126 => frame.push(0x80 | u8::try_from(short).unwrap()),
        length @ ..0x1_0000 => {
            frame.push(0x80 | 126);
            frame.extend(u16::try_from(length).unwrap().to_be_bytes());
        }
        length => {
            frame.push(0x80 | 127);
            frame.extend((length as u64).to_be_bytes());
        }
    }
    frame.extend(MASK);
    frame.extend(text.iter().zip(MASK.iter().cycle()).map(|(byte, mask)| byte ^ mask));
    stream.write_all(&frame).unwrap();
}

/// Receives a text, which may come in several frames.
fn receive(stream: &mut BufReader<TcpStream>) -> Vec<u8> {
    let mut text = Vec::new();
    loop {
        let mut head = [0; 2];
        stream.read_exact(&mut head).expect("Firefox answers");
        let mut long = [0; 8];
        match head[1] & 0x7f {
            126 => stream.read_exact(&mut long[6..]).unwrap(),
            127 => stream.read_exact(&mut long).unwrap(),
            short => long[7] = short,
        }
        let mut payload = vec![0; usize::try_from(u64::from_be_bytes(long)).unwrap()];
        stream.read_exact(&mut payload).unwrap();
        // What is no text is about the connection.
        if head[0] & 0x0f < 2 {
            text.extend(payload);
            if head[0] & 0x80 != 0 {
                return text;
            }
        }
    }
}

const ENTER: &str = "\u{e007}";
const ESCAPE: &str = "\u{e00c}";
const RIGHT: &str = "\u{e014}";
const DOWN: &str = "\u{e015}";

#[test]
fn firefox_searches_previews_copies_and_shows_on_a_wall_from_a_folder() {
    let Some(program) = program() else {
        must_not_be_missing("no Firefox was found: install the package `firefox-esr`, or name one in FIREFOX");
        return;
    };
    let began = Instant::now();
    let mut firefox = Firefox::start(&program);
    // Search finds a clause by its number and leads to it.
    firefox.go(&library().file("index.html"));
    firefox.point("#site-search", true);
    firefox.press("3.37");
    firefox.press(ENTER);
    firefox.wait_for("document.querySelector('[data-search-state=done] .result a')");
    firefox.point(".result a", true);
    firefox.wait_for("location.hash === '#3.37' && document.querySelector('.copy-link')");
    let shown: f64 = firefox.eval("document.getElementById('3.37').getBoundingClientRect().top / innerHeight");
    assert!((0.0..1.0).contains(&shown), "{shown}");
    // A mouse over a mention opens what it leads to, and Escape shuts it.
    firefox.point("[id='2.8'] .ref", false);
    firefox.wait_for("document.querySelector('.preview')");
    firefox.press(ESCAPE);
    firefox.wait_for("!document.querySelector('.preview')");
    // A citation is copied, and can be pasted.
    firefox.go(&library().file("guidance-consultation-2008/3.37.html"));
    firefox.point(".body .tools button:nth-of-type(2)", true);
    firefox.wait_for("document.querySelector('.said').textContent === 'Copied'");
    firefox.point("#site-search", true);
    firefox.press_with_control("v");
    firefox.wait_for("document.querySelector('#site-search').value.length");
    let pasted: String = firefox.eval("document.querySelector('#site-search').value");
    assert_eq!(pasted.replace('\u{a0}', " "), "Draft guidance April 2008, paragraph 3.37");
    // On a wall, keys make the words smaller, lead on, and leave.
    firefox.go(&library().file("guidance-consultation-2008/3.37.html"));
    firefox.point(".body .tools button", true);
    firefox.wait_for("document.querySelector('.wall-bar') && document.activeElement.closest('.wall-bar')");
    let size = "parseFloat(getComputedStyle(document.querySelector('.clause')).fontSize)";
    let before: f64 = firefox.eval(size);
    firefox.press(DOWN);
    assert!(firefox.eval::<f64>(size) < before);
    firefox.press(RIGHT);
    firefox.wait_for("location.pathname.endsWith('/3.38.html') && document.activeElement.closest('.wall-bar')");
    firefox.press(ESCAPE);
    firefox.wait_for("!document.querySelector('.wall-bar')");
    assert!(firefox.console.is_empty(), "{}", firefox.console.join("\n"));
    println!("{:.1} s in Firefox", began.elapsed().as_secs_f64());
}

const TAB: &str = "\u{e004}";
const DONE: &str = "document.querySelector('[data-list][data-state=done]')";
const SHOWN: &str = "Array.from(document.querySelectorAll('[data-list] ol .from a'), a => a.textContent)";

/// Gathers five clauses, orders and notes them, prints, shows, restarts and sends a list.
fn uses_a_list(program: &Path, address: &dyn Fn(&str) -> String) {
    let mut firefox = Firefox::start(program);
    // Through search, the first result of each paper.
    firefox.go(&address("search.html?q=voluntary+sector"));
    firefox.wait_for("document.querySelector('[data-search-state=done] .result a')");
    firefox.point(".masthead nav button", true);
    firefox.wait_for("document.querySelectorAll('.results [data-in]').length > 9");
    let firsts: Vec<usize> = firefox.eval(
        "(() => { const seen = new Set(); return Array.from(document.querySelectorAll('.results > li .result a'), (link, at) => { \
         const page = link.href.split('#')[0]; if (seen.has(page)) return -1; seen.add(page); return at; }).filter(at => at >= 0); })()",
    );
    for at in firsts.iter().take(4) {
        let line = format!(".results > li:nth-child({}) [data-in]", at + 1);
        firefox.point(&line, true);
        firefox.wait_for(&format!("document.querySelector({line:?}).dataset.in === 'true'"));
    }
    firefox.point(".mine-bar a", true);
    firefox.wait_for(DONE);
    let before: Vec<String> = firefox.eval(SHOWN);
    let kept: String = firefox.eval("location.href + JSON.stringify(localStorage)");
    assert_eq!(before.len(), 4, "{kept}");
    // One more from a paper itself.
    firefox.go(&address("consultation-paper-2008.html"));
    firefox.point(".masthead nav button", true);
    firefox.wait_for("document.querySelector('.clause .mine [data-in=false]')");
    firefox.point(".clause .mine [data-in=false]", true);
    firefox.wait_for("document.querySelector('.clause .mine [data-in=true]')");
    firefox.wait_for("document.querySelector('.mine-bar b').textContent !== '0 paragraphs'");
    thread::sleep(Duration::from_millis(300));
    firefox.point(".mine-bar a", true);
    firefox.wait_for(DONE);
    let before: Vec<String> = firefox.eval(SHOWN);
    assert_eq!(before.len(), 5);
    // The first goes down; the new first gets a heading.
    firefox.point("ol li:first-child .move:nth-of-type(2)", true);
    firefox.wait_for(&format!("{SHOWN}[0] === {:?}", before[1]));
    firefox.point("ol li:first-child .tools > :nth-child(4)", true);
    firefox.press("Welcome");
    firefox.press(TAB);
    firefox.press("Say hello.");
    thread::sleep(Duration::from_millis(500));
    let (list, url): (Vec<String>, String) = (firefox.eval(SHOWN), firefox.eval("location.href"));
    // On paper.
    let context = firefox.context.clone();
    let printed = firefox.call("browsingContext.print", json!({ "context": context }));
    let pdf = base64::engine::general_purpose::STANDARD.decode(printed["data"].as_str().unwrap()).unwrap();
    if let Some(pages) = crate::paper::pages(&pdf) {
        let whole = pages.join(" ");
        assert!(whole.contains("Welcome") && whole.contains("Say hello.") && !whole.contains("Remove"), "{whole}");
    }
    // On a wall.
    firefox.point("[data-list] > .tools button", true);
    firefox.wait_for(
        "document.querySelector('.wall-bar b') && document.querySelector('.wall-bar b').textContent.startsWith('1 / ')",
    );
    firefox.press(RIGHT);
    firefox.wait_for("document.querySelector('.wall-bar b').textContent.startsWith('2 / ')");
    firefox.press(ESCAPE);
    firefox.wait_for("!document.querySelector('.wall-bar')");
    assert!(firefox.console.is_empty(), "{}", firefox.console.join("\n"));
    // After a restart it is still there.
    let mut firefox = firefox.restarted(program);
    firefox.go(&address("list.html"));
    firefox.wait_for(DONE);
    assert_eq!(firefox.eval::<Vec<String>>(SHOWN), list);
    drop(firefox);
    // Another profile sees it by its address.
    let mut other = Firefox::start(program);
    other.go(&url);
    other.wait_for(DONE);
    assert_eq!(other.eval::<Vec<String>>(SHOWN), list);
    assert_eq!(other.eval::<String>("document.querySelector('ol h2').textContent"), "Welcome");
    assert!(other.console.is_empty(), "{}", other.console.join("\n"));
}

#[test]
fn firefox_keeps_and_sends_a_list_from_a_folder_and_below_a_path() {
    let Some(program) = program() else { return };
    uses_a_list(&program, &|path| library().file(path));
    uses_a_list(&program, &|path| library().http(path));
}
