package io.kadedb.parser;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ast.KadeOperators;
import io.kadedb.parser.ast.SqlAsof;
import io.kadedb.parser.ast.SqlFileReference;
import io.kadedb.parser.grammar.KadeSqlParser.*;
import io.kadedb.parser.graph.GraphFunctions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/** Tables and joins of FROM. */
final class FromBuilder {
    /** Functions whose columns have names of their own, which an alias does not change. */
    private static final Set<String> NAMED_COLUMNS = Set.of(
            "json_each",
            "jsonb_each",
            "json_each_text",
            "jsonb_each_text",
            "json_array_elements",
            "jsonb_array_elements",
            "json_array_elements_text",
            "jsonb_array_elements_text",
            "json_populate_record",
            "jsonb_populate_record",
            "json_populate_recordset",
            "jsonb_populate_recordset");

    private final AstBuilder ast;
    /** The functions of this FROM so far whose column {@code value} goes by their alias too. */
    private Set<String> values = new HashSet<>();

    FromBuilder(AstBuilder ast) {
        this.ast = ast;
    }

    SqlNode from(FromListContext from) {
        Set<String> around = values;
        values = new HashSet<>();
        try {
            return joined(from);
        } finally {
            values = around;
        }
    }

    private SqlNode joined(FromListContext from) {
        List<TableReferenceContext> tables = from.tableReference();
        OperatorPrecedence.checkRelations(tables.size(), from);
        SqlNode left = table(tables.getFirst());
        for (TableReferenceContext table : tables.subList(1, tables.size())) {
            SqlNode first = primary(table.tablePrimary());
            left = mayFollow(table) && refersToTheLeft(first)
                    ? joins(join(left, false, JoinType.COMMA, first, JoinConditionType.NONE, null), table)
                    : join(left, false, JoinType.COMMA, joins(first, table), JoinConditionType.NONE, null);
        }
        return left;
    }

    /** Whether its joins give the same when what is before the comma is joined first: for each of those rows the same. */
    private static boolean mayFollow(TableReferenceContext table) {
        return !table.joinedTable().isEmpty()
                && table.joinedTable().stream().allMatch(joined -> switch (joined) {
                    case CrossJoinContext cross -> true;
                    case QualifiedJoinContext qualified ->
                        qualified.nameList() == null
                                && (type(qualified.joinType()) == JoinType.INNER
                                        || type(qualified.joinType()) == JoinType.LEFT);
                    default -> false;
                });
    }

    /** Whether a LATERAL query, or a function whose arguments have columns: those of a table before the comma. */
    private static boolean refersToTheLeft(SqlNode table) {
        boolean[] lateral = {false};
        boolean[] names = {false};
        table.accept(new SqlShuttle() {
            @Override
            public @Nullable SqlNode visit(SqlCall call) {
                if (call.getKind() == SqlKind.AS) {
                    return call.operand(0).accept(this);
                }
                lateral[0] |= call.getKind() == SqlKind.LATERAL;
                names[0] |= call.isA(SqlKind.QUERY);
                return call.isA(SqlKind.QUERY) ? call : super.visit(call);
            }

            @Override
            public SqlNode visit(SqlIdentifier id) {
                names[0] = true;
                return id;
            }
        });
        return lateral[0] && names[0];
    }

    private SqlNode table(TableReferenceContext table) {
        return joins(primary(table.tablePrimary()), table);
    }

    private SqlNode joins(SqlNode first, TableReferenceContext table) {
        OperatorPrecedence.checkRelations(table.joinedTable().size(), table);
        SqlNode left = first;
        for (JoinedTableContext joined : table.joinedTable()) {
            left = switch (joined) {
                case CrossJoinContext cross ->
                    join(left, false, JoinType.CROSS, primary(cross.tablePrimary()), JoinConditionType.NONE, null);
                case NaturalJoinContext natural ->
                    join(
                            left,
                            true,
                            type(natural.joinType()),
                            primary(natural.tablePrimary()),
                            JoinConditionType.NONE,
                            null);
                case QualifiedJoinContext qualified -> qualified(left, qualified);
                case AsofJoinContext asof -> asof(left, asof);
                default -> throw SyntaxErrors.at(joined.getStart());
            };
        }
        return left;
    }

