from __future__ import annotations

import random
import time
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from viva.history.history import History
from viva.interview.lifecycle import start
from viva.scheduling.schedule import Schedule


def relabelled(entry, label):
    return replace(entry, id=f"{entry.file}#{label}", number=label, place=replace(entry.place, label=label))


def writes(history):
    return history.database.rows("SELECT total_changes()")[0][0]


@pytest.fixture
def notes(tmp_path, entry_of):
    """Entries of files that exist."""

    def make(*questions, file="a.md", root=None):
        folder = root or tmp_path / "notes"
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text("x", encoding="utf-8")
        return [
            entry_of(i, text, answer, root=folder.as_posix(), file=file)
            for i, (text, answer) in enumerate(questions, start=1)
        ]

    return make


def test_nothing_is_written_when_nothing_changed(history, notes):
    found = notes(("为什么要归一化", "稳定"), ("what is dropout", "noise"))
    keys = history.reconcile(found)
    before = writes(history)
    assert history.reconcile(found) == keys
    assert writes(history) == before


def test_a_typo_a_new_answer_and_a_new_number_keep_the_question(history, notes):
    (first, second) = notes(("为什么要做批归一化操作", "稳定"), ("what is dropout good for", "noise"))
    keys = history.reconcile([first, second])
    mended = replace(first, question="为什么要做批量归一化操作", answer="稳定训练", points=())
    moved = relabelled(second, "9")
    after = history.reconcile([mended, moved])
    assert (after[mended.id], after[moved.id]) == (keys[first.id], keys[second.id])


def test_an_inserted_question_shifts_no_history(history, notes):
    old = notes(("甲是什么", "a"), ("乙是什么", "b"), ("丙是什么", "c"))
    keys = history.reconcile(old)
    shifted = [relabelled(old[0], "1"), *(relabelled(entry, str(i)) for i, entry in enumerate(old[1:], start=3))]
    new = relabelled(notes(("全新的一道题目讲别的", "d"))[0], "2")
    after = history.reconcile([shifted[0], new, *shifted[1:]])
    assert [after[entry.id] for entry in shifted] == [keys[entry.id] for entry in old]
    assert after[new.id] not in keys.values()


def test_another_subject_at_the_same_place_is_another_question(history, notes):
    (old,) = notes(("BN的作用", "归一化"))
    keys = history.reconcile([old])
    for text in ("LN的作用", "1x1卷积的作用", "什么是梯度消失"):
        (new,) = notes((text, "别的答案"))
        assert history.reconcile([new])[new.id] != keys[old.id]


def test_a_number_used_twice_and_texts_that_look_alike_are_not_confused(history, notes):
    texts = [("CSP的结构", "分成两路"), ("CSP的结构", "另一个答案"), ("R-CNN的流程", "x"), ("Fast R-CNN的流程", "y")]
    found = notes(*texts)
    keys = history.reconcile(found)
    assert len(set(keys.values())) == 4
    shuffled = [relabelled(entry, str(10 - i)) for i, entry in enumerate(found)]
    after = history.reconcile(shuffled[::-1])
    assert [after[entry.id] for entry in shuffled] == [keys[entry.id] for entry in found]


def test_a_question_put_in_other_words_elsewhere_is_known_by_its_answer(history, notes):
    (old,) = notes(("为什么要做批归一化", "让每层输入的分布稳定"))
    keys = history.reconcile([old])
    reworded = replace(relabelled(old, "7"), question="做批归一化是为什么呢")
    assert history.reconcile([reworded])[reworded.id] == keys[old.id]
    unlike = replace(relabelled(old, "8"), question="what is a residual block")
    assert history.reconcile([unlike])[unlike.id] != keys[old.id]


def test_a_moved_file_and_a_moved_folder_keep_their_history(history, notes, tmp_path):
    old = notes(("甲是什么", "a"), ("乙是什么", "b"))
    keys = list(history.reconcile(old).values())
    (tmp_path / "notes" / "a.md").unlink()
    moved = notes(("甲是什么", "a"), ("乙是什么", "b"), file="deep/b.md")
    assert list(history.reconcile(moved).values()) == keys
    (tmp_path / "notes").rename(tmp_path / "other")
    elsewhere = notes(("甲是什么", "a"), ("乙是什么", "b"), file="deep/b.md", root=tmp_path / "other")
    assert list(history.reconcile(elsewhere).values()) == keys


