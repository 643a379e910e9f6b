#!/usr/bin/env python3
"""Run every notebook by nbdev-test in a process of its own; print what it cost.

python tools/timing.py [--jobs 2] [--flags slow] [NOTEBOOK ...]

The seconds of cells and the memory of processes are for reading: nothing fails because of them.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LINE = re.compile(r"^(\S+\.ipynb):([\w-]+): ([\d.]+)s$")
SLOWEST = 15  # cells that are listed
ENV = {**os.environ, "PYTHONUNBUFFERED": "1"}


def memory(process):
    """Wait for the end of a process; return the peak of its largest process, MB, or None."""
    if not hasattr(os, "wait4"):  # Windows
        process.wait()
        return None
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


def run(notebook, flags):
    """Run a notebook; return its exit code, the seconds by cell and the memory, MB."""
    command = ["nbdev-test", str(notebook), "--n-workers", "0", "--cell-timing-min", "0"]
    command += ["--flags", flags] if flags else []
    said = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "encoding": "utf-8"}
    seconds, rest = Counter(), []
    process = subprocess.Popen(command, env=ENV, errors="replace", **said)
    with process.stdout:
        for line in process.stdout:
            if found := LINE.match(line.rstrip()):
                seconds[found[1], found[2]] += float(found[3])
            else:
                rest.append(line)
    peak = memory(process)
    if process.returncode:
        print("".join(rest), flush=True)
    result = "FAILED" if process.returncode else "ok"
    size = "" if peak is None else f"{peak:8,.0f} MB"
    print(f"{result:6} {seconds.total():8.1f} s{size}  {notebook.name}", flush=True)
    return process.returncode, seconds, peak


def place(notebook, key):
    """Return a cell's number and first line of code."""
    nb = json.loads((ROOT / "nbs" / notebook).read_text(encoding="utf-8"))
    for n, cell in enumerate(nb["cells"]):
        if cell["id"] == key:
            lines = "".join(cell["source"]).split("\n")
            code = (line for line in lines if line.strip() and not line.startswith("#| eval"))
            return f"cell {n}: {next(code, '')[:50]}"
    return key


def arguments(args):
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("notebooks", nargs="*", type=Path, metavar="NOTEBOOK")
    parser.add_argument("--jobs", type=int, default=2, help="notebooks at a time")
    parser.add_argument("--flags", default="", help="directives whose cells run, too: slow")
    return parser.parse_args(args)


def main(args):
    args = arguments(args)
    notebooks = args.notebooks or sorted(ROOT.glob("nbs/*.ipynb"))
    start = time.perf_counter()
    with ThreadPoolExecutor(args.jobs) as pool:
        results = list(pool.map(partial(run, flags=args.flags), notebooks))
    seconds = sum((cells for _, cells, _ in results), Counter())
    print(f"\nThe slowest {min(SLOWEST, len(seconds))} of {len(seconds)} cells, seconds:")
    for (notebook, key), spent in seconds.most_common(SLOWEST):
        print(f"{spent:8.2f}  {notebook}, {place(notebook, key)}")
    wall, largest = time.perf_counter() - start, max(peak or 0 for _, _, peak in results)
    print(f"\n{len(results)} notebooks, {args.jobs} at a time: {wall:.0f} s; their cells: "
          f"{seconds.total():.0f} s; the largest process: {largest:,.0f} MB")  # fmt: skip
    return int(any(code for code, _, _ in results))  # a signal gives a code below 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
