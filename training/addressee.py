"""Fits how the addressees of a claim are chosen: logistic regression over the candidates that `demarche extract --format evidence` lists.

python addressee.py --evidence EVIDENCE.jsonl --gold DIR --text DIR [further groups] --scorer score_claims.py --weights models/claims.json --out models/claims.json

The last group is scored and not used for fitting unless --fit-all is given. Only `addressee` of the weights is replaced.
"""
import argparse, importlib.util, json, math
from pathlib import Path
import numpy as np
from scorer import load, act_of


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--evidence", action="append", required=True)
    ap.add_argument("--gold", action="append", required=True)
    ap.add_argument("--text", action="append", required=True)
    ap.add_argument("--scorer", default="../shared/bench/score_claims.py")
    ap.add_argument("--weights", required=True)
    ap.add_argument("--fit-all", action="store_true")
    ap.add_argument("--l2", type=float, default=2.0)
    ap.add_argument("--least", type=int, default=8, help="features seen less often are left out")
    ap.add_argument("--prior", help="weights to start from: what is fitted is how far to leave them")
    ap.add_argument("--out", required=True)
    a = ap.parse_args()
    spec = importlib.util.spec_from_file_location("score_claims", a.scorer)
    scorer = importlib.util.module_from_spec(spec); spec.loader.exec_module(scorer)
    weights = json.loads(Path(a.weights).read_text())
    groups = [load(scorer, *x) for x in zip(a.evidence, a.gold, a.text)]
    fitted = [pair for group in (groups if a.fit_all else groups[:-1]) for pair in group]
    rows, ys, count = [], [], {}
    for g, es in fitted:
        ps = [g.prediction(e["claim"]) for e in es]
        for i, j in scorer.match(g.claims, ps):
            gold = g.claims[i]["addressee"]
            for actor, features in es[j]["candidates"]:
                rows.append(features)
                ys.append(g.actor(actor["label"], (actor.get("mention") or {}).get("text")) in gold)
                for n in features:
                    count[n] = count.get(n, 0) + 1
    names = sorted(n for n, c in count.items() if c >= a.least) + ["bias"]
    at = {n: i for i, n in enumerate(names)}
    X = np.zeros((len(rows), len(names)), dtype=np.float64); X[:, at["bias"]] = 1
    for k, r in enumerate(rows):
        for n, v in r.items():
            if n in at: X[k, at[n]] = v
    y = np.array(ys, dtype=float)
    known = json.loads(Path(a.prior).read_text())["addressee"]["weights"] if a.prior else {}
    names += sorted(set(known) - set(names)); X = np.hstack([X, np.zeros((len(rows), len(names) - X.shape[1]))])
    prior = np.array([known.get(n, 0.0) for n in names]); w = prior.copy()
    penal = np.array([0.0 if n == "bias" else a.l2 for n in names])
    for _ in range(30):
        p = 1 / (1 + np.exp(-X @ w))
        H = (X * (p * (1 - p) + 1e-9)[:, None]).T @ X + np.diag(penal + 1e-6)
        step = np.linalg.solve(H, X.T @ (p - y) + penal * (w - prior))
        w -= step
        if np.abs(step).max() < 1e-4: break
    model = {n: round(float(v), 3) for n, v in zip(names, w) if abs(v) >= 0.0005}
    chance = lambda f: 1 / (1 + math.exp(-model.get("bias", 0) - sum(model.get(n, 0.0) * v for n, v in f.items())))
    keep = weights["keep"]
    prob = lambda e: 1 / (1 + math.exp(-sum(keep.get(n, 0.0) * v for n, v in e["features"].items())))

    def directed(docs, threshold):
        hit = pred = gold = exact = both = 0
        for g, es in docs:
            ps = []
            for e in es:
                if prob(e) < weights["threshold"]: continue
                p = g.prediction(e["claim"])
                found = sorted(((chance(f), k) for k, (_, f) in enumerate(e["candidates"])), reverse=True)
                chosen = [e["candidates"][k][0] for c, k in found[:3] if c >= threshold]
                p["addressee"] = {g.actor(c["label"], (c.get("mention") or {}).get("text")) for c in chosen}
                ps.append(p)
            gold += sum(bool(c["addressee"]) for c in g.claims); pred += sum(bool(p["addressee"]) for p in ps)
            for i, j in scorer.match(g.claims, ps):
                s = scorer.agree(g.claims[i], ps[j])
                if g.claims[i]["addressee"] and ps[j]["addressee"]:
                    hit += s["who"] and s["act"] and s["to"]; both += s["to"]
        return round(200 * hit / max(1, pred + gold), 1), hit, pred, gold, round(200 * both / max(1, pred + gold), 1)

    table = [(directed(fitted, t), float(t)) for t in np.arange(0.2, 0.65, 0.05)]
    for (s, t), held in zip(table, [directed(groups[-1], t) for _, t in table]):
        print(f"threshold {t:.2f} fitted {s} held out {held}")
    threshold = round(max(table)[1], 2)
    print(len(rows), "candidates,", int(y.sum()), "addressed,", len(model), "weights, threshold", threshold)
    weights["addressee"] = {"threshold": threshold, "weights": model}
    Path(a.out).write_text(json.dumps(weights, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
