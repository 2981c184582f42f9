"""What the judges share: the notebooks they look at, running Casebook, and saying what was seen to hold."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
SAMPLE = ROOT / "saves/port-leonie.ron"

# Names that other programs could obey, or trip over.
HOSTILE = [
    '=HYPERLINK("http://x.example","a")',
    "+33 1",
    "-5 °C",
    "@svarquier",
    "</text><script>alert(1)</script>",
    "a & b \"c\" 'd'",
    "**a** [b](http://x.example) ![](http://x.example/i.png) [^1]: `code`",
    "a, b; c \\ d } @misc{e, $x$ %",
    "END:VEVENT",
    "1. one",
    "]]> <!-- --> &amp;",
    "'=1+1",
    "CON",
    "a/b\\c:d*?|<>",
    "---\nkey: [value",
    "_x0041_ \u202egnorw\u202c 😀 e\u0301",
    "con.txt",
]

# An article with carriage returns, characters beyond the first plane, joined accents and letters from right to left.
TEXT = (
    "Le port 😀 ferme\r\n\r\n"
    "Anne Kervel a démenti, selon « Le Phare ». Anne Kervel s’est tue.\r\n\r\n"
    "e\u0301te\u0301 · العربية · x < y & z > \"w\" | \tfin.\r\n"
)


def grammar(path):
    """A grammar that lies beside the checkout and xmllint to check with, or `None`; and what to say of it."""
    found = [folder / "shared/formats" / path for folder in (ROOT.parent, ROOT.parent.parent)]
    found = next((file for file in found if file.is_file()), None)
    if shutil.which("xmllint") is None:
        return None, "grammar: not checked (xmllint is not installed)"
    if found is None:
        return None, "grammar: not checked (it does not lie beside the checkout)"
    return found, "valid by its grammar"


def ron(text):
    """A text as RON writes one."""
    out = '"'
    for c in text:
        if c in '"\\':
            out += "\\" + c
        elif ord(c) < 0x20 or 0x7F <= ord(c) < 0xA0 or 0x2028 <= ord(c) <= 0x202E:
            out += "\\u{%x}" % ord(c)
        else:
            out += c
    return out + '"'


class Case:
    """A notebook, and what is known of it."""

    def __init__(self, judge, name, file):
        self.judge, self.name, self.file = judge, name, Path(file)
        self.show = json.loads(judge.run("show", file, "--json"))
        self.folder = judge.scratch / name
        self.folder.mkdir(exist_ok=True)

    def export(self, to, ending=""):
        out = self.folder / f"{to}{ending}"
        self.judge.run("export", self.file, "--to", to, "-o", out, "--force")
        return out

    @property
    def entities(self):
        return {one["id"]: one for one in self.show["entities"]}

    @property
    def mentions(self):
        """The mentions that stand somewhere: id, entity, article, start, end, words."""
        return {
            mention["id"]: dict(mention, entity=entity["id"])
            for entity in self.show["entities"]
            for mention in entity["mentions"]
            if not mention["orphan"]
        }

    def texts(self):
        """The articles' texts by their ids."""
        folder = self.export("csv")
        return {
            one["id"]: (folder / f"text-{one['id']}.txt").read_bytes().decode()
            for one in self.show["articles"]
        }


