//! What the browser keeps of the bundle from visit to visit: the Cache API.

use std::collections::BTreeSet;

use js_sys::{Array, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Cache, Request, Response};

use crate::scope::scope;

const NAME: &str = "vigie-device";

/// The cache; none where the browser offers none, as to pages without TLS, or forbids it.
pub struct Kept(Option<Cache>);

impl Kept {
    /// Opens it.
    pub async fn open() -> Self {
        Self(open().await.ok())
    }

    /// What is kept under `address`.
    pub async fn content(&self, address: &str) -> Option<Vec<u8>> {
        content(self.0.as_ref()?, address).await.ok()
    }

    /// Keeps `content` under `address`; `false` if it has no room, or there is no cache.
    pub async fn keep(&self, address: &str, content: &[u8]) -> bool {
        let Some(cache) = &self.0 else { return false };
        let bytes = Uint8Array::from(content);
        let Ok(response) = Response::new_with_opt_js_u8_array(Some(&bytes)) else { return false };
        JsFuture::from(cache.put_with_str(address, &response)).await.is_ok()
    }

    /// Makes room: of other versions nothing is needed any more.
    pub async fn forget_all_but(&self, addresses: &BTreeSet<String>) {
        let Some(cache) = &self.0 else { return };
        let Ok(keys) = JsFuture::from(cache.keys()).await else { return };
        for request in Array::from(&keys).iter().map(JsCast::unchecked_into::<Request>) {
            if !addresses.iter().any(|address| request.url().ends_with(address)) {
                // What cannot be deleted takes room and is never read.
                drop(JsFuture::from(cache.delete_with_request(&request)).await);
            }
        }
    }
}

async fn open() -> Result<Cache, JsValue> {
    if Reflect::get(&scope(), &"caches".into())?.is_undefined() {
        return Err(JsValue::UNDEFINED);
    }
    Ok(JsFuture::from(scope().caches()?.open(NAME)).await?.unchecked_into())
}

async fn content(cache: &Cache, address: &str) -> Result<Vec<u8>, JsValue> {
    // Nothing is `undefined`, which is no response.
    let response: Response = JsFuture::from(cache.match_with_str(address)).await?.dyn_into()?;
    Ok(Uint8Array::new(&JsFuture::from(response.array_buffer()?).await?).to_vec())
}
