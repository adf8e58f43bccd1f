"""A Dask cluster: tasks run on its workers, wherever they are; what a lost worker had goes to another one."""

from __future__ import annotations

import contextlib
import importlib
import re
import uuid
import warnings
from collections.abc import Collection, Iterator, Mapping
from concurrent.futures import CancelledError, Future
from typing import Any

from engine.errors import DeviceError, SettingsError
from engine.search.side_by_side import Task
from engine.search.trial import SearchData, SetNames, TrialOutcome, TrialReport, data_arrays
from engine.search.ways import cluster_worker
from engine.search.ways.way import Inbox
from engine.training.epoch_figures import EpochFigures
from engine.version import VERSION

LOCAL = "local"
"""In place of an address: a cluster of this machine, which is started for the search and ended with it."""
NO_DASK = "A cluster needs the package distributed, which is not installed: pip install distributed."
_PATIENCE_S = 10.0
# Dask knows others, and says at once which it does not know.
_ADDRESS = re.compile(r"((tcp|tls)://)?\S+:[0-9]{1,5}|(?!tcp:|tls:)[a-z]+://\S+")


class Cluster:
    """Runs tasks on Dask's workers.

    The digits are scattered once, to every worker. Reports come as events; a stop goes to all workers at
    once. Dask itself runs the tasks of a lost worker elsewhere.

    Attributes:
        title: Where trials run.
        jobs: Threads of all workers.
    """

    def __init__(
        self, address: str, jobs: int = 1, device: str = "cpu", patience_s: float = _PATIENCE_S
    ) -> None:
        """Connect to nobody yet.

        Args:
            address: Of the scheduler, such as ``tcp://host:8786``, or `LOCAL`.
            jobs: Workers of a local cluster; others have as many as they have.
            device: Where the workers train.
            patience_s: Seconds to wait for the scheduler and for its first worker.

        Raises:
            SettingsError: Dask is not installed, or nobody can have such an address.
        """
        self._distributed = load_distributed()
        # Without a port, Dask would look for it for a long time.
        if address != LOCAL and not _ADDRESS.fullmatch(address):
            raise SettingsError(
                "scheduler",
                f"“{address}” is not the address of a Dask scheduler: write one such as tcp://host:8786, or "
                f"{LOCAL}.",
            )
        self._address = address
        self._device = device
        self._patience_s = patience_s
        self._topic = f"scratchpad-search-{uuid.uuid4().hex}"
        self._cluster: Any = None
        self._client: Any = None
        self.jobs = jobs
        self.title = "a local Dask cluster" if address == LOCAL else f"the Dask cluster at {address}"

    def start(self, data: SearchData, inbox: Inbox) -> None:
        """Connect, look whether the workers fit, and send them the data.

        Raises:
            SettingsError: There is no scheduler there, or no worker, or one of another version.
        """
        self._inbox = inbox
        self._names = SetNames.of(data)
        self._standardisation = data.standardisation
        self._arrays = data_arrays(data)
        try:
            self._connect()
            self._check_workers()
            self._scatter()
            self._executor = self._client.get_executor(pure=False)
        except BaseException:
            self.close()
            raise
        self.jobs = max(1, sum(self._client.nthreads().values()))
        self._client.subscribe_topic(self._topic, self._take_event)

    def submit(self, task: Task) -> Future[list[TrialOutcome]]:
        """Run a task on the worker that is free first.

        Raises:
            DeviceError: The scheduler is no longer there.
        """
        try:
            if any(each.status not in ("pending", "finished") for each in self._scattered.values()):
                self._scatter()  # the last worker that had it was lost
            future: Future[list[TrialOutcome]] = self._executor.submit(
                cluster_worker.run,
                self._scattered,
                self._names,
                self._standardisation,
                task,
                self._topic,
                self._device,
            )
        except Exception as error:  # Dask has many for it
            raise DeviceError(
                f"The Dask cluster at {self._address} is no longer there ({type(error).__name__}): start it "
                "again, and go on with the search."
            ) from error
        return future

    def was_lost(self, error: BaseException) -> bool:
        """Whether workers ended while they had the task, or the data were lost with the last of them."""
        killed = self._distributed.KilledWorker
        return isinstance(error, killed | CancelledError | self._distributed.CancelledError)

    def stop(self, numbers: Collection[int]) -> None:
        """Have these trials end after the step under way, wherever they run."""
        if numbers:
            self._client.run(cluster_worker.stop, self._topic, list(numbers), wait=False)

    def close(self) -> None:
        """Cancel what waits, have what runs end, and leave the cluster; a local one ends."""
        client, self._client = self._client, None
        if client is not None:
            with contextlib.suppress(Exception):  # whatever is lost already need not be told to end
                self._executor.shutdown(wait=False)
            with contextlib.suppress(Exception):
                client.run(cluster_worker.end, self._topic, wait=False)
            with contextlib.suppress(Exception):
                client.unsubscribe_topic(self._topic)
            client.close()
        cluster, self._cluster = self._cluster, None
        if cluster is not None:
            cluster.close()

    def _connect(self) -> None:
        target: Any = self._address
        with _quiet():
            if self._address == LOCAL:
                target = self._cluster = self._distributed.LocalCluster(
                    n_workers=self.jobs, threads_per_worker=1, dashboard_address="127.0.0.1:0"
                )
            try:
                self._client = self._distributed.Client(
                    target, timeout=self._patience_s, set_as_default=False
                )
            except (OSError, ValueError, TypeError, KeyError) as error:
                raise SettingsError(
                    "scheduler",
                    f"There is no Dask scheduler at {self._address}: start one with “dask scheduler”, or "
                    "name another address.",
                ) from error
            check_versions(self._client.get_versions(), self._address)

    def _check_workers(self) -> None:
        try:
            self._client.wait_for_workers(1, timeout=self._patience_s)
        except TimeoutError as error:
            raise SettingsError(
                "scheduler",
                f"The scheduler at {self._address} has no workers: start some with “dask worker "
                f"{self._address}”.",
            ) from error
        try:
            found: Mapping[str, str] = self._client.run(cluster_worker.version)
        except Exception as error:  # whatever a worker without this program has to say
            raise SettingsError(
                "scheduler",
                f"The workers of {self._address} cannot run this program ({type(error).__name__}): install "
                f"Scratchpad {VERSION} there.",
            ) from error
        others = sorted({version for version in found.values() if version != VERSION})
        if others:
            raise SettingsError(
                "scheduler",
                f"The workers of {self._address} have Scratchpad {others[0]}, and this is {VERSION}: install "
                "the same version there.",
            )

    def _scatter(self) -> None:
        """One future for each array, which the tasks name as what they depend on."""
        self._scattered = self._client.scatter(self._arrays, broadcast=True, hash=False)

    def _take_event(self, event: tuple[float, list[Any]]) -> None:
        _, (number, attempt, figures) = event
        self._inbox(TrialReport(number, attempt, EpochFigures(*figures)))


def load_distributed() -> Any:
    """Dask's ``distributed``.

    Raises:
        SettingsError: It is not installed; the sentence says how to install it.
    """
    try:
        return importlib.import_module("distributed")
    except ImportError as error:
        raise SettingsError("scheduler", NO_DASK) from error


def check_versions(versions: Mapping[str, Any], address: str) -> None:
    """Do nothing if the scheduler and its workers have the same Dask and Python as this program.

    Args:
        versions: As ``Client.get_versions`` has them.
        address: Of the scheduler, for the sentence.

    Raises:
        SettingsError: They have others.
    """
    ours = _facts(versions["client"])
    for name, each in {"scheduler": versions["scheduler"], **dict(versions["workers"])}.items():
        theirs = _facts(each)
        if theirs != ours:
            who = "scheduler" if name == "scheduler" else "worker"
            raise SettingsError(
                "scheduler",
                f"A {who} of {address} has {theirs}, and this program {ours}: install the same versions.",
            )


def _facts(machine: Mapping[str, Any]) -> str:
    python = str(machine["host"].get("python", ""))
    return f"Dask {machine['packages'].get('distributed')} with Python {'.'.join(python.split('.')[:2])}"


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Without Dask's own warnings of versions, which are compared here, and of ports that are in use."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
