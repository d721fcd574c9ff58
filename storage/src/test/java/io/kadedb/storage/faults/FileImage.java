package io.kadedb.storage.faults;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** What is safe of a file's content, and what was written to it since it was flushed. */
final class FileImage {
    /** What a disk writes as a whole. */
    private static final int SECTOR_BYTES = 512;

    private byte[] safe;
    private int length;
    private final List<Change> changes = new ArrayList<>();

    private sealed interface Change {}

    private record Written(long at, ByteBuffer bytes) implements Change {}

    private record LengthSet(long length) implements Change {}

    /** What becomes of what was not flushed. */
    enum Rest {
        /** It is lost. */
        LOST,
        /** All is there: as if the process had been killed. */
        KEPT,
        /** A first part of it is there. */
        BEGUN,
        /** Any sectors of it are there. */
        SCATTERED
    }

    FileImage(byte[] content) {
        this.safe = content.clone();
        this.length = content.length;
    }

    void write(long at, ByteBuffer bytes) {
        changes.add(new Written(at, bytes));
    }

    void setLength(long to) {
        changes.add(new LengthSet(to));
    }

    void flush() {
        changes.forEach(this::apply);
        changes.clear();
    }

    /** A flush that failed: any of it may have been written, and no later one writes the rest. */
    void flushInVain(SplittableRandom random) {
        FileImage after = after(Rest.SCATTERED, random);
        safe = after.safe;
        length = after.length;
        changes.clear();
    }

    boolean isSafe() {
        return changes.isEmpty();
    }

    /** What a loss of power leaves. */
    byte[] content(Rest rest, SplittableRandom random) {
        FileImage after = after(rest, random);
        return Arrays.copyOf(after.safe, after.length);
    }

    private FileImage after(Rest rest, SplittableRandom random) {
        FileImage after = new FileImage(Arrays.copyOf(safe, length));
        int kept = rest == Rest.BEGUN ? random.nextInt(changes.size() + 1) : changes.size();
        switch (rest) {
            case LOST -> {}
            case KEPT -> changes.forEach(after::apply);
            case BEGUN -> {
                changes.subList(0, kept).forEach(after::apply);
                if (kept < changes.size() && changes.get(kept) instanceof Written torn) {
                    int sectors = random.nextInt(torn.bytes.limit() / SECTOR_BYTES + 1);
                    after.apply(new Written(torn.at, torn.bytes.slice(0, sectors * SECTOR_BYTES)));
                }
            }
            case SCATTERED -> changes.forEach(change -> after.scatter(change, random));
        }
        return after;
    }

    private void scatter(Change change, SplittableRandom random) {
        if (!(change instanceof Written written)) {
            if (random.nextBoolean()) {
                apply(change);
            }
            return;
        }
        for (int from = 0; from < written.bytes.limit(); from += SECTOR_BYTES) {
            if (random.nextBoolean()) {
                int bytes = Math.min(SECTOR_BYTES, written.bytes.limit() - from);
                apply(new Written(written.at + from, written.bytes.slice(from, bytes)));
            }
        }
    }

    private void apply(Change change) {
        switch (change) {
            case Written written -> {
                int end = Math.toIntExact(written.at + written.bytes.limit());
                grow(end);
                written.bytes.get(0, safe, (int) written.at, written.bytes.limit());
                length = Math.max(length, end);
            }
            case LengthSet set -> {
                int to = Math.toIntExact(set.length);
                grow(to);
                if (to < length) {
                    Arrays.fill(safe, to, length, (byte) 0);
                }
                length = to;
            }
        }
    }

    private void grow(int to) {
        if (to > safe.length) {
            safe = Arrays.copyOf(safe, Math.max(to, 2 * safe.length));
        }
    }
}
