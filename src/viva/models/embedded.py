"""Static-embedding models: a text is the mean of its token vectors, made a unit vector.

The folder format is sentence-transformers' own (`StaticEmbedding`), which model2vec writes too; both give the same
vectors as this module. It is read here with numpy and tokenizers alone because that starts four times faster than
either. Unlike model2vec (512 tokens), nothing is ever cut off: a long text is averaged whole.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from viva.errors import ModelError
from viva.i18n import tr
from viva.models.alignment import Words
from viva.models.weights import read_tensors
from viva.reasons import why
from viva.types import TextKind

EMBEDDED_FOLDER = Path(__file__).resolve().parent / "model"
_BATCH = 1024
_PIECE = 20_000  # characters tokenised at a time: a token object takes a hundred times the room of a character
_SHORTEST = 1e-12
_COUNTED = 256  # tokens from which rows are counted first, so that memory is bounded by the vocabulary


class StaticModel:
    """An encoder over a folder in StaticEmbedding format; safe to use from several threads."""

    def __init__(self, folder: Path, name: str | None = None) -> None:
        """Open the folder; `name` is what `model_id` starts with, by default the folder's own name.

        Raises:
            ModelError: a file is missing, damaged, or does not fit the others.
        """
        place = static_folder(folder)
        if place is None:
            raise ModelError(
                tr("{folder} is not a static-embedding model: its modules.json names other parts", folder=folder)
            )
        self.folder = folder
        """The folder it was opened from."""
        weights, tokenizer = place / "model.safetensors", place / "tokenizer.json"
        self._identity = _Identity(name or folder.resolve().name, (weights, tokenizer))
        tensors = read_tensors(weights)
        self._table = _table(tensors, weights)
        self._mapping: NDArray[np.int64] | None = tensors.get("mapping")
        self._scale: NDArray[np.floating[Any]] | None = tensors.get("weights")
        self._tokenizer = open_tokenizer(tokenizer)
        self._check_vocabulary(tokenizer)
        self._unknown = _unknown_id(self._tokenizer)

    @property
    def model_id(self) -> str:
        """Name and content hash of weights and tokenizer."""
        return self._identity.text

    @property
    def digest(self) -> str:
        """The content hash alone: equal for equal models, whatever they are called."""
        return self.model_id.rpartition("@")[2]

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._table.shape[1])

    def encode(self, texts: Sequence[str], kind: TextKind = "passage") -> NDArray[np.float32]:  # noqa: ARG002
        """Return float32 unit vectors of shape (len(texts), dimension); queries and passages are treated alike.

        A text without known tokens gives zeros.
        """
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for start in range(0, len(texts), _BATCH):
            batch = [self._known(ids) for ids in self._token_ids(sound(texts[start : start + _BATCH]))]
            vectors[start : start + _BATCH] = self._sums(batch)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        np.divide(vectors, lengths, out=vectors, where=lengths > 0)
        return vectors

    def words(self, texts: Sequence[str]) -> list[Words]:
        """Return the tokens of each text in their order.

        What a token tells is the length of its row: training made the rows of empty words short.
        """
        numbers = [self._known(ids) for ids in self._token_ids(sound(texts))]
        together = np.concatenate([np.zeros(0, dtype=np.int64), *numbers])
        distinct, places = np.unique(together, return_inverse=True)
        rows = self._rows(distinct)
        lengths = np.linalg.norm(rows, axis=1)
        rows /= np.maximum(lengths, _SHORTEST)[:, None]
        found, start = [], 0
        for ids in numbers:
            ours = places[start : start + len(ids)]
            found.append(Words(rows, ours, lengths[ours]))
            start += len(ids)
        return found

    def table(self) -> NDArray[np.float32]:
        """Return the vectors of all tokens, shape (tokens, dimension); row 0 belongs to no token of a text."""
        rows = self._table.shape[0] if self._mapping is None else self._mapping.shape[0]
        return self._rows(np.arange(rows))

    def _check_vocabulary(self, path: Path) -> None:
        known = self._mapping.shape[0] if self._mapping is not None else self._table.shape[0]
        if self._tokenizer.get_vocab_size() > known:
            raise ModelError(
                tr("{path} has more tokens than the weights beside it have rows: the model is damaged", path=path)
            )

    def _token_ids(self, texts: Sequence[str]) -> Iterator[list[int]]:
        if len(texts) > 1 and max(map(len, texts)) <= _PIECE:
            encodings = self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
            yield from (encoding.ids for encoding in encodings)
            return
        for text in texts:
            ids: list[int] = []
            for start in range(0, len(text), _PIECE):
                ids.extend(self._tokenizer.encode(text[start : start + _PIECE], add_special_tokens=False).ids)
            yield ids

    def _known(self, ids: list[int]) -> NDArray[np.int64]:
        found = np.asarray(ids, dtype=np.int64)
        return found if self._unknown is None else found[found != self._unknown]

    def _sums(self, batch: list[NDArray[np.int64]]) -> NDArray[np.float32]:
        """Return the sum of each text's rows: its direction is the mean's, and its length is mended later.

        Rows are added token by token over all texts at once, longest text first: six times faster here than
        `np.add.reduceat`, and a text gets the same vector in any company.
        """
        lengths = np.array([len(ids) for ids in batch])
        order = np.argsort(-lengths, kind="stable")
        sums = np.zeros((len(batch), self.dimension), dtype=np.float32)
        long = int(np.count_nonzero(lengths > _COUNTED))
        for place in range(long):
            distinct, counts = np.unique(batch[order[place]], return_counts=True)
            sums[place] = counts.astype(np.float32) @ self._rows(distinct)
        self._add_tokens(sums[long:], [batch[row] for row in order[long:]], lengths[order[long:]])
        unsorted = np.empty_like(sums)
        unsorted[order] = sums
        return unsorted

    def _add_tokens(
        self, sums: NDArray[np.float32], batch: list[NDArray[np.int64]], lengths: NDArray[np.int64]
    ) -> None:
        """Add the rows of texts that are sorted from long to short."""
        if not len(batch) or not lengths[0]:
            return
        if len(batch) == 1:  # a query: the first np.unique of a process costs 9 ms, for it loads numpy.ma
            distinct, where = batch[0], np.arange(len(batch[0]))
        else:
            distinct, where = np.unique(np.concatenate(batch), return_inverse=True)
        rows = self._rows(distinct)
        starts = np.cumsum(lengths) - lengths
        for token, longer in enumerate(np.searchsorted(-lengths, -np.arange(lengths[0])).tolist()):
            sums[:longer] += rows[where[starts[:longer] + token]]

    def _rows(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        rows = self._table[ids if self._mapping is None else self._mapping[ids]].astype(np.float32)
        if self._scale is not None:
            rows *= self._scale[ids, None].astype(np.float32)
        return np.asarray(rows)


class _Identity:
    """Hashes the model's files in a thread while the tokenizer is read: 20 MB take 18 ms of a cold start otherwise."""

    def __init__(self, name: str, files: Sequence[Path]) -> None:
        self._name = name
        self._files = files
        self._digest = ""
        self._error: OSError | None = None
        self._thread = threading.Thread(target=self._hash, daemon=True)
        self._thread.start()

    def _hash(self) -> None:
        whole = hashlib.sha256()
        try:
            for path in self._files:
                with path.open("rb") as stream:
                    whole.update(hashlib.file_digest(stream, "sha256").digest())
        except OSError as error:
            self._error = error
        self._digest = whole.hexdigest()[:16]

    @property
    def text(self) -> str:
        self._thread.join()
        if self._error is not None:
            raise ModelError(
                tr(
                    "the model file {path} cannot be read ({reason})",
                    path=self._error.filename,
                    reason=why(self._error),
                )
            )
        return f"{self._name}@{self._digest}"


