package io.kadedb.sqltests.fuzz;

import io.kadedb.sqltests.fuzz.peer.Dialect;
import io.kadedb.sqltests.fuzz.peer.Peer;
import io.kadedb.sqltests.fuzz.sql.Statement;
import io.kadedb.sqltests.slt.KadeCells;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A failing script as a logic file, with the answers of the database that is right. */
final class LogicFile {
    private final Peer truth;
    private final StringBuilder text = new StringBuilder();

    /** @param truth whose answers are written down: the reference, or else the judge; ourselves if there is neither */
    LogicFile(Peer truth) {
        this.truth = truth;
    }

    /**
     * Writes the file.
     *
     * @param heading what was wrong, in one line
     * @param script statements that lead to the last ones
     * @param shown the last ones, which answer alike if there are two queries
     */
    void write(Path file, String heading, List<Statement> script, List<Statement> shown)
            throws IOException, SQLException {
        text.append("# ").append(heading).append('\n');
        if (truth.name().equals("duckdb")) {
            text.append("# judge: duckdb\n");
        }
        try (Connection connection = truth.empty()) {
            for (Statement statement : script) {
                append(connection, statement, Optional.empty());
            }
            // The last one is right where two must agree and nobody else says what is.
            Optional<Statement> right =
                    shown.size() > 1 && truth.name().equals("kadedb") ? Optional.of(shown.getLast()) : Optional.empty();
            for (Statement statement : shown) {
                append(connection, statement, right);
            }
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, text);
    }

    private void append(Connection connection, Statement statement, Optional<Statement> right) throws SQLException {
        String asked = truth.dialect().write(right.orElse(statement).sql());
        String sql = (truth.isReference() ? Dialect.KADEDB : truth.dialect()).write(statement.sql());
        text.append('\n');
        try (java.sql.Statement jdbc = connection.createStatement()) {
            if (statement.answer() instanceof Statement.Rows rows) {
                try (ResultSet result = jdbc.executeQuery(asked)) {
                    query(sql, rows, result);
                }
            } else {
                jdbc.execute(asked);
                long count = statement.answer() instanceof Statement.Count ? jdbc.getLargeUpdateCount() : -1;
                text.append(count < 0 ? "statement ok" : "statement count " + count)
                        .append('\n')
                        .append(sql)
                        .append('\n');
            }
        } catch (SQLException e) {
            text.append("statement error ")
                    .append(e.getSQLState())
                    .append('\n')
                    .append(sql)
                    .append('\n');
        }
    }

    private void query(String sql, Statement.Rows rows, ResultSet result) throws SQLException {
        StringBuilder letters = new StringBuilder();
        rows.kinds().forEach(kind -> letters.append(kind.letter()));
        List<String> lines = new ArrayList<>();
        while (result.next()) {
            StringBuilder line = new StringBuilder();
            for (int column = 1; column <= rows.kinds().size(); column++) {
                int type = result.getMetaData().getColumnType(column);
                line.append(column == 1 ? "" : "\t")
                        .append(KadeCells.text(result, column, letters.charAt(column - 1), type));
            }
            lines.add(line.toString());
        }
        if (!rows.ordered()) {
            lines.sort(null);
        }
        text.append("query ")
                .append(letters)
                .append(rows.ordered() ? "\n" : " rowsort\n")
                .append(sql)
                .append("\n----\n");
        lines.forEach(line -> text.append(line).append('\n'));
    }
}
