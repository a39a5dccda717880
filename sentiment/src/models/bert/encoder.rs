//! The shape of an encoder, as Hugging Face's `config.json` tells it.

use serde::{Deserialize, Serialize};

/// The widest layer that is believed: a larger number is a damaged file.
const MAX_SIZE: usize = 65_536;
/// The most words that are believed.
const MAX_WORDS: usize = 10_000_000;

/// The shape of an encoder.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EncoderConfig {
    /// Rows of the word table: pieces that the tokenizer knows.
    pub words: usize,
    /// The most tokens that a text can have.
    pub positions: usize,
    /// Numbers per token.
    pub hidden: usize,
    /// How many layers.
    pub layers: usize,
    /// Heads of attention, each of `hidden / heads` numbers.
    pub heads: usize,
    /// Numbers per token between a layer's two dense maps.
    pub inner: usize,
    /// What a norm adds to the variance before its root is taken.
    pub epsilon: f32,
}

/// BERT's own names for the same, and MiniLM's, which is a BERT.
#[derive(Deserialize)]
struct Bert {
    vocab_size: usize,
    max_position_embeddings: usize,
    hidden_size: usize,
    num_hidden_layers: usize,
    num_attention_heads: usize,
    intermediate_size: usize,
    layer_norm_eps: f32,
    hidden_act: String,
    #[serde(default)]
    position_embedding_type: Option<String>,
}

/// DistilBERT's names.
#[derive(Deserialize)]
struct DistilBert {
    vocab_size: usize,
    max_position_embeddings: usize,
    dim: usize,
    n_layers: usize,
    n_heads: usize,
    hidden_dim: usize,
    activation: String,
}

/// DistilBERT's norms all add this; its `config.json` does not say so.
const DISTILBERT_EPSILON: f32 = 1e-12;

/// Which architectures there are.
#[derive(Deserialize)]
#[serde(tag = "model_type", rename_all = "lowercase")]
enum Architecture {
    Bert(Bert),
    DistilBert(DistilBert),
}

impl EncoderConfig {
    /// The shape that the `config.json` of a Hugging Face directory tells.
    ///
    /// # Errors
    /// In a sentence, if it is of another architecture than BERT (MiniLM is one) or DistilBERT,
    /// or of a variant that is not known here.
    pub fn from_hugging_face(json: &[u8]) -> Result<Self, String> {
        let architecture = serde_json::from_slice(json).map_err(|error| {
            format!("config.json is of no BERT, MiniLM or DistilBERT encoder: {error}")
        })?;
        let config = match architecture {
            Architecture::Bert(bert) => {
                let positions = bert.position_embedding_type.as_deref();
                if positions.is_some_and(|kind| kind != "absolute") {
                    return Err(
                        "only absolute positions are known, choose an encoder that has them"
                            .to_owned(),
                    );
                }
                exact_gelu(&bert.hidden_act)?;
                Self {
                    words: bert.vocab_size,
                    positions: bert.max_position_embeddings,
                    hidden: bert.hidden_size,
                    layers: bert.num_hidden_layers,
                    heads: bert.num_attention_heads,
                    inner: bert.intermediate_size,
                    epsilon: bert.layer_norm_eps,
                }
            }
            Architecture::DistilBert(bert) => {
                exact_gelu(&bert.activation)?;
                Self {
                    words: bert.vocab_size,
                    positions: bert.max_position_embeddings,
                    hidden: bert.dim,
                    layers: bert.n_layers,
                    heads: bert.n_heads,
                    inner: bert.hidden_dim,
                    epsilon: DISTILBERT_EPSILON,
                }
            }
        };
        config.check()?;
        Ok(config)
    }

    /// Says what no network could be made of.
    pub(super) fn check(&self) -> Result<(), String> {
        let Self { positions, hidden, layers, heads, inner, .. } = *self;
        let sizes = [positions, hidden, layers, heads, inner];
        if sizes.iter().any(|size| !(1..=MAX_SIZE).contains(size)) {
            return Err(format!("an encoder's sizes must be from 1 to {MAX_SIZE}"));
        }
        if !(1..=MAX_WORDS).contains(&self.words) {
            return Err(format!("an encoder's words must be from 1 to {MAX_WORDS}"));
        }
        if !hidden.is_multiple_of(heads) {
            return Err(format!("{hidden} numbers cannot be shared among {heads} heads"));
        }
        if !(self.epsilon.is_finite() && self.epsilon >= 0.0) {
            return Err(format!("epsilon must be 0 or above it, not {}", self.epsilon));
        }
        Ok(())
    }
}

fn exact_gelu(name: &str) -> Result<(), String> {
    if name == "gelu" {
        return Ok(());
    }
    Err(format!(
        "its activation is {name:?} where only \"gelu\" is known: choose an encoder with it"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINILM: &str = r#"{"model_type": "bert", "vocab_size": 30522, "max_position_embeddings": 512,
        "hidden_size": 384, "num_hidden_layers": 6, "num_attention_heads": 12,
        "intermediate_size": 1536, "layer_norm_eps": 1e-12, "hidden_act": "gelu",
        "position_embedding_type": "absolute", "type_vocab_size": 2}"#;

    #[test]
    fn minilm_and_distilbert_are_told_by_the_names_of_their_own() {
        let minilm = EncoderConfig::from_hugging_face(MINILM.as_bytes()).unwrap();
        assert_eq!((minilm.hidden, minilm.layers, minilm.heads, minilm.inner), (384, 6, 12, 1536));
        let distilbert = br#"{"model_type": "distilbert", "vocab_size": 30522, "dim": 768,
            "max_position_embeddings": 512, "n_layers": 6, "n_heads": 12, "hidden_dim": 3072,
            "activation": "gelu", "sinusoidal_pos_embds": false}"#;
        let distilbert = EncoderConfig::from_hugging_face(distilbert).unwrap();
        assert_eq!((distilbert.hidden, distilbert.layers, distilbert.inner), (768, 6, 3072));
    }

    #[test]
    fn what_is_not_known_is_refused_by_its_name() {
        for (from, to, word) in [
            ("\"bert\"", "\"roberta\"", "roberta"),
            ("\"gelu\"", "\"relu\"", "relu"),
            ("\"absolute\"", "\"relative_key\"", "absolute"),
            ("\"num_attention_heads\": 12", "\"num_attention_heads\": 7", "7 heads"),
            ("\"hidden_size\": 384", "\"hidden_size\": 0", "sizes"),
        ] {
            let changed = MINILM.replace(from, to);
            let error = EncoderConfig::from_hugging_face(changed.as_bytes()).unwrap_err();
            assert!(error.contains(word), "{to}: {error}");
        }
    }
}
