"""Writes squared_differences.json: the minimiser of Σ (p − z)²/(2t) + ½Σ(p_{i+1} − p_i)² by SciPy 1.17.1 in float64.

The system diag(1/t)(p − z) + DᵀD p = 0 is solved by scipy.linalg.solve_banded; elements with t = 0 are fixed.
"""

import json
import pathlib

import numpy as np
from scipy.linalg import solve_banded


def smooth(z, t):
    n = len(z)
    banded = np.zeros((3, n))
    free = t > 0
    stiffness = np.where(free, 1 / np.where(free, t, 1), 1)
    neighbours = np.full(n, 2.0) if n > 1 else np.zeros(1)
    neighbours[[0, -1]] = min(1, n - 1)
    banded[1] = stiffness + np.where(free, neighbours, 0)
    banded[0, 1:] = np.where(free[:-1], -1, 0)
    banded[2, :-1] = np.where(free[1:], -1, 0)
    return solve_banded((1, 1), banded, stiffness * z)


generator = np.random.default_rng(0)
cases = []
for n, scales in [(2, 0.3), (7, 0.01), (7, 1.0), (7, 1e4), (12, None), (12, None), (9, "fixed"), (9, "fixed")]:
    # Rounded to float32, which the framework takes.
    z = generator.standard_normal(n).astype(np.float32).astype(np.float64)
    if isinstance(scales, float):
        t = np.full(n, scales)
    else:
        t = 10.0 ** generator.uniform(-3, 3, n)
        if scales == "fixed":
            t[generator.uniform(size=n) < 0.4] = 0
    t = t.astype(np.float32).astype(np.float64)
    cases.append(
        {
            "input": z.tolist(),
            "scales": t.tolist(),
            "output": smooth(z, t).tolist(),
            "value": 0.5 * float((np.diff(z) ** 2).sum()),
            "gradient": (np.diff(np.eye(n), axis=0).T @ np.diff(z)).tolist(),
        }
    )
result = {"definition": "argmin_p sum (p-z)^2/(2t) + 0.5*sum diff(p)^2", "cases": cases}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(result, indent=1) + "\n")
