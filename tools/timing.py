#!/usr/bin/env python3
"""Run nbdev-test, and print how long cells and notebooks took and how much memory was needed.

python tools/timing.py [ARGUMENTS OF nbdev-test ...]

The times are for reading: nothing fails because it is slow.
"""

import json
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LINE = re.compile(r"^(\S+\.ipynb):([\w-]+): ([\d.]+)s$")
SLOWEST = 15  # cells that are listed


def run(args):
    """Run nbdev-test; pass on what it says and return its exit code and the seconds by cell."""
    command = ["nbdev-test", "--cell-timing-min", "0", *args]
    env = {**os.environ, "PYTHONUNBUFFERED": "1"}
    seconds = Counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=env, encoding="utf-8") as process:
        for line in process.stdout:
            if found := LINE.match(line.rstrip()):
                seconds[found[1], found[2]] += float(found[3])
            else:
                print(line, end="", flush=True)
    return process.returncode, seconds


def place(notebook, key):
    """Return a cell's number and first line of code."""
    nb = json.loads((ROOT / "nbs" / notebook).read_text(encoding="utf-8"))
    for n, cell in enumerate(nb["cells"]):
        if cell["id"] == key:
            lines = "".join(cell["source"]).split("\n")
            code = (line for line in lines if line.strip() and not line.startswith("#| eval"))
            return f"cell {n}: {next(code, '')[:50]}"
    return key


def table(seconds):
    """Return the lines of a report."""
    by_notebook = Counter()
    for (notebook, _), spent in seconds.items():
        by_notebook[notebook] += spent
    yield f"\nThe slowest {min(SLOWEST, len(seconds))} of {len(seconds)} cells, seconds:"
    for (notebook, key), spent in seconds.most_common(SLOWEST):
        yield f"{spent:8.2f}  {notebook}, {place(notebook, key)}"
    yield "\nNotebooks, seconds of their cells:"
    for notebook, spent in sorted(by_notebook.items()):
        yield f"{spent:8.1f}  {notebook}"
    yield f"{by_notebook.total():8.1f}  all {len(by_notebook)} together"


def peak():
    """Return the memory of the largest process so far, MB; None where the system does not say."""
    try:
        import resource
    except ImportError:  # Windows
        return None
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return most / (2**20 if sys.platform == "darwin" else 2**10)


def main(args):
    code, seconds = run(args)
    if seconds:
        print("\n".join(table(seconds)))
    if (most := peak()) is not None:
        print(f"Largest process: {most:,.0f} MB")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
