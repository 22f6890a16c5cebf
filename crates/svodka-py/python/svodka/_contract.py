"""The form of a reading, as `svodka read --json` prints it. `start` and `end` count code points of `text`, half open."""

from __future__ import annotations

import sys
from typing import Literal, TypedDict

if sys.version_info >= (3, 11):
    from typing import NotRequired
else:
    from typing_extensions import NotRequired

Certainty = Literal["asserted", "probable", "possible", "unestablished"]
NameType = Literal["PERSON", "ORG", "WORKPLACE", "PLACE", "WORK", "EVENT"]


class Report(TypedDict):
    """What is known of the report."""

    id: str
    title: NotRequired[str]
    date: NotRequired[str]
    language: str
    source: str
    sha256: str
    compiler: NotRequired[list[str]]
    addressee: NotRequired[list[str]]
    repository: NotRequired[str]
    reference: NotRequired[str]


class Section(TypedDict):
    """A heading and how far it reaches."""

    heading: str
    level: int
    start: int
    end: int


class Place(TypedDict):
    """A stretch of the text."""

    start: int
    end: int


class Quote(TypedDict):
    """Words at their place."""

    start: int
    end: int
    text: str


class Mention(TypedDict):
    """A name or a date; `entity` of a name, `edtf` of a date."""

    start: int
    end: int
    text: str
    type: str
    entity: NotRequired[str]
    edtf: NotRequired[str]


class Entity(TypedDict):
    """What the report names, however often."""

    id: str
    type: NameType
    name: str
    names: list[str]


class Filler(TypedDict):
    """Who or what plays a role."""

    text: str
    entity: NotRequired[str]
    start: NotRequired[int]
    end: NotRequired[int]
    quote: NotRequired[Quote]


class When(TypedDict):
    """A date: its value (EDTF) and its words."""

    edtf: str
    text: str


class Source(TypedDict):
    """Who, within the text, is said to have said it."""

    text: str
    entity: NotRequired[str]


class Claim(TypedDict):
    """What the report says. Kinds have fields of their own besides these."""

    id: str
    kind: str
    roles: dict[str, list[Filler]]
    when: NotRequired[When]
    polarity: Literal["positive", "negative"]
    certainty: Certainty
    sources: list[Source]
    evidence: Quote
    frame: NotRequired[str]
    proposed_by: NotRequired[str]


class Reading(TypedDict):
    """One report, read."""

    format: Literal[1]
    report: Report
    text: str
    sections: list[Section]
    sentences: list[Place]
    mentions: list[Mention]
    entities: list[Entity]
    claims: list[Claim]


