//! The desk on a screen: one claim, a line for what came of the last command, and a line of keys.

use std::io::{self, Write};

use crossterm::event::{self, Event, KeyCode, KeyEventKind, KeyModifiers};
use crossterm::style::{Attribute, Print, SetAttribute};
use crossterm::terminal::{self, Clear, ClearType};
use crossterm::{cursor, execute, queue};

use super::card::{Look, Row, put};
use super::command::{Command, KEYS};
use super::desk::{Answer, Desk};
use super::failed;
use crate::problem::Problem;

/// What is seen.
#[derive(Debug, Default)]
struct View {
    /// What came of the last command.
    said: String,
    /// Whether that is to be read instead of the claim, being long.
    aside: bool,
    /// How many lines of the claim are above the screen.
    above: usize,
    /// A command that is being typed: its word, what is asked, and what was typed so far.
    typed: Option<(&'static str, &'static str, String)>,
}

/// Gives the terminal back as it was, however the desk is left.
struct Borrowed;

impl Borrowed {
    fn new() -> io::Result<Borrowed> {
        terminal::enable_raw_mode()?;
        let borrowed = Borrowed;
        execute!(io::stdout(), terminal::EnterAlternateScreen, cursor::Hide)?;
        Ok(borrowed)
    }
}

impl Drop for Borrowed {
    fn drop(&mut self) {
        // If the terminal is gone, nobody misses what it was.
        let _ = execute!(io::stdout(), cursor::Show, terminal::LeaveAlternateScreen);
        let _ = terminal::disable_raw_mode();
    }
}

/// Reads keys until the end.
pub fn run(desk: &mut Desk<'_>) -> Result<(), Problem> {
    let wrong = |error: io::Error| Problem::unwritable(&error);
    let _borrowed = Borrowed::new().map_err(wrong)?;
    let mut view = View::default();
    loop {
        let (width, height) = terminal::size().unwrap_or((80, 24));
        let size = (usize::from(width), usize::from(height));
        let rows = view.rows(desk, size);
        draw(&rows).map_err(wrong)?;
        let Event::Key(key) = event::read().map_err(wrong)? else {
            continue;
        };
        if key.kind == KeyEventKind::Release {
            continue;
        }
        let ends = key.modifiers.contains(KeyModifiers::CONTROL)
            && matches!(key.code, KeyCode::Char('c' | 'd'));
        if ends {
            return Ok(());
        }
        let Some(line) = view.pressed(key.code, size.1) else {
            continue;
        };
        let answer = match Command::read(&line) {
            Ok(command) => failed(desk.act(command))?,
            Err(wrong) => Answer::Said(wrong),
        };
        match answer {
            Answer::Said(words) => view.say(&words),
            Answer::Next(words) => {
                view.above = 0;
                view.say(&words);
            }
            Answer::End => return Ok(()),
        }
    }
}

impl View {
    fn say(&mut self, words: &str) {
        words.trim_end().clone_into(&mut self.said);
        self.aside = self.said.lines().count() > 2;
    }

    /// The command that a key gives, if it gives one already.
    fn pressed(&mut self, key: KeyCode, height: usize) -> Option<String> {
        if let Some((word, _, mut typed)) = self.typed.take() {
            let asked = self::asked(word);
            match key {
                KeyCode::Esc => return None,
                KeyCode::Enter => return Some(format!("{word} {typed}")),
                KeyCode::Backspace => {
                    typed.pop();
                }
                KeyCode::Char(c) => typed.push(c),
                _ => {}
            }
            self.typed = Some((word, asked, typed));
            return None;
        }
        if self.aside {
            self.say("");
            return None;
        }
        self.said.clear();
        let word = match key {
            KeyCode::Char('r') => "reject",
            KeyCode::Char('c') => "correct",
            KeyCode::Char('g') => "grade",
            KeyCode::Char('n') => "note",
            KeyCode::Char('m') => "merge",
            KeyCode::Char('s') => "split",
            KeyCode::Char('f') => "filter",
            KeyCode::Char('a') => return Some("accept".to_owned()),
            KeyCode::Char('u') => return Some("undo".to_owned()),
            KeyCode::Char('b') | KeyCode::Left => return Some("back".to_owned()),
            KeyCode::Char(' ') | KeyCode::Enter | KeyCode::Right => return Some("skip".to_owned()),
            KeyCode::Char('?' | 'h') | KeyCode::F(1) => return Some("help".to_owned()),
            KeyCode::Char('q') | KeyCode::Esc => return Some("quit".to_owned()),
            KeyCode::Down => {
                self.above += 1;
                return None;
            }
            KeyCode::Up => {
                self.above = self.above.saturating_sub(1);
                return None;
            }
            KeyCode::PageDown => {
                self.above += height / 2;
                return None;
            }
            KeyCode::PageUp => {
                self.above = self.above.saturating_sub(height / 2);
                return None;
            }
            _ => return None,
        };
        self.typed = Some((word, asked(word), String::new()));
        None
    }

