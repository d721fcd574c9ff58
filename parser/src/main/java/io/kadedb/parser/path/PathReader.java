package io.kadedb.parser.path;

import io.kadedb.common.control.RoomyStack;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.json.Jsonb;
import io.kadedb.common.json.JsonbBuilder;
import io.kadedb.parser.grammar.JsonPathParser;
import io.kadedb.parser.grammar.JsonPathParser.*;
import io.kadedb.parser.path.PathNode.*;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.ParseCancellationException;

/** Makes the tree of a path of what the grammar finds in its text. */
final class PathReader {
    /** Brackets of so many tokens may be nested so deeply that they want a stack of their own. */
    private static final int MANY_TOKENS = 200;

    private final PathTokens tokens;
    private final PathSteps steps;
    /** How many filters there are around. */
    private int filters;
    /** How many subscripts there are around. */
    private int subscripts;

    private PathReader(PathTokens tokens) {
        this.tokens = tokens;
        this.steps = new PathSteps(tokens, this);
    }

    static JsonPath read(String text) {
        PathTokens tokens = PathTokens.of(text);
        if (tokens.all().size() == 1) {
            throw KadeException.of(
                    ErrorCode.INVALID_TEXT_REPRESENTATION, "invalid input syntax for type jsonpath: \"" + text + "\"");
        }
        return RoomyStack.call(tokens.all().size() > MANY_TOKENS, () -> new PathReader(tokens).path());
    }

    private JsonPath path() {
        JsonPathParser parser = new JsonPathParser(new CommonTokenStream(new ListTokenSource(tokens.all())));
        parser.removeErrorListeners();
        parser.setErrorHandler(new BailErrorStrategy());
        PathContext path;
        try {
            path = parser.path();
        } catch (ParseCancellationException e) {
            if (e.getCause() instanceof RecognitionException error) {
                throw tokens.unexpected(error.getOffendingToken());
            }
            throw KadeException.internal("the parser of paths gave up", e);
        }
        PathNode root = expression(path.expression());
        int depth = PathDepth.of(root);
        if (depth > JsonPath.MAX_DEPTH) {
            throw PathTokens.tooDeep();
        }
        return new JsonPath(path.strictness != null && path.strictness.getType() == JsonPathParser.STRICT, root, depth);
    }

    PathNode expression(ExpressionContext expression) {
        List<ConjunctionContext> parts = expression.conjunction();
        if (parts.size() == 1) {
            return conjunction(parts.getFirst());
        }
        Predicate all = predicate(conjunction(parts.getFirst()), parts.getFirst());
        for (ConjunctionContext part : parts.subList(1, parts.size())) {
            all = new Either(all, predicate(conjunction(part), part));
        }
        return all;
    }

    private PathNode conjunction(ConjunctionContext conjunction) {
        List<ConditionContext> parts = conjunction.condition();
        if (parts.size() == 1) {
            return condition(parts.getFirst());
        }
        Predicate all = predicate(condition(parts.getFirst()), parts.getFirst());
        for (ConditionContext part : parts.subList(1, parts.size())) {
            all = new Both(all, predicate(condition(part), part));
        }
        return all;
    }

    private PathNode condition(ConditionContext condition) {
        return condition.NOT() == null
                ? comparison(condition.comparison())
                : new Not(predicate(delimited(condition.delimited()), condition));
    }

    /** What has to be a predicate; else what follows is the first thing that does not fit. */
    Predicate predicate(PathNode node, ParserRuleContext written) {
        if (node instanceof Predicate predicate) {
            return predicate;
        }
        throw tokens.unexpected(tokens.after(written.getStop()));
    }

    private PathNode value(PathNode node, ParserRuleContext written) {
        if (node instanceof Predicate) {
            throw tokens.unexpected(tokens.after(written.getStop()));
        }
        return node;
    }

    private PathNode comparison(ComparisonContext comparison) {
        SumContext first = comparison.sum(0);
        PathNode left = sum(first);
        if (comparison.comparator != null) {
            return new Comparison(
                    comparator(comparison.comparator.getType()),
                    value(left, first),
                    value(sum(comparison.right), comparison.right));
        }
        if (comparison.STARTS() != null) {
            Token initial = comparison.initial;
            String text = PathStrings.decode(tokens, initial);
            return new StartsWith(
                    value(left, first),
                    initial.getType() == JsonPathParser.VARIABLE ? new Variable(text) : string(text));
        }
        if (comparison.LIKE_REGEX() != null) {
            String pattern = PathStrings.decode(tokens, comparison.pattern);
            String flags = comparison.flags == null ? "" : PathStrings.decode(tokens, comparison.flags);
            return new LikeRegex(value(left, first), pattern, flags(flags));
        }
        if (comparison.IS() != null) {
            boolean inParentheses = first.getStart().getType() == JsonPathParser.LPAREN && left instanceof Predicate;
            if (!inParentheses) {
                throw tokens.unexpected(comparison.IS().getSymbol());
            }
            return new IsUnknown(predicate(left, first));
        }
        return left;
    }

    private static Comparator comparator(int type) {
        return switch (type) {
            case JsonPathParser.EQ -> Comparator.EQUAL;
            case JsonPathParser.NE -> Comparator.NOT_EQUAL;
            case JsonPathParser.LT -> Comparator.LESS;
            case JsonPathParser.LE -> Comparator.LESS_OR_EQUAL;
            case JsonPathParser.GT -> Comparator.GREATER;
            default -> Comparator.GREATER_OR_EQUAL;
        };
    }

