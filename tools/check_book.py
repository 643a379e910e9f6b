"""Check what can be checked of the book without Quarto, and name each fault found."""

import json
import re
import subprocess
import sys
from pathlib import Path

from strip_directives import FOLD, clean, is_quarto, split, strip

ROOT = Path(__file__).resolve().parent.parent
NBS = ROOT / "nbs"
MAX_BYTES = 1_500_000
LINK = re.compile(r'(?:\]\(|(?:src|href)=")(?![a-z]+:|//)([^)\s"]+)')
SAMPLE = "#| export\n#| label: fig-a\n#| fig-cap: >\n#|   Two lines.\n#| eval: false\n#| test a\nx"


def filter_faults():
    """Try the filter on one cell that has every kind of line."""
    rest = "#| label: fig-a\n#| fig-cap: >\n#|   Two lines.\nx"
    if strip(SAMPLE) != f"{FOLD}{rest}":
        yield f"strip_directives keeps the wrong lines: {strip(SAMPLE)!r}"
    hidden = {"cells": [{"source": "#| hide\nx"}, {"source": "nbdev.nbdev_export()"}]}
    if clean(hidden)["cells"]:
        yield "strip_directives keeps cells that are not for the reader"


def chapter_faults(names):
    """Compare the chapters of _quarto.yml with the notebooks there are."""
    text = (ROOT / "_quarto.yml").read_text(encoding="utf-8")
    chapters = re.findall(r"^ *- +([\w/.-]+\.(?:ipynb|qmd)) *$", text, re.M)
    yield from (f"_quarto.yml: {c} does not exist" for c in chapters if not (ROOT / c).exists())
    unread = {f"nbs/{n}" for n in names} - set(chapters) - {"nbs/index.ipynb"}
    yield from (f"_quarto.yml: {name} is not a chapter" for name in sorted(unread))


def cell_faults(nb):
    """Find directives that the filter leaves, and outputs that a reader should not see."""
    for n, cell in enumerate(nb["cells"]):
        for line in split(cell["source"])[0]:
            if re.match(r"#\| ?\S", line) and not line.startswith("#| -") and not is_quarto(line):
                yield f"cell {n} of the filtered notebook has a directive: {line.strip()}"
        long = [row for row in cell["source"].split("\n") if len(row) > 100]
        if cell["cell_type"] == "code" and any(not row.startswith("#|") for row in long):
            yield f"cell {n} of the filtered notebook has a line of more than 100 columns"
        for out in cell.get("outputs", []):
            if out["output_type"] == "error":
                yield f"cell {n} of the filtered notebook shows an error: {out['ename']}"
            stderr = "".join(out["text"]) if out.get("name") == "stderr" else ""
            if re.search("warning", stderr, re.I):
                yield f"cell {n} of the filtered notebook shows a warning: {stderr.strip()[:90]}"


def to_html(nb):
    """Return the notebook as pandoc's HTML, and pandoc's warnings; None without pypandoc."""
    try:
        import pypandoc
    except ImportError:
        return None
    # pandoc wants numbers where nbdev-clean leaves none
    text = json.dumps(nb).replace('"execution_count": null', '"execution_count": 1')
    command = [pypandoc.get_pandoc_path(), "-f", "ipynb", "-t", "html", "--mathml"]
    done = subprocess.run(command, input=text.encode(), capture_output=True)
    return done.stdout.decode(), done.stderr.decode().strip()


def prose(nb):
    """Return the notebook's Markdown without its code."""
    text = "\n\n".join(c["source"] for c in nb["cells"] if c["cell_type"] == "markdown")
    return re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.S)


def link_faults(folder, text, html, labels=()):
    """Check that relative links of Markdown text in a folder lead somewhere."""
    for link in LINK.findall(text):
        path, _, anchor = link.partition("#")
        target = (folder / path).resolve() if path else None
        if target and not target.exists():
            yield f"link to {link}: no such file"
        elif anchor and (page := html.get(target.name if target else None)):
            if f'id="{anchor}"' not in page and anchor not in labels:
                yield f"link to {link}: no such heading"


def reference_faults(text, labels):
    """Check that references such as @fig-plane have a label somewhere in the book."""
    for ref in re.findall(r"(?<!\w)@((?:fig|tbl|eq|sec)-[\w-]+)", text):
        if ref not in labels:
            yield f"reference @{ref}: no such label"


def notebook_faults(names):
    """Check each notebook as the book shows it."""
    nbs = {n: clean(json.loads((NBS / n).read_text(encoding="utf-8"))) for n in names}
    pages = {name: to_html(nb) for name, nb in nbs.items()}
    html = {name: page[0] for name, page in pages.items() if page}
    sources = "\n".join(cell["source"] for nb in nbs.values() for cell in nb["cells"])
    labels = set(re.findall(r"(?:^#\| label: *|\{#)((?:fig|tbl|eq|sec)-[\w-]+)", sources, re.M))
    for name, nb in nbs.items():
        faults = [*cell_faults(nb), *reference_faults(prose(nb), labels)]
        faults += link_faults(NBS, prose(nb), {**html, None: html.get(name)}, labels)
        if pages[name] and pages[name][1]:
            faults.append(f"pandoc: {pages[name][1]}")
        if (size := (NBS / name).stat().st_size) > MAX_BYTES:
            faults.append(f"{size:,} bytes, more than {MAX_BYTES:,}")
        yield from (f"nbs/{name}: {fault}" for fault in faults)
    if names and not html:
        print("pypandoc is not installed: pandoc's checks and links to headings are skipped")


def main():
    names = sorted(path.name for path in NBS.glob("*.ipynb"))
    faults = [*filter_faults(), *chapter_faults(names), *notebook_faults(names)]
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    faults += [f"README.md: {fault}" for fault in link_faults(ROOT, readme, {})]
    print("\n".join(faults) or f"{len(names)} notebooks: no faults")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
