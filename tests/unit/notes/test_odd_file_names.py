"""Names of files that are no UTF-8: their questions are asked and stored like others."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from viva import open_workspace

NOTES = "1. What is dropout?\n\tUnits are set to zero at random while training\n"


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="names are always UTF-8 there")
def test_a_name_of_other_bytes_breaks_nothing(tmp_path):
    folder = tmp_path / "notes"
    folder.mkdir()
    Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.txt")).write_text(NOTES, encoding="utf-8")
    with open_workspace(folder, tmp_path / "index") as workspace:
        [entry] = workspace.entries
        assert entry.id == "caf\\udce9.txt#1"
        workspace.interview(count=1).submit("units are set to zero at random")
        [turn] = workspace.reviews()
        assert turn.question_id == entry.id
        assert workspace.card_states()[0].reviews == 1
