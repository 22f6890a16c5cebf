//! What the server holds: the project's path, its moments, the pen, the engine once a report is read, and who listens for changes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use svodka::agree::{Contradiction, Reach};
use svodka::resolve::{Gazetteer, Sort};
use svodka::store::{
    self, Audience, ClaimFilter, ClaimKey, Glance, Reader, ReportRow, Selection, Shelf, Stamp,
    StoreError, Table, ThingRow, Told, Writer,
};
use svodka::views::Statements;
use svodka::views::ipif::Prosopography;
use svodka::{Engine, KindWords, PackFile};
use tokio::sync::{Semaphore, broadcast};

use super::agreement;
use super::events::News;
use super::failure::Failure;
use super::moment::{Lasting, Moment, locked};
use super::pen::Pen;
use super::same::{self, Proposed};
use super::shape::Supported;
use super::who::Who;
use crate::args::Means;
use crate::problem::Problem;
use crate::{project, setup};

/// How often it is looked whether somebody has changed the project.
const GLANCE: Duration = Duration::from_millis(500);

/// The served project.
pub struct App {
    path: PathBuf,
    means: Means,
    rules: svodka::Pack,
    pack: Mutex<Arc<Vec<PackFile>>>,
    engine: Mutex<Option<Arc<Engine>>>,
    gazetteer: OnceLock<Gazetteer>,
    moments: Mutex<Vec<(Seen, Arc<Moment>)>>,
    /// Readings that were opened a moment ago.
    shelf: Arc<Shelf>,
    /// All claims in memory, as they were last asked for.
    table: Mutex<Option<Arc<Table>>>,
    /// Open while the project was changed a moment ago.
    glance: Mutex<Option<Glance>>,
    /// Who asks more than the machine can do at once waits: with more at work, whoever writes would get too little of it.
    turns: Semaphore,
    /// What may take seconds is asked one after the other, so that everything else goes on.
    long: Semaphore,
    /// What may take half a minute waits for its own kind alone.
    longest: Semaphore,
    pen: Pen,
    news: broadcast::Sender<News>,
}

/// Sizes and times of the project's file and of what is written beside it: other if anybody has changed it.
type Seen = Vec<(u64, Option<Duration>)>;

/// What is asked with: a reader, its moment and the pack's words.
pub struct Asked<'a> {
    /// The server.
    pub app: &'a App,
    /// A reader of that moment.
    pub reader: &'a Reader,
    moment: &'a Moment,
}

