"""Make the packages beside this file with Anki itself: `PYTHONPATH=tests python tests/data/anki/make.py`."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from anki_desk import Desk

HERE = Path(__file__).parent
FIRST = datetime(2026, 2, 1, 9, 30, 0, 250_000, tzinfo=UTC)


def main() -> None:
    """Write a small deck in both forms."""
    with tempfile.TemporaryDirectory() as folder, Desk(Path(folder)) as desk:
        lost = desk.add("What does a <b>seed</b> fix?", "The order of random numbers.", deck="Study::Random",
                        tags=("random", "runs::repeat"))  # fmt: skip
        gap = desk.add("{{c1::Bagging}} averages models, {{c2::boosting}} corrects them.", "", kind="Cloze",
                       deck="Study")  # fmt: skip
        desk.add("什么是随机种子？", "固定随机数的次序&nbsp;&lt;同一顺序&gt;", deck="Study::Random")
        desk.add('<img src="x.png">', "only a picture", deck="Study")
        desk.review(lost, (3, FIRST), (1, FIRST + timedelta(days=3)), (3, FIRST + timedelta(days=4)))
        desk.review(gap, (4, FIRST + timedelta(hours=1)))
        desk.suspend(gap)
        desk.export(HERE / "newest.apkg")
        desk.export(HERE / "older.apkg", legacy=True)


if __name__ == "__main__":
    main()
