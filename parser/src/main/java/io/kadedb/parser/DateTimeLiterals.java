package io.kadedb.parser;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.SqlType;
import io.kadedb.parser.ast.Positions;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.TimeString;
import org.apache.calcite.util.TimestampString;
import org.jspecify.annotations.Nullable;

/** Date and time literals in ISO form; other forms are left to a cast at run time. */
final class DateTimeLiterals {
    private static final String DATE = "(\\d{4})-(\\d{2})-(\\d{2})";
    private static final String TIME = "(\\d{2}):(\\d{2})(?::(\\d{2})(?:\\.(\\d{1,6}))?)?";
    private static final Pattern DATE_FORM = Pattern.compile(DATE);
    private static final Pattern TIME_FORM = Pattern.compile(TIME);
    private static final Pattern TIMESTAMP_FORM = Pattern.compile(DATE + "(?:[ T]" + TIME + ")?");

    private DateTimeLiterals() {}

    /** The literal, or null when the text is in another form or the type is not one of date, time, timestamp. */
    static @Nullable SqlNode of(SqlType type, String text, SqlParserPos pos) {
        String trimmed = text.strip();
        return switch (type.id()) {
            case DATE -> date(DATE_FORM.matcher(trimmed), pos);
            case TIME -> type.precision() == 6 ? time(TIME_FORM.matcher(trimmed), pos) : null;
            case TIMESTAMP -> type.precision() == 6 ? timestamp(TIMESTAMP_FORM.matcher(trimmed), pos) : null;
            default -> null;
        };
    }

    private static @Nullable SqlNode date(Matcher form, SqlParserPos pos) {
        return form.matches() ? SqlLiteral.createDate(dateString(form, pos), pos) : null;
    }

    private static @Nullable SqlNode time(Matcher form, SqlParserPos pos) {
        if (!form.matches() || form.group(1).equals("24")) {
            return null;
        }
        LocalTime time = localTime(form, 0, pos);
        return SqlLiteral.createTime(
                new TimeString(time.getHour(), time.getMinute(), time.getSecond()).withNanos(time.getNano()), 6, pos);
    }

    private static @Nullable SqlNode timestamp(Matcher form, SqlParserPos pos) {
        if (!form.matches() || "24".equals(form.group(4))) {
            return null;
        }
        DateString date = dateString(form, pos);
        LocalTime time = form.group(4) == null ? LocalTime.MIDNIGHT : localTime(form, 3, pos);
        TimestampString value = new TimestampString(
                        date + String.format(" %02d:%02d:%02d", time.getHour(), time.getMinute(), time.getSecond()))
                .withNanos(time.getNano());
        return SqlLiteral.createTimestamp(SqlTypeName.TIMESTAMP, value, 6, pos);
    }

    private static DateString dateString(Matcher form, SqlParserPos pos) {
        try {
            LocalDate date = LocalDate.of(number(form, 1), number(form, 2), number(form, 3));
            if (date.getYear() == 0) {
                throw outOfRange(form, pos, null);
            }
            return new DateString(date.getYear(), date.getMonthValue(), date.getDayOfMonth());
        } catch (DateTimeException e) {
            throw outOfRange(form, pos, e);
        }
    }

    private static LocalTime localTime(Matcher form, int groups, SqlParserPos pos) {
        try {
            String fraction = form.group(groups + 4);
            int nanos = fraction == null ? 0 : Integer.parseInt((fraction + "000000000").substring(0, 9));
            return LocalTime.of(
                    number(form, groups + 1),
                    number(form, groups + 2),
                    form.group(groups + 3) == null ? 0 : number(form, groups + 3),
                    nanos);
        } catch (DateTimeException e) {
            throw outOfRange(form, pos, e);
        }
    }

    private static int number(Matcher form, int group) {
        return Integer.parseInt(form.group(group));
    }

    private static KadeException outOfRange(Matcher form, SqlParserPos pos, @Nullable Throwable cause) {
        return KadeException.of(
                        ErrorCode.DATETIME_FIELD_OVERFLOW,
                        "date/time field value out of range: \"" + form.group() + "\"",
                        cause)
                .at(Positions.of(pos));
    }
}