impl Asked<'_> {
    /// How the pack words claims.
    pub fn words(&self) -> &KindWords {
        self.app.words()
    }

    /// The newest entry of the log.
    pub fn newest(&self) -> i64 {
        self.moment.newest
    }

    /// All reports, in the order in which they were added.
    pub fn reports(&self) -> Result<&[ReportRow], Failure> {
        Ok(self.moment.lasting.reports(self.reader)?)
    }

    /// What each of them can be found by, folded.
    pub fn folded(&self) -> Result<&[String], Failure> {
        Ok(self.moment.lasting.folded(self.reader)?)
    }

    /// All things, those in most reports first of each sort.
    pub fn things(&self) -> Result<&[ThingRow], Failure> {
        Ok(self.moment.lasting.things(self.reader)?)
    }

    /// The reader, with all claims of the project in memory.
    pub fn tabled(&self) -> Result<&Reader, Failure> {
        // Whoever comes while it is made waits for it.
        let mut known = locked(&self.app.table);
        *known = Some(self.reader.table(known.as_ref())?);
        Ok(self.reader)
    }

    /// The reader, with all claims in memory if they are there already.
    pub fn ready(&self) -> Result<&Reader, Failure> {
        if let Ok(known) = self.app.table.try_lock()
            && known.is_some()
        {
            self.reader.table(known.as_ref())?;
        }
        Ok(self.reader)
    }

    /// The claims that fit, in the order of time: how many there are, and so many from a place on. A name that nothing bears has none.
    pub fn places(
        &self,
        wanted: &Selection,
        skip: usize,
        limit: usize,
    ) -> Result<(usize, Vec<(i64, usize)>), Failure> {
        match self.tabled()?.selected(wanted, skip, limit) {
            Err(StoreError::Unknown { .. }) => Ok((0, Vec::new())),
            places => Ok(places?),
        }
    }

    /// The names under which reports have each place and workplace.
    pub fn forms(&self) -> Result<&BTreeMap<i64, Vec<String>>, Failure> {
        Ok(self.moment.lasting.forms(self.reader)?)
    }

    /// The contradictions within reach, the clearest first, and how many there are.
    pub fn contradictions(
        &self,
        reach: &Reach,
    ) -> Result<Arc<(Vec<Contradiction>, usize)>, Failure> {
        let agreement = &self.app.rules().agreement;
        let work = || Ok(svodka::contradictions(self.reader, agreement, reach)?);
        self.moment.lasting.contradictions.get(reach, work)
    }

    /// On how many witnesses each of these claims stands.
    pub fn supports(&self, claims: &[Told]) -> Result<Vec<Supported>, Failure> {
        if let Some(known) = self.moment.lasting.supports.get() {
            let alone = Supported {
                witnesses: 1,
                claims: 1,
            };
            let support = |told: &Told| known.get(&svodka::at(told)).copied().unwrap_or(alone);
            return Ok(claims.iter().map(support).collect());
        }
        let supports = svodka::supports(self.tabled()?, &self.app.rules().agreement, claims)?;
        Ok(supports.iter().map(Supported::from).collect())
    }

    /// Works out at once what contradicts what and on how many witnesses every claim stands, for whoever is going to ask for all of it.
    pub fn weigh(&self) -> Result<(), Failure> {
        let all = agreement::all();
        let weighed = svodka::weighed(self.tabled()?, &self.app.rules().agreement, all.limit)?;
        let counted = weighed.supports.into_iter();
        let counted =
            counted.map(|(at, (witnesses, claims))| (at, Supported { witnesses, claims }));
        // It is not compared again.
        self.app.shelf.clear();
        let lasting = &self.moment.lasting;
        lasting.supports.get_or_init(|| counted.collect());
        let found = (weighed.contradictions, weighed.number);
        lasting.contradictions.get(&all, || Ok(found)).map(drop)
    }

    /// Who may be the same, of one sort: worked out now if it is not known.
    pub fn proposals(&self, sort: Sort) -> Result<Arc<Proposed>, Failure> {
        let work = || same::proposed(self, sort);
        self.moment.lasting.proposals.get(&sort, work)
    }

    /// Who may be the same, of one sort, as far as it is known, and whether that is of before the last changes.
    pub fn proposals_known(&self, sort: Sort) -> Option<(Arc<Proposed>, bool)> {
        let lasting = &self.moment.lasting;
        let known = lasting.proposed(sort)?;
        let outdated = lasting.proposals.ready(&sort).is_none();
        (!outdated || !known.few).then_some((known, outdated))
    }

    /// The statements that SPARQL asks, as this audience may see them.
    pub fn statements(
        &self,
        work: impl FnOnce(&Reader, Audience) -> Result<Statements, Failure>,
    ) -> Result<Arc<Statements>, Failure> {
        let work = || work(self.reader, self.moment.audience);
        self.moment.statements.get(&(), work)
    }

    /// The factoids that IPIF asks, as this audience may see them.
    pub fn factoids(
        &self,
        work: impl FnOnce(&Reader) -> Result<Prosopography, Failure>,
    ) -> Result<Arc<Prosopography>, Failure> {
        let work = || work(self.reader);
        self.moment.factoids.get(&(), work)
    }

    /// The claims that fit and wait for a judgement, the least certain first: how many there are, and so many from a place on.
    pub fn waiting(
        &self,
        wanted: &ClaimFilter,
        skip: usize,
        limit: usize,
    ) -> Result<(usize, Vec<(i64, ClaimKey)>), Failure> {
        match self.tabled()?.unjudged(wanted, skip, limit) {
            Err(StoreError::Unknown { .. }) => Ok((0, Vec::new())),
            waiting => Ok(waiting?),
        }
    }
}

