#!/usr/bin/env python3
"""Runs the same work here and with JAX, PyTorch and Keras, in turns, and prints a table. See README.md."""

import argparse
import json
import os
import shlex
import statistics
import subprocess
import sys
from pathlib import Path

sys.dont_write_bytecode = True  # leaves nothing in the package's folders

import machine  # noqa: E402
import work  # noqa: E402
from sides import Ours, Worker  # noqa: E402

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
OURS = "ours"
PEERS = {  # a variant's program and its argument
    "jax": ("peer_jax.py",),
    "jax-scan": ("peer_jax.py", "scan"),
    "torch": ("peer_torch.py", "eager"),
    "torch-fused": ("peer_torch.py", "fused"),
    "torch-compile": ("peer_torch.py", "compile"),
    "keras-jax": ("peer_keras.py", "jax"),
    "keras-torch": ("peer_keras.py", "torch"),
}


def say(*words):
    print(*words, file=sys.stderr, flush=True)


def environment(folder, pip_options):
    """The Python of an environment that has the pinned peers; a peer that cannot be installed fails later."""
    python = folder / "venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    requirements = HERE / "requirements.txt"
    stamp = folder / "installed.txt"
    if python.exists() and stamp.exists() and stamp.read_text() == requirements.read_text():
        return python
    say(f"Installing the peers into {folder}; PyTorch is large.")
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
    pip = [python, "-m", "pip", "install", "--quiet", "--constraint", requirements, *pip_options]
    lines = [line for line in requirements.read_text().splitlines() if line and not line.startswith("#")]
    failed = [line for line in lines if subprocess.run([*pip, line]).returncode != 0]
    if failed:
        say("Could not install", ", ".join(failed))
    else:
        stamp.write_text(requirements.read_text())
    return python


def compare(options, threads, make):
    """The answers of every side for every name, asked in turns."""
    sides = {side: make(side, threads) for side in (OURS, *options.peers)}
    answers = {name: {side: [] for side in sides} for name in options.names}
    for number in range(options.rounds):
        order = list(sides)[number % len(sides):] + list(sides)[:number % len(sides)]
        for name in options.names:
            say(f"{threads} thread(s), round {number + 1} of {options.rounds}: {name}")
            for side in order:
                past = answers[name][side]
                if not any("microseconds" not in answer for answer in past):
                    past.append(sides[side].measure(name, options.repeats))
    for side in sides.values():
        side.close()
    return answers


def best(answers):
    """The minimum over the rounds, or None; what failed once has failed."""
    if not answers or any("microseconds" not in answer for answer in answers):
        return None
    return min(answer["microseconds"] for answer in answers)


def cell(answers):
    if (value := best(answers)) is not None:
        return f"{value:,.0f}" if value >= 100 else f"{value:.1f}"
    reasons = [answer["failed"] for answer in answers if "failed" in answer]
    return f"failed: {reasons[0][:60]}".replace("|", "/") if reasons else "–"


def report(answers, threads, peers):
    """A table in Markdown, what we lose, and what makes a figure doubtful."""
    rows, losses, doubts, medians, compared = [], [], [], [], 0
    for name, sides in answers.items():
        times = {side: best(given) for side, given in sides.items()}
        rivals = {side: times[side] for side in peers if times[side] is not None}
        fastest, ratio = "–", "–"
        if rivals:
            fastest = min(rivals, key=rivals.get)
            if times[OURS] is not None:
                compared += 1
                factor = rivals[fastest] / times[OURS]
                ratio = f"{factor:.2f}"
                if factor < 1:
                    losses.append(f"`{name}` ({factor:.2f}, {fastest})")
        rows.append([f"`{name}`", *(cell(sides[side]) for side in (OURS, *peers)), fastest, ratio])
        for side, given in sides.items():
            if times[side] is None:
                continue
            cores = max(answer["cores"] for answer in given)
            medians.append(statistics.median(answer["median"] for answer in given) / times[side] - 1)
            if cores > threads + 0.1:
                doubts.append(f"{side} used {cores:.2f} cores for `{name}`")
            if threads == 1 and cores < 0.9:
                doubts.append(f"{side} had {cores:.2f} of its core for `{name}`: other work ran, measure again")
    head = ["work", OURS, *peers, "best peer", "best peer ÷ ours"]
    lines = [f"### {threads} thread{'s' if threads > 1 else ''}, microseconds", ""]
    lines += ["| " + " | ".join(row) + " |" for row in (head, ["---", *["--:"] * (len(head) - 1)], *rows)]
    lines += ["", f"Slower than the best peer, of {compared} compared: {', '.join(losses) or 'none'}."]
    if medians:
        lines += ["", f"Noise: the median repeat took {statistics.median(medians):.0%} more than the minimum."]
    for doubt in doubts:
        say("warning:", doubt)
    return lines + ["", *(f"- Warning: {doubt}." for doubt in doubts), ""]


