"""Reads with NumPy and, where it is installed, with safetensors what this package wrote.

check.py FOLDER             the files, and the manifest beside them
check.py FOLDER RESULTS     with models that Digits wrote: these are in the manifest too

The formulas and names are those that the documentation of `TabularModel` gives.
"""
import csv
import functools
import io
import json
import os
import sys
import zipfile

import numpy as np

try:
    import safetensors.numpy
except ImportError:
    safetensors = None

TYPES = {"F32": ("<f4", "<u4"), "F64": ("<f8", "<u8")}
failures = []


def check(condition, sentence):
    if not condition:
        failures.append(sentence)


def read(path):
    """The tensors and texts of a safetensors file, without the library."""
    with open(path, "rb") as file:
        data = file.read()
    length = int.from_bytes(data[:8], "little")
    header, data = json.loads(data[8:8 + length]), data[8 + length:]
    texts = header.pop("__metadata__", {})
    tensors = {}
    for name, tensor in header.items():
        start, end = tensor["data_offsets"]
        tensors[name] = np.frombuffer(data[start:end], TYPES[tensor["dtype"]][0]).reshape(tensor["shape"])
    return tensors, texts


def check_tensors(found, right, what):
    """Compares tensors by their names, types, shapes and bits."""
    check(sorted(found) == sorted(t["name"] for t in right), f"{what} has the tensors {sorted(found)}")
    for tensor in right:
        name, (kind, bits) = tensor["name"], TYPES[tensor["dtype"]]
        if name not in found:
            continue
        array = found[name]
        check(array.dtype == kind, f"{what}: {name!r} is of the type {array.dtype}")
        check(list(array.shape) == tensor["shape"], f"{what}: {name!r} has the shape {array.shape}")
        digits = [f"{number:x}" for number in np.frombuffer(array.tobytes(), bits).tolist()]
        check(digits == tensor["bits"], f"{what}: {name!r} has the bits {digits}")


def arrays(right):
    """The tensors of the manifest."""
    return {
        tensor["name"]: np.array([int(bits, 16) for bits in tensor["bits"]], TYPES[tensor["dtype"]][1])
        .view(TYPES[tensor["dtype"]][0]).reshape(tensor["shape"])
        for tensor in right
    }


def npy(array):
    """What np.save writes."""
    buffer = io.BytesIO()
    np.save(buffer, array)
    return buffer.getvalue()


def check_file(path, right):
    name, tensors, texts = right["file"], right["tensors"], dict(right["metadata"])
    with open(path, "rb") as file:
        data = file.read()
    if name.endswith(".npy"):
        check_tensors({"": np.load(path)}, tensors, f"{name} in NumPy")
        check(data == npy(*arrays(tensors).values()), f"{name} has not the bytes that np.save writes")
    elif name.endswith(".npz"):
        with np.load(path) as file:
            check_tensors({key: file[key] for key in file.files}, tensors, f"{name} in NumPy")
        with zipfile.ZipFile(path) as file:
            check(file.testzip() is None, f"{name}: {file.testzip()!r} has another checksum")
            for key, array in arrays(tensors).items():
                check(file.read(key + ".npy") == npy(array), f"{name}: {key!r} has not the bytes of np.save")
    else:
        found, found_texts = read(path)
        check_tensors(found, tensors, f"{name} in NumPy")
        check(found_texts == texts, f"{name} has the texts {found_texts}")
        if safetensors is None:
            return
        check_tensors(safetensors.numpy.load_file(path), tensors, f"{name} in safetensors")
        with safetensors.safe_open(path, "np") as file:
            check((file.metadata() or {}) == texts, f"{name} has the texts {file.metadata()} in safetensors")
        # The library writes more than one text in random order.
        if len(texts) < 2:
            check(
                data == safetensors.numpy.save(arrays(tensors), texts or None),
                f"{name} has not the bytes that safetensors writes")


