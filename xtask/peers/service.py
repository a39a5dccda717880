"""What one would write around ONNX Runtime: the released BiLSTM behind FastAPI. Nothing is stored, and the text is split by one regular
expression. Started by uvicorn with a worker a core; the folder of the bundle is in BUNDLE, its export (`onnx_bilstm.py`) in MODEL.
"""
import os, re
import onnxruntime as ort
from fastapi import FastAPI
from pydantic import BaseModel
from rows import feed

BUNDLE = os.environ["BUNDLE"]
with open(os.path.join(BUNDLE, "vocab.txt"), encoding="utf-8") as lines:
    VOCABULARY = {word.rstrip("\n"): place for place, word in enumerate(lines)}
TOKEN = re.compile(r"@\w+|\w+(?:'\w+)*|[!?]+|[^\w\s]")
options = ort.SessionOptions()
options.intra_op_num_threads = options.inter_op_num_threads = 1
session = ort.InferenceSession(os.environ["MODEL"], options, providers=["CPUExecutionProvider"])
app = FastAPI()


class Tweet(BaseModel):
    text: str


@app.post("/api/v1/analyses", status_code=201)
def analyse(tweet: Tweet):
    ids = [VOCABULARY.get(word, 1) for word in TOKEN.findall(tweet.text.lower())] or [1]
    negative, neutral, positive = session.run(None, feed([ids]))[0][0].tolist()
    return {"negative": negative, "neutral": neutral, "positive": positive}


@app.get("/health/ready")
def ready():
    return {}
