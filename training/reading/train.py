"""Trains the reader: an answer and a point with its question in, four probabilities out.

A batch holds about as many tokens as any other, and twins together. The loss is cross entropy with the targets, and for
twins how far the true one lies above the false one. Runs are stages, each from the weights of the one before; a stage that
was broken off goes on where it was saved.
"""

import json
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
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
    twins: float = 0.5
    """Weight of the loss on the difference of twins."""
    margin: float = 2.0
    """How far the log odds of twins, covered against contradicted, should lie apart."""
    tokens: int = 1600
    """Tokens in a batch, padding included."""
    longest: int = 256
    """Tokens of a pair; the end of a longer answer is cut off."""
    save_every: float = 240.0
    """Seconds between two saves."""
    seed: int = 0


@dataclass
class Progress:
    """How far a run has come."""

    step: int = 0
    losses: list[float] = field(default_factory=list)


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


def parameters(model: nn.Module, stage: Stage) -> list[dict[str, Any]]:
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


def run(
    start: Path, out: Path, passes: Sequence[Sequence[Group]], stage: Stage, *, minutes: float | None = None
) -> Progress:
    """Trains from the folder `start` over the passes and leaves the model in `out`.

    `minutes` ends the run by the clock: the rate then falls with the time, so that it always ends low.
    """
    device = "cuda" if torch.cuda.is_available() else "cpu"
    tokenizer = AutoTokenizer.from_pretrained(start)
    state = out / "state.pt"
    going_on = state.is_file()
    model = opened(out if going_on else start)
    model.to(device).train()
    optimizer = torch.optim.AdamW(parameters(model, stage), betas=(0.9, 0.98))
    rates = [group["lr"] for group in optimizer.param_groups]
    work = [batch for number, one in enumerate(passes) for batch in _shuffled(one, tokenizer, stage, number)]
    progress, spent = Progress(), 0.0
    if going_on:
        kept = torch.load(state, weights_only=True)
        optimizer.load_state_dict(kept["optimizer"])
        progress, spent = Progress(kept["step"], kept["losses"]), kept["spent"]
    out.mkdir(parents=True, exist_ok=True)
    begun = saved = time.monotonic()
    half = device == "cuda" or _fast_bf16()
    for batch in work[progress.step :]:
        elapsed = spent + time.monotonic() - begun
        done = max(progress.step / len(work), elapsed / 60 / minutes if minutes else 0.0)
        if done >= 1:
            break
        for group, rate in zip(optimizer.param_groups, rates, strict=True):
            group["lr"] = rate * share(done * len(work), len(work), stage)
        ids, mask, targets, twins = tensors(batch, device)
        with torch.autocast(device, torch.bfloat16, enabled=half):
            logits = model(input_ids=ids, attention_mask=mask).logits.float()
        loss = loss_of(logits, targets, twins, stage)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        progress.step += 1
        progress.losses.append(round(loss.item(), 4))
        if progress.step % 20 == 0:
            recent = progress.losses[-50:]
            print(f"{progress.step}/{len(work)} {elapsed / 60:.1f} min loss {sum(recent) / len(recent):.3f}", flush=True)
        if time.monotonic() - saved > stage.save_every:
            save(model, tokenizer, out)
            kept = {"optimizer": optimizer.state_dict(), "step": progress.step, "losses": progress.losses}
            torch.save({**kept, "spent": spent + time.monotonic() - begun}, state)
            saved = time.monotonic()
    save(model, tokenizer, out)
    state.unlink(missing_ok=True)
    (out / "losses.json").write_text(json.dumps(progress.losses), encoding="utf-8")
    return progress


def opened(folder: Path) -> Any:
    """The model of a folder, without dropout: a fifth faster, and noise would drown the difference of twins."""
    return BertForSequenceClassification.from_pretrained(
        folder, attn_implementation="sdpa", hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0
    )


def save(model: Any, tokenizer: Any, out: Path) -> None:
    """Writes the model where a run can go on from it."""
    model.save_pretrained(out)
    tokenizer.save_pretrained(out)


def _shuffled(one: Sequence[Group], tokenizer: Any, stage: Stage, number: int) -> Iterator[list[Encoded]]:
    rng = random.Random(f"{stage.seed} {number}")
    coded = encode(one, tokenizer, stage)
    yield from batches(coded, stage, rng)


def _fast_bf16() -> bool:
    """Whether the processor multiplies bfloat16 itself; elsewhere it is slower than full precision."""
    try:
        told = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return False
    return "avx512_bf16" in told or "amx_bf16" in told
