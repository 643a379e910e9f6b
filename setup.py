"""Build rem_nb. Every fact about the package is in settings.ini; this file only reads it."""

import json
from configparser import ConfigParser
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).parent
cfg = ConfigParser(delimiters=["="])
cfg.read(ROOT / "settings.ini", encoding="utf-8")
meta = cfg["metadata"]
lib = meta["lib_name"]


class BuildWithLessons(build_py):
    """Copy the lessons that have exercises into the package, without outputs (`rem_nb.course`)."""

    def run(self):
        super().run()
        if self.editable_mode:  # the clone has the notebooks themselves
            return
        script = Path("nbs") / "assets" / "explorer.js"  # of the explorer, in Jupyter and its page
        self.copy_file(ROOT / script, Path(self.build_lib) / lib / script.name)
        target = Path(self.build_lib) / lib / "lessons"
        for path in sorted((ROOT / "nbs").glob("*.ipynb")):
            nb = json.loads(path.read_text(encoding="utf-8"))
            if not any("".join(c["source"]).startswith("#| exercise ") for c in nb["cells"]):
                continue
            for cell in nb["cells"]:
                cell.update({"outputs": []} if cell["cell_type"] == "code" else {})
            target.mkdir(parents=True, exist_ok=True)
            text = json.dumps(nb, indent=1, ensure_ascii=False) + "\n"
            (target / path.name).write_text(text, encoding="utf-8")


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
