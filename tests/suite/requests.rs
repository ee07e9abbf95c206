//! Whoever asks the preview for whatever it is, it answers its own pages alone, soon, and goes on answering.

use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream, UdpSocket};
use std::process::Command;
use std::thread::{scope, sleep};
use std::time::{Duration, Instant};

use crate::serve::Preview;

/// Time that the preview waits for the head of a request, and that a busy machine may add.
const HEAD_TIME: Duration = Duration::from_secs(10);
const SLACK: Duration = Duration::from_secs(8);

/// Secret of files that are not pages; no answer may hold it.
const SECRET: &str = "quokka-in-the-settings";

fn preview() -> Preview {
    let settings = format!("title = \"A site\"\nclause-pages = false\n# {SECRET}\n");
    let files = [
        ("site.toml", settings.as_str()),
        ("a.md", "+++\ntitle = \"A\"\n+++\n\n1.1 One ![picture](picture.svg).\n"),
        ("picture.svg", "<svg>0123456789</svg>"),
        (".hidden", SECRET),
        (".git/config", SECRET),
        ("unused.txt", SECRET),
        ("../secret.txt", SECRET),
    ];
    Preview::new(&files, &[])
}

/// Outcome of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    /// One answer with this number.
    Status(u16),
    /// The connection is closed without a word.
    Closed,
}
use Fate::{Closed, Status};

/// All that the server sends until it closes, or breaks the connection off.
fn all_of(stream: &mut TcpStream) -> Vec<u8> {
    let mut answer = Vec::new();
    let mut part = [0; 4096];
    let start = Instant::now();
    loop {
        // A stream of news never ends, and is never silent for so long that a read gives up.
        assert!(start.elapsed() < HEAD_TIME + SLACK, "not closed: {}", String::from_utf8_lossy(&answer));
        match stream.read(&mut part) {
            Ok(0) => return answer,
            Ok(size) => answer.extend_from_slice(&part[..size]),
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
                panic!("not closed after {:?}; sent so far: {}", HEAD_TIME + SLACK, String::from_utf8_lossy(&answer))
            }
            Err(_) => return answer,
        }
    }
}

fn connect(preview: &Preview) -> TcpStream {
    let stream = TcpStream::connect(&preview.address).unwrap();
    stream.set_read_timeout(Some(HEAD_TIME + SLACK)).unwrap();
    stream.set_write_timeout(Some(HEAD_TIME + SLACK)).unwrap();
    stream
}

/// Checks that an answer is one whole answer without a secret, and gives its fate and its body.
fn fate(answer: &[u8], head_only: bool) -> (Fate, String) {
    if answer.is_empty() {
        return (Closed, String::new());
    }
    let text = String::from_utf8(answer.to_vec()).unwrap();
    assert!(!text.contains(SECRET), "{text}");
    let (head, body) = text.split_once("\r\n\r\n").expect("a whole head");
    let lower = head.to_lowercase();
    assert!(!lower.contains("access-control") && lower.contains("x-content-type-options: nosniff"), "{head}");
    assert!(lower.contains("connection: close"), "{head}");
    // No page of the web may show an answer in a frame of its own.
    assert!(lower.contains("\r\nx-frame-options: deny\r\n"), "{head}");
    assert!(lower.contains("\r\ncontent-security-policy: frame-ancestors 'none'\r\n"), "{head}");
    let length = lower.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap();
    // Nothing after it: a second request in the same bytes was never read.
    let expected = if head_only { 0 } else { length.parse().unwrap() };
    assert_eq!(body.len(), expected, "{head}");
    let status: u16 = head.split(' ').nth(1).unwrap().parse().unwrap();
    let allowed = lower.lines().find_map(|line| line.strip_prefix("allow: "));
    assert_eq!(allowed, (status == 405).then_some("get, head"), "{head}");
    (Status(status), body.to_owned())
}

fn good(preview: &Preview) -> Fate {
    let mut stream = connect(preview);
    let _ = stream.write_all(format!("GET /a.html HTTP/1.1\r\nHost: {}\r\n\r\n", preview.address).as_bytes());
    fate(&all_of(&mut stream), false).0
}

