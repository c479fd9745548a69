"""The temperature of a trained reader: what its certainty is divided by, fitted on the validation subjects."""

import random
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.reading.corpus import LETTERS, Example, hard, questions
from training.reading.train import Stage, encode, opened

_MOST = 1500  # labels looked at: the temperature moves by less than 0.02 with more


def temperature(folder: Path, most: int = _MOST) -> float:
    """The temperature at which the labels of the validation subjects are likeliest."""
    from scipy.optimize import minimize_scalar

    listed = [
        Example(answer["text"], question["question"], point, hard(LETTERS.index(letter)))
        for question in questions("validation")
        for answer in question["answers"]
        for point, letter in zip(question["points"], answer["labels"], strict=True)
    ]
    chosen = random.Random(0).sample(listed, min(most, len(listed)))
    logits, targets = predict(folder, chosen), np.array([each.target for each in chosen])

    def surprise(value: float) -> float:
        scaled = logits / value
        likely = (
            scaled
            - np.log(np.exp(scaled - scaled.max(1, keepdims=True)).sum(1, keepdims=True))
            - scaled.max(1, keepdims=True)
        )
        return float(-(likely * targets).sum(1).mean())

    return float(minimize_scalar(surprise, bounds=(0.3, 4.0), method="bounded").x)


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