ACTIVATIONS = {
    "relu": lambda x: np.maximum(x, 0),
    "leakyReLU": lambda x: np.where(x >= 0, x, 0.01 * x),
    "tanh": np.tanh,
    "sigmoid": lambda x: 1 / (1 + np.exp(-x)),
    "identity": lambda x: x,
}


def predict(path, rows):
    """The labels, if there are classes, and the probabilities or values of a model for the rows of a table."""
    tensors, texts = read(path)
    check((texts["kind"], texts["version"]) == ("model", "1"), f"{path} is no model of version 1")
    network, table, scaling = (json.loads(texts[key]) for key in ("network", "table", "scaling"))
    x = np.array([[float(row[feature]) for feature in table["features"]] for row in rows])
    x = x.reshape(len(rows), len(table["features"])).astype("f4")
    if scaling["features"]:
        x = ((x.astype("f8") - tensors["scaling.offsets"]) * tensors["scaling.factors"]).astype("f4")
    layers = len(network["hidden"]) + 1
    for layer in range(layers):
        x = x @ tensors[f"fully.{layer}.weight"].T.astype("f8")
        if network["bias"]:
            x = x + tensors[f"fully.{layer}.bias"]
        if layer < layers - 1:
            x = ACTIVATIONS[network["activation"]](x)
    if network["loss"] == "meanSquaredError":
        if scaling["targets"]:
            x = x * tensors["targets.factors"] + tensors["targets.offsets"]
        return [], x.astype("f4")
    if network["loss"] == "softmaxCrossEntropy":
        outputs, classes = np.exp(x - x.max(1, keepdims=True)), x.argmax(1)
        outputs /= outputs.sum(1, keepdims=True)
    else:
        second = 1 / (1 + np.exp(-x))
        outputs, classes = np.hstack([1 - second, second]), (x[:, 0] > 0).astype(int)
    names = table["target"]["classes"]["names"]
    return [names[index] for index in classes], outputs


@functools.cache
def rows(table):
    with open(table, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def check_model(right):
    name = right["file"]
    labels, outputs = predict(name, rows(right["table"]))
    check(labels == right["labels"], f"{name} predicts other classes")
    expected = np.array(right["outputs"]).reshape(outputs.shape)
    error = np.abs(outputs - expected).max() / max(1, np.abs(expected).max())
    check(error < 1e-5, f"{name} predicts what is {error} away")
    if safetensors is not None:
        same = [np.array_equal(array, safetensors.numpy.load_file(name)[key]) for key, array in read(name)[0].items()]
        check(all(same), f"{name} has other weights in safetensors")


def check_run(run, models):
    """Compares a run in the results with its model, and that with the digits."""
    name, share = run["model"], run["exactZeroShare"]
    found = [model for model in models if os.path.basename(model["file"]) == name]
    check(len(found) == 1, f"There are {len(found)} models {name}")
    for model in found:
        weights = [array.ravel() for key, array in read(model["file"])[0].items() if key.endswith(".weight")]
        zeros = np.mean(np.concatenate(weights) == 0)
        check(zeros == share, f"{name}: the share of zeros is {zeros}, not {share}")
        digits = np.array([row["digit"] for row in rows(model["table"])])
        accuracy = np.mean(digits == model["labels"])
        check(accuracy > 0.9, f"{name}: the accuracy is {accuracy}")


def main(folder, results=None):
    with open(f"{folder}/manifest.json", encoding="utf-8") as file:
        manifest = json.load(file)
    for right in manifest["files"]:
        check_file(f"{folder}/{right['file']}", right)
    for right in manifest["models"]:
        check_model(right)
    if results:
        with open(results, encoding="utf-8") as file:
            for run in [run for row in json.load(file) for run in row["runs"]]:
                check_run(run, manifest["models"])
    readers = "NumPy and safetensors read" if safetensors else "NumPy reads"
    counts = f"{len(manifest['files'])} files to the bit and {len(manifest['models'])} models"
    print("\n".join(failures) or f"{readers} {counts}.")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main(*sys.argv[1:])
