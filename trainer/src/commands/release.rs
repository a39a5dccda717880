//! From a bundle that was never measured to one that lies in its folder: the same for all
//! families.

use std::path::Path;

use anyhow::{Result, ensure};
use sentiment::bundle::{Bundle, Metric};

use super::gate;
use crate::{
    behaviour::{Examinee, Suite},
    bundle_folder,
    data::TestReport,
    evaluation,
    finished::line,
    recipe::Recipe,
};

/// The figures of `bundle`, through the code that serves it: those on the recipe's tests, whose
/// files lie below `data` and whose texts were not learnt from, as `tests` tell, then those on the behaviour suite.
///
/// # Errors
/// If a test is another one than that of `tests`, was trained on, or the model fails.
pub fn measure(
    bundle: &Bundle,
    recipe: &Recipe,
    tests: &[TestReport],
    suite: &Suite,
    data: &Path,
) -> Result<Vec<Metric>> {
    let examinee = Examinee::of(bundle.to_files())?;
    let mut metrics = Vec::new();
    for (test, guarded) in recipe.tests.iter().zip(tests) {
        let result = evaluation::evaluate(examinee.model.as_ref(), test, data)?;
        ensure!(
            result.sha256 == guarded.sha256,
            "{} has changed since its texts were kept out of the training rows: run `vigie-train prepare` and train again",
            test.file
        );
        metrics.extend(result.metrics);
    }
    metrics.extend(examinee.examine(suite)?.metrics());
    Ok(metrics)
}

/// Writes `bundle` into the folder `output` if it passes the gate there, or with `accept_falls`
/// in any case, and says what it reaches.
///
/// # Errors
/// If it does worse than the bundle that lies there, or cannot be written.
#[expect(clippy::print_stdout, reason = "the command's answer")]
pub fn put(
    bundle: &Bundle,
    output: &Path,
    suite: &Suite,
    accept_falls: bool,
    metrics: &[Metric],
) -> Result<()> {
    if !accept_falls {
        gate::before_replacing(output, bundle, suite)?;
    }
    bundle_folder::write(output, bundle)?;
    metrics.iter().for_each(|metric| println!("{}", line(metric)));
    let size: usize = bundle.to_files().values().map(Vec::len).sum();
    println!(
        "{}@{}, {:.1} MB in {}",
        bundle.name(),
        bundle.version(),
        size as f64 / 1e6,
        output.display()
    );
    Ok(())
}
