"""Losses of the student against a teacher that reads the same windows of unlabelled news (Hinton et al. 2015): every head."""
import torch
import torch.nn.functional as F

import decode
import model as M

TAGS = ("upos", "xpos", "lemma", "entity")
LIKELY = 0.2  # probability of a claim's start from which the student is shown the rest of the claim


def soft(student, teacher, weight=None):
    """Cross-entropy of the student's scores under the teacher's distribution, the mean over rows."""
    rows = -(teacher.float().softmax(-1) * student.float().log_softmax(-1)).sum(-1)
    return rows.mean() if weight is None else (rows * weight).sum() / weight.sum()


def losses(student, teacher, mirror, batch, weights):
    """`ids` may have masked pieces, the teacher reads `whole`; `mirror` maps the student's vectors to the teacher's. Returns the same as Model.losses."""
    valid = batch["sent"] >= 0
    with torch.no_grad():
        theirs, their_root = teacher.encode(dict(batch, ids=batch["whole"]))[1]
    (mine, my_root), (my_claims, my_claim_root) = student.encode(batch)
    their_all, my_all = torch.cat([their_root, theirs], 1), torch.cat([my_root, mine], 1)
    my_claim_all = torch.cat([my_claim_root, my_claims], 1)
    out = {}
    if not weights.get("claims", 1.0):
        trees(student, teacher, batch["sent"], theirs, their_all, mine, my_all, out)
        return out, sum(weights.get(k, 1.0) * v for k, v in out.items())
    with torch.no_grad():
        starts = teacher.head["claim_start"](theirs[valid])
    # Every token's vector is a lesson, where the heads teach only at claims (Romero et al. 2015, FitNets).
    goal = theirs[valid].float()
    out["vectors"] = ((mirror(my_claims[valid]).float() - goal) ** 2).sum() / (goal ** 2).sum()
    out["claim_start"] = soft(student.head["claim_start"](student.drop(my_claims)[valid]), starts)
    if weights.get("trees", 1.0):
        trees(student, teacher, batch["sent"], theirs, their_all, mine, my_all, out)
    if weights.get("attributions", 1.0):
        attributions(student, teacher, valid, theirs, their_all, mine, my_all, out)
    claims(student, teacher, valid, theirs, their_all, my_claims, my_claim_all, out)
    return out, sum(weights.get(k, 1.0) * v for k, v in out.items())


def trees(student, teacher, sent, theirs, their_all, mine, my_all, out):
    """Tags, heads, and the labels of the heads that the teacher would choose."""
    valid = sent >= 0
    with torch.no_grad():
        arcs = teacher.arc_scores(theirs, their_all[:, :1], sent)[valid]
        tags = {k: teacher.head[k](theirs[valid]) for k in TAGS}
        b, head = valid.nonzero(as_tuple=True)[0], arcs.argmax(-1)
        rels = teacher.head["rels"](theirs[valid], their_all[b, head])
    x = student.drop(mine)[valid]
    for k, goal in tags.items():
        out[k] = soft(student.head[k](x), goal)
    out["arcs"] = soft(student.arc_scores(mine, my_all[:, :1], sent)[valid], arcs)
    out["rels"] = soft(student.head["rels"](mine[valid], my_all[b, head]), rels)


def attributions(student, teacher, valid, theirs, their_all, mine, my_all, out):
    with torch.no_grad():
        emit = teacher.head["attribution"](theirs).float()
    lengths = valid.sum(1)
    tags = torch.zeros(valid.shape, dtype=torch.long)
    starts = []
    for b, n in enumerate(lengths.tolist()):
        row = teacher.head["attribution"].viterbi(emit[b, :n])
        tags[b, :n] = torch.tensor(row)
        starts += [(b, s) for _, s, _ in decode.spans(row)]
    tagger = student.head["attribution"]
    out["tags"] = tagger.nll(tagger(student.drop(mine)), tags, lengths) / int(valid.sum())
    if starts:
        b, t = torch.tensor(starts).T
        with torch.no_grad():
            goal = teacher.pointer_scores("link", theirs[b, t], their_all, valid, b)
        out["link"] = soft(student.pointer_scores("link", mine[b, t], my_all, valid, b), goal)


def claims(student, teacher, valid, theirs, their_all, mine, my_all, out):
    with torch.no_grad():
        p = 1 - teacher.head["claim_start"](theirs).float().softmax(-1)[..., 0]
    b, t = ((p >= LIKELY) & valid).nonzero(as_tuple=True)
    if not len(b):
        return
    weight = p[b, t]
    their_at, my_at = [], []
    for name in M.CLAIM_POINTERS:
        with torch.no_grad():
            goal = teacher.pointer_scores("claim_" + name, theirs[b, t], their_all, valid, b)
        got = student.pointer_scores("claim_" + name, mine[b, t], my_all, valid, b)
        out["claim_" + name] = soft(got, goal, weight)
        best = goal.argmax(1)
        their_at.append(best)
        guess = torch.rand(len(b)) < M.GUESSED
        my_at.append(torch.where(guess, got.detach().argmax(1), best))

    def vectors(model, tokens, all_, at):
        end, cue_first, cue_last, _, src_last = at
        return model.claim_vectors(tokens, all_, b, t, torch.maximum(end, t + 1), cue_first, cue_last, src_last)

    x = vectors(student, mine, my_all, my_at)
    with torch.no_grad():
        y = vectors(teacher, theirs, their_all, their_at)
        acts = teacher.act_scores(y)
        addressed = teacher.pointer_scores("claim_addressee", y, their_all, valid, b)
    out["claim_act"] = soft(student.act_scores(x), acts, weight)
    out["claim_addressee"] = soft(student.pointer_scores("claim_addressee", student.drop(x), my_all, valid, b), addressed, weight)
