#!/usr/bin/env python3
"""Opens every sample file in a program or library that it is meant for.

    cargo test --test it -- --ignored export::samples      # writes target/samples
    python3 tests/external/check_files.py target/samples

Needs (each is skipped, and said so, where it is missing): pip packages networkx, igraph, lxml, pandas, pyarrow; the commands dot, rsvg-convert
and Rscript with the packages igraph and network. DEMARCHE_SCHEMAS may name a folder with the published schemas to validate against: gexf.rng with
viz.rng and dynamics.rng beside it (https://github.com/gephi/gexf, branch gh-pages, folder 1.3) and graphml.xsd. They are not ours to copy.
Ends with 1 if a check failed, 0 otherwise; skipped checks are counted in the last line.
"""

import csv
import io
import json
import math
import os
import pathlib
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

KINDS = ["demands", "stances", "agreement", "conflict", "subtract", "quotations", "cooccurrence"]
DIRECTED = {"demands", "stances", "quotations"}
failed, passed, skipped = [], 0, []


def module(name):
    try:
        return __import__(name)
    except ImportError:
        skipped.append(f"pip package {name}")
        return None


def check(what, good, more=""):
    global passed
    if good:
        passed += 1
    else:
        failed.append(f"{what}: {more}")
        print(f"FAILED {what}: {more}")


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def main(folder):
    networkx, igraph, pandas = module("networkx"), module("igraph"), module("pandas")
    dot = shutil.which("dot") or skipped.append("command dot")
    rsvg = shutil.which("rsvg-convert") or skipped.append("command rsvg-convert")
    for kind in KINDS:
        for name in [kind, f"empty-{kind}"]:
            one(folder, name, kind, networkx, igraph, pandas, dot, rsvg)
        if networkx:
            measures(folder, kind, networkx)
    schemas(folder)
    in_r(folder)
    windows(folder)
    parquet(folder)
    claims = [json.loads(line) for line in (folder / "claims.jsonl").read_text("utf-8").splitlines()]
    table = rows(folder / "claims.csv")
    check("claims.csv", [c["id"] for c in claims] == [r["id"] for r in table] and
          [c["content"]["text"] for c in claims] == [r["content"] for r in table], "differs from claims.jsonl")


