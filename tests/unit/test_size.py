"""What the code promises about itself: small modules and functions, no council in Python, true pages."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import tomllib
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

import pytest

import reportgen
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


# ---- Few ideas ----

ROOMS = 15
COINED = re.compile(
    r"CannotBeUsed|Checked|Day|Draft|EdgeGroup|FEW|Found|Gap|Hands|HeldFiles|HouseShelf|HouseStyle|Late|Look"
    r"|MANY|Noted|Note|Order|Origin|Outcome|OwnHands|Parcel|Past|Place|Present|Question|Stop|Told|Whole|Wish"
    r"|YesNo|_Makers|_Teller|mark_of|mistakes|settle|story"
)
"""Names that the package once had for things which have a name of their own in the field."""


def names_of(kind: type[ast.AST]) -> list[tuple[Path, str]]:
    trees = [(path, ast.parse(path.read_text(encoding="utf-8"))) for path in MODULES]
    found = [(path, node) for path, tree in trees for node in ast.walk(tree) if isinstance(node, kind)]
    return [(path, str(getattr(node, "name", None) or getattr(node, "id", ""))) for path, node in found]


def test_the_package_has_few_rooms() -> None:
    names = {path.relative_to(ROOT / "reportgen").parts[0] for path in MODULES} - {"__init__.py", "__main__.py"}
    assert len(names) <= ROOMS


def test_no_two_public_classes_have_one_name() -> None:
    names = [name for _, name in names_of(ast.ClassDef) if not name.startswith("_")]
    assert sorted({name for name in names if names.count(name) > 1}) == []


@pytest.mark.parametrize("kind", [ast.ClassDef, ast.FunctionDef, ast.Name])
def test_no_name_is_coined_where_the_field_has_one(kind: type[ast.AST]) -> None:
    assert [(shown(path), name) for path, name in names_of(kind) if COINED.fullmatch(name)] == []


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


def test_the_version_stands_in_one_place() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert ("version" in project, project["dynamic"]) == (False, ["version"])
    assert version("reportgen") == reportgen.__version__


def test_every_dependency_has_its_exact_version_in_the_constraints() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    pinned = re.findall(r"^([\w.-]+)==", (ROOT / "constraints.txt").read_text(encoding="utf-8"), re.MULTILINE)
    names = {re.split(r"[<>=!~;\[ ]", dependency)[0].casefold() for dependency in wanted}
    assert names - {name.casefold().replace("_", "-") for name in pinned} == set()


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


def test_make_clean_removes_papers_and_keeps_the_page_that_says_what_lands_there(tmp_path: Path) -> None:
    shutil.copyfile(ROOT / "Makefile", tmp_path / "Makefile")
    for folder in ("reportgen", "tests", "benchmarks", "outputs/durham", "outputs/.reportgen"):
        (tmp_path / folder).mkdir(parents=True)
    for file in ("README.md", "index.html", "durham/README.md"):
        (tmp_path / "outputs" / file).touch()
    subprocess.run(["make", "clean"], cwd=tmp_path, check=True, capture_output=True)
    assert sorted(path.name for path in (tmp_path / "outputs").rglob("*")) == ["README.md"]


def test_git_ignores_what_lands_in_outputs_but_not_the_page_about_it() -> None:
    lines = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert lines.index("/outputs/*") < lines.index("!/outputs/README.md")
