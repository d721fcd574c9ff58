package io.kadedb.executor;

import io.kadedb.executor.api.SessionFunctions;
import java.util.concurrent.ThreadLocalRandom;

/** A session without sequences. */
public final class FixedFunctions implements SessionFunctions {
    public static final FixedFunctions INSTANCE = new FixedFunctions();

    private FixedFunctions() {}

    @Override
    public long nextval(String sequence) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long currval(String sequence) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long lastval() {
        throw new UnsupportedOperationException();
    }

    @Override
    public long setval(String sequence, long value, boolean called) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String serialSequence(String table, String column) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean lock(io.kadedb.storage.api.AdvisoryLock lock, boolean wait) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean unlock(io.kadedb.storage.api.AdvisoryLock lock) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void unlockAllAdvisory() {
        throw new UnsupportedOperationException();
    }

    @Override
    public java.nio.ByteBuffer systemState(String what) {
        throw new UnsupportedOperationException();
    }

    @Override
    public double random() {
        return ThreadLocalRandom.current().nextDouble();
    }

    @Override
    public void setSeed(double seed) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long clockMicros() {
        return 1_700_000_000_000_000L;
    }
}
