"""From the model's scores to trees, attributions and claims: the same rules as at run time."""
import torch

import data
import model as M


@torch.no_grad()
def run(model, windows, claims=False, budget=4096):
    """Yield (window, tokens [T, H], root [1, H]), the vectors that trees and attributions read or those that claims read."""
    model.eval()
    for ws in data.batches(windows, budget):
        batch = data.collate(ws)
        tokens, root = model.encode(batch)[1 if claims else 0]
        for b, w in enumerate(ws):
            yield w, tokens[b, :len(w.first)], root[b]


def tree(scores):
    """scores [n, n + 1], column 0 = root -> heads (0 = root) of a tree with a single root."""
    n = scores.shape[0]
    heads = scores.argmax(1).tolist()
    if is_tree(heads):
        return heads
    s = [[0.0] * (n + 1)] + [list(r) for r in scores.tolist()]
    best = None
    roots = [i for i, h in enumerate(heads) if h == 0] or list(range(n))
    roots = sorted(roots, key=lambda i: -(scores[i, 0] - scores[i, 1:].max() if n > 1 else 0))[:3] if len(roots) > 3 else roots
    for r in roots:
        t = [row[:] for row in s]
        for i in range(1, n + 1):
            if i != r + 1:
                t[i][0] = -1e9
            t[i][i] = -1e9
        h = edmonds(t)
        total = sum(t[i][h[i]] for i in range(1, n + 1))
        if best is None or total > best[0]:
            best = (total, h[1:])
    return best[1]


def is_tree(heads):
    if heads.count(0) != 1:
        return False
    for i in range(len(heads)):
        k, steps = i, 0
        while heads[k]:
            k = heads[k] - 1
            steps += 1
            if steps > len(heads):
                return False
    return True


def edmonds(s):
    """Maximum spanning arborescence; s[i][j] = score of head j for node i, node 0 = root. Returns heads (index 0 unused)."""
    n = len(s)
    head = [-1] + [max((j for j in range(n) if j != i), key=lambda j: s[i][j]) for i in range(1, n)]
    color, cycle = [0] * n, None
    color[0] = 2
    for i in range(1, n):
        path, k = [], i
        while color[k] == 0:
            color[k] = 1
            path.append(k)
            k = head[k]
        if color[k] == 1:
            cycle = path[path.index(k):]
        for p in path:
            color[p] = 2
        if cycle:
            break
    if not cycle:
        return head
    inside = set(cycle)
    rest = [i for i in range(n) if i not in inside]
    new = {v: k for k, v in enumerate(rest)}
    c = len(rest)
    t = [[-1e18] * (c + 1) for _ in range(c + 1)]
    enter, leave = {}, {}
    for i in rest:
        for j in rest:
            if i != j:
                t[new[i]][new[j]] = s[i][j]
        j = max(cycle, key=lambda j: s[i][j])
        t[new[i]][c], leave[i] = s[i][j], j
    for j in rest:
        i = max(cycle, key=lambda i: s[i][j] - s[i][head[i]])
        t[c][new[j]], enter[j] = s[i][j] - s[i][head[i]], i
    h = edmonds(t)
    out = [-1] * n
    for i in rest:
        if i:
            out[i] = leave[i] if h[new[i]] == c else rest[h[new[i]]]
    for i in cycle:
        out[i] = head[i]
    j = rest[h[c]]
    out[enter[j]] = j
    return out


def parse(model, w, tokens, root):
    sent = torch.tensor(w.sent)[None]
    scores = model.arc_scores(tokens[None], root[None], sent)[0]
    heads = [0] * len(w.first)
    start = 0
    while start < len(w.sent):
        end = start
        while end < len(w.sent) and w.sent[end] == w.sent[start]:
            end += 1
        block = torch.cat([scores[start:end, :1], scores[start:end, 1 + start:1 + end]], 1)
        for i, h in enumerate(tree(block)):
            heads[start + i] = h + start if h else 0
        start = end
    all_ = torch.cat([root, tokens])
    rel = model.head["rels"](tokens, all_[torch.tensor(heads)])
    return heads, rel.argmax(1).tolist()


def spans(tags):
    """[(role, start, end)] with end exclusive; role 1 source, 3 cue, 5 content. A leading I- opens a span."""
    out = []
    for t, tag in enumerate(tags):
        if tag == 0:
            continue
        if tag % 2 == 0 and out and out[-1][0] == tag - 1 and out[-1][2] == t:
            out[-1][2] = t + 1
        else:
            out.append([tag if tag % 2 else tag - 1, t, t + 1])
    return out


ATTRIBUTION = {"null_margin": 0.0, "entry": 0.0, "share": 5.0}


