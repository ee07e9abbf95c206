//! The server: GET and HEAD of the pages in memory, for browsers of this computer alone.
//!
//! Takes connections to the loopback address; sends what is at just the path that was asked
//! for, and news to the script of the preview. Answers no request for another host, which is how a
//! page of the web would reach in; gives no page of the web leave to read, nor to show it in a
//! frame; and bounds the size and the time of a request and the number of connections.

use std::io::{self, Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use super::page::{OWN, with_script, without_site};
use super::seats::{Activity, Seat};
use super::{PreviewServer, ServedSite, key_of_file};
use crate::cache;
use crate::disk;
use crate::output::{Artefact, NOT_FOUND_PAGE, media_type};
use crate::percent;

const SCRIPT: &str = include_str!("live.js");

/// The most bytes of a request's head, and how long it may take to come.
const MAX_HEAD: usize = 16 << 10;
const HEAD_TIME: Duration = Duration::from_secs(10);
/// Time for a browser to accept an answer.
const SEND_TIME: Duration = Duration::from_secs(30);
/// Time for a browser to go on sending after the answer.
const END_TIME: Duration = Duration::from_secs(1);
/// Pause where the system has no connection to give: it would say so again at once.
const REST: Duration = Duration::from_millis(50);
/// Headers of every answer. No page of the web may show one of the preview's within itself: whoever
/// clicks there would not know what is clicked. A policy in the page itself cannot say this (CSP3,
/// section 3.3).
const ALWAYS: &str = "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n\
    Cross-Origin-Resource-Policy: same-origin\r\nContent-Security-Policy: frame-ancestors 'none'\r\n\
    X-Frame-Options: DENY\r\nConnection: close\r\n";
/// The most headers of a request.
const MAX_HEADERS: usize = 64;
/// Interval at which a listener is told that nothing has happened, so that one that has gone is
/// noticed.
const BEAT: Duration = Duration::from_secs(15);

/// Answers every connection, each in a thread of its own, until the preview closes.
pub(super) fn listen(listener: TcpListener, preview: Arc<PreviewServer>) -> io::Result<()> {
    let address = listener.local_addr()?;
    let accept = move || {
        for stream in listener.incoming() {
            if preview.is_closing() {
                break;
            }
            let Ok(stream) = stream else {
                thread::sleep(REST);
                continue;
            };
            let stream = Arc::new(stream);
            let (mut seat, closed_another) = preview.seats.take(stream.clone());
            if closed_another {
                preview.wake();
            }
            let preview = preview.clone();
            let serve = move || {
                // A browser that goes away is no fault.
                let _ = answer(&stream, address, &preview, &mut seat);
            };
            // Without a thread the connection is closed: the system is at its end.
            let _ = thread::Builder::new().name("connection".to_owned()).spawn(serve);
        }
    };
    thread::Builder::new().name("server".to_owned()).spawn(accept).map(drop)
}

/// Request that the server answers.
#[derive(Clone, Debug)]
pub struct Request {
    /// Whether the answer is to have no body.
    pub head_only: bool,
    /// The path, decoded once, with its slash.
    pub path: String,
    /// Text after `?`.
    query: String,
}

impl Request {
    /// The path of the file that is asked for: just what was written, and of a folder its
    /// `index.html`.
    pub fn file(&self) -> String {
        let asked = self.path.strip_prefix('/').unwrap_or_default();
        if asked.is_empty() || asked.ends_with('/') { format!("{asked}index.html") } else { asked.to_owned() }
    }

    /// A field of the query, to be sent back in an event, which a line break would end: one with a
    /// control is empty.
    pub fn field(&self, name: &str) -> String {
        let pairs = self.query.split('&').filter_map(|pair| pair.split_once('='));
        let value = pairs.filter(|(key, _)| *key == name).find_map(|(_, value)| decoded(value));
        value.filter(|value| !value.contains(char::is_control)).unwrap_or_default()
    }
}

/// Why nothing is sent, by HTTP's number and words for it.
#[derive(Clone, Copy, Debug)]
pub struct HttpRefusal(pub u16, pub &'static str);

fn answer(stream: &TcpStream, address: SocketAddr, preview: &PreviewServer, seat: &mut Seat) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let head = read_head(stream)?;
    seat.now(Activity::Answering);
    let request =
        match head.as_deref().map_or(Err(HttpRefusal(431, "Request Header Fields Too Large")), |h| request(h, address))
        {
            Ok(request) => request,
            Err(HttpRefusal(status, words)) => {
                let head_only = head.is_some_and(|head| head.starts_with(b"HEAD "));
                send(stream, (status, words), "text/plain; charset=utf-8", words.as_bytes(), head_only)?;
                return end(stream, seat);
            }
        };
    match request.path.strip_prefix(OWN) {
        Some("live") => return live(stream, &request, preview, seat),
        Some("live.js") => {
            send(stream, (200, "OK"), "text/javascript; charset=utf-8", SCRIPT.as_bytes(), request.head_only)?;
        }
        _ => file(stream, &request, preview)?,
    }
    end(stream, seat)
}

/// Ends an answer. What a browser still sends is read for a moment: else the system would cut the
/// answer off.
fn end(mut stream: &TcpStream, seat: &mut Seat) -> io::Result<()> {
    seat.now(Activity::Idle);
    stream.shutdown(Shutdown::Write)?;
    let end = Instant::now() + END_TIME;
    let mut part = [0; 2048];
    while let Some(left) = left_until(end) {
        stream.set_read_timeout(Some(left))?;
        if stream.read(&mut part)? == 0 {
            break;
        }
    }
    Ok(())
}

/// The time that is left; nothing at its end.
fn left_until(end: Instant) -> Option<Duration> {
    Some(end.saturating_duration_since(Instant::now())).filter(|left| !left.is_zero())
}

/// The head of a request, up to its blank line; nothing if it is too long.
fn read_head(mut stream: &TcpStream) -> io::Result<Option<Vec<u8>>> {
    let end = Instant::now() + HEAD_TIME;
    let mut head = Vec::new();
    let mut part = [0; 2048];
    loop {
        stream.set_read_timeout(Some(left_until(end).ok_or(io::ErrorKind::TimedOut)?))?;
        let size = stream.read(&mut part)?;
        if size == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let from = head.len().saturating_sub(3);
        head.extend_from_slice(part.get(..size).unwrap_or_default());
        if head.get(from..).unwrap_or_default().windows(4).any(|four| four == b"\r\n\r\n") {
            return Ok(Some(head));
        }
        if head.len() > MAX_HEAD {
            return Ok(None);
        }
    }
}

/// Parses the head of a request, and checks that it is for the server at this address.
///
/// # Errors
///
/// If it is no request, or none for this server, or for more than a page of the web may ask.
pub fn request(head: &[u8], address: SocketAddr) -> Result<Request, HttpRefusal> {
    let bad = || HttpRefusal(400, "Bad Request");
    let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
    let mut request = httparse::Request::new(&mut headers);
    match request.parse(head) {
        Ok(httparse::Status::Complete(_)) => {}
        Err(httparse::Error::TooManyHeaders) => return Err(HttpRefusal(431, "Request Header Fields Too Large")),
        _ => return Err(bad()),
    }
    let values = |name: &'static str| {
        let named = request.headers.iter().filter(move |header| header.name.eq_ignore_ascii_case(name));
        named.map(|header| std::str::from_utf8(header.value).unwrap_or_default())
    };
    // A page of the web can make a browser ask us, under a name of its own that leads here; it
    // cannot choose this header.
    let hosts = ["127.0.0.1", "localhost", "[::1]"].map(|host| format!("{host}:{}", address.port()));
    // A preview for others answers to every address of the machine, and to no name of the web.
    let is_address = |host: &str| host.parse::<SocketAddr>().is_ok_and(|host| host.port() == address.port());
    let is_ours = |host: &str| {
        hosts.iter().any(|ours| ours.eq_ignore_ascii_case(host)) || !address.ip().is_loopback() && is_address(host)
    };
    if values("host").count() != 1 || !values("host").all(is_ours) {
        return Err(HttpRefusal(421, "Misdirected Request"));
    }
    let same_site = |site: &str| matches!(site, "same-origin" | "none");
    let foreign = |origin: &str| !origin.strip_prefix("http://").is_some_and(is_ours);
    // Anyone may follow a link to a page. The script's own addresses are for pages of this server.
    let (method, target) = (request.method.unwrap_or_default(), request.path.unwrap_or_default());
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let path = decoded(path).filter(|_| path.starts_with('/'));
    // As it will be looked for: `/%2eclausebook/` is the same address.
    if path.as_deref().is_some_and(|path| path.starts_with(OWN))
        && (values("origin").any(foreign) || !values("sec-fetch-site").all(same_site))
    {
        return Err(HttpRefusal(403, "Forbidden"));
    }
    if !matches!(method, "GET" | "HEAD") {
        return Err(HttpRefusal(405, "Method Not Allowed"));
    }
    let path = path.ok_or_else(bad)?;
    Ok(Request { head_only: method == "HEAD", path, query: query.to_owned() })
}

