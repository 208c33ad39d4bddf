"""Words and sentences as the extractor cuts them at run time (UD English conventions, see the model's contract).

The Rust side has the same rules; small differences between the two do no harm, since offsets travel with every token.
"""
import re
import unicodedata

KEPT_PREFIX = set("anti co counter cross de e ex extra hyper inter intra macro mega micro mid mini multi neo non over pan para post pre pro "
                  "proto pseudo quasi re semi sub super trans ultra un under uh vice".split())
TITLES = set("mr. mrs. ms. dr. prof. gen. col. lt. sgt. capt. cmdr. adm. maj. brig. gov. sen. rep. reps. sens. rev. hon. pres. st. ft. mt. "
             "jan. feb. mar. apr. jun. jul. aug. sept. sep. oct. nov. dec. vs. no. art. fig. eds. ed. cf. e.g. i.e.".split())
ENDING = set("inc. corp. co. ltd. llc. jr. sr. etc. al. a.m. p.m. d.c. u.s. u.k. u.n. e.u. ph.d. calif. fla. mass. mich. conn. ariz. ill. tenn. "
             "va. wash. wis. pa. ga. la. ala. colo. minn. mo. okla. ore. tex. est. dept. bros. approx. min. max. mon. tue. tues. wed. thu. "
             "thurs. fri. sat. sun.".split())
STARTERS = set("the a an in on at but and or he she it they we i you this that these those there his her its their our my your if when while after before as for "
               "from with by to of what who how why where so then now also however meanwhile still yet though although since because both "
               "each all some many most more no not one two three since under over last earlier later according asked such".split())
QUOTES = "\"“”„‟«»‘’'`"
OPEN, CLOSE = "([{“‘«„", ")]}”’»"
TOKEN = re.compile(r"""
    (?:https?://|www\.)[^\s<>"“”]*[^\s<>"“”.,;:!?)\]'’]          # address
  | (?:pic\.twitter\.com|t\.co)/\w+
  | [\w.+-]+@[\w-]+(?:\.[\w-]+)+                                 # mail
  | [@\#]\w+
  | (?:[^\W\d_]\.){2,}(?![^\W\d_]{2})                            # U.S.
  | \.{2,} | …+ | -{2,} | [–—]+ | !{2,} | \?{2,} | [?!]{2,} | [*=_~]{2,}
  | \d+(?:[.,:/]\d+)*(?:(?:st|nd|rd|th|s)(?!\w))?                # numbers
  | [\w-]+(?:\.[\w-]+)*\.(?:com|org|net|gov|edu|int)(?!\w)       # a site
  | [^\W\d_][^\W_]*(?:['’`][^\W\d_]+)*                            # words with their apostrophes
  | \w
  | [^\w\s]
""", re.X)
CLITIC = re.compile(r"(?i)^(.+?)(n['’`]t|['’`](?:s|re|ve|ll|d|m))$")
SPLIT_WORD = {"cannot": 3, "gonna": 3, "wanna": 3, "gotta": 3}


def words(text, start, end):
    """Token spans inside one whitespace-free or longer piece of text."""
    out = []
    for m in TOKEN.finditer(text, start, end):
        s, e = m.span()
        w = m.group()
        low = w.lower()
        if low in SPLIT_WORD:
            out += [(s, s + SPLIT_WORD[low]), (s + SPLIT_WORD[low], e)]
            continue
        c = CLITIC.match(w) if len(w) > 2 else None
        if c and not (low.startswith("o'") and len(w) < 4):
            cut = s + len(c.group(1))
            out += [(s, cut), (cut, e)]
            continue
        # abbreviation: a word that takes its full stop along
        if w[-1:].isalpha() and e < end and text[e] == ".":
            dotted = low + "."
            last = e + 1 >= end or text[e + 1].isspace()
            if dotted in TITLES and dotted not in ("no.", "mar.", "art.", "sun.", "sat.") or dotted in ENDING and len(w) > 1 and w[0].isupper() \
                    or len(w) == 1 and w.isupper() and w != "I" or dotted in ("etc.", "al.") or dotted == "no." and re.match(r"\. ?\d", text[e:e + 3]):
                # a name at the very end of a paragraph keeps its dot apart unless it is a listed abbreviation
                if not (last and e + 1 >= end and dotted not in ENDING and len(w) > 1):
                    out.append((s, e + 1))
                    continue
        out.append((s, e))
    # a dot taken by an abbreviation was also matched as punctuation: drop overlaps
    clean, last = [], -1
    for s, e in out:
        if s >= last:
            clean.append((s, e))
            last = e
    # prefix + hyphen + word stays whole (re-elected, anti-war)
    merged, i = [], 0
    while i < len(clean):
        s, e = clean[i]
        if i + 2 < len(clean) and text[s:e].lower() in KEPT_PREFIX and clean[i + 1] == (e, e + 1) and text[e] in "-‐‑" \
                and clean[i + 2][0] == e + 1 and text[e + 1].isalpha() and (i == 0 or not (clean[i - 1][1] == s and text[s - 1] in "-‐‑")):
            merged.append((s, clean[i + 2][1]))
            i += 3
        else:
            merged.append((s, e))
            i += 1
    return merged


