package io.kadedb.sqltests.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBResultSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileFormatsTest {
    private static final String COLUMNS =
            "(id int primary key, b boolean, s smallint, l bigint, r real, d double precision, n numeric(10,2), w"
                + " numeric(38,5), t text, v varchar(20), y bytea, da date, ti time, ts timestamp, tz timestamptz, u"
                + " uuid, i interval)";
    private static final List<String> ROWS = List.of(
            "(1, true, -32768, -9223372036854775808, 1.5, -2.25, -12345678.99,"
                    + " -123456789012345678901234567890123.45678, 'Grüße', 'x', '\\x00ff10', '1600-02-29',"
                    + " '23:59:59.999999', '2024-02-29 12:34:56.789012', '2024-02-29 12:34:56.789012+00',"
                    + " '11223344-5566-7788-99aa-bbccddeeff00', '1 year 2 days 03:04:05.678')",
            "(2, false, 32767, 9223372036854775807, 'infinity', 'nan', 0, 0, '', '', '', '0001-01-01', '00:00',"
                    + " '0001-01-01', '1969-12-31 23:59:59.999999+00', '00000000-0000-0000-0000-000000000000',"
                    + " '0 seconds')",
            "(3, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null)");

    @TempDir
    private Path folder;

    private Connection kade;
    private Connection duck;

    // JUnit sets the fields before each test.
    @SuppressWarnings("NullAway.Init")
    FileFormatsTest() {}

    @BeforeEach
    void open() throws SQLException {
        kade = DriverManager.getConnection("jdbc:kadedb:mem:");
        duck = DriverManager.getConnection("jdbc:duckdb:");
        Sql.run(
                kade,
                "set timezone = 'UTC'",
                "create table t " + COLUMNS,
                "insert into t values " + String.join(", ", ROWS));
        Sql.run(duck, "set timezone = 'UTC'");
    }

    @AfterEach
    void close() throws SQLException {
        kade.close();
        duck.close();
    }

    private String path(String name) {
        return "'" + folder.resolve(name) + "'";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "parquet; compression zstd",
                "parquet; compression snappy, row_group_size 1",
                "parquet; compression gzip",
                "parquet; compression uncompressed",
                "arrow; row_group_size 1",
                "arrow; format arrow"
            })
    void everyTypeComesBack(String end, String options) throws SQLException {
        Sql.run(kade, "copy t to " + path("t." + end) + " (" + options + ")");
        Sql.run(kade, "create table u " + COLUMNS, "copy u from " + path("t." + end));
        assertThat(Sql.rows(kade, "select * from u order by id"))
                .isEqualTo(Sql.rows(kade, "select * from t order by id"));
        assertThat(Sql.rows(kade, "select id, w, tz from " + path("t." + end) + " order by id"))
                .isEqualTo(Sql.rows(kade, "select id, w, tz from t order by id"));
    }

    private void duckTypes(String source) throws SQLException {
        Sql.run(kade, "update t set r = 3, d = 7.5 where id = 2");
        Sql.run(duck, "create table d as select * from " + source);
        String sql = "select id, b, s, l, r, d, n, w, t, v, hex(y), da, ti::varchar, ts::varchar, tz::varchar,"
                + " u::varchar, i::interval = interval '1 year 2 days 03:04:05.678' from d order by id";
        assertThat(Sql.rows(duck, sql))
                .containsExactly(
                        "1|true|-32768|-9223372036854775808|1.5|-2.25|-12345678.99|"
                                + "-123456789012345678901234567890123.45678|Grüße|x|00FF10|1600-02-29|"
                                + "23:59:59.999999|2024-02-29 12:34:56.789012|2024-02-29 12:34:56.789012+00|"
                                + "11223344-5566-7788-99aa-bbccddeeff00|true|",
                        "2|false|32767|9223372036854775807|Infinity|NaN|0.00|0.00000||||0001-01-01|00:00:00|"
                                + "0001-01-01 00:00:00|1969-12-31 23:59:59.999999+00|"
                                + "00000000-0000-0000-0000-000000000000|false|",
                        "3" + "|null".repeat(16) + "|");
        assertThat(Sql.rows(duck, "select id from d where l > 5 and da < date '1000-01-01' and n = 0"))
                .containsExactly("2|");
    }

    @ParameterizedTest
    @ValueSource(strings = {"zstd", "snappy", "gzip", "uncompressed"})
    void duckDbReadsOurParquet(String compression) throws SQLException {
        Sql.run(kade, "copy t to " + path("t.parquet") + " (compression " + compression + ")");
        duckTypes(path("t.parquet"));
        assertThat(Sql.rows(duck, "select distinct compression from parquet_metadata(" + path("t.parquet") + ")"))
                .containsExactly(compression.toUpperCase(Locale.ROOT) + "|");
    }

    @Test
    void duckDbReadsOurArrow() throws SQLException, IOException {
        Sql.run(kade, "copy t to " + path("t.arrow"));
        try (BufferAllocator allocator = new RootAllocator();
                ArrowFileReader reader = new ArrowFileReader(
                        FileChannel.open(folder.resolve("t.arrow"), StandardOpenOption.READ), allocator);
                ArrowArrayStream stream = ArrowArrayStream.allocateNew(allocator)) {
            Data.exportArrayStream(allocator, reader, stream);
            ((DuckDBConnection) duck).registerArrowStream("ours", stream);
            duckTypes("ours");
        }
    }

    private static final String DUCK_ROWS =
            "values (1, true, 7::tinyint, 8::utinyint, 9::uinteger, 18446744073709551615::ubigint, 1.5::float,"
                + " 2.25::double, 1.25::decimal(4,2), 12345678901234567890.5::decimal(38,1), 'text', 'ab'::blob, date"
                + " '2024-02-29', time '01:02:03.4', timestamp '2024-02-29 01:02:03.456789', timestamptz '2024-02-29"
                + " 01:02:03.456789+00', timestamp_ns '2024-02-29 01:02:03.456789123', uuid"
                + " '11223344-5566-7788-99aa-bbccddeeff00', interval '3 months 2 days 1.5"
                + " seconds'), (2" + ", null".repeat(18) + ")";
    private static final List<String> DUCK_READ = List.of(
            "1|true|7|8|9|18446744073709551615|1.5|2.25|1.25|12345678901234567890.5|text|\\x6162|2024-02-29|01:02:03.4|"
                    + "2024-02-29 01:02:03.456789|2024-02-29 01:02:03.456789+00|2024-02-29 01:02:03.456789|"
                    + "11223344-5566-7788-99aa-bbccddeeff00|3 mons 2 days 00:00:01.5|",
            "2" + "|null".repeat(18) + "|");

    @Test
    void weReadParquetOfDuckDb() throws SQLException {
        Sql.run(duck, "copy (" + DUCK_ROWS + ") to " + path("d.parquet") + " (format parquet)");
        assertThat(Sql.rows(kade, "select * from " + path("d.parquet") + " order by 1"))
                .isEqualTo(DUCK_READ);
        Sql.run(
                duck,
                "copy (select range id, range % 7 k, 'v' || range % 100 v from range(300000)) to " + path("m.parquet"));
        assertThat(Sql.rows(kade, "select count(*), sum(id), count(distinct v), sum(k) from " + path("m.parquet")))
                .isEqualTo(Sql.rows(
                        duck, "select count(*), sum(id), count(distinct v), sum(k) from " + path("m.parquet")));
    }

    private void writeArrow(String sql, Path file) throws SQLException, IOException {
        try (BufferAllocator allocator = new RootAllocator();
                Statement statement = duck.createStatement();
                DuckDBResultSet result = (DuckDBResultSet) statement.executeQuery(sql);
                ArrowReader reader = (ArrowReader) result.arrowExportStream(allocator, 1024);
                FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                ArrowFileWriter writer = new ArrowFileWriter(reader.getVectorSchemaRoot(), reader, channel, Map.of())) {
            writer.start();
            while (reader.loadNextBatch()) {
                writer.writeBatch();
            }
            writer.end();
        }
    }

    @Test
    void weReadArrowOfDuckDb() throws SQLException, IOException {
        writeArrow(DUCK_ROWS, folder.resolve("d.arrow"));
        assertThat(Sql.rows(kade, "select * from " + path("d.arrow") + " order by 1"))
                .isEqualTo(DUCK_READ);
        writeArrow("select range id, 'v' || range % 100 v from range(5000)", folder.resolve("m.arrow"));
        assertThat(Sql.rows(kade, "select count(*), sum(id), count(distinct v) from " + path("m.arrow")))
                .containsExactly("5000|12497500|100|");
    }

    @Test
    void manyRowsMakeManyGroups() throws SQLException {
        String query = "select g id, case when g % 3 = 0 then null else 'v' || g % 1000 end v, g % 2 = 0 b"
                + " from generate_series(1, 100000) g";
        String sums = "select count(*), count(v), sum(id), count(distinct v), sum(case when b then 1 else 0 end) from ";
        for (String end : List.of("parquet", "arrow")) {
            Sql.run(kade, "copy (" + query + ") to " + path("m." + end) + " (row_group_size 10000)");
            assertThat(Sql.rows(kade, sums + path("m." + end))).containsExactly("100000|66667|5000050000|1000|50000|");
        }
        assertThat(Sql.rows(duck, sums + path("m.parquet"))).containsExactly("100000|66667|5000050000|1000|50000|");
        assertThat(Sql.rows(
                        duck, "select count(distinct row_group_id) from parquet_metadata(" + path("m.parquet") + ")"))
                .containsExactly("10|");
    }

    @Test
    void nothingAndNamesThatOccurTwiceAreWritten() throws SQLException {
        for (String end : List.of("parquet", "arrow")) {
            Sql.run(kade, "copy (select 1 a, 2 a, 'x') to " + path("n." + end));
            assertThat(Sql.rows(kade, "select a, a_1 from " + path("n." + end))).containsExactly("1|2|");
            Sql.run(kade, "copy (select id, t from t where false) to " + path("e." + end));
            assertThat(Sql.rows(kade, "select * from " + path("e." + end))).isEmpty();
        }
        assertThat(Sql.rows(duck, "select count(*) from " + path("e.parquet"))).containsExactly("0|");
    }

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "arrow"})
    void whatFailsLeavesTheOldFileAndNoOther(String end) throws SQLException, IOException {
        Sql.run(kade, "copy (select 1 a) to " + path("x." + end));
        fails("22012", "copy (select 1 / (id - 3) from t) to " + path("x." + end));
        fails("22023", "copy t to " + path("x." + end) + " (row_group_size 0)");
        fails("0A000", "copy t to " + path("x." + end) + " (header)");
        fails("58P01", "copy t to " + path("none/x." + end));
        assertThat(Sql.rows(kade, "select a from " + path("x." + end))).containsExactly("1|");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactly("x." + end);
        }
        Files.writeString(folder.resolve("bad." + end), "no such file at all, whatever it is called");
        fails("22P04", "select * from " + path("bad." + end));
        byte[] whole = Files.readAllBytes(folder.resolve("x." + end));
        Files.write(folder.resolve("cut." + end), Arrays.copyOf(whole, whole.length / 2));
        fails("22P04", "select * from " + path("cut." + end));
        fails("0A000", "copy t from " + path("x." + end) + " (header)");
        fails("22P04", "copy t from " + path("x." + end));
    }

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "arrow"})
    void infiniteTimesAreRefusedWhereThereAreNone(String end) {
        fails("22008", "copy (select date 'infinity') to " + path("infinite." + end));
        fails("22008", "copy (select timestamptz '-infinity') to " + path("infinite." + end));
    }

    @Test
    void textOfAFileThatIsNoValueIsRefused() throws SQLException {
        Sql.run(kade, "copy (select 'x' id) to " + path("x.parquet"), "create table n (id int)");
        fails("22P02", "copy n from " + path("x.parquet"));
        fails("22023", "copy t to " + path("x.parquet") + " (compression lzo)");
        fails("0A000", "copy t to " + path("x.orc") + " (format orc)");
        fails("22008", "copy (select interval '3000000 hours' i) to " + path("i.arrow"));
    }

    private void fails(String state, String sql) {
        assertThatThrownBy(() -> Sql.run(kade, sql))
                .as(sql)
                .isInstanceOfSatisfying(
                        SQLException.class,
                        e -> assertThat(e.getSQLState())
                                .as(sql + ": " + e.getMessage())
                                .isEqualTo(state));
    }
}
