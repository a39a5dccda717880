//! The weights of a Hugging Face directory, under the names and in the shapes of this crate.

use safetensors::SafeTensors;

use super::{EncoderConfig, Parameter, parameters};
use crate::models::tensors;

/// An encoder's weights without a head.
#[derive(Clone, Debug, PartialEq)]
pub struct Checkpoint {
    /// The vectors of the words, `(words, hidden)`.
    pub words: Vec<f32>,
    /// All parameters but the head's, in the order of [`parameters`].
    pub encoder: Vec<f32>,
}

/// How an architecture names a layer's arrays.
struct Names {
    layer: &'static str,
    attending: [&'static str; 3],
    projection: &'static str,
    attention_norm: &'static str,
    inner: &'static str,
    outer: &'static str,
    output_norm: &'static str,
}

const BERT: Names = Names {
    layer: "encoder.layer",
    attending: ["attention.self.query", "attention.self.key", "attention.self.value"],
    projection: "attention.output.dense",
    attention_norm: "attention.output.LayerNorm",
    inner: "intermediate.dense",
    outer: "output.dense",
    output_norm: "output.LayerNorm",
};

const DISTILBERT: Names = Names {
    layer: "transformer.layer",
    attending: ["attention.q_lin", "attention.k_lin", "attention.v_lin"],
    projection: "attention.out_lin",
    attention_norm: "sa_layer_norm",
    inner: "ffn.lin1",
    outer: "ffn.lin2",
    output_norm: "output_layer_norm",
};

const WORDS: &str = "embeddings.word_embeddings.weight";
const POSITIONS: &str = "embeddings.position_embeddings.weight";
const TYPES: &str = "embeddings.token_type_embeddings.weight";
const NORM: &str = "embeddings.LayerNorm";

/// The arrays of a file, by the names that they have after the model's own (`bert.`).
struct File<'a> {
    tensors: SafeTensors<'a>,
    prefix: &'static str,
}

impl Checkpoint {
    /// Reads the content of `model.safetensors`: BERT, MiniLM or DistilBERT, with or without a
    /// task's head, whose arrays are left out. A text is one segment, so the first token type's
    /// vector is added to every position's.
    ///
    /// # Errors
    /// In a sentence, if it is damaged or not of this shape.
    pub fn read(content: &[u8], config: &EncoderConfig) -> Result<Self, String> {
        let tensors = SafeTensors::deserialize(content)
            .map_err(|error| format!("model.safetensors is damaged: {error}"))?;
        let prefix = ["", "bert.", "distilbert."]
            .into_iter()
            .find(|prefix| tensors.tensor(&format!("{prefix}{WORDS}")).is_ok())
            .ok_or_else(|| {
                format!("model.safetensors holds no {WORDS}: it is of no BERT encoder")
            })?;
        let file = File { tensors, prefix };
        let names = if file.has(&format!("{}.0.{}.weight", DISTILBERT.layer, DISTILBERT.projection))
        {
            &DISTILBERT
        } else {
            &BERT
        };
        let mut encoder = Vec::new();
        for parameter in parameters(config, 0).iter().filter(|p| p.depth <= config.layers) {
            encoder.extend(file.parameter(parameter, names, config)?);
        }
        let words = file.array(WORDS, &[config.words, config.hidden])?;
        Ok(Self { words, encoder })
    }
}

/// An array of a Hugging Face file: its name, its shape and its numbers.
pub type NamedArray = (String, Vec<usize>, Vec<f32>);

impl Checkpoint {
    /// The arrays of a `model.safetensors` of a BERT of this shape, as [`Checkpoint::read`] reads
    /// them. The token types have no vectors of their own: they are in the positions'.
    #[must_use]
    pub fn arrays(&self, config: &EncoderConfig) -> Vec<NamedArray> {
        let hidden = config.hidden;
        let mut arrays = vec![
            (WORDS.to_owned(), vec![config.words, hidden], self.words.clone()),
            (TYPES.to_owned(), vec![2, hidden], vec![0.0; 2 * hidden]),
        ];
        let mut rest = self.encoder.as_slice();
        for parameter in parameters(config, 0).iter().filter(|p| p.depth <= config.layers) {
            let (values, after) = rest.split_at(parameter.count());
            rest = after;
            for (name, part) in written(parameter).into_iter().zip(parts(parameter, values)) {
                let shape = match parameter.shape[..] {
                    [_, columns] if !parameter.name.ends_with("norm") => {
                        vec![part.len() / columns, columns]
                    }
                    _ => vec![part.len()],
                };
                arrays.push((name, shape, part.to_vec()));
            }
        }
        arrays
    }
}

