"""Learns what each part of a comparison of two names weighs, from rows that the example `names` prints.

Reads the rows on standard input and writes packs/base/weights/names.tsv to standard output; logistic regression with a
ridge. On standard error: how well weights learned from nine tenths do on the last tenth, for twenty shufflings.
"""
import random
import sys

import numpy as np
from scipy.optimize import minimize

rows = [line.rstrip("\n").split("\t") for line in sys.stdin]
parts = {}
for row in rows:
    for part in row[5].split("|"):
        parts.setdefault(part.split("=")[0], len(parts))
x = np.zeros((len(rows), len(parts)))
y = np.array([row[0] == "1" for row in rows], float)
for at, row in enumerate(rows):
    for part in row[5].split("|"):
        what, amount = part.split("=")
        x[at, parts[what]] = float(amount)
RIDGE = 0.3


def fit(x, y):
    def loss(w):
        z = x @ w
        value = np.logaddexp(0, z).sum() - y @ z + RIDGE / 2 * (w[1:] @ w[1:])
        slope = x.T @ (1 / (1 + np.exp(-z)) - y)
        slope[1:] += RIDGE * w[1:]
        return value, slope

    # All but the base is what falls short of full agreement, and may only count against it.
    bounds = [(None, None if what in ("base", "body") else 0) for what in parts]
    return minimize(loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B", bounds=bounds).x


figures = []
for seed in range(20):
    order = list(range(len(rows)))
    random.Random(seed).shuffle(order)
    right = found = 0
    for fold in range(10):
        test = order[fold::10]
        train = [it for it in order if it not in set(test)]
        hit = x[test] @ fit(x[train], y[train]) > 0
        right += (hit & (y[test] == 1)).sum()
        found += hit.sum()
    figures.append(2 * right / (found + y.sum()))
print(f"cross-validated F1 {np.mean(figures):.4f}", file=sys.stderr)
weights = fit(x, y)
print("# What each part of a comparison of two names weighs: logarithms of odds, learned by tools/resolve/weights.py.")
for what, at in parts.items():
    print(f"{what}\t{weights[at]:.4f}")