/// Targets that a good head asks for. No path but that of a page is one, however it is spelled.
const TARGETS: &[(&str, u16)] = &[
    // What is there.
    ("/a.html", 200),
    ("/a.html?x=1&y=../../etc/passwd", 200),
    ("/a.html?", 200),
    ("/%61.html", 200),
    ("/a%2Ehtml", 200),
    ("/picture.svg", 200),
    // Out of the folder, in every spelling.
    ("/../secret.txt", 404),
    ("/../../../../../../etc/passwd", 404),
    ("/a.html/../../secret.txt", 404),
    ("/./a.html", 404),
    ("/static/../a.html", 404),
    ("/%2e%2e/secret.txt", 404),
    ("/%2E%2E/secret.txt", 404),
    ("/.%2e/secret.txt", 404),
    ("/..%2fsecret.txt", 404),
    ("/%2e%2e%2fsecret.txt", 404),
    ("/%252e%252e/secret.txt", 404),
    ("/%252e%252e%252fsecret.txt", 404),
    ("/%25252e%25252e/secret.txt", 404),
    ("/..\\secret.txt", 404),
    ("/..%5csecret.txt", 404),
    ("/%5c..%5csecret.txt", 404),
    ("/..%255csecret.txt", 404),
    ("/....//secret.txt", 404),
    ("/..;/secret.txt", 404),
    ("/..%00/secret.txt", 404),
    ("/%c0%ae%c0%ae/secret.txt", 400),
    ("/%c0%af..%c0%afsecret.txt", 400),
    ("/%e0%80%ae%e0%80%ae/secret.txt", 400),
    ("/%f0%80%80%ae/secret.txt", 400),
    ("/%ef%bc%8e%ef%bc%8e/secret.txt", 404),
    ("/%u002e%u002e/secret.txt", 400),
    ("/C:/windows/win.ini", 404),
    ("/a.html::$DATA", 404),
    ("/file:///etc/passwd", 404),
    ("/proc/self/environ", 404),
    ("//etc/passwd", 404),
    ("//a.html", 404),
    ("///a.html", 404),
    ("/static//style.css", 404),
    // Another name for what is there.
    ("/A.html", 404),
    ("/a.HTML", 404),
    ("/a.html/", 404),
    ("/a.html.", 404),
    ("/a.html%20", 404),
    ("/a.html%00", 404),
    ("/a.html%00.png", 404),
    ("/a.html%0d%0aX-Y:%20z", 404),
    ("/a.html#top", 404),
    ("/a.html;jsessionid=1", 404),
    ("/a.html%3fx", 404),
    ("/a+html", 404),
    ("/a", 404),
    // Files of the site that are no part of it.
    ("/site.toml", 404),
    ("/a.md", 404),
    ("/unused.txt", 404),
    ("/unused.txt?raw??", 404),
    ("/@fs/etc/passwd", 404),
    ("/.hidden", 404),
    ("/.git/config", 404),
    ("/.clausebook", 404),
    ("/.clausebook/", 404),
    ("/.clausebook/../a.html", 404),
    ("/.clausebook/live.js/../../site.toml", 404),
    ("/.env", 404),
    // No path at all.
    ("a.html", 400),
    ("*", 400),
    ("?", 400),
    ("#", 400),
    ("%2fa.html", 400),
    ("http://127.0.0.1/a.html", 400),
    ("http://HOST/a.html", 400),
    ("http://example.org/", 400),
    ("http://example.org@HOST/a.html", 400),
    ("https://HOST/a.html", 400),
    ("file:///etc/passwd", 400),
    ("HOST", 400),
    ("example.org:443", 400),
    ("/%", 400),
    ("/%2", 400),
    ("/%zz", 400),
    ("/%ff", 400),
    ("/%ed%a0%80", 400),
];

