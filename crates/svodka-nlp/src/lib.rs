//! Runs spaCy 3 CPU pipelines natively.
