package io.kadedb.server.remote;

import io.kadedb.common.control.CancelToken;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ParsedStatement;
import io.kadedb.server.session.Portal;
import io.kadedb.server.session.Session;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.remote.Service;
import org.jspecify.annotations.Nullable;

/**
 * A client's session: one request at a time, in whichever threads they arrive. Only {@link #cancel} and {@link #close}
 * interrupt a request that runs.
 */
public final class RemoteSession implements AutoCloseable {
    private static final int MAX_STATEMENTS = 10_000;
    private static final long CLOSE_RETRY_MILLIS = 20;

    private final String id;
    private final Session session;
    private final Client client;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Integer, RemoteStatement> statements = new ConcurrentHashMap<>();
    private int lastStatement;
    private volatile long lastUsedNanos = System.nanoTime();
    private volatile boolean closed;

    RemoteSession(String id, Session session, Client client) {
        this.id = id;
        this.session = session;
        this.client = client;
    }

    String id() {
        return id;
    }

    Session session() {
        return session;
    }

    Client client() {
        return client;
    }

    /** Whether it waited that long for a request. */
    boolean isIdleFor(long nanos) {
        return !lock.isLocked() && System.nanoTime() - lastUsedNanos > nanos;
    }

    /** Whether a request runs, or rows are left to be fetched. */
    boolean isBusy() {
        if (!lock.tryLock()) {
            return true;
        }
        try {
            return statements.values().stream().anyMatch(RemoteStatement::isOpen);
        } finally {
            lock.unlock();
        }
    }