    /// All lines of the screen.
    fn rows(&mut self, desk: &Desk<'_>, (width, height): (usize, usize)) -> Vec<Row> {
        let mut foot: Vec<Row> = Vec::new();
        if let Some((word, asked, typed)) = &self.typed {
            put(&mut foot, Look::Dim, asked, "", width);
            // The end of what is typed is what one looks at.
            let room = width.saturating_sub(word.len() + 4);
            let skip = typed.chars().count().saturating_sub(room);
            let shown: String = typed.chars().skip(skip).collect();
            foot.push(vec![(Look::Bold, format!("{word}> {shown}_"))]);
        } else {
            if !self.aside && !self.said.is_empty() {
                put(&mut foot, Look::Bold, &self.said, "", width);
            }
            let keys = if self.aside {
                "any key goes back to the claim"
            } else {
                KEYS
            };
            let keys: String = keys.chars().take(width).collect();
            foot.push(vec![(Look::Dim, keys)]);
        }
        let room = height.saturating_sub(foot.len());
        let mut rows: Vec<Row> = Vec::new();
        if self.aside {
            for line in self.said.lines() {
                rows.push(vec![(Look::Plain, line.chars().take(width).collect())]);
            }
            rows.truncate(room);
        } else {
            rows.push(vec![(
                Look::Dim,
                desk.place().chars().take(width).collect(),
            )]);
            rows.push(Vec::new());
            let card = desk.card(width.min(100));
            let seen = room.saturating_sub(rows.len());
            self.above = self.above.min(card.len().saturating_sub(seen));
            let more = card.len() > self.above + seen;
            rows.extend(card.into_iter().skip(self.above).take(seen));
            if more && let Some(last) = rows.last_mut() {
                *last = vec![(Look::Dim, "… more below: arrow down".to_owned())];
            }
        }
        rows.resize(room, Vec::new());
        rows.extend(foot);
        rows
    }
}

/// What is asked for with a command.
fn asked(word: &str) -> &'static str {
    match word {
        "reject" => "Why? Enter alone gives no reason; Esc goes back.",
        "correct" => {
            "What should be otherwise? person = Ivan Orlov; when = 1923-08; several: at = A + B"
        }
        "grade" => "Source A to F and news 1 to 6, such as B2; then the reason, if you give one.",
        "note" => "What is to be remembered of this claim?",
        "merge" => {
            "Which name is the same? NAME, or NAME = NAME; then because WHY, if you say why."
        }
        "split" => "Which name is another? NAME, or NAME = NAME; then because WHY, if you say why.",
        _ => "Which claims? --kind strike --about Orlov --report FILE; nothing for all.",
    }
}

/// Writes the lines from the top, each to its end.
fn draw(rows: &[Row]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    queue!(out, cursor::MoveTo(0, 0))?;
    for (at, row) in rows.iter().enumerate() {
        if at > 0 {
            queue!(out, Print("\r\n"))?;
        }
        for (look, words) in row {
            let attribute = match look {
                Look::Plain => Attribute::Reset,
                Look::Bold => Attribute::Bold,
                Look::Dim => Attribute::Dim,
                Look::Evidence => Attribute::Underlined,
            };
            queue!(
                out,
                SetAttribute(attribute),
                Print(words),
                SetAttribute(Attribute::Reset)
            )?;
        }
        queue!(out, Clear(ClearType::UntilNewLine))?;
    }
    out.flush()
}
