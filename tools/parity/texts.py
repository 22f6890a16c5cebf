"""The documents that are compared: public corpora if they are there, and always the project's own texts.

Every source gives pairs of a name and a paragraph. Names are stable: `known.tsv` refers to them.
"""

import html
import random
import re
from pathlib import Path

import compose

ROOT = Path(__file__).resolve().parents[2]


def paragraphs(name, text):
    """The stretches between blank lines, with every blank that is not a blank line kept."""
    for number, paragraph in enumerate(re.split(r"\n[ \t]*\n", text)):
        if paragraph.strip():
            yield f"{name}:{number}", paragraph


def project(_shared):
    patterns = ["examples/*.txt", "gold/*.txt", "crates/*/README.md", "docs/**/*.md", "*.md"]
    for pattern in patterns:
        for path in sorted(ROOT.glob(pattern)):
            name = f"project/{path.relative_to(ROOT)}"
            yield from paragraphs(name, path.read_text("utf-8"))
    for number, text in enumerate(compose.compose()):
        yield f"project/recorded:{number}", text


def mangled(shared):
    """The project's own texts with seeded damage: what the tokenizer meets in no clean text."""
    marks = [
        *".,;:!?-–—…'’‘\"“”«»()[]{}<>/\\|*#$%&@^~_=+°§№£€", "...", "--", "''", "``", ".,", ").", "?!", "'s", "’s",
        "n't", "'re", "'d", " ", "  ", "\n", "\t", "\u00a0", "\u3000", "\u200b", "\u00ad", "\r\n", ":)", ":-(", "<3",
        "(1)", "1.", "a.", "Nos.", "No.", "St.", "U.S.", "p.m.", "1/2", "½", "10%", "$5", "km", "kg", "http://x.org/a?b=c",
        "a@b.org", "é", "ё", "Ж", "ß", "İ", "ﬁ", "𝒜", "中", "🙂", "a\u0301",
    ]
    lot = random.Random(20_260_101)
    for name, text in list(project(shared)):
        damaged = list(text)
        for _ in range(1 + len(text) // 25):
            at = lot.randrange(len(damaged) + 1)
            what = lot.random()
            if what < 0.65 or at == len(damaged):
                damaged.insert(at, lot.choice(marks))
            elif what < 0.80:
                del damaged[at]
            elif what < 0.90:
                damaged[at] = damaged[at].swapcase()
            else:
                damaged.insert(at, lot.choice(marks) * lot.randrange(2, 5))
        yield name.replace("project/", "mangled/", 1), "".join(damaged)


def seed(shared):
    for path in sorted((shared / "reports").glob("*.txt")):
        yield from paragraphs(f"seed/{path.stem}", path.read_text("utf-8"))


def wikiwars(shared):
    for path in sorted((shared / "bench/wikiwars").glob("*.tml")):
        body = re.search(r"<TEXT>(.*)</TEXT>", path.read_text("utf-8"), re.DOTALL)
        text = html.unescape(re.sub(r"<[^>]*>", "", body.group(1)))
        yield from paragraphs(f"wikiwars/{path.stem}", text)


def litbank(shared):
    for path in sorted((shared / "bench/litbank/entities/tsv").glob("*.tsv")):
        sentences = [
            [line.split("\t")[0] for line in sentence.splitlines()]
            for sentence in path.read_text("utf-8").split("\n\n")
            if sentence.strip()
        ]
        for number, start in enumerate(range(0, len(sentences), 6)):
            group = sentences[start : start + 6]
            # Every other paragraph is set as print would have it; the others keep the spaces that
            # the corpus puts between all tokens.
            join = " ".join if number % 2 else detokenised
            yield f"litbank/{path.stem}:{number}", " ".join(join(words) for words in group)


def uner(shared):
    for path in sorted((shared / "bench/uner_ewt").glob("*.iob2")):
        for document in path.read_text("utf-8").split("# newdoc id = ")[1:]:
            name = document.partition("\n")[0].strip()
            sentences = re.findall(r"^# text = (.*)$", document, re.MULTILINE)
            yield f"uner/{name}", " ".join(sentences)


def hipe(shared):
    for path in sorted((shared / "bench/hipe").glob("*.tsv")):
        for document in path.read_text("utf-8").split("# hipe2022:document_id = ")[1:]:
            name = document.partition("\n")[0].strip()
            text = ""
            for line in document.splitlines()[1:]:
                columns = line.split("\t")
                if line.startswith("# ") or len(columns) < 2:
                    continue
                rendering = columns[-1]
                text += columns[0]
                if "EndOfLine" in rendering:
                    text += "\n"
                elif "NoSpaceAfter" not in rendering:
                    text += " "
            for number, start in enumerate(range(0, len(text), 1500)):
                yield f"hipe/{name}:{number}", text[start : start + 1500]


def detokenised(words):
    """The words with the spaces of English print."""
    text, opened = "", False
    for word in words:
        closing = word in {".", ",", ";", ":", "!", "?", ")", "]", "'s", "'", "n't", "%", "”", "’"}
        if word == '"':
            closing, opened = opened, not opened
        glued = text.endswith(("(", "[", "“", "‘", "$")) or (text.endswith('"') and opened)
        text += word if closing or glued or not text else f" {word}"
    return text


SOURCES = {
    "project": project,
    "mangled": mangled,
    "seed": seed,
    "wikiwars": wikiwars,
    "litbank": litbank,
    "uner": uner,
    "hipe": hipe,
}
