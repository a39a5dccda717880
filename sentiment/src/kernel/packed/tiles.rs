//! The loops over a tile, the same for every kind of vector.

/// Defines `tiled`, which adds the products of a panel and a tile to the tile's sums, for the
/// processor's `$features`. Where it is used there are, for a vector of that processor:
///
/// - `LANES` numbers of it, `ABREAST` of them that are added to at once; the types `Whole` and `Real`;
/// - `zero`, `groups_of`, `repeated`, `dot`: of groups of numbers;
/// - `load`, `store`, `as_real`, `as_whole`: of single precision;
/// - `scaled`: what the whole numbers of a block add to a sum.
macro_rules! tiles {
    ($features:literal) => {
        /// Vectors of a panel.
        const VECTORS: usize = PANEL / LANES;

        #[inline]
        #[target_feature(enable = $features)]
        fn tiled<const GROUPS: usize>(
            panel: &Panel<'_>,
            tile: &Tile<'_>,
            sums: &mut [[f32; PANEL]],
        ) {
            match tile.rows {
                0 => {}
                1 => of_rows::<GROUPS, 1>(panel, tile, sums),
                2 => of_rows::<GROUPS, 2>(panel, tile, sums),
                3 => of_rows::<GROUPS, 3>(panel, tile, sums),
                4 => of_rows::<GROUPS, 4>(panel, tile, sums),
                5 => of_rows::<GROUPS, 5>(panel, tile, sums),
                _ => of_rows::<GROUPS, 6>(panel, tile, sums),
            }
        }

        /// [`Width`] by the groups of its blocks, so that each has a loop of its own.
        #[inline]
        #[target_feature(enable = $features)]
        fn of_rows<const GROUPS: usize, const ROWS: usize>(
            panel: &Panel<'_>,
            tile: &Tile<'_>,
            sums: &mut [[f32; PANEL]],
        ) {
            let blocks = panel.scales.len();
            let weights = panel.weights.as_chunks::<GROUPS>().0;
            let groups = tile.groups.as_chunks::<GROUPS>().0;
            assert!(weights.len() == blocks && groups.len() == ROWS * blocks && sums.len() == ROWS);
            for block in 0..blocks {
                let rows = std::array::from_fn(|row| &groups[row * blocks + block]);
                for first in (0..VECTORS).step_by(ABREAST) {
                    let mut totals = [[zero(); ABREAST]; ROWS];
                    if GROUPS == Width::Single.groups() {
                        for row in 0..ROWS {
                            for vector in 0..ABREAST {
                                totals[row][vector] = as_whole(load(&sums[row], first + vector));
                            }
                        }
                    }
                    add::<GROUPS, ROWS>(&weights[block], first, &rows, &mut totals);
                    for vector in 0..ABREAST {
                        let scale = load(&panel.scales[block], first + vector);
                        let total_weight = load(&panel.totals[block], first + vector);
                        for row in 0..ROWS {
                            let total = totals[row][vector];
                            let sum = if GROUPS == Width::Single.groups() {
                                as_real(total)
                            } else {
                                let sum = load(&sums[row], first + vector);
                                let grid = tile.grids[row * blocks + block];
                                scaled(total, scale, total_weight, grid, sum)
                            };
                            store(&mut sums[row], first + vector, sum);
                        }
                    }
                }
            }
        }

        /// Adds a block's products with the vectors of a panel from `first` on to `totals`.
        #[inline]
        #[target_feature(enable = $features)]
        fn add<const GROUPS: usize, const ROWS: usize>(
            weights: &[[Group; PANEL]; GROUPS],
            first: usize,
            rows: &[&[Group; GROUPS]; ROWS],
            totals: &mut [[Whole; ABREAST]; ROWS],
        ) {
            let mut sums = *totals;
            for group in 0..GROUPS {
                let mut columns = [zero(); ABREAST];
                for vector in 0..ABREAST {
                    columns[vector] = groups_of(&weights[group], first + vector);
                }
                for row in 0..ROWS {
                    let x = repeated(rows[row][group]);
                    for vector in 0..ABREAST {
                        sums[row][vector] = dot::<GROUPS>(sums[row][vector], x, columns[vector]);
                    }
                }
            }
            *totals = sums;
        }
    };
}
pub(super) use tiles;
