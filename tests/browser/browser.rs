//! Chromium, one for all tests, driven over a pipe by its own protocol (Chrome DevTools Protocol).
//!
//! Commands and answers are JSON by the names of the protocol's documentation: Chromium comes from the system and moves on
//! its own, and bindings that were generated for one version fail on the events of the next. The pipe is also what ends
//! Chromium: it closes with the test process, however that ends.

use std::cell::RefCell;
use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{ChildStdin, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, LazyLock, Mutex};
use std::time::{Duration, Instant};
use std::{env, fs, io, thread};

use base64::Engine;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// Longest wait for anything before a test fails.
const PATIENCE: Duration = Duration::from_secs(60);

/// Runs Chromium with the pipe where it looks for it, and takes its profile away when it ends.
const RUN: &str = r#"profile=$1; shift; "$@" 3<&0 4>&1 >/dev/null 2>&1; rm -rf "$profile""#;

const FLAGS: [&str; 16] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--disable-renderer-backgrounding",
    "--disable-backgrounding-occluded-windows",
    "--disable-background-timer-throttling",
    "--disable-dev-shm-usage",
    // Each window would load two pages of its own for what is typed in its address bar: two seconds of a processor.
    "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup",
    "--remote-debugging-pipe",
];

/// Chromium, or nothing where there is none and nobody insists on one.
pub fn browser() -> Option<&'static Browser> {
    static BROWSER: LazyLock<Option<Browser>> = LazyLock::new(|| {
        let program = program();
        if program.is_none() {
            must_not_be_missing("no Chromium was found: install the package `chromium`, or name one in CHROMIUM");
        }
        program.map(|program| Browser::start(&program))
    });
    BROWSER.as_ref()
}

/// Whether nothing may be skipped.
fn is_ci() -> bool {
    env::var_os("CI").is_some_and(|value| value == "true")
}

/// Fails where `CI` is `true`; elsewhere says past the test harness, which would keep it to itself, that tests are skipped.
pub fn must_not_be_missing(what: &str) {
    assert!(!is_ci(), "{what}");
    let line = "!".repeat(what.len() + 6);
    let mut past_the_harness = io::stderr();
    writeln!(past_the_harness, "\n{line}\n!! {what} !!\n!! TESTS ARE SKIPPED\n{line}").unwrap();
}

fn program() -> Option<PathBuf> {
    if let Some(named) = env::var_os("CHROMIUM") {
        return Some(named.into());
    }
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    let folders: Vec<PathBuf> = env::split_paths(&env::var_os("PATH")?).collect();
    names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name))).find(|path| path.is_file())
}

/// Settings of a browser page.
#[derive(Clone, Copy)]
pub struct Look {
    /// In CSS pixels.
    pub width: u32,
    /// In CSS pixels.
    pub height: u32,
    /// `light` or `dark`.
    pub scheme: &'static str,
    /// Whether scripts run.
    pub script: bool,
    /// Whether a contrast theme is in force.
    pub contrast: bool,
    /// Slowdown factor of the processor.
    pub slow: u32,
}

impl Look {
    /// A desk: light, with scripts.
    pub const WIDE: Look = Look { width: 1280, height: 900, scheme: "light", script: true, contrast: false, slow: 1 };
    /// A tablet.
    pub const MIDDLE: Look = Look { width: 768, height: 1024, ..Look::WIDE };
    /// A telephone, or a desk at 400%.
    pub const NARROW: Look = Look { width: 320, height: 640, ..Look::WIDE };
    /// A desk without scripts.
    pub const NO_SCRIPT: Look = Look { script: false, ..Look::WIDE };

    /// Switches to dark.
    pub const fn dark(self) -> Look {
        Look { scheme: "dark", ..self }
    }
}

/// A running Chromium.
pub struct Browser {
    pipe: Arc<Pipe>,
}

/// Both ways of the pipe: commands are written under a lock, answers go to the session that they name.
struct Pipe {
    commands: Mutex<ChildStdin>,
    sessions: Mutex<HashMap<String, Sender<Value>>>,
    last: AtomicU64,
}

/// One end of a conversation: the whole browser's, under the empty name, or a page's.
struct Session {
    pipe: Arc<Pipe>,
    name: String,
    answers: Receiver<Value>,
    events: RefCell<Vec<Value>>,
}

