"""How long an event loop was kept from answering, seen from outside."""

import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from threading import Event, Thread

EVERY = 0.01  # seconds

Answers = list[float]  # seconds that each took


class Probe:
    """Asks a program whether it is alive, every 10 ms on one kept connection, and times it."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._answers: Answers = []
        self._stop = Event()

    @contextmanager
    def asking(self) -> Iterator[None]:
        thread = Thread(target=self._ask, daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._stop.set()
            thread.join()

    def taken(self) -> Answers:
        """Give the seconds that each answer took since this was last asked."""
        answers, self._answers = self._answers, []
        return answers

    def _ask(self) -> None:
        connection = HTTPConnection("127.0.0.1", self._port, timeout=10)
        while not self._stop.wait(EVERY):
            began = time.perf_counter()
            connection.request("GET", "/healthz")
            connection.getresponse().read()
            self._answers.append(time.perf_counter() - began)
        connection.close()


def longest_block_ms(answers: Answers, *, calm: Answers) -> float:
    """Say how much longer than usual the slowest answer took."""
    return (max(answers) - statistics.median(calm)) * 1000
