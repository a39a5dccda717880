//! The model on the reader's own device, once they choose it.
//!
//! From then on no text is sent: until the model is there a text waits, and when it does not come the
//! text is refused here rather than read elsewhere.

mod course;
mod line;

use domain::{DeviceReply, DeviceVerdict, Tweet};
use leptos::prelude::*;

pub use course::{Course, State};

use crate::{desk::Desk, preferences::Place, reader};

/// The reader's device: shared by all pages of one visit.
#[derive(Clone, Copy)]
pub struct Device {
    place: RwSignal<Place>,
    course: RwSignal<Course>,
    desk: Desk,
}

impl Device {
    /// The device, when tweets are to be read at `place`.
    pub fn new(place: Place, desk: Desk) -> Self {
        Self { place: RwSignal::new(place), course: RwSignal::default(), desk }
    }

    /// The device of this visit.
    pub fn here() -> Self {
        use_context().unwrap_or_else(|| Self::new(Place::default(), Desk::here()))
    }

    /// Whether tweets are to be read on it.
    pub fn is_chosen(&self) -> bool {
        self.place.get() == Place::Device
    }

    /// The same as it is now.
    pub fn is_chosen_now(&self) -> bool {
        self.place.get_untracked() == Place::Device
    }

    /// Reads how far it is; what reads it is told of every change.
    pub fn with<T>(&self, read: impl FnOnce(&Course) -> T) -> T {
        self.course.with(read)
    }

    /// Chooses where tweets are read from now on, and in later visits.
    pub fn choose(&self, place: Place) {
        reader::remember_place(place);
        self.place.set(place);
        match place {
            Place::Device => self.start(),
            Place::Service => self.rest(),
        }
    }

    /// Loads the model, unless it is there or on its way.
    pub fn start(&self) {
        if !self.course.try_update(Course::start).unwrap_or_default() {
            return;
        }
        let device = *self;
        if let Err(error) = line::open(move |reply| device.heard(reply)) {
            self.heard(DeviceReply::Failed(error));
        }
    }

    /// Reads a tweet, as soon as the model is there.
    pub fn read(&self, tweet: Tweet) {
        let request = self.course.try_update(|course| course.read(tweet)).flatten();
        request.iter().for_each(line::ask);
        self.start();
    }

    /// Takes the last verdict from view.
    pub fn forget_verdict(&self) {
        self.course.update(|course| course.verdict = None);
    }

    /// A model that is there stays; one that is on its way is given up.
    fn rest(&self) {
        if !self.course.try_update(Course::rest).unwrap_or_default() {
            line::close();
        }
    }

    fn heard(&self, reply: DeviceReply) {
        if let DeviceReply::Verdict(DeviceVerdict { prediction, .. }) = &reply {
            self.desk.read_on_device(prediction.clone());
        }
        let has_failed = matches!(reply, DeviceReply::Failed(_));
        let request = self.course.try_update(|course| course.heard(reply)).flatten();
        if has_failed {
            line::close();
        }
        request.iter().for_each(line::ask);
    }
}
