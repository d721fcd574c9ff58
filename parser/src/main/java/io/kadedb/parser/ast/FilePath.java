package io.kadedb.parser.ast;

import io.kadedb.common.error.SourcePosition;

/** A path as written in a statement; who may read it is the session's business. */
public record FilePath(String path, SourcePosition position) {}
