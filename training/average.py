#!/usr/bin/env python3
"""Weighted average of two checkpoints with a common start. With --claims-of-first the claim heads are those of the first."""
import argparse

import torch

ap = argparse.ArgumentParser(description=__doc__)
ap.add_argument("first")
ap.add_argument("second")
ap.add_argument("out")
ap.add_argument("--weight", type=float, default=0.5, help="of the second")
ap.add_argument("--claims-of-first", action="store_true")
a = ap.parse_args()
first, second = (torch.load(p, weights_only=True) for p in (a.first, a.second))
for k, v in first["model"].items():
    if k == "embeddings.word.weight" or a.claims_of_first and k.startswith("head.claim"):
        continue
    first["model"][k] = (1 - a.weight) * v + a.weight * second["model"][k]
torch.save(first, a.out)
