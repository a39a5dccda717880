"""The released BiLSTM as ONNX.

    python onnx_bilstm.py BUNDLE FILE
"""
import sys
import numpy as np, onnx
from bundles import arrays_of, config_of, model
from onnx import TensorProto as T, helper as h


def weights_of(bundle):
    """In float32 by their names, how many of the outputs are labels, and the units of a direction."""
    weights, labels = arrays_of(bundle), len(config_of(bundle)["network"]["labels"])
    return weights, labels, weights["lstm.forward.recurrent"].shape[0]


def export(bundle):
    """The network of the folder `bundle`: ids (batch, time), lengths (batch), mask (batch, time, 1) to probabilities of the labels."""
    weights, labels, hidden = weights_of(bundle)

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
    inputs = [("ids", T.INT64, ["b", "t"]), ("lengths", T.INT32, ["b"]), ("mask", T.FLOAT, ["b", "t", 1])]
    return model("bilstm", nodes, constants, inputs, labels)


if __name__ == "__main__":
    onnx.save(export(sys.argv[1]), sys.argv[2])
