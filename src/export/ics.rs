//! The events that have a date, as a calendar: iCalendar (RFC 5545).

use super::location::Cited;
use super::{Content, Out, Stopped};
use crate::notebook::{Day, Detail, Entity, EntityId, Event, edtf_span};

/// Lines are folded after so many bytes.
const WIDTH: usize = 75;

pub(super) fn write(content: &Content<'_>, out: &mut Out<'_>) -> Result<(), Stopped> {
    let stamp = stamp(content);
    line(out, "BEGIN:VCALENDAR")?;
    line(out, "VERSION:2.0")?;
    line(out, "PRODID:-//Casebook//Casebook//EN")?;
    if !content.notebook().title().is_empty() {
        line(out, &format!("NAME:{}", escaped(content.notebook().title())))?;
    }
    for (id, entity) in content.entities() {
        if let Detail::Event(event) = &entity.detail
            && let Some((first, after)) = days(&event.date.edtf)
        {
            write_event(content, out, (id, entity, event), (first, after), &stamp)?;
        }
        out.step()?;
    }
    line(out, "END:VCALENDAR")
}

fn write_event(
    content: &Content<'_>,
    out: &mut Out<'_>,
    (id, entity, event): (EntityId, &Entity, &Event),
    (first, after): (String, String),
    stamp: &str,
) -> Result<(), Stopped> {
    let notebook = content.notebook();
    line(out, "BEGIN:VEVENT")?;
    line(out, &format!("UID:{id}@casebook"))?;
    line(out, &format!("DTSTAMP:{stamp}"))?;
    line(out, &format!("DTSTART;VALUE=DATE:{first}"))?;
    line(out, &format!("DTEND;VALUE=DATE:{after}"))?;
    line(out, "TRANSP:TRANSPARENT")?;
    line(out, &format!("SUMMARY:{}", escaped(&entity.name)))?;
    if !event.place.is_empty() {
        line(out, &format!("LOCATION:{}", escaped(&event.place)))?;
    }
    let mut told = vec![format!("Date: {}", event.date.edtf)];
    if !event.date.written.is_empty() {
        told.push(format!("As written: {}", event.date.written));
    }
    for who in &event.participants {
        told.push(format!("{} ({})", notebook.name(who.actor), who.role.label()));
    }
    if !entity.note.is_empty() {
        told.push(entity.note.clone());
    }
    for (_, mention) in content.mentions_of(id) {
        let at = Cited::at(notebook, &mention.anchor);
        told.push(format!("“{}” · {}", at.words, at.title()));
    }
    line(out, &format!("DESCRIPTION:{}", escaped(&told.join("\n"))))?;
    line(out, "END:VEVENT")
}

/// When the newest of the articles was read, as an entry's stamp: the same for the same notebook, unlike the time of the
/// export.
fn stamp(content: &Content<'_>) -> String {
    let newest = content.articles().map(|(_, article)| article.origin.read_at.as_str()).max();
    let digits: String =
        newest.unwrap_or("").chars().take(19).filter(char::is_ascii_digit).collect();
    match (digits.get(..8), digits.get(8..)) {
        (Some(day), Some(time)) if time.len() == 6 => format!("{day}T{time}Z"),
        _ => "19700101T000000Z".to_owned(),
    }
}

/// The first day that a date can mean, and the day after the last, as `20310314`; of an interval with one open end, the
/// day at the other. `None` for what no calendar holds.
fn days(edtf: &str) -> Option<(String, String)> {
    let (first, last) = edtf_span(edtf)?;
    let first = if first.0 == i64::MIN { last } else { first };
    let last = if last.0 == i64::MAX { first } else { last };
    let day = |(year, month, day): Day| {
        jiff::civil::Date::new(
            i16::try_from(year).ok().filter(|year| (1..=9999).contains(year))?,
            i8::try_from(month).ok()?,
            // The last day of a winter is named as the 29th of February.
            i8::try_from(day).ok()?,
        )
        .or_else(|_| jiff::civil::Date::new(i16::try_from(year).unwrap_or(1), 2, 28))
        .ok()
    };
    let text =
        |day: jiff::civil::Date| format!("{:04}{:02}{:02}", day.year(), day.month(), day.day());
    let after = day(last)?.tomorrow().ok()?;
    Some((text(day(first)?), text(after)))
}

/// A value of type TEXT.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => {
                out.push('\\');
                out.push(c);
            }
            '\n' => out.push_str("\\n"),
            '\r' => {}
            '\t' => out.push('\t'),
            c if c.is_control() => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// A content line, folded between characters.
fn line(out: &mut Out<'_>, text: &str) -> Result<(), Stopped> {
    let mut rest = text;
    let mut width = WIDTH;
    while rest.len() > width {
        let (now, later) = rest.split_at(rest.floor_char_boundary(width));
        out.text(now)?;
        out.text("\r\n ")?;
        rest = later;
        // The space counts.
        width = WIDTH - 1;
    }
    out.text(rest)?;
    out.text("\r\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_lasts_from_the_first_day_it_can_mean_to_the_last() {
        let days = |edtf| days(edtf).map(|(a, b)| format!("{a}-{b}"));
        assert_eq!(days("2031-03-14").as_deref(), Some("20310314-20310315"));
        assert_eq!(days("2031-02~").as_deref(), Some("20310201-20310301"));
        assert_eq!(days("2031-03-14/..").as_deref(), Some("20310314-20310315"));
        assert_eq!(days("2031-24").as_deref(), Some("20311201-20320301"));
        assert_eq!(days("2030-24").as_deref(), Some("20301201-20310301"));
        assert_eq!(days("-0044"), None);
        assert_eq!(days("9999-12-31"), None);
        assert_eq!(days(""), None);
    }

    #[test]
    fn no_name_ends_its_line() {
        assert_eq!(escaped("a\nEND:VEVENT;x,\\"), "a\\nEND:VEVENT\\;x\\,\\\\");
    }
}
