"""Writes l1_nuclear.json: the minimiser of ½‖P − X‖² + 0.3‖P‖₁ + 0.5‖P‖_* by ADMM in float64 (NumPy 2.4)."""

import json
import pathlib

import numpy as np

L1, NUCLEAR = 0.3, 0.5


def soft(x, t):
    return np.sign(x) * np.maximum(np.abs(x) - t, 0)


def shrink(x, t):
    u, s, v = np.linalg.svd(x, full_matrices=False)
    return (u * soft(s, t)) @ v


def objective(p, x):
    singular = np.linalg.svd(p, compute_uv=False).sum()
    return 0.5 * ((p - x) ** 2).sum() + L1 * np.abs(p).sum() + NUCLEAR * singular


# Rounded to float32, which the framework takes.
x = np.random.default_rng(0).standard_normal((4, 3)).astype(np.float32).astype(np.float64)
z = np.zeros_like(x)
u = np.zeros_like(x)
for _ in range(100_000):
    # ADMM with ½‖P − X‖² + 0.5‖P‖_* in P and 0.3‖Z‖₁ in Z, penalty 1.
    p = shrink((x + z - u) / 2, NUCLEAR / 2)
    z = soft(p + u, L1)
    u += p - z
assert np.abs(p - z).max() < 1e-12
result = {
    "definition": "argmin_P 0.5||P-X||_F^2 + 0.3||P||_1 + 0.5||P||_*",
    "l1": L1,
    "nuclear": NUCLEAR,
    "input": x.ravel().tolist(),
    "output": z.ravel().tolist(),
    "objective": objective(z, x),
}
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(result, indent=1) + "\n")
print(result["objective"], objective(soft(shrink(x, NUCLEAR), L1), x), objective(shrink(soft(x, L1), NUCLEAR), x))
