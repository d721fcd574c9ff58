package io.kadedb.storage.simulation;

import com.apple.foundationdb.Database;
import com.apple.foundationdb.Transaction;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.storage.api.KeySpace;
import io.kadedb.storage.api.KeySpaceLimits;
import io.kadedb.storage.api.SegmentReads;
import io.kadedb.storage.api.StagedWrites;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;

/**
 * A key space that stops before a chosen change: as if the process had died, nothing after it happens. What is beneath
 * stays open, so that another store can look at what was left.
 */
public final class CrashingKeySpace implements KeySpace {
    private final KeySpace inner;
    private long changes;
    private long crashBefore = Long.MAX_VALUE;

    public CrashingKeySpace(KeySpace inner) {
        this.inner = inner;
    }

    /** Changes made so far: commits, pieces of bulk loads, removals. */
    public long changes() {
        return changes;
    }

    /** Lets so many more changes happen, and none after them. */
    public void crashAfter(long more) {
        crashBefore = changes + more;
    }

    private void change() {
        if (changes >= crashBefore) {
            throw KadeException.of(ErrorCode.IO_ERROR, "the process died");
        }
        changes++;
    }

    @Override
    public Database database() {
        Database database = inner.database();
        return proxy(Database.class, (proxy, method, arguments) -> {
            Object result = invoke(method, database, arguments);
            return result instanceof Transaction transaction ? crashing(transaction) : result;
        });
    }

    private Transaction crashing(Transaction transaction) {
        return proxy(Transaction.class, new CrashingTransaction(transaction));
    }

    /** Passes everything on until the crash. */
    private final class CrashingTransaction implements InvocationHandler {
        private final Transaction transaction;

        CrashingTransaction(Transaction transaction) {
            this.transaction = transaction;
        }

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
            if (method.getName().equals("commit")) {
                try {
                    change();
                } catch (KadeException e) {
                    return CompletableFuture.failedFuture(e);
                }
            }
            return CrashingKeySpace.invoke(method, transaction, arguments);
        }
    }

    @Override
    public void validate(Transaction transaction) {
        CrashingTransaction crashing = (CrashingTransaction) Proxy.getInvocationHandler(transaction);
        inner.validate(crashing.transaction);
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static Object invoke(Method method, Object target, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @Override
    public long currentVersion() {
        return inner.currentVersion();
    }

    @Override
    public long oldestVersion() {
        return inner.oldestVersion();
    }

    @Override
    public Pin pin(long version) {
        return inner.pin(version);
    }

    @Override
    public SegmentReads segments() {
        return inner.segments();
    }

    @Override
    public StagedWrites stage(byte[] prefix) {
        StagedWrites stage = inner.stage(prefix);
        return new StagedWrites() {
            @Override
            public void set(byte[] key, byte[] value) {
                change();
                stage.set(key, value);
            }

            @Override
            public void set(byte[] key, MemorySegment value) {
                change();
                stage.set(key, value);
            }

            @Override
            public void makeDurable() {
                change();
                stage.makeDurable();
            }

            @Override
            public long bytes() {
                return stage.bytes();
            }

            @Override
            public void close() {
                stage.close();
            }
        };
    }

    @Override
    public void discard(byte[] prefix) {
        change();
        inner.discard(prefix);
    }

    @Override
    public void collectGarbage() {
        change();
        inner.collectGarbage();
    }

    @Override
    public KeySpaceLimits limits() {
        return inner.limits();
    }

    /** Leaves what is beneath open. */
    @Override
    public void close() {}
}
