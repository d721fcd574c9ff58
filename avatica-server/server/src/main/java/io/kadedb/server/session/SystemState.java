package io.kadedb.server.session;

import io.kadedb.common.catalog.CatalogSnapshot;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.json.JsonbBuilder;
import io.kadedb.storage.api.Deadlock;
import io.kadedb.storage.api.LockState;
import io.kadedb.storage.api.LockWait;
import io.kadedb.storage.api.TransactionUsage;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** What views of the system show: {@code kade_locks}, {@code kade_deadlocks}, {@code kade_transactions}. */
final class SystemState {
    private final Services services;

    SystemState(Services services) {
        this.services = services;
    }

    /**
     * An array of objects.
     *
     * @param catalog names what is locked
     */
    ByteBuffer of(String what, CatalogSnapshot catalog) {
        JsonbBuilder json = new JsonbBuilder();
        json.startArray();
        switch (what) {
            case "locks" -> {
                Map<Long, String> names = names(catalog);
                services.store().locks().forEach(lock -> add(json, lock, names));
            }
            case "deadlocks" -> services.store().deadlocks().forEach(deadlock -> add(json, deadlock));
            case "transactions" -> services.transactions().all().forEach(transaction -> add(json, transaction));
            default ->
                throw KadeException.of(
                                ErrorCode.INVALID_PARAMETER_VALUE, "the system has no state called \"" + what + "\"")
                        .hint("there are locks, deadlocks, partitions and transactions");
        }
        return json.end().buildBuffer();
    }

    private static Map<Long, String> names(CatalogSnapshot catalog) {
        Map<Long, String> names = new HashMap<>();
        catalog.schemas()
                .values()
                .forEach(schema -> schema.tables()
                        .values()
                        .forEach(table -> names.put(
                                table.id(),
                                schema.name().equals(CatalogSnapshot.DEFAULT_SCHEMA)
                                        ? table.name()
                                        : table.qualifiedName())));
        return names;
    }

    private static void add(JsonbBuilder json, LockState lock, Map<Long, String> names) {
        json.startObject();
        text(json, "session", lock.owner());
        text(json, "relation", lock.tableId() < 0 ? "(advisory)" : names.getOrDefault(lock.tableId(), ""));
        text(json, "mode", lock.mode().text());
        json.key("granted").truth(lock.granted());
        json.key("rows").integer(lock.rows());
        if (!lock.granted()) {
            text(json, "target", lock.target());
            text(json, "blocked_by", String.join(", ", lock.blockers()));
            json.key("waited_ms").integer(lock.waitedMillis());
        }
        json.end();
    }

    private static void add(JsonbBuilder json, Deadlock deadlock) {
        for (LockWait wait : deadlock.waits()) {
            json.startObject();
            text(json, "happened_at", time(deadlock.epochMicros()));
            text(json, "victim", deadlock.victim());
            text(json, "session", wait.owner());
            text(json, "waits_for", wait.target());
            text(json, "blocked_by", String.join(", ", wait.blockers()));
            json.end();
        }
    }

    private void add(JsonbBuilder json, ActiveTransaction transaction) {
        TransactionUsage usage = transaction.storage().usage();
        json.startObject();
        json.key("id").integer(transaction.number());
        text(json, "session", transaction.session());
        text(json, "application_name", transaction.application());
        text(json, "state", transaction.state());
        text(json, "began", time(transaction.startMicros()));
        json.key("age_ms").integer((services.clock().wallMicros() - transaction.startMicros()) / 1_000);
        text(
                json,
                "isolation",
                transaction
                        .storage()
                        .isolation()
                        .name()
                        .toLowerCase(Locale.ROOT)
                        .replace('_', ' '));
        json.key("read_only").truth(transaction.storage().isHistorical() || transaction.isReadOnly());
        usage.snapshot().ifPresent(version -> {
            text(json, "snapshot", time(version));
            json.key("snapshot_version").integer(version);
        });
        json.key("read_bytes").integer(usage.readBytes());
        json.key("written_bytes").integer(usage.writtenBytes());
        text(json, "statement", transaction.statement());
        json.end();
    }

    private static void text(JsonbBuilder json, String key, String value) {
        json.key(key).string(value);
    }

    private static String time(long epochMicros) {
        return Instant.EPOCH.plus(epochMicros, ChronoUnit.MICROS).toString();
    }
}
