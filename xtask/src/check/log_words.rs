//! The variables that a source file hands to its log.
//!
//! Read as text rather than as syntax: the macros of other crates (`select!`, `view!`) hide what is in them
//! from a parser.

/// One use of a log macro.
pub struct Log {
    /// `info`, `warn`, …
    pub name: &'static str,
    /// Where it begins, counted from 1.
    pub line: usize,
    /// Names in the code of its arguments and in the braces of its message: `analysis.id` is one.
    pub words: Vec<String>,
}

const MACROS: [&str; 8] = ["trace", "debug", "info", "warn", "error", "event", "span", "log"];

/// All uses in a source file.
pub fn calls(source: &str) -> Vec<Log> {
    let mut calls = vec![];
    for name in MACROS {
        let opening = format!("{name}!(");
        for (start, _) in source.match_indices(&opening) {
            let is_whole_word =
                !source[..start].ends_with(|c: char| c.is_alphanumeric() || c == '_');
            if is_whole_word {
                let line = source[..start].matches('\n').count() + 1;
                calls.push(Log { name, line, words: words(&source[start + opening.len()..]) });
            }
        }
    }
    calls
}

/// The names up to the parenthesis that closes the macro.
fn words(arguments: &str) -> Vec<String> {
    let mut words = vec![];
    let mut word = String::new();
    let mut depth = 1;
    let mut in_message = false;
    let mut in_braces = false;
    let mut characters = arguments.chars().peekable();
    while let Some(character) = characters.next() {
        let is_code = !in_message || in_braces;
        if is_code && (character.is_alphanumeric() || matches!(character, '_' | '.')) {
            word.push(character);
            continue;
        }
        if !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        match character {
            '\\' if in_message => _ = characters.next(),
            '"' => (in_message, in_braces) = (!in_message, false),
            '{' if in_message && characters.peek() == Some(&'{') => _ = characters.next(),
            '{' if in_message => in_braces = true,
            '}' if in_message => in_braces = false,
            '(' if !in_message => depth += 1,
            ')' if !in_message => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words_of(source: &str) -> Vec<String> {
        calls(source).into_iter().flat_map(|call| call.words).collect()
    }

    #[test]
    fn arguments_and_captures_are_names_and_the_message_is_not() {
        let source = r#"warn!(id = %analysis.id, "the text of {tweet} (\"quoted\") is {{text}}", tweet = next(text));"#;
        assert_eq!(words_of(source), ["id", "analysis.id", "tweet", "tweet", "next", "text"]);
    }

    #[test]
    fn only_log_macros_are_read_and_only_to_their_end() {
        assert_eq!(words_of(r#"my_error!(a); info!("ready"); b(c)"#), Vec::<String>::new());
    }

    #[test]
    fn a_call_knows_its_line() {
        assert_eq!(calls("\n\ntracing::info!(a)")[0].line, 3);
    }
}