def check(options, python, make):
    """Compares what the peers compute with NumPy in double precision; returns whether all agree."""
    code = "import json, sys, work; print(json.dumps([[float(v) for v in work.reference(n)] for n in sys.argv[1:]]))"
    result = subprocess.run(
        [python, "-c", code, *options.names], cwd=HERE, stdout=subprocess.PIPE, text=True, check=True)
    references = dict(zip(options.names, json.loads(result.stdout)))
    right = True
    for peer in options.peers:
        worker = make(peer, options.threads[0])
        for name, expected in references.items():
            answer = worker.ask("check", name)
            if "skipped" in answer:
                continue
            given = answer.get("values", [])
            agrees = len(given) == len(expected) and all(
                abs(a - b) <= 1e-3 * abs(b) for a, b in zip(given, expected))
            right = right and agrees
            print(f"{'agrees ' if agrees else 'DIFFERS'} {peer:14} {name}",
                  "" if agrees else answer.get("failed", f"{given} instead of {expected}"))
        worker.close()
    return right


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="how often the sides take turns")
    parser.add_argument("--repeats", type=int, default=3, help="measurements in a turn, a fifth of a second each")
    parser.add_argument("--threads", default="1,2", help="thread counts, separated by commas")
    parser.add_argument("--only", default="", help="only work whose name contains the text")
    parser.add_argument("--peers", default=",".join(PEERS), help="separated by commas")
    parser.add_argument("--output", type=Path, help="a file for the table")
    parser.add_argument("--environment", type=Path, default=ROOT / ".build-peers", help="a folder for the peers")
    parser.add_argument("--pip-options", default="", help="more options for pip install, in one text")
    parser.add_argument("--check", action="store_true", help="compare results with NumPy instead of times")
    options = parser.parse_args()
    options.threads = [int(count) for count in options.threads.split(",")]
    options.peers = [peer for peer in options.peers.split(",") if peer]
    options.names = [name for name in work.NAMES if options.only in name]
    if unknown := set(options.peers) - set(PEERS):
        parser.error(f"no peer {', '.join(sorted(unknown))}; there are {', '.join(PEERS)}")
    if not options.names:
        parser.error(f"no work has {options.only!r} in its name; there are {', '.join(work.NAMES)}")
    folder = options.environment.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    python = environment(folder, shlex.split(options.pip_options))
    if options.check:
        sys.exit(not check(options, python, lambda peer, threads: Worker(PEERS[peer], threads, python, folder)))

    build = ["swift", "build", "-c", "release", "--product", "Benchmarks"]
    subprocess.run(build, cwd=ROOT, check=True, stdout=sys.stderr)
    binaries = subprocess.run([*build, "--show-bin-path"], cwd=ROOT, check=True, capture_output=True, text=True)
    program = Path(binaries.stdout.strip()) / "Benchmarks"
    help_text = subprocess.run([program, "--help"], capture_output=True, text=True).stdout

    def make(side, threads):
        return Ours(threads, program, help_text) if side == OURS else Worker(PEERS[side], threads, python, folder)

    lines = machine.describe(ROOT, python)
    if os.getloadavg()[0] > 0.5:
        say("warning: other work runs on this machine; figures for several threads mean nothing then")
    lines += [f"- {options.rounds} rounds in turns, {options.repeats} repeats of 0.2 s each, minima", ""]
    for threads in options.threads:
        lines += report(compare(options, threads, make), threads, options.peers)
        if options.output:
            options.output.write_text("\n".join(lines))
    print("\n".join(lines))


if __name__ == "__main__":
    main()