    private SqlNode qualified(SqlNode left, QualifiedJoinContext join) {
        SqlNode right = table(join.tableReference());
        JoinType type = type(join.joinType());
        return join.nameList() == null
                ? join(left, false, type, right, JoinConditionType.ON, ast.expressions.expression(join.expression()))
                : join(left, false, type, right, JoinConditionType.USING, ast.names.identifiers(join.nameList()));
    }

    private SqlNode asof(SqlNode left, AsofJoinContext join) {
        SqlNode right = table(join.tableReference());
        boolean on = join.nameList() == null;
        return new SqlAsof(
                OperatorPrecedence.span(left, right),
                left,
                type(join.joinType()),
                right,
                on ? JoinConditionType.ON : JoinConditionType.USING,
                on ? ast.expressions.expression(join.expression()) : ast.names.identifiers(join.nameList()));
    }

    private static JoinType type(@Nullable JoinTypeContext type) {
        if (type == null || type.INNER() != null) {
            return JoinType.INNER;
        }
        if (type.LEFT() != null) {
            return JoinType.LEFT;
        }
        return type.RIGHT() != null ? JoinType.RIGHT : JoinType.FULL;
    }

    private static SqlNode join(
            SqlNode left,
            boolean natural,
            JoinType type,
            SqlNode right,
            JoinConditionType conditionType,
            @Nullable SqlNode condition) {
        SqlParserPos pos = OperatorPrecedence.span(left, right);
        return new SqlJoin(
                pos,
                left,
                SqlLiteral.createBoolean(natural, pos),
                type.symbol(pos),
                right,
                conditionType.symbol(pos),
                condition);
    }

    SqlNode primary(TablePrimaryContext primary) {
        return switch (primary) {
            case NamedTableContext table -> aliased(ast.names.identifier(table.qualifiedName()), table.tableAlias());
            case FileTableContext file -> file(file);
            case DerivedTableContext derived ->
                aliased(lateral(ast.queries.query(derived.query()), derived.LATERAL() != null), derived.tableAlias());
            // A pattern may always refer to tables on its left.
            case GraphTablePrimaryContext graph ->
                aliased(lateral(ast.graphs.graphTable(graph.graphTable()), true), graph.tableAlias());
            case FunctionTableContext function -> function(function);
            case JsonTablePrimaryContext table -> jsonTable(table);
            case NestedJoinContext nested -> aliased(table(nested.tableReference()), nested.tableAlias());
            default -> throw SyntaxErrors.at(primary.getStart());
        };
    }

    private SqlNode jsonTable(JsonTablePrimaryContext table) {
        SqlNode rows = lateral(new SqlJsonBuilder(ast).table(table.jsonTable()), true);
        return table.tableAlias() == null
                ? SqlStdOperatorTable.AS.createCall(
                        rows.getParserPosition(), rows, new SqlIdentifier("json_table", rows.getParserPosition()))
                : aliased(rows, table.tableAlias());
    }

    private static SqlNode lateral(SqlNode node, boolean lateral) {
        return lateral ? SqlStdOperatorTable.LATERAL.createCall(node.getParserPosition(), node) : node;
    }

    private SqlNode aliased(SqlNode node, @Nullable TableAliasContext alias) {
        if (alias == null) {
            return node;
        }
        List<SqlNode> operands = new ArrayList<>();
        operands.add(node);
        operands.add(ast.names.identifier(alias.identifier()));
        if (alias.nameList() != null) {
            operands.addAll(ast.names.identifiers(alias.nameList()));
        }
        return SqlStdOperatorTable.AS.createCall(node.getParserPosition().plus(Places.pos(alias)), operands);
    }

    /** Without an alias a file goes by its name without folders and ending. */
    private SqlNode file(FileTableContext file) {
        String path = ast.literals.string(file.string());
        SqlParserPos pos = Places.pos(file.string());
        if (path.isBlank()) {
            throw KadeException.of(ErrorCode.SYNTAX_ERROR, "a file in FROM has an empty path")
                    .at(Places.of(file.getStart()));
        }
        SqlNode reference = new SqlFileReference(path, pos);
        if (file.tableAlias() != null) {
            return aliased(reference, file.tableAlias());
        }
        return SqlStdOperatorTable.AS.createCall(pos, reference, new SqlIdentifier(baseName(path), pos));
    }

