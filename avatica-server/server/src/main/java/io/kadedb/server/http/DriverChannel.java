package io.kadedb.server.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.spi.ServerConnection;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.server.remote.Client;
import io.kadedb.server.remote.CopyPipe;
import io.kadedb.server.remote.DriverCall;
import io.kadedb.server.remote.Encoding;
import io.kadedb.server.remote.Exchange;
import io.kadedb.server.remote.PreparedCall;
import io.kadedb.server.remote.RequestContext;
import io.kadedb.server.remote.SessionTable;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A connection of our driver, and the life of its session: whatever ends the connection, be it a client that is killed in
 * a transaction, ends the session at once.
 *
 * <p>After the HTTP upgrade both sides send frames: the length of the rest (4 bytes), a letter, the content; numbers are
 * big-endian. The driver sends {@code R}equests (number, deadline in milliseconds or 0, an Avatica message), {@code C}alls
 * (number, strings), runs of prepared statements to be {@code E}xecuted (number, deadline, {@link PreparedCall}),
 * COPYs that take {@code I}nput (number, deadline, text) and its {@code D}ata (number, bytes; none at the end),
 * e{@code X}its of requests (number, connection's statement) and {@code P}ings; the server {@code A}nswers (number, an
 * Avatica message), asks for more {@code D}ata (number), {@code V}alues (number, what a run of a prepared statement came to) and
 * {@code P}ongs. One request runs at a time; the reader goes on reading, so that cancelling and the end of the connection
 * are seen while it does. What takes no longer than a commit, and waits for nobody else, the reader does itself. It is a thread of the operating system, which is
 * woken by the network directly.
 */
final class DriverChannel implements ServerConnection {
    /** Of frames; a driver of another one is told. */
    static final int VERSION = 2;

    private static final int CHUNK = 1 << 16;
    private static final int REQUEST_HEADER = 1 + 4 + 4;
    private static final int CALL_HEADER = 1 + 4;
    private static final int CANCEL_HEADER = 1 + 4 + 4;

    private static final byte[] SWITCHING = ("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\n"
                    + "Upgrade: kadedb\r\nKadedb-Protocol: " + VERSION + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);

    private final ConnectionContext context;
    private final Exchange exchange;
    private final SessionTable sessions;
    private final int maxRequestBytes;
    private final Client client = new Client(Encoding.EXACT);
    private final ReentrantLock writing = new ReentrantLock();
    private volatile long lastFrameNanos = System.nanoTime();
    private volatile @Nullable Running running;
    private volatile @Nullable Thread handler;

    /**
     * A request that runs.
     *
     * @param rows what it reads of the client; null if it is no COPY
     */
    private record Running(
            int number, RequestContext request, @Nullable CopyPipe rows) {}

    DriverChannel(ConnectionContext context, Exchange exchange, SessionTable sessions, int maxRequestBytes) {
        this.context = context;
        this.exchange = exchange;
        this.sessions = sessions;
        this.maxRequestBytes = maxRequestBytes;
    }

    @Override
    public void handle(Limit limit) {
        handler = Thread.currentThread();
        try {
            write(SWITCHING);
            Thread reader =
                    Thread.ofPlatform().daemon().name("kadedb-connection").start(this::readAll);
            reader.join();
        } catch (InterruptedException e) {
            // The socket is closed when this returns, which the reader notices.
            Thread.currentThread().interrupt();
        } finally {
            sessions.closeAll(client);
        }
    }

    private void readAll() {
        try {
            while (true) {
                read(context.dataReader());
            }
        } catch (DataReader.InsufficientDataAvailableException | CloseConnectionException | UncheckedIOException e) {
            // The client is gone: that is how connections end.
        } finally {
            Running last = running;
            if (last != null) {
                last.request().cancel();
            }
            sessions.closeAll(client);
        }
    }

    private void read(DataReader in) {
        int length = readInt(in);
        byte kind = in.read();
        lastFrameNanos = System.nanoTime();
        switch (kind) {
            case 'R' -> request(in, rest(length, REQUEST_HEADER));
            case 'E' -> execute(in, rest(length, REQUEST_HEADER));
            case 'C' -> call(in, rest(length, CALL_HEADER));
            case 'I' -> copy(in, rest(length, REQUEST_HEADER));
            case 'D' -> data(in, rest(length, CALL_HEADER));
            case 'X' -> {
                int name = rest(length, CANCEL_HEADER);
                cancel(readInt(in), readInt(in), readText(in, name));
            }
            case 'P' -> send('P', 0, new byte[0]);
            default -> throw new CloseConnectionException("a frame of an unknown kind");
        }
    }

    /** How much of a frame follows what every frame of its kind begins with. */
    private static int rest(int length, int header) {
        if (length < header) {
            throw new CloseConnectionException("a frame of a wrong length");
        }
        return length - header;
    }

    private static int readInt(DataReader in) {
        return ByteBuffer.wrap(in.readBytes(4)).getInt();
    }

    private static String readText(DataReader in, int length) {
        if (length > CHUNK) {
            throw new CloseConnectionException("a frame of a wrong length");
        }
        return length == 0 ? "" : new String(in.readBytes(length), StandardCharsets.UTF_8);
    }

    private void request(DataReader in, int length) {
        int number = readInt(in);
        int timeoutMillis = readInt(in);
        byte @Nullable [] message = message(in, number, length);
        if (message == null) {
            return;
        }
        RequestContext request = new RequestContext(timeoutMillis);
        start(number, request, () -> exchange.serve(message, client, request));
    }

