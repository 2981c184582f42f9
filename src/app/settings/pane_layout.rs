//! A layout of the panes: which are beside, below and behind each other, how large, and which are hidden. It is written
//! as one line of text, so that a settings file stays readable, and one of an older or newer Casebook can still be
//! used: `row(15 lists, 41 article, 44 column(66 canvas, 34 tabs(*inspector, review, -results)))`.

use std::fmt;

use crate::app::Pane;

/// The longest written layout (bytes) that is read.
const LONGEST: usize = 4096;
/// The deepest nesting of a written layout that is read.
const DEEPEST: usize = 12;

/// How panes share a part of the window.
#[derive(Clone, Debug, PartialEq)]
pub enum PaneLayout {
    /// One pane. A hidden one keeps its place.
    Pane {
        /// Which.
        pane: Pane,
        /// Whether it is hidden.
        hidden: bool,
    },
    /// Side by side, each with its share of the width.
    Row(Vec<(f32, Self)>),
    /// One below the other, each with its share of the height.
    Column(Vec<(f32, Self)>),
    /// Behind each other, each with a tab.
    Tabs {
        /// From left to right.
        tabs: Vec<Self>,
        /// The one in front: an index into `tabs`.
        front: usize,
    },
}

impl PaneLayout {
    /// Reads a written layout. `None` if it is invalid: not in the form of a layout, with a pane in it twice, or with
    /// none that is shown. Panes that are not `known` are left out, and missing ones are added, hidden, so that a
    /// layout of another version of Casebook can be used.
    #[must_use]
    pub fn parse(text: &str, known: &[Pane]) -> Option<Self> {
        if text.len() > LONGEST {
            return None;
        }
        let mut reader = Reader { rest: text, known, seen: Vec::new() };
        let read = reader.item(0)?;
        if !reader.rest.trim().is_empty() {
            return None;
        }
        let seen = reader.seen;
        let mut layout = read.layout?;
        if !layout.shows_something() {
            return None;
        }
        for pane in known {
            if !seen.contains(pane) {
                layout.add_hidden(*pane);
            }
        }
        Some(layout)
    }

    /// Whether a pane of it is shown. The second article does not count: it is there only beside a first.
    fn shows_something(&self) -> bool {
        match self {
            Self::Pane { pane, hidden } => !hidden && *pane != Pane::BESIDE,
            Self::Row(parts) | Self::Column(parts) => {
                parts.iter().any(|(_, part)| part.shows_something())
            }
            Self::Tabs { tabs, .. } => tabs.iter().any(Self::shows_something),
        }
    }

    /// Adds a hidden pane behind the one that [`Pane::stands_behind`] names, otherwise beside everything.
    fn add_hidden(&mut self, pane: Pane) {
        if pane.stands_behind().is_some_and(|front| self.add_behind(front, pane)) {
            return;
        }
        let added = (15.0, Self::Pane { pane, hidden: true });
        match self {
            Self::Row(parts) => parts.push(added),
            _ => {
                let all = std::mem::replace(self, Self::Row(Vec::new()));
                *self = Self::Row(vec![(85.0, all), added]);
            }
        }
    }

    /// Adds a hidden pane as the last of the tabs that include `front`; false if there is no such pane.
    fn add_behind(&mut self, front: Pane, pane: Pane) -> bool {
        let is_front = |part: &Self| matches!(part, Self::Pane { pane, .. } if *pane == front);
        let added = Self::Pane { pane, hidden: true };
        if is_front(self) {
            let before = std::mem::replace(self, Self::Row(Vec::new()));
            *self = Self::Tabs { tabs: vec![before, added], front: 0 };
            return true;
        }
        match self {
            Self::Pane { .. } => false,
            Self::Row(parts) | Self::Column(parts) => {
                parts.iter_mut().any(|(_, part)| part.add_behind(front, pane))
            }
            Self::Tabs { tabs, .. } if tabs.iter().any(is_front) => {
                tabs.push(added);
                true
            }
            Self::Tabs { tabs, .. } => tabs.iter_mut().any(|part| part.add_behind(front, pane)),
        }
    }
}