    private static String baseName(String path) {
        String name = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
        int dot = name.indexOf('.', 1);
        String base = dot < 0 ? name : name.substring(0, dot);
        return base.isEmpty() ? "file" : base;
    }

    private SqlNode function(FunctionTableContext function) {
        SqlParserPos pos = Places.pos(function.functionCall());
        SqlCall call = withValues((SqlCall) ast.functions.call(function.functionCall()));
        boolean ordinality = function.ORDINALITY() != null;
        SqlNode called = ordinality
                ? ast.functions.named(
                        KadeOperators.ordinality(call.getOperator().getName()),
                        pos,
                        call.getOperandList().toArray(new SqlNode[0]))
                : call;
        SqlNode table = SqlStdOperatorTable.COLLECTION_TABLE.createCall(pos, called);
        String name = call.getOperator().getName();
        if (function.recordAlias() != null || RecordFunction.isOne(name)) {
            return new RecordFunction(ast, function, call).table();
        }
        return name.equals("unnest") && call.operandCount() > 1
                ? severalColumns(lateral(table, true), function, call.operandCount())
                : functionAlias(lateral(table, true), function, name);
    }

    /** The columns of a function that gives several keep their names unless others are told. */
    private SqlNode severalColumns(SqlNode node, FunctionTableContext function, int columns) {
        SqlParserPos pos = node.getParserPosition();
        TableAliasContext alias = function.tableAlias();
        if (alias == null || alias.nameList() != null) {
            return aliased(node, alias);
        }
        List<SqlNode> operands = new ArrayList<>(List.of(node, ast.names.identifier(alias.identifier())));
        for (int i = 0; i < columns; i++) {
            operands.add(new SqlIdentifier(KadeOperators.repeated("unnest", i), pos));
        }
        if (function.ORDINALITY() != null) {
            operands.add(new SqlIdentifier("ordinality", pos));
        }
        return SqlStdOperatorTable.AS.createCall(pos, operands);
    }

    /** A call whose arguments name the values of functions before it by their columns. */
    private SqlCall withValues(SqlCall call) {
        if (values.isEmpty()) {
            return call;
        }
        Set<String> named = Set.copyOf(values);
        return (SqlCall) Objects.requireNonNull(call.accept(new SqlShuttle() {
            @Override
            public SqlNode visit(SqlIdentifier id) {
                SqlParserPos pos = id.getParserPosition();
                return id.isSimple() && named.contains(id.getSimple())
                        ? new SqlIdentifier(List.of(id.getSimple(), "value"), null, pos, List.of(pos, pos))
                        : id;
            }
        }));
    }

    /** The alias of a function also names its first column. */
    private SqlNode functionAlias(SqlNode node, FunctionTableContext function, String name) {
        SqlParserPos pos = node.getParserPosition();
        TableAliasContext alias = function.tableAlias();
        boolean ordinality = function.ORDINALITY() != null;
        if (NAMED_COLUMNS.contains(name) || GraphFunctions.NAMES.contains(name)) {
            if (name.contains("elements") && alias != null && alias.nameList() == null) {
                values.add(ast.names.identifier(alias.identifier()).getSimple());
            }
            SqlIdentifier own = new SqlIdentifier(name, pos);
            return alias == null ? SqlStdOperatorTable.AS.createCall(pos, node, own) : aliased(node, alias);
        }
        if ((alias == null && !ordinality) || (alias != null && alias.nameList() != null)) {
            return aliased(node, alias);
        }
        SqlIdentifier table = alias == null ? new SqlIdentifier(name, pos) : ast.names.identifier(alias.identifier());
        List<SqlNode> operands = new ArrayList<>(List.of(node, table, table));
        if (ordinality) {
            operands.add(new SqlIdentifier("ordinality", pos));
        }
        return SqlStdOperatorTable.AS.createCall(pos, operands);
    }
}
