#!/usr/bin/env python3
"""Asks `svodka mcp` through the official Python SDK of the Model Context Protocol.

    check.py SVODKA

The project is made from the example reports and one of 1975 about people who may be alive. Every tool is listed and called; its
arguments are checked against the schema it gives; every claim has its citation, whose quotation stands in the report's text at the
place it names; nobody who may be alive is named; nothing in the project file is changed.
"""

import asyncio
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import jsonschema
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client

ROOT = Path(__file__).resolve().parent.parent.parent
LATE = """Report of 3 May 1975.

The agent states that Gregor Samsonov met Anna Weiss in Berlin on 2 May 1975. Samsonov led the strike at the Samsonov Mill.
According to the informant, Samsonov is probably a member of the Workers' League.
"""
SECRET = "samsonov"


def made(svodka: Path, folder: Path) -> Path:
    environment = {**os.environ, "SVODKA_MODEL": str(ROOT / "models/en_core_web_sm-3.8.0"), "SVODKA_AUTHOR": "test"}
    (folder / "late.txt").write_text(LATE)
    reports = [str(path) for path in sorted((ROOT / "examples").glob("*.txt"))]
    for arguments in (["init", "strikes"], ["add", *reports, "late.txt"]):
        done = subprocess.run([svodka, *arguments], cwd=folder, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
    return folder / "strikes.svodka"


async def asked(svodka: Path, project: Path) -> tuple[int, int]:
    server = StdioServerParameters(command=str(svodka), args=["mcp", str(project)])
    async with stdio_client(server) as (read, write), ClientSession(read, write) as session:
        greeting = await session.initialize()
        assert "never a known fact" in greeting.instructions
        tools = {tool.name: tool for tool in (await session.list_tools()).tools}
        called: set[str] = set()

        async def ask(tool: str, **arguments):
            schema = json.loads(tools[tool].model_dump_json(by_alias=True))["inputSchema"]
            jsonschema.Draft202012Validator.check_schema(schema)
            jsonschema.validate(arguments, schema)
            said = json.loads((await session.call_tool(tool, arguments)).model_dump_json(by_alias=True))
            assert not said["isError"], said
            assert json.loads(said["content"][0]["text"]) == said["structuredContent"]
            assert SECRET not in json.dumps(said, ensure_ascii=False).lower(), (tool, arguments)
            called.add(tool)
            return said["structuredContent"]

        for tool in tools.values():
            hints = json.loads(tool.model_dump_json(by_alias=True))["annotations"]
            assert hints["readOnlyHint"] is True, tool.name
        overview = await ask("overview")
        assert overview["shielded_people"] > 0
        reports = (await ask("reports"))["reports"]
        texts = {}
        for report in reports:
            text, start = "", 0
            while start is not None:
                page = await ask("report_text", report=str(report["id"]), **{"from": start})
                text, start = text + page["text"], page["next"]
            texts[report["id"]] = text
        claims, total = [], 1
        while len(claims) < total:
            page = await ask("claims", skip=len(claims), limit=17)
            total = page["total"]
            claims += page["claims"]
        assert total == overview["claims"] == sum(report["claims"] for report in reports)
        assert len({claim["claim"] for claim in claims}) > 50

        def cited(claim):
            citation = claim["citation"]
            text = texts[citation["report"]]
            assert text[citation["start"]:citation["end"]] == citation["quotation"]
            assert citation["lines"][0] == 1 + text[:citation["start"]].count("\n")
            assert citation["path"] in citation["cite"] and claim["certainty"] in citation["cite"]
            assert isinstance(claim["on_the_word_of"], list) and claim["witnesses"] >= 1

        for claim in claims:
            cited(claim)
        for of in ("people", "groups", "places", "works", "events"):
            for name in (await ask("names", of=of, limit=500))["names"][:5]:
                for claim in (await ask("dossier", name=str(name["number"])))["claims"]:
                    cited(claim)
        for pair in (await ask("contradictions", limit=100))["contradictions"]:
            for claim in pair["sides"]:
                cited(claim)
        await ask("search", words="strike*")
        assert called == set(tools), set(tools) - called
        refused = await session.call_tool("dossier", {"name": "Gregor Samsonov"})
        assert json.loads(refused.model_dump_json(by_alias=True))["isError"]
        return len(tools), len(claims)


def main() -> None:
    svodka = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as folder:
        project = made(svodka, Path(folder))
        before = hashlib.sha256(project.read_bytes()).hexdigest()
        tools, claims = asyncio.run(asked(svodka, project))
        assert hashlib.sha256(project.read_bytes()).hexdigest() == before, "the project was changed"
        beside = [path.name for path in project.parent.iterdir() if path.name.startswith("strikes.svodka-")]
        assert not beside, beside
    print(f"mcp: {tools} tools asked through the Python SDK, {claims} claims with their citations, nobody who may be alive named")


main()
