package io.kadedb.server.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadedb.common.type.Interval;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Every type through every getter that fits it. */
@ParameterizedClass
@EnumSource
class ValuesTest {
    private static final long LAST_MILLIS = 9_223_372_036_825_200_000L;
    private static final long FIRST_MILLIS = -9_223_372_036_832_400_000L;

    private final Door door;
    private Database database;
    private Statement statement;

    // JUnit sets the fields before each test.
    @SuppressWarnings("NullAway.Init")
    ValuesTest(Door door) {
        this.door = door;
    }

    @BeforeEach
    void open() throws SQLException {
        database = new Database(door);
        statement = database.connection().createStatement();
    }

    @AfterEach
    void close() throws SQLException {
        database.close();
    }

    private ResultSet row(String sql) throws SQLException {
        ResultSet rows = statement.executeQuery(sql);
        assertThat(rows.next()).isTrue();
        return rows;
    }

    @Test
    void integers() throws SQLException {
        ResultSet row = row("select cast(-7 as smallint) s, 42 i, 9000000000 b");
        assertThat(row.getShort("s")).isEqualTo((short) -7);
        assertThat(row.getByte(1)).isEqualTo((byte) -7);
        assertThat(row.getInt("I")).isEqualTo(42);
        assertThat(row.getLong(3)).isEqualTo(9_000_000_000L);
        assertThat(row.getObject(1)).isEqualTo(-7);
        assertThat(row.getObject(2)).isEqualTo(42);
        assertThat(row.getObject(3)).isEqualTo(9_000_000_000L);
        assertThat(row.getObject(3, BigInteger.class)).isEqualTo(BigInteger.valueOf(9_000_000_000L));
        assertThat(row.getDouble(2)).isEqualTo(42.0);
        assertThat(row.getString(3)).isEqualTo("9000000000");
    }

