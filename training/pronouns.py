"""Fits whom a pronoun stands for: a conditional logit over the antecedents that `demarche extract --format evidence` lists.

python pronouns.py --evidence EVIDENCE.jsonl --gold DIR --text DIR [further groups] --scorer score_claims.py --out models/pronouns.json

A claim whose annotated source is named by the same pronoun tells the right antecedent. The last group is scored and not used for fitting unless --fit-all is given.
"""
import argparse, importlib.util, json
from pathlib import Path
import numpy as np
from scorer import load


def instances(scorer, docs, gold_dir):
    out = []
    for g, es in docs:
        raw = {}
        for f in Path(gold_dir).glob("*.json"):
            d = json.loads(f.read_text())
            if d.get("sha256") == g.sha: raw = d
        seen = set()
        for e in es:
            m = e["claim"]["source"][0].get("mention") if e["claim"]["source"] else None
            if not e["antecedents"] or not m or m["start"] in seen: continue
            for c, k in zip(raw["claims"], g.claims):
                if c["source_span"] and c["source_span"][0] == m["start"] and c["source_span"][1] == m["end"]:
                    rows = [(f, {g.actor(a["label"]) for a in actors}) for actors, f in e["antecedents"]]
                    right = [bool(who) and scorer.jaccard(who, k["source"]) >= 0.5 for _, who in rows]
                    now = {g.actor(a["label"]) for a in e["claim"]["source"]}
                    seen.add(m["start"])
                    out.append(([f for f, _ in rows], right, scorer.jaccard(now, k["source"]) >= 0.5))
                    break
    return out


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--evidence", action="append", required=True)
    ap.add_argument("--gold", action="append", required=True)
    ap.add_argument("--text", action="append", required=True)
    ap.add_argument("--scorer", default="../shared/bench/score_claims.py")
    ap.add_argument("--fit-all", action="store_true")
    ap.add_argument("--l2", type=float, default=1.0)
    ap.add_argument("--out", required=True)
    a = ap.parse_args()
    spec = importlib.util.spec_from_file_location("score_claims", a.scorer)
    scorer = importlib.util.module_from_spec(spec); spec.loader.exec_module(scorer)
    groups = [instances(scorer, load(scorer, *x), x[1]) for x in zip(a.evidence, a.gold, a.text)]
    fitted = [x for g in (groups if a.fit_all else groups[:-1]) for x in g if any(x[1])]
    names = sorted({n for fs, _, _ in fitted for f in fs for n in f}); at = {n: i for i, n in enumerate(names)}
    mats = []
    for fs, right, _ in fitted:
        X = np.zeros((len(fs), len(names)))
        for k, f in enumerate(fs):
            for n, v in f.items(): X[k, at[n]] = v
        mats.append((X, np.array(right)))
    w = np.zeros(len(names)); m = v = 0.0
    for step in range(1, 601):  # Adam on the penalised likelihood
        grad = a.l2 * w
        for X, right in mats:
            s = X @ w; s -= s.max(); p = np.exp(s); p /= p.sum(); q = p * right; q /= q.sum()
            grad = grad + X.T @ (p - q)
        m = 0.9 * m + 0.1 * grad; v = 0.999 * v + 0.001 * grad * grad
        w -= 0.02 * (m / (1 - 0.9 ** step)) / (np.sqrt(v / (1 - 0.999 ** step)) + 1e-8)
    model = {n: round(float(x), 3) for n, x in zip(names, w)}
    for name, group in zip(a.gold, groups):
        hit = sum(bool(fs) and right[int(np.argmax([sum(model.get(n, 0) * v for n, v in f.items()) for f in fs]))] for fs, right, _ in group)
        print(f"{name}: {len(group)} pronouns, right {hit}, among the antecedents {sum(any(r) for _, r, _ in group)}, before {sum(b for _, _, b in group)}")
    Path(a.out).write_text(json.dumps(model, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
