package io.kadedb.server.session;

import io.kadedb.parser.ParsedStatement;
import io.kadedb.parser.SqlParser;
import java.util.List;

/**
 * Parses texts, anew each time: planning changes a statement's trees (names become qualified, stars become columns), so
 * trees kept from an earlier run would still mean the search path and the tables of that run. Plans are found again by
 * their text. Thread-safe.
 */
public final class StatementReader {
    private final SqlParser parser;

    public StatementReader(SqlParser parser) {
        this.parser = parser;
    }

    List<ParsedStatement> read(String text) {
        return parser.parse(text);
    }
}
