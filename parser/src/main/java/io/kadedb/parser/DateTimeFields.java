package io.kadedb.parser;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ast.Positions;
import java.util.Map;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Fields of EXTRACT. */
final class DateTimeFields {
    private static final Map<String, TimeUnit> UNITS = Map.ofEntries(
            Map.entry("year", TimeUnit.YEAR),
            Map.entry("years", TimeUnit.YEAR),
            Map.entry("quarter", TimeUnit.QUARTER),
            Map.entry("month", TimeUnit.MONTH),
            Map.entry("months", TimeUnit.MONTH),
            Map.entry("week", TimeUnit.WEEK),
            Map.entry("day", TimeUnit.DAY),
            Map.entry("days", TimeUnit.DAY),
            Map.entry("dow", TimeUnit.DOW),
            Map.entry("isodow", TimeUnit.ISODOW),
            Map.entry("isoyear", TimeUnit.ISOYEAR),
            Map.entry("doy", TimeUnit.DOY),
            Map.entry("hour", TimeUnit.HOUR),
            Map.entry("hours", TimeUnit.HOUR),
            Map.entry("minute", TimeUnit.MINUTE),
            Map.entry("minutes", TimeUnit.MINUTE),
            Map.entry("second", TimeUnit.SECOND),
            Map.entry("seconds", TimeUnit.SECOND),
            Map.entry("millisecond", TimeUnit.MILLISECOND),
            Map.entry("milliseconds", TimeUnit.MILLISECOND),
            Map.entry("microsecond", TimeUnit.MICROSECOND),
            Map.entry("microseconds", TimeUnit.MICROSECOND),
            Map.entry("epoch", TimeUnit.EPOCH),
            Map.entry("decade", TimeUnit.DECADE),
            Map.entry("century", TimeUnit.CENTURY),
            Map.entry("millennium", TimeUnit.MILLENNIUM));

    private DateTimeFields() {}

    static SqlIntervalQualifier qualifier(String field, SqlParserPos pos) {
        TimeUnit unit = UNITS.get(field);
        if (unit != null) {
            return new SqlIntervalQualifier(unit, null, pos);
        }
        KadeException error = KadeException.of(
                        ErrorCode.INVALID_PARAMETER_VALUE, "there is no date or time field \"" + field + "\"")
                .at(Positions.of(pos));
        throw Similar.best(field, UNITS.keySet())
                .map(best -> error.hint("did you mean " + best + "?"))
                .orElse(error);
    }
}
