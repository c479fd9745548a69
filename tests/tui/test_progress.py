"""The progress screen over a history with fixed times, and what the start screen tells of it."""

from datetime import UTC, datetime, timedelta

import pytest

from tui.conftest import NOTES
from tui.person import run_app
from viva import open_workspace
from viva.errors import HistoryError
from viva.history.records import Turn
from viva.settings import Settings
from viva.tui.app import VivaApp
from viva.tui.progress.screen import ProgressScreen
from viva.tui.start.screen import StartScreen
from viva.types import Grade, PointResult, Rating

SIZES = [(40, 12), (80, 24), (200, 60)]
NOW = datetime(2026, 4, 2, 12, 0, tzinfo=UTC)
"""A Thursday, noon: the same day in most time zones."""
PAST = [(80, 40, "missed"), (40, 55, "partial"), (5, 70, "missed"), (4, 90, "covered"), (1, 30, "missed")]
"""Days ago, score, and what became of each first point."""


@pytest.fixture
def practised(tmp_path):
    """Open the app at a fixed time over notes that were practised on the days of `PAST`, two questions a day."""

    def over(*names, past=PAST):
        roots = [NOTES / name if isinstance(name, str) else name for name in names]
        moments = [NOW - timedelta(days=days) for days, _, _ in past]
        with at(roots, NOW) as workspace:
            keys = workspace.history.reconcile(workspace.entries)
            for (_, score, status), moment in zip(past, moments, strict=True):
                asked = [entry for entry in workspace.entries if entry.points][:2]
                stored = workspace.history.begin([keys[entry.id] for entry in asked], 1, None, "random")
                for position, entry in enumerate(asked):
                    turn = turn_of(keys[entry.id], entry, position, score, status, moment)
                    workspace.history.record(stored.id, turn, workspace.schedule, position + 1)
        return VivaApp(at(roots, NOW))

    def at(roots, moment):
        return open_workspace(roots, tmp_path / "index", settings=Settings(), clock=lambda: moment)

    return over


def turn_of(key, entry, position, score, status, moment):
    points = tuple(PointResult(p.text, "covered" if at else status, 0.5, "") for at, p in enumerate(entry.points))
    verdict = "strong" if score >= 75 else "partial" if score >= 40 else "weak"
    grade = Grade(score, verdict, points, None)
    rating = Rating.GOOD if score >= 40 else Rating.AGAIN
    seconds = timedelta(seconds=30)
    return Turn(key, entry, position, "some words", "answered", grade, rating, rating, 0, moment, moment + seconds)


async def read_all(person):
    """Return all lines of the page, scrolled to its end."""
    seen = list(person.lines)
    for _ in range(40):
        before = person.lines
        await person.press("pagedown")
        if person.lines == before:
            break
        seen += person.lines
    return seen


async def test_an_empty_history_says_what_to_do(viva_over):
    async with run_app(viva_over("learning.md")) as person:
        assert person.sees("p Progress")
        await person.press("p")
        assert isinstance(person.app.screen, ProgressScreen)
        assert person.sees("Nothing to show yet.", "Enter begins an interview")
        await person.press("escape")
        assert isinstance(person.app.screen, StartScreen)


def row(person, name):
    """Return the cells of a row of figures."""
    return next(line for line in person.lines if line.strip().startswith(name)).split()


async def test_all_there_is_to_tell(practised):
    async with run_app(practised("learning.md"), 80, 90) as person:
        await person.press("p")
        assert person.sees("2 of 3 questions met · 10 answered · mean score 57", "You changed none of the 10 verdicts.")
        assert row(person, "● score") == ["●", "score", "40", *["–"] * 4, "55", *["–"] * 4, "80", "30"]
        assert row(person, "○ recall %") == ["○", "recall", "%", *["–"] * 5, "0", *["–"] * 6]
        assert row(person, "Monday") == ["Monday", "12", "19", "26", "2", "9", "16", "23", "2", "9", "16", "23", "30"]
        assert row(person, "week of") == ["week", "of", "Jan", "Feb", "Mar"]
        assert person.text.count("●") == 4 + 1  # a mark for each week with answers, and one before their figures
        assert sum("⠀" < character <= "⣿" for character in person.text) > 20  # the line through them
        assert person.sees("· none", "░ 1 to 4", "█ 20 or more")
        assert row(person, "Mon ")[1:] == ["·"] * 14 + ["░"] + ["·"] * 11
        assert " ".join(row(person, "today")) == "today Fri Sat Sun Mon Tue Wed Thu Fri Sat Sun Mon Tue Wed"
        assert next(line for line in person.lines if " ███" in line).rstrip() == " " * (2 + 15 + 1) + "███"  # on Sunday
        assert row(person, "·") == ["·", "·", "·", "███", *["·"] * 10]
        assert person.sees("2 questions due in 14 days", "0% ──────────── Optimisation 2 of 2 asked, mean 30")
        assert person.sees("– ──────────── Data 0 of 1 asked")
        point = "○ It keeps a running average of past gradients."
        assert person.sees(f"{point} 3 missed, 1 partly in 5 answers What does momentum do?")