/// Names that may lead to this computer, or be made to, but are not those of the preview.
const HOSTS: &[&str] = &[
    "",
    "example.org",
    "example.org:PORT",
    "127.0.0.1",
    "localhost",
    "localhost:1",
    "localhost:0PORT",
    "localhost:PORT0",
    "localhost.:PORT",
    "localhost.example.org:PORT",
    "127.0.0.1.example.org:PORT",
    "127-0-0-1.example.org:PORT",
    "xlocalhost:PORT",
    "x@localhost:PORT",
    "localhost:PORT@example.org",
    "localhost:PORT, example.org",
    "localhost:PORT/",
    "http://localhost:PORT",
    "127.0.0.2:PORT",
    "127.1:PORT",
    "2130706433:PORT",
    "0x7f.0.0.1:PORT",
    "0177.0.0.1:PORT",
    "0.0.0.0:PORT",
    "[::]:PORT",
    "[::ffff:127.0.0.1]:PORT",
    "::1:PORT",
    "localhost%3aPORT",
    "\u{ff4c}ocalhost:PORT",
];

/// Headers under which the script of a page is given nothing: the page is another's.
const FOREIGN: &[&str] = &[
    "Origin: http://example.org",
    "Origin: null",
    "Origin: ",
    "Origin: https://HOST",
    "Origin: http://127.0.0.1",
    "Origin: http://127.0.0.1:1",
    "Origin: http://HOST/",
    "Origin: http://HOST.example.org",
    "Origin: http://localhost.example.org:PORT",
    "Origin: http://x@HOST",
    "Origin: file://",
    "Origin: http://HOST\r\nOrigin: http://example.org",
    "Sec-Fetch-Site: cross-site",
    "Sec-Fetch-Site: same-site",
    "Sec-Fetch-Site: ",
    "Sec-Fetch-Site: same-origin\r\nSec-Fetch-Site: cross-site",
    "Sec-Fetch-Site: cross-site\r\nOrigin: http://HOST",
];

