package io.kadedb.storage.rocksdb;

import io.kadedb.common.seam.Disk;
import io.kadedb.common.seam.Random;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A file of the log: a block with a mark, the number of the first record and the file's life, then records. It is written in whole blocks
 * past the system's cache where that is possible, over zeros or an older life's records, so that to flush it has no
 * metadata to journal. One thread at a time.
 */
final class LogFile implements AutoCloseable {
    /** What is written at once is a multiple of this, and lies so in memory and in the file. */
    static final int BLOCK_BYTES = 4096;

    private static final byte[] MARK = "kadelog1".getBytes(StandardCharsets.US_ASCII);
    /** A mark, the number of the first record, the life, and a checksum of these. */
    private static final int HEADER_BYTES = MARK.length + 2 * Long.BYTES + Integer.BYTES;

    private static final int LEAST_AHEAD = 256 << 10;
    private static final int MOST_AHEAD = 4 << 20;

    /** Past the system's cache; by its name, since the compiler warns of whoever imports it. */
    private static final Optional<OpenOption> DIRECT = direct();

    private final Disk disk;
    private final Path path;
    private final long capacity;
    private FileChannel channel;
    private long written;
    private long life;
    private int reopened;

    private LogFile(Disk disk, Path path, long capacity, FileChannel channel) throws IOException {
        this.disk = disk;
        this.path = path;
        this.capacity = capacity;
        this.channel = channel;
        this.written = channel.size() & -BLOCK_BYTES;
    }

    /** Opens a file, or makes it. */
    static LogFile open(Disk disk, Path path, long capacity) throws IOException {
        return uninterrupted(() -> new LogFile(disk, path, capacity, channel(disk, path)), () -> {});
    }

    private static Optional<OpenOption> direct() {
        try {
            Object[] options =
                    Class.forName("com.sun.nio.file.ExtendedOpenOption").getEnumConstants();
            return Arrays.stream(options)
                    .filter(option -> "DIRECT".equals(option.toString()))
                    .map(OpenOption.class::cast)
                    .findFirst();
        } catch (ClassNotFoundException e) {
            // Not every JDK has it.
            return Optional.empty();
        }
    }

    private static FileChannel channel(Disk disk, Path path) throws IOException {
        OpenOption[] plain = {StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE};
        if (DIRECT.isEmpty()) {
            return disk.open(path, plain);
        }
        OpenOption[] direct = {
            StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE, DIRECT.get()
        };
        try {
            FileChannel channel = disk.open(path, direct);
            if (java.nio.file.Files.getFileStore(path).getBlockSize() == BLOCK_BYTES) {
                return channel;
            }
            channel.close();
        } catch (UnsupportedOperationException | IOException e) {
            // Not every file system can do without the cache; any other reason fails below as well.
            return disk.open(path, plain);
        }
        return disk.open(path, plain);
    }

    Path path() {
        return path;
    }

    long capacity() {
        return capacity;
    }

    /** What tells its records from those of its earlier lives. */
    long life() {
        return life;
    }

    /** An empty buffer to write from. */
    static ByteBuffer buffer(int bytes) {
        int whole = (bytes + BLOCK_BYTES - 1) & -BLOCK_BYTES;
        return ByteBuffer.allocateDirect(whole + BLOCK_BYTES)
                .alignedSlice(BLOCK_BYTES)
                .limit(whole)
                .slice();
    }

    /** Begins a new life of the file; on disk with the first {@code force}. */
    void begin(long firstNumber) throws IOException {
        life = Random.system().generator().nextLong();
        ByteBuffer block = buffer(BLOCK_BYTES);
        block.put(MARK).putLong(firstNumber).putLong(life);
        block.putInt(checksum(block)).clear();
        write(block, 0);
    }

