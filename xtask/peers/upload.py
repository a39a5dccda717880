"""What a client does with a file: announces it, sends it in slices, has it read, and waits for its end.

    python upload.py SERVICE FILE

Prints a JSON object: seconds of the upload, seconds of the reading, rows that have a verdict.
"""
import json, os, sys, time
from urllib.request import Request, urlopen

SERVICE, FILE = sys.argv[1:3]
SLICE = 8 << 20


def ask(method, path, body=None, kind="application/json"):
    request = Request(SERVICE + path, data=body, method=method, headers={"content-type": kind})
    with urlopen(request) as answer:
        return json.load(answer)


begin = time.monotonic()
announced = {"name": os.path.basename(FILE), "bytes": os.path.getsize(FILE)}
path = "/api/v1/files/" + ask("POST", "/api/v1/files", json.dumps(announced).encode())["id"]
with open(FILE, "rb") as content:
    while part := content.read(SLICE):
        ask("PATCH", f"{path}/content?offset={content.tell() - len(part)}", part, "application/octet-stream")
arrived = time.monotonic()
ask("POST", f"{path}/reading", b"{}")
while (report := ask("GET", path))["state"] == "reading":
    time.sleep(.05)
read = time.monotonic()
if report["state"] != "done":
    sys.exit(f"the file is {report['state']}")
print(json.dumps({"upload": arrived - begin, "reading": read - arrived, "rows": report["progress"]["judged"]}))
