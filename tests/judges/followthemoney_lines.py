"""FollowTheMoney: every line is read by followthemoney, and what it keeps is compared with the line, since it drops what does
not validate without a word. What it writes comes back in."""

import json
import unicodedata

from followthemoney import model

from common.judge import Judge

judge = Judge()
for case in [*judge.cases(), judge.bare()]:
    lines = [json.loads(line) for line in case.export("ftm", ".ftm.json").read_text(encoding="utf-8").split("\n") if line]
    proxies = []
    for line in lines:
        proxy = model.get_proxy(line, cleaned=False)
        proxy.schema.validate(line)
        for name, values in line["properties"].items():
            kept = proxy.get(name)
            assert len(set(kept)) == len(set(values)), f"{line['id']}: {name} {values} became {kept}"
        proxies.append(proxy)
    ids = {proxy.id for proxy in proxies}
    assert {one["id"] for one in case.show["entities"]} <= ids
    for proxy in proxies:
        for prop, value in proxy.itervalues():
            if prop.type.name == "entity":
                assert value in ids, f"{proxy.id}: {prop.name} names {value}"
    judge.holds(f"{case.name}: {len(lines)} entities, every value kept")
    written = judge.scratch / f"{case.name}-written.ftm.json"
    written.write_text("\n".join(json.dumps(proxy.to_dict()) for proxy in proxies), encoding="utf-8")
    show, said = judge.imported(judge.empty(f"for-{case.name}"), written, f"{case.name}-back")
    names = {one["id"]: one["name"] for one in show["entities"]}
    # followthemoney joins letters and their accents.
    squeeze = lambda text: " ".join(unicodedata.normalize("NFC", text).split())
    for one in case.show["entities"]:
        assert squeeze(names[one["id"]]) == squeeze(one["name"]), (names[one["id"]], one["name"])
    straight = {one["id"] for one in case.show["links"] if one["to"]["id"].startswith("e")}
    assert {one["id"] for one in show["links"]} == straight
    judge.holds(f"{case.name}: back from followthemoney with {said['new']['mentions']} mentions")
judge.done()
