//! From the save of a clause to the message that reloads its page.

use std::fs;
use std::io::{BufRead, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use super::clausebook;
use super::corpus::{self, Size};

const SAVES: usize = 50;
/// Longest wait for a message before the measurement fails.
const PATIENCE: Duration = Duration::from_secs(60);

/// Previews a site, edits one clause again and again, and prints how long the page had to wait; then the same for a clause
/// to which about a hundred others refer, and which gets another number each time.
pub fn measure(site: &Path, size: Size) {
    let mut process = clausebook()
        .args(["serve", "--port", "0"])
        .arg(site)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let address = line.trim().strip_prefix("http://").unwrap().trim_end_matches('/').to_owned();
    let path = corpus::path(size.documents / 2);
    let words =
        saves(site, &address, &path, &|text, n| text.replacen("\n1.2 ", &format!("\n1.2 Saved {n} times. "), 1));
    println!("{:<28}{:>9.0} ms, median of {SAVES}", "save to reload message", words * 1_000.0);
    let numbers = saves(site, &address, &corpus::path(0), &|text, n| {
        let (before, after) = text.split_at(text.find("{#keystone}").unwrap());
        let (before, clause) = before.rsplit_once("\n\n").unwrap();
        let words = clause.split_once(' ').unwrap().1;
        format!("{before}\n\n99.{} {words}{after}", n + 1)
    });
    println!("{:<28}{:>9.0} ms, {:.1} times that", "  with 100 that refer to it", numbers * 1_000.0, numbers / words);
    if let Some(memory) = memory_of(process.id()) {
        println!("{:<28}{:>37} MB", "memory of the preview", memory >> 20);
    }
    process.kill().unwrap();
    process.wait().unwrap();
}

fn memory_of(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    Some(line.trim().strip_suffix(" kB")?.parse::<u64>().ok()? << 10)
}

/// The median of the waits, in seconds.
fn saves(site: &Path, address: &str, path: &str, edit: &dyn Fn(&str, usize) -> String) -> f64 {
    let file = site.join(path);
    let first = fs::read_to_string(&file).unwrap();
    let page = path.replace(".md", ".html");
    let mut times = Vec::new();
    for n in 0..SAVES {
        let mut listener = listen(address, &page);
        await_event(&mut listener, "faults");
        std::thread::sleep(Duration::from_millis(20));
        let text = edit(&first, n);
        let start = Instant::now();
        fs::write(&file, text).unwrap();
        await_event(&mut listener, "page");
        times.push(start.elapsed());
    }
    fs::write(&file, first).unwrap();
    times.sort();
    times[SAVES / 2].as_secs_f64()
}

fn ask(address: &str, path: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream.write_all(format!("GET {path} HTTP/1.1\r\nHost: {address}\r\n\r\n").as_bytes()).unwrap();
    stream
}

fn listen(address: &str, page: &str) -> BufReader<TcpStream> {
    let mut text = String::new();
    ask(address, &format!("/{page}")).read_to_string(&mut text).unwrap();
    let value = |name: &str| text.split_once(&format!(" {name}=\"")).unwrap().1.split('"').next().unwrap().to_owned();
    let query = format!("page={page}&hash={}&style={}", value("data-hash"), value("data-style"));
    BufReader::new(ask(address, &format!("/.clausebook/live?{query}")))
}

fn await_event(listener: &mut BufReader<TcpStream>, wanted: &str) {
    let mut line = String::new();
    while line.trim_end() != format!("event: {wanted}") {
        line.clear();
        assert!(listener.read_line(&mut line).unwrap() > 0, "the preview ended");
    }
}
