//! Many texts on their way through a pipeline, a bounded number at a time.

use std::collections::BTreeMap;
use std::iter::Fuse;
use std::num::NonZeroUsize;
use std::sync::{Mutex, PoisonError, mpsc};
use std::{mem, thread};

use crate::network::batch::Batch;
use crate::network::features::Features;
use crate::parse::Parse;
use crate::pipeline::Pipeline;
use crate::sentences::Outset;
use crate::strings::string_id;
use crate::token::RawToken;
use crate::trained::Memory;

/// How many tokens go through the networks together, if texts are short enough to be gathered.
/// More would not make the products faster, and their numbers would no longer stay in the cache.
const BATCH_TOKENS: usize = 2048;

/// How many bytes of text a thread takes at a time: several batches.
const SHARE: usize = 64 << 10;

/// How many shares there are for each thread: one that it reads and one that waits.
const SHARES: usize = 2;

/// The parses of texts, read as they are asked for. Made by [`Pipeline::pipe`].
#[derive(Debug)]
pub struct Pipe<'p, I: Iterator> {
    texts: Fuse<I>,
    reading: Reading<'p, I::Item>,
    ready: std::vec::IntoIter<Parse>,
}

impl<'p, I: Iterator<Item: AsRef<str>>> Pipe<'p, I> {
    pub(crate) fn new(pipeline: &'p Pipeline, texts: I) -> Self {
        Self {
            texts: texts.fuse(),
            reading: Reading::new(pipeline),
            ready: Vec::new().into_iter(),
        }
    }
}

impl<I: Iterator<Item: AsRef<str>>> Iterator for Pipe<'_, I> {
    type Item = Parse;

    fn next(&mut self) -> Option<Parse> {
        if let Some(parse) = self.ready.next() {
            return Some(parse);
        }
        while !self.reading.is_full()
            && let Some(text) = self.texts.next()
        {
            self.reading.add(text);
        }
        self.ready = self.reading.finish().into_iter();
        self.ready.next()
    }
}

/// See [`Pipeline::pipe_on`].
pub(crate) fn on_threads<I, E>(
    pipeline: &Pipeline,
    threads: NonZeroUsize,
    texts: I,
    mut each: impl FnMut(Parse) -> Result<(), E>,
) -> Result<(), E>
where
    I: Iterator<Item: AsRef<str> + Send>,
{
    if threads == NonZeroUsize::MIN {
        return Pipe::new(pipeline, texts).try_for_each(each);
    }
    let mut shares = Shares(texts.fuse()).enumerate();
    let (give, taken) = mpsc::channel::<(usize, Vec<I::Item>)>();
    let (put, read) = mpsc::channel();
    let taken = Mutex::new(taken);
    thread::scope(|scope| {
        // Owned here, so that the threads come to their end whichever way this one leaves.
        let give = give;
        for _ in 0..threads.get() {
            let (taken, put) = (&taken, put.clone());
            scope.spawn(move || {
                let mut reading = Reading::new(pipeline);
                loop {
                    let share = taken.lock().unwrap_or_else(PoisonError::into_inner).recv();
                    let Ok((number, texts)) = share else { break };
                    let parses: Vec<Parse> = reading.read(texts);
                    if put.send((number, parses)).is_err() {
                        break;
                    }
                }
            });
        }
        drop(put);

        // Shares are given out only as others are done with, in order: that bounds what waits.
        let (mut given, mut done) = (0, 0);
        let mut early = BTreeMap::new();
        loop {
            while given < done + SHARES * threads.get()
                && let Some(share) = shares.next()
                && give.send(share).is_ok()
            {
                given += 1;
            }
            if done == given {
                return Ok(());
            }
            // Only a thread that panicked leaves a share undone; the scope passes the panic on.
            let Ok((number, parses)) = read.recv() else {
                return Ok(());
            };
            early.insert(number, parses);
            while let Some(parses) = early.remove(&done) {
                done += 1;
                parses.into_iter().try_for_each(&mut each)?;
            }
        }
    })
}

/// Cuts a sequence of texts into runs of about [`SHARE`] bytes.
struct Shares<I>(I);

impl<I: Iterator<Item: AsRef<str>>> Iterator for Shares<I> {
    type Item = Vec<I::Item>;

    fn next(&mut self) -> Option<Vec<I::Item>> {
        let mut size = 0;
        let mut share = Vec::new();
        while size < SHARE
            && let Some(text) = self.0.next()
        {
            // An empty text takes room too.
            size += text.as_ref().len() + 1;
            share.push(text);
        }
        (!share.is_empty()).then_some(share)
    }
}

impl<T> Drop for Reading<'_, T> {
    fn drop(&mut self) {
        // What a panic left half done is not used again.
        if !thread::panicking() {
            let memory = mem::take(&mut self.memory);
            self.pipeline.memories.give_back(memory);
        }
    }
}

/// Texts that go through the networks together.
#[derive(Debug)]
struct Reading<'p, T> {
    pipeline: &'p Pipeline,
    batch: Batch,
    /// The texts of `batch` with their tokens.
    gathered: Vec<(T, Vec<RawToken>)>,
    memory: Memory,
}

impl<'p, T: AsRef<str>> Reading<'p, T> {
    fn new(pipeline: &'p Pipeline) -> Self {
        Self {
            pipeline,
            batch: Batch::default(),
            gathered: Vec::new(),
            memory: pipeline.memories.take(),
        }
    }

    fn is_full(&self) -> bool {
        self.batch.tokens() >= BATCH_TOKENS || self.gathered.len() >= BATCH_TOKENS
    }

    fn add(&mut self, text: T) {
        let tokens = self.pipeline.tokenizer.tokenize(text.as_ref());
        let has_vectors = self.pipeline.trained.has_vectors();
        let features = tokens.iter().map(|token| {
            let word = match has_vectors {
                true => string_id(&text.as_ref()[token.start..token.end]),
                false => 0,
            };
            Features::new(token, word)
        });
        self.batch.push(features, self.memory.kinds());
        self.gathered.push((text, tokens));
    }

    /// Runs the networks on the texts that were added.
    fn finish(&mut self) -> Vec<Parse> {
        let sentencizer = self.pipeline.sentencizer.as_ref();
        let gathered = self.gathered.iter();
        let outsets: Vec<Outset> = gathered
            .map(|(text, tokens)| Outset::new(sentencizer, text.as_ref(), tokens))
            .collect();
        let trained = &self.pipeline.trained;
        let findings = trained.run(&self.batch, &outsets, &mut self.memory);
        self.batch.clear();
        let parses = self.gathered.drain(..).zip(findings);
        parses
            .map(|((text, tokens), findings)| {
                self.pipeline.assemble(text.as_ref(), &tokens, &findings)
            })
            .collect()
    }

    /// Reads some texts to their end.
    fn read(&mut self, texts: Vec<T>) -> Vec<Parse> {
        let mut parses = Vec::with_capacity(texts.len());
        for text in texts {
            self.add(text);
            if self.is_full() {
                parses.extend(self.finish());
            }
        }
        parses.extend(self.finish());
        parses
    }
}
