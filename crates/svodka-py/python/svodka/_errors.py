"""What can go wrong. Each error has a `code` that stays the same from version to version, and a `remedy`, which may be empty."""


class SvodkaError(Exception):
    """Something went wrong; `code` says what to a program, `remedy` what to do about it to a person."""

    def __init__(self, code: str, what: str, remedy: str = "") -> None:
        super().__init__(f"{what} [{code}]" + (f"\n{remedy}" if remedy else ""))
        self.code = code
        self.what = what
        self.remedy = remedy

    def __reduce__(self):
        return (type(self), (self.code, self.what, self.remedy))


class ModelError(SvodkaError):
    """There is no language model, or it is altered: `model/missing`, `model/altered`, `model/unreadable`."""


class IngestError(SvodkaError):
    """What was given is no report: codes begin with `ingest/`, or `unreadable` if the file could not be opened."""


class ProjectError(SvodkaError):
    """The project cannot be read: `missing`, `not-a-project`, `newer`, `held`, `disk`, `broken`."""


class UnknownError(SvodkaError, LookupError):
    """There is no such name, report or claim (`unknown`), or several are so called (`ambiguous`)."""


class UsageError(SvodkaError, ValueError):
    """An argument says nothing that could be done: `wrong`."""


def made(code: str, what: str, remedy: str) -> SvodkaError:
    """The error of a code."""
    if code.startswith("model/"):
        kind = ModelError
    elif code.startswith("ingest/") or code == "unreadable":
        kind = IngestError
    elif code in ("unknown", "ambiguous"):
        kind = UnknownError
    elif code == "wrong":
        kind = UsageError
    elif code == "pack":
        kind = SvodkaError
    else:
        kind = ProjectError
    return kind(code, what, remedy)
