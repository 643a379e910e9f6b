"""Build rem_nb. Every fact about the package is in settings.ini; this file only reads it."""

from configparser import ConfigParser
from pathlib import Path

from setuptools import setup

ROOT = Path(__file__).parent
cfg = ConfigParser(delimiters=["="])
cfg.read(ROOT / "settings.ini", encoding="utf-8")
meta = cfg["metadata"]
lib = meta["lib_name"]

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
    entry_points={
        "console_scripts": [f"{cmd} = {fn}" for cmd, fn in cfg["console_scripts"].items()],
        "nbdev": [f"{lib} = {lib}._modidx:d"],
    },
    zip_safe=False,
)
