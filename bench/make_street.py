#!/usr/bin/env python3
"""Writes a street file in the form of data.police.uk: make_street.py ROWS FILE. The same rows give the same bytes."""
import random
import sys

HEADER = ("Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
          "Last outcome category,Context\n")
TYPES = ["Bicycle theft", "Burglary", "Criminal damage and arson", "Drugs", "Other crime", "Other theft",
         "Possession of weapons", "Public order", "Robbery", "Shoplifting", "Theft from the person", "Vehicle crime",
         "Violence and sexual offences"]
OUTCOMES = ["Awaiting court outcome", "Investigation complete; no suspect identified", "Local resolution",
            "Offender given a caution", "Unable to prosecute suspect", "Under investigation"]
MONTHS = 50
# Odd, so that multiplying by it modulo 2**256 never gives the same identifier twice.
STRIDE = 0x9E3779B97F4A7C15F39CC0605CEDC8341082276BF3A27251F86C6A11D0C18E95


def places(chance):
    """Where and what: everything of a row after the force, drawn beforehand because drawing is slow."""
    made = []
    for number in range(4000):
        area = chance.randrange(350)
        longitude, latitude = -1.35 + chance.random() * 0.5, 54.47 + chance.random() * 0.25
        place = f"{longitude:.6f},{latitude:.6f},On or near Invented Street {number},E01{area + 11950:06d},Invented {area // 5 + 1:03d}{'ABCDE'[area % 5]}"
        made.append((place + f",{chance.choice(TYPES)},{chance.choice(OUTCOMES)},\n", place + ",Anti-social behaviour,,\n"))
    return made


def main():
    rows, path = int(sys.argv[1]), sys.argv[2]
    chance = random.Random(20261123)
    made = places(chance)
    with open(path, "w", buffering=1 << 20) as out:
        out.write(HEADER)
        for number in range(MONTHS):
            month = f"{2021 + number // 12}-{number % 12 + 1:02d}"
            middle = f",{month},Invented Police,Invented Police,"
            first, past = rows * number // MONTHS, rows * (number + 1) // MONTHS
            drawn = chance.choices(made, k=past - first)
            out.writelines(
                middle + place[1] if row % 5 == 0 else f"{row * STRIDE % 2**256:064x}{middle}{place[0]}"
                for row, place in enumerate(drawn, first))


main()
