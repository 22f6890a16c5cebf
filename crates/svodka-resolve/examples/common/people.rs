//! People who never were, as reports might name them: seeded, the same on every machine.

/// SplitMix64.
pub struct Random(pub u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below a bound.
    pub fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() >> 33).unwrap_or(0) % bound.max(1)
    }

    /// Whether something that comes so often in a hundred cases comes.
    pub fn often(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    fn pick<'t, T>(&mut self, of: &'t [T]) -> &'t T {
        &of[self.below(of.len())]
    }
}

/// A table of things of which few are common and many rare: the n-th comes as often as 1/(n + 20) says.
pub struct Zipf(Vec<f64>);

impl Zipf {
    fn new(length: u32) -> Zipf {
        let mut sum = 0.0;
        let steps = (0..length).map(|it| {
            sum += 1.0 / (f64::from(it) + 20.0);
            sum
        });
        Zipf(steps.collect())
    }

    fn pick(&self, random: &mut Random) -> usize {
        let whole = self.0.last().copied().unwrap_or(1.0);
        let at =
            f64::from(u32::try_from(random.next() >> 32).unwrap_or(0)) / 4_294_967_296.0 * whole;
        self.0.partition_point(|it| *it <= at).min(self.0.len() - 1)
    }
}

const MEN: &str = "иван николай василий александр михаил пётр алексей сергей павел фёдор степан григорий дмитрий андрей яков семён \
владимир константин егор георгий тимофей ефим борис виктор матвей захар гавриил лев филипп антон кузьма никифор юрий \
прохор макар леонид евгений анатолий арсений тихон роман игнат архип ермолай зиновий вячеслав";
const WOMEN: &str = "мария анна елена екатерина александра ольга надежда вера софья татьяна евдокия прасковья наталья елизавета \
анастасия варвара агафья клавдия зинаида лидия фёкла ксения юлия евгения людмила";
const STARTS: &str = "б в г д ж з к л м н п р с т ф х ц ч ш бр вл гр др кр пл сл ст тр хл шл щ";
const VOWELS: &str = "а о у е и я ю";
const MIDDLES: &str = "б в г д ж з к л м н п р с т х ч ш рн лк нд ст ск зн рч льц нт шк";
const ENDS: &str = "ов ов ов ев ин ин енко ский ович ков";
const TRADES: &str = "turner|fitter|weaver|printer|tailor|miner|student|clerk|engineer|teacher|doctor|sailor|baker|carpenter|stoker\
|moulder|compositor|spinner|driver|soldier|lawyer|editor|cook|smith|mechanic|porter|joiner|tanner|painter|watchman";

fn words(of: &str) -> Vec<&str> {
    of.split([' ', '|']).collect()
}

/// A name made of syllables.
fn coined(random: &mut Random, end: &str) -> String {
    let (starts, vowels, middles) = (words(STARTS), words(VOWELS), words(MIDDLES));
    let mut name = String::new();
    if random.often(85) {
        name.push_str(random.pick::<&str>(&starts));
    }
    name.push_str(random.pick::<&str>(&vowels));
    if random.often(60) {
        name.push_str(random.pick::<&str>(&middles));
        name.push_str(random.pick::<&str>(&vowels));
    }
    name.push_str(random.pick::<&str>(&middles));
    name.push_str(end);
    name
}

fn patronymic(father: &str, woman: bool) -> String {
    let (hard, soft) = if woman {
        ("овна", "евна")
    } else {
        ("ович", "евич")
    };
    match father {
        "лев" => format!("льв{hard}"),
        "павел" => format!("павл{hard}"),
        "пётр" => format!("петр{hard}"),
        "яков" => format!("яковл{soft}"),
        "кузьма" => (if woman {
            "кузьминична"
        } else {
            "кузьмич"
        })
        .to_owned(),
        _ => match father.strip_suffix('й') {
            Some(stem) if stem.ends_with('и') => {
                format!("{}ь{soft}", stem.trim_end_matches('и'))
            }
            Some(stem) => format!("{stem}{soft}"),
            None => format!("{father}{hard}"),
        },
    }
}

/// A person who never was.
struct Person {
    surname: String,
    given: String,
    patronymic: String,
    born: usize,
    place: String,
    trade: String,
    works: String,
}

/// What a report tells of a person.
pub struct Mention {
    /// Who it is.
    pub person: u32,
    /// As written.
    pub name: String,
    /// Year of birth.
    pub born: Option<String>,
    /// Where.
    pub place: Option<String>,
    /// Trade.
    pub trade: Option<String>,
    /// Where employed.
    pub works: Option<String>,
}

