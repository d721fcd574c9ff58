package io.kadedb.server.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Date;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.Locale;
import java.util.TimeZone;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Parameters of every Java type that JDBC has a setter for, and what comes back. */
@ParameterizedClass
@EnumSource
class ParametersTest {
    private final Door door;
    private Database database;
    private Connection connection;

    // JUnit sets the fields before each test.
    @SuppressWarnings("NullAway.Init")
    ParametersTest(Door door) {
        this.door = door;
    }

    @BeforeEach
    void open() throws SQLException {
        database = new Database(door);
        connection = database.connection();
        database.run("create table t (a int primary key, b text)");
    }

    @AfterEach
    void close() throws SQLException {
        database.close();
    }

    private static String state(ThrowingCallable call) {
        return catchThrowableOfType(SQLException.class, call).getSQLState();
    }

    /** What a parameter comes back as when it is cast to a type. */
    private String echoed(String type, Setter setter) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select cast(? as " + type + ")")) {
            setter.set(select);
            try (ResultSet rows = select.executeQuery()) {
                assertThat(rows.next()).isTrue();
                return rows.getString(1);
            }
        }
    }

    /** Sets the only parameter. */
    @FunctionalInterface
    private interface Setter {
        void set(PreparedStatement statement) throws SQLException;
    }

    @Test
    void moreThanTwoBytesCount() throws SQLException {
        int count = 70_000;
        try (PreparedStatement select =
                connection.prepareStatement("select b from t where a in (?" + ", ?".repeat(count - 1) + ")")) {
            database.run("insert into t values (7, 'seven')");
            for (int i = 1; i <= count; i++) {
                select.setInt(i, i + 6);
            }
            assertThat(Database.read(select.executeQuery())).containsExactly("seven");
        }
    }

    @Test
    void preparedStatementsDescribeThemselves() throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("select a, b from t where a = ? and b = ?")) {
            assertThat(query.getMetaData().getColumnCount()).isEqualTo(2);
            ParameterMetaData parameters = query.getParameterMetaData();
            assertThat(parameters.getParameterCount()).isEqualTo(2);
            assertThat(parameters.getParameterType(1)).isEqualTo(Types.INTEGER);
            assertThat(parameters.getParameterTypeName(2)).isEqualTo("text");
            assertThat(state(() -> parameters.getParameterType(3))).isNotEmpty();
        }
        try (PreparedStatement insert = connection.prepareStatement("insert into t values (?, ?)")) {
            assertThat((Object) insert.getMetaData()).isNull();
        }
    }

    @Test
    void parametersAreCleared() throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into t values (?, ?)")) {
            insert.setInt(1, 1);
            insert.setString(2, "x");
            insert.clearParameters();
            assertThat(state(insert::executeUpdate)).isEqualTo("42P02");
            assertThat(state(() -> insert.setInt(3, 1))).isEqualTo("42P02");
            assertThat(state(() -> insert.setInt(0, 1))).isEqualTo("42P02");
        }
    }

    @Test
    void aListMayBeOfParameters() throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("select 1 where ? in (?, 2) and 3 in (?, 4)")) {
            assertThat(query.getParameterMetaData().getParameterTypeName(1)).isEqualTo("int4");
            query.setInt(1, 7);
            query.setInt(2, 7);
            query.setInt(3, 3);
            try (ResultSet rows = query.executeQuery()) {
                assertThat(rows.next()).isTrue();
            }
        }
        try (Statement plain = connection.createStatement()) {
            assertThat(state(() -> plain.execute("select 1 where ? in (1, 2)"))).isEqualTo("42P02");
        }
    }

    @Test
    void integersOfEveryJavaTypeAreTaken() throws SQLException {
        assertThat(echoed("bigint", s -> s.setByte(1, (byte) -1))).isEqualTo("-1");
        assertThat(echoed("bigint", s -> s.setShort(1, (short) 300))).isEqualTo("300");
        assertThat(echoed("bigint", s -> s.setLong(1, Long.MIN_VALUE))).isEqualTo("-9223372036854775808");
        assertThat(echoed("numeric(38, 0)", s -> s.setObject(1, new BigInteger("12345678901234567890123"))))
                .isEqualTo("12345678901234567890123");
        assertThat(echoed("int", s -> s.setObject(1, 7, Types.INTEGER))).isEqualTo("7");
        assertThat(echoed("int", s -> s.setObject(1, "7", Types.INTEGER))).isEqualTo("7");
    }

    @Test
    void decimalsAreExact() throws SQLException {
        BigDecimal exact = new BigDecimal("12345678901234567890123456789.123456789");
        assertThat(echoed("decimal(38, 9)", s -> s.setBigDecimal(1, exact))).isEqualTo(exact.toPlainString());
        assertThat(echoed("decimal(38, 9)", s -> s.setBigDecimal(1, new BigDecimal("1E+3"))))
                .isEqualTo("1000.000000000");
        assertThat(echoed("double precision", s -> s.setDouble(1, 0.1))).isEqualTo("0.1");
        assertThat(echoed("double precision", s -> s.setDouble(1, Double.NaN))).isEqualTo("NaN");
        assertThat(echoed("real", s -> s.setFloat(1, 1.5f))).isEqualTo("1.5");
    }

    @Test
    void javaTimeIsTakenToTheMicrosecond() throws SQLException {
        LocalDateTime local = LocalDateTime.parse("2024-02-29T23:59:59.999999");
        assertThat(echoed("timestamp", s -> s.setObject(1, local))).isEqualTo("2024-02-29 23:59:59.999999");
        assertThat(echoed("date", s -> s.setObject(1, LocalDate.of(1500, 1, 1))))
                .isEqualTo("1500-01-01");
        assertThat(echoed("time", s -> s.setObject(1, LocalTime.parse("12:34:56.789012"))))
                .isEqualTo("12:34:56.789012");
        OffsetDateTime offset = OffsetDateTime.of(local, ZoneOffset.ofHours(2));
        String utc = "2024-02-29 21:59:59.999999+00";
        assertThat(echoed("timestamptz", s -> s.setObject(1, offset))).isEqualTo(utc);
        assertThat(echoed("timestamptz", s -> s.setObject(1, offset.toInstant())))
                .isEqualTo(utc);
        ZonedDateTime zoned = offset.atZoneSameInstant(ZoneId.of("Europe/Berlin"));
        assertThat(echoed("timestamptz", s -> s.setObject(1, zoned))).isEqualTo(utc);
        assertThat(echoed("timestamptz", s -> s.setTimestamp(1, Timestamp.from(offset.toInstant()))))
                .isEqualTo(utc);
        assertThat(echoed("timestamp", s -> s.setTimestamp(1, Timestamp.valueOf(local))))
                .isEqualTo("2024-02-29 23:59:59.999999");
        assertThat(echoed("date", s -> s.setDate(1, Date.valueOf("2024-02-29"))))
                .isEqualTo("2024-02-29");
        assertThat(echoed("time", s -> s.setTime(1, Time.valueOf("01:02:03")))).isEqualTo("01:02:03");
    }

    @Test
    void durationsAndPeriodsAreIntervals() throws SQLException {
        assertThat(echoed("interval", s -> s.setObject(1, Duration.ofSeconds(3_723, 4_000))))
                .isEqualTo("01:02:03.000004");
        assertThat(echoed("interval", s -> s.setObject(1, Period.of(1, 2, 3)))).isEqualTo("1 year 2 mons 3 days");
    }

    @Test
    void aCalendarSaysWhichZoneIsMeant() throws SQLException {
        Calendar tokyo = Calendar.getInstance(TimeZone.getTimeZone("Asia/Tokyo"), Locale.ROOT);
        Instant moment = Instant.parse("2024-01-01T00:00:00Z");
        assertThat(echoed("timestamp", s -> s.setTimestamp(1, Timestamp.from(moment), tokyo)))
                .isEqualTo("2024-01-01 09:00:00");
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select timestamp '2024-01-01 09:00:00'")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getTimestamp(1, tokyo).toInstant()).isEqualTo(moment);
        }
    }

    @Test
    void javaTimeIsGivenToTheMicrosecond() throws SQLException {
        database.run("set timezone = 'Europe/Berlin'");
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select timestamptz '2024-07-01 12:00:00.000001+00' z,"
                        + " timestamp '2024-07-01 12:00:00.000001' l, date '1500-01-01' d, time '23:59:59.999999' t")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getObject("z", OffsetDateTime.class))
                    .isEqualTo(OffsetDateTime.parse("2024-07-01T14:00:00.000001+02:00"));
            assertThat(row.getObject("z", Instant.class)).isEqualTo(Instant.parse("2024-07-01T12:00:00.000001Z"));
            assertThat(row.getString("z")).isEqualTo("2024-07-01 14:00:00.000001+02");
            assertThat(row.getObject("l", LocalDateTime.class))
                    .isEqualTo(LocalDateTime.parse("2024-07-01T12:00:00.000001"));
            assertThat(row.getTimestamp("l")).isEqualTo(Timestamp.valueOf("2024-07-01 12:00:00.000001"));
            assertThat(row.getObject("d", LocalDate.class)).isEqualTo(LocalDate.of(1500, 1, 1));
            assertThat(row.getString("d")).isEqualTo("1500-01-01");
            assertThat(row.getObject("t", LocalTime.class)).isEqualTo(LocalTime.parse("23:59:59.999999"));
        }
    }

    @Test
    void nullsOfEveryTypeAreTaken() throws SQLException {
        for (String type : new String[] {
            "boolean",
            "smallint",
            "int",
            "bigint",
            "real",
            "double precision",
            "decimal(10,2)",
            "text",
            "bytea",
            "date",
            "time",
            "timestamp",
            "timestamptz",
            "interval",
            "uuid"
        }) {
            assertThat(echoed(type, s -> s.setNull(1, Types.NULL))).as(type).isNull();
            assertThat(echoed(type, s -> s.setObject(1, null))).as(type).isNull();
        }
    }

    @Test
    void streamsAreParameters() throws SQLException {
        assertThat(echoed("text", s -> s.setCharacterStream(1, new StringReader("grüß"))))
                .isEqualTo("grüß");
        byte[] ascii = "plain".getBytes(StandardCharsets.US_ASCII);
        assertThat(echoed("text", s -> s.setAsciiStream(1, new ByteArrayInputStream(ascii))))
                .isEqualTo("plain");
        assertThat(echoed("bytea", s -> s.setBinaryStream(1, new ByteArrayInputStream(new byte[] {0, -1}))))
                .isEqualTo("\\x00ff");
    }

    @Test
    void streamsAreResults() throws Exception {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select 'grüß' t, cast('\\x00ff' as bytea) y")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getCharacterStream("t").readAllAsString()).isEqualTo("grüß");
            assertThat(row.getBinaryStream("y").readAllBytes()).containsExactly(0, -1);
            assertThat(catchThrowableOfType(SQLFeatureNotSupportedException.class, () -> row.getBlob("y"))
                            .getSQLState())
                    .isEqualTo("0A000");
        }
    }

    @Test
    void largeValuesArriveWhole() throws SQLException {
        String text = "0123456789".repeat(100_000);
        byte[] bytes = new byte[1_000_000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        try (PreparedStatement select = connection.prepareStatement("select cast(? as text), cast(? as bytea)")) {
            select.setString(1, text);
            select.setBytes(2, bytes);
            try (ResultSet row = select.executeQuery()) {
                assertThat(row.next()).isTrue();
                assertThat(row.getString(1)).isEqualTo(text);
                assertThat(row.getBytes(2)).isEqualTo(bytes);
            }
        }
    }

    @Test
    void textKeepsEveryCharacter() throws SQLException {
        for (String text :
                new String[] {"", "'", "\\", "?", "a\nb\tc", "👋🏽", "\u0001", "\uFFFD", "x".repeat(1 << 16)}) {
            assertThat(echoed("text", s -> s.setString(1, text))).isEqualTo(text);
        }
    }

    @Test
    void textOfFixedLengthIsPadded() throws SQLException {
        assertThat(echoed("char(4)", s -> s.setString(1, "ab"))).isEqualTo("ab  ");
    }
}
