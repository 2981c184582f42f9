//! A page of a document as a picture, with the places of its words.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// Which page of a document is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PageAt {
    /// The one on which this byte of the document's text stands.
    Byte(usize),
    /// The one of this number in the file, from 0.
    Number(u32),
}

/// A page as a picture.
#[derive(Clone, Debug, PartialEq)]
pub struct PageImage {
    /// The number of the page in the file, from 0, of how many, and its label.
    pub place: PagePlace,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// Its pixels, row by row from the top: red, green, blue and opacity (always 255), a byte each.
    pub rgba: Vec<u8>,
    /// Its words, in the order of the text.
    pub words: Vec<PlacedWord>,
}

/// Where a page is in its document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PagePlace {
    /// Its number in the file, from 0.
    pub number: u32,
    /// How many pages the file has.
    pub count: u32,
    /// What the document itself calls it: “12”, “iv”.
    pub label: String,
}

/// A word on the picture of its page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlacedWord {
    /// Bytes of the document's text, as its reader gives it for the same file.
    pub range: Range<usize>,
    /// The rectangle around it, in pixels from the picture's upper left corner.
    pub left: f32,
    /// Its upper edge.
    pub top: f32,
    /// Its right edge.
    pub right: f32,
    /// Its lower edge.
    pub bottom: f32,
}
