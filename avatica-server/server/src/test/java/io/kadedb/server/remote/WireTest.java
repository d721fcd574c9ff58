package io.kadedb.server.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What comes over the wire that should not; the server says so and goes on. */
class WireTest {
    private static final int LIMIT = 1 << 16;

    @SuppressWarnings("NullAway.Init")
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = new TestServer(config -> config.withMaxRequestBytes(LIMIT));
    }

    @AfterAll
    static void stop() throws Exception {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select 1")) {
            assertThat(rows.next()).as("the server still serves").isTrue();
        } finally {
            server.close();
        }
    }

    private static HttpResponse<String> post(byte[] body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + "/"))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.ISO_8859_1));
        }
    }

    private static HttpResponse<String> get(String path) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path))
                            .build(),
                    HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        }
    }

    @Test
    void healthIsTold() throws Exception {
        assertThat(get("/health").statusCode()).isEqualTo(200);
        assertThat(get("/health?ready=1").statusCode()).isEqualTo(200);
    }

    @Test
    void anOversizedRequestIs413() throws Exception {
        assertThat(post(new byte[LIMIT + 1]).statusCode()).isEqualTo(413);
        // Larger than what lies between sender and reader: it is read, so that the answer is.
        assertThat(post(new byte[LIMIT + (8 << 20)]).statusCode()).isEqualTo(413);
    }

    @Test
    void anOversizedRequestOfTheDriverIs54000AndTheConnectionGoesOn() throws Exception {
        try (Connection connection = server.connect();
                PreparedStatement select = connection.prepareStatement("select cast(? as text)")) {
            select.setString(1, "x".repeat(2 * LIMIT));
            SQLException error = catchThrowableOfType(SQLException.class, select::executeQuery);
            assertThat(error.getSQLState()).isEqualTo("54000");
            select.setString(1, "y");
            try (ResultSet rows = select.executeQuery()) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).isEqualTo("y");
            }
        }
    }

    @Test
    void garbageIsNoRequest() throws Exception {
        HttpResponse<String> response = post(new byte[] {1, 2, 3, 4, 5});
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).contains("08P01").doesNotContain("\tat ", "Exception");
    }

    @Test
    void aSerializedJavaObjectIsNoRequest() throws Exception {
        HttpResponse<String> response = post(new byte[] {(byte) 0xAC, (byte) 0xED, 0, 5, 0x73, 0x72, 0, 1, 'x'});
        assertThat(response.body()).contains("08P01");
    }

    @Test
    void jsonIsPointedToProtobuf() throws Exception {
        HttpResponse<String> response = post("{\"request\": \"catalogs\"}".getBytes(StandardCharsets.UTF_8));
        assertThat(response.statusCode()).isEqualTo(415);
        assertThat(response.body()).contains("serialization=protobuf");
    }

    @Test
    void pagesInABrowserAreRefused() throws Exception {
        assertThat(post(new byte[0], "Origin", "http://evil.example").statusCode())
                .isEqualTo(403);
    }

    @Test
    void textThatIsNotUtf8Is22021() throws Exception {
        // An Avatica message whose name is right and whose text is not: PrepareRequest{sql = 0xFF}.
        byte[] name = "org.apache.calcite.avatica.proto.Requests$PrepareRequest".getBytes(StandardCharsets.UTF_8);
        byte[] inner = {0x12, 1, (byte) 0xFF};
        ByteBuffer message = ByteBuffer.allocate(2 + name.length + 2 + inner.length);
        message.put((byte) 0x0A).put((byte) name.length).put(name);
        message.put((byte) 0x12).put((byte) inner.length).put(inner);
        assertThat(post(message.array()).body()).contains("22021");
    }

    /** What a driver of a version sends first. */
    private static byte[] upgrade(int version) {
        return String.join(
                        "\r\n",
                        "GET /kadedb HTTP/1.1",
                        "Host: localhost",
                        "Connection: Upgrade",
                        "Upgrade: kadedb",
                        "Kadedb-Protocol: " + version,
                        "",
                        "")
                .getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void aDriverOfAnotherVersionIsTold() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            OutputStream out = socket.getOutputStream();
            out.write(upgrade(99));
            byte[] answer = new byte[4096];
            int length = socket.getInputStream().read(answer);
            String text = new String(answer, 0, length, StandardCharsets.UTF_8);
            assertThat(text).startsWith("HTTP/1.1 426").contains("version 2", "99");
        }
    }

    @Test
    void aServerOfAnotherVersionIsTold() throws Exception {
        SQLException error = answerOf("HTTP/1.1 101 Switching Protocols\r\nKadedb-Protocol: 7\r\n\r\n");
        assertThat(error.getSQLState()).isEqualTo("08P01");
        assertThat(error.getMessage()).contains("version 7");
    }

    @Test
    void aServerThatIsNoneOfOursIsTold() throws Exception {
        SQLException web = answerOf("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
        assertThat(web.getSQLState()).isEqualTo("08P01");
        assertThat(web.getMessage()).contains("404");
        assertThat(answerOf("220 mail.example ESMTP\r\n\r\n").getSQLState()).isEqualTo("08P01");
    }

    /** What connecting fails with when the other side answers so. */
    private static SQLException answerOf(String answer) throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> answered = threads.submit(() -> {
                try (Socket socket = listener.accept()) {
                    byte[] request = new byte[4096];
                    int length = socket.getInputStream().read(request);
                    assertThat(length).isPositive();
                    socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                }
                return true;
            });
            SQLException error = catchThrowableOfType(
                    SQLException.class,
                    () -> DriverManager.getConnection("jdbc:kadedb://localhost:" + listener.getLocalPort())
                            .close());
            assertThat(answered.get()).isEqualTo(true);
            return error;
        }
    }

    @Test
    void nobodyListening() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        SQLException error = catchThrowableOfType(
                SQLException.class,
                () -> DriverManager.getConnection("jdbc:kadedb://localhost:" + port)
                        .close());
        assertThat(error.getSQLState()).isEqualTo("08001");
    }

    @Test
    void framesThatMakeNoSenseEndTheirConnectionOnly() throws Exception {
        byte[][] nonsense = {
            {0, 0, 0, 1, 'Z'},
            {0, 0, 0, 0, 'R'},
            {(byte) 0xFF, 0, 0, 0, 'R', 0, 0, 0, 1, 0, 0, 0, 0},
            {0, 0, 0, 5, 'C', 0, 0, 0, 1},
            {0, 0, 0, 5, 'E', 0, 0, 0, 1}
        };
        for (byte[] frame : nonsense) {
            try (Socket socket = upgraded()) {
                socket.getOutputStream().write(frame);
                socket.setSoTimeout(10_000);
                assertThat(socket.getInputStream().read())
                        .as(Arrays.toString(frame))
                        .isEqualTo(-1);
            }
        }
    }

    @Test
    void runsThatMakeNoSenseAreRefused() throws Exception {
        byte[][] nonsense = {
            {0, 0, 0, 9, 'E', 0, 0, 0, 1, 0, 0, 0, 0},
            {0, 0, 0, 21, 'E', 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1},
            {0, 0, 0, 22, 'E', 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, '?'},
            {0, 0, 0, 21, 'E', 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0}
        };
        try (Socket socket = upgraded()) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            for (byte[] frame : nonsense) {
                socket.getOutputStream().write(frame);
                socket.setSoTimeout(10_000);
                byte[] answer = new byte[in.readInt()];
                in.readFully(answer);
                assertThat((char) answer[0]).as(Arrays.toString(frame)).isEqualTo('A');
                assertThat(new String(answer, StandardCharsets.ISO_8859_1)).contains("ErrorResponse");
            }
        }
    }

    private static Socket upgraded() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.getOutputStream().write(upgrade(2));
        DataInputStream in = new DataInputStream(socket.getInputStream());
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readByte());
        }
        assertThat(head.toString()).startsWith("HTTP/1.1 101");
        return socket;
    }

    @Test
    void aHalfOpenConnectionIsNoticed() throws Exception {
        try (TestServer impatient = new TestServer(config -> config.withSilenceTimeout(Duration.ofSeconds(2)));
                Connection watched = impatient.connect()) {
            // The driver beats only every few seconds, so to this server its silence is that of a peer that vanished.
            long deadline = System.nanoTime() + 20_000_000_000L;
            while (impatient.server().sessions() > 0 && System.nanoTime() < deadline) {
                Thread.onSpinWait();
            }
            assertThat(impatient.server().sessions()).isZero();
            assertThat(watched.isValid(1)).isFalse();
        }
    }

    @Test
    void anotherDatabaseIs3D000() {
        SQLException error = catchThrowableOfType(
                SQLException.class,
                () -> DriverManager.getConnection("jdbc:kadedb://localhost:" + server.port() + "/elsewhere")
                        .close());
        assertThat(error.getSQLState()).isEqualTo("3D000");
        assertThat(error.getMessage()).contains(server.server().database());
    }

    @Test
    void aTableDroppedBelowOpenRowsIsHarmless() throws Exception {
        try (Connection connection = server.connect();
                Connection other = server.connect();
                Statement statement = connection.createStatement();
                Statement dropping = other.createStatement()) {
            dropping.execute("create table doomed (a int)");
            dropping.execute("insert into doomed values (1), (2), (3), (4), (5)");
            statement.setFetchSize(2);
            try (ResultSet rows = statement.executeQuery("select a from doomed order by a")) {
                assertThat(rows.next()).isTrue();
                dropping.execute("drop table doomed");
                int seen = 1;
                while (rows.next()) {
                    seen++;
                }
                assertThat(seen).isEqualTo(5);
            }
            SQLException error =
                    catchThrowableOfType(SQLException.class, () -> statement.executeQuery("select a from doomed"));
            assertThat(error.getSQLState()).isEqualTo("42P01");
        }
    }
}
