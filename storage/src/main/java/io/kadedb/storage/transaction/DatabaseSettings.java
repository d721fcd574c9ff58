package io.kadedb.storage.transaction;

import com.apple.foundationdb.Transaction;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.storage.api.KeySpace;
import io.kadedb.storage.api.KeySpaceSettings;
import io.kadedb.storage.api.StoreSetting;
import io.kadedb.storage.format.v1.KeyLayout;
import io.kadedb.storage.table.TableStorage;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;

/** The settings that are kept with a database, and what they are where nothing was set. Thread-safe. */
final class DatabaseSettings {
    private static final Duration AGGREGATE_REFRESH = Duration.ofSeconds(30);

    private final TableStorage storage;
    private final Map<StoreSetting, Long> defaults;
    private final Map<StoreSetting, Long> values = new EnumMap<>(StoreSetting.class);

    DatabaseSettings(TableStorage storage, StoreConfig config) {
        this.storage = storage;
        this.defaults = Map.of(
                StoreSetting.HISTORY_RETENTION, config.retention().toMillis(),
                StoreSetting.HISTORY_LIMIT, config.historyBytes(),
                StoreSetting.TRANSACTION_WINDOW,
                        KeySpaceSettings.DEFAULT.transactionWindow().toMillis(),
                StoreSetting.AGGREGATE_REFRESH, AGGREGATE_REFRESH.toMillis(),
                StoreSetting.FOLDING, 1L);
    }

    /** Reads what was set, and lets the engine know. */
    synchronized void load() {
        Map<StoreSetting, Long> stored = storage.commit(transaction -> {
            Map<StoreSetting, Long> read = new EnumMap<>(StoreSetting.class);
            for (StoreSetting setting : StoreSetting.values()) {
                read(transaction, setting).ifPresent(value -> read.put(setting, value));
            }
            return read;
        });
        values.putAll(stored);
        if (!stored.isEmpty()) {
            tellEngine();
        }
    }

    private static OptionalLong read(Transaction transaction, StoreSetting setting) {
        byte[] value = transaction.get(KeyLayout.setting(setting.key())).join();
        if (value == null) {
            return OptionalLong.empty();
        }
        if (value.length != Long.BYTES) {
            throw KadeException.of(ErrorCode.DATA_CORRUPTED, "the database's setting " + setting.key() + " is damaged");
        }
        return OptionalLong.of(ByteBuffer.wrap(value).getLong());
    }

    synchronized long value(StoreSetting setting) {
        Long value = values.get(setting);
        return value == null ? defaults.getOrDefault(setting, 0L) : value;
    }

    synchronized void set(StoreSetting setting, OptionalLong value) {
        value.ifPresent(number -> {
            if (number < setting.least() || number > setting.greatest()) {
                throw KadeException.of(
                        ErrorCode.INVALID_PARAMETER_VALUE,
                        "setting " + setting.key() + " cannot be " + number + ": it is " + setting.least() + " to "
                                + setting.greatest());
            }
        });
        byte[] key = KeyLayout.setting(setting.key());
        storage.commit(transaction -> {
            value.ifPresentOrElse(
                    number -> transaction.set(
                            key, ByteBuffer.allocate(Long.BYTES).putLong(number).array()),
                    () -> transaction.clear(key));
            return true;
        });
        value.ifPresentOrElse(number -> values.put(setting, number), () -> values.remove(setting));
        tellEngine();
    }

    private void tellEngine() {
        KeySpace engine = storage.keySpace().stored();
        engine.keep(
                Duration.ofMillis(value(StoreSetting.HISTORY_RETENTION)),
                value(StoreSetting.HISTORY_LIMIT),
                Duration.ofMillis(value(StoreSetting.TRANSACTION_WINDOW)));
    }
}
