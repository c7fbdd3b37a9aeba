"""Keras 3: `train_on_batch` on the backend that is named as the variant, `jax` or `torch`. Training steps only.

Penalties are kernel regularizers, so their values are part of the loss. Keras has no proximal steps.
"""

import os
import sys

import work

BACKEND = (sys.argv[1:] or ["jax"])[0]
THREADS = work.threads()
os.environ["KERAS_BACKEND"] = BACKEND
os.environ["OMP_NUM_THREADS"] = os.environ["MKL_NUM_THREADS"] = str(THREADS)
os.environ["NPROC"] = os.environ["PJRT_NPROC"] = str(THREADS)
os.environ["XLA_FLAGS"] = f"--xla_cpu_multi_thread_eigen={'true' if THREADS > 1 else 'false'}"
os.environ["JAX_PLATFORMS"] = "cpu"
os.environ["CUDA_VISIBLE_DEVICES"] = ""

if BACKEND == "torch":
    import torch

    torch.set_num_threads(THREADS)
    torch.set_flush_denormal(True)

import functools  # noqa: E402

import keras  # noqa: E402
import numpy  # noqa: E402
from keras import ops  # noqa: E402


class L1AndOrthogonality(keras.regularizers.Regularizer):
    """Over the smaller side; a kernel of Keras is [in, out]."""

    def __call__(self, w):
        gram = w @ ops.transpose(w) if w.shape[0] <= w.shape[1] else ops.transpose(w) @ w
        distance = ops.sum(ops.square(gram - ops.eye(gram.shape[0])))
        return work.L1_STRENGTH * ops.sum(ops.abs(w)) + work.ORTHOGONALITY_STRENGTH * distance


def regularizer(penalty):
    return {
        "l1": lambda: keras.regularizers.L1(work.L1_STRENGTH),
        "l1+orthogonality": L1AndOrthogonality,
    }.get(penalty, lambda: None)()


@functools.cache
def compiled_model(step, dropout):
    """Compiled once for each work; `make` gives it its first weights again."""
    layers = [keras.Input((step.widths[0],))]
    for width in step.widths[1:-1]:
        layers.append(
            keras.layers.Dense(width, activation="relu", kernel_regularizer=regularizer(step.penalty)))
        if dropout:
            layers.append(keras.layers.Dropout(dropout))
    layers.append(keras.layers.Dense(step.widths[-1], kernel_regularizer=regularizer(step.penalty)))
    model = keras.Sequential(layers)
    optimizer = keras.optimizers.Adam(
        work.LEARNING_RATE, work.BETA1, work.BETA2, work.EPSILON,
        weight_decay=work.DECAY if step.penalty == "weightDecay" else None)
    model.compile(optimizer, keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return model


def make(step, dropout):
    model = compiled_model(step, dropout)
    dense = [layer for layer in model.layers if isinstance(layer, keras.layers.Dense)]
    for layer, w, b in zip(dense, *work.parameters(step)):
        layer.set_weights([w.T, b])
    for variable in model.optimizer.variables:
        if "learning_rate" not in variable.path:
            variable.assign(numpy.zeros(variable.shape))
    return model, dense


def prepare(name):
    step = work.STEPS.get(name)
    if step is None or step.penalty == "l1Prox":
        return None
    model, _ = make(step, step.dropout)
    x, y = work.samples(step)

    def run(calls):
        for _ in range(calls):
            model.train_on_batch(x, y)
    return run


def check(name):
    """The losses that Keras reports are means since the last reset, with the penalties within."""
    step = work.STEPS.get(name)
    if step is None or step.penalty == "l1Prox":
        return None
    model, dense = make(step, 0)
    x, y = work.samples(step)
    losses = []
    for _ in range(3):
        model.reset_metrics()
        penalty = sum(float(ops.convert_to_numpy(loss)) for loss in model.losses)
        losses.append(float(model.train_on_batch(x, y)) - penalty)
    kernels = (ops.convert_to_numpy(layer.kernel) for layer in dense)
    return [*losses, sum(float(abs(kernel).sum()) for kernel in kernels)]


if __name__ == "__main__":
    work.serve(prepare, check)
