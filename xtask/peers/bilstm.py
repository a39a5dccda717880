"""The released BiLSTM against the same network in ONNX Runtime (float32, and int8 by dynamic quantisation), PyTorch and Keras, on one core.

    python bilstm.py SPEED BUNDLE TEXTS

SPEED is the built example `speed` of the crate `sentiment`. Ours goes from text to probabilities; the peers get the ids of the words and
make the forward pass alone. All take turns, several times; what counts is the median of the rounds. Prints a JSON record a case.
"""
import json, os, sys, tempfile, time
import numpy as np
from networks import Keras, PyTorch, onnx_runtime
from speed import Speed

ROUNDS = 15
SIZES = (8, 32, 128, 512)
LENGTHS = (5, 14, 25, 50, 100)
FULL, SMALL = "ONNX Runtime float32", "ONNX Runtime int8"
PROGRAM, BUNDLE, TEXTS = sys.argv[1:4]
os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def call(network, feeds):
    """Nanoseconds of a call: the median."""
    times = []
    for one in feeds:
        start = time.perf_counter_ns()
        network.run(one)
        times.append(time.perf_counter_ns() - start)
    return sorted(times)[len(times) // 2]


def batches(network, feeds, rows):
    """Nanoseconds a row: the mean over all batches."""
    start = time.perf_counter_ns()
    for one in feeds:
        network.run(one)
    return (time.perf_counter_ns() - start) / rows


def in_turn(cases):
    """The median of each case's rounds; the first round warms up."""
    figures = {name: [] for name in cases}
    for _ in range(ROUNDS + 1):
        for name, measure in cases.items():
            figures[name].append(measure())
    return {name: float(np.median(values[1:])) for name, values in figures.items()}


def record(case, mine, theirs, against):
    """Of nanoseconds a tweet."""
    print(json.dumps({"case": case, "ours": round(mine / 1000, 2), "peer": round(theirs / 1000, 2), "against": against,
                      "ratio": round(theirs / mine, 2), "unit": "µs a tweet"}))


def of_length(count):
    """The texts of tweets one after the other, cut to about `count` words: as many texts as there are tweets."""
    words = " ".join(line.strip() for line in open(TEXTS, encoding="utf-8")).split()
    step = max(1, len(words) // 48)
    return [" ".join((words[start:] + words)[:count]) for start in range(0, len(words), step)]


with tempfile.TemporaryDirectory() as folder:
    runtime = onnx_runtime(BUNDLE, folder)
    peers = runtime | {"PyTorch float32": PyTorch(BUNDLE), "Keras": Keras(BUNDLE)}
    ours = Speed(PROGRAM, BUNDLE, TEXTS)
    rows = ours.ask("ids")
    said = ours.ask("labels", "plain")
    for name, network in peers.items():
        agree = sum(int(network.run(network.prepare([row])).argmax()) == label for row, label in zip(rows, said))
        assert agree == len(rows) or name == SMALL, f"{name} is another network: {agree} of {len(rows)} labels"

    kinds = ("fast", "plain")
    one = {name: (lambda network=network, feeds=[network.prepare([row]) for row in rows]: call(network, feeds)) for name, network in peers.items()}
    one |= {kind: (lambda kind=kind: ours.ask("one", kind)) for kind in kinds}
    one |= {f"first {kind}": (lambda kind=kind: ours.ask("first", kind)) for kind in kinds}
    one = in_turn(one)
    many = {}
    for size in SIZES:
        lines = sorted((rows * size)[:max(size, len(rows))], key=len)  # rows of like length together: little padding
        for name, network in peers.items():
            feeds = [network.prepare(lines[k:k + size]) for k in range(0, len(lines), size)]
            many[name, size] = lambda network=network, feeds=feeds, count=len(lines): batches(network, feeds, count)
        for kind in kinds:
            many[kind, size] = lambda kind=kind, size=size: ours.ask("batch", kind, size)
    many = in_turn(many)
    best = lambda who: min(many[who, size] for size in SIZES)
    for kind in kinds:
        for name in peers:
            record(f"one tweet, {kind}", one[kind], one[name], name)
            record(f"batch, each at its best size, {kind}", best(kind), best(name), name)
        record(f"one tweet, its words never read before, {kind}", one[f"first {kind}"], one[FULL], FULL)
    ours.close()

    for length in LENGTHS:
        path = os.path.join(folder, "texts")
        with open(path, "w", encoding="utf-8") as file:
            file.write("\n".join(of_length(length)))
        ours = Speed(PROGRAM, BUNDLE, path)
        rows = ours.ask("ids")
        medians = in_turn({"fast": lambda: ours.ask("one", "fast")} | {
            name: (lambda network=network, feeds=[network.prepare([row]) for row in rows]: call(network, feeds)) for name, network in runtime.items()})
        ours.close()
        for name in runtime:
            record(f"one text of {length} words, {np.mean([len(row) for row in rows]):.0f} tokens", medians["fast"], medians[name], name)
