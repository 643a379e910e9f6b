"""Write book/paper_map.qmd: which cell computes which equation or claim of the paper.

Equations are those that the lessons label, `$$ … $$ {#eq-name}`; the cell is the next one that
exports something. Their source is what the text around them says. Steps are what docstrings name.
Claims are those of `rem_nb.claims`, judged by the stored rows.
"""

import ast
import importlib
import inspect
import json
import re
import sys
from pathlib import Path

from reference import is_ours, lessons

ROOT = Path(__file__).resolve().parent.parent
EQUATION = re.compile(r"\$\$\s*((?:(?!\$\$).)+?)\s*\$\$\s*\{#(eq-[\w-]+)\}", re.S)
SOURCE = re.compile(
    r"arXiv \d{4}\.\d{5}|\b[Pp]aper\b|et al\.|Algorithm \d|\w+ and [A-Z]\w+,? \(?\d{4}"
)
MOST = 3  # functions and sentences named for one equation
HEAD = """---
number-sections: false
---

# Paper map {{#paper-map .unnumbered}}

Where the equations, steps and claims of *Redirection for Erasing Memory* [@schoepf2025rem], and of
the methods beside it, are in this book: each links to the lesson and to the function that computes
it. Made by `tools/paper_map.py` from the lessons.

## Steps and settings of the paper

What the code names with its docstrings.

{steps}

## Equations

The link leads to the lesson, where the equation stands next to the code that computes it. Then come
the functions of its section, and the source as the lesson names it.

{equations}

## Claims

Whether each claim holds for the rows stored here: {rows} rows of small networks on 8×8 digits,
which show effects and do not confirm the paper's figures.
[{title}](../nbs/{notebook}) has the figures and the reasons.

| claim | rule | here |
|-----|----|--|
{claims}
"""


def sentences(text):
    """Split the prose of Markdown into sentences, without formulas on display and headings."""
    text = re.sub(
        r"\$\$.*?\$\$(\s*\{#[\w-]+\})?|^#[^\n]*|```.*?```", "\n\n", text, flags=re.S | re.M
    )
    parts = re.split(r"\n\s*\n|(?<=[.:?])\s+(?=[*(\[A-Z])(?<!et al\. )(?<!cf\. )(?<!e\.g\. )", text)
    return [" ".join(part.split()) for part in parts if part.strip()]


def made(cells):
    """Return the names of the functions and classes that the rest of a section exports."""
    names = []
    for cell in cells:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown" and re.match(r"#+ ", source):
            break
        if cell["cell_type"] == "code" and re.match(r"#\| ?exports?\b", source):
            kinds = ast.FunctionDef | ast.ClassDef
            names += [node.name for node in ast.parse(source).body if isinstance(node, kinds)]
    return names


def link(module, name):
    """Return a link to a name's place on its reference page."""
    return f"[`{name}`](reference/{module}.qmd#rem_nb.{module}.{name})"


def equations(module, notebook, title):
    """Return the lines about the equations of a lesson."""
    cells = json.loads((ROOT / "nbs" / notebook).read_text(encoding="utf-8"))["cells"]
    exported = importlib.import_module(f"rem_nb.{module}").__all__
    lines, before = [], []
    for n, cell in enumerate(cells):
        if cell["cell_type"] != "markdown":
            continue
        text = "".join(cell["source"])
        before = [] if text.startswith("#") else before
        own = sentences(text)
        for formula, label in EQUATION.findall(text):
            named = [s for s in (*own, *before) if SOURCE.search(s) and "Predict" not in s][:MOST]
            names = [m for m in made(cells[n + 1 :]) if m in exported and "check_" not in m][:MOST]
            where = ", ".join([f"@{label}", *(link(module, name) for name in names)])
            lines.append(
                f"- ${' '.join(formula.split())}$ ({where}) {' '.join(named)}".rstrip(" :")
            )
        before = own
    return [f"### {title}\n", *lines, ""] if lines else []


def steps(module):
    """Return a line for each function whose docstring names the paper."""
    loaded = importlib.import_module(f"rem_nb.{module}")
    for name in loaded.__all__:
        value = getattr(loaded, name)
        if is_ours(value) and re.search(r"\(paper: |arXiv 2505\.17730", value.__doc__ or ""):
            said = " ".join(inspect.getdoc(value).split("\n\n")[0].split())
            source = re.search(r"Source: .+", value.__doc__)
            more = f" {source[0]}" if source and source[0] not in said else ""
            yield f"- {link(module, name)}: {said}{more}"


def claims():
    """Return the table of claims, and how many rows judged them."""
    import pandas as pd

    from rem_nb.claims import CLAIMS, judge

    rows = pd.read_csv(ROOT / "nbs" / "results" / "plane.csv")
    lines = [
        f"| {line.claim} ({link('claims', claim.__name__)}) | {' '.join(line.rule.split())} | "
        f"{'holds' if line.holds else '**does not hold**'} |"
        for claim, line in zip(CLAIMS, judge(rows).itertuples(), strict=True)
    ]
    return "\n".join(lines), f"{len(rows):,}"


def main():
    found = lessons()
    table, rows = claims()
    named = [line for module in found for line in dict.fromkeys(steps(module))]
    formulas = [line for module, where in found.items() for line in equations(module, *where)]
    notebook, title = found["claims"]
    text = HEAD.format(
        steps="\n".join(named),
        equations="\n".join(formulas).strip(),
        claims=table,
        rows=rows,
        notebook=notebook,
        title=title,
    )
    path = ROOT / "book" / "paper_map.qmd"
    path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    sys.exit(main())
