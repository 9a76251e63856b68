"""What the code promises about itself: small modules and functions, no council in Python, true pages."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from reportgen.diagnostics import Problems
from reportgen.inputs.source import read_yaml

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "reportgen").rglob("*.py"))
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]

MODULE_LINES = 600
FUNCTION_LINES = 60


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_there_are_modules_pages_and_councils_to_look_at() -> None:
    assert len(MODULES) > 20
    assert len(PAGES) > 4
    assert len(council_names()) > 8


# ---- Size ----


@pytest.mark.parametrize("path", MODULES, ids=shown)
def test_no_module_is_longer_than_600_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MODULE_LINES


@pytest.mark.parametrize("path", MODULES, ids=shown)
def test_no_function_is_longer_than_60_lines(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    lengths = {function.name: (function.end_lineno or 0) - function.lineno + 1 for function in functions}
    assert {name: length for name, length in lengths.items() if length > FUNCTION_LINES} == {}


# ---- A council is a folder of text files, never a line of Python ----


def council_names() -> set[str]:
    """Every name by which a sample council or a house of one is known, in small letters."""
    names = set()
    for path in (ROOT / "inputs").glob("*/council.yaml"):
        council = read_yaml(path, str(path), Problems())
        assert council is not None
        names |= {path.parent.name, str(council["name"]), str(council["short_name"]), str(council["house"])}
    return {name.casefold() for name in names}


def package_texts() -> list[Path]:
    """Every text of the package: its modules, and the data beside them."""
    found = [path for path in (ROOT / "reportgen").rglob("*") if path.is_file()]
    return sorted(path for path in found if "__pycache__" not in path.parts)


@pytest.mark.parametrize("path", package_texts(), ids=shown)
def test_no_file_of_the_package_names_a_council(path: Path) -> None:
    text = path.read_text(encoding="utf-8").casefold()
    assert [name for name in sorted(council_names()) if re.search(rf"\b{re.escape(name)}\b", text)] == []


# ---- What the project file and the pages name is there ----


def test_every_command_that_the_package_installs_can_be_called() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for target in project["scripts"].values():
        module, function = target.split(":")
        assert callable(getattr(import_module(module), function))


def test_every_dependency_has_its_exact_version_in_the_constraints() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    pinned = re.findall(r"^([\w.-]+)==", (ROOT / "constraints.txt").read_text(encoding="utf-8"), re.MULTILINE)
    names = {re.split(r"[<>=!~;\[ ]", dependency)[0].casefold() for dependency in wanted}
    assert names - {name.casefold() for name in pinned} == set()


def code_of(page: Path) -> str:
    """What a page shows as something to type: its blocks, and the words between backquotes."""
    text = page.read_text(encoding="utf-8")
    blocks = re.findall(r"^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    rest = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    return "\n".join([*blocks, *re.findall(r"`([^`\n]+)`", rest)])


def test_the_readme_begins_with_the_two_commands() -> None:
    block = re.match(r"```sh\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert block is not None
    assert [line.split("#")[0].strip() for line in block.group(1).splitlines()] == ["make pre-meeting", "make test"]


def test_every_make_target_that_a_page_names_is_in_the_makefile() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert targets >= {"help", "pre-meeting", "test", "check", "clean"}
    for page in PAGES:
        named = set(re.findall(r"^make ([a-z-]+)", code_of(page), re.MULTILINE))
        assert named - targets == set(), shown(page)


def test_every_make_target_says_what_it_is_for() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert phony is not None
    assert set(phony.group(1).split()) == set(re.findall(r"^([a-z-]+):.*## \S", makefile, re.MULTILINE))


def test_every_command_that_a_page_shows_is_one_of_reportgens() -> None:
    known = set(import_module("reportgen.cli").main.commands)
    for page in PAGES:
        named = set(re.findall(r"^reportgen ([a-z]+)", code_of(page), re.MULTILINE))
        assert named - known == set(), shown(page)


def links() -> Iterator[tuple[Path, str]]:
    for page in PAGES:
        for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
            if "://" not in target and not target.startswith(("#", "mailto:")):
                yield page, target.split("#")[0]


@pytest.mark.parametrize(
    ("page", "target"), list(links()), ids=lambda value: value if isinstance(value, str) else shown(value)
)
def test_every_file_that_a_page_links_to_is_there(page: Path, target: str) -> None:
    assert (page.parent / target).exists()
