"""Rows of words' ids as the exported network takes them."""
import numpy as np


def feed(rows):
    """What the network is given of rows of ids."""
    time = max(map(len, rows))
    ids = np.zeros((len(rows), time), np.int64)
    for k, row in enumerate(rows):
        ids[k, :len(row)] = row
    lengths = np.array([len(row) for row in rows], np.int32)
    mask = (np.arange(time)[None, :] < lengths[:, None]).astype(np.float32)[..., None]
    return {"ids": ids, "lengths": lengths, "mask": mask}
