//! As much of HTTP as the tests need: a request, and a server between Essai and a store that fails as it is told.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// An answer.
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.head.lines().filter_map(|line| line.split_once(": "));
        found.filter(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim()).next()
    }
}

/// Asks the server on `port` for `path`.
pub fn request(port: u16, method: &str, path: &str) -> Answer {
    let head =
        format!("{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    let raw = exchange(port, head.as_bytes());
    answer(&raw)
}

fn answer(raw: &[u8]) -> Answer {
    let end = raw.windows(4).position(|four| four == b"\r\n\r\n").unwrap_or(raw.len());
    let head = String::from_utf8_lossy(&raw[..end]).into_owned();
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
    let mut body = raw.get(end + 4..).unwrap_or_default().to_vec();
    if head.to_lowercase().contains("transfer-encoding: chunked") {
        body = unchunked(&body);
    }
    Answer { status, head, body }
}

fn unchunked(mut rest: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    while let Some(end) = rest.windows(2).position(|two| two == b"\r\n") {
        let length = usize::from_str_radix(String::from_utf8_lossy(&rest[..end]).trim(), 16).unwrap_or(0);
        let Some(chunk) = rest.get(end + 2..end + 2 + length).filter(|_| length > 0) else { break };
        body.extend_from_slice(chunk);
        rest = rest.get(end + 4 + length..).unwrap_or_default();
    }
    body
}

fn exchange(port: u16, bytes: &[u8]) -> Vec<u8> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    stream.write_all(bytes).unwrap();
    let mut raw = Vec::new();
    let _ = stream.read_to_end(&mut raw);
    raw
}

/// How a server between fails.
#[derive(Clone, Copy)]
pub enum Failing {
    Never,
    /// Every third request: by turns it is busy, or hangs up.
    EveryThird,
    /// From this request on, it refuses everything.
    From(usize),
    /// Every sixth request gets no answer.
    Silent,
    /// Never, but it takes its time.
    Slow,
}

/// A server between, and what was asked of it, in order: `PUT /bucket/a.html`.
pub struct Between {
    pub port: u16,
    pub asked: Arc<Mutex<Vec<String>>>,
}

impl Between {
    /// Listens on a port of its own, and passes on to `upstream`.
    pub fn new(upstream: u16, failing: Failing) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked: Arc<Mutex<Vec<String>>> = Arc::default();
        let (log, count) = (asked.clone(), Arc::new(AtomicUsize::new(0)));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (log, count) = (log.clone(), count.clone());
                std::thread::spawn(move || pass_on(stream, upstream, failing, &log, &count));
            }
        });
        Self { port, asked }
    }
}

/// Reads one request and answers it, or does not.
fn pass_on(stream: TcpStream, upstream: u16, failing: Failing, log: &Mutex<Vec<String>>, count: &AtomicUsize) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let (mut head, mut length) = (String::new(), 0);
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).unwrap_or(0) == 0 {
            return;
        }
        let lower = line.to_lowercase();
        if let Some(value) = lower.strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or(0);
        }
        if line == "\r\n" {
            break;
        }
        if !lower.starts_with("connection:") {
            head.push_str(&line);
        }
    }
    let mut body = vec![0; length];
    if reader.read_exact(&mut body).is_err() {
        return;
    }
    let asked = head.split('?').next().unwrap_or_default().split(" HTTP").next().unwrap_or_default().to_owned();
    let number = count.fetch_add(1, Ordering::SeqCst);
    let mut stream = stream;
    let busy = b"HTTP/1.1 503 Slow Down\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    match failing {
        Failing::EveryThird if number % 6 == 2 => drop(stream.write_all(busy)),
        Failing::EveryThird if number % 6 == 5 => drop(stream),
        Failing::From(from) if number >= from => {
            let refused = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
            drop(stream.write_all(refused));
        }
        Failing::Silent if number % 6 == 2 => std::thread::sleep(Duration::from_secs(4)),
        _ => {
            if matches!(failing, Failing::Slow) {
                std::thread::sleep(Duration::from_millis(200));
            }
            log.lock().unwrap().push(asked);
            let mut whole = format!("{head}Connection: close\r\n\r\n").into_bytes();
            whole.extend(body);
            let answer = exchange(upstream, &whole);
            let _ = stream.write_all(&with_close(&answer));
        }
    }
}

/// The answer, which says that the connection ends with it.
fn with_close(answer: &[u8]) -> Vec<u8> {
    let Some(end) = answer.windows(2).position(|two| two == b"\r\n") else { return answer.to_vec() };
    [&answer[..end], b"\r\nX-Between: yes", &answer[end..]].concat()
}
