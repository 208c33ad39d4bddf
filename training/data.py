"""Documents, windows and batches. A document is a list of sentences; a window is a run of whole consecutive sentences of one document."""
import json
import random
import re
from pathlib import Path

import numpy as np
import torch

import tok
import ud
import weak

WINDOW = 256
TAGS = ["O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content"]
ACTS = "demand request propose commit accept reject support criticise accuse threaten deny acknowledge assert".split()
NC_GENRES = ("essay", "fiction", "letter", "podcast", "whow", "conversation")
HELD_OUT_NEWS = tuple("GUM_news_" + n for n in "korea defector hackers stampede taxes".split())
IGNORE = -100
ANN_NAME = re.compile(r"(.+)_([^_]+)\.ann$")
TEXT_BOUND = re.compile(r"(T\d+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)(?:\t|$)")


class Sentence:
    __slots__ = ("pieces", "shapes", "para", "offsets", "gold", "base")

    def __init__(self, words, pieces, para, offsets=None, gold=None):
        self.pieces = [pieces(w) for w in words]
        self.shapes = [tok.shape(w) for w in words]
        self.para, self.offsets, self.gold = para, offsets, gold
        self.base = 0  # number of its first token in the document

    def cost(self):
        return 1 + sum(map(len, self.pieces))


def pack(sentences, limit, first_limit=None):
    """Runs of sentences [(i, j), ...] for the windows: rule A1 of the contract."""
    out, i = [], 0
    while i < len(sentences):
        room = first_limit if first_limit and not out else limit
        used, j, para_cut, para_used = 1, i, None, 0
        while j < len(sentences) and (used + sentences[j].cost() <= room or j == i):
            used += sentences[j].cost()
            j += 1
            if j < len(sentences) and sentences[j].para != sentences[j - 1].para:
                para_cut, para_used = j, used
        if j < len(sentences) and para_cut and para_cut < j and para_used >= limit // 2:
            j = para_cut
        out.append((i, j))
        i = j
    return out


class Window:
    """ids, types: pieces; first: index of each token's first piece; sent: sentence number; tokens: document token numbers."""

    def __init__(self, sentences, special, limit=WINDOW):
        ids, types, first, sent, tokens = [special.cls], [6], [], [], []
        for k, s in enumerate(sentences):
            for n, (p, sh) in enumerate(zip(s.pieces, s.shapes)):
                if len(ids) + len(p) > limit - 1:
                    break
                first.append(len(ids))
                sent.append(k)
                tokens.append(s.base + n)
                ids += p
                types += [sh] * len(p)
            ids.append(special.sep)
            types.append(6)
        self.ids, self.types, self.first, self.sent, self.tokens = ids, types, first, sent, tokens
        self.lab = {}


def split_long(sentences, limit):
    out = []
    for s in sentences:
        if s.cost() + 1 <= limit:
            out.append(s)
            continue
        i = 0
        while i < len(s.pieces):
            j, used = i, 2
            while j < len(s.pieces) and used + len(s.pieces[j]) <= limit:
                used += len(s.pieces[j])
                j += 1
            part = Sentence.__new__(Sentence)
            part.pieces, part.shapes, part.para = s.pieces[i:j], s.shapes[i:j], s.para
            part.offsets = s.offsets[i:j] if s.offsets else None
            part.gold, part.base = None, s.base + i
            out.append(part)
            i = j
    return out


