package io.kadedb.executor.api;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/** What a client sends for COPY FROM STDIN. */
public interface ClientInput {
    /** The bytes as they come, to be read once. */
    InputStream stream();

    /** The file that all of it was put into before the statement ran, for formats that are not read from front to end. */
    Optional<Path> file();
}
