"""What stands on every screen, in both languages and three sizes, as text that can be read.

The screens lie in `tests/data/tui/screens`; `make screens` writes them anew.
"""

import os
import re

import pytest

from tui.conftest import NOTES
from tui.journey import walk
from tui.test_sizes import SIZES
from viva.i18n import speaking

SCREENS = NOTES / "screens"
WRITE = "VIVA_WRITE_SCREENS" in os.environ


ENGLISH = re.compile(r"[A-Za-z]{2,}")
NAMES = {"viva", "check", "stats", "report", "kb", "practice", "zh", "md", "tag", "file", "Markdown", "English"}
NAMES |= {"VISUAL", "EDITOR", "vi"}  # the last is viva, half under the help
NAMES |= {"home", "index", "history", "db", "settings", "toml", "reports", "state", "learning", "nano"}
KEYS = {"Ctrl", "Shift", "Enter", "Esc", "esc", "Tab", "PgUp", "PgDn"}
"""Words on Chinese screens that are no English: commands, files, what stands in a query, variables, names of keys."""


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("language", ["en", "zh"])
async def test_every_screen_is_as_it_was_seen(at_home, language, width, height):
    different = []

    def see(name, person):
        file = SCREENS / f"{name}.{language}.{width}x{height}.txt"
        if WRITE:
            file.write_text(person.text + "\n", encoding="utf-8")
        elif file.read_text(encoding="utf-8") != person.text + "\n":
            different.append(f"{file.name}: make screens writes it anew; now it is\n{person.text}")
        if language == "zh" and english(person):
            different.append(f"{file.name} has English words: {english(person)}\n{person.text}")

    with speaking(language):
        await walk(at_home, language, (width, height), see)
    assert different == [], "\n\n".join(different)


def english(person):
    return set(ENGLISH.findall(person.text)) - NAMES - KEYS
