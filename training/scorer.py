"""Fit the scorer of claims: which drafts to keep, how to weigh hints to the act.

    scorer.py --evidence FILE --gold DIR --text DIR [--evidence FILE --gold DIR --text DIR …] --out models/claims.json

--evidence is what `demarche extract --format evidence` writes for the annotated articles. They must be articles that the encoder was not
trained on, or its signals look better than they are. Each draft is right where it matches an annotated claim (content and source, as
score_claims.py has it); the first group of articles fits, further groups are only scored.
"""
import argparse, importlib.util, json, math
from pathlib import Path
import numpy as np

ACTS = "demand request propose commit accept reject support criticise accuse threaten deny acknowledge assert".split()
STATING = ("deny", "acknowledge", "assert")


def load(scorer, evidence, gold, text):
    import hashlib
    texts = {}
    for f in Path(text).rglob("*"):
        if f.is_file():
            raw = f.read_bytes()
            texts[hashlib.sha256(raw).hexdigest()] = raw.decode("utf-8", "replace")
    golds = [scorer.Gold(f, texts) for f in sorted(Path(gold).glob("*.json")) if "claims" in json.loads(f.read_text())]
    by = {}
    for line in open(evidence, encoding="utf-8"):
        e = json.loads(line)
        by.setdefault(e["claim"]["document"]["sha256"], []).append(e)
    return [(g, by.get(g.sha, [])) for g in golds]


def act_of(e, w):
    if e["signal"] == 0:
        if e["settled"]:
            return e["claim"]["act"]
        return e["content"] or "assert"
    best = None
    for k, a in enumerate(ACTS):
        s = w["model"] * math.log(max(e["acts"][k], 1e-4)) + w["bias"].get(a, 0.0)
        s += w.get("addressed", 0.0) * e["addressed"] * (a not in STATING)
        s += w["lexicon"] * (e["lexicon"] == a) + w["content"] * (not e["lexicon"] and e["content"] == a)
        if best is None or s >= best[0]:
            best = (s, a)
    return best[1]


def stated(kept, prob):
    """What is left of the kept drafts where one lies inside another of the same source: as `gives_way` in src/claims/merge.rs."""
    def gives_way(a, b):
        x, y = a["claim"]["content"], b["claim"]["content"]
        la, lb = x["end"] - x["start"], y["end"] - y["start"]
        both = min(x["end"], y["end"]) - max(x["start"], y["start"])
        if la < lb and both >= 0.9 * la: needed = 0.0
        elif la > lb and both >= 0.9 * lb: needed = 0.1
        else: return False
        who = lambda e: [s["id"] for s in e["claim"]["source"]]
        return who(a) == who(b) and prob(b) > prob(a) + needed
    return [a for a in kept if not any(a is not b and gives_way(a, b) for b in kept)]


def nested(scorer, docs, prob, threshold, act):
    hit = dict(found=0, who=0, stance=0); pred = gold = 0
    for g, es in docs:
        kept = stated([e for e in es if prob(e) >= threshold], prob)
        ps = []
        for e in kept:
            p = g.prediction(e["claim"]); p["act"] = act_of(e, act); ps.append(p)
        pairs = scorer.match(g.claims, ps)
        pred += len(ps); gold += len(g.claims)
        for i, j in pairs:
            a = scorer.agree(g.claims[i], ps[j])
            hit["found"] += 1; hit["who"] += a["who"]; hit["stance"] += a["who"] and a["act"]
    return {k: round(200 * v / max(1, pred + gold), 1) for k, v in hit.items()}, pred, gold


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--evidence", action="append", required=True)
    ap.add_argument("--gold", action="append", required=True)
    ap.add_argument("--text", action="append", required=True)
    ap.add_argument("--scorer", default="../shared/bench/score_claims.py")
    ap.add_argument("--fit-all", action="store_true", help="fit on all groups together (for the weights that are shipped)")
    ap.add_argument("--l2", type=float, default=1.0)
    ap.add_argument("--out", required=True)
    a = ap.parse_args()
    spec = importlib.util.spec_from_file_location("score_claims", a.scorer)
    scorer = importlib.util.module_from_spec(spec); spec.loader.exec_module(scorer)
    groups = [load(scorer, *x) for x in zip(a.evidence, a.gold, a.text)]
    fitted = [pair for group in groups for pair in group] if a.fit_all else groups[0]
    rows, ys, matched = [], [], []
    for g, es in fitted:
        ps = [g.prediction(e["claim"]) for e in es]
        pairs = {j: i for i, j in scorer.match(g.claims, ps)}
        for j, e in enumerate(es):
            right = j in pairs
            who = right and scorer.agree(g.claims[pairs[j]], ps[j])["who"]
            rows.append(e["features"]); ys.append(0.85 * who + 0.15 * right if right else 0.0)
            if right:
                matched.append((e, g.claims[pairs[j]]["act"]))
    names = sorted({n for r in rows for n in r})
    X = np.array([[r.get(n, 0.0) for n in names] for r in rows]); y = np.array(ys)
    w = np.zeros(len(names)); penal = np.array([0.0 if n == "bias" else a.l2 for n in names])
    for _ in range(60):  # Newton steps of the penalised likelihood
        p = 1 / (1 + np.exp(-X @ w))
        grad = X.T @ (p - y) + penal * w
        H = (X * (p * (1 - p))[:, None]).T @ X + np.diag(penal + 1e-6)
        w -= np.linalg.solve(H, grad)
    keep = {n: round(float(v), 3) for n, v in zip(names, w)}
    prob = lambda e: 1 / (1 + math.exp(-sum(keep.get(n, 0.0) * v for n, v in e["features"].items())))
    best = None
    for m in (0.5, 0.75, 1.0, 1.4):
        for l in (0.0, 0.5, 1.0, 1.5):
            for c in (1.0, 2.0, 3.0, 4.0):
                for b in (0.0, 0.5, 1.0, 1.5):
                    for d in (0.0, 0.75, 1.5, 2.25, 3.0):
                        t = {"model": m, "lexicon": l, "content": c, "addressed": d, "bias": {"assert": b}}
                        n = sum(act_of(e, t) == gold for e, gold in matched)
                        if best is None or n > best[0]:
                            best = (n, t)
    act = best[1]
    print("acts right", best[0], "of", len(matched), act)
    scores = []
    for t in np.arange(0.15, 0.7, 0.025):
        s, n, _ = nested(scorer, fitted, prob, t, act)
        scores.append((s["found"] + s["who"] + s["stance"], round(float(t), 3), s, n))
    threshold = max(scores)[1]
    for group in groups:
        print("threshold", threshold, nested(scorer, group, prob, threshold, act))
    # Calibration: of the claims around 0.8, how many are right?
    ps = np.array([prob(e) for _, es in groups[-1] for e in es])
    right = []
    for g, es in groups[-1]:
        pr = [g.prediction(e["claim"]) for e in es]
        pairs = {j: i for i, j in scorer.match(g.claims, pr)}
        right += [j in pairs and bool(scorer.agree(g.claims[pairs[j]], pr[j])["who"]) for j in range(len(es))]
    right = np.array(right)
    for lo in (0, .2, .4, .6, .7, .8, .9):
        hi = {0: .2, .2: .4, .4: .6, .6: .7, .7: .8, .8: .9, .9: 1.01}[lo]
        m = (ps >= lo) & (ps < hi)
        if m.sum():
            print(f"confidence {lo:.1f}-{min(hi, 1):.1f}: {m.sum()} claims, {100 * right[m].mean():.0f} % right")
    Path(a.out).write_text(json.dumps({"threshold": threshold, "keep": keep, "act": act}, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
