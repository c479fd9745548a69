"""A saved report: what it tells, in both languages, and that nothing in it takes effect."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import unescape
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt

from viva.errors import HistoryError, InterviewError
from viva.interview.lifecycle import start
from viva.interview.summary import report
from viva.reports.files import save_report, write_whole
from viva.reports.html import report_html
from viva.reports.markdown import escaped, report_markdown
from viva.reports.report_data import ReportData, ReportTurn, report_data
from viva.reports.strings import band, when
from viva.reports.text import report_text
from viva.scheduling.schedule import Schedule
from viva.types import Entry, Hit, Near, Place, PointResult, Rating, Review

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    "</title></style></blockquote><b>",
    "<!-- comment --> &lt;b&gt; &amp;",
    "*bold* _thin_ **x** # | cell | `code` ``` ~~~ ~~gone~~",
    "[link](https://example.org) ![picture](http://example.org/x.png) [[note]] <https://example.org> www.example.org",
    "$x^2$ $$y$$ ==mark== %%hidden%% a@example.org C:\\new\\table \\",
    "- item",
    "+ item",
    "1. item",
    "2) item",
    "# heading",
    "> quote",
    "=== ---",
    "---",
    "什么是*注意力*？|公式|",
)
VOID = {"meta", "br", "img", "link", "input", "hr"}


def review(number, question, **changes):
    parts = {
        "id": number, "interview_id": 7, "question_id": f"a.md#{number}", "question": question, "answer": "an answer",
        "outcome": "answered", "score": 30, "verdict": "weak", "proposed": Rating.AGAIN, "rating": Rating.AGAIN,
        "asked_at": NOW, "answered_at": NOW + timedelta(seconds=number * 20), "seconds": number * 20.0,
    }  # fmt: skip
    return Review(**(parts | changes))


def told(number, question, **changes):
    names = {"points", "flags", "passage", "grader_score", "reference", "nearer", "near"}
    own = {name: changes.pop(name) for name in list(changes) if name in names}
    parts = {"points": (), "flags": (), "passage": None, "grader_score": None, "file": "a.md", "line": number * 3}
    return ReportTurn(number=number, review=review(number, question, **changes), **(parts | own))


def accounted(*turns, language="en", topics=(), **changes):
    reviews = [turn.review for turn in turns]
    figures = replace(report(7, NOW, NOW + timedelta(minutes=5), reviews, {}), topics=tuple(topics))
    parts = {"finished": True, "planned": len(turns), "topic": None}
    return ReportData(report=figures, language=language, turns=turns, **(parts | changes))


def full(language="en", text="What is pooling?"):
    """An interview with every outcome, each text of other people being `text`."""
    points = (
        PointResult("covered " + text, "covered", 0.9, text),
        PointResult(text, "missed", 0.0, ""),
        PointResult(text, "partial", 0.5, text, against=text),
        PointResult(text, "differs", 0.5, text),
        PointResult(text, "contradicted", 0.5, "", against=text),
    )
    near = Near("a.md#9", "9", text, text, 12)
    reference = Entry("a.md#1", Place("", "a.md", (), "1"), "1", text, text, (), "a.md", 3, 4)
    return accounted(
        told(1, text, answer=f"{text}\n    {text}", points=points, reference=reference, nearer=near, near=(near,)),
        told(2, text, score=90, verdict="strong", overridden=True, grader_score=55),
        told(3, text, outcome="skipped", score=None, verdict=None),
        told(4, text, outcome="revealed", score=0),
        told(5, text, score=0, verdict="unsure", flags=("no-reference",)),
        language=language,
        topics=[(text, 60.0, 2)],
        topic=text,
    )


class Page(HTMLParser):
    """Reads a page strictly: every tag is closed in order, and the text and attributes are kept."""

    def __init__(self, text):
        super().__init__()
        self.open, self.tags, self.attributes, self.words = [], [], [], []
        self.feed(text)
        self.close()
        assert not self.open, self.open

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] != "style":
            self.words.append(data)

    @property
    def text(self):
        return "\n".join(self.words)


# What it tells


def test_an_account_of_a_real_interview(entries, history, grader, clock):
    interview = start(entries, history=history, grader=grader, schedule=Schedule(), clock=clock, seed=7)
    first = interview.current.entry
    interview.submit("更新 weights")
    interview.override("strong")
    interview.skip()
    interview.reveal()
    found = report_data(history, entries, Schedule())
    assert [one.review.outcome for one in found.turns] == ["answered", "skipped", "revealed"]
    assert (found.finished, found.planned, found.report.asked) == (False, len(entries), 3)
    assert found.report.finished_at == found.turns[-1].review.answered_at
    assert (found.turns[0].file, found.turns[0].line) == (first.file, first.line)
    assert [one.number for one in found.changed] == ([1] if first.answered else [])
    assert found.turns[0].points == history.turns(interview.id)[0].grade.points
    assert found.turns[0].reference == (first if first.answered else None)
    interview.finish()
    assert report_data(history, entries, Schedule(), interview.id).finished
    with pytest.raises(InterviewError, match=f"no interview 99: the latest on these notes are {interview.id}"):
        report_data(history, entries, Schedule(), 99)


def test_no_interview_yet(entries, history, grader, clock):
    with pytest.raises(InterviewError, match="no interview on these notes yet"):
        report_data(history, entries, Schedule())
    begun = start(entries, history=history, grader=grader, schedule=Schedule(), clock=clock, seed=7)
    with pytest.raises(InterviewError, match="begins one"):
        report_data(history, entries, Schedule(), begun.id)


def test_the_latest_of_these_notes_even_when_a_question_vanished(entries, history, grader, clock, entry_of):
    parts = {"history": history, "grader": grader, "schedule": Schedule(), "clock": clock, "seed": 7}
    interview = start(entries, **parts, topic="动量")
    interview.submit("更平稳")
    other = [entry_of(1, "什么是缓存", "快", root="/elsewhere/notes")]
    start(other, **parts).skip()
    assert report_data(history, entries, Schedule()).report.interview_id == interview.id
    assert report_data(history, other, Schedule(), interview.id).turns[0].file is None
    left = [entry for entry in entries if entry.question != "为什么要用动量"]
    gone = report_data(history, left, Schedule(), interview.id)
    assert (gone.turns[0].file, gone.turns[0].review.question) == (None, "为什么要用动量")


def test_the_facts_in_english():
    lines = report_text(full())
    assert lines[0] == "Interview report"
    assert "Number: 7" in lines
    assert "Time: 5 minutes" in lines
    assert "Questions: 5 asked, 3 answered, 1 skipped, 1 shown" in lines
    assert "Mean score: 60 of 100" in lines
    assert "1. What is pooling? — 30, not yet, 20 seconds" in lines
    assert "5. What is pooling? — no answer in the notes, 1 minute 40 seconds" in lines
    assert "What is pooling?: 60, 2 answers" in lines
    assert "  missed: What is pooling?" in lines
    assert '  but you also said: "What is pooling?"' in lines
    assert "  differs from your notes: What is pooling?" in lines
    assert lines.index("  In your notes: a.md:3") < lines.index("  missed: What is pooling?")
    assert '  Nearer to another question: "What is pooling?" (What is pooling?:12)' in lines
    assert '  Also near: "What is pooling?" (What is pooling?:12)' in lines
    assert lines[-1] == "2. What is pooling? — was 55, you judged it right"
    assert not any("covered What" in line for line in lines)


def test_the_facts_in_chinese():
    lines = report_text(full("zh", "什么是池化"))
    assert lines[0] == "面试报告"
    assert "题数：问了 5 题，回答了 3 题，跳过 1 题，看了 1 题的答案" in lines
    assert "平均分：60 分，满分 100 分" in lines
    assert "2. 什么是池化 —— 90 分，很好（由你判定），40 秒" in lines
    assert "  没说到：什么是池化" in lines
    assert lines[-1] == "2. 什么是池化 —— 原来 55 分，你判为对"


@pytest.mark.parametrize("form", [report_markdown, report_html, lambda found: "\n".join(report_text(found))])
def test_the_answer_to_another_question_is_in_no_form(form):
    """Older grades kept the passage that was closest, whichever question it answers."""
    passage = Hit(1, 0.5, "a.md#9", "9", "another question", "a secret", "b.md", 12, 13)
    near = Near("a.md#9", "9", "another question", "b.md", 12)
    text = form(accounted(told(1, "q", passage=passage, near=(near,))))
    assert "secret" not in text
    assert "another question" in text
    assert "b.md:12" in text


@pytest.mark.parametrize("form", [report_markdown, report_html, lambda found: "\n".join(report_text(found))])
def test_each_form_tells_the_same(form):
    text = form(full())
    for fact in (
        "60 of 100",
        "was 55, you judged it right",
        "answer shown",
        "skipped",
        "30, not yet",
        "differs from your notes",
        "Nearer to another question",
        "Also near",
        "a.md:3",
        "1 minute 20",
    ):
        assert fact in text


def test_when_it_was():
    left = accounted(told(1, "q"), finished=False, planned=4)
    assert when(left).endswith(" (left with 3 to go)")
    late = replace(left.report, finished_at=NOW + timedelta(days=2))
    assert when(replace(left, report=late)).count("2026-03-0") == 2
    assert "–" not in when(replace(left, report=replace(left.report, finished_at=NOW)))


def test_an_interview_without_an_answer_is_told_too():
    silent = accounted(told(1, "q", outcome="skipped", score=None, verdict=None, seconds=0.0))
    for text in (report_markdown(silent), report_html(silent), "\n".join(report_text(silent))):
        assert "skipped" in text
        assert "another look" not in text
        assert "Mean" not in text


def test_bands_are_those_of_verdicts():
    assert [band(score) for score in (None, 0, 39.9, 40, 74.9, 75, 100)] == [
        "none", "weak", "weak", "partial", "partial", "strong", "strong",
    ]  # fmt: skip


# The page


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("text", HOSTILE)
def test_the_page_shows_everything_and_runs_nothing(text, language):
    plain = Page(report_html(full(language)))
    page = Page(report_html(full(language, text)))
    assert page.tags == plain.tags, "text of other people made a tag"
    assert {name for name, _ in page.attributes} == {name for name, _ in plain.attributes}
    assert page.text.count(text) >= 9
    assert not {"script", "img", "link", "iframe", "a", "object"} & set(page.tags)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_needs_nothing_from_elsewhere(language):
    html = report_html(full(language))
    assert not re.search(r"https?:|//|url\(|@import|\bsrc=|\bhref=|<script|\bon\w+=", html)
    assert html.startswith("<!doctype html>\n<html lang=")
    assert ('lang="zh-CN"' in html) == (language == "zh")
    assert "default-src 'none'" in html
    assert "prefers-color-scheme: dark" in html
    assert "@media print" in html


def test_charts_are_drawn_from_the_figures():
    html = report_html(full())
    assert html.count("<svg") == 2 + 1 + 5, "scores that could be judged, a topic, and each time"
    assert '<rect class="weak" width="30.0"' in html
    assert '<rect class="strong" width="90.0"' in html
    assert '<rect class="partial" width="60.0"' in html
    assert '<rect class="time" width="20.0"' in html


# Markdown


def shown(markdown):
    """What a viewer shows of Markdown, tags removed, and the names of its tags."""
    html = MarkdownIt("gfm-like", {"linkify": False}).render(markdown)
    return unescape(re.sub(r"<[^>]*>", "", html)), set(re.findall(r"<(\w+)", html))


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_shows_everything_and_nothing_takes_effect(text):
    plain, tags = shown(report_markdown(full()))
    seen, found = shown(report_markdown(full(text=text)))
    assert seen.count(text) == plain.count("What is pooling?")
    assert found == tags, "text of other people made an element"


@pytest.mark.parametrize("text", [*HOSTILE, "plain words", "a = b - c, 1.5 (x) {y} 100%"])
def test_an_escaped_line_is_a_paragraph_of_itself(text):
    assert shown(escaped(text)) == (f"{text}\n", {"p"})


def test_lines_and_indentation_of_an_answer_are_kept():
    answer = "if x:\n        y = 1\n\n- z\n===\n\tend"
    seen, tags = shown(report_markdown(accounted(told(1, "q", answer=answer))))
    assert "if x:\n\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0y = 1" in seen
    assert "- z\n===\n\u00a0\u00a0\u00a0\u00a0end" in seen
    assert not {"pre", "code"} & tags


@pytest.mark.parametrize("form", [report_markdown, report_html])
def test_control_characters_are_pictures(form):
    text = form(full(text="a\x1b[31mb\x00c\x07\u202ed\x9be\udc80f"))
    assert "a␛[31mb␀c␇d�e�f".replace("[", "\\[" if form is report_markdown else "[") in text
    assert not [sign for sign in text if (ord(sign) < 32 and sign != "\n") or 127 <= ord(sign) < 160]
    text.encode("utf-8")


# Files


def test_saving_keeps_what_lies_there(tmp_path):
    folder = tmp_path / "data" / "reports"
    first = save_report(full(), folder)
    assert [path.suffix for path in first] == [".md", ".html"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d", first[0].stem)
    assert save_report(full(), folder) == first, "the same report is not written twice"
    first[0].write_text("my own notes", encoding="utf-8")
    second = save_report(full(), folder)
    assert second[0].stem == f"{first[0].stem}-2"
    assert first[0].read_text(encoding="utf-8") == "my own notes"
    assert len(list(folder.iterdir())) == 4


def test_a_folder_that_cannot_be_made_is_said(tmp_path):
    (tmp_path / "data").write_text("a file", encoding="utf-8")
    with pytest.raises(HistoryError, match="cannot write into"):
        save_report(full(), tmp_path / "data" / "reports")
    with pytest.raises(HistoryError, match="cannot write"):
        write_whole(tmp_path, "x")
