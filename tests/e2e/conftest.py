"""The installed command, in a pipe and in a real pseudo-terminal whose screen can be read."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

NOTES = """1.什么是早停
	验证集损失连续若干轮不再下降时停止训练
	保留验证集上最好的那组权重
2.什么是标签平滑
	把一小部分概率分给其他类别
	防止模型过分自信
3.What is weight decay?
	It pulls all weights towards zero at every step
	It keeps the model simple
4.What is a learning rate warm-up?
	The learning rate starts small and rises to its value
	Early gradients are unreliable, so large steps would do harm
"""


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """Four questions, two of them Chinese."""
    path = tmp_path / "notes.txt"
    path.write_text(NOTES, encoding="utf-8")
    return path


def command() -> str:
    """Return the console script that belongs to this Python."""
    script = Path(sys.executable).with_name("viva.exe" if sys.platform == "win32" else "viva")
    if not script.exists():
        pytest.skip("viva is not installed beside this Python")
    return str(script)


class Viva:
    """Runs the installed command as a person's shell would."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(
        self,
        *arguments: object,
        typed: str | None = None,
        before: Callable[[], None] | None = None,
        timeout: float = 60,
    ) -> subprocess.CompletedProcess[str]:
        """Run to the end; `typed` is stdin, `before` runs in the child."""
        return subprocess.run(
            [command(), *map(str, arguments)],
            input=typed or "",
            cwd=self.folder,
            env=environment(),
            capture_output=True,
            encoding="utf-8",
            timeout=timeout,
            check=False,
            preexec_fn=before,
        )

    def start(self, *arguments: object) -> subprocess.Popen[str]:
        """Start with open pipes."""
        return subprocess.Popen(
            [command(), *map(str, arguments)],
            cwd=self.folder,
            env=environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    def history(self, notes: Path) -> list[dict[str, object]]:
        """Return the stored turns, newest first."""
        result = self("history", "--kb", notes, "--json")
        assert result.returncode == 0, result.stderr
        return [json.loads(line) for line in result.stdout.splitlines()]


def environment() -> dict[str, str]:
    """Return this test's environment (its home is an empty folder), with UTF-8 whatever the machine's locale."""
    return {**os.environ, "PYTHONUTF8": "1", "LC_ALL": "C.UTF-8", "NO_COLOR": "1"}


@pytest.fixture
def viva(tmp_path: Path) -> Viva:
    """The installed command, run in a folder of its own."""
    folder = tmp_path / "cwd"
    folder.mkdir()
    return Viva(folder)


class Terminal:
    """A program in a pseudo-terminal, and what its screen shows."""

    def __init__(self, arguments: list[str], folder: Path, columns: int, rows: int) -> None:
        import termios

        import pexpect
        import pyte

        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        terminal = {**environment(), "TERM": "xterm-256color", "COLORTERM": "truecolor"}
        terminal.pop("NO_COLOR")
        self.child = pexpect.spawn(
            arguments[0],
            arguments[1:],
            cwd=str(folder),
            env=terminal,
            dimensions=(rows, columns),
            # pexpect sets the size when the program runs already, which on a busy machine may be too late for it
            preexec_fn=lambda: termios.tcsetwinsize(0, (rows, columns)),
            timeout=30,
        )
        self.child.delaybeforesend = None
        self.child.ptyproc.delayafterclose = self.child.ptyproc.delayafterterminate = 0.02
        self.raw = b""

    @property
    def text(self) -> str:
        """What is on the screen now, line by line.

        The second cell of a wide character is empty; half overwritten, it stays so, which `screen.display` cannot bear.
        """
        rows, columns = range(self.screen.lines), range(self.screen.columns)
        cells = self.screen.buffer
        return "\n".join("".join(cells[row][column].data for column in columns).rstrip() for row in rows)

    def until(self, *needles: str, timeout: float = 30) -> str:
        """Read until all `needles` are on the screen, blanks and line breaks aside, and return the screen."""
        wanted = [_packed(needle) for needle in needles]
        return self.when(lambda text: all(needle in _packed(text) for needle in wanted), f"{needles}", timeout)

    def when(self, holds: Callable[[str], bool], wanted: str, timeout: float = 30) -> str:
        """Read until `holds(screen)`, and return the screen."""
        end = time.monotonic() + timeout
        while not holds(self.text):
            assert time.monotonic() < end, f"never on the screen: {wanted}\n{self.text}"
            assert self._read() or self.child.isalive() or holds(self.text), f"ended before {wanted}:\n{self.text}"
        return self.text

    def send(self, text: str) -> None:
        """Type `text`."""
        self.child.send(text)

    def ends(self, timeout: float = 20) -> int:
        """Read until the program has ended, and return its exit code."""
        end = time.monotonic() + timeout
        while self.child.isalive():
            assert time.monotonic() < end, f"still running:\n{self.text}"
            self._read()
        while self._read():
            pass
        return self.child.exitstatus if self.child.exitstatus is not None else -self.child.signalstatus

    def close(self) -> None:
        """End the program if it still runs."""
        self.child.close(force=True)

    def _read(self) -> bool:
        import pexpect

        try:
            data = self.child.read_nonblocking(65536, timeout=0.05)
        except (pexpect.TIMEOUT, pexpect.EOF):
            return False
        self.raw += data
        self._stream.feed(data)
        return True


def _packed(text: str) -> str:
    return "".join(text.split())


@pytest.fixture
def terminal(viva: Viva) -> Iterator[Callable[..., Terminal]]:
    """Start the installed command in a pseudo-terminal of a given size."""
    if sys.platform == "win32":
        pytest.skip("no pseudo-terminal on Windows")
    opened: list[Terminal] = []

    def start(*arguments: object, columns: int = 100, rows: int = 30) -> Terminal:
        # Relative paths: how long a temporary folder's name is must not decide what a small screen shows.
        short = [os.path.relpath(each, viva.folder) if isinstance(each, Path) else str(each) for each in arguments]
        opened.append(Terminal([command(), *short], viva.folder, columns, rows))
        return opened[-1]

    yield start
    for one in opened:
        one.close()
