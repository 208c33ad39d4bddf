#!/usr/bin/env python3
"""Writes the tables of docs/ontology.md anew from the Turtle files: `python3 tests/external/ontology_page.py` (needs rdflib).

The text above the line `<!-- made from the Turtle files -->` is kept. tests/it/graph.rs holds that no term is missing.
"""

from pathlib import Path

import rdflib
from rdflib import RDF, RDFS, SKOS

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "ontology.md"
MARK = "<!-- made from the Turtle files -->"
DM = rdflib.Namespace("https://w3id.org/demarche/ns#")


def main():
    graph = rdflib.Graph()
    order = []
    for name in ("demarche", "acts"):
        path = ROOT / "ontology" / f"{name}.ttl"
        graph.parse(path)
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith(("dm:", "act:")):
                order.append(line.split()[0])
    short = graph.namespace_manager.normalizeUri

    def iri(curie):
        return graph.namespace_manager.expand_curie(curie)

    def terms(node, *properties):
        return ", ".join(sorted(f"`{short(o)}`" for p in properties for o in graph.objects(node, p)))

    out = []

    def table(title, heads, rows):
        out.append(f"\n### {title}\n\n| {' | '.join(heads)} |\n|{'---|' * len(heads)}")
        out.extend(f"| {' | '.join(cells)} |" for cells in rows)

    of = [(curie, iri(curie)) for curie in order]
    comment = lambda node: str(graph.value(node, RDFS.comment) or graph.value(node, SKOS.definition) or "")
    classes = [c for c in of if (c[1], RDF.type, RDFS.Class) in graph]
    table("Classes", ["term", "meaning", "narrower than"],
          ([f"`{c}`", comment(n), terms(n, RDFS.subClassOf)] for c, n in classes))
    properties = [c for c in of if (c[1], RDF.type, RDF.Property) in graph]
    table("Properties", ["term", "of", "value", "meaning", "narrower than, or near"],
          ([f"`{c}`", terms(n, RDFS.domain), terms(n, RDFS.range), comment(n), terms(n, RDFS.subPropertyOf, RDFS.seeAlso)] for c, n in properties))
    for scheme, title in ((DM.ActScheme, "Acts"), (DM.StanceScheme, "Stances"), (DM.QuotationScheme, "Manners of quoting")):
        concepts = [c for c in of if (c[1], SKOS.inScheme, scheme) in graph]
        if scheme == DM.ActScheme:
            def codes(node, kind):
                return ", ".join(sorted(str(o) for o in graph.objects(node, SKOS.notation) if o.datatype == kind)) or "none"
            table(title, ["term", "meaning", "direct edge", "CAMEO", "PLOVER", "near"],
                  ([f"`{c}`", comment(n), terms(n, DM.directEdge), codes(n, DM.cameo), codes(n, DM.plover),
                    terms(n, SKOS.closeMatch, SKOS.relatedMatch)] for c, n in concepts))
        else:
            table(title, ["term", "meaning", "near"], ([f"`{c}`", comment(n), terms(n, SKOS.closeMatch)] for c, n in concepts))
    text = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(text[: text.index(MARK) + len(MARK)] + "\n" + "\n".join(out) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
