"""Runs MiniStack until its standard input ends, so that it never outlives the test that started it."""

import os
import sys
import threading


def end_with_the_test():
    sys.stdin.read()
    os._exit(0)


threading.Thread(target=end_with_the_test, daemon=True).start()
sys.argv = ["ministack"]

from ministack.app import main  # noqa: E402 (the thread must be there before the long import)

main()
