#!/usr/bin/env python3
"""Learns where names begin and end and what they name; writes packs/en/statistics/names.tsv.

    names.py MODEL FOLDER...            trains on all reports with marked mentions in the folders
    names.py --cross MODEL FOLDER...    measures: eight parts, each read by what was learned from the other seven
                                        (reports of the first folder are measured, those of the others only learned from)

The features come from the program (`cargo run --release -p svodka --example words`), so there is one implementation of them.
A linear-chain conditional random field; needs python-crfsuite. The same reports give the same file.
"""
import collections
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import pycrfsuite

ROOT = pathlib.Path(__file__).resolve().parents[2]
MARK = re.compile(r"⟦([A-Z]+):([^|⟧]*)\|([^⟦⟧]*)⟧")
SETTINGS = {"c1": 0.1, "c2": 3.0, "max_iterations": 60, "feature.minfreq": 1}
PRUNED = 0.01  # weights nearer to nothing are left out
TRUST, FAR = 2.0, 8  # as in names/learned/mod.rs


class Report:
    def __init__(self, path, words):
        self.words = words
        self.gold = mentions(path)
        self.labels = ["O"] * len(words)
        for start, end, kind in sorted(self.gold):
            inside = [n for n, word in enumerate(words) if word[0] < end and word[1] > start]
            for n in inside:
                self.labels[n] = ("B-" if n == inside[0] else "I-") + kind

    def stretches(self):
        """Runs of words that have features."""
        run = []
        for number, word in enumerate(self.words):
            if word[3]:
                run.append(number)
            elif run:
                yield run
                run = []
        if run:
            yield run


def mentions(path):
    marked = path.with_suffix(".mentions.txt").read_text("utf-8")
    found, size, last = set(), 0, 0
    for mark in MARK.finditer(marked):
        size += mark.start() - last
        if mark[1] != "DATE":
            found.add((size, size + len(mark[3]), mark[1]))
        size += len(mark[3])
        last = mark.end()
    return found


def reports(model, folder):
    paths = sorted(path for path in pathlib.Path(folder).glob("*.txt") if path.with_suffix(".mentions.txt").exists())
    command = ["cargo", "run", "--release", "-q", "-p", "svodka", "--example", "words", "--", "packs/en", model]
    told = subprocess.run(
        command, cwd=ROOT, input="".join(f"{path.resolve()}\n" for path in paths), stdout=subprocess.PIPE, text=True, check=True
    )
    return [Report(path, json.loads(line)) for path, line in zip(paths, told.stdout.splitlines())]


def learn(known):
    """Weights by feature and label, and of one label after another as the feature `after=LABEL`."""
    trainer = pycrfsuite.Trainer(verbose=False)
    for report in known:
        for run in report.stretches():
            trainer.append([report.words[n][3] for n in run], [report.labels[n] for n in run])
    trainer.set_params(SETTINGS)
    with tempfile.NamedTemporaryFile() as file:
        trainer.train(file.name)
        tagger = pycrfsuite.Tagger()
        tagger.open(file.name)
        info = tagger.info()
        tagger.close()
    weights = collections.defaultdict(dict)
    for (feature, label), weight in info.state_features.items():
        weights[feature][label] = weight
    for (before, label), weight in info.transitions.items():
        weights["after=" + before][label] = weight
    return weights


def labels_of(known):
    return sorted({label for report in known for label in report.labels})


def write(weights, labels, path):
    number = {label: n for n, label in enumerate(labels)}
    with open(path, "w", encoding="utf-8") as file:
        print("# made by tools/learn/names.py", file=file)
        print("labels", *labels, sep="\t", file=file)
        for feature in sorted(weights):
            row = sorted((number[label], weight) for label, weight in weights[feature].items() if abs(weight) >= PRUNED)
            if row and not any(sign in feature for sign in "\t\n\r"):
                entries = (f"{label}:{weight:.2f}".replace("0.", ".") for label, weight in row)
                print(feature, " ".join(entries), sep="\t", file=file)


def read(report, weights, labels):
    """The labels by Viterbi's algorithm, as the program does it."""
    found = ["O"] * len(report.words)
    for run in report.stretches():
        sums, ways = {}, []
        for n in run:
            scores = dict.fromkeys(labels, 0.0)
            for feature in report.words[n][3]:
                for label, weight in weights.get(feature, {}).items():
                    scores[label] += weight
            rule = report.words[n][2]
            leads = [f for f in report.words[n][3] if f.startswith("candidate lead=")]
            if rule != "O" and any(f.rsplit(",")[-1] in ("8", "16", "32") for f in leads):
                scores[rule] = scores.get(rule, 0.0) + TRUST
            way, now = {}, {}
            for label in labels:
                allowed = [b for b in sums if label[0] != "I" or b[2:] == label[2:]]
                if sums and allowed:
                    way[label] = max(allowed, key=lambda b: sums[b] + weights.get("after=" + b, {}).get(label, 0.0))
                    before = sums[way[label]] + weights.get("after=" + way[label], {}).get(label, 0.0)
                elif sums or label[0] == "I":
                    continue
                else:
                    before = 0.0
                now[label] = before + scores[label]
            ways.append(way)
            sums = now
        label = max(sums, key=sums.get)
        for n, way in zip(reversed(run), reversed(ways)):
            found[n] = label
            label = way.get(label)
    return found


def spans(words, labels):
    found, open_name = set(), None
    for word, label in zip(words, labels):
        if open_name and label == "I-" + open_name[2]:
            open_name[1] = word[1]
            continue
        if open_name:
            found.add(tuple(open_name))
        open_name = [word[0], word[1], label[2:]] if label != "O" else None
    return found | ({tuple(open_name)} if open_name else set())


def f1(pairs):
    right = sum(len(gold & found) for gold, found in pairs)
    return 2 * right / max(1, sum(len(gold) + len(found) for gold, found in pairs))


def cross(measured, others, parts=8):
    rules, learned = [], []
    for part in range(parts):
        known = [report for n, report in enumerate(measured) if n % parts != part] + others
        weights, labels = learn(known), labels_of(known)
        for report in measured[part::parts]:
            rules.append((report.gold, spans(report.words, [word[2] for word in report.words])))
            learned.append((report.gold, spans(report.words, read(report, weights, labels))))
    for name, pairs in (("rules alone", rules), ("learned", learned)):
        each = sorted(f1([pair]) for pair in pairs)
        mean = sum(each) / len(each)
        spread = (sum((value - mean) ** 2 for value in each) / len(each)) ** 0.5
        print(f"{name}: names strict {f1(pairs):.4f} over {len(each)} reports, single ones {mean:.3f} ± {spread:.3f}, worst {each[0]:.3f}")


def main(arguments):
    measure = arguments[:1] == ["--cross"]
    model, *folders = arguments[measure:]
    read_in = [reports(model, folder) for folder in folders]
    if measure:
        cross(read_in[0], sum(read_in[1:], []))
    else:
        known = sum(read_in, [])
        write(learn(known), labels_of(known), ROOT / "packs/en/statistics/names.tsv")


if __name__ == "__main__":
    main(sys.argv[1:])
