//! A server that takes mails: as much of SMTP as that needs.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// A mail as it arrived.
#[derive(Clone, Debug, Default)]
pub struct Mail {
    pub from: String,
    pub to: Vec<String>,
    pub content: String,
}

/// The server. It is gone when this is dropped.
pub struct Mailbox {
    pub address: SocketAddr,
    mails: Arc<Mutex<Vec<Mail>>>,
    serving: JoinHandle<()>,
}

impl Mailbox {
    /// One that refuses so many mails before it takes any.
    pub async fn start(refusals: usize) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let mails: Arc<Mutex<Vec<Mail>>> = Arc::default();
        let taken = Arc::clone(&mails);
        let serving = tokio::spawn(async move {
            let mut refusals = refusals;
            while let Ok((stream, _)) = listener.accept().await {
                let refuses = refusals > 0;
                refusals = refusals.saturating_sub(1);
                if let Some(mail) = converse(BufReader::new(stream), refuses).await {
                    taken.lock().unwrap().push(mail);
                }
            }
        });
        Self { address, mails, serving }
    }

    pub fn mails(&self) -> Vec<Mail> {
        self.mails.lock().unwrap().clone()
    }
}

impl Drop for Mailbox {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

/// The mail, if one was taken.
async fn converse(mut stream: BufReader<TcpStream>, refuses: bool) -> Option<Mail> {
    let mut mail = Mail::default();
    let mut is_content = false;
    let mut is_taken = false;
    say(&mut stream, "220 mailbox").await;
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await.ok()? == 0 {
            return is_taken.then_some(mail);
        }
        let line = line.trim_end();
        if is_content {
            if line == "." {
                (is_content, is_taken) = (false, true);
                say(&mut stream, "250 taken").await;
            } else {
                mail.content.push_str(line.strip_prefix('.').unwrap_or(line));
                mail.content.push('\n');
            }
            continue;
        }
        let answer = match line.split([' ', ':']).next().unwrap_or_default() {
            "EHLO" => "250 mailbox",
            "MAIL" if refuses => "451 later",
            "MAIL" => {
                mail.from = line.to_owned();
                "250 ok"
            }
            "RCPT" => {
                mail.to.push(line.to_owned());
                "250 ok"
            }
            "DATA" => {
                is_content = true;
                "354 go on"
            }
            "QUIT" => {
                say(&mut stream, "221 bye").await;
                return is_taken.then_some(mail);
            }
            _ => "250 ok",
        };
        say(&mut stream, answer).await;
    }
}

async fn say(stream: &mut BufReader<TcpStream>, line: &str) {
    // Whoever has gone away hears nothing.
    drop(stream.write_all(format!("{line}\r\n").as_bytes()).await);
}