impl App {
    /// Looks whether the project is there and can be read.
    pub fn open(path: &Path, means: &Means) -> Result<App, Problem> {
        let pack = setup::pack(means.pack.as_deref())?;
        let rules = svodka::Pack::load(&pack).map_err(|mistakes| setup::pack_problem(&mistakes))?;
        let processors = std::thread::available_parallelism().map_or(2, usize::from);
        let app = App {
            path: path.to_path_buf(),
            means: means.clone(),
            rules,
            pack: Mutex::new(Arc::new(pack)),
            engine: Mutex::default(),
            moments: Mutex::default(),
            shelf: Arc::default(),
            table: Mutex::default(),
            glance: Mutex::default(),
            turns: Semaphore::new(processors + 1),
            long: Semaphore::new(1),
            longest: Semaphore::new(1),
            gazetteer: OnceLock::new(),
            pen: Pen::new(path.to_path_buf()),
            news: broadcast::Sender::new(256),
        };
        app.moment(Audience::Owner)
            .map_err(|error| project::problem(&error))?;
        Ok(app)
    }

    /// The project's file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The files of the pack.
    pub fn pack(&self) -> Arc<Vec<PackFile>> {
        Arc::clone(&locked(&self.pack))
    }

    /// The folder of the pack, if it is not the built-in one.
    pub fn pack_folder(&self) -> Option<&Path> {
        self.means.pack.as_deref()
    }

    /// Reads by other files of the pack from now on. How claims are worded and compared stays as it was when the server began.
    pub fn read_by(&self, pack: Vec<PackFile>, engine: Engine) {
        *locked(&self.pack) = Arc::new(pack);
        *locked(&self.engine) = Some(Arc::new(engine));
    }

    /// What the pack says.
    pub fn rules(&self) -> &svodka::Pack {
        &self.rules
    }

    /// How the pack words claims.
    pub fn words(&self) -> &KindWords {
        &self.rules.kind_words
    }

    /// The engine; loaded when it is first needed.
    pub fn engine(&self) -> Result<Arc<Engine>, Failure> {
        // Whoever comes while it is loaded waits for it.
        let mut known = locked(&self.engine);
        if let Some(engine) = known.as_ref() {
            return Ok(Arc::clone(engine));
        }
        let engine = Arc::new(self.engine_with(&self.pack())?);
        *known = Some(Arc::clone(&engine));
        Ok(engine)
    }

    /// Where places are today; read when it is first needed.
    pub fn gazetteer(&self) -> Result<&Gazetteer, Failure> {
        if let Some(gazetteer) = self.gazetteer.get() {
            return Ok(gazetteer);
        }
        let read = project::gazetteer()?;
        Ok(self.gazetteer.get_or_init(|| read))
    }

    /// An engine of the same model with another pack.
    pub fn engine_with(&self, pack: &[PackFile]) -> Result<Engine, Failure> {
        Ok(setup::load(self.means.model.as_deref(), pack)?)
    }

    /// The moment that an audience sees now, and a reader of it.
    fn moment(&self, audience: Audience) -> Result<(Arc<Moment>, Reader), StoreError> {
        let today = project::today();
        let seen = self.seen();
        if let Some(moment) = self.current(audience, &seen)
            && let Some(reader) = moment.reader()
        {
            return Ok((moment, reader));
        }
        let reader = Reader::open(&self.path, store::Policy { audience, today })?
            .sharing(Arc::clone(&self.shelf));
        let newest = reader.newest()?;
        // What another writes is in the files a moment before it can be read: times so new say nothing of what was read.
        let seen = if just_now(&seen) { Seen::new() } else { seen };
        let mut moments = locked(&self.moments);
        let of_audience = |it: &Moment| (it.audience, it.today) == (audience, today);
        if let Some((then, moment)) = moments
            .iter_mut()
            .find(|(_, it)| of_audience(it) && it.newest == newest)
        {
            *then = seen;
            return Ok((Arc::clone(moment), reader));
        }
        let before = moments
            .iter()
            .map(|(_, it)| it)
            .find(|it| of_audience(it) && it.newest < newest);
        let lasting = match before {
            Some(before) => match reader.weighed(before.newest)? {
                Some(weighed) => Arc::new(Lasting::after(weighed, &before.lasting)),
                None => Arc::clone(&before.lasting),
            },
            None => Arc::new(Lasting::of(newest)),
        };
        let moment = Arc::new(Moment::new(audience, newest, today, lasting));
        // Somebody may have come to a later moment meanwhile.
        if !moments
            .iter()
            .any(|(_, it)| of_audience(it) && it.newest > newest)
        {
            moments.retain(|(_, it)| it.audience != audience);
            moments.push((seen, Arc::clone(&moment)));
        }
        Ok((moment, reader))
    }