/// The text that a part of an address encodes, if it is as a browser sends it.
fn decoded(text: &str) -> Option<String> {
    Some(text).filter(|text| percent::is_sound(text)).and_then(percent::decoded)
}

/// Sends the file at just the path that was asked for; at that of a folder, its `index.html`.
fn file(stream: &TcpStream, request: &Request, preview: &PreviewServer) -> io::Result<()> {
    let shown = preview.shown();
    let path = request.file();
    let (status, path, artefact) = match shown.output.get(&path) {
        Some(artefact) => ((200, "OK"), path.as_str(), Some(artefact)),
        None => ((404, "Not Found"), NOT_FOUND_PAGE.as_str(), shown.output.get(NOT_FOUND_PAGE.as_str())),
    };
    let (status, body) = match artefact {
        Some(Artefact::Made(bytes)) => (status, bytes.to_vec()),
        Some(Artefact::Copied { from, .. }) => match disk::read_copied(&preview.root, from) {
            Ok(bytes) => (status, bytes),
            Err(_) => ((404, "Not Found"), Vec::new()),
        },
        _ => ((503, "Service Unavailable"), without_site().into_bytes()),
    };
    let media = media_type(path);
    if !media.starts_with("text/html") {
        return send(stream, status, media, &body, request.head_only);
    }
    let hash = shown_key(&shown, path);
    let style = shown.style.map(|style| style.to_string()).unwrap_or_default();
    let page = with_script(&String::from_utf8_lossy(&body), path, &hash, &style);
    send(stream, status, media, page.as_bytes(), request.head_only)
}

