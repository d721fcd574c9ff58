package io.kadedb.sqltests.slt;

import java.util.List;

/** How a record fared. */
public sealed interface Verdict {
    /** It is as expected. */
    record Passed() implements Verdict {}

    /**
     * It is not as expected.
     *
     * @param what in one line
     * @param difference line by line, what was expected behind {@code -} and what came behind {@code +}
     */
    record Failed(String what, List<String> difference) implements Verdict {
        public Failed {
            difference = List.copyOf(difference);
        }
    }

    /** It did not run. */
    record Skipped(String why) implements Verdict {}
}