    /// The moment that an audience sees now, if it is known. While files are too new to tell, the log is asked.
    fn current(&self, audience: Audience, seen: &Seen) -> Option<Arc<Moment>> {
        if let Some(moment) = self.known(audience, seen) {
            return Some(moment);
        }
        if !just_now(seen) {
            return None;
        }
        let newest = self.newest()?;
        let today = project::today();
        let moments = locked(&self.moments);
        let mut fitting = moments.iter().map(|(_, it)| it);
        let found =
            fitting.find(|it| (it.audience, it.newest, it.today) == (audience, newest, today));
        found.map(Arc::clone)
    }

    /// The newest entry of the log, now.
    fn newest(&self) -> Option<i64> {
        let mut glance = locked(&self.glance);
        if glance.is_none() {
            *glance = Glance::open(&self.path).ok();
        }
        let newest = glance.as_ref()?.newest().ok();
        // What cannot be read is opened anew.
        if newest.is_none() {
            *glance = None;
        }
        newest
    }

    fn known(&self, audience: Audience, seen: &Seen) -> Option<Arc<Moment>> {
        let today = project::today();
        let moments = locked(&self.moments);
        let mut fitting = moments
            .iter()
            .filter(|(then, it)| then == seen && it.audience == audience && it.today == today);
        fitting.next().map(|(_, moment)| Arc::clone(moment))
    }

