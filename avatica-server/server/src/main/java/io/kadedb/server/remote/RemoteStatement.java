package io.kadedb.server.remote;

import io.kadedb.common.control.CancelToken;
import io.kadedb.common.type.Field;
import io.kadedb.parser.ParsedStatement;
import io.kadedb.server.jdbc.FrameColumn;
import io.kadedb.server.session.DirectRead;
import io.kadedb.server.session.DirectWrite;
import io.kadedb.server.session.Session;
import io.kadedb.storage.api.LatestRows;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A statement a client has: its text once it is prepared, and its open rows. Belongs to its session's thread. */
final class RemoteStatement implements AutoCloseable {
    private final int id;
    private final Optional<Prepared> prepared;
    private final boolean lasting;
    private @Nullable FrameCursor cursor;
    private @Nullable DirectRead direct;
    private @Nullable DirectWrite directWrite;
    private FrameColumn[] frame = {};
    private int parameterCount;
    private String text = "";
    private volatile @Nullable CancelToken token;

    /** What preparing found out. */
    record Prepared(ParsedStatement statement, String text, Session.Description description, ZoneId zone) {
        /** Whether rows are what its client was told they are. */
        boolean describes(List<Field> columns, ZoneId now) {
            return now.equals(zone) && description.columns().equals(columns);
        }
    }

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

    /** What was prepared, for errors. */
    String preparedText() {
        return prepared.map(Prepared::text).orElse("");
    }

    boolean isLasting() {
        return lasting;
    }

    @Nullable
    CancelToken token() {
        return token;
    }

    /**
     * Reads or writes the row of a statement that does no more, as an answer; null when it is to be executed.
     *
     * @param waiting for a row that somebody else has locked; null not to wait
     */
    byte @Nullable [] runDirectly(@Nullable Object[] parameters, @Nullable Supplier<CancelToken> waiting) {
        if (parameters.length != parameterCount) {
            return null;
        }
        DirectWrite write = directWrite;
        if (write != null) {
            long rows = write.run(parameters, waiting);
            return rows == DirectWrite.UNKNOWN ? null : CompactAnswer.count(rows);
        }
        DirectRead read = direct;
        return read == null ? null : readDirectly(read, parameters);
    }

    private byte @Nullable [] readDirectly(DirectRead read, @Nullable Object[] parameters) {
        close();
        LatestRows.Answer answer = read.read(parameters);
        if (answer != LatestRows.Answer.FOUND) {
            return answer == LatestRows.Answer.MISSING ? CompactAnswer.noRow() : null;
        }
        for (int i = 0; i < frame.length; i++) {
            frame[i].load(read.row(), i);
        }
        return CompactAnswer.row(frame, read.zone());
    }

    /** Takes the direct way if there is one to write. */
    void knowDirectWrite(Session session, Prepared of) {
        directWrite = session.directWrite(of.statement());
        parameterCount = of.description().parameters().size();
    }

    /** Takes the direct way if there is one whose rows are as they were described. */
    void knowDirectRead(Session session, Prepared of) {
        DirectRead read = session.directRead(of.statement());
        if (read == null || !of.describes(read.columns(), read.zone())) {
            direct = null;
        } else if (read != direct) {
            frame = read.columns().stream()
                    .map(Field::type)
                    .map(FrameColumn::new)
                    .toArray(FrameColumn[]::new);
            parameterCount = of.description().parameters().size();
            direct = read;
        }
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
