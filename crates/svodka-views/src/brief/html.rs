//! A briefing as one page that needs nothing else.

use super::Briefing;
use super::bibliography::line;
use crate::formats::xml::plain;

const STYLE: &str = "body{max-width:42rem;margin:3rem auto;padding:0 1rem;font:1.05rem/1.55 Georgia,serif;color:#1b1b1b;background:#fff}\
h1,h2{line-height:1.2}h2{font-variant:small-caps;margin-top:2.2rem}aside{border-left:.2rem solid #999;padding-left:1rem;color:#444}\
sup{line-height:0}a{color:#1d4e89}.notes{font-size:.9rem}@media print{a{color:inherit;text-decoration:none}}\
@media(prefers-color-scheme:dark){body{background:#161616;color:#e8e6e1}aside{color:#bbb}a{color:#9cc3f0}}";

/// The whole page.
pub fn page(briefing: &Briefing) -> String {
    let title = plain(&briefing.title);
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n<aside><p>{}</p></aside>\n",
        plain(&briefing.notice)
    );
    for section in &briefing.sections {
        page += &format!("<h2>{}</h2>\n", plain(&section.heading));
        for paragraph in &section.paragraphs {
            page += "<p>";
            for (at, sentence) in paragraph.iter().enumerate() {
                let number = sentence.note + 1;
                let before = if at == 0 { "" } else { " " };
                page += &format!(
                    "{before}{}<sup><a href=\"#n{number}\" id=\"s{number}\">{number}</a></sup>",
                    plain(&sentence.text)
                );
            }
            page += "</p>\n";
        }
    }
    if briefing.notes.is_empty() {
        page += "<p>No report says anything of it.</p>\n";
    } else {
        page += "<h2>Reports</h2>\n<ol>\n";
        for work in &briefing.works {
            page += &format!("<li>{}</li>\n", plain(&line(work)));
        }
        page += "</ol>\n<h2>Notes</h2>\n<ol class=\"notes\">\n";
        for (at, note) in briefing.notes.iter().enumerate() {
            let number = at + 1;
            page += &format!(
                "<li id=\"n{number}\">{} <a href=\"#s{number}\" aria-label=\"back to the text\">↩</a></li>\n",
                plain(&briefing.footnote(note))
            );
        }
        page += "</ol>\n";
    }
    page + "</main>\n</body>\n</html>\n"
}
