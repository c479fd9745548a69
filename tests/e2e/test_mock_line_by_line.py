"""A mock interview of the installed command that is killed: the time used stays used."""

from __future__ import annotations

import re
import sys
import time

import pytest


def read_until(process, needle):
    seen = ""
    while needle not in seen:
        line = process.stdout.readline()
        assert line, f"ended before {needle!r}:\n{seen}"
        seen += line
    return seen


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process in another way")
def test_a_killed_mock_gives_no_new_clock(viva, notes):
    process = viva.start("ask", "--mock", "--count", "2", "--limit", "30s", "--kb", notes)
    seen = read_until(process, "30 ")
    read_until(process, "30 ")
    assert not re.search(r"\d+ 分，|\d points", seen)
    time.sleep(6.5)  # the time used is stored every five seconds
    process.kill()
    process.communicate()
    back = viva("ask", "--resume", "--kb", notes, typed="an answer\n")
    assert back.returncode == 0
    left = re.search(r"还剩 (\d+) 秒|You have (\d+) seconds left", back.stdout)
    assert left, back.stdout
    assert int(left[1] or left[2]) <= 26
