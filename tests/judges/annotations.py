"""Web annotations: expanded and compacted by PyLD, and every position sliced from the text. What PyLD writes comes back in."""

import json

from pyld import jsonld

from common.judge import Judge

judge = Judge()
OA, AS = "http://www.w3.org/ns/oa#", "http://www.w3.org/ns/activitystreams#"
# The terms of the annotation model's context, as far as they are used.
TERMS = {
    "id": "@id", "type": "@type", "oa": OA, "as": AS, "dcterms": "http://purl.org/dc/terms/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "rdfs": "http://www.w3.org/2000/01/rdf-schema#", "xsd": "http://www.w3.org/2001/XMLSchema#",
    **{name: f"oa:{name}" for name in ["Annotation", "SpecificResource", "TextualBody", "TextPositionSelector", "TextQuoteSelector", "exact", "prefix", "suffix"]},
    "Text": "http://purl.org/dc/dcmitype/Text",
    "AnnotationCollection": "as:OrderedCollection", "AnnotationPage": "as:OrderedCollectionPage",
    "body": {"@type": "@id", "@id": "oa:hasBody"}, "target": {"@type": "@id", "@id": "oa:hasTarget"},
    "source": {"@type": "@id", "@id": "oa:hasSource"}, "selector": {"@type": "@id", "@id": "oa:hasSelector"},
    "motivation": {"@type": "@vocab", "@id": "oa:motivatedBy"}, "purpose": {"@type": "@vocab", "@id": "oa:hasPurpose"},
    **{name: f"oa:{name}" for name in ["identifying", "tagging", "classifying", "describing", "commenting", "moderating", "linking"]},
    "value": "rdf:value", "format": "dcterms:format", "language": "dcterms:language", "label": "rdfs:label",
    "start": {"@type": "xsd:nonNegativeInteger", "@id": "oa:start"}, "end": {"@type": "xsd:nonNegativeInteger", "@id": "oa:end"},
    "total": {"@type": "xsd:nonNegativeInteger", "@id": "as:totalItems"}, "startIndex": {"@type": "xsd:nonNegativeInteger", "@id": "as:startIndex"},
    "first": {"@type": "@id", "@id": "as:first"}, "items": {"@type": "@id", "@id": "as:items", "@container": "@list"},
}


def loader(url, options):
    assert url == "http://www.w3.org/ns/anno.jsonld", f"{url} would be fetched"
    return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": {"@context": TERMS}}


jsonld.set_document_loader(loader)
for case in judge.cases():
    document = json.loads(case.export("annotations", ".jsonld").read_text(encoding="utf-8"))
    expanded = jsonld.expand(document)
    dumped = json.dumps(expanded)
    items = document["first"]["items"]
    assert dumped.count(f'"{OA}Annotation"') == len(items) == document["total"]
    texts = case.texts()
    sliced = 0
    for item in items:
        targets = item["target"] if isinstance(item["target"], list) else [item["target"]]
        for target in targets:
            place = [s for s in target["selector"] if s["type"] == "TextPositionSelector"]
            quote = [s for s in target["selector"] if s["type"] == "TextQuoteSelector"][0]
            for one in place:
                assert any(text[one["start"] : one["end"]] == quote["exact"] for text in texts.values()), quote
                sliced += 1
    judge.holds(f"{case.name}: {len(items)} annotations expanded, {sliced} positions hold their words")
    # Back into a notebook that holds the articles and nothing else, in three spellings.
    folder = case.folder / "csv"
    files = []
    with_ids = case.folder / "bare"
    bare = judge.scratch / f"{case.name}-bare.ron"
    judge.run("import", judge.empty(f"only-{case.name}"), case.export("qdpx", ".qdpx"), "-o", bare, "--force")
    show = json.loads(judge.run("show", bare, "--json"))
    edits = judge.scratch / "clear.ron"
    edits.write_text("[" + ",".join(f'DeleteEntity(entity: "{one["id"]}")' for one in show["entities"]) + "]")
    judge.run("edit", bare, edits)
    compacted = jsonld.compact(expanded, {"@context": TERMS})
    plain = jsonld.compact(expanded, {})
    for name, value in [("ours", document), ("compacted", compacted), ("plain", plain), ("expanded", expanded)]:
        file = judge.scratch / f"{case.name}-{name}.jsonld"
        file.write_text(json.dumps(value), encoding="utf-8")
        show, said = judge.imported(bare, file, f"{case.name}-{name}")
        found = {m["id"]: (e["id"], m["quote"]) for e in show["entities"] for m in e["mentions"]}
        want = {id: (m["entity"], m["quote"]) for id, m in case.mentions.items()}
        assert found == want, (name, said["missed"][:5], len(found), len(want))
    judge.holds(f"{case.name}: {len(want)} mentions back in 4 spellings")
judge.done()
