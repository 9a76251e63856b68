"""An order with all that it depends on, made without a look at the disk: here, and on a Dask cluster."""

from __future__ import annotations

import os
import pickle
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from reportgen.build.hands import OwnHands, choose_hands
from reportgen.build.making import HouseShelf, make, pack, run_parcel
from reportgen.build.orders import CannotBeUsed, Order, Parcel, Result
from reportgen.inputs.files import DISK, SnapshotFiles, product_templates
from reportgen.model.task import Task
from tests.samples import ROOT
from tests.unit.build.folders import write_papers

pytestmark = pytest.mark.slow

LIMIT = 120.0


@pytest.fixture
def order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Order:
    """A whole sample: a report with its inspection, plan, meeting and house."""
    sample = next(iter(sorted((ROOT / "inputs").glob("*/reports/ilacs-*.yaml"))))
    shutil.copytree(sample.parent.parent, tmp_path / "inputs" / sample.parent.parent.name)
    monkeypatch.chdir(tmp_path)
    council = Path("inputs", sample.parent.parent.name)
    meeting = next(iter(sorted((council / "meetings").glob("*.yaml"))))
    return Order(Task(council / "reports" / sample.name, meeting, None, (product_templates(),)), ("html",))


def essence(result: Result) -> Result:
    return replace(result, seconds=0)


def test_a_parcel_gives_what_the_disk_gives_when_the_disk_has_nothing_any_more(order: Order) -> None:
    here = make(order, DISK, HouseShelf())
    parcel: Parcel = pickle.loads(pickle.dumps(pack(order, HouseShelf())))
    shutil.rmtree("inputs")
    there: Result = pickle.loads(pickle.dumps(run_parcel(parcel)))
    assert here.files
    assert essence(there) == essence(here)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda task: task.report.write_text("title: [\n", encoding="utf-8"),
        lambda task: task.report.write_text("title: No more\ninspection: nowhere\n", encoding="utf-8"),
        lambda task: (task.report.parent.parent / "council.yaml").unlink(),
        lambda task: task.meeting.write_bytes(b"\xff"),
        lambda task: task.report.unlink(),
    ],
)
def test_a_parcel_of_a_broken_paper_says_what_the_disk_says(order: Order, spoil: Any) -> None:
    spoil(order.task)
    here = make(order, DISK, HouseShelf())
    parcel = pack(order, HouseShelf())
    shutil.rmtree("inputs")
    assert here.diagnostics
    assert here.crash == ""
    assert essence(run_parcel(parcel)) == essence(here)


def test_what_was_not_taken_along_is_a_mistake_of_ours_and_never_read_from_the_disk(order: Order) -> None:
    held = dict(pack(order, HouseShelf()).held)
    held.pop(next(question for question in held if question.path.endswith("council.yaml")))
    result = make(order, SnapshotFiles(held), HouseShelf())
    assert "council.yaml was not taken along" in result.crash


def test_a_house_that_a_worker_knows_is_not_taken_for_another_one_of_that_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_papers(1)
    report = Path("inputs/sample/reports/r000.yaml")
    product = Order(Task(report, house_folders=(product_templates(),)), ("html",))
    own = Order(Task(report, house_folders=(Path("templates"),)), ("html",))
    shutil.copytree(product_templates(), "templates")
    first, before = run_parcel(pack(product, HouseShelf())), run_parcel(pack(own, HouseShelf()))
    look = Path("templates/_base/look.yaml")
    look.write_text(look.read_text(encoding="utf-8").replace("space_after: 7", "space_after: 8", 1), encoding="utf-8")
    after = run_parcel(pack(own, HouseShelf()))
    assert before.files["html"] != after.files["html"]
    assert essence(run_parcel(pack(product, HouseShelf()))) == essence(first)


def test_a_worker_with_another_reportgen_refuses(order: Order) -> None:
    result = run_parcel(replace(pack(order, HouseShelf()), own_files="other"))
    assert [one.code for one in result.diagnostics] == ["RG065"]
    assert not result.lasting


# ---- A cluster ----


@pytest.fixture
def cluster(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[str]:
    """The address of a Dask scheduler with two workers, which are processes in a folder of their own."""
    distributed = pytest.importorskip("distributed")
    away = tmp_path / "away"
    away.mkdir()
    here = Path.cwd()
    monkeypatch.chdir(away)
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
    ) as local:
        os.chdir(here)
        yield local.scheduler_address


def test_a_cluster_makes_what_one_process_makes(
    cluster: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    write_papers(7)
    Path("inputs/sample/reports/r003.yaml").write_text("title: [\n", encoding="utf-8")
    reports = sorted(Path("inputs/sample/reports").iterdir())
    orders = [Order(Task(report, house_folders=(product_templates(),)), ("html", "pdf")) for report in reports]
    alone = {place: essence(result) for place, result in OwnHands(LIMIT).make(orders)}
    together = {place: essence(result) for place, result in choose_hands(7, None, LIMIT, cluster).make(orders)}
    assert together == alone
    assert [bool(alone[place].files) for place in range(7)] == [True] * 3 + [False] + [True] * 3
    caplog.clear()


def test_a_cluster_that_does_not_answer_is_told_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr("reportgen.build.cluster._CONNECT", 0.5)
    with pytest.raises(CannotBeUsed, match=r"there is no Dask scheduler at tcp://127.0.0.1:9: (.|\n)*hint: start one"):
        list(choose_hands(1, None, LIMIT, "tcp://127.0.0.1:9").make([Order(Task(Path("x")), ("html",))]))


def test_without_dask_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "distributed", None)
    with pytest.raises(CannotBeUsed, match=r"pip install 'reportgen\[cluster\]'"):
        list(choose_hands(1, None, LIMIT, "tcp://127.0.0.1:9").make([]))
