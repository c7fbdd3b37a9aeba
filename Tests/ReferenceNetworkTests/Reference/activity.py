"""Writes activity.json: losses and gradients of a small network with penalties on its layers' outputs.

PyTorch computes them in float64. Where no dropout is involved Keras with the PyTorch backend computes the
penalties too, from `activity_regularizer`, and this script stops unless the two agree to float32, in which Keras adds
its losses; Keras' L2(c) is c times the sum of squares, twice SquaredL2.

The masks are those that the network draws at step 0 with seed 31; the test checks that.

Run with torch 2.13.0 and keras 3.15.1: KERAS_BACKEND=torch python activity.py > activity.json
"""

import json

import keras
import numpy
import torch

keras.config.set_floatx("float64")
keras.config.set_dtype_policy("float64")
random = numpy.random.default_rng(31)
WIDTHS = [4, 6, 5, 3]
SAMPLES = 7
DROPOUT = 0.25
LAYERS = range(len(WIDTHS) - 1)


def draw(*shape):
    return numpy.float32(random.normal(size=shape)).astype(numpy.float64)


weights = [draw(WIDTHS[layer + 1], WIDTHS[layer]) for layer in LAYERS]
biases = [draw(WIDTHS[layer + 1]) for layer in LAYERS]
features = draw(SAMPLES, WIDTHS[0])
classes = random.integers(0, WIDTHS[-1], SAMPLES)
MASKS = ["010011110101111011111111011111111111111111", "11101111111100011111001101110110101"]
masks = [numpy.array([float(each) for each in mask]).reshape(SAMPLES, -1) for mask in MASKS]

ACTIVATIONS = {
    "relu": torch.relu,
    "leakyReLU": lambda x: torch.nn.functional.leaky_relu(x, 0.01),
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
    "identity": lambda x: x,
}
KERAS_ACTIVATIONS = {
    "relu": "relu",
    "leakyReLU": lambda x: keras.activations.leaky_relu(x, negative_slope=0.01),
    "tanh": "tanh",
    "sigmoid": "sigmoid",
    "identity": None,
}
REGULARIZERS = {
    "l1": lambda h: h.abs().sum(),
    "squaredL2": lambda h: 0.5 * (h**2).sum(),
    "units": lambda h: h.norm(dim=0).sum(),
}
KERAS_REGULARIZERS = {
    "l1": keras.regularizers.L1,
    "squaredL2": lambda c: keras.regularizers.L2(c / 2),
    "units": lambda c: lambda h: c * keras.ops.sum(keras.ops.sqrt(keras.ops.sum(h**2, axis=0))),
}

# For each penalty: the regularizer, the strength and the layers.
PENALTIES = {
    "l1 on the first": [("l1", 0.3, [0])],
    "squaredL2 on the second": [("squaredL2", 0.7, [1])],
    "l1 on the logits": [("l1", 0.2, [2])],
    "units on both hidden, l1 and squaredL2": [("units", 0.4, [0, 1]), ("l1", 0.1, [0, 1, 2]), ("squaredL2", 0.5, [0])],
}


def with_keras(activation, penalties):
    """The penalties as Keras adds them to its loss: the sum, from one call of the model."""
    model = keras.Sequential([keras.layers.Input((WIDTHS[0],))])
    for layer in LAYERS:
        parts = [KERAS_REGULARIZERS[name](strength) for name, strength, layers in penalties if layer in layers]
        model.add(
            keras.layers.Dense(
                WIDTHS[layer + 1],
                activation=KERAS_ACTIVATIONS[activation] if layer < LAYERS[-1] else None,
                activity_regularizer=(lambda h, parts=parts: sum(part(h) for part in parts)) if parts else None,
            )
        )
        model.layers[-1].set_weights([weights[layer].T, biases[layer]])
    model(features)
    return sum(float(loss.detach()) for loss in model.losses)


def run(activation, penalties, dropout):
    w = [torch.tensor(each, requires_grad=True) for each in weights]
    b = [torch.tensor(each, requires_grad=True) for each in biases]
    values = [0.0 for _ in penalties]
    inputs = torch.tensor(features)
    for layer in LAYERS:
        outputs = inputs @ w[layer].T + b[layer]
        assert outputs.detach().abs().min() > 1e-3, "near a kink"
        if layer < LAYERS[-1]:
            outputs = ACTIVATIONS[activation](outputs)
        for index, (name, _, layers) in enumerate(penalties):
            if layer in layers:
                values[index] = values[index] + REGULARIZERS[name](outputs) / SAMPLES
        if dropout and layer < LAYERS[-1]:
            outputs = outputs * torch.tensor(masks[layer]) / (1 - DROPOUT)
        inputs = outputs
    loss = torch.nn.functional.cross_entropy(inputs, torch.tensor(classes))
    total = loss + sum(strength * value for (_, strength, _), value in zip(penalties, values))
    total.backward()
    if not dropout:
        expected = with_keras(activation, penalties)
        found = float((total - loss).detach())
        assert abs(found - expected) < 1e-6 * expected, (found, expected)
    gradients = {f"fully.{layer}.weight": w[layer].grad.flatten().tolist() for layer in LAYERS}
    gradients |= {f"fully.{layer}.bias": b[layer].grad.tolist() for layer in LAYERS}
    return {
        "activation": activation,
        "dropout": dropout,
        "penalties": [{"regularizer": r, "strength": s, "layers": l} for r, s, l in penalties],
        "loss": float(loss.detach()),
        "values": [float(value.detach()) for value in values],
        "gradients": gradients,
    }


cases = [
    run(activation, penalties, dropout)
    for activation in ACTIVATIONS
    for penalties in PENALTIES.values()
    for dropout in [False, True]
]
print(
    json.dumps(
        {
            "made_by": f"torch {torch.__version__}, keras {keras.__version__}, numpy {numpy.__version__}, float64",
            "widths": WIDTHS,
            "dropout": DROPOUT,
            "features": features.flatten().tolist(),
            "classes": classes.tolist(),
            "masks": [mask.flatten().tolist() for mask in masks],
            "parameters": {f"fully.{layer}.weight": weights[layer].flatten().tolist() for layer in LAYERS}
            | {f"fully.{layer}.bias": biases[layer].tolist() for layer in LAYERS},
            "cases": cases,
        },
        separators=(",", ":"),
    )
)
