#!/usr/bin/env python3
"""Learns to read claims from annotated reports: makes packs/en/statistics/{kinds,fields,sound}.tsv and roles/*.tsv.

    tools/learn/claims.py [--reports DIR]... [--tuned DIR]... [--leave-out K/N] [--to PACK]

Run from the project's root after `cargo build --release -p svodka --example observations`. Needs numpy and scipy, and the
model in models/. DIR holds NAME.txt, NAME.meta.json, NAME.claims.jsonl as in gold/. `--reports` (default gold/train) were
written by people who had not seen the rules, so what the frames find in them is what they find in any report; `--tuned`
(default gold) helped to make the rules, so the frames' findings are left out of their features. `--leave-out 0/4` learns without
every fourth report, to measure on those; it prints their names.

A claim in the gold does not say which word sets it off: that is guessed from where its fillers hang, then again from
what the first guess taught.
"""
import argparse
import collections
import glob
import json
import math
import os
import re
import shutil
import subprocess
import sys
import tempfile

import numpy as np

from regression import Model

KIND_STRENGTH, ROLE_STRENGTH, FIELD_STRENGTH, SOUND_STRENGTH = 0.5, 0.15, 0.5, 0.3
FOLDS = 4
# The role whose word sets off a claim of the kind.
ANCHORS = {"office": "title", "wage": "amount", "headcount": "count", "structure": "form", "kinship": "relation"}
NUMBERS = {("headcount", "count"), ("cell", "size"), ("meeting", "attendance")}
AMOUNTS = {("wage", "amount")}
FIELDS = {"membership": "status", "strike": "action", "police": "action", "affiliation": "relation"}
RULES = ("R=", "Rf=", "Rh=", "Rs=")
REMARK = "learned from gold/ by tools/learn/claims.py"

LEFT_OUT = set("the a an of in at comrade factory plant and group's several his her their".split())


def words(text):
    text = re.sub(r"'s\b", "", text.lower().replace("’", "'"))
    return [word for word in re.findall(r"[^\W_]+(?:[-'][^\W_]+)*", text) if word not in LEFT_OUT]


def likeness(one, other):
    """The share of words that two fillers have in common."""
    a, b = set(words(one)), set(words(other))
    if not a or not b:
        return float(one.strip().lower() == other.strip().lower())
    return len(a & b) / len(a | b)


def same(one, other):
    """Whether two fillers mean the same: half of their words, or a third where one is short and lies in the other."""
    share = likeness(one, other)
    a, b = set(words(one)), set(words(other))
    inside = bool(a and b) and (a <= b or b <= a) and min(len(a), len(b)) <= 3
    return share >= 0.5 or (inside and share >= 0.3)


