"""Say where a lesson does not have the shape of a lesson; CONTRIBUTING.md shows the shape."""

import re

from strip_directives import is_read, names, split

MAX_LINES = 40
OPTIONS = ("label: fig-", "fig-cap:", "fig-alt:")


def text_of(nb):
    """Return the Markdown of a notebook without its code."""
    cells = (c for c in nb["cells"] if c["cell_type"] == "markdown")
    text = "\n\n".join("".join(cell["source"]) for cell in cells)
    return re.sub(r"^```.*?^```", "", text, flags=re.S | re.M)


def count(pattern, text):
    """Count the lines of a text that begin with a pattern."""
    return len(re.findall(rf"^{pattern}", text, re.M))


def head_faults(text):
    """Check what stands before the first heading of the second level."""
    head = re.split(r"^## ", text, maxsplit=1, flags=re.M)[0]
    if not re.match(r"# .+\n+> .+", head):
        yield "no title with a one-line summary, `> …`, below"
    for word in ("Before you start", "Time", "Data"):
        if f"**{word}**:" not in head:
            yield f"no **{word}**: before the first section"
    goals = head.partition("After this lesson you can")[2]
    if (n := count(r"\d\. ", goals)) < 3:
        yield f"{n} objectives below `After this lesson you can`: 3 are wanted"


def body_faults(text, last):
    """Check the sections that each lesson has."""
    if not count(r"\*\*Predict, then run\.\*\*", text):
        yield "no paragraph begins with **Predict, then run.**"
    for heading in ("What could go wrong", "Recap"):
        if not count(rf"## {heading}$", text):
            yield f"no section `## {heading}`"
    after = text.partition("**Check yourself.**")[2]
    asked, _, folded = after.partition("<details>")
    answers = folded.partition("</details>")[0]
    if (n := len(re.findall(r"\(\d\)", asked) or re.findall(r"^\d\. ", asked, re.M))) != 3:
        yield f"{n} questions in **Check yourself.**: 3 are wanted"
    if (n := count(r"\d\. ", answers)) != 3:
        yield f"{n} folded answers below **Check yourself.**: 3 are wanted"
    if not last and not count(r"Next: \[", text):
        yield "no line `Next: [lesson](file)`"


def math_faults(text):
    """Find formulas on display without a label."""
    for formula, label in re.findall(r"\$\$(.+?)\$\$[ \t]*(\{#eq-[\w-]+\}(?=\s|$))?", text, re.S):
        if not label:
            yield f"no label {{#eq-…}} behind $${' '.join(formula.split())[:40]}…"


def cell_faults(nb):
    """Check figures and the length of code cells, and that Markdown's pictures have a text."""
    for n, cell in enumerate(nb["cells"]):
        source = "".join(cell["source"])
        if cell["cell_type"] != "code":
            if re.search(r"!\[\s*\]\(|<img(?![^>]*\balt=)", source):
                yield f"cell {n}: a picture without a text"
            continue
        head, body = split(source)
        if (lines := sum(bool(line.strip()) for line in body)) > MAX_LINES:
            yield f"cell {n}: {lines} lines of code, more than {MAX_LINES}"
        head = "".join(head)
        drawn = any("image/png" in out.get("data", {}) for out in cell.get("outputs", []))
        if is_read(cell) and (drawn or "#| label: fig-" in head):
            missing = [key for key in OPTIONS if f"#| {key}" not in head]
            yield from (f"cell {n}: a figure without {key}" for key in missing)


def shape_faults(nb, last=False):
    """Name what a lesson lacks: `last` for the last one, behind which there is no next."""
    text = text_of(nb)
    yield from head_faults(text)
    yield from body_faults(text, last)
    kinds = [names(split(cell["source"])[0]) for cell in nb["cells"] if cell["cell_type"] == "code"]
    if (n := sum("exercise" in kind for kind in kinds)) < 2:
        yield f"{n} exercises with a check (`#| exercise`): 2 or more are wanted"
    yield from math_faults(text)
    yield from cell_faults(nb)
