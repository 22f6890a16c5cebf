#!/usr/bin/env python3
"""Exports a project in every format and has programs that are not ours read the result.

    check.py SVODKA [FORMAT...]

The project is made from the example reports and one of 1975 about people who may be alive. For each format: the reader or validator
takes it; as many claims come out as the project has and the format can say; quotations, sources and certainty are there; nobody
who may be alive is named. What it needs is in requirements.txt beside it.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent

LATE = """Report of 3 May 1975.

The agent states that Gregor Samsonov met Anna Weiss in Berlin on 2 May 1975. Samsonov led the strike at the Samsonov Mill.
According to the informant, Samsonov is probably a member of the Workers' League.
"""
SECRET = "samsonov"
KIN = """Report of 4 May 1911.

Ivan Orlov came with his brother Pyotr Orlov. Anna Weiss, a sister of Maria Lang, was present. Lang's wife, Olga Lang, was perhaps arrested.
His cousin, Boris Orlov, is the son of Karl Orlov.

On 3 May 1975 Gregor Samsonov came with his brother Anton Samsonov.
"""


class Project:
    """A project, and what `svodka claims --json` says is in it."""

    def __init__(self, svodka: Path, folder: Path):
        self.svodka, self.folder = svodka, folder
        reports = folder / "reports"
        reports.mkdir()
        for report in sorted((ROOT / "examples").glob("*.txt")):
            (reports / report.name).write_bytes(report.read_bytes())
        (reports / "late.txt").write_text(LATE)
        (reports / "=formula.txt").write_text("Report of 1 June 1911.\n\nIvan Orlov led the strike at the Vulkan Works.\n")
        odd = "Report of 3 May 1911.\r\n\r\nSTRIKES\f\n\nIvan\nOrlov led the strike at the\x01 Vulkan Works. <Anna & Weiss> denied it.\n\n\f\nAt the end came Ivan Orlov"
        (reports / "odd.txt").write_bytes(odd.encode())
        self.run("init", "strikes")
        self.run("add", "reports")
        claims = json.loads(self.run("claims", "--json"))
        self.run("decide", claims[0]["key"], "reject", "--reason", "=SUM(A1) misread")
        self.run("decide", claims[1]["key"], "grade", "B2", "--reason", "in the room")
        self.claims = {told["key"]: told for told in json.loads(self.run("claims", "--json"))}
        self.owner = {told["key"]: told for told in json.loads(self.run("claims", "--json", "--owner"))}
        assert len(self.claims) > 50, len(self.claims)

    def run(self, *arguments: str) -> str:
        environment = {**os.environ, "SVODKA_MODEL": str(ROOT / "models/en_core_web_sm-3.8.0"), "SVODKA_AUTHOR": "test"}
        done = subprocess.run([self.svodka, *arguments], cwd=self.folder, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, (arguments, done.returncode, done.stderr)
        return done.stdout

    def export(self, form: str, name: str, *options: str) -> Path:
        to = self.folder / name
        self.run("export", form, "-o", str(to), *options)
        return to


def shielded(path: Path) -> None:
    """Nobody who may be alive is named in a file or the files of a folder."""
    for file in [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]:
        assert SECRET not in words(file).lower(), f"{file} names somebody who may be alive"


def words(file: Path) -> str:
    """All that is in a file, also if it is packed."""
    if file.suffix == ".xlsx":
        import zipfile

        with zipfile.ZipFile(file) as packed:
            return "".join(packed.read(name).decode() for name in packed.namelist())
    if file.suffix == ".parquet":
        from pyarrow import parquet

        return str(parquet.read_table(file).to_pylist()) + str(parquet.read_schema(file).metadata)
    return file.read_text(encoding="utf-8")


def same_claims(project: Project, told: dict[str, dict]) -> None:
    """`told` has, by key, the `quotation`, `certainty` and `sources` (a list, nearest first) of each claim."""
    assert set(told) == set(project.claims), f"{len(told)} claims of {len(project.claims)}"
    for key, claim in told.items():
        want = project.claims[key]["claim"]
        assert claim["certainty"] == want["certainty"], (key, claim, want)
        assert claim["quotation"] == want["evidence"]["text"], (key, claim, want)
        assert claim["sources"] == [source["text"] for source in want["sources"]], (key, claim, want)


def xml(text: str) -> str:
    """A text with blanks for the characters that XML does not have."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", " ", text)


def bare(text: str) -> str:
    """A text of a table without the apostrophe that keeps it from being a formula."""
    return text.removeprefix("'")


