"""Composes the text of the recorded reference: `crates/svodka-nlp/tests/data/recorded.jsonl`.

The sentences of `sentences.txt` filled in by lot, and then everything that tokenizers trip over, each kind written out
systematically. One JSON text a line, each a document of its own. The lot is seeded: the output is always the same.
"""

import itertools
import json
import random
import re
from pathlib import Path

HERE = Path(__file__).resolve().parent
OUTPUT = HERE.parents[1] / "crates/svodka-nlp/tests/data/recorded.jsonl"

MONTHS = "January February March April May June July August September October November December".split()
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
SMALL = ["two", "three", "five", "seven", "nine", "eleven", "a dozen", "fourteen", "twenty-two", "thirty-odd", "36", "47", "58"]
TOWNS = [
    "Zarechensk", "Holmfirth Bay", "Karsovo", "Grünwalde", "Saint-Ambroise", "Tres Fuentes", "Velkonice", "Nowe Łąki",
    "Qorghan", "Port Merrow", "Szarvasd", "Kilbracken", "Óbudafalva", "Tsaritsyno-on-the-Oka", "Dar el-Zeit", "Jökulvík",
    "Upper Sedge", "Vyatskiye Polyany", "Lomza", "Chernorechye", "New Babylon", "Monte Sordo", "Akkend", "Tin Creek",
]
GIVEN = [
    "Ivan", "Marfa", "Sándor", "Giuseppe", "Feng", "Aoife", "Mehmet", "Rachel", "Jean-Baptiste", "Oluf", "Tadeusz", "Nino",
    "Yusuf", "Concepción", "Wilhelm", "Daisy", "Aram", "Kaarlo", "Božena", "Thomas", "Pelageya", "Haruki", "Dolores", "Hans",
]
SURNAMES = [
    "Voronikhin", "O'Shaughnessy", "Kovács", "dell'Acqua", "Wen", "Petrosyan", "Lindqvist", "Abramowicz", "Tchekmenev",
    "van der Meulen", "Hakimov", "Schönfeld", "Dvořáková", "Ashworth-Pike", "Kikuchi", "Mac Giolla", "Baptiste", "Zhordania",
    "Eskola", "Ortega y Ruiz", "Goldberg", "Trubnikov", "Pappas", "Kiss", "Rasulzade", "Miller", "von Stetten", "Li",
]
LISTS = {
    "street": ["Tanners' Lane", "the Rue des Filles", "Novaya Street", "Kaiserstrasse", "St. Olaf's Square", "Sadovaya, 14", "the High Road"],
    "factory": [
        "Vulcan Ironworks", "Morozko mill", "United Tobacco Co.", "Red Spindle factory", "Tarasov & Sons Tannery", "State Rope Works No. 3",
        "Compagnie du Gaz", "Northern Match Factory", "former Erlanger plant",
    ],
    "union": ["Union of Metalworkers", "Workers' Mutual Aid Society", "Bund of Carters", "League of the Landless", "Free Typographers", "R.S.D.W.P."],
    "newspaper": ["Morning Herald", "Golos Truda", "Volksfreund", "Gazette de l'Est", "Daily Lantern", "\"Iskorka\""],
    "nickname": ["The Baker", "Kosoi", "Uncle Kolya", "Lefty", "Professor", "No-Nose"],
    "leaflet": ["To All Who Toil!", "Bread and Peace", "What Is Being Hidden From Us?", "Comrades, Awake"],
    "region": ["Upper Volga", "Trans-Sarabian", "Second", "Lake", "Kuznets"],
    "language": ["Georgian", "Yiddish", "Hungarian", "Tatar", "Polish"],
    "ordinal": ["1st", "2nd", "3rd", "11th", "14th", "21st", "23rd", "30th"],
    "percent": ["5", "7.5", "12", "12½", "twenty", "33.3"],
    "small": SMALL,
    "number": ["340", "1,200", "2,500", "some 4,000", "six hundred", "12 000", "15,432"],
    "age": ["19", "27", "thirty-one", "44", "63"],
    "time": ["6", "7.30", "8:15", "half past nine", "11"],
    "day": [str(day) for day in range(1, 32)],
    "month": MONTHS,
    "weekday": WEEKDAYS,
    "town": TOWNS,
    "given": GIVEN,
    "surname": SURNAMES,
}


