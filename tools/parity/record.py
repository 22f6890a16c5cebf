"""Records what spaCy says of the composed text, and what Python says of all characters, for the tests of svodka-nlp.

Writes `recorded.jsonl` (compose.py), `recorded.tsv` and `python-3.11-characters.txt` to `crates/svodka-nlp/tests/data`.
Run it with the environment that `tools/parity/python` makes: `tools/parity/python tools/parity/record.py`.

recorded.tsv has a line `#` and the number of its text before the tokens of every text, and a line for each token: length
in bytes of the blanks before the token, and of the token; tag; part of speech; lemma, empty if it is the token itself; head
and, if it begins a sentence, `<` behind it; dependency; entity, `B-` or `I-` before its label. Lemmas are written as in JSON.
"""

import itertools
import json
import re
import sys
import unicodedata

import annotate
import compose

DATA = compose.OUTPUT.parent


def record():
    pipeline = annotate.load_pipeline()
    compose.main()
    tokens = 0
    with (DATA / "recorded.tsv").open("w", encoding="utf-8", newline="\n") as output:
        for number, text in enumerate(compose.compose()):
            doc = pipeline(text)
            tokens += len(doc)
            output.write(f"#{number}\n")
            output.writelines(lines(doc))
    print(f"{tokens:,} tokens")


def lines(doc):
    annotation = annotate.annotate(doc)
    entities = {}
    for start, end, label in annotation["entities"]:
        for index in range(start, end):
            entities[index] = f"{'B' if index == start else 'I'}-{label}"
    position = 0
    for index, (start, end, tag, pos, lemma, head, dep, starts, _morph) in enumerate(annotation["tokens"]):
        written = "" if lemma == doc[index].text else json.dumps(lemma)[1:-1]
        columns = [start - position, end - start, tag, pos, written, f"{head}{'<' if starts else ''}", dep, entities.get(index, "")]
        position = end
        yield "\t".join(map(str, columns)) + "\n"


def characters():
    """Ranges of characters of which Python's predicates hold, and all lower-case forms."""
    everything = [chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000]
    word = re.compile(r"\w")
    sections = {
        "unassigned": lambda character: unicodedata.category(character) == "Cn",
        "isalpha": str.isalpha,
        "isupper": str.isupper,
        "isdecimal": str.isdecimal,
        "isdigit": str.isdigit,
        "isspace": str.isspace,
        "word": word.match,
        "punctuation": lambda character: unicodedata.category(character).startswith("P"),
    }
    for name, holds in sections.items():
        yield f"[{name}"
        codes = [ord(character) for character in everything if holds(character)]
        for _, run in itertools.groupby(enumerate(codes), lambda pair: pair[1] - pair[0]):
            run = [code for _, code in run]
            yield f"{run[0]:X}" if len(run) == 1 else f"{run[0]:X}-{run[-1]:X}"
    yield "[lower"
    for character in everything:
        if character.lower() != character:
            yield f"{ord(character):X} " + "+".join(f"{ord(lower):X}" for lower in character.lower())


def main():
    record()
    if sys.version_info[:2] == (3, 11):
        text = "".join(f"{line}\n" for line in characters())
        (DATA / "python-3.11-characters.txt").write_text(text, "utf-8", newline="\n")


if __name__ == "__main__":
    main()
