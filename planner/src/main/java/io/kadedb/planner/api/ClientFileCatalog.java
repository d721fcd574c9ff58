package io.kadedb.planner.api;

import java.nio.file.Path;
import java.util.Map;

/** Tells the columns of files that clients have sent too. */
public interface ClientFileCatalog extends FileCatalog {
    /**
     * @param sent a file of the server's own that has what a client sent
     * @param options of COPY in lower case
     * @throws io.kadedb.common.error.KadeException 22P04
     */
    FileDescription describe(Path sent, Map<String, String> options);
}
