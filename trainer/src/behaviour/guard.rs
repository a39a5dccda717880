//! No case is learnt from: what is measured with it would be memory.

use std::{collections::HashSet, path::Path};

use anyhow::{Context, Result, bail, ensure};
use sha2::{Digest, Sha256};

use super::Suite;
use crate::data::{Fingerprint, Prepared, Report};

impl Suite {
    /// The texts of all cases, of every language: none of them may be learnt from.
    #[must_use]
    pub fn fingerprints(&self) -> HashSet<Fingerprint> {
        self.cases().flat_map(|(_, case)| case.texts()).map(Fingerprint::of).collect()
    }

    /// SHA-256 of [`Suite::fingerprints`] in their order, in hexadecimal.
    #[must_use]
    pub fn sha256(&self) -> String {
        let mut prints: Vec<Fingerprint> = self.fingerprints().into_iter().collect();
        prints.sort_unstable();
        let mut hash = Sha256::new();
        prints.iter().for_each(|print| hash.update(print.bytes()));
        hex::encode(hash.finalize())
    }

    /// Holds prepared rows against the suite. Rows that were prepared without a text of it, as
    /// before that was written, are looked through.
    ///
    /// # Errors
    /// If a row has the text of a case; names it.
    pub fn check_unlearnt(&self, prepared: &Prepared) -> Result<()> {
        if prepared.report.cases_sha256 == self.sha256() {
            return Ok(());
        }
        let guarded = self.fingerprints();
        for example in prepared.train.iter().chain(&prepared.validation) {
            if guarded.contains(&Fingerprint::of(&example.text)) {
                bail!(
                    "row {} of source “{}” has the text of a case of the behaviour suite, which no model may learn from: run `vigie-train prepare` again",
                    example.row,
                    example.source
                );
            }
        }
        Ok(())
    }

    /// Holds a training on the rows of `report` against the suite; where that has changed since,
    /// the rows are looked through, which lie in the folder `prepared`.
    ///
    /// # Errors
    /// If a case was learnt from, or the rows are there no more.
    pub fn check_training(&self, report: &Report, prepared: &Path) -> Result<()> {
        if report.cases_sha256 == self.sha256() {
            return Ok(());
        }
        let changed = "the behaviour suite has changed since the training, so its rows must be looked through for texts of it";
        let rows = Prepared::read(prepared).context(changed)?;
        ensure!(
            rows.report.rows_sha256 == report.rows_sha256,
            "{changed}; those in {} are of another training: give the folder by --prepared, or prepare and train again",
            prepared.display()
        );
        self.check_unlearnt(&rows)
    }
}
