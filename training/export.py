"""Writes a trained table as a model folder that viva, sentence-transformers and model2vec open alike."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

_LEVELS = 127
_LEAST = 1e-30
"""A row with nothing above this is kept as zeros: dividing by it would overflow."""


def rotated(table: NDArray[np.float32], counts: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return the table turned so that its first dimensions carry the most: cosines stay, and a prefix is of use.

    The axes are the principal directions of the token vectors, each weighted by the square root of its count.
    """
    weighted = table * np.sqrt(counts.astype(np.float64))[:, None]
    _, directions = np.linalg.eigh(weighted.T @ weighted)
    return np.asarray(table @ directions[:, ::-1], dtype=np.float32)


def quantised(table: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Return the table as whole numbers from -127 to 127, and what each row is multiplied by."""
    peaks = np.abs(table).max(axis=1)
    scales = np.where(peaks > _LEAST, peaks / _LEVELS, 1.0).astype(np.float32)
    return np.rint(table / scales[:, None]).astype(np.int8), scales


def write(folder: Path, tokenizer: Any, table: NDArray[np.float32]) -> None:
    """Write the model's files; what else lies in the folder stays."""
    from safetensors.numpy import save_file

    folder.mkdir(parents=True, exist_ok=True)
    embeddings, scales = quantised(table)
    save_file({"embeddings": embeddings, "weights": scales}, folder / "model.safetensors")
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    module = "sentence_transformers.models."
    modules = [
        {"idx": 0, "name": "0", "path": ".", "type": f"{module}StaticEmbedding"},
        {"idx": 1, "name": "1", "path": "1_Normalize", "type": f"{module}Normalize"},
    ]
    _write_json(folder / "modules.json", modules)
    _write_json(folder / "config.json", {"normalize": True, "max_length": 512, "embedding_dtype": "int8"})


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")
