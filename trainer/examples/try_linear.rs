use sentiment::models::linear::{Compact, Row, Weights};
use std::{env, path::Path, time::Instant};
use trainer::{
    data,
    linear::*,
    metrics::{Measure, Scored},
    recipe::{Kind, Recipe},
    training::calibration,
};

fn temperature(scores: &[[f32; 3]], texts: &Texts, recipe: &Recipe, neutral: bool) -> f32 {
    let rows: Vec<([f32; 3], usize)> = scores
        .iter()
        .zip(&texts.lessons)
        .zip(&texts.sources)
        .filter(|(_, s)| !neutral || recipe.source(s).unwrap().kind == Kind::Human)
        .map(|((s, l), _)| {
            (if neutral { *s } else { [s[0], f32::NEG_INFINITY, s[2]] }, l.label as usize)
        })
        .collect();
    calibration::temperature(&rows)
}
fn figures(probabilities: &[[f32; 3]], texts: &Texts, recipe: &Recipe) -> (f64, String) {
    let mut score = 0.0;
    let mut n = 0.0;
    let mut out = String::new();
    for s in &recipe.sources {
        let rows: Vec<Scored> = probabilities
            .iter()
            .zip(&texts.lessons)
            .zip(&texts.sources)
            .filter(|(_, k)| **k == s.name)
            .map(|((p, l), _)| Scored { gold: l.label, probabilities: (*p).into() })
            .collect();
        if rows.is_empty() {
            continue;
        }
        let v = if s.kind == Kind::Human {
            Measure::MacroF1.value(&rows)
        } else {
            Measure::AccuracyOfTwo.value(&rows)
        };
        score += v;
        n += 1.0;
        let acc = if s.kind == Kind::Human {
            Measure::Accuracy.value(&rows)
        } else {
            Measure::CalibrationErrorOfTwo.value(&rows)
        };
        out += &format!(" {} {:.4}/{:.4} (n {})", s.name, v, acc, rows.len());
    }
    (score / n, out)
}
fn main() {
    let args: Vec<String> = env::args().collect();
    let recipe = Recipe::read(Path::new(&args[1])).unwrap();
    let settings: Settings = toml::from_str(&args[2]).unwrap();
    settings.check().unwrap();
    let neutral = recipe.outputs().labels.len() == 3;
    let t = Instant::now();
    let prepared = data::prepare(&recipe, Path::new("/work/shared/data")).unwrap();
    println!(
        "prepared {} + {} in {:?}",
        prepared.train.len(),
        prepared.validation.len(),
        t.elapsed()
    );
    let t = Instant::now();
    let mut train = Texts::read(&prepared.train, &recipe, &settings.features).unwrap();
    println!("read in {:?}", t.elapsed());
    let t = Instant::now();
    let table = choose(&train, &settings);
    println!("{} features in {:?}", table.len(), t.elapsed());
    let t = Instant::now();
    let matrix = Matrix::new(&train.features, &table).unwrap();
    train.features = Vec::new();
    println!("{} cells in {:?}", matrix.cells(), t.elapsed());
    let valid = Texts::read(&prepared.validation, &recipe, &settings.features).unwrap();
    let vrows: Vec<Row> = valid.features.iter().map(|f| table.row(f)).collect();
    let vm = Matrix::new(&valid.features, &table).unwrap();
    let soft = |s: &[[f32; 3]], temp: f32| -> Vec<[f32; 3]> {
        s.iter()
            .map(|s| {
                calibration::softmax(
                    &if neutral { *s } else { [s[0], f32::NEG_INFINITY, s[2]] },
                    temp,
                )
            })
            .collect()
    };
    let mut fitted: Vec<Fitted> = vec![];
    let mut probs: Vec<Vec<[f32; 3]>> = vec![];
    for &member in &settings.members {
        let t = Instant::now();
        let last = std::rc::Rc::new(std::cell::Cell::new((0, 0.0)));
        let l2 = last.clone();
        let weights = fit(member, &matrix, &train.lessons, &settings, &mut |i| {
            l2.set((i.number, i.cost));
            if i.number % 10 == 0 {
                eprintln!("{} {:.6} {:.1}s", i.number, i.cost, i.seconds);
            }
        })
        .unwrap();
        let scores = vm.scores(&weights);
        let temperature = temperature(&scores, &valid, &recipe, neutral);
        let p = soft(&scores, temperature);
        let (score, text) = figures(&p, &valid, &recipe);
        println!(
            "{:12} {score:.4} T {temperature:.3} {:?} it {:?} |{text}",
            member.name(),
            t.elapsed(),
            last.get()
        );
        probs.push(p);
        fitted.push(Fitted { member, weights, temperature });
    }
    let all: u32 = 1 << fitted.len();
    for mask in 1..all {
        if mask.count_ones() < 2 || fitted.len() > 3 && mask.count_ones() > 3 && mask != all - 1 {
            continue;
        }
        let chosen: Vec<usize> = (0..fitted.len()).filter(|k| mask >> k & 1 == 1).collect();
        let names: Vec<_> = chosen.iter().map(|&k| fitted[k].member.name()).collect();
        let w = pooled(&chosen.iter().map(|&k| &fitted[k]).collect::<Vec<_>>());
        let scores = vm.scores(&w);
        let temp = temperature(&scores, &valid, &recipe, neutral);
        let (score, text) = figures(&soft(&scores, temp), &valid, &recipe);
        let mean: Vec<[f32; 3]> = (0..valid.lessons.len())
            .map(|r| {
                std::array::from_fn(|l| {
                    chosen.iter().map(|&k| probs[k][r][l]).sum::<f32>() / chosen.len() as f32
                })
            })
            .collect();
        println!("geo {score:.4} ari {:.4} {names:?} |{text}", figures(&mean, &valid, &recipe).0);
        if names.len() == settings.vote.len()
            && settings.vote.iter().all(|v| names.contains(&v.name()))
        {
            compact(&w, temp, &table, &vrows, &valid, &recipe, neutral);
        }
    }
    fn compact(
        w: &Weights,
        temp: f32,
        table: &sentiment::models::linear::FeatureTable,
        vrows: &[Row],
        valid: &Texts,
        recipe: &Recipe,
        neutral: bool,
    ) {
        let c = Compact::of(w, table.len());
        let p: Vec<[f32; 3]> = vrows
            .iter()
            .map(|r| {
                let s = c.scores(r);
                calibration::softmax(
                    &[s[0], if neutral { s[1] } else { f32::NEG_INFINITY }, s[2]],
                    temp,
                )
            })
            .collect();
        let (score, text) = figures(&p, valid, recipe);
        println!("    8 bit {score:.4} |{text}");
    }
}