/// Whole requests, in all other shapes.
fn shapes() -> Vec<(&'static str, Vec<u8>, Fate)> {
    let head = |line: &str, headers: &str| format!("{line}\r\nHost: HOST\r\n{headers}\r\n").into_bytes();
    let get = |headers: &str| head("GET /a.html HTTP/1.1", headers);
    let mut shapes = vec![
        // Methods.
        ("POST", head("POST /a.html HTTP/1.1", "Content-Length: 0\r\n"), Status(405)),
        ("PUT", head("PUT /a.html HTTP/1.1", ""), Status(405)),
        ("DELETE", head("DELETE /a.html HTTP/1.1", ""), Status(405)),
        ("TRACE", head("TRACE /a.html HTTP/1.1", ""), Status(405)),
        ("PROPFIND", head("PROPFIND / HTTP/1.1", "Depth: 1\r\n"), Status(405)),
        ("CONNECT to another host", head("CONNECT example.org:443 HTTP/1.1", ""), Status(405)),
        ("OPTIONS of all", head("OPTIONS * HTTP/1.1", ""), Status(405)),
        (
            "a preflight",
            head("OPTIONS /a.html HTTP/1.1", "Origin: http://x\r\nAccess-Control-Request-Method: GET\r\n"),
            Status(405),
        ),
        ("a method in small letters", head("get /a.html HTTP/1.1", ""), Status(405)),
        ("a method of 9,000 letters", head(&format!("{} / HTTP/1.1", "G".repeat(9000)), ""), Status(405)),
        ("a method that is none", head("G@T / HTTP/1.1", ""), Status(400)),
        ("a post to the script", head("POST /.clausebook/live HTTP/1.1", ""), Status(405)),
        // Versions.
        ("HTTP/1.0", head("GET /a.html HTTP/1.0", ""), Status(200)),
        ("HTTP/1.0 without a host", b"GET /a.html HTTP/1.0\r\n\r\n".to_vec(), Status(421)),
        ("HTTP/0.9", b"GET /a.html\r\n\r\n".to_vec(), Status(400)),
        ("HTTP/2 by prior knowledge", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec(), Status(400)),
        (
            "HTTP/2 by upgrade",
            get("Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n"),
            Status(200),
        ),
        (
            "a web socket",
            get("Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"),
            Status(200),
        ),
        ("HTTP/9.9", head("GET /a.html HTTP/9.9", ""), Status(400)),
        ("http in small letters", head("GET /a.html http/1.1", ""), Status(400)),
        ("a greeting of TLS", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n".to_vec(), Status(400)),
        ("another protocol", b"EHLO example.org\r\n\r\n".to_vec(), Status(400)),
        // Request lines.
        ("two spaces", head("GET  /a.html HTTP/1.1", ""), Status(400)),
        ("a tab", head("GET\t/a.html\tHTTP/1.1", ""), Status(400)),
        ("a space in the path", head("GET /a .html HTTP/1.1", ""), Status(400)),
        ("a NUL in the path", head("GET /a\0.html HTTP/1.1", ""), Status(400)),
        ("a line feed in the path", head("GET /a\n.html HTTP/1.1", ""), Status(400)),
        ("bytes that are no UTF-8", [b"GET /\xff\xfe HTTP/1.1\r\nHost: HOST\r\n\r\n".as_slice()].concat(), Status(400)),
        ("no path", head("GET HTTP/1.1", ""), Status(400)),
        ("nothing but a blank line", b"\r\n\r\n".to_vec(), Status(400)),
        ("a path of 15,000 letters", head(&format!("GET /{} HTTP/1.1", "a".repeat(15_000)), ""), Status(404)),
        ("a path of 64 KiB", head(&format!("GET /{} HTTP/1.1", "a".repeat(65_536)), ""), Status(431)),
        ("15,000 slashes", head(&format!("GET {} HTTP/1.1", "/".repeat(15_000)), ""), Status(404)),
        ("15,000 dots", head(&format!("GET /{} HTTP/1.1", "../".repeat(5_000)), ""), Status(404)),
        ("a query of 15,000 letters", head(&format!("GET /a.html?{} HTTP/1.1", "&=".repeat(7_500)), ""), Status(200)),
        // Headers.
        ("two hosts", get("Host: example.org\r\n"), Status(421)),
        ("the same host twice", get("Host: HOST\r\n"), Status(421)),
        ("a host in a folded line", b"GET /a.html HTTP/1.1\r\nHost:\r\n HOST\r\n\r\n".to_vec(), Status(400)),
        ("a folded header", get("X: a\r\n b\r\n"), Status(400)),
        ("a host with a space before the colon", b"GET /a.html HTTP/1.1\r\nHost : HOST\r\n\r\n".to_vec(), Status(400)),
        ("a header without a colon", get("X\r\n"), Status(400)),
        ("a header without a name", get(": x\r\n"), Status(400)),
        ("a NUL in a header", get("X: a\0b\r\n"), Status(400)),
        ("a carriage return in a header", get("X: a\rb\r\n"), Status(400)),
        ("a forwarded host", get("X-Forwarded-Host: example.org\r\nForwarded: host=example.org\r\n"), Status(200)),
        ("another path by header", get("X-Original-URL: /site.toml\r\nX-Rewrite-URL: /site.toml\r\n"), Status(200)),
        ("another method by header", get("X-HTTP-Method-Override: DELETE\r\n"), Status(200)),
        ("a range", get("Range: bytes=0-3\r\n"), Status(200)),
        ("a thousand ranges", get(&format!("Range: bytes={}\r\n", "0-,".repeat(1000))), Status(200)),
        ("conditions", get("If-None-Match: *\r\nIf-Modified-Since: Thu, 01 Jan 2099 00:00:00 GMT\r\n"), Status(200)),
        ("an encoding", get("Accept-Encoding: gzip;q=1, *;q=0\r\n"), Status(200)),
        ("100 headers", get(&"X: y\r\n".repeat(100)), Status(431)),
        ("3,000 headers", get(&"X: y\r\n".repeat(3000)), Status(431)),
        ("a header of 64 KiB", get(&format!("X: {}\r\n", "y".repeat(65_536))), Status(431)),
        ("a name of 64 KiB", get(&format!("{}: y\r\n", "X".repeat(65_536))), Status(431)),
        ("a header of 2 MB", get(&format!("X: {}\r\n", "y".repeat(2_000_000))), Status(431)),
        ("64 KiB of blank lines", b"\r\n".repeat(32_768), Status(400)),
        // Bodies, and more than one request in the same bytes.
        ("a body", [get("Content-Length: 3\r\n"), b"abc".to_vec()].concat(), Status(200)),
        ("a body that is to come", get("Content-Length: 1000000\r\nExpect: 100-continue\r\n"), Status(200)),
        (
            "a body of 2 MB",
            [head("POST / HTTP/1.1", "Content-Length: 2000000\r\n"), vec![b'x'; 2_000_000]].concat(),
            Status(405),
        ),
        ("a length below nought", get("Content-Length: -1\r\n"), Status(200)),
        ("two lengths", [get("Content-Length: 3\r\nContent-Length: 60\r\n"), b"abc".to_vec()].concat(), Status(200)),
        (
            "both lengths and chunks",
            [get("Content-Length: 6\r\nTransfer-Encoding: chunked\r\n"), b"0\r\n\r\nG".to_vec()].concat(),
            Status(200),
        ),
        (
            "chunks under another name",
            [get("Transfer-Encoding: xchunked\r\n"), b"0\r\n\r\n".to_vec()].concat(),
            Status(200),
        ),
        ("chunks with a vertical tab", get("Transfer-Encoding: \x0bchunked\r\n"), Status(400)),
        (
            "a chunk of endless size",
            [get("Transfer-Encoding: chunked\r\n"), b"ffffffffffffffff\r\n".to_vec()].concat(),
            Status(200),
        ),
    ];
    let second = |line: &str| [get(""), head(line, "")].concat();
    shapes.extend([
        ("two requests in one", second("GET /site.toml HTTP/1.1"), Status(200)),
        (
            "a request hidden in a body",
            [get("Content-Length: 5\r\n"), head("GET /.clausebook/live.js HTTP/1.1", "")].concat(),
            Status(200),
        ),
        ("a thousand requests in one", get("").repeat(1000), Status(200)),
    ]);
    shapes
}

fn filled(bytes: &[u8], host: &str) -> Vec<u8> {
    // Byte by byte, for those that are no text.
    let port = host.rsplit_once(':').unwrap().1;
    let mut filled = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((first, more)) = rest.split_first() {
        if let Some(after) = rest.strip_prefix(b"HOST") {
            filled.extend_from_slice(host.as_bytes());
            rest = after;
        } else if let Some(after) = rest.strip_prefix(b"PORT") {
            filled.extend_from_slice(port.as_bytes());
            rest = after;
        } else {
            filled.push(*first);
            rest = more;
        }
    }
    filled
}

#[test]
fn every_request_has_the_answer_that_it_should() {
    let preview = preview();
    let named = |what: &str, bytes: String, fate| (what.to_owned(), bytes.into_bytes(), fate);
    let mut requests: Vec<(String, Vec<u8>, Fate)> = Vec::new();
    for (target, status) in TARGETS {
        let request = |method: &str| format!("{method} {target} HTTP/1.1\r\nHost: HOST\r\n\r\n");
        requests.push(named(&format!("GET {target}"), request("GET"), Status(*status)));
        requests.push(named(&format!("HEAD {target}"), request("HEAD"), Status(*status)));
    }
    for host in HOSTS {
        for path in ["/a.html", "/.clausebook/live", "http://HOST/a.html"] {
            let request = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n");
            requests.push(named(&format!("host {host} for {path}"), request, Status(421)));
        }
    }
    for headers in FOREIGN {
        for path in
            ["/.clausebook/live.js", "/.clausebook/live?page=a.html", "/%2eclausebook/live", "/.clausebook%2Flive"]
        {
            let request = format!("GET {path} HTTP/1.1\r\nHost: HOST\r\n{headers}\r\n\r\n");
            requests.push(named(&format!("{headers} for {path}"), request, Status(403)));
        }
    }
    requests.extend(shapes().into_iter().map(|(what, bytes, fate)| (what.to_owned(), bytes, fate)));
    let of = |what: &str| requests.iter().filter(|(name, ..)| name.starts_with(what)).count();
    assert!(of("") > 300 && of("GET") > 80, "{}", of(""));

    let whole = preview.get("/a.html").body;
    let mut wrong = Vec::new();
    for (what, bytes, expected) in &requests {
        let start = Instant::now();
        let mut stream = connect(&preview);
        // A server that has answered need not read the rest.
        let _ = stream.write_all(&filled(bytes, &preview.address));
        let (found, body) = fate(&all_of(&mut stream), bytes.starts_with(b"HEAD "));
        if found != *expected {
            wrong.push(format!("{what}: {found:?} instead of {expected:?}"));
        }
        if bytes.starts_with(b"GET /a.html") && found == Status(200) {
            assert_eq!(body.as_bytes(), whole, "{what}");
        }
        assert!(start.elapsed() < SLACK, "{what} took {:?}", start.elapsed());
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), requests.len(), wrong.join("\n"));
    assert_eq!(good(&preview), Status(200));
}

