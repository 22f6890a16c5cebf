//! Examples and explanations that stand below the help of a command.

pub const ADD_EXAMPLES: &str = "\
Examples:
  svodka init strikes && svodka add archive/          every file in the folder and in those below it
  svodka add 'archive/19*/*.txt' --project strikes.svodka
  svodka add report.txt --date 1923-09-01
  svodka add --manifest list.csv                      the files that a list names, with the dates and titles it gives them
  svodka add scans/ --ocr --ocr-language rus+eng      scans too, if ocrmypdf is installed
  svodka add archive/ --summary added.json            what was added, what was refused and why, for other programs

Adding the same bytes again changes nothing. A file whose bytes changed becomes a new version of its report; decisions on claims \
whose quotation still stands are carried over, the others are listed.";

pub const SEARCH_EXAMPLES: &str = "\
All words must stand in a report; case, accents and script do not count. A word that other spellings of a name in the project \
transliterate too (Miasnikov, Myasnikov, Мясников) finds these as well, and says so.
Examples:
  svodka search strike wages
  svodka search '\"strike committee\" arrest* -Vulkan'";

pub const CLAIMS_EXAMPLES: &str = "\
Examples:
  svodka claims --kind strike --from 1923-08 --to 1923-09
  svodka claims --about Orlov --certainty probable+ --said-by 'PERSON:Petrov'";

pub const DECIDE_EXAMPLES: &str = r#"Examples:
  svodka decide c62f1f84f2ba2b5d1 reject --reason "Orlov was at the meeting, he did not lead it"
  svodka decide c62f1f84f2ba2b5d1 grade B2 --reason "the agent was in the room"
  svodka decide c62f1f84f2ba2b5d1 correct '{"roles": {"person": "Ivan Orlov"}}' --reason "initials misread"

A correction names what should be otherwise; the rest stays as it was read. "roles" fills roles anew, each by one name or a list ([] empties it; {"text": "Anna Weiss", "type": "PERSON"} brings a name that the report does not have), "fields" sets other values (null takes one away), "when" is a date in EDTF ("" for none), "polarity" is positive or negative, "certainty" asserted, probable, possible or unestablished. `svodka review` asks for all this in plain words."#;

pub const RELATE_EXAMPLES: &str = "\
Reports that use one name are listed together by name only, until somebody judges. Once two of them are judged distinct, those that bear the \
name stand together only where they are judged the same. NAME@REPORT is what one report so calls: by its path, the end of its path, or its number. \
A judgement that contradicts others is refused, and `svodka undo` takes one back.
Examples:
  svodka relate 'PERSON:Ivanov@a.txt' distinct 'PERSON:Ivanov@b.txt' --reason 'one was a child then'
  svodka relate 'Ivanov@c.txt' same 'Ivanov@a.txt' --reason 'the same lodgings'
  svodka relate Myasnikov same Miasnikov --reason 'two spellings, in all reports'";

pub const POLICY_EXAMPLES: &str = "\
Somebody may be alive if no death is known and something is claimed of them within 100 years of today, or they were born within 110, or \
nothing at all is dated. Such people are marked on your screen. In everything that leaves the machine (files, pipes, exports, pages for \
others) a number stands in the place of their names. A death counts only if a claim that is at least probable and not denied tells it; \
in doubt a person stays shielded. Without options the rule is shown.
Examples:
  svodka policy
  svodka policy --reveal 'Ivan Orlov' --reason 'died in 1931, see his file'
  svodka policy --hide 'Anna Weiss' --reason 'her family asked'
  svodka policy --claim-years 80 --reason 'the law of this archive'";

pub const REVIEW_EXAMPLES: &str = "\
The claims that nobody has accepted, rejected or corrected come one by one, the least certain first, and among these those whose \
names are met most. Each shows the words it rests on, in their sentence. Every judgement is kept at once and can be undone; next \
time the queue goes on where it stopped. Several people may review at the same time: whoever comes second is told.

Where there is no terminal, commands are read line by line:
  printf 'accept\\nreject he was away\\nquit\\n' | svodka review --kind meeting

Examples:
  svodka review
  svodka review --about Orlov --kind membership";

pub const STATS_EXAMPLES: &str = "\
Count by year, month, week, day, certainty, polarity, kind, report, place (any place or workplace in the claim), or by any role or \
field of the kind, such as cause or status. With several, the last makes the columns.

What is counted are claims, not events: ten reports of one strike are ten claims. A date longer than the unit (a year, where months \
are counted) stands in a row of its own and is never put into a month. Where a claim says nothing of one of several things that are counted by, \
a dash stands. Claims that say nothing of any, that are said not to be so, or that a reader rejected are left out, and how many \
these are is told.

Examples:
  svodka stats strikes --by month
  svodka stats strikes --by month,cause,place
  svodka stats strikes --by month,place --from 1923-06 --to 1923-12 --certainty probable+
  svodka stats membership --by group,status --csv > members.csv
  svodka stats --by kind,certainty";

pub const RESOLVE_EXAMPLES: &str = "\
Nothing is changed unless --accept-above is given: what is proposed, people decide (`svodka relate`). Two of one report are never proposed as one, nor are names \
that contradict each other (another given name, initial, patronymic or sex). docs/resolve.md says how the figures come about.
Examples:
  svodka resolve                                  people, the most probable first
  svodka resolve --kind all --least 0.8 --json
  svodka resolve --accept-above 0.99 --reason 'same names and groups, looked through'";

pub const CONTRADICTIONS_EXAMPLES: &str = "\
Two claims contradict each other if both are about the same thing at the same time and cannot both hold: it is so and it is not so; \
member and expelled; 30 present and 400; two dates of what happens once. Claims that a reader rejected contradict nothing. The clearest \
come first. Each side tells on how many independent witnesses it stands: people, bodies or reports that do not go back to one another.
Examples:
  svodka contradictions --about Orlov
  svodka contradictions --kind strike --from 1923-08 --to 1923-09 --json";

pub const COMPARE_EXAMPLES: &str = "\
A and B are two reports, by their paths or by #NUMBER, or else two names. Of reports: what both say, what one repeats of the other's words, \
what contradicts, what one alone says. Of names: in which reports both are met, in which claims together, which groups, places and people \
they share, and where what is claimed of them differs.
Examples:
  svodka compare archive/1923-09-01.txt archive/1923-09-15.txt
  svodka compare Myasnikov Kuznetsov";
