"""Measures a depth network on rendered scenes against two baselines that never see the picture.

Every estimate is aligned to the truth by the scale and shift in inverse depth that fit the picture
best (least squares), as is usual for relative depth; the baselines get the same alignment.
"""

import argparse
import time
from pathlib import Path

import numpy as np
import onnxruntime

from pictures import MEAN, STD, Scenes

FARTHEST = 80.0  # metres; what is farther is left out, and no estimate is put farther
FAMILIES = ("ROOM", "OUTDOOR", "CLUTTER", "CORRIDOR", "FURNITURE")
PAIRS = 4000


def aligned(basis: np.ndarray, inverse: np.ndarray) -> np.ndarray:
    """Least-squares fit of the columns of `basis` [pixels, n] and a constant to `inverse`."""
    columns = np.column_stack([basis, np.ones(len(basis))]).astype(np.float64)
    return columns @ np.linalg.lstsq(columns, inverse, rcond=None)[0]


def errors(estimate: np.ndarray, depth: np.ndarray):
    """AbsRel and the share of pixels within a factor of 1.25, from aligned inverse depth."""
    metres = 1 / np.maximum(estimate, 1 / FARTHEST)
    ratio = np.maximum(metres / depth, depth / metres)
    return np.mean(np.abs(metres - depth) / depth), np.mean(ratio < 1.25)


def explained(estimate: np.ndarray, inverse: np.ndarray) -> float:
    """R2: the part of the truth's variance that the estimate explains."""
    return 1 - np.mean((estimate - inverse) ** 2) / max(np.var(inverse), 1e-12)


def row_order(output: np.ndarray, depth: np.ndarray, dice) -> float:
    """Share of pairs on one row, at least a factor of 1.25 apart, whose order is right."""
    height, width = depth.shape
    rows = dice.integers(0, height, PAIRS)
    left, right = dice.integers(0, width, (2, PAIRS))
    inverse = 1 / depth
    one, other = inverse[rows, left], inverse[rows, right]
    clear = (np.minimum(one, other) > 1 / FARTHEST) & (np.maximum(one, other) > 1.25 * np.minimum(one, other))
    ratio = other / np.maximum(one, 1 / FARTHEST)
    guess = output[rows, left] < output[rows, right]
    return float(np.mean((guess == (ratio > 1))[clear])) if clear.any() else np.nan


def measure(output, other, depth, mean_map, dice) -> dict:
    """All figures of one picture; `other` is the estimate for another picture."""
    height, width = depth.shape
    seen = np.isfinite(depth) & (depth < FARTHEST)
    near = depth[seen].astype(np.float64)
    inverse = 1 / near
    row, column = np.mgrid[0:height, 0:width]
    model = aligned(output[seen][:, None], inverse)
    figures = {}
    figures["AbsRel"], figures["delta"] = errors(model, near)
    figures["ramp"], figures["ramp delta"] = errors(aligned(row[seen][:, None], inverse), near)
    figures["mean"], figures["mean delta"] = errors(aligned(mean_map[seen][:, None], inverse), near)
    figures["wrong"] = errors(aligned(other[seen][:, None], inverse), near)[0]
    figures["R2"] = explained(model, inverse)
    plane = np.column_stack([row[seen], column[seen]])
    figures["plane R2"] = explained(aligned(plane, inverse), inverse)
    figures["order"] = row_order(output, depth, dice)
    return figures


def scores(run, scenes: Scenes, mean_map: np.ndarray | None = None, inverse_output=True) -> str:
    """A table over the families in `scenes`; `run` maps pictures [n,3,h,w] to outputs [n,h,w]."""
    mean_map = bundled_mean(scenes) if mean_map is None else mean_map
    lines = ["family      n  AbsRel ramp   mean   ratio wrong  delta gain   order R2     plane"]
    for family in np.unique(scenes.family):
        members = np.flatnonzero(scenes.family == family)
        outputs = np.concatenate([run(pictures(scenes, part)) for part in np.array_split(members, -(-len(members) // 16))])
        if not inverse_output:
            outputs = 1 / np.maximum(outputs, 1e-3)
        dice = np.random.default_rng(5)
        each = [
            measure(outputs[i], outputs[i - 1], scenes.depth[index], mean_map, dice)
            for i, index in enumerate(members)
        ]
        lines.append(line(FAMILIES[family], each))
    return "\n".join(lines)


def line(name: str, each: list[dict]) -> str:
    mean = {key: np.nanmean([one[key] for one in each]) for key in each[0]}
    best = min(mean["ramp"], mean["mean"])
    gain = mean["delta"] - max(mean["ramp delta"], mean["mean delta"])
    return (
        f"{name:10}{len(each):4} {mean['AbsRel']:.3f}  {mean['ramp']:.3f}  {mean['mean']:.3f}  "
        f"{mean['AbsRel'] / best:.3f} {mean['wrong'] / best:.3f}  {mean['delta']:.3f} {gain:+.3f} "
        f"{mean['order']:.3f} {mean['R2']:.3f}  {mean['plane R2']:.3f}"
    )


def pictures(scenes: Scenes, members: np.ndarray) -> np.ndarray:
    return scenes.rgb[members].transpose(0, 3, 1, 2).astype(np.float32) / 255


def mean_inverse(scenes: Scenes, height: int, width: int, most: int = 3000) -> np.ndarray:
    """The mean inverse-depth map of a training set, brought to another size by nearest pixels."""
    mean = np.mean(1 / scenes.depth[:most].astype(np.float64), axis=0)
    rows = (np.arange(height) + 0.5) * mean.shape[0] / height
    columns = (np.arange(width) + 0.5) * mean.shape[1] / width
    return mean[rows.astype(int)][:, columns.astype(int)]


def bundled_mean(scenes: Scenes) -> np.ndarray:
    """Stands in for the training set's mean where only the measured set is at hand."""
    return mean_inverse(scenes, *scenes.depth.shape[1:])


def onnx_runner(model: Path):
    """A model of ours, or another with the same normalisation and size, on one CPU thread."""
    settings = onnxruntime.SessionOptions()
    settings.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(model, settings, ["CPUExecutionProvider"])
    mean, std = (np.array(v, np.float32).reshape(1, 3, 1, 1) for v in (MEAN, STD))
    return lambda rgb: session.run(None, {"image": (rgb - mean) / std})[0][:, 0]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True, help="ONNX file")
    parser.add_argument("--scenes", type=Path, required=True, help="held-out rendered scenes")
    parser.add_argument("--training-scenes", type=Path, required=True, help="for the mean map")
    parser.add_argument("--metric", action="store_true", help="the model's output is depth, not inverse depth")
    options = parser.parse_args()
    run = onnx_runner(options.model)
    scenes = Scenes(options.scenes)
    mean_map = mean_inverse(Scenes(options.training_scenes), *scenes.depth.shape[1:])
    print(scores(run, scenes, mean_map, not options.metric))
    picture = pictures(scenes, np.array([0]))
    wall, busy = [], []
    for _ in range(60):
        began, used = time.perf_counter(), time.thread_time()
        run(picture)
        wall.append(time.perf_counter() - began)
        busy.append(time.thread_time() - used)
    # On a shared machine the processor's time says what a free one would need.
    print(f"one thread, median: {1e3 * np.median(busy):.1f} ms of CPU, {1e3 * np.median(wall):.1f} ms by the clock")


if __name__ == "__main__":
    main()
