"""Logistic regression over named features, all labels at once, and the table of weights that svodka-pack reads."""
import collections

import numpy as np
import scipy.optimize
import scipy.sparse

STEPS = 60  # of L-BFGS
PRUNED = 0.03  # weights nearer to nothing are left out of the table
LEAST = 2  # examples a feature must stand in


class Model:
    """examples: lists of feature names; truths: for each example the labels that hold."""

    def __init__(self, examples, truths, labels, strength):
        counts = collections.Counter(name for names in examples for name in names)
        self.names = sorted(name for name, count in counts.items() if count >= LEAST)
        self.number = {name: index for index, name in enumerate(self.names)}
        self.labels = list(labels)
        matrix = self.matrix(examples)
        wanted = np.array([[label in truth for label in self.labels] for truth in truths], float)
        self.weights, self.bias = fit(matrix, wanted, strength)

    def matrix(self, examples):
        ends, columns = [0], []
        for names in examples:
            columns += [self.number[name] for name in names if name in self.number]
            ends.append(len(columns))
        return scipy.sparse.csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(examples), len(self.names)))

    def __call__(self, examples):
        """Probabilities, one row an example, one column a label."""
        return 1 / (1 + np.exp(-(self.matrix(examples) @ self.weights + self.bias)))

    def write(self, path, remark):
        with open(path, "w", encoding="utf-8") as file:
            print("#", remark, file=file)
            print("labels", *self.labels, sep="\t", file=file)
            print("bias", " ".join(f"{index}:{value:.3f}" for index, value in enumerate(self.bias)), sep="\t", file=file)
            for name, row in zip(self.names, self.weights):
                kept = [f"{index}:{short(value)}" for index, value in enumerate(row) if abs(value) >= PRUNED]
                if kept and not any(sign in name for sign in "\t\n\r"):
                    print(name, " ".join(kept), sep="\t", file=file)


def short(value):
    return f"{value:.2f}".replace("0.", ".", 1).rstrip("0").rstrip(".")


def fit(matrix, wanted, strength):
    """Weights and bias that make the wanted labels likely; the larger `strength`, the larger weights may be."""
    width, count = matrix.shape[1], wanted.shape[1]
    transposed = matrix.T.tocsr()

    def loss(flat):
        weights, bias = flat[: width * count].reshape(width, count), flat[width * count :]
        odds = matrix @ weights + bias
        value = np.logaddexp(0, odds).sum() - (odds * wanted).sum() + (weights**2).sum() / (2 * strength)
        slope = 1 / (1 + np.exp(-odds)) - wanted
        return value, np.concatenate([(transposed @ slope + weights / strength).ravel(), slope.sum(0)])

    share = np.clip(wanted.mean(0), 1e-4, 1 - 1e-4)
    start = np.concatenate([np.zeros(width * count), np.log(share / (1 - share))])
    found = scipy.optimize.minimize(loss, start, jac=True, method="L-BFGS-B", options=dict(maxiter=STEPS, maxcor=6))
    return found.x[: width * count].reshape(width, count), found.x[width * count :]
