"""The reader that ships, and any other cross-encoder for entailment in its place."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from viva.errors import ModelError
from viva.models.onnx_reader import EMBEDDED_FOLDER, GRAPH, ContextualReader, windowed
from viva.models.reader import open_reader, statement
from viva.models.weights import decode_e4m3
from viva.models.windows import most_telling, windows
from viva.types import Reader, Reading

ROOT = Path(__file__).resolve().parents[3]
PAIRS = [
    ("It lets the dough relax, so that it does not tear.", statement("Why rest dough?", "gluten relaxes")),
    ("深层网络里梯度连乘，越来越小。", statement("梯度为什么会消失？", "连乘使梯度变小")),
    ("I don't know.", statement("Why rest dough?", "gluten relaxes")),
]


@pytest.fixture(scope="module")
def reader() -> ContextualReader:
    return ContextualReader(EMBEDDED_FOLDER, "embedded")


def test_a_reading_is_four_probabilities(reader: Reader) -> None:
    read = reader.read(PAIRS)
    assert read.shape == (len(PAIRS), len(Reading))
    assert np.allclose(read.sum(axis=1), 1, atol=1e-5)
    assert (read >= 0).all()
    assert reader.read([]).shape == (0, len(Reading))


def test_company_changes_no_reading(reader: Reader) -> None:
    together = reader.read([*PAIRS, ("word " * 900, PAIRS[0][1]), *PAIRS])
    alone = np.concatenate([reader.read([pair]) for pair in PAIRS])
    assert np.array_equal(together[: len(PAIRS)], alone)
    assert np.array_equal(together[-len(PAIRS) :], alone)


def test_who_says_nothing_speaks_of_nothing(reader: Reader) -> None:
    for answer in ("", "   ", "\n"):
        assert reader.read([(answer, PAIRS[0][1])])[0, Reading.ABSENT] == 1


def test_hostile_text_is_read(reader: Reader) -> None:
    odd = ["\x00\x1b[31m", "\ud800 half", "\u202e", "a" * 20_000, "</s> <s> <pad>", "🙂" * 300]
    read = reader.read([(text, PAIRS[0][1]) for text in odd] + [(PAIRS[0][0], text) for text in odd])
    assert np.isfinite(read).all()


def test_signs_of_the_model_are_text_like_any_other(reader: Reader) -> None:
    """Who types the sign that ends a text does not end it."""
    ids = reader._ids(["</s>"])["</s>"]
    assert 2 not in ids


def test_the_end_of_a_long_answer_is_read() -> None:
    """What is said last is read, however much stands before it, each window beside the whole statement."""
    answer, said = list(range(100, 1100)), [7, 8, 9]
    cut = windowed(answer, said)
    assert {token for window in cut for token in window} >= {*answer, *said}
    assert all(len(window) <= 256 and window[-4:-1] == said for window in cut)


@pytest.mark.torch
def test_cross_encoder_opens_the_folder_and_reads_the_same(reader: Reader) -> None:
    from sentence_transformers import CrossEncoder

    theirs = CrossEncoder(str(EMBEDDED_FOLDER)).predict(PAIRS, apply_softmax=True, show_progress_bar=False)
    ours = reader.read(PAIRS)
    assert np.array_equal(theirs.argmax(axis=1), ours.argmax(axis=1))
    assert np.abs(theirs - ours).mean() < 0.02  # activations of eight bits


@pytest.mark.torch
def test_a_folder_without_a_graph_is_read_by_cross_encoder(reader: Reader, tmp_path: Path) -> None:
    folder = shutil.copytree(EMBEDDED_FOLDER, tmp_path / "reader", ignore=shutil.ignore_patterns(GRAPH))
    other = open_reader(str(folder), notify=pytest.fail)
    assert other is not None
    assert np.abs(other.read([*PAIRS, ("", "x")]) - reader.read([*PAIRS, ("", "x")])).mean() < 0.02
    assert np.isfinite(other.read([("word " * 700, PAIRS[0][1])])).all()  # it has windows of its own


@pytest.fixture(scope="module")
def three_way(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model for entailment as the hub has them, its labels in an order of its own."""
    from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification

    folder = tmp_path_factory.mktemp("three")
    labels = {0: "contradiction", 1: "entailment", 2: "neutral"}
    config = BertConfig(
        vocab_size=50_000, hidden_size=8, num_hidden_layers=1, num_attention_heads=1, intermediate_size=8,
        num_labels=3, id2label=labels, label2id={name: place for place, name in labels.items()}, pad_token_id=1,
    )  # fmt: skip
    BertForSequenceClassification(config).save_pretrained(folder)
    AutoTokenizer.from_pretrained(EMBEDDED_FOLDER).save_pretrained(folder)
    return folder


