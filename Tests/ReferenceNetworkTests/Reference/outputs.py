"""Writes outputs.json: coefficients of linear models with several outputs, fitted to multitask_20x4.csv.

The numbers of scikit-learn are given as they are there, so that the test translates them.

Run with scikit-learn 1.9.1: python outputs.py > outputs.json
"""

import json

import numpy
from sklearn.linear_model import Lasso, MultiTaskElasticNet, MultiTaskLasso, Ridge

table = numpy.genfromtxt("multitask_20x4.csv", delimiter=",", skip_header=1)
table = numpy.float32(table).astype(numpy.float64)
inputs, targets = table[:, :20], table[:, 20:]
models = {
    "multiTaskLasso": MultiTaskLasso(alpha=0.3, tol=1e-14, max_iter=100_000),
    "multiTaskElasticNet": MultiTaskElasticNet(alpha=0.3, l1_ratio=0.7, tol=1e-14, max_iter=100_000),
    "lasso": Lasso(alpha=0.1, tol=1e-14, max_iter=100_000),
    "ridge": Ridge(alpha=8),
}
print(json.dumps(
    {name: model.fit(inputs, targets).coef_.ravel().tolist() for name, model in models.items()}, indent=1))
