package io.kadedb.server.session;

import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.control.CancelToken;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.security.Principal;
import io.kadedb.storage.api.SqlTransaction;
import io.kadedb.storage.api.StoreSetting;
import io.kadedb.storage.api.TransactionOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Computes the changed buckets of continuous aggregates in the background, so that queries find their rows stored: at the
 * interval that the database's setting says, one aggregate after the other, each in a transaction of its own.
 */
public final class AggregateRefresh implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AggregateRefresh.class);
    /** How soon a change of the setting counts. */
    private static final Duration TICK = Duration.ofSeconds(1);

    private final Services services;
    private long last;
    private volatile @Nullable CancelToken running;
    private volatile boolean closed;

    public AggregateRefresh(Services services) {
        this.services = services;
        this.last = services.clock().nanoTime();
    }

    /** Begins to work. */
    public void start() {
        services.scheduler().schedule(TICK, () -> {
            if (!closed) {
                try {
                    tick();
                } finally {
                    start();
                }
            }
        });
    }

    private void tick() {
        long interval = services.store().setting(StoreSetting.AGGREGATE_REFRESH);
        long now = services.clock().nanoTime();
        if (interval == 0 || now - last < TimeUnit.MILLISECONDS.toNanos(interval)) {
            return;
        }
        try {
            changed().forEach(this::refresh);
        } catch (KadeException e) {
            LOG.warn("continuous aggregates are not looked at", e);
        }
        last = services.clock().nanoTime();
    }

    /** The aggregates with changed buckets. */
    private List<TableDefinition> changed() {
        try (SqlTransaction transaction = services.store().begin(TransactionOptions.DEFAULT)) {
            return transaction.catalog().schemas().values().stream()
                    .flatMap(schema -> schema.tables().values().stream())
                    .filter(table -> table.continuous().isPresent()
                            && !transaction.buckets().of(table).isEmpty())
                    .toList();
        }
    }

    /** One round of an aggregate; one that is in somebody's way, or cannot be computed, is left to the next. */
    private void refresh(TableDefinition view) {
        if (closed) {
            return;
        }
        String sql = "REFRESH MATERIALIZED VIEW " + quoted(view.schema()) + "." + quoted(view.name());
        try (Session session = new LocalSession("aggregates", services, Principal.EMBEDDED_OWNER)) {
            CancelToken token = session.newToken(0);
            running = token;
            session.execute(session.parse(sql).getFirst(), List.of(), token).close();
        } catch (KadeException e) {
            if (!closed && e.code() != ErrorCode.SERIALIZATION_FAILURE) {
                LOG.warn("continuous aggregate {} is not refreshed: {}", view.qualifiedName(), e.getMessage());
            }
        } finally {
            running = null;
        }
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** Stops what runs, and begins nothing more. */
    @Override
    public void close() {
        closed = true;
        CancelToken token = running;
        if (token != null) {
            token.cancel();
        }
    }
}
