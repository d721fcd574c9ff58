package io.kadedb.parser;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ast.AlterAction;
import io.kadedb.parser.ast.ColumnDefinition;
import io.kadedb.parser.ast.Expression;
import io.kadedb.parser.ast.Generation;
import io.kadedb.parser.ast.Name;
import io.kadedb.parser.ast.SequenceOption;
import io.kadedb.parser.ast.Statement;
import io.kadedb.parser.ast.TableConstraint;
import io.kadedb.parser.grammar.KadeSqlParser.*;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** ALTER TABLE and ALTER INDEX. */
final class AlterBuilder {
    private final AstBuilder ast;
    private final DdlBuilder tables;
    private final ConstraintBuilder constraints;
    private final SequenceBuilder sequences;

    AlterBuilder(AstBuilder ast, DdlBuilder tables, ConstraintBuilder constraints) {
        this.ast = ast;
        this.tables = tables;
        this.constraints = constraints;
        this.sequences = new SequenceBuilder(ast);
    }

    Optional<Statement> statement(StatementContext statement) {
        return switch (statement) {
            case AlterTableContext alter ->
                Optional.of(new Statement.AlterTable(
                        ast.names.qualified(alter.qualifiedName()),
                        alter.ifExists() != null,
                        alter.alterTableAction().stream().map(this::action).toList()));
            case RenameInTableContext rename ->
                Optional.of(new Statement.AlterTable(
                        ast.names.qualified(rename.qualifiedName()),
                        rename.ifExists() != null,
                        List.of(renamed(rename))));
            case SetTableSchemaContext set ->
                Optional.of(new Statement.AlterTable(
                        ast.names.qualified(set.qualifiedName()),
                        set.ifExists() != null,
                        List.of(new AlterAction.SetSchema(ast.names.name(set.identifier())))));
            case RenameIndexContext rename ->
                Optional.of(new Statement.RenameIndex(
                        ast.names.qualified(rename.qualifiedName()),
                        rename.ifExists() != null,
                        ast.names.name(rename.identifier())));
            default -> Optional.empty();
        };
    }

    private AlterAction renamed(RenameInTableContext rename) {
        if (rename.identifier().size() == 1) {
            return new AlterAction.RenameTable(ast.names.name(rename.identifier(0)));
        }
        return rename.CONSTRAINT() != null
                ? new AlterAction.RenameConstraint(
                        ast.names.name(rename.identifier(0)), ast.names.name(rename.identifier(1)))
                : new AlterAction.RenameColumn(
                        ast.names.name(rename.identifier(0)), ast.names.name(rename.identifier(1)));
    }

    private AlterAction action(AlterTableActionContext action) {
        return switch (action) {
            case AddToTableContext add -> added(add);
            case DropColumnContext drop ->
                new AlterAction.DropColumn(
                        ast.names.name(drop.identifier()), drop.ifExists() != null, cascade(drop.dropBehavior()));
            case DropConstraintContext drop ->
                new AlterAction.DropConstraint(
                        ast.names.name(drop.identifier()), drop.ifExists() != null, cascade(drop.dropBehavior()));
            case ValidateConstraintContext validate ->
                new AlterAction.ValidateConstraint(ast.names.name(validate.identifier()));
            case AlterDefaultContext alter ->
                new AlterAction.SetDefault(
                        ast.names.name(alter.identifier()),
                        expression(alter.DROP() == null ? alter.expression() : null));
            case AlterNotNullContext alter ->
                new AlterAction.SetNotNull(ast.names.name(alter.identifier()), alter.SET() != null, Optional.empty());
            case AlterTypeContext alter -> {
                if (alter.COLLATE() != null) {
                    throw Unsupported.feature("collations are", alter.COLLATE().getSymbol());
                }
                yield new AlterAction.SetType(
                        ast.names.name(alter.identifier()),
                        ast.types.type(alter.typeName()),
                        expression(alter.expression()),
                        Places.of(alter.typeName().getStart()));
            }
            case AddIdentityContext add ->
                new AlterAction.AddIdentity(
                        ast.names.name(add.identifier()),
                        new Generation.Identity(
                                add.ALWAYS() != null,
                                sequences.options(add.sequenceOption()),
                                Places.of(add.GENERATED().getSymbol())));
            case AlterIdentityContext alter -> identity(alter);
            case DropGenerationContext drop -> dropped(drop);
            case SetExpressionContext set -> {
                checkWord(set.identifier(1), "expression");
                yield new AlterAction.SetExpression(
                        ast.names.name(set.identifier(0)), constraints.expression(set.expression()));
            }
            case OwnerToContext owner ->
                new AlterAction.SetOwner(
                        owner.identifier() == null
                                ? Optional.empty()
                                : Optional.of(ast.names.name(owner.identifier())));
            case DropPartitionContext drop ->
                new AlterAction.DropPartitions(constraints.expression(drop.expression()), false);
            case DropPartitionsContext drop -> {
                if (drop.expression() == null) {
                    checkWord(drop.identifier(0), "expired");
                    checkWord(drop.identifier(1), "partitions");
                    yield new AlterAction.DropExpired(Places.of(drop.getStart()));
                }
                checkWord(drop.identifier(0), "partitions");
                checkWord(drop.identifier(1), "before");
                yield new AlterAction.DropPartitions(constraints.expression(drop.expression()), true);
            }
            case SetTableOptionsContext set ->
                new AlterAction.SetOptions(
                        new PartitionBuilder(ast).changed(set.tableOption(), Places.of(set.getStart())));
            case ResetTableOptionsContext reset ->
                new AlterAction.SetOptions(
                        new PartitionBuilder(ast).reset(reset.parameterName(), Places.of(reset.getStart())));
            default -> throw new IllegalStateException("unknown action " + action.getText());
        };
    }

