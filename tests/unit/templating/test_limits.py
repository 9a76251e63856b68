"""What goes on for too long, or takes too much memory, is ended where it stands."""

from __future__ import annotations

import re
import resource
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from reportgen.templating import limits
from reportgen.templating.limits import MAX_ITEMS, OverLimit, items_in, limited
from tests.unit.templating.test_rendering import REPORT, wrong_with

LOOP = "{% for a in 'a' * 10000 %}"
ENDLESS = LOOP * 3 + "%s" + "{% endfor %}" * 3


def go_on() -> None:
    while True:
        pass


def go_on_again() -> None:
    with suppress(OverLimit):
        go_on()
    go_on()


@pytest.mark.parametrize("endless", [go_on, go_on_again])
def test_work_without_end_is_interrupted_as_often_as_needed(endless: Callable[[], None]) -> None:
    begun = time.process_time()
    with pytest.raises(OverLimit), limited(0.1):
        endless()
    assert time.process_time() - begun < 1


def test_memory_is_limited_and_afterwards_as_it_was() -> None:
    before = resource.getrlimit(resource.RLIMIT_AS)
    with pytest.raises(MemoryError), limited(5):
        bytearray(10 * limits.MEMORY)
    assert resource.getrlimit(resource.RLIMIT_AS) == before
    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0, 0)


def test_a_thread_beside_the_main_one_renders_without_a_time_limit() -> None:
    done: list[bool] = []

    def work() -> None:
        with limited(0.001):
            done.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [True]


@pytest.mark.parametrize("printed", ["", "x"])
def test_a_loop_without_end_is_told_with_its_line(
    tmp_path: Path, printed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reportgen.templating.rendering.SECONDS", 0.2)
    template = f"<report>\n\n{ENDLESS.replace('%s', printed)}</report>"
    assert wrong_with(tmp_path, template) == ["RG030 templates/_base/report.xml.j2:3:1"]


def test_an_expression_without_end_is_told_once_where_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reportgen.templating.rendering.SECONDS", 0.2)
    endless = "(['a' * 9999] * 9999)" + "|map('upper')" * 50 + "|list|length"
    report = REPORT.replace("To report the outcome.", f'"{{{{ {endless} }}}}"')
    assert wrong_with(tmp_path, "{{ report.purpose[0] }}", report) == ["RG020 westmere/reports/outcome.yaml:5:12"]


def test_all_that_expressions_print_is_limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reportgen.templating.expressions.MAX_PRINTED", 10_000)
    report = REPORT.replace("To report the outcome.", "\"{{ 'a' * 9999 }}{{ 'a' * 9999 }}\"")
    wrong = wrong_with(tmp_path, "{{ report.purpose[0] }}", report)
    assert [re.sub(r":\d+:\d+$", "", one) for one in wrong] == ["RG020 westmere/reports/outcome.yaml"]


@pytest.mark.parametrize(("value", "size"), [([], 0), ([1, 2], 2), ([[1, 2], [3]], 5), ({"a": (1, 2)}, 3), ("abc", 0)])
def test_the_items_of_a_list_are_those_of_all_in_it(value: object, size: int) -> None:
    assert items_in(value) == size


def test_counting_ends_with_what_is_too_much() -> None:
    doubled: list[object] = [1]
    for _ in range(60):
        doubled = [doubled, doubled]
    assert items_in(doubled) > MAX_ITEMS
