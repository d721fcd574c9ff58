package io.kadedb.parser.path;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.grammar.JsonPathParser;
import io.kadedb.parser.grammar.JsonPathParser.*;
import io.kadedb.parser.path.PathStep.*;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.antlr.v4.runtime.Token;

/** The accessors of paths, and the numbers in them. */
final class PathSteps {
    private final PathTokens tokens;
    private final PathReader reader;

    PathSteps(PathTokens tokens, PathReader reader) {
        this.tokens = tokens;
        this.reader = reader;
    }

    PathStep step(AccessorContext accessor) {
        return switch (accessor) {
            case MemberAccessorContext member ->
                new Member(PathStrings.decode(tokens, member.key().getStart()));
            case AnyMemberAccessorContext any -> new AnyMember();
            case AnyElementAccessorContext any -> new AnyElement();
            case AnyLevelAccessorContext levels -> levels(levels);
            case ElementsAccessorContext elements -> elements(elements);
            case FilterAccessorContext filter -> new Filter(reader.filter(filter.expression()));
            case MethodAccessorContext method -> method(method);
            default -> throw new IllegalStateException("no accessor: " + accessor.getText());
        };
    }

    private PathStep levels(AnyLevelAccessorContext levels) {
        if (levels.level().isEmpty()) {
            return new AnyLevel(0, AnyLevel.LAST);
        }
        int first = level(levels.level(0).getStart());
        return new AnyLevel(
                first, levels.TO() == null ? first : level(levels.level(1).getStart()));
    }

    private int level(Token token) {
        return token.getType() == JsonPathParser.LAST ? AnyLevel.LAST : integer(token);
    }

    private PathStep elements(ElementsAccessorContext elements) {
        List<Range> ranges = new ArrayList<>();
        for (SubscriptContext subscript : elements.subscript()) {
            ranges.add(new Range(
                    reader.subscript(subscript.sum(0)),
                    subscript.TO() == null ? Optional.empty() : Optional.of(reader.subscript(subscript.sum(1)))));
        }
        return new Elements(ranges);
    }

    private PathStep method(MethodAccessorContext written) {
        PathMethod method = PathMethod.valueOf(written.METHOD().getText().toUpperCase(Locale.ROOT));
        List<ArgumentContext> arguments =
                written.arguments() == null ? List.of() : written.arguments().argument();
        Optional<String> template = Optional.empty();
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            ArgumentContext argument = arguments.get(i);
            boolean text = argument.STRING() != null;
            boolean fits = text
                    ? method == PathMethod.DATETIME
                    : method == PathMethod.DECIMAL || (method.takesPrecision() && argument.operator() == null);
            if (!fits) {
                throw tokens.unexpected(argument.getStart());
            }
            if (i > 0 && method != PathMethod.DECIMAL) {
                throw tokens.unexpected(written.arguments().COMMA(i - 1).getSymbol());
            }
            if (text) {
                template = Optional.of(PathStrings.decode(tokens, argument.getStart()));
            } else {
                int number = integer(argument.NUMBER().getSymbol());
                boolean minus =
                        argument.operator() != null && argument.operator().MINUS() != null;
                numbers.add(minus ? -number : number);
            }
        }
        if (numbers.size() > 2) {
            throw KadeException.of(ErrorCode.SYNTAX_ERROR, "invalid input syntax for type jsonpath")
                    .detail(".decimal() can only have an optional precision[,scale].")
                    .at(tokens.place(written.getStart()));
        }
        return new Method(method, template, numbers);
    }

    private int integer(Token token) {
        String text = token.getText();
        BigDecimal number = number(token);
        boolean written = text.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '_')
                && (isRadix(text) || text.chars().noneMatch(Character::isLetter));
        if (!written) {
            throw tokens.unexpected(token);
        }
        if (number.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) > 0) {
            throw KadeException.of(
                            ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE,
                            "value \"" + text + "\" is out of range for type integer")
                    .at(tokens.place(token));
        }
        return number.intValue();
    }

    private static boolean isRadix(String text) {
        return text.length() > 1 && text.charAt(0) == '0' && Character.isLetter(text.charAt(1));
    }

    /** The number that a token writes. */
    BigDecimal number(Token token) {
        String digits = token.getText().replace("_", "");
        if (isRadix(digits)) {
            int radix = switch (Character.toLowerCase(digits.charAt(1))) {
                case 'x' -> 16;
                case 'o' -> 8;
                default -> 2;
            };
            return new BigDecimal(new BigInteger(digits.substring(2), radix));
        }
        try {
            return new BigDecimal(digits);
        } catch (NumberFormatException e) {
            throw KadeException.of(ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, "value overflows numeric format", e)
                    .at(tokens.place(token));
        }
    }
}
