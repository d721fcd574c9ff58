package io.kadedb.sqltests.fuzz;

/**
 * What is wrong with an answer.
 *
 * @param kind what stays the same while a case is made smaller: the sort of difference with the codes of errors
 * @param text for the reader
 */
public record Problem(String kind, String text) {}
