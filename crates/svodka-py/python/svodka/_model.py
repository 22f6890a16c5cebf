"""Where the language model is."""

import importlib.util
import os
from pathlib import Path

from ._errors import ModelError

MODEL = "en_core_web_sm-3.8.0"


def find(model: "str | os.PathLike[str] | None" = None) -> Path:
    """The folder of the model: the one named; else SVODKA_MODEL; else models/ in the working folder or beside this package; else the
    Python package en_core_web_sm, if it is installed in the version that Svodka was measured with."""
    if model is not None:
        return Path(model)
    if named := os.environ.get("SVODKA_MODEL"):
        return Path(named)
    places = [Path("models") / MODEL, Path(__file__).parent / "models" / MODEL]
    spec = importlib.util.find_spec("en_core_web_sm")
    for place in (spec.submodule_search_locations or []) if spec else []:
        places.append(Path(place) / MODEL)
    for place in places:
        if place.is_dir():
            return place
    raise ModelError(
        "model/missing",
        f"there is no language model ({MODEL})",
        "name its folder with model=, or in SVODKA_MODEL; see docs/python.md for where to get it",
    )
