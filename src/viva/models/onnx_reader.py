"""The reader that is part of viva: a small transformer over an answer and a statement together, without torch.

Its folder is a Hugging Face `BertForSequenceClassification`, which sentence-transformers' `CrossEncoder` opens as it
is; the weights are floats of eight bits (E4M3). Beside it lies `graph.onnx`, the same network for onnxruntime without
its weights, which are brought to whole numbers up to 64 as they are read: sums of products of these overflow
nowhere, so that every processor computes the same. Each pair runs by itself, its activations scaled token by token: no
padding, and the same numbers in any company. Threads share the pairs.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from viva.errors import ModelError
from viva.i18n import tr
from viva.models.checkpoint import content_hash
from viva.models.embedded import open_tokenizer, sound
from viva.models.weights import decode_e4m3, read_tensors
from viva.models.windows import most_telling, windows
from viva.reasons import why
from viva.types import Pair, Reading

EMBEDDED_FOLDER = Path(__file__).resolve().parent / "reader_model"
GRAPH = "graph.onnx"
_WINDOW = 256  # tokens of a pair; training saw no longer ones
_STATEMENT = 128  # tokens of a statement; the rest of a longer one is not read
_START, _END = 0, 2  # pieces that begin and end a text
_LAST_SIGN = 2  # the highest of the pieces that are no text; whoever types one has typed nothing
_MOST_THREADS = 8
_MOST_WEIGHT = 64.0  # two products with activations of eight bits, 2 × 255 × 64, still fit sixteen bits
_TABLES = "bert.embeddings."


class ContextualReader:
    """A reader over a folder with `graph.onnx`; safe to use from several threads."""

    def __init__(self, folder: Path, name: str | None = None) -> None:
        """Open the folder; `name` is what `model_id` starts with, by default the folder's own name.

        Raises:
            ModelError: a file is missing, damaged, or does not fit the others.
        """
        self._name = name or folder.resolve().name
        self._folder = folder
        self._tokenizer = open_tokenizer(folder / "tokenizer.json")
        tensors = read_tensors(folder / "model.safetensors")
        try:
            self._pieces = tensors[f"{_TABLES}word_embeddings.weight"]
            places = tensors[f"{_TABLES}position_embeddings.weight"]
            self._places = places.astype(np.float32) + tensors[f"{_TABLES}token_type_embeddings.weight"][0]
            self._weights = _initializers(tensors)  # the session looks into their memory
            self._session = _session(folder / GRAPH, self._weights)
        except (KeyError, ValueError, RuntimeError) as error:
            raise ModelError(
                tr(
                    "the reader in {folder} cannot be opened ({reason}): put a fresh copy of the model there",
                    folder=folder,
                    reason=why(error).splitlines()[0][:160],
                )
            ) from error
        self._threads = ThreadPoolExecutor(min(_MOST_THREADS, os.cpu_count() or 1), thread_name_prefix="reader")

    @property
    def model_id(self) -> str:
        """Name and content hash."""
        return f"{self._name}@{content_hash(self._folder)}"

    def read(self, pairs: Sequence[Pair]) -> NDArray[np.float32]:
        """Return the probability of each `Reading`, shape (len(pairs), 4)."""
        probabilities = np.zeros((len(pairs), len(Reading)), dtype=np.float32)
        probabilities[:, Reading.ABSENT] = 1.0
        ids = self._ids(sorted({text for pair in pairs for text in pair}))
        spoken = [row for row, pair in enumerate(pairs) if all(ids[text] for text in pair)]
        cut = [windowed(ids[pairs[row][0]], ids[pairs[row][1]]) for row in spoken]
        logits = iter(list(self._threads.map(self._logits, [each for group in cut for each in group])))
        for row, group in zip(spoken, cut, strict=True):
            probabilities[row] = most_telling(_softmax(np.stack([next(logits) for _ in group])))
        return probabilities

    def _ids(self, texts: list[str]) -> dict[str, list[int]]:
        codes = self._tokenizer.encode_batch_fast(sound(texts), add_special_tokens=False)
        return {text: [id_ for id_ in code.ids if id_ > _LAST_SIGN] for text, code in zip(texts, codes, strict=True)}

    def _logits(self, ids: list[int]) -> NDArray[np.float32]:
        vectors = decode_e4m3(self._pieces[ids]) + self._places[: len(ids)]
        logits: NDArray[np.float32] = self._session.run(None, {"embeddings": vectors[None]})[0][0]
        return logits


def holds_graph(folder: Path) -> bool:
    """Whether the folder is one for this reader."""
    return (folder / GRAPH).is_file()


def windowed(answer: Sequence[int], statement: Sequence[int]) -> list[list[int]]:
    """Return the tokens of a pair as the model reads them, once for each window of the answer."""
    after_answer = [_END, _END, *statement[:_STATEMENT], _END]
    return [[_START, *window, *after_answer] for window in windows(answer, _WINDOW - 1 - len(after_answer))]


def _session(path: Path, weights: dict[str, NDArray[Any]]) -> Any:
    """Return the network over these weights, which must outlive it.

    Raises:
        RuntimeError: the file is missing, damaged, or wants other weights.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    values = [onnxruntime.OrtValue.ortvalue_from_numpy(value) for value in weights.values()]
    options.add_external_initializers(list(weights), values)
    try:
        return onnxruntime.InferenceSession(path.read_bytes(), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime has a dozen kinds, none of them public
        raise RuntimeError(why(error)) from error


def _initializers(tensors: dict[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """Return the weights as the graph takes them: whole numbers (in, out) with a scale for each output, or floats."""
    made: dict[str, NDArray[Any]] = {}
    names = [name for name in tensors if not name.startswith(_TABLES) or "LayerNorm" in name]
    whole = [name for name in names if ".layer." in name and tensors[name].ndim == 2]
    with ThreadPoolExecutor(2) as threads:
        for name, (numbers, scale) in zip(whole, threads.map(lambda name: _whole(tensors[name]), whole), strict=True):
            made[name], made[f"{name}.scale"] = numbers, scale
    return {**{name: np.ascontiguousarray(tensors[name]) for name in names if name not in made}, **made}


def _whole(codes: NDArray[np.uint8]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    values = decode_e4m3(codes)
    scale = np.maximum(np.abs(values).max(axis=1), 1e-12) / np.float32(_MOST_WEIGHT)
    values /= scale[:, None]
    return np.ascontiguousarray(np.rint(values, out=values).astype(np.int8).T), scale


def _softmax(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    shifted = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=1, keepdims=True), dtype=np.float32)