def static_folder(folder: Path) -> Path | None:
    """Return where the weights of a StaticEmbedding model lie in `folder`, or None when it is another kind of model.

    Raises:
        ModelError: `modules.json` is damaged.
    """
    path = folder / "modules.json"
    if not path.is_file():
        return None
    try:
        modules = json.loads(path.read_text(encoding="utf-8"))
        kinds = [str(module["type"]).rpartition(".")[2] for module in modules]
        where = str(modules[0]["path"]) if modules else ""
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            tr("{path} cannot be read ({error}): put a fresh copy of the model there", path=path, error=why(error))
        ) from error
    if kinds not in (["StaticEmbedding"], ["StaticEmbedding", "Normalize"]):
        return None
    return folder / where


def sound(texts: Sequence[str]) -> list[str]:
    """Return the texts without lone surrogates, which a broken terminal can send and no tokenizer takes."""
    return [text.encode("utf-8", "replace").decode() for text in texts]


def _table(tensors: dict[str, NDArray[Any]], path: Path) -> NDArray[np.floating[Any]]:
    for name in ("embeddings", "embedding.weight"):
        table = tensors.get(name)
        if table is not None and table.ndim == 2 and table.dtype.kind in "fi":
            return table
    raise ModelError(tr("{path} holds no table of token vectors: it is not a static-embedding model", path=path))


def open_tokenizer(path: Path) -> Any:
    """Return the tokenizer of a file, which neither pads nor cuts off. Raises ModelError."""
    from tokenizers import Tokenizer

    if not path.is_file():
        raise ModelError(tr("the model file {path} is missing: put a fresh copy of the model there", path=path))
    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as error:  # the library raises a bare Exception
        raise ModelError(
            tr("the model file {path} is damaged: put a fresh copy of the model there", path=path)
        ) from error
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def _unknown_id(tokenizer: Any) -> int | None:
    """Return the id of the unknown token, which carries no meaning; a Unigram model names it by its place only."""
    name = getattr(tokenizer.model, "unk_token", None)
    if name is None:
        name = next((token for token in ("[UNK]", "<unk>") if tokenizer.token_to_id(token) is not None), None)
    return None if name is None else tokenizer.token_to_id(name)
