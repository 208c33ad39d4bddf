"use strict";
const form = document.getElementById("form");
const choice = document.getElementById("question");
const query = document.getElementById("query");
const summary = document.getElementById("summary");
const said = document.getElementById("said");
const answer = document.getElementById("answer");

const PREFIXES = [
  ["claim:", "https://w3id.org/demarche/id/claim/"],
  ["actor:", "https://w3id.org/demarche/id/actor/"],
  ["issue:", "https://w3id.org/demarche/id/issue/"],
  ["dm:", "https://w3id.org/demarche/ns#"],
  ["act:", "https://w3id.org/demarche/act#"],
];

function element(name, text, parent) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (parent) parent.append(made);
  return made;
}

/* A claim leads to its passage; other names are shown short. */
function show(value, cell) {
  if (!value) return;
  if (value.type !== "uri") { cell.textContent = value.value; return; }
  const found = PREFIXES.find(([, start]) => value.value.startsWith(start));
  const short = found ? found[0] + value.value.slice(found[1].length) : value.value;
  if (found && found[0] === "claim:") {
    element("a", short, cell).href = "claim/" + encodeURIComponent(value.value.slice(found[1].length));
  } else {
    cell.textContent = short;
    cell.title = value.value;
  }
}

function table(result) {
  const made = element("table");
  const head = element("tr", undefined, element("thead", undefined, made));
  for (const name of result.head.vars) element("th", name, head).scope = "col";
  const body = element("tbody", undefined, made);
  for (const row of result.results.bindings) {
    const line = element("tr", undefined, body);
    for (const name of result.head.vars) show(row[name], element("td", undefined, line));
  }
  return made;
}

async function ask(event) {
  event.preventDefault();
  said.textContent = "asking …";
  answer.replaceChildren();
  try {
    const response = await fetch("sparql", {
      method: "POST",
      headers: { "Content-Type": "application/sparql-query", "Accept": "application/sparql-results+json, text/turtle;q=0.9" },
      body: query.value,
    });
    const text = await response.text();
    if (!response.ok) {
      said.textContent = "";
      element("p", text, answer).className = "wrong";
    } else if ((response.headers.get("Content-Type") || "").includes("json")) {
      const result = JSON.parse(text);
      if ("boolean" in result) {
        said.textContent = result.boolean ? "yes" : "no";
      } else {
        said.textContent = result.results.bindings.length + " rows";
        answer.append(table(result));
      }
    } else {
      said.textContent = "";
      element("pre", text, answer);
    }
  } catch (error) {
    said.textContent = "";
    element("p", "the server does not answer: " + error.message, answer).className = "wrong";
  }
}

async function begin() {
  const questions = await (await fetch("questions.json")).json();
  for (const question of questions) element("option", question.name, choice);
  choice.addEventListener("change", () => {
    const chosen = questions[choice.selectedIndex];
    query.value = chosen.sparql;
    summary.textContent = chosen.summary;
  });
  choice.dispatchEvent(new Event("change"));
  form.requestSubmit();
}

form.addEventListener("submit", ask);
begin();
