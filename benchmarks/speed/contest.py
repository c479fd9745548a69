"""Who takes part, and the rounds: every program once a round, in turn, so that a busy moment hits all alike."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.speed.children import Run, run
from benchmarks.speed.first_frame import first_frame
from benchmarks.speed.keys import feedback, keys, leaving

if TYPE_CHECKING:
    from collections.abc import Sequence

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
VIVA = Path(sys.executable).with_name("viva")
MODEL = ROOT / "src" / "viva" / "models" / "model"

PLAIN = "plain script: sentence-transformers + FAISS"
LEAN = "plain script: model2vec + FAISS"
SEARCH = "viva search"
INDEX = "viva index --rebuild, from nothing"
HELP = "viva --help"
QUESTIONS = "viva questions"
DUE = "viva due"
FRAME = "viva, first frame"
EMPTY = "empty Textual app, first frame"
LEFT = "viva, from q to its end, notes watched"


@dataclass(frozen=True, slots=True)
class Figure:
    """The runs of one program, the first (cold file cache) left out."""

    name: str
    seconds: tuple[float, ...]
    peaks_mib: tuple[float, ...]
    """Empty where memory is not measured."""

    @property
    def median_seconds(self) -> float:
        """Median wall time."""
        return median(self.seconds)

    @property
    def median_mib(self) -> float | None:
        """Median of the runs' peaks, or None."""
        return median(self.peaks_mib) if self.peaks_mib else None


class Contest:
    """The programs over the same notes, each started from nothing in a scratch folder."""

    def __init__(self, kb: Path, query: str, scratch: Path) -> None:
        self.kb = kb.resolve()
        self.query = query
        self.scratch = scratch
        self.index = scratch / "index"
        self.env = {**os.environ, "VIVA_HOME": str(scratch / "home"), "HF_HUB_OFFLINE": "1", "NO_COLOR": "1"}
        self.env |= {
            "VIVA_LANGUAGE": "en",
            "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")])),
        }
        self.env.pop("PYTHONDONTWRITEBYTECODE", None)  # whoever installs a program has its bytecode cached
        self._fresh = 0

    def prepare(self) -> None:
        """Build what both kinds of search find ready: viva's index, and the plain scripts' passages and index."""
        self._run(self._viva("index"))
        listed = json.loads(self._run(self._viva("questions", "--json", index=False)).output)["questions"]
        passages = [f"{entry['question']}\n{entry['answer']}" for entry in listed]
        (self.scratch / "passages.json").write_text(json.dumps(passages, ensure_ascii=False), encoding="utf-8")
        self._run([sys.executable, HERE / "plain_transformers.py", MODEL, self.scratch, "--build"])

    def play(self, rounds: int) -> dict[str, Figure]:
        """Run every program `rounds` times and once before, to warm the file cache."""
        programs: dict[str, list[str | Path]] = {
            PLAIN: self._plain("plain_transformers.py"),
            SEARCH: self._viva("search", self.query, "--json"),
            LEAN: self._plain("plain_model2vec.py"),
            HELP: [VIVA, "--help"],
            QUESTIONS: self._viva("questions", "--json", index=False),
            DUE: self._viva("due", "--json", index=False),
        }
        runs: dict[str, list[Run]] = {name: [] for name in (*programs, INDEX)}
        frames: dict[str, list[float]] = {FRAME: [], EMPTY: [], LEFT: []}
        for turn in range(rounds + 1):
            for name, command in programs.items():
                runs[name].append(self._run(command))
            runs[INDEX].append(self._run(self._from_nothing()))
            frames[FRAME].append(self._frame(self._viva(), "viva"))
            frames[EMPTY].append(self._frame([sys.executable, HERE / "empty_app.py"], "empty app"))
            frames[LEFT].append(leaving(self._viva(), self.env, self.scratch))
            print(f"round {turn} of {rounds}", file=sys.stderr)
        return {
            **{name: _figure(name, list_of_runs[1:]) for name, list_of_runs in runs.items()},
            **{name: Figure(name, tuple(seconds[1:]), ()) for name, seconds in frames.items()},
        }

    def warm(self) -> dict[str, dict[str, float]]:
        """Return latencies inside one open workspace (see `warm.py`), and those of feedback on the screen."""
        ran = self._run([sys.executable, "-m", "benchmarks.speed.warm", self.kb, self.index])
        measured: dict[str, dict[str, float]] = json.loads(ran.output)
        env = {**self.env, "VIVA_HOME": str(self.scratch / "asked")}
        for setting in (("follow_ups", "false"), ("count", "40")):
            run([VIVA, "config", "set", *setting], env, self.scratch)
        return {**measured, **feedback(self._viva(), env, self.scratch)}

    def press(self, questions: int) -> dict[str, dict[str, float]]:
        """Return how long after a key its effect is on the screen, over so many made-up questions; see `keys.py`."""
        notes, index = self.scratch / "many.md", self.scratch / "many-index"
        self._run([sys.executable, "-m", "benchmarks.speed.many_notes", notes, str(questions)])
        self._run([VIVA, "index", "--kb", notes, "--index", index])
        return keys([VIVA, "--kb", notes, "--index", index], self.env, self.scratch)

    def _viva(self, *arguments: str, index: bool = True) -> list[str | Path]:
        flags: list[str | Path] = ["--kb", self.kb]
        if index:
            flags += ["--index", self.index]
        return [VIVA, *arguments, *flags]

    def _plain(self, script: str) -> list[str | Path]:
        return [sys.executable, HERE / script, MODEL, self.scratch, self.query]

    def _from_nothing(self) -> list[str | Path]:
        self._fresh += 1
        return [VIVA, "index", "--rebuild", "--kb", self.kb, "--index", self.scratch / f"fresh-{self._fresh}"]

    def _run(self, command: Sequence[str | Path]) -> Run:
        return run(command, self.env, self.scratch)

    def _frame(self, command: Sequence[str | Path], title: str) -> float:
        return first_frame(command, title, self.env, self.scratch)


def _figure(name: str, runs: Sequence[Run]) -> Figure:
    peaks = tuple(one.peak_mib for one in runs if one.peak_mib is not None)
    return Figure(name, tuple(one.seconds for one in runs), peaks)
