//! Matrix product over slices.

/// A matrix that borrows its elements: element `(row, column)` lies at
/// `row * row_stride + column * column_stride`.
#[derive(Clone, Copy, Debug)]
pub struct Matrix<'a> {
    data: &'a [f32],
    rows: usize,
    columns: usize,
    row_stride: usize,
    column_stride: usize,
}

impl<'a> Matrix<'a> {
    /// `rows` × `columns` elements, row after row.
    ///
    /// # Panics
    /// If `data` holds fewer elements.
    #[must_use]
    pub fn new(data: &'a [f32], rows: usize, columns: usize) -> Self {
        assert!(holds(data, rows, columns), "a {rows} × {columns} matrix in {}", data.len());
        Self { data, rows, columns, row_stride: columns, column_stride: 1 }
    }

    /// As [`Matrix::new`], with rows that begin `row_stride` elements apart.
    ///
    /// # Panics
    /// If `data` ends before the last row does, or rows overlap.
    #[must_use]
    pub fn with_stride(data: &'a [f32], rows: usize, columns: usize, row_stride: usize) -> Self {
        assert!(reaches(data, rows, columns, row_stride), "rows {row_stride} apart");
        Self { data, rows, columns, row_stride, column_stride: 1 }
    }

    /// The same elements with rows and columns exchanged; nothing is copied.
    #[must_use]
    pub const fn transposed(self) -> Self {
        Self {
            rows: self.columns,
            columns: self.rows,
            row_stride: self.column_stride,
            column_stride: self.row_stride,
            ..self
        }
    }
}

/// Where a product goes: rows of elements side by side.
#[derive(Debug)]
pub struct MatrixMut<'a> {
    data: &'a mut [f32],
    rows: usize,
    columns: usize,
    row_stride: usize,
}

impl<'a> MatrixMut<'a> {
    /// `rows` × `columns` elements; rows begin `row_stride` elements apart, and what lies between
    /// them is not touched.
    ///
    /// # Panics
    /// If `data` ends before the last row does, or rows overlap.
    #[must_use]
    pub fn new(data: &'a mut [f32], rows: usize, columns: usize, row_stride: usize) -> Self {
        assert!(reaches(data, rows, columns, row_stride), "rows {row_stride} apart");
        Self { data, rows, columns, row_stride }
    }
}

/// `out += a × b`, with `out` of `a.rows` × `b.columns` elements, row after row. One thread.
///
/// # Panics
/// If the shapes do not fit each other or `out`.
pub fn multiply(out: &mut [f32], a: Matrix<'_>, b: Matrix<'_>) {
    assert!(holds(out, a.rows, b.columns), "room for the product");
    product(MatrixMut::new(out, a.rows, b.columns, b.columns), a, b, true);
}

/// `out = a × b`, whatever was there. One thread.
///
/// # Panics
/// If the shapes do not fit each other.
pub fn multiply_into(out: MatrixMut<'_>, a: Matrix<'_>, b: Matrix<'_>) {
    product(out, a, b, false);
}

fn product(out: MatrixMut<'_>, a: Matrix<'_>, b: Matrix<'_>, adds: bool) {
    assert_eq!(a.columns, b.rows, "inner sizes of a matrix product");
    let (rows, columns, inner) = (a.rows, b.columns, a.columns);
    assert_eq!((rows, columns), (out.rows, out.columns), "shape of the product");
    if rows == 0 || columns == 0 {
        return;
    }
    assert!(adds || inner > 0, "a product of nothing");
    if inner == 0 {
        return;
    }
    let stride = |n: usize| n.cast_signed();
    // SAFETY: the constructors have checked that every element of `a`, `b` and `out` lies in its
    // slice; `out` is borrowed mutably, so nothing else can see it meanwhile, and the strides are
    // those of these slices.
    unsafe {
        gemm::gemm(
            rows,
            columns,
            inner,
            out.data.as_mut_ptr(),
            1,
            stride(out.row_stride),
            adds,
            a.data.as_ptr(),
            stride(a.column_stride),
            stride(a.row_stride),
            b.data.as_ptr(),
            stride(b.column_stride),
            stride(b.row_stride),
            1.0,
            1.0,
            false,
            false,
            false,
            gemm::Parallelism::None,
        );
    }
}

/// Whether rows so far apart do not overlap and the last one ends within `data`.
fn reaches(data: &[f32], rows: usize, columns: usize, row_stride: usize) -> bool {
    let end = rows
        .checked_sub(1)
        .map_or(Some(0), |last| last.checked_mul(row_stride)?.checked_add(columns));
    columns <= row_stride && end.is_some_and(|end| end <= data.len())
}

/// Whether `data` has room for so many elements; a product beyond `usize` has none.
fn holds(data: &[f32], rows: usize, columns: usize) -> bool {
    rows.checked_mul(columns).is_some_and(|elements| data.len() >= elements)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_product_is_added_to_what_was_there() {
        let a = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]; // 2 × 3
        let b = [1.0, 0.0, 0.0, 1.0, 1.0, 1.0]; // 3 × 2
        let mut out = [10.0, 0.0, 0.0, 10.0];
        multiply(&mut out, Matrix::new(&a, 2, 3), Matrix::new(&b, 3, 2));
        assert_eq!(out, [14.0, 5.0, 10.0, 21.0]);
    }

    #[test]
    fn a_transposed_matrix_is_read_by_columns() {
        let a = [1.0, 4.0, 2.0, 5.0, 3.0, 6.0]; // 3 × 2, transposed 2 × 3
        let b = [1.0, 0.0, 0.0, 1.0, 1.0, 1.0];
        let mut out = [0.0; 4];
        multiply(&mut out, Matrix::new(&a, 3, 2).transposed(), Matrix::new(&b, 3, 2));
        assert_eq!(out, [4.0, 5.0, 10.0, 11.0]);
    }

    #[test]
    fn a_part_of_wider_rows_is_read_and_written() {
        let a = [1.0, 2.0, 9.0, 3.0, 4.0, 9.0]; // the first two of three columns
        let b = [1.0, 0.0, 0.0, 2.0];
        let mut out = [7.0; 6];
        let left = Matrix::with_stride(&a, 2, 2, 3);
        multiply_into(MatrixMut::new(&mut out[1..], 2, 2, 3), left, Matrix::new(&b, 2, 2));
        assert_eq!(out, [7.0, 1.0, 4.0, 7.0, 3.0, 8.0]);
    }

    #[test]
    #[should_panic(expected = "rows 3 apart")]
    fn a_last_row_that_is_cut_off_is_refused() {
        let _ = Matrix::with_stride(&[0.0; 4], 2, 2, 3);
    }

    #[test]
    #[should_panic(expected = "matrix in 0")]
    fn a_size_that_overflows_is_refused() {
        let half = 1 << (usize::BITS / 2);
        let _ = Matrix::new(&[], half, half);
    }

    #[test]
    #[should_panic(expected = "inner sizes")]
    fn shapes_that_do_not_fit_are_refused() {
        multiply(&mut [0.0; 4], Matrix::new(&[0.0; 4], 2, 2), Matrix::new(&[0.0; 6], 3, 2));
    }
}
