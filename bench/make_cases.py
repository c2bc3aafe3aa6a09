#!/usr/bin/env python3
"""Writes invented cases for `bench/analyse`: make_cases.py logistic|survival ROWS FILE. The same rows every time."""
import sys

import numpy
import pandas

kind, rows, path = sys.argv[1], int(sys.argv[2]), sys.argv[3]
draw = numpy.random.default_rng(7)
if kind == "logistic":
    values = draw.normal(size=(rows, 20))
    weights = numpy.linspace(-0.5, 0.5, 20)
    chance = 1 / (1 + numpy.exp(-(values @ weights - 0.7)))
    table = pandas.DataFrame(values, columns=[f"x{column}" for column in range(1, 21)])
    table.insert(0, "y", (draw.random(rows) < chance).astype(int))
else:
    values = draw.normal(size=(rows, 5))
    area = draw.integers(0, 2, rows)
    rate = numpy.exp(values @ numpy.array([0.3, -0.2, 0.1, 0, 0.4]) + 0.25 * area) / 200
    until, followed = draw.exponential(1 / rate), draw.uniform(0, 730, rows)
    table = pandas.DataFrame(values, columns=[f"x{column}" for column in range(1, 6)])
    table.insert(0, "area", numpy.where(area == 1, "north", "south"))
    table.insert(0, "event", (until <= followed).astype(int))
    table.insert(0, "days", numpy.ceil(numpy.minimum(until, followed)).astype(int))
table.to_csv(path, index=False)
