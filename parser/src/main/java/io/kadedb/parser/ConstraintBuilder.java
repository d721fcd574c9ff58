package io.kadedb.parser;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.error.SourcePosition;
import io.kadedb.parser.ast.Expression;
import io.kadedb.parser.ast.Name;
import io.kadedb.parser.ast.Statement;
import io.kadedb.parser.ast.TableConstraint;
import io.kadedb.parser.ast.TableConstraint.Action;
import io.kadedb.parser.ast.TableConstraint.Rule;
import io.kadedb.parser.grammar.KadeSqlParser.*;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Constraints of tables and columns. */
final class ConstraintBuilder {
    private final AstBuilder ast;

    ConstraintBuilder(AstBuilder ast) {
        this.ast = ast;
    }

    TableConstraint constraint(TableConstraintContext constraint) {
        return constraint(constraint, false);
    }

    /** @param mayBeInvalid whether a CHECK or FOREIGN KEY may be NOT VALID */
    TableConstraint constraint(TableConstraintContext constraint, boolean mayBeInvalid) {
        boolean checkable = constraint.CHECK() != null || constraint.FOREIGN() != null;
        constraint.constraintTiming().stream()
                .filter(timing -> !(mayBeInvalid && checkable && timing.VALID() != null))
                .forEach(ConstraintBuilder::check);
        Optional<Name> name = constraint.CONSTRAINT() == null ? Optional.empty() : name(constraint.identifier(0));
        SourcePosition place = Places.of(constraint.getStart());
        if (constraint.PRIMARY() != null) {
            return new TableConstraint.PrimaryKey(name, ast.names.names(constraint.nameList()), place);
        }
        if (constraint.UNIQUE() != null) {
            return new TableConstraint.Unique(
                    name, ast.names.names(constraint.nameList()), constraint.NOT() != null, place);
        }
        if (constraint.CHECK() != null) {
            return new TableConstraint.Check(name, expression(constraint.expression()), Optional.empty(), place);
        }
        return foreignKey(name, ast.names.names(constraint.nameList()), constraint.foreignReference(), place);
    }

    /** Whether it is {@code NOT NULL a}. */
    static boolean isNotNull(TableConstraintContext constraint) {
        return constraint.NULL() != null;
    }

    /** The column that {@code NOT NULL a} is for. */
    Name notNull(TableConstraintContext constraint) {
        constraint.constraintTiming().forEach(ConstraintBuilder::check);
        return ast.names.name(constraint.identifier().getLast());
    }

    Optional<Name> notNullName(TableConstraintContext constraint) {
        return constraint.CONSTRAINT() == null
                ? Optional.empty()
                : Optional.of(ast.names.name(constraint.identifier(0)));
    }

    /** What a column's clause says of the table, if it is a constraint. */
    Optional<TableConstraint> constraint(ColumnConstraintContext constraint, Name column) {
        constraint.constraintTiming().forEach(ConstraintBuilder::check);
        Optional<Name> name = constraint.CONSTRAINT() == null ? Optional.empty() : name(constraint.identifier());
        SourcePosition place = Places.of(constraint.getStart());
        if (constraint.PRIMARY() != null) {
            return Optional.of(new TableConstraint.PrimaryKey(name, List.of(column), place));
        }
        if (constraint.UNIQUE() != null) {
            return Optional.of(new TableConstraint.Unique(name, List.of(column), constraint.NOT() != null, place));
        }
        if (constraint.CHECK() != null) {
            return Optional.of(
                    new TableConstraint.Check(name, expression(constraint.expression()), Optional.of(column), place));
        }
        return constraint.foreignReference() == null
                ? Optional.empty()
                : Optional.of(foreignKey(name, List.of(column), constraint.foreignReference(), place));
    }

    private Optional<Name> name(@Nullable IdentifierContext name) {
        return name == null ? Optional.empty() : Optional.of(ast.names.name(name));
    }

    private TableConstraint foreignKey(
            Optional<Name> name, List<Name> columns, ForeignReferenceContext reference, SourcePosition place) {
        if (reference.PARTIAL() != null) {
            throw Unsupported.feature("MATCH PARTIAL is", reference.PARTIAL().getSymbol());
        }
        Rule onDelete = Rule.NO_ACTION;
        Rule onUpdate = Rule.NO_ACTION;
        for (ReferentialRuleContext rule : reference.referentialRule()) {
            if (rule.DELETE() != null) {
                onDelete = rule(rule);
            } else {
                onUpdate = rule(rule);
            }
        }
        return new TableConstraint.ForeignKey(
                name,
                columns,
                ast.names.qualified(reference.qualifiedName()),
                ast.names.names(reference.nameList()),
                reference.FULL() != null,
                onDelete,
                onUpdate,
                place);
    }

    private Rule rule(ReferentialRuleContext rule) {
        Action action = rule.CASCADE() != null
                ? Action.CASCADE
                : rule.RESTRICT() != null
                        ? Action.RESTRICT
                        : rule.NULL() != null
                                ? Action.SET_NULL
                                : rule.DEFAULT() != null ? Action.SET_DEFAULT : Action.NO_ACTION;
        List<Name> columns = ast.names.names(rule.nameList());
        if (!columns.isEmpty() && rule.UPDATE() != null) {
            throw KadeException.of(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "a column list with SET NULL is only supported for ON DELETE actions")
                    .at(columns.getFirst().position());
        }
        return new Rule(action, columns);
    }

    private static void check(ConstraintTimingContext timing) {
        boolean plain = (timing.DEFERRABLE() != null && timing.NOT() != null)
                || timing.IMMEDIATE() != null
                || (timing.ENFORCED() != null && timing.NOT() == null);
        if (!plain) {
            String what = timing.ENFORCED() != null
                    ? "NOT ENFORCED constraints are"
                    : timing.VALID() != null ? "NOT VALID constraints are" : "deferrable constraints are";
            throw Unsupported.feature(what, timing.getStart());
        }
    }

    /** With its source text, which is what a catalog keeps. */
    Expression expression(ExpressionContext expression) {
        return new Expression(ast.expressions.expression(expression), ast.source(expression));
    }

    /** The parts of an index's key. */
    List<Statement.IndexPart> parts(List<IndexColumnContext> parts) {
        return parts.stream().map(this::part).toList();
    }

    private Statement.IndexPart part(IndexColumnContext part) {
        boolean nullsFirst = part.NULLS() == null ? part.DESC() != null : part.FIRST() != null;
        return new Statement.IndexPart(
                column(part.expression()),
                expression(part.expression()),
                Optional.ofNullable(part.identifier()).map(ast.names::name),
                part.DESC() != null,
                nullsFirst);
    }

    /** The column that an expression consists of. */
    private Optional<Name> column(ExpressionContext expression) {
        boolean name = expression.getChildCount() == 1
                && expression.operand() != null
                && expression.operand().getChildCount() == 1
                && expression.operand().primary() instanceof ColumnReferenceContext column
                && column.getChildCount() == 1;
        return name
                ? Optional.of(ast.names.name(
                        ((ColumnReferenceContext) expression.operand().primary()).identifier(0)))
                : Optional.empty();
    }
}
