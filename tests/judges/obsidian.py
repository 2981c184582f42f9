"""JSON Canvas and the folder for Obsidian: PyJSONCanvas validates the canvases, PyYAML reads properties and the base."""

import re

import yaml
from pyjsoncanvas import Canvas, Color

from common.judge import Judge

judge = Judge()
KEYS = {
    "text": {"text"}, "file": {"file", "subpath"}, "group": {"label", "background", "backgroundStyle"}, "link": {"url"},
}


def canvas(case, file):
    text = file.read_text(encoding="utf-8")
    read = Canvas.from_json(text)
    read.validate()
    import json
    raw = json.loads(text)
    common = {"id", "type", "x", "y", "width", "height", "color"}
    for node in raw["nodes"]:
        assert set(node) <= common | KEYS[node["type"]], node
        assert all(isinstance(node[key], int) for key in ("x", "y", "width", "height")), node
    assert {one["id"] for one in case.show["entities"]} <= {node["id"] for node in raw["nodes"]}
    return raw


for case in [*judge.cases(), judge.bare()]:
    canvas(case, case.export("canvas", ".canvas"))
    folder = case.export("obsidian")
    names = {path.name for path in folder.iterdir()}
    assert len({name.lower() for name in names}) == len(names)
    for name in names:
        stem = name.rsplit(".", 1)[0]
        assert not re.search(r'[<>:"/\\|?*#^\[\]\x00-\x1f]', stem), name
        assert not re.fullmatch(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?", name.rsplit(".", 1)[0]), name
        assert not stem.startswith((".", "-")) and not stem.endswith((".", " ")) and len(name.encode()) < 200, name
    notes = {}
    links = 0
    for path in folder.glob("*.md"):
        text = path.read_text(encoding="utf-8")
        assert text.startswith("---\n")
        head, body = text[4:].split("\n---\n", 1)
        properties = yaml.safe_load(head)
        notes[properties["casebook"]] = properties
        for target in re.findall(r"\[\[([^\]|#]+)", text):
            assert f"{target}.md" in names, f"{path.name}: [[{target}]]"
            links += 1
        for target, block in re.findall(r"\[\[([^\]|#]+)#\^(p\d+)\|", body):
            assert f" ^{block}\n" in (folder / f"{target}.md").read_text(encoding="utf-8"), (target, block)
    for one in case.show["entities"]:
        assert notes[one["id"]]["name"] == one["name"], one["name"]
        assert notes[one["id"]]["kind"] == one["kind"]
    raw = canvas(case, folder / "Casebook.canvas")
    files = [node["file"] for node in raw["nodes"] if node["type"] == "file"]
    assert len(files) == len(case.show["entities"]) and set(files) <= names
    base = yaml.safe_load((folder / "Casebook.base").read_text(encoding="utf-8"))
    for filters in [base["filters"], *(view["filters"] for view in base["views"])]:
        assert len(filters) == 1 and next(iter(filters)) in ("and", "or", "not")
    assert all(view["type"] == "table" for view in base["views"])
    judge.holds(f"{case.name}: canvas valid, {len(notes)} notes, {links} links lead to a note, {len(base['views'])} tables")
judge.done()
