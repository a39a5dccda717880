//! Attention of one row's tokens to each other, for serving: rows are short, so that plain loops are
//! faster than a general matrix product.

use super::{
    exponential::exp,
    lanes::{LANES, folded, larger, vectorised},
};

/// Queries that share a pass over keys and values.
const QUERIES: usize = 4;

/// Arrays that [`attend`] works in, kept for the next row.
#[derive(Clone, Debug, Default)]
pub struct AttendBuffers {
    /// Of one head: by number of a key, token.
    keys: Vec<f32>,
    /// Of one head: by token, number of a value.
    values: Vec<f32>,
    /// By query of those that are read together, token.
    shares: Vec<f32>,
}

vectorised! {
    /// `softmax(q kᵀ / √size) v` of each head: `projected` is `(length, 3 · heads · size)`, queries, keys and values
    /// side by side, `out` `(length, heads · size)`.
    ///
    /// # Panics
    /// If the lengths do not fit.
    pub fn attend(
        projected: &[f32],
        heads: usize,
        size: usize,
        buffers: &mut AttendBuffers,
        out: &mut [f32],
    ) {
        let width = heads * size;
        let length = out.len() / width;
        assert!(out.len().is_multiple_of(width), "whole rows of {heads} heads");
        assert_eq!(projected.len(), 3 * out.len(), "queries, keys and values");
        let (stride, padded) = (length.next_multiple_of(LANES), size.next_multiple_of(LANES));
        let scale = 1.0 / (size as f32).sqrt();
        let AttendBuffers { keys, values, shares } = buffers;
        keys.clear();
        keys.resize(size * stride, 0.0);
        values.clear();
        values.resize(length * padded, 0.0);
        shares.clear();
        shares.resize(QUERIES * stride, 0.0);
        for head in 0..heads {
            for token in 0..length {
                let own = &projected[token * 3 * width + head * size..];
                for k in 0..size {
                    keys[k * stride + token] = own[width + k];
                }
                let (whole, rest) = own[2 * width..][..size].as_chunks::<LANES>();
                let values = values[token * padded..][..padded].as_chunks_mut().0;
                for (to, from) in values.iter_mut().zip(whole) {
                    *to = *from;
                }
                if let Some(last) = values.get_mut(whole.len()) {
                    last[..rest.len()].copy_from_slice(rest);
                }
            }
            for first in (0..length).step_by(QUERIES) {
                // The last query is read again where there are fewer.
                let query = |number: usize| (first + number).min(length - 1);
                let at = |number: usize| &projected[query(number) * 3 * width + head * size..][..size];
                score([at(0), at(1), at(2), at(3)], keys, stride, shares);
                let mut totals = [0.0; QUERIES];
                for number in 0..QUERIES {
                    totals[number] = soften(&mut shares[number * stride..][..stride], length, scale);
                }
                let mut sums = [[0.0; LANES]; QUERIES];
                for start in (0..padded).step_by(LANES) {
                    weigh(shares, stride, &values[start..], padded, length, &mut sums);
                    for number in 0..QUERIES {
                        let place = query(number) * width + head * size + start;
                        let count = LANES.min(size - start);
                        for k in 0..count {
                            out[place + k] = sums[number][k] / totals[number];
                        }
                    }
                }
            }
        }
    }
}

/// The scores of each query with each key, as rows of `stride`.
#[inline(always)]
fn score(queries: [&[f32]; QUERIES], keys: &[f32], stride: usize, scores: &mut [f32]) {
    let size = queries[0].len();
    let queries = queries.map(|query| &query[..size]);
    for start in (0..stride).step_by(LANES) {
        let mut sums = [[0.0; LANES]; QUERIES];
        for k in 0..size {
            let keys = &keys[k * stride + start..][..LANES];
            for number in 0..QUERIES {
                let query = queries[number][k];
                for lane in 0..LANES {
                    sums[number][lane] = query.mul_add(keys[lane], sums[number][lane]);
                }
            }
        }
        for number in 0..QUERIES {
            scores[number * stride + start..][..LANES].copy_from_slice(&sums[number]);
        }
    }
}

/// Scores become shares of their sum, which is returned; those beyond `length` become 0.
#[inline(always)]
fn soften(scores: &mut [f32], length: usize, scale: f32) -> f32 {
    scores[length..].fill(f32::NEG_INFINITY);
    let scores = scores.as_chunks_mut::<LANES>().0;
    let mut highest = [f32::NEG_INFINITY; LANES];
    for scores in scores.iter() {
        for lane in 0..LANES {
            highest[lane] = larger(scores[lane], highest[lane]);
        }
    }
    let most = folded(highest, larger);
    let mut sums = [0.0; LANES];
    for scores in scores.iter_mut() {
        for lane in 0..LANES {
            let is_beyond = scores[lane] == f32::NEG_INFINITY;
            let share = exp((scores[lane] - most) * scale);
            scores[lane] = if is_beyond { 0.0 } else { share };
            sums[lane] += scores[lane];
        }
    }
    folded(sums, |one, other| one + other)
}

/// The values of [`LANES`] numbers, weighed by each query's shares.
#[inline(always)]
fn weigh(
    shares: &[f32],
    stride: usize,
    values: &[f32],
    padded: usize,
    length: usize,
    sums: &mut [[f32; LANES]; QUERIES],
) {
    let mut totals = [[0.0; LANES]; QUERIES];
    for token in 0..length {
        let values = &values[token * padded..][..LANES];
        for number in 0..QUERIES {
            let share = shares[number * stride + token];
            for lane in 0..LANES {
                totals[number][lane] = share.mul_add(values[lane], totals[number][lane]);
            }
        }
    }
    *sums = totals;
}
