"""GraphML and GEXF, read by networkx and igraph, GEXF against its own grammar with xmllint (where that lies beside the checkout);
what networkx and igraph write comes back in."""

import shutil
import subprocess

import igraph
import networkx

from common.judge import HOSTILE, Judge, grammar

judge = Judge()
for case in [*judge.cases(), judge.bare()]:
    file = case.export("graphml", ".graphml")
    graph = networkx.read_graphml(file, force_multigraph=True)
    names = {one["id"]: one["name"] for one in case.show["entities"]}
    for id, name in names.items():
        assert graph.nodes[id]["label"] == name, (graph.nodes[id]["label"], name)
    links = {key: (a, b, data) for a, b, key, data in graph.edges(keys=True, data=True)}
    for link in case.show["links"]:
        a, b, data = links[link["id"]]
        target = link["to"]["id"] if link["to"]["id"].startswith("e") else "n" + link["to"]["id"]
        assert (a, b, data["label"]) == (link["from"]["id"], target, link["relation"])
        assert data["derived"] is False and data["directed"] == link["directed"]
    other = igraph.Graph.Read_GraphML(str(file))
    assert (other.vcount(), other.ecount()) == (graph.number_of_nodes(), graph.number_of_edges())
    gexf_file = case.export("gexf", ".gexf")
    gexf = networkx.read_gexf(gexf_file)
    rules, why = grammar("gexf-1.3/gexf.rng")
    if rules:
        subprocess.run(["xmllint", "--noout", "--nonet", "--relaxng", rules, gexf_file], check=True, capture_output=True)
    assert {gexf.nodes[id]["label"] for id in names} == set(names.values())
    judge.holds(f"{case.name}: {graph.number_of_nodes()} nodes and {graph.number_of_edges()} edges in networkx and igraph, GEXF too ({why})")
    show, _ = judge.imported(judge.empty(f"for-{case.name}"), file, f"{case.name}-back")
    assert {one["id"]: one["name"] for one in show["entities"]} == names
    assert {one["id"] for one in show["links"]} == {one["id"] for one in case.show["links"]}
    # What networkx read and writes again.
    rewritten = judge.scratch / f"{case.name}-networkx.graphml"
    networkx.write_graphml(graph, rewritten)
    show, said = judge.imported(judge.empty(f"for-networkx-{case.name}"), rewritten, f"{case.name}-networkx")
    assert {one["name"] for one in show["entities"]} == set(names.values())
    judge.holds(f"{case.name}: back from Casebook and from networkx")

own = networkx.Graph()
for number, name in enumerate(HOSTILE):
    own.add_node(number, label=name, kind="event" if number % 2 else "actor")
own.add_edge(0, 1, label="met", weight=2.5)
file = judge.scratch / "own.graphml"
networkx.write_graphml(own, file)
show, said = judge.imported(judge.empty("for-own"), file, "own")
assert {one["name"] for one in show["entities"]} == {name.strip() for name in HOSTILE}
assert [one["directed"] for one in show["links"]] == [False]
igraph_file = judge.scratch / "igraph.graphml"
ring = igraph.Graph.Ring(5)
ring.vs["name"] = list("abcde")
ring.write_graphml(str(igraph_file))
show, said = judge.imported(judge.empty("for-igraph"), igraph_file, "igraph")
assert {one["name"] for one in show["entities"]} == set("abcde") and len(show["links"]) == 5
judge.holds("graphs of their own come in")
judge.done()
