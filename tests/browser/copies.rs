//! Copies of sites for the browser: built once a run with the library, in a folder, and sent over HTTP below a sub-path.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::thread;

use clausebook::disk;
use clausebook::pipeline::{self, Options};
use clausebook::source::SourceMap;

/// Base address of the hosted copy.
pub const BASE_URL: &str = "https://example.org/trusts/";

/// Path of the copies below a host.
const SUB_PATH: &str = "/a/copy/";

/// A built site.
pub struct Copy {
    /// The folder.
    pub folder: PathBuf,
    /// The address of its folder over HTTP, with a slash at its end.
    http: String,
}

impl Copy {
    /// Builds the site in `root` under `name`, and sends it.
    pub fn of(root: &Path, name: &str, base_url: Option<&str>) -> Self {
        let read = disk::read_whole(root, SourceMap::new(), pipeline::settings).unwrap();
        let options = Options { base_url: base_url.map(str::to_owned) };
        let build = pipeline::build(&read, &options);
        assert!(build.diagnostics.is_empty(), "{:#?}", build.diagnostics);
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        disk::write(&build.output.unwrap(), root, &folder).unwrap();
        Copy { http: send(folder.clone()), folder }
    }

    /// A copy of this copy under another name, as people make them.
    pub fn copied(&self, name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        copy_folder(&self.folder, &folder);
        Copy { http: send(folder.clone()), folder }
    }

    /// The address of a page in the folder.
    pub fn file(&self, page: &str) -> String {
        format!("file://{}/{page}", self.folder.display())
    }

    /// The address of a page over HTTP.
    pub fn http(&self, page: &str) -> String {
        format!("{}{page}", self.http)
    }

    /// The text of a file.
    pub fn text(&self, path: &str) -> String {
        fs::read_to_string(self.folder.join(path)).unwrap()
    }

    /// Every file, in order.
    pub fn files(&self) -> Vec<PathBuf> {
        let (mut files, mut folders) = (Vec::new(), vec![self.folder.clone()]);
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() { folders.push(path) } else { files.push(path) }
            }
        }
        files.sort();
        files
    }

    /// Every page, in order.
    pub fn pages(&self) -> Vec<String> {
        let ids: serde_json::Value = serde_json::from_str(&self.text("data/ids.json")).unwrap();
        ids.as_object().unwrap().keys().cloned().collect()
    }
}

/// The library in `content/`, as a copied folder: without an address of its own.
pub fn library() -> &'static Copy {
    static LIBRARY: LazyLock<Copy> = LazyLock::new(|| Copy::of(&place("content"), "library", None));
    &LIBRARY
}

/// The library in `content/`, hosted at [`BASE_URL`].
pub fn hosted() -> &'static Copy {
    static HOSTED: LazyLock<Copy> = LazyLock::new(|| Copy::of(&place("content"), "hosted", Some(BASE_URL)));
    &HOSTED
}

/// A place in this repository.
pub fn place(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Copies a folder.
pub fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let place = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy_folder(&path, &place);
        } else {
            fs::copy(&path, &place).unwrap();
        }
    }
}

/// Sends a folder on a port of this computer for as long as the tests run; gives its address.
fn send(folder: PathBuf) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let folder = folder.clone();
            thread::spawn(move || answer(stream, &folder));
        }
    });
    format!("http://{address}{SUB_PATH}")
}

/// Answers one request as a plain static host does.
fn answer(mut stream: TcpStream, folder: &Path) -> Option<()> {
    let mut lines = BufReader::new(stream.try_clone().ok()?).lines().map_while(Result::ok);
    let request = lines.next()?;
    lines.take_while(|line| !line.is_empty()).for_each(drop);
    let path = request.split(' ').nth(1)?.split('?').next()?.strip_prefix(SUB_PATH);
    let found = path.and_then(|path| fs::read(folder.join(if path.is_empty() { "index.html" } else { path })).ok());
    let kind = match path.and_then(|path| path.rsplit('.').next()) {
        Some("html") | Some("") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("json") => "application/json",
        _ => "application/octet-stream",
    };
    let status = if found.is_some() { "200 OK" } else { "404 Not Found" };
    let body = found.unwrap_or_default();
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nX-Content-Type-Options: nosniff\r\n\
         Connection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).ok()?;
    stream.write_all(&body).ok()
}
