"""JAX: everything compiled by `jax.jit`, with donated buffers. Variant `scan` runs many steps as one `lax.scan`."""

import os
import sys
from functools import partial

import work

THREADS = work.threads()
# XLA takes the size of its pool from here, and otherwise from the cores that the process may use.
os.environ["NPROC"] = os.environ["PJRT_NPROC"] = str(THREADS)
os.environ["XLA_FLAGS"] = f"--xla_cpu_multi_thread_eigen={'true' if THREADS > 1 else 'false'}"
os.environ["JAX_PLATFORMS"] = "cpu"

import jax  # noqa: E402
import jax.numpy as jnp  # noqa: E402

SCANS = "scan" in sys.argv[1:]


def scan_length(name):
    """Steps that one call makes: about 50 ms of them."""
    return (50 if "seed" in name else 3) if SCANS else 1


# -- Training steps


def data_loss(parameters, x, y, key, dropout):
    weights, biases = parameters
    h = x
    for layer, (w, b) in enumerate(zip(weights, biases)):
        h = h @ w.T + b
        if layer + 1 < len(weights):
            h = jax.nn.relu(h)
            if dropout:
                keep = jax.random.bernoulli(jax.random.fold_in(key, layer), 1 - dropout, h.shape)
                h = jnp.where(keep, h / (1 - dropout), 0)
    return -jnp.mean(jnp.take_along_axis(jax.nn.log_softmax(h), y[:, None], axis=1))


def penalty_gradient(w, penalty):
    """By hand: automatic differentiation of the orthogonality needs three products instead of two."""
    gradient = work.L1_STRENGTH * jnp.sign(w)
    if penalty == "l1+orthogonality":
        scale = 4 * work.ORTHOGONALITY_STRENGTH
        if w.shape[0] <= w.shape[1]:
            gradient += scale * ((w @ w.T - jnp.eye(w.shape[0])) @ w)
        else:
            gradient += scale * (w @ (w.T @ w - jnp.eye(w.shape[1])))
    return gradient


def soft(w, threshold):
    return jnp.sign(w) * jnp.maximum(jnp.abs(w) - threshold, 0)


def train(state, x, y, dropout, penalty):
    parameters, means, squares, t, key = state
    if dropout:
        key, step_key = jax.random.split(key)
    else:
        step_key = key
    loss, gradients = jax.value_and_grad(data_loss)(parameters, x, y, step_key, dropout)
    if penalty in ("l1", "l1+orthogonality"):
        weights, biases = gradients
        gradients = [g + penalty_gradient(w, penalty) for g, w in zip(weights, parameters[0])], biases
    t = t + 1
    means = jax.tree.map(lambda m, g: work.BETA1 * m + (1 - work.BETA1) * g, means, gradients)
    squares = jax.tree.map(lambda v, g: work.BETA2 * v + (1 - work.BETA2) * g * g, squares, gradients)
    rate = work.LEARNING_RATE / (1 - work.BETA1 ** t)
    correction = 1 / (1 - work.BETA2 ** t)
    decay = work.LEARNING_RATE * work.DECAY if penalty == "weightDecay" else 0

    def updated(p, m, v):
        return (1 - decay) * p - rate * m / (jnp.sqrt(v * correction) + work.EPSILON)

    weights, biases = jax.tree.map(updated, parameters, means, squares)
    if penalty == "l1Prox":
        scale = work.LEARNING_RATE * work.PROX_STRENGTH
        weights = [soft(w, scale / (jnp.sqrt(v * correction) + work.EPSILON))
                   for w, v in zip(weights, squares[0])]
    return ((weights, biases), means, squares, t, key), loss


def fresh_state(step):
    parameters = jax.tree.map(jnp.array, work.parameters(step))
    zeros = [jax.tree.map(jnp.zeros_like, parameters) for _ in range(2)]
    return parameters, *zeros, jnp.float32(0), jax.random.key(0)


