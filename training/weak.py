"""Weak labels for the act head: cue words that name their act, found in the cues of PolNeAR attributions. Neutral cues (said) give no label."""
import re

import data

WORDS = {
    "demand": r"demand\w*|insist(?:s|ed|ing)? on|require[sd]?",
    "request": r"urg(?:e|es|ed|ing)|call(?:s|ed|ing)? (?:for|on|upon)|appeal(?:s|ed|ing)?|plead\w*|beg(?:s|ged|ging)?|implor\w+|seek(?:s|ing)?|sought|request\w*|"
               r"encourag(?:e|es|ed|ing)|invit(?:e|es|ed|ing)|press(?:es|ed|ing)|lobb(?:y|ied|ying)|exhort\w*",
    "propose": r"propos(?:e|es|ed|ing|al|als)|recommend\w*|float(?:s|ed|ing)|advis(?:e|es|ed|ing)",
    "commit": r"pledg(?:e|es|ed|ing)|vow(?:s|ed|ing)?|promis(?:e|es|ed|ing)|offer(?:s|ed|ing)? to|commit\w*|plan(?:s|ned|ning)? (?:on|to)|intend\w*|swor(?:e|n)|volunteer\w*|"
              r"(?:is|are|was|were) (?:ready|willing|prepared)|will(?:ing|ingness)",
    "accept": r"accept\w*|agree(?:s|d|ing)?|approv(?:e|es|ed|ing)|embrac(?:e|es|ed|ing)|concur\w*",
    "reject": r"reject\w*|refus(?:e|es|ed|ing|al)|oppos(?:e|es|ed|ing|ition)|rul(?:e|es|ed|ing) out|dismiss\w*|resist\w*|rebuff\w*|disagree\w*|turn(?:s|ed|ing)? down|disavow\w*",
    "support": r"support\w*|prais(?:e|es|ed|ing)|welcom(?:e|es|ed|ing)|back(?:s|ed|ing)|hail(?:s|ed|ing)|laud\w*|applaud\w*|favou?r\w*|hop(?:e|es|ed|ing)|celebrat\w+|lov(?:e|es|ed)|"
               r"likes?|liked|admir\w+|commend\w*|thank\w*|congratulat\w+|prefer\w*|optimis\w+|touted|tout(?:s|ing)",
    "criticise": r"critici[sz]\w+|condemn\w*|blast(?:s|ed|ing)|slam(?:s|med|ming)|denounc\w+|doubt\w*|question(?:s|ed|ing)|mock(?:s|ed|ing)?|ridicul\w+|attack(?:s|ed|ing)|derid\w+|"
                 r"lament\w*|decr(?:y|ied|ies|ying)|ripp(?:ed|ing)|rips|chid(?:e|ed|ing)|scold\w*|bash(?:es|ed|ing)|rebuk\w+|complain\w*|s[kc]eptic\w*|worr(?:y|ied|ies)|"
                 r"concern(?:s|ed)?|object(?:s|ed|ing)|disparag\w+|lambast\w+|assail\w*|regret\w*|hat(?:e|es|ed)|fear(?:s|ed|ing)?",
    "accuse": r"accus\w+|blam(?:e|es|ed|ing)|alleg\w+|fault(?:s|ed|ing)|charg(?:ed|es|ing)",
    "threaten": r"threat\w*|warn\w*",
    "deny": r"den(?:y|ies|ied|ying|ial)|disput(?:e|es|ed|ing)|refut\w+|contradict\w*|rebut\w*",
    "acknowledge": r"acknowledg\w+|admit\w*|admission|conced\w+|confess\w*|apologi[sz]\w+|recogni[sz](?:e|es|ed|ing)",
    "assert": r"not(?:es|ed|ing)|explain\w*|predict\w*|estimat\w+|recall\w*|report(?:s|ed|ing)|believ(?:e|es|ed|ing)|conclud\w+|speculat\w+|reveal\w*|show(?:s|ed|ing|n)|"
              r"confirm\w*|point(?:s|ed|ing)? out|thinks?|thought|knows?|knew|remember\w*|describ\w+|claim(?:s|ed|ing)|argu(?:e|es|ed|ing)|expect(?:s|ed)?",
}
MATCH = {a: re.compile(r"(?i)\b(?:%s)\b" % p) for a, p in WORDS.items()}
NEGATION = re.compile(r"(?i)\b(?:not|n.t|never|no|nor|without|declin\w+|refus\w+)\b")
LEAD = {"that", "to", '"', "“", "”", "''", "``", ":", ",", "‘", "’", "'"}


def act_of(cue):
    found = [a for a in data.ACTS if MATCH[a].search(cue)]
    if len(found) == 2 and "assert" in found:
        found.remove("assert")
    if len(found) != 1 or NEGATION.search(cue) and found[0] not in ("reject", "deny"):
        return None
    return data.ACTS.index(found[0])


def row(doc, runs):
    """runs: token pieces by role -> (start, end, cue_first, cue_last, src_first, src_last, act) in document tokens, or None. An unknown act is -1."""
    if not runs["cue"] or not runs["content"]:
        return None
    word = lambda t: doc.text[slice(*doc.offsets[t])]
    act = act_of(" ".join(word(t) for s, e in runs["cue"] for t in range(s, e)))
    s, e = runs["content"][0]
    while s < e - 1 and word(s).lower() in LEAD:
        s += 1
    while e - 1 > s and not any(c.isalnum() for c in word(e - 1)):
        e -= 1
    return s, e - 1, runs["cue"][0][0], runs["cue"][0][1] - 1, *((runs["source"][0][0], runs["source"][0][1] - 1) if runs["source"] else (None, None)), -1 if act is None else act
