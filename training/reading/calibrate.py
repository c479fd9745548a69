"""How sure a trained reader may be: a temperature and a shift of its logits, fitted on the validation subjects."""

import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import logsumexp

from training.reading.corpus import LETTERS, Example, hard, questions
from training.reading.train import Stage, encode, opened

_MOST = 2000  # labels looked at


@dataclass(frozen=True)
class Scaling:
    """What is done to the four logits so that they are as sure as they are right."""

    temperature: float = 1.0
    shift: tuple[float, ...] = (0.0, 0.0, 0.0, 0.0)
    """Added to the logits: a pass holds the labels in other shares than answers do."""

    def of(self, logits: NDArray[np.float64]) -> NDArray[np.float64]:
        """The logits, scaled."""
        return np.asarray(logits / self.temperature + np.array(self.shift))


def scaling(folder: Path, most: int = _MOST) -> Scaling:
    """The scaling under which the labels of the validation subjects are likeliest."""
    listed = [
        Example(answer["text"], question["question"], point, hard(LETTERS.index(letter)))
        for question in questions("validation")
        for answer in question["answers"]
        for point, letter in zip(question["points"], answer["labels"], strict=True)
    ]
    chosen = random.Random(0).sample(listed, min(most, len(listed)))
    logits, targets = predict(folder, chosen), np.array([each.target for each in chosen])

    def surprise(values: NDArray[np.float64]) -> float:
        scaled = Scaling(float(np.exp(values[0])), (0.0, *map(float, values[1:]))).of(logits)
        return float(np.mean(logsumexp(scaled, axis=1) - (scaled * targets).sum(axis=1)))

    found = minimize(surprise, np.zeros(4), method="Nelder-Mead", options={"maxiter": 2000}).x
    return Scaling(round(float(np.exp(found[0])), 4), (0.0, *(round(float(value), 4) for value in found[1:])))


def predict(folder: Path, examples: list[Example]) -> NDArray[np.float64]:
    """The four logits of each example, shape (n, 4), before anything is rounded."""
    import torch
    from transformers import AutoTokenizer

    model: Any = opened(folder).eval()
    tokenizer = AutoTokenizer.from_pretrained(folder)
    coded = [ids for group in encode([(each,) for each in examples], tokenizer, Stage()) for ids, _ in group]
    order = sorted(range(len(coded)), key=lambda place: len(coded[place]))
    logits = np.zeros((len(coded), 4))
    for start in range(0, len(order), 32):
        places = order[start : start + 32]
        longest = max(len(coded[place]) for place in places)
        ids = torch.tensor([coded[place] + [1] * (longest - len(coded[place])) for place in places])
        with torch.inference_mode():
            logits[places] = model(input_ids=ids, attention_mask=(ids != 1).long()).logits.float().numpy()
    return logits
