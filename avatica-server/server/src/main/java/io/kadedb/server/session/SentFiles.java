package io.kadedb.server.session;

import io.kadedb.planner.api.ClientFileCatalog;
import io.kadedb.planner.api.FileCatalog;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The files that the database may read, and the one that a client has sent for the statement that runs. */
final class SentFiles implements FileCatalog {
    private final ClientFileCatalog others;
    private Optional<Path> sent = Optional.empty();

    SentFiles(ClientFileCatalog others) {
        this.others = others;
    }

    /** Takes the file that an empty path means from now on. */
    void sends(Optional<Path> file) {
        sent = file;
    }

    @Override
    public FileDescription describe(String path, Map<String, String> options) {
        return path.isEmpty() && sent.isPresent()
                ? others.describe(sent.get(), options)
                : others.describe(path, options);
    }
}
