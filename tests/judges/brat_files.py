"""brat: read by bioc, and every span sliced from the text. What bioc writes comes back in."""

from bioc import brat

from common.judge import Judge

judge = Judge()
for case in [*judge.cases(), judge.bare()]:
    folder = case.export("brat")
    want = {id: m for id, m in case.mentions.items() if m["quote"].strip()}
    found = sliced = relations = 0
    written = judge.scratch / f"{case.name}-bioc"
    written.mkdir(exist_ok=True)
    for path in sorted(folder.glob("*.ann")):
        with open(path.with_suffix(".txt"), encoding="utf-8", newline="") as text, open(path, encoding="utf-8", newline="\n") as ann:
            document = brat.load(text, ann, path.stem)
        ids = {note.refid: note.text for note in document.notes if note.type == "Casebook"}
        for entity in document.entities:
            pieces = [document.text[span.begin : span.end] for span in entity.locations]
            flat = " ".join(pieces).replace("\t", " ")
            assert flat == entity.text or flat.rstrip() == entity.text, (entity.id, pieces, entity.text)
            assert "\n" not in flat
            mention = want[ids[entity.id]]
            begin, end = min(span.begin for span in entity.locations), max(span.end for span in entity.locations)
            assert (begin, end) == (mention["start"], mention["end"]), mention
            sliced += len(pieces)
        found += len(document.entities)
        known = {one.id for one in document.entities} | {one.id for one in document.events}
        for relation in document.relations:
            assert len(relation.arguments) == 2 and set(relation.arguments.values()) <= known
            relations += 1
        for event in document.events:
            assert event.trigger_id in known and set(event.arguments.values()) <= known
        with open(written / path.name, "w", encoding="utf-8", newline="\n") as ann, open(written / f"{path.stem}.txt", "w", encoding="utf-8", newline="") as text:
            brat.dump(document, text, ann)
    assert found == len(want), (found, len(want))
    configuration = (folder / "annotation.conf").read_text(encoding="utf-8")
    assert all(f"[{part}]" in configuration for part in ("entities", "relations", "events", "attributes"))
    judge.holds(f"{case.name}: {found} mentions, {sliced} spans hold their words, {relations} relations")
    for name, what in [("ours", folder), ("bioc", written)]:
        show, said = judge.imported(judge.empty(f"for-{name}-{case.name}"), what, f"{case.name}-{name}")
        back = {m["id"]: (m["start"], m["end"], m["quote"]) for e in show["entities"] for m in e["mentions"]}
        assert back == {id: (m["start"], m["end"], m["quote"]) for id, m in want.items()}, said["missed"][:5]
    judge.holds(f"{case.name}: back from Casebook and from bioc")
judge.done()