    /** Does work that a closed session needs no more. */
    void whenOpen(Runnable work) {
        lock.lock();
        try {
            if (!closed) {
                work.run();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Does a request's work; requests that come meanwhile wait. */
    <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            if (closed) {
                throw KadeException.of(ErrorCode.CONNECTION_DOES_NOT_EXIST, "the session was closed");
            }
            return work.get();
        } finally {
            lastUsedNanos = System.nanoTime();
            lock.unlock();
        }
    }

    RemoteStatement createStatement(Optional<RemoteStatement.Prepared> prepared) {
        if (statements.size() >= MAX_STATEMENTS) {
            throw KadeException.of(
                            ErrorCode.CONFIGURATION_LIMIT_EXCEEDED,
                            "the connection has " + MAX_STATEMENTS + " open statements")
                    .hint("close statements that are no longer used");
        }
        RemoteStatement statement = new RemoteStatement(++lastStatement, prepared, true);
        statements.put(statement.id(), statement);
        return statement;
    }

    /** A statement that is known only while it has rows. */
    private RemoteStatement passing(int number) {
        RemoteStatement statement = new RemoteStatement(number, Optional.empty(), false);
        statements.put(number, statement);
        return statement;
    }

    private void forgetIfDone(RemoteStatement statement) {
        if (!statement.isLasting() && !statement.isOpen()) {
            closeStatement(statement.id());
        }
    }

    /** A number no statement has. */
    int freeStatementId() {
        return ++lastStatement;
    }

    Optional<RemoteStatement> statement(int number) {
        return Optional.ofNullable(statements.get(number));
    }

    /** A statement to execute; our driver numbers those it does not prepare itself, below zero. */
    Optional<RemoteStatement> executable(int number) {
        Optional<RemoteStatement> known = statement(number);
        return known.isEmpty() && number < 0 && client.encoding() == Encoding.EXACT
                ? Optional.of(passing(number))
                : known;
    }

    /** Ends a statement's rows. */
    void closeRows(int number) {
        statement(number).ifPresent(statement -> {
            statement.close();
            forgetIfDone(statement);
        });
    }

    /** The next rows of a statement; empty if it has none. */
    Optional<Meta.Frame> fetch(RemoteStatement statement, long wantedRows) {
        try {
            return statement.cursor().map(cursor -> reported(statement.text(), () -> cursor.next(wantedRows)));
        } finally {
            forgetIfDone(statement);
        }
    }

    void closeStatement(int number) {
        RemoteStatement statement = statements.remove(number);
        if (statement != null) {
            statement.close();
        }
    }

    RemoteStatement prepare(String text) {
        List<ParsedStatement> parsed = reported(text, () -> session.parse(text));
        if (parsed.size() != 1) {
            throw KadeException.of(
                    ErrorCode.SYNTAX_ERROR,
                    "a prepared statement is one statement, and this text has " + parsed.size());
        }
        Session.Description description = reported(text, () -> session.describe(parsed.getFirst()));
        return createStatement(
                Optional.of(new RemoteStatement.Prepared(parsed.getFirst(), text, description, session.timeZone())));
    }

    /** What to execute for a statement, and how. */
    record Execution(
            String text,
            List<ParsedStatement> statements,
            List<? extends @Nullable Object> parameters,
            long maxRows,
            long firstFrameRows) {}

    /** Runs statements one after the other; the rows of the first are the given statement's. */
    List<Service.ResultSetResponse> execute(RemoteStatement target, Execution execution, RequestContext context) {
        target.close();
        CancelToken token = session.newToken(context.timeoutMillis());
        context.runs(token);
        session.begins(target.id());
        List<RemoteStatement> opened = new ArrayList<>();
        boolean done = false;
        try {
            List<Service.ResultSetResponse> results = reported(execution.text(), () -> {
                List<Service.ResultSetResponse> each = new ArrayList<>();
                for (ParsedStatement parsed : execution.statements()) {
                    RemoteStatement owner = each.isEmpty() ? target : passing(++lastStatement);
                    opened.add(owner);
                    each.add(run(parsed, owner, execution, token));
                    forgetIfDone(owner);
                }
                return each;
            });
            done = true;
            return results;
        } finally {
            if (!done) {
                opened.forEach(statement -> closeRows(statement.id()));
            }
        }
    }

    private Service.ResultSetResponse run(
            ParsedStatement parsed, RemoteStatement owner, Execution execution, CancelToken token) {
        Portal portal = session.execute(parsed, execution.parameters(), token);
        if (!portal.hasRows()) {
            owner.close();
            return new Service.ResultSetResponse(
                    id, owner.id(), false, null, null, portal.updateCount(), Requests.METADATA);
        }
        FrameCursor cursor = new FrameCursor(portal, client.encoding(), session.timeZone(), execution.maxRows());
        owner.opens(cursor, execution.text(), token);
        return response(owner, execution.text(), portal, cursor.next(execution.firstFrameRows()));
    }

    /** The answer to a call that waits for nobody and takes no time; null if it is to be executed. */
    byte @Nullable [] runDirectly(PreparedCall call) {
        if (!lock.tryLock()) {
            return null;
        }
        try {
            RemoteStatement target = closed ? null : statements.get(call.statement());
            return target == null
                    ? null
                    : reported(target.preparedText(), () -> target.runDirectly(call.parameters(), null));
        } finally {
            lastUsedNanos = System.nanoTime();
            lock.unlock();
        }
    }

    /** What a prepared statement came to: in the short form where that says all, else as a response. */
    record Outcome(byte @Nullable [] compact, Service.@Nullable Response response) {}

    /** Runs a prepared statement. */
    Outcome execute(PreparedCall call, RequestContext context) {
        RemoteStatement target = statements.get(call.statement());
        if (target == null) {
            return new Outcome(null, new Service.ExecuteResponse(List.of(), true, Requests.METADATA));
        }
        RemoteStatement.Prepared prepared = target.prepared()
                .orElseThrow(() -> KadeException.of(
                        ErrorCode.PROTOCOL_VIOLATION, "statement " + target.id() + " was not prepared"));
        target.close();
        CancelToken token = session.newToken(context.timeoutMillis());
        context.runs(token);
        boolean done = false;
        try {
            Outcome outcome = reported(prepared.text(), () -> run(target, prepared, call, token));
            done = true;
            return outcome;
        } finally {
            if (!done) {
                closeRows(target.id());
            }
        }
    }

    private Outcome run(
            RemoteStatement target, RemoteStatement.Prepared prepared, PreparedCall call, CancelToken token) {
        byte[] direct = target.runDirectly(call.parameters(), () -> token);
        if (direct != null) {
            return new Outcome(direct, null);
        }
        session.begins(target.id());
        Portal portal = session.execute(prepared.statement(), Arrays.asList(call.parameters()), token);
        if (!portal.hasRows()) {
            target.knowDirectWrite(session, prepared);
            return new Outcome(CompactAnswer.count(portal.updateCount()), null);
        }
        FrameCursor cursor = new FrameCursor(portal, client.encoding(), session.timeZone(), 0);
        target.opens(cursor, prepared.text(), token);
        Meta.Frame frame = cursor.next(call.firstRows());
        target.knowDirectRead(session, prepared);
        if (frame.done && prepared.describes(portal.columns(), session.timeZone())) {
            List<Object> rows = new ArrayList<>();
            frame.rows.forEach(rows::add);
            return new Outcome(CompactAnswer.rows(portal.updateCount(), rows), null);
        }
        Service.ResultSetResponse response = response(target, prepared.text(), portal, frame);
        return new Outcome(null, new Service.ExecuteResponse(List.of(response), false, Requests.METADATA));
    }

    private Service.ResultSetResponse response(
            RemoteStatement owner, String text, Portal portal, Meta.Frame firstFrame) {
        return new Service.ResultSetResponse(
                id,
                owner.id(),
                false,
                client.encoding().signature(text, session.timeZone(), List.of(), portal.columns(), true),
                firstFrame,
                // The stock client takes a count to mean that there are no rows.
                client.encoding() == Encoding.EXACT ? portal.updateCount() : Portal.NO_COUNT,
                Requests.METADATA);
    }

    /** Runs COPY .. FROM STDIN; gives the rows stored. */
    long copyIn(String text, InputStream rows, RequestContext context) {
        return reported(text, () -> {
            List<ParsedStatement> parsed = session.parse(text);
            if (parsed.size() != 1) {
                throw KadeException.of(
                        ErrorCode.SYNTAX_ERROR, "COPY is one statement, and this text has " + parsed.size());
            }
            CancelToken token = session.newToken(context.timeoutMillis());
            context.runs(token);
            try (Portal portal = session.copyIn(parsed.getFirst(), rows, token)) {
                return portal.updateCount();
            }
        });
    }

    /** Runs one member of a batch; gives the rows written. */
    long update(ParsedStatement parsed, List<? extends @Nullable Object> parameters, CancelToken token) {
        try (Portal portal = session.execute(parsed, parameters, token)) {
            if (portal.hasRows()) {
                throw KadeException.of(ErrorCode.WRONG_OBJECT_TYPE, "a member of a batch gives rows");
            }
            return Math.max(0, portal.updateCount());
        }
    }

    /** Errors of the work point into the text. */
    static <T extends @Nullable Object> T reported(String text, Supplier<T> work) {
        try {
            return work.get();
        } catch (KadeException e) {
            throw new RequestFailure(e, text);
        }
    }

    /** Stops a statement whose rows are being fetched. */
    public void cancel(int number) {
        // Read without the lock: whoever cancels must not wait for what runs.
        RemoteStatement statement = statements.get(number);
        CancelToken token = statement == null ? null : statement.token();
        if (token != null) {
            token.cancel();
        }
    }

    /** Stops what runs, rolls back and frees what it held. */
    @Override
    public void close() {
        lockBetweenRequests();
        try {
            if (!closed) {
                closed = true;
                statements.values().forEach(RemoteStatement::close);
                statements.clear();
                session.close();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Cancels what runs until it ends. */
    private void lockBetweenRequests() {
        boolean interrupted = false;
        session.cancel();
        while (true) {
            try {
                if (lock.tryLock(CLOSE_RETRY_MILLIS, TimeUnit.MILLISECONDS)) {
                    break;
                }
            } catch (InterruptedException e) {
                // Closing cannot be put off; whoever interrupted is told after it.
                interrupted = true;
            }
            session.cancel();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
