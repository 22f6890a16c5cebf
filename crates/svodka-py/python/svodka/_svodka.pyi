import os
from collections.abc import Sequence
from typing import Any, final

__version__: str

@final
class Table:
    """A table that other libraries take without copying: it has Arrow's PyCapsule interface (`__arrow_c_stream__`), so that
    `pyarrow.table(table)`, `polars.DataFrame(table)` and `duckdb` read it as it stands in memory."""

    @property
    def column_names(self) -> list[str]: ...
    def __len__(self) -> int: ...
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...
    def __arrow_c_schema__(self) -> object: ...
    def to_arrow(self) -> Any:
        """As a `pyarrow.Table`."""
    def to_pandas(self, *, arrow: bool = True) -> Any:
        """As a `pandas.DataFrame` over the same memory; with `arrow=False` in pandas' own types, which copies."""
    def to_polars(self) -> Any:
        """As a `polars.DataFrame`."""
    def to_pylist(self) -> list[dict[str, Any]]:
        """As a list of dictionaries (by way of pyarrow)."""

@final
class Engine:
    def __new__(cls, model: str | os.PathLike[str], pack: str | os.PathLike[str] | None = None) -> Engine: ...
    def read(self, text: str, date: str | None = None, source: str = "") -> str: ...
    def read_file(
        self, path: str | os.PathLike[str], date: str | None = None, encoding: str | None = None
    ) -> tuple[list[str], list[tuple[str, str]]]: ...

@final
class Project:
    def __new__(cls, path: str | os.PathLike[str], *, owner: bool = False) -> Project: ...
    def claims(
        self,
        *,
        kind: str | None = None,
        about: str | None = None,
        at: str | None = None,
        said_by: str | None = None,
        since: str | None = None,
        until: str | None = None,
        certainty: str | None = None,
        report: str | None = None,
        limit: int = 0,
    ) -> Table: ...
    def names(self, types: Sequence[str]) -> Table: ...
    def reports(self) -> Table: ...
    def report(self, name: str) -> str: ...
    def search(self, words: str, *, limit: int = 20, exact: bool = False) -> Table: ...
