//! What each thread does: take a block of sentences, thin them out, slide the window.

use std::sync::atomic::Ordering;

use rand::{Rng, RngExt};

use super::{Job, window::Window};
use crate::random;

/// Sentences that a thread takes at a time.
const BLOCK: u64 = 512;

/// Works until no block is left. A block's random numbers depend on the seed and the block alone.
pub fn run(job: &Job<'_>) {
    let sentences = job.corpus.sentences.len() as u64;
    let blocks_per_epoch = sentences.div_ceil(BLOCK);
    let mut window = Window::new(job.settings.dimension);
    loop {
        let block = job.next_block.fetch_add(1, Ordering::Relaxed);
        if block >= blocks_per_epoch * u64::from(job.settings.epochs) {
            return;
        }
        let mut random = random::stream(job.seed, "word2vec: block", block);
        let start = block % blocks_per_epoch * BLOCK;
        let end = (start + BLOCK).min(sentences);
        for sentence in &job.corpus.sentences[start as usize..end as usize] {
            let kept: Vec<u32> = sentence
                .iter()
                .copied()
                .filter(|&word| {
                    job.keep[word as usize] >= 1.0
                        || random.random::<f32>() < job.keep[word as usize]
                })
                .collect();
            slide(job, &kept, &mut window, &mut random);
            job.words_read.fetch_add(sentence.len() as u64, Ordering::Relaxed);
            job.progress.advance(sentence.len() as u64);
        }
    }
}

/// Each word of the sentence among its neighbours; near ones count more often, as the window's
/// reach is drawn anew for every word.
fn slide(job: &Job<'_>, sentence: &[u32], window: &mut Window, random: &mut impl Rng) {
    let rate = job.learning_rate();
    let mut context = Vec::with_capacity(2 * job.settings.window);
    let mut targets = Vec::with_capacity(1 + job.settings.negatives);
    for (place, &word) in sentence.iter().enumerate() {
        let reach = random.random_range(1..=job.settings.window);
        context.clear();
        context.extend(&sentence[place.saturating_sub(reach)..place]);
        context.extend(&sentence[place + 1..(place + 1 + reach).min(sentence.len())]);
        if context.is_empty() {
            continue;
        }
        targets.clear();
        targets.push(word);
        for _ in 0..job.settings.negatives {
            let negative = job.negatives.draw(random);
            if negative != word {
                targets.push(negative);
            }
        }
        window.step(&context, &targets, rate, &job.inputs, &job.outputs);
    }
}
