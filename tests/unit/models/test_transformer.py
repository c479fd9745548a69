"""Any sentence-transformers model: a real one, tiny and made here, and all that may not be loaded."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

import viva
from viva.errors import ModelError
from viva.models.checkpoint import content_hash
from viva.models.encoder import open_encoder
from viva.models.transformer import prefixes, split_to_fit

WORDS = [
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "[MASK]",
    "query",
    "passage",
    ":",
    "deep",
    "network",
    "卷",
    "积",
    "层",
    "a",
    "b",
]


@pytest.fixture(scope="session")
def saved_model(tmp_path_factory) -> Path:
    """A SentenceTransformer with a random two-layer BERT, window of 16 tokens."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    folder = tmp_path_factory.mktemp("models")
    inner = folder / "bert"
    inner.mkdir()
    (inner / "vocab.txt").write_text("\n".join(WORDS), encoding="utf-8")
    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=len(WORDS), hidden_size=32, num_hidden_layers=2, num_attention_heads=2, intermediate_size=32
    )
    BertModel(config).save_pretrained(inner)
    BertTokenizerFast(str(inner / "vocab.txt")).save_pretrained(inner)
    parts = Transformer(str(inner), max_seq_length=16)
    model = SentenceTransformer(modules=[parts, Pooling(32, "mean")], prompts={"query": "query: ", "document": ""})
    saved = folder / "tiny-bert"
    model.save(str(saved))
    return saved


@pytest.fixture
def folder(saved_model, tmp_path) -> Path:
    return Path(shutil.copytree(saved_model, tmp_path / "tiny-bert"))


@pytest.mark.torch
@pytest.mark.filterwarnings("ignore")
class TestRealModel:
    def test_unit_vectors(self, saved_model):
        encoder = open_encoder(str(saved_model), notify=pytest.fail)
        vectors = encoder.encode(["卷积层", "deep network", "", "  "])
        assert encoder.dimension == 32
        assert vectors.shape == (4, 32)
        assert vectors.dtype == np.float32
        assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1, 0, 0], abs=1e-5)
        assert encoder.encode([]).shape == (0, 32)

    def test_queries_get_the_saved_prefix(self, saved_model):
        encoder = open_encoder(str(saved_model), notify=pytest.fail)
        query = encoder.encode(["deep network"], "query")[0]
        assert query == pytest.approx(encoder.encode(["query: deep network"], "passage")[0], abs=1e-5)
        assert query != pytest.approx(encoder.encode(["deep network"], "passage")[0], abs=1e-3)

    def test_long_texts_are_not_cut(self, saved_model):
        encoder = open_encoder(str(saved_model), notify=pytest.fail)
        start = "deep network " * 30
        with_end = encoder.encode([start + "卷积层" * 40])[0]
        assert float(encoder.encode([start])[0] @ with_end) < 0.999

    def test_model_id_follows_the_content(self, folder):
        first = open_encoder(str(folder), notify=pytest.fail).model_id
        assert first.startswith("tiny-bert@")
        path = folder / "model.safetensors"
        weights = bytearray(path.read_bytes())
        weights[-2] ^= 1
        path.write_bytes(weights)
        assert open_encoder(str(folder), notify=pytest.fail).model_id != first

    def test_cut_weights(self, folder):
        path = folder / "model.safetensors"
        path.write_bytes(path.read_bytes()[:500])
        with pytest.raises(ModelError, match="cannot be opened") as caught:
            open_encoder(str(folder), notify=pytest.fail)
        assert "\n" not in str(caught.value)


def fake(folder: Path, *names: str, modules: list[dict[str, str]] | None = None) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("{}", encoding="utf-8")
    if modules is not None:
        (folder / "modules.json").write_text(json.dumps(modules), encoding="utf-8")
    return folder


BERT = {"type": "sentence_transformers.models.Transformer", "path": ""}
DENSE = {"type": "sentence_transformers.models.Dense", "path": "2_Dense"}


