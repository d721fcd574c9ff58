package io.kadedb.sqltests.slt;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One block of a logic file.
 *
 * @param line where it starts, 1-based
 * @param head its lines as they stand in the file, up to and without {@code ----}
 * @param directive which line of the head is the directive
 * @param onlyIf engines that run it; empty for all
 * @param skipIf engines that leave it out
 */
record SltRecord(int line, List<String> head, int directive, Action action, Set<String> onlyIf, Set<String> skipIf) {
    SltRecord {
        head = List.copyOf(head);
        onlyIf = Set.copyOf(onlyIf);
        skipIf = Set.copyOf(skipIf);
    }

    boolean runsOn(String engine) {
        return (onlyIf.isEmpty() || onlyIf.contains(engine)) && !skipIf.contains(engine);
    }

    /** What a block asks for. */
    sealed interface Action {}

    /** Nothing but remarks. */
    record Comment() implements Action {}

    /** The statements that follow run on this connection; {@code default} is the first one. */
    record Connection(String name) implements Action {}

    /** A file below the test's folder, which statements name as {@code ${dir}/name}. */
    record CreateFile(String name, String content) implements Action {}

    /** A statement that must succeed. */
    record Succeeds(String sql) implements Action {}

    /** A statement that must report how many rows it changed. */
    record Changes(String sql, long rows) implements Action {}

    /**
     * A statement that must fail with this SQLSTATE.
     *
     * @param text what it must say, see {@link ErrorText}; not compared if absent
     */
    record Fails(String sql, String sqlState, Optional<List<String>> text) implements Action {}

    /**
     * A query.
     *
     * @param types one letter a column, see {@link CellText}
     * @param sorted whether rows are compared in sorted order, for queries that promise none
     * @param label queries of the same label have the same result; empty for none
     */
    record Query(String sql, String types, boolean sorted, String label, List<String> expected) implements Action {
        Query {
            expected = List.copyOf(expected);
        }
    }
}
