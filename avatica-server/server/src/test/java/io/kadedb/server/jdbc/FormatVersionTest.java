package io.kadedb.server.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Directories that earlier builds wrote, kept as resources, each made by the statements beside it. {@code format/v1.zip} is of
 * directories' first format; the others are named by the newest catalog record in them: altered tables and computed indexes (3),
 * inverted indexes (4), partitions and materialized views (5). All have folded segments and deltas.
 */
class FormatVersionTest {
    @TempDir
    Path folder;

    private Path directory;
    private String url;

    @BeforeEach
    void unpack() throws IOException {
        unpack("v1");
    }

    private void unpack(String name) throws IOException {
        directory = folder.resolve(name);
        url = "jdbc:kadedb:file:" + directory;
        Files.createDirectory(directory);
        String file = "/format/" + name + ".zip";
        InputStream resource = Objects.requireNonNull(FormatVersionTest.class.getResourceAsStream(file), file);
        try (ZipInputStream zip = new ZipInputStream(resource)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Files.copy(zip, directory.resolve(entry.getName()));
            }
        }
    }

    private static void assertSound(Connection connection) throws SQLException {
        assertThat(Database.rows(connection, "check database"))
                .hasSizeGreaterThan(4)
                .allSatisfy(row -> assertThat(row).endsWith("null"));
    }

    private static void assertFails(Connection connection, String state, String sql) {
        assertThatThrownBy(() -> Database.run(connection, sql)).as(sql).hasFieldOrPropertyWithValue("SQLState", state);
    }

    @Test
    void alteredTablesAndComputedIndexes() throws Exception {
        unpack("major3");
        try (Connection connection = DriverManager.getConnection(url)) {
            assertSound(connection);
            assertThat(Database.rows(
                            connection,
                            "select count(*), sum(price), sum(twice), sum(added), max(name), min(tags) from person"))
                    .containsExactly("81,1350,2700,3402,Name 9,{t0,NULL}");
            assertThat(Database.rows(connection, "select * from person where id in (1, 81) order by id"))
                    .containsExactly(
                            "1,Name 1,ok,{t1,NULL},{\"key\": \"k1\", \"list\": [1, 1]},2,4,42",
                            "81,Late,happy,null,{\"key\": \"late\"},3,6,42");
            assertThat(Database.rows(
                            connection,
                            "select (select id from person where lower(name) = 'name 33'),"
                                    + " (select name from person where doc ->> 'key' = 'late'),"
                                    + " (select count(*) from person where price < 20), nextval('numbers')"))
                    .containsExactly("33,Late,36,110");
            assertThat(Database.rows(
                            connection,
                            "select count(*), sum(cost), max(note), (select sum(visits) from counted) from visit"))
                    .containsExactly("196,5031.00,none,196");
            Database.run(
                    connection,
                    "insert into visit (person, cost) values (1, 1)",
                    "alter table person add column more text default 'm'",
                    "drop index person_cheap",
                    "alter type mood add value 'glad'");
        }
    }

    @Test
    void invertedIndexes() throws Exception {
        unpack("major4");
        try (Connection connection = DriverManager.getConnection(url)) {
            assertSound(connection);
            String counts = "select count(*), count(*) filter (where tags @> array['t1']),"
                    + " (select count(*) from page where tags @> array['t1']),"
                    + " (select count(*) from page where tags @> array['changed']),"
                    + " (select count(*) from page where doc @> '{\"k\": 3}'),"
                    + " (select min(id) from page where doc @> '{\"in\": {\"deep\": [77]}}'),"
                    + " (select count(*) from page where doc @> '{\"k\": \"new\"}') from page";
            assertThat(Database.rows(connection, counts)).containsExactly("118,22,22,3,15,77,3");
            Database.run(
                    connection,
                    "update page set tags = tags || array['t1'] where id = 1000",
                    "delete from page where doc @> '{\"k\": \"new\"}'",
                    "create index page_words on page using gin (to_tsvector('english', words))");
            assertThat(Database.rows(connection, counts)).containsExactly("115,23,23,0,15,77,0");
            assertSound(connection);
        }
    }

    @Test
    void partitionsAndMaterializedViews() throws Exception {
        unpack("major5");
        String counts = "select count(*), sum(v), max(ts), (select count(*) from reading where v = 20),"
                + " (select count(*) from reading where ts < timestamptz '2025-05-02'),"
                + " (select sum(readings) from over_daily), (select max(most) from daily) from reading";
        try (Connection connection = DriverManager.getConnection(url)) {
            assertSound(connection);
            assertThat(Database.rows(connection, counts))
                    .containsExactly("296,5643.375,2025-06-01 12:00:00+00,1,42,296,37.5");
            assertThat(Database.rows(connection, "select count(*), min(id), max(id) from piece"))
                    .containsExactly("350,1,100000");
            assertThat(Database.rows(
                            connection,
                            "select count(*), (select count(*) from page where to_tsvector('simple', words)"
                                    + " @@ to_tsquery('simple', 'foxes & 7')) from page"
                                    + " where found @@ to_tsquery('english', 'fox & jump')"))
                    .containsExactly("60,1");
            assertFails(connection, "55000", "select * from empty");
            Database.run(
                    connection,
                    "alter table reading drop partitions before timestamptz '2025-05-03'",
                    "insert into reading values (10, timestamptz '2025-05-01 00:00:00+00', 0.25, 0)",
                    "refresh materialized view daily",
                    "refresh materialized view empty");
        }
        try (Connection connection = DriverManager.getConnection(url)) {
            assertThat(Database.rows(connection, "select count(*), min(v), max(ts) from reading"))
                    .containsExactly("207,0.25,2025-06-01 12:00:00+00");
            assertThat(Database.rows(connection, "select (select sum(readings) from daily), n from empty"))
                    .containsExactly("207,350");
            assertSound(connection);
        }
    }

    @Test
    void continuousAggregatesAndShreddedDocuments() throws Exception {
        unpack("major6");
        try (Connection connection = DriverManager.getConnection(url)) {
            assertSound(connection);
            assertShowsItsQuery(connection);
            for (String change : List.of(
                    "update reading set v = v - 1 where device = 2",
                    "refresh materialized view hourly",
                    "delete from reading where device = 0")) {
                Database.run(connection, change);
                assertShowsItsQuery(connection);
            }
            assertThat(Database.rows(connection, "explain select 1 from event where (doc ->> 'n')::int > 590"))
                    .anySatisfy(line -> assertThat(line).contains("shredded: doc.n"));
            assertThat(Database.rows(
                            connection,
                            "select count(*), sum((doc ->> 'n')::int), sum((doc #>> '{at,x}')::numeric(12, 2)),"
                                    + " (select count(*) from event where doc ->> 'kind' like '%ange%')"
                                    + " from event where doc ->> 'kind' <> 'k3'"))
                    .containsExactly("515,153103,38276.75,4");
            assertThat(Database.rows(
                            connection,
                            "select count(*), sum(v), (select id from tagged where doc @> '{\"a\": {\"b\": [2]}}')"
                                    + " from graph_table (places match (z is zone) columns (z.v))"))
                    .containsExactly("400,14848,1");
            assertSound(connection);
        }
    }

    private static void assertShowsItsQuery(Connection connection) throws SQLException {
        String query =
                "select time_bucket('1 hour', ts) as hour, device, count(*) as n, sum(v) as total, max(v) as most"
                        + " from reading group by 1, 2 order by 1, 2";
        assertThat(Database.rows(connection, "select * from hourly order by 1, 2"))
                .isNotEmpty()
                .isEqualTo(Database.rows(connection, query));
    }

    @Test
    void isRead() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url)) {
            assertThat(Database.rows(
                            connection, "select count(*), sum(balance), min(born), max(name) from shop.customer"))
                    .containsExactly("61,447.50,1999-12-31,later");
            assertThat(Database.rows(
                            connection, "select * from shop.customer where id in (1, 12, 60, 10002) order by id"))
                    .containsExactly(
                            "1,customer 1,2000-01-02,0.25", "12,customer 12,2000-01-13,4.00", "10002,later,null,0.00");
            assertThat(Database.rows(connection, "select id from shop.customer where name = 'customer 33'"))
                    .containsExactly("33");
            assertThat(Database.rows(
                            connection,
                            "select note, count(*), sum(total), min(placed) from shop.orders"
                                    + " where note in ('changed', 'delta', 'note 1') group by note order by note"))
                    .containsExactly(
                            "changed,1,7.5,2024-01-01 01:00:00",
                            "delta,1,1.5,2025-01-01 00:00:00",
                            "note 1,6,24.375,2024-01-01 00:08:00");
            assertThat(Database.rows(
                            connection,
                            "select count(*), sum(amount), max(took), count(body), min(ref), avg(weight) from events"))
                    .containsExactly("21,246913578024691358012.4680,20 days 00:00:40,20,"
                            + "00000000-0000-0000-0000-000000000001,5.25");
            assertThat(Database.rows(
                            connection,
                            "select a, b from graph_table(social match (p is person where p.id > 10000)"
                                    + " -[k is knows]-> (q) columns (p.id as a, q.id as b)) order by a, b"))
                    .containsExactly("10001,10002", "10002,1");
        }
    }

    @Test
    void isWrittenOn() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url)) {
            Database.run(
                    connection,
                    "insert into shop.customer (id, name) values (20000, 'new')",
                    "update shop.customer set name = name || '!' where id <= 2",
                    "delete from shop.customer where id = 10001 and id not in (select a from knows)",
                    "insert into shop.orders values (20000, 1)",
                    "create index events_kind on events (kind)",
                    "drop index shop.orders_placed");
            assertThatThrownBy(() -> Database.run(connection, "insert into shop.orders values (20001, 1)"))
                    .hasFieldOrPropertyWithValue("SQLState", "23503");
            assertThatThrownBy(() -> Database.run(connection, "insert into shop.customer values (7, 'x')"))
                    .hasFieldOrPropertyWithValue("SQLState", "23505");
            assertThatThrownBy(() -> Database.run(connection, "insert into shop.customer values (7000, 'customer 7')"))
                    .hasFieldOrPropertyWithValue("SQLState", "23505");
            assertThatThrownBy(() -> Database.run(connection, "update shop.customer set balance = -101"))
                    .hasFieldOrPropertyWithValue("SQLState", "23514");
        }
        try (Connection connection = DriverManager.getConnection(url)) {
            assertThat(Database.rows(
                            connection, "select name from shop.customer where id in (1, 2, 20000) order by id"))
                    .containsExactly("customer 1!", "customer 2!", "new");
            assertThat(Database.rows(connection, "select count(*) from events where kind = 3"))
                    .containsExactly("2");
        }
    }

    @Test
    void aLaterFormatIsRefused() throws IOException {
        Files.writeString(directory.resolve("kadedb.format"), "kadedb key space format 7\n");
        assertThatThrownBy(() -> DriverManager.getConnection(url).close())
                .isInstanceOf(SQLException.class)
                .hasFieldOrPropertyWithValue("SQLState", "XX003")
                .hasMessageContaining("has format 7; this version reads formats 1 to 2");
    }
}
