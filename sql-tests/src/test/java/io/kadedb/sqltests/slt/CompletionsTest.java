package io.kadedb.sqltests.slt;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadedb.sqltests.database.EmbeddedTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files are rewritten with what the database answers, and nothing else in them changes. */
class CompletionsTest {
    @TempDir
    private Path folder;

    // JUnit sets the folder before it calls a test.
    @SuppressWarnings("NullAway.Init")
    CompletionsTest() {}

    private Completions.Result complete(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, text);
        return new Completions(new EmbeddedTarget(), Duration.ofSeconds(30)).complete(Script.of(file));
    }

    private String text(String name) throws IOException {
        return Files.readString(folder.resolve(name));
    }

    @Test
    void rowsCountsAndErrorsAreFilledIn() throws IOException {
        Completions.Result result = complete("a.slt", """
            # a remark


            statement count
            create table t as select * from generate_series(1, 2) s(a)
            onlyif sqlite
            query I
            select never
            ----
            7

            query I
            select a from t order by a

            query I rowsort same
            select a + 1 from t
            ----
            wrong

            statement error
            select 1 / 0
            ----

            loop i 0 2

            query I
            select ${i}
            ----
            ${i}

            endloop
            # the end
            """.replace("s(a)\nonlyif", "s(a)\n\nonlyif"));
        assertThat(result.problems()).isEmpty();
        assertThat(result.changed()).isTrue();
        assertThat(text("a.slt")).isEqualTo("""
            # a remark


            statement count 2
            create table t as select * from generate_series(1, 2) s(a)

            onlyif sqlite
            query I
            select never
            ----
            7

            query I
            select a from t order by a
            ----
            1
            2

            query I rowsort same
            select a + 1 from t
            ----
            2
            3

            statement error 22012
            select 1 / 0
            ----
            division by zero

            loop i 0 2

            query I
            select ${i}
            ----
            ${i}

            endloop
            # the end
            """);
        assertThat(new Completions(new EmbeddedTarget(), Duration.ofSeconds(30))
                        .complete(Script.of(folder.resolve("a.slt")))
                        .changed())
                .isFalse();
    }

    @Test
    void sqlitesResultsAreHashedAboveTheThreshold() throws IOException {
        complete("a.test", """
            hash-threshold 2

            query I nosort
            select * from generate_series(1, 2) s(a)

            query I nosort
            select * from generate_series(1, 3) s(a)
            """);
        assertThat(text("a.test")).isEqualTo("""
            hash-threshold 2

            query I nosort
            select * from generate_series(1, 2) s(a)
            ----
            1
            2

            query I nosort
            select * from generate_series(1, 3) s(a)
            ----
            3 values hashing to c0710d6b4f15dfa88f600b0e6b624077
            """);
    }

    @Test
    void anErrorWhereThereShouldBeNoneIsAProblemAndStays() throws IOException {
        String text = "statement ok\nselect nothing\n";
        Completions.Result result = complete("a.slt", text);
        assertThat(result.problems()).singleElement().asString().contains("a.slt:1: the answer is 42703");
        assertThat(text("a.slt")).isEqualTo(text);
    }
}
