"""The embedded model: same vectors as the libraries whose format it has, nothing cut off, damage told in one line."""

from __future__ import annotations

import json
import shutil
import struct
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from viva.errors import ModelError
from viva.models.embedded import EMBEDDED_FOLDER, StaticModel
from viva.models.encoder import open_encoder

TEXTS = [
    "卷积层有什么特性",
    "1x1卷积＋激活函数，增加非线性",
    "Why do residual connections help?",
    "BN层的作用 and its cost",
    "RF = RF + (k - 1) * stride",
    "a",
    "ÄÖÜ naïve café",
    "①② １２ ＡＢ",
    "😀 unknown sign beside words",
    "\ttabs and\nnew lines\n\n between",
    "the quick brown fox " * 20,
    "梯度消失与梯度爆炸。" * 20,
    "C++ f1-score log(x) <script>",
]


@pytest.fixture(scope="module")
def model() -> StaticModel:
    return StaticModel(EMBEDDED_FOLDER, "embedded")


def cosines(ours: np.ndarray, theirs: np.ndarray) -> np.ndarray:
    theirs = np.asarray(theirs, dtype=np.float64)
    return np.sum(ours * theirs, axis=1) / (np.linalg.norm(ours, axis=1) * np.linalg.norm(theirs, axis=1))


@pytest.mark.filterwarnings("ignore")
def test_same_vectors_as_model2vec(model):
    from model2vec import StaticModel as Model2Vec

    theirs = Model2Vec.from_pretrained(str(EMBEDDED_FOLDER)).encode(TEXTS)
    assert cosines(model.encode(TEXTS), theirs).min() >= 0.9999


@pytest.mark.torch
@pytest.mark.filterwarnings("ignore")
def test_same_vectors_as_sentence_transformers(model):
    from sentence_transformers import SentenceTransformer

    theirs = SentenceTransformer(str(EMBEDDED_FOLDER), device="cpu").encode(TEXTS)
    assert cosines(model.encode(TEXTS), theirs).min() >= 0.9999


def test_unit_vectors_of_the_stated_dimension(model):
    vectors = model.encode(TEXTS)
    assert vectors.shape == (len(TEXTS), model.dimension)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=1e-5)


def test_text_without_known_tokens_gives_zeros(model):
    assert not model.encode(["", "😀😀"]).any()
    assert model.encode([]).shape == (0, model.dimension)


def test_lone_surrogates_do_no_harm(model):
    assert np.isfinite(model.encode(["broken \udce5 terminal"])).all()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=8))
def test_a_text_has_the_same_vector_in_any_company(model, texts):
    together = model.encode(texts)
    for text, vector in zip(texts, together, strict=True):
        np.testing.assert_allclose(model.encode([text])[0], vector, atol=1e-5)


def test_nothing_is_cut_off(model):
    start = "卷积核的大小决定感受野。" * 400
    assert abs(float(model.encode([start])[0] @ model.encode([start + "database transactions " * 2000])[0])) < 0.9


def test_a_very_long_text_is_the_mean_of_its_parts(model):
    part = "梯度下降沿着负梯度更新参数 "
    assert float(model.encode([part * 5000])[0] @ model.encode([part])[0]) > 0.9999


def test_meaning_beats_nothing(model):
    query, same, other = model.encode(["怎么防止过拟合", "how to avoid overfitting", "how to cook rice"])
    assert query @ same > query @ other + 0.2


def test_model_id_tells_name_and_content(model, tmp_path):
    copy = copied(tmp_path)
    assert StaticModel(copy, "embedded").model_id == model.model_id
    weights = bytearray((copy / "model.safetensors").read_bytes())
    weights[-1] ^= 1
    (copy / "model.safetensors").write_bytes(weights)
    changed = StaticModel(copy, "embedded")
    assert changed.model_id != model.model_id
    assert changed.model_id.startswith("embedded@")


def test_folder_is_opened_by_name(tmp_path, model):
    opened = open_encoder(str(copied(tmp_path)), notify=pytest.fail)
    assert opened.model_id.startswith("copy@")
    np.testing.assert_array_equal(opened.encode(TEXTS), model.encode(TEXTS))


@pytest.mark.parametrize("name", [None, "embedded", " Embedded "])
def test_embedded_is_the_default(name, model):
    assert open_encoder(name, notify=pytest.fail).model_id == model.model_id


def copied(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EMBEDDED_FOLDER, tmp_path / "copy"))


def cut(folder, name, keep):
    path = folder / name
    path.write_bytes(path.read_bytes()[:keep])


def other_numbers(folder):
    header = json.dumps({"embeddings": {"dtype": "BOOL", "shape": [2, 2], "data_offsets": [0, 4]}}).encode()
    (folder / "model.safetensors").write_bytes(struct.pack("<Q", len(header)) + header + b"\0" * 4)


def too_few_rows(folder):
    header = json.dumps({"embeddings": {"dtype": "F32", "shape": [2, 2], "data_offsets": [0, 16]}}).encode()
    (folder / "model.safetensors").write_bytes(struct.pack("<Q", len(header)) + header + b"\0" * 16)


def other_tensor(folder):
    header = json.dumps({"linear": {"dtype": "F32", "shape": [2, 2], "data_offsets": [0, 16]}}).encode()
    (folder / "model.safetensors").write_bytes(struct.pack("<Q", len(header)) + header + b"\0" * 16)


@pytest.mark.parametrize(
    ("harm", "word"),
    [
        (lambda f: (f / "model.safetensors").unlink(), "model.safetensors"),
        (lambda f: (f / "tokenizer.json").unlink(), "tokenizer.json"),
        (lambda f: cut(f, "model.safetensors", 1_000_000), "expected"),
        (lambda f: cut(f, "model.safetensors", 50), "header"),
        (lambda f: cut(f, "model.safetensors", 0), "damaged"),
        (lambda f: cut(f, "tokenizer.json", 500), "tokenizer.json"),
        (lambda f: cut(f, "modules.json", 20), "modules.json"),
        (lambda f: (f / "model.safetensors").write_bytes(b"\xff" * 64), "damaged"),
        (other_numbers, "BOOL"),
        (too_few_rows, "rows"),
        (other_tensor, "static-embedding"),
    ],
)
def test_damage_is_one_clear_line(tmp_path, harm, word):
    folder = copied(tmp_path)
    harm(folder)
    with pytest.raises(ModelError, match=word) as caught:
        open_encoder(str(folder), notify=pytest.fail)
    assert "\n" not in str(caught.value)


def test_neither_torch_nor_model2vec_is_loaded():
    code = (
        "import sys; from viva.models.encoder import open_encoder; open_encoder(notify=print).encode(['x']);"
        "print([m for m in ('torch', 'model2vec', 'sentence_transformers', 'transformers', 'faiss') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
