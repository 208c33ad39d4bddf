"""Count which tags words can have, and which base forms there are.

    words.py --ud TRAIN.conllu [...] --tags models/tags.tsv --lemmas models/lemmas.txt

A tag dictionary (Ratnaparkhi 1996): of every word that the treebanks have often enough, the parts of speech and tags that it has there.
The base forms are those of verbs, nouns, adjectives and adverbs that occur more than once or twice.
"""
import argparse
from collections import Counter, defaultdict
from pathlib import Path

import data
import ud

STRAIGHT = str.maketrans({"“": '"', "”": '"', "’": "'", "‘": "'"})


def forms(word):
    """What a word may be a regular inflection of, without itself."""
    out = {word[:-3] + "y"} if word.endswith(("ies", "ied")) else set()
    for ending in ("ed", "ing", "es", "s", "d"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 2:
            out |= {stem, stem + "e"} | ({stem[:-1]} if stem[-1] == stem[-2] else set())
    return out


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--ud", nargs="+", required=True)
    ap.add_argument("--often", type=int, default=20, help="occurrences from which on a word's tags are known")
    ap.add_argument("--rare", type=float, default=0.004, help="share of a word's occurrences below which a tag of it counts as a slip")
    ap.add_argument("--lemma-often", type=int, default=3)
    ap.add_argument("--infinitives", type=Path, help="further base forms, one a line, of which those that may be forms of others are passed over")
    ap.add_argument("--tags", type=Path, required=True)
    ap.add_argument("--lemmas", type=Path, required=True)
    args = ap.parse_args()
    upos, xpos, lemmas = defaultdict(Counter), defaultdict(Counter), Counter()
    for document in (d for path in args.ud for d in ud.read(path)):
        if document["genre"] in data.NC_GENRES or document["id"] in data.HELD_OUT_NEWS:
            continue
        for s in document["sents"]:
            for form, lemma, u, x in zip(s["forms"], s["lemma"], s["upos"], s["xpos"]):
                form = form.translate(STRAIGHT)
                upos[form][u] += 1
                xpos[form][x] += 1
                if u in ("VERB", "AUX", "NOUN", "ADJ", "ADV") and lemma.isalpha() and lemma.islower() and (len(lemma) > 1 or lemma == "a"):
                    lemmas[lemma] += 1
    known = sorted(form for form in upos if upos[form].total() >= args.often)
    usual = lambda counts: " ".join(sorted(tag for tag, n in counts.items() if n >= args.rare * counts.total()))
    lines = ("\t".join((form, usual(upos[form]), usual(xpos[form]))) + "\n" for form in known)
    args.tags.write_text("".join(lines), encoding="utf-8")
    base = {lemma for lemma, n in lemmas.items() if n >= args.lemma_often}
    more = set(args.infinitives.read_text(encoding="utf-8").split()) if args.infinitives else set()
    base |= {word for word in more if not word.endswith(("ing", "ly", "tion")) and not forms(word) & (base | more)}
    args.lemmas.write_text("".join(lemma + "\n" for lemma in sorted(base)), encoding="utf-8")
    print(f"{len(known)} words, {len(base)} base forms")


if __name__ == "__main__":
    main()
