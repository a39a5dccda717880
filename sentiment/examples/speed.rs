//! How fast a bundle answers, for `cargo xtask bench`, which measures its peers between the same
//! questions: `speed BUNDLE TEXTS`, with one text a line. It reads orders and answers each by a line:
//!
//! | order | answer |
//! |---|---|
//! | `ids` | the ids of each text's words or word pieces, as JSON |
//! | `labels fast` | the place of the likeliest label of each text, as JSON |
//! | `one fast` | nanoseconds a text, each alone, from text to probabilities: the median over the texts |
//! | `batch fast 256` | nanoseconds a text in batches of so many, from text to probabilities |
//! | `first fast` | as `one`, by a model that has just been loaded and has read none of the words |
//! | `threads 2 fast 128 1.5` | texts a second of so many threads that share the model, in batches of so many, for so many seconds |
//!
//! `plain` in place of `fast` asks the plain arithmetic.

#![expect(clippy::print_stdout, reason = "its answers")]

use std::{
    collections::BTreeMap,
    env,
    error::Error,
    fs,
    io::{self, BufRead},
    path::Path,
    thread,
    time::{Duration, Instant},
};

use sentiment::{
    Bundle, BundleFiles, Model, ModelError,
    bundle::{CONFIG, TOKENIZER, VOCABULARY},
    load, load_plain,
    models::{Outline, bert, bilstm},
    preprocess::Preprocessor,
    vocabulary::Vocabulary,
};

const UNKNOWN: &str = "it knows fast and plain";

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [bundle, texts] = arguments.as_slice() else {
        return Err("give a bundle's folder and a file of texts".into());
    };
    let files = bundle_fixture::read(Path::new(bundle));
    let texts = fs::read_to_string(texts)?;
    let texts: Vec<&str> = texts.lines().collect();
    let models: BTreeMap<&str, Box<dyn Model>> =
        BTreeMap::from([("fast", fresh(&files, "fast")?), ("plain", fresh(&files, "plain")?)]);
    let asked = |arithmetic: &str| models.get(arithmetic).ok_or(UNKNOWN);
    for order in io::stdin().lock().lines() {
        let order = order?;
        match order.split_whitespace().collect::<Vec<_>>()[..] {
            ["ids"] => println!("{}", serde_json::to_string(&ids(&files, &texts)?)?),
            ["labels", arithmetic] => {
                let said = asked(arithmetic)?.predict(&texts)?;
                let places: Vec<usize> = said.iter().map(|said| said.label as usize).collect();
                println!("{}", serde_json::to_string(&places)?);
            }
            ["first", arithmetic] => {
                println!("{}", one(fresh(&files, arithmetic)?.as_ref(), &texts)?);
            }
            ["one", arithmetic] => println!("{}", one(asked(arithmetic)?.as_ref(), &texts)?),
            ["batch", arithmetic, size] => {
                println!("{}", batch(asked(arithmetic)?.as_ref(), &texts, size.parse()?)?);
            }
            ["threads", threads, arithmetic, size, seconds] => {
                let duration = Duration::from_secs_f64(seconds.parse()?);
                let model = asked(arithmetic)?.as_ref();
                println!("{}", rate(model, &texts, threads.parse()?, size.parse()?, duration)?);
            }
            _ => return Err(format!("`{order}` is no order").into()),
        }
    }
    Ok(())
}

/// A model that has read nothing yet.
fn fresh(files: &BundleFiles, arithmetic: &str) -> Result<Box<dyn Model>, Box<dyn Error>> {
    Ok(match arithmetic {
        "fast" => load(files.clone())?,
        "plain" => load_plain(files.clone())?,
        _ => return Err(UNKNOWN.into()),
    })
}

fn ids(files: &BundleFiles, texts: &[&str]) -> Result<Vec<Vec<u32>>, Box<dyn Error>> {
    let bundle = Bundle::verify(files.clone())?;
    if bundle.json::<Outline>(CONFIG)?.family == bert::FAMILY {
        let bert::Config { preprocess, pieces, encoder, .. } = bundle.json(CONFIG)?;
        let pieces =
            bert::Pieces::new(&preprocess, bundle.file(TOKENIZER)?, pieces, encoder.words)?;
        return Ok(texts.iter().map(|text| pieces.encode(text).ids).collect());
    }
    let preprocessor = Preprocessor::new(&bundle.json::<bilstm::Config>(CONFIG)?.preprocess);
    let vocabulary = Vocabulary::parse(bundle.file(VOCABULARY)?)?;
    Ok(texts.iter().map(|text| vocabulary.encode(&preprocessor.words(text)).ids).collect())
}

fn one(model: &dyn Model, texts: &[&str]) -> Result<u128, Box<dyn Error>> {
    let mut times = Vec::with_capacity(texts.len());
    for text in texts {
        let start = Instant::now();
        model.predict(&[text])?;
        times.push(start.elapsed().as_nanos());
    }
    times.sort_unstable();
    Ok(times[times.len() / 2])
}

/// The texts are repeated until they fill a batch.
fn batch(model: &dyn Model, texts: &[&str], size: usize) -> Result<u128, Box<dyn Error>> {
    let many: Vec<&str> = texts.iter().copied().cycle().take(texts.len().max(size)).collect();
    let start = Instant::now();
    for texts in many.chunks(size) {
        model.predict(texts)?;
    }
    Ok(start.elapsed().as_nanos() / many.len() as u128)
}

/// Texts a second of all `threads` together.
fn rate(
    model: &dyn Model,
    texts: &[&str],
    threads: usize,
    size: usize,
    duration: Duration,
) -> Result<f64, Box<dyn Error>> {
    let many: Vec<&str> = texts.iter().copied().cycle().take(texts.len().max(size)).collect();
    let start = Instant::now();
    let read = || -> Result<f64, ModelError> {
        let mut count = 0;
        while start.elapsed() < duration {
            for texts in many.chunks(size) {
                count += model.predict(texts)?.len();
            }
        }
        Ok(count as f64 / start.elapsed().as_secs_f64())
    };
    thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(read)).collect();
        let rates =
            running.into_iter().map(|thread| thread.join().map_err(|_| "a thread panicked"));
        rates.map(|rate| Ok(rate??)).sum()
    })
}