/// Makes so many mentions, in no order. `write` writes a Cyrillic word in the n-th of three romanisations.
pub fn people(
    count: usize,
    seed: u64,
    mut write: impl FnMut(usize, &str) -> String,
) -> Vec<Mention> {
    let mut random = Random(seed);
    let ends = words(ENDS);
    let surnames: Vec<String> = (0..60_000)
        .map(|_| {
            let end = *random.pick(&ends);
            coined(&mut random, end)
        })
        .collect();
    let places: Vec<String> = (0..1_500).map(|_| coined(&mut random, "ск")).collect();
    let works: Vec<String> = (0..4_000)
        .map(|it| format!("{} {}", coined(&mut random, ""), it % 97))
        .collect();
    let (men, women, trades) = (words(MEN), words(WOMEN), words(TRADES));
    let (common_surname, common_place, common_works) =
        (Zipf::new(60_000), Zipf::new(1_500), Zipf::new(4_000));
    let (common_man, common_woman) = (Zipf::new(46), Zipf::new(25));
    let mut mentions = Vec::with_capacity(count);
    let mut person = 0;
    while mentions.len() < count {
        let woman = random.often(30);
        let mut surname = surnames[common_surname.pick(&mut random)].clone();
        if woman {
            if let Some(stem) = surname.strip_suffix("ский") {
                surname = format!("{stem}ская");
            } else if surname.ends_with(['в', 'н']) {
                surname.push('а');
            }
        }
        let given = if woman {
            &women[common_woman.pick(&mut random)]
        } else {
            &men[common_man.pick(&mut random)]
        };
        let who = Person {
            patronymic: patronymic(men[common_man.pick(&mut random)], woman),
            surname,
            given: (*given).to_owned(),
            born: 1850 + random.below(56),
            place: places[common_place.pick(&mut random)].clone(),
            trade: (*random.pick(&trades)).to_owned(),
            works: works[common_works.pick(&mut random)].clone(),
        };
        let mut times = 1;
        while times < 12 && random.often(70) {
            times += 1;
        }
        for _ in 0..times.min(count - mentions.len()) {
            mentions.push(mention(
                &mut random,
                person,
                &who,
                &mut write,
                &trades,
                &places,
                &common_place,
            ));
        }
        person += 1;
    }
    for at in (1..mentions.len()).rev() {
        let other = random.below(at + 1);
        mentions.swap(at, other);
    }
    mentions
}

fn mention(
    random: &mut Random,
    person: u32,
    who: &Person,
    write: &mut impl FnMut(usize, &str) -> String,
    trades: &[&str],
    places: &[String],
    common_place: &Zipf,
) -> Mention {
    let system = random.below(3);
    let mut surname = write(system, &who.surname);
    if random.often(10) {
        surname = slip(random, &surname);
    }
    let mut given = write(system, &who.given);
    let mut patronymic = write(system, &who.patronymic);
    if random.often(3) {
        given = slip(random, &given);
    }
    if random.often(3) {
        patronymic = slip(random, &patronymic);
    }
    let first = |it: &str| it.chars().take(1).collect::<String>();
    let name = match random.below(100) {
        0..35 => format!("{given} {patronymic} {surname}"),
        35..65 => format!("{}. {}. {surname}", first(&given), first(&patronymic)),
        65..75 => format!("{surname} {}. {}.", first(&given), first(&patronymic)),
        75..92 => format!("{given} {surname}"),
        _ => format!("{}. {surname}", first(&given)),
    };
    let place = if random.often(92) {
        &who.place
    } else {
        &places[common_place.pick(random)]
    };
    let trade = if random.often(88) {
        who.trade.as_str()
    } else {
        random.pick(trades)
    };
    let born = if random.often(88) {
        who.born
    } else {
        who.born + random.below(5) - 2.min(who.born)
    };
    let place = write(0, place);
    Mention {
        person,
        name,
        born: random.often(60).then(|| born.to_string()),
        place: random.often(75).then_some(place),
        trade: random.often(60).then(|| trade.to_owned()),
        works: random.often(55).then(|| write(0, &who.works)),
    }
}

/// One letter left out, doubled, changed or moved.
fn slip(random: &mut Random, word: &str) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    if letters.len() < 4 {
        return word.to_owned();
    }
    let at = 1 + random.below(letters.len() - 2);
    match random.below(4) {
        0 => {
            letters.remove(at);
        }
        1 => letters.insert(at, letters[at]),
        2 => letters[at] = *random.pick(&['a', 'e', 'i', 'o', 'u', 'n', 'm', 'r', 's', 't']),
        _ => letters.swap(at, at + 1),
    }
    letters.into_iter().collect()
}
