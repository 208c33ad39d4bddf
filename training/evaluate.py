#!/usr/bin/env python3
"""Scores of a checkpoint on the development sets; --int8 with simulated quantisation."""
import argparse
import json
import subprocess
import sys
import time

import torch

import data
import decode
import model as M
import teacher
import tok


def load(path, minilm):
    state = torch.load(path, weights_only=True)
    pieces = tok.Pieces(minilm + "/vocab.txt")
    kind = teacher.Teacher if "relative.weight" in state["model"] else M.Model
    model = kind(len(pieces.vocab), state["inv"], M.layers_of(state["model"]), M.claim_layers_of(state["model"]))
    miss = model.load_state_dict(state["model"], strict=False)
    if miss.missing_keys:
        print("missing", miss.missing_keys)
    model.eval()
    return model, pieces, state["inv"]


def trees(model, docs, pieces, inv):
    import ud
    n = upos = xpos = lemma = uas = las = ent = entn = 0
    etp = efp = efn = 0
    forms = {}
    ws = [w for d in docs for w in d.windows(pieces)]
    for w, tokens, root in decode.run(model, ws):
        heads, rels = decode.parse(model, w, tokens, root)
        u = model.head["upos"](tokens).argmax(1).tolist()
        x = model.head["xpos"](tokens).argmax(1).tolist()
        l = model.head["lemma"](tokens).argmax(1).tolist()
        e = model.head["entity"](tokens).argmax(1).tolist()
        i, j = w.range
        flat = [(f, g) for s in w.doc.sentences[i:j] for f, g in zip(s.gold["forms"], s.gold["lemmas"])]
        for k in range(len(w.first)):
            n += 1
            upos += u[k] == w.lab["upos"][k]
            xpos += x[k] == w.lab["xpos"][k]
            h = w.lab["head"][k]
            uas += heads[k] == h
            las += heads[k] == h and rels[k] == w.lab["rel"][k]
            if len(flat) == len(w.first):
                lemma += ud.apply_script(flat[k][0], inv["lemma"][l[k]]) == flat[k][1].replace("’", "'")
            g = w.lab["entity"][k]
            if g >= 0:
                etp += g == e[k] and g > 0
                efp += e[k] > 0 and g != e[k]
                efn += g > 0 and g != e[k]
    r = {"tokens": n, "UPOS": upos, "XPOS": xpos, "lemma": lemma, "UAS": uas, "LAS": las}
    r = {k: v if k == "tokens" else round(100 * v / n, 2) for k, v in r.items()}
    if etp:
        r["entity F1"] = round(200 * etp / (2 * etp + efp + efn), 2)
    return r


def attribution(model, docs, pieces, gold, out):
    with open(out, "w") as f:
        for d in docs:
            ws = d.windows(pieces)
            res = {id(w): (w, t, r) for w, t, r in decode.run(model, ws)}
            for a in decode.attributions(model, [res[id(w)] for w in ws]):
                f.write(json.dumps({"doc": d.name, **decode.characters(d, a)}) + "\n")
    return out


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("checkpoint")
    ap.add_argument("--minilm", required=True)
    ap.add_argument("--ud", nargs="*", default=[])
    ap.add_argument("--held-out-from", help="GUM training file with the held-out news documents")
    ap.add_argument("--polnear")
    ap.add_argument("--polnear-score", help="path of polnear_score.py")
    ap.add_argument("--int8", action="store_true")
    ap.add_argument("--threads", type=int, default=1)
    ap.add_argument("--pred", default="/tmp/attributions.jsonl")
    a = ap.parse_args()
    torch.set_num_threads(a.threads)
    model, pieces, inv = load(a.checkpoint, a.minilm)
    M.FAKE["on"] = a.int8
    t0 = time.time()
    for path in a.ud:
        docs = data.ud_documents([path], pieces, inv)
        print(path.split("/")[-1], trees(model, docs, pieces, inv), flush=True)
        news = [d for d in docs if d.genre == "news"]
        if news and a.held_out_from:
            news += [d for d in data.ud_documents([a.held_out_from], pieces, inv) if d.name in data.HELD_OUT_NEWS]
            print("GUM news (dev + 5 held out)", trees(model, news, pieces, inv), flush=True)
    if a.polnear:
        docs = data.polnear_documents(a.polnear, pieces, True)
        attribution(model, docs, pieces, a.polnear, a.pred)
        r = json.loads(subprocess.check_output([sys.executable, a.polnear_score, "--gold", a.polnear, "--pred", a.pred, "--json"]))
        print("PolNeAR tokens s/c/c", *("%.1f" % (100 * r["tokens"][k]["f1"]) for k in ("source", "cue", "content")),
              "| exact spans", *("%.1f" % (100 * r["exact_spans"][k]["f1"]) for k in ("source", "cue", "content")),
              "| attributions content/+source/+cue", *("%.1f" % (100 * v["f1"]) for v in r["attributions"].values()),
              "| content P/R %.1f/%.1f" % (100 * r["attributions"]["content"]["precision"], 100 * r["attributions"]["content"]["recall"]),
              "| recall", {k: round(100 * v["recall"], 1) for k, v in r["content_recall_by_type"].items()}, flush=True)
    print("%.0f s" % (time.time() - t0))


if __name__ == "__main__":
    main()
