package io.kadedb.parser;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ast.ColumnDefinition;
import io.kadedb.parser.ast.Expression;
import io.kadedb.parser.ast.Name;
import io.kadedb.parser.ast.Statement;
import io.kadedb.parser.grammar.KadeSqlParser.*;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** CREATE and DROP of schemas and tables. */
final class DdlBuilder {
    private final AstBuilder ast;

    DdlBuilder(AstBuilder ast) {
        this.ast = ast;
    }

    Optional<Statement> statement(StatementContext statement) {
        return switch (statement) {
            case CreateSchemaContext create ->
                Optional.of(
                        new Statement.CreateSchema(ast.names.name(create.identifier()), create.ifNotExists() != null));
            case DropSchemaContext drop ->
                Optional.of(new Statement.DropSchema(
                        ast.names.names(drop.identifier()), drop.ifExists() != null, cascade(drop.dropBehavior())));
            case CreateTableContext create -> Optional.of(table(create));
            case CreateTableAsContext create ->
                Optional.of(new Statement.CreateTableAs(
                        ast.names.qualified(create.qualifiedName()),
                        ast.names.names(create.nameList()),
                        ast.queries.query(create.query()),
                        create.ifNotExists() != null,
                        create.NO() == null));
            case DropTableContext drop ->
                Optional.of(new Statement.DropTable(
                        ast.names.qualified(drop.qualifiedName()),
                        drop.ifExists() != null,
                        cascade(drop.dropBehavior())));
            default -> Optional.empty();
        };
    }

    private static boolean cascade(@Nullable DropBehaviorContext behavior) {
        return behavior != null && behavior.CASCADE() != null;
    }

    private Statement table(CreateTableContext create) {
        List<ColumnDefinition> columns = new ArrayList<>();
        List<Name> primaryKey = new ArrayList<>();
        for (TableElementContext element : create.tableElement()) {
            if (element.unsupportedTableConstraint() != null) {
                throw unsupported(element.unsupportedTableConstraint());
            }
            if (element.typeName() == null) {
                primaryKey(primaryKey, ast.names.names(element.nameList()));
            } else {
                columns.add(column(element, primaryKey));
            }
        }
        return new Statement.CreateTable(
                ast.names.qualified(create.qualifiedName()),
                columns.stream().map(column -> keyed(column, primaryKey)).toList(),
                primaryKey,
                create.ifNotExists() != null);
    }

    /** Columns of the key allow no NULL. */
    private static ColumnDefinition keyed(ColumnDefinition column, List<Name> primaryKey) {
        boolean inKey = primaryKey.stream()
                .anyMatch(name -> name.text().equals(column.name().text()));
        return inKey ? new ColumnDefinition(column.name(), column.type(), true, column.defaultValue()) : column;
    }

    private static void primaryKey(List<Name> primaryKey, List<Name> columns) {
        if (!primaryKey.isEmpty()) {
            throw KadeException.of(ErrorCode.INVALID_TABLE_DEFINITION, "a table has at most one primary key")
                    .at(columns.getFirst().position());
        }
        primaryKey.addAll(columns);
    }

    private ColumnDefinition column(TableElementContext element, List<Name> primaryKey) {
        Name name = ast.names.name(element.identifier());
        boolean notNull = false;
        Expression value = null;
        for (ColumnConstraintContext constraint : element.columnConstraint()) {
            if (constraint.unsupportedColumnConstraint() != null) {
                throw unsupported(constraint.unsupportedColumnConstraint());
            }
            if (constraint.PRIMARY() != null) {
                primaryKey(primaryKey, List.of(name));
            } else if (constraint.DEFAULT() != null) {
                value = expression(constraint.expression());
            } else {
                notNull |= constraint.NOT() != null;
            }
        }
        return new ColumnDefinition(name, ast.types.type(element.typeName()), notNull, Optional.ofNullable(value));
    }

    /** With its source text, which is what a catalog keeps. */
    Expression expression(ExpressionContext expression) {
        String source = ast.text.substring(
                expression.getStart().getStartIndex(), expression.getStop().getStopIndex() + 1);
        return new Expression(ast.expressions.expression(expression), source);
    }

    private static KadeException unsupported(UnsupportedTableConstraintContext constraint) {
        String what = constraint.UNIQUE() != null
                ? "UNIQUE constraints are"
                : constraint.CHECK() != null
                        ? "CHECK constraints are"
                        : constraint.FOREIGN() != null ? "foreign keys are" : "CREATE TABLE .. (LIKE ..) is";
        return Unsupported.feature(what, constraint.getStart());
    }

    private static KadeException unsupported(UnsupportedColumnConstraintContext constraint) {
        String what = constraint.UNIQUE() != null
                ? "UNIQUE constraints are"
                : constraint.CHECK() != null
                        ? "CHECK constraints are"
                        : constraint.foreignReference() != null
                                ? "foreign keys are"
                                : constraint.COLLATE() != null ? "collations are" : "generated columns are";
        return Unsupported.feature(what, constraint.getStart());
    }
}
