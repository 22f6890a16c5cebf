#!/usr/bin/env python3
"""Writes constructed reports: different texts of about 500 words, with a known cast of 2,000 people.

    reports.py FOLDER NUMBER

The same number gives the same reports, byte for byte. FOLDER/cast.txt lists everybody who is named, one a line, with the number of reports that
name them in full. Nothing in them is from a real report; towns and people do not exist.
"""
import random
import sys
from pathlib import Path

GIVEN = """Ivan Pyotr Anna Maria Stepan Yefim Grigory Olga Raisa Nikolai Semyon Fyodor Vera Dmitry Pavel Lydia Andrei Matvei Yakov Sofia Boris
Tamara Leonid Zinaida Maxim Klara Emil Rosa Viktor Natalia Timofei Daria Roman Galina Ilya Ludmila Trofim Varvara Kuzma Nina""".split()
FIRST = """Dur Kal Zat Bel Mor Sukh Grech Pas Lind Tark Vol Ryab Cher Os Step Kom Bog Ter Zab Lep Kru Mal Nov Pod Rus Sid Tol Ush Vyaz
Yar Zhur Bar Gor Dem Yer Kos Lar Mik Naz Orl""".split()
LAST = "novtsev annikov onsky arev etkin udov anin ovtsev ikhin enko orov alkin yagin usov eltsov insky".split()
TOWNS = ["Kremnegorsk", "Zatonsk", "Bereznya", "Novy Yam", "Starodol", "Pechinsk", "Ustlug", "Gavrino", "Torsha", "Lomovets", "Verkhnerechensk",
         "Sosnogor", "Malye Luki", "Kamenets-on-Lug", "Rudny", "Elsterbruck"]
WORKS = ["Red Anchor", "the Vulkan Works", "the Bogatyrev Mill", "the Zatonsk Railway Workshops", "the Second State Tannery", "the Northern Shipyard",
         "the Iskra Printing House", "the Lomov Foundry", "the Torsha Glass Factory", "the Sugar Trust", "the Electric Lamp Plant", "Depot No. 4"]
GROUPS = ["the Workers' Bell", "the Union of Metalworkers", "the Left Opposition", "the Menshevik Committee", "the Free Workers' League",
          "the Anarchist Federation", "the Printers' Union", "the Society of Former Exiles", "the Student Circle", "the Union of Textile Workers"]
PAPERS = ["The Bell", "Workers' Truth", "The Northern Voice", "To All Comrades", "The Hammer", "Our Path"]
GOODS = ["wages", "flour", "coal", "boots", "kerosene", "the eight-hour day", "back pay", "lodgings", "the foreman's dismissal", "piece rates"]
MONTHS = "January February March April May June July August September October November December".split()

EVENTS = [
    "On {day} {month}, a strike broke out at {work} and lasted {few} days; about {many} workers took part in it.",
    "On {day} {month}, {many} workers of {work} stopped work and demanded {goods}.",
    "The strike at {work} was led by {p}, who demanded {goods} and {goods2}.",
    "{p}, {job} at {work}, was arrested in {town} on {day} {month}.",
    "{p} was detained on {day} {month} in connection with the unrest at {work} and released the next day.",
    "A search at the lodgings of {p} in {town} yielded {few} copies of {paper} and a letter from {q}.",
    "On {day} {month}, a meeting of {group} took place in {town}; {p} presided, and {q} spoke on {goods}.",
    "About {many} people attended a meeting at {work}, at which {p} and {q} spoke against the administration.",
    "{p} is a member of {group} and a former {job} at {work}.",
    "{p}, formerly a {job}, has been secretary of {group} since {month} {year}.",
    "According to agent “{code},” {p} leads a cell of {few} members at {work}.",
    "By the account of {q}, {p} was expelled from {group} in {month} {year}.",
    "It has been established that {p} corresponds with {q} in {town}.",
    "{p} is apparently the author of the leaflet “{paper},” of which {many} copies were printed.",
    "It has not been established whether {p} took part in the meeting of {group}.",
    "{q} states that {p} received {many} rubles from {group}.",
    "Rumours that {p} has left for {town} have not been confirmed.",
    "{group} numbers some {many} members in {town} and is divided into groups of {few}.",
    "A {job} at {work} earns {few}2 rubles a month, whereas at {work2} he receives {few}9.",
    "{p} and {q} are probably brothers-in-law; both lived in {town} until {year}.",
    "During the night of {day} {month}, leaflets signed by {group} were pasted up near {work}.",
    "{p} denied that he had ever met {q}.",
    "The {job} {p} was beaten at the gates of {work} by persons unknown.",
    "{q}, wife of {p}, works as a {job} at {work}.",
]
PLAIN = [
    "The mood of the workers in {town} remains depressed on account of the delay of {goods}.",
    "No conflicts were observed at {work} during the period under review.",
    "The price of {goods} rose by {few} per cent in comparison with the previous month.",
    "Measures have been taken to strengthen observation at {work} and in the neighbouring settlements.",
    "The peasants of the district around {town} complain of the tax and of the lack of {goods}.",
    "The administration of {work} promised to settle the question of {goods} before the end of the month.",
    "In the dormitories near {work} there is talk of a reduction of the staff.",
    "The harvest in the district is satisfactory, and the supply of {goods} has improved a little.",
]
JOBS = ["moulder", "bookkeeper", "turner", "student", "typesetter", "weaver", "stoker", "foreman", "teacher", "clerk", "locksmith", "nurse"]
CODES = ["Lathe", "Observer", "Petrov", "Stone", "Nightingale", "Seventh", "Ink", "Rowan"]


