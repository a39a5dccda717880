//! Where a bundle is fetched from: a web server, a bucket or another folder.

use std::ops::RangeFrom;

use base64::{Engine as _, prelude::BASE64_STANDARD};
use futures::{StreamExt, stream::BoxStream};
use object_store::{
    ClientConfigKey, ClientOptions, GetOptions, ObjectStore, RetryConfig,
    aws::{AmazonS3Builder, AmazonS3ConfigKey},
    gcp::{GoogleCloudStorageBuilder, GoogleConfigKey},
    http::HttpBuilder,
    local::LocalFileSystem,
    path::Path,
};
use percent_encoding::percent_decode_str;
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderValue};
use url::{Host, Url};

use super::BundlesError;

/// How long a server may be silent. A transfer that goes on is given all the time it needs.
const SILENCE: &str = "30s";
const WHOLE_TRANSFER: &str = "24h";

/// A folder with a bundle, somewhere.
pub(super) struct Source {
    store: Box<dyn ObjectStore>,
    folder: Path,
    /// For messages: without user, password and parameters.
    url: String,
}

/// The bytes of a file as they arrive.
pub(super) type Arriving = BoxStream<'static, object_store::Result<bytes::Bytes>>;

impl Source {
    /// What `url` leads to. Of https the user, password and parameters (a signature) go with every
    /// request; credentials for gs:// and s3:// come from the environment, as their own tools take
    /// them (`GOOGLE_…`, `AWS_…`).
    pub(super) fn new(url: &Url) -> Result<Self, BundlesError> {
        let shown = without_secrets(url);
        let bad_url = |reason: String| BundlesError::BadUrl { url: shown.clone(), reason };
        let bad_store = |error: object_store::Error| bad_url(without_addresses(&error.to_string()));
        if !matches!(url.scheme(), "http" | "https") && has_secrets(url) {
            let reason = "only https takes a user, a password or parameters, and of gs and s3 the credentials come from the environment";
            return Err(bad_url(reason.to_owned()));
        }
        let store: Box<dyn ObjectStore> = match url.scheme() {
            "https" => Box::new(http(url).build().map_err(bad_store)?),
            "http" if is_this_machine(url) => {
                let builder = http(url).with_config(ClientConfigKey::AllowHttp, "true");
                Box::new(builder.build().map_err(bad_store)?)
            }
            "http" => return Err(bad_url("plain http may be tampered with".to_owned())),
            "s3" => Box::new(s3(url).build().map_err(bad_store)?),
            "gs" => Box::new(gs(url).build().map_err(bad_store)?),
            "file" => Box::new(LocalFileSystem::new()),
            scheme => return Err(bad_url(format!("“{scheme}” is not supported"))),
        };
        let folder = Path::from_url_path(url.path()).map_err(|error| bad_url(error.to_string()))?;
        Ok(Self { store, folder, url: shown })
    }

    /// For messages.
    pub(super) fn url(&self) -> &str {
        &self.url
    }

    /// The whole of a small file, of at most `max` bytes.
    pub(super) async fn small_file(&self, name: &str, max: usize) -> Result<Vec<u8>, BundlesError> {
        let mut arriving = self.file(name).await?;
        let mut content = Vec::new();
        while let Some(bytes) = arriving.next().await {
            content.extend_from_slice(&bytes.map_err(|error| self.transfer(name, &error))?);
            if content.len() > max {
                return Err(self.transfer(name, &format!("it is larger than {max} bytes")));
            }
        }
        Ok(content)
    }

    /// A file from its beginning.
    pub(super) async fn file(&self, name: &str) -> Result<Arriving, BundlesError> {
        let got = self.store.get_opts(&self.path(name), GetOptions::default()).await;
        Ok(got.map_err(|error| self.refused(name, &error))?.into_stream())
    }

    /// A file from the byte `from` on; `None` if the server cannot do that.
    pub(super) async fn rest_of_file(
        &self,
        name: &str,
        from: u64,
    ) -> Result<Option<Arriving>, BundlesError> {
        let options = GetOptions::new().with_range(Some(RangeFrom { start: from }));
        match self.store.get_opts(&self.path(name), options).await {
            Ok(got) => Ok(Some(got.into_stream())),
            Err(object_store::Error::NotSupported { .. }) => Ok(None),
            Err(error) => Err(self.refused(name, &error)),
        }
    }

    /// The transfer of `name` broke off.
    pub(super) fn transfer(&self, name: &str, reason: &impl ToString) -> BundlesError {
        let (url, file) = (self.url.clone(), name.to_owned());
        BundlesError::Transfer { url, file, reason: without_addresses(&reason.to_string()) }
    }

