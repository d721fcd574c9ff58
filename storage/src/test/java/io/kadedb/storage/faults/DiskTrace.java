package io.kadedb.storage.faults;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** What was done to a folder, in order. */
final class DiskTrace {
    private static final int HEAD_BYTES = 1 + Integer.BYTES + Long.BYTES + Integer.BYTES;

    private DiskTrace() {}

    /**
     * One call that did something.
     *
     * @param letter what was done, as {@code disk_faults.c} has it
     * @param handle which open file it was done to
     * @param number offset, length, flags or mark
     * @param bytes what was written, or the path
     */
    record Call(char letter, int handle, long number, ByteBuffer bytes) {
        String text() {
            return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString().replace("//", "/");
        }
    }

    static List<Call> read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer all = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size())
                    .order(ByteOrder.nativeOrder());
            List<Call> calls = new ArrayList<>();
            while (all.remaining() >= HEAD_BYTES) {
                char letter = (char) all.get();
                int handle = all.getInt();
                long number = all.getLong();
                int length = all.getInt();
                calls.add(new Call(letter, handle, number, all.slice(all.position(), length)));
                all.position(all.position() + length);
            }
            return calls;
        }
    }
}
