//! Reads how large each chart of the comparison is, so that the page keeps its place while it is loaded.

use std::{env, error::Error, fmt::Write, fs, path::Path};

fn main() -> Result<(), Box<dyn Error>> {
    let charts = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../docs/models/plots");
    println!("cargo::rerun-if-changed={}", charts.display());
    let mut files = fs::read_dir(&charts)?.collect::<Result<Vec<_>, _>>()?;
    files.sort_by_key(fs::DirEntry::file_name);
    let mut sizes = String::from("&[\n");
    for file in files {
        let (name, path) = (file.file_name(), file.path());
        if path.extension().is_none_or(|extension| extension != "svg") {
            continue;
        }
        let drawing = fs::read_to_string(&path)?;
        let size = pixels(&drawing, "width").zip(pixels(&drawing, "height"));
        let (width, height) =
            size.ok_or_else(|| format!("{} does not say its size", path.display()))?;
        writeln!(sizes, "    ({:?}, {width}, {height}),", name.to_string_lossy())?;
    }
    sizes.push_str("]\n");
    fs::write(Path::new(&env::var("OUT_DIR")?).join("chart_sizes.rs"), sizes)?;
    Ok(())
}

/// A length that the drawing's first tag gives, in whole pixels.
fn pixels(drawing: &str, attribute: &str) -> Option<u32> {
    let tag = drawing.get(drawing.find("<svg")?..)?;
    let tag = tag.get(..tag.find('>')?)?;
    let (_, value) = tag.split_once(&format!(" {attribute}=\""))?;
    let length: f64 = value.get(..value.find('"')?)?.parse().ok()?;
    Some(length.ceil() as u32)
}
