"""The BiLSTM in the folder BUNDLE as ONNX, float32 and int8, with the texts of TEXTS and the ids of their words.

    python export.py SPEED BUNDLE TEXTS FOLDER

SPEED is the built example `speed` of the crate `sentiment`. Leaves full.onnx, int8.onnx and rows.json in FOLDER.
"""
import json, os, subprocess, sys
import onnx
from onnx_bilstm import export
from onnxruntime.quantization import quantize_dynamic

SPEED, BUNDLE, TEXTS, FOLDER = sys.argv[1:5]
os.makedirs(FOLDER, exist_ok=True)
full, small = os.path.join(FOLDER, "full.onnx"), os.path.join(FOLDER, "int8.onnx")
onnx.save(export(BUNDLE), full)
quantize_dynamic(full, small)
ids = json.loads(subprocess.run([SPEED, BUNDLE, TEXTS], input="ids\n", capture_output=True, text=True, check=True).stdout)
texts = open(TEXTS, encoding="utf-8").read().splitlines()
json.dump([{"text": text, "ids": row} for text, row in zip(texts, ids, strict=True)], open(os.path.join(FOLDER, "rows.json"), "w"))
