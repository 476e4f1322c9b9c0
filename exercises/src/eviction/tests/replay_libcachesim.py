"""Makes libcachesim.csv: what the simulator libCacheSim misses on our comparison traces.

    cargo run --release -p exercises --example eviction_traces -- FOLDER
    python3 -m pip install libcachesim==0.3.5
    python3 exercises/src/eviction/tests/replay_libcachesim.py FOLDER > exercises/src/eviction/tests/libcachesim.csv

The package (GPL-3, https://pypi.org/project/libcachesim/) is a tool to compare with; nothing of it
is in this repository. It has no LIFO and no MRU; its random replacement depends on the
size of its table.
"""

import sys
from importlib.metadata import version

import libcachesim

POLICIES = {
    "FIFO": "FIFO", "LRU": "LRU", "LFU": "LFU", "CLOCK": "Clock", "SIEVE": "Sieve",
    "S3-FIFO": "S3FIFO", "2Q": "TwoQ", "ARC": "ARC", "W-TinyLFU": "WTinyLFU", "optimum": "Belady",
}
SIZES = {"zipf": (200, 2000), "scans": (500, 1500), "loop": (500, 990), "drift": (100, 1000), "disk": (800, 8000)}

print(f"# Misses of libcachesim {version('libcachesim')}; made by replay_libcachesim.py, do not edit.")
for trace, sizes in SIZES.items():
    for size in sizes:
        for name, policy in POLICIES.items():
            reader = libcachesim.TraceReader(
                f"{sys.argv[1]}/{trace}.oracleGeneral.bin",
                libcachesim.TraceType.ORACLE_GENERAL_TRACE,
                libcachesim.ReaderInitParam(ignore_obj_size=True),
            )
            cache = getattr(libcachesim, policy)(cache_size=size, hashpower=16)
            ratio, _ = cache.process_trace(reader)
            print(trace, size, name, round(ratio * reader.get_num_of_req()), sep=",")
