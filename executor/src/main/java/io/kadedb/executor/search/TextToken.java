package io.kadedb.executor.search;

/**
 * A part of a text that is looked for as one.
 *
 * @param from its place in the text
 * @param ascii whether it has no letters but those of English
 */
record TextToken(String text, int from, Kind kind, boolean ascii) {
    enum Kind {
        /** Letters: taken to its stem. */
        WORD,
        /** A number, an address or a name with digits: taken as it is. */
        NAME
    }

    int to() {
        return from + text.length();
    }
}
