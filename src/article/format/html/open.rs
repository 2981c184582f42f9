//! The elements that are open at a place of a page's source, as far as tags are concerned with them.

use super::names::{self, Class};

/// An element that is open.
struct Open {
    name: names::Key,
    class: Class,
    /// The name its end tag is written with, where that is another than its own.
    written: Option<&'static str>,
}

/// The elements that are open, the innermost last.
#[derive(Default)]
pub(super) struct OpenElements {
    elements: Vec<Open>,
    /// How many of them count as nesting.
    depth: usize,
}

impl OpenElements {
    /// How many elements lie in one another here.
    pub(super) const fn depth(&self) -> usize {
        self.depth
    }

    /// Whether an element of this name is open.
    pub(super) fn has(&self, name: &str) -> bool {
        let key = names::key(name);
        self.elements.iter().any(|open| open.name == key)
    }

    /// Whether this is the place of the innermost.
    pub(super) fn is_last(&self, at: usize) -> bool {
        at + 1 == self.elements.len()
    }

    /// The name that the end tag of an element is written with, where that is another than its own.
    pub(super) fn written(&self, at: usize) -> Option<&'static str> {
        self.elements.get(at).and_then(|open| open.written)
    }

    /// Opens an element; its end tag is `written` with another name than its own.
    pub(super) fn push(&mut self, name: names::Key, class: Class, written: Option<&'static str>) {
        self.depth += usize::from(class.counts());
        self.elements.push(Open { name, class, written });
    }

    /// Pops the open elements from `at`.
    pub(super) fn pop_from(&mut self, at: usize) {
        let counting = self.elements.drain(at..).filter(|open| open.class.counts()).count();
        self.depth -= counting;
    }

    /// Forgets what the beginning of an element closes by itself.
    pub(super) fn close_before(&mut self, name: &str, class: Class) {
        let find = |open: &[Open], key: names::Key, stops: fn(Class) -> bool| {
            for (at, element) in open.iter().enumerate().rev() {
                if element.name == key {
                    return Some(at);
                }
                if stops(element.class) {
                    return None;
                }
            }
            None
        };
        match class {
            Class::Block | Class::Scope | Class::Paragraph | Class::Item => {
                if let Some(at) =
                    find(&self.elements, names::key("p"), |class| class == Class::Scope)
                {
                    self.pop_from(at);
                }
            }
            Class::TablePart => {
                if let Some(at) = self.table() {
                    self.pop_from(at + 1);
                }
            }
            Class::Ruby if self.elements.last().is_some_and(|open| open.class == Class::Ruby) => {
                self.pop_from(self.elements.len() - 1);
            }
            _ => {}
        }
        if class == Class::Item {
            let group: &[&str] = if name == "li" { &["li"] } else { &["dd", "dt"] };
            for (at, element) in self.elements.iter().enumerate().rev() {
                if group.iter().any(|name| names::key(name) == element.name) {
                    self.pop_from(at);
                    break;
                }
                let passes = ["div", "address"].iter().any(|n| names::key(n) == element.name);
                if matches!(element.class, Class::Scope | Class::Block) && !passes {
                    break;
                }
            }
        }
    }

    /// Where the table is that is open, in no template of its own.
    pub(super) fn table(&self) -> Option<usize> {
        let [table, template] = [names::key("table"), names::key("template")];
        let at =
            self.elements.iter().rposition(|open| open.name == table || open.name == template)?;
        self.elements.get(at).is_some_and(|open| open.name == table).then_some(at)
    }

    /// Where the element is that an end tag ends: none outside the table, or for an inline element the block, it is in.
    pub(super) fn find(&self, key: names::Key, class: Class) -> Option<usize> {
        let inline = matches!(class, Class::Inline | Class::Ruby);
        for (at, open) in self.elements.iter().enumerate().rev() {
            if open.name == key {
                return Some(at);
            }
            let stops = match open.class {
                Class::Scope => true,
                Class::Block | Class::Paragraph | Class::Item => inline,
                _ => false,
            };
            if stops {
                return None;
            }
        }
        None
    }
}
