#!/usr/bin/env python3
"""Try how readily a cue without a source shares another cue's source, on PolNeAR documents."""
import argparse
import json
import subprocess
import sys

import torch

import data
import decode
import evaluate
import model as M


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("checkpoint")
    ap.add_argument("--minilm", required=True)
    ap.add_argument("--polnear", required=True)
    ap.add_argument("--polnear-score", required=True)
    ap.add_argument("--int8", action="store_true")
    a = ap.parse_args()
    torch.set_num_threads(1)
    model, pieces, _ = evaluate.load(a.checkpoint, a.minilm)
    M.FAKE["on"] = a.int8
    docs = data.polnear_documents(a.polnear, pieces, True)
    encoded = []
    with torch.no_grad():
        for d in docs:
            ws = d.windows(pieces)
            res = {id(w): (w, t, r) for w, t, r in decode.run(model, ws)}
            encoded.append((d, [res[id(w)] for w in ws]))
        for share in (0, 2, 4, 6, 8, 12):
            with open("/tmp/tune.jsonl", "w") as f:
                for d, res in encoded:
                    for x in decode.attributions(model, res, {"null_margin": 0.0, "entry": 0.0, "share": share}):
                        f.write(json.dumps({"doc": d.name, **decode.characters(d, x)}) + "\n")
            r = json.loads(subprocess.check_output([sys.executable, a.polnear_score, "--gold", a.polnear, "--pred", "/tmp/tune.jsonl", "--json"]))
            print("share", share, "tokens", *("%.1f" % (100 * v["f1"]) for v in r["tokens"].values()), "attributions",
                  *("%.1f" % (100 * v["f1"]) for v in r["attributions"].values()),
                  "P %.1f R %.1f" % (100 * r["attributions"]["content"]["precision"], 100 * r["attributions"]["content"]["recall"]), flush=True)


if __name__ == "__main__":
    main()
