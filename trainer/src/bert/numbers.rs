//! What there is of each parameter of a network.

/// Arrays in which a network's parameters lie one after the other.
pub struct Numbers {
    /// The parameters.
    pub weights: Vec<f32>,
    /// Mean of their gradients.
    pub first: Vec<f32>,
    /// Mean of the gradients' squares.
    pub second: Vec<f32>,
    /// The parameters' average, if there is one.
    pub average: Option<Vec<f32>>,
}

impl Numbers {
    /// Those of a network that has not been trained yet.
    #[must_use]
    pub fn new(weights: Vec<f32>, has_average: bool) -> Self {
        let (first, second) = (vec![0.0; weights.len()], vec![0.0; weights.len()]);
        Self { average: has_average.then(|| weights.clone()), weights, first, second }
    }
}