impl Session {
    fn new(pipe: &Arc<Pipe>, name: &str) -> Self {
        let (sender, answers) = mpsc::channel();
        pipe.sessions.lock().unwrap().insert(name.to_owned(), sender);
        Session { pipe: Arc::clone(pipe), name: name.to_owned(), answers, events: RefCell::default() }
    }

    fn try_call(&self, method: &str, params: Value) -> Result<Value, String> {
        let id = self.pipe.last.fetch_add(1, Ordering::Relaxed) + 1;
        let mut command = json!({ "id": id, "method": method, "params": params });
        if !self.name.is_empty() {
            command["sessionId"] = json!(self.name);
        }
        let mut bytes = command.to_string().into_bytes();
        bytes.push(0);
        self.pipe.commands.lock().unwrap().write_all(&bytes).expect("Chromium takes commands");
        loop {
            let message = self.answers.recv_timeout(PATIENCE);
            let mut message = message.unwrap_or_else(|_| panic!("Chromium does not answer {command}"));
            if message["id"] != json!(id) {
                self.events.borrow_mut().push(message);
            } else if message["error"].is_null() {
                return Ok(message["result"].take());
            } else {
                return Err(format!("{method}: {}", message["error"]));
            }
        }
    }

    fn call(&self, method: &str, params: Value) -> Value {
        self.try_call(method, params).unwrap_or_else(|fault| panic!("{fault}"))
    }

    /// Waits for an event that is not yet there.
    fn wait(&self, wanted: impl Fn(&Value) -> bool) -> bool {
        let until = Instant::now() + PATIENCE;
        loop {
            if self.events.borrow().iter().any(&wanted) {
                return true;
            }
            let Ok(event) = self.answers.recv_timeout(until.saturating_duration_since(Instant::now())) else {
                return false;
            };
            self.events.borrow_mut().push(event);
        }
    }
}

impl Browser {
    fn start(program: &Path) -> Self {
        let profile = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("chromium-{}", std::process::id()));
        fs::create_dir_all(&profile).unwrap();
        let mut command = Command::new("sh");
        command.args(["-c", RUN, "sh"]).arg(&profile).arg(program).args(FLAGS);
        command.arg(format!("--user-data-dir={}", profile.display())).arg("about:blank");
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("Chromium starts");
        let commands = Mutex::new(child.stdin.take().unwrap());
        let pipe = Arc::new(Pipe { commands, sessions: Mutex::default(), last: AtomicU64::new(0) });
        let (answers, to) = (child.stdout.take().unwrap(), Arc::clone(&pipe));
        thread::spawn(move || {
            distribute(answers, &to);
            child.wait()
        });
        Browser { pipe }
    }

    /// A new page that shares nothing with any other: no store, no history, no cache.
    pub fn page(&self, look: Look) -> Page {
        // The conversation about pages is the browser's own; two tests hold it one after the other.
        static OPENING: Mutex<()> = Mutex::new(());
        let _one_at_a_time = OPENING.lock().unwrap_or_else(|broken| broken.into_inner());
        let root = Session::new(&self.pipe, "");
        let context = root.call("Target.createBrowserContext", json!({ "disposeOnDetach": true }));
        let context = context["browserContextId"].clone();
        let target = json!({ "url": "about:blank", "browserContextId": context, "newWindow": true });
        let target = root.call("Target.createTarget", target)["targetId"].clone();
        let attached = root.call("Target.attachToTarget", json!({ "targetId": target, "flatten": true }));
        let session = Session::new(&self.pipe, attached["sessionId"].as_str().unwrap());
        let page = Page { session, context };
        for domain in ["Page", "Runtime", "Log", "Network", "DOM"] {
            page.call(&format!("{domain}.enable"), json!({}));
        }
        page.call("Page.setLifecycleEventsEnabled", json!({ "enabled": true }));
        page.look(look);
        page
    }
}

