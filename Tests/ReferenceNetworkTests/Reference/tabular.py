"""Writes tabular_*.safetensors, models of tables as `TabularModel` documents their files, and tabular.json: a table for
each, and what a forward pass of NumPy predicts for its rows, in float64 from the rounded features on.

Run with NumPy 2.4: python tabular.py
"""

import json
import struct

import numpy

random = numpy.random.default_rng(17)
activations = {
    "relu": lambda x: numpy.maximum(x, 0),
    "leakyReLU": lambda x: numpy.where(x >= 0, x, 0.01 * x),
    "tanh": numpy.tanh,
    "sigmoid": lambda x: 1 / (1 + numpy.exp(-x)),
    "identity": lambda x: x,
}


def write(path, tensors, metadata):
    header, data = {"__metadata__": metadata}, b""
    # The widest type first, so that every element is aligned.
    for name, values in sorted(tensors.items(), key=lambda item: -item[1].itemsize):
        bytes = values.tobytes()
        header[name] = {
            "dtype": {4: "F32", 8: "F64"}[values.itemsize], "shape": values.shape,
            "data_offsets": [len(data), len(data) + len(bytes)]}
        data += bytes
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


def predict(tensors, network, rows):
    x = rows.astype(numpy.float32)
    if "scaling.offsets" in tensors:
        x = ((x.astype(numpy.float64) - tensors["scaling.offsets"]) * tensors["scaling.factors"]).astype(numpy.float32)
    x = x.astype(numpy.float64)
    layers = len(network["hidden"]) + 1
    for layer in range(layers):
        x = x @ tensors[f"fully.{layer}.weight"].T.astype(numpy.float64)
        x += tensors.get(f"fully.{layer}.bias", 0)
        if layer < layers - 1:
            x = activations[network["activation"]](x)
    if network["loss"] == "softmaxCrossEntropy":
        powers = numpy.exp(x - x.max(axis=1, keepdims=True))
        return powers / powers.sum(axis=1, keepdims=True), x.argmax(axis=1).tolist()
    if network["loss"] == "binaryCrossEntropy":
        second = 1 / (1 + numpy.exp(-x))
        return numpy.hstack([1 - second, second]), (x[:, 0] > 0).astype(int).tolist()
    if "targets.offsets" in tensors:
        x = x * tensors["targets.factors"] + tensors["targets.offsets"]
    return x, []


cases = []
for activation, loss, outputs, bias, is_scaled in [
    ("relu", "softmaxCrossEntropy", 4, True, True),
    ("tanh", "softmaxCrossEntropy", 2, False, False),
    ("sigmoid", "binaryCrossEntropy", 1, True, True),
    ("leakyReLU", "meanSquaredError", 2, True, True),
    ("identity", "meanSquaredError", 1, True, False),
]:
    network = {
        "activation": activation, "bias": bias, "dropout": 0.25, "hidden": [6, 5], "inputs": 3, "loss": loss,
        "outputs": outputs, "seed": 2**64 - 1}
    widths = [3, 6, 5, outputs]
    tensors = {}
    for layer in range(3):
        shape = (widths[layer + 1], widths[layer])
        tensors[f"fully.{layer}.weight"] = random.normal(size=shape).astype(numpy.float32)
        if bias:
            tensors[f"fully.{layer}.bias"] = random.normal(size=shape[:1]).astype(numpy.float32)
    rows = random.normal(size=(20, 3))
    if is_scaled:
        rows = numpy.round(rows * [1, 100, 1e-3] + [1000, 0, 5], 6)
        tensors["scaling.offsets"] = rows.mean(axis=0)
        tensors["scaling.factors"] = 1 / rows.std(axis=0)
    if is_scaled and loss == "meanSquaredError":
        tensors["targets.offsets"] = numpy.array([1e6, -0.1])
        tensors["targets.factors"] = numpy.array([12.5, 1 / 3])
    classes = [f"class {index}" for index in range(max(outputs, 2))]
    target = {"values": {"columns": ["y", "z"][:outputs]}} if loss == "meanSquaredError" else {
        "classes": {"column": "kind", "names": classes}}
    table = {
        "features": ["a", "b", "c"], "target": target, "excluded": [],
        "format": {"separator": ",", "decimalMark": "."}}
    path = f"tabular_{activation}.safetensors"
    write(path, tensors, {
        "kind": "model", "version": "1", "network": json.dumps(network), "table": json.dumps(table),
        "scaling": json.dumps({"features": is_scaled, "targets": "targets.offsets" in tensors})})
    numbers, predicted = predict(tensors, network, rows)
    lines = ["c,a,b"] + [f"{c!r},{a!r},{b!r}" for a, b, c in rows.tolist()]
    cases.append({
        "file": path, "table": "\n".join(lines) + "\n", "numbers": numbers.ravel().tolist(), "classes": predicted})
with open("tabular.json", "w") as file:
    json.dump(cases, file, indent=1)
