"""Worker processes on this machine: results in order, few items in flight, none left behind."""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice

from bicorpus.errors import BicorpusError
from bicorpus.protocols import Result, Work

# Enough to keep the workers busy while the results are saved, and little enough that memory
# stays flat however many items there are.
_IN_FLIGHT_PER_WORKER = 3


class WorkerDiedError(BicorpusError):
    """A worker process ended without a result (killed, or out of memory)."""


class Processes:
    """An executor with `workers` processes; see `protocols.Executor`."""

    def __init__(self, workers: int) -> None:
        self.workers = workers

    def __call__(
        self, function: Callable[[Work], Result], items: Iterable[Work]
    ) -> Iterator[Result]:
        """Yield `function(item)` for each item, in order; raises what `function` raises.

        Raises WorkerDiedError where a process ended by force. What was yielded before stays valid.
        """
        waiting = iter(items)
        first = list(islice(waiting, 2))
        if len(first) < 2:
            # Starting a process takes longer than one article does.
            yield from map(function, first)
            return
        waiting = chain(first, waiting)
        # Spawned, not forked: the decoder's threads do not survive a fork.
        pool = ProcessPoolExecutor(
            self.workers,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_follow_parent,
            initargs=(os.getpid(),),
        )
        try:
            in_flight: deque[Future[Result]] = deque(
                pool.submit(function, item)
                for item in islice(waiting, self.workers * _IN_FLIGHT_PER_WORKER)
            )
            while in_flight:
                result = in_flight.popleft().result()
                in_flight.extend(pool.submit(function, item) for item in islice(waiting, 1))
                yield result
        except BrokenProcessPool as error:
            raise WorkerDiedError(
                "A worker process ended by force, perhaps for want of memory.",
                next_step="What was done is saved: run the same command again, with "
                "--workers 1 if it happens again.",
            ) from error
        except BaseException:
            _end_workers(pool)
            raise
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _end_workers(pool: ProcessPoolExecutor) -> None:
    """End the workers at once: without it, an interrupted program waits for their articles."""
    for process in list((getattr(pool, "_processes", None) or {}).values()):
        process.terminate()


def _follow_parent(parent: int) -> None:
    """End this worker when its parent is gone, even by `kill -9`: orphans would hold the memory."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
