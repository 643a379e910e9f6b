"""Write one reference page per module, book/reference/MODULE.qmd, with nbdev's `show_doc`.

The pages hold what `show_doc` shows: signature, the comment on each parameter, docstring. They are
listed in _quarto.yml, between the marks there, in the order of the lessons.
"""

import importlib
import inspect
import json
import re
import sys
from pathlib import Path

from fastcore.docments import MarkdownRenderer
from nbdev.showdoc import show_doc

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # `python tools/reference.py` documents this clone
PAGES = ROOT / "book" / "reference"
BEGIN, END = "# reference pages, by tools/reference.py", "# end of the reference pages"
LONG = re.compile(r"\b(?:[a-z_]\w*\.)+(?=[A-Z])")  # torch.nn.modules.module. before Module
HEAD = "---\nnumber-sections: false\n---\n\n# rem_nb.{0} {{#rem_nb.{0} .unnumbered}}\n"
PLAIN = (bool, int, float, str, tuple, list, dict)  # sets have no order of their own


class Renderer(MarkdownRenderer):
    """Show a signature with the short names of its types."""

    def _repr_markdown_(self):
        head, fence, tail = super()._repr_markdown_().removeprefix("```python\n").partition("\n```")
        lines = (line.partition(" # ") for line in head.split("\n"))
        head = "\n".join(LONG.sub("", code) + mark + note for code, mark, note in lines)
        short = self.nm.removeprefix("rem_nb.").partition(".")[2]
        name = f"{'#' * self.title_level} {short} {{#{self.nm}}}"
        return f"{name}\n\n```python\n{head}{fence}{tail}".strip() + "\n"


def lessons():
    """Return for each module its notebook's name and title, in the order of the lessons."""
    found = {}
    for path in sorted((ROOT / "nbs").glob("*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        sources = ["".join(cell["source"]) for cell in cells]
        names = [m[1] for s in sources if (m := re.match(r"#\| ?default_exp (\S+)", s))]
        title = next((m[1] for s in sources if (m := re.match(r"# (.+)", s))), path.stem)
        if names and (ROOT / "rem_nb" / f"{names[0]}.py").exists():
            found[names[0]] = path.name, title
    return found


def shown(value, name, level=3):
    """Return the Markdown of a function or class, and of the public methods of a class."""
    text = show_doc(value, renderer=Renderer, name=name, title_level=level)._repr_markdown_()
    if inspect.isclass(value):
        own = {k: v for k, v in vars(value).items() if not k.startswith("_") and v.__doc__}
        methods = [(k, v) for k, v in own.items() if inspect.isfunction(v)]
        text += "".join("\n" + shown(v, f"{name}.{k}", level + 1) for k, v in methods)
    return text


def is_ours(value):
    """Tell whether a value is a function or class of this package."""
    kind = inspect.isclass(value) or inspect.isfunction(value)
    return kind and value.__module__.startswith("rem_nb.")


def constant(value):
    """Return a constant's value where that is short and the same everywhere, or what it is."""
    text = repr(value)
    if isinstance(value, PLAIN) and len(text) <= 90 and " at 0x" not in text:
        return f"`{text}`"
    if isinstance(value, dict) and all(isinstance(key, str) for key in value):
        return "a dictionary with the keys " + ", ".join(f"`{key}`" for key in value)
    return f"`{type(value).__name__}`"


def page(module, notebook, title):
    """Return the page of a module."""
    loaded = importlib.import_module(f"rem_nb.{module}")
    values = {name: getattr(loaded, name) for name in loaded.__all__}
    code = {name: value for name, value in values.items() if is_ours(value)}
    fixed = [f"- `{n}`: {constant(v)}" for n, v in values.items() if n not in code]
    parts = [HEAD.format(module)]
    parts += [f"Made, explained and tested in [{title}](../../nbs/{notebook}).\n"]
    parts += ["## Constants\n\n" + "\n".join(fixed) + "\n"] * bool(fixed)
    parts += ["## Functions and classes\n"] * bool(code)
    return "\n".join([*parts, *(shown(v, f"rem_nb.{module}.{n}") for n, v in code.items())])


def chapters(text, modules):
    """Return the text of _quarto.yml with the pages listed between the marks."""
    before, begin, rest = text.partition(BEGIN)
    after = rest.partition(END)[2]
    indent = before.rpartition("\n")[2]
    lines = [f"{indent}- book/reference/{module}.qmd\n" for module in modules]
    return f"{before}{begin}\n{''.join(lines)}{indent}{END}{after}"


def main():
    modules = lessons()
    PAGES.mkdir(parents=True, exist_ok=True)
    for old in PAGES.glob("*.qmd"):
        if old.stem not in modules:
            old.unlink()
    for module, (notebook, title) in modules.items():
        text = page(module, notebook, title)
        (PAGES / f"{module}.qmd").write_text(text, encoding="utf-8", newline="\n")
    path = ROOT / "_quarto.yml"
    listed = chapters(path.read_text(encoding="utf-8"), modules)
    path.write_text(listed, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
