//! One row on its way from the input to the output.

use csv::ByteRecord;
use domain::Prediction;
use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor},
};
use serde_json::value::RawValue;

/// What a field of an object takes beside its characters: two owners and two allocations.
const FIELD: usize = 80;

/// A verdict, or why there is none.
pub type Verdict = Result<Judgement, String>;

/// What the models say of a row.
#[derive(Debug)]
pub struct Judgement {
    /// The verdict.
    pub prediction: Prediction,
    /// What each word adds to it, where that was asked for.
    pub words: Option<String>,
}

/// A row as it was read.
#[derive(Debug)]
pub struct Row {
    /// What it holds.
    pub fields: Fields,
    /// Why it cannot be scored, if its reader knows already.
    pub problem: Option<String>,
}

impl Row {
    /// About how many bytes of memory it takes.
    #[must_use]
    pub fn weight(&self) -> usize {
        let fields = match &self.fields {
            Fields::Cells(cells) => cells.as_slice().len() + cells.len() * size_of::<usize>(),
            Fields::Object(object) => {
                object.0.iter().map(|(name, value)| name.len() + value.get().len() + FIELD).sum()
            }
        };
        size_of::<Self>() + fields
    }
}

/// What a row holds.
#[derive(Debug)]
pub enum Fields {
    /// The cells of a table's row, as many as it has, in the bytes that came in.
    Cells(ByteRecord),
    /// Names and values in the order of the object, the values exactly as they were written.
    Object(Object),
}

/// A JSON object that keeps the order of its fields and the spelling of its values.
#[derive(Debug, Default)]
pub struct Object(pub Vec<(String, Box<RawValue>)>);

impl Object {
    /// The value of the field `name`; the last one, as other readers of JSON do, if it is there twice.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&RawValue> {
        self.0.iter().rfind(|(key, _)| key == name).map(|(_, value)| value.as_ref())
    }
}

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;

        impl<'de> Visitor<'de> for Fields {
            type Value = Object;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(Object(fields))
            }
        }

        deserializer.deserialize_map(Fields)
    }
}
