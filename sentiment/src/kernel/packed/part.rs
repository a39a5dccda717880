//! The weights of some blocks of a map's inputs, all of one kind.

use std::ops::Range;

use super::{BLOCK, Group, Kind, PANEL, Width, products::Panel};

#[derive(Clone, Debug)]
pub struct Part {
    kind: Kind,
    /// The blocks of inputs.
    blocks: Range<usize>,
    /// By panel, block, group of inputs, output of the panel.
    weights: Vec<[Group; PANEL]>,
    /// By panel and block, for each output: what 1 in a weight stands for.
    scales: Vec<[f32; PANEL]>,
    /// By panel and block, for each output: the sum of the weights.
    totals: Vec<[f32; PANEL]>,
}

impl Part {
    /// Packs the weights of these blocks out of all, `(outputs, inputs)`.
    pub fn new(kind: Kind, blocks: Range<usize>, weight: &[f32], outputs: usize) -> Self {
        let inputs = weight.len() / outputs;
        let places = outputs.div_ceil(PANEL) * blocks.len();
        let mut part = Self {
            kind,
            weights: vec![[[0; 4]; PANEL]; places * kind.width().groups()],
            scales: vec![[0.0; PANEL]; places],
            totals: vec![[0.0; PANEL]; places],
            blocks,
        };
        let own = inputs.min(part.blocks.start * BLOCK)..inputs.min(part.blocks.end * BLOCK);
        for (output, weight) in weight.chunks_exact(inputs).enumerate() {
            for (block, weights) in weight[own.clone()].chunks(BLOCK).enumerate() {
                let place = output / PANEL * part.blocks.len() + block;
                part.pack(weights, place, output % PANEL);
            }
        }
        part
    }

    /// The weights of one output in one block.
    fn pack(&mut self, weights: &[f32], place: usize, column: usize) {
        let width = self.kind.width();
        let groups = &mut self.weights[place * width.groups()..][..width.groups()];
        if width == Width::Single {
            for (group, weight) in groups.iter_mut().zip(weights) {
                group[column] = weight.to_ne_bytes();
            }
            return;
        }
        let most = weights.iter().fold(f32::MIN_POSITIVE, |most, weight| most.max(weight.abs()));
        let scale = most / self.kind.largest_weight();
        let mut sum = 0;
        for (k, weight) in weights.iter().enumerate() {
            let number = (weight / scale).round() as i16;
            let group = &mut groups[k / width as usize][column];
            if width == Width::Byte {
                group[k % 4] = number as u8;
            } else {
                group[k % 2 * 2..][..2].copy_from_slice(&number.to_ne_bytes());
            }
            sum += i32::from(number);
        }
        self.scales[place][column] = scale;
        self.totals[place][column] = scale * sum as f32;
    }

    /// The weights of the panel `number`.
    pub fn panel(&self, number: usize) -> Panel<'_> {
        let (width, blocks) = (self.kind.width(), self.blocks.len());
        let own = number * blocks..(number + 1) * blocks;
        Panel {
            width,
            weights: &self.weights[own.start * width.groups()..own.end * width.groups()],
            scales: &self.scales[own.clone()],
            totals: &self.totals[own],
        }
    }
}
