"""Trains a tiny English pipeline of the components that en_core_web_sm lacks, for the tests of svodka-nlp.

    tools/parity/python tools/parity/train_small.py

Writes the pipeline to `crates/svodka-nlp/tests/data/small` and what spaCy says with it of the sentences below, and of others
made from them, to `small.jsonl` beside it, in the form of the `dump` example. With a NAME and a FOLDER it saves one of the
VARIANTS instead. It knows next to nothing; what counts is that both say the same.
"""

import json
import random
import shutil
import sys
from pathlib import Path

import annotate
import spacy
from spacy.tokens import Doc
from spacy.training import Example

DATA = Path(__file__).resolve().parents[2] / "crates/svodka-nlp/tests/data"

# Sentences of tokens `word/lemma/part/features/entity`: what stands for the word itself or for nothing is left out, entities
# are of one token.
SENTENCES = """
The/the/DET strike/strike/NOUN/Number=Sing began/begin/VERB/Tense=Past in//ADP Moscow//PROPN/Number=Sing/GPE .//PUNCT
Workers/worker/NOUN/Number=Plur of//ADP the//DET mill//NOUN/Number=Sing went/go/VERB/Tense=Past home//ADV .//PUNCT
They/they/PRON/Number=Plur|Person=3 asked/ask/VERB/Tense=Past for//ADP higher/high/ADJ/Degree=Cmp wages/wage/NOUN/Number=Plur .//PUNCT
Ivan//PROPN/Number=Sing/PERSON spoke/speak/VERB/Tense=Past to//ADP the//DET crowd//NOUN/Number=Sing .//PUNCT
Did/do/AUX/Tense=Past they//PRON/Number=Plur|Person=3 leave//VERB/VerbForm=Inf the//DET works/work/NOUN/Number=Plur ?//PUNCT
Nobody/nobody/PRON/Number=Sing knows/know/VERB/Number=Sing|Person=3|Tense=Pres .//PUNCT
Police//NOUN/Number=Plur arrested/arrest/VERB/Tense=Past two//NUM/NumType=Card leaders/leader/NOUN/Number=Plur in//ADP London//PROPN/Number=Sing/GPE .//PUNCT
Anna//PROPN/Number=Sing/PERSON writes/write/VERB/Number=Sing|Person=3|Tense=Pres letters/letter/NOUN/Number=Plur !//PUNCT
He/he/PRON/Number=Sing|Person=3 was/be/AUX/Number=Sing|Tense=Past tired//ADJ/Degree=Pos ;//PUNCT she//PRON/Number=Sing|Person=3 was/be/AUX/Number=Sing|Tense=Past not//PART .//PUNCT
We/we/PRON/Number=Plur|Person=1 are/be/AUX/Tense=Pres walking/walk/VERB/VerbForm=Ger to//ADP Paris//PROPN/Number=Sing/GPE .//PUNCT
Factories/factory/NOUN/Number=Plur closed/close/VERB/Tense=Past and//CCONJ shops/shop/NOUN/Number=Plur opened/open/VERB/Tense=Past .//PUNCT
The/the/DET oldest/old/ADJ/Degree=Sup soldiers/soldier/NOUN/Number=Plur refused/refuse/VERB/Tense=Past orders/order/NOUN/Number=Plur .//PUNCT
"""

SETTINGS = """
[nlp]
lang = "en"
pipeline = ["tok2vec","senter","morphologizer","trainable_lemmatizer","ner"]

[components]

[components.tok2vec]
factory = "tok2vec"

[components.tok2vec.model]
@architectures = "spacy.Tok2Vec.v2"

[components.tok2vec.model.embed]
@architectures = "spacy.MultiHashEmbed.v2"
width = 16
attrs = ["NORM","PREFIX","SUFFIX","SHAPE"]
rows = [150,60,100,60]
include_static_vectors = false

[components.tok2vec.model.encode]
@architectures = "spacy.MaxoutWindowEncoder.v2"
width = 16
depth = 2
window_size = 1
maxout_pieces = 2

[components.senter]
factory = "senter"

[components.senter.model]
@architectures = "spacy.Tagger.v2"

[components.senter.model.tok2vec]
@architectures = "spacy.Tok2VecListener.v1"
width = 16

[components.morphologizer]
factory = "morphologizer"

[components.morphologizer.model]
@architectures = "spacy.Tagger.v2"

[components.morphologizer.model.tok2vec]
@architectures = "spacy.Tok2VecListener.v1"
width = 16

[components.trainable_lemmatizer]
factory = "trainable_lemmatizer"
min_tree_freq = 1
top_k = 3

[components.trainable_lemmatizer.model]
@architectures = "spacy.Tagger.v2"

[components.trainable_lemmatizer.model.tok2vec]
@architectures = "spacy.Tok2VecListener.v1"
width = 16

[components.ner]
factory = "ner"

[components.ner.model]
@architectures = "spacy.TransitionBasedParser.v2"
state_type = "ner"
hidden_width = 16
maxout_pieces = 2
use_upper = true

[components.ner.model.tok2vec]
@architectures = "spacy.Tok2VecListener.v1"
width = 16
"""