class Document:
    """kind: 'ud', 'att', 'claims' or 'plain' (unlabelled)."""

    def __init__(self, name, kind, sentences, text=None):
        self.name, self.kind, self.sentences, self.text = name, kind, sentences, text
        n = 0
        for s in sentences:
            s.base = n
            n += len(s.pieces)
        self.n = n
        self.offsets = [o for s in sentences for o in (s.offsets or [])]
        self.versions, self.claims = [], []
        if kind != "ud":
            self.sentences = split_long(sentences, WINDOW)

    def windows(self, special, rng=None):
        first = rng.randint(48, WINDOW) if rng and rng.random() < 0.8 else None
        version = rng.choice(self.versions) if rng and self.versions else (self.versions[0] if self.versions else None)
        out = []
        for i, j in pack(self.sentences, WINDOW, first):
            w = Window(self.sentences[i:j], special)
            w.doc, w.kind, w.range = self, self.kind, (i, j)
            if not w.first:
                continue
            if self.kind == "ud":
                self.label_ud(w, i, j)
            elif self.kind == "att" and version:
                if self.label_att(w, version, rng is not None):
                    continue
            elif self.kind == "claims":
                self.label_claims(w)
            out.append(w)
        return out

    def label_ud(self, w, i, j):
        lab = {k: [] for k in ("upos", "xpos", "lemma", "entity", "rel", "head")}
        for k, s in enumerate(self.sentences[i:j]):
            n = w.sent.count(k)
            start = w.sent.index(k) if n else 0
            for key in ("upos", "xpos", "lemma", "entity", "rel"):
                lab[key] += s.gold[key][:n]
            for t in range(n):
                h = s.gold["head"][t]
                lab["head"].append(0 if h == 0 else start + h if h <= n else IGNORE)
        w.lab = lab

    def label_att(self, w, version, training):
        tags, links, discard, weak_rows = version
        here = {t: k for k, t in enumerate(w.tokens)}
        w.lab["tag"] = [tags[t] for t in w.tokens]
        if training and sum(t in discard for t in w.tokens) > 0.5 * len(w.tokens):
            return True
        pairs = []
        for start, end, cue in links:
            inside = [t for t in range(start, end) if t in here]
            if inside:
                pairs.append((here[inside[0]], here[cue] + 1 if cue in here else 0))
        w.lab["link"] = pairs
        w.lab["weak"] = [[here[s], here[e] + 1, here[c] + 1, here[d] + 1,
                          *((here[x] + 1, here[y] + 1) if x in here and y in here else (IGNORE if x is not None else 0, 0)), act]
                         for s, e, c, d, x, y, act in weak_rows if s in here and e in here and c in here and d in here]
        return False

    def label_claims(self, w):
        here = {t: k for k, t in enumerate(w.tokens)}
        lab = []
        for c in self.claims:
            if c["start"] not in here:
                continue

            def at(t):
                return IGNORE if t is None or t not in here else here[t] + 1
            row = {"start": here[c["start"]], "act": c["act"], "end": at(c["end"])}
            for k in ("cue", "src"):
                for side in ("first", "last"):
                    v = c[k + "_" + side]
                    row[k + "_" + side] = 0 if v == -1 else at(v)
            row["addressee"] = self.addressee_tokens(c, here)
            row["claim"] = c
            lab.append(row)
        w.lab["claims"] = lab

    @staticmethod
    def addressee_tokens(c, here):
        """[(token, addressee)]: the last tokens of all mentions of the addressees in the window; None where there are addressees and none is named in it."""
        out = [(here[e], k) for k, mentions in enumerate(c["addressee"]) for s, e in mentions if s in here and e in here]
        return None if c["addressee"] and not out else sorted(out)


# ---- reading

def ud_documents(paths, pieces, inv, without=(), held_out=()):
    index = {k: {v: i for i, v in enumerate(inv[k])} for k in ("upos", "xpos", "rels", "entity", "lemma")}
    out = []
    for path in paths:
        for d in ud.read(path):
            if d["genre"] in without or d["id"] in held_out:
                continue
            sents = []
            para = 0
            for s in d["sents"]:
                para += s["para"]
                gold = {"upos": [index["upos"].get(x, IGNORE) for x in s["upos"]], "xpos": [index["xpos"].get(x, IGNORE) for x in s["xpos"]],
                        "rel": [index["rels"].get(x, IGNORE) for x in s["rel"]], "head": s["head"],
                        "lemma": [index["lemma"].get(ud.lemma_script(f, l), IGNORE) if l != "_" else IGNORE for f, l in zip(s["forms"], s["lemma"])],
                        "entity": [index["entity"].get(x, IGNORE) for x in s["entity"]] if s["entity"] else [IGNORE] * len(s["forms"]),
                        "forms": s["forms"], "lemmas": s["lemma"]}
                sents.append(Sentence(s["forms"], pieces, para, None, gold))
            doc = Document(d["id"], "ud", sents)
            doc.genre = d["genre"]
            out.append(doc)
    return out


def text_document(name, kind, text, pieces):
    sents = [Sentence([text[a:b] for a, b in toks], pieces, para, toks) for para, toks in tok.document(text)]
    doc = Document(name, kind, sents, text)
    doc.char_token = [None] * len(text)
    for k, (a, b) in enumerate(doc.offsets):
        doc.char_token[a:b] = [k] * (b - a)
    doc.sentence_of = [i for i, s in enumerate(doc.sentences) for _ in s.pieces]
    return doc