    fn seen(&self) -> Seen {
        let wal = PathBuf::from(format!("{}-wal", self.path.display()));
        let seen = [&self.path, &wal].map(|path| {
            let about = std::fs::metadata(path).ok();
            let changed = about.as_ref().and_then(|about| about.modified().ok());
            #[expect(
                clippy::disallowed_types,
                reason = "a file's time, compared with itself"
            )]
            let since = changed
                .and_then(|time| time.duration_since(std::time::SystemTime::UNIX_EPOCH).ok());
            (about.map_or(0, |about| about.len()), since)
        });
        seen.to_vec()
    }

    /// The moment that an audience sees now.
    pub async fn now(self: &Arc<App>, audience: Audience) -> Result<Arc<Moment>, Failure> {
        if let Some(moment) = self.known(audience, &self.seen()) {
            return Ok(moment);
        }
        self.blocking(move |app| {
            if let Some(moment) = app.current(audience, &app.seen()) {
                return Ok(moment);
            }
            let (moment, reader) = app.moment(audience)?;
            moment.keep(reader);
            Ok(moment)
        })
        .await
    }

    /// Asks the project, as that one may see it.
    pub async fn ask<T: Send + 'static>(
        self: &Arc<App>,
        who: &Who,
        question: impl FnOnce(Asked<'_>) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        self.ask_for(who.audience, question).await
    }

    /// Asks something that may take seconds.
    pub async fn ask_long<T: Send + 'static>(
        self: &Arc<App>,
        who: &Who,
        question: impl FnOnce(Asked<'_>) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let _turn = self.long.acquire().await.map_err(|_| Failure::broken())?;
        self.answer(who.audience, question).await
    }

    /// Asks something that looks at all names or reads all reports.
    pub async fn ask_longest<T: Send + 'static>(
        self: &Arc<App>,
        who: &Who,
        question: impl FnOnce(Asked<'_>) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        self.ask_longest_for(who.audience, question).await
    }

    /// The same, as an audience may see it.
    pub async fn ask_longest_for<T: Send + 'static>(
        self: &Arc<App>,
        audience: Audience,
        question: impl FnOnce(Asked<'_>) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let turn = self.longest.acquire().await;
        let _turn = turn.map_err(|_| Failure::broken())?;
        self.answer(audience, question).await
    }

    /// Asks the project, as an audience may see it.
    pub async fn ask_for<T: Send + 'static>(
        self: &Arc<App>,
        audience: Audience,
        question: impl FnOnce(Asked<'_>) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let _turn = self.turns.acquire().await.map_err(|_| Failure::broken())?;
        self.answer(audience, question).await
    }

    async fn answer<T: Send + 'static>(
        self: &Arc<App>,
        audience: Audience,
        question: impl FnOnce(Asked<'_>) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        self.blocking(move |app| {
            let (moment, reader) = app.moment(audience)?;
            let asked = Asked {
                app,
                reader: &reader,
                moment: &moment,
            };
            let answer = question(asked);
            moment.keep(reader);
            answer
        })
        .await
    }

    /// Changes the project, one change after the other.
    pub async fn change<T: Send + 'static>(
        self: &Arc<App>,
        who: &Who,
        change: impl FnOnce(&mut Writer, &Stamp) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let author = who.name.clone();
        let changed = self.pen.change(move |writer| {
            let at = project::now();
            change(writer, &Stamp { at, author })
        });
        let done = changed.await;
        for (then, _) in locked(&self.moments).iter_mut() {
            then.clear();
        }
        done
    }

    /// Does something long that needs no reader.
    pub async fn blocking<T: Send + 'static>(
        self: &Arc<App>,
        work: impl FnOnce(&App) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let app = Arc::clone(self);
        let done = tokio::task::spawn_blocking(move || work(&app)).await;
        done.map_err(|_| Failure::broken())?
    }

    /// Who wants to hear of changes.
    pub fn listen(&self) -> broadcast::Receiver<News> {
        self.news.subscribe()
    }

    /// Tells those who listen.
    pub fn tell(&self, news: News) {
        // Nobody may be listening.
        let _ = self.news.send(news);
    }

    /// Works out what takes long before anybody asks for it, as that audience may see it: first what most ask for. Whoever asks later is
    /// told what cannot be read.
    pub async fn warm(self: Arc<App>, audience: Audience) {
        let _ = self
            .answer(audience, |asked| asked.tabled().map(drop))
            .await;
        // Not in the turn of pictures, which would wait for it.
        if let Ok(_turn) = self.longest.acquire().await {
            let all = agreement::all();
            let _ = self
                .answer(audience, move |asked| asked.contradictions(&all).map(drop))
                .await;
        }
        self.propose(audience, Sort::People).await;
    }

    /// Works out anew who may be the same, unless something as long is being done.
    pub async fn propose(self: &Arc<App>, audience: Audience, sort: Sort) {
        if let Ok(_turn) = self.longest.try_acquire() {
            // Whoever asks is told what cannot be read.
            let _ = self
                .answer(audience, move |asked| asked.proposals(sort).map(drop))
                .await;
        }
    }

    /// Tells those who listen whenever somebody has changed the project, this program or another.
    pub async fn watch(self: Arc<App>) {
        // What was there before anybody listened is no news.
        let (mut seen, mut newest) = (self.seen(), self.newest());
        loop {
            tokio::time::sleep(GLANCE).await;
            let now = self.seen();
            if !just_now(&now) {
                *locked(&self.glance) = None;
            }
            if now == seen {
                continue;
            }
            self.forget(&now);
            seen = now;
            if self.news.receiver_count() == 0 {
                continue;
            }
            // What cannot be read now is looked at again after the next change.
            if let Ok(moment) = self.now(Audience::Owner).await
                && newest.replace(moment.newest) != Some(moment.newest)
            {
                self.tell(News::Changed {
                    newest: moment.newest,
                });
            }
        }
    }

    /// Lets go of readers of moments that are past: while they are open, what is written beside the file cannot be taken into it.
    fn forget(&self, seen: &Seen) {
        for (_, moment) in locked(&self.moments)
            .iter()
            .filter(|(then, _)| then != seen)
        {
            moment.close();
        }
    }

    /// Leaves the project whole, with nothing beside it.
    pub fn leave(self) {
        locked(&self.moments).clear();
        *locked(&self.glance) = None;
        self.pen.leave();
    }
}

/// Whether some file was changed within the last second, or later than now.
#[expect(
    clippy::disallowed_types,
    reason = "a file's time, compared with the clock"
)]
fn just_now(seen: &Seen) -> bool {
    let now = std::time::SystemTime::now().duration_since(std::time::SystemTime::UNIX_EPOCH);
    let now = now.unwrap_or_default();
    seen.iter()
        .filter_map(|(_, changed)| *changed)
        .any(|changed| now < changed + std::time::Duration::from_secs(1))
}
