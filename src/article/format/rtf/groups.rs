//! The groups of a Rich Text file: where their words go, and how they are set.

/// Where the words of a group go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Destination {
    /// Into the text, a note or a box.
    #[default]
    Body,
    /// Nowhere.
    Skip,
    /// The list of fonts.
    Fonts,
    /// The list of styles.
    Styles,
    /// What the file says about itself.
    Info,
    /// One thing of that: its title, who wrote it, who published it.
    Title,
    Author,
    Company,
    /// When it was made, and when it was changed last.
    Created,
    Changed,
    /// The sign before an item of a list.
    Marker,
    /// What a field is to do.
    Instruction,
    /// The top or bottom of pages.
    Edge,
}

/// How a paragraph is set.
#[derive(Clone, Debug, Default)]
pub(super) struct Setting {
    pub(super) style: i32,
    /// From 0; 9 for words that are no heading.
    pub(super) outline: Option<i32>,
    pub(super) in_table: bool,
    /// In how many tables it lies.
    pub(super) tables: Option<i32>,
    /// How deep it lies in a list, from 0.
    pub(super) depth: Option<i32>,
    /// How far its lines stand from the edge, and its first line from them, in twentieths of a point.
    pub(super) left: i32,
    pub(super) first: i32,
}

impl Setting {
    /// In how many tables it lies.
    pub(super) fn table_depth(&self) -> usize {
        let said = self.tables.map_or(1, |tables| usize::try_from(tables).unwrap_or(0));
        if self.in_table { said.max(1) } else { 0 }
    }
}

/// A group that is open.
#[derive(Clone, Debug)]
pub(super) struct Group {
    pub(super) destination: Destination,
    /// Whether nothing of it was read, and whether it may be passed over by who does not know it.
    pub(super) fresh: bool,
    pub(super) optional: bool,
    /// Whether it holds the same words twice: in bytes, and in Unicode.
    pub(super) twice: bool,
    pub(super) font: i32,
    /// How many characters stand after each Unicode character for those who cannot read it.
    pub(super) fallback: usize,
    pub(super) hidden: bool,
    pub(super) deleted: bool,
    pub(super) language: i32,
    pub(super) setting: Setting,
}

impl Default for Group {
    fn default() -> Self {
        Self {
            destination: Destination::Body,
            fresh: false,
            optional: false,
            twice: false,
            font: 0,
            fallback: 1,
            hidden: false,
            deleted: false,
            language: 0,
            setting: Setting::default(),
        }
    }
}

/// Where the words of a group go that begins with this control word, in a group whose words go to `outer`; `None` where the
/// word does not begin such a group.
pub(super) fn destination(name: &str, outer: Destination) -> Option<Destination> {
    use Destination as To;
    if outer == To::Info {
        return Some(match name {
            "title" => To::Title,
            "author" => To::Author,
            "company" => To::Company,
            "creatim" => To::Created,
            "revtim" => To::Changed,
            _ => To::Skip,
        });
    }
    Some(match name {
        "fonttbl" => To::Fonts,
        "stylesheet" => To::Styles,
        "info" => To::Info,
        "listtext" | "pntext" => To::Marker,
        "fldinst" => To::Instruction,
        "header" | "headerl" | "headerr" | "headerf" | "footer" | "footerl" | "footerr"
        | "footerf" => To::Edge,
        "colortbl" | "filetbl" | "revtbl" | "listtable" | "listoverridetable" | "rsidtbl"
        | "generator" | "pict" | "nonshppict" | "shprslt" | "sp" | "xe" | "rxe" | "txe" | "tc"
        | "tcn" | "nonesttables" | "annotation" | "ftnsep" | "ftnsepc" | "ftncn" | "aftnsep"
        | "aftnsepc" | "aftncn" | "mmathPict" | "themedata" | "colorschememapping"
        | "latentstyles" | "datastore" | "objdata" | "objclass" | "objname" | "pntxta"
        | "pntxtb" | "xmlnstbl" | "bkmkstart" | "bkmkend" => To::Skip,
        // Properties of formulas.
        _ if name.starts_with('m') && name.ends_with("Pr") => To::Skip,
        // What is known to hold words, though it may be passed over.
        "fldrslt" | "shpinst" | "shptxt" | "do" | "dptxbxtext" | "footnote" | "result"
        | "nesttableprops" | "mmath" | "moMath" | "moMathPara" | "upr" | "shp" | "shpgrp" => outer,
        _ => return None,
    })
}

/// The character that a control word stands for.
pub(super) fn character(name: &str) -> Option<&'static str> {
    Some(match name {
        "emdash" => "—",
        "endash" => "–",
        "lquote" => "‘",
        "rquote" => "’",
        "ldblquote" => "“",
        "rdblquote" => "”",
        "bullet" => "•",
        "emspace" => "\u{2003}",
        "enspace" => "\u{2002}",
        "qmspace" => "\u{2005}",
        "zwj" => "\u{200d}",
        "zwnj" => "\u{200c}",
        "zwbo" => "\u{200b}",
        "zwnbo" => "\u{2060}",
        "ltrmark" => "\u{200e}",
        "rtlmark" => "\u{200f}",
        _ => return None,
    })
}
