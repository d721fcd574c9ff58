package io.kadedb.planner.graph;

/**
 * A column of each of two places of a pattern that are equal when both are the same vertex.
 *
 * @param left ordinal of one place's columns
 * @param right ordinal of the other's
 * @param nullsEqual whether both may be NULL, as the columns are that fill up shorter keys
 */
public record KeyMatch(int left, int right, boolean nullsEqual) {}
