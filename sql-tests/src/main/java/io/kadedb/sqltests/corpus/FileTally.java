package io.kadedb.sqltests.corpus;

import java.util.List;
import java.util.Map;

/**
 * What became of a file's records: each query and statement passed, is foreign, excluded, or failed.
 *
 * @param foreign records that are for other engines, by {@code onlyif}, {@code skipif} or behind a {@code halt}
 * @param excluded how many records PostgreSQL refuses or answers differently too, by what it says
 * @param failures the others, one line each
 */
public record FileTally(
        String script,
        long queries,
        long statements,
        long passed,
        long foreign,
        Map<String, Long> excluded,
        List<String> failures,
        long millis) {
    public FileTally {
        excluded = Map.copyOf(excluded);
        failures = List.copyOf(failures);
    }

    long excludedRecords() {
        return excluded.values().stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public String toString() {
        return script + ": " + passed + " passed, " + failures.size() + " failed, " + excludedRecords()
                + " excluded by PostgreSQL, " + foreign + " for other engines, " + millis / 1000 + " s";
    }
}