class Lot:
    """Fills slots. Within a paragraph the same slot always has the same filling."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def paragraph(self, text):
        chosen = {}

        def filled(match):
            slot = match.group(1)
            if "|" in slot:
                return self.random.choice(slot.split("|"))
            if slot not in chosen:
                value = self.value(slot.rstrip("234"))
                while value in chosen.values() and not value.isdigit():
                    value = self.value(slot.rstrip("234"))
                chosen[slot] = value
            return chosen[slot]

        return re.sub(r"\{([^}]*)\}", filled, text)

    def value(self, name):
        lot = self.random
        if name == "year":
            return str(lot.randrange(1861, 1958))
        if name == "digits":
            return str(lot.randrange(2, 9_999))
        if name == "date":
            day, month, year = lot.randrange(1, 29), lot.choice(MONTHS), lot.randrange(1861, 1958)
            form = lot.randrange(6)
            return [
                f"{month} {day}", f"{month} {day}, {year}", f"{day} {month} {year}", f"the {day}th of {month}",
                f"{day}/{MONTHS.index(month) + 1}/{year}", f"{month[:3]}. {day}, {year}",
            ][form]
        if name == "money":
            sum_ = lot.randrange(2, 900)
            return lot.choice([
                f"{sum_} roubles", f"{sum_} rubles {lot.randrange(1, 99)} kopecks", f"£{sum_} 10s. 6d.", f"${sum_},000", f"{sum_} marks",
                f"Fr. {sum_}.50", f"{lot.randrange(1, 20)}s. 4d.", f"{sum_} R", f"€{sum_}", f"{sum_}.75 crowns",
            ])
        if name == "person":
            given, surname = lot.choice(GIVEN), lot.choice(SURNAMES)
            form = lot.randrange(8)
            return [
                f"{given} {surname}", f"{given} {surname}", f"{given} {surname}", f"{given[0]}. {surname}", f"{given[0]}. {lot.choice(GIVEN)[0]}. {surname}",
                f"{given} {lot.choice(GIVEN)[0]}. {surname}", f"Mrs. {surname}", f"{given} Petrovich {surname}",
            ][form]
        return lot.choice(LISTS[name])


def sentences():
    lines = (HERE / "sentences.txt").read_text("utf-8").splitlines()
    text = "\n".join(line for line in lines if not line.startswith("#"))
    templates = [paragraph.strip().split("\n") for paragraph in text.split("\n\n") if paragraph.strip()]
    lot = Lot(1905)
    for lines in templates:
        yield lot.paragraph(" ".join(lines))
    # Once more with other fillings, line by line, as in files that break lines by hand.
    for lines in templates:
        yield lot.paragraph("\n".join(lines))


def contractions():
    subjects = ["I", "you", "he", "she", "it", "we", "they", "who", "what", "that", "there", "how", "Where", "Why"]
    endings = ["'m", "'s", "'ll", "'d", "'re", "'ve", "'ll've", "'d've"]
    for apostrophe in ("'", "’"):
        for subject in subjects:
            words = [subject + ending.replace("'", apostrophe) for ending in endings]
            yield f"{words[0]} here, {words[1]} gone; {words[2]} stay, {words[3]} like to. {words[4]} {words[5]} {words[6]} {words[7]}."
    for subject in subjects:
        yield " ".join(subject.lower() + ending.replace("'", "") for ending in endings)
    verbs = "ca could did do does had has have is might must need ought sha should was were wo would are ai dare may".split()
    for negation in ("n't", "n’t", "nt"):
        yield " ".join(f"They {verb}{negation} pay." for verb in verbs)
        yield " ".join(f"{verb.capitalize()}{negation} they pay?" for verb in verbs)
        yield " ".join(f"They {verb}{negation}{negation[-2]}ve paid." for verb in verbs)
    yield "Y'all gonna get what you're gonna get, ain't ya? C'mon, lemme see 'em. Gimme that. I'm gotta go, dunno where. Wanna bet? Cannot. Whatcha doin'? Nothin', ma'am."
    yield "’Twas o’clock, ’tis e’er thus; ’em, ol’ man, ’nuff said, d’you see? Let’s go. Let's go. Lets go. O'Brien's and O’Brien’s men weren’t at the captain’s."
    yield "the workers' and the bosses' and the Kisses's and James's and Marx’ and the '90s and the ’90s and 1890's and the M.P.'s and MPs'"
    yield "could of, should've, would’ve; not've, n't, nt, 's, 'm, 're, 'll, 've, 'd, ’s ’m ’re ’ll ’ve ’d; goin’ doin' nuthin' somethin’ Goin' Doin’ havin' Havin’ lovin' Lovin’"
    yield "and/or w/o w/ b/c c/o he/she s/he 24/7 n/a km/h; ma'am Ma’am o'clock O'CLOCK; Cap'n fo'c'sle rock'n'roll; y'know; th'old"


def abbreviations():
    titles = "Mr. Mrs. Ms. Dr. Prof. Gen. Col. Capt. Lt. Sgt. Rev. Hon. Gov. Sen. Rep. Jr. Sr. St. Messrs. Mt. Ph.D. Adm. Bros. Co. Corp. Inc. Ltd. Cde. Esq.".split()
    for title in titles:
        bare = title.rstrip(".")
        yield f"They saw {title} Kovács and {bare} Kovács; then {title}, {bare}. {title.upper()} {bare.lower()}. End with {title}"
    others = "e.g. i.e. etc. vs. v.s. cf. ca. c. al. approx. no. No. Nos. nos. vol. p. pp. para. art. sec. fig. ed. eds. ibid. op. cit. viz. inst. ult. prox. a.m. p.m. A.M. P.M. A.D. B.C. U.S. U.K. U.S.S.R. R.S.F.S.R. N.Y. D.C. E. W. N. S. jan. Jan. Feb. Mar. Apr. Jun. Jul. Aug. Sep. Sept. Oct. Nov. Dec. Mon. Tue. Wed. Thu. Fri. Sat. Sun. Calif. Mass. Pa. Va. Tenn. Ariz. Minn. Ga. Ill. Ind. Wash.".split()
    for first, second, third in itertools.zip_longest(*[iter(others)] * 3, fillvalue="etc."):
        yield f"See {first} 14, {second} Three, and {third} But ({first}) or {second}: it was {third}, {first}; {second}"
    yield "At 8a.m. or 8 a.m. or 8am or 8 am, 10p.m. 10pm. 12:30a.m., 11:59PM; 7a.m.-9p.m. 1a.m"
    yield "J. P. Morgan, J.P. Morgan, J P Morgan, JP. Morgan; A.B.C. and a.b.c. and A.b. and AB. Cd. X. Y. Z."
    yield "The O.G.P.U. and the OGPU. The I.W.W. The R.S.D.W.P.(B.) V.K.P.(b) and the Cheka (Ch.K.)."
    yield "km. kg. cm. mm. ft. in. lb. lbs. oz. yd. hrs. min. sec. m.p.h. sq. cu. gal. doz. max. avg. dept. Dept. univ. assn. govt."


def punctuation():
    marks = [
        ".", ",", ";", ":", "!", "?", "-", "–", "—", "--", "---", "…", "...", "..", "....", ". . .", "'", "\"", "''", "``", "`", "´", "‘", "’", "“", "”", "„", "«", "»",
        "‹", "›", "(", ")", "[", "]", "{", "}", "<", ">", "/", "\\", "|", "*", "**", "#", "$", "%", "&", "@", "^", "~", "_", "__", "=", "==", "+", "°", "§", "¶", "†", "‡",
        "№", "£", "€", "¥", "¢", "•", "·", "′", "″", "×", "÷", "±", "≈", "→", "™", "®", "©", "¿", "¡", "、", "。", "،", "।", "­", "­-",
        ").", "),", ");", "):", "?)", "!)", ".)", ",)", "(?)", "(!)", "...)", ".\"", ",\"", "\".", "\",", ".''", "?!", "!?", "!!", "!!!", "??", "???", "?..", "!..", "\"—", "—\"", ",—", ".—",
        ":—", ";—", "[sic]", "[?]", "[...]", "(...)", "<...>", "//", "://", "&c.", "'\"", "\"'", "'”", "’”", "“‘", "»,", "«…", ".'", ",'", "')", "(\"", "\")", "$.", "%.", "%,", ".%", "*)", "(*", "-,", ",-", "-.", "/.", "./",
    ]
    for mark in marks:
        yield (
            f"the mill{mark}the gate {mark} and {mark}the men{mark} went{mark} Then {mark}Ivan{mark}Marfa 12{mark}34 {mark}5 6{mark} "
            f"{mark}{mark} said{mark}{mark} ({mark}) \"{mark}\" X{mark}y y{mark}X II{mark}b{mark}"
        )


def numbers():
    forms = "0 7 12 1905 1,000 1.000 1 000 12,345,678 3.14 .5 0.5% 50% 5-10 1905-07 1905–1907 1/2 3/4 ½ 2½ 1st 2nd 3rd 4th 21st II. IV XIV. No.5 №5 № 5 #5 5a 5A a5 5) (5) 5. 5.1 5.1.2 5: 5; +7 -7 −7 ±7 ~7 7x 7× 2x4 10^6 1e6 6'2\" 6′2″ 45° 45°C -5C 98.6F 10km 10 km 10kg 5lb 5ft 3cm 20mm 7s. 7d. £7 £7.5 7£ $7 $7.50 7$ US$7 €7 7€ ¥700 Rs.7 Rs. 7 7r. 7rub. 7k. 7,- 7.- 12:30 12.30 12h30 12:30:15 1905-01-09 09.01.1905 9/1/05 9.I.1905 '05 ’05 1900s 1900's 20s mid-1920s pre-1914 post-war 5-year-old 10-hour 8-hr 3-4-5 12-14h +49-30-1234 (030)1234 5,6 5,6,7 1,2; 100ths one-third two-thirds twenty-five".split(" ")
    for first, second, third, fourth in itertools.zip_longest(*[iter(forms)] * 4, fillvalue="9"):
        yield f"They paid {first}, then {second} (that is, {third}) and {fourth}."
        yield f"{first} {second}—{third}/{fourth}"
    yield "On 9 January 1905 (27 December 1904, O.S.), at 11.30 a.m., ca. 140,000-150,000 people marched; 96 (or 130, or ±1,000) died."
    yield "1. Wages\n2. Hours\n   2.1 Night work\n   2.2. Sundays\na) bread\nb) coal\niv. other\n- first\n* second\n• third\n— fourth"


def quotations():
    yield "'Come,' he said, 'it's late.' \"Late?\" said she. “Very late,” they said; ‘too late’. «Поздно», said Ivan. „Spät“, said Hans. ‚Nein‘! ''Non!'' ``No''"
    yield "\"He told me, 'Read \"The Spark\" aloud,' and left.\" “He told me, ‘Read “The Spark” aloud,’ and left.”"
    yield "the so-called \"workers' opposition\", the 'so-called' opposition, the so-called „opposition”, an “independent” (sic) union, the ‘Truth’-group, the \"Truth\"-ists"
    yield "\"A\"\"B\" \"A\" \"B\" 'A''B' “A”“B” \"A,\" \"B.\" \"C\". \"D\", \"E\"; \"F\": \"G\"! \"H?\" \"I\"? (\"J\") [\"K\"] \"(L)\" \"L.\"M"
    yield "He said: \"No.\" Then: \"No.\" \"No\", then. “No”... “No…” “No”? ‘No!’ 'tis 'no'. She said \"yes\"--and \"no\"—and “maybe”–ish."
    yield "\"Unclosed quotation, said he. And another “unclosed one. ‘And this. It's 'his' and hers' too."
    for opening, closing in ["\"\"", "''", "“”", "‘’", "«»", "„“", "()", "[]", "{}", "<>", "**", "__", "//", "--", "||"]:
        yield f"The {opening}Union of Toilers{closing} met. {opening}Strike!{closing} they cried, {opening}strike.{closing} In {opening}1905{closing}, {opening}A. B.{closing} left{opening}s{closing}; {opening}{opening}twice{closing}{closing}."


def addresses():
    urls = [
        "http://example.org", "https://www.example.org/a/b?c=d&e=f#g", "www.example.com", "example.com", "example.co.uk/path", "ftp://files.example.net/x.txt",
        "http://localhost:8080/", "http://192.168.0.1/", "https://archive.example/fond_17/opis-84/d.301.pdf", "doi:10.1000/182", "http://пример.рф/путь",
        "archive.example.ru", "file:///tmp/x", "mailto:a@b.org", "ivan.petrov@example.org", "a_b-c+d@mail.example.co.uk", "@ivan", "#strike1905", "@ivan:", "u/ivan",
        "example.org.", "Smith.He", "end.Then", "end.then", "1905.Then", "word.word.word", "a.b", "A.B", "x.com", "C:\\files\\a.txt", "/usr/bin", "~/notes", "a/b/c", "\\n",
        "http://example.org/(a)", "<http://example.org>", "[1](http://example.org)", "e-mail", "co-op", "self-made", "mother-in-law's", "well-known", "re-elected", "ex-tsar",
        "anti-Bolshevik", "non-", "-non", "pro- and anti-war", "North-West", "Jean-Paul", "X-ray", "T-34", "mid-July", "1905-style", "a-b-c-d", "A-B", "a–b", "a—b", "a--b",
    ]
    for url in urls:
        yield f"See {url} or ({url}), {url}; \"{url}\". {url}! {url}'s {url}"


def scripts():
    yield "Товарищ Иванов приехал в Москву 5 мая. The word «стачка» means strike. В г. Орле бастуют рабочие (ок. 300 чел.)."
    yield "Иванов's group met Петров-Водкин; Иванов, А. В., и др. т.е. НКВД, ГПУ-ОГПУ, ВКП(б). Ёлки-палки! Щёкино—Орёл."
    yield "Łódź, Kraków, Žižkov, Győr, Ångström, Þingvellir, São Paulo, Besançon, İstanbul, Iași, Đà Nẵng, Reykjavík, Šiauliai, Ceské Budejovice"
    yield "naïve façade coöperate Zoë über élan señor Ærø œuvre straße STRASSE Straẞe ﬁnd ﬂour ſtrike ſſ Ǆ ǅ ǆ ΣΊΣΥΦΟΣ Οδυσσεύς İI ıi"
    yield "Cafe\u0301 vs. Café; N\u0303 vs. Ñ; e\u0301\u0302; Zalgo t\u0336e\u0336x\u0336t\u0336; й vs. и\u0306."
    yield "東京の労働者 struck; 上海 too, 서울 as well; عمال المصنع went home; פועלים stayed; श्रमिक संघ met; მუშები sang; բանվորներ left; ကမ္ဘာ"
    yield "He wrote 罷工！ on the wall。Then「同志」said：「来」、and left…… 〈end〉 【note】 ～～ ￥500 ５００ Ａｂｃ ﾊﾝｶｸ"
    yield "𝒜𝓁𝑔𝑒𝒷𝓇𝒶 𝟙𝟚𝟛 ①②③ Ⅷ ⅳ ½ ¼ ⅓ ² ³ x² m³ H₂O 10⁻³ ª º ¹ ٣٤ ४५ ๓ ℃ ℉ № ℔ ℥ ﷼ ﬀ ﷺ"
    yield "Mixed: Mосква (Cyrillic o), Аlpha, ΑBC, рaypal, ivаn, Tолстой’s, Kovаcs"
    for word in ["Ё", "ж", "ß", "İ", "ı", "Σ", "ς", "Ω", "Å", "K", "ﬁ", "ŉ", "ǰ", "ΐ", "ᾳ", "ᾼ", "Ⴀ", "ა", "Ა", "Ꭰ", "ꭰ", "𐐀", "𝔸", "中", "あ", "ア", "한", "ا", "א", "क", "ก", "།", "ⵣ"]:
        yield f"{word} {word}{word} {word}s {word}'s a{word} {word}1 1{word} {word}. {word}-{word} ({word}) X{word}x {word.upper()} {word.lower()} {word * 5}"


def debris():
    yield "tlie rnen of tbe rnill liad no rnoney; tlic cornrnittee rnet at 8 o'c1ock iu tlie hal1 ou l4 Octoher l923."
    yield "The wor- kers of the fac-\ntory went on str ike , be cause the man-\n\nager , Mr .Smith ,had cut wages .They de-manded 2O % more ."
    yield "T h e  C o m m i t t e e  M E T  A T  N O O N . S T R I K E ! M o s c o w , 1 9 2 3"
    yield "^The *workers ' of| the ~mill¬ were¦ told. by; their, foreman: to- leave' at. once, .and ,they ;did 'so. , . ; : ' \" ^ ~ | ¬ ¦ ■ □ ▪ ● ◦ ► ♦ ♣ ❖ ✓ ✗"
    yield "page 14 | 15 ---- 16 ____ 17 ==== 18 .... 19 ···· 20 ……… 21 ****** 22 ~~~~ 23\n- 24 -\n[25]\n(26)\n— 27 —"
    yield "�The � wor�kers� ��� ﻿BOM\ufeff inside a\ufeffb"
    yield "strikersThe factoryWas closedOn MondayBut not.Ivan said,Marfa left;Olga stayed:Why?Because!They (left)Then\"he\"said"
    yield "VERY IMPORTANT: THE UNION OF METALWORKERS AT ZARECHENSK HASN'T PAID ITS DUES. IVAN VORONIKHIN'S MEN DON'T CARE. JAN. 5, U.S."
    yield "i don't know who petrov is but he's from karsovo and he says the strike's off lol. tbh idk. plz tell mr. goldberg asap thx"
    yield "<p>The <b>strike</b> of 1905 &amp; the &quot;Spark&quot; group&nbsp;met&#8217;s end.</p><br/> <!-- note --> {{cite|a=b}} [[Strike|strikes]] ''it'' '''bold'''"
    yield "| Name | Age |\n|------|-----|\n| Ivan | 34 |\n+------+\nIvan\t34\tfitter\nMarfa\t29\tweaver\n\nA;B;C\n\"x\",\"y\",\"1,5\""
    confusions = [("m", "rn"), ("l", "1"), ("O", "0"), ("e", "c"), ("h", "li"), ("w", "vv"), ("S", "5"), ("i", "¡"), ("t", "†"), ("c", "("), ("B", "8"), ("g", "q")]
    for right, wrong in confusions:
        yield "The strike committee of the Morozko mill met on Sunday. Their leaders, Goldberg and Hakimov, spoke with confidence; they left at once.".replace(right, wrong)


def blanks():
    for blank in [" ", "  ", "   ", "\t", "\n", "\n\n", "\r\n", "\r", " \n", "\n ", " \n ", "\t\t", "\v", "\f", "\x1c", "\x1f", "\x85", "\u00a0", " \u00a0", "\u00a0 ", "\u1680", "\u2002", "\u2003", "\u2009", "\u200a", "\u2028", "\u2029", "\u202f", "\u205f", "\u3000", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u180e", "\u200e", "\x00", "\x07", "\x1b[0m", "\x7f"]:
        yield f"The{blank}strike{blank}{blank}ended.{blank}Then 12{blank}000 men, Mr.{blank}Kovács said,{blank}left ({blank}all{blank}) \"{blank}home{blank}\".{blank}"
        yield f"{blank}It began{blank}.{blank}do{blank}n't can{blank}'t U.{blank}S. don't{blank}"
        yield blank
    for width in range(1, 12):
        yield f"a{' ' * width}b.{' ' * width}C{chr(10) * width}d"
    yield ""
    yield "   \n\t  \n"
    yield "\n\nTitle\n\n   Indented text.\n\tTabbed text.\n\n\n\nEnd.\n\n"


def faces():
    emoticons = ":) :-) :( :-( ;) ;-) :D :-D XD xD xDD :P :p :-P :/ :-/ :\\ :| :o :O :-o 8) 8-) B-) =) =( :') :'( :'-( <3 <33 </3 ^_^ ^__^ -_- o_O O_o O.o (: ): (; :3 >:( >:) :] :[ [: :} :{ :* :-* ;_; T_T \\o/ ¯\\_(ツ)_/¯ ಠ_ಠ (╯°□°）╯︵ ┻━┻ <(^_^)> (>_<) v_v V_V @_@ 0_0 (-_-) (._.) (*_*) :x :X :-x =D =] =| =/ <.< >.> ._. .__. :1 :-3".split(" ")
    for first, second, third in itertools.zip_longest(*[iter(emoticons)] * 3, fillvalue=":)"):
        yield f"Good {first} news{second} ({third}) he left {first}{second} {third}. {second}! {first}, \"{third}\" {first}{first} x{second}y"
    emoji = ["🙂", "👍", "👍🏽", "❤️", "❤", "👩‍👩‍👧", "🇷🇺", "🇬🇧🇫🇷", "☭", "✊", "⚒️", "1️⃣", "🙂🙂", "☎", "✝", "♂", "☺️"]
    for face in emoji:
        yield f"Strike {face}! {face}{face} word{face} {face}word {face}. ({face}) {face}'s \"{face}\""


def extremes():
    yield "x" * 1000
    yield "ab-" * 60
    yield "Ab1" * 50 + "."
    yield "(" * 40 + "deep" + ")" * 40
    yield "!" * 120
    yield "... " * 30
    yield "«" * 10 + "A" + "'" * 20 + "s" + "\"" * 21
    yield "a"
    yield "."
    yield "'"
    yield "I"
    yield "'s"
    yield "don't"
    yield "1"
    yield " a"
    yield "a "
    yield "no " * 150
    yield " ".join(f"Ivan{number}" for number in range(120))
    yield ", ".join(f"{given} {surname}" for given, surname in zip(GIVEN, SURNAMES)) + " and others."
    yield "; ".join(f"{number}) {surname}, {town}" for number, (surname, town) in enumerate(zip(SURNAMES, TOWNS), 1)) + "."
    long = "The committee, which {} the demands that the delegates whom the weavers had chosen brought from {}, "
    yield "".join(long.format(verb, town) for verb, town in zip(["debated", "rejected", "accepted", "forgot", "praised"], TOWNS)) + "dissolved itself."


KINDS = [sentences, contractions, abbreviations, punctuation, numbers, quotations, addresses, scripts, debris, blanks, faces, extremes]


def compose():
    return [text for kind in KINDS for text in kind()]


def main():
    with OUTPUT.open("w", encoding="utf-8", newline="\n") as output:
        for text in compose():
            # Everything beyond ASCII is escaped: the texts are about characters that editors change.
            output.write(json.dumps(text) + "\n")


if __name__ == "__main__":
    main()
