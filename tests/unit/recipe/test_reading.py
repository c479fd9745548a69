"""The recipe of the reader, from drafts to the folder that ships, on a hundred rows."""

from __future__ import annotations

import json
import lzma
import random
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from training.marks import drafts, second_reading
from training.reading import calibrate, export, made, recipe, train
from training.reading.corpus import (
    ABSENT,
    CONTRADICTED,
    COVERED,
    FALSE,
    Example,
    across,
    earned,
    entailment,
    groups,
    hard,
    marked,
    questions,
    twins,
)
from training.sources import HELD_OUT, packed
from viva.models.onnx_reader import EMBEDDED_FOLDER, ContextualReader

ROOT = Path(__file__).resolve().parents[3]
DRAFT = """\
# baking | en
? Why let dough rest?
- gluten relaxes
- volume doubles in 1 h
full cc 100 It stops fighting you and grows to twice its size in sixty minutes.
terse ca 80 Slackens it.
twin cc 100 The strands let go, and it swells to double within the hour.
flip:direction xc 50 The strands tighten, and it swells to double within the hour.
say ca 50 It no longer springs back when pulled.
unsay:negation xa 0 It still springs back when pulled.
wrong xx 0 It makes it stiff, and it shrinks.
vague ap 20 It gets bigger, sort of.
"""


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "draft.txt"
    path.write_text(DRAFT, encoding="utf-8")
    return path


@pytest.mark.parametrize("split", ["train", "validation", "test"])
def test_marked_answers_are_sound(split: str) -> None:
    for question in questions(split):
        assert question["lang"] in {"zh", "en"}
        assert 1 <= len(question["points"]) <= 14
        for answer in question["answers"]:
            assert len(answer["labels"]) == len(question["points"])
            assert set(answer["labels"]) <= set("cpax")
            assert 0 <= answer["score"] <= 1
            assert answer["text"].strip()
        for true, false, place in twins(question):
            assert (true["labels"][place], false["labels"][place]) == ("c", "x")
            assert false["kind"] in FALSE


def test_splits_share_no_subject() -> None:
    subjects = {
        split: {question["subject"] for question in questions(split)} for split in ("train", "validation", "test")
    }
    assert not subjects["test"] & (subjects["train"] | subjects["validation"])
    assert not subjects["validation"] & subjects["train"]


