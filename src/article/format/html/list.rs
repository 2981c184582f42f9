//! Lists: what stands before each item.

use dom_query::NodeRef;

/// A list whose items are read.
#[derive(Debug)]
pub(super) struct List {
    style: Style,
    next: i64,
    step: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    Bullet,
    Decimal,
    /// Letters, from this one.
    Letters(u8),
    Roman {
        upper: bool,
    },
}

impl List {
    /// The list of this element, by its name.
    pub(super) fn of(node: &NodeRef<'_>, name: &str) -> Self {
        let kind = node.attr("type").unwrap_or_default();
        let css = node.attr("style").unwrap_or_default().to_ascii_lowercase();
        let style = match &*kind {
            _ if name != "ol" => Style::Bullet,
            "a" => Style::Letters(b'a'),
            "A" => Style::Letters(b'A'),
            "i" => Style::Roman { upper: false },
            "I" => Style::Roman { upper: true },
            _ if css.contains("lower-alpha") || css.contains("lower-latin") => Style::Letters(b'a'),
            _ if css.contains("upper-alpha") || css.contains("upper-latin") => Style::Letters(b'A'),
            _ if css.contains("lower-roman") => Style::Roman { upper: false },
            _ if css.contains("upper-roman") => Style::Roman { upper: true },
            _ => Style::Decimal,
        };
        let reversed = node.attr("reversed").is_some();
        let start = node.attr("start").and_then(|start| start.trim().parse().ok());
        let start = start.unwrap_or_else(|| {
            if !reversed {
                return 1;
            }
            let items = node.children_it(false).filter(|child| child.has_name("li")).count();
            i64::try_from(items).unwrap_or(i64::MAX)
        });
        Self { style, next: start, step: if reversed { -1 } else { 1 } }
    }

    /// What stands before the next item.
    pub(super) fn sign_of(&mut self, item: &NodeRef<'_>) -> String {
        if let Some(value) = item.attr("value").and_then(|value| value.trim().parse().ok()) {
            self.next = value;
        }
        let number = self.next;
        self.next = number.saturating_add(self.step);
        match self.style {
            Style::Bullet => "•".to_owned(),
            Style::Decimal => format!("{number}."),
            Style::Letters(first) => {
                letters(number, first).map_or_else(|| format!("{number}."), |l| l + ".")
            }
            Style::Roman { upper } => match roman(number) {
                Some(roman) if upper => roman + ".",
                Some(roman) => roman.to_ascii_lowercase() + ".",
                None => format!("{number}."),
            },
        }
    }
}

/// a, b, … z, aa, ab, …
fn letters(number: i64, first: u8) -> Option<String> {
    let mut rest = u64::try_from(number).ok().filter(|number| *number > 0)?;
    let mut letters = Vec::new();
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(first + u8::try_from(rest % 26).ok()?));
        rest /= 26;
    }
    Some(letters.iter().rev().collect())
}

fn roman(number: i64) -> Option<String> {
    const SIGNS: [(i64, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..4000).contains(&number) {
        return None;
    }
    let mut rest = number;
    let mut roman = String::new();
    for (value, sign) in SIGNS {
        while rest >= value {
            roman.push_str(sign);
            rest -= value;
        }
    }
    Some(roman)
}
