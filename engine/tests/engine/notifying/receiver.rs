//! Whoever is told: a web server that takes messages, or refuses them, or keeps silent.

use std::{
    collections::{BTreeMap, VecDeque},
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use serde_json::Value;
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// A message that arrived.
#[derive(Clone, Debug)]
pub struct Heard {
    pub headers: BTreeMap<String, String>,
    pub body: String,
}

impl Heard {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    pub fn id(&self) -> &str {
        &self.headers["webhook-id"]
    }
}

/// What a receiver does with a message.
#[derive(Clone, Copy, Debug)]
pub enum Answer {
    Status(u16),
    /// Elsewhere.
    Redirect,
    /// Takes it, and never says so.
    Silence,
}

/// A receiver. It is gone when this is dropped.
pub struct Receiver {
    pub address: SocketAddr,
    heard: Arc<Mutex<Vec<Heard>>>,
    serving: JoinHandle<()>,
}

impl Receiver {
    /// One that gives these answers one after the other, and then takes everything.
    pub async fn start(answers: &[Answer]) -> Self {
        Self::at("127.0.0.1:0".parse().unwrap(), answers).await
    }

    pub async fn at(address: SocketAddr, answers: &[Answer]) -> Self {
        let listener = TcpListener::bind(address).await.unwrap();
        let address = listener.local_addr().unwrap();
        let heard: Arc<Mutex<Vec<Heard>>> = Arc::default();
        let answers = Arc::new(Mutex::new(VecDeque::from(answers.to_vec())));
        let told = Arc::clone(&heard);
        let serving = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&told), Arc::clone(&answers)));
            }
        });
        Self { address, heard, serving }
    }

    /// An address at which nobody listens.
    pub async fn nobody() -> SocketAddr {
        TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap()
    }

    pub fn url(&self) -> String {
        url(self.address)
    }

    pub fn heard(&self) -> Vec<Heard> {
        self.heard.lock().unwrap().clone()
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

pub fn url(address: SocketAddr) -> String {
    format!("http://{address}/hook?token=hidden")
}

async fn serve(
    stream: TcpStream,
    heard: Arc<Mutex<Vec<Heard>>>,
    answers: Arc<Mutex<VecDeque<Answer>>>,
) {
    let mut stream = BufReader::new(stream);
    while let Some(message) = read(&mut stream).await {
        heard.lock().unwrap().push(message);
        let next = answers.lock().unwrap().pop_front();
        let head = match next.unwrap_or(Answer::Status(200)) {
            Answer::Status(status) => format!("HTTP/1.1 {status} So\r\n"),
            Answer::Redirect => "HTTP/1.1 302 Found\r\nlocation: /elsewhere\r\n".to_owned(),
            Answer::Silence => std::future::pending().await,
        };
        let answer = format!("{head}content-length: 10\r\n\r\nno_service");
        stream.write_all(answer.as_bytes()).await.unwrap();
    }
}

async fn read(stream: &mut BufReader<TcpStream>) -> Option<Heard> {
    let mut headers = BTreeMap::new();
    let mut line = String::new();
    loop {
        line.clear();
        if stream.read_line(&mut line).await.ok()? == 0 {
            return None;
        }
        let Some((name, value)) = line.trim_end().split_once(": ") else {
            if line.trim().is_empty() {
                break;
            }
            continue;
        };
        headers.insert(name.to_ascii_lowercase(), value.to_owned());
    }
    let mut body = vec![0; headers["content-length"].parse().unwrap()];
    stream.read_exact(&mut body).await.ok()?;
    Some(Heard { headers, body: String::from_utf8(body).unwrap() })
}
