"""The released BiLSTM against the same network in ONNX Runtime (float32, and int8 by dynamic quantisation), PyTorch and Keras, on one core.

    python bilstm.py SPEED BUNDLE TEXTS

SPEED is the built example `speed` of the crate `sentiment`. Ours goes from text to probabilities; the peers get the ids of the words and
make the forward pass alone. All take turns, several times; what counts is the median of the rounds. Prints a JSON record a case.
"""
import os, sys, tempfile
import numpy as np
from networks import Keras, PyTorch, onnx_runtime
from rounds import FULL, agree, alone, best_batches, in_turn, record
from speed import Speed

SIZES = (8, 32, 128, 512)
LENGTHS = (5, 14, 25, 50, 100)
PROGRAM, BUNDLE, TEXTS = sys.argv[1:4]
os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


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
    agree(ours, peers, rows)

    kinds = ("fast", "plain")
    one = alone(peers, rows) | {kind: (lambda kind=kind: ours.ask("one", kind)) for kind in kinds}
    one |= {f"first {kind}": (lambda kind=kind: ours.ask("first", kind)) for kind in kinds}
    one = in_turn(one)
    best = best_batches(ours, kinds, peers, rows, SIZES)
    for kind in kinds:
        for name in peers:
            record(f"one tweet, {kind}", one[kind], one[name], name)
            record(f"batch, each at its best size, {kind}", best[kind], best[name], name)
        record(f"one tweet, its words never read before, {kind}", one[f"first {kind}"], one[FULL], FULL)
    ours.close()

    for length in LENGTHS:
        path = os.path.join(folder, "texts")
        with open(path, "w", encoding="utf-8") as file:
            file.write("\n".join(of_length(length)))
        ours = Speed(PROGRAM, BUNDLE, path)
        rows = ours.ask("ids")
        medians = in_turn({"fast": lambda: ours.ask("one", "fast")} | alone(runtime, rows))
        ours.close()
        for name in runtime:
            record(f"one text of {length} words, {np.mean([len(row) for row in rows]):.0f} tokens", medians["fast"], medians[name], name)
