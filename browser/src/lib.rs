//! The model in the reader's own browser: `sentiment` in a Web Worker of the page, so that the page
//! stays quick while it is loaded and asked, and no text leaves the device.
//!
//! Page and worker speak [`DeviceRequest`] and [`DeviceReply`] as JSON. The bundle comes from the
//! service that the page comes from, is verified as the service verifies its own, and is kept by
//! the browser under the hashes of its files.

mod bundle;
mod download;
mod kept;
mod scope;

use std::{cell::RefCell, rc::Rc};

use domain::{DeviceError, DeviceModel, DeviceReply, DeviceRequest, DeviceVerdict, Tweet};
use sentiment::{BundleError, Released};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::spawn_local;

use crate::bundle::Found;

/// The model, once it is loaded.
type Loaded = Rc<RefCell<Option<Released>>>;

/// Read before anybody asks, so that the reader's first tweet finds the code compiled for speed and the most frequent
/// words known.
const FIRST: &str = "I was on the flight to you and it is not my day, but thanks for all of that! I do so have the best of me";

/// Called once by the worker, when this module is there.
#[wasm_bindgen(start)]
pub fn listen() {
    let loaded = Loaded::default();
    scope::hear(move |request| match request {
        DeviceRequest::Load => {
            let loaded = Rc::clone(&loaded);
            spawn_local(async move {
                let answer = load(&loaded).await;
                scope::reply(&answer.map_or_else(DeviceReply::Failed, DeviceReply::Loaded));
            });
        }
        DeviceRequest::Read(tweet) => {
            let answer = read(loaded.borrow().as_ref(), tweet);
            scope::reply(&answer.map_or_else(DeviceReply::Failed, DeviceReply::Verdict));
        }
    });
    scope::reply(&DeviceReply::Listening);
}

async fn load(loaded: &Loaded) -> Result<DeviceModel, DeviceError> {
    let tell = |progress| scope::reply(&DeviceReply::Loading(progress));
    let Found { files, is_kept } = bundle::find(&tell).await?;
    let released = sentiment::release(files).map_err(|error| told(&error))?;
    released.model.predict(&[FIRST]).map_err(|_| DeviceError::Stopped)?;
    let (id, languages) = (released.model.id().clone(), released.languages.clone());
    *loaded.borrow_mut() = Some(released);
    Ok(DeviceModel { id, languages, is_kept })
}

fn read(loaded: Option<&Released>, tweet: Tweet) -> Result<DeviceVerdict, DeviceError> {
    let released = loaded.ok_or(DeviceError::Stopped)?;
    let start = scope::now_us();
    let said = released.model.predict(&[tweet.as_str()]).map_err(|_| DeviceError::Stopped)?;
    let duration_us = (scope::now_us() - start).round() as u64;
    let prediction = said.into_iter().next().ok_or(DeviceError::Stopped)?;
    Ok(DeviceVerdict { tweet, prediction, duration_us })
}

/// What the page is told of a bundle that cannot be used.
fn told(error: &BundleError) -> DeviceError {
    match error {
        BundleError::TooNew { .. }
        | BundleError::UnknownFamily(_)
        | BundleError::OnServerAlone(_) => DeviceError::Unusable,
        _ => DeviceError::Damaged,
    }
}
