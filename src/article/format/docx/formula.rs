//! Formulas of a Word file (OMML): their words in their order, with signs for what only their shape says.

use super::state::{Line, State};
use crate::foreign::xml::Xml;

impl State<'_> {
    /// Reads a part of a formula; `before` is what stands before its next words.
    pub(super) fn formula(
        &mut self,
        xml: &mut Xml<'_>,
        line: &mut Line,
        before: &mut &'static str,
    ) {
        while let Some(tag) = xml.next_tag() {
            let sign = match tag.name() {
                "t" => {
                    let words = xml.words();
                    if !words.trim().is_empty() {
                        self.say(line, std::mem::take(before));
                    }
                    self.say(line, &words);
                    continue;
                }
                "del" | "ctrlPr" | "rPr" => {
                    xml.skip();
                    continue;
                }
                "naryPr" => {
                    let mut sign = "∫".to_owned();
                    while let Some(inner) = xml.next_tag() {
                        if inner.name() == "chr" {
                            sign = inner.get("val").unwrap_or_default().into_owned();
                        }
                        xml.skip();
                    }
                    self.say(line, &sign);
                    continue;
                }
                "d" => {
                    self.brackets(xml, line, before);
                    continue;
                }
                "rad" => {
                    self.say(line, "√");
                    ""
                }
                "den" => "/",
                "sup" => "^",
                "sub" => "_",
                // Rows of a matrix, lines of a system.
                "mr" | "eqArr" => " ",
                _ => {
                    self.formula(xml, line, before);
                    continue;
                }
            };
            *before = sign;
            self.formula(xml, line, before);
            *before = "";
        }
    }

    /// Reads what stands in brackets.
    fn brackets(&mut self, xml: &mut Xml<'_>, line: &mut Line, before: &mut &'static str) {
        let mut signs = ["(".to_owned(), "|".to_owned(), ")".to_owned()];
        let mut first = true;
        while let Some(tag) = xml.next_tag() {
            match tag.name() {
                "dPr" => {
                    while let Some(inner) = xml.next_tag() {
                        let at = ["begChr", "sepChr", "endChr"];
                        if let Some(at) = at.iter().position(|name| *name == inner.name()) {
                            signs[at] = inner.get("val").unwrap_or_default().into_owned();
                        }
                        xml.skip();
                    }
                }
                "e" => {
                    self.say(line, std::mem::take(before));
                    let sign = signs[usize::from(!first)].clone();
                    self.say(line, &sign);
                    first = false;
                    self.formula(xml, line, before);
                }
                _ => xml.skip(),
            }
        }
        if !first {
            self.say(line, &signs[2]);
        }
    }
}
