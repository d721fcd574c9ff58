package io.kadedb.executor.api;

import io.kadedb.common.data.Batch;
import io.kadedb.common.type.Field;
import java.io.OutputStream;
import java.nio.file.Path;
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

    /**
     * Begins to write rows to a stream, which stays open.
     *
     * @param options of COPY in lower case, {@code format} among them
     * @param columns as for {@link #create}
     */
    Export stream(OutputStream out, Map<String, String> options, List<Field> columns);

    /**
     * Begins a directory, which appears under its name when it is finished.
     *
     * @throws io.kadedb.common.error.KadeException 58P02 for one that has files, 42501, 58030
     */
    Directory createDirectory(String path);

    /**
     * Where a file that a statement names is to be written, by who writes it whole or not at all.
     *
     * @throws io.kadedb.common.error.KadeException 42501 for a place that may not be written to, 58P01 without a directory
     */
    Path place(String path);

    /**
     * The text of a file.
     *
     * @throws io.kadedb.common.error.KadeException 58P01, 42501, 58030
     */
    String readText(String path);

    /** A directory whose files are being written. Used by one thread. */
    interface Directory extends AutoCloseable {
        /** Begins a file, as {@link FileExports#create} does. */
        Export create(String name, Map<String, String> options, List<Field> columns);

        void writeText(String name, String text);

        /** Puts the directory in its place. */
        void finish();

        /** Removes a directory that was not finished, with its files. */
        @Override
        void close();
    }

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