class Judge:
    def __init__(self):
        self.casebook = str(Path(sys.argv[1]).resolve())
        self.scratch = Path(sys.argv[2]).resolve()
        self.scratch.mkdir(parents=True, exist_ok=True)
        self.seen = []

    def run(self, *arguments, fails=False):
        done = subprocess.run(
            [self.casebook, *map(str, arguments)], capture_output=True, text=True, env=dict(os.environ, HOME=str(self.scratch))
        )
        if (done.returncode != 0) != fails:
            raise AssertionError(f"casebook {' '.join(map(str, arguments))}: {done.stderr}")
        return done.stderr if fails else done.stdout

    def sample(self):
        file = self.scratch / "sample.ron"
        shutil.copy(SAMPLE, file)
        return Case(self, "sample", file)

    def hostile(self):
        """A notebook whose names are traps, with every kind of record."""
        text, file = self.scratch / "hostile.txt", self.scratch / "hostile.ron"
        text.write_bytes(TEXT.encode())
        self.run("new", text, "-o", file, "--force", "--title", HOSTILE[4])
        edits = []
        for number, name in enumerate(HOSTILE):
            kind = ("Actor", "Event", "Claim")[number % 3]
            extra = {"Event": ", date: \"2031-03~\", place: " + ron(name)}.get(kind, "")
            edits.append(
                f'AddEntity(kind: {kind}, name: {ron(name)}, handle: "$h{number}", '
                f"with: (note: {ron(name + chr(10) + name)}, aliases: [{ron(name + ' too')}]{extra}))"
            )
        places = [("Anne Kervel", 1), ("Anne Kervel", 2), ("😀", 1), ("ferme\n\nAnne", 1), ("e\u0301te\u0301", 1), ("العربية", 1), ("x < y & z > \"w\" |", 1)]
        for number, (words, nth) in enumerate(places):
            edits.append(f'Tag(at: Nth({ron(words)}, {nth}), entity: "$h{number}", note: {ron(HOSTILE[number])}, handle: "$m{number}")')
        edits.append('SetStatement(mention: "$m2", with: (chain: [(actor: "$h0", cue: "selon")], modality: Possible, polarity: Denies))')
        edits.append('SetEntity(entity: "$h1", with: (participants: [("$h0", Agent), ("$h3", Involved)]))')
        edits.append('SetRelation(relation: "=cmd & <b>", label: "=cmd & <b>", family: Other, directed: true)')
        edits.append('Link(from: "$h0", relation: "=cmd & <b>", to: "$h1", evidence: [Sentence(at: Quote("démenti")), Mention("$m0")], with: (note: "=1+1", written: "vendredi", date: "2031-03-14/.."), handle: "$l0")')
        edits.append('LinkToLink(from: "$h2", relation: "undercuts", to: "$l0")')
        edits.append('Link(from: "$h3", relation: "family", to: "$h0")')
        edits.append(f'AddGroup(with: (title: {ron(HOSTILE[5])}, members: ["$h0", "$h1"]))')
        edits.append(f'AddCard(with: (text: {ron(HOSTILE[6])}, at: (10.4, -20.6)))')
        edits.append(f'Describe(with: (title: {ron(HOSTILE[13])}, author: {ron(HOSTILE[7])}, date: "2031-03-12", url: "https://x.example/a?b=c&d=<e>", language: "fr", publisher: "$h0"))')
        script = self.scratch / "hostile.edits.ron"
        script.write_text("[\n" + ",\n".join(edits) + "\n]\n", encoding="utf-8")
        self.run("edit", file, script)
        return Case(self, "hostile", file)

    def bare(self):
        """A notebook with one article and nothing else."""
        return Case(self, "bare", self.empty("bare"))

    def cases(self):
        return [self.sample(), self.hostile()]

    def empty(self, name, *articles):
        """A notebook with nothing but these articles (files)."""
        file = self.scratch / f"{name}.ron"
        if not articles:
            articles = [self.scratch / "only.txt"]
            articles[0].write_text("Nothing of this is tagged.\n")
        self.run("new", *articles, "-o", file, "--force")
        return file

    def imported(self, file, what, name):
        """A notebook into which this was imported: what it holds, and what Casebook said. Importing twice adds nothing."""
        out = self.scratch / f"{name}.ron"
        said = json.loads(self.run("import", file, what, "-o", out, "--force", "--json"))
        again = json.loads(self.run("import", out, what, "--json"))
        assert not any(again["new"].values()), f"{name}: importing twice adds {again['new']}"
        self.run("check", out)
        return json.loads(self.run("show", out, "--json")), said

    def holds(self, what):
        self.seen.append(what)

    def done(self):
        print("; ".join(self.seen))
