#!/usr/bin/env python3
"""Adds constructed reports to a project and measures it: speed, memory, size, searches, dossiers, and who may be the same. Part of `make scale`.

    run.py SVODKA ASK NUMBER...

SVODKA and ASK are the program and its example `ask`. Says of each figure whether it is within what is asked for; fails if one is not.
"""
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
# What is asked for, with two processor cores.
SPEED, MEMORY, TIMES, SEARCH, DOSSIER, RESOLVE = 100, 1024, 6, 50, 100, 60


def measured(number, svodka, ask, folder):
    folder = Path(folder)
    subprocess.run([sys.executable, HERE / "reports.py", folder, str(number)], check=True)
    text = sum(file.stat().st_size for file in (folder / "reports").iterdir())
    project = folder / "scale.svodka"
    subprocess.run([svodka, "init", project], check=True, stdout=subprocess.DEVNULL)
    begun = time.monotonic()
    add = subprocess.Popen([svodka, "add", "--project", project, folder / "reports"], stdout=subprocess.PIPE, text=True)
    said = add.stdout.read().strip()
    _, status, usage = os.wait4(add.pid, 0)
    took = time.monotonic() - begun
    if status:
        sys.exit(f"adding failed: {said}")
    print(f"{number} reports, {text / 1e6:.1f} MB of text: {said}")
    size = project.stat().st_size
    fine = True

    def figure(what, value, unit, limit, at_least=False):
        nonlocal fine
        good = value >= limit if at_least else value <= limit
        fine &= good
        print(f"  {what}: {value:.1f} {unit} ({'at least' if at_least else 'at most'} {limit}: {'held' if good else 'MISSED'})")

    figure("add", number / took, "reports/s", SPEED, at_least=True)
    print(f"       processor time {1000 * (usage.ru_utime + usage.ru_stime) / number:.1f} ms a report on {os.cpu_count()} cores")
    figure("memory", usage.ru_maxrss / 1024, "MB", MEMORY)
    figure("file", size / text, "times the text", TIMES)
    begun = time.monotonic()
    subprocess.run([svodka, "check", "--project", project], check=True)
    print(f"  check took {time.monotonic() - begun:.1f} s")
    answers = subprocess.run([ask, project, folder / "cast.txt"], check=True, text=True, stdout=subprocess.PIPE).stdout
    print(re.sub("^", "  ", answers.rstrip(), flags=re.M))
    for what, limit in (("search", SEARCH), ("dossier", DOSSIER)):
        # The owner's first, then what others get, with every name looked through.
        for who, value in zip(("the owner", "others"), re.findall(rf"{what}:.* p95 ([\d.]+) ms", answers)):
            figure(f"{what} p95 for {who}", float(value), "ms", limit)
    begun = time.monotonic()
    resolve = subprocess.Popen([svodka, "resolve", "--project", project, "--owner", "--kind", "all", "--least", "0.9", "--limit", "0", "--json"],
                               stdout=subprocess.PIPE)
    proposals = json.load(resolve.stdout)
    _, status, usage = os.wait4(resolve.pid, 0)
    fine &= status == 0
    figure("resolve all", time.monotonic() - begun, "s", RESOLVE)
    figure("resolve memory", usage.ru_maxrss / 1024, "MB", MEMORY)
    people = [it for it in proposals if it["kind"] == "people"]
    wrong = [it for it in people if other(it["a"]["name"], it["b"]["name"])]
    print(f"       processor time {usage.ru_utime + usage.ru_stime:.1f} s; {len(proposals)} proposals, {len(people)} of people, "
          f"{len(wrong)} of these with two full names of the cast")
    return fine


def other(a, b):
    """Whether two names are full and not the same: everybody in the cast has a name of their own."""
    return a != b and " " in a and " " in b


def main():
    svodka, ask = (Path(program).resolve() for program in sys.argv[1:3])
    fine = True
    for number in map(int, sys.argv[3:]):
        with tempfile.TemporaryDirectory() as folder:
            fine &= measured(number, svodka, ask, folder)
    sys.exit(0 if fine else 1)


if __name__ == "__main__":
    main()