impl fmt::Display for PaneLayout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = |f: &mut fmt::Formatter<'_>, name: &str, parts: &[(f32, Self)]| {
            let all: f32 = parts.iter().map(|(share, _)| share.max(0.0)).sum();
            write!(f, "{name}(")?;
            for (n, (share, part)) in parts.iter().enumerate() {
                let comma = if n == 0 { "" } else { ", " };
                let share = if all > 0.0 { share / all * 100.0 } else { 1.0 };
                write!(f, "{comma}{share:.1} {part}")?;
            }
            write!(f, ")")
        };
        match self {
            Self::Pane { pane, hidden } => {
                write!(f, "{}{}", if *hidden { "-" } else { "" }, pane.key())
            }
            Self::Row(all) => parts(f, "row", all),
            Self::Column(all) => parts(f, "column", all),
            Self::Tabs { tabs, front } => {
                write!(f, "tabs(")?;
                for (n, tab) in tabs.iter().enumerate() {
                    let comma = if n == 0 { "" } else { ", " };
                    write!(f, "{comma}{}{tab}", if n == *front { "*" } else { "" })?;
                }
                write!(f, ")")
            }
        }
    }
}

/// A part that was read: empty if this Casebook does not know it.
struct Part {
    share: f32,
    front: bool,
    layout: Option<PaneLayout>,
}

struct Reader<'a> {
    rest: &'a str,
    known: &'a [Pane],
    seen: Vec<Pane>,
}

