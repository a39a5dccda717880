//! A released encoder in 8 bits, laid out for the arithmetic that serves it.

use anyhow::{Context, Result, ensure};
use sentiment::{
    bundle::{Bundle, BundleFiles, CARD, CONFIG, Card, TOKENIZER, WEIGHTS},
    models::{
        Outline,
        bert::{BLOCK, Config, FAMILY, WORDS},
    },
};

use super::bundle::json;
use crate::{
    eight_bits::{self, Part, Scales},
    tensors::{self, Array, Arrays},
};

/// The bundle called `name` of the weights of `bundle`: word vectors in 8 bits with a scale a word,
/// maps in 8 bits with a scale for each [`BLOCK`] of inputs of an output, as they have when they
/// are served, the rest in 16 bits.
///
/// The numbers that a layer passes on are put in another order, which changes nothing but what
/// shares a scale: those with the widest range come first, because a wide one makes the steps of
/// all that share its scale coarse (Bondarenko, Nagel and Blankevoort 2021, who permute for the
/// same reason).
///
/// # Errors
/// If it is no encoder, or lacks a tensor.
pub fn shrink(bundle: &Bundle, name: &str, card: &Card) -> Result<Bundle> {
    let Outline { family, .. } = bundle.json(CONFIG)?;
    ensure!(family == FAMILY, "{} is a “{family}”, not a “{FAMILY}”", bundle.name());
    let config: Config = bundle.json(CONFIG)?;
    let (mut weights, _) = tensors::from_bytes(bundle.file(WEIGHTS)?)?;
    loudest_first(&mut weights, config.encoder.layers)?;
    let parts: Vec<Part> = weights.iter().flat_map(|(name, array)| parts(name, array)).collect();
    let files = [
        (WEIGHTS, eight_bits::to_bytes(&parts)?),
        (CONFIG, bundle.file(CONFIG)?.to_vec()),
        (TOKENIZER, bundle.file(TOKENIZER)?.to_vec()),
        (CARD, json(card)?),
    ];
    let files: BundleFiles =
        files.into_iter().map(|(name, content)| (name.to_owned(), content)).collect();
    Ok(Bundle::create(name, files)?)
}

/// An array as it is written: a map's weights or word vectors and their scales, or numbers in 16
/// bits.
fn parts(name: &str, array: &Array) -> Vec<Part> {
    let is_map = name.starts_with("layer.") && name.ends_with(".weight");
    let scales = match array.shape.as_slice() {
        &[_, columns] if name == WORDS => Scales::InRows(columns),
        [_, _] if is_map => Scales::InRows(BLOCK),
        _ => return vec![eight_bits::halves(name, array)],
    };
    eight_bits::small(name, array, scales).to_vec()
}

/// Puts the numbers with the widest range first: those between the layers by the scales of all
/// norms, those inside each layer by what its norm and weights make of them.
fn loudest_first(weights: &mut Arrays, layers: usize) -> Result<()> {
    let norms = weights.iter().filter(|(name, _)| name.ends_with("norm"));
    let hidden = weights.get("norm").with_context(|| missing("norm"))?.shape[1];
    let mut range = vec![0.0; hidden];
    for (_, norm) in norms {
        range.iter_mut().zip(&norm.values).for_each(|(range, scale)| *range += scale * scale);
    }
    let order = descending(&range);
    for layer in 0..layers {
        let name = |part: &str| format!("layer.{layer}.{part}");
        let order = descending(&reach(weights, &name)?);
        permute(weights, &name("inner.weight"), Rows, &order)?;
        permute(weights, &name("inner.bias"), Columns, &order)?;
        permute(weights, &name("outer.weight"), Columns, &order)?;
    }
    for name in [WORDS, "positions", "norm"] {
        permute(weights, name, Columns, &order)?;
    }
    for layer in 0..layers {
        let name = |part: &str| format!("layer.{layer}.{part}");
        let columns = [
            "attending.weight",
            "projection.bias",
            "inner.weight",
            "outer.bias",
            "attention_norm",
            "output_norm",
        ];
        for part in columns {
            permute(weights, &name(part), Columns, &order)?;
        }
        for part in ["projection.weight", "outer.weight"] {
            permute(weights, &name(part), Rows, &order)?;
        }
    }
    permute(weights, "output.weight", Rows, &order)
}

/// How high each unit of the wide layer gets: three standard deviations above its mean, where what
/// the norm before it passes on is standard normal.
fn reach(weights: &Arrays, name: &dyn Fn(&str) -> String) -> Result<Vec<f32>> {
    let of = |part| {
        let name = name(part);
        weights.get(&name).with_context(|| missing(&name))
    };
    let (norm, inner, bias) = (of("attention_norm")?, of("inner.weight")?, of("inner.bias")?);
    let (scale, shift) = norm.values.split_at(norm.shape[1]);
    let units = inner.values.chunks_exact(norm.shape[1]).zip(&bias.values);
    Ok(units
        .map(|(weights, bias)| {
            let variance: f32 = weights.iter().zip(scale).map(|(w, s)| w * w * s * s).sum();
            let mean: f32 = weights.iter().zip(shift).map(|(w, s)| w * s).sum();
            mean + bias + 3.0 * variance.sqrt()
        })
        .collect())
}

/// What of an array is put in another order.
enum Along {
    Rows,
    Columns,
}
use Along::{Columns, Rows};

fn permute(weights: &mut Arrays, name: &str, along: Along, order: &[usize]) -> Result<()> {
    let array = weights.get_mut(name).with_context(|| missing(name))?;
    let columns = array.shape.last().copied().unwrap_or(1);
    let rows = array.values.chunks_exact(columns);
    array.values = match along {
        Columns => rows.flat_map(|row| order.iter().map(|&place| row[place])).collect(),
        Rows => {
            let rows: Vec<&[f32]> = rows.collect();
            order.iter().flat_map(|&place| rows[place]).copied().collect()
        }
    };
    Ok(())
}

/// The places of `values`, that of the largest first.
fn descending(values: &[f32]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&one, &other| values[other].total_cmp(&values[one]));
    order
}

fn missing(name: &str) -> String {
    format!("{name} is missing")
}
