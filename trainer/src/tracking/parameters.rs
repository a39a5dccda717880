//! A recipe as flat parameters, and names as MLflow takes them.

use std::collections::BTreeMap;

use anyhow::Result;
use toml::{Table, Value};

/// Characters of a parameter's value at most.
const MAX_VALUE: usize = 6000;
/// Characters of a name at most.
const MAX_NAME: usize = 250;

/// The settings of a recipe's text by dotted name, such as `train.optimiser.beta_1` and
/// `source.0.file`. Lists of plain values stay together.
///
/// # Errors
/// If it is no TOML.
pub fn parameters(recipe: &str) -> Result<BTreeMap<String, String>> {
    Ok(flatten(&toml::from_str(recipe)?))
}

/// The values of a table by dotted name.
#[must_use]
pub fn flatten(table: &Table) -> BTreeMap<String, String> {
    let mut flat = BTreeMap::new();
    for (key, value) in table {
        collect(key, value, &mut flat);
    }
    flat
}

fn collect(name: &str, value: &Value, flat: &mut BTreeMap<String, String>) {
    match value {
        Value::Table(table) => {
            table.iter().for_each(|(key, value)| collect(&format!("{name}.{key}"), value, flat));
        }
        Value::Array(items) if items.iter().any(Value::is_table) => {
            let items = items.iter().enumerate();
            items.for_each(|(index, value)| collect(&format!("{name}.{index}"), value, flat));
        }
        Value::String(text) => _ = flat.insert(name.to_owned(), text.clone()),
        value => _ = flat.insert(name.to_owned(), value.to_string()),
    }
}

/// `name` as MLflow takes it: other characters than letters, digits, `_`, `-`, `.`, space and `/`
/// become `_`, and it is no path that leads elsewhere.
#[must_use]
pub fn name(name: &str) -> String {
    let allowed = |c: char| c.is_alphanumeric() || "_-. /".contains(c);
    let plain = name.chars().take(MAX_NAME).map(|c| if allowed(c) { c } else { '_' });
    let parts = plain.collect::<String>();
    let parts: Vec<&str> = parts
        .split('/')
        .map(|part| if matches!(part, "" | "." | "..") { "_" } else { part })
        .collect();
    parts.join("/")
}

/// `value` as MLflow takes it, cut where it is too long.
#[must_use]
pub fn value(value: &str) -> String {
    value.chars().take(MAX_VALUE).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_of_a_recipe_has_a_dotted_name() {
        let flat = parameters(include_str!("../../recipes/bilstm.toml")).unwrap();
        assert_eq!(flat["train.epochs"], "8");
        assert_eq!(flat["source.3.weight"], "1.0");
        assert_eq!(flat["languages"], r#"["en"]"#);
        assert_eq!(flat["name"], "bilstm");
        assert!(flat.keys().all(|key| name(key) == *key), "{:?}", flat.keys());
    }

    #[test]
    fn a_name_that_mlflow_refuses_is_made_one_that_it_takes() {
        assert_eq!(name("validation people macro F1"), "validation people macro F1");
        assert_eq!(name("(people) #1: é"), "_people_ _1_ é");
        assert_eq!(name("../a//b/."), "_/a/_/b/_");
        assert_eq!(name(&"x".repeat(300)).len(), 250);
    }

    #[test]
    fn a_long_value_is_cut_at_a_character() {
        assert_eq!(value(&"é".repeat(7000)).chars().count(), 6000);
        assert_eq!(value("short"), "short");
    }
}
