package io.kadedb.parser.graph;

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
        match.clauses().forEach(this::clause);
        writer.keyword("COLUMNS");
        SqlWriter.Frame columns = writer.startList("(", ")");
        for (SqlNode column : match.columns()) {
            writer.sep(",");
            column.unparse(writer, 0, 0);
        }
        writer.endList(columns);
        writer.endList(frame);
    }

    private void clause(MatchClause clause) {
        writer.keyword(clause.optional() ? "OPTIONAL MATCH" : "MATCH");
        for (int i = 0; i < clause.paths().size(); i++) {
            PathPattern path = clause.paths().get(i);
            if (i > 0) {
                writer.print(",");
            }
            path.variable().ifPresent(name -> {
                writer.identifier(name.text(), true);
                writer.print("= ");
            });
            writer.print(path.prefix().sql());
            path.elements().forEach(this::element);
            writer.setNeedWhitespace(true);
        }
        clause.where().ifPresent(this::where);
    }

    private void element(PatternElement element) {
        switch (element) {
            case PatternElement.Vertex vertex -> {
                writer.print("(");
                filler(vertex);
                writer.setNeedWhitespace(false);
                writer.print(")");
            }
            case PatternElement.Group group -> {
                writer.print("(");
                group.elements().forEach(this::element);
                writer.setNeedWhitespace(true);
                group.where().ifPresent(this::where);
                cost(group);
                writer.setNeedWhitespace(false);
                writer.print(")");
                group.quantifier().ifPresent(quantifier -> writer.print(quantifier.toString()));
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
        element.labels().ifPresent(labels -> {
            writer.keyword("IS");
            writer.print(labels.sql(writer.getDialect()::quoteIdentifier));
            writer.setNeedWhitespace(true);
        });
        element.where().ifPresent(this::where);
        cost(element);
    }

    private void cost(PatternElement element) {
        element.cost().ifPresent(cost -> {
            writer.keyword("COST");
            cost.unparse(writer, 0, 0);
        });
    }

    private void where(SqlNode condition) {
        writer.keyword("WHERE");
        condition.unparse(writer, 0, 0);
    }
}
