#!/usr/bin/env python3
"""Checks the graph with tools that are not ours: rdflib reads it and answers the same questions, pySHACL validates it.

    python3 tests/external/check_graph.py [FOLDER] [GRAPH.trig …]

FOLDER (target/tmp/external by default, left there by `cargo test`) holds data.trig, the queries *.rq and our answers *.tsv. Each further TriG
file is loaded and validated. Exit code: 0 all agree, 1 something differs, 77 skipped because rdflib or pySHACL is not installed.
"""

import sys
import time
from pathlib import Path

try:
    import pyshacl
    import rdflib
    from rdflib.plugins.sparql import prepareQuery
except ImportError as missing:
    print(f"SKIPPED check_graph.py: {missing}; `pip install rdflib pyshacl` to run it")
    sys.exit(77)

ROOT = Path(__file__).resolve().parents[2]
problems = []


def problem(text):
    problems.append(text)
    print("FAILED", text)


def load(path):
    """All graphs of the file; queries see their union."""
    data = rdflib.Dataset(default_union=True)
    data.parse(path, format="trig")
    return data


def validate(path, data):
    """Shapes over the union of all graphs, copied into one, which is what pySHACL wants."""
    one = rdflib.Graph()
    for s, p, o, _ in data.quads((None, None, None, None)):
        one.add((s, p, o))
    shapes = rdflib.Graph().parse(ROOT / "ontology" / "shapes.ttl")
    start = time.monotonic()
    conforms, _, text = pyshacl.validate(one, shacl_graph=shapes, meta_shacl=True)
    print(f"{path}: {len(one)} triples, shapes {'conform' if conforms else 'VIOLATED'} in {time.monotonic() - start:.1f} s")
    if not conforms:
        problem(f"{path}: shapes\n{text}")
    blank = [t for t in one if any(isinstance(term, rdflib.BNode) for term in t)]
    if blank:
        problem(f"{path}: {len(blank)} triples with blank nodes, such as {blank[0]}")


def cell(term):
    """A term as a value to compare: numbers by value, all else by its form."""
    if term is None:
        return ""
    if isinstance(term, rdflib.Literal):
        if term.datatype in (rdflib.XSD.integer, rdflib.XSD.decimal, rdflib.XSD.double):
            return f"{float(term):g}"
        return f"{term}@{term.language or ''}^^{term.datatype if term.datatype != rdflib.XSD.string else None}"
    return term.n3()


def our_rows(path):
    """Our TSV answer, each cell parsed by rdflib."""
    lines = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
    names = [name.lstrip("?") for name in lines[0].split("\t")]
    rows = []
    for line in lines[1:]:
        cells = line.split("\t")
        rows.append([cell(rdflib.util.from_n3(text) if text else None) for text in cells])
    return names, rows


def main():
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "target" / "tmp" / "external"
    for extra in sys.argv[2:]:
        validate(extra, load(extra))
    for name in ("demarche", "acts", "shapes"):
        path = ROOT / "ontology" / f"{name}.ttl"
        print(f"{path.relative_to(ROOT)}: {len(rdflib.Graph().parse(path))} triples")
    data = load(folder / "data.trig")
    validate(folder / "data.trig", data)
    queries = sorted(folder.glob("*.rq"))
    if not queries:
        problem(f"no queries in {folder}; run `cargo test` first")
    for path in queries:
        names, ours = our_rows(path.with_suffix(".tsv"))
        start = time.monotonic()
        result = data.query(prepareQuery(path.read_text(encoding="utf-8")))
        theirs = [[cell(row[rdflib.Variable(name)] if rdflib.Variable(name) in result.vars else None) for name in names] for row in result]
        if time.monotonic() - start > 5:
            print(f"{path.name}: slow in rdflib, {time.monotonic() - start:.0f} s", flush=True)
        # The order of rows that a query's ORDER BY leaves equal is free.
        if sorted(ours) != sorted(theirs):
            only_ours = [row for row in ours if row not in theirs]
            only_theirs = [row for row in theirs if row not in ours]
            problem(f"{path.name}: {len(ours)} rows of ours, {len(theirs)} of rdflib\n  only ours: {only_ours[:3]}\n  only rdflib: {only_theirs[:3]}")
    print(f"{len(queries)} queries, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
