//! A web server for files, on the loopback address: it can break off, and it can be without ranges.

use std::{
    io::{BufRead, BufReader, Write},
    net::{Ipv4Addr, TcpListener, TcpStream},
    sync::{Arc, Mutex, PoisonError},
    thread,
};

use sentiment::BundleFiles;
use url::Url;

/// How the server treats its clients.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Manners {
    /// Files and parts of files.
    Good,
    /// Whole files only.
    NoRanges,
    /// The first answer with the weights stops after this many bytes.
    BreakOffAt(usize),
    /// Files for whoever comes with the user `me`, the password and the signature `secret`.
    Private,
}

pub struct FileServer {
    pub url: Url,
    asked: Arc<Mutex<Vec<String>>>,
}

impl FileServer {
    /// Serves `files` under `/models/small/` until the test ends, and those whose names begin with
    /// `../` beside that.
    pub fn new(files: BundleFiles, manners: Manners) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&asked);
        thread::spawn(move || {
            let mut manners = manners;
            for stream in listener.incoming() {
                serve(stream.unwrap(), &files, &mut manners, &log);
            }
        });
        let url = format!("http://127.0.0.1:{port}/models/small/").parse().unwrap();
        Self { url, asked }
    }

    /// What was asked for, such as `vocab.txt` or `vocab.txt from 12`.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Answers one request and closes the connection.
fn serve(
    mut stream: TcpStream,
    files: &BundleFiles,
    manners: &mut Manners,
    log: &Mutex<Vec<String>>,
) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
    let Some(request) = lines.next() else { return };
    let path = request.split(' ').nth(1).unwrap_or_default();
    let (path, parameters) = path.split_once('?').unwrap_or((path, ""));
    let name = match path.strip_prefix("/models/small/") {
        Some(name) => name.to_owned(),
        None => path.replacen("/models/", "../", 1),
    };
    let headers: Vec<_> = lines.take_while(|line| !line.is_empty()).collect();
    let from = headers
        .iter()
        .find_map(|line| {
            let line = line.to_ascii_lowercase();
            line.strip_prefix("range: bytes=")?.strip_suffix('-')?.parse::<usize>().ok()
        })
        .filter(|_| *manners != Manners::NoRanges);
    let asked = from.map_or(name.clone(), |from| format!("{name} from {from}"));
    log.lock().unwrap().push(asked);

    let refuse = |mut stream: TcpStream, status: &str| {
        let head = format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        stream.write_all(head.as_bytes()).unwrap();
    };
    // `printf me:secret | base64`
    let is_me =
        headers.iter().any(|line| line.eq_ignore_ascii_case("authorization: basic bwU6c2VjcmV0"));
    if *manners == Manners::Private && !(is_me && parameters == "signature=secret") {
        return refuse(stream, "403 Forbidden");
    }
    let Some(content) = files.get(&name) else { return refuse(stream, "404 Not Found") };
    let body = &content[from.unwrap_or(0)..];
    let status = match from {
        Some(from) => {
            let (last, all) = (content.len() - 1, content.len());
            format!("206 Partial Content\r\nContent-Range: bytes {from}-{last}/{all}")
        }
        None => "200 OK".to_owned(),
    };
    let length = body.len();
    let head =
        format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n");
    stream.write_all(head.as_bytes()).unwrap();
    let sent = match *manners {
        Manners::BreakOffAt(bytes) if name == "model.safetensors" => {
            *manners = Manners::Good;
            &body[..bytes]
        }
        _ => body,
    };
    // The client may have gone.
    drop(stream.write_all(sent));
}
