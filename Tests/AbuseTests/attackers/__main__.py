"""attackers NAME PORT AUTHORITY SECONDS: abuses a gateway for so long, and prints what came of it as one line of JSON."""

import collections
import json
import sys
import time

import floods
import handshakes
import readers


class Tally:
    def __init__(self):
        self.ends = collections.Counter()
        self.resets = collections.Counter()
        self.frames = 0
        self.refused = 0

    def add(self, end, resets=None, frames=0):
        self.ends[end] += 1
        self.frames += frames
        if resets:
            self.resets.update({str(code): count for code, count in resets.items()})


def main():
    name, port, authority, seconds = sys.argv[1:]
    tally, until = Tally(), time.monotonic() + float(seconds)
    if name in floods.FLOODS:
        floods.run(floods.FLOODS[name], int(port), authority, until, tally)
    else:
        attack = getattr(readers, name, None) or getattr(handshakes, name)
        attack(int(port), authority, until, tally)
    print(json.dumps(vars(tally)))


if __name__ == "__main__":
    main()
