#!/usr/bin/env python3
"""Average of checkpoints with a common start. With --claims-of-first the claim heads are those of the first."""
import argparse

import torch

ap = argparse.ArgumentParser(description=__doc__)
ap.add_argument("checkpoints", nargs="+")
ap.add_argument("--out", required=True)
ap.add_argument("--weights", type=lambda s: [float(x) for x in s.split(",")], help="one a checkpoint, by commas; equal by default")
ap.add_argument("--claims-of-first", action="store_true")
a = ap.parse_args()
weights = a.weights or [1.0] * len(a.checkpoints)
states = [torch.load(p, weights_only=True) for p in a.checkpoints]
first = states[0]["model"]
for k in first:
    if k == "embeddings.word.weight" or a.claims_of_first and k.startswith("head.claim"):
        continue
    first[k] = sum(w * s["model"][k] for w, s in zip(weights, states)) / sum(weights)
torch.save(states[0], a.out)
