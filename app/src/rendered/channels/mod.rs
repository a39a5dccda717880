//! `/watch/channels`: who is told of incidents, how that goes, and a button that shows whether it works.

mod answers;
mod api;
mod channel_card;
mod new_channel;
mod words;

use leptos::prelude::*;
use leptos_meta::{Meta, Title};

use crate::{
    channel_trouble::ChannelTrouble, components::Problem, erase::Erase, preferences::Language,
    reader,
};
use answers::Told;
use channel_card::ChannelCard;
use new_channel::NewChannel;
use words::ChannelWords;

/// While a receiver does not take its messages the page asks how it goes, so often.
const ASK_AGAIN_MS: &str = "5000";

/// The page.
pub fn channels() -> AnyView {
    let say = say();
    let refusal = reader::refusal().map(|refusal| view! { <Problem error=refusal.error /> });
    let seen = Suspend::new(async move {
        match answers::told().await {
            Ok(told) => seen(told),
            Err(error) => view! { <Problem error /> }.erase(),
        }
    });
    view! {
        <Title text=format!("{} · Vigie", say.title) />
        <Meta name="description" content=say.promise />
        <main id="content" class="page watch channels" data-page="channels">
            <div class="lead">
                <p class="back">
                    <a rel="external" href="/watch">
                        {say.back}
                    </a>
                </p>
                <h1>{say.title}</h1>
                <p>{say.promise}</p>
                {refusal}
            </div>
            {seen}
            <script type="module" src="/live.js"></script>
        </main>
    }
    .erase()
}

fn seen(told: Told) -> AnyView {
    let say = say();
    let Told { channels, watches, at_least, now } = told;
    let is_failing = channels.iter().any(|channel| channel.failing.is_some());
    let ask_again = is_failing.then_some(ASK_AGAIN_MS);
    let none = channels.is_empty().then(|| view! { <p>{say.none_yet}</p> });
    let cards = channels.into_iter().map(|told| {
        let watches = watches.clone();
        view! { <ChannelCard told watches now /> }
    });
    let cards = cards.collect_view();
    view! {
        <section class="channel-list" aria-labelledby="channels-title" data-refresh-ms=ask_again>
            <h2 id="channels-title">{say.channels}</h2>
            {none}
            <ol>{cards}</ol>
        </section>
        <section aria-labelledby="new-channel-title">
            <h2 id="new-channel-title">{say.new_channel}</h2>
            <NewChannel watches at_least />
        </section>
    }
    .erase()
}

/// What is said of a channel in `language`.
pub fn said_of_a_channel(language: Language, trouble: &ChannelTrouble) -> String {
    (words(language).trouble)(trouble)
}

/// What the page says, in the reader's language.
fn say() -> &'static ChannelWords {
    words(reader::preferences().language)
}

const fn words(language: Language) -> &'static ChannelWords {
    match language {
        Language::English => &words::ENGLISH,
        Language::French => &words::FRENCH,
    }
}
