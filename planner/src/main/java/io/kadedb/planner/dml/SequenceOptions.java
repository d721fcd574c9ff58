package io.kadedb.planner.dml;

import io.kadedb.common.catalog.SequenceDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.error.SourcePosition;
import io.kadedb.common.type.SqlType;
import io.kadedb.parser.ast.SequenceOption;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes definitions of sequences out of options, with PostgreSQL's defaults and checks. */
final class SequenceOptions {
    private final List<SequenceOption> options;

    SequenceOptions(List<SequenceOption> options) {
        this.options = options;
    }

    private <T extends SequenceOption> Optional<T> option(Class<T> kind) {
        return options.stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }

    boolean restarts() {
        return option(SequenceOption.Restart.class).isPresent();
    }

    Optional<SequenceOption.OwnedBy> ownedBy() {
        return option(SequenceOption.OwnedBy.class);
    }

    /**
     * A new sequence, which no column owns yet.
     *
     * @param otherwise its type when the options say none
     */
    SequenceDefinition created(String schema, String name, String owner, SqlType otherwise, String what) {
        SqlType type = type(otherwise, what);
        SequenceDefinition bare = new SequenceDefinition(
                0, schema, name, owner, 0, 0, type, 0, 1, 0, 0, 1, false, Optional.empty(), Optional.empty());
        return with(bare, true);
    }

    /** A sequence with some options changed. */
    SequenceDefinition changed(SequenceDefinition old) {
        return with(old, false);
    }

    private SqlType type(SqlType otherwise, String what) {
        Optional<SequenceOption.As> as = option(SequenceOption.As.class);
        SqlType type = as.map(SequenceOption.As::type).orElse(otherwise);
        if (!type.isInteger()) {
            throw invalid(what + " must be smallint, integer, or bigint", as.orElse(null));
        }
        return type;
    }

    private SequenceDefinition with(SequenceDefinition old, boolean isNew) {
        SqlType type = type(old.type(), "sequence type");
        Optional<SequenceOption.Increment> by = option(SequenceOption.Increment.class);
        long increment = by.map(SequenceOption.Increment::by).orElse(old.increment());
        if (increment == 0) {
            throw invalid("INCREMENT must not be zero", by.orElse(null));
        }
        Optional<SequenceOption.Max> maxOption = option(SequenceOption.Max.class);
        boolean newMax = isNew || maxOption.isPresent() || (!type.equals(old.type()) && old.max() == most(old.type()));
        long max = newMax
                ? maxOption.flatMap(SequenceOption.Max::value).orElse(increment > 0 ? most(type) : -1)
                : old.max();
        checkRange("MAXVALUE", max, type, maxOption.orElse(null));
        Optional<SequenceOption.Min> minOption = option(SequenceOption.Min.class);
        boolean newMin = isNew || minOption.isPresent() || (!type.equals(old.type()) && old.min() == least(old.type()));
        long min = newMin
                ? minOption.flatMap(SequenceOption.Min::value).orElse(increment > 0 ? 1 : least(type))
                : old.min();
        checkRange("MINVALUE", min, type, minOption.orElse(null));
        if (min >= max) {
            throw invalid(
                    "MINVALUE (" + min + ") must be less than MAXVALUE (" + max + ")",
                    minOption.isPresent() ? minOption.get() : maxOption.orElse(null));
        }
        Optional<SequenceOption.Start> startOption = option(SequenceOption.Start.class);
        long start =
                startOption.map(SequenceOption.Start::value).orElse(isNew ? (increment > 0 ? min : max) : old.start());
        checkBounds("START", start, min, max, startOption.orElse(null));
        Optional<SequenceOption.Restart> restart = option(SequenceOption.Restart.class);
        long first = restart.map(option -> option.value().orElse(start)).orElse(isNew ? start : old.first());
        if (restart.isPresent()) {
            checkBounds("RESTART", first, min, max, restart.get());
        }
        Optional<SequenceOption.Cache> cacheOption = option(SequenceOption.Cache.class);
        long cache = cacheOption.map(SequenceOption.Cache::size).orElse(old.cache());
        if (cache <= 0) {
            throw invalid("CACHE (" + cache + ") must be greater than zero", cacheOption.orElse(null));
        }
        return new SequenceDefinition(
                old.id(),
                old.schema(),
                old.name(),
                old.owner(),
                old.counter(),
                first,
                type,
                start,
                increment,
                min,
                max,
                cache,
                option(SequenceOption.Cycle.class).map(SequenceOption.Cycle::on).orElse(old.cycle()),
                old.ownedBy(),
                old.comment());
    }

    private static void checkRange(String what, long value, SqlType type, @Nullable SequenceOption option) {
        if (value < least(type) || value > most(type)) {
            throw invalid(what + " (" + value + ") is out of range for sequence data type " + type, option);
        }
    }

    private static void checkBounds(String what, long value, long min, long max, @Nullable SequenceOption option) {
        if (value < min) {
            throw invalid(what + " value (" + value + ") cannot be less than MINVALUE (" + min + ")", option);
        }
        if (value > max) {
            throw invalid(what + " value (" + value + ") cannot be greater than MAXVALUE (" + max + ")", option);
        }
    }

    private static long least(SqlType type) {
        return -most(type) - 1;
    }

    private static long most(SqlType type) {
        return switch (type.id()) {
            case SMALLINT -> Short.MAX_VALUE;
            case INTEGER -> Integer.MAX_VALUE;
            default -> Long.MAX_VALUE;
        };
    }

    private static KadeException invalid(String message, @Nullable SequenceOption option) {
        KadeException error = KadeException.of(ErrorCode.INVALID_PARAMETER_VALUE, message);
        SourcePosition place = option == null ? null : option.position();
        return place == null ? error : error.at(place);
    }
}
