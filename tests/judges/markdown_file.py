"""Markdown, read by markdown-it-py: no name is markup, and every mark has its note."""

import re
from pathlib import Path

from markdown_it import MarkdownIt

from common.judge import HOSTILE, Judge

judge = Judge()
for case in judge.cases():
    page = case.export("markdown", ".md").read_text(encoding="utf-8")
    tokens = MarkdownIt("commonmark", {"linkify": False}).enable("table").parse(page)
    inline = [child for token in tokens for child in token.children or []]
    assert not [t for t in tokens if t.type in ("html_block", "fence", "code_block")], case.name
    bad = [t.type for t in inline if t.type in ("html_inline", "link_open", "image")]
    assert not bad, f"{case.name}: {bad}"
    squeeze = lambda text: re.sub(r"[\s\u0000-\u001f]", "", text)
    headings = [
        squeeze("".join(child.content for child in tokens[i + 1].children))
        for i, token in enumerate(tokens) if token.type == "heading_open"
    ]
    for entity in case.show["entities"]:
        assert squeeze(entity["name"]) in headings, entity["name"]
    marks = set(re.findall(r"(?<!\n)\[\^(\d+)\](?!:)", page))
    notes = set(re.findall(r"^\[\^(\d+)\]: ", page, re.M))
    assert marks == notes and notes, f"{case.name}: {len(marks)} marks, {len(notes)} notes"
    judge.holds(f"{case.name}: {len(case.show['entities'])} entities, {len(notes)} footnotes, no markup of a name")
judge.done()
