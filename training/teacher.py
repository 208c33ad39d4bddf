"""The teacher: MPNet (Song et al. 2020, the weights of all-mpnet-base-v2) under the same heads as the model that ships.

It reads the same pieces: its word table is put into the order of MiniLM's vocabulary, so that windows, labels and scores of the two line up."""
import math

import torch
import torch.nn as nn
import torch.nn.functional as F

import model as M

HEADS, BUCKETS, FAR = 12, 32, 128
NAMES = {"[CLS]": "<s>", "[SEP]": "</s>", "[MASK]": "<mask>", "[PAD]": "<pad>"}
POSITIONS_FROM = 2  # MPNet counts positions from its padding index + 1


class Layer(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.query, self.key, self.value = (nn.Linear(width, width) for _ in range(3))
        self.attention_out, self.ffn_in, self.ffn_out = nn.Linear(width, width), nn.Linear(width, 4 * width), nn.Linear(4 * width, width)
        self.attention_norm, self.ffn_norm = nn.LayerNorm(width, eps=1e-5), nn.LayerNorm(width, eps=1e-5)
        self.drop = nn.Dropout(0.1)

    def forward(self, x, bias):
        B, L, D = x.shape
        q, k, v = (f(x).view(B, L, HEADS, D // HEADS).transpose(1, 2) for f in (self.query, self.key, self.value))
        a = F.scaled_dot_product_attention(q, k, v, attn_mask=bias.to(q.dtype))
        x = self.attention_norm(x + self.drop(self.attention_out(a.transpose(1, 2).reshape(B, L, D))))
        return self.ffn_norm(x + self.drop(self.ffn_out(F.gelu(self.ffn_in(x)))))


def buckets(length):
    """Relative positions in T5's buckets (Raffel et al. 2020), [length, length]."""
    at = torch.arange(length)
    n = at[:, None] - at[None, :]
    half = BUCKETS // 2
    exact = half // 2
    far = exact + (torch.log(n.abs().clamp_min(1).float() / exact) / math.log(FAR / exact) * (half - exact)).long()
    return (n < 0).long() * half + torch.where(n.abs() < exact, n.abs(), far.clamp_max(half - 1))


class Teacher(M.Model):
    WIDTH = 768

    def encoder_parts(self, vocab, layers):
        w = self.WIDTH
        self.word, self.position, self.token_type = nn.Embedding(vocab, w), nn.Embedding(514, w), nn.Embedding(8, w)
        self.norm, self.relative = nn.LayerNorm(w, eps=1e-5), nn.Embedding(BUCKETS, HEADS)
        self.layer = nn.ModuleList(Layer(w) for _ in range(layers))
        self.drop_in = nn.Dropout(0.1)

    def states(self, batch):
        ids = batch["ids"]
        L = ids.shape[1]
        x = self.word(ids) + self.position(torch.arange(L) + POSITIONS_FROM)[None] + self.token_type(batch["types"])
        x = self.drop_in(self.norm(x))
        bias = self.relative(buckets(L)).permute(2, 0, 1)[None]
        bias = bias.masked_fill(~batch["mask"][:, None, None, :], -1e4)
        for layer in self.layer:
            x = layer(x, bias)
        return x, x


def load_mpnet(model, folder, pieces):
    """Copy the weights of a folder with model.safetensors and vocab.txt; the word table stays frozen."""
    from safetensors.torch import load_file
    w = load_file(folder + "/model.safetensors")
    index = {p: i for i, p in enumerate(open(folder + "/vocab.txt", encoding="utf-8").read().split("\n"))}
    order = [index[NAMES.get(p, p)] for p in sorted(pieces.vocab, key=pieces.vocab.get)]
    pairs = {"norm": "embeddings.LayerNorm"}
    for i in range(len(model.layer)):
        theirs = "encoder.layer.%d." % i
        for mine, name in (("query", "attention.attn.q"), ("key", "attention.attn.k"), ("value", "attention.attn.v"), ("attention_out", "attention.attn.o"),
                           ("attention_norm", "attention.LayerNorm"), ("ffn_in", "intermediate.dense"), ("ffn_out", "output.dense"), ("ffn_norm", "output.LayerNorm")):
            pairs["layer.%d.%s" % (i, mine)] = theirs + name
    with torch.no_grad():
        model.word.weight.copy_(w["embeddings.word_embeddings.weight"][order])
        model.position.weight.copy_(w["embeddings.position_embeddings.weight"])
        model.relative.weight.copy_(w["encoder.relative_attention_bias.weight"])
        model.token_type.weight.zero_()
        for mine, theirs in pairs.items():
            m = model.get_submodule(mine)
            m.weight.copy_(w[theirs + ".weight"]), m.bias.copy_(w[theirs + ".bias"])
    model.word.weight.requires_grad_(False)


def quicken(model):
    """Products of a teacher that only reads in 8 bits where that changes its vectors by less than 2 % (all but the first of each feed-forward part)."""
    torch.backends.quantized.engine = "onednn"
    for layer in model.layer:
        for name in ("query", "key", "value", "attention_out", "ffn_out"):
            linear = getattr(layer, name)
            linear.qconfig = torch.ao.quantization.per_channel_dynamic_qconfig
            setattr(layer, name, torch.ao.nn.quantized.dynamic.Linear.from_float(linear))
