//! What the styles of office programs mean, by their names in the languages of those programs.

/// What headings are called in the languages of Word; a number follows.
const HEADINGS: [&str; 18] = [
    "heading",
    "überschrift",
    "titre",
    "título",
    "titolo",
    "kop",
    "rubrik",
    "overskrift",
    "otsikko",
    "nagłówek",
    "nadpis",
    "címsor",
    "başlık",
    "заголовок",
    "επικεφαλίδα",
    "标题",
    "標題",
    "見出し",
];
const QUOTATIONS: [&str; 12] = [
    "quote",
    "intense quote",
    "block text",
    "block quotation",
    "blockquote",
    "quotations",
    "zitat",
    "intensives zitat",
    "citation",
    "citation intense",
    "cita",
    "citazione",
];
const PREFORMATTED: [&str; 5] =
    ["html preformatted", "source code", "preformatted text", "preformatted", "macro text"];
const TITLES: [&str; 6] = ["title", "titel", "titre", "título", "titolo", "book title"];

/// What a style means by its name alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::article::format) struct Meaning {
    /// The level of a heading, from 1 to 9.
    pub(in crate::article::format) heading: Option<u8>,
    /// Whether it is the title of the document.
    pub(in crate::article::format) title: bool,
    /// Whether it quotes.
    pub(in crate::article::format) quotation: bool,
    /// Whether its spaces and line ends matter.
    pub(in crate::article::format) preformatted: bool,
}

impl Meaning {
    /// What a style of this name means.
    pub(in crate::article::format) fn of(name: &str) -> Self {
        // OpenDocument writes a space in a name as its code.
        let name = name.trim().replace("_20_", " ").to_lowercase();
        let bare = name.trim_end_matches(|c: char| c.is_ascii_digit());
        let number = name.get(bare.len()..).and_then(|number| number.parse::<u8>().ok());
        let is_heading = HEADINGS.contains(&bare.trim_end());
        Self {
            heading: number.filter(|level| is_heading && (1..=9).contains(level)),
            title: TITLES.contains(&&*name),
            quotation: QUOTATIONS.contains(&&*name),
            preformatted: PREFORMATTED.contains(&&*name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_mean_the_same_in_every_language() {
        for (name, level) in [
            ("heading 1", Some(1)),
            ("Heading_20_2", Some(2)),
            ("Überschrift 3", Some(3)),
            ("Titre4", Some(4)),
            ("見出し 5", Some(5)),
            ("heading", None),
            ("heading 10", None),
            ("subheading 2", None),
        ] {
            assert_eq!(Meaning::of(name).heading, level, "{name}");
        }
        assert!(Meaning::of("Quotations").quotation && Meaning::of("Titel").title);
        assert!(Meaning::of("Preformatted_20_Text").preformatted);
    }
}
