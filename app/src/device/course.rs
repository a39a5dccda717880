//! How far the model on the device is, and what is asked of it next.

use domain::{
    DeviceError, DeviceModel, DeviceReply, DeviceRequest, DeviceVerdict, Progress, Tweet,
};

/// All that is known of the model on the device.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Course {
    /// The model.
    pub state: State,
    /// The tweet that was given to it and has no verdict yet.
    pub waiting: Option<Tweet>,
    /// The last verdict, until it leaves the view, and who gave it.
    pub verdict: Option<(DeviceVerdict, DeviceModel)>,
}

/// The model.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum State {
    /// Not asked for.
    #[default]
    Absent,
    /// On its way.
    Loading(Progress),
    /// There.
    Ready(DeviceModel),
    /// It did not come, or it stopped.
    Failed(DeviceError),
}

impl State {
    /// Its name in the page's markup.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Absent => "absent",
            Self::Loading(_) => "loading",
            Self::Ready(_) => "ready",
            Self::Failed(_) => "failed",
        }
    }
}

impl Course {
    /// Asks for the model; `true` if it has to be brought.
    pub fn start(&mut self) -> bool {
        let has_to_come = matches!(self.state, State::Absent | State::Failed(_));
        if has_to_come {
            self.state = State::Loading(Progress::default());
        }
        has_to_come
    }

    /// Nothing is wanted of it for now; `false` if it is not there, and need not come.
    pub fn rest(&mut self) -> bool {
        self.waiting = None;
        let is_there = matches!(self.state, State::Ready(_));
        if !is_there {
            self.state = State::Absent;
        }
        is_there
    }

    /// Gives it a tweet: what to ask at once, if it is there.
    pub fn read(&mut self, tweet: Tweet) -> Option<DeviceRequest> {
        self.waiting = Some(tweet.clone());
        matches!(self.state, State::Ready(_)).then_some(DeviceRequest::Read(tweet))
    }

    /// It said something: what to ask next.
    pub fn heard(&mut self, reply: DeviceReply) -> Option<DeviceRequest> {
        match reply {
            DeviceReply::Listening => return Some(DeviceRequest::Load),
            DeviceReply::Loading(progress) => self.state = State::Loading(progress),
            DeviceReply::Loaded(model) => {
                self.state = State::Ready(model);
                return self.waiting.clone().map(DeviceRequest::Read);
            }
            DeviceReply::Verdict(verdict) => {
                // What was given up while it was read is not shown.
                if self.waiting.as_ref() == Some(&verdict.tweet)
                    && let State::Ready(model) = &self.state
                {
                    self.waiting = None;
                    self.verdict = Some((verdict, model.clone()));
                }
            }
            DeviceReply::Failed(error) => {
                self.waiting = None;
                self.state = State::Failed(error);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use domain::{ModelId, Prediction};

    use super::*;

    fn model() -> DeviceModel {
        let id = ModelId { name: "small".to_owned(), version: "0".to_owned() };
        DeviceModel { id, languages: vec!["en".to_owned()], is_kept: true }
    }

    fn tweet(text: &str) -> Tweet {
        Tweet::parse(text).unwrap()
    }

    fn verdict(text: &str) -> DeviceReply {
        let prediction = Prediction::new([0.7, 0.2, 0.1].into(), 1.0, None);
        DeviceReply::Verdict(DeviceVerdict { tweet: tweet(text), prediction, duration_us: 300 })
    }

    #[test]
    fn a_tweet_given_before_the_model_is_there_is_read_when_it_comes() {
        let mut course = Course::default();
        assert!(course.start());
        assert_eq!(course.read(tweet("late")), None);
        assert!(!course.start(), "it is on its way");
        assert_eq!(course.heard(DeviceReply::Listening), Some(DeviceRequest::Load));
        let asked = course.heard(DeviceReply::Loaded(model()));
        assert_eq!(asked, Some(DeviceRequest::Read(tweet("late"))));
        assert_eq!(course.heard(verdict("late")), None);
        assert_eq!((course.waiting, course.verdict.unwrap().1), (None, model()));
    }

    #[test]
    fn a_failure_leaves_no_tweet_waiting_and_the_next_one_tries_again() {
        let mut course = Course::default();
        course.start();
        course.read(tweet("late"));
        assert_eq!(course.heard(DeviceReply::Failed(DeviceError::Unreachable)), None);
        assert_eq!(course.waiting, None);
        assert_eq!(course.read(tweet("again")), None);
        assert!(course.start());
    }

    #[test]
    fn a_verdict_that_nobody_waits_for_any_more_is_not_shown() {
        let mut course = Course { state: State::Ready(model()), ..Course::default() };
        course.read(tweet("late"));
        assert!(course.rest(), "the model stays");
        course.heard(verdict("late"));
        assert_eq!(course.verdict, None);
    }

    #[test]
    fn a_model_on_its_way_is_given_up_when_nothing_is_wanted_of_it() {
        let mut course = Course::default();
        course.start();
        course.heard(DeviceReply::Loading(Progress { bytes: 1, of_bytes: 2 }));
        assert!(!course.rest());
        assert_eq!(course, Course::default());
    }
}
