package io.kadedb.server.session;

import io.kadedb.common.catalog.CatalogSnapshot;
import io.kadedb.common.catalog.SchemaDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.planner.api.StatisticsSource;
import io.kadedb.storage.api.SqlTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/**
 * A transaction of a session: that of a block, or of one statement. Belongs to the session's thread.
 */
final class ActiveTransaction implements AutoCloseable {
    private static final int MOST_TEXT = 10_000;

    private final OpenTransactions transactions;
    private final long number;
    private final String session;
    private final SqlTransaction storage;
    private final SeenCatalog seen;
    private final long startMicros;
    private final List<QueryPortal> open = new ArrayList<>();
    private final List<UnfinishedIndex> unfinished = new ArrayList<>();
    private boolean alone;
    private volatile String statement = "";
    private volatile String application = "";
    private volatile boolean running;
    private volatile boolean failed;
    private volatile boolean readOnly;

    /**
     * A transaction.
     *
     * @param transactions where it is known until it is closed
     * @param session the session's name
     * @param seen how its session sees catalogs
     * @param startMicros what {@code now()} says throughout the transaction
     */
    ActiveTransaction(
            OpenTransactions transactions, String session, SqlTransaction storage, SeenCatalog seen, long startMicros) {
        this.transactions = transactions;
        this.number = transactions.nextNumber();
        this.session = session;
        this.storage = storage;
        this.seen = seen;
        this.startMicros = startMicros;
        transactions.add(this);
    }

    /** An index that is built when the transaction has committed. */
    record UnfinishedIndex(String schema, String table, String index) {}

    /** Lets the transaction of a single statement leave work for afterwards. */
    void beAlone() {
        alone = true;
    }

    /** Whether it is that of a single statement, outside any block. */
    boolean isAlone() {
        return alone;
    }

    void leave(UnfinishedIndex index) {
        unfinished.add(index);
    }

    /** What is left to be done after the commit. */
    List<UnfinishedIndex> unfinished() {
        return List.copyOf(unfinished);
    }

    /** Later transactions have greater numbers. */
    long number() {
        return number;
    }

    String session() {
        return session;
    }

    /** Notes what it runs now, for others to see. */
    void begins(String text, SessionSettings settings) {
        statement = text.length() > MOST_TEXT ? text.substring(0, MOST_TEXT) : text;
        application = settings.value(Setting.APPLICATION_NAME);
        readOnly = settings.flag(Setting.TRANSACTION_READ_ONLY);
        running = true;
    }

    /** Notes that it runs nothing. */
    void ends() {
        running = false;
    }

    /** Notes that nothing but its end is accepted, or that it goes on after all. */
    void fails(boolean now) {
        failed = now;
    }

    /** In PostgreSQL's words. */
    String state() {
        return running ? "active" : failed ? "idle in transaction (aborted)" : "idle in transaction";
    }

    /** What it runs, or ran last. */
    String statement() {
        return statement;
    }

    String application() {
        return application;
    }

    boolean isReadOnly() {
        return readOnly;
    }

    SqlTransaction storage() {
        return storage;
    }

    long startMicros() {
        return startMicros;
    }

    /** As the session sees it. */
    CatalogSnapshot catalog() {
        return seen.of(storage.catalog());
    }

    /** Portals that still pull rows; they are set apart before anything else happens in the transaction. */
    void opened(QueryPortal portal) {
        open.add(portal);
    }

    void closed(QueryPortal portal) {
        open.remove(portal);
    }

    /** Whether portals still pull rows. */
    boolean hasOpenPortals() {
        return !open.isEmpty();
    }

    /** Copies what open portals have left to give, so that the transaction may go on or end beneath them. */
    void detachPortals() {
        if (!open.isEmpty()) {
            List.copyOf(open).forEach(QueryPortal::detach);
            open.clear();
        }
    }

    /** Stops the open portals: their transaction was rolled back. */
    void abandonPortals() {
        if (!open.isEmpty()) {
            List.copyOf(open).forEach(QueryPortal::abandon);
            open.clear();
        }
    }

    LongFunction<TableDefinition> tables() {
        CatalogSnapshot catalog = catalog();
        return id -> find(catalog, id);
    }

    private static TableDefinition find(CatalogSnapshot catalog, long id) {
        for (SchemaDefinition schema : catalog.schemas().values()) {
            for (TableDefinition table : schema.tables().values()) {
                if (table.id() == id) {
                    return table;
                }
            }
        }
        throw KadeException.of(ErrorCode.UNDEFINED_TABLE, "the table with id " + id + " was dropped");
    }

    /** What the planner of one statement asks. */
    StatisticsSource statistics() {
        return new TransactionStatistics(storage);
    }

    void commit() {
        detachPortals();
        storage.commit();
    }

    @Override
    public void close() {
        transactions.remove(this);
        abandonPortals();
        storage.close();
    }
}
