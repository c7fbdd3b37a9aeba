"""The two kinds of sides that take turns: workers of the peers, and our executable."""

import json
import os
import queue
import subprocess
import threading
from pathlib import Path

HERE = Path(__file__).resolve().parent
PATIENCE = 900  # seconds for one answer; the first includes compilation


def pinned(threads):
    """Keeps a child on as many cores as it may have threads, where the system can do that."""
    if not hasattr(os, "sched_setaffinity"):
        return None
    cores = sorted(os.sched_getaffinity(0))[-threads:]
    return lambda: os.sched_setaffinity(0, cores)


class Worker:
    """A process that serves one variant of a peer, so that compilation is paid once."""

    def __init__(self, program, threads, python, folder):
        self.answers = queue.Queue()
        self.dead = None
        self.log = folder / f"{'-'.join(program)}-{threads}.log"
        variables = {
            **os.environ, "PEER_THREADS": str(threads), "PYTHONUNBUFFERED": "1", "KERAS_HOME": str(folder / "keras"),
            "TORCHINDUCTOR_CACHE_DIR": str(folder / "inductor"), "PYTHONDONTWRITEBYTECODE": "1"}
        self.process = subprocess.Popen(
            [python, *program], cwd=HERE, env=variables, preexec_fn=pinned(threads), text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=open(self.log, "w"))
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        for line in self.process.stdout:
            self.answers.put(json.loads(line))
        self.answers.put(None)

    def ask(self, *words):
        if self.dead:
            return {"failed": self.dead}
        try:
            print(*words, file=self.process.stdin, flush=True)
            answer = self.answers.get(timeout=PATIENCE)
        except queue.Empty:
            self.dead = f"no answer in {PATIENCE} s"
            self.process.kill()
            return {"failed": self.dead}
        except BrokenPipeError:
            answer = None
        if answer is None:
            self.process.wait()
            last = self.log.read_text().strip().splitlines()[-1:]
            self.dead = last[0] if last else f"ended with {self.process.returncode}"
            return {"failed": self.dead}
        return answer

    def measure(self, name, repeats):
        return self.ask("measure", name, repeats)

    def close(self):
        self.process.kill()
        self.process.wait()


class Ours:
    """Our executable, started anew for each measurement."""

    def __init__(self, threads, program, help_text):
        self.program, self.threads, self.help = program, threads, help_text

    def measure(self, name, repeats):
        command = [self.program, "--json", "--only", name]
        command += ["--threads", str(self.threads)] if "--threads" in self.help else []
        command += ["--repeats", str(repeats)] if "--repeats" in self.help else []
        before = os.times()
        try:
            result = subprocess.run(
                command, capture_output=True, text=True, timeout=PATIENCE, preexec_fn=pinned(self.threads))
        except subprocess.TimeoutExpired:
            return {"failed": f"no answer in {PATIENCE} s"}
        after = os.times()
        if result.returncode != 0:
            return {"failed": (result.stderr.strip().splitlines() or [f"exit {result.returncode}"])[0]}
        # The text matches parts of names too.
        for answer in map(json.loads, result.stdout.splitlines()):
            if answer["name"] == name:
                cpu = after.children_user + after.children_system - before.children_user - before.children_system
                return {**answer, "cores": cpu / (after.elapsed - before.elapsed)}
        return {"skipped": True}

    def close(self):
        pass
