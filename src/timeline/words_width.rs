//! How wide words are, estimated without a face: the room that a label is given, in the window and in a picture alike.

/// The widest label, in points. Longer ones are cut.
pub const WIDEST: f32 = 260.0;

/// The room for words set in a sans face of this size (points), a little more than they take.
#[must_use]
pub fn words_width(text: &str, size: f32) -> f32 {
    let ems: f32 = text.chars().map(em).sum();
    ems * size * 1.04 + 2.0
}

/// The width of a character, in parts of the size of the face, rounded up over the usual sans faces.
fn em(c: char) -> f32 {
    match c {
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '\'' | '’' | '!' | '|' | 'I' => 0.29,
        'f' | 't' | 'r' | ' ' | '(' | ')' | '-' | '/' | '“' | '”' | '"' => 0.39,
        'm' | 'w' | 'M' | 'W' | '—' | '…' | '@' | '%' => 0.95,
        c if c.is_ascii_lowercase() || c.is_ascii_digit() => 0.58,
        c if c.is_uppercase() => 0.72,
        // Signs over or under another take no room of their own.
        '\u{300}'..='\u{36f}' => 0.0,
        // Scripts of square signs, and pictures.
        '\u{1100}'..='\u{11ff}'
        | '\u{2e80}'..='\u{d7af}'
        | '\u{f900}'..='\u{faff}'
        | '\u{ff00}'..='\u{ff60}'
        | '\u{1f000}'.. => 1.05,
        _ => 0.64,
    }
}
