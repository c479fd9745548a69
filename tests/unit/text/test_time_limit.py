"""Times as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viva.text.moments import LEAST, MOST, clock_face, read_limit, written_limit


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("90", 90),
        ("90s", 90),
        ("3m", 180),
        (" 3M ", 180),
        ("2m30s", 150),
        ("2 min 30 sec", 150),
        ("2:30", 150),
        ("15m", 900),
    ],
)
def test_what_can_be_written(text, seconds):
    assert read_limit(text) == seconds


@pytest.mark.parametrize(
    "text", ["", "m", "fast", "3h", "-3m", "1.5m", "2:75", "３m", "29s", "15m1s", "9" * 30, "99999", "0"]
)
def test_what_cannot_says_what_would(text):
    with pytest.raises(ValueError, match=r"write 90s, 3m or 2m30s|from 30s to 15m"):
        read_limit(text)


@given(st.integers(LEAST, MOST))
def test_a_written_limit_is_read_again(seconds):
    assert read_limit(written_limit(seconds)) == seconds


@pytest.mark.parametrize(("left", "face"), [(180, "3:00"), (59.2, "1:00"), (0.01, "0:01"), (0, "0:00"), (-3, "0:00")])
def test_the_face_of_the_clock(left, face):
    assert clock_face(left) == face
