//! Texts of simulated tweets, put together from templates written for this. An opening, a matter
//! and an end are drawn on their own, so that there are tens of thousands of texts.

use domain::{Label, Reason};
use rand::{RngExt, seq::IndexedRandom};
use rand_chacha::ChaCha8Rng;

const AIRLINES: [&str; 6] =
    ["@skyfar", "@northwing", "@aerolane", "@bluecrest", "@meridair", "@pelican"];
const CITIES: [&str; 24] = [
    "Denver", "Boston", "Austin", "Lyon", "Oslo", "Tampa", "Dallas", "Newark", "Dublin", "Porto",
    "Miami", "Leeds", "Phoenix", "Geneva", "Madrid", "Seattle", "Reno", "Tulsa", "Krakow",
    "Bergen", "Omaha", "Nice", "Malaga", "Fargo",
];
const OPENINGS: [&str; 16] = [
    "",
    "honestly",
    "hey",
    "so",
    "well",
    "right now",
    "again",
    "just saying",
    "update",
    "today",
    "ok",
    "my mother says",
    "as always",
    "for the record",
    "question",
    "on my way to {city}",
];
const ENDS: [&str; 20] = [
    "",
    "in {city}",
    "on flight {number}",
    "since this morning",
    "and I am not the only one",
    "at gate {number}",
    "for my family of {digit}",
    "before my trip to {city}",
    "third time this year",
    "with two small kids",
    "on the way home",
    "after {digit} emails",
    "says a friend from {city}",
    "and it is Monday",
    "near row {number}",
    "with a connection in {city}",
    "just so you know",
    "what do you say",
    "see you in {city}",
    "on the {city} route",
];
const BITTER: [&str; 10] = [
    "unacceptable",
    "never again",
    "so disappointed",
    "this is a disgrace",
    "worst airline",
    "do better",
    "what a mess",
    "I want a refund",
    "fed up",
    "shame on you",
];
const POSITIVE: [&str; 14] = [
    "thank you for the smooth flight",
    "your crew was wonderful",
    "boarding was quick and friendly",
    "great view from seat {number}",
    "the new lounge is lovely",
    "thanks for finding my jacket",
    "best landing in years",
    "you made my day",
    "on time and kind",
    "the upgrade was a nice surprise",
    "love the new app",
    "free snacks and a smile",
    "the pilot was so funny",
    "you fixed it in minutes",
];
const NEUTRAL: [&str; 16] = [
    "do you fly to {city} in May",
    "what is the luggage limit",
    "can I bring my guitar on board",
    "which terminal do you use in {city}",
    "is flight {number} on schedule",
    "how do I add my frequent flyer number",
    "sent you a message",
    "do you serve vegetarian meals",
    "when do fares for {city} come out",
    "is there wifi on the {city} route",
    "I will be on flight {number}",
    "your new planes are in the news",
    "does the fare include a bag",
    "can I change my seat online",
    "where is your office in {city}",
    "who sponsors the match in {city}",
];
/// In the order of [`Reason::ALL`].
const MATTERS: [[&str; 6]; 9] = [
    [
        "my seat does not recline",
        "no screen works and it is freezing",
        "the food was cold and late",
        "we sit in the aircraft without air",
        "the cabin was filthy",
        "my tray table is broken",
    ],
    [
        "you cancelled my flight",
        "flight {number} is cancelled without a word",
        "our flight home got cancelled",
        "cancelled for the second time",
        "stranded because you cancelled",
        "why was {number} cancelled",
    ],
    [
        "on hold for {number} minutes",
        "nobody answers the phone",
        "your agent hung up on me",
        "no reply to my messages",
        "the help desk was rude",
        "I cannot reach a human",
    ],
    [
        "my suitcase arrived smashed",
        "you broke my guitar",
        "the wheels of my bag are gone",
        "my stroller came out bent",
        "the handle was torn off",
        "my bag is soaked",
    ],
    [
        "the flight attendant yelled at me",
        "the crew ignored us",
        "a steward was rude to my father",
        "crew laughed at my question",
        "nobody on board wanted to help",
        "the purser threatened us",
    ],
    [
        "the site rejects my card",
        "I was charged twice",
        "my booking vanished",
        "the app crashes when I pay",
        "you changed my seat after I paid",
        "my voucher does not work",
    ],
    [
        "we are {digit} hours late",
        "still waiting for a crew",
        "delayed again",
        "missed my connection because of you",
        "sitting on the tarmac for {number} minutes",
        "the new departure time moved again",
    ],
    [
        "the line at check in is endless",
        "one desk open for {number} people",
        "the security queue is a joke",
        "an hour in line for the bag drop",
        "nobody moves at the counter",
        "the queue goes out of the door",
    ],
    [
        "my bag is still in {city}",
        "you lost my luggage",
        "no bag and no answer",
        "day {digit} without my suitcase",
        "the tracker says my bag never left",
        "all our bags are missing",
    ],
];
const VAGUE: [&str; 6] = [
    "I am done with you",
    "what a terrible day",
    "how can you be this bad",
    "you ruined my holiday",
    "nothing works here",
    "this is not what I paid for",
];
/// What an incident is about beside its reason: nobody writes it on another day.
const AFFAIRS: [&str; 16] = [
    "snowstorm at the hub",
    "the server outage",
    "the pilot strike",
    "a dog in the hold",
    "the viral video",
    "fuel leak",
    "the new bag fee",
    "smoke in the cabin",
    "the wheelchair story",
    "the data breach",
    "a crew dispute",
    "the runway closure",
    "overbooked charter",
    "the leaked memo",
    "hail damage",
    "the vaccine form",
];
/// What campaigns and jokes are about.
const HASHTAGS: [&str; 10] = [
    "#FlyForFifty",
    "#WingsOfJune",
    "#SnackGate",
    "#SeatSelfie",
    "#MyFirstFlight",
    "#MileMonday",
    "#CabinKaraoke",
    "#WindowOrAisle",
    "#PackLight",
    "#TakeMeTo",
];

