#!/usr/bin/env python3
"""Score the claim heads against annotated documents; --tune FILE picks the thresholds for F1 and writes them.

found   contents overlap as in bench/score_claims.py (>= 60 % of the shorter and >= 30 % of the longer one), matched one to one
act, source, addressee: accuracies over the found claims (source: same last token, or both implied; addressee: same set of actors by mention)
joint   F1 of claims that are found with the right act and source
"""
import argparse
import json

import torch

import data
import decode
import evaluate
import model as M


def gold_claims(doc):
    out = []
    for c in doc.claims:
        toks = set(range(c["start"], c["end"] + 1))
        for s, e in c["gold"].get("content_more") or []:
            sp = data.token_span(doc, s, e)
            if sp:
                toks |= set(range(sp[0], sp[1] + 1))
        out.append((toks, c))
    return out


def wordy(doc, toks):
    return {t for t in toks if any(ch.isalnum() for ch in doc.text[slice(*doc.offsets[t])])}


def actors_of(doc, chances, least):
    """Actors whose mentions' probabilities sum to `least` or more."""
    got = {}
    for t, chance in chances:
        hit = [a for a, ms in doc.mentions.items() for s, e in ms if s <= t <= e]
        who = hit[0] if hit else "?%d" % t
        got[who] = got.get(who, 0) + chance
    return {who for who, chance in got.items() if chance >= least}


def predict(model, docs, pieces):
    """Everything but the thresholds: the encoder's output per window."""
    out = []
    for d in docs:
        ws = d.windows(pieces)
        res = {id(w): (w, t, r) for w, t, r in decode.run(model, ws, claims=True)}
        out.append((d, [res[id(w)] for w in ws]))
    return out


def score(model, encoded, par, seen=None):
    """`seen` collects (probability, found, right in act and source too) of every predicted claim."""
    n = dict.fromkeys("gold pred found act src src_over cue end addr joint stance addr_tp addr_fp addr_fn".split(), 0)
    for doc, results in encoded:
        gold = [(wordy(doc, t), c) for t, c in gold_claims(doc)]
        pred = []
        for w, tokens, root in results:
            for p in decode.claims(model, w, tokens, root, par):
                pred.append((wordy(doc, range(p["start"], p["end"] + 1)), p))
        pairs = []
        for i, (g, c) in enumerate(gold):
            for j, (q, p) in enumerate(pred):
                both = len(g & q)
                if both:
                    short, long = sorted((len(g), len(q)))
                    if both >= 0.6 * short and both >= 0.3 * long:
                        pairs.append((2 * both / (short + long) + (c["act"] == p["act"]) + 0.5 * (same_source(c, p)), -i, -j))
        pairs.sort(reverse=True)
        ug, up, right = set(), set(), set()
        n["gold"] += len(gold)
        n["pred"] += len(pred)
        for _, i, j in pairs:
            if i in ug or j in up:  # i, j are negated positions
                continue
            ug.add(i), up.add(j)
            c, p = gold[-i][1], pred[-j][1]
            n["found"] += 1
            act, src = c["act"] == p["act"], same_source(c, p)
            n["act"] += act
            n["src"] += src
            n["src_over"] += src or (p["src"][0] is not None and c["src_first"] != -1 and p["src"][0] <= c["src_last"] and p["src"][1] >= c["src_first"])
            n["joint"] += act and src
            if act and src:
                right.add(j)
            n["cue"] += (c["cue_first"] if c["cue_first"] != -1 else None) == p["cue"][0]
            n["end"] += c["end"] == p["end"]
            a = actors_of(doc, p["addressee"], par["addressee"])
            g = set(c["gold"].get("addressee") or [])
            n["addr"] += a == g
            n["addr_tp"] += len(a & g)
            n["addr_fp"] += len(a - g)
            n["addr_fn"] += len(g - a)
        if seen is not None:
            seen += [(p["p"], -j in up, -j in right) for j, (_, p) in enumerate(pred)]
    f = lambda hit: round(200 * hit / max(1, n["pred"] + n["gold"]), 1)
    k = max(1, n["found"])
    pc = lambda x: round(100 * n[x] / k, 1)
    return {"found P": round(100 * n["found"] / max(1, n["pred"]), 1), "R": round(100 * n["found"] / max(1, n["gold"]), 1), "F1": f(n["found"]),
            "joint F1": f(n["joint"]), "found+act F1": f(n["act"]), "act": pc("act"), "src": pc("src"), "src~": pc("src_over"), "cue": pc("cue"), "end": pc("end"), "addr": pc("addr"),
            "addr F1": round(200 * n["addr_tp"] / max(1, 2 * n["addr_tp"] + n["addr_fp"] + n["addr_fn"]), 1),
            "gold": n["gold"], "pred": n["pred"]}


def same_source(c, p):
    return (c["src_last"] if c["src_first"] != -1 else None) == p["src"][1]


def calibrate(pairs):
    """a, b so that sigmoid(a * logit(p) + b) is the share of claims that are right."""
    x = torch.tensor([p for p, _ in pairs]).clamp(1e-4, 1 - 1e-4).logit()
    y = torch.tensor([float(r) for _, r in pairs])
    ab = torch.zeros(2, requires_grad=True)
    opt = torch.optim.LBFGS([ab], max_iter=100)

    def closure():
        opt.zero_grad()
        loss = torch.nn.functional.binary_cross_entropy_with_logits(ab[0] * x + ab[1], y) + 1e-3 * (ab ** 2).sum()
        loss.backward()
        return loss
    opt.step(closure)
    return [round(float(v), 4) for v in ab]


def tune(model, encoded):
    par = dict(decode.DEFAULTS)
    best = max(((score(model, encoded, dict(par, start=s / 100))["F1"], s / 100) for s in range(15, 70, 5)))
    par["start"] = best[1]
    par["act_start"] = max(((score(model, encoded, dict(par, act_start=a))["act"], a) for a in (0.0, 0.25, 0.5, 0.75, 1.0)))[1]
    par["addressee"] = max(((score(model, encoded, dict(par, addressee=a / 20))["addr F1"], a / 20) for a in range(2, 13)))[1]
    seen = []
    score(model, encoded, dict(par, start=0.1), seen)
    par["calibration_found"] = calibrate([(p, f) for p, f, _ in seen])
    par["calibration_right"] = calibrate([(p, r) for p, _, r in seen])
    return par


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("checkpoint")
    ap.add_argument("--minilm", required=True)
    ap.add_argument("--gold", required=True)
    ap.add_argument("--text", nargs="+", required=True)
    ap.add_argument("--only", help="comma-separated documents")
    ap.add_argument("--tune", help="write thresholds here")
    ap.add_argument("--parameters")
    ap.add_argument("--int8", action="store_true")
    ap.add_argument("--threads", type=int, default=1)
    a = ap.parse_args()
    torch.set_num_threads(a.threads)
    model, pieces, _ = evaluate.load(a.checkpoint, a.minilm)
    M.FAKE["on"] = a.int8
    docs = data.claim_documents(a.gold, a.text, pieces, set(a.only.split(",")) if a.only else None)
    encoded = predict(model, docs, pieces)
    par = dict(decode.DEFAULTS, **(json.load(open(a.parameters)) if a.parameters else {}))
    if a.tune:
        par = tune(model, encoded)
        json.dump(par, open(a.tune, "w"))
    print(len(docs), "documents", par, score(model, encoded, par))


if __name__ == "__main__":
    main()
