package io.kadedb.cli.sql;

/**
 * Where results are shown.
 *
 * @param width in columns
 * @param colours whether it understands ANSI's escape sequences
 */
record Screen(int width, boolean colours) {
    /** A file or a pipe. */
    static final Screen NONE = new Screen(Integer.MAX_VALUE, false);
}
