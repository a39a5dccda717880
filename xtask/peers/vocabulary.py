"""The released BiLSTM with fewer words, and with words that are made up, against the same networks in ONNX Runtime in float32, on one core.

    python vocabulary.py SPEED BUNDLE TEXTS

All take turns, several times; what counts is the median of the rounds. Prints a JSON record a size.
"""
import hashlib, json, os, shutil, sys, tempfile
import numpy as np, onnx, safetensors.numpy
from networks import OnnxRuntime
from onnx_bilstm import export
from rounds import FULL, alone, in_turn, record
from speed import Speed

SIZES = (2_000, 10_000, None, 100_000, 400_000)  # None: as it is released
PROGRAM, BUNDLE, TEXTS = sys.argv[1:4]
TABLE = "embedding.weight"


def resized(folder, size):
    """Writes the bundle with its `size` most frequent words into `folder`; where it has fewer, with further ones that no tweet contains."""
    shutil.copytree(BUNDLE, folder)
    path = lambda name: os.path.join(folder, name)
    words = open(path("vocab.txt"), encoding="utf-8").read().splitlines()
    arrays = safetensors.numpy.load_file(path("model.safetensors"))
    size = size or len(words)
    words = words[:size] + [f"no-tweet-says-{k}" for k in range(size - len(words))]
    arrays[TABLE] = np.resize(arrays[TABLE], (size, arrays[TABLE].shape[1]))
    open(path("vocab.txt"), "w", encoding="utf-8").write("".join(f"{word}\n" for word in words))
    safetensors.numpy.save_file(arrays, path("model.safetensors"))
    manifest = json.load(open(path("manifest.json")))
    for name, entry in manifest["files"].items():
        content = open(path(name), "rb").read()
        entry.update(size=len(content), sha256=hashlib.sha256(content).hexdigest())
    json.dump(manifest, open(path("manifest.json"), "w"))
    return size


def main():
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    for wanted in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            bundle, file = os.path.join(folder, "bilstm"), os.path.join(folder, "full.onnx")
            size = resized(bundle, wanted)
            onnx.save(export(bundle), file)
            ours = Speed(PROGRAM, bundle, TEXTS)
            cases = {"fast": lambda: ours.ask("one", "fast")} | alone({FULL: OnnxRuntime(file)}, ours.ask("ids"))
            medians = in_turn(cases)
            ours.close()
        record(f"one tweet, {size:,} words known", medians["fast"], medians[FULL], FULL)


if __name__ == "__main__":
    main()
