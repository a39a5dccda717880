//! In what order rows are seen.

use rand::seq::SliceRandom;

use crate::random;

/// Batches whose rows are sorted together, so that rows of like length meet.
const BATCHES_PER_BUCKET: usize = 50;

/// The batches of one epoch, as indices into the rows. Row `n` comes `repeats[n]` times.
///
/// Rows are shuffled, cut into buckets, sorted by length within each, cut into batches, and the
/// batches shuffled: little padding, and no order that lasts. The epoch's number and the seed
/// decide everything.
#[must_use]
pub fn epoch(
    lengths: &[usize],
    repeats: &[u32],
    size: usize,
    seed: u64,
    epoch: u64,
) -> Vec<Vec<usize>> {
    let mut random = random::stream(seed, "order of the epoch", epoch);
    let mut order: Vec<usize> =
        repeats.iter().enumerate().flat_map(|(row, &times)| (0..times).map(move |_| row)).collect();
    order.shuffle(&mut random);
    let mut batches = Vec::with_capacity(order.len() / size + 1);
    for bucket in order.chunks_mut(size * BATCHES_PER_BUCKET) {
        bucket.sort_by_key(|&row| lengths[row]);
        batches.extend(bucket.chunks(size).map(<[usize]>::to_vec));
    }
    batches.shuffle(&mut random);
    batches
}

/// Batches of like length in which every row comes once, for measuring.
#[must_use]
pub fn by_length(lengths: &[usize], size: usize) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..lengths.len()).collect();
    order.sort_by_key(|&row| lengths[row]);
    order.chunks(size).map(<[usize]>::to_vec).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_comes_as_often_as_it_should() {
        let lengths: Vec<usize> = (0..100).map(|n| n % 7 + 1).collect();
        let repeats: Vec<u32> = (0..100).map(|n| n % 3 + 1).collect();
        let mut seen = vec![0; 100];
        epoch(&lengths, &repeats, 8, 1, 0).iter().flatten().for_each(|&row| seen[row] += 1);
        assert_eq!(seen, repeats);
    }

    #[test]
    fn an_epoch_repeats_itself_and_no_other() {
        let (lengths, repeats) = (vec![3; 50], vec![1; 50]);
        assert_eq!(epoch(&lengths, &repeats, 8, 1, 0), epoch(&lengths, &repeats, 8, 1, 0));
        assert_ne!(epoch(&lengths, &repeats, 8, 1, 0), epoch(&lengths, &repeats, 8, 1, 1));
    }

    #[test]
    fn rows_of_like_length_meet() {
        let lengths: Vec<usize> = (0..400).map(|n| n % 40 + 1).collect();
        for batch in epoch(&lengths, &vec![1; 400], 8, 1, 0) {
            let (low, high) = batch
                .iter()
                .fold((99, 0), |(low, high), &row| (lengths[row].min(low), lengths[row].max(high)));
            assert!(high - low <= 2, "{low} to {high}");
        }
    }
}
