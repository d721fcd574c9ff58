package io.kadedb.server.session;

import io.kadedb.common.catalog.CatalogSnapshot;
import io.kadedb.common.control.CancelToken;
import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.parser.ParsedStatement;
import java.io.InputStream;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One client's conversation with a database: identity, settings, transaction and the statements that run. Every protocol
 * is a translation of this interface.
 *
 * <p>Belongs to one thread at a time, but for {@link #cancel} and the tokens. All methods fail with
 * {@link io.kadedb.common.error.KadeException} only: whatever else goes wrong inside becomes XX000 with a query id that
 * the log explains.
 */
public interface Session extends AutoCloseable {
    String id();

    /** The name of the database it talks to. */
    String database();

    /** Reads all statements of a text; 42601 with its place. */
    List<ParsedStatement> parse(String text);

    /** What a statement takes and gives, without running it. */
    Description describe(ParsedStatement statement);

    /**
     * Types of a statement's parameters and of its rows.
     *
     * @param hasRows false for definitions and modifications without RETURNING, whose {@code columns} are empty
     */
    record Description(List<SqlType> parameters, boolean hasRows, List<Field> columns) {}

    /**
     * A token to run a statement with.
     *
     * @param timeoutMillis the client's own deadline; 0 for that of the setting {@code statement_timeout}; the earlier
     *     counts
     */
    CancelToken newToken(long timeoutMillis);

    /**
     * Runs a statement. A modification or definition has run when this returns; a query runs while its rows are pulled.
     * Outside a block the statement is its own transaction, which ends with it; on a conflict (40001) it is run again a
     * bounded number of times.
     *
     * @param parameters one for each parameter, as Java values that fit or convert to the declared types
     */
    Portal execute(ParsedStatement statement, List<? extends @Nullable Object> parameters, CancelToken token);

    /**
     * Runs COPY .. FROM STDIN, which has run when this returns. It is not run again when it loses a conflict (40001), since
     * what was sent is gone.
     *
     * @param rows read to its end, by other threads than the caller's, and not closed
     */
    Portal copyIn(ParsedStatement statement, InputStream rows, CancelToken token);

    /**
     * The direct way to run a statement that was run before, to be tried first as long as it answers; null where there is
     * none.
     */
    @Nullable
    DirectRead directRead(ParsedStatement statement);

    /** The direct way to run a statement that writes, see {@link #directRead}. */
    @Nullable
    DirectWrite directWrite(ParsedStatement statement);

    /** Stops whatever runs now, from another thread. */
    void cancel();

    TransactionStatus status();

    /** Whether statements outside a block are transactions of their own; true at first. */
    boolean autocommit();

    /** Turning it on commits a block; while it is off a statement outside a block begins one. */
    void setAutocommit(boolean on);

    /** Ends the block, if there is one; a failed block is rolled back with 25P02. */
    void commit();

    /** Undoes the block, if there is one. */
    void rollback();

    /** Whether new transactions may only read. */
    boolean readOnly();

    void setReadOnly(boolean on);

    /** A setting's value as SHOW gives it; 42704 with candidates. */
    String setting(String name);

    /** Changes a setting; 42704, 22023. */
    void set(String name, String value);

    ZoneId timeZone();

    /** The catalog as the block sees it, or the newest. */
    CatalogSnapshot catalog();

    /**
     * Tells which of the client's statements runs from now on: notices name it.
     *
     * @param statement {@link Notice#NO_STATEMENT} for none
     */
    void begins(int statement);

    /** The notices since the last call. */
    List<Notice> takeNotices();

    /** Rolls back, and stops what runs. */
    @Override
    void close();
}
