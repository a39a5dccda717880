"""The released MiniLM against the same network in ONNX Runtime (float32, and int8 by dynamic quantisation), on one core.

    python minilm.py SPEED BUNDLE TEXTS

SPEED is the built example `speed` of the crate `sentiment`. Ours goes from text to probabilities; the peers get the ids of the word pieces and
make the forward pass alone. All take turns, several times; what counts is the median of the rounds. Prints a JSON record a case.
"""
import os, sys, tempfile
from networks import onnx_runtime
from onnx_minilm import export
from rounds import FULL, SMALL, agree, alone, best_batches, in_turn, record
from speed import Speed

SIZES = (8, 32)
PEER_OF = {"fast": (SMALL, FULL), "plain": (FULL,)}
PROGRAM, BUNDLE, TEXTS = sys.argv[1:4]
os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})

with tempfile.TemporaryDirectory() as folder:
    peers = onnx_runtime(BUNDLE, folder, export)
    ours = Speed(PROGRAM, BUNDLE, TEXTS)
    rows = ours.ask("ids")
    agree(ours, peers, rows)
    one = in_turn(alone(peers, rows) | {kind: (lambda kind=kind: ours.ask("one", kind)) for kind in PEER_OF})
    best = best_batches(ours, PEER_OF, peers, rows, SIZES)
    ours.close()
    for kind, names in PEER_OF.items():
        for name in names:
            record(f"MiniLM, one tweet, {kind}", one[kind], one[name], name)
            record(f"MiniLM, batch, each at its best size, {kind}", best[kind], best[name], name)
