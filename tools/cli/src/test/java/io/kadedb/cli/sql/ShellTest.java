package io.kadedb.cli.sql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kadedb.server.DatabaseUrl;
import io.kadedb.server.http.KadeServer;
import io.kadedb.server.http.ServerConfig;
import io.kadedb.server.jdbc.KadeDriver;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell before a terminal that has no more than lines. */
class ShellTest {
    private static String typed(String url, String text, Optional<Path> history) throws Exception {
        Class.forName(KadeDriver.class.getName());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Terminal terminal = new DumbTerminal(
                        "test", Terminal.TYPE_DUMB, new ByteArrayInputStream(text.getBytes(UTF_8)), out, UTF_8);
                Connection connection = DriverManager.getConnection(url)) {
            terminal.setSize(new Size(100, 40));
            try (Shell shell = new Shell(terminal, connection, OutputFormat.box, history)) {
                shell.loop();
            }
        }
        return out.toString(UTF_8).replace("\r", "");
    }

    private static String typed(String text) throws Exception {
        return typed("jdbc:kadedb:mem:", text, Optional.empty());
    }

    @Test
    void statementsGoOnUntilTheirSemicolon() throws Exception {
        String shown = typed("select 'a;b' as\nx,\n 2 as y;\nselect nothing from nowhere;\n");
        assertThat(shown).contains("│ x   │ y │", "│ a;b │ 2 │", "Time: ", " ms\n", "error 42P01: ", "^");
    }

    @Test
    void describesTables() throws Exception {
        String shown = typed("""
            create table item (id int primary key, name text not null, price numeric(12, 2));
            create index item_name on item (name);
            \\d
            \\d item
            \\di
            \\dt i*
            \\dn
            \\l
            \\d itme
            \\nonsense
            """);
        assertThat(shown)
                .contains("table public.item", "numeric(12,2)", "index item_name (name)", "item_pkey")
                .contains("│ public │ item │ table │")
                .contains("did you mean", "there is no command \\nonsense");
    }

    @Test
    void describesPartitionsAndKindsOfIndexes() throws Exception {
        String shown = typed("""
            create table reading (at timestamp not null, doc jsonb, word text)
                partition by range (at interval '1 day') with (retention = '90 days');
            create index reading_doc on reading using gin (doc);
            create unique index reading_word on reading (word desc) include (at) where word <> '';
            create materialized view words as select word from reading where word is not null;
            create index words_word on words (word);
            \\d
            \\di
            \\dv
            \\d reading
            \\d words
            """);
        assertThat(shown)
                .contains(
                        "PARTITION BY RANGE (at INTERVAL '1 day') WITH (retention = '90 days')",
                        "index reading_doc using gin (doc)",
                        "unique index reading_word (word DESC) INCLUDE (at) WHERE (word <> '')",
                        "materialized view public.words",
                        "index words_word (word)",
                        "  select word from reading where word is not null")
                .contains("│ gin    │ (doc)", "│ public │ words   │ materialized view │");
    }

    @Test
    void describesViews() throws Exception {
        String shown = typed("""
            create table item (id int primary key, name text);
            create view names as select name from item where id > 7;
            comment on view names is 'of some items';
            comment on column names.name is 'what it is called';
            \\dv
            \\d names
            """);
        assertThat(shown)
                .contains("│ public │ names │ view │ of some items │")
                .contains("view public.names", "what it is called", "  select name from item where id > 7");
    }

    @Test
    void switchesFormatsAndTiming() throws Exception {
        String shown = typed("""
            \\timing off
            \\x
            select 1 as first_one;
            \\x
            \\format jsonl
            select 2 as second_one;
            !outputformat csv
            select 3 as a, 4 as b;
            \\format yaml
            """);
        assertThat(shown)
                .contains("first_one | 1", "{\"second_one\":2}", "a,b\n3,4\n", "there is no format \"yaml\"")
                .doesNotContain("Time:");
    }

    @Test
    void sqllinesCommandsSeeTheShellsTransaction() throws Exception {
        String shown = typed(
                "begin;\ncreate table mine (a int);\n!tables\n!sql select 7 as seven\n!nonsense\n!quit\nselect 8;");
        assertThat(shown)
                .contains("mine", "│     7 │", "there is no command !nonsense")
                .doesNotContain(" 8 │");
    }

    @Test
    void copiesRowsAndFiles(@TempDir Path folder) throws Exception {
        Path csv = folder.resolve("rows.csv");
        String shown = typed("""
            create table copied (a int, b text);
            copy copied from stdin (delimiter ',');
            1,x;y
            2,\\N
            \\.
            \\copy (select * from copied order by a) to '%s' (header)
            \\copy copied (a, b) from '%s' (header) where a = 2
            copy (select * from copied order by a, b) to stdout (delimiter ',');
            \\copy copied from nowhere.txt
            \\copy copied
            """.formatted(csv, csv));
        assertThat(shown)
                .contains("1,x;y\n2,\\N\n2,\\N\n")
                .contains("there is no file \"nowhere.txt\"", "\\copy wants");
        assertThat(Files.readString(csv)).isEqualTo("a,b\n1,x;y\n2,\n");
    }

    @Test
    void keepsHistory(@TempDir Path folder) throws Exception {
        Path history = folder.resolve("history");
        assertThat(typed("jdbc:kadedb:mem:", "select 1\n as kept;\n\\q\n", Optional.of(history)))
                .contains("kept");
        assertThat(Files.readString(history)).contains("as kept;");
    }

    @Test
    void completesFromTheCatalog() throws Exception {
        Class.forName(KadeDriver.class.getName());
        try (Connection connection = DriverManager.getConnection("jdbc:kadedb:mem:")) {
            try (var statement = connection.createStatement()) {
                statement.execute("create table item (id int, label text); create table \"Odd\" (other int)");
            }
            CatalogCompleter completer = new CatalogCompleter(connection);
            assertThat(completer.complete("select i", "i")).contains("item", "id", "label", "other", "\"Odd\"", "in");
            assertThat(completer.complete("select l from item", "l"))
                    .contains("label")
                    .doesNotContain("other");
            assertThat(completer.complete("select t. from item as t", "t.")).containsExactly("t.id", "t.label");
            assertThat(completer.complete("SEL", "SEL")).contains("SELECT");
            assertThat(completer.complete("\\d", "\\d")).contains("\\dt").doesNotContain("item");
            assertThat(completer.complete("\\d i", "i")).contains("item").doesNotContain("in");
        }
    }

    private static final String ENDLESS = "select count(*) from generate_series(1, 1000000) a,"
            + " generate_series(1, 1000000) b where (a + b) % 7 = 3;\n";

    /** Presses Ctrl-C until the statement that runs has ended, and types on. */
    private static String interrupted(String url) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String text = ENDLESS + "select 41 + 1 as answer;\n";
        try (Terminal terminal = new DumbTerminal(
                        "test", Terminal.TYPE_DUMB, new ByteArrayInputStream(text.getBytes(UTF_8)), out, UTF_8);
                Connection connection = DriverManager.getConnection(url);
                Shell shell = new Shell(terminal, connection, OutputFormat.csv, Optional.empty())) {
            Thread typing = Thread.ofPlatform().start(shell::loop);
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (typing.isAlive() && System.nanoTime() < deadline) {
                if (shell.isRunning() && !out.toString(UTF_8).contains("57014")) {
                    terminal.raise(Terminal.Signal.INT);
                }
                typing.join(20);
            }
            assertThat(typing.isAlive()).as("the shell has run all").isFalse();
        }
        return out.toString(UTF_8).replace("\r", "");
    }

    @Test
    void controlCEndsTheStatementAndNotTheShell() throws Exception {
        Class.forName(KadeDriver.class.getName());
        assertThat(interrupted("jdbc:kadedb:mem:")).contains("error 57014: ", "answer\n42\n");
    }

    @Test
    void controlCEndsTheStatementOnTheServer() throws Exception {
        try (KadeServer server = KadeServer.start(ServerConfig.of(
                DatabaseUrl.parse("jdbc:kadedb:mem:shell"),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)))) {
            String url = "jdbc:kadedb://localhost:" + server.address().getPort();
            assertThat(interrupted(url)).contains("error 57014: ", "answer\n42\n");
            String shown = typed(url, "create table t (a int primary key);\n\\d t\n\\di\n!tables\n", Optional.empty());
            assertThat(shown).contains("table public.t", "t_pkey", "TABLE_SCHEM");
        }
    }
}
