package io.kadedb.planner.validate;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ast.Positions;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Replaces names in the clauses of one query that Calcite would understand otherwise than PostgreSQL: bare names of
 * merged columns become what they stand for, and names that several columns of one subquery have are refused. Queries
 * within are left alone: their own names are resolved in their turn.
 */
final class NameResolution extends SqlShuttle {
    private final SqlValidator validator;
    /** What the query's FROM offers, then that of the queries around it. */
    private final List<FromColumns> scopes;

    /** Where names are looked up that must be of FROM; null if Calcite looks them up later. */
    private final @Nullable SqlValidatorScope strict;

    private NameResolution(SqlValidator validator, List<FromColumns> scopes, @Nullable SqlValidatorScope strict) {
        this.validator = validator;
        this.scopes = scopes;
        this.strict = strict;
    }

    static SqlNode resolved(SqlValidator validator, List<FromColumns> scopes, SqlNode node) {
        return Objects.requireNonNull(node.accept(new NameResolution(validator, scopes, null)));
    }

    /** As {@link #resolved}, with every column named by its table too, so that no alias of a select item hides it. */
    static SqlNode qualified(SqlValidator validator, List<FromColumns> scopes, SqlNode node, SqlValidatorScope scope) {
        return Objects.requireNonNull(node.accept(new NameResolution(validator, scopes, scope)));
    }

    @Override
    public @Nullable SqlNode visit(SqlIdentifier id) {
        if (id.isStar() || validator.makeNullaryCall(id) != null) {
            return id;
        }
        if (id.isSimple()) {
            return bare(id);
        }
        String column = id.names.getLast();
        for (FromColumns scope : scopes) {
            Optional<FromColumns.Source> source =
                    id.names.size() == 2 ? scope.source(id.names.getFirst()) : Optional.empty();
            if (source.isPresent()) {
                check(source.get(), column, id);
                return id;
            }
        }
        return id;
    }

    private SqlNode bare(SqlIdentifier id) {
        String name = id.getSimple();
        for (FromColumns scope : scopes) {
            Optional<SqlNode> merged = scope.merged(name);
            if (merged.isPresent()) {
                return placed(merged.get(), id.getParserPosition());
            }
            List<FromColumns.Source> having = scope.having(name);
            having.forEach(source -> check(source, name, id));
            if (!having.isEmpty()) {
                break;
            }
        }
        Optional<SqlIdentifier> value = valueOfRow(id);
        if (value.isPresent()) {
            return value.get();
        }
        return strict == null ? id : strict.fullyQualify(id).identifier;
    }

    /** A function in FROM whose column is named {@code value} goes by its own name too. */
    private Optional<SqlIdentifier> valueOfRow(SqlIdentifier id) {
        String name = id.getSimple();
        for (FromColumns scope : scopes) {
            if (!scope.having(name).isEmpty()) {
                return Optional.empty();
            }
            Optional<FromColumns.Source> source = scope.source(name);
            if (source.isPresent()) {
                return source.get().function()
                                && source.get().columns().getFirst().equals("value")
                        ? Optional.of(id(name, "value", id.getParserPosition()))
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static void check(FromColumns.Source source, String column, SqlIdentifier id) {
        if (source.isAmbiguous(column)) {
            throw ambiguous(id);
        }
    }

    static KadeException ambiguous(SqlIdentifier id) {
        return KadeException.of(
                        ErrorCode.AMBIGUOUS_COLUMN,
                        "column reference \"" + String.join(".", id.names) + "\" is ambiguous")
                .at(Positions.of(id.getParserPosition()));
    }

    private static SqlIdentifier id(String alias, String column, SqlParserPos pos) {
        return new SqlIdentifier(List.of(alias, column), null, pos, List.of(pos, pos));
    }

    /** A copy at the place of the name it stands for. */
    private static SqlNode placed(SqlNode node, SqlParserPos pos) {
        return Objects.requireNonNull(node.accept(new SqlShuttle() {
            @Override
            public SqlNode visit(SqlIdentifier id) {
                return id(id.names.get(0), id.names.get(1), pos);
            }

            @Override
            public @Nullable SqlNode visit(SqlCall call) {
                SqlNode visited = super.visit(call);
                return visited == null ? null : visited.clone(pos);
            }
        }));
    }

    @Override
    public @Nullable SqlNode visit(SqlCall call) {
        if (call.isA(SqlKind.QUERY) || call.getKind() == SqlKind.SCALAR_QUERY) {
            return call;
        }
        if (WholeRows.mayTake(call)) {
            return WholeRows.replaced(call, scopes, operand -> Objects.requireNonNull(operand.accept(this)));
        }
        CallCopyingArgHandler handler = new CallCopyingArgHandler(call, false);
        call.getOperator().acceptCall(this, call, true, handler);
        return handler.result();
    }
}
