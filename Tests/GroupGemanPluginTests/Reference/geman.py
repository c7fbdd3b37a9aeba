"""Writes geman.json: proximal points of r/(r + ε) and values, by pyproximal 0.13.0."""

import json
import pathlib

import numpy as np
import pyproximal

cases = []
magnitudes = np.concatenate([[0.0], np.geomspace(1e-3, 1e3, 25)])
for epsilon in [0.05, 0.5, 2.0]:
    penalty = pyproximal.Geman(sigma=1.0, gamma=epsilon)
    for scale in [0.001, 0.1, 1.0, 4.0]:
        cases.append(
            {
                "epsilon": epsilon,
                "scale": scale,
                "input": magnitudes.tolist(),
                "output": penalty.prox(magnitudes.copy(), scale).tolist(),
                "value": penalty(magnitudes),
            }
        )
result = {"definition": "argmin_p 0.5(p-x)^2 + scale*p/(p+epsilon) over p >= 0, for each x", "cases": cases}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(result, indent=1) + "\n")
