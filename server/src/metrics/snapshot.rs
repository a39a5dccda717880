//! What is looked up when somebody asks.

use domain::{Label, SourceState};
use engine::Engine;
use metrics::{Unit, counter, describe_counter, describe_gauge, describe_histogram, gauge};

pub fn describe() {
    describe_gauge!("vigie_build_info", "1, with the version of the program.");
    describe_gauge!("vigie_model_info", "1, for each model that answers, with its version.");
    describe_gauge!("vigie_store_up", "Whether the database answers.");
    describe_counter!("vigie_analyses_total", "Texts that were read and stored, by label.");
    describe_counter!("vigie_analyses_unsure_total", "Of them those whose verdict was not sure.");
    describe_histogram!("vigie_analysis_confidence", "The confidence of their verdicts.");
    describe_gauge!("vigie_analyses_in_flight", "Texts that wait for the model or are read.");
    describe_gauge!("vigie_analyses_in_flight_limit", "The most texts that may be under way.");
    describe_histogram!("vigie_model_batch_texts", "Texts that the model read together.");
    describe_histogram!("vigie_model_reading_seconds", Unit::Seconds, "How long that took.");
    describe_counter!("vigie_cache_hits_total", "Texts whose verdict was kept.");
    describe_counter!("vigie_cache_misses_total", "Texts that the models read.");
    describe_gauge!("vigie_cache_entries", "Verdicts that are kept.");
    describe_counter!("vigie_feedback_total", "Corrections, by what they say of the verdict.");
    describe_counter!("vigie_stream_tweets_total", "Tweets of streams, by what became of them.");
    describe_gauge!("vigie_radar_place", "The place up to which the radar has read the tweets.");
    describe_gauge!("vigie_incidents_open", "Incidents that go on.");
    describe_gauge!("vigie_deliveries_failing", "Messages that a receiver does not take.");
    describe_gauge!("vigie_source_followed", "Whether a source of tweets is followed.");
    describe_counter!("vigie_source_tweets_total", "Tweets that a source gave.");
}

/// Looks up what is not counted as it happens.
pub async fn take(engine: &Engine) {
    gauge!("vigie_build_info", "version" => env!("CARGO_PKG_VERSION")).set(1);
    let readiness = engine.readiness().await;
    for model in &readiness.models {
        let (name, version) = (model.name.clone(), model.version.clone());
        gauge!("vigie_model_info", "name" => name, "version" => version).set(1);
    }
    gauge!("vigie_store_up").set(f64::from(u8::from(readiness.is_ready())));
    verdicts(engine);
    let (open, place) = engine.radar_now();
    gauge!("vigie_incidents_open").set(open as f64);
    gauge!("vigie_radar_place").set(place as f64);
    if let Ok(failing) = engine.failing_deliveries().await {
        gauge!("vigie_deliveries_failing").set(failing.len() as f64);
    }
    for source in engine.sources() {
        let is_followed = source.state == SourceState::Followed;
        gauge!("vigie_source_followed", "source" => source.source.clone())
            .set(f64::from(u8::from(is_followed)));
        counter!("vigie_source_tweets_total", "source" => source.source).absolute(source.tweets);
    }
}

fn verdicts(engine: &Engine) {
    let done = engine.done();
    for (label, count) in Label::ALL.into_iter().zip(done.labels) {
        counter!("vigie_analyses_total", "label" => label.as_str()).absolute(count);
    }
    counter!("vigie_analyses_unsure_total").absolute(done.unsure);
    for (says, count) in
        [("agreed", done.agreed), ("disagreed", done.disagreed), ("withdrawn", done.withdrawn)]
    {
        counter!("vigie_feedback_total", "says" => says).absolute(count);
    }
    let (under_way, most) = engine.under_way();
    gauge!("vigie_analyses_in_flight").set(under_way as f64);
    gauge!("vigie_analyses_in_flight_limit").set(most as f64);
    if let Some(used) = engine.cache_use() {
        counter!("vigie_cache_hits_total").absolute(used.hits);
        counter!("vigie_cache_misses_total").absolute(used.misses);
        gauge!("vigie_cache_entries").set(used.entries as f64);
    }
}
