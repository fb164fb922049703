"""How long one online update takes: generated Python, bplib.Network, plain NumPy, PyTorch.

    python benchmarks/online_update.py [--sizes 2 3 2] [--rounds 25]

All contestants train the same sigmoid network with half squared error on the same examples, and
have to arrive at the same weights before they are timed. Rounds are interleaved, so that a
machine that slows down slows down everyone. PyTorch takes part if it is installed.
"""

# ruff: noqa: E402 - the environment has to be set before NumPy is imported

import os

# One thread for everyone, and the kernels that OpenBLAS itself picks for this machine.
os.environ.pop("OPENBLAS_CORETYPE", None)
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"

import argparse
import platform
import time
from statistics import median

import numpy as np

from bplib import Network
from bplib.codegen import compile_update

ETA = 0.5


def generated_call(net, X, Y):
    """The generated `update`, one call an example."""
    update = compile_update(net).update
    parameters, pairs = net.parameters.tolist(), list(zip(X.tolist(), Y.tolist(), strict=True))

    def run():
        p = parameters
        for x, y in pairs:
            p = update(p, x, y, ETA)
        return p

    return run


def generated_epoch(net, X, Y):
    """The generated `epoch`, one call for all examples."""
    epoch = compile_update(net).epoch
    parameters, X, Y = net.parameters.tolist(), X.tolist(), Y.tolist()
    return lambda: epoch(parameters, X, Y, ETA)


def network_passes(net, X, Y):
    """Network.forward, backward and update, with all their checks."""
    start = net.parameters.copy()

    def run():
        net.parameters[...] = start
        for x, y in zip(X, Y, strict=True):
            net.update(net.backward(net.forward(x), y), ETA)
        return net.parameters

    return run


def network_fit(net, X, Y):
    """The loop inside Network.fit, in arrays that are reserved once."""
    from bplib.training import _Descent

    start, order = net.parameters.copy(), np.arange(len(X))
    descent = _Descent(net, X, Y, ETA, batch_size=1)

    def run():
        net.parameters[...] = start
        descent.epoch(order)
        return net.parameters

    return run


def plain_numpy(net, X, Y):
    """What one would write from the formulas."""
    start_W, start_b = [None, *map(np.copy, net.W)], [None, *map(np.copy, net.b)]
    L = net.L

    def run():
        W, b = [w if w is None else w.copy() for w in start_W], list(start_b)
        for x, y in zip(X, Y, strict=True):
            a = [x]
            for l in range(1, L + 1):
                a.append(1 / (1 + np.exp(-(W[l] @ a[l - 1] + b[l]))))
            delta = (a[L] - y) * a[L] * (1 - a[L])
            for l in range(L, 0, -1):
                before = (W[l].T @ delta) * a[l - 1] * (1 - a[l - 1]) if l > 1 else None
                W[l] = W[l] - ETA * np.outer(delta, a[l - 1])
                b[l] = b[l] - ETA * delta
                delta = before
        return np.concatenate([*map(np.ravel, W[1:]), *b[1:]])

    return run


def pytorch(net, X, Y):
    """Eager PyTorch with autograd and its own optimizer, in float64."""
    import torch

    torch.set_num_threads(1)
    layers = []
    for l in range(1, net.L + 1):
        linear = torch.nn.Linear(net.sizes[l - 1], net.sizes[l], dtype=torch.float64)
        layers += [linear, torch.nn.Sigmoid()]
    model = torch.nn.Sequential(*layers)
    linears = model[::2]
    start = [(torch.tensor(net.W[l]), torch.tensor(net.b[l])) for l in range(1, net.L + 1)]
    pairs = list(zip(torch.tensor(X), torch.tensor(Y), strict=True))
    optimizer = torch.optim.SGD(model.parameters(), lr=ETA)

    def run():
        with torch.no_grad():
            for linear, (weight, bias) in zip(linears, start, strict=True):
                linear.weight.copy_(weight)
                linear.bias.copy_(bias)
        for x, y in pairs:
            optimizer.zero_grad()
            (0.5 * ((model(x) - y) ** 2).sum()).backward()
            optimizer.step()
        weights = [linear.weight.detach().numpy().ravel() for linear in linears]
        return np.concatenate([*weights, *(linear.bias.detach().numpy() for linear in linears)])

    return run


CONTESTANTS = {
    "generated Python, epoch()": (generated_epoch, 20_000),
    "generated Python, update()": (generated_call, 20_000),
    "inside Network.fit": (network_fit, 2_000),
    "Network forward, backward, update": (network_passes, 500),
    "plain NumPy": (plain_numpy, 1_000),
    "PyTorch eager": (pytorch, 200),
}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[2, 3, 2])
    parser.add_argument("--rounds", type=int, default=25)
    arguments = parser.parse_args()
    rng = np.random.default_rng(0)
    X = rng.uniform(size=(100, arguments.sizes[0]))
    Y = rng.uniform(size=(100, arguments.sizes[-1]))
    runs, counts, expected = {}, {}, None
    for name, (contestant, count) in CONTESTANTS.items():
        try:
            result = np.array(contestant(Network(arguments.sizes), X, Y)())
        except ImportError as error:
            print(f"{name}: not here ({error})")
            continue
        expected = result if expected is None else expected
        np.testing.assert_allclose(result, expected, rtol=1e-10, err_msg=name)
        many = (np.tile(examples, (count // 100, 1)) for examples in (X, Y))
        runs[name], counts[name] = contestant(Network(arguments.sizes), *many), count
    times = {name: [] for name in runs}
    for _ in range(arguments.rounds):
        for name, run in runs.items():
            started = time.perf_counter()
            run()
            times[name].append((time.perf_counter() - started) / counts[name])
    report(arguments, times)


def report(arguments, times):
    sizes = "-".join(map(str, arguments.sizes))
    print(f"\nOne online update of a {sizes} network, one thread, {arguments.rounds} rounds")
    print(f"Python {platform.python_version()}, NumPy {np.__version__}, {platform.machine()}\n")
    base = median(next(iter(times.values())))
    for name, seconds in times.items():
        middle = median(seconds)
        print(f"{name:36s} {middle * 1e6:9.2f} us  {middle / base:7.1f} x")


if __name__ == "__main__":
    main()
