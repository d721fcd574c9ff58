package io.kadedb.server.remote;

import io.kadedb.common.control.CancelToken;
import io.kadedb.parser.ParsedStatement;
import io.kadedb.server.session.Session;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A statement a client has: its text once it is prepared, and its open rows. Belongs to its session's thread. */
final class RemoteStatement implements AutoCloseable {
    private final int id;
    private final Optional<Prepared> prepared;
    private final boolean lasting;
    private @Nullable FrameCursor cursor;
    private String text = "";
    private volatile @Nullable CancelToken token;

    /** What preparing found out. */
    record Prepared(ParsedStatement statement, String text, Session.Description description) {}

    /** @param lasting whether it is known until its client closes it, not only while it has rows */
    RemoteStatement(int id, Optional<Prepared> prepared, boolean lasting) {
        this.id = id;
        this.prepared = prepared;
        this.lasting = lasting;
    }

    int id() {
        return id;
    }

    Optional<Prepared> prepared() {
        return prepared;
    }

    boolean isLasting() {
        return lasting;
    }

    @Nullable
    CancelToken token() {
        return token;
    }

    /** Takes the rows of a new execution; those of the one before are closed. */
    void opens(FrameCursor rows, String executed, CancelToken running) {
        close();
        cursor = rows;
        text = executed;
        token = running;
    }

    Optional<FrameCursor> cursor() {
        return Optional.ofNullable(cursor);
    }

    /** What was executed, for errors. */
    String text() {
        return text;
    }

    /** Whether rows are left to be fetched. */
    boolean isOpen() {
        FrameCursor rows = cursor;
        return rows != null && !rows.isDone();
    }

    @Override
    public void close() {
        if (cursor != null) {
            cursor.close();
            cursor = null;
        }
    }
}