def one(folder, name, kind, networkx, igraph, pandas, dot, rsvg):
    path = lambda extension: folder / f"{name}.{extension}"
    edges, nodes = rows(path("edges.csv")), rows(path("nodes.csv"))
    labels = {row["id"]: row["label"] for row in nodes}
    size = (len(nodes), len(edges))
    empty = name.startswith("empty")
    check(f"{name}.edges.csv", bool(edges) != empty and all(r["source"] in labels and r["target"] in labels for r in edges), size)
    if not empty and kind == "demands":
        check("special characters", {"Ana \"Nan\" Sorel", "Sister Agnes & Partners", "Ygritte Åsen", "Widow's Reach"} <= set(labels.values()), labels)

    # XML that is well formed, with the declared encoding.
    for extension in ["svg", "matrix.svg", "timeline.svg", "graphml", "yed.graphml", "visone.graphml", "gexf"]:
        try:
            ElementTree.fromstring(path(extension).read_bytes())
            check(f"{name}.{extension} is XML", True)
        except ElementTree.ParseError as error:
            check(f"{name}.{extension} is XML", False, error)

    # Keys of GraphML: name and type everywhere but for the graphics of yEd.
    tree = ElementTree.parse(path("graphml"))
    space = "{http://graphml.graphdrawing.org/xmlns}"
    keys = tree.getroot().findall(f"{space}key")
    types = {"boolean", "int", "long", "float", "double", "string"}
    check(f"{name}.graphml keys", all(k.get("attr.name") and k.get("attr.type") in types and " " not in k.get("id") for k in keys))
    used = {data.get("key") for data in tree.iter(f"{space}data")}
    check(f"{name}.graphml keys are declared", used <= {k.get("id") for k in keys})

    # GEXF as Gephi wants it.
    gexf = ElementTree.parse(path("gexf")).getroot()
    g = "{http://gexf.net/1.3}"
    ids = [node.get("id") for node in gexf.iter(f"{g}node")]
    ties = [(e.get("source"), e.get("target"), e.get("kind")) for e in gexf.iter(f"{g}edge")]
    check(f"{name}.gexf", (len(ids), len(ties)) == size and len(set(ties)) == len(ties) and gexf.get("version") == "1.3"
          and all(float(e.get("weight")) > 0 for e in gexf.iter(f"{g}edge")))
    if any(gexf.iter(f"{g}spell")):
        check(f"{name}.gexf time", gexf.find(f"{g}graph").get("timeformat") == "date" and gexf.find(f"{g}graph").get("mode") == "dynamic")

    if networkx:
        for extension in ["graphml", "yed.graphml"]:
            graph = networkx.read_graphml(path(extension), force_multigraph=True)
            check(f"{name}.{extension} in networkx", (len(graph), graph.size()) == size, (len(graph), graph.size(), size))
            check(f"{name}.{extension} labels", all(d["name"] == labels[n] for n, d in graph.nodes(data=True)))
            # networkx takes a GraphML file without edges as undirected.
            check(f"{name}.{extension} direction", empty or graph.is_directed() == (kind in DIRECTED))
        # networkx knows GEXF up to 1.2 and no "kind"; the rest of the format is the same.
        old = path("gexf").read_text("utf-8").replace("http://gexf.net/1.3", "http://www.gexf.net/1.2draft").replace('version="1.3"', 'version="1.2"')
        old = re.sub(r' timerepresentation="interval"', "", old).replace("http://www.gexf.net/1.2draft/viz", "http://www.gexf.net/1.2draft/viz")
        graph = networkx.read_gexf(io.BytesIO(old.encode()))
        check(f"{name}.gexf in networkx", len(graph) == size[0] and graph.size() == size[1], (len(graph), graph.size(), size))
        elements = json.loads(path("cyjs").read_text("utf-8"))["elements"]
        for node in elements["nodes"]:
            node["data"]["value"] = node["data"]["id"]  # networkx asks for it and for keys of edges, Cytoscape does not
        for edge in elements["edges"]:
            edge["data"]["key"] = edge["data"]["interaction"]
        graph = networkx.cytoscape_graph({"directed": kind in DIRECTED, "multigraph": True, "data": [], "elements": elements})
        check(f"{name}.cyjs in networkx", (len(graph), graph.size()) == size, (len(graph), graph.size(), size))
        pajek = networkx.parse_pajek(pajek_plain(path("net").read_bytes().decode("utf-8")))
        check(f"{name}.net in networkx", (len(pajek), pajek.size()) == size, (len(pajek), pajek.size(), size))
    if igraph:
        graph = igraph.Graph.Read_GraphML(str(path("graphml")))
        check(f"{name}.graphml in igraph", (graph.vcount(), graph.ecount()) == size and (empty or graph.vs["label"] == list(labels.values())))
        if not empty:
            graph = igraph.Graph.DataFrame(pandas.read_csv(path("edges.csv")), use_vids=False, directed=True) if pandas else None
            check(f"{name}.edges.csv in igraph", graph is None or graph.ecount() == size[1])
        if kind != "stances" and not empty:
            graph = igraph.Graph.Read_Pajek(str(path("net")))
            check(f"{name}.net in igraph", (graph.vcount(), graph.ecount()) == size, graph.summary())
    if pandas:
        matrix = pandas.read_csv(path("matrix.csv"), index_col=0)
        total = sum(float(e["signed_weight"]) for e in edges) * (1 if kind in DIRECTED else 2)
        check(f"{name}.matrix.csv in pandas", empty or math.isclose(matrix.to_numpy().sum(), total, abs_tol=1e-3), (matrix.to_numpy().sum(), total))
        for extension in ["edges.csv", "nodes.csv", "rdna.csv", "neo4j-nodes.csv", "neo4j-relationships.csv"]:
            check(f"{name}.{extension} in pandas", len(pandas.read_csv(path(extension))) == len(rows(path(extension))))

    # Cytoscape and CX2: string ids here, whole numbers there; every attribute declared.
    elements = json.loads(path("cyjs").read_text("utf-8"))["elements"]
    check(f"{name}.cyjs", all(isinstance(n["data"]["id"], str) and "position" in n for n in elements["nodes"]))
    check(f"{name}.cyjs edges", {e["data"]["source"] for e in elements["edges"]} <= set(labels))
    cx2 = json.loads(path("cx2").read_text("utf-8"))
    aspects = {key: value for part in cx2 for key, value in part.items()}
    declared = aspects["attributeDeclarations"][0]
    check(f"{name}.cx2", cx2[0]["CXVersion"] == "2.0" and cx2[-1]["status"][0]["success"] and
          all(set(n["v"]) <= set(declared["nodes"]) for n in aspects["nodes"]) and
          all(set(e["v"]) <= set(declared["edges"]) and 0 <= e["s"] < size[0] and 0 <= e["t"] < size[0] for e in aspects["edges"]) and
          {m["name"]: m["elementCount"] for m in aspects["metaData"]}["edges"] == size[1])

    # Neo4j: relationships join nodes of the node file; the bulk importer wants cells of one line.
    things = rows(path("neo4j-nodes.csv"))
    known = [row["id:ID"] for row in things]
    check(f"{name}.neo4j ids", len(set(known)) == len(known) and
          all(r[":START_ID"] in set(known) and r[":END_ID"] in set(known) for r in rows(path("neo4j-relationships.csv"))))
    check(f"{name}.neo4j lines", path("neo4j-nodes.csv").read_text("utf-8").count("\n") == len(things) + 1)
    script = path("cypher").read_text("utf-8")
    check(f"{name}.cypher", all(line.startswith("//") or line.endswith(";") for line in script.splitlines()) and balanced(script))

    # DNA: short texts, positions, and an R script with as many cells in each column.
    table = rows(path("rdna.csv"))
    short = ["document_title", "document_source", "person", "organization", "concept", "addressee"]
    check(f"{name}.rdna.csv", all(len(r[c]) < 191 for r in table for c in short) and
          all(0 == int(r["start_position"]) < int(r["stop_position"]) == len(r["text"].encode("utf-16-le")) // 2 for r in table))
    mermaid = path("mmd").read_text("utf-8")
    check(f"{name}.mmd", mermaid.startswith("flowchart LR\n") and mermaid.count("linkStyle") <= 80 and len(mermaid) < 50_000)

    if dot:
        done = subprocess.run([dot, "-Tsvg", str(path("dot"))], capture_output=True, text=True)
        check(f"{name}.dot in Graphviz", done.returncode == 0 and not done.stderr, done.stderr[:300])
        drawn = done.stdout
        check(f"{name}.dot edges", drawn.count('class="edge"') == size[1] and drawn.count('class="node"') == size[0])
    if rsvg:
        for extension in ["svg", "matrix.svg", "timeline.svg"]:
            done = subprocess.run([rsvg, str(path(extension))], capture_output=True)
            check(f"{name}.{extension} in librsvg", done.returncode == 0 and done.stdout, done.stderr[:300])


def schemas(folder):
    """GEXF and GraphML by the schemas of those who made the formats."""
    at, etree = os.environ.get("DEMARCHE_SCHEMAS"), module("lxml.etree")
    if not at or not etree:
        skipped.append("published schemas of GEXF and GraphML (DEMARCHE_SCHEMAS)")
        return
    etree = etree.etree
    for name, extension, kind in [("gexf.rng", "gexf", etree.RelaxNG), ("graphml.xsd", "graphml", etree.XMLSchema)]:
        if not (pathlib.Path(at) / name).exists():
            skipped.append(name)
            continue
        schema = kind(etree.parse(str(pathlib.Path(at) / name)))
        for path in sorted(folder.glob(f"*.{extension}")):
            if path.name.count(".") > 1:
                continue  # the flavours of yEd and visone extend GraphML
            tree = etree.parse(str(path))
            check(f"{path.name} by {name}", schema.validate(tree), str(schema.error_log)[:300])
            tree.getroot().append(etree.Element("{http://example.org}stray"))
            check(f"{name} notices a fault", not schema.validate(tree))


def in_r(folder):
    if not shutil.which("Rscript"):
        skipped.append("command Rscript")
        return
    names = KINDS + [f"empty-{kind}" for kind in KINDS]
    script = pathlib.Path(__file__).with_name("check_r.R")
    done = subprocess.run(["Rscript", str(script), str(folder), *names], capture_output=True, text=True)
    skipped.extend(line.removeprefix("SKIPPED: ").strip() for line in done.stdout.splitlines() if line.startswith("SKIPPED"))
    check("files in R", done.returncode == 0, (done.stdout + done.stderr)[-600:])


def windows(folder):
    """The weights over time of a file with windows, and its table."""
    table = rows(folder / "windows.csv")
    g = "{http://gexf.net/1.3}"
    gexf = ElementTree.parse(folder / "windows.gexf").getroot()
    spells = [(s.get("start"), s.get("end")) for e in gexf.iter(f"{g}edge") for s in e.iter(f"{g}spell")]
    check("windows.gexf spells", set(spells) <= {(r["from"], r["until"]) for r in table}, spells[:3])
    for row in table:
        edges = [e for e in gexf.iter(f"{g}edge") if any(s.get("start") == row["from"] for s in e.iter(f"{g}spell"))]
        check(f"windows.gexf {row['from']}", len(edges) == int(row["edges"]), (len(edges), row))
        check(f"windows.gexf weights {row['from']}", all(
            any(v.get("for") == "weight" and v.get("start") == row["from"] for v in e.iter(f"{g}attvalue")) for e in edges))


def parquet(folder):
    """Claims as pyarrow and pandas read them, against claims.jsonl."""
    arrow = module("pyarrow.parquet")
    if not (folder / "claims.parquet").exists():
        skipped.append("claims.parquet (feature parquet)")
        return
    if not arrow:
        return
    read = lambda name: arrow.parquet.read_table(folder / name).to_pylist()
    check("empty-claims.parquet", read("empty-claims.parquet") == [])
    claims = [json.loads(line) for line in (folder / "claims.jsonl").read_text("utf-8").splitlines()]
    table = read("claims.parquet")
    for claim, row in zip(claims, table, strict=True):
        cue, document = claim["cue"] or {}, claim["document"]
        pairs = [(row[f"{part}_{field}"], [a.get(field) for a in claim[part]])
                 for part in ["source", "addressee", "via"] for field in ["id", "label", "kind", "bloc"]]
        pairs += [(row[f"document_{field}"], document[field]) for field in ["id", "path", "sha256", "title", "url", "published", "publisher"]]
        pairs += [(row[field], claim[field]) for field in ["id", "act", "stance", "quotation", "negated", "hedged", "date", "rule"]]
        pairs += [(row["content"], claim["content"]["text"]), (row["content_start"], claim["content"]["start"]),
                  (row["issue_label"], [i["label"] for i in claim["issue"]]), (row["cue"], cue.get("text")), (row["cue_end"], cue.get("end"))]
        check(f"claims.parquet {claim['id']}", all(a == b for a, b in pairs) and math.isclose(row["confidence"], claim["confidence"]), [p for p in pairs if p[0] != p[1]])


def balanced(script):
    """Every Cypher string is closed on its line."""
    return all(len(re.findall(r"(?<!\\)(?:\\\\)*'", line)) % 2 == 0 for line in script.splitlines())


def pajek_plain(text):
    """networkx reads neither the l of an arc nor the second number of two-mode networks."""
    lines = []
    for line in text.split("\r\n"):
        line = re.sub(r'^(\d+ \d+ \S+) l ".*"$', r"\1", line)
        lines.append(re.sub(r"^(\*Vertices \d+) \d+$", r"\1", line))
    return lines


def measures(folder, kind, networkx):
    """Our measures against those of networkx on the same graph."""
    edges, nodes = rows(folder / f"{kind}.edges.csv"), rows(folder / f"{kind}.nodes.csv")
    told = json.loads((folder / f"{kind}.measures.json").read_text())
    graph = networkx.DiGraph() if kind in DIRECTED else networkx.Graph()
    graph.add_nodes_from(row["id"] for row in nodes)
    for row in edges:
        weight = abs(float(row["signed_weight"]))
        before = graph.get_edge_data(row["source"], row["target"], {"weight": 0.0})["weight"]
        graph.add_edge(row["source"], row["target"], weight=before + weight)
    between = networkx.betweenness_centrality(graph)
    rank = networkx.pagerank(graph, alpha=0.85, weight="weight", tol=1e-12, max_iter=1000)
    for row in nodes:
        node = row["id"]
        close = lambda name, value: check(f"{kind} {name} of {node}", math.isclose(float(row[name]), value, abs_tol=2e-6), f"{row[name]} {value}")
        close("betweenness", between[node])
        close("pagerank", rank[node])
        close("in_degree", graph.in_degree(node) if graph.is_directed() else graph.degree(node))
        close("out_strength", graph.out_degree(node, weight="weight") if graph.is_directed() else graph.degree(node, weight="weight"))
    loose = graph.to_undirected() if not graph.is_directed() else networkx.Graph()
    if graph.is_directed():
        loose.add_nodes_from(graph)
        for a, b, weight in graph.edges(data="weight"):
            loose.add_edge(a, b, weight=weight + loose.get_edge_data(a, b, {"weight": 0.0})["weight"])
    check(f"{kind} density", math.isclose(told["density"], networkx.density(graph), abs_tol=1e-9), told)
    check(f"{kind} components", told["components"] == networkx.number_connected_components(loose), told)
    groups = {}
    for row in nodes:
        groups.setdefault(row["community"], set()).add(row["id"])
    ours = networkx.community.modularity(loose, groups.values(), weight="weight")
    check(f"{kind} modularity", math.isclose(ours, told["modularity"], abs_tol=1e-9), (ours, told))
    theirs = networkx.community.modularity(loose, networkx.community.greedy_modularity_communities(loose, weight="weight"), weight="weight")
    check(f"{kind} communities are as good", ours >= theirs - 0.02, (ours, theirs))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(pathlib.Path(sys.argv[1]))
    print(f"{passed} checks passed, {len(failed)} failed" + (f"; skipped for want of: {', '.join(skipped)}" if skipped else ""))
    sys.exit(bool(failed))
