"""Unpacking what zstd packed, no more of it than wanted: a few bytes may be packed gigabytes."""

from __future__ import annotations

import sys

from viva.i18n import tr
from viva.reasons import why

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

_WINDOW = 27
"""Bytes the unpacking looks back, as a power of two: 128 MiB, the most that zstd itself takes unasked."""
_STEP = 1 << 20


def unpacked(data: bytes, most: int) -> bytes:
    """Return the first frame of `data` unpacked, of a longer one a little more than `most` bytes.

    Raises:
        ValueError: It is damaged, or ends too early; the text of it says so.
    """
    packed = zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: _WINDOW})
    parts: list[bytes] = []
    size = 0
    try:
        while not packed.eof and size <= most:
            if packed.needs_input and parts and not data:
                raise ValueError(tr("it ends too early"))
            parts.append(packed.decompress(data, _STEP))
            data = b""
            size += len(parts[-1])
    except (zstd.ZstdError, EOFError) as error:
        raise ValueError(why(error)) from error
    return b"".join(parts)
