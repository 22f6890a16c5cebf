//! UNDER WAY (text-side helper, 21:43): Tokenizer::load(folder: &Path) -> Result<Self, Error>; tokenize(&self, text: &str) -> Vec<RawToken>.
