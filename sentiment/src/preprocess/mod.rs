//! Text to tokens, once for the trainer, the server and the browser.
//!
//! | in the text | tokens |
//! |---|---|
//! | `&amp;lt;3`, `“`, `ﬁ`, `𝓗𝓲` | decoded, then NFKC, then read as below |
//! | `https://t.co/x`, `www.x.org`, `bit.ly/x`; `me@x.org` | `<url>`; `<email>` |
//! | `@United`, a brand | `<brand>`, or `@united` where brands are kept as words |
//! | `@someone` | `<user>` |
//! | `#LateFlight` | `<hashtag>` `late` `flight` |
//! | `:-)`, `(:`, `=]`; `XD`; `^.^` | `:)`; `xd`; `^_^` |
//! | `👍🏽`, `🤷‍♀️`, `😂😂😂` | `👍`, `🤷`, `😂` `😂` |
//! | `7:30`, `$1,200`, `50%`, `2h` | `<num>`, `$` `<num>`, `<num>` `%`, `<num>` `h` |
//! | `UA1234` | `<flight>` |
//! | `don't`, `isnt`; `airline's` | `don't`, `isnt`; `airline` `'s` |
//! | `l'avion`, `qu'il`, `aujourd'hui` | `l'` `avion`, `qu'` `il`, `aujourd'hui` |
//! | `sooooo`, `whyyy`, `hahahaha` | `soo` `<elong>`, `why` `<elong>`, `haha` |
//! | `I HATE THIS` | `i` `<shout>` `hate` `this`: one mark for a run of shouted words |
//! | `!!!`, `?!?`, `....` | `!!`, `?!`, `...` |
//! | `on-time` | `on` `time` |
//! | `飛行機`, Thai and the like | one token a character |
//!
//! A mark in angle brackets cannot be forged: a written `<` is a token of its own. The work is
//! linear in the length of the text, and at least one token comes out.

mod characters;
mod elongation;
mod emoji;
mod emoticons;
mod entities;
mod handles;
mod hashtags;
mod kind;
mod links;
mod normal_form;
mod numbers;
mod punctuation;
mod scanner;
mod shouting;
mod tokens;
mod words;

#[cfg(test)]
mod properties;
#[cfg(test)]
mod table;

use serde::{Deserialize, Serialize};

pub use kind::TokenKind;
pub(crate) use normal_form::normal_form;

use handles::Brands;
use tokens::Tokens;

/// How a bundle wants its texts read; part of `config.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreprocessConfig {
    /// Handles of the watched brands, lower case, without the `@`.
    pub brands: Vec<String>,
    /// True: a brand's handle becomes `<brand>`. False: it stays the word `@handle`.
    pub brand_token: bool,
    /// How many tokens are read, at least 1; the end of a longer text is cut off. 64 holds all
    /// but a few of the texts of 280 characters.
    pub max_tokens: usize,
}

impl Default for PreprocessConfig {
    /// No brands, 64 tokens.
    fn default() -> Self {
        Self { brands: Vec::new(), brand_token: true, max_tokens: 64 }
    }
}

/// Turns texts into tokens.
#[derive(Clone, Debug)]
pub struct Preprocessor {
    brands: Brands,
    max_tokens: usize,
}

impl Preprocessor {
    /// A token in place of a text in which nothing can be read, such as `&nbsp;`.
    pub const UNREADABLE: &str = "<unk>";

    /// Reads texts as `config` says.
    #[must_use]
    pub fn new(config: &PreprocessConfig) -> Self {
        let brands = Brands::new(&config.brands, config.brand_token);
        Self { brands, max_tokens: config.max_tokens.max(1) }
    }

    /// The tokens of `text`: 1 to `max_tokens`, lower case, without white space.
    #[must_use]
    pub fn words(&self, text: &str) -> Vec<String> {
        let text = normal_form(text);
        let mut tokens = Tokens::new(self.max_tokens);
        scanner::scan(&text, &self.brands, &mut tokens);
        if tokens.is_empty() {
            tokens.push(Self::UNREADABLE);
        }
        tokens.into_words()
    }
}
