package io.kadedb.parser.ast;

/** The value of an interval literal. The three parts are independent: a month has no fixed number of days. */
public record IntervalValue(int months, int days, long micros) {}
