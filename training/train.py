#!/usr/bin/env python3
"""Train the core model. Stages are runs of this script, each from the checkpoint of the one before (see README.md)."""
import argparse
import json
import random
import time

import numpy as np
import torch

import data
import distil
import evaluate
import model as M
import teacher
import tok
import ud

WEIGHTS = {"vectors": 2.0, "upos": 0.5, "xpos": 0.3, "lemma": 0.3, "entity": 0.3, "tags": 2.0, "link": 0.3,
           "claim_start": 4.0, "claim_act": 1.5, "claim_end": 0.3, "claim_cue_first": 0.25, "claim_cue_last": 0.2, "claim_src_first": 0.3,
           "claim_src_last": 0.3, "claim_addressee": 0.6, "weak": 0.4, "weak_cue_first": 0.1, "weak_src_first": 0.1}


def arguments():
    ap = argparse.ArgumentParser()
    ap.add_argument("--minilm", required=True, help="folder of all-MiniLM-L6-v2: model.safetensors, vocab.txt")
    ap.add_argument("--ud", nargs="*", default=[], help="CoNLL-U training files")
    ap.add_argument("--without-genres", default=",".join(data.NC_GENRES))
    ap.add_argument("--keep-held-out", action="store_true", help="also train on the five GUM news documents held out for evaluation")
    ap.add_argument("--polnear", help="folder with text/ and attributions/")
    ap.add_argument("--claims", nargs="*", default=[], help="folders of claim annotations (JSON)")
    ap.add_argument("--claim-text", nargs="*", default=[], help="folders of their texts")
    ap.add_argument("--claims-skip", default="", help="comma-separated documents to leave out (development set)")
    ap.add_argument("--mpnet", help="folder of all-mpnet-base-v2: train the teacher instead (of its first --layers layers)")
    ap.add_argument("--teacher", help="checkpoint of the teacher; with --unlabelled")
    ap.add_argument("--unlabelled", help="JSONL file of articles (`text`) on which the teacher shows the student every head's scores (kind `plain`)")
    ap.add_argument("--layers", type=int, default=6, help="of the encoder (a checkpoint brings its own number)")
    ap.add_argument("--claim-layers", type=int, default=0, help="further layers that claims alone read (a checkpoint with some brings its own number)")
    ap.add_argument("--without-trees", action="store_true", help="the teacher does not teach tags and trees")
    ap.add_argument("--trees-alone", action="store_true", help="the teacher teaches tags and trees and nothing else")
    ap.add_argument("--mix", default="ud=1,att=1,claims=1", help="shares of pieces among the kinds")
    ap.add_argument("--pieces", type=float, required=True, help="word pieces to train on, in all")
    ap.add_argument("--stop", type=float, help="stop after so many pieces although the schedule is laid out for --pieces")
    ap.add_argument("--init")
    ap.add_argument("--only", default="", help="comma-separated beginnings of the names of parameters to train (head.arcs. and so on), all else stays as it is")
    ap.add_argument("--out", required=True)
    ap.add_argument("--lr", type=float, default=3e-4)
    ap.add_argument("--head-lr", type=float, default=2e-3)
    ap.add_argument("--claim-lr", type=float, default=None, help="learning rate of the claim heads (default: --head-lr)")
    ap.add_argument("--final-lr", type=float, default=0.0, help="share of the learning rate that is left at the end")
    ap.add_argument("--warmup", type=float, default=0.08)
    ap.add_argument("--fake-quant", type=float, default=0.0, help="share of the run at its end that runs with simulated int8")
    ap.add_argument("--batch", type=int, default=1024)
    ap.add_argument("--drop-pieces", type=float, default=0.03)
    ap.add_argument("--layer-dropout", type=float, default=0.1, help="of the layers and the input; the heads keep theirs")
    ap.add_argument("--ema", type=float, default=0.0)
    ap.add_argument("--bf16", action="store_true", help="16-bit floats for products: faster on some processors, half as fast on others")
    ap.add_argument("--threads", type=int, default=1)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--report", type=int, default=200, help="steps between lines of losses")
    ap.add_argument("--save-every", type=float, default=5, help="minutes")
    return ap.parse_args()