class Observer:
    """The program, asked what it sees."""

    def __init__(self, program, model):
        arguments = [program, "packs/en", model]
        self.process = subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, **question):
        self.process.stdin.write(json.dumps(question) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            sys.exit("the observer stopped; its message stands above")
        return json.loads(answer)


class Report:
    def __init__(self, stem, tuned, number, observer):
        self.name, self.tuned, self.number, self.observer = os.path.basename(stem), tuned, number, observer
        with open(stem + ".meta.json", encoding="utf-8") as file:
            date = json.load(file).get("date")
        seen = observer.ask(read=stem + ".txt", date=date)
        with open(stem + ".txt", encoding="utf-8") as file:
            self.text = file.read()
        self.words, self.sentences, self.parts = seen["words"], seen["sentences"], seen["parts"]
        self.triggers = {token: self.plain(names) for token, names in seen["triggers"]}
        self.sentence = {token: at for at, (a, b) in enumerate(self.sentences) for token in range(a, b)}
        self.seen_parts = {}
        with open(stem + ".claims.jsonl", encoding="utf-8") as file:
            self.gold = [self.aligned(json.loads(line)) for line in file if line.strip()]

    def plain(self, names):
        return [name for name in names if not name.startswith(RULES)] if self.tuned else names

    def aligned(self, claim):
        """The claim with the sentences of its evidence and the parts there that fill its roles."""
        start = self.text.find(claim["evidence"])
        end = start + len(claim["evidence"])
        inside = lambda token: start <= self.words[token]["at"][0] < end
        sentences = [
            at
            for at, (a, b) in enumerate(self.sentences)
            if a < b and self.words[a]["at"][0] < end and self.words[b - 1]["at"][1] > start
        ]
        filled = collections.defaultdict(set)
        for role, fillers in claim["roles"].items():
            extent = "number" if (claim["kind"], role) in NUMBERS else "amount" if (claim["kind"], role) in AMOUNTS else ""
            for filler in fillers:
                hits = []
                for sentence in sentences:
                    for at, part in enumerate(self.parts[sentence]):
                        named = [name for it in part["fillers"] for name in [it["text"], *it["names"]]]
                        if part["extent"] == extent and any(same(filler, name) for name in named):
                            token = part["token"]
                            far = 2 if token is None else 0 if inside(token) else 1
                            hits.append((far, -max(likeness(filler, name) for name in named), sentence, at))
                if hits:
                    nearest = min(hit[0] for hit in hits)
                    best = min(hit[1] for hit in hits if hit[0] == nearest)
                    for far, likely, sentence, at in hits:
                        if far == nearest and likely <= best + 0.01:
                            filled[sentence, at].add(role)
        tokens = [t for s in sentences for t in range(*self.sentences[s]) if inside(t) and t in self.triggers]
        return dict(claim=claim, kind=claim["kind"], filled=filled, tokens=tokens, span=(start, end), trigger=None)

    def chain(self, token):
        found = [token]
        while self.words[token]["head"] != token and len(found) < 40:
            token = self.words[token]["head"]
            found.append(token)
        return found

    def distance(self, one, other):
        down = {token: steps for steps, token in enumerate(self.chain(other))}
        return min((up + down[token] for up, token in enumerate(self.chain(one)) if token in down), default=9)

    def guess_triggers(self, kinds=None):
        """Which word sets off each claim; `kinds` is a model of an earlier guess."""
        odds = {}
        if kinds is not None and self.triggers:
            shares = kinds(list(self.triggers.values()))
            odds = {token: dict(zip(kinds.labels, row)) for token, row in zip(self.triggers, shares)}
        for gold in self.gold:
            fillers = {self.parts[s][at]["token"] for s, at in gold["filled"]} - {None}
            anchor = ANCHORS.get(gold["kind"])
            anchors = [
                self.parts[s][at]["token"]
                for (s, at), roles in sorted(gold["filled"].items())
                if anchor in roles and self.parts[s][at]["token"] in self.triggers
            ]

            def merit(token):
                pos = self.words[token]["pos"]
                merit = -{"VERB": 0, "NOUN": 0, "ADP": 1.0}.get(pos, 0.6) - 0.5 * (token in fillers)
                if fillers:
                    merit -= sum(min(self.distance(token, filler), 8) for filler in fillers) / len(fillers)
                if odds:
                    merit += 1.2 * math.log(max(1e-4, odds[token].get(gold["kind"], 0)))
                return merit

            if anchors:
                gold["trigger"] = anchors[0]
            elif gold["tokens"]:
                gold["trigger"] = max(gold["tokens"], key=merit)

    def kinds(self):
        found = collections.defaultdict(set)
        for gold in self.gold:
            if gold["trigger"] is not None:
                found[gold["trigger"]].add(gold["kind"])
        return found

    def part_examples(self):
        """(kind, features, roles) of every part around each trigger."""
        wanted = {}
        for gold in self.gold:
            if gold["trigger"] is None:
                continue
            roles = wanted.setdefault((gold["trigger"], gold["kind"]), collections.defaultdict(set))
            for (sentence, at), its in gold["filled"].items():
                if sentence == self.sentence[gold["trigger"]]:
                    roles[at] |= its
        unseen = [key for key in wanted if key not in self.seen_parts]
        if unseen:
            answers = self.observer.ask(report=self.number, parts=[list(key) for key in unseen])
            self.seen_parts.update(zip(unseen, answers))
        for (trigger, kind), roles in wanted.items():
            for at, names in enumerate(self.seen_parts[trigger, kind]):
                yield kind, self.plain(names), roles.get(at, set())

    def judged(self, proposals):
        """For each proposal whether it is a claim of the gold: half of what both say agrees, each counted once."""
        pairs = []
        for p, proposal in enumerate(proposals):
            for g, gold in enumerate(self.gold):
                near = gold["span"][0] - 240 < proposal["span"][1] and proposal["span"][0] - 240 < gold["span"][1]
                if gold["kind"] != proposal["kind"] or not near:
                    continue
                facts = [(role, filler) for role, fillers in gold["claim"]["roles"].items() for filler in fillers]
                agreed, open_ = 0, list(proposal["facts"])
                for role, filler in facts:
                    hit = next((f for f in open_ if f[0] == role and any(same(filler, n) for n in [f[1], *f[2]])), None)
                    if hit:
                        open_.remove(hit)
                        agreed += 1
                share = 2 * agreed / (len(facts) + len(proposal["facts"]))
                if share >= 0.5:
                    away = abs(gold["span"][0] - proposal["span"][0])
                    pairs.append((-share, away, p, g))
        right, taken = set(), set()
        for _, _, p, g in sorted(pairs):
            if p not in right and g not in taken:
                right.add(p)
                taken.add(g)
        return [p in right for p in range(len(proposals))]


def learn(reports):
    """Models of kinds, of roles for each kind, and of fields."""
    examples = [names for report in reports for names in report.triggers.values()]
    kinds = None
    for _ in range(2):
        for report in reports:
            report.guess_triggers(kinds)
        truths = []
        for report in reports:
            found = report.kinds()
            truths += [found.get(token, ()) for token in report.triggers]
        kinds = Model(examples, truths, sorted({kind for truth in truths for kind in truth}), KIND_STRENGTH)
    parts = collections.defaultdict(lambda: ([], []))
    for report in reports:
        for kind, names, roles in report.part_examples():
            parts[kind][0].append(names)
            parts[kind][1].append(roles)
    roles = {
        kind: Model(names, truths, sorted({role for truth in truths for role in truth}), ROLE_STRENGTH)
        for kind, (names, truths) in sorted(parts.items())
    }
    names, values = [], []
    for report in reports:
        for gold in report.gold:
            field = FIELDS.get(gold["kind"])
            value = gold["claim"].get(field) if field else None
            if value and gold["trigger"] is not None:
                names.append(report.triggers[gold["trigger"]])
                values.append([f"{gold['kind']}.{field}={value}"])
    counts = collections.Counter(value for its in values for value in its)
    fields = Model(names, values, sorted(value for value, count in counts.items() if count >= 5), FIELD_STRENGTH)
    return kinds, roles, fields


def write(pack, models, sound=None):
    folder = os.path.join(pack, "statistics")
    os.makedirs(os.path.join(folder, "roles"), exist_ok=True)
    kinds, roles, fields = models
    kinds.write(os.path.join(folder, "kinds.tsv"), REMARK)
    fields.write(os.path.join(folder, "fields.tsv"), REMARK)
    for kind, model in roles.items():
        model.write(os.path.join(folder, "roles", kind + ".tsv"), REMARK)
    if sound is not None:
        sound.write(os.path.join(folder, "sound.tsv"), REMARK)


def learn_soundness(reports, observer):
    """From proposals in reports that the models which made them had not seen."""
    examples, truths, gold = [], [], 0
    with tempfile.TemporaryDirectory() as folder:
        pack = os.path.join(folder, "en")
        shutil.copytree("packs/en", pack)
        for fold in range(FOLDS):
            kept = [report for at, report in enumerate(reports) if at % FOLDS != fold]
            write(pack, learn(kept))
            observer.ask(pack=pack)
            for report in reports[fold::FOLDS]:
                if report.tuned:
                    continue
                # What a frame has already is not asked.
                proposals = observer.ask(report=report.number, proposals=True)
                judged = [it for it in zip(proposals, report.judged(proposals)) if not it[0]["framed"]]
                examples += [proposal["features"] for proposal, _ in judged]
                truths += [["right"] if right else [] for _, right in judged]
                gold += len(report.gold)
    sound = Model(examples, truths, ["right"], SOUND_STRENGTH)
    share = sound(examples)[:, 0]
    right = np.array([bool(truth) for truth in truths])
    for least in (0.2, 0.25, 0.3, 0.35, 0.4, 0.5):
        chosen = share >= least
        hits = int((chosen & right).sum())
        precision, recall = hits / max(1, chosen.sum()), hits / gold
        figure = 2 * precision * recall / max(1e-9, precision + recall)
        print(f"beyond the frames, from {least}: {int(chosen.sum())} claims, precision {precision:.3f}, recall {recall:.3f}, F1 {figure:.3f}", file=sys.stderr)
    return sound


def stems(folders):
    found = [path[: -len(".claims.jsonl")] for folder in folders for path in glob.glob(os.path.join(folder, "*.claims.jsonl"))]
    return sorted(found, key=os.path.basename)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", action="append")
    parser.add_argument("--tuned", action="append")
    parser.add_argument("--leave-out", default="")
    parser.add_argument("--to", default="packs/en")
    parser.add_argument("--program", default="target/release/examples/observations")
    parser.add_argument("--model", default="models/en_core_web_sm-3.8.0")
    arguments = parser.parse_args()
    untuned = stems(arguments.reports or ["gold/train"])
    if arguments.leave_out:
        fold, folds = map(int, arguments.leave_out.split("/"))
        print(*untuned[fold::folds], sep="\n")
        untuned = [stem for at, stem in enumerate(untuned) if at % folds != fold]
    every = [(stem, False) for stem in untuned] + [(stem, True) for stem in stems(arguments.tuned or ["gold"])]
    observer = Observer(arguments.program, arguments.model)
    reports = [Report(stem, tuned, number, observer) for number, (stem, tuned) in enumerate(every)]
    sound = learn_soundness(reports, observer)
    write(arguments.to, learn(reports), sound)


main()
