"""Reads the Draco clouds of a recording with Google's decoder and compares them, point for point, with the clouds of a
recording of the same frames that a job with result.cloud: float32 made: the same order, each coordinate within half of
the file's step, each colour the same.

    pip install "mcap>=1.6" mcap-protobuf-support DracoPy numpy
    python check_draco.py draco.mcap float32.mcap
"""

import struct
import sys

import DracoPy
import numpy as np
from mcap.reader import make_reader
from mcap_protobuf.decoder import DecoderFactory

POINT = np.dtype([("xyz", "<f4", 3), ("rgba", "u1", 4)])


def clouds(path, suffix):
    """The data of each cloud, by camera and capture time."""
    with open(path, "rb") as file:
        reader = make_reader(file, decoder_factories=[DecoderFactory()])
        return {(channel.topic[: -len(suffix)], message.log_time): decoded.data
                for _, channel, message, decoded in reader.iter_decoded_messages()
                if channel.topic.endswith(suffix)}


def step(draco):
    """The file ends with the quantization of its positions: origin, range, bits."""
    _, _, _, length, bits = struct.unpack("<4fB", draco[-17:])
    return length / (2**bits - 1)


def main(compressed, exact):
    found = clouds(compressed, "/points/draco")
    expected = clouds(exact, "/points")
    if not found or found.keys() != expected.keys():
        raise SystemExit(f"{len(found)} Draco clouds of other frames than the {len(expected)} float32 ones")
    largest = 0
    for frame, draco in found.items():
        points = np.frombuffer(expected[frame], POINT)
        if not len(points):
            continue
        read = DracoPy.decode(draco)
        error = np.abs(np.asarray(read.points, np.float64).reshape(-1, 3) - points["xyz"]).max(initial=0)
        if error > step(draco) / 2:
            raise SystemExit(f"{frame}: {error} m off with a step of {step(draco)} m")
        if not np.array_equal(np.asarray(read.colors).reshape(-1, 3), points["rgba"][:, :3]):
            raise SystemExit(f"{frame}: other colours")
        largest = max(largest, error)
    total = sum(map(len, found.values()))
    print(f"{len(found)} clouds, {total:,} bytes of {sum(map(len, expected.values())):,}; at most {largest * 1e3:.3f} mm off")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    main(*sys.argv[1:])
