package io.kadedb.parser;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ast.KadeOperators;
import io.kadedb.parser.grammar.KadeSqlParser.*;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Expressions: operands with their prefixes and suffixes here, operators in {@link OperatorPrecedence}. */
final class ExpressionBuilder {
    private final AstBuilder ast;

    ExpressionBuilder(AstBuilder ast) {
        this.ast = ast;
    }

    SqlNode expression(ExpressionContext expression) {
        return new OperatorPrecedence(ast, expression).build();
    }

    SqlNodeList list(ExpressionListContext list) {
        return new SqlNodeList(all(list.expression()), Places.pos(list));
    }

    List<SqlNode> all(List<ExpressionContext> expressions) {
        List<SqlNode> nodes = new ArrayList<>(expressions.size());
        for (ExpressionContext expression : expressions) {
            nodes.add(expression(expression));
        }
        return nodes;
    }

    /** An operand with its suffixes, without its prefixes. */
    SqlNode suffixed(OperandContext operand) {
        SqlNode node = primary(operand.primary());
        List<SuffixContext> suffixes = operand.suffix();
        OperatorPrecedence.checkChain(suffixes.size(), operand);
        for (int i = 0; i < suffixes.size(); i++) {
            if (suffixes.get(i) instanceof ItemSuffixContext) {
                int end = i + 1;
                while (end < suffixes.size() && suffixes.get(end) instanceof ItemSuffixContext) {
                    end++;
                }
                node = ast.arrays.subscripted(node, suffixes.subList(i, end));
                i = end - 1;
            } else {
                node = suffix(node, suffixes.get(i));
            }
        }
        return node;
    }

    private SqlNode suffix(SqlNode node, SuffixContext suffix) {
        SqlParserPos pos = node.getParserPosition().plus(Places.pos(suffix));
        return switch (suffix) {
            case CastSuffixContext cast -> cast(pos, node, cast.typeName());
            case FieldSuffixContext field
            when field.identifier() != null ->
                SqlStdOperatorTable.DOT.createCall(pos, node, ast.names.identifier(field.identifier()));
            default ->
                throw KadeException.of(ErrorCode.FEATURE_NOT_SUPPORTED, "taking a row apart is not supported yet")
                        .at(Places.of(suffix.getStart()));
        };
    }

    private SqlNode primary(PrimaryContext primary) {
        SqlParserPos pos = Places.pos(primary);
        return switch (primary) {
            case LiteralPrimaryContext literal -> ast.literals.literal(literal.literal());
            case ColumnReferenceContext column -> ast.names.identifier(column.identifier(), column.STAR() != null, pos);
            case ParameterContext parameter -> parameter(parameter, pos);
            case ParenthesizedContext list -> parenthesized(list, pos);
            case ScalarSubqueryContext subquery -> ast.queries.query(subquery.query());
            case ExistsContext exists -> SqlStdOperatorTable.EXISTS.createCall(pos, ast.queries.query(exists.query()));
            case RowConstructorContext row ->
                SqlStdOperatorTable.ROW.createCall(
                        pos,
                        row.expressionList() == null
                                ? List.of()
                                : all(row.expressionList().expression()));
            case ArrayConstructorContext array -> ast.arrays.constructor(array, pos);
            case CaseExpressionContext caseOf -> caseOf(caseOf, pos);
            case CastContext cast -> cast(pos, expression(cast.expression()), cast.typeName());
            case JsonPrimaryContext json -> new SqlJsonBuilder(ast).function(json.jsonFunction());
            case JsonConstructorPrimaryContext json -> new JsonConstructors(ast).constructor(json.jsonConstructor());
            case FunctionPrimaryContext call -> ast.functions.call(call.functionCall());
            case IntervalLiteralContext interval -> ast.functions.interval(interval);
            case TypedLiteralContext literal -> ast.functions.typedLiteral(literal);
            case CurrentValueContext value -> ast.functions.currentValue(value);
            case ExtractContext extract -> ast.functions.extract(extract);
            case SubstringContext substring -> ast.functions.substring(substring);
            case PositionContext position ->
                SqlStdOperatorTable.POSITION.createCall(
                        pos, bound(position.bound()), expression(position.expression()));
            case TrimContext trim -> ast.functions.trim(trim);
            case OverlayContext overlay -> SqlStdOperatorTable.OVERLAY.createCall(pos, all(overlay.expression()));
            default -> throw KadeException.internal("no builder for " + primary.getClass(), null);
        };
    }

    SqlNode bound(BoundContext bound) {
        return new OperatorPrecedence(ast, bound).build();
    }

