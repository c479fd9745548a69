"""A model's folder before it is loaded: whether it is safe, what it is, and how to fetch one from the hub."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

from viva.errors import ModelError
from viva.i18n import tr
from viva.reasons import why
from viva.types import Notify

_PICKLES = ("*.bin", "*.pt", "*.pth", "*.ckpt", "*.pkl", "*.pickle")
_UNUSED = (*_PICKLES, "*.onnx", "*.h5", "*.msgpack", "*.ot", "*.tflite", "onnx/*", "openvino/*", "*.gguf")
_WHOLE = 2_000_000  # bytes up to which a file is hashed whole
_SAMPLES = 64
_SAMPLE = 4_096


def check_safe(folder: Path) -> None:
    """Make sure that nothing in `folder` would be unpickled or run.

    Raises:
        ModelError: weights are there as pickles only, there are none at all, or the model brings its own code.
    """
    parts = _parts(folder)
    for part in parts:
        pickles = sorted(path.name for pattern in _PICKLES for path in part.glob(pattern))
        if any(part.glob("*.safetensors")):
            continue
        if any(name.startswith(("pytorch_model", "model")) for name in pickles):
            raise ModelError(
                tr(
                    "{part} holds its weights only as a pickle ({file}), which could run any code: give a "
                    "model saved as safetensors",
                    part=part,
                    file=pickles[0],
                )
            )
    if not any(any(part.glob("*.safetensors")) for part in parts):
        raise ModelError(
            tr(
                "no weights (*.safetensors) in {folder}: give the folder of a sentence-transformers model",
                folder=folder,
            )
        )


def _parts(folder: Path) -> list[Path]:
    """Return the folders of the model's modules, the folder itself first."""
    path = folder / "modules.json"
    if not path.is_file():
        if not (folder / "config.json").is_file():
            raise ModelError(
                tr("{folder} holds no model (neither modules.json nor config.json): give another folder", folder=folder)
            )
        return [folder]
    for module in _read_json(path, list):
        kind = str(module.get("type", ""))
        if not kind.startswith("sentence_transformers."):
            raise ModelError(
                tr(
                    "the model in {folder} runs its own code ({kind}), which viva does not: give another",
                    folder=folder,
                    kind=kind,
                )
            )
    places = [folder / str(module.get("path", "")) for module in _read_json(path, list)]
    if any(not place.resolve().is_relative_to(folder.resolve()) for place in places):
        raise ModelError(tr("{path} leads out of its folder: give another model", path=path))
    return list(dict.fromkeys([folder, *places]))


def _read_json(path: Path, kind: type[list[Any] | dict[str, Any]]) -> Any:
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(
            tr("{path} cannot be read ({error}): put a fresh copy of the model there", path=path, error=why(error))
        ) from error
    if not isinstance(value, kind) or (kind is list and not all(isinstance(item, dict) for item in value)):
        raise ModelError(tr("{path} does not hold what it should: put a fresh copy of the model there", path=path))
    return value


def saved_prompts(folder: Path) -> dict[str, str]:
    """Return the prefixes that the model's author saved with it, by name ("query", "passage"); often none."""
    path = folder / "config_sentence_transformers.json"
    prompts = _read_json(path, dict).get("prompts") if path.is_file() else None
    return {str(name): str(text) for name, text in prompts.items()} if isinstance(prompts, dict) else {}


def known_name(folder: Path, name: str) -> str:
    """Return all names the model is known by, in small letters, for telling its family."""
    path = folder / "config.json"
    inner = _read_json(path, dict).get("_name_or_path") if path.is_file() else None
    return f"{name} {inner or ''}".casefold()


def content_hash(folder: Path) -> str:
    """Return a hash of names, sizes and contents of the model's files.

    Of files over two megabytes 64 evenly spread blocks are read: training changes every block of the weights, and
    gigabytes would take seconds at each start.
    """
    whole = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix not in {".json", ".txt", ".model", ".safetensors"} or not path.is_file():
            continue
        size = path.stat().st_size
        whole.update(f"{path.relative_to(folder).as_posix()}\0{size}\0".encode())
        with path.open("rb") as stream:
            if size <= _WHOLE:
                whole.update(stream.read())
                continue
            for sample in range(_SAMPLES):
                stream.seek((size - _SAMPLE) * sample // (_SAMPLES - 1))
                whole.update(stream.read(_SAMPLE))
    return whole.hexdigest()[:16]


def fetch(name: str, notify: Notify) -> Path:
    """Return the folder of a model on the Hugging Face hub: from the cache when it is there, else downloaded.

    Pickles are never downloaded. The hub's own progress bar shows on stderr.

    Raises:
        ModelError: there is no such model, or it is not in the cache and the hub cannot be reached.
    """
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

    try:
        folder = Path(snapshot_download(name, local_files_only=True))
        if any(folder.rglob("*.safetensors")) or any(folder.rglob("pytorch_model*.bin")):
            return folder
    except HFValidationError as error:
        raise ModelError(
            tr('no model {name!r}: give a folder, a name such as "intfloat/multilingual-e5-small"', name=name)
        ) from error
    except LocalEntryNotFoundError:
        pass
    return _download(name, notify)


def _download(name: str, notify: Notify) -> Path:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import GatedRepoError, RepositoryNotFoundError

    if _offline():
        raise ModelError(
            tr(
                "the model {name} is not on this computer and downloads are off (HF_HUB_OFFLINE): check "
                "its name, or unset HF_HUB_OFFLINE to download it",
                name=name,
            )
        )
    notify(tr("downloading the model {name} from the Hugging Face hub; next time it is here", name=name))
    try:
        return Path(snapshot_download(name, ignore_patterns=list(_UNUSED)))
    except GatedRepoError as error:
        raise ModelError(
            tr("the model {name} needs its authors' leave: log in with `hf auth login` first", name=name)
        ) from error
    except RepositoryNotFoundError as error:
        raise ModelError(tr("there is no model {name} on the Hugging Face hub: check the name", name=name)) from error
    except Exception as error:  # no network shows as one of a dozen kinds of error
        reason = (why(error).strip() or type(error).__name__).splitlines()[0][:120]
        raise ModelError(
            tr(
                "the model {name} could not be downloaded ({reason}): check the connection, or use the embedded model",
                name=name,
                reason=reason,
            )
        ) from error


def _offline() -> bool:
    """Whether the user forbids downloads; the hub's library looks only once, when it is first imported."""
    from huggingface_hub import constants

    asked = os.environ.get("HF_HUB_OFFLINE") or os.environ.get("TRANSFORMERS_OFFLINE") or ""
    return constants.is_offline_mode() or asked.upper() in {"1", "ON", "YES", "TRUE"}
