"""Runs checkov over each folder by itself, since one run over several mixes their objects: a policy of one would cover the pods of another.

each.py FOLDER... prints a JSON array with one element a folder: {"folder", "status", "output"}; the output is that of `checkov -o json`.
"""
import json
import os
import sys
import tempfile

# Each folder has a process of its own already.
os.environ["CHECKOV_PARALLELIZATION_TYPE"] = "none"

from checkov.main import Checkov  # noqa: E402

OPTIONS = ["--framework", "kubernetes", "dockerfile", "-o", "json", "--skip-download", "--compact"]


class Job:
    """One folder, in a fork: that has checkov loaded, which takes seconds, and nothing left of earlier folders."""

    def __init__(self, folder):
        self.folder = folder
        self.file = tempfile.TemporaryFile("w+", encoding="utf-8")
        self.pid = os.fork()
        if self.pid == 0:
            os.dup2(self.file.fileno(), sys.stdout.fileno())
            status = 2
            try:
                status = Checkov(argv=["-d", self.folder, *OPTIONS]).run() or 0
                sys.stdout.flush()
            finally:
                os._exit(status)

    def result(self, status):
        self.file.seek(0)
        return {"folder": self.folder, "status": os.waitstatus_to_exitcode(status), "output": self.file.read()}


def main(folders):
    waiting = list(folders)
    running = {}
    results = {}
    while waiting or running:
        while waiting and len(running) < (os.cpu_count() or 1):
            job = Job(waiting.pop(0))
            running[job.pid] = job
        pid, status = os.wait()
        job = running.pop(pid)
        results[job.folder] = job.result(status)
    json.dump([results[folder] for folder in folders], sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1:])
