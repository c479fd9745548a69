"""Runs one command in a process of its own and measures it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Run:
    """What one run of a command took."""

    seconds: float
    """Wall time from just before the start until the process has ended."""
    peak_mib: float | None
    """Largest resident set in MiB; None where the system does not tell."""
    output: str


def run(command: Sequence[str | Path], env: Mapping[str, str], cwd: Path) -> Run:
    """Run `command` to its end and return what it took.

    The peak comes from `wait4`, so it is this child's alone. Linux counts the parent's memory at the moment of the
    fork into it: whoever calls this must stay small, and the modules of this package that run children import neither
    numpy nor viva.

    Raises:
        RuntimeError: the command failed; a benchmark of a failure would mislead.
    """
    output = cwd / "output"
    with output.open("wb") as out, (cwd / "errors").open("wb") as err:
        start = time.perf_counter()
        process = subprocess.Popen([str(part) for part in command], stdout=out, stderr=err, env=dict(env), cwd=cwd)
        status, peak = _wait(process)
        seconds = time.perf_counter() - start
    if status != 0:
        errors = (cwd / "errors").read_text(encoding="utf-8", errors="replace")
        raise RuntimeError(f"{' '.join(str(part) for part in command)} ended with {status}:\n{errors[-2000:]}")
    return Run(seconds, peak, output.read_text(encoding="utf-8"))


def _wait(process: subprocess.Popen[bytes]) -> tuple[int, float | None]:
    if not hasattr(os, "wait4"):
        return process.wait(), None
    _pid, raw, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(raw)
    unit = 1 if sys.platform == "darwin" else 1024
    return process.returncode, usage.ru_maxrss * unit / 2**20
