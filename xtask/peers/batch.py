"""What one would write around ONNX Runtime to score a file: CSV in, CSV out, a process a core.

    python batch.py BUNDLE TWEETS SCORED PRECISION ROWS

Texts are split by one regular expression. Prints a JSON object: rows a second, without the start, and megabytes of all processes.
"""
import collections, csv, itertools, json, multiprocessing, os, re, resource, sys, tempfile, time
import onnx, onnxruntime as ort
from onnx_bilstm import export
from rows import feed
from onnxruntime.quantization import quantize_dynamic

BUNDLE, TWEETS, SCORED, PRECISION, ROWS = *sys.argv[1:5], int(sys.argv[5])
CHUNK, BATCH = 4096, 128
TOKEN = re.compile(r"@\w+|\w+(?:'\w+)*|[!?]+|[^\w\s]")


def start(path):
    global session, vocabulary
    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = ort.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    with open(os.path.join(BUNDLE, "vocab.txt"), encoding="utf-8") as lines:
        vocabulary = {word.rstrip("\n"): place for place, word in enumerate(lines)}


def score(texts):
    rows = [[vocabulary.get(word, 1) for word in TOKEN.findall(text.lower())] or [1] for text in texts]
    order = sorted(range(len(rows)), key=lambda k: len(rows[k]))
    scores = [None] * len(rows)
    for k in range(0, len(order), BATCH):
        batch = order[k:k + BATCH]
        for place, probabilities in zip(batch, session.run(None, feed([rows[k] for k in batch]))[0].tolist()):
            scores[place] = probabilities
    return scores


def texts(reader, kept):
    """The texts of each chunk of rows, which it leaves in `kept`; runs in a thread of the pool."""
    while rows := list(itertools.islice(reader, CHUNK)):
        kept.append(rows)
        yield [row["text"] for row in rows]


def ready(_):
    time.sleep(0.2)  # so that each process takes one


if __name__ == "__main__":
    cores = len(os.sched_getaffinity(0))
    with tempfile.TemporaryDirectory() as folder:
        full, path = os.path.join(folder, "float32.onnx"), os.path.join(folder, f"{PRECISION}.onnx")
        onnx.save(export(BUNDLE), full)
        if PRECISION == "int8":
            quantize_dynamic(full, path)
        with multiprocessing.get_context("spawn").Pool(cores, start, (path,)) as pool:
            pool.map(ready, range(cores), chunksize=1)
            begin = time.perf_counter()
            with open(TWEETS, newline="", encoding="utf-8") as tweets, open(SCORED, "w", newline="", encoding="utf-8") as scored:
                reader, writer = itertools.islice(csv.DictReader(tweets), ROWS), csv.writer(scored)
                writer.writerow(["id", "text", "negative", "neutral", "positive"])
                kept = collections.deque()
                for scores in pool.imap(score, texts(reader, kept)):
                    rows = kept.popleft()
                    writer.writerows([row["id"], row["text"], *probabilities] for row, probabilities in zip(rows, scores))
            seconds = time.perf_counter() - begin
            pool.close()
            pool.join()
    own, each = (resource.getrusage(who).ru_maxrss / 1000 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(json.dumps({"rows_per_second": ROWS / seconds, "megabytes": own + cores * each}))
