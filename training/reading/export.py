"""From a trained reader to the folder that viva ships: weights of eight bits, and the network for onnxruntime."""

import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.reading.calibrate import Scaling
from viva.models.onnx_reader import GRAPH
from viva.types import Reading

_MS = "com.microsoft"
_LEVELS = 127.0  # steps of an activation on each side of 128


def ship(trained: Path, out: Path, scaling: Scaling) -> None:
    """Writes the folder: the weights rounded, the scaling in the last layer, the graph beside them."""
    import torch
    from safetensors.torch import load_file, save_file

    out.mkdir(parents=True, exist_ok=True)
    weights = load_file(trained / "model.safetensors")
    weights["classifier.weight"] = weights["classifier.weight"] / scaling.temperature
    weights["classifier.bias"] = weights["classifier.bias"] / scaling.temperature + torch.tensor(scaling.shift)
    rounded = {
        name: values.to(torch.float8_e4m3fn) if eight_bits(name, values) else values.float().contiguous()
        for name, values in weights.items()
    }
    save_file(rounded, out / "model.safetensors", metadata={"format": "pt"})
    config = json.loads((trained / "config.json").read_text(encoding="utf-8"))
    config["dtype"] = "float32"  # what the eight bits become when they are read
    for name in ("_name_or_path", "transformers_version"):
        config.pop(name, None)
    (out / "config.json").write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")
    for name in ("tokenizer.json", "tokenizer_config.json"):
        content = json.loads((trained / name).read_text(encoding="utf-8"))
        (out / name).write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    (out / GRAPH).write_bytes(graph(config))


def eight_bits(name: str, values: Any) -> bool:
    """Whether a tensor is one of the large ones, which are the layers' matrices and the table of pieces."""
    return values.ndim == 2 and (".layer." in name or "word_embeddings" in name)


def graph(config: dict[str, Any]) -> bytes:
    """The network over vectors of pieces (1, length, width), its weights left to whoever opens it."""
    return Network(config).bytes()


