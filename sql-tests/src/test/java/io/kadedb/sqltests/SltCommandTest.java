package io.kadedb.sqltests;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadedb.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kadedb slt} from its arguments to its exit code. */
class SltCommandTest {
    private static final String GOOD = "query I\nselect 1\n----\n1\n";
    private static final String BAD = "query I\nselect 1\n----\n2\n";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter errors = new StringWriter();

    // JUnit sets the folder before it calls a test.
    @SuppressWarnings("NullAway.Init")
    SltCommandTest() {}

    private int run(Object... arguments) {
        out.getBuffer().setLength(0);
        errors.getBuffer().setLength(0);
        List<String> words = new ArrayList<>(List.of("slt"));
        for (Object argument : arguments) {
            words.add(argument.toString());
        }
        return Main.run(new PrintWriter(out), new PrintWriter(errors), words.toArray(String[]::new));
    }

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private List<String> lines() {
        return out.toString().lines().toList();
    }

    @Test
    void goodFilesGiveZero() throws IOException {
        write("a.slt", GOOD + "\nonlyif mysql\nstatement ok\nnothing\n");
        write("sub/b.test", GOOD);
        write("notes.txt", "no test");
        assertThat(run(folder, "--jobs", 2)).isZero();
        assertThat(lines()).containsExactly("skipped: 1 by onlyif mysql", "2 files", "2 passed, 0 failed, 1 skipped");
    }

    @Test
    void failuresGiveOneAndAreShown() throws IOException {
        Path bad = write("bad.slt", BAD + "\n" + BAD + "\n" + BAD);
        assertThat(run(bad, "--failures", 1)).isOne();
        assertThat(lines())
                .containsExactly(
                        bad + ":1: the result differs",
                        "    select 1",
                        "  - 2",
                        "  + 1",
                        bad + ": 2 more failures",
                        "1 file, 1 with failures",
                        "0 passed, 3 failed, 0 skipped");
    }

    @Test
    void wrongUsageAndUnreadableFilesGiveTwo() throws IOException {
        Path good = write("good.slt", GOOD);
        Path broken = write("broken.slt", GOOD + "\nnonsense\n");
        assertThat(run()).isEqualTo(2);
        assertThat(run(folder.resolve("missing.slt"))).isEqualTo(2);
        assertThat(errors.toString()).contains("there is no file \"" + folder.resolve("missing.slt"));
        assertThat(run(good, "--shard", "3/2")).isEqualTo(2);
        assertThat(errors.toString()).contains("a shard is i/n with i from 1 to n, not 3/2");
        assertThat(run(good, "--url", "jdbc:nothing:x")).isEqualTo(2);
        assertThat(errors.toString()).contains("there is no driver for jdbc:nothing:x");
        assertThat(run(good, "--url", "jdbc:duckdb:", "--remote")).isEqualTo(2);
        assertThat(run(good, "--peer", "oracle")).isEqualTo(2);
        assertThat(run(good, "--jobs", 0)).isEqualTo(2);
        assertThat(run(good, broken)).isEqualTo(2);
        assertThat(lines()).contains(broken + ":6: there is no directive nonsense", "2 passed, 0 failed, 0 skipped");
    }

    @Test
    void runsOnAnyUrl() throws IOException {
        Path file = write("duck.slt", "onlyif duckdb\nquery T\nselect typeof(1)\n----\nINTEGER\n");
        assertThat(run(file, "--url", "jdbc:duckdb:")).isZero();
        assertThat(lines()).last().isEqualTo("1 passed, 0 failed, 0 skipped");
        assertThat(run(file, "--peer", "sqlite")).isZero();
        assertThat(lines()).last().isEqualTo("0 passed, 0 failed, 1 skipped");
    }

    @Test
    void everyConnectionRunsWhatInitSays() throws IOException {
        Path file = write("zone.slt", "query T\nshow timezone\n----\nAsia/Tokyo\n");
        assertThat(run(file, "--init", "set time zone 'Asia/Tokyo'")).isZero();
    }

    @Test
    void shardsAreAllFilesAndEachOnce() throws IOException {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            expected.add(write("f" + i + ".slt", GOOD) + ": 1 passed, 0 failed, 0 skipped");
        }
        List<String> all = new ArrayList<>();
        for (int i : IntStream.rangeClosed(1, 3).toArray()) {
            assertThat(run(folder, "--files", "--shard", i + "/3")).isZero();
            all.addAll(lines().stream().filter(line -> line.contains(".slt: ")).toList());
        }
        assertThat(all).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void aRunThatWasKilledGoesOn() throws IOException {
        Path first = write("a.slt", BAD);
        Path second = write("b.slt", GOOD);
        write("c.slt", GOOD);
        Path journal = folder.resolve("journal");
        // As it is when the process was killed after the first file, while it noted the second.
        assertThat(run(first, "--resume", journal)).isOne();
        Files.writeString(
                journal,
                Files.readString(journal) + "1\t0\t0\t" + second.toString().substring(0, 3));
        assertThat(run(folder, "--resume", journal, "--files")).isOne();
        assertThat(lines())
                .contains("1 of 3 files were finished before", "2 passed, 1 failed, 0 skipped")
                .noneMatch(line -> line.startsWith(first + ":"));
        assertThat(run(folder, "--resume", journal)).isOne();
        assertThat(lines()).contains("3 of 3 files were finished before", "2 passed, 1 failed, 0 skipped");
        assertThat(run(folder, "--resume", journal, "--remote")).isEqualTo(2);
        assertThat(errors.toString()).contains("is not the journal of this run");
    }

    @Test
    void filesAreCompleted() throws IOException {
        Path file = write("a.slt", "query I\nselect 6 * 7\n");
        assertThat(run(file, "--complete")).isZero();
        assertThat(file).hasContent("query I\nselect 6 * 7\n----\n42\n");
        assertThat(run(file)).isZero();
    }

    @Test
    void scriptsOfQuidemRunToo() throws IOException {
        String text = """
            # The first script
            !set outputformat mysql
            create table t (a int, b varchar(10));
            (0 rows modified)

            !update
            insert into t values (1, 'x'), (2, null);
            (2 rows modified)

            !update
            select * from t;
            +---+---+
            | A | B |
            +---+---+
            | 1 | x |
            | 2 |   |
            +---+---+
            (2 rows)

            !ok
            """;
        Path file = write("a.iq", text.replace("| A | B |", "| a | b |"));
        assertThat(run(file)).as(out.toString()).isZero();
        assertThat(lines()).last().isEqualTo("3 passed, 0 failed, 0 skipped");
        Path wrong = write("b.iq", text.replace("| A | B |", "| a | b |").replace("| 2 |", "| 3 |"));
        assertThat(run(wrong)).isOne();
        assertThat(lines()).contains("  - | 3 |   |", "  + | 2 |   |", "2 passed, 1 failed, 0 skipped");
        assertThat(run(wrong, "--complete")).isZero();
        assertThat(run(wrong)).isZero();
    }
}