def cast(rng, number=2000):
    people, seen = [], set()
    while len(people) < number:
        surname = rng.choice(FIRST) + rng.choice(LAST)
        name = f"{rng.choice(GIVEN)} {surname}"
        if name not in seen:
            seen.add(name)
            people.append(name)
    return people


def report(number, people):
    rng = random.Random(f"svodka {number}")
    year, month = rng.randint(1919, 1931), rng.randrange(12)
    town = rng.choice(TOWNS)
    # A few people are in many reports, most in few.
    here = [people[min(int(rng.paretovariate(0.6)) * 7 % len(people) + rng.randrange(40), len(people) - 1) if rng.random() < 0.3
                   else rng.randrange(len(people))] for _ in range(10)]
    named = set()

    def fill(shape):
        p, q = rng.sample(here, 2)
        few = rng.randint(2, 9)
        text = shape
        for person, gap in ((p, "{p}"), (q, "{q}")):
            if gap in text:
                named.add(person)
                text = text.replace(gap, person if rng.random() < 0.7 else person.split()[1])
        gaps = {"work": rng.choice(WORKS), "work2": rng.choice(WORKS), "group": rng.choice(GROUPS), "town": rng.choice(TOWNS),
                "paper": rng.choice(PAPERS), "goods": rng.choice(GOODS), "goods2": rng.choice(GOODS), "month": MONTHS[month],
                "day": str(rng.randint(1, 28)), "few": str(few), "many": str(rng.randint(12, 980)), "year": str(rng.randint(1905, year)),
                "job": rng.choice(JOBS), "code": rng.choice(CODES)}
        text = text.format(**gaps)
        return text[0].upper() + text[1:]

    lines = [f"Secret. No. {number}", "", f"Summary of the {town} Department on the condition of the district for {MONTHS[month]} {year}", "",
             f"{town}, {rng.randint(1, 28)} {MONTHS[month]} {year}", ""]
    words = 25
    heads = ["I. The Strike Movement", "II. Parties and Groups", "III. Arrests and Searches", "IV. Other Information"]
    part = 0
    while words < 500:
        if part < len(heads) and words > 25 + part * 125:
            lines += [heads[part], ""]
            part += 1
        sentences = [fill(rng.choice(EVENTS if rng.random() < 0.75 else PLAIN)) for _ in range(rng.randint(3, 6))]
        paragraph = " ".join(sentences)
        words += len(paragraph.split())
        lines += [paragraph, ""]
    lines.append(f"Head of the department: {rng.choice(people).split()[1]}")
    return "\n".join(lines) + "\n", named


def main():
    folder, number = Path(sys.argv[1]), int(sys.argv[2])
    people = cast(random.Random("cast"))
    reports = folder / "reports"
    reports.mkdir(parents=True, exist_ok=True)
    counts = dict.fromkeys(people, 0)
    for index in range(1, number + 1):
        text, named = report(index, people)
        for person in named:
            counts[person] += 1
        (reports / f"{index:05}.txt").write_text(text, encoding="utf-8")
    (folder / "cast.txt").write_text("".join(f"{name}\t{count}\n" for name, count in counts.items()), encoding="utf-8")


if __name__ == "__main__":
    main()
