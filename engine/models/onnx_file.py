"""ONNX files: a network as a graph that other programs run, written with the package onnx.

Input ``pixels``, (batch, 784) float32, 0 background to 1 ink, the standardisation folded in; outputs
``logits`` and ``probabilities``, (batch, classes) float32. The names of the classes are the metadata
``classes``, a JSON list.
"""

from __future__ import annotations

import importlib
import json
from pathlib import Path
from typing import Any

from engine.errors import ModelFileError
from engine.files.safe_writing import replacing
from engine.models.folding import folded_layers
from engine.models.model import Model
from engine.nn.registry import ACTIVATIONS
from engine.preprocessing.normaliser import SIDE

# Old enough for every runtime in use, new enough for everything here.
_OPERATORS, _FORMAT = 17, 8


def save_onnx(model: Model, path: Path) -> None:
    """Write the graph.

    Raises:
        ModelFileError: The package onnx is not installed.
        OSError: The folder or disk does not take it; an older file of that name is untouched.
    """
    try:
        onnx: Any = importlib.import_module("onnx")
    except ImportError as error:
        raise ModelFileError(
            "ONNX files need the package onnx, which is not installed: pip install onnx, or choose another "
            "form of file."
        ) from error
    content = _graph(onnx, model).SerializeToString()
    with replacing(path) as file:
        file.write(content)


def _graph(onnx: Any, model: Model) -> Any:
    helper, numpy_helper, kinds = onnx.helper, onnx.numpy_helper, onnx.TensorProto
    activation = ACTIVATIONS[model.architecture.activation]
    layer = activation.layer_class()
    attributes = {name: getattr(layer, ours) for name, ours in activation.onnx_attributes.items()}
    layers = folded_layers(model)
    nodes, tensors, value = [], [], "pixels"
    for index, (weights, bias) in enumerate(layers):
        names = f"{index}.weights", f"{index}.bias"
        tensors += [
            numpy_helper.from_array(part.numpy(), name)
            for part, name in zip((weights, bias), names, strict=True)
        ]
        is_last = index == len(layers) - 1
        sums = "logits" if is_last else f"{index}.sums"
        nodes.append(helper.make_node("Gemm", [value, *names], [sums]))
        if not is_last:
            value = f"{index}.outputs"
            nodes.append(helper.make_node(activation.onnx, [sums], [value], **attributes))
    tensors.append(helper.make_tensor("temperature", kinds.FLOAT, [], [model.temperature]))
    nodes.append(helper.make_node("Div", ["logits", "temperature"], ["scaled"]))
    nodes.append(helper.make_node("Softmax", ["scaled"], ["probabilities"], axis=1))
    pixels = helper.make_tensor_value_info("pixels", kinds.FLOAT, ["batch", SIDE**2])
    answers = [
        helper.make_tensor_value_info(name, kinds.FLOAT, ["batch", len(model.classes)])
        for name in ("logits", "probabilities")
    ]
    graph = helper.make_graph(nodes, "scratchpad", [pixels], answers, tensors, doc_string=model.name)
    made = helper.make_model(
        graph,
        opset_imports=[helper.make_opsetid("", _OPERATORS)],
        ir_version=_FORMAT,
        producer_name="Scratchpad",
        producer_version=model.provenance.program_version,
    )
    helper.set_model_props(made, {"classes": json.dumps(model.classes.names, ensure_ascii=False)})
    onnx.checker.check_model(made)
    return made