impl<'a> Reader<'a> {
    fn take(&mut self, sign: char) -> bool {
        match self.rest.trim_start().strip_prefix(sign) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn word(&mut self, of: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest.trim_start();
        let end = rest.find(|c| !of(c)).unwrap_or(rest.len());
        let (word, rest) = rest.split_at(end);
        self.rest = rest;
        word
    }

    fn item(&mut self, depth: usize) -> Option<Part> {
        if depth > DEEPEST {
            return None;
        }
        let number = self.word(|c| c.is_ascii_digit() || c == '.');
        let share = if number.is_empty() { 1.0 } else { number.parse::<f32>().ok()? };
        let share = share.clamp(1.0, 100.0);
        let front = self.take('*');
        let hidden = self.take('-');
        let name = self.word(|c| c.is_ascii_lowercase() || c == '_');
        if !self.take('(') {
            if name.is_empty() {
                return None;
            }
            let pane = self.known.iter().copied().find(|pane| pane.key() == name);
            if let Some(pane) = pane {
                if self.seen.contains(&pane) {
                    return None;
                }
                self.seen.push(pane);
            }
            let layout = pane.map(|pane| PaneLayout::Pane { pane, hidden });
            return Some(Part { share, front, layout });
        }
        let mut parts = Vec::new();
        loop {
            let part = self.item(depth + 1)?;
            if let Some(layout) = part.layout {
                parts.push((part.share, part.front, layout));
            }
            if self.take(')') {
                break;
            }
            if !self.take(',') {
                return None;
            }
        }
        let layout = match (name, parts.len()) {
            ("row" | "column" | "tabs", 0) => None,
            // A single one needs no container.
            ("row" | "column" | "tabs", 1) => parts.pop().map(|(_, _, layout)| layout),
            ("row" | "column", _) => {
                let parts = parts.into_iter().map(|(share, _, layout)| (share, layout)).collect();
                Some(if name == "row" { PaneLayout::Row(parts) } else { PaneLayout::Column(parts) })
            }
            ("tabs", _) => {
                let front = parts.iter().position(|(_, front, _)| *front).unwrap_or(0);
                let tabs = parts.into_iter().map(|(_, _, layout)| layout).collect();
                Some(PaneLayout::Tabs { tabs, front })
            }
            _ => return None,
        };
        Some(Part { share, front, layout })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::app::PaneFacts;

    fn parse(text: &str) -> PaneLayout {
        PaneLayout::parse(text, Pane::OWN).unwrap_or_else(|| panic!("{text}"))
    }

    #[test]
    fn a_layout_reads_back_as_it_was_written() {
        let text = "row(20.0 lists, 30.0 article, 10.0 beside, 40.0 column(60.0 canvas, 40.0 tabs(inspector, *review, -results, suggestions, -tables)))";
        assert_eq!(parse(text).to_string(), text);
    }

    #[test]
    fn a_broken_layout_is_none() {
        for text in [
            "",
            "row(",
            "row()",
            "row(lists, lists)",
            "lists article",
            "heap(lists, article)",
            "row(-lists, -canvas)",
            "beside",
            "row(1.2.3 lists)",
            "row(lists))",
            &"row(".repeat(100_000),
            &format!("{}lists{}", "row(".repeat(40), ")".repeat(40)),
        ] {
            assert_eq!(
                PaneLayout::parse(text, Pane::OWN),
                None,
                "{}",
                text.get(..40).unwrap_or(text)
            );
        }
    }

    #[test]
    fn a_layout_of_another_version_is_used_as_far_as_it_goes() {
        let layout = parse("row(9999 lists, 0 tabs(timeline, *canvas, article), 5 row(atlas))");
        let text = layout.to_string();
        assert!(text.starts_with("row(") && text.contains("tabs(*canvas, article)"), "{text}");
        for pane in Pane::OWN {
            assert!(text.contains(pane.key()), "{text}");
        }
        assert!(text.contains("-inspector") && !text.contains("atlas"), "{text}");
    }

    #[test]
    fn a_pane_of_the_window_stands_behind_the_one_it_names() {
        static BEHIND: PaneFacts = PaneFacts::new("timeline", "Timeline").behind(Pane::TABLE);
        static ALONE: PaneFacts = PaneFacts::new("atlas", "Atlas");
        let mut known = Pane::OWN.to_vec();
        known.extend([Pane::of(&BEHIND), Pane::of(&ALONE)]);
        for (layout, with) in [
            ("row(article, -tables)", "tabs(*-tables, -timeline)"),
            ("row(article, tabs(*tables, canvas))", "tabs(*tables, canvas, -timeline)"),
            (
                "row(article, column(lists, tabs(canvas, row(tables, review))))",
                "tabs(*tables, -timeline)",
            ),
        ] {
            let read = PaneLayout::parse(layout, &known).unwrap().to_string();
            assert!(read.contains(with) && read.contains(" -atlas"), "{layout}: {read}");
            // What the user made of it is left alone from then on.
            let again = PaneLayout::parse(&read, &known).unwrap().to_string();
            assert!(again.contains(with), "{layout}: {again}");
        }
    }

    fn any_layout() -> impl Strategy<Value = String> {
        let leaf = (prop::sample::select(Pane::OWN.to_vec()), any::<bool>())
            .prop_map(|(pane, hidden)| format!("{}{}", if hidden { "-" } else { "" }, pane.key()));
        leaf.prop_recursive(4, 24, 5, |inner| {
            let kind = prop::sample::select(vec!["row", "column", "tabs"]);
            let parts = prop::collection::vec((0.0_f32..200.0, any::<bool>(), inner), 1..5);
            (kind, parts).prop_map(|(kind, parts)| {
                let part = |(share, front, part): (f32, bool, String)| {
                    format!("{share} {}{part}", if front { "*" } else { "" })
                };
                let parts: Vec<String> = parts.into_iter().map(part).collect();
                format!("{kind}({})", parts.join(","))
            })
        })
    }

    proptest! {
        #[test]
        fn writing_what_was_read_says_the_same(text in any_layout()) {
            if let Some(layout) = PaneLayout::parse(&text, Pane::OWN) {
                let again = parse(&layout.to_string());
                prop_assert_eq!(parse(&again.to_string()).to_string().len(), again.to_string().len());
                for pane in Pane::OWN {
                    prop_assert_eq!(again.to_string().matches(pane.key()).count(), 1);
                }
            }
        }

        #[test]
        fn no_text_panics(text in "[a-z0-9(),*. é-]{0,60}") {
            _ = PaneLayout::parse(&text, Pane::OWN);
        }
    }
}
