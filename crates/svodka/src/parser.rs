//! The pipeline as the parser that reading asks for.

use rayon::prelude::*;
use svodka_model::{Parse, Parser, Proposal, SmolStr, Span, Token};
use svodka_nlp::Pipeline;

/// How many bytes of text a thread takes at a time: enough to fill the pipeline's batches, little enough to share a
/// report of a few pages between threads. What is found in a text does not depend on the texts beside it.
const SHARE: usize = 16 << 10;

/// A pipeline behind the trait.
#[derive(Debug)]
pub(crate) struct PipelineParser(pub(crate) Pipeline);

impl Parser for PipelineParser {
    fn parse(&self, texts: &[&str]) -> Vec<Parse> {
        let shares: Vec<&[&str]> = shares(texts);
        let parses = shares.into_par_iter().map(|share| {
            let parses = self.0.parse_batch(share);
            parses.iter().map(converted).collect::<Vec<_>>()
        });
        parses.collect::<Vec<_>>().into_iter().flatten().collect()
    }
}

/// Cuts the texts into runs of about [`SHARE`] bytes.
fn shares<'a, 'b>(texts: &'a [&'b str]) -> Vec<&'a [&'b str]> {
    let (mut shares, mut start, mut size) = (Vec::new(), 0, 0);
    for (index, text) in texts.iter().enumerate() {
        size += text.len();
        if size >= SHARE {
            shares.push(&texts[start..=index]);
            (start, size) = (index + 1, 0);
        }
    }
    if start < texts.len() {
        shares.push(&texts[start..]);
    }
    shares
}

/// The same in Svodka's own terms.
fn converted(parse: &svodka_nlp::Parse) -> Parse {
    let tokens = parse.tokens().map(|token| Token {
        span: Span::from(token.byte_range()),
        lemma: SmolStr::new(token.lemma()),
        tag: SmolStr::new(token.tag()),
        pos: SmolStr::new(token.pos()),
        dep: SmolStr::new(token.dep()),
        head: token.head().index(),
    });
    let proposals = parse.entities().map(|entity| Proposal {
        tokens: entity.token_range(),
        label: SmolStr::new(entity.label()),
    });
    Parse {
        tokens: tokens.collect(),
        sentences: parse
            .sentences()
            .map(svodka_nlp::Span::token_range)
            .collect(),
        proposals: proposals.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_hold_every_text_once_and_in_order() {
        let long = "x".repeat(SHARE - 1);
        let texts = [
            "a",
            long.as_str(),
            "b",
            "",
            long.as_str(),
            long.as_str(),
            "c",
        ];
        let shares = shares(&texts);
        assert_eq!(shares.concat(), texts);
        assert_eq!(
            shares.iter().map(|share| share.len()).collect::<Vec<_>>(),
            [2, 3, 2]
        );
    }
}
