"""Ours: the built example `speed` of the crate `sentiment`, which answers one order a line."""
import json, subprocess


class Speed:
    def __init__(self, program, bundle, texts):
        self.process = subprocess.Popen([program, bundle, texts], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, *words):
        self.process.stdin.write(" ".join(map(str, words)) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def close(self):
        self.process.stdin.close()
        self.process.wait()
