//! The style sheet: style/main.css and what it imports, in one file.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use lightningcss::bundler::{Bundler, FileProvider};
use lightningcss::printer::PrinterOptions;
use lightningcss::stylesheet::{MinifyOptions, ParserOptions};
use lightningcss::targets::{Browsers, Targets};
use walkdir::WalkDir;

use super::freshness::is_fresh;
use crate::workspace::Workspace;

/// Leaves `vigie.css` in `folder`.
///
/// # Errors
/// When a sheet is missing or malformed.
pub fn build(workspace: &Workspace, folder: &Path) -> Result<Vec<PathBuf>> {
    let sources = workspace.root.join("style");
    let output = folder.join("vigie.css");
    // Folders too: their time tells that a file is gone.
    let inputs = WalkDir::new(&sources)
        .into_iter()
        .map(|entry| Ok(entry?.into_path()))
        .collect::<Result<Vec<_>>>()
        .with_context(|| format!("cannot list {}", sources.display()))?;
    if !is_fresh(&[&output], &inputs)? {
        let css = bundle(&sources.join("main.css"))?;
        fs::write(&output, css).with_context(|| format!("cannot write {}", output.display()))?;
    }
    Ok(vec![output])
}

fn bundle(entry: &Path) -> Result<String> {
    let files = FileProvider::new();
    // The errors borrow from the sheets, hence their sentences.
    let sentence = |error: String| anyhow!("{}: {error}", entry.display());
    let mut sheet = Bundler::new(&files, None, ParserOptions::default())
        .bundle(entry)
        .map_err(|error| sentence(error.to_string()))?;
    sheet
        .minify(MinifyOptions { targets: targets(), ..Default::default() })
        .map_err(|error| sentence(error.to_string()))?;
    let printed = sheet
        .to_css(PrinterOptions { minify: true, targets: targets(), ..Default::default() })
        .map_err(|error| sentence(error.to_string()))?;
    Ok(printed.code)
}

/// The oldest browsers that we support, all from spring 2023: the first with `popover`-era CSS
/// (`:has` excepted in Firefox) and with all that the page's wasm needs.
fn targets() -> Targets {
    let version = |major: u32, minor: u32| Some(major << 16 | minor << 8);
    Targets::from(Browsers {
        chrome: version(112, 0),
        edge: version(112, 0),
        firefox: version(113, 0),
        safari: version(16, 4),
        ios_saf: version(16, 4),
        ..Default::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_are_joined_and_made_small() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("ink.css"), "p { color: #ff0000; }").unwrap();
        fs::write(folder.path().join("main.css"), "@import \"ink.css\";\nmain { margin: 0px 0px }")
            .unwrap();
        assert_eq!(bundle(&folder.path().join("main.css")).unwrap(), "p{color:red}main{margin:0}");
    }

    #[test]
    fn a_missing_import_is_named() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("main.css"), "@import \"absent.css\";").unwrap();
        assert!(
            bundle(&folder.path().join("main.css")).unwrap_err().to_string().contains("main.css")
        );
    }
}
