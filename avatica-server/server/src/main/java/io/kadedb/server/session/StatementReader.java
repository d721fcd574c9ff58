package io.kadedb.server.session;

import io.kadedb.parser.ParsedStatement;
import io.kadedb.parser.SqlParser;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Parses texts, keeping the trees of those seen last: the same text gives the same trees, which is what lets the planner
 * find its plans again. Thread-safe.
 */
public final class StatementReader {
    /** Texts kept. */
    static final int MAX_TEXTS = 1024;

    /** Longer texts (bulk inserts, scripts) are not kept. */
    static final int MAX_KEPT_LENGTH = 16 * 1024;

    private final SqlParser parser;
    private final Map<String, List<ParsedStatement>> kept = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<ParsedStatement>> eldest) {
            return size() > MAX_TEXTS;
        }
    };

    public StatementReader(SqlParser parser) {
        this.parser = parser;
    }

    List<ParsedStatement> read(String text) {
        if (text.length() > MAX_KEPT_LENGTH) {
            return parser.parse(text);
        }
        synchronized (kept) {
            List<ParsedStatement> known = kept.get(text);
            if (known != null) {
                return known;
            }
        }
        List<ParsedStatement> parsed = List.copyOf(parser.parse(text));
        synchronized (kept) {
            kept.put(text, parsed);
        }
        return parsed;
    }
}
