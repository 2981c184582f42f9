//! Rich Text cut into its parts: groups, control words and symbols, words (RTF 1.9.1, “Basic entities”).

/// A part of Rich Text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// `{`
    Open,
    /// `}`
    Close,
    /// `\name`, and the number after it.
    Word(&'a str, Option<i32>),
    /// `\` and a sign that is no letter.
    Symbol(u8),
    /// `\'hh`
    Byte(u8),
    /// Words as they stand there, in no certain encoding.
    Text(&'a [u8]),
}

/// Goes through Rich Text.
pub(super) struct Tokens<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Tokens<'a> {
    pub(super) const fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// Passes over so many bytes, which are no text.
    pub(super) fn pass_over(&mut self, count: usize) {
        self.at = self.at.saturating_add(count).min(self.bytes.len());
    }

    fn peek(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.at + ahead).copied()
    }

    /// What stands after a backslash.
    fn control(&mut self) -> Token<'a> {
        let Some(first) = self.peek(0) else { return Token::Text(b"") };
        if !first.is_ascii_alphabetic() {
            self.at += 1;
            if first != b'\'' {
                return Token::Symbol(first);
            }
            let digit = |byte: Option<u8>| (byte? as char).to_digit(16);
            return match (digit(self.peek(0)), digit(self.peek(1))) {
                (Some(high), Some(low)) => {
                    self.at += 2;
                    Token::Byte(u8::try_from(high * 16 + low).unwrap_or(b'?'))
                }
                _ => Token::Text(b""),
            };
        }
        let start = self.at;
        while self.peek(0).is_some_and(|b| b.is_ascii_alphabetic()) {
            self.at += 1;
        }
        let name = self.bytes.get(start..self.at).unwrap_or_default();
        // Only letters of ASCII are in it.
        let name = std::str::from_utf8(name).unwrap_or_default();
        let digits = self.at;
        if self.peek(0) == Some(b'-') && self.peek(1).is_some_and(|b| b.is_ascii_digit()) {
            self.at += 1;
        }
        while self.peek(0).is_some_and(|b| b.is_ascii_digit()) {
            self.at += 1;
        }
        let number = self.bytes.get(digits..self.at).unwrap_or_default();
        let number = std::str::from_utf8(number).ok().filter(|number| !number.is_empty());
        // What is too large to be a number here is as large as can be.
        let number = number.map(|number| {
            let most = if number.starts_with('-') { i32::MIN } else { i32::MAX };
            number.parse().unwrap_or(most)
        });
        if self.peek(0) == Some(b' ') {
            self.at += 1;
        }
        Token::Word(name, number)
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let first = self.peek(0)?;
            self.at += 1;
            match first {
                b'{' => return Some(Token::Open),
                b'}' => return Some(Token::Close),
                b'\\' => return Some(self.control()),
                // Line ends are only how the file was laid out.
                b'\r' | b'\n' | 0 => {}
                _ => {
                    let start = self.at - 1;
                    let rest = self.bytes.get(self.at..).unwrap_or_default();
                    let end = rest
                        .iter()
                        .position(|b| matches!(b, b'{' | b'}' | b'\\' | b'\r' | b'\n' | 0));
                    self.at += end.unwrap_or(rest.len());
                    return Some(Token::Text(self.bytes.get(start..self.at).unwrap_or_default()));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rich_text_is_cut_at_its_signs() {
        let tokens: Vec<_> =
            Tokens::new(b"{\\rtf1\\ansi \\u-1234 ?a\r\nb\\'e9\\~\\li-5x\\'zz\\b}\\").collect();
        assert_eq!(
            tokens,
            [
                Token::Open,
                Token::Word("rtf", Some(1)),
                Token::Word("ansi", None),
                Token::Word("u", Some(-1234)),
                Token::Text(b"?a"),
                Token::Text(b"b"),
                Token::Byte(0xe9),
                Token::Symbol(b'~'),
                Token::Word("li", Some(-5)),
                Token::Text(b"x"),
                Token::Text(b""),
                Token::Text(b"zz"),
                Token::Word("b", None),
                Token::Close,
                Token::Text(b""),
            ]
        );
        assert_eq!(Tokens::new(b"\\u99999999999").next(), Some(Token::Word("u", Some(i32::MAX))));
    }
}
