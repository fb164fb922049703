"""Runs pytest again and again, in forks of a process that has imported what takes seconds.

Run as a script, with the environment and the folder of a copy, and names of modules. For each line
on standard input, a list in JSON (seconds, a file for what is printed, pytest's arguments), it
answers with a line: the exit status, or "late" if the time was up. bplib is imported anew in each
fork.
"""

import json
import os
import signal
import sys
import time


def serve():
    sys.path.pop(0)  # the folder of this script
    sys.path.insert(0, os.getcwd())
    import pytest

    for name in sys.argv[1:]:
        __import__(name)
    for line in sys.stdin:
        seconds, output, *arguments = json.loads(line)
        child = os.fork()
        if child == 0:
            os.setsid()  # so that kernels and browsers end with it
            said = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            os.dup2(said, 1)
            os.dup2(said, 2)
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            status = int(pytest.main(arguments))
            sys.stdout.flush()
            os._exit(status)
        print(_wait(child, seconds), flush=True)


def _wait(child, seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found, status = os.waitpid(child, os.WNOHANG)
        if found:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.05)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return "late"


if __name__ == "__main__":
    serve()
