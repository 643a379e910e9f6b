#!/usr/bin/env python3
"""Make slides from lessons: headings, formulas, tables, figures, and the code worth showing.

python tools/slides.py LESSON ... [--reveal FOLDER] [--out _slides]

LESSON is the beginning of a notebook's name, such as 06. Each becomes one HTML file that needs
nothing else. reveal.js comes from the network once, or from a folder that holds it.
"""

import argparse
import json
import re
import subprocess
import sys
from pathlib import Path

from strip_directives import clean, names, split, title

ROOT = Path(__file__).resolve().parent.parent
UNTAUGHT = {"exercise", "check", "mistakes", "test", "testsetup", "hide", "export", "default_exp"}
KEEP = re.compile(r"#|\$\$|\||!\[|\*+Predict")  # what a block to be shown begins with
LEAD = re.compile(r"^(?:- |\d+\. )(\*\*.+?\*\*)", re.M)  # the bold words that begin a list's item
BREAK = "---\n\n"  # the next slide, without a heading
STYLE = """<style>
.reveal { font-size: 28px; } .reveal pre { width: 100%; }
.reveal pre code { font-size: 16px; max-height: 580px; }
.reveal img { width: 85%; max-height: 520px; object-fit: contain; }
.reveal table { font-size: 20px; }
.reveal figcaption { font-size: 17px; } .reveal h1, .reveal h2 { text-transform: none; }
.reveal h2 { font-size: 1.5em; } .reveal h3 { font-size: 1.1em; text-transform: none; }
</style>"""


def kept(source):
    """Return the blocks of Markdown that slides show: see KEEP, and the bold words of lists."""
    source = re.sub(r"<details>.*?</details>", "", source, flags=re.S)
    source = re.sub(r"(\$\$)\s*\{#eq-[\w-]+\}", r"\1", source)
    shown = []
    for block in re.split(r"\n\s*\n", source):
        leads = LEAD.findall(block)
        if leads:
            shown.append("\n".join(f"- {lead}" for lead in leads))
        elif KEEP.match(block.lstrip()) and not re.match(r"# |#+ Exercise", block):
            shown.append(BREAK * block.startswith("*") + block)
    return shown


def options(cell):
    """Return Quarto's options of a cell."""
    head = "".join(split(cell["source"])[0])
    return {k: v.strip("\"'") for k, v in re.findall(r"^#\| ([\w-]+): *(.*?) *$", head, re.M)}


def pictures(cell):
    """Return the Markdown of each picture among the outputs, with its texts."""
    said = options(cell)
    for output in cell.get("outputs", []):
        if data := output.get("data", {}).get("image/png"):
            image = "".join("".join(data).split())
            alt = said.get("fig-alt", "").replace('"', "'")
            yield (
                BREAK
                + f'![{said.get("fig-cap", "")}](data:image/png;base64,{image}){{alt="{alt}"}}'
            )


def code(cell):
    """Return the Markdown of a cell's source, below the name that it defines."""
    text = "".join(split(cell["source"])[1]).strip()
    name = re.search(r"^(?:def|class) (\w+)", text, re.M)
    head = f"## `{name[1]}`\n\n" if name else ""
    return f"{head}```python\n{text}\n```"


def chosen(nb):
    """Return the blocks of Markdown that become slides."""
    for cell in nb["cells"]:
        kinds = names(split(cell["source"])[0])
        if cell["cell_type"] == "markdown":
            yield from kept("".join(cell["source"]))
        elif not kinds & UNTAUGHT:
            if "exports" in kinds:
                yield code(cell)
            yield from pictures(cell)


def dense(blocks):
    """Drop headings that nothing follows, and breaks right after a heading."""
    blocks, before = list(blocks), ""
    for block, after in zip(blocks, [*blocks[1:], "#"], strict=True):
        alone = re.fullmatch(r"#+ .+", block.strip())
        if not (alone and after.startswith("#")):
            yield block.removeprefix(BREAK) if before else block
            before = alone


def convert(path, out, reveal):
    """Write a lesson's slides; return where they are."""
    import pypandoc

    nb = json.loads(path.read_text(encoding="utf-8"))
    summary = re.search(r"^> (.+)$", "".join(clean(nb)["cells"][0]["source"]), re.M)
    deck = "\n\n".join(dense(chosen(nb)))
    target = out / f"{path.stem}.slides.html"
    command = [pypandoc.get_pandoc_path(), "-f", "markdown", "-t", "revealjs", "--standalone"]
    command += ["--embed-resources", "--mathml", "--slide-level", "2", "-V", "theme=white"]
    command += ["-M", f"title={title(nb)}", "-M", f"subtitle={summary[1] if summary else ''}"]
    command += ["-V", f"revealjs-url={reveal}"] * bool(reveal) + ["-V", f"header-includes={STYLE}"]
    subprocess.run([*command, "-o", str(target)], input=deck.encode(), check=True)
    return target


def main(args=None):
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("lesson", nargs="+", help="the beginning of a notebook's name, such as 06")
    parser.add_argument("--reveal", help="folder with reveal.js; without it, from the network")
    parser.add_argument("--out", default=ROOT / "_slides", type=Path, help="folder for the slides")
    given = parser.parse_args(args)
    found = {name: sorted((ROOT / "nbs").glob(f"{name}*.ipynb")) for name in given.lesson}
    if missing := [name for name, paths in found.items() if not paths]:
        parser.error(f"LESSON={missing[0]!r}: must begin the name of a notebook in nbs/")
    given.out.mkdir(parents=True, exist_ok=True)
    for path in dict.fromkeys(path for paths in found.values() for path in paths):
        print(convert(path, given.out, given.reveal))


if __name__ == "__main__":
    sys.exit(main())
