"""Processes that begin at once: copies of a server that has imported PyTorch and Dask, where there is one."""

import asyncio
import multiprocessing
import sys

START = "spawn" if sys.platform == "win32" else "forkserver"
"""With a server a process begins in a tenth of a second, without one in three."""


def context():
    """The context of these processes."""
    found = multiprocessing.get_context(START)
    if START == "forkserver":
        found.set_forkserver_preload(["engine.search.ways.process_worker", "distributed"])
    return found


def work(address, folder):
    """A worker of Dask with one thread, until its scheduler ends."""
    from distributed import Worker

    async def run():
        async with Worker(
            address, nthreads=1, memory_limit=0, local_directory=folder, dashboard_address="127.0.0.1:0"
        ) as worker:
            await worker.finished()

    asyncio.run(run())
