"""Saves a pipeline, the English one unless told otherwise, with its components arranged in another way.

    tools/parity/python tools/parity/variants.py NAME FOLDER [SOURCE]
"""

import sys

import annotate
from spacy.lang.en import English
from spacy.util import compile_infix_regex


def senter(pipeline):
    """Sentences from the trained layer that published pipelines carry switched off."""
    pipeline.remove_pipe("parser")
    pipeline.enable_pipe("senter")


def sentencizer(pipeline):
    """Sentences by marks, told to the entity recogniser."""
    pipeline.remove_pipe("parser")
    pipeline.add_pipe("sentencizer", first=True)


def senter_first(pipeline):
    """Sentences from the trained layer, which the parser then keeps to."""
    source = annotate.load_pipeline()
    source.enable_pipe("senter")
    pipeline.remove_pipe("senter")
    pipeline.add_pipe("senter", source=source, before="parser")


def senter_last(pipeline):
    """Sentences of the parser, which the trained layer then sets over, and marks before both."""
    source = annotate.load_pipeline()
    source.enable_pipe("senter")
    pipeline.remove_pipe("senter")
    pipeline.add_pipe("sentencizer", after="tok2vec")
    pipeline.add_pipe("senter", source=source, before="ner")
    pipeline.get_pipe("senter").cfg["overwrite"] = True


def ner_first(pipeline):
    """Entities before sentences, which they then may cross."""
    pipeline.remove_pipe("ner")
    source = annotate.load_pipeline()
    pipeline.add_pipe("ner", source=source, before="parser")


def fr(pipeline):
    """French without what is not run: its lemmatizer, and expressions that ignore case or match nothing."""
    pipeline.remove_pipe("lemmatizer")
    pipeline.tokenizer.token_match = None
    pipeline.tokenizer.infix_finditer = compile_infix_regex(English.Defaults.infixes).finditer


VARIANTS = {"senter": senter, "sentencizer": sentencizer, "senter-first": senter_first, "senter-last": senter_last, "ner-first": ner_first, "fr": fr}


def main():
    name, folder, *source = sys.argv[1:]
    pipeline = annotate.load_pipeline(*source)
    VARIANTS[name](pipeline)
    pipeline.to_disk(folder)


if __name__ == "__main__":
    main()