@partial(jax.jit, static_argnames=("dropout", "penalty"), donate_argnums=0)
def one_step(state, x, y, dropout, penalty):
    return train(state, x, y, dropout, penalty)


@partial(jax.jit, static_argnames=("length", "dropout", "penalty"), donate_argnums=0)
def many_steps(state, x, y, length, dropout, penalty):
    return jax.lax.scan(
        lambda state, _: train(state, x, y, dropout, penalty), state, None, length=length)


def prepare_step(step, length):
    state = fresh_state(step)
    x, y = map(jnp.array, work.samples(step))

    def run(calls):
        nonlocal state
        for _ in range(calls):
            state, loss = one_step(state, x, y, step.dropout, step.penalty)
        jax.block_until_ready((state, loss))

    def run_scans(calls):
        nonlocal state
        for _ in range(calls):
            state, loss = many_steps(state, x, y, length, step.dropout, step.penalty)
        jax.block_until_ready((state, loss))

    return run_scans if SCANS else run


def check_step(step):
    state, losses = fresh_state(step), []
    x, y = map(jnp.array, work.samples(step))
    if SCANS:
        state, losses = many_steps(state, x, y, 3, 0, step.penalty)
    else:
        for _ in range(3):
            state, loss = one_step(state, x, y, 0, step.penalty)
            losses.append(loss)
    return [*losses, sum(jnp.abs(w).sum() for w in state[0][0])]


# -- Penalties: the value, and the gradient added to one that is there


@partial(jax.jit, static_argnames="kind", donate_argnums=1)
def penalty(w, g, scale, kind):
    if kind == "l1":
        return jnp.abs(w).sum(), g + scale * jnp.sign(w)
    if kind == "squaredL2":
        return 0.5 * jnp.square(w).sum(), g + scale * w
    if kind == "groupLasso":
        norms = jnp.sqrt(jnp.square(w).sum(1, keepdims=True))
        size = w.shape[1] ** 0.5
        return size * norms.sum(), g + jnp.where(norms > 0, scale * size / norms, 0) * w
    gram = w @ w.T - jnp.eye(w.shape[0])
    return jnp.square(gram).sum(), g + (4 * scale) * (gram @ w)


# -- Proximal points


@partial(jax.jit, static_argnames="kind", donate_argnums=0)
def prox(w, scales, kind):
    if kind == "groupLasso":
        norms = jnp.sqrt(jnp.square(w).sum(1, keepdims=True))
        return w * jnp.where(norms > 0, jnp.maximum(0, 1 - scales * w.shape[1] ** 0.5 / norms), 0)
    return soft(w, scales)


def arrays():
    return (jnp.array(work.uniform((work.SIDE, work.SIDE), seed)) for seed in (1, 2))


def thresholds(kind, other, scale):
    return scale * (1.5 + other) if kind == "l1Metric" else jnp.float32(scale)


def prepare(name):
    if name in work.STEPS:
        return prepare_step(work.STEPS[name], scan_length(name))
    if SCANS:
        return None
    w, other = arrays()
    kind = work.kind(name)
    if name in work.PENALTIES:
        scale = jnp.float32(work.GRADIENT_SCALE)

        def run(calls):
            nonlocal other
            for _ in range(calls):
                value, other = penalty(w, other, scale, kind)
            jax.block_until_ready((value, other))
    else:
        scales = thresholds(kind, other, work.PROX_SCALE)

        def run(calls):
            nonlocal w
            for _ in range(calls):
                w = prox(w, scales, kind)
            jax.block_until_ready(w)
    return run


def check(name):
    if name in work.STEPS:
        return check_step(work.STEPS[name])
    if SCANS:
        return None
    w, other = arrays()
    kind = work.kind(name)
    if name in work.PENALTIES:
        value, gradient = penalty(w, other, jnp.float32(1), kind)
        return [value, work.digest(gradient)]
    return [work.digest(prox(w, thresholds(kind, other, 0.5), kind))]


if __name__ == "__main__":
    work.serve(prepare, check, unit=scan_length)