class Stream:
    """Endless shuffled batches of one kind."""

    def __init__(self, docs, special, budget, rng):
        self.docs, self.special, self.budget, self.rng, self.queue, self.epoch = docs, special, budget, rng, [], 0

    def next(self):
        while not self.queue:
            ws = [w for d in self.docs for w in d.windows(self.special, self.rng)]
            self.queue = data.batches(ws, self.budget, self.rng)
            self.epoch += 1
        return self.queue.pop()


class PlainStream(Stream):
    """The same of unlabelled texts, cut into tokens a few at a time."""
    AT_ONCE = 150

    def __init__(self, texts, pieces, budget, rng):
        super().__init__([], pieces, budget, rng)
        self.texts, self.next_text = texts, len(texts)

    def next(self):
        if not self.queue:
            if self.next_text >= len(self.texts):
                self.rng.shuffle(self.texts)
                self.next_text = 0
                self.epoch += 1
            some = self.texts[self.next_text:self.next_text + self.AT_ONCE]
            self.next_text += self.AT_ONCE
            docs = [data.text_document("", "plain", t, self.special) for t in some]
            ws = [w for d in docs for w in d.windows(self.special, self.rng)]
            self.queue = data.batches(ws, self.budget, self.rng)
        return self.queue.pop()


def main():
    a = arguments()
    torch.set_num_threads(a.threads)
    torch.manual_seed(a.seed)
    rng, nrng = random.Random(a.seed), np.random.default_rng(a.seed)
    pieces = tok.Pieces(a.minilm + "/vocab.txt")
    state = torch.load(a.init, weights_only=True) if a.init else None
    inv = state["inv"] if state else ud.inventories([d for p in a.ud for d in ud.read(p) if d["genre"] not in a.without_genres.split(",")])
    layers, claim_layers = (M.layers_of(state["model"]), M.claim_layers_of(state["model"])) if state else (a.layers, 0)
    model = (teacher.Teacher if a.mpnet else M.Model)(len(pieces.vocab), inv, layers, max(claim_layers, a.claim_layers))
    if state:
        missing, extra = model.load_state_dict(state["model"], strict=False)
        print("missing", missing, "unexpected", extra)
        M.word_table(model).weight.requires_grad_(False)
    elif a.mpnet:
        teacher.load_mpnet(model, a.mpnet, pieces)
    else:
        M.load_minilm(model, a.minilm + "/model.safetensors")
    if not a.mpnet:
        for part in (model.embeddings, *model.layer, *model.claim_layer):
            part.drop.p = a.layer_dropout
    if a.only:
        own = tuple(a.only.split(","))
        for name, p in model.named_parameters():
            p.requires_grad_(name.startswith(own))
    held = () if a.keep_held_out else data.HELD_OUT_NEWS
    kinds = {}
    if a.ud:
        kinds["ud"] = data.ud_documents(a.ud, pieces, inv, a.without_genres.split(","), held)
    if a.polnear:
        kinds["att"] = data.polnear_documents(a.polnear, pieces)
    skip = set(a.claims_skip.split(","))
    claims = [d for folder in a.claims for d in data.claim_documents(folder, a.claim_text, pieces) if d.name not in skip]
    if claims:
        kinds["claims"] = claims
    mix = {k: float(v) for k, v in (x.split("=") for x in a.mix.split(","))}
    print({k: (len(v), sum(s.cost() for d in v for s in d.sentences)) for k, v in kinds.items()}, flush=True)
    streams = {k: Stream(v, pieces, a.batch, rng) for k, v in kinds.items()}
    guide = mirror = None
    if a.teacher:
        guide = evaluate.load(a.teacher, a.minilm)[0]
        teacher.quicken(guide)
        mirror = torch.nn.Linear(model.WIDTH, guide.WIDTH)
        streams["plain"] = PlainStream(list(data.plain_texts(a.unlabelled)), pieces, a.batch, rng)
    if a.claim_layers > claim_layers:
        M.grow(model, data.collate(next(iter(streams.values())).next()), claim_layers)
    used = {k: 0.0 for k in streams}
    weights = dict(WEIGHTS, trees=float(not a.without_trees), claims=float(not a.trees_alone), attributions=float(model.head["attribution"].weight.requires_grad))

    fast = [p for n, p in model.named_parameters() if p.requires_grad and n.startswith("head.claim")]
    heads = [p for n, p in model.named_parameters() if p.requires_grad and (n.startswith("head.") and not n.startswith("head.claim") or "token_type" in n)]
    body = [p for n, p in model.named_parameters() if p.requires_grad and not n.startswith("head.") and "token_type" not in n]
    heads += mirror.parameters() if mirror else []
    claim_lr = a.claim_lr or a.head_lr
    groups = [{"params": body, "lr": a.lr}, {"params": heads, "lr": a.head_lr}, {"params": fast, "lr": claim_lr}]
    opt = torch.optim.AdamW([g for g in groups if g["params"]], betas=(0.9, 0.98), weight_decay=0.01, fused=True)
    base = [g["lr"] for g in opt.param_groups]
    ema = {k: v.detach().clone() for k, v in model.state_dict().items()} if a.ema else None

    def save(path, weights=None):
        torch.save({"model": weights or ema or model.state_dict(), "inv": inv, "args": vars(a)}, path + ".tmp")
        import os
        os.replace(path + ".tmp", path)

    done, step, t0, cpu0, saved = 0.0, 0, time.time(), time.process_time(), time.time()
    sums = {}
    model.train()
    while done < (a.stop or a.pieces):
        kind = min(streams, key=lambda k: (used[k] + 1) / max(mix.get(k, 0), 1e-9))
        ws = streams[kind].next()
        batch = data.collate(ws, pieces.mask, a.drop_pieces, nrng)
        n = sum(len(w.ids) for w in ws)
        part = done / a.pieces
        f = min(1.0, part / a.warmup if a.warmup else 1.0) * (a.final_lr + (1 - a.final_lr) * min(1.0, (1 - part) / (1 - a.warmup)))
        for g, lr in zip(opt.param_groups, base):
            g["lr"] = lr * max(f, 1e-4)
        M.FAKE["on"] = a.fake_quant > 0 and part >= 1 - a.fake_quant
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=a.bf16):
            parts, loss = distil.losses(model, guide, mirror, batch, weights) if kind == "plain" else model.losses(batch, weights)
        opt.zero_grad(set_to_none=True)
        if not torch.isfinite(loss):
            print("skipped a batch: loss", {k: float(v) for k, v in parts.items()}, flush=True)
            used[kind] += n
            continue
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        opt.step()
        if ema:
            d = min(a.ema, (1 + step) / (10 + step))
            with torch.no_grad():
                for k, v in model.state_dict().items():
                    if v.dtype.is_floating_point and not k.endswith("word.weight"):
                        ema[k].lerp_(v, 1 - d)
        done += n
        used[kind] += n
        step += 1
        for k, v in parts.items():
            s = sums.setdefault(k, [0.0, 0])
            s[0] += float(v.detach())
            s[1] += 1
        if step % a.report == 0:
            el = time.time() - t0
            print("%6d %5.1f%% %5.0fs %5.0f wp/s cpu %4.0fs " % (step, 100 * done / a.pieces, el, done / el, time.process_time() - cpu0)
                  + " ".join("%s %.3f" % (k, s / n) for k, (s, n) in sums.items()) + " epochs "
                  + " ".join("%s %d" % (k, s.epoch) for k, s in streams.items()), flush=True)
            sums = {}
        if time.time() - saved > 60 * a.save_every:
            save(a.out)
            saved = time.time()
    save(a.out)
    if ema:
        save(a.out.removesuffix(".pt") + "-last.pt", model.state_dict())
    print("done", step, "steps", "%.0f s wall, %.0f s cpu" % (time.time() - t0, time.process_time() - cpu0))


if __name__ == "__main__":
    main()
