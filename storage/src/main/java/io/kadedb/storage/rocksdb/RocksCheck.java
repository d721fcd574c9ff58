package io.kadedb.storage.rocksdb;

import static io.kadedb.storage.rocksdb.RocksFiles.Family.HISTORY;
import static io.kadedb.storage.rocksdb.RocksFiles.Family.SUPERSEDED;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.LiveFileMetaData;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Snapshot;
import org.rocksdb.SstFileReader;

/**
 * RocksDB's files against their checksums, and the superseded versions against the queue that says when they may go. Our own
 * log was read when the directory was opened.
 */
final class RocksCheck {
    private static final int PIECE = 4_096;

    private final RocksDB db;
    private final ColumnFamilyHandle history;
    private final ColumnFamilyHandle queue;
    private final OperationGate gate;

    RocksCheck(RocksFiles files, OperationGate gate) {
        this.db = files.database();
        this.history = files.family(HISTORY);
        this.queue = files.family(SUPERSEDED);
        this.gate = gate;
    }

    void run(Runnable checkpoint, Consumer<String> problems) throws RocksDBException {
        gate.enter();
        try {
            // Files that are listed stay until they were read.
            db.disableFileDeletions();
            try {
                for (LiveFileMetaData file : db.getLiveFilesMetaData()) {
                    checkpoint.run();
                    verify(file, problems);
                }
            } finally {
                db.enableFileDeletions();
            }
            versions(checkpoint, problems);
        } finally {
            gate.leave();
        }
    }

    private static void verify(LiveFileMetaData file, Consumer<String> problems) {
        try (Options options = new Options();
                SstFileReader reader = new SstFileReader(options)) {
            reader.open(file.path() + file.fileName());
            reader.verifyChecksum();
        } catch (RocksDBException e) {
            problems.accept("file %s, of what is %s, is damaged: %s"
                    .formatted(
                            file.fileName(),
                            new String(file.columnFamilyName(), StandardCharsets.US_ASCII),
                            e.getMessage()));
        }
    }

    private void versions(Runnable checkpoint, Consumer<String> problems) {
        Snapshot snapshot = db.getSnapshot();
        try (ReadOptions options = new ReadOptions().setSnapshot(snapshot).setFillCache(false)) {
            long kept = kept(options, checkpoint, problems);
            long queued = queued(options, checkpoint, problems);
            if (kept != queued) {
                problems.accept("%d superseded versions are kept, and the queue knows of %d".formatted(kept, queued));
            }
        } catch (RocksDBException e) {
            problems.accept("the superseded versions cannot be read: " + e.getMessage());
        } finally {
            db.releaseSnapshot(snapshot);
        }
    }

    private long kept(ReadOptions options, Runnable checkpoint, Consumer<String> problems) throws RocksDBException {
        long count = 0;
        try (RocksIterator entries = db.newIterator(history, options)) {
            for (entries.seekToFirst(); entries.isValid(); entries.next()) {
                if (count++ % PIECE == 0) {
                    checkpoint.run();
                }
                byte[] key = entries.key();
                byte[] value = entries.value();
                if (key.length < Long.BYTES + 1 || value.length < StoredValue.TRAILER_BYTES) {
                    problems.accept("a superseded version is cut off");
                    continue;
                }
                long version = Long.MAX_VALUE - ByteBuffer.wrap(key).getLong(key.length - Long.BYTES);
                if (StoredValue.version(StoredValue.trailer(value)) != version) {
                    problems.accept("superseded version %d lies where %d belongs"
                            .formatted(StoredValue.version(StoredValue.trailer(value)), version));
                }
            }
            entries.status();
        }
        return count;
    }

    /** How many entries of the queue name a version that is kept: data that went at once has left its entries behind. */
    private long queued(ReadOptions options, Runnable checkpoint, Consumer<String> problems) throws RocksDBException {
        long count = 0;
        long seen = 0;
        try (RocksIterator entries = db.newIterator(queue, options)) {
            for (entries.seekToFirst(); entries.isValid(); entries.next()) {
                if (seen++ % PIECE == 0) {
                    checkpoint.run();
                }
                byte[] entry = entries.key();
                if (entry.length < Long.BYTES || entries.value().length != Long.BYTES) {
                    problems.accept("an entry of the queue of superseded versions is cut off");
                    continue;
                }
                byte[] key = Arrays.copyOfRange(entry, Long.BYTES, entry.length);
                long version = ByteBuffer.wrap(entries.value()).getLong();
                if (ByteBuffer.wrap(entry).getLong() <= version) {
                    problems.accept("version %d is said to be superseded by an earlier one".formatted(version));
                }
                count += db.get(history, options, HistoryKeys.of(key, version)) == null ? 0 : 1;
            }
            entries.status();
        }
        return count;
    }
}
