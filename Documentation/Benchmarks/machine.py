"""What was measured on: a list of lines for the head of the table."""

import os
import platform
import subprocess
from pathlib import Path

PACKAGES = ("numpy", "jax", "jaxlib", "torch", "keras")
INSTRUCTIONS = ("sse4_2", "avx", "avx2", "fma", "avx512f", "avx512_vnni", "avx512_bf16", "amx_tile", "asimd", "sve")


def output(*command):
    """What a command prints first, or an empty text if it cannot be run."""
    try:
        result = subprocess.run(command, capture_output=True, text=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return next(iter(result.stdout.strip().splitlines()), "")


def read(path):
    try:
        return Path(path).read_text()
    except OSError:
        return ""


def processor():
    fields = {}
    for line in read("/proc/cpuinfo").splitlines():
        key, _, value = line.partition(":")
        fields.setdefault(key.strip(), value.strip())
    model = fields.get("model name") or output("sysctl", "-n", "machdep.cpu.brand_string") or platform.machine()
    numbers = [f"{key} {fields[key]}" for key in ("cpu family", "model", "stepping") if key in fields]
    flags = (fields.get("flags") or fields.get("Features") or "").split()
    known = [flag for flag in INSTRUCTIONS if flag in flags]
    return model + (f" ({', '.join(numbers)})" if numbers else ""), ", ".join(known) or "not known"


def caches():
    found = []
    for index in sorted(Path("/sys/devices/system/cpu/cpu0/cache").glob("index*")):
        kind, level, size = (read(index / name).strip() for name in ("type", "level", "size"))
        if kind != "Instruction":
            found.append(f"L{level} {size}")
    return ", ".join(found) or "not known"


def system():
    for line in read("/etc/os-release").splitlines():
        if line.startswith("PRETTY_NAME="):
            return f"{line.partition('=')[2].strip(chr(34))}, {platform.machine()}"
    return f"{platform.system()} {platform.release()}, {platform.machine()}"


def describe(root, python):
    """`python` is that of the peers' environment."""
    model, instructions = processor()
    code = f"""
import importlib.metadata as m
def version(name):
    try: return m.version(name)
    except m.PackageNotFoundError: return "missing"
print(", ".join(f"{{name}} {{version(name)}}" for name in {PACKAGES}))"""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "not known"
    return [
        f"- Processor: {model}, {cores} cores; {caches()} (L1 and L2 of each core); {instructions}",
        f"- System: {system()}; load average when the run began {load}",
        f"- Ours: {output('swift', '--version')}; "
        f"commit {output('git', '-C', str(root), 'rev-parse', '--short', 'HEAD') or 'not known'}",
        f"- Peers: Python {output(str(python), '-V').removeprefix('Python ')}, {output(str(python), '-c', code)}",
    ]
