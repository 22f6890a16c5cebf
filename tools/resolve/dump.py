"""Writes the historical figures of Splink's test data as tab-separated text, for the example `figures`."""
import sys

import duckdb

duckdb.sql(f"""
    copy (select cluster, first_name, surname, full_name, dob, birth_place, postcode_fake, gender, occupation
          from '{sys.argv[1]}' order by unique_id)
    to '{sys.argv[2]}' (delimiter '\t', header true, quote '', escape '')
""")
