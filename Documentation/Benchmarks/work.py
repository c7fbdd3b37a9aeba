"""The work that every peer does, its reference in NumPy, and the loop in which a worker answers the driver.

Names are those of our benchmarks; Sources/Benchmarks does the same work.
"""

import json
import os
import statistics
import sys
import time
from dataclasses import dataclass

# Like Benchmark.swift: each repeat lasts about this long, and the minimum over all repeats counts.
REPEAT_SECONDS = 0.2

LEARNING_RATE, BETA1, BETA2, EPSILON = 1e-3, 0.9, 0.999, 1e-8
L1_STRENGTH, ORTHOGONALITY_STRENGTH, PROX_STRENGTH, DECAY = 1e-3, 1e-4, 1e-4, 1e-2
SIDE = 1024
GRADIENT_SCALE, PROX_SCALE = 1e-6, 1e-9


@dataclass(frozen=True)
class Step:
    """One training step: softmax cross-entropy, Adam, ReLU and dropout after each hidden layer."""

    widths: tuple[int, ...]
    batch: int
    dropout: float
    penalty: str  # none, l1, l1+orthogonality, l1Prox or weightDecay


SEED = (30, 100, 200, 300, 100, 5)
WIDE = (784, 1024, 1024, 10)
STEPS = {
    **{f"step/seed/{penalty}": Step(SEED, 64, 0.2, penalty)
       for penalty in ("none", "l1", "l1+orthogonality", "l1Prox", "weightDecay")},
    "step/seedNoDropout/none": Step(SEED, 64, 0, "none"),
    "step/wide128/none": Step(WIDE, 128, 0, "none"),
    "step/wide128/l1+orthogonality": Step(WIDE, 128, 0, "l1+orthogonality"),
    "step/wide512/none": Step(WIDE, 512, 0, "none"),
}
PENALTIES = [f"penalty/{kind}/{SIDE}x{SIDE}" for kind in ("l1", "squaredL2", "groupLasso", "orthogonality")]
PROXES = [f"prox/{kind}/{SIDE}x{SIDE}" for kind in ("l1", "l1Metric", "groupLasso")]
NAMES = [*STEPS, *PENALTIES, *PROXES]


def kind(name):
    """The middle of `penalty/l1/1024x1024`."""
    return name.split("/")[1]


def uniform(shape, seed):
    import numpy as np

    return np.random.default_rng(seed).uniform(-1, 1, shape).astype(np.float32)


def parameters(step):
    """A weight [out, in] and a bias for each layer, by PyTorch's default rule."""
    pairs = list(zip(step.widths, step.widths[1:]))
    return ([uniform((o, i), 2 * k) * i ** -0.5 for k, (i, o) in enumerate(pairs)],
            [uniform(o, 2 * k + 1) * i ** -0.5 for k, (i, o) in enumerate(pairs)])


def samples(step):
    import numpy as np

    return uniform((step.batch, step.widths[0]), 100), np.arange(step.batch) % step.widths[-1]


# -- The reference: the same in NumPy, in double precision and without a thought for time.


def reference(name):
    """What `check` answers: for a step the data losses of three steps and the sum of the weights' magnitudes,
    for a penalty its value and for a proximal point nothing, each with a digest of the array that is written."""
    if name in STEPS:
        return reference_steps(STEPS[name])
    import numpy as np

    w, other = uniform((SIDE, SIDE), 1).astype(float), uniform((SIDE, SIDE), 2).astype(float)
    norms = np.linalg.norm(w, axis=1, keepdims=True)
    if name in PENALTIES:
        gram = w @ w.T - np.eye(SIDE)
        value, gradient = {
            "l1": lambda: (np.abs(w).sum(), np.sign(w)),
            "squaredL2": lambda: (0.5 * (w * w).sum(), w),
            "groupLasso": lambda: (SIDE ** 0.5 * norms.sum(), SIDE ** 0.5 * w / norms),
            "orthogonality": lambda: ((gram * gram).sum(), 4 * gram @ w),
        }[kind(name)]()
        return [value, digest(other + gradient)]
    moved = {
        "l1": lambda: soft(w, 0.5),
        "l1Metric": lambda: soft(w, 0.5 * (1.5 + other)),
        "groupLasso": lambda: np.maximum(0, 1 - 0.5 * SIDE ** 0.5 / norms) * w,
    }[kind(name)]()
    return [digest(moved)]


