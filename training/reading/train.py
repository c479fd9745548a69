"""Trains the reader: an answer and a point with its question in, four probabilities out.

A batch holds about as many tokens as any other, and twins together. The loss is cross entropy with the targets, and
for twins how far the true one lies above the false one. A run that was broken off goes on where it was saved.
"""

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from transformers import AutoTokenizer, BertForSequenceClassification

from training.reading.corpus import CONTRADICTED, COVERED, Group, soften


@dataclass(frozen=True)
class Stage:
    """How a stage is trained."""

    rate: float = 8e-5
    """Learning rate of the topmost layer."""
    head_rate: float = 5e-4
    fall: float = 0.95
    """What each layer further down learns at, beside the one above it."""
    frozen: int = 4
    """The lowest layers, which with the table of pieces keep what they know: a third less time a step."""
    warmup: float = 0.05
    last: float = 0.02
    """The rate at the end, beside the one at the start."""
    decay: float = 0.01
    smoothing: float = 0.05
    twins: float = 1.0
    """Weight of the loss on the difference of twins."""
    margin: float = 3.0
    """How far the log odds of twins, covered against contradicted, should lie apart."""
    tokens: int = 1600
    """Tokens in a batch, padding included."""
    longest: int = 256
    """Tokens of a pair; the end of a longer answer is cut off."""
    save_every: float = 240.0
    """Seconds between two saves."""
    seed: int = 0


Encoded = list[tuple[list[int], tuple[float, ...]]]
"""The tokens and targets of a group."""


def encode(groups: Sequence[Group], tokenizer: Any, stage: Stage) -> list[Encoded]:
    """The groups as tokens: the answer first, then the statement, as entailment models have it."""
    flat = [example for group in groups for example in group]
    coded = tokenizer(
        [each.answer for each in flat], [each.statement for each in flat],
        truncation="longest_first", max_length=stage.longest,
    )["input_ids"]  # fmt: skip
    rows = iter(zip(coded, (soften(each.target, stage.smoothing) for each in flat), strict=True))
    return [[next(rows) for _ in group] for group in groups]


def batches(coded: list[Encoded], stage: Stage, rng: random.Random) -> list[list[Encoded]]:
    """All groups, once each: neighbours in length share a batch, batches come in random order."""
    order = sorted(coded, key=lambda group: max(len(ids) for ids, _ in group) + rng.random() * 8)
    made: list[list[Encoded]] = []
    rows = 0
    for group in order:
        longest = max(len(ids) for ids, _ in group)
        if not made or (rows + len(group)) * longest > stage.tokens:
            made.append([])
            rows = 0
        made[-1].append(group)
        rows += len(group)
    rng.shuffle(made)
    return made


def tensors(batch: list[Encoded], device: str) -> tuple[Tensor, Tensor, Tensor, list[tuple[int, int]]]:
    """Tokens, mask and targets of a batch, and which of its rows are twins."""
    rows = [row for group in batch for row in group]
    longest = max(len(ids) for ids, _ in rows)
    ids = torch.ones(len(rows), longest, dtype=torch.long)  # 1 is the padding piece
    for place, (tokens, _) in enumerate(rows):
        ids[place, : len(tokens)] = torch.tensor(tokens)
    twins, start = [], 0
    for group in batch:
        if len(group) == 2:
            twins.append((start, start + 1))
        start += len(group)
    targets = torch.tensor([target for _, target in rows])
    return ids.to(device), (ids != 1).long().to(device), targets.to(device), twins


def loss_of(logits: Tensor, targets: Tensor, twins: list[tuple[int, int]], stage: Stage) -> Tensor:
    """Cross entropy, and for twins the soft hinge of their log odds."""
    loss = -(targets * logits.log_softmax(-1)).sum(-1).mean()
    if twins:
        true, false = torch.tensor(twins).T
        odds = logits[:, COVERED] - logits[:, CONTRADICTED]
        apart = nn.functional.softplus(stage.margin - (odds[true] - odds[false])).sum() / len(logits)
        loss = loss + stage.twins * apart
    return loss


def parameters(model: Any, stage: Stage) -> list[dict[str, Any]]:
    """The numbers that learn, in groups by layer, each with its rate."""
    groups: dict[tuple[float, float], list[nn.Parameter]] = {}
    layers = model.config.num_hidden_layers
    for name, values in model.named_parameters():
        parts = name.split(".")
        layer = int(parts[3]) if "layer" in parts else (-1 if "embeddings" in parts else layers)
        values.requires_grad = layer >= stage.frozen or (layer == -1 and stage.frozen == 0)
        if values.requires_grad:
            rate = stage.head_rate if layer == layers else stage.rate * stage.fall ** (layers - 1 - layer)
            groups.setdefault((rate, stage.decay if values.ndim > 1 else 0.0), []).append(values)
    return [{"params": each, "lr": rate, "weight_decay": decay} for (rate, decay), each in groups.items()]


