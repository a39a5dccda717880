//! HTML entities, which Twitter's interfaces and many exports leave in the text.

use std::borrow::Cow;

/// Once for the interface, once for the export, once for good measure.
const PASSES: usize = 3;

/// `text` with its entities decoded, also those that were encoded up to three times.
pub(super) fn decode(text: &str) -> Cow<'_, str> {
    let mut decoded = Cow::Borrowed(text);
    for _ in 0..PASSES {
        if !decoded.contains('&') {
            break;
        }
        // As in an attribute: "this&notthat", without a semicolon, is left as it is.
        let next = htmlize::unescape_attribute(decoded.as_ref()).into_owned();
        if next == decoded {
            break;
        }
        decoded = Cow::Owned(next);
    }
    decoded
}
