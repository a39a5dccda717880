"""The released BiLSTM in the hands of others: each takes rows of ids and gives probabilities, the labels' only, on one thread.

`prepare` is not timed; `run` is.
"""
import os
import numpy as np, onnx, onnxruntime as ort
from onnx_bilstm import export, weights_of
from rows import feed
from onnxruntime.quantization import quantize_dynamic


class OnnxRuntime:
    def __init__(self, path):
        options = ort.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self.session = ort.InferenceSession(path, options, providers=["CPUExecutionProvider"])

    def prepare(self, rows):
        prepared = feed(rows)
        return {given.name: prepared[given.name] for given in self.session.get_inputs()}

    def run(self, prepared):
        return self.session.run(None, prepared)[0]


class PyTorch:
    def __init__(self, bundle):
        import torch
        torch.set_num_threads(1)
        self.torch = torch
        weights, labels, hidden = weights_of(bundle)
        tensor = lambda values: torch.from_numpy(np.ascontiguousarray(values))
        self.embedding = torch.nn.Embedding.from_pretrained(tensor(weights["embedding.weight"]))
        self.lstm = torch.nn.LSTM(weights["lstm.forward.input"].shape[0], hidden, batch_first=True, bidirectional=True)
        state = {}
        for direction, suffix in (("forward", ""), ("backward", "_reverse")):  # gates in the same order
            state["weight_ih_l0" + suffix] = tensor(weights[f"lstm.{direction}.input"].T)
            state["weight_hh_l0" + suffix] = tensor(weights[f"lstm.{direction}.recurrent"].T)
            state["bias_ih_l0" + suffix] = tensor(weights[f"lstm.{direction}.bias"])
            state["bias_hh_l0" + suffix] = torch.zeros(4 * hidden)
        self.lstm.load_state_dict(state)
        self.dense = [tensor(weights[name]) for name in ("dense.weight", "dense.bias")]
        self.output = [tensor(weights["output.weight"][:, :labels]), tensor(weights["output.bias"][:labels])]

    def prepare(self, rows):
        prepared = feed(rows)
        return self.torch.from_numpy(prepared["ids"]), self.torch.from_numpy(prepared["lengths"].astype(np.int64)), self.torch.from_numpy(prepared["mask"])

    def run(self, prepared):
        torch, rnn = self.torch, self.torch.nn.utils.rnn
        ids, lengths, mask = prepared
        with torch.inference_mode():
            packed = rnn.pack_padded_sequence(self.embedding(ids), lengths, batch_first=True, enforce_sorted=False)
            states, _ = rnn.pad_packed_sequence(self.lstm(packed)[0], batch_first=True)
            highest = (states + (mask - 1) * 2).amax(1)
            pooled = torch.cat([highest, states.sum(1) / mask.sum(1)], 1)
            units = torch.relu(torch.addmm(self.dense[1], pooled, self.dense[0]))
            return torch.softmax(torch.addmm(self.output[1], units, self.output[0]), 1).numpy()


class Keras:
    def __init__(self, bundle):
        os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
        os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
        import keras, tensorflow as tf
        tf.config.threading.set_intra_op_parallelism_threads(1)
        tf.config.threading.set_inter_op_parallelism_threads(1)
        self.tf = tf
        weights, labels, hidden = weights_of(bundle)
        words, size = weights["embedding.weight"].shape
        ids, mask = keras.Input((None,), dtype="int32"), keras.Input((None, 1))
        embedding = keras.layers.Embedding(words, size)
        lstm = keras.layers.Bidirectional(keras.layers.LSTM(hidden, return_sequences=True))
        states = lstm(embedding(ids), mask=keras.ops.squeeze(mask, -1) > 0)
        highest = keras.ops.max(states + (mask - 1) * 2, 1)
        mean = keras.ops.sum(states * mask, 1) / keras.ops.sum(mask, 1)
        dense, output = keras.layers.Dense(weights["dense.bias"].shape[0], "relu"), keras.layers.Dense(labels, "softmax")
        model = keras.Model([ids, mask], output(dense(keras.ops.concatenate([highest, mean], 1))))
        embedding.set_weights([weights["embedding.weight"]])
        lstm.set_weights([weights[f"lstm.{direction}.{part}"] for direction in ("forward", "backward") for part in ("input", "recurrent", "bias")])
        dense.set_weights([weights["dense.weight"], weights["dense.bias"]])
        output.set_weights([weights["output.weight"][:, :labels], weights["output.bias"][:labels]])
        self.call = tf.function(lambda ids, mask: model([ids, mask], training=False), reduce_retracing=True)

    def prepare(self, rows):
        prepared = feed(rows)
        return self.tf.constant(prepared["ids"].astype(np.int32)), self.tf.constant(prepared["mask"])

    def run(self, prepared):
        return self.call(*prepared).numpy()


def onnx_runtime(bundle, folder, export=export):
    """In float32 and in int8, of the bundle's own export, which is written into `folder`."""
    full, small = os.path.join(folder, "full.onnx"), os.path.join(folder, "int8.onnx")
    onnx.save(export(bundle), full)
    quantize_dynamic(full, small)
    return {"ONNX Runtime float32": OnnxRuntime(full), "ONNX Runtime int8": OnnxRuntime(small)}