def share(step: float, steps: float, stage: Stage) -> float:
    """The part of the full rate at a step: up in a line, down in a line."""
    warm = max(1.0, stage.warmup * steps)
    if step < warm:
        return (step + 1) / warm
    return stage.last + (1 - stage.last) * max(0.0, (steps - step) / max(1.0, steps - warm))


class Trainer:
    """A model that learns batch by batch, and can be put down and taken up again in its folder."""

    def __init__(self, start: Path, out: Path, stage: Stage) -> None:
        self.out, self.stage = out, stage
        self.device = "cuda" if torch.cuda.is_available() else "cpu"
        self.half = self.device == "cuda" or _fast_bf16()
        self.tokenizer = AutoTokenizer.from_pretrained(start)
        broken_off = self._state.is_file()
        self.model = opened(out if broken_off else start).to(self.device).train()
        self.optimizer = torch.optim.AdamW(parameters(self.model, stage), betas=(0.9, 0.98), fused=True)
        self._rates = [group["lr"] for group in self.optimizer.param_groups]
        self.losses: list[float] = []
        self.spent = 0.0
        """Seconds spent before the run was broken off."""
        if broken_off:
            kept = torch.load(self._state, weights_only=True)
            self.optimizer.load_state_dict(kept["optimizer"])
            self.losses, self.spent = kept["losses"], kept["spent"]

    @property
    def _state(self) -> Path:
        return self.out / "state.pt"

    def step(self, batch: list[Encoded], rate: float) -> None:
        """Learns from a batch, at this share of the full rate."""
        for group, full in zip(self.optimizer.param_groups, self._rates, strict=True):
            group["lr"] = full * rate
        ids, mask, targets, twins = tensors(batch, self.device)
        with torch.autocast(self.device, torch.bfloat16, enabled=self.half):
            logits = self.model(input_ids=ids, attention_mask=mask).logits.float()
        loss = loss_of(logits, targets, twins, self.stage)
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.losses.append(round(loss.item(), 4))

    def save(self, spent: float | None = None) -> None:
        """Writes the model; with the seconds spent so far also what a run needs to go on, without them it is done."""
        self.out.mkdir(parents=True, exist_ok=True)
        self.model.save_pretrained(self.out)
        self.tokenizer.save_pretrained(self.out)
        if spent is None:
            self._state.unlink(missing_ok=True)
        else:
            kept = {"optimizer": self.optimizer.state_dict(), "losses": self.losses, "spent": spent}
            torch.save(kept, self._state)


def run(
    start: Path, out: Path, passes: Sequence[Sequence[Group]], stage: Stage, *, minutes: float | None = None
) -> list[float]:
    """Trains from the folder `start` over the passes, leaves the model in `out`, and returns the loss of each step.

    `minutes` ends the run by the clock: the rate then falls with the time, so that it always ends low.
    """
    trainer = Trainer(start, out, stage)
    coded = (
        batches(encode(one, trainer.tokenizer, stage), stage, random.Random(f"{stage.seed} {number}"))
        for number, one in enumerate(passes)
    )
    work = [batch for one in coded for batch in one]
    begun = saved = time.monotonic()
    for number, batch in enumerate(work[len(trainer.losses) :], len(trainer.losses)):
        spent = trainer.spent + time.monotonic() - begun
        done = max(number / len(work), spent / 60 / minutes if minutes else 0.0)
        if done >= 1:
            break
        trainer.step(batch, share(done * len(work), len(work), stage))
        if number % 20 == 19:
            recent = trainer.losses[-100:]
            print(f"{number + 1}/{len(work)} {spent / 60:.1f} min loss {sum(recent) / len(recent):.3f}", flush=True)
        if time.monotonic() - saved > stage.save_every:
            trainer.save(spent)
            saved = time.monotonic()
    trainer.save()
    return trainer.losses


def opened(folder: Path) -> Any:
    """The model of a folder, without dropout: a fifth faster, and noise would drown the difference of twins.

    Attention is computed plainly, which for pairs this short is a quarter faster than in blocks.
    """
    return BertForSequenceClassification.from_pretrained(
        folder, attn_implementation="eager", hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0
    )


def _fast_bf16() -> bool:
    """Whether the processor multiplies bfloat16 itself; elsewhere it is slower than full precision."""
    try:
        told = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return False
    return "avx512_bf16" in told or "amx_bf16" in told