def token_span(doc, start, end):
    """First and last token that share a character with [start, end)."""
    toks = [t for t in doc.char_token[start:end] if t is not None]
    return (toks[0], toks[-1]) if toks else None


def read_ann(path):
    spans, events = {}, []
    for line in path.read_bytes().decode("utf-8").split("\n"):
        bound = TEXT_BOUND.match(line)
        if bound:
            spans[bound[1]] = (bound[2], [tuple(map(int, s.split())) for s in bound[3].split(";")])
        elif re.match(r"E\d+\t", line):
            events.append([arg.split(":", 1) for arg in line.split("\t")[1].split()])
    attributions = []
    for event in events:
        a = {"source": [], "cue": [], "content": []}
        for name, ref in event:
            role = name.rstrip("0123456789").lower()
            if role in a and ref in spans:
                a[role] += spans[ref][1]
        attributions.append(a)
    discard = [p for kind, ps in spans.values() if kind == "Discard" for p in ps]
    return attributions, discard


def attribution_version(doc, attributions, discard):
    tags = [0] * doc.n
    links, weak_rows = [], []
    for a in attributions:
        runs = {}
        for role in a:
            toks = sorted({t for s, e in a[role] for t in doc.char_token[s:e] if t is not None})
            pieces, start = [], None
            for k, t in enumerate(toks):
                if start is None:
                    start = t
                if k + 1 == len(toks) or toks[k + 1] != t + 1:
                    pieces.append((start, t + 1))
                    start = None
            runs[role] = pieces
        for role in ("content", "source", "cue"):
            b = TAGS.index("B-" + role)
            for s, e in runs[role]:
                tags[s] = b
                for t in range(s + 1, e):
                    tags[t] = b + 1
        weak_rows.append(weak.row(doc, runs))
        cue = runs["cue"][0][0] if runs["cue"] else None
        for role in ("source", "content"):
            links += [(s, e, cue) for s, e in runs[role]]
        links += [(s, e, cue) for s, e in runs["cue"][1:]]
    # a later span may have cut an earlier one: make the row well-formed
    for t in range(len(tags)):
        if tags[t] in (2, 4, 6) and (t == 0 or tags[t - 1] not in (tags[t], tags[t] - 1)):
            tags[t] -= 1
    gone = {t for s, e in discard for t in doc.char_token[s:e] if t is not None}
    return tags, links, gone, [r for r in weak_rows if r]


def polnear_documents(folder, pieces, first_only=False):
    folder = Path(folder)
    files = {}
    for path in sorted((folder / "attributions").glob("*.ann")):
        m = ANN_NAME.match(path.name)
        if m:
            files.setdefault(m[1], []).append(path)
    out = []
    for name, paths in files.items():
        text = (folder / "text" / (name + ".txt")).read_bytes().decode("utf-8")
        doc = text_document(name, "att", text, pieces)
        for path in paths[:1] if first_only else paths:
            doc.versions.append(attribution_version(doc, *read_ann(path)))
        out.append(doc)
    return out


def claim_documents(gold_dir, text_dirs, pieces, names=None):
    out = []
    for path in sorted(Path(gold_dir).glob("*.json")):
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
        except ValueError:
            continue
        if "claims" not in data or names is not None and path.stem not in names:
            continue
        text = None
        for d in text_dirs:
            for cand in [Path(d) / (path.stem + ".txt")] + sorted(Path(d).glob(path.stem + "_*.txt")):
                if cand.exists():
                    text = cand.read_bytes().decode("utf-8")
                    break
            if text is not None:
                break
        if text is None:
            print("no text for", path)
            continue
        out.append(claim_document(path.stem, text, data, pieces))
    return out


