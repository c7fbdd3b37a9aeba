"""PyTorch: variant `eager` with Adam as it is by default, `fused` with the fused Adam, `compile` with a whole
step, penalty or proximal point as one function under torch.compile.

Penalties and proximal points are in peer_torch_arrays.py.
"""

import functools
import os
import sys

import work

THREADS = work.threads()
os.environ["OMP_NUM_THREADS"] = os.environ["MKL_NUM_THREADS"] = str(THREADS)
VARIANT = (sys.argv[1:] or ["eager"])[0]
COMPILED = VARIANT == "compile"

import torch  # noqa: E402
import torch.nn.functional as F  # noqa: E402
from torch import nn  # noqa: E402

import peer_torch_arrays as arrays  # noqa: E402

torch.set_num_threads(THREADS)
# Without it steps slow down as gradients vanish; XLA and our network flush subnormal numbers too.
torch.set_flush_denormal(True)
# One function serves several kinds of work, each compiled apart.
torch._dynamo.config.recompile_limit = 64


# -- Training steps


def network(step, dropout):
    layers = []
    for w, b in zip(*work.parameters(step)):
        linear = nn.Linear(w.shape[1], w.shape[0])
        with torch.no_grad():
            linear.weight.copy_(torch.from_numpy(w))
            linear.bias.copy_(torch.from_numpy(b))
        layers += [linear, nn.ReLU(), *([nn.Dropout(dropout)] if dropout else [])]
    return nn.Sequential(*layers[:-2 if dropout else -1])


def matrices(model):
    return [p for name, p in model.named_parameters() if name.endswith("weight")]


def add_penalty_gradient(w, gradient, penalty):
    """By hand: automatic differentiation of the orthogonality needs three products instead of two."""
    gradient.add_(torch.sign(w), alpha=work.L1_STRENGTH)
    if penalty == "l1+orthogonality":
        scale = 4 * work.ORTHOGONALITY_STRENGTH
        tall = w.shape[0] > w.shape[1]
        gram = w.T @ w if tall else w @ w.T
        gram.diagonal().sub_(1)
        gradient.addmm_(*((w, gram) if tall else (gram, w)), alpha=scale)


def eager_step(step, dropout):
    model = network(step, dropout)
    x, y = (torch.from_numpy(a) for a in work.samples(step))
    kind = torch.optim.AdamW if step.penalty == "weightDecay" else torch.optim.Adam
    options = {"weight_decay": work.DECAY} if step.penalty == "weightDecay" else {}
    fused = {"fused": True} if VARIANT == "fused" else {}
    optimizer = kind(model.parameters(), lr=work.LEARNING_RATE, **options, **fused)
    weights, count = matrices(model), 0

    def one():
        nonlocal count
        count += 1
        optimizer.zero_grad()
        loss = F.cross_entropy(model(x), y)
        loss.backward()
        with torch.no_grad():
            if step.penalty in ("l1", "l1+orthogonality"):
                for w in weights:
                    add_penalty_gradient(w, w.grad, step.penalty)
            optimizer.step()
            if step.penalty == "l1Prox":
                root = (1 - work.BETA2 ** count) ** 0.5
                for w in weights:
                    threshold = optimizer.state[w]["exp_avg_sq"].sqrt().div_(root).add_(work.EPSILON)
                    threshold = threshold.reciprocal_().mul_(work.LEARNING_RATE * work.PROX_STRENGTH)
                    w.sub_(torch.clamp(w, -threshold, threshold))
        return loss

    return one, model


@functools.cache
def compiled_step(step, dropout):
    """The same with Adam by hand, so that forward, backward and update are one compiled function."""
    model = network(step, dropout)
    x, y = (torch.from_numpy(a) for a in work.samples(step))
    parameters = {name: p.detach() for name, p in model.named_parameters()}
    start = {name: p.clone() for name, p in parameters.items()}
    means, squares = ({name: torch.zeros_like(p) for name, p in parameters.items()} for _ in range(2))
    count = torch.zeros(())

    def reset():
        for name, p in parameters.items():
            p.copy_(start[name])
        for zero in (count, *means.values(), *squares.values()):
            zero.zero_()

    def data_loss(parameters):
        return F.cross_entropy(torch.func.functional_call(model, parameters, (x,)), y)

    @torch.compile(fullgraph=True, dynamic=False)
    def train(parameters, means, squares, count):
        gradients, loss = torch.func.grad_and_value(data_loss)(parameters)
        count.add_(1)
        rate = work.LEARNING_RATE / (1 - work.BETA1 ** count)
        root = (1 - work.BETA2 ** count).sqrt()
        for name, w in parameters.items():
            g, m, v = gradients[name], means[name], squares[name]
            is_matrix = name.endswith("weight")
            if is_matrix and step.penalty in ("l1", "l1+orthogonality"):
                add_penalty_gradient(w, g, step.penalty)
            m.mul_(work.BETA1).add_(g, alpha=1 - work.BETA1)
            v.mul_(work.BETA2).addcmul_(g, g, value=1 - work.BETA2)
            if step.penalty == "weightDecay":
                w.mul_(1 - work.LEARNING_RATE * work.DECAY)
            scale = v.sqrt() / root + work.EPSILON
            w.sub_(rate * m / scale)
            if is_matrix and step.penalty == "l1Prox":
                threshold = work.LEARNING_RATE * work.PROX_STRENGTH / scale
                w.sub_(torch.clamp(w, -threshold, threshold))
        return loss

    return lambda: train(parameters, means, squares, count), model, reset


def make_step(step, dropout):
    """A function that makes one step, and the model; with fresh state, compiled once."""
    torch.manual_seed(0)
    if not COMPILED:
        return eager_step(step, dropout)
    one, model, reset = compiled_step(step, dropout)
    reset()
    return one, model


def prepare(name):
    if name in work.STEPS:
        one, _ = make_step(work.STEPS[name], work.STEPS[name].dropout)
    elif VARIANT == "fused":
        return None
    elif name in work.PENALTIES:
        one, _ = arrays.make_penalty(COMPILED, work.kind(name), work.GRADIENT_SCALE)
    else:
        one, _ = arrays.make_prox(COMPILED, work.kind(name), work.PROX_SCALE)

    def run(calls):
        with torch.set_grad_enabled(name in work.STEPS):
            for _ in range(calls):
                one()
    return run


def check(name):
    if name in work.STEPS:
        one, model = make_step(work.STEPS[name], 0)
        losses = [one().detach() for _ in range(3)]
        return [*losses, sum(w.detach().abs().sum() for w in matrices(model))]
    if VARIANT == "fused":
        return None
    with torch.no_grad():
        if name in work.PENALTIES:
            one, gradient = arrays.make_penalty(COMPILED, work.kind(name), 1.0)
            return [one(), work.digest(gradient.numpy())]
        one, w = arrays.make_prox(COMPILED, work.kind(name), 0.5)
        one()
        return [work.digest(w.numpy())]


if __name__ == "__main__":
    work.serve(prepare, check)