/// The names under which BERT has the parts of one of our parameters.
fn written(parameter: &Parameter) -> Vec<String> {
    let both = |name: String| vec![format!("{name}.weight"), format!("{name}.bias")];
    match parameter.name.split('.').collect::<Vec<_>>()[..] {
        ["positions"] => vec![POSITIONS.to_owned()],
        ["norm"] => both(NORM.to_owned()),
        ["layer", layer, part, ..] => {
            let at = |name: &str| format!("{}.{layer}.{name}", BERT.layer);
            let end = parameter.name.rsplit('.').next().unwrap_or_default();
            match part {
                "attention_norm" => both(at(BERT.attention_norm)),
                "output_norm" => both(at(BERT.output_norm)),
                "attending" => BERT.attending.map(|name| format!("{}.{end}", at(name))).to_vec(),
                "projection" => vec![format!("{}.{end}", at(BERT.projection))],
                "inner" => vec![format!("{}.{end}", at(BERT.inner))],
                _ => vec![format!("{}.{end}", at(BERT.outer))],
            }
        }
        _ => Vec::new(),
    }
}

/// The numbers of each of those parts.
fn parts<'a>(parameter: &Parameter, values: &'a [f32]) -> std::slice::Chunks<'a, f32> {
    let parts = written(parameter).len().max(1);
    values.chunks(values.len() / parts)
}

impl File<'_> {
    /// The numbers of one of our parameters.
    fn parameter(
        &self,
        parameter: &Parameter,
        names: &Names,
        config: &EncoderConfig,
    ) -> Result<Vec<f32>, String> {
        let hidden = config.hidden;
        match parameter.name.split('.').collect::<Vec<_>>()[..] {
            ["positions"] => self.positions(config),
            ["norm"] => self.norm(NORM, hidden),
            ["layer", layer, part, ..] => {
                let at = |name: &str| format!("{}.{layer}.{name}", names.layer);
                let end = parameter.name.rsplit('.').next().unwrap_or_default();
                let map = |name: &str| self.array(&format!("{}.{end}", at(name)), &parameter.shape);
                match part {
                    "attention_norm" => self.norm(&at(names.attention_norm), hidden),
                    "output_norm" => self.norm(&at(names.output_norm), hidden),
                    "attending" => {
                        let mut shape = parameter.shape.clone();
                        shape[0] /= 3;
                        let mut all = Vec::new();
                        for name in names.attending {
                            all.extend(self.array(&format!("{}.{end}", at(name)), &shape)?);
                        }
                        Ok(all)
                    }
                    "projection" => map(names.projection),
                    "inner" => map(names.inner),
                    _ => map(names.outer),
                }
            }
            _ => Err(format!("{} has no counterpart in a Hugging Face file", parameter.name)),
        }
    }

    fn positions(&self, config: &EncoderConfig) -> Result<Vec<f32>, String> {
        let hidden = config.hidden;
        let mut positions = self.array(POSITIONS, &[config.positions, hidden])?;
        if self.has(TYPES) {
            let types = self
                .numbers(TYPES, |shape| shape.len() == 2 && shape[0] > 0 && shape[1] == hidden)?;
            for position in positions.chunks_exact_mut(hidden) {
                position.iter_mut().zip(&types).for_each(|(sum, t)| *sum += t);
            }
        }
        Ok(positions)
    }

    /// Scale, then shift. Files made before 2019 call them gamma and beta.
    fn norm(&self, name: &str, hidden: usize) -> Result<Vec<f32>, String> {
        let old = self.has(&format!("{name}.gamma"));
        let ends = if old { ["gamma", "beta"] } else { ["weight", "bias"] };
        let mut both = Vec::with_capacity(2 * hidden);
        for end in ends {
            both.extend(self.array(&format!("{name}.{end}"), &[hidden])?);
        }
        Ok(both)
    }

    fn has(&self, name: &str) -> bool {
        self.tensors.tensor(&format!("{}{name}", self.prefix)).is_ok()
    }

    fn array(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, String> {
        self.numbers(name, |found| found == shape)
            .map_err(|error| format!("{error}; config.json wants {shape:?}"))
    }

    fn numbers(&self, name: &str, fits: impl Fn(&[usize]) -> bool) -> Result<Vec<f32>, String> {
        let name = format!("{}{name}", self.prefix);
        let tensor =
            self.tensors.tensor(&name).map_err(|_| format!("model.safetensors lacks {name}"))?;
        if !fits(tensor.shape()) {
            return Err(format!("{name} of model.safetensors is {:?}", tensor.shape()));
        }
        let numbers: Vec<f32> =
            tensors::numbers(&tensor).map_err(|error| format!("{name}: {error}"))?.collect();
        if numbers.iter().any(|number| !number.is_finite()) {
            return Err(format!("{name} of model.safetensors holds numbers that are not finite"));
        }
        Ok(numbers)
    }
}
