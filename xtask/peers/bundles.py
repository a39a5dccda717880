"""Bundles and exports: what all networks have in common."""
import json, os
import numpy as np, onnx, safetensors.numpy
from onnx import TensorProto as T, helper as h, numpy_helper as nh


def arrays_of(bundle):
    """The arrays of the folder `bundle` in float32 by their names; those in 8 bits have scales, for each block of a row or for each column."""
    kept = safetensors.numpy.load_file(os.path.join(bundle, "model.safetensors"))
    arrays = {}
    for name, values in kept.items():
        arrays[name] = values.astype(np.float32)
        scales = kept.get(f"{name}.scales")
        if scales is not None:
            columns = values.shape[1]
            arrays[name] *= np.repeat(scales, -(-columns // scales.shape[1]), axis=1)[:, :columns]
    return arrays


def config_of(bundle):
    return json.load(open(os.path.join(bundle, "config.json")))


def model(name, nodes, constants, inputs, labels):
    """A checked ONNX model from `inputs`, as (name, type, shape), to probabilities of so many labels."""
    inputs = [h.make_tensor_value_info(*one) for one in inputs]
    graph = h.make_graph(nodes, name, inputs, [h.make_tensor_value_info("probabilities", T.FLOAT, ["b", labels])],
                         [nh.from_array(np.ascontiguousarray(v), k) for k, v in constants.items()])
    made = h.make_model(graph, opset_imports=[h.make_opsetid("", 17)])
    made.ir_version = 9
    onnx.checker.check_model(made)
    return made
