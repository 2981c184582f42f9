//! Errors of the RON parser in words for the user: one short line, without the contents of the file.

use std::borrow::Cow;

/// An error of the RON parser in words. `depth` is the limit of nesting it was given.
///
/// The parser repeats what it found where something else was expected, even a string of megabytes. That may be an
/// article's words, and is left out; names of fields and words of the format are shortened.
#[must_use]
pub fn ron_words(error: &ron::Error, depth: usize) -> String {
    match error {
        ron::Error::ExceededRecursionLimit => format!("it is nested deeper than {depth} levels"),
        ron::Error::InvalidValueForType { expected, found } => {
            let found = ["string", "byte", "char"]
                .into_iter()
                .find(|sort| {
                    found.contains(&format!("{sort} ")) || found.contains(&format!("{sort}:"))
                })
                .map_or_else(|| shortened(found).into_owned(), |sort| format!("a {sort}"));
            format!("Expected {expected} but found {found} instead")
        }
        other => shortened(&other.to_string()).into_owned(),
    }
}

/// The most characters of a message.
const MOST: usize = 240;

/// A message shortened to a readable length, whatever the file holds.
#[must_use]
pub fn shortened(words: &str) -> Cow<'_, str> {
    match words.char_indices().nth(MOST) {
        Some((end, _)) => Cow::Owned(format!("{}…", words.get(..end).unwrap_or(""))),
        None => Cow::Borrowed(words),
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only read")]
    struct Record {
        number: u32,
        list: Vec<Vec<u32>>,
        letter: Option<char>,
        deep: Option<Deep>,
    }

    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "only read")]
    struct Deep(Vec<Deep>);

    fn words(source: &str) -> String {
        let options = ron::Options::default().with_recursion_limit(8);
        ron_words(&options.from_str::<Record>(source).expect_err(source).code, 8)
    }

    #[test]
    fn what_a_file_holds_is_not_repeated() {
        let secret = "Kervadec savait ".repeat(100_000);
        for wrong in [
            format!("(number: \"{secret}\", list: [])"),
            format!("(number: 1, list: \"{secret}\")"),
            format!("(number: 1, list: [[\"{secret}\"]])"),
            format!("(number: 1, list: b\"{secret}\")"),
            format!("(number: 1, list: [], letter: Some(\"{secret}\"))"),
        ] {
            let words = words(&wrong);
            assert!(words.len() < 300 && !words.contains("Kervadec"), "{words}");
        }
        let long = words(&format!("(number: 1, {}: 2)", "x".repeat(1 << 20)));
        assert!(long.len() < 800 && long.contains("xxx"), "{long}");
        assert!(words("(deep: Some(([([([([([([([([([([(").contains("deeper than 8 levels"));
        assert!(words("(number: -1, list: [])").contains("out of bounds"));
    }
}
