#!/usr/bin/env python3
"""Quantise a checkpoint and write core.safetensors, vocab.txt and vectors.json (test vectors) to a folder, each by rename."""
import argparse
import hashlib
import json
import os
import re
import unicodedata

import torch
from safetensors.torch import save

import data
import decode
import evaluate
import model as M
import tok

TEXTS = [
    "Russia demanded that Ukraine give up its plans to join NATO.",
    "“We will not accept this deal,” the prime minister said on Tuesday. “It would reward aggression.”",
    "The United States offered to lift sanctions if Iran stops enriching uranium, officials in Washington said.",
    "Kyiv rejected the proposal.",
    "Ms. Okafor, who chairs the union, urged the company to raise wages by 4.5% before Jan. 1.",
    "He hasn't ruled out sending troops, but \"it's too early,\" he told reporters.",
    "Norway’s foreign minister warned Moscow of “serious consequences”.\n\nMoscow did not respond.",
    "According to the mayor, the bridge can't be re-opened until 2031.",
    "Talks on a 30-day cease-fire — backed by the U.N. — resume on Friday.",
    "France and Germany agreed to co-operate on defence; Italy was sceptical about the cost.",
    "PRESIDENT ACCUSES RIVAL OF LYING",
    "She denied that the ministry had asked for e-mails from the U.S. embassy.",
    "Israel's army said it had struck 12 targets. Hamas accused Israel of breaking the truce and called for an emergency meeting.",
    "Critics say the law goes too far. Supporters, led by Sen. Maria Lopez, praise it as overdue.",
    "“Are we expected to do nothing?” asked Jensen.",
    "The E.U. wants guarantees; London, however, insists there will be none.",
    "China reportedly proposed a summit in Geneva, and Taiwan's president cautiously welcomed the idea.",
    "The opposition vowed to block the budget unless the government drops the tax.",
    "Turkey admitted that its jets had crossed the border, the BBC reported.",
    "Mr. Abe thanked Japan's partners: “Without you, we'd have failed,” he wrote.",
]


def config(model, inv, extra):
    heads = {k: {"kind": "linear", "labels": inv[k]} for k in ("upos", "xpos", "lemma", "entity")}
    heads["arcs"] = {"kind": "pointer", "size": 256}
    heads["rels"] = {"kind": "rels", "size": 48, "labels": inv["rels"]}
    heads["attribution"] = {"kind": "crf", "labels": data.TAGS}
    heads["link"] = {"kind": "pointer", "size": 64}
    if extra.get("claims"):
        heads["claim_start"] = {"kind": "linear", "labels": ["none"] + data.ACTS}
        for k in M.CLAIM_POINTERS + ("addressee",):
            heads["claim_" + k] = {"kind": "pointer", "size": 64}
        heads["claim_act_in"] = {"kind": "linear", "size": 192}
        heads["claim_act"] = {"kind": "linear", "labels": data.ACTS}
    return {"format": 1, "hidden": M.H, "attention_heads": M.HEADS, "ffn": M.FFN, "layers": len(model.layer), "claim_layers": len(model.claim_layer) if extra.get("claims") else 0, "window": data.WINDOW, "max_pieces_per_token": 8,
            "activation_levels": 63, "layer_norm_eps": 1e-12, "attribution_share": decode.ATTRIBUTION["share"], "shapes": ["lower", "title", "upper", "mixed", "digit", "punct", "special", "heading"],
            "heads": heads, **extra}


OTHER_SCRIPTS = re.compile(r"CJK|HIRAGANA|KATAKANA|CYRILLIC|ARABIC|BENGALI|HANGUL|DEVANAGARI|HEBREW|ARMENIAN|TAMIL|GEORGIAN|THAI|TIBETAN|SINHALA|KANNADA|MYANMAR")


