"""The released BiLSTM against its own ONNX export in ONNX Runtime (float32, and int8 by dynamic quantisation), one core.

    python bilstm.py SPEED BUNDLE TEXTS

SPEED is the built example `speed` of the crate `sentiment`. Ours goes from text to probabilities; the peers get the ids of the words and
make the forward pass alone. All take turns, several times; what counts is the median of the rounds. Prints a JSON record a case.
"""
import json, os, subprocess, sys, tempfile, time
import numpy as np, onnx, onnxruntime as ort
from onnx_bilstm import export, feed
from onnxruntime.quantization import quantize_dynamic

ROUNDS = 15
SPEED, BUNDLE, TEXTS = sys.argv[1:4]
os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})

def session(path):
    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return ort.InferenceSession(path, options, providers=["CPUExecutionProvider"])


def peer(session, feeds):
    """Nanoseconds a row: the median of single calls, or the mean over batches."""
    times = []
    for one in feeds:
        start = time.perf_counter_ns()
        session.run(None, one)
        times.append(time.perf_counter_ns() - start)
    sizes = [len(one["lengths"]) for one in feeds]
    return sorted(times)[len(times) // 2] if max(sizes) == 1 else sum(times) / sum(sizes)


ours = subprocess.Popen([SPEED, BUNDLE, TEXTS], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def order(words):
    ours.stdin.write(words + "\n")
    ours.stdin.flush()
    return ours.stdout.readline()


rows = json.loads(order("ids"))
with tempfile.TemporaryDirectory() as folder:
    full, small = os.path.join(folder, "full.onnx"), os.path.join(folder, "int8.onnx")
    onnx.save(export(BUNDLE), full)
    quantize_dynamic(full, small)
    sessions = {"ONNX Runtime float32": session(full), "ONNX Runtime int8": session(small)}
    cases = {"one": [feed([row]) for row in rows]}
    for size in (8, 32, 128, 512):
        many = sorted((rows * size)[:max(size, len(rows))], key=len)  # rows of like length together: little padding
        cases[f"batch {size}"] = [feed(many[k:k + size]) for k in range(0, len(many), size)]
    figures = {}
    agree = {}
    labels_of = {arithmetic: json.loads(order(f"labels {arithmetic}")) for arithmetic in ("fast", "plain")}
    for name, running in sessions.items():
        said = [int(running.run(None, one)[0].argmax()) for one in cases["one"]]
        agree[name] = sum(a == b for a, b in zip(said, labels_of["plain"]))
    assert agree["ONNX Runtime float32"] == len(rows), f"the export is another network: {agree}"
    for turn in range(ROUNDS + 1):
        for case, feeds in cases.items():
            for name, running in sessions.items():
                figures.setdefault((case, name), []).append(peer(running, feeds))
            kind, *size = case.split()
            for arithmetic in ("fast", "plain"):
                nanoseconds = float(order(" ".join([kind, arithmetic, *size])))
                figures.setdefault((case, arithmetic), []).append(nanoseconds)
        for arithmetic in ("fast", "plain"):
            figures.setdefault(("first", arithmetic), []).append(float(order(f"first {arithmetic}")))
median = {key: float(np.median(values[1:])) for key, values in figures.items()}  # the first round warms up
batches = [case for case in cases if case != "one"]
best = lambda who: min(median[case, who] for case in batches)
for name in sessions:
    for arithmetic in ("fast", "plain"):
        for case, mine, theirs in (("one tweet", median["one", arithmetic], median["one", name]),
                                   ("one tweet, its words never read before", median["first", arithmetic], median["one", name]),
                                   ("batch, each at its best size", best(arithmetic), best(name))):
            print(json.dumps({"case": f"{case}, {arithmetic}", "ours": round(mine / 1000, 2), "peer": round(theirs / 1000, 2), "against": name,
                              "ratio": round(theirs / mine, 2), "unit": "µs a tweet"}))
