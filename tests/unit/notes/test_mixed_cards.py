"""Ways to ask that stand together in one place: each question is read, none swallows another."""

from __future__ import annotations

from viva.notes.formats import parse
from viva.notes.formats.anki.fields import html_text

MIXED = """# Convolution
## What is padding?
Zeros around the border.

What is stride?::The step of the kernel. #flashcards/cnn
Multi-line question
?
One line
and another

> [!question]- What is a feature map?
> An output channel
"""


def asked(text, suffix=".md"):
    return [(entry.question, entry.answer) for entry in parse(text, suffix).entries]


def test_a_heading_that_asks_is_asked_beside_the_cards_below_it():
    assert asked(MIXED) == [
        ("What is padding?", "Zeros around the border."),
        ("What is stride?", "The step of the kernel."),
        ("Multi-line question", "One line\nand another"),
        ("What is a feature map?", "An output channel"),
    ]


def test_the_deck_behind_an_answer_is_a_tag():
    [entry] = [each for each in parse(MIXED, ".md").entries if each.question == "What is stride?"]
    assert entry.tags == ("flashcards/cnn",)
    assert asked("What is #5?::The number #5") == [("What is #5?", "The number #5")]


def test_a_heading_with_nothing_above_its_cards_is_a_topic():
    text = "## What is asked here?\n\na card::its answer\n\nanother card::its answer too\n"
    assert [entry.headings for entry in parse(text, ".md").entries] == [("What is asked here?",)] * 2


def test_a_callout_in_an_answer_stays_in_it():
    text = "## What is asked here?\n\nThe answer is long\nand has a hint.\n\n> [!question] Why?\n> Because.\n"
    assert len(asked(text)) == 1


def test_sums_are_questions_where_a_header_says_so():
    assert asked("question,answer\n7*8,56\n12 × 12?,144\n", ".csv") == [("7*8", "56"), ("12 × 12?", "144")]
    assert asked("7,56\n8,64\n", ".csv") == []


def test_code_in_html_keeps_its_empty_lines():
    assert html_text("Before<pre>a = 1\n\n\nif a:\n    b\n</pre><br><br>after") == (
        "Before\na = 1\n\n\nif a:\n    b\nafter"
    )
