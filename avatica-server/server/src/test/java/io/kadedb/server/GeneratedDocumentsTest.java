package io.kadedb.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.planner.physical.AggregateFunction;
import io.kadedb.planner.physical.GraphFunction;
import io.kadedb.planner.physical.ScalarFunction;
import io.kadedb.planner.physical.TableFunction;
import io.kadedb.planner.physical.WindowFunction;
import io.kadedb.server.session.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The documents that are made of the code say what the code says; {@code -Dupdate} rewrites them. */
class GeneratedDocumentsTest {
    private static final String NOTE = "\n\nGenerated: `mvn -B test -Dupdate` rewrites this page.\n\n";

    @Test
    void errors() throws IOException {
        StringBuilder page = new StringBuilder("# Errors").append(NOTE);
        page.append("| SQLSTATE | name | kind | meaning |\n|---|---|---|---|\n");
        Arrays.stream(ErrorCode.values())
                .sorted(Comparator.comparing(ErrorCode::sqlState))
                .forEach(code -> row(
                        page,
                        code.sqlState(),
                        lower(code.name()),
                        lower(code.kind().name()),
                        code.description()));
        check("errors.md", page);
    }

    @Test
    void settings() throws IOException {
        StringBuilder page = new StringBuilder("# Settings").append(NOTE);
        page.append("`SET name = value`, `SHOW name`, `RESET name`; all of them: `SHOW ALL`. In a connection URL:\n");
        page.append("`jdbc:kadedb:mem:?timezone=Europe/Berlin`.\n\n");
        settings(page, setting -> setting.ofDatabase().isEmpty());
        page.append("\n## Of the database\n\n");
        page.append(
                "`ALTER SYSTEM SET name = value`, outside transaction blocks, is kept with the database and holds at"
                        + " once for");
        page.append(" all;\n"
                + "`ALTER SYSTEM RESET name` goes back to the initial value. It needs the privilege OWN of the"
                + " database.\n\n");
        settings(page, setting -> setting.ofDatabase().isPresent());
        check("settings.md", page);
    }

    private static void settings(StringBuilder page, Predicate<Setting> which) {
        page.append("| setting | kind | initial value | meaning |\n|---|---|---|---|\n");
        Arrays.stream(Setting.values()).filter(which).forEach(setting -> {
            String initial = setting.initial().isEmpty() ? "(empty)" : "`" + setting.initial() + "`";
            row(page, "`" + setting.sqlName() + "`", setting.kind().label(), initial, setting.doc());
        });
    }

    @Test
    void functions() throws IOException {
        StringBuilder page = new StringBuilder("# Functions and operators").append(NOTE);
        page.append("A function gives NULL when an argument is NULL unless it says otherwise.\n\n");
        page.append("| function | meaning |\n|---|---|\n");
        for (ScalarFunction function : ScalarFunction.values()) {
            row(page, "`" + function.sqlName().replace("|", "\\|") + "`", function.description());
        }
        page.append("\n## Aggregates\n\n| aggregate | meaning |\n|---|---|\n");
        for (AggregateFunction function : AggregateFunction.values()) {
            row(page, "`" + function.sqlName() + "`", function.description());
        }
        page.append("\n## Functions in FROM\n\n| function | meaning |\n|---|---|\n");
        for (TableFunction function : TableFunction.values()) {
            row(page, "`" + function.sqlName() + "`", function.description());
        }
        page.append("\n## Graph algorithms in FROM\n\nSee [graph-algorithms.md](graph-algorithms.md).\n\n");
        page.append("| function | other names | meaning |\n|---|---|---|\n");
        for (GraphFunction function : GraphFunction.values()) {
            List<String> others = function.names().subList(1, function.names().size());
            String names = others.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
            row(page, "`" + function.sqlName() + "`", names, function.description());
        }
        page.append("\n## Window functions\n\n");
        page.append("Every aggregate is one too: `f(..) OVER (PARTITION BY .. ORDER BY .. frame)`.\n\n");
        page.append("| function | meaning |\n|---|---|\n");
        for (WindowFunction function : WindowFunction.values()) {
            row(page, "`" + function.sqlName() + "`", function.description());
        }
        check("functions.md", page);
    }

    private static void row(StringBuilder page, String... cells) {
        page.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static void check(String name, StringBuilder page) throws IOException {
        Path root = Path.of(Objects.requireNonNull(System.getProperty("kadedb.root"), "kadedb.root"));
        Path file = root.resolve("docs").resolve(name);
        if (System.getProperty("update") != null) {
            Files.writeString(file, page);
        }
        assertThat(file).exists().hasContent(page.toString());
    }
}