/// Hands every message to its session; the end of the pipe is the end of all waiting.
fn distribute(answers: ChildStdout, pipe: &Pipe) {
    let mut answers = BufReader::new(answers);
    let mut bytes = Vec::new();
    while answers.read_until(0, &mut bytes).is_ok_and(|read| read > 0) {
        bytes.pop();
        let message: Value = serde_json::from_slice(&bytes).expect("Chromium answers in JSON");
        let name = message["sessionId"].as_str().unwrap_or_default();
        if let Some(session) = pipe.sessions.lock().unwrap().get(name) {
            let _no_longer_waited_for = session.send(message);
        }
        bytes.clear();
    }
    pipe.sessions.lock().unwrap().clear();
}

/// An open page.
pub struct Page {
    session: Session,
    context: Value,
}

impl Drop for Page {
    fn drop(&mut self) {
        let id = self.session.pipe.last.fetch_add(1, Ordering::Relaxed) + 1;
        let dispose = json!({
            "id": id, "method": "Target.disposeBrowserContext", "params": { "browserContextId": self.context }
        });
        let _at_the_end_anyway =
            self.session.pipe.commands.lock().map(|mut pipe| pipe.write_all(format!("{dispose}\0").as_bytes()));
        self.session.pipe.sessions.lock().unwrap().remove(&self.session.name);
    }
}

impl Page {
    /// A command of the protocol, for what has no function here.
    pub fn call(&self, method: &str, params: Value) -> Value {
        self.session.call(method, params)
    }

    /// Looks at the page in another way, from now on.
    pub fn look(&self, look: Look) {
        let metrics = json!({ "width": look.width, "height": look.height, "deviceScaleFactor": 1, "mobile": false });
        self.call("Emulation.setDeviceMetricsOverride", metrics);
        let forced = if look.contrast { "active" } else { "none" };
        let features = json!([
            { "name": "prefers-color-scheme", "value": look.scheme },
            { "name": "forced-colors", "value": forced },
        ]);
        self.call("Emulation.setEmulatedMedia", json!({ "features": features }));
        self.call("Emulation.setScriptExecutionDisabled", json!({ "value": !look.script }));
        self.call("Emulation.setCPUThrottlingRate", json!({ "rate": look.slow }));
    }

    /// Goes to an address and waits until everything on the page is loaded.
    pub fn go(&self, url: &str) {
        let answer = self.call("Page.navigate", json!({ "url": url }));
        assert!(answer["errorText"].is_null(), "{url}: {}", answer["errorText"]);
        if let Some(loader) = answer["loaderId"].as_str() {
            self.wait_for_load(loader, url);
        }
    }

    fn wait_for_load(&self, loader: &str, url: &str) {
        let loaded = self.session.wait(|event| {
            event["method"] == "Page.lifecycleEvent"
                && event["params"]["name"] == "load"
                && event["params"]["loaderId"] == loader
        });
        assert!(loaded, "{url} does not load");
    }

    /// The value of an expression of JavaScript; a promise is waited for. Works where the page's own scripts are off.
    pub fn eval<T: DeserializeOwned>(&self, script: &str) -> T {
        let params = json!({ "expression": script, "returnByValue": true, "awaitPromise": true });
        let answer = self.call("Runtime.evaluate", params);
        assert!(answer["exceptionDetails"].is_null(), "{script}: {}", answer["exceptionDetails"]);
        let value = answer["result"]["value"].clone();
        serde_json::from_value(value).unwrap_or_else(|fault| panic!("{script}: {fault}: {answer}"))
    }

    /// Waits until an expression is true: also across the loading of another page.
    pub fn wait_for(&self, condition: &str) {
        let until = Instant::now() + PATIENCE;
        let params = json!({ "expression": format!("Boolean({condition})"), "returnByValue": true });
        while Instant::now() < until {
            let answer = self.session.try_call("Runtime.evaluate", params.clone());
            if answer.is_ok_and(|answer| answer["result"]["value"] == true) {
                return;
            }
            thread::sleep(Duration::from_millis(20));
        }
        panic!("it never came true that {condition}, on {}", self.eval::<String>("location.href"));
    }

