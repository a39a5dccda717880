//! From committed predictions to the report, its figures and its charts.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context, Result, ensure};

use super::{
    Description, Facts, Folder, ModelEntry, Predictions, goals,
    measuring::{self, Candidate},
    plots, report,
    results::{Comparison, ModelFacts},
};
use crate::{
    cores,
    tensors::write_atomically,
    training::{Record, curves},
};

/// Files by their path below the documentation's folder.
pub type Files = BTreeMap<String, Vec<u8>>;

/// The predictions of each model that has any, by test.
type Known = BTreeMap<String, BTreeMap<String, Predictions>>;

/// Reads what is committed and makes every file of the report of it; the same files give the same
/// bytes on any machine.
///
/// # Errors
/// If predictions or facts are damaged, or do not fit together.
pub fn produce(description: &Description, folder: &Folder) -> Result<Files> {
    // The arithmetic of models runs on one thread; that of figures has a pool of its own.
    let pool = cores::pool()?;
    let known = read_predictions(description, folder)?;
    let (mut comparison, mut files) = pool.install(|| compare(description, folder, &known))?;
    for protocol in &mut comparison.protocols {
        for drawn in plots::draw(protocol, &comparison.goals) {
            files.insert(drawn.plot.file.clone(), drawn.svg.into_bytes());
            protocol.plots.push(drawn.plot);
        }
    }
    let figures = format!("{:#}\n", serde_json::json!(comparison));
    files.insert(Folder::FIGURES.to_owned(), figures.into_bytes());
    files.insert(Folder::REPORT.to_owned(), report::write(&comparison).into_bytes());
    Ok(files)
}

/// Puts `files` in place, and removes charts that are no longer made.
///
/// # Errors
/// If the folder cannot be written to.
pub fn write(folder: &Folder, files: &Files) -> Result<()> {
    for name in folder.plots()? {
        if !files.contains_key(&name) {
            let path = folder.join(&name);
            fs::remove_file(&path)
                .with_context(|| format!("{} cannot be removed", path.display()))?;
        }
    }
    put(&folder.join(""), files)
}

/// Writes `files` below `folder`.
///
/// # Errors
/// If it cannot be written to.
pub fn put(folder: &Path, files: &Files) -> Result<()> {
    for (name, content) in files {
        let path = folder.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)
                .with_context(|| format!("{} cannot be made", parent.display()))?;
        }
        write_atomically(&path, content)?;
    }
    Ok(())
}

/// Whether the folder holds exactly `files`, and the predictions are of the bundles that are
/// there.
///
/// # Errors
/// With what differs.
pub fn check(description: &Description, folder: &Folder, files: &Files) -> Result<()> {
    let differs = |(name, content): &(&String, &Vec<u8>)| {
        fs::read(folder.join(name)).ok().as_ref() != Some(*content)
    };
    let mut wrong: Vec<String> =
        files.iter().filter(differs).map(|(name, _)| name.clone()).collect();
    wrong.extend(folder.plots()?.into_iter().filter(|name| !files.contains_key(name)));
    ensure!(
        wrong.is_empty(),
        "{} not what the predictions give: run `vigie-train compare`",
        if let [one] = wrong.as_slice() {
            format!("{one} is")
        } else {
            format!("{} are", wrong.join(", "))
        }
    );
    for entry in &description.models {
        let facts = folder.facts(&entry.name);
        if facts.exists() && entry.folder.exists() {
            check_version(entry, &Facts::read(&facts)?)?;
        }
    }
    Ok(())
}

/// The version of a bundle follows from its manifest alone.
fn check_version(entry: &ModelEntry, facts: &Facts) -> Result<()> {
    let version = super::asking::version(&entry.folder)?;
    ensure!(
        version == facts.model.version,
        "{} holds version {version}, and its predictions are of {}: run `vigie-train compare --from-bundles --model {}`",
        entry.folder.display(),
        facts.model.version,
        entry.name
    );
    Ok(())
}

fn read_predictions(description: &Description, folder: &Folder) -> Result<Known> {
    let mut known = Known::new();
    for entry in &description.models {
        for test in description.tests_for(entry) {
            let path = folder.predictions(&test.name, &entry.name);
            if path.exists() {
                let predictions = Predictions::read(&path)?;
                ensure!(
                    predictions.test == test.name,
                    "{} says that it is of {}: run `vigie-train compare --from-bundles`",
                    path.display(),
                    predictions.test
                );
                known.entry(entry.name.clone()).or_default().insert(test.name.clone(), predictions);
            }
        }
    }
    ensure!(
        !known.is_empty(),
        "there are no predictions below {}: run `vigie-train compare --from-bundles --data DIR`",
        folder.join("models/predictions").display()
    );
    Ok(known)
}

fn compare(
    description: &Description,
    folder: &Folder,
    known: &Known,
) -> Result<(Comparison, Files)> {
    let (mut models, mut missing, mut files) = (Vec::new(), Vec::new(), Files::new());
    for (index, entry) in description.models.iter().enumerate() {
        let Some(tests) = known.get(&entry.name) else {
            missing.push(entry.title.clone());
            continue;
        };
        let facts = Facts::read(&folder.facts(&entry.name))?;
        for (test, predictions) in tests {
            ensure!(
                predictions.model == facts.model,
                "what {} said of {test} is of version {}, and its facts are of {}: run `vigie-train compare --from-bundles --model {}`",
                entry.name,
                predictions.model.version,
                facts.model.version,
                entry.name
            );
        }
        let learning_curves = draw_curves(folder, entry, &mut files)?;
        models.push(ModelFacts {
            name: entry.name.clone(),
            title: entry.title.clone(),
            index,
            facts,
            learning_curves,
        });
    }
    let mut protocols = Vec::new();
    for protocol in &description.protocols {
        let candidates: Vec<Candidate<'_>> = description
            .models
            .iter()
            .enumerate()
            .filter(|(_, entry)| entry.protocols.contains(&protocol.name))
            .filter_map(|(index, entry)| {
                let predictions = known.get(&entry.name)?.get(&protocol.test)?;
                Some(Candidate { index, entry, predictions })
            })
            .collect();
        let measured = measuring::measure(description, protocol, &candidates)
            .with_context(|| format!("the protocol “{}”", protocol.name))?;
        protocols.extend(measured);
    }
    let goals = description.protocols.iter().flat_map(|protocol| {
        let outcome = |goal| goals::outcome(description, protocol, goal, &protocols);
        protocol.goals.iter().map(outcome).collect::<Vec<_>>()
    });
    let behaviour = description.behaviour_goals.iter();
    let behaviour = behaviour.map(|goal| goals::behaviour(description, goal, &models));
    let goals = goals.chain(behaviour).collect();
    Ok((Comparison { format: 1, models, missing, protocols, goals }, files))
}

fn draw_curves(folder: &Folder, entry: &ModelEntry, files: &mut Files) -> Result<Option<String>> {
    let path = folder.records(&entry.name);
    if !path.exists() {
        return Ok(None);
    }
    let text =
        fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
    let records: Vec<Record> = text
        .lines()
        .map(|line| {
            serde_json::from_str(line).with_context(|| format!("{} is damaged", path.display()))
        })
        .collect::<Result<_>>()?;
    let file = format!("{}/learning-{}.svg", Folder::PLOTS, entry.name);
    files.insert(file.clone(), curves::draw(&records).into_bytes());
    Ok(Some(file))
}
