package io.kadedb.storage.api;

import java.util.Optional;

/**
 * What a check found out about one thing. A thing with several damages has as many results.
 *
 * @param kind of the thing: {@code files}, {@code table}, {@code index} and the like
 * @param object its name; empty for what there is one of
 * @param rows that were looked at
 * @param problem a sentence that says what is damaged; empty if nothing is
 */
public record CheckResult(String kind, String object, long rows, Optional<String> problem) {
    /** A thing that is sound. */
    public static CheckResult sound(String kind, String object, long rows) {
        return new CheckResult(kind, object, rows, Optional.empty());
    }

    public static CheckResult damaged(String kind, String object, long rows, String problem) {
        return new CheckResult(kind, object, rows, Optional.of(problem));
    }
}