    /// Presses a key: `Tab`, `Shift+Tab`, `Enter`, `Escape`, `ArrowDown` …
    pub fn press(&self, key: &str) {
        let (modifiers, key) = match key.strip_prefix("Shift+") {
            Some(key) => (8, key),
            None => (0, key),
        };
        let code = match key {
            "Tab" => 9,
            "Enter" => 13,
            "Escape" => 27,
            "Space" => 32,
            "ArrowUp" => 38,
            "ArrowRight" => 39,
            "ArrowDown" => 40,
            other => panic!("no key {other}"),
        };
        let (text, named) = match key {
            "Enter" => ("\r", key),
            "Space" => (" ", " "),
            key => ("", key),
        };
        for kind in ["keyDown", "keyUp"] {
            let text = if kind == "keyDown" { text } else { "" };
            let event = json!({
                "type": kind, "key": named, "code": key, "windowsVirtualKeyCode": code, "modifiers": modifiers, "text": text,
            });
            self.call("Input.dispatchKeyEvent", event);
        }
    }

    /// Types words where the focus is.
    pub fn type_words(&self, words: &str) {
        for letter in words.chars() {
            for kind in ["keyDown", "keyUp"] {
                let text = if kind == "keyDown" { letter.to_string() } else { String::new() };
                self.call("Input.dispatchKeyEvent", json!({ "type": kind, "key": letter, "text": text }));
            }
        }
    }

    /// The middle of the first line of the first thing that a selector finds, in the window. Scrolls only where it must:
    /// a page may do something when it scrolls.
    pub fn middle(&self, selector: &str) -> (f64, f64) {
        let script = format!(
            "(() => {{ const e = document.querySelector({selector:?}); \
             const line = () => e.getClientRects()[0]; \
             if (line().top < 0 || line().bottom > innerHeight) e.scrollIntoView({{ block: 'center', behavior: 'instant' }}); \
             const r = line(); return [r.x + r.width / 2, r.y + r.height / 2]; }})()"
        );
        self.eval(&script)
    }

    /// Moves the mouse, at once, to a point of the window.
    pub fn move_mouse(&self, (x, y): (f64, f64)) {
        self.call("Input.dispatchMouseEvent", json!({ "type": "mouseMoved", "x": x, "y": y }));
    }

    /// Moves the mouse over the first thing that a selector finds, from the corner of the window.
    pub fn hover(&self, selector: &str) {
        self.move_mouse((1.0, 1.0));
        self.move_mouse(self.middle(selector));
    }

    /// Clicks on the first thing that a selector finds.
    pub fn click(&self, selector: &str) {
        let (x, y) = self.middle(selector);
        for kind in ["mouseMoved", "mousePressed", "mouseReleased"] {
            let event = json!({ "type": kind, "x": x, "y": y, "button": "left", "clickCount": 1 });
            self.call("Input.dispatchMouseEvent", event);
        }
    }

    /// The page on paper: A4, with the margins that the style sheet asks for.
    pub fn pdf(&self) -> Vec<u8> {
        let params = json!({ "preferCSSPageSize": true, "printBackground": false });
        decode(&self.call("Page.printToPDF", params)["data"])
    }

    /// Captures the window as PNG.
    pub fn screenshot(&self) -> Vec<u8> {
        decode(&self.call("Page.captureScreenshot", json!({ "format": "png" }))["data"])
    }

    /// Waits for pending events, then returns all so far.
    fn events(&self, method: &str) -> Vec<Value> {
        self.call("Runtime.evaluate", json!({ "expression": "1" }));
        let events = self.session.events.borrow();
        events.iter().filter(|event| event["method"] == method).map(|event| event["params"].clone()).collect()
    }

    /// Forgets what has happened so far.
    pub fn forget(&self) {
        self.session.events.borrow_mut().clear();
    }

    /// Everything that the console shows, since the page was opened.
    pub fn console(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for method in ["Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded"] {
            lines.extend(self.events(method).iter().map(Value::to_string));
        }
        lines
    }

    /// The address of every request, since the page was opened; pictures in the page itself are none.
    pub fn requests(&self) -> Vec<String> {
        let events = self.events("Network.requestWillBeSent");
        let addresses = events.iter().filter_map(|event| event["request"]["url"].as_str());
        addresses.filter(|url| !url.starts_with("data:")).map(str::to_owned).collect()
    }
}

fn decode(data: &Value) -> Vec<u8> {
    base64::prelude::BASE64_STANDARD.decode(data.as_str().unwrap()).unwrap()
}