def test_a_draft_becomes_lines(draft: Path) -> None:
    (question,) = drafts.questions(draft)
    assert (question["subject"], question["lang"], len(question["answers"])) == ("baking", "en", 8)
    found = {(true["kind"], false["mistake"], place) for true, false, place in twins(question)}
    assert found == {("twin", "direction", 0), ("say", "negation", 0)}


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("flip:number xx 50 Two things are wrong.", "flip does not follow twin"),
        ("full c 100 Too few letters.", "1 letters for 2 points"),
        ("wrong ca 50 Nothing is wrong.", "wrong: has an x, and 20 at most"),
        ("terse cc 20 All of it.", "all covered, and under 70"),
        ("hello", "not KIND LABELS MARK TEXT"),
        ("rant cc 90 No such kind.", "no such kind"),
    ],
)
def test_what_does_not_hold_is_told_by_its_line(
    line: str, told: str, draft: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft.write_text(f"{DRAFT}{line}\n", encoding="utf-8")
    (question,) = drafts.questions(draft)
    assert len(question["answers"]) == 8
    assert f"draft.txt:13: {told}" in capsys.readouterr().err


def test_a_second_reading_is_compared(draft: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = tmp_path / "lines.jsonl"
    lines.write_text("".join(json.dumps(each) + "\n" for each in drafts.questions(draft)), encoding="utf-8")
    second_reading.draw([str(lines)])
    sheet = tmp_path / "sheet.txt"
    sheet.write_text(capsys.readouterr().out.replace("| __ |", "| cc |"), encoding="utf-8")
    second_reading.compare(str(sheet), [str(lines)])
    assert "9 of 16 letters differ (0.562)" in capsys.readouterr().out


def test_what_is_made_by_program_is_what_it_says() -> None:
    rng = random.Random(0)
    for question in questions("train")[:60]:
        for group in made.groups(question, ["a stranger's point"], rng):
            assert all(example.answer.strip() for example in group)
            if len(group) == 2:
                true, false = (each.target for each in group)
                assert (true, false) in {(hard(COVERED), hard(CONTRADICTED)), (hard(COVERED), made.EXCHANGED)}
                assert group[0].point == group[1].point
    assert made.shuffle("one two three", rng) is None
    shuffled = made.shuffle("the gate opens when the pressure falls", rng)
    assert shuffled is not None
    assert sorted(shuffled.split()) == ["falls", "gate", "opens", "pressure", "the", "the", "when"]
    assert made.another_number("about 2 in 3", rng) not in {None, "about 2 in 3"}
    assert made.another_number("about two", rng) is None


def test_two_things_are_exchanged() -> None:
    rng = random.Random(0)
    others = ["the client greets, the server answers"]
    assert made.exchanged("the server waits for the client", others, rng) == "the client waits for the server"
    assert made.exchanged("客户端等服务器", ["服务器先听，客户端再连"], rng) == "服务器等客户端"
    assert made.exchanged("nothing that others speak of", others, rng) is None


def test_notes_in_the_other_language_keep_the_letters() -> None:
    for split in ("train", "validation", "test"):
        for question in questions(split):
            other = across(question)
            assert other["question"].strip()
            assert len(other["points"]) == len(question["points"])
            assert all(point.strip() for point in other["points"])
            assert other["answers"] is question["answers"]


def test_entailment_turned_round_is_no_entailment(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl.xz"
    rows = [
        {"premise": "A red car stops.", "hypothesis": "A car stops.", "label": "entailment"},
        {"premise": "A car stops.", "hypothesis": "A car drives on.", "label": "contradiction"},
    ]
    with lzma.open(path, "wt", encoding="utf-8") as out:
        out.writelines(json.dumps(row) + "\n" for row in rows)
    there, back, against, turned = entailment(path)
    assert (there.target, against.target) == (hard(COVERED), hard(CONTRADICTED))
    assert (back.answer, back.point) == ("A car stops.", "A red car stops.")
    assert back.target[COVERED] < 0.5
    assert turned.target[CONTRADICTED] > 0.5


def test_a_mark_says_how_likely_a_point_is_covered(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl.xz"
    row = {"split": "train", "question": "Why?", "reference": "It rains. It is cold.", "answer": "Rain.", "score": 0.5}
    with lzma.open(path, "wt", encoding="utf-8") as out:
        out.write(json.dumps(row) + "\n" + json.dumps({**row, "split": "test"}) + "\n")
    found = list(marked(packed(path), random.Random(0)))
    assert {each.answer for each in found} == {"Rain."}
    for mark in (0.0, 0.25, 0.5, 1.0):
        target = earned(mark)
        assert sum(target) == pytest.approx(1)
        assert target[0] + target[1] / 2 == pytest.approx(mark)


def test_slips_leave_figures_alone() -> None:
    text = "RF = 2k + 1 bei 300 ms"
    for seed in range(20):
        slipped = made.mistyped(text, random.Random(seed), rate=0.5)
        assert [c for c in slipped if c.isdigit()] == [c for c in text if c.isdigit()]


def test_twins_share_a_batch() -> None:
    one = Example("yes", "q", "p", hard(COVERED))
    other = Example("no", "q", "p", hard(ABSENT))
    coded = [
        [([0] * length, each.target) for each in group]
        for length, group in ((9, (one, other)), (30, (one,)), (9, (one,)))
    ]
    stage = train.Stage(tokens=40)
    batches = train.batches(coded, stage, random.Random(0))
    assert sum(len(group) for batch in batches for group in batch) == 4
    for batch in batches:
        ids, mask, targets, pairs = train.tensors(batch, "cpu")
        assert ids.shape == mask.shape
        assert len(targets) == len(ids)
        assert all(second == first + 1 for first, second in pairs)


def test_the_rate_rises_and_falls() -> None:
    stage = train.Stage()
    shares = [train.share(step, 100, stage) for step in range(101)]
    assert shares[0] < shares[4] <= 1
    assert all(before >= after for before, after in pairwise(shares[5:]))
    assert shares[-1] == pytest.approx(stage.last)


@pytest.fixture(scope="module")
def learned(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[float]]:
    """A run over some forty questions' points, from the reader that ships, its upper two layers learning."""
    rng = random.Random(0)
    few = [group for question in questions("train")[:12] for group in groups(question, rng)][:100]
    stage = train.Stage(frozen=10, tokens=400, longest=64, rate=3e-4)
    out = tmp_path_factory.mktemp("run")
    return out, train.run(EMBEDDED_FOLDER, out, [few, few], stage)


@pytest.mark.torch
def test_a_run_learns(learned: tuple[Path, list[float]]) -> None:
    _, losses = learned
    half = len(losses) // 2
    assert np.mean(losses[half:]) < np.mean(losses[:half])


@pytest.mark.torch
def test_a_run_that_was_broken_off_goes_on(tmp_path: Path) -> None:
    rng = random.Random(0)
    few = [group for question in questions("train")[:3] for group in groups(question, rng)]
    stage = train.Stage(frozen=11, tokens=300, longest=48)
    trainer = train.Trainer(EMBEDDED_FOLDER, tmp_path, stage)
    work = train.batches(train.encode(few, trainer.tokenizer, stage), stage, random.Random("0 0"))
    for batch in work[:3]:
        trainer.step(batch, 0.5)
    trainer.save(spent=60.0)
    again = train.run(EMBEDDED_FOLDER, tmp_path, [few], stage)
    assert again[:3] == trainer.losses
    assert len(again) == len(work)
    assert not (tmp_path / "state.pt").exists()


@pytest.mark.torch
def test_what_is_shipped_reads_as_what_was_trained(learned: tuple[Path, list[float]], tmp_path: Path) -> None:
    trained, _ = learned
    scaling = calibrate.Scaling(1.25, (0.0, -0.5, 0.5, 0.25))
    export.ship(trained, tmp_path / "shipped", scaling)
    listed = [group[0] for group in groups(questions("validation", files="va-en.jsonl")[0], random.Random(0))][:8]
    logits = scaling.of(calibrate.predict(trained, listed))
    theirs = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    ours = ContextualReader(tmp_path / "shipped").read([(each.answer, each.statement) for each in listed])
    assert np.abs(ours - theirs).max() < 0.1  # weights of eight bits that no later step has mended


def test_nothing_that_measures_is_learned_from(shared: Path) -> None:
    passes = recipe.passes(
        shared, recipe.Recipe(passes=1, parallel=0, students=10_000), without=("scientsbank", "beetle")
    )
    (one,) = passes
    everything, _ = zip(*((each.answer, each.point) for group in one for each in group), strict=True)
    apart = {
        line.split("\t")[3].strip()
        for line in (shared / "dev" / "answers.tsv").read_text(encoding="utf-8").splitlines()
    }
    apart |= {
        answer["text"] for split in ("validation", "test") for one in questions(split) for answer in one["answers"]
    }
    assert not apart & set(everything)


def test_what_the_benchmarks_hold_out_is_not_read() -> None:
    assert not set(recipe.PARALLEL) & set(HELD_OUT)


def test_drafts_run_as_a_program(draft: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "training.marks.drafts", str(draft)], cwd=ROOT, capture_output=True, text=True,
        check=True, encoding="utf-8",
    )  # fmt: skip
    assert json.loads(done.stdout)["subject"] == "baking"
