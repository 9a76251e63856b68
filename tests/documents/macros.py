"""Runs a macro in LibreOffice, so that files are worked on by a word processor and not by us."""

from __future__ import annotations

import subprocess
from pathlib import Path
from xml.sax.saxutils import escape

from tests.documents.reading import require

_DOCTYPE = '<!DOCTYPE {0} PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "{1}.dtd">'
_LIBRARY = f"""<?xml version="1.0" encoding="UTF-8"?>
{_DOCTYPE.format("library:library", "library")}
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false"><library:element library:name="Edit"/></library:library>
"""
_MODULE = f"""<?xml version="1.0" encoding="UTF-8"?>
{_DOCTYPE.format("script:module", "module")}
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Edit" script:language="StarBasic">
{{}}
</script:module>
"""
_OPTIONS = """
Function Options(name, value)
  Dim one(0) As New com.sun.star.beans.PropertyValue
  one(0).Name = name
  one(0).Value = value
  Options = one()
End Function
"""
_EDIT = """
Sub Main(source As String, target As String)
  paper = StarDesktop.loadComponentFromURL(source, "_blank", 0, Options("Hidden", True))
  Change(paper)
  paper.storeToURL(target, Options("FilterName", "MS Word 2007 XML"))
  paper.close(True)
End Sub
"""


def edit_with_libreoffice(file: Path, change: str, out: Path, profile: Path) -> Path:
    """The DOCX file as LibreOffice saves it after a change: the lines of a `Sub Change(paper)` in Basic."""
    soffice = require("soffice")
    out.mkdir(parents=True, exist_ok=True)
    command = [soffice, f"-env:UserInstallation={profile.as_uri()}", "--headless"]
    # The first run makes the profile, and in it a library of macros without ours.
    subprocess.run([*command, "--terminate_after_init"], check=True, capture_output=True, timeout=300)
    macros = profile / "user" / "basic" / "Standard"
    macros.mkdir(parents=True, exist_ok=True)
    (macros / "script.xlb").write_text(_LIBRARY, encoding="utf-8")
    code = f"{_OPTIONS}{_EDIT}Sub Change(paper)\n{change}\nEnd Sub\n"
    (macros / "Edit.xba").write_text(_MODULE.format(escape(code)), encoding="utf-8")
    target = out / file.name
    call = f'macro:///Standard.Edit.Main("{file.as_uri()}","{target.as_uri()}")'
    subprocess.run([*command, call], check=True, capture_output=True, timeout=300)
    assert target.exists(), "LibreOffice did not save the file"
    return target
