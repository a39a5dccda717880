//! Servers as no tracking server should be.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::mpsc::{Receiver, channel},
    thread,
};

/// An answer that holds what every question of a beginning run asks for.
const ANSWER: &str = r#"{"experiment": {"experiment_id": "1"},
    "run": {"info": {"run_id": "r", "artifact_uri": "mlflow-artifacts:/1/r/artifacts"}}}"#;

/// The address of a server that takes connections and never answers, for as long as the second
/// value lives.
pub fn silent() -> (String, TcpListener) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    (address(&listener), listener)
}

/// The address of a server that dies after so many answers, and the heads of what it was asked.
pub fn dying(answers: usize) -> (String, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = address(&listener);
    let (asked, heads) = channel();
    thread::spawn(move || {
        for stream in listener.incoming().take(answers) {
            asked.send(answer(stream.unwrap())).ok();
        }
    });
    (address, heads)
}

/// Answers one question, whose head it returns, and hangs up.
fn answer(mut stream: TcpStream) -> String {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let (mut head, mut length) = (String::new(), 0);
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        if let Some(number) = line.to_lowercase().strip_prefix("content-length:") {
            length = number.trim().parse().unwrap();
        }
        if line.trim().is_empty() {
            break;
        }
        head.push_str(&line);
    }
    reader.read_exact(&mut vec![0; length]).unwrap();
    let length = ANSWER.len();
    let line = "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: application/json\r\n";
    write!(stream, "{line}content-length: {length}\r\n\r\n{ANSWER}").unwrap();
    head
}

fn address(listener: &TcpListener) -> String {
    format!("http://{}", listener.local_addr().unwrap())
}
