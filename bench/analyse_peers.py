#!/usr/bin/env python3
"""The same answers by statsmodels and lifelines: analyse_peers.py logistic|survival|cox FILE. Prints JSON."""
import json
import sys

import pandas

kind, path = sys.argv[1], sys.argv[2]
table = pandas.read_csv(path)
if kind == "logistic":
    import statsmodels.api as sm

    fit = sm.Logit(table["y"], sm.add_constant(table.drop(columns="y"))).fit(disp=0)
    answer = {"estimate": list(fit.params), "standardError": list(fit.bse), "logLikelihood": fit.llf}
elif kind == "survival":
    from lifelines import KaplanMeierFitter
    from lifelines.statistics import logrank_test

    answer = {"curves": []}
    parts = {name: part for name, part in table.groupby("area")}
    for name, part in parts.items():
        fit = KaplanMeierFitter().fit(part["days"], part["event"])
        limits = fit.confidence_interval_survival_function_
        answer["curves"].append({
            "group": name, "survival": list(fit.survival_function_.iloc[1:, 0]), "low": list(limits.iloc[1:, 0]),
            "high": list(limits.iloc[1:, 1])})
    one, other = parts.values()
    answer["statistic"] = logrank_test(one["days"], other["days"], one["event"], other["event"]).test_statistic
else:
    from lifelines import CoxPHFitter

    fit = CoxPHFitter().fit(table.drop(columns="area"), "days", "event")
    answer = {"estimate": list(fit.params_), "standardError": list(fit.standard_errors_),
              "logLikelihood": fit.log_likelihood_}
print(json.dumps(answer))
