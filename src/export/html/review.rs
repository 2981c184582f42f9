//! What the review finds, what is waived and what is set aside, with reasons.

use super::entities::reached;
use super::escape::name;
use super::page::{section, tag};
use crate::export::report::Report;
use crate::export::{Out, Stopped};
use crate::inquiry::review::{Open, Severity};
use crate::notebook::Subject;

/// Writes it.
pub(super) fn write(report: &Report<'_>, out: &mut Out<'_>) -> Result<(), Stopped> {
    out.text(&section("review", "Review"))?;
    if report.review.open.is_empty() {
        out.line("<p>Nothing is open.</p>")?;
    }
    let mut rule = "";
    for open in &report.review.open {
        if open.rule.id != rule {
            if !rule.is_empty() {
                out.text("</ul>\n")?;
            }
            rule = open.rule.id;
            out.line(&format!(
                "<h3 class=\"rule\"><span class=\"sign {0}\" aria-hidden=\"true\">{1}</span> {2} <span class=\"tag {0}\">{0}</span></h3>",
                open.rule.severity.word(),
                sign(open.rule.severity),
                open.rule.title
            ))?;
            out.line(&format!(
                "<p class=\"muted\">{}</p>\n<ul class=\"findings\">",
                open.rule.explanation
            ))?;
        }
        out.line(&format!("<li data-item>{}</li>", finding(report, open)))?;
        out.step()?;
    }
    if !rule.is_empty() {
        out.text("</ul>\n")?;
    }
    waived(report, out)?;
    aside(report, out)?;
    out.text("</section>\n")
}

/// The sign of a severity: colour is never the only one.
const fn sign(severity: Severity) -> &'static str {
    match severity {
        Severity::Serious => "▲",
        Severity::Warning => "●",
        Severity::Note => "○",
    }
}

fn finding(report: &Report<'_>, open: &Open) -> String {
    let mut text = subject(report, open.what, &open.name);
    if !open.words.is_empty() {
        text.push_str(&format!(" <span class=\"muted\">{}</span>", name(&open.words)));
    }
    text
}

fn subject(report: &Report<'_>, what: Subject, words: &str) -> String {
    let words = name(words);
    if reached(report, what) { format!("<a href=\"#{what}\">{words}</a>") } else { words }
}

fn waived(report: &Report<'_>, out: &mut Out<'_>) -> Result<(), Stopped> {
    if report.review.waived.is_empty() {
        return Ok(());
    }
    out.text("<h3>Waived</h3>\n<ul class=\"findings\">\n")?;
    for open in &report.review.waived {
        out.text(&format!("<li data-item>{} ", tag("", open.rule.title)))?;
        out.text(&finding(report, open))?;
        if let Some(waiver) = open.waived.and_then(|id| report.notebook().waivers().get(&id)) {
            out.text(&reason(&waiver.reason, &waiver.at, &waiver.by))?;
        }
        out.text("</li>\n")?;
        out.step()?;
    }
    out.text("</ul>\n")
}

fn aside(report: &Report<'_>, out: &mut Out<'_>) -> Result<(), Stopped> {
    let mut any = false;
    for one in report.set_aside() {
        if !std::mem::replace(&mut any, true) {
            out.text("<h3>Set aside</h3>\n<ul class=\"findings\">\n")?;
        }
        let what = subject(report, one.what, &report.notebook().subject_name(one.what));
        let from = if one.from.is_empty() {
            String::new()
        } else {
            format!(" <span class=\"muted\">from {} on</span>", name(&one.from))
        };
        out.line(&format!(
            "<li data-item>{what}{from}{}</li>",
            reason(&one.reason, &one.at, &one.by)
        ))?;
    }
    if any { out.text("</ul>\n") } else { Ok(()) }
}

/// Why, when and by whom.
fn reason(reason: &str, at: &str, by: &str) -> String {
    let words = if reason.trim().is_empty() { "no reason given".to_owned() } else { name(reason) };
    let day = at.get(..10).unwrap_or(at);
    let signed: Vec<String> =
        [by, day].into_iter().filter(|part| !part.is_empty()).map(name).collect();
    let signed =
        if signed.is_empty() { String::new() } else { format!(" ({})", signed.join(", ")) };
    format!("<p class=\"reason\">{words}<span class=\"muted\">{signed}</span></p>")
}
