"""The network behind liftstream-tiny: a small encoder and decoder with a few layers of attention."""

import torch
from torch import nn
from torch.nn import functional

GRID = (12, 16)  # rows and columns of the coarsest level at the shipped size of 192 x 256


def convolve(inputs: int, outputs: int, kernel: int = 3, stride: int = 1) -> nn.Sequential:
    """Convolution, batch normalisation and rectifier; keeps the size at stride 1."""
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU(inplace=True),
    )


class Residual(nn.Module):
    """Two convolutions whose result is added to their input."""

    def __init__(self, channels: int):
        super().__init__()
        self.first = convolve(channels, channels)
        self.second = nn.Sequential(
            nn.Conv2d(channels, channels, 3, padding=1, bias=False), nn.BatchNorm2d(channels)
        )

    def forward(self, features):
        return functional.relu(features + self.second(self.first(features)))


class Attention(nn.Module):
    """One transformer layer over [batch, places, channels]: every place sees every other."""

    def __init__(self, channels: int, heads: int = 4):
        super().__init__()
        self.heads = heads
        self.before = nn.LayerNorm(channels)
        self.mix = nn.Linear(channels, 3 * channels)
        self.out = nn.Linear(channels, channels)
        self.between = nn.LayerNorm(channels)
        self.widen = nn.Linear(channels, 2 * channels)
        self.narrow = nn.Linear(2 * channels, channels)

    def forward(self, tokens):
        batch, places, channels = tokens.shape
        width = channels // self.heads
        mixed = self.mix(self.before(tokens)).view(-1, places, 3, self.heads, width)
        query, key, value = mixed.permute(2, 0, 3, 1, 4).unbind(0)
        weights = torch.softmax(query @ key.transpose(-2, -1) * width**-0.5, dim=-1)
        seen = (weights @ value).transpose(1, 2).reshape(-1, places, channels)
        tokens = tokens + self.out(seen)
        return tokens + self.narrow(functional.gelu(self.widen(self.between(tokens))))


class TinyDepth(nn.Module):
    """Relative inverse depth from a normalised picture.

    Input [batch, 3, height, width], sides divisible by 16; output [batch, 1, height, width],
    nearer = larger, up to an unknown scale and shift.
    """

    def __init__(self, deep: int = 144, layers: int = 4):
        super().__init__()
        self.at_half = convolve(3, 16, stride=2)
        self.at_quarter = nn.Sequential(convolve(16, 24, stride=2), Residual(24))
        self.at_eighth = nn.Sequential(convolve(24, 48, stride=2), Residual(48))
        self.at_deepest = nn.Sequential(convolve(48, deep, stride=2), Residual(deep))
        self.position = nn.Parameter(torch.randn(1, deep, *GRID) * 0.02)
        self.attention = nn.Sequential(*[Attention(deep) for _ in range(layers)])
        self.to_eighth = convolve(deep, 48, 1)
        self.join_eighth = convolve(96, 48)
        self.to_quarter = convolve(48, 24, 1)
        self.join_quarter = convolve(48, 24)
        self.to_half = convolve(24, 16, 1)
        self.join_half = convolve(32, 16)
        self.head = nn.Conv2d(16, 1, 3, padding=1)

    def forward(self, image):
        half = self.at_half(image)
        quarter = self.at_quarter(half)
        eighth = self.at_eighth(quarter)
        deep = self.attend(self.at_deepest(eighth))
        eighth = self.join_eighth(torch.cat([double(self.to_eighth(deep)), eighth], 1))
        quarter = self.join_quarter(torch.cat([double(self.to_quarter(eighth)), quarter], 1))
        half = self.join_half(torch.cat([double(self.to_half(quarter)), half], 1))
        return double(self.head(half))

    def attend(self, features):
        rows, columns = features.shape[-2:]
        position = self.position
        if (rows, columns) != GRID:
            position = functional.interpolate(position, (rows, columns), mode="bilinear")
        tokens = (features + position).flatten(2).transpose(1, 2)
        tokens = self.attention(tokens)
        return tokens.transpose(1, 2).reshape(-1, tokens.shape[-1], rows, columns)


def double(features):
    """Twice the size, bilinear."""
    return functional.interpolate(features, scale_factor=2, mode="bilinear", align_corners=False)
