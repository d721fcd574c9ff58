package io.kadedb.parser.ast;

/**
 * One option of COPY.
 *
 * @param name folded to lower case: {@code format}, {@code header}, {@code delimiter}, ...
 * @param value as written, without quotes; {@code true} when the option stands alone
 */
public record Option(Name name, String value) {}