@pytest.mark.parametrize(
    ("names", "modules", "word"),
    [
        (("config.json", "pytorch_model.bin"), None, "pickle"),
        (("config.json", "pytorch_model-00001-of-00002.bin"), [BERT], "pickle"),
        (("config.json", "model.safetensors", "2_Dense/pytorch_model.bin"), [BERT, DENSE], "pickle"),
        (("config.json",), [BERT], "no weights"),
        (("notes.txt",), None, "holds no model"),
        (("config.json", "model.safetensors"), [{"type": "own.code.Model", "path": ""}], "its own code"),
        (("config.json", "model.safetensors"), [{**BERT, "path": "../outside"}], "leads out"),
    ],
)
def test_what_is_not_safe_or_no_model_is_refused(tmp_path, names, modules, word):
    folder = fake(tmp_path / "model", *names, modules=modules)
    with pytest.raises(ModelError, match=word) as caught:
        open_encoder(str(folder), notify=pytest.fail)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["nobody/no-such-model", "no-such-model-either"])
def test_unknown_name_offline(name):
    with pytest.raises(ModelError, match="not on this computer") as caught:
        open_encoder(name, notify=pytest.fail)
    assert name in str(caught.value)


@pytest.mark.parametrize("name", ["", "./missing", "/missing/folder", "~/missing", "a/b/c", "c:\\models\\x"])
def test_missing_folder(name):
    with pytest.raises(ModelError, match="no model at"):
        open_encoder(name, notify=pytest.fail)


@pytest.mark.parametrize("name", ["two words", "a..b/c", "名字/模型"])
def test_impossible_name(name):
    with pytest.raises(ModelError, match="no model"):
        open_encoder(name, notify=pytest.fail)


@pytest.mark.parametrize(
    ("saved", "name", "query", "passage"),
    [
        ({}, "intfloat/multilingual-e5-small", "query: ", "passage: "),
        ({}, "intfloat/e5-base-v2", "query: ", "passage: "),
        ({"query": "", "document": ""}, "intfloat/multilingual-e5-base", "query: ", "passage: "),
        ({"query": "q> ", "passage": "p> "}, "intfloat/multilingual-e5-small", "q> ", "p> "),
        ({"query": "ask: "}, "somebody/model", "ask: ", ""),
        ({}, "sentence-transformers/all-minilm-l6-v2", "", ""),
    ],
)
def test_prefixes(saved, name, query, passage):
    assert prefixes(saved, name) == {"query": query, "passage": passage}


def test_splitting_loses_nothing():
    text = "one two three four five six seven eight nine ten" * 7 + "卷积" * 50
    pieces = split_to_fit(text, lambda piece: len(piece) <= 30)
    assert "".join(pieces) == text
    assert max(map(len, pieces)) <= 30


def test_hash_of_large_weights_reads_samples(tmp_path):
    folder = fake(tmp_path, "config.json")
    (folder / "model.safetensors").write_bytes(bytes(3_000_000))
    first = content_hash(folder)
    (folder / "model.safetensors").write_bytes(b"\1" * 3_000_000)
    assert content_hash(folder) != first


@pytest.mark.torch
@pytest.mark.filterwarnings("ignore")
def test_a_folder_model_searches_and_grades_and_another_model_rebuilds_the_index(saved_model, tmp_path):
    notes = tmp_path / "notes.md"
    notes.write_text("1. 卷积层 a?\n\n卷积 deep network\n\n2. deep network b?\n\n层 a b\n", encoding="utf-8")
    said: list[str] = []

    def opened(model: str | None) -> viva.Workspace:
        return viva.open_workspace(kb=notes, index=tmp_path / "index", model=model, notify=said.append)

    with opened(None) as workspace:
        workspace.search("卷积")
        embedded = workspace.encoder.model_id
    said.clear()
    with opened(str(saved_model)) as workspace:
        first, second = workspace.entries
        assert {hit.question_id for hit in workspace.search("卷积", 5)} == {first.id, second.id}
        assert workspace.grade(first, first.answer).score == 100
        assert workspace.grade(first, "不知道").flags == ("dont-know",)
        grade = workspace.grade(first, "a b, 层 deep")
        assert 0 <= grade.score <= 100
        assert grade.passage is not None
        assert workspace.searcher.index.model_id == workspace.encoder.model_id != embedded
    (line,) = said
    assert "another model" in line
    said.clear()
    with opened(str(saved_model)) as workspace:
        workspace.search("卷积")
    assert said == []
