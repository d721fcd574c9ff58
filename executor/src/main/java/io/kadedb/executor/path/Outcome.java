package io.kadedb.executor.path;

/** What became of a part of a path. */
enum Outcome {
    FOUND,
    NOTHING,
    FAILED
}
