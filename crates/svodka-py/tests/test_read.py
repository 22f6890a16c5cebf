"""Reading from Python is reading."""

import json
import pickle
import subprocess
import sys
import threading
import time

import pytest
import svodka

from conftest import MODEL, ROOT, SVODKA

TEXT = "Report of 3 May 1911.\n\nAccording to the agent, Ivan Orlov probably led the strike at the Vulkan Works in Moscow on 1 May 1911.\n"


def test_a_text_is_read_as_the_program_reads_it(tmp_path):
    for example in sorted((ROOT / "examples").glob("*.txt")):
        done = subprocess.run([SVODKA, "read", str(example), "--json"], check=True, capture_output=True, text=True)
        told = json.loads(done.stdout)
        assert svodka.read(example.read_text(), source=str(example)) == told
        assert svodka.read_file(example) == [told]


def test_offsets_are_those_of_python_strings():
    reading = svodka.read("Отчёт — Report of 3 May 1911.\n\n" + TEXT)
    for claim in reading["claims"]:
        evidence = claim["evidence"]
        assert reading["text"][evidence["start"] : evidence["end"]] == evidence["text"]
    for mention in reading["mentions"]:
        assert reading["text"][mention["start"] : mention["end"]] == mention["text"]
    strike = next(claim for claim in reading["claims"] if claim["kind"] == "strike")
    assert strike["certainty"] == "probable" and strike["sources"]


def test_a_date_is_what_days_are_reckoned_from():
    reading = svodka.read("Ivan Orlov was arrested yesterday in Moscow.", date="1923-09-01")
    assert reading["report"]["date"] == "1923-09-01"
    assert "1923-08-31" in [mention.get("edtf") for mention in reading["mentions"]]
    with pytest.raises(ValueError) as wrong:
        svodka.read("Words.", date="the day before")
    assert wrong.value.code == "wrong"


def test_what_is_no_report_has_a_code(tmp_path):
    with pytest.raises(svodka.IngestError) as wrong:
        svodka.read("")
    assert wrong.value.code == "ingest/empty" and wrong.value.remedy
    with pytest.raises(svodka.SvodkaError) as wrong:
        svodka.read_file(tmp_path / "none.txt")
    assert wrong.value.code == "unreadable"
    (tmp_path / "odd.txt").write_bytes(b"\x00\x01\x02" * 100)
    with pytest.raises(svodka.IngestError) as wrong:
        svodka.read_file(tmp_path / "odd.txt")
    assert wrong.value.code.startswith("ingest/")
    again = pickle.loads(pickle.dumps(wrong.value))
    assert again.code == wrong.value.code and str(again) == str(wrong.value)


def test_the_model_is_found_or_its_absence_told(tmp_path, monkeypatch):
    with pytest.raises(svodka.ModelError) as wrong:
        svodka.Reader(tmp_path)
    assert wrong.value.code == "model/missing"
    monkeypatch.delenv("SVODKA_MODEL")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(svodka.ModelError) as wrong:
        svodka.read(TEXT)
    assert wrong.value.code == "model/missing" and "docs/python.md" in wrong.value.remedy
    (tmp_path / "models").symlink_to(MODEL.parent)
    assert svodka.read(TEXT)["claims"]
    altered = tmp_path / "altered"
    altered.mkdir()
    for file in MODEL.rglob("*"):
        if file.is_file():
            to = altered / MODEL.name / file.relative_to(MODEL)
            to.parent.mkdir(parents=True, exist_ok=True)
            to.write_bytes(file.read_bytes() + (b" " if file.name == "config.cfg" else b""))
    with pytest.raises(svodka.ModelError) as wrong:
        svodka.Reader(altered / MODEL.name)
    assert wrong.value.code == "model/altered"


def test_others_run_while_a_report_is_read():
    reader = svodka.Reader()
    long = TEXT * 300
    beats, done = [], threading.Event()

    def read():
        reader.read(long)
        done.set()

    thread = threading.Thread(target=read)
    begun = time.perf_counter()
    thread.start()
    while not done.is_set():
        beats.append(time.perf_counter())
        time.sleep(0.001)
    thread.join()
    took = time.perf_counter() - begun
    longest = max(after - before for before, after in zip([begun, *beats], beats, strict=False))
    # Were the lock held, nothing would beat until the end.
    assert len(beats) > 5 and longest < took / 2, (len(beats), longest, took)


def test_several_threads_read_the_same():
    reader = svodka.Reader()
    expected, got = reader.read(TEXT), []
    threads = [threading.Thread(target=lambda: got.append(reader.read(TEXT))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == [expected] * 4


def test_the_types_hold(tmp_path):
    script = tmp_path / "typed.py"
    script.write_text(
        "import svodka\n"
        "reading = svodka.read('x', date='1911')\n"
        "words: str = reading['claims'][0]['evidence']['text']\n"
        "rows: int = len(svodka.Project('p', owner=True).claims(kind='strike'))\n"
        "reading['claims'][0]['evidence']['tex']  # type: ignore[typeddict-item]\n"
        "svodka.read(3)  # type: ignore[arg-type]\n"
        "svodka.Project('p').claims(knd='strike')  # type: ignore[call-arg]\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--warn-unused-ignores", str(script)], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
