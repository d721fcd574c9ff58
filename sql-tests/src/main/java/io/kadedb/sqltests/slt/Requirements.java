package io.kadedb.sqltests.slt;

import java.util.Locale;
import java.util.Set;

/**
 * What {@code require} lines ask for. Builds of DuckDB that are unlike the usual one are asked for in many words; the
 * others name extensions, of which the engines here have those that DuckDB's own driver brings along.
 */
final class Requirements {
    /** What every engine here is. */
    private static final Set<String> MET = Set.of(
            "notmingw",
            "notwindows",
            "longdouble",
            "64bit",
            "noforcestorage",
            "nothreadsan",
            "strinline",
            "skip_reload",
            "noalternativeverify",
            "no_alternative_verify",
            "no_vector_verification",
            "no_extension_autoloading",
            "no_latest_storage",
            "ram");

    private static final Set<String> OF_DUCKDB = Set.of("parquet", "json", "icu", "core_functions", "vector_size");

    private Requirements() {}

    static boolean isMet(SltRecord.Require require, Set<String> engines) {
        String what = require.what().toLowerCase(Locale.ROOT);
        return MET.contains(what) || engines.contains(what) || (engines.contains("duckdb") && OF_DUCKDB.contains(what));
    }
}
