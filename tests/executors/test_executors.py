"""One contract for every executor: the shape of map, in order, lazily."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Generator, Iterator
from typing import cast

import pytest

from bicorpus.executors.processes import Processes, WorkerDiedError
from bicorpus.executors.serial import run_serially
from bicorpus.protocols import Executor


def double(number: int) -> int:
    return 2 * number


def refuse(number: int) -> int:
    if number == 3:
        raise ValueError("three")
    return number


def die(number: int) -> int:
    if number == 2:
        os._exit(9)
    return number


@pytest.mark.parametrize("execute", [run_serially, Processes(2)], ids=["serial", "processes"])
@pytest.mark.parametrize("count", [0, 1, 20])
def test_results_come_in_order(execute: Executor, count: int) -> None:
    assert list(execute(double, range(count))) == [2 * number for number in range(count)]


@pytest.mark.parametrize("execute", [run_serially, Processes(2)], ids=["serial", "processes"])
def test_an_error_comes_through_after_what_was_before_it(execute: Executor) -> None:
    results = execute(refuse, range(6))
    assert [next(results) for _ in range(3)] == [0, 1, 2]
    with pytest.raises(ValueError, match="three"):
        next(results)


@pytest.mark.parametrize("execute", [run_serially, Processes(2)], ids=["serial", "processes"])
def test_items_are_taken_as_they_are_needed(execute: Executor) -> None:
    taken = []

    def items() -> Iterator[int]:
        for number in range(1000):
            taken.append(number)
            yield number

    results = execute(double, items())
    next(results)
    assert len(taken) < 20


def test_a_dead_worker_is_a_sentence() -> None:
    with pytest.raises(WorkerDiedError, match="ended by force"):
        list(Processes(2)(die, range(8)))


def nap(seconds: float) -> float:
    time.sleep(seconds)
    return seconds


def test_who_stops_does_not_wait_for_work_in_hand() -> None:
    before = set(multiprocessing.active_children())
    results = Processes(2)(nap, [0.0, 120.0, 120.0, 120.0])
    assert next(iter(results)) == 0.0
    workers = set(multiprocessing.active_children()) - before
    assert workers
    cast("Generator[float, None, None]", results).close()
    for worker in workers:
        worker.join(timeout=30)
        assert not worker.is_alive()
