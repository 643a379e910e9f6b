#!/usr/bin/env python3
"""Put the lessons into the book for download: _book/downloads/NAME.ipynb. Quarto runs this.

Each gets a first cell that makes it run on Colab and anywhere else: it fetches the repository where
the lessons' stored results are missing, and installs rem_nb where that is missing. Without
`repo-url` in _quarto.yml the notebooks stay as they are.
"""

import json
import os
import sys
from pathlib import Path

from strip_directives import ROOT, repository

SETUP = """\
# On Colab, or wherever something is missing: fetch the lessons, install rem_nb.
import os
from importlib.util import find_spec

if not os.path.isdir("results"):
    !git clone -q --depth 1 {repo} rem_nb_lessons
    os.chdir("rem_nb_lessons/nbs")
if find_spec("rem_nb") is None:
    %pip install -q "..[jupyter]"
"""


def edition(nb, repo):
    """Return a notebook with the set-up cell in front, where the repository is known."""
    code = {"cell_type": "code", "id": "setup", "metadata": {}, "outputs": []}
    code |= {"execution_count": None, "source": SETUP.format(repo=repo)}
    return {**nb, "cells": [code, *nb["cells"]]} if repo else nb


def main(out):
    """Write the notebooks, and what they read, beside the book's pages."""
    folder = Path(out) / "downloads"
    folder.mkdir(parents=True, exist_ok=True)
    for path in sorted((ROOT / "nbs").glob("[0-9]*.ipynb")):
        nb = edition(json.loads(path.read_text(encoding="utf-8")), repository())
        text = json.dumps(nb, indent=1, ensure_ascii=False) + "\n"
        (folder / path.name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(*sys.argv[1:] or [os.environ.get("QUARTO_PROJECT_OUTPUT_DIR", ROOT / "_book")])