/// Returns the key of a page, with whatever it may show that is neither a page nor a style.
fn shown_key(shown: &ServedSite, path: &str) -> String {
    cache::key((shown.output.get(path).map(key_of_file), shown.rest)).to_string()
}

fn send(stream: &TcpStream, (status, words): (u16, &str), media: &str, body: &[u8], head_only: bool) -> io::Result<()> {
    // Whoever asks in a way that is not allowed must be sent those that are (RFC 9110, section
    // 15.5.6).
    let allow = if status == 405 { "Allow: GET, HEAD\r\n" } else { "" };
    let head = format!(
        "HTTP/1.1 {status} {words}\r\nContent-Type: {media}\r\nContent-Length: {}\r\n{allow}{ALWAYS}\r\n",
        body.len()
    );
    let end = Instant::now() + SEND_TIME;
    write_until(end, stream, head.as_bytes())?;
    if head_only { Ok(()) } else { write_until(end, stream, body) }
}

/// Sends all of it by a moment: a browser that takes a byte at a time does not keep us.
fn write_until(end: Instant, mut stream: &TcpStream, mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        stream.set_write_timeout(Some(left_until(end).ok_or(io::ErrorKind::TimedOut)?))?;
        match stream.write(bytes) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(sent) => bytes = bytes.get(sent..).unwrap_or_default(),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Sends news to the script on one page for as long as it listens
/// (<https://html.spec.whatwg.org/#server-sent-events>).
fn live(mut stream: &TcpStream, request: &Request, preview: &PreviewServer, seat: &mut Seat) -> io::Result<()> {
    let (page, hash, mut style) = (request.field("page"), request.field("hash"), request.field("style"));
    seat.now(Activity::Listening);
    stream.set_write_timeout(Some(SEND_TIME))?;
    let head = format!("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n{ALWAYS}\r\nretry: 500\n\n");
    stream.write_all(head.as_bytes())?;
    let mut shown = preview.shown();
    let mut told = None;
    loop {
        if told != Some(shown.turn) {
            let faults = serde_json::to_string(&shown.faults).map_err(io::Error::other)?;
            event(stream, "faults", &faults)?;
            if shown_key(&shown, &page) != hash {
                event(stream, "page", &page)?;
            }
            let now = shown.style.map(|style| style.to_string()).unwrap_or_default();
            if now != style {
                event(stream, "style", &now)?;
                style = now;
            }
            told = Some(shown.turn);
        } else {
            stream.write_all(b":\n\n")?;
        }
        shown = preview.after(shown.turn, BEAT, seat);
        if preview.is_closing() || seat.is_closed() {
            return end(stream, seat);
        }
    }
}

/// One event; its data has no line breaks.
fn event(mut stream: &TcpStream, name: &str, data: &str) -> io::Result<()> {
    stream.write_all(format!("event: {name}\ndata: {data}\n\n").as_bytes())
}
