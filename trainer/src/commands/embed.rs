//! `vigie-train embed`

use std::{collections::HashMap, path::PathBuf, thread};

use anyhow::Result;
use clap::Args;
use sentiment::{preprocess::Preprocessor, vocabulary::Vocabulary};

use super::{CommandLine, RecipeArgument};
use crate::{
    data::Prepared,
    origin::{self, FileSum, RowsOrigin, VectorsOrigin},
    progress::Progress,
    recipe::Recipe,
    vectors::{Imported, Vectors},
    word2vec::{self, Corpus},
};

/// What `embed` needs.
#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    recipe: RecipeArgument,
    /// The folder that `prepare` wrote.
    #[arg(long, default_value = "runs/prepared")]
    prepared: PathBuf,
    /// Take the vectors from this file in word2vec's or GloVe's text format instead of making them.
    #[arg(long, value_name = "FILE")]
    embeddings: Option<PathBuf>,
    /// Threads; as many as there are cores by default.
    #[arg(long)]
    threads: Option<usize>,
    /// Where vocabulary and vectors go.
    #[arg(long, default_value = "runs/vectors")]
    output: PathBuf,
}

/// Counts the words of the training rows and gives each a vector.
#[expect(clippy::print_stdout, reason = "the command's answer")]
pub fn run(arguments: &Arguments) -> Result<()> {
    let recipe = arguments.recipe.read()?;
    let prepared = Prepared::read(&arguments.prepared)?;
    prepared.report.check(&recipe)?;
    let RowsOrigin { command } = origin::read(&arguments.prepared, "prepare")?;
    let threads = arguments.threads.unwrap_or_else(cores);
    let texts = texts(&prepared, &recipe)?;
    let vocabulary = vocabulary(&texts, recipe.embed.minimum_count)?;
    println!("{} words come at least {} times.", vocabulary.len(), recipe.embed.minimum_count);
    let vectors = match &arguments.embeddings {
        Some(file) => {
            let Imported { dimension, values, found } =
                Imported::read(file, &vocabulary, recipe.seed)?;
            let share = 100.0 * found as f64 / vocabulary.len() as f64;
            println!(
                "The file has vectors of {dimension} numbers for {found} of them ({share:.1} %)."
            );
            Vectors { vocabulary, dimension, values }
        }
        None => learnt(&texts, vocabulary, &recipe, threads),
    };
    vectors.write(&arguments.output)?;
    let origin = VectorsOrigin {
        commands: vec![command, command_line(arguments, threads)],
        rows_sha256: prepared.report.rows_sha256,
        preprocess: recipe.preprocess,
        embeddings: arguments.embeddings.as_deref().map(FileSum::of).transpose()?,
    };
    origin::write(&arguments.output, &origin)?;
    println!("Written to {}.", arguments.output.display());
    Ok(())
}

fn command_line(arguments: &Arguments, threads: usize) -> String {
    let line = CommandLine::new("embed")
        .path("--recipe", &arguments.recipe.recipe)
        .path("--prepared", &arguments.prepared);
    let line = match &arguments.embeddings {
        Some(file) => line.path("--embeddings", file),
        None => line.option("--threads", &threads.to_string()),
    };
    line.path("--output", &arguments.output).finish()
}

/// The words of each training row, and how often the row comes.
fn texts(prepared: &Prepared, recipe: &Recipe) -> Result<Vec<(Vec<String>, u32)>> {
    let preprocessor = Preprocessor::new(&recipe.preprocess);
    let text = |example: &crate::data::Example| {
        Ok((preprocessor.words(&example.text), recipe.source(&example.source)?.repeat))
    };
    prepared.train.iter().map(text).collect()
}

/// The words that come often enough, the most frequent first; of equal ones the first by spelling.
fn vocabulary(texts: &[(Vec<String>, u32)], minimum: u64) -> Result<Vocabulary> {
    let mut counts: HashMap<&str, u64> = HashMap::new();
    for word in texts.iter().flat_map(|(words, _)| words) {
        *counts.entry(word).or_default() += 1;
    }
    let special = [Vocabulary::PADDING, Vocabulary::UNKNOWN];
    let mut frequent: Vec<(&str, u64)> = counts
        .into_iter()
        .filter(|&(word, count)| count >= minimum && !special.contains(&word))
        .collect();
    frequent.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let words = special.into_iter().chain(frequent.into_iter().map(|(word, _)| word));
    Ok(Vocabulary::from_words(words.map(str::to_owned).collect())?)
}

fn learnt(
    texts: &[(Vec<String>, u32)],
    vocabulary: Vocabulary,
    recipe: &Recipe,
    threads: usize,
) -> Vectors {
    let known = |words: &[String]| {
        words.iter().filter_map(|word| vocabulary.id(word)).collect::<Vec<u32>>()
    };
    let sentences =
        texts.iter().flat_map(|(words, repeat)| vec![known(words); *repeat as usize]).collect();
    let corpus = Corpus::new(sentences, vocabulary.len());
    let all = corpus.words() * u64::from(recipe.embed.epochs);
    let progress = Progress::new("word vectors", "words", all, 0);
    let values = word2vec::train(&corpus, &recipe.embed, recipe.seed, threads, &progress);
    progress.say(&format!(
        "{all} words read at {:.0} words/s on {threads} threads",
        progress.per_second()
    ));
    Vectors { vocabulary, dimension: recipe.embed.dimension, values }
}

fn cores() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}
