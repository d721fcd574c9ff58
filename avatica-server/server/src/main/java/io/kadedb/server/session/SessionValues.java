package io.kadedb.server.session;

import io.kadedb.common.catalog.CatalogSnapshot;
import io.kadedb.common.security.Principal;
import io.kadedb.planner.physical.Expr;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;

/**
 * What {@code current_user}, {@code now()} and their kin say during one statement.
 *
 * @param transactionMicros start of the transaction: {@code now()} does not move within it
 * @param statementMicros start of the statement
 */
record SessionValues(
        Principal principal,
        String database,
        List<String> searchPath,
        CatalogSnapshot catalog,
        ZoneId timeZone,
        long transactionMicros,
        long statementMicros)
        implements Function<Expr.SessionValue.Kind, Object> {
    @Override
    public Object apply(Expr.SessionValue.Kind kind) {
        return switch (kind) {
            case CURRENT_USER, SESSION_USER -> principal.user();
            case CURRENT_SCHEMA ->
                searchPath.stream()
                        .filter(name -> catalog.schemas().containsKey(name))
                        .findFirst()
                        .orElse(CatalogSnapshot.DEFAULT_SCHEMA);
            case CURRENT_DATABASE -> database;
            case NOW -> transactionMicros;
            case STATEMENT_TIMESTAMP -> statementMicros;
            case CURRENT_DATE -> local().toLocalDate().toEpochDay();
            case LOCALTIME -> local().toLocalTime().toNanoOfDay() / 1_000;
            case LOCALTIMESTAMP -> micros(local());
        };
    }

    private LocalDateTime local() {
        return LocalDateTime.ofInstant(instant(transactionMicros), timeZone);
    }

    private static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000), Math.floorMod(micros, 1_000_000) * 1_000L);
    }

    private static long micros(LocalDateTime local) {
        return ChronoUnit.MICROS.between(LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC), local);
    }
}
