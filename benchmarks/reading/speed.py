"""What reading costs: to load, for one answer, for many, and on disk."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

from viva.models.embedded import EMBEDDED_FOLDER as ENCODER
from viva.models.onnx_reader import EMBEDDED_FOLDER as READER
from viva.models.reader import open_reader, statement

_SHORT = "the pump lifts water from the lower tank because the motor turns the wheel"
_ANSWER = " ".join([f"{_SHORT} and the pressure falls at its centre"] * 3)  # sixty words
_POINTS = ("water is lifted from the lower tank", "pressure falls at the centre", "a motor turns the wheel",
           "needs priming", "the seal keeps air out", "flow grows with speed")  # fmt: skip
_ROUNDS = 40


def table(name: str | None) -> dict[str, float]:
    """Measure and print."""
    found = {**cold(name), **warm(name), "MB that the wheel ships for meaning": megabytes()}
    print("\n| cost | |\n|---|---|")
    for what, value in found.items():
        print(f"| {what} | {value:.3g} |")
    return found


def cold(name: str | None) -> dict[str, float]:
    """Load the reader in a process of its own (Linux); its memory is what comes on top of numpy and tokenizers."""
    code = (
        "import json,re,sys,time; import numpy, tokenizers\n"
        "peak=lambda: int(re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())[1])\n"
        "before=peak(); begun=time.perf_counter()\n"
        "from viva.models.reader import open_reader\n"
        f"reader=open_reader({name!r}, notify=print); taken=time.perf_counter()-begun\n"
        "print(json.dumps([taken,(peak()-before)/1024,'torch' in sys.modules]))"
    )
    runs = [
        json.loads(subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout)
        for _ in range(5)
    ]
    assert not any(run[2] for run in runs), "torch was imported"
    return {
        "load, s": float(np.median([run[0] for run in runs])),
        "load, MiB": float(np.median([run[1] for run in runs])),
    }


def warm(name: str | None) -> dict[str, float]:
    """Read an answer of sixty words beside six points, and many short answers."""
    reader = open_reader(name, notify=print)
    assert reader is not None
    pairs = [(_ANSWER, statement("How does a centrifugal pump work?", point)) for point in _POINTS]
    reader.read(pairs)
    times = []
    for _ in range(_ROUNDS):
        begun = time.perf_counter()
        reader.read(pairs)
        times.append(time.perf_counter() - begun)
    many = [(_SHORT, point) for point in _POINTS * 20]
    begun = time.perf_counter()
    reader.read(many)
    return {
        "six points and an answer of 60 words, p50 ms": float(np.median(times)) * 1000,
        "the same, p95 ms": float(np.quantile(times, 0.95)) * 1000,
        "pairs a second, answers of 14 words": len(many) / (time.perf_counter() - begun),
        "cores": float(os.cpu_count() or 1),
    }


def megabytes() -> float:
    """Return the size of the two models' folders, in millions of bytes."""
    return sum(path.stat().st_size for folder in (ENCODER, READER) for path in Path(folder).rglob("*")) / 1e6
