"""Trains liftstream-tiny on rendered scenes; README.md beside this file has the whole recipe."""

import argparse
import os
import time
from pathlib import Path

import numpy as np
import torch
from torch import distributed, multiprocessing
from torch.nn import functional

from evaluate import FARTHEST, scores
from network import TinyDepth
from pictures import Scenes, augment, centred, normalise


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scenes", type=Path, required=True, help="rendered scenes to learn from")
    parser.add_argument("--held-out", type=Path, help="rendered scenes to measure on now and then")
    parser.add_argument("--out", type=Path, required=True, help="checkpoint; an existing one is continued")
    parser.add_argument("--start-from", type=Path, help="checkpoint whose weights a new stage starts with")
    parser.add_argument("--steps", type=int, required=True, help="steps of this stage in all")
    parser.add_argument("--decay-from", type=float, default=1.0, help="part of the stage after which the rate falls to 0")
    parser.add_argument("--warm-up", type=int, default=300, help="steps until the full rate is reached")
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--relative", type=float, default=0.0, help="weight of the relative error of depth in the loss")
    parser.add_argument("--bfloat16", action="store_true", help="multiply with 8 bits of mantissa: faster on a CPU with AMX")
    parser.add_argument("--workers", type=int, default=2, help="processes of one thread that share each batch")
    parser.add_argument("--report-every", type=int, default=500)
    return parser.parse_args()


def rate(step: int, options) -> float:
    """Rises over the first steps, stays, and falls linearly to zero at the end of the stage."""
    warm = min(1.0, (step + 1) / options.warm_up)
    decay_steps = options.steps * (1 - options.decay_from)
    left = (options.steps - step) / decay_steps if decay_steps else 1.0
    return options.rate * warm * min(1.0, left)


def loss(estimate, truth):
    """Distance of the values, and of their steps to the next pixel at three scales: the outlines."""
    error = estimate - truth
    total = error.abs().mean()
    for _ in range(3):
        across = error[..., 1:] - error[..., :-1]
        down = error[..., 1:, :] - error[..., :-1, :]
        total = total + 0.25 * (across.abs().mean() + down.abs().mean())
        error = functional.avg_pool2d(error, 2)
    return total


def relative_error(estimate, inverse):
    """Mean |metres - depth| / depth after the scale and shift that fit each picture best: what is reported."""
    seen = (inverse > 1 / FARTHEST).float()
    count = seen.sum((2, 3), keepdim=True).clamp(min=1)

    def mean(value):
        return (seen * value).sum((2, 3), keepdim=True) / count

    from_mean, truth_from_mean = estimate - mean(estimate), inverse - mean(inverse)
    scale = mean(from_mean * truth_from_mean) / (mean(from_mean**2) + 1e-6)
    aligned = scale * from_mean + mean(inverse)
    relative = (inverse / aligned.clamp(min=1 / FARTHEST) - 1).abs()
    # A pixel that is far too far says no more than that; the distance of the values corrects it.
    return mean(relative.clamp(max=2)).mean()


def indices(step: int, count: int, batch: int, seed: int) -> np.ndarray:
    """The pictures of one step: each epoch is one shuffle, the same after an interruption."""
    per_epoch = count // batch
    order = np.random.default_rng((seed, step // per_epoch)).permutation(count)
    start = step % per_epoch * batch
    return order[start : start + batch]


def main():
    options = arguments()
    os.environ.setdefault("GLOO_SOCKET_IFNAME", "lo")
    os.environ.setdefault("MASTER_ADDR", "127.0.0.1")
    os.environ.setdefault("MASTER_PORT", "29517")
    # One thread each: on a busy machine the threads of one process would wait for each other.
    multiprocessing.spawn(work, (options,), nprocs=options.workers)


def work(worker: int, options):
    """One worker's part of the stage; all hold the same weights after every step."""
    torch.set_num_threads(1)
    torch.manual_seed(options.seed)
    distributed.init_process_group("gloo", rank=worker, world_size=options.workers)
    scenes = Scenes(options.scenes)
    network = TinyDepth().to(memory_format=torch.channels_last)
    optimizer = torch.optim.AdamW(network.parameters(), lr=options.rate, weight_decay=0.02)
    first = restore(options, network, optimizer)
    if worker == 0:
        print(f"{sum(p.numel() for p in network.parameters())} parameters, {len(scenes)} pictures", flush=True)
    began, mean_loss = time.time(), 0.0
    for step in range(first, options.steps):
        mean_loss += learn(step, worker, scenes, network, optimizer, options)
        if worker == 0 and ((step + 1) % options.report_every == 0 or step + 1 == options.steps):
            speed = (step + 1 - first) * options.batch / (time.time() - began)
            done = min(step + 1 - first, step % options.report_every + 1)
            print(f"step {step + 1}/{options.steps} loss {mean_loss / done:.4f} {speed:.0f} pictures/s", flush=True)
            mean_loss = 0.0
            save(options, network, optimizer, step + 1)
    if worker == 0 and options.held_out:
        report(network, Scenes(options.held_out))


def learn(step, worker, scenes, network, optimizer, options) -> float:
    """One step: each worker takes its slice of the batch, and the gradients are averaged."""
    dice = torch.Generator().manual_seed((options.seed * 1_000_003 + step) * 64 + worker)
    chosen = indices(step, len(scenes), options.batch, options.seed)[worker :: options.workers]
    rgb, inverse = augment(*scenes.batch(chosen), dice)
    for group in optimizer.param_groups:
        group["lr"] = rate(step, options)
    network.train()
    image = normalise(rgb).contiguous(memory_format=torch.channels_last)
    with torch.autocast("cpu", torch.bfloat16, enabled=options.bfloat16):
        estimate = network(image)
    estimate = estimate.float()
    value = loss(estimate, centred(inverse))
    if options.relative:
        value = value + options.relative * relative_error(estimate, inverse)
    optimizer.zero_grad(set_to_none=True)
    value.backward()
    average_gradients(network, options.workers)
    torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimizer.step()
    return value.item()


def average_gradients(network, workers: int):
    gradients = [parameter.grad for parameter in network.parameters()]
    flat = torch.cat([gradient.flatten() for gradient in gradients])
    distributed.all_reduce(flat)
    flat /= workers
    for gradient, mean in zip(gradients, flat.split([g.numel() for g in gradients])):
        gradient.copy_(mean.view_as(gradient))


def restore(options, network, optimizer) -> int:
    """Goes on where an interrupted stage stopped, or starts a stage from another one's weights."""
    if options.out.exists():
        state = torch.load(options.out, weights_only=True)
        network.load_state_dict(state["network"])
        optimizer.load_state_dict(state["optimizer"])
        return state["step"]
    if options.start_from:
        network.load_state_dict(torch.load(options.start_from, weights_only=True)["network"])
    return 0


def save(options, network, optimizer, step: int):
    state = {"network": network.state_dict(), "optimizer": optimizer.state_dict(), "step": step}
    partial = options.out.with_suffix(".partial")
    torch.save(state, partial)
    partial.replace(options.out)


def report(network, held_out):
    network.eval()

    def run(rgb):
        with torch.no_grad():
            return network(normalise(torch.from_numpy(rgb)).contiguous())[:, 0].numpy()

    print(scores(run, held_out), flush=True)


if __name__ == "__main__":
    main()
