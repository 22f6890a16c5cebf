//! A briefing as Markdown, with footnotes as Pandoc, GitHub and Obsidian read them.

use super::Briefing;
use super::bibliography::line;

/// The whole text.
pub fn page(briefing: &Briefing) -> String {
    let mut page = format!(
        "# {}\n\n> {}\n",
        plain(&briefing.title),
        plain(&briefing.notice)
    );
    for section in &briefing.sections {
        page += &format!("\n## {}\n", plain(&section.heading));
        for paragraph in &section.paragraphs {
            let sentences = paragraph.iter();
            let sentences: Vec<String> = sentences
                .map(|it| format!("{}[^{}]", plain(&it.text), it.note + 1))
                .collect();
            page += &format!("\n{}\n", sentences.join(" "));
        }
    }
    if briefing.notes.is_empty() {
        return page + "\nNo report says anything of it.\n";
    }
    page += "\n## Reports\n\n";
    for (at, work) in briefing.works.iter().enumerate() {
        page += &format!("{}. {}\n", at + 1, plain(&line(work)));
    }
    page.push('\n');
    for (at, note) in briefing.notes.iter().enumerate() {
        let text = briefing.footnote(note);
        page += &format!("[^{}]: {}\n", at + 1, plain(&text));
    }
    page
}

/// Text in which nothing means anything to Markdown.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        if "\\`*_[]<>#|~$&".contains(c) {
            plain.push('\\');
        }
        plain.push(if c.is_control() { ' ' } else { c });
    }
    plain
}
