"""Splink's own model of its historical figures, as its documentation gives it, measured pair by pair and as clusters."""
import logging
import resource
import sys
import time

import duckdb
import splink
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

logging.disable(logging.WARNING)
start = time.time()
con = duckdb.connect()
con.execute("set threads to 2").fetchall()
con.execute(f"create table figures as select * from '{sys.argv[1]}'").fetchall()
api = DuckDBAPI(connection=con)
frame = api.register("figures") if hasattr(api, "register") else "figures"
settings = SettingsCreator(
    link_type="dedupe_only",
    blocking_rules_to_generate_predictions=[
        block_on("substr(first_name,1,3)", "substr(surname,1,4)"),
        block_on("surname", "dob"),
        block_on("first_name", "dob"),
        block_on("postcode_fake", "first_name"),
        block_on("postcode_fake", "surname"),
        block_on("dob", "birth_place"),
        block_on("substr(postcode_fake,1,3)", "dob"),
        block_on("substr(postcode_fake,1,3)", "first_name"),
        block_on("substr(postcode_fake,1,3)", "surname"),
        block_on("substr(first_name,1,2)", "substr(surname,1,2)", "substr(dob,1,4)"),
    ],
    comparisons=[
        cl.ForenameSurnameComparison("first_name", "surname", forename_surname_concat_col_name="first_and_surname"),
        cl.DateOfBirthComparison("dob", input_is_string=True, datetime_metrics=["month", "year", "year"], datetime_thresholds=[1, 1, 10]),
        cl.PostcodeComparison("postcode_fake"),
        cl.ExactMatch("birth_place").configure(term_frequency_adjustments=True),
        cl.ExactMatch("occupation").configure(term_frequency_adjustments=True),
    ],
)
linker = Linker(frame, settings)
linker.training.estimate_probability_two_random_records_match(
    ["l.first_name = r.first_name and l.surname = r.surname and l.dob = r.dob",
     "substr(l.first_name,1,2) = substr(r.first_name,1,2) and l.surname = r.surname and substr(l.postcode_fake,1,2) = substr(r.postcode_fake,1,2)",
     "l.dob = r.dob and l.postcode_fake = r.postcode_fake"],
    recall=0.6,
)
linker.training.estimate_u_using_random_sampling(max_pairs=5e6, seed=1)
for rule in (block_on("first_name", "surname"), block_on("dob"), block_on("postcode_fake")):
    linker.training.estimate_parameters_using_expectation_maximisation(rule)
predicted = linker.inference.predict(threshold_match_probability=0.01)
pairs = predicted.physical_name
con.cursor().execute(f"""create table found as
    select match_probability p, l.cluster = r.cluster ok from {pairs}
    join figures l on l.unique_id = unique_id_l join figures r on r.unique_id = unique_id_r""").fetchall()


def one(sql):
    """Its first row; the connection itself is Splink's."""
    return con.cursor().execute(sql).fetchall()[0]


(total,) = one("select sum(n*(n-1)/2) from (select count(*) n from figures group by cluster)")
took = time.time() - start
(count,) = one("select count(*) from found")
print(f"Splink {splink.__version__}: {count} pairs at 0.01 or more, {took:.1f} s, "
      f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


def figures(right, found):
    return f"precision {right / found:.4f}  recall {right / total:.4f}  F1 {2 * right / (found + total):.4f}"


for least in (0.1, 0.5, 0.8, 0.95, 0.99, 0.999):
    right, found = one(f"select sum(ok::int), count(*) from found where p >= {least}")
    print(f"at {least:<8}  pairs: {figures(right, found)}")
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, threshold_match_probability=least).physical_name
    both, = one(f"select sum(n*(n-1)/2) from (select count(*) n from {clusters} c join figures f using (unique_id) group by c.cluster_id, f.cluster)")
    taken, = one(f"select sum(n*(n-1)/2) from (select count(*) n from {clusters} group by cluster_id)")
    print(f"             clusters: {figures(both, taken)}")
