"""How large pictures are printed."""

from __future__ import annotations

import pytest

from reportgen.house import House
from reportgen.writers.image_size import fit, room_above_caption, size_of_image
from tests.unit.writers.structured_tree import image


def test_an_image_has_its_own_size_at_150_pixels_an_inch() -> None:
    assert size_of_image(image(300, 150), 160, 250) == pytest.approx((50.8, 25.4))


def test_an_image_is_as_wide_as_was_asked_for() -> None:
    assert size_of_image(image(300, 150, printed=80), 160, 250) == pytest.approx((80, 40))


def test_an_image_is_never_wider_than_the_text() -> None:
    assert size_of_image(image(3000, 1500), 160, 250) == pytest.approx((160, 80))
    assert size_of_image(image(3000, 1500, printed=170), 160, 250) == pytest.approx((160, 80))


def test_an_image_is_never_higher_than_the_room() -> None:
    assert size_of_image(image(1000, 4000, printed=160), 160, 250) == pytest.approx((62.5, 250))


def test_what_fits_keeps_its_shape() -> None:
    assert fit(100, 0.5, 160, 250) == (100, 50)
    assert fit(100, 4, 160, 200) == (50, 200)


def test_a_caption_takes_room_by_its_length(house: House) -> None:
    without = room_above_caption("", house.stylesheet, 160, 250)
    short = room_above_caption("Figure 1: Map", house.stylesheet, 160, 250)
    long = room_above_caption("Figure 1: Map " * 20, house.stylesheet, 160, 250)
    assert 243 < without < 250
    assert 5 < without - short < 12
    assert without - long > 15
