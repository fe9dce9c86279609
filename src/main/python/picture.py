"""Draws the model card's picture: held-out scenes, their true and their estimated inverse depth."""

import argparse
import struct
import zlib
from pathlib import Path

import numpy as np

from evaluate import FARTHEST, onnx_runner, pictures
from pictures import Scenes

NEAR_TO_FAR = np.array([[12, 8, 60], [90, 20, 130], [190, 50, 110], [245, 130, 60], [252, 250, 190]])


def coloured(inverse: np.ndarray, nearest: float) -> np.ndarray:
    """Dark is far, light is near; `nearest` is the inverse depth of the lightest colour."""
    place = np.clip(inverse / nearest, 0, 1) * (len(NEAR_TO_FAR) - 1)
    channels = [np.interp(place, range(len(NEAR_TO_FAR)), NEAR_TO_FAR[:, c]) for c in range(3)]
    return np.stack(channels, -1).astype(np.uint8)


def column(scenes: Scenes, index: int, run) -> np.ndarray:
    """One scene from top to bottom: picture, truth, estimate after scale and shift."""
    depth = np.asarray(scenes.depth[index], np.float64)
    inverse = 1 / depth
    output = run(pictures(scenes, np.array([index])))[0]
    seen = depth < FARTHEST
    columns = np.column_stack([output[seen], np.ones(seen.sum())])
    scale, shift = np.linalg.lstsq(columns, inverse[seen], rcond=None)[0]
    nearest = np.percentile(inverse, 99)
    estimate = coloured(scale * output + shift, nearest)
    return np.concatenate([scenes.rgb[index], coloured(inverse, nearest), estimate])


def write_png(path: Path, rgb: np.ndarray):
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    height, width, _ = rgb.shape
    rows = b"".join(b"\0" + row.tobytes() for row in rgb)
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--scenes", type=Path, required=True)
    parser.add_argument("--first", type=int, default=0, help="index of the first scene shown")
    parser.add_argument("--count", type=int, default=5)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    scenes = Scenes(options.scenes)
    run = onnx_runner(options.model)
    chosen = range(options.first, options.first + options.count)
    sheet = np.concatenate([column(scenes, index, run) for index in chosen], axis=1)
    write_png(options.out, sheet[::2, ::2])


if __name__ == "__main__":
    main()
