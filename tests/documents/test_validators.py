"""Every sample in every house passes the independent validators: Open XML SDK, veraPDF for PDF/UA-1, qpdf."""

from __future__ import annotations

import json
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.documents.conftest import Made
from tests.documents.reading import missing, require
from tests.samples import ROOT

OOXML_VALIDATOR = ROOT / ".tools" / "ooxml-validator" / "node_modules" / ".bin" / "ooxml-validator"
VERAPDF = ROOT / ".tools" / "verapdf"


def errors_of_sdk(file: Path, version: str) -> list[str]:
    """What the Open XML SDK finds wrong by the rules of a version of Office."""
    require("node")
    if not OOXML_VALIDATOR.exists():
        missing("the Open XML validator")
    run = subprocess.run(
        [str(OOXML_VALIDATOR), str(file), "--officeVersion", version],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    found = json.loads(run.stdout)
    return [json.dumps(error) for error in found["errors"]] if not found["ok"] else []


@pytest.mark.parametrize("version", ["Office2013", "Microsoft365"])
def test_the_open_xml_sdk_finds_no_error_in_any_docx(made: dict[str, Made], version: str) -> None:
    with ThreadPoolExecutor(2) as pool:
        found = dict(zip(made, pool.map(lambda one: errors_of_sdk(one.docx, version), made.values()), strict=True))
    assert {case: errors for case, errors in found.items() if errors} == {}


def failures_of_verapdf(files: list[Path]) -> dict[str, list[str]]:
    """The PDF/UA-1 rules that each file fails, in one run of veraPDF."""
    java = require("java")
    if not VERAPDF.exists():
        missing("veraPDF")
    command = [
        java,
        "-cp",
        f"{VERAPDF}/*",
        "org.verapdf.apps.GreenfieldCliWrapper",
        "--flavour",
        "ua1",
        "--format",
        "json",
    ]
    run = subprocess.run([*command, *map(str, files)], capture_output=True, text=True, check=False, timeout=600)
    failures: dict[str, list[str]] = {}
    for job in json.loads(run.stdout)["report"]["jobs"]:
        result = job["validationResult"]
        details = (result[0] if isinstance(result, list) else result)["details"]
        rules = [
            f"{rule['clause']}-{rule['testNumber']} {rule['description'][:100]}" for rule in details["ruleSummaries"]
        ]
        failures[Path(job["itemDetails"]["name"]).name] = rules
    assert len(failures) == len(files)
    return failures


def test_verapdf_finds_no_failed_check_of_pdf_ua_in_any_pdf(made: dict[str, Made]) -> None:
    found = failures_of_verapdf([one.pdf for one in made.values()])
    assert {name: rules for name, rules in found.items() if rules} == {}


def test_verapdf_would_find_one(tmp_path: Path) -> None:
    from weasyprint import HTML

    file = tmp_path / "untitled.pdf"
    HTML(string="<html lang='en'><body><h1>One</h1><h3>Three</h3></body></html>").write_pdf(
        str(file), pdf_variant="pdf/ua-1"
    )
    assert failures_of_verapdf([file])[file.name]


def test_qpdf_finds_every_pdf_sound(made: dict[str, Made]) -> None:
    qpdf = require("qpdf")
    for one in made.values():
        run = subprocess.run([qpdf, "--check", str(one.pdf)], capture_output=True, text=True, check=False, timeout=60)
        assert run.returncode == 0, f"{one.pdf.name}: {run.stdout}{run.stderr}"
