//! An account as Markdown, with footnotes as Pandoc, GitHub and Obsidian read them.

use super::Account;
use super::bibliography::line;

/// The whole text.
pub fn page(account: &Account) -> String {
    let mut page = format!(
        "# {}\n\n> {}\n",
        plain(&account.title),
        plain(&account.notice)
    );
    for section in &account.sections {
        page += &format!("\n## {}\n", plain(&section.heading));
        for paragraph in &section.paragraphs {
            let sentences = paragraph.iter();
            let sentences: Vec<String> = sentences
                .map(|it| format!("{}[^{}]", plain(&it.text), it.note + 1))
                .collect();
            page += &format!("\n{}\n", sentences.join(" "));
        }
    }
    if account.notes.is_empty() {
        return page + "\nNo report says anything of it.\n";
    }
    page += "\n## Reports\n\n";
    for (at, work) in account.works.iter().enumerate() {
        page += &format!("{}. {}\n", at + 1, plain(&line(work)));
    }
    page.push('\n');
    for (at, note) in account.notes.iter().enumerate() {
        let text = account.footnote(note);
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