#[test]
fn a_listener_cannot_put_words_into_its_own_news() {
    let preview = preview();
    // Each of these ends a line of news.
    for end in ["%0a", "%0d", "%0d%0a"] {
        let mut stream = connect(&preview);
        let query = format!("page=x{end}{end}event:%20own{end}data:%20y{end}{end}&hash=&style=z");
        let request = format!("GET /.clausebook/live?{query} HTTP/1.1\r\nHost: {}\r\n\r\n", preview.address);
        stream.write_all(request.as_bytes()).unwrap();
        let mut news = String::new();
        let mut part = [0; 4096];
        while news.matches("\nevent: ").count() < 3 {
            let size = stream.read(&mut part).unwrap();
            assert!(size > 0, "{news}");
            news.push_str(&String::from_utf8_lossy(&part[..size]).replace('\r', "\n"));
        }
        let events: Vec<&str> = news.lines().filter_map(|line| line.strip_prefix("event: ")).collect();
        assert_eq!(events, ["faults", "page", "style"], "{end}");
    }
}

#[test]
fn a_slow_request_is_given_up_and_holds_up_nobody() {
    let preview = preview();
    let host = &preview.address;
    // What is sent, in what pieces, with what pause.
    let slow: [(&str, String, usize, Duration); 7] = [
        ("nothing", String::new(), 1, Duration::ZERO),
        ("half a line", "GET /a.ht".to_owned(), 99, Duration::ZERO),
        ("a request of HTTP/0.9", "GET /a.html\r\n".to_owned(), 99, Duration::ZERO),
        ("no blank line", format!("GET /a.html HTTP/1.1\r\nHost: {host}\r\n"), 99, Duration::ZERO),
        ("bare line feeds", format!("GET /a.html HTTP/1.1\nHost: {host}\n\n"), 99, Duration::ZERO),
        ("a byte at a time", format!("GET /{} HTTP/1.1\r\n", "a".repeat(999)), 1, Duration::from_millis(100)),
        ("a header at a time", "X: y\r\n".repeat(99), 6, Duration::from_millis(300)),
    ];
    scope(|scope| {
        let start = Instant::now();
        let requests: Vec<_> = slow
            .iter()
            .map(|(what, bytes, size, pause)| {
                let mut stream = connect(&preview);
                let mut reader = stream.try_clone().unwrap();
                scope.spawn(move || {
                    for piece in bytes.as_bytes().chunks(*size) {
                        if stream.write_all(piece).is_err() {
                            break;
                        }
                        sleep(*pause);
                    }
                });
                let answer = scope.spawn(move || (all_of(&mut reader), start.elapsed()));
                (what, answer)
            })
            .collect();
        while start.elapsed() < HEAD_TIME / 2 {
            let asked = Instant::now();
            assert_eq!(good(&preview), Status(200));
            assert!(asked.elapsed() < SLACK);
            sleep(Duration::from_millis(500));
        }
        for (what, request) in requests {
            let (answer, took) = request.join().unwrap();
            assert_eq!(fate(&answer, false).0, Closed, "{what}");
            assert!(took > HEAD_TIME / 2 && took < HEAD_TIME + SLACK, "{what}: closed after {took:?}");
        }
    });
    assert_eq!(good(&preview), Status(200));
}

