#!/usr/bin/env python3
"""Pictures, judged by xmllint, poppler, librsvg and headless Chromium.

    pictures.py CASEBOOK SCRATCH

SVG is well formed, holds every name as text, and looks in librsvg and in Chromium as the PNG does, also where the system has none
of its fonts; PDF holds every name as text (pdftotext) in embedded subsets of fonts (pdffonts), and looks as the PNG does
(pdftoppm). What is not installed is said.
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

HERE = pathlib.Path(__file__).resolve().parent
SAMPLE = HERE.parent.parent / "saves" / "port-leonie.ron"
# All that a machine without fonts has: signs, no letters.
ONE_FONT = HERE.parent.parent / "assets" / "fonts"
HOSTILE = [
    "</text></svg><script>document.title='run'</script>", "a & b <c>", "عبد الرحمن الكواكبي", "שרה בן־דוד", "प्रियंका क्षत्रिय",
    "Наталья Щербакова", "Ελένη", "Zoë ≠ →", "\u202erev\u202c \u0001",
]
SVG = "{http://www.w3.org/2000/svg}"
# Other programs draw the edges of letters and lines a little differently: the mean difference of two pictures, of 1.
ALIKE = 0.05
# With other letters, or without any, it is more than this.
ALIKE_IN_ITS_FONTS = 0.015


def check(holds, why):
    if not holds:
        sys.exit(f"pictures.py: {why}")


def run(*command, **more):
    done = subprocess.run([str(part) for part in command], capture_output=True, **more)
    check(done.returncode == 0, f"{command[0]}: {done.stderr.decode(errors='replace')}")
    return done.stdout


def names(casebook, notebook):
    shown = json.loads(run(casebook, "show", notebook, "--json"))
    return [entity["name"] for entity in shown["entities"]]


def squeezed(text):
    """Letters and digits alone: lines are broken, cut and read in other orders."""
    return "".join(letter for letter in text if letter.isalnum())


def held(name, text):
    """Whether a text holds the beginning of a name, which may be broken and cut, or its words in another order (right to left)."""
    return squeezed(name)[:12] in text or all(squeezed(word)[:10] in text for word in name.split()[:3])


def alike(scratch, one, other):
    """The mean difference of two pictures, at the size of the first, both a little blurred."""
    size = run("identify", "-format", "%wx%h", one).decode()
    soft = [scratch / "one.png", scratch / "other.png"]
    for picture, to in zip((one, other), soft):
        run("convert", picture, "-resize", f"{size}!", "-alpha", "off", "-blur", "0x2", to)
    done = subprocess.run(["compare", "-metric", "RMSE", *soft, "null:"], capture_output=True, text=True)
    found = re.search(r"\(([\d.e-]+)\)", done.stderr)
    check(found, f"compare says {done.stderr!r}")
    return float(found[1])


def draw(casebook, notebook, scratch, stem, *more):
    made = {}
    for ending in ("svg", "png", "pdf"):
        made[ending] = scratch / f"{stem}.{ending}"
        run(casebook, "picture", notebook, "-o", made[ending], "--force", *more)
    return made


def judge(casebook, notebook, scratch, stem, *more):
    # Who is on the timeline is another question: its own tests ask it.
    wanted = [] if "--timeline" in more else names(casebook, notebook)
    said = []
    made = draw(casebook, notebook, scratch, stem, *more)
    run("xmllint", "--noout", "--nonet", made["svg"])
    root = ElementTree.parse(made["svg"]).getroot()
    kinds = {element.tag.removeprefix(SVG) for element in root.iter()}
    check(kinds <= {"svg", "title", "desc", "style", "g", "rect", "path", "circle", "text", "linearGradient", "stop"}, f"{stem}: elements {kinds}")
    drawn = squeezed("".join(text.text or "" for text in root.iter(f"{SVG}text")))
    paper = squeezed(run("pdftotext", made["pdf"], "-").decode())
    for name in wanted:
        check(held(name, drawn), f"{stem}: {name!r} is not in the SVG as text")
        if all(ord(letter) < 0x590 for letter in name):
            check(held(name, paper), f"{stem}: {name!r} is not in the PDF as text")
    fonts = run("pdffonts", made["pdf"]).decode().splitlines()[2:]
    check(fonts, f"{stem}: the PDF has no fonts")
    for font in fonts:
        embedded, subset = font.split()[-5:-3]
        check(embedded == subset == "yes", f"{stem}: not embedded as a subset: {font}")
    run("pdftoppm", "-r", "96", "-png", "-singlefile", made["pdf"], scratch / f"{stem}-pdf")
    seen = {"pdftoppm": scratch / f"{stem}-pdf.png"}
    if shutil.which("rsvg-convert"):
        seen["librsvg"] = scratch / f"{stem}-rsvg.png"
        run("rsvg-convert", "-o", seen["librsvg"], made["svg"])
    else:
        said.append("librsvg is not installed")
    browser = next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None)
    if browser:
        width, height = run("identify", "-format", "%w,%h", made["png"]).decode().split(",")
        seen["Chromium"] = scratch / f"{stem}-chromium.png"
        run(
            browser, "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--user-data-dir={scratch}/profile",
            f"--window-size={width},{height}", f"--screenshot={seen['Chromium']}", made["svg"].absolute().as_uri(),
        )
        # On a machine that has none of these fonts: what the words need is in the SVG.
        bare = scratch / "fonts.conf"
        bare.write_text(f"<fontconfig><dir>{ONE_FONT}</dir><cachedir>{scratch}/fonts</cachedir></fontconfig>")
        seen["Chromium without the fonts"] = scratch / f"{stem}-bare.png"
        run(
            browser, "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--user-data-dir={scratch}/bare",
            f"--window-size={width},{height}", f"--screenshot={seen['Chromium without the fonts']}",
            made["svg"].absolute().as_uri(), env={**os.environ, "FONTCONFIG_FILE": str(bare)},
        )
    else:
        said.append("no Chromium is installed")
    for who, picture in seen.items():
        far = alike(scratch, made["png"], picture)
        most = ALIKE_IN_ITS_FONTS if who.endswith("the fonts") else ALIKE
        check(far < most, f"{stem}: {who} and the PNG differ by {far:.3f}")
    return said


def hostile_notebook(casebook, scratch):
    article, notebook, listed = scratch / "a.txt", scratch / "hostile.ron", scratch / "edits.ron"
    article.write_text("Nothing.", encoding="utf-8")
    run(casebook, "new", article, "--force", "-o", notebook)
    edits = []
    for number, name in enumerate(HOSTILE):
        quoted = json.dumps(name, ensure_ascii=False).replace("\\u0001", "\\u{1}")
        edits.append(f'AddEntity(kind: {("Actor", "Event", "Claim")[number % 3]}, name: {quoted}, handle: "$e{number}")')
    edits.append('Link(from: "$e0", relation: "owns", to: "$e1")')
    listed.write_text("[" + ",\n".join(edits) + "]", encoding="utf-8")
    run(casebook, "edit", notebook, listed)
    return notebook


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    casebook, scratch = pathlib.Path(sys.argv[1]).absolute(), pathlib.Path(sys.argv[2]).absolute()
    scratch.mkdir(parents=True, exist_ok=True)
    for tool in ("xmllint", "pdftotext", "pdffonts", "pdftoppm", "compare", "convert", "identify"):
        check(shutil.which(tool), f"{tool} is not installed")
    notebook = scratch / "sample.ron"
    shutil.copyfile(SAMPLE, notebook)
    said = judge(casebook, notebook, scratch, "light", "--legend", "--title", "Port-Léonie")
    judge(casebook, notebook, scratch, "dark", "--dark")
    judge(casebook, notebook, scratch, "timeline", "--timeline", "--lanes", "actor", "--legend")
    judge(casebook, hostile_notebook(casebook, scratch), scratch, "hostile", "--legend")
    print("; ".join(["pictures.py: SVG, PNG and PDF agree", *said]))


if __name__ == "__main__":
    main()