class Network:
    """Nodes of the graph, in the order they are computed."""

    def __init__(self, config: dict[str, Any]) -> None:
        self.width, self.inner = config["hidden_size"], config["intermediate_size"]
        self.layers, self.heads = config["num_hidden_layers"], config["num_attention_heads"]
        self.eps = config["layer_norm_eps"]
        self._nodes: list[Any] = []
        self._values: list[Any] = []
        self._rounded: dict[str, tuple[str, str]] = {}

    def bytes(self) -> bytes:
        """The whole network, as ONNX has it."""
        from onnx import TensorProto, helper

        norm = "bert.embeddings.LayerNorm"
        state = self.node("LayerNormalization", ["embeddings", *self._scale_and_shift(norm)], axis=-1, epsilon=self.eps)
        for layer in range(self.layers):
            state = self._layer(state, f"bert.encoder.layer.{layer}.")
        first = self.node("Gather", [state, self._constant("first", np.array(0, np.int64))], axis=1)
        pooled = self.node("Tanh", [self._head(first, "bert.pooler.dense", self.width)])
        self._head(pooled, "classifier", len(Reading), "logits")
        made = helper.make_graph(
            self._nodes, "reader",
            [helper.make_tensor_value_info("embeddings", TensorProto.FLOAT, [1, "length", self.width])],
            [helper.make_tensor_value_info("logits", TensorProto.FLOAT, [1, len(Reading)])],
            self._values,
        )  # fmt: skip
        sets = [helper.make_opsetid("", 17), helper.make_opsetid(_MS, 1)]
        return bytes(helper.make_model(made, opset_imports=sets, ir_version=9).SerializeToString())

    def node(self, kind: str, inputs: list[str], domain: str = "", name: str = "", **settings: Any) -> str:
        """Adds a node and returns what its output is called."""
        from onnx import helper

        name = name or f"{kind}{len(self._nodes)}"
        self._nodes.append(helper.make_node(kind, inputs, [name], domain=domain, **settings))
        return name

    def _layer(self, state: str, prefix: str) -> str:
        """A layer of BERT: attention, then the inner layer, each added to what came in and normalised."""
        width, self_ = self.width, f"{prefix}attention.self."
        parts = [self._product(state, f"{self_}{part}.weight", width, width) for part in ("query", "key", "value")]
        shifts = [self._weight(f"{self_}{part}.bias", [width]) for part in ("query", "key", "value")]
        shift = self.node("Concat", shifts, axis=0)
        seen = self.node("MultiHeadAttention", [*parts, shift], _MS, num_heads=self.heads)
        state = self._joined(seen, state, f"{prefix}attention.output", width)
        inner = self._product(state, f"{prefix}intermediate.dense.weight", width, self.inner)
        bent = self.node("BiasGelu", [inner, self._weight(f"{prefix}intermediate.dense.bias", [self.inner])], _MS)
        return self._joined(bent, state, f"{prefix}output", self.inner)

    def _joined(self, found: str, state: str, prefix: str, size: int) -> str:
        product = self._product(found, f"{prefix}.dense.weight", size, self.width)
        norm = self._scale_and_shift(f"{prefix}.LayerNorm")
        inputs = [product, state, *norm, self._weight(f"{prefix}.dense.bias", [self.width])]
        return self.node("SkipLayerNormalization", inputs, _MS, epsilon=self.eps)

    def _product(self, state: str, weight: str, size: int, out: int) -> str:
        """A product in whole numbers: those of the activations, scaled token by token, with those of the weight."""
        from onnx import TensorProto

        numbers, scale = self._whole(state)
        middle = self._constant("middle", np.array(128, np.uint8))
        kept = self._weight(weight, [size, out], TensorProto.INT8)
        product = self.node("Cast", [self.node("MatMulInteger", [numbers, kept, middle])], to=TensorProto.FLOAT)
        return self.node("Mul", [self.node("Mul", [product, scale]), self._weight(f"{weight}.scale", [out])])

    def _whole(self, state: str) -> tuple[str, str]:
        """The activations in whole numbers around 128, with a scale for each token."""
        from onnx import TensorProto

        if state not in self._rounded:
            most = self.node("ReduceMax", [self.node("Abs", [state])], axes=[-1], keepdims=1)
            least = self._constant("least", np.array([1e-12], np.float32))
            scale = self.node(
                "Mul", [self.node("Max", [most, least]), self._constant("step", np.array([1 / _LEVELS], np.float32))]
            )
            shifted = self.node(
                "Add", [self.node("Div", [state, scale]), self._constant("half", np.array([128.5], np.float32))]
            )
            self._rounded[state] = self.node("Cast", [shifted], to=TensorProto.UINT8), scale
        return self._rounded[state]

    def _head(self, state: str, layer: str, out: int, name: str = "") -> str:
        inputs = [state, self._weight(f"{layer}.weight", [out, self.width]), self._weight(f"{layer}.bias", [out])]
        return self.node("Gemm", inputs, name=name, transB=1)

    def _scale_and_shift(self, norm: str) -> list[str]:
        return [self._weight(f"{norm}.{part}", [self.width]) for part in ("weight", "bias")]

    def _weight(self, name: str, shape: list[int], kind: int | None = None) -> str:
        """A weight that is given when the graph is opened."""
        from onnx import TensorProto

        value = TensorProto(name=name, dims=shape, data_type=kind or TensorProto.FLOAT, data_location="EXTERNAL")
        value.external_data.add(key="location", value="model.safetensors")
        self._values.append(value)
        return name

    def _constant(self, name: str, value: NDArray[Any]) -> str:
        from onnx import numpy_helper

        if all(each.name != name for each in self._values):
            self._values.append(numpy_helper.from_array(value, name))
        return name
