"""The released BiLSTM against its own ONNX export in ONNX Runtime (float32, and int8 by dynamic quantisation), one core.

    python bilstm.py SPEED BUNDLE TEXTS

SPEED is the built example `speed` of the crate `sentiment`. Ours goes from text to probabilities; the peers get the ids of the words and
make the forward pass alone. All take turns, several times; what counts is the median of the rounds. Prints a JSON record a case.
"""
import json, os, subprocess, sys, tempfile, time
import numpy as np, onnx, onnxruntime as ort, safetensors.numpy
from onnx import TensorProto as T, helper as h, numpy_helper as nh
from onnxruntime.quantization import quantize_dynamic

ROUNDS = 15
SPEED, BUNDLE, TEXTS = sys.argv[1:4]
os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})

weights = {k: v.astype(np.float32) for k, v in safetensors.numpy.load_file(os.path.join(BUNDLE, "model.safetensors")).items()}
labels = len(json.load(open(os.path.join(BUNDLE, "config.json")))["network"]["labels"])


def export():
    """The network as ONNX: ids (batch, time), lengths (batch), mask (batch, time, 1) to probabilities of the labels."""
    hidden = weights["lstm.forward.recurrent"].shape[0]

    def gates(name):  # ours: input, forget, candidate, output; theirs: input, output, forget, candidate
        i, f, g, o = np.split(weights[name].T.reshape(4 * hidden, -1), 4)
        return np.concatenate([i, o, f, g])

    both = lambda part: np.stack([gates(f"lstm.{direction}.{part}") for direction in ("forward", "backward")])
    bias = both("bias")[..., 0]
    constants = {
        "E": weights["embedding.weight"], "W": both("input"), "R": both("recurrent"), "B": np.concatenate([bias, np.zeros_like(bias)], 1),
        "A": weights["dense.weight"], "a": weights["dense.bias"], "Z": weights["output.weight"][:, :labels], "z": weights["output.bias"][:labels],
        "two": np.float32(2.0).reshape(1), "one": np.float32(1.0).reshape(1), "time": np.array([1], np.int64), "states": np.array([0, 0, -1], np.int64),
    }
    nodes = [
        h.make_node("Gather", ["E", "ids"], ["e"]),
        h.make_node("Transpose", ["e"], ["x"], perm=[1, 0, 2]),
        h.make_node("LSTM", ["x", "W", "R", "B", "lengths"], ["y"], hidden_size=hidden, direction="bidirectional"),  # (time, 2, batch, hidden)
        h.make_node("Transpose", ["y"], ["yb"], perm=[2, 0, 1, 3]),
        h.make_node("Reshape", ["yb", "states"], ["s"]),  # (batch, time, 2 * hidden)
        h.make_node("Sub", ["mask", "one"], ["m1"]), h.make_node("Mul", ["m1", "two"], ["below"]),
        h.make_node("Add", ["s", "below"], ["masked"]),  # states lie within -1 and 1
        h.make_node("ReduceMax", ["masked"], ["max"], axes=[1], keepdims=0),
        h.make_node("ReduceSum", ["s", "time"], ["sum"], keepdims=0), h.make_node("ReduceSum", ["mask", "time"], ["n"], keepdims=0),
        h.make_node("Div", ["sum", "n"], ["mean"]),
        h.make_node("Concat", ["max", "mean"], ["p"], axis=1),
        h.make_node("Gemm", ["p", "A", "a"], ["d0"]), h.make_node("Relu", ["d0"], ["d"]),
        h.make_node("Gemm", ["d", "Z", "z"], ["l"]), h.make_node("Softmax", ["l"], ["probabilities"], axis=-1)]
    inputs = [h.make_tensor_value_info("ids", T.INT64, ["b", "t"]), h.make_tensor_value_info("lengths", T.INT32, ["b"]),
              h.make_tensor_value_info("mask", T.FLOAT, ["b", "t", 1])]
    graph = h.make_graph(nodes, "bilstm", inputs, [h.make_tensor_value_info("probabilities", T.FLOAT, ["b", labels])],
                         [nh.from_array(np.ascontiguousarray(v), k) for k, v in constants.items()])
    model = h.make_model(graph, opset_imports=[h.make_opsetid("", 17)])
    model.ir_version = 9
    onnx.checker.check_model(model)
    return model


def session(path):
    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return ort.InferenceSession(path, options, providers=["CPUExecutionProvider"])


def feed(rows):
    time_ = max(map(len, rows))
    ids = np.zeros((len(rows), time_), np.int64)
    for k, row in enumerate(rows):
        ids[k, :len(row)] = row
    lengths = np.array([len(row) for row in rows], np.int32)
    mask = (np.arange(time_)[None, :] < lengths[:, None]).astype(np.float32)[..., None]
    return {"ids": ids, "lengths": lengths, "mask": mask}


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
    onnx.save(export(), full)
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
