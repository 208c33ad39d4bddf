"""Lay out the project's claim annotations with their articles, as training and scoring read them.

    annotations.py --news news.jsonl --out DIR

`annotations.jsonl` holds one annotated article a line, in the format of the annotation guidelines, without its text: `news` is the id of
the article in the collection of news (fields id and text), whose text, stripped and ended by one newline, has the given sha256.
Writes DIR/text/<doc>.txt and DIR/gold/<doc>.json.
"""
import argparse
import hashlib
import json
import sys
from pathlib import Path


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--news", type=Path, required=True)
    ap.add_argument("--out", type=Path, required=True)
    args = ap.parse_args()
    with args.news.open(encoding="utf-8") as lines:
        texts = {row["id"]: row["text"].strip() + "\n" for row in map(json.loads, lines)}
    for folder in ("text", "gold"):
        (args.out / folder).mkdir(parents=True, exist_ok=True)
    count = 0
    for line in (Path(__file__).parent / "annotations.jsonl").open(encoding="utf-8"):
        record = json.loads(line)
        text = texts.get(record.pop("news"))
        if text is None or hashlib.sha256(text.encode()).hexdigest() != record["sha256"]:
            sys.exit(f"{record['doc']}: its article is not in {args.news}, or is another version")
        (args.out / "text" / f"{record['doc']}.txt").write_text(text, encoding="utf-8", newline="")
        (args.out / "gold" / f"{record['doc']}.json").write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
        count += 1
    print(f"{count} articles in {args.out}")


if __name__ == "__main__":
    main()