def soft(w, threshold):
    import numpy as np

    return np.sign(w) * np.maximum(np.abs(w) - threshold, 0)


def digest(array):
    """A number that depends on every element and its place."""
    import numpy as np

    return float((np.asarray(array, dtype=float) * uniform(array.shape, 3)).sum())


def reference_steps(step, count=3):
    """The data losses of some steps without dropout, and Σ|w| of the matrices after them."""
    import numpy as np

    weights, biases = ([p.astype(float) for p in group] for group in parameters(step))
    x, y = samples(step)
    means, squares = ([np.zeros_like(p) for p in weights + biases] for _ in range(2))
    losses = []
    for t in range(1, count + 1):
        inputs = [x.astype(float)]
        for w, b in zip(weights[:-1], biases[:-1]):
            inputs.append(np.maximum(inputs[-1] @ w.T + b, 0))
        logits = inputs[-1] @ weights[-1].T + biases[-1]
        shifted = logits - logits.max(1, keepdims=True)
        logs = shifted - np.log(np.exp(shifted).sum(1, keepdims=True))
        losses.append(-logs[np.arange(step.batch), y].mean())
        slope = (np.exp(logs) - np.eye(step.widths[-1])[y]) / step.batch
        gradients = []
        for w, h in zip(reversed(weights), reversed(inputs)):
            gradients.insert(0, (slope.T @ h, slope.sum(0)))
            slope = slope @ w * (h > 0)
        for (g, _), w in zip(gradients, weights):
            if step.penalty.startswith("l1") and step.penalty != "l1Prox":
                g += L1_STRENGTH * np.sign(w)
            if "orthogonality" in step.penalty:
                m, n = w.shape
                g += ORTHOGONALITY_STRENGTH * 4 * (
                    (w @ w.T - np.eye(m)) @ w if m <= n else w @ (w.T @ w - np.eye(n)))
        flat = [g for g, _ in gradients] + [g for _, g in gradients]
        for k, (p, g, m, v) in enumerate(zip(weights + biases, flat, means, squares)):
            m += (1 - BETA1) * (g - m)
            v += (1 - BETA2) * (g * g - v)
            rate = LEARNING_RATE / (np.sqrt(v / (1 - BETA2 ** t)) + EPSILON)
            if step.penalty == "weightDecay":
                p *= 1 - LEARNING_RATE * DECAY
            p -= rate * m / (1 - BETA1 ** t)
            if step.penalty == "l1Prox" and k < len(weights):
                p[...] = soft(p, PROX_STRENGTH * rate)
    return [*losses, sum(np.abs(w).sum() for w in weights)]


# -- The worker's side of the conversation.


def threads():
    """How many threads this worker may use; to be called before a framework is imported."""
    return int(os.environ["PEER_THREADS"])


def measure(run, repeats, unit):
    """Times `run(calls)`, which makes so many calls, each of `unit` pieces of work, and waits for the last."""
    def timed(calls):
        start = time.perf_counter()
        run(calls)
        return (time.perf_counter() - start) / calls

    run(1)
    calls = max(1, int(REPEAT_SECONDS / max(timed(1), timed(1))))
    cpu, wall = time.process_time(), time.perf_counter()
    times = [1e6 * timed(calls) / unit for _ in range(repeats)]
    cores = (time.process_time() - cpu) / (time.perf_counter() - wall)
    return {"microseconds": min(times), "median": statistics.median(times), "cores": cores}


def serve(prepare, check, unit=lambda name: 1):
    """Answers each line `measure NAME REPEATS` or `check NAME` with a line of JSON.

    `prepare(name)` returns `run(calls)` with fresh state, or None where a peer has no such work; `check(name)`
    returns the numbers of `reference(name)`. A call of `run` counts for `unit(name)` pieces of work.
    """
    # Frameworks print; the driver shall see answers alone.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    for line in sys.stdin:
        command, name, *rest = line.split()
        try:
            if command == "check":
                values = check(name)
                answer = {"skipped": True} if values is None else {"values": [float(v) for v in values]}
            else:
                run = prepare(name)
                answer = {"skipped": True} if run is None else measure(run, int(rest[0]), unit(name))
        except Exception as error:
            answer = {"failed": f"{type(error).__name__}: {error}".splitlines()[0][:200]}
        print(json.dumps(answer), file=answers, flush=True)
