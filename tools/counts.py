"""Write the pages that count: book/tested.qmd and book/exercises.qmd.

The lessons' cells are counted and their exercises listed, from the notebooks as they are.
"""

import ast
import json
import re
import sys
from pathlib import Path

from strip_directives import split

ROOT = Path(__file__).resolve().parent.parent
TITLE = re.compile(r"^### Exercise: (.+)$", re.M)
LABEL = re.compile(r"\*\((easy|medium|hard), (\d+) minutes\)\* \*\*Objective:\*\* (.+)")
DIRECTIVE = re.compile(r"#\| ?(\w+)(.*)")
EXERCISES = """---
number-sections: false
---

# The exercises {{.unnumbered}}

Each is in its lesson, with a gap, a hint, a check that says what is wrong, and the folded solution.
`rem-nb course build` makes students' notebooks of them. {total} exercises, {minutes} minutes by our
estimate; nobody has timed a class yet.

| lesson | exercise | difficulty | minutes | you learn to |
|---|----|--|--|------|
{rows}

The lessons have further questions without a check, with folded answers.
"""


def lessons():
    """Return name, title and cells of each lesson."""
    for path in sorted((ROOT / "nbs").glob("[0-9]*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        pairs = [(cell["cell_type"], "".join(cell["source"])) for cell in cells]
        title = next(m[1] for _, source in pairs if (m := re.match(r"# (.+)", source)))
        yield path.name, title, pairs


def entries(source):
    """Return how many wrong answers a `#| mistakes` cell plants."""
    return sum(len(node.keys) for node in ast.walk(ast.parse(source)) if is_dict(node))


def is_dict(node):
    return isinstance(node, ast.Dict)


def counted(pairs):
    """Return a lesson's numbers of tests, slow ones, inline checks, exercises and mistakes."""
    found = dict(tests=0, slow=0, inline=0, exercises=0, mistakes=0)
    for source in (text for kind, text in pairs if kind == "code"):
        lines = split(source)[0]  # `#| slow` may stand above `#| test`
        kinds = dict(m.groups() for line in lines if (m := DIRECTIVE.match(line)))
        kind = next((k for k in ("test", "exercise", "mistakes") if k in kinds), "")
        rest = kinds.get(kind, "")
        found["tests"] += kind == "test"
        found["slow"] += kind == "test" and "slow" in rest.split()
        found["exercises"] += kind == "exercise"
        found["mistakes"] += entries(source) if kind == "mistakes" else 0
        plain = not any(re.fullmatch(r"\w*export\w*|test\w*|check|mistakes", k) for k in kinds)
        found["inline"] += plain and bool(re.search(r"^ *assert\b", source, re.M))
    return found


def exercises(name, title, pairs):
    """Return a line for each exercise of a lesson."""
    for kind, source in pairs:
        if kind == "markdown" and (m := TITLE.search(source)) and (label := LABEL.search(source)):
            difficulty, minutes, objective = label.groups()
            place = f"[{m[1]}](../nbs/{name}#{anchor(m[0])})"
            goal = objective.strip(".").replace("\\|", "\\Vert ").replace("|", "\\vert ")  # a table
            cells = [f"[{title}](../nbs/{name})", place, difficulty, minutes, goal]
            yield int(minutes), f"| {' | '.join(cells)} |"


def anchor(heading):
    """Return pandoc's identifier of a heading."""
    text = re.sub(r"[`*]", "", heading.lstrip("# ")).lower()
    text = re.sub(r"[^\w\s.-]", "", text)
    return re.sub(r"^[^a-z]+", "", re.sub(r"\s+", "-", text.strip()))


def tested(found):
    """Return the page on testing: its text, with the table of numbers."""
    text = (ROOT / "tools" / "tested.md").read_text(encoding="utf-8")
    keys = ("tests", "slow", "inline", "exercises", "mistakes")
    rows = [
        f"| [{title}](../nbs/{name}) | " + " | ".join(str(n[key] or "") for key in keys) + " |"
        for name, title, n in found
    ]
    totals = [sum(n[key] for *_, n in found) for key in keys]
    rows.append("| **all** | " + " | ".join(f"**{total}**" for total in totals) + " |")
    return text.replace("TABLE", "\n".join(rows))


def main():
    found = [(name, title, pairs) for name, title, pairs in lessons()]
    tasks = [row for lesson in found for row in exercises(*lesson)]
    minutes = sum(minutes for minutes, _ in tasks)
    rows = "\n".join(row for _, row in tasks)
    pages = {
        "exercises": EXERCISES.format(total=len(tasks), minutes=minutes, rows=rows),
        "tested": tested([(name, title, counted(pairs)) for name, title, pairs in found]),
    }
    for name, text in pages.items():
        path = ROOT / "book" / f"{name}.qmd"
        path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    sys.exit(main())
