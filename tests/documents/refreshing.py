"""Lets LibreOffice fill the fields of DOCX files anew: contents, numbers of captions, references, pages."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from tests.documents.reading import require

_LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false"><library:element library:name="Refresh"/></library:library>
"""
_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Refresh" script:language="StarBasic">{}
</script:module>
"""
# References are filled in before the contents, whose length moves pages, and after them.
_MACRO = """
Sub Main(listed As String)
  Dim source As String, target As String
  names = FreeFile
  Open listed For Input As #names
  Do While Not EOF(names)
    Line Input #names, source
    Line Input #names, target
    If source <> "" Then RefreshOne(source, target)
  Loop
  Close #names
End Sub

Sub RefreshOne(source As String, target As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  paper = StarDesktop.loadComponentFromURL(source, "_blank", 0, hidden())
  paper.getTextFields().refresh()
  For place = 0 To paper.getDocumentIndexes().getCount() - 1
    paper.getDocumentIndexes().getByIndex(place).update()
  Next
  paper.getTextFields().refresh()
  Dim form(0) As New com.sun.star.beans.PropertyValue
  form(0).Name = "FilterName"
  form(0).Value = "OpenDocument Text Flat XML"
  paper.storeToURL(target, form())
  paper.close(True)
End Sub
"""


def refresh_with_libreoffice(files: Sequence[Path], out: Path, profile: Path) -> list[Path]:
    """The DOCX files with their fields filled anew, as flat ODF in `out`; in one run of the program."""
    soffice = require("soffice")
    out.mkdir(parents=True, exist_ok=True)
    command = [soffice, f"-env:UserInstallation={profile.as_uri()}", "--headless"]
    # The first run makes the profile, and in it a library of macros without ours.
    subprocess.run([*command, "--terminate_after_init"], check=True, capture_output=True, timeout=300)
    macros = profile / "user" / "basic" / "Standard"
    macros.mkdir(parents=True, exist_ok=True)
    (macros / "script.xlb").write_text(_LIBRARY, encoding="utf-8")
    (macros / "Refresh.xba").write_text(_MODULE.format(escape(_MACRO)), encoding="utf-8")
    made = [out / f"{file.stem}.fodt" for file in files]
    listed = out / "listed.txt"
    lines = (f"{file.as_uri()}\n{target.as_uri()}\n" for file, target in zip(files, made, strict=True))
    listed.write_text("".join(lines), encoding="utf-8")
    call = f'macro:///Standard.Refresh.Main("{listed}")'
    subprocess.run([*command, call], check=True, capture_output=True, timeout=600)
    missing = [str(file) for file in made if not file.exists()]
    assert not missing, f"LibreOffice did not refresh {missing}"
    return made
