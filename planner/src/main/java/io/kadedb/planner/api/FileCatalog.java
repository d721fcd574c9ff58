package io.kadedb.planner.api;

import io.kadedb.common.type.Field;
import java.util.List;
import java.util.Map;

/** Tells the columns of a file, so that {@code FROM 'file.csv'} can be planned. */
@FunctionalInterface
public interface FileCatalog {
    /**
     * @param path as written in the statement; empty for what a client sends
     * @param options of COPY in lower case; empty for FROM 'file'
     * @throws io.kadedb.common.error.KadeException 58P01, 42501, 22P04; 55000 if no client sends anything
     */
    FileDescription describe(String path, Map<String, String> options);

    /**
     * A file's format and columns.
     *
     * @param rows estimate
     */
    record FileDescription(FileFormat format, List<Field> columns, double rows) {}
}
