"""Check what can be checked of the book without Quarto, and name each fault found."""

import json
import re
import subprocess
import sys
from pathlib import Path

from lesson_shape import shape_faults
from strip_directives import BUTTON, FOLD, boxed, clean, is_quarto, split, strip

ROOT = Path(__file__).resolve().parent.parent
NBS = ROOT / "nbs"
MAX_BYTES, MANY_BYTES = 1_500_000, 400_000
CHAPTER = re.compile(r"^ *- +([\w/.-]+\.(?:ipynb|qmd)) *$", re.M)
LABEL = re.compile(r"(?:^#\| label: *|\{#)((?:fig|tbl|eq|sec)-[\w-]+)", re.M)
CITED = re.compile(r"(?<![\w.@/])@([A-Za-z][\w-]*\w)")
CROSS = ("fig-", "tbl-", "eq-", "sec-")
READERS = "ipynb+fenced_divs+link_attributes+header_attributes+tex_math_dollars"
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
    start = "**Before you start**: all. **Time**: none. **Data**: none."
    page = {"cells": [{"cell_type": "markdown", "source": f"# A\n\n{start}\n\nB"}]}
    source = boxed(page, "a.ipynb", "https://github.com/me/it")["cells"][0]["source"]
    parts = [
        "/me/it/blob/gh-pages/downloads/a.ipynb",
        "](../downloads/a.ipynb)",
        "all.\\\n**Time**",
    ]
    if any(part not in source for part in parts) or source.count(BUTTON) != 2:
        yield f"strip_directives makes the wrong box: {source!r}"


def chapters():
    """Return the chapters of the book in order, as _quarto.yml names them."""
    return CHAPTER.findall((ROOT / "_quarto.yml").read_text(encoding="utf-8"))


def chapter_faults(listed, there):
    """Compare the chapters of _quarto.yml with the pages there are."""
    yield from (f"_quarto.yml: {c} does not exist" for c in listed if not (ROOT / c).exists())
    yield from (f"_quarto.yml: {c} is twice a chapter" for c in set(listed) if listed.count(c) > 1)
    yield from (f"_quarto.yml: {c} is not a chapter" for c in sorted(set(there) - set(listed)))


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


def to_html(source, name):
    """Return a page as pandoc's HTML, and pandoc's warnings; None without pypandoc."""
    try:
        import pypandoc
    except ImportError:
        return None
    kind = READERS if name.endswith(".ipynb") else "markdown"
    # pandoc wants numbers where nbdev-clean leaves none
    text = source.replace('"execution_count": null', '"execution_count": 1')
    command = [pypandoc.get_pandoc_path(), "-f", kind, "-t", "html", "--mathml"]
    done = subprocess.run(command, input=text.encode(), capture_output=True)
    return done.stdout.decode(), done.stderr.decode().strip()


def prose(source, name):
    """Return the Markdown of a page without its code."""
    if name.endswith(".ipynb"):
        cells = json.loads(source)["cells"]
        source = "\n\n".join(c["source"] for c in cells if c["cell_type"] == "markdown")
    return re.sub(r"```.*?```|`[^`\n]*`", "", source, flags=re.S)


def link_faults(folder, text, html, labels=(), here=None):
    """Check that relative links of Markdown text in a folder lead somewhere."""
    for link in LINK.findall(text):
        path, _, anchor = link.partition("#")
        if path.startswith("../downloads/"):  # made when the book is, by tools/downloads.py
            path = f"../nbs/{path.removeprefix('../downloads/')}"
        target = (folder / path).resolve() if path else here
        if target and not target.exists():
            yield f"link to {link}: no such file"
        elif anchor and (page := html.get(target)):
            if f'id="{anchor}"' not in page and anchor not in labels:
                yield f"link to {link}: no such heading"


def reference_faults(text, labels, keys):
    """Check that each @name is a label in the book or a paper in references.bib."""
    for name in CITED.findall(text):
        if name.startswith(CROSS) and name not in labels:
            yield f"reference @{name}: no such label"
        elif not name.startswith(CROSS) and name not in keys:
            yield f"citation @{name}: not in references.bib"


def label_faults(sources):
    """Check that no two places of the book have the same label."""
    first = {}
    for name, source in sources.items():
        for label in LABEL.findall(source):
            if label in first:
                yield f"{name}: label {label} is used in {first[label]} already"
            first.setdefault(label, name)


def lines_of(source, name):
    """Return what labels are looked for in: the cells' text, or the page itself."""
    if not name.endswith(".ipynb"):
        return source
    return "\n".join(cell["source"] for cell in json.loads(source)["cells"])


def read(name):
    """Return a page's text as the book shows it."""
    text = (ROOT / name).read_text(encoding="utf-8")
    if not name.endswith(".ipynb"):
        return text
    short = Path(name).name
    return json.dumps(boxed(clean(json.loads(text)), short, None), ensure_ascii=False)


def page_faults(names):
    """Check each page as the book shows it."""
    pages = {name: read(name) for name in names}
    made = {name: to_html(text, name) for name, text in pages.items()}
    html = {(ROOT / name).resolve(): page[0] for name, page in made.items() if page}
    sources = {name: lines_of(text, name) for name, text in pages.items()}
    labels = set(LABEL.findall("\n".join(sources.values())))
    bib = (ROOT / "references.bib").read_text(encoding="utf-8")
    keys = set(re.findall(r"^@\w+\{([\w-]+),", bib, re.M))
    yield from label_faults(sources)
    for name, text in pages.items():
        words, here = prose(text, name), (ROOT / name).resolve()
        faults = [*reference_faults(words, labels, keys)]
        faults += link_faults(here.parent, words, html, labels, here)
        faults += cell_faults(json.loads(text)) if name.endswith(".ipynb") else []
        if made[name] and made[name][1]:
            faults.append(f"pandoc: {made[name][1]}")
        yield from (f"{name}: {fault}" for fault in faults)
    if names and not html:
        print("pypandoc is not installed: pandoc's checks and links to headings are skipped")


def size_faults(names):
    """Check the notebooks' sizes; name those that are large."""
    for name in names:
        if (size := (ROOT / name).stat().st_size) > MAX_BYTES:
            yield f"{name}: {size:,} bytes, more than {MAX_BYTES:,}"
        elif size > MANY_BYTES:
            print(f"note: {name} has {size:,} bytes, more than {MANY_BYTES:,}: is that needed?")


def lesson_faults(listed):
    """Check the shape of each lesson."""
    lessons = [name for name in listed if re.match(r"nbs/\d", name) and (ROOT / name).exists()]
    for name in lessons:
        nb = json.loads((ROOT / name).read_text(encoding="utf-8"))
        yield from (f"{name}: {fault}" for fault in shape_faults(nb, name == lessons[-1]))


def main():
    names = sorted(f"nbs/{path.name}" for path in NBS.glob("*.ipynb"))
    pages = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob("book/**/*.qmd"))
    listed = chapters()
    faults = [*filter_faults(), *chapter_faults(listed, {*names, *pages} - {"nbs/index.ipynb"})]
    faults += [*page_faults([*names, *pages]), *size_faults(names), *lesson_faults(listed)]
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    faults += [f"README.md: {fault}" for fault in link_faults(ROOT, readme, {})]
    print("\n".join(faults) or f"{len(names)} notebooks and {len(pages)} pages: no faults")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
