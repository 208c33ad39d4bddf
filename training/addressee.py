"""Fits how the addressees of a claim are chosen: logistic regression over the candidates that `demarche extract --format evidence` lists.

python addressee.py --background EVIDENCE GOLD TEXT [...] --unseen EVIDENCE GOLD TEXT [...] [--skip FILE] --scorer score_claims.py \\
    --weights models/claims.json --out models/claims.json

Two steps, because the encoder looks surer of the articles it was trained on than it is of others. The background articles, which may be those,
fit the weights of everything but what the encoder says; the unseen ones fit how much that sum and each feature of the encoder count.
What is printed for the unseen articles comes from five folds of documents, so that no document is scored by weights it took part in (in the
second step). --skip names a file of document names, separated by commas, that take no part in the background. Only `addressee` of the weights is replaced.
"""
import argparse, importlib.util, json, math, random
from pathlib import Path
import numpy as np
from scorer import load

ENCODER = ("model", "addressed elsewhere")  # beginnings of the names of what the encoder says
sigmoid = lambda z: 1 / (1 + np.exp(-z))


def newton(X, y, l2):
    """Penalised logistic regression (Cox 1958); the last column is the bias and is not penalised."""
    penal = np.full(X.shape[1], float(l2)); penal[-1] = 1e-6
    w = np.zeros(X.shape[1])
    for _ in range(30):
        p = sigmoid(X @ w)
        H = (X * (p * (1 - p) + 1e-9)[:, None]).T @ X + np.diag(penal)
        step = np.linalg.solve(H, X.T @ (p - y) + penal * w)
        w -= step
        if np.abs(step).max() < 1e-4: break
    return w


def candidates(scorer, docs):
    """(document, draft, actor, features, whether the annotator names it) of each candidate of each draft that matches an annotated claim."""
    rows = []
    for d, (g, es) in enumerate(docs):
        ps = [g.prediction(e["claim"]) for e in es]
        for i, j in scorer.match(g.claims, ps):
            for actor, features in es[j]["candidates"]:
                named = g.actor(actor["label"], (actor.get("mention") or {}).get("text")) in g.claims[i]["addressee"]
                rows.append((d, j, actor, features, named))
    return rows


def matrix(rows, names):
    at = {n: i for i, n in enumerate(names)}
    X = np.zeros((len(rows), len(names) + 1), dtype=np.float32); X[:, -1] = 1
    for k, r in enumerate(rows):
        for n, v in r[3].items():
            if n in at: X[k, at[n]] = v
    return X


def directed(scorer, docs, rows, chances, threshold, weights):
    """F1 of directed claims, and counts: right, predicted, annotated."""
    keep = weights["keep"]
    prob = lambda e: sigmoid(sum(keep.get(n, 0.0) * v for n, v in e["features"].items()))
    of = {}
    for r, c in zip(rows, chances): of.setdefault((r[0], r[1]), []).append((c, r[2]))
    hit = pred = gold = 0
    for d, (g, es) in enumerate(docs):
        ps = []
        for j, e in enumerate(es):
            if prob(e) < weights["threshold"]: continue
            p = g.prediction(e["claim"])
            if (d, j) in of:
                chosen = [a for c, a in sorted(of[d, j], key=lambda x: -x[0])[:3] if c >= threshold]
                p["addressee"] = {g.actor(a["label"], (a.get("mention") or {}).get("text")) for a in chosen}
            ps.append(p)
        gold += sum(bool(c["addressee"]) for c in g.claims); pred += sum(bool(p["addressee"]) for p in ps)
        for i, j in scorer.match(g.claims, ps):
            s = scorer.agree(g.claims[i], ps[j])
            hit += bool(g.claims[i]["addressee"] and ps[j]["addressee"] and s["who"] and s["act"] and s["to"])
    return round(200 * hit / max(1, pred + gold), 1), hit, pred, gold


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--background", nargs=3, action="append", required=True)
    ap.add_argument("--unseen", nargs=3, action="append", required=True)
    ap.add_argument("--skip")
    ap.add_argument("--scorer", default="../shared/bench/score_claims.py")
    ap.add_argument("--weights", required=True)
    ap.add_argument("--l2", type=float, default=5.0)
    ap.add_argument("--least", type=int, default=30, help="features that fewer candidates of the background have are left out")
    ap.add_argument("--out", required=True)
    a = ap.parse_args()
    spec = importlib.util.spec_from_file_location("score_claims", a.scorer)
    scorer = importlib.util.module_from_spec(spec); spec.loader.exec_module(scorer)
    weights = json.loads(Path(a.weights).read_text())
    unseen = [load(scorer, *group) for group in a.unseen]
    skip = {g.doc for group in unseen for g, _ in group} | set(Path(a.skip).read_text().replace(",", " ").split() if a.skip else [])
    background = candidates(scorer, [pair for group in a.background for pair in load(scorer, *group) if pair[0].doc not in skip])
    count = {}
    for r in background:
        for n in r[3]: count[n] = count.get(n, 0) + 1
    names = sorted(n for n, c in count.items() if c >= a.least)
    plain = [n for n in names if not n.startswith(ENCODER)]
    encoder = [n for n in names if n.startswith(ENCODER)]
    first = newton(matrix(background, plain), np.array([float(r[4]) for r in background]), a.l2)
    groups = [candidates(scorer, group) for group in unseen]
    X = np.vstack([np.hstack([(matrix(rows, plain) @ first)[:, None], matrix(rows, encoder)]) for rows in groups])
    y = np.array([float(r[4]) for rows in groups for r in rows])
    doc = np.array([(k, r[0]) for k, rows in enumerate(groups) for r in rows])
    every = sorted(set(map(tuple, doc))); random.Random(1).shuffle(every)
    fold = {d: k % 5 for k, d in enumerate(every)}; fold = np.array([fold[tuple(d)] for d in doc])
    chances = np.zeros(len(y))
    for k in range(5):
        chances[fold == k] = sigmoid(X[fold == k] @ newton(X[fold != k], y[fold != k], 1.0))
    ends = np.cumsum([len(rows) for rows in groups])[:-1]
    table = []
    for t in np.arange(0.14, 0.4, 0.02):
        scores = [directed(scorer, docs, rows, c, t, weights) for docs, rows, c in zip(unseen, groups, np.split(chances, ends))]
        table.append((200 * sum(s[1] for s in scores) / sum(s[2] + s[3] for s in scores), float(t)))
        print(f"threshold {t:.2f}", *scores)
    threshold = round(max(table)[1], 2)
    second = newton(X, y, 1.0)
    model = {n: v * second[0] for n, v in zip(plain, first)}
    model |= dict(zip(encoder, second[1:-1]))
    model["bias"] = second[-1] + first[-1] * second[0]
    model = {n: round(float(v), 3) for n, v in model.items() if abs(v) >= 0.0005}
    print(len(background), "candidates in the background,", len(y), "unseen,", len(model), "weights, threshold", threshold)
    weights["addressee"] = {"threshold": threshold, "weights": model}
    Path(a.out).write_text(json.dumps(weights, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
