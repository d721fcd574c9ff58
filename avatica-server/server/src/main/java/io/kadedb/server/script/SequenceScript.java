package io.kadedb.server.script;

import static io.kadedb.parser.Identifiers.qualified;
import static io.kadedb.parser.Identifiers.quoted;
import static io.kadedb.parser.Identifiers.string;

import io.kadedb.common.catalog.CatalogSnapshot;
import io.kadedb.common.catalog.SequenceDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.storage.api.SequenceValues;
import java.util.Optional;

/** The statements that make sequences. */
final class SequenceScript {
    private final CatalogSnapshot catalog;

    SequenceScript(CatalogSnapshot catalog) {
        this.catalog = catalog;
    }

    /** Whether an identity column makes it. */
    static boolean isIdentity(SequenceDefinition sequence) {
        return sequence.ownedBy().filter(SequenceDefinition.Owner::identity).isPresent();
    }

    String create(SequenceDefinition sequence) {
        return "CREATE SEQUENCE " + qualified(sequence.schema(), sequence.name()) + " AS " + sequence.type() + " "
                + options(sequence) + ";";
    }

    /** What CREATE SEQUENCE and identity columns say in the same way. */
    static String options(SequenceDefinition sequence) {
        return "INCREMENT BY " + sequence.increment() + " MINVALUE " + sequence.min() + " MAXVALUE " + sequence.max()
                + " START WITH " + sequence.start() + " CACHE " + sequence.cache()
                + (sequence.cycle() ? " CYCLE" : "");
    }

    /** ALTER SEQUENCE .. OWNED BY, for one that goes with a column that is no identity column. */
    Optional<String> owner(SequenceDefinition sequence) {
        return sequence.ownedBy()
                .filter(owner -> !owner.identity())
                .flatMap(owner -> catalog.table(owner.table())
                        .map(table -> "ALTER SEQUENCE " + qualified(sequence.schema(), sequence.name()) + " OWNED BY "
                                + column(table, owner.column()) + ";"));
    }

    private static String column(TableDefinition table, int id) {
        String name = table.columns().get(table.ordinalOfId(id)).name();
        return qualified(table.schema(), table.name()) + "." + quoted(name);
    }

    /** What lets a sequence go on where it is; empty for one that was not used. */
    static Optional<String> position(SequenceDefinition sequence, SequenceValues.Position position) {
        if (!position.called() && position.value() == sequence.start()) {
            return Optional.empty();
        }
        String name = qualified(sequence.schema(), sequence.name());
        long next = position.value() + (position.called() ? sequence.increment() : 0);
        boolean within = next >= sequence.min()
                && next <= sequence.max()
                && (!position.called() || (sequence.increment() > 0) == (next > position.value()));
        if (within) {
            return Optional.of("ALTER SEQUENCE " + name + " RESTART WITH " + next + ";");
        }
        if (sequence.cycle()) {
            long first = sequence.increment() > 0 ? sequence.min() : sequence.max();
            return Optional.of("ALTER SEQUENCE " + name + " RESTART WITH " + first + ";");
        }
        return Optional.of("SELECT setval(" + string(name) + ", " + position.value() + ", true);");
    }
}
