package io.kadedb.parser.path;

/**
 * A path of the SQL/JSON path language (PostgreSQL manual, 9.16.2): what a value of type jsonpath is.
 *
 * @param strict whether structural errors count, and arrays are neither made nor taken apart
 * @param root gives the items, or a predicate
 * @param depth how many calls within each other it takes at most to evaluate it
 */
public record JsonPath(boolean strict, PathNode root, int depth) {
    /** Paths whose evaluation nests deeper are refused (54001). */
    public static final int MAX_DEPTH = 1000;

    /**
     * Reads a path.
     *
     * @throws io.kadedb.common.error.KadeException 42601 with its place in the text, 22P02, 22P05, 54001
     */
    public static JsonPath parse(String text) {
        return PathReader.read(text);
    }

    /** The path as PostgreSQL shows it. */
    @Override
    public String toString() {
        return PathText.of(this);
    }
}