    /** Writes blocks, and zeros ahead of them where the file ends. */
    void write(ByteBuffer blocks, long at) throws IOException {
        long end = at + blocks.remaining();
        if (end > written) {
            int ahead = blocks.remaining() >= LEAST_AHEAD ? 0 : Math.clamp(written, LEAST_AHEAD, MOST_AHEAD);
            long target = Math.max(end, Math.min(capacity, end + ahead));
            ByteBuffer zeros = buffer((int) Math.min(LEAST_AHEAD, target - end));
            for (long from = end; from < target; from += zeros.capacity()) {
                writeAll(zeros.clear().limit((int) Math.min(zeros.capacity(), target - from)), from);
            }
            written = target;
        }
        writeAll(blocks, at);
    }

    private void writeAll(ByteBuffer blocks, long at) throws IOException {
        int from = blocks.position();
        uninterruptedHere(() -> writeOnce(blocks, from, at));
    }

    private void writeOnce(ByteBuffer blocks, int from, long at) throws IOException {
        blocks.position(from);
        while (blocks.hasRemaining()) {
            channel.write(blocks, at + blocks.position() - from);
        }
    }

    /**
     * Returns when what was written is on disk.
     *
     * @param blocks what was written last, from the buffer's begin on; written again if the channel was closed before it
     *     could tell of an error
     */
    void force(ByteBuffer blocks, long at) throws IOException {
        int before = reopened;
        uninterruptedHere(() -> {
            if (reopened > before) {
                writeOnce(blocks, 0, at);
            }
            channel.force(false);
        });
    }

    interface Work {
        void run() throws IOException;
    }

    private interface Result<T> {
        T get() throws IOException;
    }

    private void uninterruptedHere(Work work) throws IOException {
        uninterrupted(
                () -> {
                    work.run();
                    return this;
                },
                this::reopen);
    }

    private void reopen() throws IOException {
        channel = channel(disk, path);
        reopened++;
    }

    /** Does what opens a channel, again if an interrupt closed it; the thread is as interrupted afterwards. */
    static void uninterrupted(Work work) throws IOException {
        uninterrupted(
                () -> {
                    work.run();
                    return work;
                },
                () -> {});
    }

    /** A thread that is interrupted closes its channel; the log's stays usable, and the thread interrupted. */
    private static <T> T uninterrupted(Result<T> work, Work reopen) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    return work.get();
                } catch (ClosedByInterruptException e) {
                    interrupted |= Thread.interrupted();
                    reopen.run();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** All of a file's bytes. */
    static ByteBuffer read(Disk disk, Path path) throws IOException {
        return uninterrupted(() -> readOnce(disk, path), () -> {});
    }

    private static ByteBuffer readOnce(Disk disk, Path path) throws IOException {
        try (FileChannel channel = disk.open(path, StandardOpenOption.READ)) {
            ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(channel.size()));
            while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) >= 0) {
                // Until all is there.
            }
            return bytes.flip();
        }
    }

    /** How a file that was read begins. */
    record Header(long first, long life) {}

    /**
     * The header of a file that was read; null if it has not begun.
     *
     * @throws StreamCorruptedException if what is there is no header
     */
    static @Nullable Header header(ByteBuffer bytes) throws StreamCorruptedException {
        if (bytes.limit() < BLOCK_BYTES
                || bytes.slice(0, HEADER_BYTES).equals(ByteBuffer.wrap(new byte[HEADER_BYTES]))) {
            return null;
        }
        byte[] mark = new byte[MARK.length];
        bytes.get(0, mark);
        int end = HEADER_BYTES - Integer.BYTES;
        if (!Arrays.equals(mark, MARK) || bytes.getInt(end) != checksum(bytes)) {
            throw new StreamCorruptedException("not the header of a log");
        }
        return new Header(bytes.getLong(MARK.length), bytes.getLong(MARK.length + Long.BYTES));
    }

    private static int checksum(ByteBuffer header) {
        CRC32C crc = new CRC32C();
        crc.update(header.slice(0, HEADER_BYTES - Integer.BYTES));
        return (int) crc.getValue();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
