"""The shared encoder (first layers of MiniLM) and its heads."""
import math

import torch
import torch.nn as nn
import torch.nn.functional as F

H, HEADS, FFN = 384, 12, 1536
FAKE = {"on": False}


def fake_weight(w):
    scale = (w.detach().abs().amax(1, keepdim=True) / 127).clamp_min(1e-12)
    q = (w / scale).round().clamp(-127, 127) * scale
    return w + (q - w).detach()


def fake_rows(x):
    scale = (x.detach().abs().amax(-1, keepdim=True) / 63).clamp_min(1e-12)
    q = (x / scale).round().clamp(-63, 63) * scale
    return x + (q - x).detach()


class Linear(nn.Linear):
    def forward(self, x):
        if FAKE["on"]:
            with torch.autocast("cpu", enabled=False):
                x, w = fake_rows(x.float()), fake_weight(self.weight)
                if not self.training or not torch.is_grad_enabled():
                    return F.linear(x, w, self.bias)
            return F.linear(x, w, self.bias)
        return super().forward(x)


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.query, self.key, self.value = Linear(H, H), Linear(H, H), Linear(H, H)
        self.attention_out, self.ffn_in, self.ffn_out = Linear(H, H), Linear(H, FFN), Linear(FFN, H)
        self.attention_norm, self.ffn_norm = nn.LayerNorm(H, eps=1e-12), nn.LayerNorm(H, eps=1e-12)
        self.drop = nn.Dropout(0.1)

    def forward(self, x, mask):
        B, L, _ = x.shape
        q, k, v = (f(x).view(B, L, HEADS, H // HEADS).transpose(1, 2) for f in (self.query, self.key, self.value))
        a = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        a = a.transpose(1, 2).reshape(B, L, H)
        x = self.attention_norm(x + self.drop(self.attention_out(a)))
        return self.ffn_norm(x + self.drop(self.ffn_out(F.gelu(self.ffn_in(x)))))


class Embeddings(nn.Module):
    def __init__(self, vocab):
        super().__init__()
        self.word, self.position, self.token_type = nn.Embedding(vocab, H), nn.Embedding(512, H), nn.Embedding(8, H)
        self.norm = nn.LayerNorm(H, eps=1e-12)
        self.drop = nn.Dropout(0.1)

    def forward(self, ids, types):
        pos = torch.arange(ids.shape[1])
        return self.drop(self.norm(self.word(ids) + self.position(pos)[None] + self.token_type(types)))


class Pointer(nn.Module):
    """score(i -> j) = dep_i U head_j + b head_j."""

    def __init__(self, size, width, dep=None):
        super().__init__()
        self.dep, self.head = Linear(dep or width, size), Linear(width, size)
        self.u, self.b = nn.Parameter(torch.zeros(size, size)), nn.Parameter(torch.zeros(size))
        nn.init.normal_(self.u, std=1 / size)
        self.drop = nn.Dropout(0.33)

    def forward(self, dep, head):
        """dep [..., n, width], head [..., m, width] -> [..., n, m]"""
        d, h = self.drop(F.gelu(self.dep(dep))), self.drop(F.gelu(self.head(head)))
        with torch.autocast("cpu", enabled=False):
            d, h = d.float(), h.float()
            return (d @ self.u + self.b) @ h.transpose(-1, -2)


class Rels(nn.Module):
    def __init__(self, n, width, size=48):
        super().__init__()
        self.dep, self.head = Linear(width, size), Linear(width, size)
        self.u = nn.Parameter(torch.zeros(n, size, size))
        self.wd, self.wh, self.bias = nn.Parameter(torch.zeros(n, size)), nn.Parameter(torch.zeros(n, size)), nn.Parameter(torch.zeros(n))
        nn.init.normal_(self.u, std=1 / size)
        self.drop = nn.Dropout(0.33)

    def forward(self, dep, head):
        d, h = self.drop(F.gelu(self.dep(dep))), self.drop(F.gelu(self.head(head)))
        n, s = d.shape[0], d.shape[1]
        du = (d @ self.u.permute(1, 0, 2).reshape(s, -1)).view(n, -1, s)
        return torch.einsum("nrs,ns->nr", du, h).float() + d @ self.wd.T + h @ self.wh.T + self.bias


class Tagger(Linear):
    """Linear-chain CRF over the attribution tags."""

    def __init__(self, n, width):
        super().__init__(width, n)
        self.transition, self.start = nn.Parameter(torch.zeros(n, n)), nn.Parameter(torch.zeros(n))
        bad = torch.zeros(n, n)
        for i in (2, 4, 6):
            for j in range(n):
                if j not in (i, i - 1):
                    bad[j, i] = -1e4
        self.register_buffer("bad", bad)

    def table(self):
        return self.transition + self.bad

    def nll(self, emit, tags, lengths):
        emit = emit.float()
        B, T, K = emit.shape
        trans = self.table()
        alpha = self.start + emit[:, 0]
        b = torch.arange(B)
        gold = self.start[tags[:, 0]] + emit[b, 0, tags[:, 0]]
        on = torch.arange(T)[None] < lengths[:, None]
        step = trans[tags[:, :-1], tags[:, 1:]] + emit.gather(2, tags[..., None])[:, 1:, 0]
        gold = gold + (step * on[:, 1:]).sum(1)
        for t in range(1, T):
            new = torch.logsumexp(alpha[:, :, None] + trans, 1) + emit[:, t]
            alpha = torch.where(on[:, t, None], new, alpha)
        return (torch.logsumexp(alpha, 1) - gold).sum()

    def viterbi(self, emit, entry=0.0):
        """emit [T, K] of one window -> tags; `entry` is added to every step from O into a span."""
        trans = self.table().detach().clone()
        trans[0, 1::2] += entry
        score, back = self.start.detach() + emit[0], []
        for t in range(1, emit.shape[0]):
            best, arg = (score[:, None] + trans).max(0)
            back.append(arg)
            score = best + emit[t]
        out = [int(score.argmax())]
        for arg in reversed(back):
            out.append(int(arg[out[-1]]))
        return out[::-1]


GUESSED = 0.3  # share of predicted spans that the act and addressee heads are trained on
CLAIM_POINTERS = ("end", "cue_first", "cue_last", "src_first", "src_last")


class Model(nn.Module):
    WIDTH = H

    def __init__(self, vocab, inv, layers, claim_layers=0, claims=True):
        super().__init__()
        self.encoder_parts(vocab, layers)
        self.claim_layer = nn.ModuleList(Layer() for _ in range(claim_layers))
        w = self.WIDTH
        head = {k: Linear(w, len(inv[k])) for k in ("upos", "xpos", "lemma", "entity")}
        head["arcs"], head["rels"] = Pointer(256, w), Rels(len(inv["rels"]), w)
        head["attribution"], head["link"] = Tagger(7, w), Pointer(64, w)
        if claims:
            head["claim_start"] = Linear(w, 14)
            for k in CLAIM_POINTERS:
                head["claim_" + k] = Pointer(64, w)
            head["claim_addressee"] = Pointer(64, w, 4 * w)
            head["claim_act_in"], head["claim_act"] = Linear(4 * w, 192), Linear(192, 13)
        self.head = nn.ModuleDict(head)
        self.drop = nn.Dropout(0.33)

    def encoder_parts(self, vocab, layers):
        self.embeddings = Embeddings(vocab)
        self.layer = nn.ModuleList(Layer() for _ in range(layers))

    def states(self, batch):
        """The encoder's vectors [B, L, WIDTH], one for each piece: those that tags, trees and attributions read, and those that claims read."""
        x = self.embeddings(batch["ids"], batch["types"])
        mask = batch["mask"][:, None, None, :]
        mask = None if bool(batch["mask"].all()) else mask
        for layer in self.layer:
            x = layer(x, mask)
        y = x
        for layer in self.claim_layer:
            y = layer(y, mask)
        return x, y

    def encode(self, batch):
        """Token vectors [B, T, WIDTH] and the root vectors [B, 1, WIDTH], and the same as claims read them."""
        at = batch["first"][..., None].expand(-1, -1, self.WIDTH)
        return tuple((x.gather(1, at), x[:, :1]) for x in self.states(batch))

    def arc_scores(self, tokens, root, sent):
        s = self.head["arcs"](tokens, torch.cat([root, tokens], 1))
        same = (sent[:, :, None] == sent[:, None, :]) & (sent[:, None, :] >= 0)
        ok = F.pad(same, (1, 0), value=True)
        eye = torch.eye(sent.shape[1], dtype=torch.bool)
        ok = ok & ~F.pad(eye, (1, 0))[None]
        return s.masked_fill(~ok, -1e4)

    def losses(self, batch, weights):
        (tokens, root), (claim_tokens, claim_root) = self.encode(batch)
        out = {}
        valid = batch["sent"] >= 0
        if batch["kind"] == "ud":
            t = self.drop(tokens)[valid]
            for k in ("upos", "xpos", "lemma", "entity"):
                gold = batch[k][valid]
                if (gold >= 0).any():
                    out[k] = F.cross_entropy(self.head[k](t).float(), gold, ignore_index=-100)
            arcs = self.arc_scores(tokens, root, batch["sent"])
            gold = batch["head"][valid]
            out["arcs"] = F.cross_entropy(arcs[valid], gold, ignore_index=-100)
            all_ = torch.cat([root, tokens], 1)
            keep = batch["head"] >= 0
            heads = all_.gather(1, batch["head"].clamp_min(0)[..., None].expand(-1, -1, self.WIDTH))[keep]
            out["rels"] = F.cross_entropy(self.head["rels"](tokens[keep], heads), batch["rel"][keep], ignore_index=-100)
        elif batch["kind"] == "att":
            tagger = self.head["attribution"]
            n = int(valid.sum())
            out["tags"] = tagger.nll(tagger(self.drop(tokens)), batch["tag"], valid.sum(1)) / n
            link = batch["link"]
            if len(link):
                all_ = torch.cat([root, tokens], 1)
                out["link"] = self.pointer_loss("link", tokens, all_, valid, link[:, 0], link[:, 1], link[:, 2])
            k = batch["weak"]
            if len(k) and weights.get("weak"):
                tokens, all_ = claim_tokens, torch.cat([claim_root, claim_tokens], 1)
                for name, col in (("cue_first", 3), ("src_first", 5)):
                    out["weak_" + name] = self.pointer_loss("claim_" + name, tokens, all_, valid, k[:, 0], k[:, 1], k[:, col])
                k = k[k[:, 7] >= 0]
                if len(k):
                    x = self.claim_vectors(tokens, all_, k[:, 0], k[:, 1], k[:, 2], k[:, 3], k[:, 4], k[:, 6])
                    out["weak"] = F.cross_entropy(self.act_scores(x), k[:, 7], label_smoothing=0.1)
        else:
            out.update(self.claim_losses(batch, claim_tokens, claim_root, valid))
        return out, sum(weights.get(k, 1.0) * v for k, v in out.items())

    def pointer_scores(self, name, query, all_, valid, b):
        """Scores [n, 1 + T] of the given vectors over null and every token of their windows."""
        p = self.head[name]
        d = p.drop(F.gelu(p.dep(query)))
        h = p.drop(F.gelu(p.head(all_)))
        with torch.autocast("cpu", enabled=False):
            s = torch.einsum("nd,nmd->nm", d.float() @ p.u + p.b, h.float()[b])
        return s.masked_fill(~F.pad(valid, (1, 0), value=True)[b], -1e4)

    def pointer_loss(self, name, tokens, all_, valid, b, t, gold):
        return F.cross_entropy(self.pointer_scores(name, tokens[b, t], all_, valid, b), gold, ignore_index=-100)

    def claim_vectors(self, tokens, all_, b, t, end, cue_first, cue_last, src_last):
        """A claim's vector [n, 4 WIDTH]: its start, the mean over its content, the mean over its cue and the end of its source.
        b, t: window and start token; the others count 0 = null ([CLS]), else 1 + token."""
        at = torch.arange(all_.shape[1])[None]
        mean = lambda lo, hi: self.mean(all_, b, (at >= lo[:, None]) & (at <= torch.maximum(lo, hi)[:, None]))
        return torch.cat([tokens[b, t], mean(t + 1, end), mean(cue_first, cue_last), all_[b, src_last]], -1)

    def act_scores(self, x):
        """Scores of the acts of claims by their vectors."""
        return self.head["claim_act"](self.drop(F.gelu(self.head["claim_act_in"](self.drop(x))))).float()

    @staticmethod
    def mean(all_, b, on):
        with torch.autocast("cpu", enabled=False):
            on = on.float()
            return torch.bmm((on / on.sum(1, keepdim=True))[:, None], all_.float()[b])[:, 0]

    def claim_losses(self, batch, tokens, root, valid):
        out = {"claim_start": F.cross_entropy(self.head["claim_start"](self.drop(tokens)[valid]).float(), batch["claim_start"][valid])}
        c = batch["claims"]
        if not len(c):
            return out
        all_ = torch.cat([root, tokens], 1)
        b, t = c[:, 0], c[:, 1]
        at = []
        for k, name in enumerate(CLAIM_POINTERS):
            gold = c[:, 3 + k]
            scores = self.pointer_scores("claim_" + name, tokens[b, t], all_, valid, b)
            if (gold >= 0).any():
                out["claim_" + name] = F.cross_entropy(scores, gold, ignore_index=-100)
            # at run time the spans are predicted ones: show act and addressee some of those
            guess = (torch.rand(len(c)) < GUESSED) | (gold < 0)
            at.append(torch.where(guess, scores.detach().argmax(1), gold))
        end, cue_first, cue_last, _, src_last = at
        x = self.claim_vectors(tokens, all_, b, t, torch.maximum(end, t + 1), cue_first, cue_last, src_last)
        chances = self.pointer_scores("claim_addressee", self.drop(x), all_, valid, b).log_softmax(1)
        out["claim_addressee"] = self.addressee_loss(chances, batch["addr"].tolist(), batch["addr_unseen"].tolist())
        out["claim_act"] = F.cross_entropy(self.act_scores(x), c[:, 2], label_smoothing=0.05)
        return out

    @staticmethod
    def addressee_loss(chances, addressed, unseen):
        """The mean over the claims; an addressee is found where any of its mentions is (marginal likelihood, Lee et al. 2017).
        chances: log probabilities [n, 1 + T] of nobody and each token; addressed: (claim, token, addressee); unseen: claims whose addressees are not in the window."""
        mentions = {}
        for row, token, addressee in addressed:
            mentions.setdefault(row, {}).setdefault(addressee, []).append(1 + token)
        sums = []
        for row in sorted(set(range(len(chances))) - set(unseen)):
            parts = [chances[row, at].logsumexp(0) for at in mentions[row].values()] if row in mentions else [chances[row, 0]]
            sums.append(-sum(parts) / len(parts))
        return torch.stack(sums).mean() if sums else chances.sum() * 0


def layers_of(weights):
    return 1 + max(int(k.split(".")[1]) for k in weights if k.startswith("layer."))


def claim_layers_of(weights):
    return len({k.split(".")[1] for k in weights if k.startswith("claim_layer.")})


def grow(model, batch, before):
    """Starts the claims' own layers from number `before` on as copies of the one below them that pass on nearly what they are given: the ways out are zero
    and the norms keep the mean and the deviation that the vectors of a batch have."""
    new = list(model.claim_layer)[before:]
    below = model.claim_layer[before - 1] if before else model.layer[-1]
    with torch.no_grad():
        model.claim_layer = model.claim_layer[:before]
        x = model.states(batch)[1][batch["mask"]]
        model.claim_layer.extend(new)
        mean, deviation = x.mean(-1).mean(), x.std(-1).mean()
        for layer in new:
            layer.load_state_dict(below.state_dict())
            for out in (layer.attention_out, layer.ffn_out):
                out.weight.zero_(), out.bias.zero_()
            for norm in (layer.attention_norm, layer.ffn_norm):
                norm.weight.fill_(deviation), norm.bias.fill_(mean)


def word_table(model):
    return model.embeddings.word if hasattr(model, "embeddings") else model.word


def load_minilm(model, path):
    """Copy the first layers of a MiniLM checkpoint; the word table is stored as int8 rows from the start (it stays frozen)."""
    from safetensors.torch import load_file
    w = load_file(path)
    g = lambda k: w[k].float()
    e = model.embeddings
    with torch.no_grad():
        word = g("embeddings.word_embeddings.weight")
        scale = (word.abs().amax(1, keepdim=True) / 127).clamp_min(1e-12)
        e.word.weight.copy_((word / scale).round() * scale)
        e.position.weight.copy_(g("embeddings.position_embeddings.weight"))
        e.token_type.weight.copy_(g("embeddings.token_type_embeddings.weight")[:1].expand(8, -1))
        e.norm.weight.copy_(g("embeddings.LayerNorm.weight")), e.norm.bias.copy_(g("embeddings.LayerNorm.bias"))
        for i, layer in enumerate(model.layer):
            p = "encoder.layer.%d." % i
            for mine, theirs in (("query", "attention.self.query"), ("key", "attention.self.key"), ("value", "attention.self.value"),
                                 ("attention_out", "attention.output.dense"), ("attention_norm", "attention.output.LayerNorm"),
                                 ("ffn_in", "intermediate.dense"), ("ffn_out", "output.dense"), ("ffn_norm", "output.LayerNorm")):
                m = getattr(layer, mine)
                m.weight.copy_(g(p + theirs + ".weight")), m.bias.copy_(g(p + theirs + ".bias"))
    e.word.weight.requires_grad_(False)
