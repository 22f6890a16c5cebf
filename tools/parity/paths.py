"""Holds the annotations of all texts to one digest, whichever instructions of the processor the networks run on."""

import argparse
import hashlib
import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import texts


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dump", required=True, help="svodka-nlp's `dump` example, built")
    parser.add_argument("--model", required=True, help="the pipeline folder it reads")
    parser.add_argument("--shared", type=Path, default=texts.ROOT.parent / "shared", help="folder with bench/ and reports/")
    parser.add_argument("--only", action="append", choices=texts.SOURCES, help="read this source of texts alone")
    options = parser.parse_args()

    sources = options.only or texts.SOURCES
    lines = [json.dumps({"text": text}) + "\n" for source in sources for _, text in texts.SOURCES[source](options.shared)]
    cpus = subprocess.run([options.dump, "--list-cpus"], check=True, capture_output=True, encoding="utf-8").stdout.split()
    print(f"{len(lines):,} texts on each set of instructions of this processor: {', '.join(cpus)}")
    digests = set()
    for cpu in cpus:
        started = time.perf_counter()
        digest, count = annotate([options.dump, options.model, "--cpu", cpu, "--threads", str(os.cpu_count())], lines)
        print(f"{cpu:>15}: sha256 {digest} of {count:,} annotations, {time.perf_counter() - started:.0f} s", flush=True)
        digests.add((digest, count))
    return len(digests) != 1


def annotate(command, lines):
    """The digest of what a program prints of the lines it reads, and how many lines that is."""
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def feed():
        with process.stdin as stdin:
            for line in lines:
                stdin.write(line.encode())

    threading.Thread(target=feed, daemon=True).start()
    digest, count = hashlib.sha256(), 0
    for line in process.stdout:
        digest.update(line)
        count += 1
    if process.wait() != 0:
        sys.exit(f"parity: {command[0]} failed")
    return digest.hexdigest(), count


if __name__ == "__main__":
    sys.exit(main())
