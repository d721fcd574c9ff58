package io.kadedb.storage.transaction;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class AlterationInDirectoryTest extends AlterationContract {
    @TempDir
    Path directory;

    @Override
    StoreConfig config(ArenaPool memory) {
        return StoreConfig.inDirectory(directory, memory);
    }
}
