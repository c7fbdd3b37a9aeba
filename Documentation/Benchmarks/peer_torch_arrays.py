"""PyTorch's penalties and proximal points.

The eager ones work in place with buffers that are there, which is faster than autograd; of several ways to
write each the fastest was taken.
"""

import torch

import work


def penalty(kind, w, g, scale, buffer):
    """The value, and the gradient added to `g`."""
    size = w.shape[1] ** 0.5
    if kind == "l1":
        sign = torch.sign(w, out=buffer)
        g.add_(sign, alpha=scale)
        return torch.dot(w.view(-1), sign.view(-1))
    if kind == "squaredL2":
        g.add_(w, alpha=scale)
        return 0.5 * torch.dot(w.view(-1), w.view(-1))
    if kind == "groupLasso":
        norms = torch.linalg.vector_norm(w, dim=1, keepdim=True)
        g.addcmul_(w, torch.where(norms > 0, scale * size / norms, 0))
        return size * norms.sum()
    gram = torch.mm(w, w.T, out=buffer)
    gram.diagonal().sub_(1)
    g.addmm_(gram, w, alpha=4 * scale)
    return torch.dot(gram.view(-1), gram.view(-1))


def penalty_to_compile(kind, w, g, scale):
    """The same, written for the compiler to fuse."""
    size = w.shape[1] ** 0.5
    if kind == "l1":
        g.add_(scale * torch.sign(w))
        return w.abs().sum()
    if kind == "squaredL2":
        g.add_(scale * w)
        return 0.5 * w.square().sum()
    if kind == "groupLasso":
        norms = w.square().sum(1, keepdim=True).sqrt()
        g.add_(torch.where(norms > 0, scale * size / norms, 0) * w)
        return size * norms.sum()
    gram = w @ w.T - torch.eye(w.shape[0])
    g.addmm_(gram, w, alpha=4 * scale)
    return gram.square().sum()


def prox(kind, w, scale, buffer):
    """The proximal point in place of `w`; the scale is a number, or for l1Metric a tensor."""
    if kind == "groupLasso":
        norms = torch.linalg.vector_norm(w, dim=1, keepdim=True)
        w.mul_(torch.where(norms > 0, (1 - scale * w.shape[1] ** 0.5 / norms).clamp_(0), 0))
    elif kind == "l1Metric":
        w.sub_(torch.clamp(w, torch.neg(scale, out=buffer), scale, out=buffer))
    else:
        torch.ops.aten.softshrink.out(w, scale, out=w)


def prox_to_compile(kind, w, scale):
    if kind == "groupLasso":
        norms = w.square().sum(1, keepdim=True).sqrt()
        w.mul_(torch.where(norms > 0, (1 - scale * w.shape[1] ** 0.5 / norms).clamp(0), 0))
    else:
        w.sub_(torch.clamp(w, -scale, scale))


compiled_penalty, compiled_prox = (
    torch.compile(function, fullgraph=True, dynamic=False) for function in (penalty_to_compile, prox_to_compile))


def make_penalty(compiled, kind, scale):
    w, g = (torch.from_numpy(work.uniform((work.SIDE, work.SIDE), seed)) for seed in (1, 2))
    buffer = torch.empty_like(w)
    if compiled:
        return lambda: compiled_penalty(kind, w, g, scale), g
    return lambda: penalty(kind, w, g, scale, buffer), g


def make_prox(compiled, kind, scale):
    w, other = (torch.from_numpy(work.uniform((work.SIDE, work.SIDE), seed)) for seed in (1, 2))
    buffer = torch.empty_like(w)
    scales = scale * (1.5 + other) if kind == "l1Metric" else scale
    if compiled:
        scales = torch.as_tensor(scales)  # a number that changes would be compiled again
        return lambda: compiled_prox(kind, w, scales), w
    return lambda: prox(kind, w, scales, buffer), w