    private static String flags(String given) {
        for (int i = 0; i < given.length(); i++) {
            if ("ismxq".indexOf(given.charAt(i)) < 0) {
                throw KadeException.of(ErrorCode.SYNTAX_ERROR, "invalid input syntax for type jsonpath")
                        .detail("Unrecognized flag character \"" + Character.toString(given.codePointAt(i))
                                + "\" in LIKE_REGEX predicate.");
            }
        }
        if (given.indexOf('x') >= 0 && given.indexOf('q') < 0) {
            throw KadeException.of(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "XQuery \"x\" flag (expanded regular expressions) is not implemented");
        }
        StringBuilder ordered = new StringBuilder();
        "ismxq".chars().filter(flag -> given.indexOf(flag) >= 0).forEach(flag -> ordered.append((char) flag));
        return ordered.toString();
    }

    PathNode sum(SumContext sum) {
        List<ProductContext> parts = sum.product();
        List<OperatorContext> operators = sum.operator();
        PathNode all = product(parts.getFirst());
        for (int i = 1; i < parts.size(); i++) {
            Operator operator = operators.get(i - 1).PLUS() == null ? Operator.SUBTRACT : Operator.ADD;
            all = new Arithmetic(operator, value(all, parts.get(i - 1)), value(product(parts.get(i)), parts.get(i)));
        }
        return all;
    }

    private PathNode product(ProductContext product) {
        List<SignedContext> parts = product.signed();
        List<FactorOperatorContext> operators = product.factorOperator();
        PathNode all = signed(parts.getFirst());
        for (int i = 1; i < parts.size(); i++) {
            FactorOperatorContext written = operators.get(i - 1);
            Operator operator = written.STAR() != null
                    ? Operator.MULTIPLY
                    : written.SLASH() != null ? Operator.DIVIDE : Operator.MODULO;
            all = new Arithmetic(operator, value(all, parts.get(i - 1)), value(signed(parts.get(i)), parts.get(i)));
        }
        return all;
    }

    /** A sign before a number that is written is a part of it. */
    private PathNode signed(SignedContext signed) {
        PathNode node = accessed(signed.accessed());
        List<OperatorContext> signs = signed.operator();
        for (int i = signs.size() - 1; i >= 0; i--) {
            boolean minus = signs.get(i).MINUS() != null;
            value(node, signed);
            node = node instanceof Constant(Jsonb number) && number.kind() == io.kadedb.common.json.JsonKind.NUMBER
                    ? number(minus ? number.number().negate() : number.number())
                    : new Sign(minus, node);
        }
        return node;
    }

    private PathNode accessed(AccessedContext accessed) {
        PathNode head = primary(accessed.primary());
        if (accessed.accessor().isEmpty()) {
            return head;
        }
        if (head instanceof Predicate && accessed.primary().getStart().getType() != JsonPathParser.LPAREN) {
            throw tokens.unexpected(accessed.accessor(0).getStart());
        }
        List<PathStep> all = new ArrayList<>();
        if (head instanceof Chain(PathNode inner, List<PathStep> first)) {
            head = inner;
            all.addAll(first);
        }
        accessed.accessor().forEach(accessor -> all.add(steps.step(accessor)));
        return new Chain(head, all);
    }

    private PathNode primary(PrimaryContext primary) {
        if (primary.delimited() != null) {
            return delimited(primary.delimited());
        }
        Token token = primary.getStart();
        return switch (token.getType()) {
            case JsonPathParser.STRING -> string(PathStrings.decode(tokens, token));
            case JsonPathParser.NUMBER -> number(steps.number(token));
            case JsonPathParser.NULL -> constant(new JsonbBuilder().nullValue());
            case JsonPathParser.TRUE -> constant(new JsonbBuilder().truth(true));
            case JsonPathParser.FALSE -> constant(new JsonbBuilder().truth(false));
            case JsonPathParser.VARIABLE -> new Variable(PathStrings.decode(tokens, token));
            case JsonPathParser.ROOT -> new Root();
            case JsonPathParser.CURRENT -> {
                if (filters == 0) {
                    throw misplaced("@ is not allowed in root expressions", token);
                }
                yield new Current();
            }
            default -> {
                if (subscripts == 0) {
                    throw misplaced("LAST is allowed only in array subscripts", token);
                }
                yield new Last();
            }
        };
    }

    private KadeException misplaced(String message, Token token) {
        return KadeException.of(ErrorCode.SYNTAX_ERROR, message).at(tokens.place(token));
    }

    private static Constant string(String text) {
        return constant(new JsonbBuilder().string(text));
    }

    private static Constant number(BigDecimal number) {
        return constant(new JsonbBuilder().number(number));
    }

    private static Constant constant(JsonbBuilder builder) {
        return new Constant(Jsonb.of(builder.build()));
    }

    private PathNode delimited(DelimitedContext delimited) {
        PathNode inner = expression(delimited.expression());
        return delimited.EXISTS() == null ? inner : new Exists(value(inner, delimited.expression()));
    }

    Predicate filter(ExpressionContext expression) {
        filters++;
        Predicate predicate = predicate(expression(expression), expression);
        filters--;
        return predicate;
    }

    PathNode subscript(SumContext sum) {
        subscripts++;
        PathNode node = value(sum(sum), sum);
        subscripts--;
        return node;
    }
}
