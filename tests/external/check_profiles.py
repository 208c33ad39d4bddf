#!/usr/bin/env python3
"""Reads the export profiles with tools that are not ours: nanopublications with rdflib, RDF 1.2 with pyoxigraph.

    python3 tests/external/check_profiles.py [FOLDER]

FOLDER (target/tmp/external by default, left there by `cargo test`) holds data.trig, nanopub.trig, nanopub.nq and rdf12.trig, .nq, .ttl. The rules
of nanopublications are those of https://nanopub.net/guidelines/working_draft/ but for dates of making and trusty hashes, which we do not write.
Exit code: 0 all well, 1 something is wrong, 77 skipped because rdflib is not installed.
"""

import sys
from pathlib import Path

try:
    import rdflib
except ImportError as missing:
    print(f"SKIPPED check_profiles.py: {missing}; `pip install rdflib pyoxigraph` to run it")
    sys.exit(77)

ROOT = Path(__file__).resolve().parents[2]
NP = rdflib.Namespace("http://www.nanopub.org/nschema#")
DM = rdflib.Namespace("https://w3id.org/demarche/ns#")
OA = rdflib.Namespace("http://www.w3.org/ns/oa#")
PROV = rdflib.Namespace("http://www.w3.org/ns/prov#")
problems = []


def check(good, text):
    if not good:
        problems.append(text)
        print("FAILED", text)


def nanopubs(folder):
    data = rdflib.Dataset()
    data.parse(folder / "nanopub.trig", format="trig")
    graphs = {graph.identifier: set(graph) for graph in data.graphs() if len(graph)}
    plain = rdflib.Dataset(default_union=True)
    plain.parse(folder / "data.trig", format="trig")
    claims = set(plain.subjects(rdflib.RDF.type, DM.Claim))
    heads = {name: [s for s, p, o in triples if p == rdflib.RDF.type and o == NP.Nanopublication] for name, triples in graphs.items()}
    heads = {name: found for name, found in heads.items() if found}
    check(len(heads) == len(claims), f"{len(heads)} nanopublications for {len(claims)} claims")
    used = set(heads)
    for head, found in heads.items():
        check(len(found) == 1 and len(graphs[head]) == 4, f"{head}: {len(found)} nanopublications in {len(graphs[head])} triples")
        publication = found[0]
        parts = {}
        for link in (NP.hasAssertion, NP.hasProvenance, NP.hasPublicationInfo):
            targets = [o for s, p, o in graphs[head] if s == publication and p == link]
            check(len(targets) == 1, f"{publication}: {len(targets)} of {link}")
            parts[link] = targets[0]
            check(targets[0] in graphs and targets[0] not in used, f"{targets[0]} is empty or used twice")
            used.add(targets[0])
        assertion, provenance, info = (graphs.get(part, set()) for part in parts.values())
        check(any(s == parts[NP.hasAssertion] for s, _, _ in provenance), f"{publication}: provenance does not speak of the assertion")
        check(any(s == publication for s, _, _ in info), f"{publication}: publication info does not speak of it")
        stated = {s for s, p, o in assertion if p == rdflib.RDF.type and o == DM.Claim}
        check(len(stated) == 1 and stated <= claims, f"{publication}: asserts {stated}")
        properties = {p for _, p, _ in provenance}
        check({OA.start, OA.end, OA.exact, OA.prefix, OA.suffix, DM.sha256, PROV.wasGeneratedBy, PROV.wasDerivedFrom} <= properties,
              f"{publication}: provenance lacks words, offsets, hash or run")
        # Nothing is said that the store does not say, but for the four links and who made it.
        for s, p, o in assertion | provenance | info:
            known = (s, p, o) in plain or s in (publication, parts[NP.hasAssertion])
            check(known, f"{publication}: {s} {p} {o} is not in the graph")
    check(used == set(graphs), f"graphs outside of nanopublications: {sorted(set(graphs) - used)[:3]}")
    lines = rdflib.Dataset()
    lines.parse(folder / "nanopub.nq", format="nquads")
    same = {g.identifier: set(g) for g in lines.graphs() if len(g)}
    check(same == graphs, "nanopub.nq and nanopub.trig differ")
    print(f"{len(heads)} nanopublications in {len(graphs)} graphs")


def rdf12(folder):
    try:
        import pyoxigraph as ox
    except ImportError as missing:
        print(f"SKIPPED RDF 1.2: {missing}; `pip install pyoxigraph` to read it")
        return
    reifies = "http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies"
    plain = set(ox.parse(path=str(folder / "data.trig"), format=ox.RdfFormat.TRIG))
    found = {}
    for name, form in (("rdf12.trig", ox.RdfFormat.TRIG), ("rdf12.nq", ox.RdfFormat.N_QUADS), ("rdf12.ttl", ox.RdfFormat.TURTLE)):
        quads = set(ox.parse(path=str(folder / name), format=form))
        found[name] = {q for q in quads if q.predicate.value == reifies}
        check(found[name] and all(isinstance(q.object, ox.Triple) for q in found[name]), f"{name}: reifiers are not triple terms")
        rest = quads - found[name]
        if name != "rdf12.ttl":
            check(rest == plain, f"{name}: the rest is not the plain graph")
        else:
            check({q.triple for q in rest} == {q.triple for q in plain}, f"{name}: the rest is not the plain graph")
    check(found["rdf12.trig"] == found["rdf12.nq"], "rdf12.trig and rdf12.nq differ")
    check({q.triple for q in found["rdf12.nq"]} == {q.triple for q in found["rdf12.ttl"]}, "rdf12.ttl and rdf12.nq differ")
    # A query that needs RDF 1.2: claims about edges that nobody can state as plain facts.
    store = ox.Store()
    store.load(path=str(folder / "rdf12.trig"), format=ox.RdfFormat.TRIG)
    rows = list(store.query(
        "PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> SELECT ?c { ?c rdf:reifies <<( ?s ?p ?o )>> FILTER NOT EXISTS { ?s ?p ?o } }",
        use_default_graph_as_union=True))
    print(f"{len(found['rdf12.nq'])} reified edges, {len(rows)} of them asserted by nothing")


def main():
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "target" / "tmp" / "external"
    nanopubs(folder)
    rdf12(folder)
    print(f"{len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
