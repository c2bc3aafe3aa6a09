#!/usr/bin/env python3
"""Links a file of bench/make_people.py with Splink 5 on DuckDB as its own guide does: link_splink.py FILE RESULT.csv.

Blocking rules, comparisons and training follow its example for 50,000 historical persons, with our columns; phone and
address by its own comparisons at thresholds. All of load, train, predict and cluster is counted by who calls it.
"""
import sys

import duckdb
import splink.comparison_library as compare
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

path, result = sys.argv[1:3]
connection = duckdb.connect()
connection.execute(f"CREATE TABLE people AS SELECT *, given_name || ' ' || surname AS both_names "
                   f"FROM read_csv('{path}', all_varchar = true, header = true, nullstr = '')")
rules = [block_on("given_name", "surname"), block_on("surname", "date_of_birth"), block_on("given_name", "date_of_birth"),
         block_on("postcode", "given_name"), block_on("postcode", "surname"), block_on("date_of_birth", "town"),
         block_on("date_of_birth", "postcode"), block_on("phone"), block_on("address", "given_name"),
         block_on("substr(given_name,1,2)", "substr(surname,1,2)", "substr(date_of_birth,1,4)")]
settings = SettingsCreator(
    link_type="dedupe_only", unique_id_column_name="id", blocking_rules_to_generate_predictions=rules,
    comparisons=[
        compare.ForenameSurnameComparison("given_name", "surname", forename_surname_concat_col_name="both_names"),
        compare.DateOfBirthComparison("date_of_birth", input_is_string=True), compare.PostcodeComparison("postcode"),
        compare.LevenshteinAtThresholds("address", [2, 5]).configure(term_frequency_adjustments=True),
        compare.ExactMatch("town").configure(term_frequency_adjustments=True),
        compare.ExactMatch("phone").configure(term_frequency_adjustments=True), compare.ExactMatch("sex")])
linker = Linker(DuckDBAPI(connection=connection).register(connection.table("people")), settings)
linker.training.estimate_probability_two_random_records_match(
    [block_on("given_name", "surname", "date_of_birth"), block_on("date_of_birth", "postcode"),
     block_on("phone", "given_name")], recall=0.8)
linker.training.estimate_u_using_random_sampling(max_pairs=1e7, seed=1)
# Every comparison has its m estimated by at least one of these: a rule leaves out only the columns that it asks for.
for rule in (block_on("given_name", "surname"), block_on("date_of_birth"), block_on("phone"),
             block_on("postcode", "given_name")):
    linker.training.estimate_parameters_using_expectation_maximisation(rule, estimate_without_term_frequencies=True)
pairs = linker.inference.predict(threshold_match_probability=0.01)
linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, threshold_match_probability=0.95)
connection.execute(f"COPY (SELECT id_l, id_r, match_probability AS probability FROM {pairs.physical_name}) "
                   f"TO '{result}' (HEADER)")
