package io.kadedb.parser.graph;

import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;

/** Writes GRAPH_TABLE back as SQL. */
final class GraphTablePrinter {
    private final SqlWriter writer;

    GraphTablePrinter(SqlWriter writer) {
        this.writer = writer;
    }

    void print(SqlGraphTable match) {
        writer.keyword("GRAPH_TABLE");
        SqlWriter.Frame frame = writer.startList("(", ")");
        match.graph().unparse(writer, 0, 0);
        writer.keyword("MATCH");
        for (int i = 0; i < match.paths().size(); i++) {
            if (i > 0) {
                writer.print(",");
            }
            match.paths().get(i).elements().forEach(this::element);
            writer.setNeedWhitespace(true);
        }
        match.where().ifPresent(this::where);
        writer.keyword("COLUMNS");
        SqlWriter.Frame columns = writer.startList("(", ")");
        for (SqlNode column : match.columns()) {
            writer.sep(",");
            column.unparse(writer, 0, 0);
        }
        writer.endList(columns);
        writer.endList(frame);
    }

    private void element(PatternElement element) {
        switch (element) {
            case PatternElement.Vertex vertex -> {
                writer.print("(");
                filler(vertex);
                writer.setNeedWhitespace(false);
                writer.print(")");
            }
            case PatternElement.Edge edge -> {
                writer.print(edge.direction().start() + "[");
                filler(edge);
                writer.setNeedWhitespace(false);
                writer.print("]" + edge.direction().end());
                edge.quantifier().ifPresent(quantifier -> writer.print(quantifier.toString()));
            }
        }
    }

    private void filler(PatternElement element) {
        element.variable().ifPresent(name -> writer.identifier(name.text(), true));
        if (!element.labels().isEmpty()) {
            writer.keyword("IS");
            writer.print(element.labels().stream()
                    .map(label -> writer.getDialect().quoteIdentifier(label.text()))
                    .collect(Collectors.joining("|")));
            writer.setNeedWhitespace(true);
        }
        element.where().ifPresent(this::where);
    }

    private void where(SqlNode condition) {
        writer.keyword("WHERE");
        condition.unparse(writer, 0, 0);
    }
}
