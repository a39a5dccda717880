//! The worker that runs the model, as the browser has it. On the server nothing here is called.

use std::{cell::RefCell, rc::Rc};

use domain::{DeviceError, DeviceReply, DeviceRequest};
use leptos::wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::{Event, MessageEvent, Worker};

use crate::WORKER;

thread_local! {
    /// A page has one worker at most.
    static LINE: RefCell<Option<Line>> = const { RefCell::new(None) };
}

struct Line {
    worker: Worker,
    _hear: Closure<dyn Fn(MessageEvent)>,
    _fail: Closure<dyn Fn(Event)>,
}

impl Drop for Line {
    fn drop(&mut self) {
        // What it has sent already is not delivered any more.
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

/// Starts the worker, in place of another; `heard` gets what it says.
///
/// # Errors
/// If the browser has no workers.
pub fn open(heard: impl Fn(DeviceReply) + 'static) -> Result<(), DeviceError> {
    close();
    let worker = Worker::new(WORKER).map_err(|_| DeviceError::Unsupported)?;
    let heard = Rc::new(heard);
    let listens = Rc::new(RefCell::new(false));
    let hear = Closure::<dyn Fn(MessageEvent)>::new({
        let (heard, listens) = (Rc::clone(&heard), Rc::clone(&listens));
        move |message: MessageEvent| {
            listens.replace(true);
            let json = message.data().as_string().unwrap_or_default();
            // What it says has another form only where it is of another release than the page.
            let reply = serde_json::from_str(&json);
            heard(reply.unwrap_or(DeviceReply::Failed(DeviceError::Unusable)));
        }
    });
    let fail = Closure::<dyn Fn(Event)>::new(move |_: Event| {
        // A script that does not come fails before it has said anything.
        let error = if *listens.borrow() { DeviceError::Stopped } else { DeviceError::Unreachable };
        heard(DeviceReply::Failed(error));
    });
    worker.set_onmessage(Some(hear.as_ref().unchecked_ref()));
    worker.set_onerror(Some(fail.as_ref().unchecked_ref()));
    LINE.replace(Some(Line { worker, _hear: hear, _fail: fail }));
    Ok(())
}

/// Asks the worker; without one nothing is asked.
pub fn ask(request: &DeviceRequest) {
    let json = serde_json::to_string(request).unwrap_or_default();
    LINE.with_borrow(|line| {
        if let Some(Line { worker, .. }) = line {
            // A string can always be sent.
            _ = worker.post_message(&JsValue::from_str(&json));
        }
    });
}

/// Stops the worker and what it does.
pub fn close() {
    drop(LINE.take());
}
