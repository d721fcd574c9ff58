package io.kadedb.storage.rocksdb;

import io.kadedb.common.error.KadeException;
import io.kadedb.common.seam.Disk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WALRecoveryMode;

/** An open directory: the lock, the RocksDB database and its column families. */
final class RocksFiles implements AutoCloseable {
    private static final int BLOOM_BITS_PER_KEY = 10;
    private static final int BLOCK_BYTES = 16 << 10;

    private final Disk disk;
    private final Path directory;
    private final DirectoryLock lock;
    private final List<AutoCloseable> owned;
    private final RocksDB database;
    private final Map<Family, ColumnFamilyHandle> families;

    private RocksFiles(
            Disk disk,
            Path directory,
            DirectoryLock lock,
            List<AutoCloseable> owned,
            RocksDB database,
            Map<Family, ColumnFamilyHandle> families) {
        this.disk = disk;
        this.directory = directory;
        this.lock = lock;
        this.owned = owned;
        this.database = database;
        this.families = families;
    }

    /** Opens a directory, making it first if there is none. */
    static RocksFiles open(Disk disk, Path path, RocksMemory memory) {
        Path directory = realDirectory(disk, path);
        DirectoryLock lock = DirectoryLock.acquire(disk, directory);
        boolean opened = false;
        try {
            FormatFile.check(disk, directory);
            RocksDB.loadLibrary();
            RocksFiles files = open(disk, directory, lock, memory);
            try {
                FormatFile.upgrade(disk, directory);
                opened = true;
            } finally {
                if (!opened) {
                    files.close();
                }
            }
            return files;
        } finally {
            if (!opened) {
                lock.close();
            }
        }
    }

    /**
     * Makes the files of a database in a new directory, which nobody can open before {@link FormatFile#mark marks} it.
     *
     * @throws KadeException 58030, 53100
     */
    static RocksFiles make(Disk disk, Path path, RocksMemory memory) {
        Path directory = realDirectory(disk, path);
        RocksDB.loadLibrary();
        DirectoryLock lock = DirectoryLock.acquire(disk, directory);
        boolean made = false;
        try {
            RocksFiles files = open(disk, directory, lock, memory);
            made = true;
            return files;
        } finally {
            if (!made) {
                lock.close();
            }
        }
    }

    private static Path realDirectory(Disk disk, Path path) {
        try {
            createDirectories(disk, path.toAbsolutePath());
            return path.toRealPath();
        } catch (IOException e) {
            throw RocksErrors.translate("opening the directory", path, e);
        }
    }

    /** Makes a directory and those above it that are missing, whose names survive a loss of power. */
    private static void createDirectories(Disk disk, Path path) throws IOException {
        List<Path> parents = new ArrayList<>();
        Path missing = path;
        while (missing.getParent() != null && !disk.exists(missing)) {
            missing = missing.getParent();
            parents.add(missing);
        }
        disk.createDirectories(path);
        for (Path parent : parents) {
            disk.syncNames(parent);
        }
    }

    private static RocksFiles open(Disk disk, Path directory, DirectoryLock lock, RocksMemory memory) {
        List<AutoCloseable> owned = new ArrayList<>();
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        Cache cache = own(owned, new LRUCache(memory.blockCacheBytes()));
        BloomFilter filter = own(owned, new BloomFilter(BLOOM_BITS_PER_KEY, false));
        ColumnFamilyOptions family = own(owned, new ColumnFamilyOptions())
                .setWriteBufferSize(memory.writeBufferBytes())
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setLevelCompactionDynamicLevelBytes(true)
                .setTableFormatConfig(new BlockBasedTableConfig()
                        .setBlockCache(cache)
                        .setFilterPolicy(filter)
                        .setBlockSize(BLOCK_BYTES)
                        .setCacheIndexAndFilterBlocks(true)
                        .setPinL0FilterAndIndexBlocksInCache(true));
        DBOptions options = own(owned, new DBOptions())
                .setCreateIfMissing(true)
                .setCreateMissingColumnFamilies(true)
                // RocksDB's own log is that of a directory of format 1. A torn end of it is what a crash leaves; damage
                // before it would lose what was committed.
                .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords)
                // What is in files is all that was written up to some record of our log.
                .setAtomicFlush(true)
                .setAvoidFlushDuringShutdown(true)
                .setMaxBackgroundJobs(2)
                .setBytesPerSync(1 << 20)
                .setKeepLogFileNum(3)
                .setStatsDumpPeriodSec(0)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL);
        List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
        for (Family name : Family.values()) {
            descriptors.add(new ColumnFamilyDescriptor(name.bytes(), family));
        }
        try {
            RocksDB database = RocksDB.open(options, directory.toString(), descriptors, handles);
            Map<Family, ColumnFamilyHandle> families = new EnumMap<>(Family.class);
            for (Family name : Family.values()) {
                families.put(name, handles.get(families.size()));
            }
            return new RocksFiles(disk, directory, lock, owned, database, families);
        } catch (RocksDBException e) {
            closeAll(owned);
            throw RocksErrors.translate("opening", directory, e);
        }
    }

    private static <T extends AutoCloseable> T own(List<AutoCloseable> owned, T resource) {
        owned.add(resource);
        return resource;
    }

    /** What the key space keeps apart in a directory. */
    enum Family {
        /** Facts about the whole: the last version and the horizon. Named as RocksDB demands. */
        FACTS("default"),
        /** For each key its newest version. */
        PRESENT("present"),
        /** Versions that newer ones superseded. */
        HISTORY("history"),
        /** Which superseded versions may go at which horizon. */
        SUPERSEDED("superseded");

        private final String familyName;

        Family(String familyName) {
            this.familyName = familyName;
        }

        byte[] bytes() {
            return familyName.getBytes(StandardCharsets.US_ASCII);
        }
    }

    Disk disk() {
        return disk;
    }

    Path directory() {
        return directory;
    }

    RocksDB database() {
        return database;
    }

    ColumnFamilyHandle family(Family name) {
        return Objects.requireNonNull(families.get(name));
    }

    List<ColumnFamilyHandle> families() {
        return List.copyOf(families.values());
    }

    KadeException translate(String doing, RocksDBException error) {
        return RocksErrors.translate(doing, directory, error);
    }

    @Override
    public void close() {
        try {
            families.values().forEach(ColumnFamilyHandle::close);
            database.close();
            closeAll(owned);
        } finally {
            lock.close();
        }
    }

    private static void closeAll(List<AutoCloseable> resources) {
        for (AutoCloseable resource : resources.reversed()) {
            try {
                resource.close();
            } catch (Exception e) {
                throw KadeException.internal("closing a RocksDB resource failed", e);
            }
        }
    }
}
