"""Trains the model of contradiction beside the embedded model: `python -m training.contradiction`.

Pairs of texts are made from the parallel sentences: a sentence or a clause of it, and the same said otherwise, in the
same or the other language (no contradiction); the same turned round (contradiction); another clause turned round,
neighbours and strangers (none). English entailment pairs and paraphrases that people scored are added. About half an
hour on two cores. `viva.semantics.contradiction` runs what comes out, with numpy.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from training import terms
from training.flips import opposites
from training.leaks import measuring, measuring_texts, without_leaks
from training.make import read
from training.sources import SHARED, Material, Parallel, is_chinese
from training.twists import Synonyms, otherwise, part_of, parts, synonyms, turned
from viva.semantics.contradiction import LONGEST, NAME
from viva.semantics.embedded import EMBEDDED_FOLDER, StaticModel

_CHANCES = (0.45, 0.32, 0.08, 0.08, 0.07)
"""How often the maker turns a sentence round, says it otherwise, takes another clause, a neighbour, a stranger."""
_CHINESE_FIRST = 0.62
_CROSS = 0.2
"""Share of pairs across the languages."""
_PARAPHRASE = 0.7
"""Scored pairs from here on say the same."""
_KIN = 0.45
"""Least cosine of a synonym with the word that it may stand for."""
_SAY_EVERY = 250
_ALIKE = 16
"""Batches are drawn from so many times their size of pairs of like length: padding costs more than the sums do."""
_LEAST, _MOST_ZH, _MOST_EN = 6, 110, 300


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that decides what comes out, beside the data."""

    seed: int = 20261125
    pairs: int = 400_000
    steps: int = 4_000
    batch: int = 192
    rate: float = 0.002
    warm_up: int = 100
    width: int = 96
    kept_apart: int = 6_000


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts and whether they contradict each other."""

    first: str
    second: str
    opposed: bool
    kind: str


def make_pairs(material: Material, words: Mapping[str, str], others: Synonyms, settings: Settings) -> list[Pair]:
    """Return the pairs in random order."""
    rng = random.Random(settings.seed)
    usable = [r for r in material.parallel if _LEAST <= len(r.zh) <= _MOST_ZH and len(r.en) <= _MOST_EN]
    maker = _Maker(usable, words, others, rng)
    ways = (maker.turned, maker.same, maker.elsewhere, maker.neighbour, maker.stranger)
    made = (way() for way in rng.choices(ways, _CHANCES, k=settings.pairs))
    found = [pair for pair in made if pair is not None]
    for row in material.judged:
        found.append(Pair(row.anchor, row.entailed, opposed=False, kind="entailed"))
        if not row.source.startswith("qnli"):
            found.append(Pair(row.anchor, row.other, opposed=True, kind="judged"))
    found += [
        Pair(row.first, row.second, opposed=False, kind="scored") for row in material.scored if row.score >= _PARAPHRASE
    ]
    rng.shuffle(found)
    return found


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes single pairs, or None where the sentence that was drawn does not serve."""

    rows: Sequence[Parallel]
    words: Mapping[str, str]
    """Opposites."""
    others: Synonyms
    rng: random.Random

    def turned(self) -> Pair | None:
        """What is said, turned round and then put in other words: a contradiction."""
        premise, said, cross = self._sides()
        wrong = turned(said, self.words, self.rng)
        if wrong is None:
            return None
        again = otherwise(wrong, self.others, self.rng)
        return Pair(premise, again, opposed=True, kind="turned, across" if cross else "turned")

    def same(self) -> Pair:
        """What is said, in other words."""
        premise, said, cross = self._sides()
        again = otherwise(otherwise(said, self.others, self.rng), self.others, self.rng)
        return Pair(premise, again, opposed=False, kind="same, across" if cross else "same")

    def elsewhere(self) -> Pair | None:
        """One clause, and another of the same sentence turned round: the two have nothing to say to each other."""
        row = self.rng.choice(self.rows)
        clauses = parts(self._either(row)[0])
        if len(clauses) < 2:
            return None
        first, second = self.rng.sample(clauses, 2)
        wrong = turned(second, self.words, self.rng)
        return None if wrong is None else Pair(first, wrong, opposed=False, kind="elsewhere")

    def neighbour(self) -> Pair:
        """What stands close by in the same text."""
        place = self.rng.randrange(len(self.rows))
        near = self.rows[min(len(self.rows) - 1, max(0, place + self.rng.choice((-2, -1, 1, 2))))]
        ours = self._either(self.rows[place])[0]
        return Pair(ours, near.zh if is_chinese(ours) else near.en, opposed=False, kind="neighbour")

    def stranger(self) -> Pair:
        """What stands anywhere, turned round where that can be done."""
        ours = self._either(self.rng.choice(self.rows))[0]
        other = self.rng.choice(self.rows)
        text = other.zh if is_chinese(ours) else other.en
        said = part_of(turned(text, self.words, self.rng) or text, self.rng)
        return Pair(part_of(ours, self.rng), said, opposed=False, kind="stranger")

    def _either(self, row: Parallel) -> tuple[str, str]:
        """Return one side and the other; Chinese first more often, which has less other text to learn from."""
        return (row.zh, row.en) if self.rng.random() < _CHINESE_FIRST else (row.en, row.zh)

    def _sides(self) -> tuple[str, str, bool]:
        """Return a premise, what is said beside it, and whether that is in the other language; whole, or a clause."""
        ours, theirs = self._either(self.rng.choice(self.rows))
        if self.rng.random() < _CROSS:
            return ours, theirs, True
        way = self.rng.random()
        if way < 0.45:
            return ours, ours, False
        clause = part_of(ours, self.rng)
        return (ours, clause, False) if way < 0.75 else (clause, clause, False)