    private AlterAction identity(AlterIdentityContext alter) {
        Optional<Boolean> always = Optional.empty();
        List<SequenceOption> options = new ArrayList<>();
        for (IdentityChangeContext change : alter.identityChange()) {
            if (change.GENERATED() != null) {
                if (always.isPresent()) {
                    throw SyntaxErrors.at(change.getStart());
                }
                always = Optional.of(change.ALWAYS() != null);
            } else {
                options.add(
                        change.RESTART() != null
                                ? new SequenceOption.Restart(
                                        SequenceBuilder.optional(change.signedInteger()), Places.of(change.getStart()))
                                : sequences.option(change.sequenceOption()));
            }
        }
        SequenceBuilder.checkDistinct(options);
        return new AlterAction.AlterIdentity(ast.names.name(alter.identifier()), always, options);
    }

    private AlterAction dropped(DropGenerationContext drop) {
        Name column = ast.names.name(drop.identifier(0));
        boolean ifExists = drop.ifExists() != null;
        if (drop.IDENTITY() != null) {
            return new AlterAction.DropIdentity(column, ifExists);
        }
        checkWord(drop.identifier(1), "expression");
        return new AlterAction.DropExpression(column, ifExists);
    }

    private void checkWord(IdentifierContext word, String wanted) {
        if (!ast.names.text(word).equals(wanted)) {
            throw SyntaxErrors.at(word.getStart());
        }
    }

    private Optional<Expression> expression(@Nullable ExpressionContext expression) {
        return expression == null ? Optional.empty() : Optional.of(constraints.expression(expression));
    }

    private AlterAction added(AddToTableContext add) {
        TableElementContext element = add.tableElement();
        if (element.LIKE() != null) {
            throw KadeException.of(ErrorCode.SYNTAX_ERROR, "syntax error at or near \"LIKE\"")
                    .at(Places.of(element.getStart()));
        }
        TableConstraintContext constraint = element.tableConstraint();
        if (constraint == null) {
            List<TableConstraint> stated = new ArrayList<>();
            ColumnDefinition column = tables.column(element, stated);
            return new AlterAction.AddColumn(column, stated, add.ifNotExists() != null);
        }
        if (add.COLUMN() != null || add.ifNotExists() != null) {
            throw KadeException.of(
                            ErrorCode.SYNTAX_ERROR,
                            "syntax error at or near \"" + element.getStart().getText() + "\"")
                    .at(Places.of(element.getStart()));
        }
        if (ConstraintBuilder.isNotNull(constraint)) {
            return new AlterAction.SetNotNull(
                    constraints.notNull(constraint), true, constraints.notNullName(constraint));
        }
        boolean notValid = constraint.constraintTiming().stream().anyMatch(timing -> timing.VALID() != null);
        return new AlterAction.AddConstraint(constraints.constraint(constraint, true), notValid);
    }

    private static boolean cascade(@Nullable DropBehaviorContext behavior) {
        return behavior != null && behavior.CASCADE() != null;
    }
}
