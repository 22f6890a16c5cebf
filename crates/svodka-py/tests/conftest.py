"""A project of the example reports and one of 1975 about people who may be alive, made by the svodka program."""

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent.parent
MODEL = ROOT / "models/en_core_web_sm-3.8.0"
SVODKA = Path(os.environ.get("SVODKA", ROOT / "target/release/svodka"))
LATE = """Report of 3 May 1975.

The agent states that Gregor Samsonov met Anna Weiss in Berlin on 2 May 1975. Samsonov led the strike at the Samsonov Mill.
According to the informant, Samsonov is probably a member of the Workers' League.
"""


@pytest.fixture(scope="session", autouse=True)
def model() -> Path:
    os.environ["SVODKA_MODEL"] = str(MODEL)
    return MODEL


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory, model: Path) -> Path:
    folder = tmp_path_factory.mktemp("project")
    (folder / "late.txt").write_text(LATE)
    reports = [str(path) for path in sorted((ROOT / "examples").glob("*.txt"))]
    environment = {**os.environ, "SVODKA_AUTHOR": "test"}
    for arguments in (["init", "strikes"], ["add", *reports, "late.txt"]):
        subprocess.run([SVODKA, *arguments], cwd=folder, env=environment, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="session")
def project_file(folder: Path) -> Path:
    return folder / "strikes.svodka"


@pytest.fixture(scope="session")
def printed(folder: Path):
    """What the program prints as JSON."""
    import json

    def run(*arguments: str):
        done = subprocess.run([SVODKA, *arguments], cwd=folder, check=True, capture_output=True, text=True)
        return json.loads(done.stdout)

    return run
