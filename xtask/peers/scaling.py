"""How many more tweets two cores read than one, in batches: threads of one process of ours that share a network, and separate processes of
ONNX Runtime, one a core.

    python scaling.py SPEED BUNDLE TEXTS

All take turns, several times; what counts is the median of the rounds. Prints a JSON record.
"""
import json, multiprocessing, os, sys, tempfile, time
import numpy as np

ROUNDS, SECONDS, SIZE = 7, 2.0, 128
FULL = "ONNX Runtime float32"


def run(path, rows, core, begin, rates):
    from networks import OnnxRuntime
    os.sched_setaffinity(0, {core})
    network = OnnxRuntime(path)
    feeds = [network.prepare(rows[k:k + SIZE]) for k in range(0, len(rows), SIZE)]
    for one in feeds:
        network.run(one)
    begin.wait()
    start, read = time.perf_counter(), 0
    while time.perf_counter() - start < SECONDS:
        for one in feeds:
            network.run(one)
        read += len(rows)
    rates.put(read / (time.perf_counter() - start))


def theirs(path, rows, cores):
    """Tweets a second of a process on each of `cores`."""
    begin, rates = multiprocessing.Barrier(len(cores)), multiprocessing.Queue()
    processes = [multiprocessing.Process(target=run, args=(path, rows, core, begin, rates)) for core in cores]
    for process in processes:
        process.start()
    total = sum(rates.get() for _ in processes)
    for process in processes:
        process.join()
    return total


def main():
    from networks import onnx_runtime
    from speed import Speed
    program, bundle, texts = sys.argv[1:4]
    cores = sorted(os.sched_getaffinity(0))[:2]
    assert len(cores) == 2, "this takes two cores"
    ours = Speed(program, bundle, texts)

    def mine(cores):
        os.sched_setaffinity(ours.process.pid, cores)  # its threads are started later and inherit it
        return ours.ask("threads", len(cores), "fast", SIZE, SECONDS)

    with tempfile.TemporaryDirectory() as folder:
        onnx_runtime(bundle, folder)
        path = os.path.join(folder, "full.onnx")
        rows = sorted(ours.ask("ids") * SIZE, key=len)[:SIZE * 48]
        rates = {"mine": [], "theirs": []}
        for _ in range(ROUNDS):
            for name, measure in (("mine", mine), ("theirs", lambda cores: theirs(path, rows, cores))):
                rates[name].append((measure(cores[:1]), measure(cores)))
    scaling = {name: float(np.median([both / one for one, both in pairs])) for name, pairs in rates.items()}
    print(json.dumps({"case": "two cores against one, batches", "ours": round(scaling["mine"], 3), "peer": round(scaling["theirs"], 3),
                      "against": f"{FULL}, a process a core", "ratio": round(scaling["mine"] / scaling["theirs"], 2), "unit": "times"}))
    both = {name: float(np.median([pair[1] for pair in pairs])) for name, pairs in rates.items()}
    print(json.dumps({"case": "two cores, batches", "ours": round(both["mine"]), "peer": round(both["theirs"]), "against": f"{FULL}, a process a core",
                      "ratio": round(both["mine"] / both["theirs"], 2), "unit": "tweets/s"}))


if __name__ == "__main__":
    multiprocessing.set_start_method("spawn")
    main()
