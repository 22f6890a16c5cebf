//! Text that XML can hold.

use quick_xml::escape::escape;

/// Whether XML 1.0 has this character.
pub fn allows(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

/// For an attribute or an element whose letters do not count one by one: what XML has no characters for becomes a blank, and ends of lines stay what
/// they are.
pub fn plain(text: &str) -> String {
    let text: String = text
        .chars()
        .map(|c| if allows(c) { c } else { ' ' })
        .collect();
    escape(text.as_str())
        .replace('\n', "&#10;")
        .replace('\r', "&#13;")
        .replace('\t', "&#9;")
}
