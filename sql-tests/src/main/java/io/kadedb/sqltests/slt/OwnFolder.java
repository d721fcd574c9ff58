package io.kadedb.sqltests.slt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder for one script's files, below the system's for temporary ones; it is deleted at the end. */
record OwnFolder(Path path) implements AutoCloseable {
    static OwnFolder create() throws IOException {
        return new OwnFolder(Files.createTempDirectory("kadedb-slt-").toRealPath());
    }

    @Override
    public void close() throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> walk = Files.walk(path)) {
            deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : deepestFirst) {
            Files.deleteIfExists(each);
        }
    }
}
