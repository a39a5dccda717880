"""Turns of measurements, and what is said of them."""
import json, time
import numpy as np

ROUNDS = 15
FULL, SMALL = "ONNX Runtime float32", "ONNX Runtime int8"


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


def agree(ours, peers, rows):
    """That the peers are the same network, by what they say of `rows`; in int8 one may differ."""
    said = ours.ask("labels", "plain")
    for name, network in peers.items():
        same = sum(int(network.run(network.prepare([row])).argmax()) == label for row, label in zip(rows, said))
        assert same == len(rows) or name == SMALL, f"{name} is another network: {same} of {len(rows)} labels"


def alone(peers, rows):
    """Cases, by the peers' names: each row by itself."""
    return {name: (lambda network=network, feeds=[network.prepare([row]) for row in rows]: call(network, feeds)) for name, network in peers.items()}


def best_batches(ours, kinds, peers, rows, sizes):
    """Nanoseconds a row of our `kinds` and of the peers, by their names, each at its best size; rows of like length are together: little padding."""
    cases = {}
    for size in sizes:
        lines = sorted((rows * size)[:max(size, len(rows))], key=len)
        for name, network in peers.items():
            feeds = [network.prepare(lines[k:k + size]) for k in range(0, len(lines), size)]
            cases[name, size] = lambda network=network, feeds=feeds, count=len(lines): batches(network, feeds, count)
        for kind in kinds:
            cases[kind, size] = lambda kind=kind, size=size: ours.ask("batch", kind, size)
    medians = in_turn(cases)
    return {who: min(medians[who, size] for size in sizes) for who in (*kinds, *peers)}
