package io.kadedb.storage.transaction;

import io.kadedb.common.control.CancelToken;
import io.kadedb.common.seam.Disk;
import io.kadedb.common.seam.Random;
import io.kadedb.storage.api.BackupSummary;
import io.kadedb.storage.api.CheckResult;
import io.kadedb.storage.api.KeySpace;
import io.kadedb.storage.api.KeySpaceLimits;
import io.kadedb.storage.api.KeySpaceSettings;
import io.kadedb.storage.api.Store;
import io.kadedb.storage.catalog.CatalogCheck;
import io.kadedb.storage.cipher.CipherKeySpace;
import io.kadedb.storage.cipher.TestCipher;
import io.kadedb.storage.memory.MemoryKeySpace;
import io.kadedb.storage.rocksdb.RestoredDirectory;
import io.kadedb.storage.rocksdb.RocksKeySpace;
import io.kadedb.storage.rocksdb.RocksMemory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Opens stores. */
public final class Stores {
    private static final long TEST_CIPHER_KEY = 4_711;

    private Stores() {}

    /**
     * Opens a store, or makes an empty one where there is none.
     *
     * @throws io.kadedb.common.error.KadeException 55006 when another process has the directory open, XX003 when a later
     *     version wrote it, 58030 when it cannot be read or written
     */
    public static Store open(StoreConfig config) {
        KeySpaceSettings settings =
                KeySpaceSettings.DEFAULT.withRetention(config.retention()).withHistoryBytes(config.historyBytes());
        KeySpace keySpace =
                config.testCipher() ? ciphered(config.directory(), settings) : engine(config.directory(), settings);
        boolean open = false;
        try {
            Store store = new TableStore(keySpace, config);
            open = true;
            return store;
        } finally {
            if (!open) {
                keySpace.close();
            }
        }
    }

    /**
     * Makes a directory of a backup, which is verified before. If that fails, no database is there.
     *
     * @param directory new or empty
     * @throws io.kadedb.common.error.KadeException XX001 for a backup that is damaged, XX003 for what is none or is of a later
     *     format, 58P01 where there is no file, 58P02 for a directory with files, 53100, 58030, 57014
     */
    public static BackupSummary restore(Path file, Path directory, CancelToken token) {
        return new RestoredDirectory(Disk.system(), file, directory, token).restore();
    }

    /**
     * What is damaged of a directory's files and catalog; its catalog need not be such that {@link #open} succeeds.
     *
     * @throws io.kadedb.common.error.KadeException XX001 naming the file where not even the files can be opened; 55006,
     *     XX003, 58030, 57014
     */
    public static List<CheckResult> damages(Path directory, CancelToken token) {
        List<CheckResult> results = new ArrayList<>();
        try (KeySpace keySpace = engine(Optional.of(directory), KeySpaceSettings.DEFAULT)) {
            keySpace.check(token::checkpoint, problem -> results.add(CheckResult.damaged("files", "", 0, problem)));
            results.addAll(new CatalogCheck(keySpace.readsAt(keySpace.currentVersion())).results());
        }
        results.removeIf(result -> result.problem().isEmpty());
        return results;
    }

    private static KeySpace engine(Optional<Path> directory, KeySpaceSettings settings) {
        return directory.isPresent()
                ? RocksKeySpace.open(directory.get(), settings, RocksMemory.DEFAULT, Disk.system())
                : new MemoryKeySpace(settings);
    }

    private static KeySpace ciphered(Optional<Path> directory, KeySpaceSettings settings) {
        TestCipher cipher = new TestCipher(TEST_CIPHER_KEY, Random.system());
        KeySpaceLimits limits = KeySpaceLimits.FOUNDATION_DB;
        KeySpaceSettings below = settings.withLimits(CipherKeySpace.limitsBelow(limits, cipher));
        return new CipherKeySpace(engine(directory, below), limits, cipher, Map.of());
    }
}
