#!/usr/bin/env python3
"""Make a notebook for a new unlearning method from the template nbs/18_your_method.ipynb.

python tools/new_method.py NAME [--folder nbs]    writes FOLDER/NAME.ipynb

NAME becomes the function, the module rem_nb/NAME.py and tests/test_NAME.py, once `nbdev-export`
has run. It is a Python name in lower case that no module and no notebook has yet.
"""

import argparse
import keyword
import re
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = ROOT / "nbs" / "18_your_method.ipynb"
TITLE = "# A method of your own"


def check(name, path):
    """Say what is wrong with a name; nothing where it can be used."""
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name) or keyword.iskeyword(name):
        return f"NAME={name!r}: must be a Python name in lower case"
    if path.exists() or (ROOT / "rem_nb" / f"{name}.py").exists():
        return f"NAME={name!r}: must be new, and {name} is there already"
    return None if path.parent.is_dir() else f"--folder={str(path.parent)!r}: must be a folder"


def made(name):
    """Return the template's notebook under another name, without its outputs."""
    nb = nbformat.read(TEMPLATE, as_version=4)
    leave = re.compile(r"### Exercise: |#\| (?:exercise|check|mistakes) ")
    nb.cells = [cell for cell in nb.cells if not leave.match(cell.source)]
    nb.cells = [cell for cell in nb.cells if "tools/new_method.py" not in cell.source]
    for cell in nb.cells:
        cell.source = cell.source.replace(TITLE, f"# {name.replace('_', ' ').capitalize()}")
        cell.source = cell.source.replace("your_method", name).replace("your-method", name)
        own = name.replace("_", "-")  # labels are unique over the book
        cell.source = re.sub(r"(\{#|@)eq-", rf"\g<1>eq-{own}-", cell.source)
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return nb


def main(args=None):
    """Write the notebook and say what to do next."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("name", metavar="NAME", help="of the function, such as my_method")
    parser.add_argument("--folder", default=ROOT / "nbs", type=Path, help="where it is written")
    given = parser.parse_args(args)
    path = given.folder / f"{given.name}.ipynb"
    if fault := check(given.name, path):
        parser.error(fault)
    nbformat.write(made(given.name), path)
    print(f"{path}: change the function and the text, run it, then nbdev-export")


if __name__ == "__main__":
    main()
