#!/usr/bin/env python3
"""Web pages, web archives, mails and books made by pandoc, LibreOffice and Python from the sample articles, read back by
Casebook.

    documents_web.py CASEBOOK SCRATCH

CASEBOOK is the program, SCRATCH a folder. Needs pandoc and LibreOffice Writer (`soffice`). CASEBOOK_READER is another program
that prints the same as `casebook text FILE --json`, for trying out.

Of each article in every format: at least 99.5 % of its characters (white space apart) come back, in their order; the title and
the author that were set come back as they were.
"""

import difflib
import email.message
import email.policy
import json
import os
import pathlib
import quopri
import re
import subprocess
import sys

ARTICLES = pathlib.Path(__file__).resolve().parents[2] / "assets/articles"
LEAST = 0.995
TITLE, AUTHOR = "A title & “more”", "Mira Okonjo"


def check(holds, why):
    if not holds:
        sys.exit(f"documents_web.py: {why}")


def run(*command):
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True)
    check(done.returncode == 0, f"{' '.join(map(str, command[:4]))}: {done.stderr or done.stdout}")
    return done.stdout


def read(casebook, path):
    """What Casebook reads of a file."""
    other = os.environ.get("CASEBOOK_READER")
    return json.loads(run(other, path, "--json") if other else run(casebook, "text", path, "--json"))


def share_in_order(wanted, found):
    """How much of a text stands in another one, in its order, by words."""
    a, b = wanted.split(), found.split()
    blocks = difflib.SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
    kept = sum(len("".join(a[block.a : block.a + block.size])) for block in blocks)
    return kept / len("".join(a))


def archive(page):
    """A page as Chrome saves it in one file."""
    head = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://ledger.example/a\r\nSubject: A page\r\n"
        "Date: Tue, 4 Mar 2031 10:15:00 -0000\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="----MultipartBoundary--x----"\r\n\r\n\r\n'
        "------MultipartBoundary--x----\r\nContent-Type: text/html\r\nContent-ID: <frame-0@mhtml.blink>\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\nContent-Location: https://ledger.example/a\r\n\r\n"
    )
    return head.encode() + quopri.encodestring(page.encode()) + b"\r\n------MultipartBoundary--x------\r\n"


def mail(content, encoding, subtype):
    """A mail of Python's own library."""
    message = email.message.EmailMessage(policy=email.policy.SMTP)
    message["From"] = f"{AUTHOR} <mira@ledger.example>"
    message["To"] = "jan@ledger.example"
    message["Subject"] = TITLE
    message["Date"] = "Tue, 04 Mar 2031 10:00:00 +0100"
    message["Message-ID"] = "<1@ledger.example>"
    message.set_content(content, subtype=subtype, cte=encoding)
    return message.as_bytes()


def main():
    casebook, scratch = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    scratch.mkdir(parents=True, exist_ok=True)
    profile = (scratch / "profile").as_uri()
    figures = {}
    for article in sorted(ARTICLES.glob("*.txt")):
        lines = [line.strip() for line in article.read_text(encoding="utf-8").split("\n") if line.strip()]
        source = scratch / f"{article.stem}.md"
        marked = [re.sub(r"([\\`*_{}\[\]()#+.!|<>~^$@'\"&:/=-])", r"\\\1", line) for line in lines]
        source.write_text("\n\n".join(marked), encoding="utf-8")
        about = ["-M", f"title={TITLE}", "-M", f"author={AUTHOR}", "-M", "date=2031-03-04", "-M", "lang=fr"]
        made = {}
        for kind, ending in [("html5", "html"), ("html4", "4.html"), ("epub3", "epub"), ("epub2", "2.epub")]:
            made["pandoc", kind] = scratch / f"{article.stem}.{ending}"
            run("pandoc", "-f", "markdown-smart", "-s", *about, "-t", kind, source, "-o", made["pandoc", kind])
        text = scratch / f"{article.stem}.odt"
        run("pandoc", "-f", "markdown-smart", "-s", *about, source, "-o", text)
        for kind, written in [("html", "HTML (StarWriter)"), ("xhtml", "XHTML Writer File"), ("epub", "EPUB")]:
            folder = scratch / f"from-office-{kind}"
            run("soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", f"{kind}:{written}", "--outdir", folder, text)
            made["LibreOffice", kind] = folder / f"{article.stem}.{kind}"
        page = made["pandoc", "html5"].read_text(encoding="utf-8")
        files = {("pandoc", "mhtml"): archive(page)}
        for encoding in ["8bit", "quoted-printable", "base64"]:
            files["Python", f"eml, text, {encoding}"] = mail("\n\n".join(lines), encoding, "plain")
            files["Python", f"eml, page, {encoding}"] = mail(page, encoding, "html")
        for number, (name, content) in enumerate(files.items()):
            made[name] = scratch / f"{article.stem}-{number}.{name[1][:5].split(',')[0]}"
            made[name].write_bytes(content)
        for name, path in made.items():
            document = read(casebook, path)
            share = share_in_order("\n".join(lines), document["text"])
            check(share >= LEAST, f"{article.stem} by {name}: only {share:.3%} came back")
            found = document["description"]
            check(found["title"] == TITLE, f"{article.stem} by {name}: the title is {found['title']!r}")
            check(found["author"] == AUTHOR, f"{article.stem} by {name}: the author is {found['author']!r}")
            figures[name] = min(share, figures.get(name, 1))
    for (program, kind), share in figures.items():
        print(f"{program}, {kind}: {share:.3%} of the characters came back in order")


main()