def needed(piece):
    """Whether English news can need a piece: neither a spare row nor of a script that it does not print."""
    return not piece.startswith("[unused") and not any(OTHER_SCRIPTS.match(unicodedata.name(c, "")) for c in piece)


def prune(model, vocabulary, seen, size):
    """Drops the rows of the word table that are not needed, and of the others those least often `seen` until `size` are left; returns the pieces left.

    Characters stay, so that a word of dropped pieces is spelt by shorter ones; one of characters not needed is [UNK]."""
    kept = [i for i, piece in enumerate(vocabulary) if needed(piece)]
    spelling = {i for i in kept if len(vocabulary[i].removeprefix("##")) == 1 or vocabulary[i].startswith("[")}
    kept = sorted(sorted(kept, key=lambda i: (i not in spelling, -seen[i], i))[:size])
    return keep(model, vocabulary, [vocabulary[i] for i in kept])


def keep(model, vocabulary, kept):
    """Drops all rows of the word table but those of the pieces `kept`."""
    place = {piece: i for i, piece in enumerate(vocabulary)}
    model.embeddings.word = torch.nn.Embedding.from_pretrained(model.embeddings.word.weight.detach()[[place[piece] for piece in kept]])
    return kept


def quantise(w):
    scale = (w.abs().amax(1) / 127).clamp_min(1e-12)
    return (w / scale[:, None]).round().clamp(-127, 127).to(torch.int8), scale


def tensors(model, positions, claims):
    out = {}
    skip = () if claims else ("head.claim", "claim_layer")
    for name, mod in model.named_modules():
        if name.startswith(skip):
            continue
        if isinstance(mod, M.Linear):
            q, s = quantise(mod.weight.detach())
            out[name + ".weight"], out[name + ".scale"], out[name + ".bias"] = q, s, mod.bias.detach().float()
    for name, p in model.named_parameters():
        if name.startswith(skip) or name in out or name.replace(".weight", ".scale") in out:
            continue
        p = p.detach().float()
        if name == "embeddings.word.weight":
            out[name], out["embeddings.word.scale"] = quantise(p)
        elif name == "embeddings.position.weight":
            out[name] = p[:positions].clone()
        elif name == "head.attribution.transition":
            out[name] = model.head["attribution"].table().detach().float()
        elif name not in out:
            out[name] = p
    return {k: v.contiguous() for k, v in out.items()}


@torch.no_grad()
def vectors(model, pieces, inv, texts, par, claims):
    r4 = lambda t: [round(float(x), 4) for x in t]
    out = []
    for text in texts:
        doc = data.text_document("t", "text", text, pieces)
        item = {"text": text, "tokens": [list(o) for o in doc.offsets], "sentences": [len(s.pieces) for s in doc.sentences], "windows": []}
        ws = doc.windows(pieces)
        for w in ws:
            (_, tokens, root), = decode.run(model, [w])
            (_, claim_tokens, claim_root), = decode.run(model, [w], claims=True)
            heads, rels = decode.parse(model, w, tokens, root)
            tg = model.head["attribution"]
            emit = tg(tokens)
            tags = tg.viterbi(emit)
            sp = [s for s in decode.spans(tags) if s[0] != 3]
            all_ = torch.cat([root, tokens])
            link = model.head["link"](tokens[[s[1] for s in sp]], all_) if sp else []
            arcs = model.head["arcs"](tokens, all_)
            lab = lambda k: [inv[k][i] for i in model.head[k](tokens).argmax(1).tolist()]
            v = {"ids": w.ids, "types": w.types, "first": w.first, "sent": w.sent,
                 "hidden_root": r4(root[0, :8]), "hidden_token0": r4(tokens[0, :8]), "hidden_last": r4(tokens[-1, :8]),
                 "upos": lab("upos"), "xpos": lab("xpos"), "lemma": lab("lemma"), "entity": lab("entity"), "heads": heads,
                 "rels": [inv["rels"][i] for i in rels], "tags": [data.TAGS[t] for t in tags],
                 "upos_logits_token0": r4(model.head["upos"](tokens[0])), "attribution_emission_token0": r4(emit[0]),
                 "arc_scores_token0": r4(arcs[0]), "rel_scores_token0": r4(model.head["rels"](tokens[:1], all_[heads[0]][None])[0]),
                 "link": [[s[1], int(x.argmax())] for s, x in zip(sp, link)], "link_scores_first": r4(link[0]) if len(sp) else []}
            if claims:
                v["claim_start_logits_token0"] = r4(model.head["claim_start"](claim_tokens[0]))
                v["claims"] = [{**c, "p": round(c["p"], 4), "act": data.ACTS[c["act"]]}
                               for c in decode.claims(model, w, claim_tokens, claim_root, par)]
            item["windows"].append(v)
        out.append(item)
    return out