/// What a text is made of beside label and reason.
#[derive(Clone, Copy, Debug, Default)]
pub struct Theme {
    /// An affair by its number.
    pub affair: Option<usize>,
    /// A hashtag by its number.
    pub hashtag: Option<usize>,
}

/// A text of `label` that complains of `reason`.
pub fn write(
    random: &mut ChaCha8Rng,
    watch: usize,
    label: Label,
    reason: Option<Reason>,
    theme: Theme,
) -> String {
    let mut text = String::with_capacity(120);
    let mut add = |random: &mut ChaCha8Rng, part: &str| {
        if part.is_empty() {
            return;
        }
        if !text.is_empty() {
            text.push(' ');
        }
        fill(&mut text, part, random);
    };
    add(random, AIRLINES[watch % AIRLINES.len()]);
    let opening = pick(random, &OPENINGS);
    add(random, opening);
    let matter = match (label, reason) {
        (Label::Negative, Some(reason)) => pick(random, &MATTERS[reason as usize]),
        (Label::Negative, None) => pick(random, &VAGUE),
        (Label::Neutral, _) => pick(random, &NEUTRAL),
        (Label::Positive, _) => pick(random, &POSITIVE),
    };
    add(random, matter);
    if let Some(affair) = theme.affair {
        add(random, AFFAIRS[affair % AFFAIRS.len()]);
    }
    let end = pick(random, &ENDS);
    add(random, end);
    if label == Label::Negative && random.random_bool(0.6) {
        let bitter = pick(random, &BITTER);
        add(random, bitter);
    }
    if let Some(hashtag) = theme.hashtag {
        add(random, HASHTAGS[hashtag % HASHTAGS.len()]);
    }
    text
}

fn pick(random: &mut ChaCha8Rng, from: &[&'static str]) -> &'static str {
    from.choose(random).copied().unwrap_or_default()
}

fn fill(text: &mut String, part: &str, random: &mut ChaCha8Rng) {
    let mut rest = part;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let (hole, after) = after.split_once('}').unwrap_or((after, ""));
        match hole {
            "city" => text.push_str(pick(random, &CITIES)),
            "digit" => text.push_str(&random.random_range(2..9).to_string()),
            _ => text.push_str(&random.random_range(11..980).to_string()),
        }
        rest = after;
    }
    text.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::stream;

    #[test]
    fn every_reason_is_written_without_holes_in_many_ways() {
        let mut random = stream(1, "texts", 0);
        for reason in Reason::ALL {
            let mut texts: Vec<String> = (0..200)
                .map(|_| write(&mut random, 0, Label::Negative, Some(reason), Theme::default()))
                .collect();
            assert!(texts.iter().all(|text| !text.contains(['{', '}'])));
            texts.sort_unstable();
            texts.dedup();
            assert!(texts.len() > 180, "{reason}: {}", texts.len());
        }
    }
}