def attributions(model, results, par=None):
    """results: [(window, tokens, root)] of one document in order -> [{'source': [...], 'cue': ..., 'content': ...}] in document tokens."""
    par = par or ATTRIBUTION
    out, carried = [], None
    for w, tokens, root in results:
        emit = model.head["attribution"](tokens).float()
        tags = model.head["attribution"].viterbi(emit, par["entry"])
        sp = spans(tags)
        cues = [s for s in sp if s[0] == 3]
        all_ = torch.cat([root, tokens])
        groups = {}
        first = {s[1]: k for k, s in enumerate(cues)}
        where = [s for s in sp if s[0] != 3 or True]
        scores = model.head["link"](tokens[[s[1] for s in where]], all_) if where else None
        order = {k: {"source": [], "cue": [cues[k][1:]], "content": []} for k in range(len(cues))}
        alone = []
        merged = {}
        for n, s in enumerate(where):
            if s[0] == 3:
                continue
            sc = scores[n]
            # null or the first token of a cue
            options = [(float(sc[0]) - par["null_margin"], -1)] + [(float(sc[1 + c[1]]), k) for k, c in enumerate(cues)]
            k = max(options)[1]
            role = "source" if s[0] == 1 else "content"
            cont = tags[s[1]] % 2 == 0 and s[1] == 0 and carried is not None and carried[0] == s[0]
            if cont:
                a = carried[1]
                a[role].append([w.tokens[s[1]], w.tokens[s[2] - 1] + 1])
                merged[n] = a
                if k >= 0 and not a["cue"]:
                    pass
                continue
            if k >= 0:
                order[k][role].append(s[1:])
            elif role == "content":
                alone.append({"source": [], "cue": [], "content": [s[1:]]})
        # a cue that has content but no source shares the source that likes it best ("X said ..., adding that ...")
        for k, a in order.items():
            if a["content"] and not a["source"]:
                best = None
                for n, s in enumerate(where):
                    if s[0] == 1:
                        sc = scores[n]
                        top = max(float(sc[1 + c[1]]) for c in cues)
                        d = float(sc[1 + cues[k][1]]) - top
                        if d > -par["share"] and (best is None or d > best[0]):
                            best = (d, s)
                if best:
                    a["source"].append(best[1][1:])
        docs = []
        for k, a in order.items():
            docs.append({r: [[w.tokens[s], w.tokens[e - 1] + 1] for s, e in a[r]] for r in a})
        for a in alone:
            docs.append({r: [[w.tokens[s], w.tokens[e - 1] + 1] for s, e in a[r]] for r in a})
        carried_new = None
        if sp and sp[-1][2] == len(tags):
            last = sp[-1]
            role = {1: "source", 3: "cue", 5: "content"}[last[0]]
            end = w.tokens[-1] + 1
            for a in docs + ([carried[1]] if carried else []):
                if any(e == end for s, e in a[role]):
                    carried_new = (last[0], a)
        out += docs
        carried = carried_new
    return [a for a in out if a["content"]]


def characters(doc, a):
    """The same in characters; neighbouring pieces joined."""
    res = {}
    for role, ps in a.items():
        ps = sorted(ps)
        joined = []
        for s, e in ps:
            if joined and joined[-1][1] >= s:
                joined[-1][1] = max(e, joined[-1][1])
            else:
                joined.append([s, e])
        res[role] = [[doc.offsets[s][0], doc.offsets[e - 1][1]] for s, e in joined]
    return res


ADDRESSEE_FLOOR = 0.02  # tokens below this probability are not looked at
DEFAULTS = {"start": 0.5, "addressee": 0.5, "act_start": 0.5, "iou": 0.7}


def claims(model, w, tokens, root, par=DEFAULTS):
    """Claims of one window, in document tokens. Scores of each head are kept."""
    p = model.head["claim_start"](tokens).float().softmax(1)
    starts = [t for t in range(len(w.first)) if 1 - float(p[t, 0]) >= par["start"]]
    if not starts:
        return []
    all_ = torch.cat([root, tokens])
    src = tokens[starts]
    got = {}
    for name in M.CLAIM_POINTERS:
        s = model.head["claim_" + name](src, all_).clone()
        for n, t in enumerate(starts):
            if name == "end":
                s[n, :1 + t] = -1e4
        if name.endswith("_last"):
            for n, t in enumerate(starts):
                f = got[name[:-4] + "first"][n]
                if f == 0:
                    s[n, 1:] = -1e4
                else:
                    s[n, 0] = -1e4
                    s[n, 1:f] = -1e4
                    s[n, f + 12 if name.startswith("cue") else f + 40:] = -1e4
        got[name] = s.argmax(1).tolist()
    n = len(starts)
    zero = torch.zeros(n, dtype=torch.long)
    at = lambda k: torch.tensor(got[k])
    x = model.claim_vectors(tokens[None], all_[None], zero, torch.tensor(starts), at("end"), at("cue_first"), at("cue_last"), at("src_last"))
    addr = model.head["claim_addressee"](x, all_).softmax(1)[:, 1:]
    act = model.act_scores(x).log_softmax(1)
    first = p[starts, 1:].clamp_min(1e-9).log()
    first = first - first.logsumexp(1, keepdim=True)
    mixed = first * par.get("act_start", 0.5) + act * (1 - par.get("act_start", 0.5))
    out = []
    for k, t in enumerate(starts):
        d = lambda i: None if i == 0 else w.tokens[i - 1]
        out.append({"start": w.tokens[t], "p": 1 - float(p[t, 0]), "end": d(got["end"][k]), "act": int(mixed[k].argmax()),
                    "cue": (d(got["cue_first"][k]), d(got["cue_last"][k])), "src": (d(got["src_first"][k]), d(got["src_last"][k])),
                    "addressee": [(w.tokens[j], float(addr[k, j])) for j in (addr[k] >= ADDRESSEE_FLOOR).nonzero()[:, 0].tolist()]})
    # of claims whose contents are almost the same, the likelier one stays
    kept = []
    for c in sorted(out, key=lambda c: (-c["p"], c["start"])):
        def iou(d):
            both = max(0, min(c["end"], d["end"]) - max(c["start"], d["start"]) + 1)
            return both / (c["end"] - c["start"] + d["end"] - d["start"] + 2 - both)
        if all(iou(d) <= par["iou"] for d in kept):
            kept.append(c)
    return sorted(kept, key=lambda c: c["start"])
