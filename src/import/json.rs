//! JSON of unknown origin, within limits.

use serde_json::Value;

/// The values in a text: one, or one on each line. `serde_json` refuses what is nested deeper than 128 levels.
///
/// # Errors
/// Where and why it is no JSON, without its words.
pub(super) fn values(text: &str, cancelled: &dyn Fn() -> bool) -> Result<Vec<Value>, String> {
    let text = text.trim_start_matches('\u{feff}');
    let whole = serde_json::from_str::<Value>(text);
    let why = match whole {
        Ok(value) => return Ok(vec![value]),
        Err(why) => why,
    };
    let mut values = Vec::new();
    for (number, line) in (1_usize..).zip(text.lines()) {
        if number.is_multiple_of(256) && cancelled() {
            return Err("it was cancelled".to_owned());
        }
        if line.trim().is_empty() {
            continue;
        }
        match serde_json::from_str(line) {
            Ok(value) => values.push(value),
            // One value over many lines: what was wrong with it as a whole.
            Err(_) if values.is_empty() => return Err(said(&why, why.line())),
            Err(why) => return Err(said(&why, number)),
        }
    }
    if values.is_empty() { Err("it is empty".to_owned()) } else { Ok(values) }
}

fn said(why: &serde_json::Error, line: usize) -> String {
    let what = match why.classify() {
        serde_json::error::Category::Eof => "it ends too early",
        serde_json::error::Category::Data => "a value is not what it should be",
        serde_json::error::Category::Syntax | serde_json::error::Category::Io => {
            "it is no JSON there, or is nested too deeply"
        }
    };
    format!("line {line}: {what}")
}

/// The texts of a value: itself, or those of a list.
pub(super) fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(all) => all.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}
