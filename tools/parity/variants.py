"""Saves the English pipeline with its components arranged in another way, to be compared like any other.

    tools/parity/python tools/parity/variants.py NAME FOLDER
"""

import sys

import annotate


def senter(pipeline):
    """Sentences from the trained layer that published pipelines carry switched off."""
    pipeline.remove_pipe("parser")
    pipeline.enable_pipe("senter")


def sentencizer(pipeline):
    """Sentences by marks, told to the entity recogniser."""
    pipeline.remove_pipe("parser")
    pipeline.add_pipe("sentencizer", first=True)


def ner_first(pipeline):
    """Entities before sentences, which they then may cross."""
    pipeline.remove_pipe("ner")
    source = annotate.load_pipeline()
    pipeline.add_pipe("ner", source=source, before="parser")


VARIANTS = {"senter": senter, "sentencizer": sentencizer, "ner-first": ner_first}


def main():
    name, folder = sys.argv[1:]
    pipeline = annotate.load_pipeline()
    VARIANTS[name](pipeline)
    pipeline.to_disk(folder)


if __name__ == "__main__":
    main()