async def test_after_a_real_interview(viva_over):
    async with run_app(viva_over("learning.md"), 80, 70) as person:
        await person.press("enter")
        question = person.app.screen.scene.question.entry
        await person.say("nothing of the kind, only words about cooking")
        await person.press("slash", "backspace")
        await person.say("/stop")
        await person.press("y", "enter")
        assert person.sees("Last today 1 answered · mean 0", "0% ────────", "2 new")
        await person.press("p")
        assert person.sees("1 of 3 questions met · 1 answered", "1 question due in 14 days")
        assert person.sees(f"○ {question.points[0].text} 1 missed in 1 answer {question.question}")


@pytest.mark.parametrize(("width", "height"), SIZES)
async def test_every_size_is_usable(practised, width, height):
    async with run_app(practised("learning.md"), width, height) as person:
        await person.press("p")
        assert "esc Back" in person.lines[-1]
        seen = await read_all(person)
        titles = ["Score and recall, week by week", "Days of practice", "Coming up", "Topics", "Hardest points"]
        assert [title for title in titles if title not in {line.strip(" ▁▂▃▄▅▆▇█") for line in seen}] == []
        assert any(line.strip(" ▁▂▃▄▅▆▇█") == "What does momentum do?" for line in seen)
        tuesday = next(line for line in seen if line.strip().startswith("Tue ·")).split()
        assert len(tuesday) - 1 >= min(26, (width - 10) // 2)
        await person.press("home")
        assert person.sees("2 of 3 questions met")
        await person.press("down", "escape")
        assert isinstance(person.app.screen, StartScreen)


async def test_a_terminal_that_is_resized_draws_the_calendar_again(practised):
    async with run_app(practised("learning.md"), 80, 60) as person:
        await person.press("p")
        for width, weeks in [(40, 15), (20, 5), (120, 26)]:
            await person.pilot.resize_terminal(width, 60)
            await person.settle()
            assert len(row(person, "Tue")) - 1 == weeks
        await person.press("f1")
        assert person.sees("Keys: progress", "esc Back")


async def test_a_point_of_hostile_text_is_shown_literally(practised):
    async with run_app(practised("hostile.txt", past=[(1, 10, "missed")]), 100, 80) as person:
        await person.press("p")
        assert person.sees("[red]brackets[/red] are shown, $text and {braces} too", "␛[2Jshown as a picture")
        assert person.sees("[bold]markup[/bold] or [/] or [@click=app.leave]this[/]", "␛[31man escape␛]0;title␇ do?")
        steering = [c for line in person.lines for c in line if ord(c) < 0x20 or 0x7F <= ord(c) < 0xA0]
        assert steering == []


async def test_a_history_older_than_the_weeks_shown(practised):
    async with run_app(practised("learning.md", past=[(200, 80, "covered")]), 80, 60) as person:
        await person.press("p")
        assert person.sees("no answer was graded in 12 weeks", "none: no point was left out or got wrong")
        assert row(person, "███   ·") == ["███", *["·"] * 13]
        assert person.sees("100% ━━━━━━━━━━━━ Optimisation 2 of 2 asked, mean 80")


async def test_a_history_that_cannot_be_read_is_told(practised, monkeypatch):
    async with run_app(practised("learning.md")) as person:

        def broken():
            raise HistoryError("the history cannot be used")

        monkeypatch.setattr(person.app.workspace.practice_stats, "course", broken)
        await person.press("p")
        assert person.sees("✗ the history cannot be used", "there is nothing to show")


async def test_the_start_tells_what_is_known_and_the_last_interviews(practised):
    async with run_app(practised("learning.md", past=[*PAST, (0, 80, "covered")])) as person:
        assert person.sees("Last 2026-04-02 2 answered · mean 80", "2026-04-01 2 answered · mean 30")
        assert person.sees("Optimisation 2 100% ━━━━━━━━")
        assert "2026-03-28" not in person.text
        assert "Data  1" in {line.strip() for line in person.lines}, "nothing of it was asked"


async def test_a_low_terminal_has_no_room_for_the_last_interviews(practised):
    async with run_app(practised("learning.md"), 40, 12) as person:
        assert "answered" not in person.text
        await person.pilot.resize_terminal(40, 30)
        await person.settle()
        assert person.sees("2026-04-01 2 answered · mean 30", "Optimisation 2 0%")
        assert "0% ─" not in person.text
