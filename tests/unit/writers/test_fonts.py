"""Finding fonts and measuring text."""

from __future__ import annotations

import pytest

from reportgen.writers import fonts
from reportgen.writers.fonts import find_font, fonts_for_text


@pytest.mark.parametrize(
    ("face", "style", "file"),
    [
        ("Liberation Sans", {}, "LiberationSans-Regular.ttf"),
        ("Liberation Sans", {"bold": True}, "LiberationSans-Bold.ttf"),
        ("Liberation Serif", {"bold": True, "italic": True}, "LiberationSerif-BoldItalic.ttf"),
        ("DejaVu Sans", {"italic": True}, "DejaVuSans-Oblique.ttf"),
        ("Arial", {}, "LiberationSans-Regular.ttf"),
        ("No Such Face", {}, "DejaVuSans.ttf"),
    ],
)
def test_a_face_is_found_or_what_can_stand_in_for_it(face: str, style: dict[str, bool], file: str) -> None:
    assert find_font(face, **style).path.name == file


def test_another_font_has_the_characters_that_the_face_may_lack() -> None:
    assert [font.family for font in fonts_for_text("Arial")] == ["Liberation Sans", "DejaVu Sans"]
    assert [font.family for font in fonts_for_text("DejaVu Sans")] == ["DejaVu Sans"]


def test_a_width_is_in_the_unit_of_the_size() -> None:
    font = find_font("Liberation Sans")
    assert font.text_width("AVA", 10) == pytest.approx(20.01, abs=0.05)
    assert font.text_width("", 10) == 0


def test_without_any_font_it_is_said_which_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "_installed_fonts", lambda: {})
    with pytest.raises(FileNotFoundError, match="install Arial or DejaVu Sans"):
        find_font("Arial")