def favour_cues(model, bonus):
    """Add to the scores of a cue's beginning: precision for recall."""
    tagger, begin = model.head["attribution"], data.TAGS.index("B-cue")
    before = [i for i, tag in enumerate(data.TAGS) if not tag.endswith("cue")]
    with torch.no_grad():
        tagger.transition[before, begin] += bonus
        tagger.start[begin] += bonus


def counts(paths, pieces):
    """How often each piece stands in texts (JSONL files)."""
    seen = [0] * len(pieces.vocab)
    for path in paths:
        for text in data.plain_texts(path):
            for sentence in data.text_document("", "plain", text, pieces).sentences:
                for token in sentence.pieces:
                    for piece in token:
                        seen[piece] += 1
    return seen


def write(path, blob):
    with open(path + ".tmp", "wb") as f:
        f.write(blob)
    os.replace(path + ".tmp", path)


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("checkpoint")
    ap.add_argument("--minilm", required=True)
    ap.add_argument("--out", required=True)
    ap.add_argument("--claims", action="store_true", help="with the claim heads")
    ap.add_argument("--parameters", help="JSON file with the decoding thresholds of the claim heads")
    ap.add_argument("--seen", nargs="*", default=[], help="JSONL files of articles (`text`) that tell how rare a piece is")
    ap.add_argument("--vocabulary", type=int, default=1 << 20, help="pieces to keep, the most frequent ones")
    ap.add_argument("--same-vocabulary", help="keep exactly the pieces of this file, in its order (of weights exported before)")
    ap.add_argument("--cue-bonus", type=float, default=0.0, help="added to the score of each cue of an attribution, chosen on PolNeAR dev")
    a = ap.parse_args()
    model, pieces, inv = evaluate.load(a.checkpoint, a.minilm)
    favour_cues(model, a.cue_bonus)
    par = dict(decode.DEFAULTS, **(json.load(open(a.parameters)) if a.parameters else {}))
    M.FAKE["on"] = True
    os.makedirs(a.out, exist_ok=True)
    lines = lambda path: open(path, encoding="utf-8").read().split("\n")[:-1]
    whole = lines(a.minilm + "/vocab.txt")
    if a.same_vocabulary:
        vocabulary = keep(model, whole, lines(a.same_vocabulary))
    else:
        vocabulary = prune(model, whole, counts(a.seen, pieces), a.vocabulary)
    write(a.out + "/vocab.txt", "".join(piece + "\n" for piece in vocabulary).encode())
    pieces = tok.Pieces(a.out + "/vocab.txt")
    cfg = config(model, inv, {"claims": par} if a.claims else {})
    blob = save(tensors(model, data.WINDOW, a.claims), {"config": json.dumps(cfg, ensure_ascii=False)})
    write(a.out + "/vectors.json", json.dumps(vectors(model, pieces, inv, TEXTS, par, a.claims), ensure_ascii=False).encode())
    write(a.out + "/core.safetensors", blob)
    print(len(blob), hashlib.sha256(blob).hexdigest())


if __name__ == "__main__":
    main()
