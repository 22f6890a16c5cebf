"""Runs spaCy and svodka-nlp in turn on the same text and compares their speed and memory."""

import argparse
import datetime
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "parity"))

import texts  # noqa: E402

# spaCy's own products run on one thread; whatever else might start some is told not to.
ONE_THREAD = {name: "1" for name in ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS", "MKL_NUM_THREADS"]}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--speed", required=True, help="svodka-nlp's `speed` example, built")
    parser.add_argument("--model", required=True, help="the pipeline folder it reads")
    parser.add_argument("--shared", type=Path, default=texts.ROOT.parent / "shared", help="folder with bench/ and reports/")
    parser.add_argument("--text", type=Path, help="read this file, a text on each line, instead")
    parser.add_argument("--megabytes", type=float, default=2, help="how much text is read at least")
    parser.add_argument("--rounds", type=int, default=5, help="how often each program runs")
    parser.add_argument("--long", type=float, metavar="MEGABYTES", help="read so much with svodka-nlp too, for its memory")
    options = parser.parse_args()

    with tempfile.TemporaryDirectory() as folder:
        text, origin = options.text, str(options.text)
        if not text:
            text = Path(folder) / "text.txt"
            origin = write_text(text, options.megabytes * 1e6, options.shared)
        print(f"machine: {machine()}")
        print(f"date:    {datetime.date.today()}")
        print(f"text:    {text.stat().st_size / 1e6:.2f} MB, {sum(1 for _ in text.open('rb')):,} texts: {origin}")

        svodka = [options.speed, options.model]
        programs = {
            "spaCy, 1 thread": [sys.executable, HERE / "spacy_speed.py", text],
            "svodka-nlp, 1 thread": [*svodka, text],
            "svodka-nlp, 2 threads": [*svodka, text, "--threads", "2"],
        }
        measured = {name: [] for name in programs}
        for number in range(options.rounds):
            for name, command in programs.items():
                result = run(command)
                measured[name].append(result)
                rate = result["tokens"] / result["seconds"]
                print(f"round {number + 1}, {name}: {rate:,.0f} tokens/s", file=sys.stderr)
        report(measured)
        if options.long:
            long = Path(folder) / "long.txt"
            repeat(text, long, options.long * 1e6)
            short_peak, long_peak = (
                run([*svodka, path, "--threads", "2"])["peak"] for path in (text, long)
            )
            print(
                f"\npeak memory of svodka-nlp on 2 threads: {short_peak:.0f} MB for {text.stat().st_size / 1e6:,.0f} MB of text, "
                f"{long_peak:.0f} MB for {long.stat().st_size / 1e6:,.0f} MB"
            )
        print(last_line(measured))


def report(measured):
    tokens = {results[0]["tokens"] for results in measured.values()}
    print(f"tokens:  {' and '.join(f'{count:,}' for count in sorted(tokens))}\n")
    rows = [["medians", "tokens/s", "lowest–highest", "processor s", "load ms", "peak MB"]]
    for name, results in measured.items():
        rates = [rate(result) for result in results]
        rows.append(
            [
                name,
                f"{statistics.median(rates):,.0f}",
                f"{min(rates):,.0f}–{max(rates):,.0f}",
                f"{median(results, 'cpu'):.2f}",
                f"{median(results, 'load') * 1000:.0f}",
                f"{median(results, 'peak'):.0f}",
            ]
        )
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        print("  ".join([row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:]))]))
    spacy = next(iter(measured.values()))
    print(f"\nspaCy's Python modules take another {median(spacy, 'import') * 1000:,.0f} ms to import")


def last_line(measured):
    spacy, one, two = (statistics.median(map(rate, results)) for results in measured.values())
    return f"svodka-nlp / spaCy tokens per second: 1 thread {one / spacy:.2f}, 2 threads {two / spacy:.2f}"


def rate(result):
    return result["tokens"] / result["seconds"]


def median(results, key):
    return statistics.median(result[key] for result in results)


def run(command):
    """What a program prints of itself, with its peak memory in MB."""
    environment = {**os.environ, **ONE_THREAD}
    with subprocess.Popen(list(map(str, command)), stdout=subprocess.PIPE, env=environment) as process:
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"bench-nlp: {command[0]} failed")
    kilobytes = usage.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    return {**json.loads(output), "peak": kilobytes * 1024 / 1e6}


def write_text(path, size, shared):
    """Writes paragraphs from all texts that there are, taking turns between them, and says which those were."""
    sources = {}
    for name, source in texts.SOURCES.items():
        if name != "mangled":
            sources[name] = [" ".join(text.split()) for _, text in source(shared)]
    found = [name for name, paragraphs in sources.items() if paragraphs]
    # One paragraph of each in turn, until all are used up.
    longest = max(len(sources[name]) for name in found)
    turns = [sources[name][turn] for turn in range(longest) for name in found if turn < len(sources[name])]
    turns = [text for text in turns if text]
    written, times = 0, 0
    with path.open("w", encoding="utf-8") as lines:
        while written < size:
            times += 1
            for text in turns:
                written += lines.write(text + "\n")
                if written >= size:
                    break
    origin = "paragraphs of " + ", ".join(found)
    return origin if times == 1 else f"{origin}, {times} times over"


def repeat(text, path, size):
    with path.open("wb") as file:
        content = text.read_bytes()
        while file.tell() < size:
            file.write(content)


def machine():
    name = platform.processor() or platform.machine()
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        name = next(line.split(":")[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        pass
    return f"{name}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"


if __name__ == "__main__":
    main()
