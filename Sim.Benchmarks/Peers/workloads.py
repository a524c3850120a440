"""The workloads W1 to W6 on asyncio and on uvloop: python3 workloads.py asyncio W1 3

Prints one line: the median nanoseconds of processor time of an operation over so many rounds, and the peak of memory in bytes.
W2 and W3 are about timers and need virtual time: a selector that does not wait but moves the clock. uvloop has none.
"""
import asyncio
import resource
import statistics
import sys
import time


class VirtualLoop(asyncio.SelectorEventLoop):
    """Asyncio's own loop on virtual time."""

    def __init__(self):
        super().__init__()
        self.now = 0.0
        select = self._selector.select
        def wait(timeout):
            if timeout:
                self.now += timeout
            return select(0) if not self._ready and not self._scheduled else []
        self._selector.select = wait

    def time(self):
        return self.now


def generator():
    x = 42
    while True:
        x = (x * 6364136223846793005 + 1442695040888963407) & 0xFFFFFFFFFFFFFFFF
        yield x >> 33


def ready(loop):
    left = 5_000_000

    def chain():
        nonlocal left
        left -= 1
        if left > 0:
            loop.call_soon(chain)
        else:
            loop.stop()

    for _ in range(1_000):
        loop.call_soon(chain)
    loop.run_forever()
    return 5_000_000


def timers(loop):
    fired = 0

    def fire():
        nonlocal fired
        fired += 1
        if fired == 1_000_000:
            loop.stop()

    random = generator()
    for _ in range(1_000_000):
        loop.call_later((1 + next(random) % 1_000_000) / 1_000, fire)
    loop.run_forever()
    return 1_000_000


async def sleepers():
    random = generator()

    async def work():
        for _ in range(100):
            await asyncio.sleep((1 + next(random) % 1_000) / 1_000)

    await asyncio.gather(*[work() for _ in range(10_000)])
    return 1_000_000


async def yields():
    async def work():
        for _ in range(1_000):
            await asyncio.sleep(0)

    await asyncio.gather(*[work() for _ in range(1_000)])
    return 1_000_000


async def gathers():
    async def work():
        await asyncio.sleep(0)

    for _ in range(50):
        await asyncio.gather(*[work() for _ in range(10_000)])
    return 500_000


async def queues():
    there, back = asyncio.Queue(1), asyncio.Queue(1)

    async def answer():
        for _ in range(500_000):
            await back.put(await there.get())

    other = asyncio.ensure_future(answer())
    for i in range(500_000):
        await there.put(i)
        await back.get()
    await other
    return 1_000_000


def new_loop(kind, row):
    if kind == "uvloop":
        import uvloop
        return uvloop.new_event_loop()
    return VirtualLoop() if row in ("W2", "W3") else asyncio.new_event_loop()


def main(kind, row, rounds):
    work = {"W1": ready, "W2": timers, "W3": sleepers, "W4": yields, "W5": gathers, "W6": queues}[row]
    times = []
    for _ in range(rounds):
        loop = new_loop(kind, row)
        asyncio.set_event_loop(loop)
        start = time.process_time_ns()
        operations = loop.run_until_complete(work()) if asyncio.iscoroutinefunction(work) else work(loop)
        times.append((time.process_time_ns() - start) / operations)
        loop.close()
    print(f"{statistics.median(times):.2f} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