def examples(pipeline):
    """Documents of two or three sentences each."""
    sentences = []
    for line in SENTENCES.strip().splitlines():
        columns = [(token.split("/") + [""] * 4)[:5] for token in line.split()]
        sentences.append([[word, lemma or word, part, morph, entity] for word, lemma, part, morph, entity in columns])
    for start in range(len(sentences)):
        tokens, starts = [], []
        for sentence in (sentences * 2)[start : start + 2 + start % 2]:
            starts += [True] + [False] * (len(sentence) - 1)
            tokens += sentence
        words, lemmas, parts, morphs, entities = map(list, zip(*tokens))
        tags = [f"B-{entity}" if entity else "O" for entity in entities]
        reference = Doc(
            pipeline.vocab, words=words, lemmas=lemmas, pos=parts, morphs=morphs, ents=tags, sent_starts=starts
        )
        yield Example(pipeline.make_doc(reference.text), reference)


def train():
    spacy.util.fix_random_seed(7)
    pipeline = spacy.util.load_model_from_config(spacy.util.load_config_from_str(SETTINGS), auto_fill=True)
    known = list(examples(pipeline))
    optimizer = pipeline.initialize(lambda: known)
    optimizer.learn_rate = 0.01
    for _ in range(120):
        random.shuffle(known)
        pipeline.update(known, sgd=optimizer, drop=0.1)
    pipeline.meta["name"] = "small"
    return pipeline


def texts(pipeline):
    """The sentences, and others with their words shuffled, cut short, put together or shouted."""
    chance = random.Random(3)
    sound = [example.reference.text for example in examples(pipeline)]
    yield from sound
    for text in sound:
        words = text.split(" ")
        chance.shuffle(words)
        yield " ".join(words)
        yield " ".join(word[: chance.randint(1, 9)] for word in words)
        yield "".join(words[:4]) + "\n\n" + " ".join(words[4:]).upper()
        yield " ".join(word + chance.choice(["s", "ed", "ing", "er", "", "!", "é", "😀"]) for word in words)
    yield from ["", " ", "\n", ".", "?!"]


def overwriting(pipeline):
    """All that may overwrite does, behind what finds the same."""
    pipeline.add_pipe("sentencizer", before="senter")
    pipeline.get_pipe("senter").cfg["overwrite"] = True


def sentencizer(pipeline):
    """Marks come first, and the sentence recogniser adds nothing."""
    pipeline.add_pipe("sentencizer", first=True)


def one_tree(pipeline):
    """One edit tree is tried, and a word that it does not fit has no lemma."""
    lemmatizer = pipeline.get_pipe("trainable_lemmatizer")
    lemmatizer.top_k, lemmatizer.backoff = 1, None
    settings = pipeline.get_pipe_config("trainable_lemmatizer")
    settings["top_k"], settings["backoff"] = 1, None


def ner_first(pipeline):
    """Entities are looked for before sentences."""
    names = pipeline._components
    names.insert(1, names.pop([name for name, _ in names].index("ner")))


VARIANTS = {"overwriting": overwriting, "sentencizer": sentencizer, "one-tree": one_tree, "ner-first": ner_first}


def main():
    folder = DATA / "small"
    if len(sys.argv) > 1:
        name, target = sys.argv[1:]
        pipeline = spacy.load(folder)
        VARIANTS[name](pipeline)
        pipeline.to_disk(target)
        return
    pipeline = train()
    shutil.rmtree(folder, ignore_errors=True)
    # Only what the sentences need: the lists of the whole language are large.
    pipeline.to_disk(folder)
    pipeline = spacy.load(folder)
    tokens = 0
    with (DATA / "small.jsonl").open("w", encoding="utf-8", newline="\n") as output:
        for text in texts(pipeline):
            annotation = annotate.annotate(pipeline(text))
            tokens += len(annotation["tokens"])
            output.write(json.dumps({"text": text, **annotation}, ensure_ascii=False) + "\n")
    print(f"{tokens:,} tokens")


if __name__ == "__main__":
    main()