#[test]
fn a_socket_that_is_half_closed_is_answered_or_closed_at_once() {
    let preview = preview();
    let asked = |bytes: &str| {
        let start = Instant::now();
        let mut stream = connect(&preview);
        stream.write_all(&filled(bytes.as_bytes(), &preview.address)).unwrap();
        stream.shutdown(Shutdown::Write).unwrap();
        let answer = all_of(&mut stream);
        assert!(start.elapsed() < HEAD_TIME / 2, "{bytes:?}: {:?}", start.elapsed());
        fate(&answer, false).0
    };
    assert_eq!(asked("GET /a.html HTTP/1.1\r\nHost: HOST\r\n\r\n"), Status(200));
    assert_eq!(asked("GET /a.html HTTP/1.1\r\nHost: HOST\r\n"), Closed);
    assert_eq!(asked("GET"), Closed);
    assert_eq!(asked(""), Closed);
    assert_eq!(good(&preview), Status(200));
}

/// Waits until no more than 128 threads are added to those that there were.
fn few_threads(preview: &Preview, before: usize) {
    let start = Instant::now();
    while threads(preview) > before + 128 {
        assert!(start.elapsed() < HEAD_TIME / 2, "{} threads", threads(preview));
        sleep(Duration::from_millis(10));
    }
}

