package io.kadedb.executor.path;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.json.JsonKind;
import io.kadedb.executor.kernel.value.Calendar;
import io.kadedb.executor.kernel.value.DateTimeTemplate;
import io.kadedb.parser.path.PathMethod;
import io.kadedb.parser.path.PathStep.Method;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The item methods that read dates and times from strings. */
final class PathMoments {
    private static final int MAX_PRECISION = 6;
    private static final Pattern ISO = Pattern.compile("\\s*(?:(\\d{1,6})-(\\d{1,2})-(\\d{1,2}))?"
            + "(?:(\\s*T\\s*|\\s+|^\\s*)(\\d{1,2}):(\\d{1,2}):(\\d{1,2})(?:\\.(\\d{1,6}))?"
            + "\\s*(Z|[+-]\\d{1,2}(?::\\d{1,2})?)?)?\\s*");
    private static final int MAX_OFFSET_SECONDS = 16 * 3600;

    private final PathEvaluator evaluator;

    PathMoments(PathEvaluator evaluator) {
        this.evaluator = evaluator;
    }

    Outcome apply(Method method, PathItem item, Function<PathItem, Outcome> next) {
        if (!item.is(JsonKind.STRING)) {
            return evaluator.failure.report(
                    ErrorCode.INVALID_ARGUMENT_FOR_SQL_JSON_DATETIME_FUNCTION,
                    () -> "jsonpath item method ." + method.method().text() + "() can only be applied to a string");
        }
        String text = item.json().string();
        Optional<PathMoment> read;
        if (method.template().isPresent()) {
            try {
                read = Optional.of(templated(text, method.template().get()));
            } catch (KadeException e) {
                return evaluator.failure.report(e);
            }
        } else {
            read = iso(text);
        }
        if (read.isEmpty()) {
            return unrecognized(method.method(), text);
        }
        if (method.method() == PathMethod.DATETIME) {
            return next.apply(new PathItem.Moment(read.get()));
        }
        Optional<PathMoment> moment = read.get()
                .as(
                        type(method.method()),
                        evaluator.settings().zoned(),
                        evaluator.settings().zone());
        if (moment.isEmpty()) {
            return unrecognized(method.method(), text);
        }
        PathMoment rounded = method.numbers().isEmpty()
                ? moment.get()
                : moment.get().rounded(Math.min(MAX_PRECISION, method.numbers().getFirst()));
        return next.apply(new PathItem.Moment(rounded));
    }

    private static PathMoment.Type type(PathMethod method) {
        return switch (method) {
            case DATE -> PathMoment.Type.DATE;
            case TIME -> PathMoment.Type.TIME;
            case TIME_TZ -> PathMoment.Type.TIME_TZ;
            case TIMESTAMP -> PathMoment.Type.TIMESTAMP;
            default -> PathMoment.Type.TIMESTAMP_TZ;
        };
    }

    private Outcome unrecognized(PathMethod method, String text) {
        KadeException failure = KadeException.of(
                ErrorCode.INVALID_ARGUMENT_FOR_SQL_JSON_DATETIME_FUNCTION,
                method.text() + " format is not recognized: \"" + text + "\"");
        return evaluator.failure.report(
                method == PathMethod.DATETIME
                        ? failure.hint("Use a datetime template argument to specify the input data format.")
                        : failure);
    }

    /** A text in one of ISO's forms. */
    private static Optional<PathMoment> iso(String text) {
        Matcher matcher = ISO.matcher(text);
        boolean dated = matcher.matches() && matcher.group(1) != null;
        boolean timed = matcher.matches() && matcher.group(5) != null;
        if (!dated && !timed) {
            return Optional.empty();
        }
        try {
            LocalDate date =
                    dated ? LocalDate.of(number(matcher, 1), number(matcher, 2), number(matcher, 3)) : LocalDate.EPOCH;
            LocalTime time = timed
                    ? LocalTime.of(number(matcher, 5), number(matcher, 6), number(matcher, 7), nanos(matcher.group(8)))
                    : LocalTime.MIDNIGHT;
            if (date.getYear() == 0) {
                return Optional.empty();
            }
            Optional<ZoneOffset> offset = offset(matcher.group(9));
            return Optional.of(moment(LocalDateTime.of(date, time), offset, dated, timed));
        } catch (DateTimeException e) {
            // Numbers that no date or time has are as unknown a form as any other.
            return Optional.empty();
        }
    }

    private static PathMoment moment(LocalDateTime at, Optional<ZoneOffset> offset, boolean dated, boolean timed) {
        long micros = Calendar.micros(at);
        PathMoment.Type type = !timed
                ? PathMoment.Type.DATE
                : dated
                        ? (offset.isPresent() ? PathMoment.Type.TIMESTAMP_TZ : PathMoment.Type.TIMESTAMP)
                        : (offset.isPresent() ? PathMoment.Type.TIME_TZ : PathMoment.Type.TIME);
        return new PathMoment(
                type,
                type.isTime() ? Math.floorMod(micros, Calendar.MICROS_PER_DAY) : micros,
                offset.map(ZoneOffset::getTotalSeconds).orElse(0));
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }

    private static int nanos(@org.jspecify.annotations.Nullable String fraction) {
        return fraction == null ? 0 : Integer.parseInt((fraction + "000000000").substring(0, 9));
    }

    private static Optional<ZoneOffset> offset(@org.jspecify.annotations.Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        if (text.equals("Z")) {
            return Optional.of(ZoneOffset.UTC);
        }
        String[] parts = text.substring(1).split(":", 2);
        int seconds = Integer.parseInt(parts[0]) * 3600 + (parts.length > 1 ? Integer.parseInt(parts[1]) * 60 : 0);
        if (seconds >= MAX_OFFSET_SECONDS) {
            throw new DateTimeException("no offset: " + text);
        }
        return Optional.of(ZoneOffset.ofTotalSeconds(text.charAt(0) == '-' ? -seconds : seconds));
    }

    private static PathMoment templated(String text, String template) {
        DateTimeTemplate.Read read = DateTimeTemplate.read(text, template);
        return moment(read.time(), read.offset(), read.dated(), read.timed());
    }
}
