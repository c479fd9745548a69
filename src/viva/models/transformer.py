"""Any sentence-transformers model, by folder or by its name on the hub. The only place that loads torch.

Weights are read from safetensors only and no code of the model is run. Queries and passages get the prefixes saved with
the model, else those its family is known to need. Texts longer than the model's window are encoded in pieces and
averaged, where the library would silently cut them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from viva.errors import ModelError
from viva.i18n import tr
from viva.models.checkpoint import check_safe, content_hash, fetch, known_name, saved_prompts
from viva.models.embedded import StaticModel, static_folder
from viva.reasons import why
from viva.types import Encoder, Notify, TextKind

_FAMILIES: tuple[tuple[str, str, str], ...] = (
    (r"\be5-.*instruct", "Instruct: Given a question, retrieve passages that answer it\nQuery: ", ""),
    (r"\b(?:multilingual-)?e5-(?:small|base|large)", "query: ", "passage: "),
    (r"\bbge-(?:small|base|large)-zh", "为这个句子生成表示以用于检索相关文章：", ""),
    (r"\bbge-(?:small|base|large)-en", "Represent this sentence for searching relevant passages: ", ""),
)
"""Name, prefix of a query, prefix of a passage, as the models' cards on the Hugging Face hub give them."""

_QUERY_NAMES = ("query",)
_PASSAGE_NAMES = ("passage", "document", "corpus")


def open_folder(folder: Path, name: str | None = None) -> Encoder:
    """Open a sentence-transformers model in a folder.

    Raises:
        ModelError: it is not one, is damaged, or is not safe to load.
    """
    if static_folder(folder) is not None:
        return StaticModel(folder, name)
    return TransformerModel(folder, name or folder.resolve().name)


def open_hub(name: str, *, notify: Notify) -> Encoder:
    """Open a model by its name on the Hugging Face hub, from the cache when it is there.

    Raises:
        ModelError: it cannot be found, downloaded, or safely loaded.
    """
    return open_folder(fetch(name, notify), name)


class TransformerModel:
    """An encoder over a sentence-transformers model."""

    def __init__(self, folder: Path, name: str) -> None:
        check_safe(folder)
        self._model_id = f"{name}@{content_hash(folder)}"
        self._prefixes = prefixes(saved_prompts(folder), known_name(folder, name))
        self._model = load(folder, "SentenceTransformer")
        self._dimension = int(self._encode(["."], "passage").shape[1])

    @property
    def model_id(self) -> str:
        """Name and content hash."""
        return self._model_id

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._dimension

    def encode(self, texts: Sequence[str], kind: TextKind = "passage") -> NDArray[np.float32]:
        """Return float32 unit vectors of shape (len(texts), dimension); an empty text gives zeros."""
        pieces = [self._pieces(text, kind) if text.strip() else [] for text in texts]
        flat = [piece for group in pieces for piece in group]
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        if not flat:
            return vectors
        encoded = self._encode(flat, kind)
        start = 0
        for row, group in enumerate(pieces):
            if group:
                shares = np.array([len(piece) for piece in group], dtype=np.float32)
                vectors[row] = shares @ encoded[start : start + len(group)]
            start += len(group)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        np.divide(vectors, lengths, out=vectors, where=lengths > 0)
        return vectors

    def _encode(self, texts: list[str], kind: TextKind) -> NDArray[np.float32]:
        encode = self._model.encode_query if kind == "query" else self._model.encode_document
        found = encode(texts, prompt=self._prefixes[kind], show_progress_bar=False, normalize_embeddings=True)
        return np.ascontiguousarray(found, dtype=np.float32)

    def _pieces(self, text: str, kind: TextKind) -> list[str]:
        """Return `text` in pieces that fit the model's window."""
        window: float | None = self._model.max_seq_length
        if window is None or window > len(text) * 3 + 64:
            return [text]
        prefix = self._prefixes[kind]

        def fits(piece: str) -> bool:
            return self._tokens(prefix + piece) <= window

        return split_to_fit(text, fits)

    def _tokens(self, text: str) -> int:
        return len(self._model.tokenizer(text, truncation=False, verbose=False)["input_ids"])


def split_to_fit(text: str, fits: Callable[[str], bool]) -> list[str]:
    """Halve `text` near its middle, at a blank where there is one, until each piece fits; nothing is lost."""
    if len(text) < 2 or fits(text):
        return [text]
    middle = len(text) // 2
    blank = text.rfind(" ", len(text) // 3, middle) + 1
    cut = blank or middle
    return [*split_to_fit(text[:cut], fits), *split_to_fit(text[cut:], fits)]


def prefixes(saved: dict[str, str], name: str) -> dict[TextKind, str]:
    """Return what to put before queries and passages: what the model brings, else what its family needs."""
    query = next((saved[key] for key in _QUERY_NAMES if saved.get(key)), None)
    passage = next((saved[key] for key in _PASSAGE_NAMES if saved.get(key)), None)
    if query is None and passage is None:
        for family, for_query, for_passage in _FAMILIES:
            if re.search(family, name):
                return {"query": for_query, "passage": for_passage}
    return {"query": query or "", "passage": passage or ""}


def load(folder: Path, kind: str) -> Any:
    """Return the model of a folder as a class of sentence-transformers, this one by name. Raises ModelError."""
    try:
        import sentence_transformers
        from transformers.utils import logging
    except ImportError as error:
        raise ModelError(tr("this model needs sentence-transformers: `pip install sentence-transformers`")) from error

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        return getattr(sentence_transformers, kind)(
            str(folder), local_files_only=True, trust_remote_code=False, model_kwargs={"use_safetensors": True}
        )
    except Exception as error:  # the libraries raise a dozen kinds for a folder that is not right
        reason = (why(error).strip() or type(error).__name__).splitlines()[0][:160]
        raise ModelError(
            tr("the model in {folder} cannot be opened ({reason}): give another model", folder=folder, reason=reason)
        ) from error
