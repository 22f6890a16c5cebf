"""Svodka reads archival reports and says who, where, when, what, on whose word, how sure.

A claim is what a report says, never what is known to be true.
"""

from __future__ import annotations

import functools
import json
import os
from typing import TYPE_CHECKING

from . import _model, _svodka
from ._errors import IngestError, ModelError, ProjectError, SvodkaError, UnknownError, UsageError
from ._svodka import Table, __version__

if TYPE_CHECKING:
    from ._contract import Reading

for _error in (SvodkaError, IngestError, ModelError, ProjectError, UnknownError, UsageError):
    # What is shown and pickled is the name by which it is caught.
    _error.__module__ = __name__

__all__ = [
    "IngestError",
    "ModelError",
    "Project",
    "ProjectError",
    "Reader",
    "SvodkaError",
    "Table",
    "UnknownError",
    "UsageError",
    "__version__",
    "read",
    "read_file",
]


class Reader:
    """A model and a pack, loaded once. It can be used from several threads: while it reads, others run."""

    def __init__(self, model: str | os.PathLike[str] | None = None, pack: str | os.PathLike[str] | None = None) -> None:
        self._engine = _svodka.Engine(_model.find(model), pack)

    def read(self, text: str, date: str | None = None, source: str = "") -> Reading:
        """Reads a report. `date` is its date (EDTF), from which "last Friday" is reckoned."""
        return json.loads(self._engine.read(text, date, source))

    def read_file(self, path: str | os.PathLike[str], date: str | None = None, encoding: str | None = None) -> list[Reading]:
        """Reads the reports in a file of any format that Svodka knows: one, or those of a ZIP."""
        readings, refused = self._engine.read_file(path, date, encoding)
        if refused:
            raise IngestError(refused[0][0], "; ".join(what for _, what in refused))
        return [json.loads(reading) for reading in readings]


@functools.lru_cache(maxsize=4)
def _reader(model: str, pack: str | None) -> Reader:
    return Reader(model, pack)


def _usual(model: str | os.PathLike[str] | None, pack: str | os.PathLike[str] | None) -> Reader:
    return _reader(os.path.abspath(_model.find(model)), None if pack is None else os.path.abspath(pack))


def read(
    text: str,
    date: str | None = None,
    *,
    source: str = "",
    model: str | os.PathLike[str] | None = None,
    pack: str | os.PathLike[str] | None = None,
) -> Reading:
    """Reads a report; the model is loaded at the first call and kept. See `Reader.read`."""
    return _usual(model, pack).read(text, date, source)


def read_file(
    path: str | os.PathLike[str],
    date: str | None = None,
    *,
    encoding: str | None = None,
    model: str | os.PathLike[str] | None = None,
    pack: str | os.PathLike[str] | None = None,
) -> list[Reading]:
    """Reads the reports in a file. See `Reader.read_file`."""
    return _usual(model, pack).read_file(path, date, encoding)


class Project:
    """A project file, read as it is at each question; nothing is changed.

    People who may be alive are shielded: their names are not in what is given. `owner=True` names them; whoever sets it answers for where
    the names go.
    """

    def __init__(self, path: str | os.PathLike[str], *, owner: bool = False) -> None:
        self._project = _svodka.Project(path, owner=owner)

    def __repr__(self) -> str:
        return repr(self._project)

    def claims(
        self,
        *,
        kind: str | None = None,
        about: str | int | None = None,
        at: str | int | None = None,
        said_by: str | int | None = None,
        since: str | None = None,
        until: str | None = None,
        certainty: str | None = None,
        report: str | int | None = None,
        limit: int = 0,
    ) -> Table:
        """Claims that fit, in the order of time, each with its quotation, its chain of sources and its certainty.

        `about`, `at` and `said_by` are names or numbers; `since` and `until` EDTF dates (only claims with a date of their own);
        `certainty` is the least; `report` a path or number.
        """
        return self._project.claims(
            kind=kind,
            about=_name(about),
            at=_name(at),
            said_by=_name(said_by),
            since=since,
            until=until,
            certainty=certainty,
            report=_name(report),
            limit=limit,
        )

    def people(self) -> Table:
        """The people whom reports name, those in most reports first."""
        return self._project.names(["PERSON"])

    def groups(self) -> Table:
        """The groups, parties, bodies and workplaces."""
        return self._project.names(["ORG", "WORKPLACE"])

    def places(self) -> Table:
        """The places."""
        return self._project.names(["PLACE"])

    def works(self) -> Table:
        """The publications and documents."""
        return self._project.names(["WORK"])

    def events(self) -> Table:
        """The events."""
        return self._project.names(["EVENT"])

    def reports(self) -> Table:
        """The reports, in the order in which they were added."""
        return self._project.reports()

    def report(self, name: str | int) -> Reading:
        """The reading of a report, by its path or number, with what readers corrected."""
        return json.loads(self._project.report(str(name)))

    def search(self, words: str, *, limit: int = 20, exact: bool = False) -> Table:
        """Reports that hold all of some words; names are found under other spellings too, unless `exact`."""
        return self._project.search(words, limit=limit, exact=exact)


def _name(value: str | int | None) -> str | None:
    return None if value is None else str(value)
