//! Mails over SMTP.

use std::time::Duration;

use domain::Trouble;
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Tokio1Executor,
    message::{Mailbox, header::ContentType},
    transport::smtp,
};

use super::{MailServer, message::Message};

/// Sends `message` to the address `to` through `server`.
pub async fn send(
    server: &MailServer,
    to: &str,
    message: &Message,
    limit: Duration,
) -> Result<(), Trouble> {
    let mail = mail(server, to, message).ok_or(Trouble::Unsendable)?;
    let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(server.url());
    let transport = builder.map_err(|error| trouble(&error))?.timeout(Some(limit)).build();
    transport.send(mail).await.map(drop).map_err(|error| trouble(&error))
}

/// `None` if an address is none. The name of the message is that of the mail, so that readers show it once.
fn mail(server: &MailServer, to: &str, message: &Message) -> Option<lettre::Message> {
    let (from, to): (_, Mailbox) = (server.from().clone(), to.parse().ok()?);
    let id = format!("<{}@{}>", message.id, from.email.domain());
    let subject: String =
        message.title.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let text = format!(
        "{}\n\n{}\n\n{}: {}\n",
        message.title,
        message.lines.join("\n"),
        message.open,
        message.link
    );
    lettre::Message::builder()
        .from(from)
        .to(to)
        .message_id(Some(id))
        .subject(subject)
        .header(ContentType::TEXT_PLAIN)
        .body(text)
        .ok()
}

fn trouble(error: &smtp::Error) -> Trouble {
    if let Some(code) = error.status() {
        Trouble::Refused { code: code.into(), said: None }
    } else if error.is_tls() {
        Trouble::Tls
    } else if error.is_timeout() {
        Trouble::Timeout
    } else if error.is_client() || error.is_response() {
        Trouble::Unsendable
    } else {
        Trouble::Connection
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_a_line_break_makes_no_header_of_its_own() {
        let server = MailServer::parse("smtp://127.0.0.1:1", "Vigie <vigie@example.org>").unwrap();
        let mut message = Message::test(domain::Tongue::English, "http://localhost");
        message.title = "a\r\nBcc: eve@example.org".to_owned();
        let mail = mail(&server, "ann@example.org", &message).unwrap().formatted();
        let mail = String::from_utf8(mail).unwrap();
        let (headers, _) = mail.split_once("\r\n\r\n").unwrap();
        assert!(!headers.lines().any(|line| line.starts_with("Bcc")), "{headers}");
        assert!(
            headers.contains(&format!("Message-ID: <{}@example.org>", message.id)),
            "{headers}"
        );
    }
}
