package io.kadedb.sqltests.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadedb.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExportImportTest {
    private static final List<String> OBJECTS = List.of(
            "create schema \"Other One\"",
            "create sequence numbers increment by 5 start with 100 cycle maxvalue 1000",
            "create sequence unused",
            "create table b_child (id int primary key, parent int not null, note varchar(10) default 'it''s',"
                    + " constraint child_parent foreign key (parent) references public.parent_later (id)"
                    + " on delete cascade on update restrict)",
            "create table \"Other One\".\"select\" (\"Q\"\"x\" text, at timestamp(3), c char(4), b bpchar, v varchar,"
                    + " n numeric(20,3), i interval, u uuid, y bytea, z timestamptz, d double precision)",
            "create table node (id bigint primary key, up bigint references node (id), x int, y int,"
                    + " constraint ordered check (x < y), unique (x, y))",
            "create table edge (a bigint references node, b bigint references node, primary key (a, b))",
            "create table gen (id serial primary key, w int, twice int generated always as (w * 2) stored,"
                    + " constraint w_once unique nulls not distinct (w))",
            "create table auto (id int generated always as identity (start with 10 increment by 10) primary key, s"
                    + " text)",
            "create type \"Other One\".mood as enum ('sad', 'it''s ok', 'happy')",
            "create table feeling (id int primary key, m \"Other One\".mood, all_of \"Other One\".mood[], j jsonb, t"
                    + " json)",
            "create table egg (id int primary key, hen int, words text[], amounts numeric(5,2)[])",
            "create table hen (id int primary key, egg int references egg)",
            "create temp table passing (id int)",
            "create view top as select id, s from auto",
            "create view \"Other One\".over_top (k, total) as with x as (select * from top) select id, 1 from x",
            "create view odd as select * from \"Other One\".\"select\"",
            "comment on table auto is 'it''s'",
            "comment on column auto.s is 's'",
            "comment on column top.s is 'of top'",
            "comment on view top is 'a view'",
            "comment on schema \"Other One\" is 'other'",
            "comment on constraint ordered on node is 'x before y'",
            "create materialized view mat as select id, s from auto",
            "comment on materialized view mat is 'kept'",
            "create index node_x on node (x desc, y)",
            "create unique index gen_w on gen (twice)",
            "create table page (id int primary key, words text, tags text[], doc jsonb,"
                    + " found tsvector generated always as (to_tsvector('english', words)) stored)",
            "create index page_tags on page using gin (tags)",
            "create index page_doc on page using gin (doc jsonb_path_ops)",
            "create index page_words on page using gin (to_tsvector('simple', words))",
            "create index page_found on page using gin (found)",
            "create index page_lower on page (lower(words) desc) include (tags) where id > 1",
            "create unique index page_key on page ((doc ->> 'key'))",
            "create table reading (device int, ts timestamptz, v double precision, primary key (device, ts))"
                    + " partition by range (ts interval '1 day') with (retention = '100 years')",
            "create index reading_v on reading (v)",
            "create table piece (id bigint primary key, what text) partition by range (id 100)",
            "create materialized view daily as select device, time_bucket('1 day', ts) as day, count(*) as readings"
                    + " from reading group by 1, 2",
            "create unique index daily_key on daily (device, day)",
            "create materialized view empty as select count(*) as n from piece with no data",
            "create materialized view hourly with (continuous) as select time_bucket('1 hour', ts) as hour, device,"
                    + " count(*) as n, sum(v) as total from reading group by 1, 2",
            "create view over_daily as select day, sum(readings) as readings from daily group by day",
            "create property graph g vertex tables (node label n properties (x, x + y as total))"
                    + " edge tables (edge key (a, b) source key (a) references node (id)"
                    + " destination key (b) references node (id) label e no properties)",
            "create view zoned as select id, x from node",
            "create property graph a_graph vertex tables (zoned key (id) label z properties (x))",
            "comment on property graph a_graph is 'over a view'",
            "create view aged as select * from graph_table (a_graph match (v is z) columns (v.x))");
    private static final List<String> ROWS = List.of(
            "insert into parent_later select i from generate_series(1, 10) i",
            "insert into b_child select i, i % 10 + 1, null from generate_series(1, 3000) i",
            "insert into \"Other One\".\"select\" values ('a', '2024-02-29 01:02:03.456', 'x', 'y ', '', 1.5,"
                    + " '1 mon 2 days 00:00:00.000001', '11223344-5566-7788-99aa-bbccddeeff00', '\\x00ff',"
                    + " '2024-02-29 00:00:00.123456+00', 'nan'),"
                    + " (null, null, null, null, null, null, null, null, null, null, null)",
            "insert into node values (1, 3, 1, 2), (3, 1, 3, 4), (2, null, null, null)",
            "insert into edge values (1, 2), (2, 3)",
            "insert into gen (w) values (10), (20), (null)",
            "insert into feeling values (1, 'happy', '{sad,\"it''s ok\"}', '{\"a\": [1, null]}', '[1,  2]'),"
                    + " (2, null, null, null, null)",
            "insert into egg values (1, 1, '{a,\"b c\",NULL}', '{{1.5,2},{3,4}}'), (2, null, '{}', null)",
            "insert into hen values (1, 1)",
            "alter table egg add constraint egg_hen foreign key (hen) references hen",
            "alter table egg add constraint early check (id < 2) not valid",
            "insert into auto (s) values ('a'), ('b')",
            "insert into page (id, words, tags, doc) select i, 'the quick foxes ' || i, array['t' || i % 3, null],"
                + " ('{\"key\": \"' || i || '\", \"list\": [' || i % 5 || ']}')::jsonb from generate_series(1, 50) i",
            "insert into reading select i % 3, timestamptz '2026-01-01 00:00:00+00' + i * interval '1 hour', i / 8.0"
                    + " from generate_series(1, 100) i",
            "refresh materialized view hourly",
            "update reading set v = v + 1 where device = 1",
            "insert into piece select i, 'piece ' || i from generate_series(1, 400) i",
            "insert into reading values (9, '2026-02-01 00:00:00+00', 'infinity')",
            "refresh materialized view daily",
            "select nextval('numbers')",
            "select nextval('numbers')");
    private static final List<String> QUERIES = List.of(
            "select * from parent_later order by 1",
            "select * from b_child order by 1",
            "select * from \"Other One\".\"select\" order by 1",
            "select * from node order by 1",
            "select * from edge order by 1, 2",
            "select * from gen order by 1",
            "select * from auto order by 1",
            "select * from egg order by 1",
            "select * from feeling order by m, id",
            "select id from feeling where m > 'sad' and j @> '{\"a\": [1]}'",
            "select * from hen order by 1",
            "select * from top order by 1",
            "select * from \"Other One\".over_top order by 1",
            "select * from odd order by 1",
            "describe auto",
            "select * from page order by id",
            "select count(*) from page where tags @> array['t1']",
            "select count(*) from page where doc @> '{\"list\": [3]}'",
            "select id from page where found @@ to_tsquery('english', 'fox & 7')",
            "select id from page where to_tsvector('simple', words) @@ to_tsquery('simple', '8')",
            "select id from page where lower(words) = 'the quick foxes 9' and id > 1",
            "select id from page where doc ->> 'key' = '11'",
            "select * from reading order by ts",
            "select device, v from reading where ts >= '2026-01-02 00:00:00+00' and ts < '2026-01-02 03:00:00+00'"
                    + " order by 1",
            "select count(*), min(id), max(id), min(what) from piece",
            "select * from daily order by 1, 2",
            "select * from over_daily order by 1",
            "select * from hourly order by 1, 2",
            "show create table reading",
            "show create table piece",
            "show create table page",
            "select * from graph_table (g match (a is n)-[is e]->(b) columns (a.x, b.total)) order by 1",
            "select * from aged order by 1",
            "show create property graph a_graph");

    @TempDir
    private Path folder;

    private Connection from;
    private Connection to;

    // JUnit sets the fields before each test.
    @SuppressWarnings("NullAway.Init")
    ExportImportTest() {}

    @BeforeEach
    void open() throws SQLException {
        from = DriverManager.getConnection("jdbc:kadedb:mem:");
        to = DriverManager.getConnection("jdbc:kadedb:mem:");
        Sql.run(from, "create table parent_later (id int primary key)");
        Sql.run(from, OBJECTS.toArray(String[]::new));
        Sql.run(from, ROWS.toArray(String[]::new));
    }

    @AfterEach
    void close() throws SQLException {
        from.close();
        to.close();
    }

    private String path(String name) {
        return "'" + folder.resolve(name) + "'";
    }

    private String text(String directory, String name) throws IOException {
        return Files.readString(folder.resolve(directory).resolve(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " (format parquet, compression snappy)", " (format csv, header)", " (format arrow)"})
    void everythingComesBack(String options) throws SQLException, IOException {
        Sql.run(from, "export database " + path("first") + options);
        Sql.run(to, "set search_path = nowhere", "import database " + path("first"), "set search_path = public");
        for (String query : QUERIES) {
            assertThat(Sql.rows(to, query)).as(query).isEqualTo(Sql.rows(from, query));
        }
        Sql.run(to, "export database " + path("second") + options);
        assertThat(text("second", "schema.sql")).isEqualTo(text("first", "schema.sql"));
        assertThat(text("second", "load.sql")).isEqualTo(text("first", "load.sql"));
        assertThat(Sql.rows(to, "select nextval('numbers'), nextval('unused')")).containsExactly("110|1|");
        assertThat(Sql.rows(to, "insert into gen (w) values (40) returning id, twice"))
                .containsExactly("4|80|");
        assertThat(Sql.rows(to, "insert into auto (s) values ('c') returning id"))
                .containsExactly("30|");
        fails(to, "23503", "insert into egg values (0, 7, null, null)");
        fails(to, "23514", "insert into egg values (3, null, null, null)");
        fails(to, "23503", "insert into b_child values (-1, 77)");
        fails(to, "23514", "insert into node values (9, null, 2, 1)");
        fails(to, "23505", "insert into gen (w) values (null)");
        fails(to, "55000", "select * from empty");
        assertThat(Sql.rows(to, "check database")).allMatch(row -> row.endsWith("|null|"));
        Sql.run(to, "delete from parent_later where id = 1");
        assertThat(Sql.rows(to, "select count(*) from b_child")).containsExactly("2700|");
    }

    @Test
    void everythingComesBackFromABackup() throws SQLException, IOException {
        Path original = folder.resolve("original");
        try (Connection stored = DriverManager.getConnection("jdbc:kadedb:file:" + original)) {
            Sql.run(stored, "create table parent_later (id int primary key)");
            Sql.run(stored, OBJECTS.toArray(String[]::new));
            Sql.run(stored, ROWS.subList(0, ROWS.size() / 2).toArray(String[]::new));
            Sql.run(stored, "checkpoint");
            Sql.run(stored, ROWS.subList(ROWS.size() / 2, ROWS.size()).toArray(String[]::new));
            Sql.run(stored, "backup database to " + path("backup"));
        }
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said, true);
        String restored = folder.resolve("restored").toString();
        assertThat(Main.run(out, out, "restore", folder.resolve("backup").toString(), "TO", restored))
                .as(said.toString())
                .isZero();
        assertThat(Main.run(out, out, "check", restored)).as(said.toString()).isZero();
        try (Connection copy = DriverManager.getConnection("jdbc:kadedb:file:" + restored)) {
            for (String query : QUERIES) {
                assertThat(Sql.rows(copy, query)).as(query).isEqualTo(Sql.rows(from, query));
            }
            fails(copy, "55000", "select * from empty");
            Sql.run(from, "export database " + path("of_first"));
            Sql.run(copy, "export database " + path("of_copy"));
            assertThat(text("of_copy", "schema.sql")).isEqualTo(text("of_first", "schema.sql"));
            // Values that were reserved when it was made are not given again, as after a crash.
            assertThat(Sql.rows(copy, "select nextval('numbers') > 105, nextval('unused')"))
                    .containsExactly("true|1|");
            for (String change : List.of(
                    "delete from reading where device = 2",
                    "refresh materialized view hourly",
                    "insert into reading values (2, '2026-01-01 05:30:00+00', 7)")) {
                Sql.run(copy, change);
                assertThat(Sql.rows(copy, "select * from hourly order by 1, 2"))
                        .as(change)
                        .isEqualTo(Sql.rows(
                                copy,
                                "select time_bucket('1 hour', ts), device, count(*), sum(v) from reading"
                                        + " group by 1, 2 order by 1, 2"));
            }
            Sql.run(copy, "refresh materialized view daily", "drop type \"Other One\".mood cascade");
            fails(copy, "23505", "insert into page (id, doc) values (1000, '{\"key\": \"7\"}')");
        }
        assertThat(Main.run(out, out, "check", restored)).as(said.toString()).isZero();
    }

    @Test
    void tablesAreShownAsTheStatementsThatMakeThem() throws SQLException {
        List<String> shown = Sql.rows(from, "show create table gen");
        assertThat(shown).containsExactly("""
            gen|CREATE SEQUENCE public.gen_id_seq AS integer INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647\
             START WITH 1 CACHE 1;
            CREATE TABLE public.gen (
              id integer DEFAULT nextval('public.gen_id_seq'::regclass),
              w integer,
              twice integer GENERATED ALWAYS AS (w * 2) STORED,
              CONSTRAINT gen_pkey PRIMARY KEY (id),
              CONSTRAINT w_once UNIQUE NULLS NOT DISTINCT (w)
            );
            ALTER SEQUENCE public.gen_id_seq OWNED BY public.gen.id;
            CREATE UNIQUE INDEX gen_w ON public.gen USING btree (twice);|\
            """);
        String statements =
                shown.getFirst().substring("gen|".length(), shown.getFirst().length() - 1);
        Sql.run(to, statements);
        assertThat(Sql.rows(to, "show create table gen")).isEqualTo(shown);
        fails(from, "42P01", "show create table none");
    }

    @Test
    void whatIsInTheWayIsSaidAndNothingIsHalfDone() throws SQLException, IOException {
        Files.createDirectory(folder.resolve("empty"));
        Sql.run(from, "export database " + path("empty"));
        fails(from, "58P02", "export database " + path("empty"));
        fails(from, "58P01", "export database " + path("none/there"));
        fails(from, "0A000", "export database " + path("orc") + " (format orc)");
        fails(from, "0A000", "export database " + path("csv") + " (format csv, compression zstd)");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactly("empty");
        }
        fails(to, "58P01", "import database " + path("none"));
        Sql.run(to, "create table node (id int)");
        fails(to, "42P07", "import database " + path("empty"));
        assertThat(Sql.rows(to, "show tables")).containsExactly("public|node|table|");
        Sql.run(to, "drop table node");
        try (Stream<Path> files = Files.list(folder.resolve("empty"))) {
            Files.delete(files.filter(file -> file.toString().endsWith(".parquet"))
                    .sorted()
                    .toList()
                    .getLast());
        }
        fails(to, "58P01", "import database " + path("empty"));
        assertThat(Sql.rows(to, "show tables")).isEmpty();
        assertThat(Sql.rows(to, "show schemas")).noneMatch(row -> row.startsWith("Other"));
        Files.writeString(folder.resolve("empty/schema.sql"), "create table t (a int);\ncommit;");
        fails(to, "0A000", "import database " + path("empty"));
        Files.writeString(folder.resolve("empty/schema.sql"), "create table t (a int);\ncreate table u (a nothing);");
        assertThatThrownBy(() -> Sql.run(to, "import database " + path("empty")))
                .hasMessageContaining("line 2 of")
                .hasMessageContaining("schema.sql");
        assertThat(Sql.rows(to, "show tables")).isEmpty();
    }

    @Test
    void anImportInABlockGoesWithIt() throws SQLException {
        Sql.run(from, "export database " + path("all"));
        Sql.run(to, "begin", "import database " + path("all"), "rollback");
        assertThat(Sql.rows(to, "show tables")).isEmpty();
        Sql.run(to, "begin read only");
        fails(to, "25006", "import database " + path("all"));
        Sql.run(to, "rollback");
    }

    private static void fails(Connection connection, String state, String sql) {
        assertThatThrownBy(() -> Sql.run(connection, sql))
                .as(sql)
                .isInstanceOfSatisfying(
                        SQLException.class,
                        e -> assertThat(e.getSQLState())
                                .as(sql + ": " + e.getMessage())
                                .isEqualTo(state));
    }
}
