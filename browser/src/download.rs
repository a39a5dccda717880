//! One file from the service.

use domain::DeviceError;
use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ReadableStreamDefaultReader, Request, RequestCache, RequestInit, Response};

use crate::scope::scope;

/// The content of the file at `address`, of at most `most` bytes; `come` is told how many are here.
///
/// # Errors
/// [`DeviceError::Unreachable`] if it does not come, [`DeviceError::Damaged`] if it is larger.
pub async fn download(
    address: &str,
    most: u64,
    come: impl Fn(u64),
) -> Result<Vec<u8>, DeviceError> {
    let reader = open(address).await.map_err(unreachable)?;
    let mut content = Vec::with_capacity(usize::try_from(most).unwrap_or_default());
    while let Some(piece) = next(&reader).await.map_err(unreachable)? {
        let start = content.len();
        if (start as u64) + u64::from(piece.length()) > most {
            return Err(DeviceError::Damaged);
        }
        content.resize(start + piece.length() as usize, 0);
        piece.copy_to(&mut content[start..]);
        come(content.len() as u64);
    }
    Ok(content)
}

/// The content as it arrives, decompressed; not kept by the browser's own cache, beside ours.
async fn open(address: &str) -> Result<ReadableStreamDefaultReader, JsValue> {
    let options = RequestInit::new();
    options.set_cache(RequestCache::NoStore);
    let request = Request::new_with_str_and_init(address, &options)?;
    let response: Response =
        JsFuture::from(scope().fetch_with_request(&request)).await?.unchecked_into();
    match response.body().filter(|_| response.ok()) {
        Some(body) => ReadableStreamDefaultReader::new(&body),
        None => Err(JsValue::from(response.status())),
    }
}

/// The next piece, until there is none.
async fn next(reader: &ReadableStreamDefaultReader) -> Result<Option<Uint8Array>, JsValue> {
    let read = JsFuture::from(reader.read()).await?;
    let is_end = Reflect::get(&read, &"done".into())?.is_truthy();
    let value = Reflect::get(&read, &"value".into())?;
    Ok((!is_end).then(|| value.unchecked_into()))
}

fn unreachable(_reason: JsValue) -> DeviceError {
    DeviceError::Unreachable
}
