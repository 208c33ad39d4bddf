"""Reading CoNLL-U: documents of sentences with tags, heads, lemma scripts and entity heads."""
import re
from collections import Counter


def read(path):
    """[{'id', 'genre', 'sents': [{'forms', 'lemma', 'upos', 'xpos', 'head', 'rel', 'entity', 'para'}]}]"""
    docs, rows, newpar, stack = [], [], True, []
    with open(path, encoding="utf-8") as f:
        for line in f:
            line = line.rstrip("\n")
            if line.startswith("# newdoc"):
                docs.append({"id": line.split("=", 1)[-1].strip(), "genre": None, "sents": []})
                stack, newpar = [], True
            elif line.startswith("# meta::genre"):
                docs[-1]["genre"] = line.split("=")[1].strip()
            elif line.startswith("# newpar"):
                newpar = True
            elif line and line[0] != "#":
                rows.append(line.split("\t"))
            elif not line and rows:
                docs[-1]["sents"].append(sentence(rows, newpar, docs[-1]["genre"] is not None))
                rows, newpar = [], False
    if rows:
        docs[-1]["sents"].append(sentence(rows, newpar, docs[-1]["genre"] is not None))
    return docs


def sentence(rows, newpar, entities):
    rows = [r for r in rows if r[0].isdigit()]
    heads = [int(r[6]) for r in rows]
    return {"forms": [r[1] for r in rows], "lemma": [r[2] for r in rows], "upos": [r[3] for r in rows], "xpos": [r[4] for r in rows],
            "head": heads, "rel": [r[7] for r in rows], "entity": entity_heads([r[9] for r in rows], heads) if entities else None, "para": newpar}


def entity_heads(misc, heads):
    """For each token the type of the smallest entity mention whose syntactic head it is, else 'none'."""
    best, open_ = {}, []
    for i, m in enumerate(misc):
        for field in m.split("|"):
            if not field.startswith("Entity="):
                continue
            for part in re.findall(r"\([^()]*\)?|[^()]+\)", field[7:]):
                if part.startswith("("):
                    key, kind = (part.strip("()").split("-") + ["?"])[:2]
                    if part.endswith(")"):
                        note(best, heads, i, i, kind)
                    else:
                        open_.append((key, kind, i))
                else:
                    key = part.rstrip(")").split("-")[0]
                    for k in range(len(open_) - 1, -1, -1):
                        if open_[k][0] == key:
                            _, kind, start = open_.pop(k)
                            note(best, heads, start, i, kind)
                            break
    return [best.get(i, (0, "none"))[1] for i in range(len(misc))]


def note(best, heads, start, end, kind):
    for i in range(start, end + 1):
        if not start <= heads[i] - 1 <= end:
            if i not in best or best[i][0] > end - start:
                best[i] = (end - start, kind)
            return


def lemma_script(form, lemma):
    """How to make the lemma: 'L2+y' lower-case, cut two letters, add y; K keeps case, T = Title; '=word' is a whole form."""
    form = form.replace("’", "'").replace("‘", "'")
    lemma = lemma.replace("’", "'").replace("‘", "'")
    if form == lemma and form != form.lower():
        return "K0+"
    for rule, base in (("L", form.lower()), ("K", form), ("T", form[:1].upper() + form[1:].lower())):
        n = 0
        while n < min(len(base), len(lemma)) and base[n] == lemma[n]:
            n += 1
        if n and len(base) - n <= 5:
            return "%s%d+%s" % (rule, len(base) - n, lemma[n:])
    return "=" + lemma


def apply_script(form, script):
    form = form.replace("’", "'").replace("‘", "'")
    if script.startswith("="):
        return script[1:]
    rule = script[0]
    cut, add = script[1:].split("+", 1)
    base = form.lower() if rule == "L" else form if rule == "K" else form[:1].upper() + form[1:].lower()
    return base[:max(0, len(base) - int(cut))] + add


def inventories(docs, scripts=300):
    upos, xpos, rel, ent, lem = Counter(), Counter(), Counter(), Counter(), Counter()
    for d in docs:
        for s in d["sents"]:
            upos.update(s["upos"]), xpos.update(s["xpos"]), rel.update(s["rel"])
            if s["entity"]:
                ent.update(s["entity"])
            lem.update(lemma_script(f, l) for f, l in zip(s["forms"], s["lemma"]) if l != "_")
    return {"upos": sorted(upos), "xpos": sorted(xpos), "rels": sorted(r for r, n in rel.items() if n > 3),
            "entity": ["none"] + sorted(e for e in ent if e != "none"), "lemma": [s for s, _ in lem.most_common(scripts)]}


if __name__ == "__main__":
    import sys
    docs = [d for p in sys.argv[1:] for d in read(p)]
    inv = inventories(docs)
    for k, v in inv.items():
        print(k, len(v), v[:60])
    s = docs[-1]["sents"][3]
    print([(f, e) for f, e in zip(s["forms"], s["entity"] or s["rel"])])
    n = t = 0
    ok = set(inv["lemma"])
    for d in docs:
        for s in d["sents"]:
            for f, l in zip(s["forms"], s["lemma"]):
                t += 1
                sc = lemma_script(f, l)
                n += sc in ok and apply_script(f, sc) == l
    print("lemma reachable", n / t)
