"""BibTeX, read by bibtexparser; CSL-JSON, against what its schema asks of an item."""

import json
import re

import bibtexparser

from common.judge import Judge

judge = Judge()
# What an item of CSL-JSON may hold, of what Casebook knows (https://github.com/citation-style-language/schema).
STRINGS = {"id", "type", "title", "publisher", "URL", "language", "note", "container-title", "source"}
TYPES = {"article", "article-newspaper", "article-magazine", "article-journal", "webpage", "document", "post", "report"}


def date(value):
    assert set(value) <= {"date-parts", "literal", "raw", "circa", "season"}, value
    for parts in value.get("date-parts", []):
        assert 1 <= len(parts) <= 3 and all(isinstance(part, int) for part in parts)


for case in [*judge.cases(), judge.bare()]:
    library = bibtexparser.parse_file(str(case.export("bibtex", ".bib")))
    assert not library.failed_blocks, library.failed_blocks
    articles = {one["id"]: one for one in case.show["articles"]}
    assert {entry.key for entry in library.entries} == set(articles)
    for entry in library.entries:
        title = entry.fields_dict["title"].value
        letters = lambda text: re.sub(r"[^\w]", "", re.sub(r"\\text\w+", "", text))
        assert letters(articles[entry.key]["title"]) == letters(title), title
    items = json.loads(case.export("csl-json", ".json").read_text(encoding="utf-8"))
    assert [item["id"] for item in items] and {item["id"] for item in items} == set(articles)
    for item in items:
        assert item["type"] in TYPES, item["type"]
        for key, value in item.items():
            if key in STRINGS:
                assert isinstance(value, str), key
            elif key == "author":
                assert all(set(name) <= {"family", "given", "literal"} for name in value)
            elif key in ("issued", "accessed"):
                date(value)
            else:
                raise AssertionError(f"CSL-JSON knows no “{key}” that is written so")
        assert item["title"] == articles[item["id"]]["title"]
    judge.holds(f"{case.name}: {len(items)} entries in both")
judge.done()
