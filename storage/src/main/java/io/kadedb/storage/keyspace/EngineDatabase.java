package io.kadedb.storage.keyspace;

import com.apple.foundationdb.DatabaseOptions;
import com.apple.foundationdb.EventKeeper;
import com.apple.foundationdb.OptionConsumer;
import com.apple.foundationdb.Transaction;
import io.kadedb.common.seam.Clock;
import io.kadedb.storage.api.KeySpaceLimits;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The fdb-java database over one of our own engines. */
final class EngineDatabase implements DatabaseOverloads, OptionConsumer {
    private final VersionedStore store;
    private final Sequencer sequencer;
    private final KeySpaceLimits limits;
    private final Clock clock;
    private final DatabaseOptions options = new DatabaseOptions(this);
    private final List<DefaultOption> defaults = new CopyOnWriteArrayList<>();

    private record DefaultOption(int code, byte @Nullable [] parameter) {}

    EngineDatabase(VersionedStore store, Sequencer sequencer, KeySpaceLimits limits, Clock clock) {
        this.store = store;
        this.sequencer = sequencer;
        this.limits = limits;
        this.clock = clock;
    }

    VersionedStore store() {
        return store;
    }

    Sequencer sequencer() {
        return sequencer;
    }

    KeySpaceLimits limits() {
        return limits;
    }

    Clock clock() {
        return clock;
    }

    @Override
    public Transaction createTransaction(Executor executor) {
        sequencer.ensureUsable();
        TransactionSettings settings = new TransactionSettings(limits.transactionBytes());
        for (DefaultOption option : defaults) {
            settings.setOption(option.code, option.parameter);
        }
        return new EngineTransaction(this, executor, settings);
    }

    @Override
    public Transaction createTransaction(Executor executor, @Nullable EventKeeper eventKeeper) {
        return createTransaction(executor);
    }

    @Override
    public DatabaseOptions options() {
        return options;
    }

    /** Options of a database are those that its transactions start with. */
    @Override
    public void setOption(int code, byte @Nullable [] parameter) {
        switch (code) {
            case 26 -> defaults.add(new DefaultOption(600, null));
            case 27 -> defaults.add(new DefaultOption(601, null));
            default -> {
                new TransactionSettings(limits.transactionBytes()).setOption(code, parameter);
                defaults.add(new DefaultOption(code, parameter));
            }
        }
    }
}
