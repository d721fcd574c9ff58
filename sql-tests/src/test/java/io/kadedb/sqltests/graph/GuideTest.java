package io.kadedb.sqltests.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The examples of the guide to graphs give the results that it shows. */
class GuideTest {
    private static final Path GUIDE = Path.of("..", "docs", "graph.md");
    private static final String FENCE = "```";

    @Test
    void examplesGiveWhatTheyShow() throws Exception {
        int shown = 0;
        try (Connection connection = DriverManager.getConnection("jdbc:kadedb:mem:guide");
                Statement statement = connection.createStatement()) {
            List<String> results = List.of();
            for (String block : blocks(Files.readString(GUIDE))) {
                if (block.startsWith("sql\n")) {
                    results = run(statement, block.substring(4));
                } else {
                    assertThat(results).isEqualTo(block.strip().lines().toList());
                    shown++;
                }
            }
        }
        assertThat(shown).isGreaterThan(5);
    }

    /** What stands between fences, with the language. */
    private static List<String> blocks(String text) {
        List<String> blocks = new ArrayList<>();
        String[] parts = text.split(FENCE, -1);
        for (int i = 1; i < parts.length; i += 2) {
            blocks.add(parts[i]);
        }
        return blocks;
    }

    /** Runs statements; gives the last one's rows below their columns' names. */
    private static List<String> run(Statement statement, String sql) throws SQLException {
        List<String> lines = new ArrayList<>();
        for (String one : sql.split(";\\n", -1)) {
            if (one.isBlank()) {
                continue;
            }
            lines.clear();
            if (!statement.execute(one)) {
                continue;
            }
            try (ResultSet rows = statement.getResultSet()) {
                int columns = rows.getMetaData().getColumnCount();
                List<String> cells = new ArrayList<>();
                for (int c = 1; c <= columns; c++) {
                    cells.add(rows.getMetaData().getColumnLabel(c));
                }
                lines.add(String.join(" | ", cells));
                while (rows.next()) {
                    cells.clear();
                    for (int c = 1; c <= columns; c++) {
                        cells.add(String.valueOf(rows.getString(c)));
                    }
                    lines.add(String.join(" | ", cells));
                }
            }
        }
        return lines;
    }
}
