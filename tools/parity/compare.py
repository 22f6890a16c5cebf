"""Compares svodka-nlp with spaCy on many documents and fails if they differ anywhere unexplained."""

import argparse
import collections
import json
import subprocess
import sys
import threading
from pathlib import Path

import annotate
import texts

HERE = Path(__file__).resolve().parent

Difference = collections.namedtuple("Difference", "document byte field ours spacy context")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dump", required=True, help="svodka-nlp's `dump` example, built")
    parser.add_argument("--model", required=True, help="the pipeline folder that both read")
    parser.add_argument("--shared", type=Path, default=texts.ROOT.parent / "shared", help="folder with bench/ and reports/")
    parser.add_argument("--only", action="append", choices=texts.SOURCES, help="compare this source of texts alone")
    parser.add_argument("--documents", type=Path, help='compare these documents instead, JSON lines {"name", "text"}')
    parser.add_argument("--show", type=int, default=50, help="how many differences are printed")
    options = parser.parse_args()
    return compare(options)


def documents(options):
    if options.documents:
        with options.documents.open(encoding="utf-8") as lines:
            for line in lines:
                document = json.loads(line)
                yield document["name"], document["text"]
    else:
        for source in options.only or texts.SOURCES:
            yield from texts.SOURCES[source](options.shared)


def compare(options):
    known = read_known(HERE / "known.tsv")
    pipeline = annotate.load_pipeline(options.model)
    everything = list(documents(options))
    totals, equals = collections.Counter(), collections.Counter()
    tokens_by_source = collections.Counter()
    unexplained, explained = [], 0
    for (name, text), ours in zip(everything, dumped(options, [text for _, text in everything]), strict=True):
        # One by one: spaCy's own scores can differ in their last bits when documents go in batches.
        spacys = annotate.annotate(pipeline(text))
        tokens_by_source[name.partition("/")[0]] += len(spacys["tokens"])
        for difference in differences(name, text, ours, spacys, totals, equals):
            if difference[:5] in known:
                explained += 1
            else:
                unexplained.append(difference)
    for source, count in tokens_by_source.items():
        print(f"{source:>15}: {count:>9,} tokens")
    for field, total in totals.items():
        print(f"{field:>15}: {equals[field]:>9,} / {total:,}")
    for difference in unexplained[: options.show]:
        print(f"\n{difference.document}, byte {difference.byte}: {difference.field}")
        print(f"    svodka-nlp {difference.ours!r}\n    spaCy      {difference.spacy!r}\n    in {difference.context!r}")
    print(f"\n{len(unexplained)} differences, {explained} more explained in known.tsv")
    return 1 if unexplained else 0


def dumped(options, everything):
    """svodka-nlp's annotations of the texts, in their order."""
    process = subprocess.Popen(
        [options.dump, options.model], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    )

    def feed():
        with process.stdin as lines:
            for text in everything:
                lines.write(json.dumps({"text": text}) + "\n")

    feeder = threading.Thread(target=feed, daemon=True)
    feeder.start()
    for line in process.stdout:
        yield json.loads(line)
    if process.wait() != 0:
        sys.exit(f"parity: {options.dump} failed")


def differences(name, text, ours, spacys, totals, equals):
    """All differences between two annotations of a document, which are counted too."""
    encoded = text.encode()

    def context(start, end):
        before, token, after = encoded[max(0, start - 40) : start], encoded[start:end], encoded[end : end + 40]
        return "⟦".join([before.decode(errors="ignore"), token.decode(errors="ignore") + "⟧" + after.decode(errors="ignore")])

    def spans(annotation):
        return {(token[0], token[1]): token for token in annotation["tokens"]}

    our_tokens, spacy_tokens = spans(ours), spans(spacys)
    fields = ["tokens", *annotate.FIELDS]
    for span in sorted(our_tokens.keys() - spacy_tokens.keys()):
        yield Difference(name, span[0], "tokens", f"{span[0]}-{span[1]}", None, context(*span))
    for span, token in spacy_tokens.items():
        totals.update(fields)
        if span not in our_tokens:
            yield Difference(name, span[0], "tokens", None, f"{span[0]}-{span[1]}", context(*span))
            continue
        equals["tokens"] += 1
        pairs = zip(annotate.FIELDS, our_tokens[span][2:], token[2:], strict=True)
        for field, our, spacy in pairs:
            if field == "head":
                our, spacy = ours["tokens"][our][0], spacys["tokens"][spacy][0]
            if our == spacy:
                equals[field] += 1
            else:
                yield Difference(name, span[0], field, our, spacy, context(*span))

    def entities(annotation):
        tokens = annotation["tokens"]
        return {(tokens[start][0], tokens[end - 1][1], label) for start, end, label in annotation["entities"]}

    our_entities, spacy_entities = entities(ours), entities(spacys)
    totals["entities"] += len(our_entities | spacy_entities)
    equals["entities"] += len(our_entities & spacy_entities)
    for entity in sorted(our_entities ^ spacy_entities):
        our, spacy = [entity[2] if entity in found else None for found in (our_entities, spacy_entities)]
        yield Difference(name, entity[0], "entities", our, spacy, context(*entity[:2]))


def read_known(path):
    """The explained differences: document, byte, field, ours, spaCy's; the reason is for people."""
    known = set()
    for line in path.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            document, byte, field, ours, spacy, _reason = line.split("\t")
            known.add((document, int(byte), field, json.loads(ours), json.loads(spacy)))
    return known


if __name__ == "__main__":
    sys.exit(main())
