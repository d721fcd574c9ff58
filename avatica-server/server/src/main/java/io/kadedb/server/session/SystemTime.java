package io.kadedb.server.session;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.Interval;
import io.kadedb.common.type.SqlType;
import io.kadedb.executor.kernel.value.DateArithmetic;
import io.kadedb.executor.kernel.value.ValueParser;
import io.kadedb.parser.ParsedStatement;
import io.kadedb.parser.ast.AsOf;
import io.kadedb.parser.ast.Statement;
import io.kadedb.storage.api.SqlTransaction;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** AS OF SYSTEM TIME: makes transactions read the data of an earlier time. Belongs to the session's thread. */
final class SystemTime {
    private static final Pattern VERSION = Pattern.compile("[0-9]{1,18}");

    private final Services services;
    private final SessionSettings settings;
    private final PreparedStatements prepared;
    private final StatementRunner runner;

    SystemTime(Services services, SessionSettings settings, PreparedStatements prepared, StatementRunner runner) {
        this.services = services;
        this.settings = settings;
        this.prepared = prepared;
        this.runner = runner;
    }

    /** Whether a statement says when its data is to be seen. */
    boolean isSaidBy(Statement statement) {
        return statement instanceof Statement.Execute execute
                ? prepared.peek(execute).filter(this::isSaidBy).isPresent()
                : of(statement).isPresent();
    }

    private static Optional<AsOf> of(Statement statement) {
        return switch (statement) {
            case Statement.Query query -> query.asOf();
            case Statement.Explain explain -> of(explain.statement());
            default -> Optional.empty();
        };
    }

    /** Lets the transaction of a run, which is new, read when its statement says. */
    void apply(ParsedStatement parsed, StatementRun run) {
        if (parsed.statement() instanceof Statement.Execute execute) {
            ParsedStatement found = prepared.find(execute, runner.plans().basis(run.transaction()));
            apply(found, run.with(runner.arguments(parsed, execute, run)));
        } else {
            of(parsed.statement()).ifPresent(asOf -> apply(asOf, parsed, run));
        }
    }

    /** Lets a transaction read as of a clause of a statement. */
    void apply(AsOf asOf, ParsedStatement parsed, StatementRun run) {
        // Plans are known by their text, and this is another than the statement's.
        ParsedStatement value = new ParsedStatement(
                new Statement.Query(asOf.value()),
                "as of system time: " + parsed.text(),
                parsed.offset(),
                parsed.parameterCount(),
                parsed.nesting());
        List<@Nullable String> row = runner.textRow(value, run);
        try {
            apply(row.getFirst(), run.transaction().storage());
        } catch (KadeException e) {
            throw e.at(asOf.position());
        }
    }

    private void apply(@Nullable String value, SqlTransaction transaction) {
        if (value == null) {
            throw KadeException.of(ErrorCode.NULL_VALUE_NOT_ALLOWED, "AS OF SYSTEM TIME must not be null");
        }
        long now = services.clock().wallMicros();
        long micros = micros(value.strip(), now, settings.timeZone());
        if (micros > now && micros > transaction.readVersion()) {
            throw KadeException.of(
                            ErrorCode.INVALID_PARAMETER_VALUE, "AS OF SYSTEM TIME \"" + value + "\" is in the future")
                    .hint("intervals begin with a minus: '-10s'");
        }
        transaction.readAsOf(micros);
    }

    /** The moment that a text means: a version, a time, or a time from now. */
    private static long micros(String text, long now, ZoneId zone) {
        if (VERSION.matcher(text).matches()) {
            return Long.parseLong(text);
        }
        Object moment = parsed(text, SqlType.TIMESTAMPTZ, zone).orElse(null);
        if (moment == null) {
            moment = parsed(text, SqlType.INTERVAL, zone).orElse(null);
        }
        return switch (moment) {
            case Long micros -> micros;
            case Interval interval -> DateArithmetic.addToInstant(now, interval, zone);
            case null, default ->
                throw KadeException.of(
                                ErrorCode.INVALID_DATETIME_FORMAT,
                                "AS OF SYSTEM TIME \"" + text + "\" is no time, no interval and no version")
                        .hint("say for instance '2026-01-31 12:00:00', '-10s', or a version that a view has shown");
        };
    }

    private static Optional<Object> parsed(String text, SqlType type, ZoneId zone) {
        try {
            return Optional.of(ValueParser.parse(text, type, zone));
        } catch (KadeException e) {
            // It may be of another kind.
            return Optional.empty();
        }
    }
}
