package io.kadedb.storage.rocksdb;

import static io.kadedb.storage.rocksdb.RocksFiles.Family.FACTS;
import static io.kadedb.storage.rocksdb.RocksFiles.Family.PRESENT;

import io.kadedb.common.control.CancelToken;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.seam.Disk;
import io.kadedb.storage.api.BackupSummary;
import io.kadedb.storage.backup.BackupHeader;
import io.kadedb.storage.backup.BackupReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.FlushOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * Makes a directory of a backup: verifies the whole file first, then makes the database beside its place, without the mark that
 * would let it be opened, and moves it there when all of it is on disk. Used by one thread.
 */
public final class RestoredDirectory {
    private static final int BATCH_BYTES = 4 << 20;
    private static final String DRAFT_SUFFIX = ".restore";
    private static final Pattern DRAFT = Pattern.compile("[0-9a-f-]{36}" + Pattern.quote(DRAFT_SUFFIX));

    private final Disk disk;
    private final Path file;
    private final Path directory;
    private final Path draft;
    private final CancelToken token;

    /** @param directory new or empty */
    public RestoredDirectory(Disk disk, Path file, Path directory, CancelToken token) {
        this.disk = disk;
        this.file = file;
        this.directory = directory.toAbsolutePath().normalize();
        this.draft = this.directory.resolveSibling(draftPrefix() + UUID.randomUUID() + DRAFT_SUFFIX);
        this.token = token;
    }

    /**
     * Makes the directory.
     *
     * @throws KadeException XX001, XX003 and 58P01 as {@link BackupReader#read} throws them, 58P02 for a directory with files,
     *     55006 for one that is in use, 53100, 58030, 57014
     */
    public BackupSummary restore() {
        checkEmpty();
        removeAbandoned();
        BackupReader reader = new BackupReader(disk, file);
        BackupSummary verified = reader.read(new Verified());
        boolean done = false;
        try {
            try (Writer writer = new Writer()) {
                if (!reader.read(writer).equals(verified)) {
                    throw KadeException.of(
                            ErrorCode.IO_ERROR, "the backup \"" + file + "\" was changed while it was restored");
                }
                writer.finish();
            }
            FormatFile.mark(disk, draft);
            syncFiles();
            disk.replace(draft, directory);
            done = true;
            disk.syncNames(Objects.requireNonNull(directory.getParent()));
            return verified;
        } catch (IOException e) {
            throw RocksErrors.translate("restoring", directory, e);
        } finally {
            if (!done) {
                remove();
            }
        }
    }

    private String draftPrefix() {
        return "." + directory.getFileName() + ".";
    }

    /** Removes what earlier restores of the directory left that were killed. */
    private void removeAbandoned() {
        try {
            for (Path each : disk.list(Objects.requireNonNull(directory.getParent()))) {
                String name = String.valueOf(each.getFileName());
                if (name.startsWith(draftPrefix())
                        && DRAFT.matcher(name.substring(draftPrefix().length())).matches()
                        && DirectoryLock.isAbandoned(disk, each)) {
                    remove(each);
                }
            }
        } catch (IOException e) {
            throw RocksErrors.translate("removing what was restored before of", directory, e);
        }
    }

    private void checkEmpty() {
        try {
            if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS)
                    && (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
                            || !disk.list(directory).isEmpty())) {
                throw KadeException.of(ErrorCode.DUPLICATE_FILE, "\"" + directory + "\" is no empty directory")
                        .hint("a backup is restored into a new directory");
            }
            if (directory.getParent() == null) {
                throw KadeException.of(ErrorCode.INVALID_PARAMETER_VALUE, "\"" + directory + "\" cannot be made");
            }
            disk.createDirectories(directory.getParent());
        } catch (IOException e) {
            throw RocksErrors.translate("restoring", directory, e);
        }
    }

    private void syncFiles() throws IOException {
        for (Path each : disk.list(draft)) {
            if (Files.isRegularFile(each)) {
                try (FileChannel channel = disk.open(each, StandardOpenOption.WRITE)) {
                    channel.force(true);
                }
            }
        }
        disk.syncNames(draft);
    }

    private void remove(Path made) throws IOException {
        for (Path each : disk.list(made)) {
            disk.delete(each);
        }
        disk.delete(made);
    }

    private void remove() {
        try {
            if (disk.exists(draft)) {
                remove(draft);
            }
        } catch (IOException e) {
            throw RocksErrors.translate("removing what was restored so far of", directory, e);
        }
    }

    /** Reads to the end. */
    private final class Verified implements BackupReader.Pairs {
        private long count;

        @Override
        public void begin(BackupHeader header) {}

        @Override
        public void add(byte[] key, byte[] value) {
            if (count++ % 1_024 == 0) {
                token.checkpoint();
            }
        }
    }

    /** Writes pairs as those of the backup's version, past any log. */
    private final class Writer implements BackupReader.Pairs, AutoCloseable {
        private final RocksFiles files = RocksFiles.make(disk, draft, RocksMemory.DEFAULT);
        private final ColumnFamilyHandle present = files.family(PRESENT);
        private final WriteOptions unlogged = new WriteOptions().setDisableWAL(true);
        private final WriteBatch batch = new WriteBatch();
        private long version;

        @Override
        public void begin(BackupHeader header) {
            version = header.version();
        }

        @Override
        public void add(byte[] key, byte[] value) {
            try {
                batch.put(present, key, StoredValue.of(value, version));
                if (batch.getDataSize() >= BATCH_BYTES) {
                    token.checkpoint();
                    write();
                }
            } catch (RocksDBException e) {
                throw files.translate("restoring", e);
            }
        }

        private void write() throws RocksDBException {
            files.database().write(unlogged, batch);
            batch.clear();
        }

        /** Writes down that nothing before the version is known, and all of it to files. */
        void finish() {
            try (FlushOptions options = new FlushOptions().setWaitForFlush(true).setAllowWriteStall(true)) {
                byte[] number = ByteBuffer.allocate(Long.BYTES).putLong(version).array();
                batch.put(files.family(FACTS), RocksStore.LAST_VERSION, number);
                batch.put(files.family(FACTS), RocksStore.HORIZON, number);
                write();
                files.database().flush(options, files.families());
            } catch (RocksDBException e) {
                throw files.translate("restoring", e);
            }
        }

        @Override
        public void close() {
            batch.close();
            unlogged.close();
            files.close();
        }
    }
}
