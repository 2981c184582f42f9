"""REFI-QDA: the project against the standard's schema with xmllint (where it lies beside the checkout), read and written by
pyrefiqda, every selection sliced; and the quirks of other programs come in."""

import io

import shutil
import subprocess
import uuid
import zipfile
from pathlib import Path

from pyrefiqda import RefiProject

from common.judge import Judge, grammar

judge = Judge()
schema, said_of_schema = grammar("refi-qda/Project.xsd")


def valid(archive, name):
    if schema is None:
        return said_of_schema
    with zipfile.ZipFile(archive) as file:
        project = judge.scratch / f"{name}.qde"
        project.write_bytes(file.read("project.qde"))
    subprocess.run(["xmllint", "--noout", "--nonet", "--schema", str(schema), str(project)], check=True, capture_output=True)
    return said_of_schema


for case in [*judge.cases(), judge.bare()]:
    file = case.export("qdpx", ".qdpx")
    verdict = valid(file, case.name)
    with zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None
        texts = {Path(name).stem: archive.read(name).decode("utf-8") for name in archive.namelist() if name.startswith("sources/")}
    project = RefiProject.load(str(file))
    project = getattr(project, "project", project)
    sliced = 0
    for source in project.sources.text_source:
        text = texts[source.plain_text_path.removeprefix("internal://").removesuffix(".txt")]
        assert "\r" not in text
        for selection in source.plain_text_selection:
            words = text[selection.start_position : selection.end_position]
            assert words == selection.name or "\ufffd" in selection.name, (words, selection.name)
            assert selection.coding
            sliced += 1
    leaves = []
    stack = list(project.code_book.codes.code) if project.code_book else []
    while stack:
        code = stack.pop()
        stack.extend(code.code)
        leaves.append(code.name)
    assert {one["name"] for one in case.show["entities"]} <= set(leaves)
    judge.holds(f"{case.name}: {verdict}, {sliced} selections hold their words in pyrefiqda")
    # Written again by pyrefiqda, with the same sources.
    working = judge.scratch / f"{case.name}-sources"
    shutil.rmtree(working, ignore_errors=True)
    (working / "sources").mkdir(parents=True)
    for name, text in texts.items():
        (working / "sources" / f"{name}.txt").write_text(text, encoding="utf-8", newline="")
    written = judge.scratch / f"{case.name}-pyrefiqda.qdpx"
    RefiProject.save(project, str(written), source_media_dir=str(working / "sources"))
    for name, what in [("ours", file), ("pyrefiqda", written)]:
        show, said = judge.imported(judge.empty(f"for-{name}-{case.name}"), what, f"{case.name}-{name}")
        back = {m["id"]: (e["id"], m["start"], m["quote"]) for e in show["entities"] for m in e["mentions"]}
        assert back == {id: (m["entity"], m["start"], m["quote"]) for id, m in case.mentions.items()}, (name, said["missed"][:5])
        assert {one["id"] for one in show["links"]} == {one["id"] for one in case.show["links"]}, name
    judge.holds(f"{case.name}: back from Casebook and from pyrefiqda")

# A project as ATLAS.ti names it, two sources of one name, one path with and one without “internal://”, carriage returns.
guid = lambda: str(uuid.uuid4()).upper()
code, one, two = guid(), guid(), guid()
selection = lambda start, end: f'<PlainTextSelection guid="{guid()}" name="Quotation" startPosition="{start}" endPosition="{end}"><Coding guid="{guid()}"><CodeRef targetGUID="{code}"/></Coding></PlainTextSelection>'
xml = f"""<?xml version="1.0" encoding="utf-8"?><Project name="My study" xmlns="urn:QDA-XML:project:1.0">
<CodeBook><Codes><Code guid="{code}" name="Trust" isCodable="true"/></Codes></CodeBook>
<Sources><TextSource guid="{one}" name="Interview" plainTextPath="internal://{one}.txt">{selection(0, 2)}</TextSource>
<TextSource guid="{two}" name="Interview" plainTextPath="{two}.txt">{selection(2, 4)}</TextSource></Sources></Project>"""
buffer = io.BytesIO()
with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
    archive.writestr("My study (copy).QDE", "\ufeff" + xml)
    archive.writestr(f"Sources/{one}.txt", "We trust\r\nthem")
    archive.writestr(f"Sources/{two}.txt", "I do not")
quirks = judge.scratch / "quirks.qdpx"
quirks.write_bytes(buffer.getvalue())
show, said = judge.imported(judge.empty("for-quirks"), quirks, "quirks")
assert sorted(m["quote"] for e in show["entities"] for m in e["mentions"]) == ["We", "do"], said
judge.holds("quirks of other programs come in")
judge.done()
