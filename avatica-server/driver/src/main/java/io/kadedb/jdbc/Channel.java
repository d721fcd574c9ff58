package io.kadedb.jdbc;

import io.kadedb.jdbc.common.SqlErrors;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Locale;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The connection to the server, which is the life of the session there: an HTTP connection that was upgraded to frames.
 * One request runs at a time; cancelling and pings go past it.
 */
final class Channel implements Closeable {
    /** Of the frames. */
    private static final int VERSION = 2;

    /** Longer without a pong, and the server is gone. */
    private static final int SILENCE_MILLIS = 50_000;

    private static final int MAX_HEAD = 16 << 10;
    private static final int MAX_FRAME = 1 << 30;
    private static final int ANSWER_HEADER = 1 + 4;

    private final String address;
    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private final ReentrantLock turn = new ReentrantLock();
    private final Future<?> heartbeat;
    private int lastNumber;
    private volatile int runningNumber;
    private volatile int networkTimeoutMillis;
    private volatile boolean broken;

    private Channel(String address, Socket socket) throws IOException {
        this.address = address;
        this.socket = socket;
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
        this.out = socket.getOutputStream();
        this.heartbeat = Heartbeat.start(this);
    }

    /** Connects; 08001 when nobody is there, 08P01 when it is no server of ours. */
    static Channel open(String host, int port, int timeoutMillis) throws SQLException {
        String address = (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
        Socket socket = new Socket();
        boolean opened = false;
        try {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(host, port), timeoutMillis);
            socket.setSoTimeout(timeoutMillis);
            Channel channel = new Channel(address, socket);
            try {
                channel.upgrade();
                socket.setSoTimeout(SILENCE_MILLIS);
                opened = true;
                return channel;
            } finally {
                if (!opened) {
                    channel.close();
                }
            }
        } catch (UnknownHostException e) {
            throw SqlErrors.of(SqlErrors.CANNOT_CONNECT, "cannot connect to " + address + ": unknown host", e);
        } catch (ConnectException e) {
            throw SqlErrors.of(
                    SqlErrors.CANNOT_CONNECT,
                    "cannot connect to " + address + ": nobody listens there\n  hint: is the server running?",
                    e);
        } catch (SocketTimeoutException e) {
            throw SqlErrors.of(
                    SqlErrors.CANNOT_CONNECT,
                    "cannot connect to " + address + ": no answer within " + timeoutMillis + " ms",
                    e);
        } catch (IOException | IllegalArgumentException e) {
            throw SqlErrors.of(SqlErrors.CANNOT_CONNECT, "cannot connect to " + address + ": " + e.getMessage(), e);
        } finally {
            if (!opened) {
                closeQuietly(socket);
            }
        }
    }

    private void upgrade() throws IOException, SQLException {
        String request = "GET /kadedb HTTP/1.1\r\nHost: " + address + "\r\nConnection: Upgrade\r\nUpgrade: kadedb\r\n"
                + "Kadedb-Protocol: " + VERSION + "\r\nKadedb-Driver: " + Driver.VERSION + "\r\n\r\n";
        write(request.getBytes(StandardCharsets.US_ASCII));
        String head = head();
        if (!head.startsWith("HTTP/1.1 ")) {
            throw notOurs("it does not answer as an HTTP server");
        }
        String status = head.substring("HTTP/1.1 ".length(), head.indexOf("\r\n"));
        if (!status.startsWith("101") || header(head, "kadedb-protocol") == null) {
            throw notOurs(status.startsWith("426") ? body(head) : "it answers " + status);
        }
        String version = header(head, "kadedb-protocol");
        if (!String.valueOf(VERSION).equals(version)) {
            throw SqlErrors.of(
                    SqlErrors.PROTOCOL_VIOLATION,
                    "the server at " + address + " speaks version " + version + " of the driver's protocol, and this"
                            + " driver (" + Driver.VERSION + ") version " + VERSION
                            + "\n  hint: use the driver that comes with the server");
        }
    }

    private SQLException notOurs(String why) {
        return SqlErrors.of(SqlErrors.PROTOCOL_VIOLATION, "cannot connect to " + address + ": " + why.trim());
    }

