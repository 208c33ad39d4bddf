#!/usr/bin/env python3
"""How far checkpoints agree with a parser on texts that have no annotated trees: parts of speech, heads, heads with relation, and verbs with two subjects.

    agree.py PARSER.pt CHECKPOINT.pt [...] --minilm FOLDER --texts FILE.txt [...]
"""
import argparse
from pathlib import Path

import torch

import data
import decode
import evaluate


def trees(model, windows):
    """(parts of speech, heads, relations) of each window."""
    for w, tokens, root in decode.run(model, windows):
        yield (model.head["upos"](tokens).argmax(1).tolist(), *decode.parse(model, w, tokens, root))


def doubled(heads, relations, names):
    subjects = [(h, names[r]) for h, r in zip(heads, relations) if names[r].startswith("nsubj")]
    return len(subjects) - len(set(subjects))


@torch.no_grad()
def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("parser")
    ap.add_argument("checkpoints", nargs="+")
    ap.add_argument("--minilm", required=True)
    ap.add_argument("--texts", nargs="+", type=Path, required=True)
    a = ap.parse_args()
    parser, pieces, _ = evaluate.load(a.parser, a.minilm)
    windows = [w for f in a.texts for w in data.text_document(f.stem, "plain", f.read_text(encoding="utf-8"), pieces).windows(pieces)]
    reference = list(trees(parser, windows))
    for path in a.checkpoints:
        model, _, inv = evaluate.load(path, a.minilm)
        words = upos = head = both = own = theirs = 0
        for (u1, h1, r1), (u2, h2, r2) in zip(reference, trees(model, windows)):
            words += len(h1)
            upos += sum(x == y for x, y in zip(u1, u2))
            head += sum(x == y for x, y in zip(h1, h2))
            both += sum(x == y and r == s for x, y, r, s in zip(h1, h2, r1, r2))
            own, theirs = own + doubled(h2, r2, inv["rels"]), theirs + doubled(h1, r1, inv["rels"])
        share = lambda n: f"{100 * n / words:.1f}"
        print(f"{path}: {words} words, UPOS {share(upos)} UAS {share(head)} LAS {share(both)}, doubled subjects {own} (parser {theirs})")


if __name__ == "__main__":
    main()
