package io.kadedb.storage.keyspace;

import java.util.ArrayDeque;
import java.util.Iterator;

/**
 * Says which versions have to go so that the superseded ones take no more than so many bytes, whatever the retention and
 * whoever reads. Counts what this process has written; what an earlier one left is bounded by the retention alone. Owned
 * by the thread that holds the commit order.
 */
final class HistoryLimit {
    private static final int STEPS = 64;

    private long bytes;
    /** Versions with what had been superseded by then, oldest first, of about twice the limit. */
    private final ArrayDeque<Point> points = new ArrayDeque<>();

    private long written;
    /** At which there is to be another point. */
    private long next;

    private long soft;
    private long hard;

    private record Point(long version, long written) {}

    HistoryLimit(long bytes) {
        this.bytes = bytes;
    }

    /** Allows more or fewer bytes from now on. */
    void setBytes(long limit) {
        bytes = limit;
        if (!points.isEmpty()) {
            advance();
        }
    }

    /** Notes what a version has superseded. */
    void add(long version, long superseded) {
        written += superseded;
        if (written >= next || points.isEmpty()) {
            next = written + bytes / STEPS;
            points.addLast(new Point(version, written));
            advance();
        }
    }

    private void advance() {
        while (written - points.getFirst().written > 2 * bytes) {
            hard = points.removeFirst().version;
        }
        Iterator<Point> all = points.iterator();
        for (Point point = all.next(); written - point.written > bytes; point = all.next()) {
            soft = point.version;
        }
        soft = Math.max(soft, hard);
    }

    /** What was superseded up to this version is too much. */
    long version() {
        return soft;
    }

    /** As {@link #version}, and not even readers may keep it. */
    long versionDespiteReaders() {
        return hard;
    }
}
