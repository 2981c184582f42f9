//! Where pages begin: where Word said it saw a page begin when it saved the file last (`w:lastRenderedPageBreak`). A file
//! without such marks has no pages: breaks that somebody put in do not tell how many pages lie between them.

use crate::article::format::numerals::Numeral;
use crate::foreign::xml::Xml;

/// How the pages of a section are numbered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Section {
    start: Option<u32>,
    numeral: Numeral,
}

/// Pages as they are counted.
#[derive(Debug, Default)]
pub(super) struct Pages {
    known: bool,
    sections: Vec<Section>,
    section: usize,
    /// Set where a section begins that numbers its pages anew.
    anew: Option<u32>,
    place: Place,
    /// How many pages were begun.
    begun: u32,
    /// The number of the page that a section began with, and which page that is, from 0.
    from: (u32, u32),
    /// Whether words stand beside the pages, such as in a box.
    pub(super) aside: u32,
}

/// A place between two pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    /// Which page it is, from 0.
    page: u32,
    /// Breaks since the last words: seen by Word, and put in.
    seen: u32,
    put: u32,
}

impl Pages {
    /// Looks through the part with the words for what it says of pages.
    pub(super) fn read(part: &str) -> Self {
        if memchr::memmem::find(part.as_bytes(), b"lastRenderedPageBreak").is_none() {
            return Self::default();
        }
        let mut sections = Vec::new();
        let mut xml = Xml::new(part);
        let mut open = 1_usize;
        xml.next_tag();
        while open > 0 {
            let Some(tag) = xml.next_tag() else {
                open -= 1;
                continue;
            };
            match tag.name() {
                "sectPr" => {
                    sections.push(section(&mut xml));
                    continue;
                }
                "sectPrChange" => {
                    xml.skip();
                    continue;
                }
                _ => open += 1,
            }
        }
        let first = sections.first().and_then(|section: &Section| section.start);
        Self { known: true, sections, from: (first.unwrap_or(1), 0), ..Self::default() }
    }

    /// Word saw a page begin here.
    pub(super) const fn seen(&mut self) {
        if self.aside == 0 {
            self.place.seen = self.place.seen.saturating_add(1);
        }
    }

    /// A page is to begin here. Where Word has seen it begin it counts once.
    pub(super) const fn put(&mut self) {
        if self.aside == 0 {
            self.place.put = self.place.put.saturating_add(1);
        }
    }

    /// A section ends here.
    pub(super) fn end_section(&mut self) {
        self.section += 1;
        self.anew = self.sections.get(self.section).and_then(|section| section.start);
    }

    /// Where it is.
    pub(super) const fn place(&self) -> Place {
        self.place
    }

    /// Goes on from a place: cells of a row stand beside one another.
    pub(super) const fn go(&mut self, place: Place) {
        self.place = place;
    }

    /// The label of the page that begins with the next word, if one does.
    pub(super) fn due(&mut self) -> Option<String> {
        if !self.known || self.aside > 0 {
            return None;
        }
        let breaks = self.place.seen.max(self.place.put);
        self.place = Place { page: self.place.page.saturating_add(breaks), seen: 0, put: 0 };
        let page = self.place.page;
        if page < self.begun {
            return None;
        }
        self.begun = page.saturating_add(1);
        if let Some(start) = self.anew.take() {
            self.from = (start, page);
        }
        let number = self.from.0.saturating_add(page.saturating_sub(self.from.1));
        let numeral = self.sections.get(self.section).map_or(Numeral::Decimal, |s| s.numeral);
        Some(numeral.write(number))
    }
}

fn section(xml: &mut Xml<'_>) -> Section {
    let mut section = Section::default();
    while let Some(tag) = xml.next_tag() {
        if tag.name() == "pgNumType" {
            section.start = tag.number("start");
            section.numeral = Numeral::of_word(&tag.get("fmt").unwrap_or_default());
        }
        xml.skip();
    }
    section
}
