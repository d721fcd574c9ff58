package io.kadedb.cli.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OutputFormatTest {
    private static final List<List<@Nullable String>> ROWS =
            List.of(Arrays.asList("a\nb", null), Arrays.asList("日本", "x|<\u001B[31m"));

    private static String print(OutputFormat format, Screen screen, List<? extends List<@Nullable String>> rows) {
        StringWriter out = new StringWriter();
        try {
            format.printer(new PrintWriter(out), screen).rows(Rows.of(List.of("k", "value"), rows));
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        return out.toString();
    }

    @Test
    void boxesKeepLineEndsAndCountWideCharacters() {
        assertThat(print(OutputFormat.box, Screen.NONE, ROWS)).isEqualTo("""
            ┌──────┬─────────────┐
            │ k    │ value       │
            ├──────┼─────────────┤
            │ a    │ NULL        │
            │ b    │             │
            │ 日本 │ x|<\\x1B[31m │
            └──────┴─────────────┘
            (2 rows)
            """);
    }

    @Test
    void nullIsDimWhereThereAreColours() {
        assertThat(print(OutputFormat.box, new Screen(80, true), List.of(Arrays.asList("NULL", null))))
                .contains("│ NULL │ \u001B[2mNULL\u001B[0m  │");
    }

    @Test
    void boxesFitTheTerminal() {
        List<List<@Nullable String>> wide = List.of(List.of("1", "abcdefghij".repeat(3)));
        assertThat(print(OutputFormat.box, new Screen(20, false), wide)).isEqualTo("""
            ┌───┬──────────────┐
            │ k │ value        │
            ├───┼──────────────┤
            │ 1 │ abcdefghijab │
            │   │ cdefghijabcd │
            │   │ efghij       │
            └───┴──────────────┘
            (1 row)
            """);
        assertThat(print(OutputFormat.box, new Screen(10, false), wide)).isEqualTo("""
            -[ row 1 ]------------------------------
                k | 1
            value | abcdefghijabcdefghijabcdefghij
            (1 row)
            """);
    }

    @Test
    void theWidestColumnsGiveFirst() {
        int[] widths = {5, 40, 30, 40};
        assertThat(BoxPrinter.fit(widths, 66)).isTrue();
        assertThat(widths).containsExactly(5, 20, 20, 21);
        assertThat(BoxPrinter.fit(new int[] {9, 9}, 15)).isFalse();
    }

    @Test
    void verticalPrintsOneValueALine() {
        assertThat(print(OutputFormat.vertical, Screen.NONE, ROWS)).isEqualTo("""
            -[ row 1 ]------------------------------
                k | a
                  | b
            value | NULL
            -[ row 2 ]------------------------------
                k | 日本
            value | x|<\\x1B[31m
            (2 rows)
            """);
    }

    @Test
    void markdownEscapesWhatItWouldRead() {
        List<List<@Nullable String>> rows = List.of(Arrays.asList("a\nb", null), List.of("<b>", "x|y"));
        assertThat(print(OutputFormat.markdown, Screen.NONE, rows)).isEqualTo("""
            | k | value |
            | --- | --- |
            | a<br>b | NULL |
            | &lt;b> | x\\|y |

            """);
    }

    @Test
    void jsonLinesHaveNoArray() {
        assertThat(print(OutputFormat.jsonl, Screen.NONE, List.of(Arrays.asList("a\nb", null), List.of("c", "d"))))
                .isEqualTo("{\"k\":\"a\\nb\",\"value\":null}\n{\"k\":\"c\",\"value\":\"d\"}\n");
    }

    @Test
    void linesAreCutBehindBlanks() {
        assertThat(CellText.wrapped("one two three four\nfive", 9))
                .containsExactly("one two ", "three ", "four", "five");
        assertThat(CellText.wrapped("日本語", 3)).containsExactly("日", "本", "語");
    }
}
