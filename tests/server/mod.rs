//! A running `essai serve`, and a client that sends what it is told to, however wrong.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// A server in a folder of its own, which ends with this.
pub struct Server {
    child: Child,
    folder: TempDir,
    port: u16,
    said: Arc<Mutex<String>>,
}

/// An answer.
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

/// What has come so far of an answer that never ends.
pub struct Stream(Arc<Mutex<String>>);

impl Stream {
    pub fn text(&self) -> String {
        self.0.lock().unwrap().clone()
    }
}

impl Answer {
    /// The header `name`, in lower case; empty without one.
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

impl Server {
    /// Serves a site of these files on a free port.
    pub fn start(files: &[(&str, &str)], arguments: &[&str]) -> Self {
        Self::run(files, &[&["--port", "0"], arguments].concat())
    }

    /// The same on whatever port Essai chooses.
    pub fn start_anywhere(files: &[(&str, &str)]) -> Self {
        Self::run(files, &[])
    }

    fn run(files: &[(&str, &str)], arguments: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            write(folder.path(), name, text);
        }
        let mut child = Command::new(env!("CARGO_BIN_EXE_essai"))
            .args(["serve", "--message-format", "json"])
            .args(arguments)
            .current_dir(folder.path())
            .env_remove("ESSAI_ROOT")
            .env("SOURCE_DATE_EPOCH", "1767225600")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let said = Arc::new(Mutex::new(String::new()));
        let port = loop {
            let line = lines.next().expect("the server ended").unwrap();
            said.lock().unwrap().push_str(&line);
            if let Some((_, rest)) = line.split_once("\"url\":\"http://127.0.0.1:") {
                break rest.split('/').next().unwrap().parse().unwrap();
            }
        };
        let saying = Arc::clone(&said);
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(|line| *saying.lock().unwrap() += &line));
        Self { child, folder, port, said }
    }

    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    /// All that was printed so far.
    pub fn said(&self) -> String {
        self.said.lock().unwrap().clone()
    }

    pub fn write(&self, name: &str, text: &str) {
        write(self.root(), name, text);
    }

    pub fn get(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.ask("GET", path, headers, "")
    }

    pub fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut stream = self.send(method, path, headers, body);
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").unwrap();
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
        let mut lines = head.lines();
        let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
        let header = |line: &str| line.split_once(": ").map(|(key, value)| (key.to_lowercase(), value.to_owned()));
        let answer = Answer { status, headers: lines.filter_map(header).collect(), body: bytes[end + 4..].to_vec() };
        let length = answer.header("content-length").parse::<usize>();
        assert!(method == "HEAD" || length.is_err() || length == Ok(answer.body.len()), "half an answer for {path}");
        answer
    }

    /// The events of the page at `path`, which was loaded long ago.
    pub fn events(&self, path: &str) -> Stream {
        self.listen(&format!("/_essai/events?page={path}&version=0&hash=none"))
    }

    pub fn listen(&self, path: &str) -> Stream {
        let mut stream = self.send("GET", path, &[], "");
        let text = Arc::new(Mutex::new(String::new()));
        let received = Arc::clone(&text);
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(length @ 1..) = stream.read(&mut buffer) {
                received.lock().unwrap().push_str(&String::from_utf8_lossy(&buffer[..length]));
            }
        });
        Stream(text)
    }

    fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> TcpStream {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        let mut head = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\nContent-Length: {}\r\n", body.len());
        if !headers.iter().any(|(name, _)| *name == "Host") {
            head += &format!("Host: 127.0.0.1:{}\r\n", self.port);
        }
        for (name, value) in headers {
            head += &format!("{name}: {value}\r\n");
        }
        stream.write_all(format!("{head}\r\n{body}").as_bytes()).unwrap();
        stream
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn write(root: &Path, name: &str, text: &str) {
    let file = root.join(name);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, text).unwrap();
}

/// Waits until `is_true`, for at most ten seconds.
pub fn eventually(what: &str, mut is_true: impl FnMut() -> bool) {
    let began = Instant::now();
    while !is_true() {
        assert!(began.elapsed() < Duration::from_secs(10), "{what} was waited for in vain");
        std::thread::sleep(Duration::from_millis(10));
    }
}