def test_a_folder_that_still_exists_keeps_its_questions(history, notes, tmp_path):
    here = notes(("甲是什么", "a"))
    keys = history.reconcile(here)
    there = notes(("甲是什么", "a"), root=tmp_path / "copy")
    assert set(history.reconcile(there).values()).isdisjoint(keys.values())
    assert history.reconcile(here) == keys


def test_the_same_file_opened_by_itself_or_by_its_folder_is_the_same(history, notes, entry_of, tmp_path):
    (by_folder,) = notes(("甲是什么", "a"), file="sub/a.md")
    other = notes(("乙是什么", "b"), file="b.md")
    keys = history.reconcile([by_folder, *other])
    by_file = entry_of(1, "甲是什么", "a", root=(tmp_path / "notes" / "sub").as_posix(), file="a.md")
    assert history.reconcile([by_file]) == {by_file.id: keys[by_folder.id]}
    assert history.database.rows("SELECT count(*) FROM questions WHERE vanished_at IS NOT NULL")[0][0] == 0


def test_what_vanished_is_listed_and_comes_back(history, notes, grader, clock):
    found = notes(("甲是什么", "a"), ("乙是什么", "b"))
    interview = start(found, history=history, grader=grader, schedule=Schedule(), clock=clock, seed=1)
    while interview.current:
        interview.reveal()
    keys = history.reconcile(found)
    history.reconcile(found[:1])
    assert [(gone.question, gone.reviews) for gone in history.vanished()] == [("乙是什么", 1)]
    assert history.reconcile(found) == keys
    assert history.vanished() == []


WORDS = (
    "momentum",
    "dropout",
    "attention",
    "pooling",
    "softmax",
    "gradient",
    "kernel",
    "token",
    "注意力",
    "池化",
    "残差",
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join), max_size=8), st.randoms())
def test_laws(tmp_path_factory, entry_of, clock, texts, rng):
    folder = tmp_path_factory.mktemp("laws")
    (folder / "a.md").write_text("x", encoding="utf-8")
    found = [entry_of(i, text, f"answer {i}", root=folder.as_posix()) for i, text in enumerate(texts, start=1)]
    with History(folder / "history.db", clock) as history:
        keys = history.reconcile(found)
        assert len(set(keys.values())) == len(found), "no key is claimed twice"
        assert history.reconcile(found) == keys, "known again"
        shuffled = found[:]
        rng.shuffle(shuffled)
        renumbered = [relabelled(entry, str(i)) for i, entry in enumerate(shuffled, start=1)]
        after = history.reconcile(renumbered)
        for old, new in zip(shuffled, renumbered, strict=True):
            assert after[new.id] == keys[old.id], "a new order and new numbers change nothing"
        some = renumbered[::2]
        history.reconcile(some)
        assert history.reconcile(renumbered) == after, "what vanished comes back"


def test_ten_thousand_questions_are_quick(history, notes):
    rng = random.Random(1)
    letters = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所"
    found = notes(*(("".join(rng.choices(letters, k=14)) + str(i), "answer") for i in range(10_000)))
    keys = history.reconcile(found)
    begun = time.process_time()
    assert history.reconcile(found) == keys
    assert time.process_time() - begun < 2
    mended = [
        replace(entry, question=entry.question + "呢") if i % 500 == 0 else entry for i, entry in enumerate(found)
    ]
    begun = time.process_time()
    assert list(history.reconcile(mended).values()) == list(keys.values())
    assert time.process_time() - begun < 4


def test_few_and_many_are_matched_alike(history, notes, monkeypatch):
    from viva.history import identity

    questions = [f"question {word} about {word} and more of it" for word in ("apple", "river", "cloud", "stone")]
    near = [question.replace("more", "moore") for question in reversed(questions)]
    few = [list(found) for found in identity._alike(near, questions)]
    monkeypatch.setattr(identity, "_MANY", 0)
    many = [list(found) for found in identity._alike(near, questions)]
    assert few == many
    assert [found[0] for found in many] == [3, 2, 1, 0]


@pytest.mark.shared
def test_the_real_notes_are_told_apart(history, real_notes):
    from viva.notes.reader import read_notes

    entries = read_notes([real_notes]).entries
    keys = history.reconcile(entries)
    assert len(set(keys.values())) == len(entries) == 53
    # A question inserted at the top and one removed: every other one keeps its key though all numbers change.
    rest = [relabelled(entry, f"n{i}") for i, entry in enumerate(entries) if i != 20]
    after = history.reconcile(rest)
    assert [after[entry.id] for entry in rest] == [keys[entry.id] for i, entry in enumerate(entries) if i != 20]
