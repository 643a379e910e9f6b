#!/usr/bin/env python3
"""Make a notebook fit for reading: drop nbdev's directives and the cells that are plumbing.

Quarto runs this on every chapter (`ipynb-filters` in _quarto.yml): a notebook comes in on standard
input and leaves on standard output. Quarto's own options (`#| label: fig-plane`) stay. What a
lesson says before it starts (time, data) becomes a box with links: download, and Colab where
`repo-url` in _quarto.yml says where the repository is.
"""

import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
START = re.compile(r"^\*\*Before you start\*\*:.*$", re.M)
FIELD = re.compile(r"\s+(?=\*\*(?:Time|Data)\*\*:)")
BUTTON = '{.btn .btn-outline-primary .btn-sm role="button"}'
HEAD = re.compile(r"\s*(#\s*\||$)")  # a directive or a blank line, before the code begins
NAME = re.compile(r"\s*#\s*\|\s*([\w-]+)(:?)")
CONTINUES = re.compile(r"#\|(  |\t| *- )")  # the next line of a long Quarto option
NBDEV = set("default_exp export exporti exports exportd test testsetup hide eval slow".split())
NBDEV |= {"exercise", "check", "mistakes"}
UNREAD = {"hide", "default_exp", "mistakes"}
PLUMBING = {"export", "testsetup"}  # imports and helpers: folded, so that the lesson comes first
FOLD = "#| code-fold: true\n"
SOLUTION = re.compile(r"^( *)### BEGIN SOLUTION\n(.*?)^ *### END SOLUTION *(?:\n|\Z)", re.M | re.S)


def split(source):
    """Return the directive lines that a cell begins with, and the rest."""
    lines = "".join(source).splitlines(keepends=True)
    n = next((i for i, line in enumerate(lines) if not HEAD.match(line)), len(lines))
    return lines[:n], lines[n:]


def is_quarto(line):
    """Tell whether a directive line is an option of Quarto's."""
    m = NAME.match(line)
    return bool(m) and m[2] == ":" and m[1] not in NBDEV


def strip(source):
    """Return a cell's source without nbdev's directives."""
    head, body = split(source)
    kept, keep = [], False
    for line in head:
        if not CONTINUES.match(line):
            keep = is_quarto(line)
        if keep:
            kept.append(line)
    return "".join([FOLD] * bool(names(head) & PLUMBING) + kept + body)


def names(head):
    """Return the names of a cell's directives."""
    return {m[1] for m in map(NAME.match, head) if m}


def is_read(cell):
    """Tell whether a cell is for the reader."""
    head, body = split(cell["source"])
    code = "".join(body).strip()
    return bool(code) and not names(head) & UNREAD and "nbdev_export()" not in code


def shown(cell):
    """Return what the book shows for a cell; of an exercise the gap, and the solution folded."""
    source = strip(cell["source"])
    if "exercise" not in names(split(cell["source"])[0]):
        return [{**cell, "source": source}]
    gap = {**cell, "source": SOLUTION.sub(r"\1...  # your code\n", source), "outputs": []}
    head = FOLD + '#| code-summary: "Solution"\n'
    solution = {**cell, "source": head + SOLUTION.sub(r"\2", source)}
    return [gap, solution | ({"id": f"{cell['id']}-solution"} if "id" in cell else {})]


def clean(nb):
    """Return the notebook with only the cells and lines that are for the reader."""
    return {**nb, "cells": [new for cell in nb["cells"] if is_read(cell) for new in shown(cell)]}


def title(nb):
    """Return the first heading of a notebook."""
    sources = ("".join(cell["source"]) for cell in nb["cells"])
    return next((m[1] for m in (re.match(r"# +(.+)", s) for s in sources) if m), None)


def name_of(nb):
    """Return the file name of the notebook in nbs/ with this title; Quarto does not tell it."""
    for path in sorted((ROOT / "nbs").glob("[0-9]*.ipynb")):
        if title(json.loads(path.read_text(encoding="utf-8"))) == title(nb):
            return path.name


def repository():
    """Return the repository's address from _quarto.yml; nothing while it has none."""
    text = (ROOT / "_quarto.yml").read_text(encoding="utf-8")
    found = re.search(r"^ *repo-url: *[\"']?([^\s\"'#]+)", text, re.M)
    return found[1].rstrip("/") if found else None


def buttons(name, repo):
    """Return the links of a lesson: its notebook, and Colab's view of it."""
    links = [f"[Download the notebook](../downloads/{name}){BUTTON}"]
    if repo and "github.com/" in repo:
        place = repo.partition("github.com/")[2]
        colab = f"https://colab.research.google.com/github/{place}/blob/gh-pages/downloads/{name}"
        links.append(f"[Open in Colab]({colab}){BUTTON}")
    return " ".join(links)


def boxed(nb, name, repo=None):
    """Return the notebook with a box of time, data and links after its summary."""

    def box(match):
        lines = FIELD.sub(r"\\\n", match[0])
        return f"::: {{.callout-note icon=false}}\n{lines}\n\n{buttons(name, repo)}\n:::"

    first, *others = nb["cells"]
    if not name or first["cell_type"] != "markdown":
        return nb
    source = START.sub(box, "".join(first["source"]), count=1)
    return {**nb, "cells": [{**first, "source": source}, *others]}


def book(nb, name=None):
    """Return the notebook as the book shows it."""
    return boxed(clean(nb), name or name_of(nb), repository())


if __name__ == "__main__":
    for stream in (sys.stdin, sys.stdout):
        stream.reconfigure(encoding="utf-8")
    json.dump(book(json.load(sys.stdin)), sys.stdout, ensure_ascii=False)