    private String head() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int matched = 0;
        while (matched < 4) {
            int b = in.read();
            if (b < 0 || head.size() > MAX_HEAD) {
                break;
            }
            head.write(b);
            matched = b == (matched % 2 == 0 ? '\r' : '\n') ? matched + 1 : b == '\r' ? 1 : 0;
        }
        String text = head.toString(StandardCharsets.ISO_8859_1);
        return text.contains("\r\n") ? text : "\r\n";
    }

    private static @Nullable String header(String head, String name) {
        for (String line : head.split("\r\n")) {
            int colon = line.indexOf(':');
            if (colon > 0 && line.substring(0, colon).toLowerCase(Locale.ROOT).equals(name)) {
                return line.substring(colon + 1).trim();
            }
        }
        return null;
    }

    private String body(String head) throws IOException {
        String length = header(head, "content-length");
        int bytes = length == null ? 0 : Math.min(MAX_HEAD, Integer.parseInt(length));
        return new String(in.readNBytes(bytes), StandardCharsets.UTF_8);
    }

    /** Sends a request and waits for its answer. */
    byte[] request(byte[] message, long timeoutMillis) throws SQLException {
        ByteBuffer content = ByteBuffer.allocate(4 + message.length);
        content.putInt((int) Math.min(Integer.MAX_VALUE, timeoutMillis)).put(message);
        return exchange('R', content.array()).content;
    }

    /** Sends a run of a prepared statement and waits for what it came to. */
    Answer execute(byte[] call, long timeoutMillis) throws SQLException {
        ByteBuffer content = ByteBuffer.allocate(4 + call.length);
        content.putInt((int) Math.min(Integer.MAX_VALUE, timeoutMillis)).put(call);
        return exchange('E', content.array());
    }

    /** An answer of the server. */
    static final class Answer {
        private final boolean isCompact;
        private final byte[] content;

        Answer(boolean isCompact, byte[] content) {
            this.isCompact = isCompact;
            this.content = content;
        }

        /** Whether it is a {@link CompactResult} and no message of Avatica's. */
        boolean isCompact() {
            return isCompact;
        }

        byte[] content() {
            return content;
        }
    }

    /** Sends a call and waits for its answer. */
    byte[] call(@Nullable String... strings) throws SQLException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (String string : strings) {
            byte[] bytes = string == null ? new byte[0] : string.getBytes(StandardCharsets.UTF_8);
            content.writeBytes(ByteBuffer.allocate(4)
                    .putInt(string == null ? -1 : bytes.length)
                    .array());
            content.writeBytes(bytes);
        }
        return exchange('C', content.toByteArray()).content;
    }

    /** Sends the rows of a COPY, piece by piece, and waits for its answer. */
    byte[] copy(byte[] text, CopiedInput rows) throws SQLException {
        ByteBuffer content = ByteBuffer.allocate(4 + text.length);
        content.putInt(0).put(text);
        return exchange('I', content.array(), rows).content;
    }

    private Answer exchange(char kind, byte[] content) throws SQLException {
        return exchange(kind, content, null);
    }

    private Answer exchange(char kind, byte[] content, @Nullable CopiedInput rows) throws SQLException {
        turn.lock();
        try {
            checkUnbroken();
            int number = ++lastNumber;
            runningNumber = number;
            socket.setSoTimeout(networkTimeoutMillis == 0 ? SILENCE_MILLIS : networkTimeoutMillis);
            send(kind, number, content);
            return answer(number, rows);
        } catch (SocketTimeoutException e) {
            close();
            throw SqlErrors.of(
                    SqlErrors.CONNECTION_FAILURE, "the server at " + address + " does not answer any more", e);
        } catch (IOException e) {
            close();
            throw SqlErrors.of(
                    SqlErrors.CONNECTION_FAILURE,
                    "the connection to " + address + " broke"
                            + (e instanceof EOFException ? ": the server closed it" : ": " + e.getMessage()),
                    e);
        } finally {
            runningNumber = 0;
            turn.unlock();
        }
    }

    private void checkUnbroken() throws SQLException {
        if (broken) {
            throw SqlErrors.of(SqlErrors.CONNECTION_CLOSED, "the connection to " + address + " is gone");
        }
    }

    private Answer answer(int number, @Nullable CopiedInput rows) throws IOException {
        while (true) {
            int length = in.readInt();
            if (length < ANSWER_HEADER || length > MAX_FRAME) {
                throw new IOException("a frame of " + length + " bytes");
            }
            byte kind = in.readByte();
            int answered = in.readInt();
            byte[] content = in.readNBytes(length - ANSWER_HEADER);
            if (content.length < length - ANSWER_HEADER) {
                throw new EOFException();
            }
            if ((kind == 'A' || kind == 'V') && answered == number) {
                return new Answer(kind == 'V', content);
            }
            if (kind == 'D' && answered == number && rows != null) {
                sendPiece(number, rows.next());
            }
            if (kind == 'P' && number == 0) {
                return new Answer(false, content);
            }
        }
    }

    /** Sends rows that the server asked for, or that there will be none. */
    private void sendPiece(int number, byte @Nullable [] piece) throws IOException {
        if (piece == null) {
            send('X', number, new byte[4]);
        } else {
            send('D', number, piece);
        }
    }

    /** Stops the request that runs, or the statement whose rows are being read. */
    void cancel(String connection, int statement) throws SQLException {
        byte[] name = connection.getBytes(StandardCharsets.UTF_8);
        ByteBuffer content = ByteBuffer.allocate(4 + name.length);
        content.putInt(statement).put(name);
        try {
            checkUnbroken();
            send('X', runningNumber, content.array());
        } catch (IOException e) {
            throw SqlErrors.of(SqlErrors.CONNECTION_FAILURE, "the connection to " + address + " broke", e);
        }
    }

    /** Whether the server answers in time; while a request runs, it does. */
    boolean isAlive(long timeoutMillis) {
        boolean mine = false;
        try {
            mine = turn.tryLock(timeoutMillis == 0 ? SILENCE_MILLIS : timeoutMillis, TimeUnit.MILLISECONDS);
            if (!mine || broken) {
                return !broken;
            }
            socket.setSoTimeout((int) (timeoutMillis == 0 ? SILENCE_MILLIS : Math.min(timeoutMillis, SILENCE_MILLIS)));
            writeFrame('P', new byte[0]);
            return answer(0, null).content.length == 0;
        } catch (IOException e) {
            close();
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            if (mine) {
                turn.unlock();
            }
        }
    }

    /** Tells the server that this side lives. */
    void beat() {
        try {
            if (!broken) {
                writeFrame('P', new byte[0]);
                drainPongs();
            }
        } catch (IOException e) {
            close();
        }
    }

    /** Answers to pings pile up while no request runs. */
    private void drainPongs() throws IOException {
        if (turn.tryLock()) {
            try {
                while (!broken && in.available() >= 4 + ANSWER_HEADER) {
                    int length = in.readInt();
                    byte[] unused = in.readNBytes(Math.max(0, length));
                }
            } finally {
                turn.unlock();
            }
        }
    }

    private void send(char kind, int number, byte[] content) throws IOException {
        ByteBuffer numbered = ByteBuffer.allocate(4 + content.length);
        numbered.putInt(number).put(content);
        writeFrame(kind, numbered.array());
    }

    private void writeFrame(char kind, byte[] content) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(4 + 1 + content.length);
        frame.putInt(1 + content.length).put((byte) kind).put(content);
        write(frame.array());
    }

    private void write(byte[] bytes) throws IOException {
        synchronized (out) {
            out.write(bytes);
            out.flush();
        }
    }

    /** How long to wait for an answer; 0 for as long as the server lives. */
    void networkTimeout(int millis) {
        networkTimeoutMillis = millis;
    }

    int networkTimeout() {
        return networkTimeoutMillis;
    }

    @Override
    public void close() {
        broken = true;
        heartbeat.cancel(false);
        closeQuietly(socket);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // A socket that cannot be closed is as good as closed.
        }
    }
}