    @Test
    void anIntegerThatDoesNotFitTheGetterIs22003() throws SQLException {
        ResultSet row = row("select 9000000000");
        assertThatThrownBy(() -> row.getInt(1))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("22003"));
    }

    @Test
    void decimals() throws SQLException {
        ResultSet row = row("select cast('12345678901234567890123456789.123456789' as decimal(38,9)) w,"
                + " cast('-0.10' as decimal(10,2)) n, cast('-12345678901234567890.5' as decimal(22,1)) m");
        assertThat(row.getBigDecimal(1)).isEqualTo(new BigDecimal("12345678901234567890123456789.123456789"));
        assertThat(row.getObject(2)).isEqualTo(new BigDecimal("-0.10"));
        assertThat(row.getDouble(2)).isEqualTo(-0.1);
        assertThat(row.getString(2)).isEqualTo("-0.10");
        assertThat(row.getBigDecimal("m")).isEqualTo(new BigDecimal("-12345678901234567890.5"));
    }

    @Test
    void floatingPoint() throws SQLException {
        ResultSet row = row("select cast(0.1 as double precision) d, cast(1e20 as double precision) big,"
                + " cast(0.00001 as double precision) small, cast(1.5 as real) r, cast(100 as double precision) h");
        assertThat(row.getDouble(1)).isEqualTo(0.1);
        assertThat(row.getString(1)).isEqualTo("0.1");
        assertThat(row.getString(2)).isEqualTo("1e+20");
        assertThat(row.getString(3)).isEqualTo("1e-05");
        assertThat(row.getFloat(4)).isEqualTo(1.5f);
        assertThat(row.getObject(4)).isEqualTo(1.5f);
        assertThat(row.getString(5)).isEqualTo("100");
    }

    /** As in PostgreSQL's driver, whose {@code PGStatement} has the milliseconds. */
    @Test
    void infiniteTimes() throws SQLException {
        statement.execute("create table times (id int primary key, d date, t timestamp, z timestamptz, a date[])");
        try (PreparedStatement insert =
                database.connection().prepareStatement("insert into times values (?, ?, ?, ?, ?)")) {
            add(insert, 1, new Date(LAST_MILLIS), new Timestamp(FIRST_MILLIS), new Timestamp(LAST_MILLIS));
            add(insert, 2, LocalDate.MAX, LocalDateTime.MIN, OffsetDateTime.MAX);
            add(insert, 3, "infinity", "-infinity", "Infinity");
        }
        ResultSet rows = row("select d, t, z, a from times order by id");
        for (int i = 1; i <= 3; i++) {
            assertThat(rows.getString(1)).isEqualTo("infinity");
            assertThat(rows.getString(2)).isEqualTo("-infinity");
            assertThat(rows.getString(3)).isEqualTo("infinity");
            assertThat(rows.getDate(1).getTime()).isEqualTo(LAST_MILLIS);
            assertThat(rows.getTimestamp(2).getTime()).isEqualTo(FIRST_MILLIS);
            assertThat(rows.getTimestamp(3).getTime()).isEqualTo(LAST_MILLIS);
            assertThat(rows.getObject(1)).isEqualTo(new Date(LAST_MILLIS));
            assertThat(rows.getObject(1, LocalDate.class)).isEqualTo(LocalDate.MAX);
            assertThat(rows.getObject(2, LocalDateTime.class)).isEqualTo(LocalDateTime.MIN);
            assertThat(rows.getObject(3, OffsetDateTime.class)).isEqualTo(OffsetDateTime.MAX);
            assertThat((Object[]) rows.getArray(4).getArray())
                    .containsExactly(new Date(FIRST_MILLIS), Date.valueOf("2020-01-01"));
            assertThat(rows.next()).isEqualTo(i < 3);
        }
    }

    private static void add(PreparedStatement insert, int id, Object date, Object timestamp, Object instant)
            throws SQLException {
        insert.setInt(1, id);
        insert.setObject(2, date);
        insert.setObject(3, timestamp);
        insert.setObject(4, instant);
        insert.setString(5, "{-infinity,2020-01-01}");
        assertThat(insert.executeUpdate()).isEqualTo(1);
    }

    @Test
    void textIsUnicode() throws SQLException {
        ResultSet row = row("select 'grüße 👋' t, '' e");
        assertThat(row.getString("t")).isEqualTo("grüße 👋");
        assertThat(row.getString("e")).isEmpty();
        assertThat(row.wasNull()).isFalse();
    }

    @Test
    void booleans() throws SQLException {
        ResultSet row = row("select true t, 1 = 2 f");
        assertThat(row.getBoolean("t")).isTrue();
        assertThat(row.getObject("f")).isEqualTo(false);
        assertThat(row.getString("t")).isEqualTo("true");
        assertThat(row.getInt("t")).isEqualTo(1);
    }

    @Test
    void dates() throws SQLException {
        ResultSet row = row("select date '2024-02-29' d");
        assertThat(row.getObject(1, LocalDate.class)).isEqualTo(LocalDate.of(2024, 2, 29));
        assertThat(row.getDate(1)).isEqualTo(Date.valueOf("2024-02-29"));
        assertThat(row.getString(1)).isEqualTo("2024-02-29");
    }

    @Test
    void timestampsKeepMicroseconds() throws SQLException {
        ResultSet row = row("select timestamp '2024-01-02 03:04:05.678901' t");
        assertThat(row.getTimestamp(1)).isEqualTo(Timestamp.valueOf("2024-01-02 03:04:05.678901"));
        assertThat(row.getObject(1, LocalDateTime.class)).isEqualTo(LocalDateTime.parse("2024-01-02T03:04:05.678901"));
        assertThat(row.getString(1)).isEqualTo("2024-01-02 03:04:05.678901");
    }

    @Test
    void instantsAreShownInTheSessionsZone() throws SQLException {
        database.run("set time zone 'Asia/Kolkata'");
        ResultSet row = row("select cast('2024-01-01 00:00:00.5+00' as timestamptz) t");
        assertThat(row.getObject(1, Instant.class)).isEqualTo(Instant.parse("2024-01-01T00:00:00.5Z"));
        assertThat(row.getString(1)).isEqualTo("2024-01-01 05:30:00.5+05:30");
        assertThat(row.getObject(1, OffsetDateTime.class))
                .isEqualTo(OffsetDateTime.parse("2024-01-01T05:30:00.5+05:30"));
        assertThat(row.getTimestamp(1).toInstant()).isEqualTo(Instant.parse("2024-01-01T00:00:00.5Z"));
    }

    @Test
    void times() throws SQLException {
        ResultSet row = row("select time '23:59:59.999999' t");
        assertThat(row.getObject(1, LocalTime.class)).isEqualTo(LocalTime.parse("23:59:59.999999"));
        assertThat(row.getTime(1)).hasToString(Time.valueOf("23:59:59").toString());
        assertThat(row.getString(1)).isEqualTo("23:59:59.999999");
    }

    @Test
    void theEndOfTheDayIsTheLastMomentThatJavaKnows() throws SQLException {
        ResultSet row = row("select time '24:00' t");
        assertThat(row.getObject(1, LocalTime.class)).isEqualTo(LocalTime.MAX);
        assertThat(row.getTime(1)).hasToString("00:00:00");
        assertThat(row.getString(1)).isEqualTo("24:00:00");
    }

    @Test
    void intervals() throws SQLException {
        ResultSet row = row("select interval '1 year 2 months 3 days 04:05:06.7' i, interval '-1 day' n");
        // The server's driver has no class of its own for intervals, and gives their text.
        assertThat(row.getObject(1))
                .isEqualTo(door == Door.EMBEDDED ? new Interval(14, 3, 14_706_700_000L) : row.getString(1));
        assertThat(row.getString(1)).isEqualTo("1 year 2 mons 3 days 04:05:06.7");
        assertThat(row.getString(2)).isEqualTo("-1 days");
    }

    @Test
    void uuids() throws SQLException {
        UUID id = UUID.fromString("0f0e0d0c-0b0a-9908-8706-050403020100");
        ResultSet row = row("select cast('" + id + "' as uuid) u");
        assertThat(row.getObject(1)).isEqualTo(id);
        assertThat(row.getObject(1, UUID.class)).isEqualTo(id);
        assertThat(row.getString(1)).isEqualTo(id.toString());
    }

    @Test
    void bytes() throws SQLException {
        ResultSet row = row("select cast('\\x00ff10' as bytea) b");
        assertThat(row.getBytes(1)).containsExactly(0, 0xff, 0x10);
        assertThat(row.getString(1)).isEqualTo("\\x00ff10");
    }

    @Test
    void nullIsTold() throws SQLException {
        ResultSet row = row("select cast(null as int) i, cast(null as text) t, 1 one");
        assertThat(row.getInt(1)).isZero();
        assertThat(row.wasNull()).isTrue();
        assertThat(row.getString(2)).isNull();
        assertThat(row.getObject(2)).isNull();
        assertThat(row.getObject(1, Integer.class)).isNull();
        assertThat(row.getInt(3)).isOne();
        assertThat(row.wasNull()).isFalse();
    }

    @Test
    void typesHavePostgresNames() throws SQLException {
        ResultSetMetaData columns = row("select 1 i, 2::bigint b, 'x'::varchar(5) v, 1.5 n, now() z, true t")
                .getMetaData();
        assertThat(columns.getColumnCount()).isEqualTo(6);
        assertThat(columns.getColumnTypeName(1)).isEqualTo("int4");
        assertThat(columns.getColumnTypeName(2)).isEqualTo("int8");
        assertThat(columns.getColumnTypeName(3)).isEqualTo("varchar");
        assertThat(columns.getPrecision(3)).isEqualTo(5);
        assertThat(columns.getColumnTypeName(4)).isEqualTo("numeric");
        assertThat(columns.getColumnType(5)).isEqualTo(Types.TIMESTAMP_WITH_TIMEZONE);
        assertThat(columns.getColumnClassName(6)).isEqualTo("java.lang.Boolean");
        assertThat(columns.getColumnLabel(1)).isEqualTo("i");
    }

    @Test
    void theFirstOfEqualLabelsCounts() throws SQLException {
        ResultSet row = row("select 1 as a, 2 as a");
        assertThat(row.getInt("a")).isOne();
        assertThat(row.findColumn("A")).isOne();
    }

    @Test
    void wrongLabelsAndOrdinalsAreErrors() throws SQLException {
        ResultSet row = row("select 1 as a");
        assertThatThrownBy(() -> row.getInt("b")).hasMessageContaining("no column \"b\"");
        assertThatThrownBy(() -> row.getInt(2)).hasMessageContaining("no column 2");
        assertThat(row.next()).isFalse();
        assertThatThrownBy(() -> row.getInt(1)).hasMessageContaining("not on a row");
    }

    @Test
    void aValueOfAnotherKindIs42804() throws SQLException {
        ResultSet row = row("select true b");
        assertThatThrownBy(() -> row.getTimestamp(1))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42804"));
    }
}