@pytest.mark.torch
def test_three_labels_of_entailment_are_mapped_by_name(three_way: Path) -> None:
    from sentence_transformers import CrossEncoder

    reader = open_reader(str(three_way), notify=pytest.fail)
    assert reader is not None
    theirs = CrossEncoder(str(three_way)).predict(PAIRS, apply_softmax=True, show_progress_bar=False)
    read = reader.read(PAIRS)
    assert np.allclose(read[:, Reading.CONTRADICTED], theirs[:, 0], atol=1e-5)
    assert np.allclose(read[:, Reading.COVERED], theirs[:, 1], atol=1e-5)
    assert np.allclose(read[:, Reading.ABSENT], theirs[:, 2], atol=1e-5)
    assert not read[:, Reading.PARTIAL].any()


@pytest.mark.torch
def test_a_model_for_something_else_is_refused(three_way: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(three_way, tmp_path / "moods")
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    config["id2label"] = {"0": "happy", "1": "sad", "2": "angry"}
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    with pytest.raises(ModelError, match=r"none for entailment .*happy, sad, angry.*give another"):
        open_reader(str(folder), notify=pytest.fail)


def test_none_is_no_reader() -> None:
    assert open_reader("none", notify=pytest.fail) is None


@pytest.mark.parametrize("name", ["./nowhere", "/no/such/folder"])
def test_a_place_without_a_reader_is_told(name: str) -> None:
    with pytest.raises(ModelError, match="no reader at"):
        open_reader(name, notify=pytest.fail)


@pytest.mark.parametrize("file", ["model.safetensors", "tokenizer.json", GRAPH])
def test_a_damaged_file_is_told_in_one_line(file: str, tmp_path: Path) -> None:
    folder = shutil.copytree(EMBEDDED_FOLDER, tmp_path / "reader")
    content = (folder / file).read_bytes()
    (folder / file).write_bytes(content[: len(content) // 2])
    with pytest.raises(ModelError, match="put a fresh copy of the model there") as told:
        ContextualReader(folder)
    assert "\n" not in str(told.value)


@given(st.lists(st.integers(), max_size=400), st.integers(4, 60))
def test_windows_lose_nothing(items: list[int], size: int) -> None:
    cut = windows(items, size)
    assert all(len(window) <= size for window in cut)
    starts = [0]
    for window in cut[1:]:
        starts.append(starts[-1] + max(1, size - size // 4) if window is not cut[-1] else len(items) - size)
    covered = {place for start, window in zip(starts, cut, strict=True) for place in range(start, start + len(window))}
    assert covered == set(range(len(items)))


def test_the_window_that_speaks_of_it_counts() -> None:
    rows = np.array([[0.1, 0.1, 0.8, 0.0], [0.1, 0.1, 0.2, 0.6]], dtype=np.float32)
    assert most_telling(rows).argmax() == Reading.CONTRADICTED


@pytest.mark.torch
def test_eight_bits_are_read_as_torch_reads_them() -> None:
    import torch

    codes = np.array([code for code in range(256) if code & 127 != 127], dtype=np.uint8)
    theirs = torch.from_numpy(codes).view(torch.float8_e4m3fn).float().numpy()
    assert np.array_equal(decode_e4m3(codes), theirs)


def test_the_graph_is_what_the_recipe_makes() -> None:
    from training.reading.export import graph

    config = json.loads((EMBEDDED_FOLDER / "config.json").read_text(encoding="utf-8"))
    assert (EMBEDDED_FOLDER / GRAPH).read_bytes() == graph(config)


def test_what_the_wheel_ships_for_meaning_stays_small() -> None:
    folders = (EMBEDDED_FOLDER, ROOT / "src" / "viva" / "models" / "model")
    assert sum(path.stat().st_size for folder in folders for path in folder.rglob("*")) <= 64_000_000