    fn refused(&self, name: &str, error: &object_store::Error) -> BundlesError {
        match error {
            object_store::Error::NotFound { .. } => {
                BundlesError::NotThere { url: self.url.clone(), file: name.to_owned() }
            }
            error => self.transfer(name, error),
        }
    }

    fn path(&self, name: &str) -> Path {
        self.folder.clone().join(name)
    }
}

fn http(url: &Url) -> HttpBuilder {
    // The path of each file is appended to it; the parameters stay at the end.
    let mut server = url.clone();
    server.set_path("");
    server.set_fragment(None);
    let mut options = ClientOptions::new();
    if let Some(authorization) = basic_authorization(url) {
        // Only what has no host refuses to lose its user.
        server.set_username("").ok();
        server.set_password(None).ok();
        options =
            options.with_default_headers(HeaderMap::from_iter([(AUTHORIZATION, authorization)]));
    }
    HttpBuilder::new()
        .with_url(server)
        .with_client_options(options)
        .with_retry(patience())
        .with_config(ClientConfigKey::ReadTimeout, SILENCE)
        .with_config(ClientConfigKey::Timeout, WHOLE_TRANSFER)
}

/// User and password of `url` as a header (RFC 7617).
fn basic_authorization(url: &Url) -> Option<HeaderValue> {
    let password = url.password().unwrap_or_default();
    if url.username().is_empty() && password.is_empty() {
        return None;
    }
    let mut credentials: Vec<u8> = percent_decode_str(url.username()).collect();
    credentials.push(b':');
    credentials.extend(percent_decode_str(password));
    let mut header =
        HeaderValue::try_from(format!("Basic {}", BASE64_STANDARD.encode(credentials))).ok()?;
    header.set_sensitive(true);
    Some(header)
}

fn s3(url: &Url) -> AmazonS3Builder {
    AmazonS3Builder::from_env()
        .with_url(url.as_str())
        .with_retry(patience())
        .with_config(AmazonS3ConfigKey::Client(ClientConfigKey::ReadTimeout), SILENCE)
        .with_config(AmazonS3ConfigKey::Client(ClientConfigKey::Timeout), WHOLE_TRANSFER)
}

fn gs(url: &Url) -> GoogleCloudStorageBuilder {
    GoogleCloudStorageBuilder::from_env()
        .with_url(url.as_str())
        .with_retry(patience())
        .with_config(GoogleConfigKey::Client(ClientConfigKey::ReadTimeout), SILENCE)
        .with_config(GoogleConfigKey::Client(ClientConfigKey::Timeout), WHOLE_TRANSFER)
}

/// A start should not hang for minutes on a server that is down.
fn patience() -> RetryConfig {
    RetryConfig { max_retries: 3, ..RetryConfig::default() }
}

fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

fn has_secrets(url: &Url) -> bool {
    !url.username().is_empty() || url.password().is_some() || url.query().is_some()
}

fn without_secrets(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    format!("{}://{host}{port}{}", url.scheme(), url.path())
}

/// What a library says, without the secrets of the addresses in it: ours, and those to which a
/// server has sent us on.
fn without_addresses(message: &str) -> String {
    let ends = |sign: char| sign.is_whitespace() || "()<>\"'`,".contains(sign);
    let safe = |piece: &str| {
        let word = piece.trim_end_matches(ends);
        let Some((_, after)) = word.split_once("://") else { return piece.to_owned() };
        let shown = match word.parse::<Url>() {
            Ok(url) if !after.is_empty() => without_secrets(&url),
            _ => "…".to_owned(),
        };
        shown + &piece[word.len()..]
    };
    message.split_inclusive(ends).map(safe).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_library_says_keeps_its_sense_and_loses_the_secrets() {
        for (said, shown) in [
            ("no answer in 30s, after 3 retries", "no answer in 30s, after 3 retries"),
            (
                "Error performing GET https://me:secret@host:8443/a/b.json?sig=secret in 1ms",
                "Error performing GET https://host:8443/a/b.json in 1ms",
            ),
            (
                "error sending request for url (https://me:secret@host/a)",
                "error sending request for url (https://host/a)",
            ),
            ("at \"https://host/?secret\", or so", "at \"https://host/\", or so"),
            ("at https://secret@ho[st/ maybe", "at … maybe"),
        ] {
            assert_eq!(without_addresses(said), shown);
        }
    }

    #[test]
    fn parameters_that_would_not_be_used_are_refused_and_not_shown() {
        for url in [
            "s3://key:secret@bucket/model",
            "gs://bucket/model?token=secret",
            "file:///model?secret",
        ] {
            let error = Source::new(&url.parse().unwrap()).err().unwrap();
            assert!(matches!(error, BundlesError::BadUrl { .. }), "{error:?}");
            assert!(error.to_string().contains("only https takes"), "{error}");
            assert!(!error.to_string().contains("secret"), "{error}");
        }
    }
}
