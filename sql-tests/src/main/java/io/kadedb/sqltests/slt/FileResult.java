package io.kadedb.sqltests.slt;

import java.util.Optional;

/**
 * What became of a file, in records.
 *
 * @param unreadable why it could not be read to its end, with the line
 */
public record FileResult(String script, long passed, long failed, long skipped, Optional<String> unreadable) {
    /** Whether it was read to its end and nothing in it failed. */
    public boolean isGood() {
        return failed == 0 && unreadable.isEmpty();
    }
}
