"""The released MiniLM as ONNX.

    python onnx_minilm.py BUNDLE FILE
"""
import sys
import numpy as np, onnx
from bundles import arrays_of, config_of, model
from onnx import TensorProto as T, helper as h


def export(bundle):
    """The network of the folder `bundle`: ids (batch, time), mask (batch, time, 1) to probabilities of the labels."""
    weights, config = arrays_of(bundle), config_of(bundle)
    encoder, labels = config["encoder"], len(config["labels"])
    heads, hidden, layers = encoder["heads"], encoder["hidden"], encoder["layers"]
    constants, nodes = {}, []

    def constant(name, value):
        constants[name] = value
        return name

    def node(kind, inputs, out, **attributes):
        nodes.append(h.make_node(kind, inputs, [out], name=out, **attributes))
        return out

    def affine(x, name, out):
        product = node("MatMul", [x, constant(f"{name}.W", weights[f"{name}.weight"].T)], f"{out}.product")
        return node("Add", [product, constant(f"{name}.b", weights[f"{name}.bias"])], out)

    def norm(x, name, out):
        scale, shift = weights[name]
        return node("LayerNormalization", [x, constant(f"{name}.scale", scale), constant(f"{name}.shift", shift)], out, epsilon=encoder["epsilon"])

    def gelu(x, out):
        half = node("Mul", [x, constant("half", np.float32(0.5))], f"{out}.half")
        erf = node("Erf", [node("Div", [x, constant("root", np.float32(np.sqrt(2)))], f"{out}.x")], f"{out}.erf")
        return node("Mul", [half, node("Add", [erf, constant("one", np.float32(1))], f"{out}.share")], out)

    split, merge = constant("split", np.array([0, 0, heads, hidden // heads])), constant("merge", np.array([0, 0, hidden]))
    zero, first, second = (constant(name, np.array(value)) for name, value in (("0", [0]), ("1", [1]), ("12", [1, 2])))
    constant("positions", weights["positions"])
    node("Gather", [constant("words", weights["words"]), "ids"], "vectors")
    node("Slice", ["positions", zero, node("Slice", [node("Shape", ["ids"], "shape"), first, constant("2", np.array([2]))], "time"), zero], "places")
    x = norm(node("Add", ["vectors", "places"], "sum"), "norm", "embedded")
    mask = node("Squeeze", ["mask", constant("last", np.array([2]))], "mask.flat")
    below = node("Mul", [node("Sub", [mask, constant("one", np.float32(1))], "outside"), constant("many", np.float32(1e4))], "below")
    bias = node("Unsqueeze", [below, second], "bias")
    for layer in range(layers):
        at = f"layer.{layer}"
        parts = []
        for part, perm in (("q", [0, 2, 1, 3]), ("k", [0, 2, 3, 1]), ("v", [0, 2, 1, 3])):
            k = "qkv".index(part)
            for kind in ("weight", "bias"):
                weights[f"{at}.{part}.{kind}"] = weights[f"{at}.attending.{kind}"][k * hidden:(k + 1) * hidden]
            cut = node("Reshape", [affine(x, f"{at}.{part}", f"{at}.{part}"), split], f"{at}.{part}.cut")
            parts.append(node("Transpose", [cut], f"{at}.{part}.heads", perm=perm))
        scores = node("Mul", [node("MatMul", parts[:2], f"{at}.products"), constant("scale", np.float32((hidden // heads) ** -0.5))], f"{at}.scores")
        shares = node("Softmax", [node("Add", [scores, bias], f"{at}.masked")], f"{at}.shares", axis=-1)
        seen = node("Transpose", [node("MatMul", [shares, parts[2]], f"{at}.seen")], f"{at}.seen.tokens", perm=[0, 2, 1, 3])
        added = affine(node("Reshape", [seen, merge], f"{at}.seen.merged"), f"{at}.projection", f"{at}.added")
        x = norm(node("Add", [added, x], f"{at}.middle.sum"), f"{at}.attention_norm", f"{at}.middle")
        wide = gelu(affine(x, f"{at}.inner", f"{at}.inner"), f"{at}.active")
        x = norm(node("Add", [affine(wide, f"{at}.outer", f"{at}.outer"), x], f"{at}.sum"), f"{at}.output_norm", f"{at}.out")
    total = node("ReduceSum", [node("Mul", [x, "mask"], "kept"), first], "total", keepdims=0)
    mean = node("Div", [total, node("ReduceSum", [mask, first], "count", keepdims=1)], "mean")
    logits = node("Gemm", [mean, constant("Z", weights["output.weight"][:, :labels]), constant("z", weights["output.bias"][:labels])], "logits")
    node("Softmax", [logits], "probabilities", axis=-1)
    inputs = [("ids", T.INT64, ["b", "t"]), ("mask", T.FLOAT, ["b", "t", 1])]
    return model("minilm", nodes, constants, inputs, labels)


if __name__ == "__main__":
    onnx.save(export(sys.argv[1]), sys.argv[2])
