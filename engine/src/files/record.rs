//! One verdict as 56 bytes, and the row that it belongs to.

use domain::{Label, Prediction, Probabilities, Reason};
use jiff::Timestamp;

/// A verdict on one row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Record {
    /// Where the row begins in `rows`.
    pub offset: u64,
    /// How long it is there.
    pub length: u32,
    /// The line of the file where it begins.
    pub line: u64,
    /// Its date.
    pub at: Option<Timestamp>,
    pub probabilities: Probabilities,
    pub known: f32,
    /// ISO 639 code, filled up with zeros.
    pub language: [u8; 4],
    pub label: Label,
    pub reason: Option<Reason>,
    pub sure: bool,
}

const NO_DATE: i64 = i64::MIN;
const NO_REASON: u8 = u8::MAX;

impl Record {
    /// How many bytes each takes.
    pub(super) const BYTES: usize = 56;

    pub(super) fn new(prediction: &Prediction, line: u64, at: Option<Timestamp>) -> Self {
        let mut language = [0; 4];
        if let Some(code) = &prediction.language {
            language.iter_mut().zip(code.bytes()).for_each(|(place, byte)| *place = byte);
        }
        Self {
            offset: 0,
            length: 0,
            line,
            at,
            probabilities: prediction.probabilities,
            known: prediction.known,
            language,
            label: prediction.label,
            reason: prediction.complaint.map(|complaint| complaint.reason),
            sure: prediction.sure,
        }
    }

    pub(super) const fn confidence(&self) -> f32 {
        self.probabilities.of(self.label)
    }

    /// The code of the text's language; nothing where it could not be told.
    pub(super) fn language(&self) -> &str {
        let end = self.language.iter().position(|byte| *byte == 0).unwrap_or(4);
        str::from_utf8(&self.language[..end]).unwrap_or_default()
    }

    pub(super) fn to_bytes(self) -> [u8; Self::BYTES] {
        let Probabilities { negative, neutral, positive } = self.probabilities;
        let mut bytes = [0; Self::BYTES];
        let at = self.at.map_or(NO_DATE, Timestamp::as_millisecond);
        bytes[..8].copy_from_slice(&self.offset.to_le_bytes());
        bytes[8..16].copy_from_slice(&self.line.to_le_bytes());
        bytes[16..24].copy_from_slice(&at.to_le_bytes());
        bytes[24..28].copy_from_slice(&self.length.to_le_bytes());
        for (place, number) in [negative, neutral, positive, self.known].into_iter().enumerate() {
            bytes[28 + 4 * place..32 + 4 * place].copy_from_slice(&number.to_le_bytes());
        }
        bytes[44..48].copy_from_slice(&self.language);
        bytes[48] = self.label as u8;
        bytes[49] = self.reason.map_or(NO_REASON, |reason| reason as u8);
        bytes[50] = u8::from(self.sure);
        bytes
    }

    pub(super) fn from_bytes(bytes: &[u8; Self::BYTES]) -> Self {
        let four = |from: usize| [bytes[from], bytes[from + 1], bytes[from + 2], bytes[from + 3]];
        let long = |from: usize| {
            let (low, high) = (u32::from_le_bytes(four(from)), u32::from_le_bytes(four(from + 4)));
            u64::from(low) | u64::from(high) << 32
        };
        let real = |from: usize| f32::from_le_bytes(four(from));
        let at = long(16).cast_signed();
        Self {
            offset: long(0),
            line: long(8),
            at: (at != NO_DATE).then(|| Timestamp::from_millisecond(at).ok()).flatten(),
            length: u32::from_le_bytes(four(24)),
            probabilities: [real(28), real(32), real(36)].into(),
            known: real(40),
            language: four(44),
            label: Label::ALL.get(usize::from(bytes[48])).copied().unwrap_or(Label::Neutral),
            reason: Reason::ALL.get(usize::from(bytes[49])).copied(),
            sure: bytes[50] == 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::Complaint;

    use super::*;

    #[test]
    fn what_was_written_is_read_back() {
        let late = Complaint { reason: Reason::LateFlight, confidence: 0.6 };
        let verdict = Prediction::new([0.75, 0.125, 0.125].into(), 0.5, Some("fr".to_owned()))
            .complaining_of(Some(late))
            .sure_from(0.9);
        let at = Timestamp::from_second(1_424_806_552).ok();
        let record = Record { offset: 1 << 40, length: 77, ..Record::new(&verdict, 3, at) };
        let back = Record::from_bytes(&record.to_bytes());
        assert_eq!(back, record);
        assert_eq!((back.language(), back.confidence(), back.sure), ("fr", 0.75, false));
        let bare = Record::new(&Prediction::new([0.1, 0.1, 0.8].into(), 1.0, None), 1, None);
        assert_eq!(Record::from_bytes(&bare.to_bytes()), bare);
    }
}
