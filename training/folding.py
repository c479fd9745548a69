"""Folding: which letters count as the same letter, written as the normaliser of the tokenizer.

Width, case and accents are folded; Traditional characters become Simplified ones; × is x and the curly apostrophe a
straight one. A Chinese character outside GB 2312 that has no simplified form there is read as a blank: the table has
no vector for it, and one unknown character must not hide the whole run that it stands in.
"""

from __future__ import annotations

import io
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

_FIRST, _LAST = 0x4E00, 0x9FFF
_SIGNS = {"×": "x", "’": "'", "‘": "'", "＇": "'"}


def is_common(character: str) -> bool:
    """Tell whether a Chinese character is one of the 6,763 of GB 2312."""
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def common_characters() -> list[str]:
    """Return the Chinese characters of GB 2312, in order of their code points."""
    return [chr(code) for code in range(_FIRST, _LAST + 1) if is_common(chr(code))]


def replacements() -> dict[str, str]:
    """Return what each letter that is not kept becomes; the simplified forms are OpenCC's (Apache-2.0)."""
    from opencc import OpenCC

    simplified = OpenCC("t2s").convert
    found = dict(_SIGNS)
    for code in range(_FIRST, _LAST + 1):
        character = chr(code)
        if not is_common(character):
            other = simplified(character)
            found[character] = other if len(other) == 1 and is_common(other) else " "
    return found


def normaliser() -> Any:
    """Return the normaliser for `tokenizers.Tokenizer`."""
    from tokenizers import normalizers

    steps = [normalizers.NFKD(), normalizers.StripAccents(), normalizers.Lowercase(), normalizers.Precompiled(_map())]
    return normalizers.Sequence(steps)


@cache
def _map() -> bytes:
    return _compiled(replacements())


def _compiled(rules: dict[str, str]) -> bytes:
    """Return the rules as SentencePiece's character map, which the tokenizers library reads.

    SentencePiece compiles a map only while it trains, so a model of a few letters is trained beside it and thrown away.
    """
    from sentencepiece import SentencePieceTrainer, sentencepiece_model_pb2

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rules.tsv"
        lines = (f"{ord(old):X}\t{' '.join(f'{ord(one):X}' for one in new)}\n" for old, new in rules.items())
        path.write_text("".join(lines), encoding="utf-8")
        written = io.BytesIO()
        SentencePieceTrainer.train(
            sentence_iterator=iter(["one two three", "四 五 六"]),
            model_writer=written,
            model_type="char",
            vocab_size=20,
            hard_vocab_limit=False,
            normalization_rule_tsv=str(path),
            minloglevel=2,
        )
    model = sentencepiece_model_pb2.ModelProto()
    model.ParseFromString(written.getvalue())
    return bytes(model.normalizer_spec.precompiled_charsmap)
