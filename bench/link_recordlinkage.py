#!/usr/bin/env python3
"""Links a FEBRL file with recordlinkage as its guide does, without labels: link_recordlinkage.py FILE RESULT.csv."""
import sys

import pandas
import recordlinkage

path, result = sys.argv[1:3]
people = pandas.read_csv(path, skipinitialspace=True, dtype=str, index_col="rec_id")
people.columns = people.columns.str.strip()
index = recordlinkage.Index()
for column in ("given_name", "surname", "date_of_birth", "postcode", "soc_sec_id"):
    index.block(column)
pairs = index.index(people)
compare = recordlinkage.Compare()
for column in ("given_name", "surname", "address_1", "suburb"):
    compare.string(column, column, method="jarowinkler", threshold=0.85, label=column)
for column in ("date_of_birth", "soc_sec_id", "postcode", "state", "street_number"):
    compare.exact(column, column, label=column)
found = recordlinkage.ECMClassifier().fit_predict(compare.compute(pairs, people))
with open(result, "w") as file:
    file.write("id_l,id_r,probability\n")
    file.writelines(f"{left},{right},1\n" for left, right in found)
