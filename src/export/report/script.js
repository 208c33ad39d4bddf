"use strict";
(() => {
  const form = document.getElementById("filters");
  const count = document.getElementById("count");
  const claims = [...document.querySelectorAll(".claim")];
  const groups = [...document.querySelectorAll(".of-article")];
  form.hidden = false;
  document.querySelectorAll(".pick").forEach((button) => { button.hidden = false; });
  const has = (list, id, separator) => list.split(separator).includes(id);

  function fits(claim, want) {
    const d = claim.dataset;
    if (want.actor) {
      const parts = want.role ? [want.role] : ["source", "addressee", "via"];
      if (!parts.some((part) => has(d[part], want.actor, " "))) return false;
    }
    return (!want.camp || has(d.camp, want.camp, "|")) && (!want.act || d.act === want.act) &&
      (!want.issue || has(d.issue, want.issue, " ")) && (!want.article || d.article === want.article) &&
      (!want.from || (d.date && d.date >= want.from)) && (!want.until || (d.date && d.date <= want.until)) &&
      (!want.words || claim.textContent.toLowerCase().includes(want.words.toLowerCase()));
  }

  function apply() {
    const want = Object.fromEntries(new FormData(form));
    let shown = 0;
    for (const claim of claims) {
      claim.hidden = !fits(claim, want);
      shown += claim.hidden ? 0 : 1;
    }
    for (const group of groups) group.hidden = !group.querySelector(".claim:not([hidden])");
    count.textContent = shown === claims.length ? `${shown} claims` : `${shown} of ${claims.length} claims`;
  }

  function set(values) {
    form.reset();
    for (const [name, value] of Object.entries(values)) if (value && form.elements[name]) form.elements[name].value = value;
    apply();
    document.getElementById("claims").scrollIntoView();
    form.querySelector("select").focus({ preventScroll: true });
  }

  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply));
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button.pick");
    if (button) {
      set({ actor: button.dataset.actor, issue: button.dataset.issue, camp: button.dataset.camp });
      return;
    }
    const link = event.target.closest("a[href^='#']");
    if (link) reveal(decodeURIComponent(link.getAttribute("href").slice(1)));
  });

  // What a link leads to must be in sight: not filtered away, not in a closed part.
  function reveal(id) {
    const target = document.getElementById(id);
    if (!target) return;
    if (target.closest("[hidden]")) { form.reset(); apply(); }
    for (let part = target.closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
    if (target.matches("[tabindex='-1']")) setTimeout(() => { target.scrollIntoView({ block: "center" }); target.focus({ preventScroll: true }); });
  }
  if (location.hash) reveal(decodeURIComponent(location.hash.slice(1)));
  addEventListener("hashchange", () => reveal(decodeURIComponent(location.hash.slice(1))));

  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open])")];
    opened.forEach((part) => { part.open = true; });
  });
  addEventListener("afterprint", () => opened.forEach((part) => { part.open = false; }));
  apply();
})();
