#!/usr/bin/env python3
"""Make a notebook fit for reading: drop nbdev's directives and the cells that are plumbing.

Quarto runs this on every chapter (`ipynb-filters` in _quarto.yml): a notebook comes in on standard
input and leaves on standard output. Quarto's own options (`#| label: fig-plane`) stay.
"""

import json
import re
import sys

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


if __name__ == "__main__":
    for stream in (sys.stdin, sys.stdout):
        stream.reconfigure(encoding="utf-8")
    json.dump(clean(json.load(sys.stdin)), sys.stdout, ensure_ascii=False)
