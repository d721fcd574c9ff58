package io.kadedb.storage.rocksdb;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.seam.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file that says in which format a directory is written. Its text is {@code kadedb key space format N} and a line
 * feed.
 */
final class FormatFile {
    static final String FILE_NAME = "kadedb.format";

    /** The format this program writes. Format 1 has RocksDB's own log in place of {@link CommitLog}. */
    static final int CURRENT = 2;

    private static final int OLDEST = 1;

    private static final Pattern TEXT = Pattern.compile("kadedb key space format (\\d{1,9})\n");

    private FormatFile() {}

    /** Checks the format of a directory, or marks an empty one. */
    static void check(Disk disk, Path directory) {
        Path file = directory.resolve(FILE_NAME);
        try {
            if (disk.exists(file)) {
                checkText(directory, read(disk, file));
            } else if (isEmpty(disk, directory)) {
                write(disk, directory, file);
            } else {
                throw refused("%s holds files but no KadeDB database".formatted(directory))
                        .hint("give the path of an empty or new directory");
            }
        } catch (IOException e) {
            throw RocksErrors.translate("reading or writing", file, e);
        }
    }

    /** Marks a directory of an older format, which was opened, as one that is written in the current one from now on. */
    static void upgrade(Disk disk, Path directory) {
        Path file = directory.resolve(FILE_NAME);
        try {
            if (!read(disk, file).equals(text())) {
                write(disk, directory, file);
            }
        } catch (IOException e) {
            throw RocksErrors.translate("reading or writing", file, e);
        }
    }

    /** Marks a directory whose files were made elsewhere. */
    static void mark(Disk disk, Path directory) throws IOException {
        write(disk, directory, directory.resolve(FILE_NAME));
    }

    private static String text() {
        return "kadedb key space format %d\n".formatted(CURRENT);
    }

    private static void checkText(Path directory, String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw refused("%s in %s is not what KadeDB writes".formatted(FILE_NAME, directory));
        }
        int format = Integer.parseInt(matcher.group(1));
        if (format < OLDEST || format > CURRENT) {
            throw refused("the database in %s has format %d; this version reads formats %d to %d"
                            .formatted(directory, format, OLDEST, CURRENT))
                    .hint("open it with the version that wrote it, or restore a dump into a new directory");
        }
    }

    private static KadeException refused(String message) {
        return KadeException.of(ErrorCode.INCOMPATIBLE_FORMAT, message);
    }

    private static boolean isEmpty(Disk disk, Path directory) throws IOException {
        return disk.list(directory).stream()
                .allMatch(file -> file.endsWith(DirectoryLock.FILE_NAME)
                        || String.valueOf(file.getFileName()).startsWith(FILE_NAME));
    }

    private static String read(Disk disk, Path file) throws IOException {
        try (FileChannel channel = disk.open(file, StandardOpenOption.READ)) {
            ByteBuffer text = ByteBuffer.allocate(64);
            while (text.hasRemaining() && channel.read(text) >= 0) {
                // Reads until the file or the buffer ends.
            }
            return new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII);
        }
    }

    private static void write(Disk disk, Path directory, Path file) throws IOException {
        Path draft = directory.resolve(FILE_NAME + ".new");
        byte[] text = text().getBytes(StandardCharsets.US_ASCII);
        try (FileChannel channel = disk.open(
                draft, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(text));
            channel.force(true);
        }
        disk.replace(draft, file);
        // What is made next belongs to a directory that is marked, whatever a loss of power leaves.
        disk.syncNames(directory);
    }
}
