"""Reads rendered scenes and turns them into training batches."""

from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

MEAN = (0.485, 0.456, 0.406)
STD = (0.229, 0.224, 0.225)


class Scenes:
    """A directory written by `liftstream scenes`, mapped into memory."""

    def __init__(self, directory: Path):
        self.rgb = np.load(directory / "rgb.npy", mmap_mode="r")
        self.depth = np.load(directory / "depth.npy", mmap_mode="r")
        self.family = np.load(directory / "family.npy")

    def __len__(self) -> int:
        return len(self.rgb)

    def batch(self, indices: np.ndarray):
        """Pictures [n,3,h,w] in 0..1 and inverse depth [n,1,h,w] in 1/m, 0 for the sky."""
        indices = np.sort(indices)
        rgb = torch.from_numpy(self.rgb[indices]).permute(0, 3, 1, 2).float() / 255
        inverse = torch.from_numpy(1 / self.depth[indices])[:, None]
        return rgb, inverse


def normalise(rgb):
    """What the network is fed: the mean and deviation are in the exported file's metadata."""
    mean = torch.tensor(MEAN).view(1, 3, 1, 1)
    std = torch.tensor(STD).view(1, 3, 1, 1)
    return (rgb - mean) / std


def centred(inverse):
    """Inverse depth less its median, in mean absolute deviations, picture by picture."""
    flat = inverse.flatten(1)
    median = flat.median(1, keepdim=True).values
    deviation = (flat - median).abs().mean(1, keepdim=True).clamp(min=1e-4)
    return ((flat - median) / deviation).clamp(-10, 10).view_as(inverse)


def augment(rgb, inverse, dice: torch.Generator):
    """Changes light and colour strongly and the cut a little, so that not only rendered light is known."""
    if chance(0.5, dice):
        rgb, inverse = rgb.flip(-1), inverse.flip(-1)
    if chance(0.5, dice):
        rgb, inverse = cut(rgb, inverse, dice)
    return photograph(rgb, dice).clamp(0, 1), inverse


def cut(rgb, inverse, dice):
    """A part of the picture, stretched back to full size."""
    height, width = rgb.shape[-2:]
    share = between(0.65, 1, dice)
    rows = int(height * share)
    columns = int(width * min(1, share * between(0.85, 1.15, dice)))
    top = int(between(0, height - rows, dice))
    left = int(between(0, width - columns, dice))
    window = (..., slice(top, top + rows), slice(left, left + columns))
    size = (height, width)
    rgb = functional.interpolate(rgb[window], size, mode="bilinear", align_corners=False)
    return rgb, functional.interpolate(inverse[window], size, mode="nearest")


def photograph(rgb, dice):
    """Other lamps, films and sensors: each picture of the batch gets its own."""
    count = len(rgb)

    def each(low, high, channels=1):
        return low + (high - low) * torch.rand(count, channels, 1, 1, generator=dice)

    grey = rgb.mean(1, keepdim=True)
    rgb = grey + (rgb - grey) * each(0, 1.6)
    rgb = rgb * each(0.8, 1.25, 3)
    rgb = (rgb - 0.5) * each(0.6, 1.5) + 0.5 + each(-0.18, 0.18)
    rgb = rgb.clamp(1e-3, 1) ** each(0.65, 1.6)
    if chance(0.2, dice):
        rgb = rgb[:, torch.randperm(3, generator=dice)]
    if chance(0.2, dice):
        rgb = functional.avg_pool2d(rgb, 3, 1, 1, count_include_pad=False)
    noise = torch.randn(rgb.shape, generator=dice)
    return rgb + noise * each(0, 0.03)


def chance(probability: float, dice) -> bool:
    return between(0, 1, dice) < probability


def between(low: float, high: float, dice) -> float:
    return low + (high - low) * torch.rand((), generator=dice).item()
