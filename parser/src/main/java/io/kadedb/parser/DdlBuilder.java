package io.kadedb.parser;

import io.kadedb.common.catalog.TableDefinition.OnCommit;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.error.SourcePosition;
import io.kadedb.common.type.SqlType;
import io.kadedb.parser.ast.ColumnDefinition;
import io.kadedb.parser.ast.Expression;
import io.kadedb.parser.ast.Generation;
import io.kadedb.parser.ast.LikeTable;
import io.kadedb.parser.ast.Name;
import io.kadedb.parser.ast.Statement;
import io.kadedb.parser.ast.Statement.Commented;
import io.kadedb.parser.ast.TableConstraint;
import io.kadedb.parser.grammar.KadeSqlParser.*;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.jspecify.annotations.Nullable;

/** CREATE and DROP of schemas, tables, views and indexes. */
final class DdlBuilder {
    private final AstBuilder ast;
    private final ConstraintBuilder constraints;
    private final SequenceBuilder sequences;

    DdlBuilder(AstBuilder ast) {
        this.ast = ast;
        this.constraints = new ConstraintBuilder(ast);
        this.sequences = new SequenceBuilder(ast);
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
                        create.NO() == null,
                        temporary(create.temporary(), create.onCommit())));
            case DropTableContext drop ->
                Optional.of(new Statement.DropTable(
                        ast.names.qualified(drop.qualifiedName()),
                        drop.ifExists() != null,
                        cascade(drop.dropBehavior())));
            case CreateSequenceContext create -> Optional.of(sequences.create(create));
            case AlterSequenceContext alter -> Optional.of(sequences.alter(alter));
            case MoveSequenceContext move -> Optional.of(sequences.move(move));
            case OwnSequenceContext own -> Optional.of(sequences.own(own));
            case DropSequenceContext drop -> Optional.of(sequences.drop(drop));
            case CreateTypeContext create -> Optional.of(new EnumBuilder(ast).create(create));
            case AddTypeValueContext add -> Optional.of(new EnumBuilder(ast).add(add));
            case RenameTypeContext rename -> Optional.of(new EnumBuilder(ast).rename(rename));
            case DropTypeContext drop -> Optional.of(new EnumBuilder(ast).drop(drop));
            case CommentStatementContext comment -> Optional.of(comment(comment));
            case CreateViewContext create -> Optional.of(new ViewBuilder(ast).create(create));
            case DropViewContext drop -> Optional.of(new ViewBuilder(ast).drop(drop));
            case RenameViewContext rename -> Optional.of(new ViewBuilder(ast).rename(rename));
            case CreateMaterializedViewContext create -> Optional.of(new MaterializedViewBuilder(ast).create(create));
            case DropMaterializedViewContext drop -> Optional.of(new MaterializedViewBuilder(ast).drop(drop));
            case RefreshMaterializedViewContext refresh ->
                Optional.of(new MaterializedViewBuilder(ast).refresh(refresh));
            case RenameMaterializedViewContext rename -> Optional.of(new MaterializedViewBuilder(ast).rename(rename));
            case CreateIndexContext create -> Optional.of(index(create));
            case DropIndexContext drop ->
                Optional.of(new Statement.DropIndex(
                        ast.names.qualified(drop.qualifiedName()),
                        drop.ifExists() != null,
                        cascade(drop.dropBehavior())));
            default -> new AlterBuilder(ast, this, constraints).statement(statement);
        };
    }

    private Statement comment(CommentStatementContext comment) {
        Optional<String> text =
                comment.string() == null ? Optional.empty() : Optional.of(ast.literals.string(comment.string()));
        boolean constraint = comment.CONSTRAINT() != null;
        return new Statement.Comment(
                constraint ? Commented.CONSTRAINT : commented(comment.commentedObject()),
                ast.names.qualified(comment.qualifiedName()),
                constraint ? Optional.of(ast.names.name(comment.identifier())) : Optional.empty(),
                text.filter(words -> !words.isEmpty()));
    }

    private static Commented commented(CommentedObjectContext object) {
        if (object.MATERIALIZED() != null) {
            return Commented.MATERIALIZED_VIEW;
        }
        return object.GRAPH() != null
                ? Commented.PROPERTY_GRAPH
                : Commented.valueOf(object.getText().toUpperCase(Locale.ROOT));
    }

    private static Optional<OnCommit> temporary(
            @Nullable TemporaryContext temporary, @Nullable OnCommitContext action) {
        if (action != null && temporary == null) {
            throw KadeException.of(ErrorCode.INVALID_TABLE_DEFINITION, "ON COMMIT can only be used on temporary tables")
                    .at(Places.of(action.getStart()));
        }
        if (temporary == null) {
            return Optional.empty();
        }
        if (action == null) {
            return Optional.of(OnCommit.PRESERVE_ROWS);
        }
        if (action.identifier() != null && !action.identifier().getText().equalsIgnoreCase("preserve")) {
            throw SyntaxErrors.at(action.identifier().getStart());
        }
        return Optional.of(
                action.DROP() != null
                        ? OnCommit.DROP
                        : action.DELETE() != null ? OnCommit.DELETE_ROWS : OnCommit.PRESERVE_ROWS);
    }

    private static boolean cascade(@Nullable DropBehaviorContext behavior) {
        return behavior != null && behavior.CASCADE() != null;
    }

    private Statement table(CreateTableContext create) {
        List<ColumnDefinition> columns = new ArrayList<>();
        List<LikeTable> likes = new ArrayList<>();
        List<TableConstraint> all = new ArrayList<>();
        List<TableConstraintContext> notNull = new ArrayList<>();
        for (TableElementContext element : create.tableElement()) {
            if (element.LIKE() != null) {
                likes.add(new LikeTable(
                        ast.names.qualified(element.qualifiedName()),
                        columns.size(),
                        LikeParts.of(element.likeOption())));
            } else if (element.tableConstraint() != null && ConstraintBuilder.isNotNull(element.tableConstraint())) {
                notNull.add(element.tableConstraint());
            } else if (element.tableConstraint() != null) {
                all.add(constraints.constraint(element.tableConstraint()));
            } else {
                columns.add(column(element, all));
            }
        }
        notNull.forEach(constraint -> forbidNulls(columns, constraint));
        List<Name> primaryKey = primaryKey(all);
        return new Statement.CreateTable(
                ast.names.qualified(create.qualifiedName()),
                columns.stream().map(column -> keyed(column, primaryKey)).toList(),
                likes,
                all,
                create.ifNotExists() != null,
                temporary(create.temporary(), create.onCommit()),
                new PartitionBuilder(ast).partitions(create.partitionBy()),
                new PartitionBuilder(ast).options(create.tableOptions()));
    }

    /** {@code CONSTRAINT n NOT NULL a} behind the columns. */
    private void forbidNulls(List<ColumnDefinition> columns, TableConstraintContext constraint) {
        Name column = constraints.notNull(constraint);
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().text().equals(column.text())) {
                columns.set(i, columns.get(i).withNotNull(constraints.notNullName(constraint)));
                return;
            }
        }
        throw KadeException.of(
                        ErrorCode.UNDEFINED_COLUMN, "column \"" + column.text() + "\" named in NOT NULL does not exist")
                .at(column.position());
    }

    private static List<Name> primaryKey(List<TableConstraint> constraints) {
        List<Name> columns = List.of();
        for (TableConstraint constraint : constraints) {
            if (constraint instanceof TableConstraint.PrimaryKey key) {
                if (!columns.isEmpty()) {
                    throw KadeException.of(ErrorCode.INVALID_TABLE_DEFINITION, "a table has at most one primary key")
                            .at(key.position());
                }
                columns = key.columns();
            }
        }
        return columns;
    }

    /** Columns of the key allow no NULL. */
    private static ColumnDefinition keyed(ColumnDefinition column, List<Name> primaryKey) {
        boolean inKey = primaryKey.stream()
                .anyMatch(name -> name.text().equals(column.name().text()));
        return inKey ? column.withNotNull(Optional.empty()) : column;
    }

    ColumnDefinition column(TableElementContext element, List<TableConstraint> all) {
        Name name = ast.names.name(element.identifier());
        boolean notNull = false;
        boolean nullable = false;
        Optional<Name> notNullName = Optional.empty();
        Expression value = null;
        Optional<SqlType> serial = SequenceBuilder.serial(element.typeName());
        List<Generation> generations = new ArrayList<>();
        if (serial.isPresent()) {
            generations.add(new Generation.Serial(Places.of(element.typeName().getStart())));
        }
        for (ColumnConstraintContext constraint : element.columnConstraint()) {
            Optional<TableConstraint> ofTable = constraints.constraint(constraint, name);
            if (ofTable.isPresent()) {
                all.add(ofTable.get());
            } else if (constraint.GENERATED() != null) {
                generations.add(generation(constraint));
            } else if (constraint.COLLATE() != null) {
                throw Unsupported.feature("collations are", constraint.getStart());
            } else if (constraint.DEFAULT() != null) {
                if (value != null) {
                    throw repeated("multiple default values specified", name, constraint);
                }
                value = constraints.expression(constraint.expression());
            } else {
                notNull |= constraint.NOT() != null;
                if (constraint.NOT() != null && constraint.CONSTRAINT() != null) {
                    notNullName = Optional.of(ast.names.name(constraint.identifier()));
                }
                nullable |= constraint.NOT() == null;
            }
        }
        SqlType type = serial.orElseGet(() -> ast.types.type(element.typeName()));
        check(element, name, generations, value, nullable);
        boolean counted = !generations.isEmpty() && !(generations.getFirst() instanceof Generation.Computed);
        return new ColumnDefinition(
                name,
                type,
                notNull || counted,
                notNullName,
                Optional.ofNullable(value),
                generations.stream().findFirst());
    }

    /** What goes together only once, or not at all. */
    private static void check(
            TableElementContext element,
            Name name,
            List<Generation> generations,
            @Nullable Expression value,
            boolean nullable) {
        boolean serial = !generations.isEmpty() && generations.getFirst() instanceof Generation.Serial;
        boolean identity = generations.stream().anyMatch(Generation.Identity.class::isInstance);
        boolean computed = generations.stream().anyMatch(Generation.Computed.class::isInstance);
        if (generations.stream().filter(Generation.Identity.class::isInstance).count() > 1) {
            throw repeated("multiple identity specifications", name, element);
        }
        if (generations.stream().filter(Generation.Computed.class::isInstance).count() > 1) {
            throw repeated("multiple generation clauses specified", name, element);
        }
        if (identity && computed) {
            throw repeated("both identity and generation expression specified", name, element);
        }
        if (identity && (value != null || serial)) {
            throw repeated("both default and identity specified", name, element);
        }
        if (computed && (value != null || serial)) {
            throw repeated("both default and generation expression specified", name, element);
        }
        if (serial && value != null) {
            throw repeated("multiple default values specified", name, element);
        }
        if (nullable && (serial || identity)) {
            throw repeated("conflicting NULL/NOT NULL declarations", name, element);
        }
    }

    private static KadeException repeated(String what, Name column, ParserRuleContext at) {
        return KadeException.of(ErrorCode.SYNTAX_ERROR, what + " for column \"" + column.text() + "\"")
                .at(Places.of(at.getStart()));
    }

    private Generation generation(ColumnConstraintContext constraint) {
        SourcePosition place = Places.of(constraint.getStart());
        if (constraint.IDENTITY() != null) {
            return new Generation.Identity(
                    constraint.ALWAYS() != null, sequences.options(constraint.sequenceOption()), place);
        }
        if (constraint.ALWAYS() == null) {
            throw KadeException.of(ErrorCode.SYNTAX_ERROR, "for a generated column, GENERATED ALWAYS must be specified")
                    .at(place);
        }
        return new Generation.Computed(
                constraints.expression(constraint.expression()), constraint.STORED() != null, place);
    }

    private Statement index(CreateIndexContext create) {
        new StorageParameters(ast).checkIndex(create.tableOptions());
        boolean named = create.identifier().size() > (create.USING() == null ? 0 : 1);
        return new Statement.CreateIndex(
                named ? Optional.of(ast.names.name(create.identifier(0))) : Optional.empty(),
                ast.names.qualified(create.qualifiedName()),
                create.USING() == null
                        ? Optional.empty()
                        : Optional.of(ast.names.name(create.identifier().getLast())),
                constraints.parts(create.indexColumn()),
                create.UNIQUE() != null,
                create.NOT() != null,
                create.ifNotExists() != null,
                create.CONCURRENTLY() != null,
                create.INCLUDE() == null ? List.of() : ast.names.names(create.nameList()),
                create.where() == null
                        ? Optional.empty()
                        : Optional.of(constraints.expression(create.where().expression())));
    }
}
