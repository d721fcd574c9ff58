package io.kadedb.parser;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import java.util.List;

/** Reads statements. Stateless and safe for use by several threads. */
public final class SqlParser {
    /** Texts longer than this many UTF-16 units are refused (54000). */
    public static final int MAX_TEXT_LENGTH = 16 * 1024 * 1024;
    /** Brackets, CASEs and the like nested deeper than this are refused (54001). */
    public static final int MAX_NESTING = 500;

    /**
     * All statements of a text, separated by semicolons; empty ones are left out.
     *
     * @throws KadeException SYNTAX_ERROR with its place, PROGRAM_LIMIT_EXCEEDED, STATEMENT_TOO_COMPLEX, and
     *     FEATURE_NOT_SUPPORTED for what is understood but not built
     */
    public List<ParsedStatement> parse(String text) {
        if (text.isBlank()) {
            return List.of();
        }
        throw KadeException.of(ErrorCode.FEATURE_NOT_SUPPORTED, "statements cannot be parsed yet");
    }
}
