package io.kadedb.parser.graph;

/** What a path may visit more than once. */
public enum PathMode {
    /** Anything. */
    WALK,
    /** Vertices; no edge twice. */
    TRAIL,
    /** Nothing: no vertex twice. */
    ACYCLIC,
    /** Only the vertex where it begins, which may also be where it ends. */
    SIMPLE
}