    private void execute(DataReader in, int length) {
        int number = readInt(in);
        int timeoutMillis = readInt(in);
        byte @Nullable [] message = message(in, number, length);
        if (message == null) {
            return;
        }
        PreparedCall call;
        try {
            call = PreparedCall.read(ByteBuffer.wrap(message));
        } catch (KadeException e) {
            send('A', number, exchange.refuse(e, client).bytes());
            return;
        }
        Exchange.Answer known = running == null ? exchange.serveAtOnce(call, client) : null;
        if (known != null) {
            send(number, known);
            return;
        }
        RequestContext request = new RequestContext(timeoutMillis);
        start(number, request, () -> exchange.serve(call, client, request));
    }

    private void copy(DataReader in, int length) {
        int number = readInt(in);
        RequestContext request = new RequestContext(readInt(in));
        byte @Nullable [] message = message(in, number, length);
        if (message == null) {
            return;
        }
        String text = new String(message, StandardCharsets.UTF_8);
        CopyPipe rows = new CopyPipe(request, () -> send('D', number, new byte[0]));
        start(new Running(number, request, rows), () -> exchange.copyIn(text, rows, client, request));
    }

    /** Rows for a COPY; those of one that has failed meanwhile are not wanted. */
    private void data(DataReader in, int length) {
        int number = readInt(in);
        if (length > maxRequestBytes) {
            throw new CloseConnectionException("more rows at once than a request may have bytes");
        }
        byte[] bytes = length == 0 ? new byte[0] : in.readBytes(length);
        Running current = running;
        if (current != null && current.number() == number) {
            CopyPipe rows = current.rows();
            if (rows == null || !rows.give(bytes)) {
                throw new CloseConnectionException("rows that nobody asked for");
            }
        }
    }

    /** The content of a frame; null when it is larger than allowed, which the client is told. */
    private byte @Nullable [] message(DataReader in, int number, int length) {
        if (length <= maxRequestBytes) {
            // The reader waits for more to come even when nothing is wanted.
            return length == 0 ? new byte[0] : in.readBytes(length);
        }
        for (int left = length; left > 0; left -= Math.min(left, CHUNK)) {
            var _ = in.readBytes(Math.min(left, CHUNK));
        }
        KadeException tooLarge = KadeException.of(
                        ErrorCode.PROGRAM_LIMIT_EXCEEDED,
                        "the request has " + length + " bytes, and the server takes " + maxRequestBytes)
                .hint("send large batches in parts");
        send('A', number, exchange.refuse(tooLarge, client).bytes());
        return null;
    }

    private void call(DataReader in, int length) {
        int number = readInt(in);
        byte @Nullable [] message = message(in, number, length);
        if (message == null) {
            return;
        }
        List<@Nullable String> strings = strings(ByteBuffer.wrap(message));
        String connection = strings.size() < 2 ? null : strings.get(0);
        String method = strings.size() < 2 ? null : strings.get(1);
        if (connection == null || method == null) {
            throw new CloseConnectionException("a call without a name");
        }
        DriverCall call = new DriverCall(connection, method, strings.subList(2, strings.size()));
        start(number, new RequestContext(0), () -> exchange.serve(call, client));
    }

    /** Strings, each with its length before it; -1 for none. */
    private static List<@Nullable String> strings(ByteBuffer bytes) {
        List<@Nullable String> strings = new ArrayList<>();
        while (bytes.hasRemaining()) {
            int length = bytes.remaining() < 4 ? -2 : bytes.getInt();
            if (length < -1 || length > bytes.remaining()) {
                throw new CloseConnectionException("a call of a wrong length");
            }
            if (length < 0) {
                strings.add(null);
            } else {
                byte[] text = new byte[length];
                bytes.get(text);
                strings.add(new String(text, StandardCharsets.UTF_8));
            }
        }
        return strings;
    }

    /** What a request does. */
    @FunctionalInterface
    private interface Work {
        Exchange.Answer run();
    }

    private void start(int number, RequestContext request, Work work) {
        start(new Running(number, request, null), work);
    }

    private void start(Running begun, Work work) {
        if (running != null) {
            throw new CloseConnectionException("a request before the answer to the one before");
        }
        running = begun;
        Thread.ofVirtual().name("kadedb-request").start(() -> {
            Exchange.Answer answer = work.run();
            running = null;
            try {
                send(begun.number(), answer);
            } catch (ServerConnectionException | UncheckedIOException e) {
                // The client is gone, as the reader is told too.
            }
        });
    }

    /** Stops the request, or the statement whose rows are left if no request runs. */
    private void cancel(int number, int statement, String connection) {
        Running current = running;
        if (current != null && current.number() == number) {
            current.request().cancel();
        } else if (current == null && statement != 0) {
            sessions.cancel(connection, client, statement);
        }
    }

    private void send(int number, Exchange.Answer answer) {
        send(answer.compact() ? 'V' : 'A', number, answer.bytes());
    }

    private void send(char kind, int number, byte[] content) {
        ByteBuffer frame = ByteBuffer.allocate(4 + 1 + 4 + content.length);
        frame.putInt(1 + 4 + content.length).put((byte) kind).putInt(number).put(content);
        write(frame.array());
    }

    private void write(byte[] bytes) {
        writing.lock();
        try {
            context.dataWriter().writeNow(BufferData.create(bytes));
        } finally {
            writing.unlock();
        }
    }

    @Override
    public Duration idleTime() {
        return Duration.ofNanos(System.nanoTime() - lastFrameNanos);
    }

    @Override
    public void close(boolean interrupt) {
        Thread thread = handler;
        if (thread != null) {
            thread.interrupt();
        }
    }
}
