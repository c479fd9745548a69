"""Reads tensors from a safetensors file as memory maps, with nothing but numpy.

The format is eight bytes of header length (little-endian), a JSON header of names, types, shapes and offsets, and the
raw numbers (https://huggingface.co/docs/safetensors). Nothing is unpickled, and only the rows in use are ever read.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from viva.errors import ModelError
from viva.i18n import tr
from viva.reasons import why

_TYPES = {"F16": "<f2", "F32": "<f4", "F64": "<f8", "I64": "<i8", "I32": "<i4", "I8": "<i1", "F8_E4M3": "u1"}
"""Names of the format, and numpy's. It has no floats of eight bits: these come as codes, for `decode_e4m3`."""
_MOST_HEADER_BYTES = 100_000_000


def read_tensors(path: Path) -> dict[str, NDArray[Any]]:
    """Return the tensors of a safetensors file by name, as read-only memory maps.

    Raises:
        ModelError: the file is missing, cut short, or holds something else.
    """
    with _translate_errors(path):
        size = path.stat().st_size
        header, start = _header(path, size)
        return {name: _tensor(path, about, start, size) for name, about in header.items() if name != "__metadata__"}


@contextmanager
def _translate_errors(path: Path) -> Iterator[None]:
    """Say of any error in the file what to do about it."""
    try:
        yield
    except OSError as error:
        raise ModelError(
            tr(
                "the model file {path} cannot be read ({reason}): give another model",
                path=path,
                reason=why(error),
            )
        ) from error
    except (ValueError, KeyError, TypeError, struct.error) as error:
        raise ModelError(
            tr(
                "the model file {path} is damaged ({error}): put a fresh copy of the model there",
                path=path,
                error=why(error),
            )
        ) from error


def _header(path: Path, size: int) -> tuple[dict[str, dict[str, Any]], int]:
    with path.open("rb") as stream:
        (length,) = struct.unpack("<Q", stream.read(8))
        if length > min(size - 8, _MOST_HEADER_BYTES):
            raise ValueError(tr("its header is longer than the file"))
        header = json.loads(stream.read(length))
    if not isinstance(header, dict):
        raise TypeError(tr("its header is no table of tensors"))
    return header, 8 + length


def _tensor(path: Path, about: dict[str, Any], start: int, size: int) -> NDArray[Any]:
    kind = str(about["dtype"])
    if kind not in _TYPES:
        raise ValueError(tr("numbers of type {kind} are not supported", kind=kind))
    first, end = about["data_offsets"]
    shape = tuple(int(length) for length in about["shape"])
    if start + end > size:
        raise ValueError(tr("{size:,} bytes where {expected:,} are expected", size=size, expected=start + end))
    count = int(np.prod(shape, dtype=np.int64))
    if count * np.dtype(_TYPES[kind]).itemsize != end - first or count == 0:
        raise ValueError(tr("its shapes do not fit its size"))
    return np.memmap(path, dtype=_TYPES[kind], mode="r", offset=start + first, shape=shape)


@cache
def _e4m3() -> NDArray[np.float32]:
    """Return the value of each code: a sign, four bits of exponent, three of mantissa (https://arxiv.org/abs/2209.05433)."""
    codes = np.arange(256)
    exponent, mantissa = (codes >> 3) & 15, codes & 7
    size = np.where(exponent, np.ldexp(1 + mantissa / 8, exponent - 7), np.ldexp(mantissa / 8, -6))
    return np.where(codes & 128, -size, size).astype(np.float32)


def decode_e4m3(codes: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return the numbers that codes of type F8_E4M3 stand for; the code for no number is never written."""
    return np.asarray(_e4m3()[codes])
