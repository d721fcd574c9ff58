package io.kadedb.storage.rocksdb;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.seam.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of all batches that RocksDB takes, in their order, with which a start goes on where RocksDB's files end. A batch
 * is applied and buffered; whoever wants to know it safe writes what is buffered, for all who wait, by its own thread, in
 * one write and one flush of a file whose blocks exist already. RocksDB's own log makes a file grow with each commit, whose
 * flush then has to wait for the file system's journal too.
 *
 * <p>Files are used again once RocksDB has written down what they hold.
 */
final class CommitLog implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(CommitLog.class);

    /** Where batches say which record they are. */
    static final byte[] NUMBER_KEY = "logged".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    private static final String FILE_PREFIX = "kadedb.log.";
    private static final Pattern FILE_NAME = Pattern.compile("kadedb\\.log\\.\\d{1,18}");
    private static final int BUFFER_BYTES = 64 << 10;
    /** What is buffered beyond this is written at once. */
    private static final int MOST_BUFFERED = 1 << 20;
    /** Logs of more bytes make RocksDB write down what they hold. */
    private static final long MOST_BYTES = 512L << 20;

    private static final int MOST_SPARES = 4;
    private static final long LAG_NANOS = 1_000_000;
    private static final long MOST_LAG_NANOS = 10_000_000_000L;

    private final Disk disk;
    private final Path directory;
    private final Memory memory;
    private final long fileBytes;
    private final int numbers;

    /** Guards the order of batches: numbering, applying, buffering. Taken after {@link #flushing}, never before. */
    private final ReentrantLock order = new ReentrantLock();

    private final ReentrantLock flushing = new ReentrantLock();
    private final Deque<Full> full = new ArrayDeque<>();
    private final Deque<LogFile> spares = new ArrayDeque<>();
    private LogFile file;
    private ByteBuffer buffer = LogFile.buffer(BUFFER_BYTES);
    private ByteBuffer idle = LogFile.buffer(BUFFER_BYTES);
    /** Where in the file the buffer belongs. */
    private long place;

    private long files;
    private volatile long last;
    private volatile long synced;
    /** Why this is broken; set before that is. */
    private volatile @Nullable KadeException failure;
    /** Set where something was left half done, whatever was thrown; by itself it cannot fail. */
    private volatile boolean broken;

    /** What takes a batch. */
    interface Apply {
        void to(byte[] batch) throws RocksDBException;
    }

    /** What RocksDB has in its memory alone, and in its files. */
    interface Memory {
        /** The number of the last record that is in files, with all before it. */
        long persisted() throws RocksDBException;

        /** Begins to write to files what is in memory, or waits until that is done. */
        void persist(boolean wait) throws RocksDBException;
    }

    /** A file that takes no more records. */
    private record Full(LogFile file, long last) {}

    @SuppressWarnings("NullAway.Init") // opening gives it its file before anybody has it
    private CommitLog(Disk disk, Path directory, Memory memory, int numbers, long fileBytes) {
        this.disk = disk;
        this.directory = directory;
        this.memory = memory;
        this.numbers = numbers;
        this.fileBytes = fileBytes;
    }

    /**
     * Opens the log of a directory and applies what RocksDB lacks of it.
     *
     * @param numbers the column family where batches note their number, under {@link #NUMBER_KEY}
     * @param fileBytes of each file
     */
    static CommitLog open(Disk disk, Path directory, Memory memory, int numbers, long fileBytes, Apply target)
            throws RocksDBException {
        CommitLog log = new CommitLog(disk, directory, memory, numbers, fileBytes);
        boolean open = false;
        try {
            log.recover(target);
            open = true;
        } catch (IOException e) {
            throw RocksErrors.translate("reading the log of", directory, e);
        } finally {
            if (!open) {
                log.closeFiles();
            }
        }
        return log;
    }

    static boolean isFile(Path path) {
        return FILE_NAME.matcher(String.valueOf(path.getFileName())).matches();
    }

    private void recover(Apply target) throws IOException, RocksDBException {
        long persisted = memory.persisted();
        LogRecovery recovery = new LogRecovery(disk, directory, persisted, target);
        List<Path> found = recovery.run();
        if (recovery.last() > persisted) {
            // What follows writes over the files.
            persistUpTo(recovery.last());
        }
        last = recovery.last();
        synced = last;
        for (Path path : found) {
            String number = String.valueOf(path.getFileName()).substring(FILE_PREFIX.length());
            files = Math.max(files, Long.parseLong(number));
            retire(path);
        }
        file = next(0);
    }

    /** Waits also until what was written can be seen: RocksDB says that a flush is done a moment before. */
    private void persistUpTo(long number) throws RocksDBException {
        memory.persist(true);
        long start = System.nanoTime();
        long written = memory.persisted();
        while (written != number && System.nanoTime() - start < MOST_LAG_NANOS) {
            LockSupport.parkNanos(LAG_NANOS);
            written = memory.persisted();
        }
        if (written != number) {
            throw KadeException.of(
                    ErrorCode.IO_ERROR,
                    "writing what the log of %s holds into its files failed: they end with record %d, not %d"
                            .formatted(directory, written, number));
        }
    }

    private void retire(Path path) throws IOException {
        LogFile old = LogFile.open(disk, path, Math.max(fileBytes, LogFile.BLOCK_BYTES));
        if (spares.size() < MOST_SPARES) {
            spares.add(old);
        } else {
            old.close();
            disk.delete(path);
        }
    }

    /** A file for records from the next number on, with room for one of so many bytes at least. */
    private LogFile next(int recordBytes) throws IOException {
        long capacity = Math.max(fileBytes, LogFile.BLOCK_BYTES + blocks(recordBytes));
        LogFile chosen = spares.poll();
        boolean made = chosen == null || chosen.capacity() < capacity;
        if (made) {
            if (chosen != null) {
                spares.add(chosen);
            }
            String name = FILE_PREFIX + String.format(Locale.ROOT, "%d", ++files);
            chosen = LogFile.open(disk, directory.resolve(name), capacity);
        }
        boolean begun = false;
        try {
            if (made) {
                LogFile.uninterrupted(() -> disk.syncNames(directory));
            }
            chosen.begin(last + 1);
            begun = true;
        } finally {
            if (!begun) {
                spares.add(chosen);
            }
        }
        place = LogFile.BLOCK_BYTES;
        return chosen;
    }

    private static long blocks(long bytes) {
        return (bytes + LogFile.BLOCK_BYTES - 1) & -LogFile.BLOCK_BYTES;
    }

    /** Applies a batch and adds it to the log. It survives a crash once {@link #sync} has returned. */
    void write(BatchBytes batch, Apply target) throws RocksDBException {
        batch.put(numbers, NUMBER_KEY, 0);
        int size = LogRecord.bytes(batch.length());
        while (!writeIfRoom(batch, size, target)) {
            roll(size);
        }
        if (buffered() > MOST_BUFFERED) {
            sync();
        }
    }

    private int buffered() {
        order.lock();
        try {
            return buffer.position();
        } finally {
            order.unlock();
        }
    }

    private boolean writeIfRoom(BatchBytes batch, int size, Apply target) throws RocksDBException {
        order.lock();
        try {
            ensureUsable();
            if (place + buffer.position() + size > file.capacity()) {
                return false;
            }
            long number = last + 1;
            byte[] bytes = batch.withLast(number);
            ensureBuffer(size);
            boolean done = false;
            try {
                target.to(bytes);
                LogRecord.write(buffer, file.life(), number, synced, bytes);
                last = number;
                done = true;
            } catch (RocksDBException e) {
                failure = RocksErrors.translate("writing", directory, e);
                throw e;
            } finally {
                if (!done) {
                    broken = true;
                }
            }
            return true;
        } finally {
            order.unlock();
        }
    }

    private void ensureBuffer(int more) {
        int needed = buffer.position() + more;
        if (needed > buffer.capacity()) {
            buffer = LogFile.buffer(Math.max(needed, 2 * buffer.capacity())).put(buffer.flip());
        }
    }

    /** Returns when all that was written before the call survives a crash. */
    void sync() {
        long wanted = last;
        if (synced >= wanted) {
            return;
        }
        flushing.lock();
        try {
            if (synced < wanted) {
                flush();
            }
        } finally {
            flushing.unlock();
        }
    }

    /** Puts what is buffered on disk; the rest of its last block stays to be written again with what comes. */
    private void flush() {
        boolean done = false;
        try {
            flushBuffer();
            done = true;
        } catch (IOException e) {
            throw failed(e);
        } finally {
            if (!done) {
                broken = true;
            }
        }
    }

    private void flushBuffer() throws IOException {
        ByteBuffer taken;
        long from;
        long covered;
        LogFile target;
        boolean swapped = false;
        order.lock();
        try {
            ensureUsable();
            taken = buffer;
            from = place;
            covered = last;
            target = file;
            int used = taken.position();
            int whole = used & -LogFile.BLOCK_BYTES;
            buffer = idle.clear();
            buffer.put(taken.slice(whole, used - whole));
            place = from + whole;
            swapped = true;
        } finally {
            if (!swapped) {
                broken = true;
            }
            order.unlock();
        }
        while ((taken.position() & (LogFile.BLOCK_BYTES - 1)) != 0) {
            taken.put((byte) 0);
        }
        target.write(taken.flip(), from);
        target.force(taken, from);
        idle = taken.capacity() > 2 * MOST_BUFFERED ? LogFile.buffer(BUFFER_BYTES) : taken;
        synced = covered;
    }

    /** Goes on in another file. */
    private void roll(int recordBytes) throws RocksDBException {
        flushing.lock();
        try {
            flush();
            boolean done = false;
            order.lock();
            try {
                // Unless another came between.
                if (last == synced && place + buffer.position() + recordBytes > file.capacity()) {
                    change(recordBytes);
                }
                done = true;
            } catch (IOException e) {
                throw failed(e);
            } catch (RocksDBException e) {
                failure = RocksErrors.translate("writing", directory, e);
                throw e;
            } finally {
                if (!done) {
                    broken = true;
                }
                order.unlock();
            }
        } finally {
            flushing.unlock();
        }
    }

    private void change(int recordBytes) throws IOException, RocksDBException {
        reclaim();
        LogFile fresh = next(recordBytes);
        full.add(new Full(file, last));
        file = fresh;
        buffer.clear();
    }

    /** Takes back the files that nobody needs any more. */
    private void reclaim() throws IOException, RocksDBException {
        long persisted = memory.persisted();
        while (!full.isEmpty() && full.getFirst().last <= persisted) {
            LogFile old = full.removeFirst().file;
            if (spares.size() < MOST_SPARES) {
                spares.add(old);
            } else {
                old.close();
                disk.delete(old.path());
            }
        }
        long bytes = 0;
        for (Full kept : full) {
            bytes += kept.file.capacity();
        }
        if (bytes > MOST_BYTES) {
            persistSoon();
        }
    }

    private void persistSoon() {
        try {
            memory.persist(false);
        } catch (RocksDBException e) {
            // The log goes on in one file more and asks again with the next; RocksDB refuses writes if it has to.
            LOGGER.warn("writing down what the log of {} holds failed", directory, e);
        }
    }

    private KadeException failed(IOException error) {
        KadeException translated = RocksErrors.translate("writing the log of", directory, error);
        failure = translated;
        return translated;
    }

    /** Whoever marks this as broken has said before why, where that is known. */
    private void ensureUsable() {
        if (!broken) {
            return;
        }
        KadeException failed = failure;
        if (failed != null) {
            throw KadeException.of(failed.code(), failed.messageText(), failed);
        }
        throw KadeException.of(ErrorCode.IO_ERROR, "the log of %s takes no more after an error".formatted(directory))
                .hint("open the database again; nothing acknowledged is lost");
    }

    @Override
    public void close() {
        try {
            if (!broken) {
                sync();
            }
        } finally {
            closeFiles();
        }
    }

    private void closeFiles() {
        List<LogFile> all = new ArrayList<>(spares);
        full.forEach(kept -> all.add(kept.file));
        if (file != null) {
            all.add(file);
        }
        try {
            for (LogFile each : all) {
                each.close();
            }
        } catch (IOException e) {
            throw RocksErrors.translate("closing the log of", directory, e);
        }
    }
}
