//! The server that takes our mails.

use std::fmt;

use lettre::message::Mailbox;
use url::{Host, Url};

/// A server that takes mails, and whom these are from.
#[derive(Clone, PartialEq, Eq)]
pub struct MailServer {
    url: String,
    from: Mailbox,
}

/// Settings with which no mail can be sent. No sentence shows a password.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MailServerError {
    /// No address of a mail server.
    #[error(
        "the address of the mail server is not understood: write smtps://USER:PASSWORD@HOST or smtp://HOST"
    )]
    Url,
    /// The password would travel for all to read.
    #[error(
        "the password would be sent to the mail server without encryption: write smtps://… or add ?tls=required"
    )]
    OpenPassword,
    /// No mail address.
    #[error("the sender of mails is no address: write such as “Vigie <vigie@example.org>”")]
    From,
}

impl MailServer {
    /// At `smtps://USER:PASSWORD@HOST:PORT`, `smtp://…?tls=required` or, without TLS, `smtp://HOST`; mails are from `from`.
    ///
    /// # Errors
    /// See [`MailServerError`].
    pub fn parse(url: &str, from: &str) -> Result<Self, MailServerError> {
        let from = from.parse().map_err(|_no_address| MailServerError::From)?;
        let parsed = Url::parse(url).map_err(|_no_url| MailServerError::Url)?;
        let tls = parsed.query_pairs().find(|(key, _)| key == "tls").map(|(_, value)| value);
        let is_encrypted = match (parsed.scheme(), tls.as_deref()) {
            ("smtps", _) | ("smtp", Some("required")) => true,
            ("smtp", None | Some("opportunistic")) => false,
            _ => return Err(MailServerError::Url),
        };
        if !parsed.has_host() {
            return Err(MailServerError::Url);
        }
        if parsed.password().is_some() && !is_encrypted && !is_here(&parsed) {
            return Err(MailServerError::OpenPassword);
        }
        Ok(Self { url: url.to_owned(), from })
    }

    /// All of its address, for whoever connects to it.
    pub(super) fn url(&self) -> &str {
        &self.url
    }

    pub(super) const fn from(&self) -> &Mailbox {
        &self.from
    }
}

fn is_here(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        // Of schemes that are not the web's, hosts are names to `url`.
        Some(Host::Domain(name)) => {
            name == "localhost"
                || name.parse::<std::net::Ipv4Addr>().is_ok_and(|address| address.is_loopback())
        }
        None => false,
    }
}

impl fmt::Debug for MailServer {
    /// Without the password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MailServer").field("from", &self.from).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FROM: &str = "Vigie <vigie@example.org>";

    #[test]
    fn a_password_is_not_sent_for_all_to_read() {
        let parsed = |url| MailServer::parse(url, FROM).map(drop);
        assert_eq!(parsed("smtp://me:secret@mail.example"), Err(MailServerError::OpenPassword));
        let opportunistic = parsed("smtp://me:secret@mail.example?tls=opportunistic");
        assert_eq!(opportunistic, Err(MailServerError::OpenPassword));
        for url in [
            "smtp://mail.example:25",
            "smtp://me:secret@127.0.0.1:2525",
            "smtp://me:secret@localhost",
            "smtps://me:secret@mail.example",
            "smtp://me:secret@mail.example?tls=required",
        ] {
            assert_eq!(parsed(url), Ok(()), "{url}");
        }
    }

    #[test]
    fn what_is_no_server_and_no_sender_is_refused() {
        for url in ["mail.example", "http://mail.example", "smtp:", "smtp://h?tls=maybe", ""] {
            assert_eq!(MailServer::parse(url, FROM), Err(MailServerError::Url), "{url}");
        }
        assert_eq!(MailServer::parse("smtp://h", "me"), Err(MailServerError::From));
    }

    #[test]
    fn a_password_is_not_told() {
        let server = MailServer::parse("smtps://me:hidden@mail.example", FROM).unwrap();
        assert!(!format!("{server:?}").contains("hidden"));
    }
}
