//! Fields of Word, which Word files and Rich Text share: what they show where the file holds no result.

use super::symbols::SymbolFont;

/// What a field without a result shows, where its instruction says that.
pub(in crate::article::format) fn shown_by(instruction: &str) -> Option<String> {
    let mut words = instruction.split_whitespace();
    match words.next()?.to_ascii_uppercase().as_str() {
        "SYMBOL" => {
            let code = words.next()?;
            let code = match code.strip_prefix("0x") {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => code.parse().ok()?,
            };
            let c = char::from_u32(code)?;
            let named = instruction.split_once("\\f")?.1.trim().trim_start_matches('"');
            let name = named.split(['"', '\\']).next()?;
            Some(SymbolFont::named(name).map_or(c, |font| font.meant(c)).to_string())
        }
        "MACROBUTTON" => {
            words.next()?;
            Some(words.collect::<Vec<_>>().join(" "))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_instructions_say_what_is_shown() {
        for (instruction, shown) in [
            (" SYMBOL 183 \\f \"Symbol\" \\s 10 ", Some("•")),
            ("SYMBOL 0x4A \\f Wingdings", Some("☺")),
            ("SYMBOL 65 \\f \"Arial\"", Some("A")),
            ("MACROBUTTON NoMacro [Click here]", Some("[Click here]")),
            ("PAGE", None),
            ("SYMBOL", None),
            ("", None),
        ] {
            assert_eq!(shown_by(instruction).as_deref(), shown, "{instruction}");
        }
    }
}
