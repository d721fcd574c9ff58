package io.kadedb.common.type;

/**
 * A value of type INTERVAL. The three parts are kept apart, since months and days have no fixed length (PostgreSQL
 * manual, 8.5.4).
 */
public record Interval(int months, int days, long micros) {}