def check_csv(project: Project) -> str:
    import csv

    from csvw import TableGroup
    from frictionless import Package, system

    folder = project.export("csv", "tables")
    shielded(folder)
    with system.use_context(trusted=True):
        report = Package(str(folder / "datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "rowNumber", "fieldName", "type", "note"])
    group = TableGroup.from_file(folder / "csv-metadata.json")
    group.check_referential_integrity()
    rows = {table.url.string.removesuffix(".csv"): list(table.iterdicts()) for table in group.tables}
    sources: dict[str, list[str]] = {}
    for row in sorted(rows["sources"], key=lambda row: (row["claim"], row["position"])):
        sources.setdefault(row["claim"], []).append(bare(row["text"]))
    same_claims(project, {row["claim"]: {"quotation": bare(row["quotation"]), "certainty": row["certainty"], "sources": sources.get(row["claim"], [])} for row in rows["claims"]})
    fillers = sum(len(filler) for told in project.claims.values() for filler in told["claim"]["roles"].values())
    assert len(rows["roles"]) == fillers, (len(rows["roles"]), fillers)
    assert [row["verdict"] for row in rows["decisions"]] == ["reject", "grade"]
    for file in folder.glob("*.csv"):
        with open(file, newline="", encoding="utf-8") as lines:
            for row in csv.reader(lines):
                assert not any(cell.startswith(("=", "+", "@", "\t")) for cell in row), (file, row)
    few = project.export("csv", "few", "--kind", "strike")
    with open(few / "claims.csv", newline="", encoding="utf-8") as lines:
        kinds = {row["kind"] for row in csv.DictReader(lines)}
    assert kinds == {"strike"}, kinds
    named = project.export("csv", "named", "--owner")
    assert SECRET in (named / "claims.csv").read_text().lower() and "may be alive are named" in (named / "datapackage.json").read_text()
    return f"{len(rows['claims'])} claims, {len(rows['mentions'])} mentions, {len(rows['things'])} things; frictionless and csvw find no fault"


def same_tables(project: Project, rows: dict[str, list[dict]], told=lambda text: text or "") -> str:
    """The tables of another format than CSV have as many rows as those of CSV, and the same claims."""
    import csv

    folder = project.export("csv", "tables")
    for name, found in rows.items():
        with open(folder / f"{name}.csv", newline="", encoding="utf-8") as lines:
            want = list(csv.DictReader(lines))
        assert len(found) == len(want), (name, len(found), len(want))
        assert not found or list(found[0]) == list(want[0]), name
    sources: dict[str, list[str]] = {}
    for row in sorted(rows["sources"], key=lambda row: (row["claim"], row["position"])):
        sources.setdefault(row["claim"], []).append(told(row["text"]))
    same_claims(project, {row["claim"]: {"quotation": told(row["quotation"]), "certainty": row["certainty"], "sources": sources.get(row["claim"], [])} for row in rows["claims"]})
    return f"{len(rows['claims'])} claims, {sum(map(len, rows.values()))} rows in {len(rows)} tables"


def check_xlsx(project: Project) -> str:
    import openpyxl
    from openpyxl.utils.escape import unescape

    file = project.export("xlsx", "svodka.xlsx")
    shielded(file)
    book = openpyxl.load_workbook(file, read_only=True)
    rows = {}
    for sheet in book.worksheets[1:]:
        heads, *found = sheet.iter_rows(values_only=True)
        # A sheet without rows has its heading alone; cells at the end of a row that are empty are not there.
        rows[sheet.title] = [dict(zip(heads, [*row, *[None] * (len(heads) - len(row))])) for row in found]
    assert not any(cell.data_type == "f" for sheet in book.worksheets for row in sheet.iter_rows() for cell in row), "a formula"
    return same_tables(project, rows, lambda text: unescape(text or "")) + "; openpyxl reads it"


def check_parquet(project: Project) -> str:
    from pyarrow import parquet

    folder = project.export("parquet", "parquet")
    shielded(folder)
    rows = {file.stem: parquet.read_table(file).to_pylist() for file in folder.glob("*.parquet")}
    schema = parquet.read_schema(folder / "claims.parquet")
    assert str(schema.field("start").type) == "int64" and str(schema.field("quotation").type) == "string" and b"not what is known to be true" in schema.metadata[b"notice"]
    return same_tables(project, rows) + "; pyarrow reads them"


def check_capture(project: Project) -> str:
    import csv

    from frictionless import Package, system

    folder = project.export("capture", "capture")
    shielded(folder)
    with system.use_context(trusted=True):
        report = Package(str(folder / "datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "rowNumber", "fieldName", "type", "note"])
    read = lambda name: list(csv.DictReader(open(folder / name, newline="", encoding="utf-8")))
    captures, matrix = read("captures.csv"), read("matrix.csv")
    people = {number["number"] for number in json.loads(project.run("people", "--json", "--limit", "0"))}
    sayable = set()
    for key, told in project.claims.items():
        for filler in (filler for fillers in told["claim"]["roles"].values() for filler in fillers):
            if filler.get("entity", "").removeprefix("thing-").isdigit() and int(filler["entity"].removeprefix("thing-")) in people:
                sayable.add(key)
    met = {row["claim"] for row in captures}
    assert sayable <= met <= set(project.claims), (len(met), len(sayable))
    for row in captures:
        want = project.claims[row["claim"]]["claim"]
        assert (row["certainty"], bare(row["quotation"])) == (want["certainty"], want["evidence"]["text"]), row
    on = {(row["person"], row["list"]) for row in captures if row["counts"] == "true"}
    ones = {(row["person"], name) for row in matrix for name, value in row.items() if name.startswith("L") and value == "1"}
    assert on == ones, on ^ ones
    assert all(value in "01" for row in matrix for name, value in row.items() if name.startswith("L"))
    lists = len(matrix[0]) - 4
    return f"{len(met)} claims put {len(matrix)} people on {lists} lists; frictionless finds no fault"


def check_annotations(project: Project) -> str:
    import hashlib

    from rdflib import Graph, URIRef

    folder = project.export("annotations", "annotations")
    shielded(folder)
    page = json.loads((folder / "annotations.jsonld").read_text())
    told, mentions = {}, 0
    for annotation in page["items"]:
        target = annotation["target"]
        text = (folder / target["source"]["svodka:textFile"]).read_bytes()
        assert hashlib.sha256(text).hexdigest() == target["source"]["svodka:textSha256"]
        text = text.decode()
        quote, position = target["selector"]
        start, end = position["start"], position["end"]
        assert text[start:end] == quote["exact"], annotation
        assert text[:start].endswith(quote["prefix"]) and text[end:].startswith(quote["suffix"]), annotation
        if claim := annotation.get("svodka:claim"):
            sources = [source["svodka:text"] for source in claim["svodka:sources"]["@list"]]
            told[annotation["id"].rpartition("/")[2]] = {"quotation": quote["exact"], "certainty": claim["svodka:certainty"], "sources": sources}
        else:
            mentions += 1
    same_claims(project, told)
    # The context of the model lies on the web; these are its terms, as far as they are used.
    oa, terms = "http://www.w3.org/ns/oa#", ["Annotation", "TextQuoteSelector", "TextPositionSelector", "TextualBody", "SpecificResource", "exact", "prefix", "suffix", "start", "end"]
    context = {term: oa + term for term in terms} | {"id": "@id", "type": "@type", "target": {"@id": oa + "hasTarget"}, "body": {"@id": oa + "hasBody"}, "selector": {"@id": oa + "hasSelector"}, "source": {"@id": oa + "hasSource", "@type": "@id"}, "items": {"@id": "https://www.w3.org/ns/activitystreams#items", "@container": "@list"}}
    page["@context"][0] = context
    graph = Graph().parse(data=json.dumps(page), format="json-ld")
    quoted = len(set(graph.subjects(URIRef(oa + "exact"), None)))
    assert quoted == len(page["items"]), (quoted, len(page["items"]))
    project.export("annotations", "alone.jsonld")
    assert json.loads((project.folder / "alone.jsonld").read_text())["items"] == json.loads((folder / "annotations.jsonld").read_text())["items"]
    return f"{len(told)} claims and {mentions} mentions point to their words; rdflib reads {len(graph)} triples"


def network(project: Project, graph) -> str:
    """What a network's reader made of it: every claim with two things or more, with its quotation, chain and certainty."""
    sayable = set()
    for key, told in project.claims.items():
        named = {filler.get("entity") for fillers in told["claim"]["roles"].values() for filler in fillers} - {None}
        if len(named) > 1:
            sayable.add(key)
    edges = [data for _, _, data in graph.edges(data=True)]
    met = {data["claim"] for data in edges}
    # Two entities of a report may be one thing: then nothing is tied.
    assert met <= sayable and len(met) >= 0.95 * len(sayable), (len(met), len(sayable))
    for data in edges:
        want = project.claims[data["claim"]]["claim"]
        assert (data["certainty"], data["quotation"]) == (want["certainty"], xml(want["evidence"]["text"])), (data, want)
        assert data.get("sources", "") == " < ".join(source["text"] for source in want["sources"]), (data, want)
        assert data.get("when", "") == want.get("when", {}).get("edtf", ""), (data, want)
    assert any(data.get("first") for data in edges) and all(node.get("label") for _, node in graph.nodes(data=True))
    return f"{len(met)} of {len(project.claims)} claims tie {graph.number_of_nodes()} things by {len(edges)} edges; networkx reads it"


def check_places(project: Project) -> str:
    import geojson
    from rdflib import Graph, URIRef

    file = project.export("places", "places.geojson")
    shielded(file)
    page = json.loads(file.read_text())
    read = geojson.loads(file.read_text())
    assert read.is_valid, read.errors()
    met, named = set(), 0
    for feature in page["features"]:
        assert feature["names"] and feature["properties"]["title"] and all(name["toponym"] for name in feature["names"]), feature
        named += bool(feature["links"])
        for claim in feature["svodka:claims"]:
            key = claim["@id"].rpartition("/")[2]
            want = project.claims[key]["claim"]
            assert (claim["svodka:quotation"], claim["svodka:certainty"]) == (want["evidence"]["text"], want["certainty"]), claim
            assert claim["svodka:sources"]["@list"] == [source["text"] for source in want["sources"]], claim
            met.add(key)
    assert named, "no place has coordinates"
    # What of the format's context is used; the whole of it lies on the web.
    lpo, geo = "https://linkedpasts.org/ontology#", "https://purl.org/geojson/vocab#"
    context = {"Feature": geo + "Feature", "FeatureCollection": geo + "FeatureCollection", "features": {"@id": geo + "features", "@container": "@set"}, "type": "@type", "names": {"@id": lpo + "hasName", "@container": "@set"}, "toponym": lpo + "toponym", "citations": {"@id": lpo + "hasCitation", "@container": "@set"}, "when": lpo + "hasWhen", "timespans": {"@id": lpo + "hasTimespan", "@container": "@list"}, "links": {"@id": lpo + "hasLink", "@container": "@set"}, "identifier": {"@id": lpo + "identifier", "@type": "@id"}}
    page["@context"][0] = context
    for feature in page["features"]:
        feature.pop("geometry")
    graph = Graph().parse(data=json.dumps(page), format="json-ld")
    toponyms = len(list(graph.subject_objects(URIRef(lpo + "toponym"))))
    assert toponyms == sum(len(feature["names"]) for feature in page["features"])
    return f"{len(met)} claims of {len(page['features'])} places, {named} of them in the gazetteer; geojson and rdflib read them"


def check_ftm(project: Project) -> str:
    from collections import Counter

    from followthemoney import model

    file = project.export("ftm", "entities.ftm.json")
    shielded(file)
    told, schemata, ids = {}, Counter(), {}
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    for data in lines:
        entity = model.get_proxy(data, cleaned=False)
        assert entity.schema.validate(data) is None, data
        # Nothing is lost on the way through the model: every value is one of its property's type.
        for name, values in data["properties"].items():
            assert len(entity.get(name)) == len(values), (name, values, entity.get(name))
        ids[entity.id] = entity
        schemata[entity.schema.name] += 1
    for entity in ids.values():
        for prop, value in entity.itervalues():
            if prop.type.name == "entity":
                assert value in ids and ids[value].schema.is_a(prop.range), (entity.id, prop.name, value)
        if key := entity.first("recordId", quiet=True):
            said = dict(line.split(": ", 1) for line in entity.get("summary") if ": " in line)
            [quotation] = entity.get("description")
            chain = said.get("on the word of")
            told[key] = {"quotation": project.claims[key]["claim"]["evidence"]["text"], "certainty": said["certainty of the text"], "sources": chain.split(" < ") if chain else []}
            plain = lambda text: re.sub(r"[\s\x00-\x1f]+", " ", text).strip()
            assert plain(quotation) == plain(told[key]["quotation"]), (quotation, told[key])
    same_claims(project, told)
    links = {name: number for name, number in schemata.items() if name in ("Membership", "Employment", "Family", "Associate", "UnknownLink")}
    assert links, schemata
    return f"{len(told)} claims, {sum(links.values())} of them links ({', '.join(sorted(links))}), {len(ids)} entities; followthemoney takes each value"


def check_gedcom(project: Project) -> str:
    import gedcom7

    # Kin is rare: a report of it, of long ago and of late.
    (project.folder / "kin").mkdir()
    (project.folder / "kin" / "kin.txt").write_text(KIN)
    kin = project.folder / "kin"
    run = lambda *arguments: project.run(*arguments, "--project", str(kin / "kin.svodka"))
    project.run("init", str(kin / "kin"))
    run("add", str(kin / "kin.txt"))
    claims = {told["key"]: told["claim"] for told in json.loads(run("claims", "--json")) if told["claim"]["kind"] == "kinship"}
    run("export", "gedcom", "-o", str(kin / "kin.ged"))
    shielded(kin / "kin.ged")
    with open(kin / "kin.ged", "rb") as file:
        records = gedcom7.load(file)
    errors = gedcom7.validate(records)
    assert not errors, [(error.category, error.path, error.message) for error in errors][:5]
    met = {}

    def walk(structure):
        if structure.tag == "SOUR" and structure.parent is not None:
            part = lambda tag, of: [child for child in of.children if child.tag == tag]
            if pages := part("PAGE", structure):
                key = pages[0].text.removeprefix("Claim: ").split(",")[0]
                notes = [note.text for note in part("NOTE", structure)]
                met[key] = (part("TEXT", part("DATA", structure)[0])[0].text, [note.partition(": ")[2] for note in notes if note.startswith("Certainty")][0])
        for child in structure.children:
            walk(child)

    for record in records:
        walk(record)
    people = [record for record in records if record.tag == "INDI"]
    sayable = {key: claim for key, claim in claims.items() if claim["polarity"] == "positive" and all(any(filler.get("entity") for filler in claim["roles"].get(role, [])) for role in ("person", "relative"))}
    assert set(met) == set(sayable) and len(met) > 1, (len(met), len(sayable), len(claims))
    for key, (quotation, certainty) in met.items():
        assert (quotation, certainty) == (claims[key]["evidence"]["text"], claims[key]["certainty"]), key
    return f"{len(met)} of {len(claims)} claims of kin, {len(people)} people; gedcom7 finds no fault"


IPIF = ROOT.parent / "shared/reference/ipif-0.3.3.yaml"
KINDS = {"factoids": "Factoid", "persons": "Person", "sources": "Source", "statements": "Statement"}


def check_ipif(project: Project) -> str:
    """The files and the server's answers are as IPIF's own document says, if that is here; each claim of somebody is told whole."""
    folder = project.export("ipif", "ipif")
    shielded(folder)
    lists = {kind: json.loads((folder / f"{kind}.json").read_text())[kind] for kind in KINDS}
    told: dict[str, dict] = {}
    for statement in lists["statements"]:
        key = statement["@id"].split("-")[0]
        if key != "report":
            lines, quotation = statement["statementText"].split("\nQuotation: ", 1)
            found = dict(line.split(": ", 1) for line in lines.split("\n")[1:])
            told[key] = {"quotation": quotation, "certainty": found["Certainty of the text"], "sources": found.get("On the word of")}
    for key, claim in told.items():
        want = project.claims[key]["claim"]
        chain = " < ".join(source["text"] for source in want["sources"]) or None
        assert claim == {"quotation": want["evidence"]["text"], "certainty": want["certainty"], "sources": chain}, (key, claim, want)
    assert {key for key, claim in project.claims.items() if claim["claim"]["kind"] in ("membership", "office", "contact")} <= set(told)
    known = {kind: {it["@id"] for it in found} for kind, found in lists.items()}
    for factoid in lists["factoids"]:
        assert factoid["person-ref"]["@id"] in known["persons"] and factoid["source-ref"]["@id"] in known["sources"], factoid
        assert factoid["statement-refs"] and {it["@id"] for it in factoid["statement-refs"]} <= known["statements"], factoid
    if not IPIF.exists():
        return f"{len(told)} claims; SKIPPED schemathesis: IPIF's document is not beside the project"
    return f"{len(told)} claims, {len(known['persons'])} persons; {ipif_server(project, folder, lists)}"


def ipif_server(project: Project, folder: Path, lists: dict[str, list]) -> str:
    import jsonschema_rs
    import yaml

    # Its examples have moments, which JSON does not.
    document = json.loads(json.dumps(yaml.safe_load(IPIF.read_text(errors="replace")), default=str))
    for kind, name in KINDS.items():
        schema = {"$ref": f"#/components/schemas/{name}sResponse", "components": document["components"]}
        jsonschema_rs.validator_for(schema, validate_formats=True).validate(json.loads((folder / f"{kind}.json").read_text()))
    with subprocess.Popen([project.svodka, "serve", "strikes.svodka", "--port", "0"], cwd=project.folder, stdout=subprocess.PIPE, text=True) as server:
        try:
            address = server.stdout.readline().split()[1]
            settings = project.folder / "schemathesis.toml"
            names = "".join(
                f'[[operations]]\ninclude-path = "/{kind}/{{id}}"\nparameters = {{ "path.id" = "{found[-1]["@id"]}" }}\n' for kind, found in lists.items()
            )
            settings.write_text(names)
            # IPIF itself asks that values which cannot be are refused with 400, so that data may fit the document and be refused.
            run = [Path(sys.executable).with_name("st"), "--config-file", settings, "run", IPIF, "--url", f"{address}/ipif", "--include-method", "GET"]
            run += ["--exclude-checks", "positive_data_acceptance", "--max-examples", "40", "--seed", "1923", "--no-color", "--output-sanitize", "false"]
            done = subprocess.run(run, cwd=project.folder, capture_output=True, text=True)
        finally:
            server.terminate()
    assert done.returncode == 0, done.stdout[-1800:] + done.stderr[-200:]
    cases = re.search(r"(\d+) generated", done.stdout)
    return f"schemathesis: {cases.group(1)} requests, no fault"


def check_gexf(project: Project) -> str:
    import networkx

    file = project.export("gexf", "network.gexf")
    shielded(file)
    return network(project, networkx.read_gexf(file))


def check_graphml(project: Project) -> str:
    import networkx

    file = project.export("graphml", "network.graphml")
    shielded(file)
    return network(project, networkx.read_graphml(file, force_multigraph=True))


TEI = "{http://www.tei-c.org/ns/1.0}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"


def tei_text(element) -> str:
    """The characters of a TEI body, with those that XML does not have."""
    own = {f"{TEI}pb": lambda: "\f", f"{TEI}g": lambda: chr(int(element.get("n")))}.get(element.tag, lambda: element.text or "")()
    return own + "".join(tei_text(child) + (child.tail or "") for child in element)


def tei_comes_back(project: Project) -> str:
    """What was written as TEI is added to a new project and written again: byte for byte the same, save what readers judged."""
    home = project.folder / "back"
    home.mkdir()
    at = ("--project", str(home / "back.svodka"))
    project.run("init", str(home / "back"))
    out = project.export("tei", "whole.xml", "--owner")
    project.run("add", str(out), *at)
    claims = {told["key"]: told for told in json.loads(project.run("claims", "--json", "--owner", *at))}
    assert set(claims) == set(project.owner), (len(claims), len(project.owner))
    plain = lambda claim: {**{name: value for name, value in claim.items() if name not in ("id", "roles", "sources")}, "roles": {role: [(filler["text"], filler.get("start"), filler.get("quote")) for filler in fillers] for role, fillers in claim["roles"].items() if fillers}, "sources": [source["text"] for source in claim["sources"]]}
    for key, told in claims.items():
        assert plain(told["claim"]) == plain(project.owner[key]["claim"]), (told, project.owner[key])
    for element in ("persName", "orgName", "placeName", "date"):
        project.run("export", "tei", "-o", str(home / "again.xml"), "--owner", *at)
        # What readers judged is not judged again.
        number = [re.sub(r'<note type="decision".*?</note>', "", file.read_text(), flags=re.S).count(f"<{element}") for file in (out, home / "again.xml")]
        assert number[0] == number[1], (element, number)
    project.run("check", *at)
    return f"added to a new project, all {len(claims)} come back under their own names"


def check_tei(project: Project) -> str:
    import shutil

    from lxml import etree

    folder = project.export("tei", "tei")
    shielded(folder)
    corpus = project.export("tei", "corpus.xml")
    shielded(corpus)
    texts = project.export("annotations", "for-tei") / "texts"
    told, mentions = {}, 0
    for file in folder.glob("*.xml"):
        tree = etree.parse(file)
        ids = {element.get(XML_ID) for element in tree.iter() if element.get(XML_ID)}
        for element in tree.iter(etree.Element):
            for name in ("ref", "ana", "target", "active", "passive", "mutual", "resp", "from", "to"):
                for pointer in (element.get(name) or "").split():
                    assert pointer[1:] in ids, (file, element.tag, pointer)
        body = tree.find(f".//{TEI}body")
        mentions += sum(1 for _ in body.iter(*(TEI + name for name in ("persName", "orgName", "placeName", "title", "rs", "date"))))
        mentions += sum(len(group) for group in tree.iter(f"{TEI}spanGrp") if group.get("type") == "mentions")
        text = (texts / f"{file.stem}.txt").read_bytes().decode()
        assert tei_text(body) == text, f"{file}: another text"
        for claim in tree.iter(f"{TEI}annotation"):
            notes = {kind: [note for note in claim.findall(f"{TEI}note") if note.get("type") == kind] for kind in ("source", "quotation")}
            start, end = (int(pointer.rpartition("o")[2]) for pointer in claim.get("target").split())
            quotation = "".join(notes["quotation"][0].itertext())
            # What XML has no characters for is a blank there.
            words = text[start:end]
            assert xml(words) == quotation, (words, quotation)
            certainty = claim.get("ana").split()[0].rpartition(".")[2]
            told[claim.get(XML_ID).rpartition(".")[2]] = {"quotation": words, "certainty": certainty, "sources": ["".join(note.itertext()) for note in notes["source"]]}
    same_claims(project, told)
    exported = json.loads((project.folder / "for-tei" / "annotations.jsonld").read_text())["items"]
    assert mentions == len(exported) - len(told), (mentions, len(exported) - len(told))
    by = []
    schema = ROOT.parent / "shared/reference/tei_all-4.8.0.rng"
    schema = schema if schema.exists() else None
    for rng in filter(None, [HERE / "svodka-tei.rng", schema]):
        files = [corpus, *sorted(folder.glob("*.xml"))]
        if shutil.which("java"):
            done = subprocess.run([Path(sys.executable).parent / "pyjing", rng, *files], capture_output=True, text=True)
            assert done.returncode == 0, (done.stdout + done.stderr)[:1500]
            by.append(f"{rng.name} by jing")
        else:
            relax = etree.RelaxNG(etree.parse(rng))
            for file in files:
                relax.assertValid(etree.parse(file))
            by.append(f"{rng.name} by lxml")
    if not schema:
        by.append("TEI's own schema is not here: skipped")
    return f"{len(told)} claims, {mentions} mentions, the texts letter for letter; valid against {', '.join(by)}; {tei_comes_back(project)}"


def rdf(project: Project, form: str, name: str, reader: str) -> tuple:
    """A form of RDF as rdflib reads it, held against the claims."""
    from rdflib import Dataset, Graph

    file = project.export(form, name)
    shielded(file)
    graph = Graph() if reader == "turtle" else Dataset(default_union=True)
    graph.parse(file, format=reader)
    held = "PREFIX crminf: <http://www.cidoc-crm.org/extensions/crminf/> PREFIX oa: <http://www.w3.org/ns/oa#> PREFIX svodka: <urn:svodka:terms:> " \
        "PREFIX crm: <http://www.cidoc-crm.org/cidoc-crm/> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
    told = {}
    for claim, quotation, value in graph.query(held + "SELECT ?claim ?words ?value { ?claim a crminf:I4_Proposition_Set ; svodka:quotation/oa:hasSelector/oa:exact ?words . "
                                               "?belief crminf:J4_that ?claim ; crminf:J5_holds_to_be ?value . FILTER(STRENDS(STR(?belief), '/belief/0')) }"):
        told[str(claim).rpartition("/")[2]] = {"quotation": str(quotation), "certainty": str(value).rpartition(":")[2].removesuffix("-not"), "sources": []}
    chains = graph.query(held + "SELECT ?claim ?at ?source { ?how crminf:J2_concluded_that ?belief ; crm:P14_carried_out_by ?who . ?belief crminf:J4_that ?claim . ?who rdfs:label ?source . "
                         "BIND(STRAFTER(STR(?belief), '/belief/') AS ?at) FILTER(?at != '' && ?at != '0') }")
    for claim, at, source in sorted(chains, key=lambda row: (str(row[0]), int(row[1]))):
        told[str(claim).rpartition("/")[2]]["sources"].append(str(source))
    # Somebody has one name in all reports; a source is otherwise called as its report calls it.
    for key, claim in told.items():
        want = [source["text"] for source in project.claims[key]["claim"]["sources"]]
        assert len(claim["sources"]) == len(want), (key, claim, want)
        claim["sources"] = want
    same_claims(project, told)
    return graph, len(told)


def check_turtle(project: Project) -> str:
    graph, claims = rdf(project, "turtle", "claims.ttl", "turtle")
    return f"{claims} claims; rdflib reads {len(graph)} triples"


def check_nquads(project: Project) -> str:
    data, claims = rdf(project, "nquads", "claims.nq", "nquads")
    reports = len({told["report"] for told in project.claims.values()} | set(range(1, 1 + len(list((project.folder / "reports").iterdir())))))
    graphs = [graph for graph in data.graphs() if "/" in str(graph.identifier) and len(graph)]
    assert len(graphs) == reports, (len(graphs), reports)
    question = "SELECT ?claim WHERE { ?claim a <http://www.cidoc-crm.org/extensions/crminf/I4_Proposition_Set> }"
    ours = json.loads(project.run("sparql", "--json", question))["results"]["bindings"]
    theirs = {str(row[0]) for row in data.query(question)}
    assert {row["claim"]["value"] for row in ours} == theirs, (len(ours), len(theirs))
    return f"{claims} claims in {reports} graphs of reports; rdflib answers SPARQL as svodka does"


def check_jsonld(project: Project) -> str:
    data, claims = rdf(project, "jsonld", "claims.jsonld", "json-ld")
    return f"{claims} claims; rdflib reads {sum(len(graph) for graph in data.graphs())} statements; {sparql_server(project)}"


def sparql_server(project: Project) -> str:
    """The server answers rdflib's own client of the SPARQL protocol, in each form that it can ask for."""
    from rdflib.plugins.stores.sparqlstore import SPARQLStore

    rows = "SELECT ?claim WHERE { ?claim a <http://www.cidoc-crm.org/extensions/crminf/I4_Proposition_Set> }"
    made = "CONSTRUCT { ?claim a ?kind } WHERE { ?claim a <http://www.cidoc-crm.org/extensions/crminf/I4_Proposition_Set> ; a ?kind }"
    with subprocess.Popen([project.svodka, "serve", "strikes.svodka", "--port", "0"], cwd=project.folder, stdout=subprocess.PIPE, text=True) as server:
        try:
            address = server.stdout.readline().split()[1]
            counts = set()
            for form in ("json", "xml", "csv", "tsv"):
                store = SPARQLStore(f"{address}/sparql", returnFormat=form)
                counts.add(len({str(row[0]) for row in store.query(rows)}))
                counts.add(len(set(store.query(made).graph.subjects())))
        finally:
            server.terminate()
    assert counts == {len(project.claims)}, (counts, len(project.claims))
    return "its SPARQL client has the same of the server as JSON, XML, CSV and TSV"


def check_brief(project: Project) -> str:
    """The briefing as PDF: every claim's sentence and quotation are in it, each footnote on the page of its number or from there on."""
    from pypdf import PdfReader

    to = project.folder / "brief.pdf"
    project.run("brief", "-o", str(to), "--title", "What was read")
    told = PdfReader(to)
    pages = [" ".join(page.extract_text().split()) for page in told.pages]
    assert told.metadata.title == "What was read" and "/StructTreeRoot" in told.trailer["/Root"], told.metadata
    assert not any(SECRET in page.lower() for page in pages)
    letters = "".join(pages).replace(" ", "")
    claims = [key for key, claim in project.claims.items() if claim["review"] != "rejected"]
    missing = [key for key in claims if f"Claim{key}." not in letters]
    # A name at the end of a page has the page's number in it.
    assert len(missing) < len(claims) / 20, missing
    outline = [entry.title for entry in told.outline]
    assert "Reports" in outline and len(outline) > 3, outline
    return f"{len(claims)} footnotes on {len(pages)} pages; pypdf reads them, with title, tags and {len(outline)} bookmarks"


def check_publish(project: Project) -> str:
    """What a publication says of itself is as RO-Crate and the Citation File Format have it."""
    from rocrate.rocrate import ROCrate

    site = project.folder / "site"
    project.run("publish", str(site), "--title", "Strikes: a \"first\" look", "--creator", "Olga Petrova 0000-0002-1825-0097", "--creator", "State Archive", "--licence", "CC-BY-4.0")
    for path in (path for path in site.rglob("*") if path.suffix in (".json", ".csv", ".cff", ".html", ".txt")):
        shielded(path)
    found = ROCrate(str(site))
    parts = [part for part in found.root_dataset["hasPart"]]
    assert found.root_dataset["name"] == 'Strikes: a "first" look' and found.root_dataset["license"], found.root_dataset.properties()
    assert len(parts) > 5 and all((site / part.id).exists() for part in parts), parts
    assert [it["name"] for it in found.root_dataset["creator"]] == ["Olga Petrova", "State Archive"]
    done = subprocess.run([ROOT / ".venv-cff/bin/cffconvert", "--validate", "-i", site / "CITATION.cff"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    claims = json.loads((site / "data/claims.json").read_text())["dated"]
    assert len(claims) == len(project.claims), (len(claims), len(project.claims))
    return f"{len(claims)} claims; rocrate reads {len(parts)} parts, cffconvert finds no fault"


CHECKS = {name.removeprefix("check_"): check for name, check in list(globals().items()) if name.startswith("check_")}


def main() -> int:
    svodka = Path(sys.argv[1]).resolve()
    wanted = sys.argv[2:] or list(CHECKS)
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        project = Project(svodka, Path(folder))
        print(f"a project of {len(project.claims)} claims")
        for name in wanted:
            try:
                print(f"  {name}: {CHECKS[name](project)}")
            except Exception as error:  # Every format is tried, whatever becomes of the others.
                failed += 1
                print(f"  {name}: FAILED: {type(error).__name__}: {str(error)[:2000]}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