fn threads(preview: &Preview) -> usize {
    let tasks = std::fs::read_dir(format!("/proc/{}/task", preview.process.id()));
    tasks.map(|tasks| tasks.count()).unwrap_or_default()
}

#[test]
fn many_idle_connections_take_few_threads_and_keep_nobody_out() {
    const MANY: usize = 400;
    let preview = preview();
    let before = threads(&preview);
    let start = Instant::now();
    let mut idle = Vec::new();
    for _ in 0..MANY / 40 {
        idle.extend((0..40).map(|_| connect(&preview)));
        // Connections that the system holds for a busy server in a full queue are accepted out of order.
        assert_eq!(good(&preview), Status(200));
    }
    // Each of these takes the place of one that has waited longer.
    for _ in 0..20 {
        let asked = Instant::now();
        assert_eq!(good(&preview), Status(200));
        assert!(asked.elapsed() < HEAD_TIME / 4, "idle connections keep the server for {:?}", asked.elapsed());
    }
    let closed: Vec<bool> = idle
        .iter_mut()
        .map(|stream| {
            stream.set_read_timeout(Some(Duration::from_millis(10))).unwrap();
            let read = stream.peek(&mut [0]);
            !read.is_err_and(|error| matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut))
        })
        .collect();
    assert!(start.elapsed() < HEAD_TIME, "too slow a machine to say anything");
    let count = closed.iter().filter(|closed| **closed).count();
    assert!((MANY - 128..MANY - 64).contains(&count), "{count} of {MANY} were closed");
    assert!(closed.is_sorted_by(|one, next| one >= next), "not the oldest were closed");
    few_threads(&preview, before);
    drop(idle);
    assert_eq!(good(&preview), Status(200));
}

#[test]
fn idle_connections_cut_no_answer_off() {
    let large = format!("<svg>{}</svg>", "x".repeat(32 << 20));
    let preview =
        Preview::new(&[("a.md", "+++\ntitle = \"A\"\n+++\n\n1.1 ![It](large.svg).\n"), ("large.svg", &large)], &[]);
    let mut slow = connect(&preview);
    slow.write_all(format!("GET /large.svg HTTP/1.1\r\nHost: {}\r\n\r\n", preview.address).as_bytes()).unwrap();
    // More than the system holds for a reader: the answer is under way.
    slow.peek(&mut [0]).unwrap();
    let idle: Vec<TcpStream> = (0..400).map(|_| connect(&preview)).collect();
    assert_eq!(good(&preview), Status(200));
    assert!(fate(&all_of(&mut slow), false) == (Status(200), large));
    drop(idle);
}