def claim_document(name, text, data, pieces):
    doc = text_document(name, "claims", text, pieces)
    doc.data = data
    mentions = {}
    for actor, info in data.get("actors", {}).items():
        found = set()
        for alias in {actor, *info.get("aliases", [])}:
            if alias:
                for m in re.finditer(r"(?<!\w)%s(?!\w)" % re.escape(alias), text):
                    span = token_span(doc, *m.span())
                    if span:
                        found.add(span)
        # keep the longest of mentions that end together
        best = {}
        for s, e in found:
            best[e] = min(s, best.get(e, s))
        mentions[actor] = [(s, e) for e, s in best.items()]
    doc.mentions = mentions
    for c in data["claims"]:
        span = token_span(doc, *c["content_span"])
        if not span or c["act"] not in ACTS:
            continue
        row = {"start": span[0], "end": span[1], "act": ACTS.index(c["act"]), "gold": c,
               "addressee": [mentions.get(a, []) for a in c.get("addressee") or []]}
        for key, field in (("cue", "cue_span"), ("src", "source_span")):
            s = token_span(doc, *c[field]) if c.get(field) else None
            row[key + "_first"], row[key + "_last"] = s if s else (-1, -1)
        doc.claims.append(row)
    return doc


def plain_texts(path):
    """The texts of a JSONL file of articles, one at a time."""
    with open(path, encoding="utf-8") as f:
        for line in f:
            yield json.loads(line)["text"].strip() + "\n"


# ---- batches

def batches(windows, budget, rng=None):
    """Lists of windows of like length, padded size at most `budget` pieces."""
    order = sorted(windows, key=lambda w: len(w.ids) + (rng.random() * 24 if rng else 0))
    out, cur, longest = [], [], 0
    for w in order:
        longest = max(longest, len(w.ids))
        if cur and longest * (len(cur) + 1) > budget:
            out.append(cur)
            cur, longest = [], len(w.ids)
        cur.append(w)
    if cur:
        out.append(cur)
    if rng:
        rng.shuffle(out)
    return out


def collate(ws, mask_id=None, drop=0.0, rng=None):
    L, T = max(len(w.ids) for w in ws), max(len(w.first) for w in ws)
    B = len(ws)
    ids, types = np.zeros((B, L), np.int64), np.full((B, L), 6, np.int64)
    mask = np.zeros((B, L), bool)
    first, sent = np.zeros((B, T), np.int64), np.full((B, T), -1, np.int64)
    for b, w in enumerate(ws):
        n = len(w.ids)
        ids[b, :n], types[b, :n], mask[b, :n] = w.ids, w.types, True
        first[b, :len(w.first)], sent[b, :len(w.first)] = w.first, w.sent
    whole = ids.copy()
    if drop and mask_id is not None:
        hit = (rng.random((B, L)) < drop) & mask & (types != 6) if isinstance(rng, np.random.Generator) else None
        if hit is not None:
            ids[hit] = mask_id
    out = {"ids": ids, "whole": whole, "types": types, "mask": mask, "first": first, "sent": sent}
    kind = ws[0].kind
    if kind == "ud":
        for key in ("upos", "xpos", "lemma", "entity", "rel", "head"):
            a = np.full((B, T), IGNORE, np.int64)
            for b, w in enumerate(ws):
                a[b, :len(w.first)] = w.lab[key]
            out[key] = a
    elif kind == "att" and "tag" in ws[0].lab:
        a = np.zeros((B, T), np.int64)
        for b, w in enumerate(ws):
            a[b, :len(w.first)] = w.lab["tag"]
        out["tag"] = a
        pairs = [(b, t, c) for b, w in enumerate(ws) for t, c in w.lab["link"]]
        out["link"] = np.array(pairs, np.int64).reshape(-1, 3)
        out["weak"] = np.array([[b] + r for b, w in enumerate(ws) for r in w.lab["weak"]], np.int64).reshape(-1, 8)
    elif kind == "claims" and "claims" in ws[0].lab:
        act = np.full((B, T), IGNORE, np.int64)
        for b, w in enumerate(ws):
            act[b, :len(w.first)] = 0
        rows, addr, unseen = [], [], []
        for b, w in enumerate(ws):
            for c in w.lab["claims"]:
                if act[b, c["start"]] == 0:
                    act[b, c["start"]] = 1 + c["act"]
                addr += [(len(rows), t, k) for t, k in c["addressee"] or []]
                if c["addressee"] is None:
                    unseen.append(len(rows))
                rows.append([b, c["start"], c["act"], c["end"], c["cue_first"], c["cue_last"], c["src_first"], c["src_last"]])
        out["claim_start"] = act
        out["claims"] = np.array(rows, np.int64).reshape(-1, 8)
        out["addr"], out["addr_unseen"] = np.array(addr, np.int64).reshape(-1, 3), np.array(unseen, np.int64)
    out = {k: torch.from_numpy(v) for k, v in out.items()}
    out["kind"] = kind
    return out
