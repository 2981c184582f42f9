"""PDF: the sample articles, set by LibreOffice, Chromium and LaTeX (pandoc) in one, two and three columns, come back with at
least 98 % of their characters in order; titles and authors come back as they were set."""

import difflib
import html
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CASEBOOK, SCRATCH = Path(sys.argv[1]), Path(sys.argv[2])
LEAST = 0.98
AUTHOR = "Hester Wadlow"
FODT = """<?xml version="1.0" encoding="UTF-8"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" office:mimetype="application/vnd.oasis.opendocument.text" office:version="1.3">
<office:meta><dc:title>{title}</dc:title><meta:initial-creator>{author}</meta:initial-creator></office:meta><office:styles>
<style:default-style style:family="paragraph"><style:text-properties fo:font-size="11pt" fo:language="{lang}" fo:country="{country}"
 fo:hyphenate="true" fo:hyphenation-remain-char-count="2" fo:hyphenation-push-char-count="2"/></style:default-style>
<style:style style:name="H" style:family="paragraph"><style:text-properties fo:font-size="18pt" fo:font-weight="bold"/></style:style></office:styles>
<office:automatic-styles><style:style style:name="P" style:family="paragraph"><style:paragraph-properties fo:text-align="justify" fo:margin-bottom="0.2cm"/></style:style>
<style:style style:name="S" style:family="section"><style:section-properties><style:columns fo:column-count="{columns}" fo:column-gap="0.6cm">{column}</style:columns>
</style:section-properties></style:style><style:page-layout style:name="L"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm" fo:margin="2cm"/>
<style:header-style><style:header-footer-properties fo:min-height="0.5cm" fo:margin-bottom="0.5cm"/></style:header-style></style:page-layout></office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="L"><style:header><text:p>The Skerry Review</text:p></style:header>
</style:master-page></office:master-styles><office:body><office:text><text:h text:style-name="H" text:outline-level="1">{title}</text:h>
<text:section text:style-name="S" text:name="S">{body}</text:section></office:text></office:body></office:document>"""


def run(*command):
    subprocess.run([str(part) for part in command], check=True, capture_output=True, timeout=120, cwd=SCRATCH)


def ligature_free(text):
    """The characters that count, white space apart; spaces drawn as dots and the like are the setting program's."""
    return re.sub(r"\s+", "", text).replace("...", "…")


def documents(name, lang, lines):
    """PDFs of an article, by the name of what made them."""
    title, rest = lines[0], lines[1:]
    if shutil.which("soffice"):
        country = {"en": "GB", "fr": "FR"}[lang]
        for columns in (1, 2, 3):
            body = "".join(f'<text:p text:style-name="P">{html.escape(line)}</text:p>' for line in rest)
            column = '<style:column style:rel-width="10*" fo:start-indent="0.3cm" fo:end-indent="0.3cm"/>' * columns
            file = SCRATCH / f"{name}-{columns}.fodt"
            text = FODT.format(title=html.escape(title), author=AUTHOR, lang=lang, country=country, columns=columns, column=column, body=body)
            file.write_text(text, encoding="utf-8")
            run("soffice", f"-env:UserInstallation=file://{SCRATCH}/office", "--headless", "--convert-to", "pdf", file)
            yield f"LibreOffice, {columns} columns", file.with_suffix(".pdf"), True, True
    if shutil.which("chromium"):
        for columns in (1, 2):
            body = "".join(f"<p>{html.escape(line)}</p>" for line in rest)
            file = SCRATCH / f"{name}-{columns}.html"
            style = f"body{{columns:{columns}}} h1{{column-span:all}} p{{text-align:justify;hyphens:auto}}"
            file.write_text(
                f'<!DOCTYPE html><html lang="{lang}"><meta charset="utf-8"><title>{html.escape(title)}</title><style>{style}</style><h1>{html.escape(title)}</h1>{body}',
                encoding="utf-8",
            )
            pdf = SCRATCH / f"{name}-{columns}-web.pdf"
            run("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--print-to-pdf={pdf}", f"file://{file}")
            yield f"Chromium, {columns} columns", pdf, True, False
    if shutil.which("pandoc") and shutil.which("pdflatex"):
        escaped = "\n\n".join(re.sub(r"([@_*#\[\]$<>\\`~-])", r"\\\1", line) for line in rest)
        file = SCRATCH / f"{name}.md"
        file.write_text(f'---\ntitle: "{title}"\nauthor: {AUTHOR}\nlang: {lang}\n---\n\n{escaped}\n', encoding="utf-8")
        for kind in ("onecolumn", "twocolumn"):
            pdf = SCRATCH / f"{name}-{kind}.pdf"
            run("pandoc", file, "-V", f"classoption={kind}", "-o", pdf, "--pdf-engine=pdflatex")
            yield f"LaTeX, {kind}", pdf, True, True


def read(file):
    command = os.environ.get("CASEBOOK_TEXT", f"{CASEBOOK} text --json").split()
    done = subprocess.run([*command, str(file)], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


SCRATCH.mkdir(parents=True, exist_ok=True)
said, made = [], 0
for article in sorted((ROOT / "assets/articles").glob("*.txt")):
    lines = [line for line in article.read_text(encoding="utf-8").split("\n") if line.strip()]
    lang = "fr" if " la " in lines[1] else "en"
    for by, pdf, titled, signed in documents(article.stem, lang, lines):
        document = read(pdf)
        want, found = ligature_free("".join(lines)), ligature_free(document["text"])
        blocks = difflib.SequenceMatcher(None, want, found, autojunk=False).get_matching_blocks()
        kept = sum(block.size for block in blocks) / len(want)
        assert kept >= LEAST, f"{by}: {kept:.2%} of {article.name}"
        assert not titled or document["description"]["title"] == lines[0], (by, document["description"])
        assert not signed or document["description"]["author"] == AUTHOR, (by, document["description"])
        pages = len(document["structure"]["pages"])
        assert pages < 2 or "The Skerry Review\n" not in document["text"], f"{by}: the running header is in the text"
        said.append(f"{by} {kept:.2%}")
        made += 1
assert made, "no program is installed that makes PDFs"
print("; ".join(said))
