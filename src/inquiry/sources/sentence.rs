//! The figures in words.

use super::Figures;

/// The caveat shown wherever the figures are.
pub const ASSUMED: &str =
    "Independence can only be assumed; what nobody recorded counts for nothing.";

impl Figures {
    /// The figures as sentences: “3 outlets, 1 origin. Confirmed: 0; at most 1 independent. …”
    #[must_use]
    pub fn sentence(&self) -> String {
        let mut text = format!(
            "{}, {}. Confirmed: {}; at most {} independent.",
            count(self.outlets, "outlet"),
            count(self.origins.len(), "origin"),
            self.confirmed,
            self.at_most
        );
        if !self.through.is_empty() {
            let through: Vec<String> = self.through.iter().map(|group| joined(group)).collect();
            text += &format!(" All of it passes through {}.", through.join(", then through "));
        }
        for circle in &self.loops {
            text += &format!(" {} rely on each other in a circle.", listed(circle));
        }
        if !self.unread.is_empty() {
            let names: Vec<String> = self.unread.iter().map(|group| joined(group)).collect();
            let originals = if names.len() == 1 { "Original" } else { "Originals" };
            text += &format!(" {originals} not read: {} ({}).", names.len(), names.join(", "));
        }
        text
    }
}

fn count(n: usize, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}

/// The name of a group of speakers that count as one.
fn joined(group: &[String]) -> String {
    group.join(" = ")
}

fn listed(names: &[String]) -> String {
    match names {
        [all @ .., last] if !all.is_empty() => format!("{} and {last}", all.join(", ")),
        _ => names.concat(),
    }
}
