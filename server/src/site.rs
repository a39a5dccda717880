//! The files of the page: style, script, wasm, pictures.

use std::{
    collections::HashMap,
    io,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
    time::SystemTime,
};

use axum::{
    body::Body,
    extract::Request,
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use sha2::{Digest, Sha256};
use tower::ServiceExt;
use tower_http::services::ServeDir;

/// The files under one folder, served with an entity tag made of their content: the time of a file
/// says nothing in an image whose files all have the same.
#[derive(Debug, Default)]
pub struct Site {
    root: Option<PathBuf>,
    tags: Mutex<HashMap<PathBuf, Tag>>,
}

#[derive(Clone, Debug)]
struct Tag {
    modified: SystemTime,
    bytes: u64,
    value: HeaderValue,
}

impl Site {
    /// The files under `root`; without it there are none.
    #[must_use]
    pub fn new(root: Option<PathBuf>) -> Self {
        Self { root, tags: Mutex::default() }
    }

    /// The answer to `request` if it is for one of the files.
    pub async fn answer(&self, request: Request) -> Result<Response, Request> {
        let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
        let path = self.path(request.uri().path());
        let (Some(root), Some(path), true) = (&self.root, path, is_read) else {
            return Err(request);
        };
        let Ok(tag) = self.tag(&path).await else { return Err(request) };
        if has_tag(request.headers(), &tag) {
            return Ok((StatusCode::NOT_MODIFIED, headers(tag)).into_response());
        }
        let (mut parts, _body) = request.into_parts();
        parts.headers.remove(header::IF_MODIFIED_SINCE);
        let file = ServeDir::new(root).precompressed_br().precompressed_gzip();
        let response = file.oneshot(Request::from_parts(parts, Body::empty())).await;
        let mut response =
            response.map_or_else(|never| match never {}, IntoResponse::into_response);
        response.headers_mut().remove(header::LAST_MODIFIED);
        if response.status().is_success() {
            response.headers_mut().extend(headers(tag));
        }
        Ok(response)
    }

    /// Where the file would be; names of ours are plain, so what is encoded, hidden or climbs is none.
    fn path(&self, url_path: &str) -> Option<PathBuf> {
        let root = self.root.as_ref()?;
        let mut parts = url_path.strip_prefix('/')?.split('/');
        let plain = |part: &str| {
            let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
            !part.is_empty() && !part.starts_with('.') && part.bytes().all(allowed)
        };
        parts
            .clone()
            .all(plain)
            .then(|| parts.by_ref().fold(root.clone(), |path, part| path.join(part)))
    }

    async fn tag(&self, path: &Path) -> io::Result<HeaderValue> {
        let metadata = tokio::fs::metadata(path).await?;
        if !metadata.is_file() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        let (modified, bytes) = (metadata.modified()?, metadata.len());
        let known = self.tags.lock().unwrap_or_else(PoisonError::into_inner).get(path).cloned();
        if let Some(tag) = known.filter(|tag| tag.modified == modified && tag.bytes == bytes) {
            return Ok(tag.value);
        }
        let digest = Sha256::digest(tokio::fs::read(path).await?);
        // Weak, because the compressed forms of a file share it.
        let value = format!("W/\"{}\"", hex::encode(&digest[..12]));
        let value = HeaderValue::try_from(value).map_err(io::Error::other)?;
        let tag = Tag { modified, bytes, value: value.clone() };
        self.tags.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned(), tag);
        Ok(value)
    }
}

fn has_tag(headers: &HeaderMap, tag: &HeaderValue) -> bool {
    let tag = tag.to_str().unwrap_or_default();
    let given =
        headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    given.flat_map(|list| list.split(',')).any(|one| one.trim() == tag)
}

/// Kept by the browser, but asked for again before each use: names do not change with their content.
fn headers(tag: HeaderValue) -> HeaderMap {
    HeaderMap::from_iter([
        (header::ETAG, tag),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
        (header::VARY, HeaderValue::from_static("accept-encoding")),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_names_below_the_folder_are_files() {
        let site = Site::new(Some("/site".into()));
        assert_eq!(site.path("/pkg/vigie.wasm"), Some("/site/pkg/vigie.wasm".into()));
        for path in ["/", "/../secret", "/pkg/%2e%2e/secret", "/.env", "/pkg//x", "/a\\b", "x"] {
            assert_eq!(site.path(path), None, "{path}");
        }
    }
}
