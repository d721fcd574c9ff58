package io.kadedb.server.remote;

import io.kadedb.common.error.KadeException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What a client sends for COPY .. FROM STDIN. The client is asked for one piece at a time, so that no more than one is
 * held. Read by the statement's threads, filled by the connection's.
 */
public final class CopyPipe extends InputStream {
    private static final long CHECK_MILLIS = 20;

    private final RequestContext request;
    private final Runnable ask;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private byte @Nullable [] piece;
    private int used;
    private boolean asked;
    private boolean ended;

    /** @param ask asks the client for a piece */
    public CopyPipe(RequestContext request, Runnable ask) {
        this.request = request;
        this.ask = ask;
    }

    /** Takes a piece that was asked for; an empty one is the end. False for one that was not asked for. */
    public boolean give(byte[] bytes) {
        lock.lock();
        try {
            if (!asked) {
                return false;
            }
            asked = false;
            piece = bytes;
            used = 0;
            ended = bytes.length == 0;
            filled.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    /** @throws KadeException 57014 once the statement was cancelled or is out of time */
    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        lock.lock();
        try {
            byte[] current = piece;
            while (!ended && (current == null || used == current.length)) {
                await();
                current = piece;
            }
            if (ended || current == null) {
                return -1;
            }
            int count = Math.min(length, current.length - used);
            System.arraycopy(current, used, bytes, offset, count);
            used += count;
            return count;
        } finally {
            lock.unlock();
        }
    }

    @SuppressWarnings("WaitNotInLoop") // the caller loops
    private void await() throws IOException {
        if (!asked) {
            asked = true;
            piece = null;
            ask.run();
        }
        try {
            boolean _ = filled.await(CHECK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException stopped = new InterruptedIOException("reading was interrupted");
            stopped.initCause(e);
            throw stopped;
        }
        request.checkpoint();
    }
}
