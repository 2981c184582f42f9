//! What a Rich Text file lists before its words: fonts, styles, and what it says about itself.

use std::collections::HashMap;

use super::charset::Charset;
use crate::article::format::office::MOST_ENTRIES;
use crate::article::format::office::meaning::Meaning;
use crate::article::format::office::symbols::SymbolFont;

/// The longest chain of styles that are based on one another.
const LONGEST_CHAIN: usize = 32;

/// A font.
#[derive(Clone, Debug, Default)]
pub(super) struct Font {
    pub(super) set: i32,
    /// The code page, where that is said beside the character set.
    pub(super) page: Option<i32>,
    pub(super) name: String,
}

/// A style of paragraphs as it is written.
#[derive(Clone, Debug, Default)]
pub(super) struct StyleEntry {
    pub(super) name: String,
    pub(super) based_on: Option<i32>,
    /// From 0; 9 for words that are no heading.
    pub(super) outline: Option<i32>,
    /// The language of its words: a Windows language code.
    pub(super) language: Option<i32>,
}

/// The lists of fonts and styles.
#[derive(Debug)]
pub(super) struct Header {
    /// The encoding of what is in no font.
    pub(super) usual: Charset,
    /// The font that holds where none is named.
    pub(super) default_font: i32,
    fonts: HashMap<i32, Font>,
    styles: HashMap<i32, StyleEntry>,
}

impl Default for Header {
    fn default() -> Self {
        let (fonts, styles) = (HashMap::new(), HashMap::new());
        Self { usual: Charset::USUAL, default_font: 0, fonts, styles }
    }
}

impl Header {
    /// Lists a font.
    pub(super) fn add_font(&mut self, number: i32, font: Font) {
        if self.fonts.len() < MOST_ENTRIES {
            self.fonts.insert(number, font);
        }
    }

    /// Lists a style.
    pub(super) fn add_style(&mut self, number: i32, style: StyleEntry) {
        if self.styles.len() < MOST_ENTRIES {
            self.styles.insert(number, style);
        }
    }

    /// How bytes in a font become characters, and which font of symbols it is.
    pub(super) fn font(&self, number: i32) -> (Charset, Option<SymbolFont>) {
        let Some(font) = self.fonts.get(&number) else { return (self.usual, None) };
        let charset = font
            .page
            .and_then(Charset::of_page)
            .unwrap_or_else(|| Charset::of_font(font.set, self.usual));
        let symbols = SymbolFont::named(&font.name);
        // A font of symbols that is not known: most look like this one.
        let unknown = (charset == Charset::Symbols).then_some(SymbolFont::Symbol);
        (charset, symbols.or(unknown))
    }

    /// The language of the usual style of paragraphs: a Windows language code; 0 where it says none.
    pub(super) fn language(&self) -> i32 {
        self.styles.get(&0).and_then(|style| style.language).unwrap_or(0)
    }

    /// What a style means, with its heading's level from 1, where it has one.
    pub(super) fn style(&self, number: i32) -> (Meaning, Option<u8>) {
        let (mut meaning, mut outline) = (Meaning::default(), None);
        let mut at = Some(number);
        for step in 0..LONGEST_CHAIN {
            let Some(style) = at.and_then(|at| self.styles.get(&at)) else { break };
            let named = Meaning::of(&style.name);
            outline = outline.or(style.outline);
            outline = outline.or(named.heading.map(|level| i32::from(level) - 1));
            meaning.title |= named.title && step == 0;
            meaning.quotation |= named.quotation;
            meaning.preformatted |= named.preformatted;
            at = style.based_on.filter(|next| Some(*next) != at);
        }
        (meaning, outline.and_then(level))
    }
}

/// The level of a heading, from 1 to 6, of an outline level from 0; `None` for words that are no heading.
pub(super) fn level(outline: i32) -> Option<u8> {
    u8::try_from(outline).ok().filter(|outline| *outline < 9).map(|outline| (outline + 1).min(6))
}