    private SqlNode parameter(ParameterContext parameter, SqlParserPos pos) {
        int index;
        if (parameter.PARAMETER() == null) {
            index = ast.parameters.nextPositional();
        } else {
            int number = parameterNumber(parameter);
            index = ast.parameters.numbered(number);
        }
        if (ast.parameters.mixed()) {
            throw KadeException.of(ErrorCode.SYNTAX_ERROR, "parameters ? and $n cannot be mixed in one statement")
                    .at(Places.of(parameter.getStart()));
        }
        SqlNode value = new SqlDynamicParam(index, pos);
        return ast.parameters
                .declared(index)
                .<SqlNode>map(type -> SqlStdOperatorTable.CAST.createCall(pos, value, ast.types.spec(type)))
                .orElse(value);
    }

    private static int parameterNumber(ParameterContext parameter) {
        String digits = parameter.PARAMETER().getText().substring(1);
        int number = digits.length() > 5 ? 0 : Integer.parseInt(digits);
        if (number < 1 || number > 65535) {
            throw KadeException.of(ErrorCode.UNDEFINED_PARAMETER, "there is no parameter $" + digits)
                    .at(Places.of(parameter.getStart()))
                    .hint("parameters are $1 to $65535");
        }
        return number;
    }

    private SqlNode parenthesized(ParenthesizedContext list, SqlParserPos pos) {
        List<SqlNode> nodes = all(list.expression());
        return nodes.size() == 1 ? nodes.getFirst() : SqlStdOperatorTable.ROW.createCall(pos, nodes);
    }

    private SqlNode cast(SqlParserPos pos, SqlNode node, TypeNameContext type) {
        // Only its cast tells what an array without elements is of.
        SqlNode value = KadeOperators.isEmptyArray(node) && ast.types.type(type).isArray()
                ? SqlLiteral.createCharString("{}", node.getParserPosition())
                : node;
        return SqlStdOperatorTable.CAST.createCall(pos, value, ast.types.spec(type));
    }

    private SqlNode caseOf(CaseExpressionContext caseOf, SqlParserPos pos) {
        List<ExpressionContext> parts = caseOf.expression();
        int branches = caseOf.WHEN().size();
        int at = parts.size() > 2 * branches && !endsWithElse(caseOf, parts.size(), branches) ? 1 : 0;
        SqlNode value = at == 1 ? expression(parts.getFirst()) : null;
        List<SqlNode> whens = new ArrayList<>(branches);
        List<SqlNode> thens = new ArrayList<>(branches);
        for (int i = 0; i < branches; i++) {
            whens.add(expression(parts.get(at + 2 * i)));
            thens.add(expression(parts.get(at + 2 * i + 1)));
        }
        SqlNode otherwise = caseOf.ELSE() == null ? SqlLiteral.createNull(pos) : expression(parts.getLast());
        SqlNodeList conditions = new SqlNodeList(whens, pos);
        SqlNodeList results = new SqlNodeList(thens, pos);
        return switched(pos, value, conditions, results, otherwise);
    }

    /** Whether the expression beyond the branches is the ELSE, not the value after CASE. */
    private static boolean endsWithElse(CaseExpressionContext caseOf, int parts, int branches) {
        return caseOf.ELSE() != null && parts == 2 * branches + 1;
    }

    private static SqlNode switched(
            SqlParserPos pos, @Nullable SqlNode value, SqlNodeList whens, SqlNodeList thens, SqlNode otherwise) {
        return value == null
                ? new SqlCase(pos, null, whens, thens, otherwise)
                : SqlCase.createSwitched(pos, value, whens, thens, otherwise);
    }

    /** The items of an IN list. */
    SqlNodeList inList(List<InItemContext> items, SqlParserPos pos) {
        List<SqlNode> nodes = new ArrayList<>(items.size());
        for (InItemContext item : items) {
            if (item.LITERAL_LIST() == null) {
                nodes.add(expression(item.expression()));
            } else {
                LiteralListToken literals =
                        (LiteralListToken) item.LITERAL_LIST().getSymbol();
                ((ArrayList<SqlNode>) nodes).ensureCapacity(nodes.size() + literals.count());
                ast.literals.addAll(literals, nodes);
            }
        }
        return new SqlNodeList(nodes, pos);
    }

    static boolean isStar(SqlNode node) {
        return node instanceof SqlIdentifier identifier && identifier.isStar();
    }

    static boolean isQuery(SqlNode node) {
        return node.getKind().belongsTo(SqlKind.QUERY);
    }
}
