"""A project as tables: whole, cited, shielded, not copied."""

import datetime
import hashlib
import json
import re

import pandas
import polars
import pyarrow
import pytest
import svodka


@pytest.fixture(scope="module")
def project(project_file):
    return svodka.Project(project_file)


def test_every_claim_is_there_with_its_citation(project, printed):
    told = {claim["key"]: claim for claim in printed("claims", "--json")}
    rows = project.claims().to_pylist()
    assert len(rows) == len(project.claims()) == len(printed("claims", "--json")) > 50
    texts, days = {}, 0
    for row in rows:
        claim = told[row["claim"]]["claim"]
        assert row["kind"] == claim["kind"] and row["certainty"] == claim["certainty"] and row["polarity"] == claim["polarity"]
        assert row["quotation"] == claim["evidence"]["text"]
        assert row["sources"] == [source["text"] for source in claim["sources"]]
        fillers = [(role, filler["text"], filler.get("entity")) for role, all in claim["roles"].items() for filler in all]
        assert [(role["role"], role["text"], role["entity"]) for role in row["roles"]] == fillers
        assert row["when"] == claim.get("when", {}).get("edtf")
        assert row["witnesses"] == told[row["claim"]]["support"]["witnesses"] and row["review"] == "unreviewed"
        assert isinstance(json.loads(row["fields"]), dict)
        text = texts.setdefault(row["report"], project.report(row["report"])["text"])
        assert text[row["start"] : row["end"]] == row["quotation"]
        if re.fullmatch(r"\d{4}-\d\d-\d\d", row["when"] or ""):
            days += 1
            assert row["first"] == row["last"] == datetime.date.fromisoformat(row["when"])
    assert days > 3


def test_filters_are_those_of_the_program(project, printed):
    place = project.places().to_pylist()[0]
    for python, shell in [
        ({"kind": "strike"}, ["--kind", "strike"]),
        ({"about": place["name"]}, ["--about", place["name"]]),
        ({"at": place["number"]}, ["--at", str(place["number"])]),
        ({"since": "1923", "until": "1924-06"}, ["--from", "1923", "--to", "1924-06"]),
        ({"certainty": "probable"}, ["--certainty", "probable+"]),
        ({"report": 2}, ["--report", "2"]),
        ({"limit": 3}, ["--limit", "3"]),
    ]:
        keys = [row["claim"] for row in project.claims(**python).to_pylist()]
        assert keys == [claim["key"] for claim in printed("claims", "--json", *shell)], python
    nothing = project.claims(kind="no-such-kind")
    assert len(nothing) == 0 and nothing.to_arrow().schema == project.claims().to_arrow().schema


def test_tables_are_taken_without_copying(project):
    claims = project.claims()
    one, two = pyarrow.table(claims), claims.to_arrow()
    assert one.equals(two) and one.num_rows == len(claims) and one.column_names == claims.column_names
    where = lambda table: table.column("quotation").chunk(0).buffers()[2].address
    # The same memory, each time it is given, and in pandas too.
    assert where(one) == where(two)
    frame = claims.to_pandas()
    assert isinstance(frame.dtypes["quotation"], pandas.ArrowDtype)
    assert pyarrow.chunked_array(frame["quotation"].array.__arrow_array__()).chunk(0).buffers()[2].address == where(one)
    assert frame.groupby("kind").size().sum() == len(claims)
    assert claims.to_pandas(arrow=False)["quotation"].tolist() == frame["quotation"].tolist()
    assert polars.DataFrame(claims).height == claims.to_polars().height == len(claims)
    assert pyarrow.schema(claims) == one.schema
    del claims, two, frame
    assert one.column("quotation")[0].as_py()


def test_the_shield_is_on_unless_the_owner_asks(project, project_file, printed):
    def everything(of):
        tables = [of.claims(), of.people(), of.groups(), of.places(), of.works(), of.events(), of.reports(), of.search("strike*")]
        readings = [of.report(row["report"]) for row in of.reports().to_pylist()]
        return json.dumps([table.to_pylist() for table in tables] + readings, default=str, ensure_ascii=False).lower()

    assert "samsonov" not in everything(project)
    assert len(project.search("samsonov")) == 0
    with pytest.raises(LookupError) as wrong:
        project.claims(about="Gregor Samsonov")
    assert wrong.value.code == "unknown" and "owner" not in repr(project)
    owner = svodka.Project(project_file, owner=True)
    assert "gregor samsonov" in everything(owner) and len(owner.search("samsonov")) == 1
    assert "owner=True" in repr(owner)
    with pytest.raises(TypeError):
        svodka.Project(project_file, True)


def test_names_and_reports_are_those_of_the_program(project, printed):
    for table, command in [(project.people(), "people"), (project.groups(), "groups"), (project.places(), "places")]:
        rows = [(row["number"], row["name"], row["reports"]) for row in table.to_pylist()]
        assert rows == [(row["number"], row["label"], row["reports"]) for row in printed(command, "--json")]
    assert len(project.reports()) == 4
    hits = project.search('"strike"', limit=2)
    assert 0 < len(hits) <= 2 and "strike" in hits.to_pylist()[0]["snippet"].lower()


def test_what_goes_wrong_has_a_code_and_nothing_is_changed(project, project_file, tmp_path):
    before = hashlib.sha256(project_file.read_bytes()).hexdigest()
    for ask, code, kind in [
        (lambda: svodka.Project(tmp_path / "none.svodka"), "missing", svodka.ProjectError),
        (lambda: svodka.Project(__file__), "not-a-project", svodka.ProjectError),
        (lambda: project.claims(about="Nobody Atall"), "unknown", svodka.UnknownError),
        (lambda: project.claims(report="none.txt"), "unknown", svodka.UnknownError),
        (lambda: project.report("none.txt"), "unknown", svodka.UnknownError),
        (lambda: project.claims(since="some day"), "wrong", svodka.UsageError),
        (lambda: project.claims(certainty="certain"), "wrong", svodka.UsageError),
        (lambda: project.search(" "), "wrong", svodka.UsageError),
    ]:
        with pytest.raises(kind) as wrong:
            ask()
        assert wrong.value.code == code, wrong.value
    assert hashlib.sha256(project_file.read_bytes()).hexdigest() == before
