//! English.

use domain::{IncidentState, Severity, WaitingReason};

use super::super::lookout::{Range, Step};
use super::{Stretch, WatchWords, stretch};

/// The page Watch in English.
pub const ENGLISH: WatchWords = WatchWords {
    title: "Watch",
    promise: "Each watch is held against its own past. What is more than usual becomes an incident, with its cause.",
    watches: "Watches",
    open_incidents: |count| match count {
        1 => "1 open incident".to_owned(),
        count => format!("{count} open incidents"),
    },
    empty: "Nothing is watched yet",
    empty_hint: "Name what is to be watched and the words by which its tweets are known. Or look at a watch whose tweets are made up: it has two weeks of past at once, and an incident.",
    simulated: "Simulated: these tweets are made up",
    show_demo: "Show a simulated watch",
    new_watch: "New watch",
    name: "Name",
    query: "Tweets with",
    query_hint: "Words beside each other must all occur, OR stands between alternatives, a minus excludes, quotes hold a phrase together: @united OR \"united airlines\" -manchester",
    make: "Watch",
    remove: "Remove this watch",
    remove_hint: "Its tweets and incidents go with it.",
    newest: "Newest tweet",
    nothing_came: "No tweet has come yet",
    feed_hint: "Tweets come by POST /api/v1/tweets, one or many at a time: /api/docs has an example.",
    range: "Time",
    range_name: |range| match range {
        Range::Day => "24 hours",
        Range::Week => "7 days",
        Range::Month => "28 days",
    },
    chart: |tweets, negatives| format!("{tweets} tweets, {negatives} of them negative"),
    tweets_by: |range| match range {
        Range::Day => "tweets a quarter of an hour",
        Range::Week => "tweets in two hours",
        Range::Month => "tweets in six hours",
    },
    negative_share: "share of negative tweets, with 95 % interval",
    usual: "usual",
    as_table: "As a table",
    as_csv: "As CSV",
    time: "From",
    tweets: "Tweets",
    negatives: "Negative",
    share: "Share",
    incidents: "Incidents",
    no_incidents: "No incident so far. A watch needs half a day of tweets before it can tell what is unusual.",
    severity: |severity| match severity {
        Severity::Low => "Low",
        Severity::Moderate => "Moderate",
        Severity::High => "High",
        Severity::Critical => "Critical",
    },
    state: |state| match state {
        IncidentState::New => "new",
        IncidentState::Acknowledged => "acknowledged",
        IncidentState::Snoozed => "snoozed",
        IncidentState::Resolved => "resolved",
        IncidentState::Dismissed => "not a crisis",
    },
    no_cause: "More negative tweets than usual",
    word: |word| format!("“{word}”"),
    began: "Began",
    detected: "Detected",
    peak: "Peak",
    ended: "Ended",
    goes_on: "goes on",
    extent: |negatives, expected, ratio| {
        format!(
            "{negatives} negative tweets where {expected:.0} are usual, {ratio:.1} times as many at the worst"
        )
    },
    assigned_to: |name| format!("given to {name}"),
    step: |step| match step {
        Step::Acknowledge => "Acknowledge",
        Step::Assign => "Give to",
        Step::Snooze => "Snooze 1 h",
        Step::Resolve => "Resolve",
        Step::Dismiss => "Not a crisis",
        Step::Reopen => "Reopen",
        Step::Note => "Add note",
    },
    note: "Note",
    assignee: "Name",
    why: "Why this alert",
    evidence: |evidence, confidence| {
        format!(
            "Evidence of {evidence:.1} nats; of what looks like this, {:.0}% are incidents.",
            confidence * 100.0
        )
    },
    terms: "Words that are new",
    driving: "Tweets that tell what it is about",
    history: "What was done",
    did: |step| match step {
        Step::Acknowledge => "acknowledged it",
        Step::Assign => "gave it to",
        Step::Snooze => "let it rest",
        Step::Resolve => "resolved it",
        Step::Dismiss => "found it no crisis",
        Step::Reopen => "reopened it",
        Step::Note => "noted:",
    },
    reasons: "What they complain of",
    no_reasons: "No complaint with a known reason in this time.",
    newest_negatives: "Newest negative tweets",
    no_negatives: "No negative tweet in this time.",
    sources: "Sources",
    no_sources: "Tweets come by POST /api/v1/tweets and by `vigie ingest FILE`. The service follows Bluesky when it is started with --bluesky, and X with --x-bearer-token.",
    followed: "Followed",
    waits_because: |reason| match reason {
        WaitingReason::Starting => "Starting",
        WaitingReason::NoWatch => "Waiting for a watch",
        WaitingReason::MonthReadUp => "Waiting for the next month: this one’s tweets are used up",
        WaitingReason::Unreachable => "Waiting: it cannot be reached, and is tried again",
        WaitingReason::Store => "Waiting: our database takes nothing now",
        WaitingReason::Refused => "Waiting: it refuses us, and is tried again each minute",
    },
    since: "since",
    gave: |tweets| format!("tweets since the start: {tweets}"),
    budget: |read, of| format!("{read} of {of} tweets this month"),
    in_utc: "UTC",
    stretch: "A stretch of this time",
    stretch_from: "From (UTC)",
    stretch_to: "To (UTC)",
    show_stretch: "Show it alone",
    whole_time: "All of the time",
    stretch_hint: "Reasons, tweets and incidents are then those of the stretch. It can be drawn on the chart, too.",
    channels: "Channels: who is told of incidents",
    in_campaign: |name| format!("During the planned campaign {name}"),
    nothing_closed: "Resolve incidents, or mark them as not a crisis: from then on this page says how often the radar was right.",
    precision: |real, closed, [share, low, high]| {
        let percent = |share: f64| format!("{:.0}%", 100.0 * share);
        let interval =
            format!("{} (95% interval {} to {})", percent(share), percent(low), percent(high));
        match closed {
            1 => format!("Of 1 incident that people have closed, {real} was real: {interval}."),
            _ => format!(
                "Of {closed} incidents that people have closed, {real} were real: {interval}."
            ),
        }
    },
    what_if: "What if the radar were stricter, or less strict?",
    what_if_hint: "The tweets that are kept are shown to the radar anew, with another threshold: the evidence that an incident takes, in nats. That takes some seconds.",
    threshold: "Threshold in nats",
    ask: "Ask",
    what_if_answer: |answer, tweets| {
        let times = |count| match count {
            0 => "never".to_owned(),
            1 => "once".to_owned(),
            count => format!("{count} times"),
        };
        let stretch = match stretch(answer) {
            Stretch::Hours(1) => "hour".to_owned(),
            Stretch::Hours(hours) => format!("{hours} hours"),
            Stretch::Days(days) => format!("{days} days"),
        };
        let forgotten = match answer.without_text {
            0 => String::new(),
            count => format!(" This is approximate: the text of {count} of them is forgotten."),
        };
        format!(
            "With a threshold of {} the last {stretch} would have fired {}; with {}, as it is, {}. {tweets} tweets were read.{forgotten}",
            answer.threshold,
            times(answer.fired),
            answer.present_threshold,
            times(answer.present_fired)
        )
    },
    rules: "When messages wait",
    rules_hint: "A message that waits is sent at the end of its wait, unless the incident is over by then. What is critical is told at once, but for the cooldown.",
    own_threshold: "Threshold in nats (empty: 6)",
    cooldown: "Minutes until a further incident that is no worse is told",
    quiet_from: "Quiet from",
    quiet_until: "until",
    zone: "Time zone",
    usual_zone: "Europe/London",
    keep_rules: "Keep",
    campaigns: "Planned campaigns",
    no_campaigns: "None. While a campaign runs, only what is critical is told; all else waits for its end.",
    campaign_name: "Campaign",
    campaign_from: "From",
    campaign_until: "until",
    add_campaign: "Add campaign",
    remove_campaign: |name| format!("Remove {name}"),
};
