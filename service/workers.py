"""Processes that answer tasks, so that a task past its time is really stopped: its process is ended.

A *template* loads the store into memory once and then forks a worker whenever one is wanted. Workers share its memory
until they write to it, so a new one costs milliseconds, however large the graph. The template has one thread, which is
what makes forking it safe; the server, which has several, is never forked.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import socket
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Self

from ..errors import ServiceError, TravauxError
from ..graph.store import Store
from .tasks import Reply, RequestError, Task

__all__ = ["Template", "Worker"]

_PID = 8
"""How many bytes the number of a process is sent in."""


class Worker:
    """One process that answers one task at a time."""

    def __init__(self, pid: int, line: Connection) -> None:
        self.pid = pid
        self._line = line

    def answer(self, task: Task, seconds: float) -> Reply:
        """The reply to `task`. A worker that has not answered within `seconds`, or has died, is of no more use.

        Raises
        ------
        RequestError
            If the task is refused (400 and others), takes too long (504), or ends the process (500).
        """
        try:
            self._line.send(task)
            if not self._line.poll(seconds):
                self.end()
                raise RequestError(504, f"the query was stopped after {seconds:g} s; ask for less of it")
            answered = self._line.recv()
        except (EOFError, ConnectionError):
            self.end()
            raise RequestError(500, "the query took more memory or depth than there is; ask a simpler one") from None
        if isinstance(answered, RequestError):
            raise answered
        assert isinstance(answered, Reply)
        return answered

    @property
    def alive(self) -> bool:
        """Whether it takes another task."""
        return not self._line.closed

    def end(self) -> None:
        """Stop the process, whatever it does."""
        if self.alive:
            self._line.close()
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)


class Template:
    """The process that holds the store in memory and makes workers of itself."""

    def __init__(self, path: Path) -> None:
        """Load the store at `path`; it may be written to meanwhile and afterwards.

        Raises
        ------
        ServiceError
            If it cannot be loaded, with what is wrong with it.
        """
        self._line, theirs = socket.socketpair()
        spawn = multiprocessing.get_context("spawn")
        self._process = spawn.Process(target=_serve, args=(theirs, path), daemon=True)
        self._process.start()
        theirs.close()
        said = self._line.recv(4096).decode()
        if said != "ready":
            self.close()
            raise ServiceError(said or "the store could not be loaded", where=str(path))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def worker(self) -> Worker:
        """A new worker."""
        ours, theirs = socket.socketpair()
        with theirs:
            socket.send_fds(self._line, [b"fork"], [theirs.fileno()])
        pid = int.from_bytes(self._line.recv(_PID), "big")
        return Worker(pid, Connection(ours.detach()))

    def close(self) -> None:
        """End the template; workers that answer something do so first, and end when their lines are closed."""
        self._line.close()
        self._process.join(5)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()


def _serve(line: socket.socket, path: Path) -> None:
    """What the template does: load, then fork a worker for each line that is handed in, until its own is closed."""
    # A stop from the keyboard reaches all processes of a terminal; it is the server that ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Nobody waits for the workers, so the system is to forget them when they end.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    try:
        with Store.read_only(path) as stored:
            store = stored.in_memory()
    except TravauxError as error:
        line.send(str(error).encode()[:4096])
        return
    line.send(b"ready")
    while True:
        message, handed, _, _ = socket.recv_fds(line, 4, 1)
        if not message:
            return
        pid = os.fork()
        if pid == 0:
            line.close()
            _work(Connection(handed[0]), store)
            os._exit(0)
        os.close(handed[0])
        line.send(pid.to_bytes(_PID, "big"))


def _work(line: Connection, store: Store) -> None:
    """What a worker does: answer tasks until nobody is at the other end of `line`."""
    with contextlib.suppress(EOFError, ConnectionError):
        while True:
            task: Task = line.recv()
            try:
                line.send(task.run(store))
            except RequestError as refused:
                line.send(refused)
            except TravauxError as error:
                line.send(RequestError(400, str(error)))
            except MemoryError:
                line.send(RequestError(500, "the query needs more memory than it may have; ask for less of it"))
            except Exception as error:  # a fault of ours must not end the worker without a word to the client
                line.send(RequestError(500, f"the query could not be answered: {' '.join(str(error).split())[:200]}"))
