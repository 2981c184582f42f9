//! The names of elements, by what their tags do to others.

/// A name, as a number.
pub(super) type Key = u64;

/// What the tags of an element do to others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// Has no content and no end.
    Void,
    /// Changes only how words look, and is opened anew in each block it reaches into.
    Formatting,
    /// A link: one is never in another.
    Anchor,
    /// A paragraph, which any block ends.
    Paragraph,
    /// An item of a list, which the next one ends.
    Item,
    /// A part of a table.
    TablePart,
    /// A part of words with their pronunciation.
    Ruby,
    /// A block.
    Block,
    /// A block out of which no end tag reaches.
    Scope,
    /// Anything else.
    Inline,
}

impl Class {
    /// Whether such elements can lie in one another without end.
    pub(super) const fn counts(self) -> bool {
        matches!(self, Self::Block | Self::Scope | Self::Inline | Self::Ruby)
    }
}

/// The class of an element's name, in lower case.
pub(super) fn class(name: &str) -> Class {
    match name {
        "area" | "base" | "basefont" | "bgsound" | "br" | "col" | "embed" | "hr" | "img"
        | "image" | "input" | "keygen" | "link" | "meta" | "param" | "source" | "track" | "wbr" => {
            Class::Void
        }
        "b" | "big" | "code" | "em" | "font" | "i" | "nobr" | "s" | "small" | "strike"
        | "strong" | "tt" | "u" => Class::Formatting,
        "a" => Class::Anchor,
        "p" => Class::Paragraph,
        "li" | "dd" | "dt" => Class::Item,
        "caption" | "colgroup" | "tbody" | "td" | "tfoot" | "th" | "thead" | "tr" => {
            Class::TablePart
        }
        "rb" | "rp" | "rt" | "rtc" => Class::Ruby,
        "applet" | "marquee" | "object" | "table" | "template" | "button" => Class::Scope,
        name if is_block(name) => Class::Block,
        _ => Class::Inline,
    }
}

/// Whether an element stands on lines of its own.
pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "center"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "legend"
            | "listing"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "pre"
            | "search"
            | "section"
            | "summary"
            | "ul"
    )
}

/// A name as a number (FNV-1a, 64 bits); the headings share one, because any of them ends any other.
pub(super) fn key(name: &str) -> Key {
    let name = match name {
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => "h",
        name => name,
    };
    name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
