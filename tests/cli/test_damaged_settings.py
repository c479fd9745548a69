"""A settings file that cannot be used: the commands that find out and mend work all the same."""

from __future__ import annotations

import pytest

BROKEN = ["count = [", 'count = "x"', "nothing = 1", "\x00"]


@pytest.mark.parametrize("written", BROKEN)
def test_doctor_names_it_among_the_rest(viva, kb, isolated_home, written):
    (isolated_home / "settings.toml").write_text(written, encoding="utf-8")
    told = viva("doctor")
    assert told.code == 1
    [problem] = [line for line in told.lines if line.startswith("problem")]
    assert "settings.toml" in problem
    assert sum(line.startswith("ok ") for line in told.lines) == 8


def test_a_backup_brings_good_ones_back(viva, kb, isolated_home):
    assert viva("config", "set", "theme", "light").code == 0
    assert viva("ask", "--count", "1", typed="an answer\n").code == 0
    assert viva("backup", "--output", "good.zip").code == 0
    (isolated_home / "settings.toml").write_text("count = [", encoding="utf-8")
    assert viva("history").code == 1
    assert viva("backup", "--list").code == 0
    back = viva("restore", "good.zip", "--settings", "--yes")
    assert (back.code, back.err) == (0, "")
    assert "theme: light (from: settings)" in viva("config").out
    assert len(viva("history", "--json").rows) == 1