def ends_sentence(text, toks, i):
    """Index after the last token of the sentence if it ends with token i, else None."""
    s, e = toks[i]
    w = text[s:e]
    if w not in (".", "!", "?", "…") and not re.fullmatch(r"[.!?…]{2,}", w) and not (w.endswith(".") and len(w) > 1):
        return None
    j = i + 1
    while j < len(toks) and toks[j][0] == toks[j - 1][1] and (text[slice(*toks[j])] in ")]}”’»" or text[slice(*toks[j])] in "\"'"
                                                             or text[slice(*toks[j])] in (".", "!", "?")):
        j += 1
    if j >= len(toks):
        return j
    if toks[j][0] == toks[j - 1][1]:  # no white space: glued
        nxt = text[slice(*toks[j])]
        if not (w in (".", "!", "?") and (nxt[:1].isupper() or nxt in "“‘\"") and j == i + 1 and i > 0 and text[toks[i - 1][0]:toks[i - 1][1]].islower()) \
                and not (j > i + 1 and nxt[:1].isupper()):
            return None
    nxt = text[slice(*toks[j])]
    k = j
    while k < len(toks) and text[slice(*toks[k])] in QUOTES + OPEN + "-–—•*":
        k += 1
    first = text[slice(*toks[k])] if k < len(toks) else nxt
    if first[:1].islower():
        return None
    low = w.lower()
    if len(w) > 1 and w.endswith(".") and set(w) != {"."}:
        if low in TITLES or len(w) == 2:
            return None
        if k == j and first.lower() not in STARTERS:
            return None
    elif set(w) <= set(".…") and len(w) > 1 or w == "…":
        if not first[:1].isupper():
            return None
    return j


def document(text):
    """[(paragraph, [(start, end), ...]), ...]: the sentences of a text with their tokens, every line being a paragraph."""
    out = []
    para = 0
    for line in re.finditer(r"[^\n\r\u2028\u2029]+", text):
        toks = words(text, *line.span())
        if not toks:
            continue
        para += 1
        begin = i = 0
        while i < len(toks):
            stop = ends_sentence(text, toks, i)
            if stop is None or stop >= len(toks):
                i += 1 if stop is None else len(toks)
                continue
            out.append((para, toks[begin:stop]))
            begin = i = stop
        if begin < len(toks):
            out.append((para, toks[begin:]))
    return out


PUNCT = {"“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'", "‛": "'", "`": "'", "´": "'",
         "–": "-", "—": "-", "‐": "-", "‑": "-", "‒": "-", "―": "-", "−": "-"}


def normalise(word):
    """For the vocabulary only."""
    word = "".join(PUNCT.get(c, c) for c in word)
    word = unicodedata.normalize("NFD", word)
    return "".join(c for c in word if unicodedata.category(c) not in ("Mn", "Cf", "Cc")).lower()


class Pieces:
    def __init__(self, vocab_path):
        self.vocab = {}
        with open(vocab_path, encoding="utf-8") as f:
            for i, line in enumerate(f):
                self.vocab[line.rstrip("\n")] = i
        self.unk, self.cls, self.sep, self.mask = (self.vocab[x] for x in ("[UNK]", "[CLS]", "[SEP]", "[MASK]"))
        self.cache = {}

    def __call__(self, word):
        if word not in self.cache:
            self.cache[word] = self.cut(normalise(word))
        return self.cache[word]

    def cut(self, w):
        if not w or len(w) > 100:
            return [self.unk]
        out, i = [], 0
        while i < len(w):
            j = len(w)
            while j > i:
                piece = ("##" if i else "") + w[i:j]
                if piece in self.vocab:
                    break
                j -= 1
            else:
                return [self.unk]
            out.append(self.vocab[piece])
            i = j
        return out[:8]


def shape(word):
    if any(c.isdigit() for c in word):
        return 4
    letters = [c for c in word if c.isalpha()]
    if not letters:
        return 5
    if all(not c.isupper() for c in letters):
        return 0
    if len(letters) > 1 and all(c.isupper() for c in letters):
        return 2
    if letters[0].isupper() and all(not c.isupper() for c in letters[1:]):
        return 1
    return 3


if __name__ == "__main__":
    import sys
    t = open(sys.argv[1], encoding="utf-8").read()
    for p, s in document(t):
        print(p, " ".join(t[a:b] for a, b in s))
