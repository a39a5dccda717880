//! What the tests of whole commands share.

use std::path::Path;

use clap::Parser;
use trainer::commands::Command;

#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

/// Runs `vigie-train` with these words; one that begins with a slash is a path below `folder`.
pub fn run(folder: &Path, words: &[&str]) -> anyhow::Result<()> {
    let path = |word: &&str| {
        word.strip_prefix('/')
            .map_or_else(|| (*word).to_owned(), |name| folder.join(name).display().to_string())
    };
    let arguments = ["vigie-train".to_owned()].into_iter().chain(words.iter().map(path));
    Arguments::try_parse_from(arguments)?.command.run()
}
