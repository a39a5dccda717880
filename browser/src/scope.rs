//! The worker as JavaScript sees it: messages, and a clock.

use domain::{DeviceReply, DeviceRequest};
use js_sys::global;
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

/// The worker.
pub fn scope() -> DedicatedWorkerGlobalScope {
    global().unchecked_into()
}

/// Calls `answer` with every request of the page from now on.
pub fn hear(answer: impl Fn(DeviceRequest) + 'static) {
    let hear = Closure::<dyn Fn(MessageEvent)>::new(move |message: MessageEvent| {
        let request = message.data().as_string().and_then(|json| serde_json::from_str(&json).ok());
        if let Some(request) = request {
            answer(request);
        }
    });
    scope().set_onmessage(Some(hear.as_ref().unchecked_ref()));
    // It listens for as long as the worker lives.
    hear.forget();
}

/// Tells the page.
pub fn reply(reply: &DeviceReply) {
    let json = serde_json::to_string(reply).unwrap_or_default();
    // A string can always be sent.
    drop(scope().post_message(&JsValue::from_str(&json)));
}

/// Microseconds since the worker began.
pub fn now_us() -> f64 {
    scope().performance().map_or(0.0, |clock| clock.now() * 1000.0)
}
