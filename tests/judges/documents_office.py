#!/usr/bin/env python3
"""Office files made by pandoc and LibreOffice from the sample articles, read back by Casebook.

    documents_office.py CASEBOOK SCRATCH

CASEBOOK is the program, SCRATCH a folder. Needs pandoc and LibreOffice Writer (`soffice`).

Of each article in every format of both programs: at least 99.5 % of its characters (white space apart) come back, in their
order; the title and the authors that were set come back as they were.
"""

import difflib
import json
import os
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ARTICLES = HERE.parent.parent / "assets" / "articles"
LEAST = 0.995
TITLE, AUTHORS = "What the board knew", ["Ann Ker", "Bo Li"]


def check(holds, why):
    if not holds:
        sys.exit(f"documents_office.py: {why}")


def run(*command):
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True)
    check(done.returncode == 0, f"{' '.join(map(str, command[:4]))}: {done.stderr or done.stdout}")
    return done.stdout


def read(casebook, path):
    """What Casebook reads of a file. CASEBOOK_READER is another program that prints the same, for trying out."""
    other = os.environ.get("CASEBOOK_READER")
    return json.loads(run(other, path) if other else run(casebook, "text", path, "--json"))


def office(scratch, source, kind, filters=""):
    folder = scratch / f"from-office-{kind}"
    profile = (scratch / "profile").as_uri()
    given = [f"--infilter={filters}"] if filters else []
    run("soffice", f"-env:UserInstallation={profile}", "--headless", *given, "--convert-to", kind, "--outdir", folder, source)
    return folder / f"{source.stem}.{kind}"


def share_in_order(wanted, found):
    """How much of a text stands in another one, in its order, by words and then by their characters."""
    a, b = wanted.split(), found.split()
    total = sum(map(len, a))
    kept = 0
    for tag, i, j, k, m in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        left = "".join(a[i:j])
        if tag == "equal":
            kept += len(left)
        elif tag == "replace":
            right = "".join(b[k:m])
            kept += sum(block.size for block in difflib.SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks())
    return kept / total


def main():
    casebook, scratch = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    scratch.mkdir(parents=True, exist_ok=True)
    figures = {}
    for article in sorted(ARTICLES.glob("*.txt")):
        text = article.read_text(encoding="utf-8")
        # As Markdown that says the same: each line a paragraph, no sign of Markdown's own.
        lines = [re.sub(r"([\\`*_{}\[\]()#+.!|<>~^$@'\"&:/=-])", r"\\\1", line) for line in text.split("\n")]
        about = f'---\ntitle: "{TITLE}"\nauthor: {json.dumps(AUTHORS)}\nlang: en\n---\n\n'
        source = scratch / f"{article.stem}.md"
        source.write_text(about + "\n\n".join(lines), encoding="utf-8")
        made = {}
        for kind in ("docx", "odt", "rtf"):
            made["pandoc", kind] = scratch / f"{article.stem}.{kind}"
            run("pandoc", "-f", "markdown-smart", "-s", source, "-o", made["pandoc", kind])
        with_about = scratch / f"about-{article.stem}.odt"
        with_about.write_bytes(made["pandoc", "odt"].read_bytes())
        for kind in ("docx", "odt", "fodt", "rtf"):
            made["LibreOffice", kind] = office(scratch, with_about, kind)
            made["LibreOffice plain", kind] = office(scratch, article, kind, "Text (encoded):UTF8")
        for (program, kind), path in made.items():
            said = read(casebook, path)
            check("text" in said, f"{program} {kind}: {said}")
            share = share_in_order(text, said["text"])
            figures[program, kind] = min(figures.get((program, kind), 1), share)
            check(share >= LEAST, f"{article.name} by {program} as {kind}: only {share:.2%} came back")
            # pandoc writes no properties into Rich Text; plain text has none.
            if program != "LibreOffice plain" and (program, kind) != ("pandoc", "rtf"):
                about = said["description"]
                check(about["title"] == TITLE, f"{program} {kind}: the title is {about['title']!r}")
                check(about["author"] == ", ".join(AUTHORS), f"{program} {kind}: the authors are {about['author']!r}")
                check(about["language"].startswith("en"), f"{program} {kind}: the language is {about['language']!r}")
    print(", ".join(f"{program} {kind} {share:.2%}" for (program, kind), share in figures.items()))


main()
