"""Writes optimizers.json: weights after 1, 10 and 50 updates of PyTorch's optimizers, in float64.

The gradients are a fixed sequence, representable in float32, so that no model takes part. The last weight
never has a gradient. Run: python optimizers.py > optimizers.json
"""

import json

import numpy
import torch

STEPS = 50
random = numpy.random.default_rng(20)
initial = numpy.float32(random.normal(size=8))
gradients = numpy.float32(random.normal(size=(STEPS, 8)) + 0.5 * random.normal(size=8))
gradients[:, -1] = 0

CASES = [
    ("sgd", torch.optim.SGD, {"lr": 0.0625}),
    ("sgd momentum", torch.optim.SGD, {"lr": 0.0625, "momentum": 0.9}),
    ("sgd momentum dampening", torch.optim.SGD, {"lr": 0.0625, "momentum": 0.9, "dampening": 0.5}),
    ("sgd nesterov", torch.optim.SGD, {"lr": 0.0625, "momentum": 0.9, "nesterov": True}),
    ("adam", torch.optim.Adam, {"lr": 0.015625}),
    ("adam betas", torch.optim.Adam, {"lr": 0.015625, "betas": (0.75, 0.9375), "eps": 0.0009765625}),
    ("rmsprop", torch.optim.RMSprop, {"lr": 0.015625}),
    ("rmsprop alpha", torch.optim.RMSprop, {"lr": 0.015625, "alpha": 0.75, "eps": 0.0009765625}),
]

cases = []
for name, kind, options in CASES:
    weights = torch.tensor(initial, dtype=torch.float64, requires_grad=True)
    optimizer = kind([weights], foreach=False, **options)
    after = {}
    for step in range(1, STEPS + 1):
        weights.grad = torch.tensor(gradients[step - 1], dtype=torch.float64)
        optimizer.step()
        if step in (1, 10, STEPS):
            after[str(step)] = weights.detach().tolist()
    cases.append({"name": name, "weights": after})

print(
    json.dumps(
        {
            "made_by": f"torch {torch.__version__}, numpy {numpy.__version__}, float64",
            "initial": initial.tolist(),
            "gradients": gradients.tolist(),
            "cases": cases,
        },
        indent=1,
    )
)
