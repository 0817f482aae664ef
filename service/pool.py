"""The workers of a service, and the queue before them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from .tasks import Reply, RequestError, Task
from .workers import Template, Worker

__all__ = ["Limits", "Pool"]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request, and all of them together, may take."""

    seconds: float = 30.0
    """How long a task may run."""

    request_bytes: int = 2_000_000
    """How long a request may be."""

    reply_bytes: int = 100_000_000
    """How long a reply may be."""

    workers: int = 2
    """How many tasks run at once."""

    queue: int = 64
    """How many more may wait."""


class Pool:
    """Up to ``limits.workers`` tasks at once; as many more as the queue holds wait, and the others are refused."""

    def __init__(self, template: Template, limits: Limits) -> None:
        self._template = template
        self._limits = limits
        self._idle: list[Worker] = []
        self._places = asyncio.Semaphore(limits.workers)
        self._asked = 0

    async def answer(self, task: Task, seconds: float | None = None) -> Reply:
        """The reply to `task`, within `seconds` or the limit, whichever is less, counted from when it starts.

        Raises
        ------
        RequestError
            If the queue is full (503), or as :meth:`~travaux.service.workers.Worker.answer` says.
        """
        if self._asked >= self._limits.workers + self._limits.queue:
            raise RequestError(503, "more is asked than can be answered; ask again in a few seconds")
        self._asked += 1
        try:
            async with self._places:
                allowed = min(seconds or self._limits.seconds, self._limits.seconds)
                return await asyncio.to_thread(self._answered, task, allowed)
        finally:
            self._asked -= 1

    def _answered(self, task: Task, seconds: float) -> Reply:
        worker = self._idle.pop() if self._idle else self._template.worker()
        try:
            return worker.answer(task, seconds)
        finally:
            if worker.alive:
                self._idle.append(worker)

    def close(self) -> None:
        """End the workers that nobody waits for."""
        while self._idle:
            self._idle.pop().end()
