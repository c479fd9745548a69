"""The manifest of an index: what it was built from, and how to tell that it is whole."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from viva.i18n import tr
from viva.types import Entry

FORMAT = 1
"""Another value means that an index was laid out differently and has to be built again."""
NAME = "manifest.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What stands in `manifest.json`."""

    format: int
    model: str
    """`Encoder.model_id`."""
    dimension: int
    chunker: str
    """`notes.chunker.CHUNKER_VERSION`."""
    notes: str
    """`digest` of the entries."""
    entries: int
    texts: int
    """Texts that were embedded: questions, passages, whole entries."""
    generation: str
    """The folder beside the manifest that holds the files."""
    checksums: dict[str, str]
    """SHA-256 of each file by its name."""

    def write(self, path: Path) -> None:
        """Write the manifest with a checksum of its own. Raises OSError."""
        body = asdict(self)
        text = json.dumps({**body, "checksum": _checksum(body)}, ensure_ascii=False, indent=2)
        path.write_text(text + "\n", encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> Manifest:
        """Read a manifest. Raises ValueError when it is damaged or of another format, or OSError."""
        body = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(body, dict) or body.get("format") != FORMAT:
            raise OtherFormatError
        checksum = body.pop("checksum", None)
        if checksum != _checksum(body):
            raise ValueError(tr("{name} is damaged", name=path.name))
        return cls(**body)


class OtherFormatError(ValueError):
    """The index was written by another version of viva."""

    def __str__(self) -> str:
        return tr("it was written by another version of viva")


def _checksum(body: dict[str, object]) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def digest(entries: Sequence[Entry]) -> str:
    """Return a hash of all that the index depends on: texts, and lines counted from each question.

    Files, lines above and tags are not in it: they are taken from the entries when a hit is shown, so that renaming a
    file costs nothing.
    """
    whole = hashlib.sha256()
    for entry in entries:
        text = (
            f"{len(entry.question)} {entry.end_line - entry.line} {len(entry.answer)}\0{entry.question}{entry.answer}"
        )
        whole.update(text.encode("utf-8", "surrogatepass"))
    return whole.hexdigest()


def file_checksum(path: Path) -> str:
    """Return the SHA-256 of a file. Raises OSError."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
