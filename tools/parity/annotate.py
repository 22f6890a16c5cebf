"""What spaCy says of a text, in the form that svodka-nlp's `dump` example prints.

All offsets are bytes of the UTF-8 text, heads and entities count tokens.
"""

from pathlib import Path

import spacy

FIELDS = ["tag", "pos", "lemma", "head", "dep", "sentence start", "morph"]


# The pipeline whose answers are recorded.
MODEL = Path(__file__).resolve().parents[2] / "models/en_core_web_sm-3.8.0"


def load_pipeline(folder=MODEL):
    """The pipeline in `folder`, as spaCy runs it."""
    return spacy.load(folder)


def byte_offsets(text):
    """For each character, and for the end, the byte at which it starts."""
    if text.isascii():
        return range(len(text) + 1)
    offsets = [0]
    for character in text:
        offsets.append(offsets[-1] + len(character.encode()))
    return offsets


def annotate(doc):
    at = byte_offsets(doc.text)
    return {
        "tokens": [
            [
                at[token.idx],
                at[token.idx + len(token)],
                token.tag_,
                token.pos_,
                token.lemma_,
                token.head.i,
                token.dep_,
                bool(token.is_sent_start),
                str(token.morph),
            ]
            for token in doc
        ],
        "entities": [[entity.start, entity.end, entity.label_] for entity in doc.ents],
    }