#[test]
fn listeners_give_way_to_new_connections_and_end_at_once() {
    let preview = preview();
    let before = threads(&preview);
    let request = format!("GET /.clausebook/live?page=a.html HTTP/1.1\r\nHost: {}\r\n\r\n", preview.address);
    let mut listeners: Vec<TcpStream> = (0..200)
        .map(|_| {
            let mut stream = connect(&preview);
            stream.write_all(request.as_bytes()).unwrap();
            // Only one that is answered is a listener.
            assert_eq!(stream.read(&mut [0]).unwrap(), 1);
            stream
        })
        .collect();
    assert_eq!(good(&preview), Status(200));
    let first = listeners.first_mut().unwrap();
    first.set_read_timeout(Some(HEAD_TIME / 2)).unwrap();
    assert!(first.read_to_end(&mut Vec::new()).is_ok(), "the oldest listener is let go");
    few_threads(&preview, before);
    drop(listeners);
    assert_eq!(good(&preview), Status(200));
}

#[cfg(target_os = "linux")]
#[test]
fn a_system_without_files_to_give_is_waited_for() {
    let mut shell = Command::new("sh");
    shell.args(["-c", "ulimit -n 40; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_clausebook")]);
    let preview = Preview::started_by(shell, &[("a.md", "+++\ntitle = \"A\"\n+++\n\n1.1 One.\n")], &[]);
    let processor = || {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", preview.process.id())).unwrap();
        let after_name = stat.rsplit_once(')').unwrap().1;
        let ticks = |n: usize| after_name.split_whitespace().nth(n).unwrap().parse::<u64>().unwrap();
        ticks(11) + ticks(12)
    };
    let idle: Vec<TcpStream> = (0..60).map(|_| connect(&preview)).collect();
    sleep(Duration::from_millis(300));
    let before = processor();
    sleep(Duration::from_secs(1));
    // In hundredths of a second.
    assert!(processor() - before < 30, "{} hundredths of a second of nothing", processor() - before);
    drop(idle);
    assert_eq!(good(&preview), Status(200));
}

#[test]
fn the_preview_listens_to_this_computer_alone() {
    let preview = preview();
    let address: SocketAddr = preview.address.parse().unwrap();
    assert!(address.ip().is_loopback());
    // What this computer is called on its network, if it is on one: to ask sends nothing.
    let own = UdpSocket::bind("0.0.0.0:0").and_then(|socket| socket.connect("192.0.2.1:9").and(socket.local_addr()));
    if let Some(own) = own.ok().filter(|own| !own.ip().is_loopback() && !own.ip().is_unspecified()) {
        let outside = SocketAddr::new(own.ip(), address.port());
        assert!(TcpStream::connect_timeout(&outside, Duration::from_secs(2)).is_err(), "{outside} answers");
    }
    if cfg!(target_os = "linux") {
        let listening = |file: &str| {
            let table = std::fs::read_to_string(file).unwrap_or_default();
            let port = format!(":{:04X}", address.port());
            let rows = table.lines().skip(1).map(|row| row.split_whitespace().collect::<Vec<_>>());
            let rows = rows.filter(|row| row[3] == "0A" && row[1].ends_with(&port));
            rows.map(|row| row[1].to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(listening("/proc/net/tcp"), [format!("0100007F:{:04X}", address.port())]);
        assert_eq!(listening("/proc/net/tcp6"), Vec::<String>::new());
    }
}

#[test]
fn a_preview_for_others_answers_to_addresses_and_to_no_name_of_the_web() {
    let ask = |host: &str, at: &str| {
        let head = format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n");
        clausebook::serve::request(head.as_bytes(), at.parse().unwrap()).map_err(|refusal| refusal.0).err()
    };
    // For this machine alone, only its own names.
    for (host, refused) in
        [("127.0.0.1:80", None), ("localhost:80", None), ("192.168.0.7:80", Some(421)), ("evil.example:80", Some(421))]
    {
        assert_eq!(ask(host, "127.0.0.1:80"), refused, "{host}");
    }
    // For others, any address of the machine; a page of the web has a name.
    for (host, refused) in [
        ("192.168.0.7:80", None),
        ("[fe80::1]:80", None),
        ("localhost:80", None),
        ("192.168.0.7:81", Some(421)),
        ("evil.example:80", Some(421)),
    ] {
        assert_eq!(ask(host, "0.0.0.0:80"), refused, "{host}");
    }
}
