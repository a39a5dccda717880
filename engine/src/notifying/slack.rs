//! Messages as Slack's incoming webhooks take them, and Mattermost's and Discord's `/slack` with them.

use serde_json::{Value, json};

use super::message::Message;

/// The body.
pub fn body(message: &Message) -> Value {
    let text = format!("*{}*\n{}", escape(&message.title), escape(&message.lines.join("\n")));
    let link = format!("<{}|{}>", message.link, escape(message.open));
    json!({
        "text": escape(&message.title),
        "blocks": [
            { "type": "section", "text": { "type": "mrkdwn", "text": text } },
            { "type": "context", "elements": [{ "type": "mrkdwn", "text": link }] },
        ],
    })
}

/// The three characters that Slack reads as markup of links and mentions.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_call_a_channel_or_make_a_link() {
        assert_eq!(escape("<!channel> R&D"), "&lt;!channel&gt; R&amp;D");
    }
}
