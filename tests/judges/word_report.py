#!/usr/bin/env python3
"""The Word report, judged by python-docx and LibreOffice.

    word_report.py CASEBOOK SCRATCH

CASEBOOK is the program, SCRATCH a folder. Needs python-docx (PyPI) and LibreOffice Writer (`soffice`); where `pdftotext`
(poppler-utils) is there, the footnotes are also looked for on the printed pages.

Of notebooks with 0, 1, 2 and 1,000 footnotes and of the sample: the separators are those of the schema and carry no
reference, no id stands twice, every reference has its footnote and the other way round, headings are real, both programs
open it.
"""

import json
import pathlib
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
import zipfile

import docx

HERE = pathlib.Path(__file__).resolve().parent

SAMPLE = HERE.parent.parent / "saves" / "port-leonie.ron"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def check(holds, why):
    if not holds:
        sys.exit(f"word_report.py: {why}")


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True)
    check(done.returncode == 0, f"{' '.join(map(str, command[:2]))}: {done.stderr or done.stdout}")
    return done.stdout


def notebook_with(casebook, scratch, count):
    """A notebook with one claim that is stated so many times."""
    name = f"notes-{count}"
    article, notebook = scratch / f"{name}.txt", scratch / f"{name}.ron"
    lines = [f"Witness {number} said that the harbour would close." for number in range(max(count, 1))]
    article.write_text("\n".join(lines), encoding="utf-8")
    run(casebook, "new", article, "--force", "-o", notebook)
    edits = ['Describe(with: (title: "Harbour", url: "https://paper.example/harbour?a=1&b=2", author: "A. Writer", date: "2031-03-14"))']
    edits.append('AddEntity(kind: Claim, name: "The harbour would close.", handle: "$c")')
    for number in range(count):
        words = f"Witness {number} said that the harbour would close"
        edits.append(f"Tag(at: Quote({json.dumps(words)}), entity: \"$c\")")
    listed = scratch / f"{name}-edits.ron"
    listed.write_text("[" + ",\n".join(edits) + "]", encoding="utf-8")
    run(casebook, "edit", notebook, listed)
    return notebook


def parts_of(path):
    with zipfile.ZipFile(path) as archive:
        check(archive.testzip() is None, f"{path.name}: the archive is damaged")
        check(archive.namelist()[0] == "[Content_Types].xml", "the content types come first")
        for entry in archive.infolist():
            check(entry.date_time == (1980, 1, 1, 0, 0, 0), f"{entry.filename} has a time of its own")
            check(entry.compress_type in (zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED), f"{entry.filename}: another compression")
        return {name: ElementTree.fromstring(archive.read(name)) for name in archive.namelist()}


def footnotes_hold(path, count):
    parts = parts_of(path)
    notes = parts["word/footnotes.xml"].findall(f"{W}footnote")
    ids = [note.get(f"{W}id") for note in notes]
    check(len(ids) == len(set(ids)), f"{path.name}: a footnote's id stands twice")
    types = [note.get(f"{W}type") for note in notes[:2]]
    check(types == ["separator", "continuationSeparator"], f"{path.name}: separators {types}")
    for note, mark in zip(notes[:2], ("separator", "continuationSeparator")):
        check(note.find(f".//{W}{mark}") is not None, f"{path.name}: no {mark} in its entry")
        check(note.find(f".//{W}footnoteRef") is None, f"{path.name}: a reference in a separator")
        check(note.find(f".//{W}rStyle") is None, f"{path.name}: a style of references in a separator")
    named = [one.get(f"{W}id") for one in parts["word/settings.xml"].findall(f"{W}footnotePr/{W}footnote")]
    check(named == ids[:2], f"{path.name}: the settings name {named}")
    check(all(note.get(f"{W}type") is None for note in notes[2:]), f"{path.name}: a footnote with a type")
    check(all(note.find(f".//{W}footnoteRef") is not None for note in notes[2:]), f"{path.name}: a footnote without its sign")
    called = [one.get(f"{W}id") for one in parts["word/document.xml"].iter(f"{W}footnoteReference")]
    check(sorted(called) == sorted(ids[2:]), f"{path.name}: references and footnotes differ")
    check(called == ids[2:], f"{path.name}: footnotes in another order than their references")
    if count is not None:
        check(len(called) == count, f"{path.name}: {len(called)} footnotes, not {count}")
    marks = [one.get(f"{W}id") for one in parts["word/document.xml"].iter(f"{W}bookmarkStart")]
    check(len(marks) == len(set(marks)), f"{path.name}: a bookmark's id stands twice")
    names = {one.get(f"{W}name") for one in parts["word/document.xml"].iter(f"{W}bookmarkStart")}
    led = {one.get(f"{W}anchor") for one in parts["word/document.xml"].iter(f"{W}hyperlink")}
    check(led <= names, f"{path.name}: links to no bookmark: {led - names}")
    styles = {one.get(f"{W}styleId") for one in parts["word/styles.xml"].findall(f"{W}style")}
    for part in ("word/document.xml", "word/footnotes.xml"):
        for tag in ("pStyle", "rStyle", "tblStyle"):
            used = {one.get(f"{W}val") for one in parts[part].iter(f"{W}{tag}")}
            check(used <= styles, f"{path.name}: styles that are not defined: {used - styles}")
    return notes[2:]


