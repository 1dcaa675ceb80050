"""Live through seeds and say what was wrong, or tell one life's story around a time.

usage: python -m tests.laptop [--seeds N] [--from SEED] [--days D] [--tools N] [--busy X]
       python -m tests.laptop --seed 7 --around 12d03h
"""

import argparse
import re
import sys

from tests.laptop.judge import judge
from tests.laptop.life import draw
from tests.laptop.run import live, shown
from tests.laptop.seeds import lines, lived_in_parallel
from tests.laptop.troubles import DAY

AROUND = 1800.0
"""Seconds before and after a time that are told of."""


def main() -> int:
    told = options()
    if told.seed is not None:
        return story(told)
    judged = []
    seeds = range(told.first, told.first + told.seeds)
    for one in lived_in_parallel(seeds, told.days, told.tools, busy=told.busy):
        judged.append(one)
        for finding in one.findings:
            print(finding, flush=True)
        print(f"seed {one.seed}: {one.looks} looks in {one.seconds:.0f} s", flush=True)
    print("\n".join(lines(judged)))
    return int(any(one.findings for one in judged))


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="laptop", description="Days of a laptop's life.")
    parser.add_argument("--seeds", type=int, default=2, metavar="N", help="how many lives")
    parser.add_argument("--from", dest="first", type=int, default=1, help="the first seed")
    parser.add_argument("--days", type=float, default=30)
    parser.add_argument("--tools", type=int, default=40, help="how many are watched")
    parser.add_argument("--busy", type=float, default=1.0, help="so many times more goes wrong")
    parser.add_argument("--seed", type=int, help="live this one alone and tell its story")
    parser.add_argument("--around", default="0d00h", metavar="12d03h", help="... at this time")
    return parser.parse_args()


def story(told: argparse.Namespace) -> int:
    """All that happened in one life around one time."""
    match = re.fullmatch(r"(\d+)d(\d+)h(?:(\d+)m)?", told.around)
    if match is None:
        print(f"{told.around!r} is no time such as 12d03h or 12d03h20m.", file=sys.stderr)
        return 2
    days, hours, minutes = (int(word or 0) for word in match.groups())
    t = days * DAY + hours * 3600 + minutes * 60
    lived = live(draw(told.seed, told.days, told.tools, busy=told.busy))
    events = [(one.begins, f"awake until {shown(one.ends)}") for one in lived.life.sessions]
    events += [
        (one.begins, f"{one.kind.value} {one.vendor} until {shown(one.ends)}")
        for one in lived.life.spells
    ]
    events += [
        (one.begins, f"{one.kind.value} at {one.tools} until {shown(one.ends)}")
        for one in lived.life.troubles
    ]
    events += [(one.t, f"told {one.reason.value}: {one.title}") for one in lived.told]
    events += [(at, f"withdrawn {gone.notice} {gone.services}") for at, gone in lived.withdrawn]
    events += [(at, f"silent {one.reason.value} {one.services[:6]}") for at, one in lived.silences]
    events += [(one.t, f"FINDING {one}") for one in judge(lived).findings]
    for at, line in sorted(events):
        if abs(at - t) <= AROUND:
            print(f"{shown(at)} {at % 60:04.1f}s  {line}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
