//! All weights of an encoder and its head in one array, and what lies where.

use std::iter;

use super::{EncoderConfig, output::Output};
use crate::layers::{Affine, EncoderLayer};

/// One named array among the parameters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Its name in a bundle.
    pub name: String,
    /// Its size in each dimension.
    pub shape: Vec<usize>,
    /// The layer that it belongs to, from 1; 0 for the embedding, one more than the last layer's
    /// for the head.
    pub depth: usize,
}

impl Parameter {
    /// How many numbers it has.
    #[must_use]
    pub fn count(&self) -> usize {
        self.shape.iter().product()
    }
}

/// The parameters of an encoder with `outputs` logits, in the order in which they lie one after
/// the other. The word table is apart, `(words, hidden)` under [`WORDS`].
///
/// | name | shape |
/// |---|---|
/// | `positions` | `(positions, hidden)`; the first token type's vector is in it |
/// | `norm`, `layer.N.attention_norm`, `layer.N.output_norm` | `(2, hidden)`: scale, shift |
/// | `layer.N.attending.weight` | `(3 · hidden, hidden)`: queries, keys, values |
/// | `layer.N.projection.weight` | `(hidden, hidden)` |
/// | `layer.N.inner.weight`, `layer.N.outer.weight` | `(inner, hidden)`, `(hidden, inner)` |
/// | `output.weight` | `(hidden, outputs)` |
/// | `….bias` | `(outputs of the map)` |
#[must_use]
pub fn parameters(config: &EncoderConfig, outputs: usize) -> Vec<Parameter> {
    let &EncoderConfig { positions, hidden, layers, inner, .. } = config;
    let mut list = Vec::new();
    let mut add = |name: String, shape: &[usize], depth| {
        list.push(Parameter { name, shape: shape.to_vec(), depth });
    };
    add("positions".to_owned(), &[positions, hidden], 0);
    add("norm".to_owned(), &[2, hidden], 0);
    for layer in 0..layers {
        let maps = [
            ("attending", Some((3 * hidden, hidden))),
            ("projection", Some((hidden, hidden))),
            ("attention_norm", None),
            ("inner", Some((inner, hidden))),
            ("outer", Some((hidden, inner))),
            ("output_norm", None),
        ];
        for (name, map) in maps {
            let name = format!("layer.{layer}.{name}");
            match map {
                Some((rows, columns)) => {
                    add(format!("{name}.weight"), &[rows, columns], layer + 1);
                    add(format!("{name}.bias"), &[rows], layer + 1);
                }
                None => add(name, &[2, hidden], layer + 1),
            }
        }
    }
    add("output.weight".to_owned(), &[hidden, outputs], layers + 1);
    add("output.bias".to_owned(), &[outputs], layers + 1);
    list
}

/// The word table's name in a bundle.
pub const WORDS: &str = "words";

/// The parameters, borrowed: `T` is `&[f32]` for weights and `&mut [f32]` for their gradients.
pub(super) struct Parts<T> {
    pub positions: T,
    pub norm: T,
    pub layers: Vec<EncoderLayer<T>>,
    pub output: Output<T>,
}

impl<'a> Parts<&'a [f32]> {
    /// Cuts `values`, which holds exactly these parameters.
    pub(super) fn of(values: &'a [f32], counts: &[usize]) -> Self {
        let mut rest = values;
        Self::from_arrays(&mut counts.iter().map(move |&count| {
            let (array, after) = rest.split_at(count);
            rest = after;
            array
        }))
    }
}

impl<'a> Parts<&'a mut [f32]> {
    /// Cuts `values`, which holds exactly these parameters.
    pub(super) fn of_mut(values: &'a mut [f32], counts: &[usize]) -> Self {
        let mut rest = values;
        Self::from_arrays(&mut counts.iter().map(move |&count| {
            let (array, after) = std::mem::take(&mut rest).split_at_mut(count);
            rest = after;
            array
        }))
    }
}

impl<T> Parts<T> {
    /// In the order of [`parameters`].
    fn from_arrays(arrays: &mut dyn ExactSizeIterator<Item = T>) -> Self {
        const AROUND: usize = 4;
        const PER_LAYER: usize = 10;
        let layers = (arrays.len() - AROUND) / PER_LAYER;
        let mut next = || arrays.next().expect("as many arrays as parameters");
        let (positions, norm) = (next(), next());
        let layers = iter::repeat_with(|| EncoderLayer {
            attending: Affine { weight: next(), bias: next() },
            projection: Affine { weight: next(), bias: next() },
            attention_norm: next(),
            inner: Affine { weight: next(), bias: next() },
            outer: Affine { weight: next(), bias: next() },
            output_norm: next(),
        })
        .take(layers)
        .collect();
        Self { positions, norm, layers, output: Output { weight: next(), bias: next() } }
    }
}
