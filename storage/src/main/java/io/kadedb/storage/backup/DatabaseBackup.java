package io.kadedb.storage.backup;

import com.apple.foundationdb.FDBException;
import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.tuple.Tuple;
import io.kadedb.common.control.CancelToken;
import io.kadedb.common.seam.Clock;
import io.kadedb.common.seam.Disk;
import io.kadedb.storage.api.BackupSummary;
import io.kadedb.storage.api.KeySpace;
import io.kadedb.storage.format.v1.KeyLayout;
import io.kadedb.storage.table.StorageErrors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionException;

/**
 * Copies a database at one version to a file, while others read and write. Column chunks are copied where the manifests of
 * the version refer to them: others are on their way out, or belong to transactions that were not committed.
 */
public final class DatabaseBackup {
    private static final int PIECE_ROWS = 256;
    private static final byte[] BEHIND_ALL = {(byte) 0xFF};

    private final KeySpace keySpace;
    private final CancelToken token;
    private final Disk disk;

    public DatabaseBackup(KeySpace keySpace, Disk disk, CancelToken token) {
        this.keySpace = keySpace;
        this.disk = disk;
        this.token = token;
    }

    /**
     * Writes the file, which appears under its name when it is whole.
     *
     * @param program that writes it, with its version
     * @throws io.kadedb.common.error.KadeException 53100, 58030, 57014; 72000 when the version could not be kept that long
     */
    @SuppressWarnings("ReferenceEquality") // whether there is another key space beneath
    public BackupSummary write(Path file, String program) {
        try (KeySpace.Pin pin = keySpace.pin(keySpace.currentVersion())) {
            KeySpace stored = keySpace.stored();
            BackupHeader header = new BackupHeader(
                    stored != keySpace, pin.version(), Clock.system().wallMicros(), program);
            try (BackupWriter writer = new BackupWriter(disk, file, header)) {
                byte[] behindData = KeyLayout.end(KeyLayout.data());
                ReadTransaction reads = stored.readsAt(pin.version());
                copy(reads, new byte[] {0}, KeyLayout.data(), writer);
                for (byte[] segment : segments(keySpace.readsAt(pin.version()))) {
                    copy(reads, segment, KeyLayout.end(segment), writer);
                }
                copy(reads, behindData, BEHIND_ALL, writer);
                return writer.finish();
            }
        } catch (FDBException | CompletionException e) {
            throw StorageErrors.translate(e);
        }
    }

    private void copy(ReadTransaction reads, byte[] begin, byte[] end, BackupWriter writer) {
        byte[] from = begin;
        boolean more = true;
        while (more) {
            token.checkpoint();
            List<KeyValue> piece =
                    StorageErrors.join(reads.getRange(from, end, PIECE_ROWS).asList());
            for (KeyValue pair : piece) {
                writer.add(pair.getKey(), pair.getValue());
            }
            more = piece.size() == PIECE_ROWS;
            if (more) {
                from = KeyLayout.concat(piece.getLast().getKey(), new byte[1]);
            }
        }
    }

    /** The prefixes of the data that manifests refer to, in order. */
    private List<byte[]> segments(ReadTransaction reads) {
        List<byte[]> segments = new ArrayList<>();
        byte[] end = KeyLayout.end(KeyLayout.tableSpaces());
        byte[] from = KeyLayout.tableSpaces();
        while (true) {
            List<KeyValue> next =
                    StorageErrors.join(reads.getRange(from, end, 1).asList());
            if (next.isEmpty()) {
                segments.sort(Arrays::compareUnsigned);
                return segments;
            }
            long table = KeyLayout.numbers(next.getFirst().getKey(), 1).getFirst();
            for (byte[] kind : List.of(KeyLayout.segments(table), KeyLayout.hides(table))) {
                add(reads, kind, table, segments);
            }
            from = KeyLayout.end(KeyLayout.tableSpace(table));
        }
    }

    private void add(ReadTransaction reads, byte[] kind, long table, List<byte[]> segments) {
        byte[] from = kind;
        boolean more = true;
        while (more) {
            token.checkpoint();
            List<KeyValue> piece = StorageErrors.join(
                    reads.getRange(from, KeyLayout.end(kind), PIECE_ROWS).asList());
            for (KeyValue pair : piece) {
                Tuple place = Tuple.fromBytes(pair.getKey(), kind.length, pair.getKey().length - kind.length);
                segments.add(KeyLayout.segmentData(table, place.getLong(0), (int) place.getLong(1)));
            }
            more = piece.size() == PIECE_ROWS;
            if (more) {
                from = KeyLayout.concat(piece.getLast().getKey(), new byte[1]);
            }
        }
    }
}
