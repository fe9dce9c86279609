"""Writes a trained checkpoint as ONNX, with the facts that a user of the file needs inside it."""

import argparse
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch

from network import TinyDepth
from pictures import MEAN, STD

ROWS, COLUMNS = 192, 256


def facts() -> dict[str, str]:
    return {
        "liftstream.name": "liftstream-tiny",
        "liftstream.licence": "Apache-2.0",
        "liftstream.input_size": f"fixed:{ROWS}x{COLUMNS}",
        "liftstream.layout": "NCHW",
        "liftstream.color": "RGB",
        "liftstream.range": "0..1",
        "liftstream.mean": ",".join(map(str, MEAN)),
        "liftstream.std": ",".join(map(str, STD)),
        "liftstream.output": "inverse-relative",
        "liftstream.unit_factor": "1",
    }


def export(network: TinyDepth, target: Path):
    torch.onnx.export(
        network,
        (torch.zeros(2, 3, ROWS, COLUMNS),),
        target,
        input_names=["image"],
        output_names=["inverse_depth"],
        dynamic_axes={"image": {0: "batch"}, "inverse_depth": {0: "batch"}},
        opset_version=17,
        dynamo=False,
    )
    model = onnx.load(target)
    onnx.helper.set_model_props(model, facts())
    onnx.checker.check_model(model)
    onnx.save(model, target)


def largest_difference(network: TinyDepth, target: Path) -> float:
    """Between PyTorch and ONNX Runtime, on noise, with a batch size that was not exported."""
    image = torch.randn(3, 3, ROWS, COLUMNS, generator=torch.Generator().manual_seed(1))
    session = onnxruntime.InferenceSession(target, providers=["CPUExecutionProvider"])
    with torch.no_grad():
        expected = network(image).numpy()
    return float(np.abs(session.run(None, {"image": image.numpy()})[0] - expected).max())


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    network = TinyDepth()
    network.load_state_dict(torch.load(options.checkpoint, weights_only=True)["network"])
    network.eval()
    export(network, options.out)
    size = options.out.stat().st_size
    print(f"{size} bytes, differs by {largest_difference(network, options.out):.1e} from PyTorch")


if __name__ == "__main__":
    main()
