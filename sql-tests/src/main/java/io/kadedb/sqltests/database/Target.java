package io.kadedb.sqltests.database;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;

/** A database system that tests run on. Thread-safe. */
public interface Target extends AutoCloseable {
    /** The names by which {@code onlyif} and {@code skipif} know it, in lower case. */
    Set<String> engines();

    /**
     * An empty database.
     *
     * @param folder of the test's own, for what the database keeps in files and for what its statements read
     */
    Database open(Path folder) throws SQLException;

    /**
     * The database in a file or folder, a new one if there is none; absent if the system has none in files.
     *
     * @param folder of the test's own
     */
    Optional<Database> load(Path path, Path folder) throws SQLException;

    /** What a run on it is called in journals and reports. */
    String name();

    @Override
    default void close() {}
}
