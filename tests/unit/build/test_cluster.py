"""A task with all that it depends on, run without a look at the disk: here, and on a Dask cluster."""

from __future__ import annotations

import os
import pickle
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from reportgen.build.executors import ExecutorUnavailable, InProcessExecutor, choose_executor
from reportgen.build.options import BuildOptions
from reportgen.build.tasks import HouseCache, SelfContainedTask, TaskResult, pack_task, run_packed_task, run_task
from reportgen.inputs.files import DISK, SnapshotFiles, product_templates
from reportgen.model.task import Task
from tests.samples import ROOT
from tests.unit.build.papers import write_papers

pytestmark = pytest.mark.slow

FORMATS = ("html",)
NOWHERE = BuildOptions(cluster="tcp://127.0.0.1:9")


@pytest.fixture
def task(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Task:
    """A whole sample: a report with its inspection, plan, meeting and house."""
    sample = next(iter(sorted((ROOT / "inputs").glob("*/reports/ilacs-*.yaml"))))
    shutil.copytree(sample.parent.parent, tmp_path / "inputs" / sample.parent.parent.name)
    monkeypatch.chdir(tmp_path)
    council = Path("inputs", sample.parent.parent.name)
    meeting = next(iter(sorted((council / "meetings").glob("*.yaml"))))
    return Task(council / "reports" / sample.name, meeting, None, (product_templates(),))


def essence(result: TaskResult) -> TaskResult:
    return replace(result, seconds=0)


def run_here(task: Task) -> TaskResult:
    return run_packed_task(pack_task(task, FORMATS, HouseCache()))


def test_a_packed_task_gives_what_the_disk_gives_when_the_disk_has_nothing_any_more(task: Task) -> None:
    here = run_task(task, FORMATS, DISK, HouseCache())
    packed: SelfContainedTask = pickle.loads(pickle.dumps(pack_task(task, FORMATS, HouseCache())))
    shutil.rmtree("inputs")
    there: TaskResult = pickle.loads(pickle.dumps(run_packed_task(packed)))
    assert here.files
    assert essence(there) == essence(here)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda job: job.report.write_text("title: [\n", encoding="utf-8"),
        lambda job: job.report.write_text("title: No more\ninspection: nowhere\n", encoding="utf-8"),
        lambda job: (job.report.parent.parent / "council.yaml").unlink(),
        lambda job: job.meeting.write_bytes(b"\xff"),
        lambda job: job.report.unlink(),
    ],
)
def test_a_packed_task_of_a_broken_paper_says_what_the_disk_says(task: Task, spoil: Any) -> None:
    spoil(task)
    here = run_task(task, FORMATS, DISK, HouseCache())
    packed = pack_task(task, FORMATS, HouseCache())
    shutil.rmtree("inputs")
    assert here.diagnostics
    assert here.crash == ""
    assert essence(run_packed_task(packed)) == essence(here)


def test_what_was_not_taken_along_is_a_mistake_of_ours_and_never_read_from_the_disk(task: Task) -> None:
    held = dict(pack_task(task, FORMATS, HouseCache()).held)
    held.pop(next(question for question in held if question.path.endswith("council.yaml")))
    result = run_task(task, FORMATS, SnapshotFiles(held), HouseCache())
    assert "council.yaml was not taken along" in result.crash


def test_a_house_that_a_worker_knows_is_not_taken_for_another_one_of_that_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_papers(1)
    report = Path("inputs/sample/reports/r000.yaml")
    product = Task(report, house_folders=(product_templates(),))
    own = Task(report, house_folders=(Path("templates"),))
    shutil.copytree(product_templates(), "templates")
    first, before = run_here(product), run_here(own)
    look = Path("templates/_base/look.yaml")
    look.write_text(look.read_text(encoding="utf-8").replace("space_after: 7", "space_after: 8", 1), encoding="utf-8")
    after = run_here(own)
    assert before.files["html"] != after.files["html"]
    assert essence(run_here(product)) == essence(first)


def test_a_worker_with_another_reportgen_refuses(task: Task) -> None:
    result = run_packed_task(replace(pack_task(task, FORMATS, HouseCache()), own_files="other"))
    assert [one.code for one in result.diagnostics] == ["RG065"]
    assert not result.is_lasting


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
    tasks = [Task(report, house_folders=(product_templates(),)) for report in reports]
    options = BuildOptions(formats=("html", "pdf"))
    alone = {place: essence(result) for place, result in InProcessExecutor(options).run(tasks)}
    executor = choose_executor(replace(options, cluster=cluster), 7)
    together = {place: essence(result) for place, result in executor.run(tasks)}
    assert together == alone
    assert [bool(alone[place].files) for place in range(7)] == [True] * 3 + [False] + [True] * 3
    caplog.clear()


def test_a_cluster_that_does_not_answer_is_told_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr("reportgen.build.cluster._CONNECT_TIMEOUT", 0.5)
    with pytest.raises(
        ExecutorUnavailable, match=r"there is no Dask scheduler at tcp://127.0.0.1:9: (.|\n)*hint: start one"
    ):
        list(choose_executor(NOWHERE, 1).run([Task(Path("x"))]))


def test_without_dask_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "distributed", None)
    with pytest.raises(ExecutorUnavailable, match=r"pip install 'reportgen\[cluster\]'"):
        list(choose_executor(NOWHERE, 1).run([]))
