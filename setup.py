"""Build rem_nb. Every fact about the package is in settings.ini; this file only reads it."""

import json
import re
from configparser import ConfigParser
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).parent
cfg = ConfigParser(delimiters=["="])
cfg.read(ROOT / "settings.ini", encoding="utf-8")
meta = cfg["metadata"]
lib = meta["lib_name"]


FOLDERS = ("images", "planes", "results")  # beside the lessons: what they show and read


class BuildWithLessons(build_py):
    """Copy the lessons that have exercises, without outputs, and the files that they name.

    `rem_nb.course` reads them, and its `lesson_files` goes by the same rule.
    """

    def run(self):
        super().run()
        if self.editable_mode:  # the clone has the notebooks themselves
            return
        script = Path("nbs") / "assets" / "explorer.js"  # of the explorer, in Jupyter and its page
        self.copy_file(ROOT / script, Path(self.build_lib) / lib / script.name)
        target = Path(self.build_lib) / lib / "lessons"
        target.mkdir(parents=True, exist_ok=True)
        notebooks = (ROOT / "nbs").glob("*.ipynb")
        named = {name for path in notebooks for name in put(path, target)}
        for folder in FOLDERS:
            for path in (ROOT / "nbs" / folder).glob("*"):
                if path.name in named:
                    (target / folder).mkdir(exist_ok=True)
                    self.copy_file(path, target / folder / path.name)


def put(path, target):
    """Write a lesson that has exercises; return the names of files that stand in it in quotes."""
    nb = json.loads(path.read_text(encoding="utf-8"))
    sources = ["".join(cell["source"]) for cell in nb["cells"]]
    if not any(source.startswith("#| exercise ") for source in sources):
        return []
    for cell in nb["cells"]:
        cell.update({"outputs": []} if cell["cell_type"] == "code" else {})
    text = json.dumps(nb, indent=1, ensure_ascii=False) + "\n"
    (target / path.name).write_text(text, encoding="utf-8")
    return re.findall(r"[\w-]+\.\w+(?=[\"')])", "\n".join(sources))


setup(
    name=lib,
    version=meta["version"],
    description=meta["description"],
    long_description=(ROOT / "README.md").read_text(encoding="utf-8"),
    long_description_content_type="text/markdown",
    keywords=meta["keywords"].split(),
    author=meta["author"],
    license_expression=meta["license"],
    classifiers=[
        f"Development Status :: {meta['status']}",
        "Intended Audience :: Education",
        "Intended Audience :: Science/Research",
        "Programming Language :: Python :: 3 :: Only",
        "Topic :: Scientific/Engineering :: Artificial Intelligence",
        "Typing :: Typed",
    ],
    python_requires=f">={meta['min_python']}",
    install_requires=cfg["requirements"]["run"].split(),
    extras_require={name: reqs.split() for name, reqs in cfg["extras"].items()},
    packages=[lib],
    package_data={lib: ["py.typed"]},
    cmdclass={"build_py": BuildWithLessons},
    entry_points={
        "console_scripts": [f"{cmd} = {fn}" for cmd, fn in cfg["console_scripts"].items()],
        "nbdev": [f"{lib} = {lib}._modidx:d"],
    },
    zip_safe=False,
)
