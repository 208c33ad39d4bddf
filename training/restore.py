#!/usr/bin/env python3
"""Make a checkpoint out of exported weights, to train on from what ships: every weight as it is at run time.

    restore.py --weights models/core.safetensors --vocabulary models/vocab.txt --minilm FOLDER --out core.pt

Pieces and positions that were not exported get the rows of MiniLM. A cue bonus is in the scores already: export again without one.
"""
import argparse
import json

import torch
from safetensors import safe_open

import model as M
import tok


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--weights", required=True)
    ap.add_argument("--vocabulary", required=True)
    ap.add_argument("--minilm", required=True)
    ap.add_argument("--out", required=True)
    a = ap.parse_args()
    with safe_open(a.weights, "pt") as f:
        config = json.loads(f.metadata()["config"])
        stored = {k: f.get_tensor(k) for k in f.keys()}
    heads = config["heads"]
    inv = {k: heads[k]["labels"] for k in ("upos", "xpos", "lemma", "entity", "rels")}
    pieces = tok.Pieces(a.minilm + "/vocab.txt")
    model = M.Model(len(pieces.vocab), inv, config["layers"], config["claim_layers"])
    M.load_minilm(model, a.minilm + "/model.safetensors")
    rows = [pieces.vocab[piece] for piece in open(a.vocabulary, encoding="utf-8").read().split("\n")[:-1]]
    with torch.no_grad():
        for name, p in model.named_parameters():
            value = stored[name].float()
            scale = stored.get(name.removesuffix(".weight") + ".scale")
            if scale is not None:
                value = value * scale[:, None]
            if name == "embeddings.word.weight":
                p[rows] = value
            elif name == "embeddings.position.weight":
                p[:len(value)] = value
            elif name == "head.attribution.transition":
                p.copy_(value - model.head["attribution"].bad)
            else:
                p.copy_(value)
    torch.save({"model": model.state_dict(), "inv": inv, "args": vars(a)}, a.out)


if __name__ == "__main__":
    main()
