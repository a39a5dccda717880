//! Arrays that are used again.

/// Arrays that were given back. A training step needs hundreds of megabytes for moments; taking
/// them from here saves the operating system from handing out and clearing them at every step.
#[derive(Debug, Default)]
pub struct Buffers {
    free: Vec<Vec<f32>>,
}

impl Buffers {
    /// An array of so many zeros.
    #[must_use]
    pub fn zeros(&mut self, count: usize) -> Vec<f32> {
        let mut array = self.take(count);
        array.resize(count, 0.0);
        array
    }

    /// An array of these numbers.
    #[must_use]
    pub fn copy(&mut self, numbers: &[f32]) -> Vec<f32> {
        self.repeat(numbers, 1)
    }

    /// An array of these numbers, so many times one after the other.
    #[must_use]
    pub fn repeat(&mut self, numbers: &[f32], times: usize) -> Vec<f32> {
        let mut array = self.take(numbers.len() * times);
        (0..times).for_each(|_| array.extend_from_slice(numbers));
        array
    }

    /// Gives back arrays that are not needed any more.
    pub fn give<const N: usize>(&mut self, arrays: [Vec<f32>; N]) {
        self.free.extend(arrays.into_iter().filter(|array| array.capacity() > 0));
    }

    /// An empty array with room for so many numbers: the smallest that has it, else the largest
    /// in its place, so that there are never more arrays than were once needed together.
    fn take(&mut self, count: usize) -> Vec<f32> {
        let capacities = self.free.iter().map(Vec::capacity).enumerate();
        let best = capacities.min_by_key(|&(_, capacity)| {
            let fits = capacity >= count;
            (!fits, if fits { capacity } else { usize::MAX - capacity })
        });
        let mut array = best.map(|(place, _)| self.free.swap_remove(place)).unwrap_or_default();
        array.clear();
        if array.capacity() < count {
            array = Vec::with_capacity(count);
        }
        array
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_array_that_was_given_back_is_taken_again_and_clean() {
        let mut buffers = Buffers::default();
        let mut array = buffers.zeros(100);
        array.fill(7.0);
        let place = array.as_ptr();
        buffers.give([array, vec![1.0; 1000]]);
        let again = buffers.zeros(60);
        assert_eq!((again.as_ptr(), again), (place, vec![0.0; 60]));
    }

    #[test]
    fn where_none_is_large_enough_the_largest_makes_room() {
        let mut buffers = Buffers::default();
        buffers.give([vec![0.0; 10], vec![0.0; 20]]);
        assert_eq!(buffers.repeat(&[1.0, 2.0], 15).len(), 30);
        assert_eq!(buffers.free.len(), 1);
        assert_eq!(buffers.free[0].capacity(), 10);
    }
}
