"""Records how spaCy divides texts that were thrown together by lot, for the tests of svodka-nlp's tokenizer.

Writes `tokens.jsonl` to `crates/svodka-nlp/tests/data`, a line for each text:

    [text, tokens, norms, prefixes, suffixes, shapes]

`tokens` has the length in bytes of every token, `_` behind it if a space follows and `*` if it is white space. The others
are sums over the ids of the tokens' features, as hexadecimal numbers: starting from 0, times 31 plus the id, modulo 2^64.

Run it with the environment that `tools/parity/run` makes: `.venv-parity/bin/python tools/parity/record_tokens.py`.
"""

import json
import random
import unicodedata

import annotate
import compose

OUTPUT = compose.OUTPUT.with_name("tokens.jsonl")
TEXTS = 240
CHUNKS = 40

MARKS = list(".,:;!?'\"()[]{}<>/\\|-–—_+*=&^%$#@~`…“”‘’„«»§°²³½€£¥₽")
WORDS = (
    "the don't Karsovo U.S. 3.5 km 1923 COMMITTEE e.g. Mr. o'clock a.m. 12:30 www.x.org http://foo.bar/a?b=c user@mail.com 10.0.0.1 "
    "US$5 ABC.def co-op и Карсово т.е. №5 9kg 50% 20°C. km/h it's y'all gonna rock'n'roll C++ .NET #1 <br> &amp; ... :) :-( ;) 8) :D xDD "
    "colour favour 'cause cos thru organise"
).split()
BLANKS = [*"     ", "  ", "\n", "\t", "\u00a0", "\u3000", "\u200b", "\r\n", "\x1c", "\x85", "\u2028", "\ufeff"]
LETTERS = "abcdefghkmXYZIUS"
BLOCKS = [
    (0x80, 0x250), (0x370, 0x530), (0x530, 0x2000), (0x2000, 0x2C00), (0x2C00, 0xD7FF), (0xE000, 0x10000), (0x1F000, 0x1FB00), (0x10000, 0x30000),
]


class Lot:
    def __init__(self, seed, specials):
        self.random = random.Random(seed)
        self.specials = specials

    def character(self):
        while True:
            character = chr(self.random.randrange(*self.random.choice(BLOCKS)))
            # What this Python's Unicode lacks, a later one may take for a letter.
            if unicodedata.category(character) != "Cn":
                return character

    def part(self):
        lot, kind = self.random, self.random.random()
        if kind < 0.25:
            return "".join(lot.choice(MARKS) for _ in range(lot.randrange(1, 6)))
        if kind < 0.40:
            return lot.choice(self.specials)
        if kind < 0.55:
            return lot.choice(WORDS)
        if kind < 0.70:
            return "".join(lot.choice(LETTERS + "0123456789") for _ in range(lot.randrange(1, 7)))
        if kind < 0.75:
            return "".join(self.character() for _ in range(lot.randrange(1, 4)))
        if kind < 0.80:
            return lot.choice("кмсбшАЯёіα") + lot.choice("гмΩж")
        if kind < 0.90:
            return lot.choice(MARKS)
        return lot.choice(WORDS).upper() if lot.random() < 0.5 else lot.choice(self.specials).capitalize()

    def text(self):
        lot = self.random
        text = ""
        for _ in range(CHUNKS):
            text += "".join(self.part() for _ in range(lot.choice([1, 1, 1, 2, 2, 3, 4])))
            text += lot.choice(BLANKS) if lot.random() < 0.5 else " "
        return text


def line(doc):
    at = annotate.byte_offsets(doc.text)
    tokens = " ".join(
        f"{at[token.idx + len(token)] - at[token.idx]}{'_' if token.whitespace_ else ''}{'*' if token.is_space else ''}" for token in doc
    )
    sums = [0, 0, 0, 0]
    for token in doc:
        for column, feature in enumerate((token.norm, token.prefix, token.suffix, token.shape)):
            sums[column] = (sums[column] * 31 + feature) % 2**64
    return [doc.text, tokens, *(f"{value:x}" for value in sums)]


def main():
    pipeline = annotate.load_pipeline()
    lot = Lot(1917, sorted(pipeline.tokenizer.rules))
    # Every special word once in brackets, where it must be found again.
    texts = [" ".join(f"({word})" for word in lot.specials[start : start + 40]) for start in range(0, len(lot.specials), 40)]
    texts += [lot.text() for _ in range(TEXTS)]
    tokens = 0
    with OUTPUT.open("w", encoding="utf-8", newline="\n") as output:
        for text in texts:
            doc = pipeline.tokenizer(text)
            tokens += len(doc)
            output.write(json.dumps(line(doc)) + "\n")
    print(f"{tokens:,} tokens")


if __name__ == "__main__":
    main()