def headings_hold(path):
    document = docx.Document(str(path))
    headings = [paragraph for paragraph in document.paragraphs if paragraph.style.name.lower().startswith("heading")]
    check(headings, f"{path.name}: no headings")
    levels = [int(paragraph.style.name[-1]) for paragraph in headings]
    check(levels[0] == 1 and all(later <= before + 1 for before, later in zip(levels, levels[1:])), f"{path.name}: headings skip a level")
    for style in {paragraph.style.name: paragraph.style for paragraph in headings}.values():
        outline = style.element.find(f"{W}pPr/{W}outlineLvl")
        check(outline is not None and int(outline.get(f"{W}val")) == int(style.name[-1]) - 1, f"{style.name} has no outline level")
    return document


def printed(path, scratch):
    """LibreOffice opens it and prints it: the text on the pages, if it can be read."""
    profile = (scratch / "office").absolute().as_uri()
    run("soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf", "--outdir", scratch, path)
    paper = scratch / f"{path.stem}.pdf"
    check(paper.is_file() and paper.read_bytes().startswith(b"%PDF"), f"{path.name}: LibreOffice makes no PDF")
    return run("pdftotext", "-layout", paper, "-") if shutil.which("pdftotext") else None


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    casebook, scratch = pathlib.Path(sys.argv[1]).absolute(), pathlib.Path(sys.argv[2]).absolute()
    scratch.mkdir(parents=True, exist_ok=True)
    for count in (0, 1, 2, 1000):
        notebook = notebook_with(casebook, scratch, count)
        report = scratch / f"notes-{count}.docx"
        run(casebook, "export", notebook, "--to", "docx", "--force", "-o", report)
        notes = footnotes_hold(report, count)
        headings_hold(report)
        text = printed(report, scratch)
        for note in notes:
            words = "".join(part.text or "" for part in note.iter(f"{W}t"))
            for wanted in ("Harbour", "A. Writer", "2031-03-14", "paragraph ", "“Witness ", "https://paper.example/harbour?a=1&b=2"):
                check(wanted in words, f"a footnote without {wanted!r}: {words}")
            led = "".join(part.text or "" for part in note.iter(f"{W}instrText"))
            check("HYPERLINK \"https://paper.example/harbour?a=1&b=2#:~:text=Witness%20" in led, f"a footnote leads to {led!r}")
        if text is not None and count:
            last = f"Witness {count - 1} said"
            check(text.count("“" + last) >= 2, f"notes-{count}: the last footnote is not printed")
    notebook, report = scratch / "sample.ron", scratch / "sample.docx"
    shutil.copyfile(SAMPLE, notebook)
    run(casebook, "export", notebook, "--to", "docx", "--force", "-o", report)
    footnotes_hold(report, None)
    document = headings_hold(report)
    shown = json.loads(run(casebook, "show", notebook, "--json"))
    claims = [one["name"] for one in shown["entities"] if one["kind"] == "claim"]
    table = document.tables[0]
    told = [row.cells[0].text for row in table.rows[1:]]
    check([cell.text for cell in table.rows[0].cells][:4] == ["Claim", "Status", "Confirmed", "At most"], "the head of the table of claims")
    check(len(told) > 10 and sorted(told) == sorted(claims), "the table of claims is not that of the notebook")
    text = printed(report, scratch)
    if text is not None:
        check(re.search(r"Independence can only be assumed; what nobody recorded counts\s+for\s+nothing", text), "the caveat is not printed")
        check("Bibliography" in text, "no bibliography is printed")
    print("word_report.py: the Word report holds")


if __name__ == "__main__":
    main()