class Network(nn.Module):
    """The model as torch trains it; the names of its parts are those of the file."""

    def __init__(self, table: NDArray[np.float32], width: int) -> None:
        """Take the embedded model's token vectors, shape (tokens, dimension), which stay as they are."""
        super().__init__()
        rows = torch.from_numpy(table)
        lengths = rows.norm(dim=1)
        self.register_buffer("lengths", lengths, persistent=False)
        self.register_buffer("vectors", rows / lengths.clamp(min=1e-6)[:, None], persistent=False)
        self.proj = nn.Linear(table.shape[1] + 1, width)
        self.conv = nn.Linear(3 * width, width)
        self.match = nn.Linear(width, width, bias=False)
        self.sharpness = nn.Parameter(torch.full((1,), 8.0))
        self.nothing = nn.Parameter(torch.full((1,), 3.0))
        self.compare = nn.Linear(4 * width + 2, width)
        self.hidden = nn.Linear(2 * width, width)
        self.out = nn.Linear(width, 1)
        self.drop = nn.Dropout(0.1)

    def forward(self, first: Tensor, second: Tensor) -> Tensor:
        """Return the logits, shape (pairs,), of token numbers of shape (pairs, tokens), 0 where there is none."""
        one, other = self._text(first), self._text(second)
        cosines = one[0] @ other[0].transpose(1, 2)
        energies = self.sharpness * cosines
        energies = energies + (self.match(one[2]) @ self.match(other[2]).transpose(1, 2)) / one[2].shape[-1] ** 0.5
        left = self._differences(one, other[2], second > 0, cosines, energies)
        right = self._differences(other, one[2], first > 0, cosines.transpose(1, 2), energies.transpose(1, 2))
        left, right = left * (first > 0)[..., None], right * (second > 0)[..., None]
        sizes = ((first > 0).sum(1) + (second > 0).sum(1)).clamp(min=1).sqrt()[:, None]
        pooled = torch.cat([(left.sum(1) + right.sum(1)) / sizes, torch.maximum(left.amax(1), right.amax(1))], dim=-1)
        logits: Tensor = self.out(self.drop(functional.relu(self.hidden(pooled)))).squeeze(-1)
        return logits

    def _text(self, ids: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        there = (ids > 0)[..., None]
        vectors, lengths = self.vectors[ids], self.lengths[ids].unsqueeze(-1)  # type: ignore[index]
        inner = self.proj(torch.cat([vectors, lengths], dim=-1)) * there
        edge = torch.zeros_like(inner[:, :1])
        around = torch.cat([torch.cat([edge, inner[:, :-1]], 1), inner, torch.cat([inner[:, 1:], edge], 1)], dim=-1)
        return vectors, lengths, self.drop((inner + functional.relu(self.conv(around))) * there)

    def _differences(
        self, one: tuple[Tensor, Tensor, Tensor], other: Tensor, there: Tensor, cosines: Tensor, energies: Tensor
    ) -> Tensor:
        _, lengths, states = one
        energies = energies.masked_fill(~there[:, None, :], -1e4)
        none = self.nothing.expand(*energies.shape[:2], 1)
        answers = torch.cat([energies, none], dim=-1).softmax(-1)[..., :-1] @ other
        nearest = cosines.masked_fill(~there[:, None, :], -1.0).amax(-1, keepdim=True)
        seen = [states, answers, (states - answers).abs(), states * answers, nearest, lengths]
        return functional.relu(self.compare(torch.cat(seen, dim=-1)))


def train(
    model: StaticModel, pairs: Sequence[Pair], settings: Settings, say: Callable[[str], None] = print
) -> tuple[Network, dict[str, float]]:
    """Train on all but the last pairs, which are kept apart.

    Returns:
        The network, and for each kind of pair kept apart the share of right answers.
    """
    torch.manual_seed(settings.seed)
    rng = np.random.default_rng(settings.seed)
    network = Network(model.table(), settings.width)
    sides = [model.token_ids([getattr(pair, side) for pair in pairs], LONGEST) for side in ("first", "second")]
    wanted = np.asarray([pair.opposed for pair in pairs], dtype=np.float32)
    whole = np.asarray([bool(len(one)) and bool(len(other)) for one, other in zip(*sides, strict=True)])
    border = len(pairs) - settings.kept_apart
    learned = np.flatnonzero(whole[:border])
    lengths = np.asarray([max(len(sides[0][row]), len(sides[1][row])) for row in learned])
    learned = learned[np.argsort(lengths, kind="stable")]
    optimiser = torch.optim.Adam(network.parameters(), lr=settings.rate)
    seen = 0.0
    for step in range(settings.steps):
        for group in optimiser.param_groups:
            group["lr"] = settings.rate * min(1.0, (step + 1) / settings.warm_up) * _falling(step / settings.steps)
        start = rng.integers(max(1, len(learned) - _ALIKE * settings.batch))
        rows = rng.choice(learned[start : start + _ALIKE * settings.batch], settings.batch)
        logits = network(*(_padded([side[row] for row in rows]) for side in sides))
        loss = functional.binary_cross_entropy_with_logits(logits, torch.from_numpy(wanted[rows]))
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        seen = 0.98 * seen + 0.02 * float(loss.detach())
        if (step + 1) % _SAY_EVERY == 0:
            say(f"step {step + 1} of {settings.steps}: loss {seen:.3f}")
    network.eval()
    apart = [row for row in range(border, len(pairs)) if whole[row]]
    return network, _right(network, sides, apart, pairs)


def _falling(done: float) -> float:
    return float(0.5 * (1.0 + np.cos(np.pi * done)))


@torch.no_grad()
def _right(
    network: Network, sides: Sequence[Sequence[NDArray[np.int64]]], rows: Sequence[int], pairs: Sequence[Pair]
) -> dict[str, float]:
    right: dict[str, list[bool]] = defaultdict(list)
    for chunk in _chunks(rows, 256):
        logits = network(*(_padded([side[row] for row in chunk]) for side in sides))
        for row, logit in zip(chunk, logits.tolist(), strict=True):
            right[pairs[row].kind].append((logit > 0) == pairs[row].opposed)
    return {kind: round(float(np.mean(marks)), 3) for kind, marks in sorted(right.items())}


def _chunks(rows: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    yield from (rows[start : start + size] for start in range(0, len(rows), size))


def _padded(texts: Sequence[NDArray[np.int64]]) -> Tensor:
    found = np.zeros((len(texts), max(map(len, texts))), dtype=np.int64)
    for row, ids in enumerate(texts):
        found[row, : len(ids)] = ids
    return torch.from_numpy(found)


def write(network: Network, path: Path, digest: str) -> None:
    """Write the weights as half-precision numbers, with the digest of the model they go with."""
    from safetensors.numpy import save_file

    tensors = {name: tensor.detach().numpy().astype(np.float16) for name, tensor in network.state_dict().items()}
    save_file(tensors, path, metadata={"model": digest})


def main() -> None:
    """Make the pairs from the training text, train, and write the file beside the embedded model."""
    settings, model, dictionary = Settings(), StaticModel(EMBEDDED_FOLDER), terms.dictionary()
    material, _ = without_leaks(read(SHARED, settings.seed, dictionary), measuring(measuring_texts(SHARED.parent)))
    words = opposites(terms.antonyms(SHARED))
    others = synonyms(dictionary, words, lambda word, found: _kindred(model, word, found))
    pairs = make_pairs(material, words, others, settings)
    print(f"{len(pairs):,} pairs: {dict(Counter(pair.kind for pair in pairs))}")
    network, right = train(model, pairs, settings)
    print(right)
    write(network, EMBEDDED_FOLDER / NAME, model.digest)


def _kindred(model: StaticModel, word: str, others: Sequence[str]) -> list[str]:
    vectors = model.encode([word, *others])
    return [other for other, cosine in zip(others, vectors[1:] @ vectors[0], strict=True) if cosine >= _KIN]


if __name__ == "__main__":
    main()
