package io.kadedb.sqltests.slt;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a file of logic tests is to be read. All dialects know all directives; they differ in how values and rows are
 * written, in what the words behind a directive mean, and in which lines are remarks.
 */
public enum Dialect {
    /** Ours: rows of cells joined by tabs, errors by SQLSTATE. */
    KADEDB,
    /** The original program of SQLite: one value a line, hashes of large results. */
    SQLITE,
    /** DuckDB's runner: rows of cells joined by tabs, errors by part of their message. */
    DUCKDB;

    private static final Pattern NAMED = Pattern.compile("(?m)^#\\s*dialect:\\s*(\\w+)\\s*$");

    /** What only files of DuckDB's runner have: its header and its directives. */
    private static final Pattern OF_DUCKDB =
            Pattern.compile("(?m)^(# name: |statement maybe\\b|(require|require-env|load|"
                + "loop|foreach|concurrentloop|concurrentforeach|restart|reconnect|test-env|mode|tags|unzip|reset|sleep|set)("
                + " |$))");

    /** The dialect of that name, in any case. */
    public static Optional<Dialect> named(String name) {
        for (Dialect dialect : values()) {
            if (dialect.name().equalsIgnoreCase(name)) {
                return Optional.of(dialect);
            }
        }
        return Optional.empty();
    }

    /**
     * Tells a file's dialect: from its {@code # dialect:} line; else files that end in {@code .test} are SQLite's or,
     * with a header or a directive that only DuckDB has, DuckDB's; all others are ours.
     *
     * @param head how the file begins
     */
    static Dialect of(String name, String head) {
        Optional<Dialect> named = NAMED.matcher(head).results().findFirst().flatMap(found -> named(found.group(1)));
        if (named.isPresent()) {
            return named.get();
        }
        String lower = name.toLowerCase(Locale.ROOT);
        boolean test = lower.endsWith(".test") || lower.contains(".test_");
        if (!test) {
            return KADEDB;
        }
        return OF_DUCKDB.matcher(head).find() ? DUCKDB : SQLITE;
    }
}
