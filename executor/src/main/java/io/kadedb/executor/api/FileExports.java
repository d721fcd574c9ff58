package io.kadedb.executor.api;

import io.kadedb.common.data.Batch;
import io.kadedb.common.type.Field;
import java.util.List;
import java.util.Map;

/** Makes files of rows. Thread-safe. */
public interface FileExports {
    /**
     * Begins a file, which appears under its name when it is finished.
     *
     * @param path as written in the statement
     * @param options of COPY in lower case
     * @param columns of the rows, whose values are given as text where the format does not hold their type
     *     ({@link io.kadedb.planner.api.FileFormat#holds})
     * @throws io.kadedb.common.error.KadeException 42501 for a place that may not be written to, 58030
     */
    Export create(String path, Map<String, String> options, List<Field> columns);

    /** A file that is being written. Used by one thread. */
    interface Export extends AutoCloseable {
        /** Adds rows. */
        void write(Batch batch);

        /** Puts the whole file in its place, instead of one of its name. */
        void finish();

        /** Removes what was written of a file that was not finished. */
        @Override
        void close();
    }
}
