"""`python -m benchmarks`: measure, and write docs/benchmarks.md. `make bench` sets up what is needed and calls it."""

from __future__ import annotations

import argparse
import shutil
import sys
from dataclasses import replace

from benchmarks.cases import FULL, QUICK, Size, run_all
from benchmarks.contenders import missing
from benchmarks.measuring import CommandFailed
from benchmarks.page import fill, write_results
from benchmarks.papers import ROOT
from benchmarks.surroundings import machine, versions
from benchmarks.validating import WordsMissing

PAGE = ROOT / "docs" / "benchmarks.md"
BUILD = ROOT / "build"


def main() -> None:
    """Measure what the arguments say."""
    asked = _arguments().parse_args()
    absent = missing()
    if absent:
        sys.exit(
            f"nothing was measured, for want of {', '.join(absent)}: run `make bench`, which sets this up or says how"
        )
    before = PAGE.read_text(encoding="utf-8")
    fill(before, "")  # what is wrong with the page is better known now than in half an hour
    work = BUILD / "bench"
    try:
        results = run_all(work, _size(asked), lambda said: print(said, flush=True))
    except (CommandFailed, WordsMissing) as failed:
        sys.exit(f"nothing was written: {failed}")
    written = fill(before, write_results(results, machine(), versions()))
    page = BUILD / PAGE.name if asked.quick else PAGE
    page.write_text(written, encoding="utf-8")
    shutil.rmtree(work)  # after a failure it stays, with the log of what failed
    print(f"written: {page.relative_to(ROOT)}")


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a few papers, to see that it works; into build/")
    parser.add_argument("--up-to", type=int, metavar="PAPERS", help="leave out runs of more papers than that")
    parser.add_argument("--peers-too", action="store_true", help="more than a hundred papers with the peers as well")
    return parser


def _size(asked: argparse.Namespace) -> Size:
    size = QUICK if asked.quick else FULL
    growth = tuple(papers for papers in size.growth if asked.up_to is None or papers <= asked.up_to)
    return replace(size, growth=growth, peers_grow=asked.peers_too)


if __name__ == "__main__":
    main()
