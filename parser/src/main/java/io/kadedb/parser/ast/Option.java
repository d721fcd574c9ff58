package io.kadedb.parser.ast;

/**
 * One option of COPY.
 *
 * @param name folded to lower case: {@code format}, {@code header}, {@code delimiter}, ...
 * @param value as written, without quotes; {@code true} when the option stands alone; a list of columns has their names with {@link #BETWEEN_NAMES}
 */
public record Option(Name name, String value) {
    /** Stands between the names of a list of columns; no name has it. */
    public static final String BETWEEN_NAMES = "\n";
}
