"""The calendar, read by icalendar: every entry has what RFC 5545 wants, and no name ends its line."""

import datetime

from icalendar import Calendar

from common.judge import Judge

judge = Judge()
for case in [*judge.cases(), judge.bare()]:
    data = case.export("ics", ".ics").read_bytes()
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    calendar = Calendar.from_ical(data)
    assert not calendar.errors
    events = calendar.walk("VEVENT")
    names = {one["id"]: one["name"] for one in case.show["entities"] if one["kind"] == "event"}
    for event in events:
        assert not event.errors, event.errors
        assert str(event["SUMMARY"]) == names[str(event["UID"]).removesuffix("@casebook")]
        start, end = event.decoded("DTSTART"), event.decoded("DTEND")
        assert type(start) is datetime.date and start < end
    dated = [one for one in case.show["entities"] if one["kind"] == "event" and one["date"]]
    assert len(events) == len(dated), (len(events), len(dated))
    judge.holds(f"{case.name}: {len(events)} events")
judge.done()
