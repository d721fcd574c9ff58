package io.kadedb.parser.path;

import java.util.Locale;

/**
 * What a query function of SQL/JSON, or a column of JSON_TABLE, makes of the items of its path.
 *
 * @param wrapper of queries: when the items become an array
 * @param omitQuotes of queries: whether a string is its text
 * @param onEmpty where there are no items
 * @param onError where there is an error
 */
public record JsonOptions(Kind kind, Wrapper wrapper, boolean omitQuotes, Behaviour onEmpty, Behaviour onError) {
    /** Which function it is. */
    public enum Kind {
        EXISTS,
        QUERY,
        VALUE
    }

    public enum Wrapper {
        NONE,
        CONDITIONAL,
        UNCONDITIONAL
    }

    /** What there is instead. */
    public enum Behaviour {
        NULL,
        ERROR,
        TRUE,
        FALSE,
        UNKNOWN,
        EMPTY_ARRAY,
        EMPTY_OBJECT,
        DEFAULT
    }

    /** The options that {@link #toString} wrote. */
    public static JsonOptions parse(String text) {
        String[] words = text.toUpperCase(Locale.ROOT).split(" ");
        return new JsonOptions(
                Kind.valueOf(words[0]),
                Wrapper.valueOf(words[1]),
                words[2].equals("OMIT"),
                Behaviour.valueOf(words[3]),
                Behaviour.valueOf(words[4]));
    }

    @Override
    public String toString() {
        String quotes = omitQuotes ? "omit" : "keep";
        return (kind + " " + wrapper + " " + quotes + " " + onEmpty + " " + onError).toLowerCase(Locale.ROOT);
    }
}
