// Opens sample files with the libraries that Cytoscape.js, Gephi Lite and Neo4j's own editors are made of.
//
//     npm install --prefix FOLDER cytoscape graphology graphology-gexf graphology-graphml @xmldom/xmldom @neo4j-cypher/language-support@2.0.0-next.38
//     node tests/external/check_node.cjs target/samples FOLDER
//
// Each library that is not there is skipped, and said so. Ends with 1 if a check failed.
"use strict";
const fs = require("fs");
const path = require("path");
const [samples, folder] = process.argv.slice(2);
const from = require("module").createRequire(path.resolve(folder, "package.json"));
let passed = 0;
let failed = 0;
const skipped = [];

function check(what, good, more) {
  if (good) passed += 1;
  else {
    failed += 1;
    console.log(`FAILED ${what}: ${JSON.stringify(more)}`);
  }
}

function library(name) {
  try {
    return from(name);
  } catch (error) {
    if (error.code !== "MODULE_NOT_FOUND") throw error;
    skipped.push(name);
    return null;
  }
}

const files = (extension) => fs.readdirSync(samples).filter((name) => name.endsWith(extension) && !name.startsWith("windows")).sort();
const read = (name) => fs.readFileSync(path.join(samples, name), "utf8");
// Lines of the tables beside a file; the labels hold no line breaks.
const rows = (base, what) => read(`${base}.${what}.csv`).trim().split("\n").length - 1;

const cytoscape = library("cytoscape");
if (cytoscape) {
  for (const name of files(".cyjs")) {
    const base = name.split(".")[0];
    const { elements } = JSON.parse(read(name));
    const graph = cytoscape({ headless: true, elements, layout: { name: "preset" } });
    check(`${name} in Cytoscape.js`, graph.nodes().length === rows(base, "nodes") && graph.edges().length === rows(base, "edges"), graph.edges().length);
    const places = new Set(graph.nodes().map((node) => `${node.position("x")} ${node.position("y")}`));
    check(`${name} places in Cytoscape.js`, places.size === graph.nodes().length, places.size);
  }
}

const graphology = library("graphology");
const xml = library("@xmldom/xmldom");
if (graphology && xml) {
  globalThis.DOMParser = xml.DOMParser;
  globalThis.Document = new xml.DOMParser().parseFromString("<a/>", "text/xml").constructor;
  for (const [extension, reader] of [[".gexf", "graphology-gexf/browser"], [".graphml", "graphology-graphml/browser"]]) {
    const parser = library(reader);
    if (!parser) continue;
    for (const name of files(extension)) {
      const base = name.split(".")[0];
      const graph = parser.parse(graphology.MultiGraph, read(name));
      check(`${name} in Gephi Lite's reader`, graph.order === rows(base, "nodes") && graph.size === rows(base, "edges"), [graph.order, graph.size]);
      check(`${name} labels in Gephi Lite's reader`, graph.everyNode((_, node) => typeof node.label === "string" && node.label.length > 0));
      if (name === "demands.gexf") {
        const labels = new Set(graph.mapNodes((_, node) => node.label));
        check(`${name} special characters`, ['Ana "Nan" Sorel', "Sister Agnes & Partners", "Ygritte Åsen"].every((label) => labels.has(label)));
      }
    }
  }
}

const cypher = library("@neo4j-cypher/language-support");
if (cypher) {
  // One line of each shape: its checker takes a second for ten lines.
  const shapes = new Map();
  for (const name of files(".cypher")) {
    for (const line of read(name).split("\n")) {
      const shape = line.replace(/'(?:[^'\\]|\\.)*'/g, "''").replace(/[\d.]+/g, "0").replace(/\['.*\]/, "[]");
      const known = shapes.get(shape);
      if (!known || known.length < line.length) shapes.set(shape, line);
    }
  }
  const found = cypher.lintCypherQuery([...shapes.values()].join("\n"), {});
  const told = (found.diagnostics || found).map((d) => d.message);
  check("the Cypher scripts in Neo4j's checker, no error and no warning", told.length === 0, told.slice(0, 3));
  check("Neo4j's checker notices a fault", (cypher.lintCypherQuery("MATCH (a) SET b.x = 1;", {}).diagnostics || []).length > 0);
}

console.log(`${passed} checks with Node.js passed, ${failed} failed${skipped.length ? `; skipped for want of: ${skipped.join(", ")}` : ""}`);
process.exit(failed ? 1 : 0);
