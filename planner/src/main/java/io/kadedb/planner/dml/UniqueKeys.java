package io.kadedb.planner.dml;

import io.kadedb.common.catalog.IndexDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ast.Name;
import io.kadedb.parser.ast.OnConflict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The unique keys of a table in which a row to insert may meet another. */
final class UniqueKeys {
    private UniqueKeys() {}

    /**
     * A key by which no two rows are equal.
     *
     * @param constraint the name of the constraint it is of; empty for a mere index
     * @param index that holds it; empty for the primary key
     * @param nullsEqual whether rows with NULLs are equal too
     */
    record UniqueKey(Optional<String> constraint, Optional<String> index, List<Integer> columns, boolean nullsEqual) {}

    static List<UniqueKey> of(TableDefinition table) {
        List<UniqueKey> keys = new ArrayList<>();
        if (table.hasPrimaryKey()) {
            keys.add(new UniqueKey(
                    Optional.of(table.primaryKeyConstraint()), Optional.empty(), table.primaryKey(), false));
        }
        for (IndexDefinition index : table.indexes()) {
            if (index.unique()) {
                Optional<String> constraint = index.constraint() ? Optional.of(index.name()) : Optional.empty();
                keys.add(new UniqueKey(
                        constraint, Optional.of(index.name()), table.ordinalsOf(index), index.nullsNotDistinct()));
            }
        }
        return keys;
    }

    /** The keys that ON CONFLICT means: all when it names none. */
    static List<UniqueKey> of(TableDefinition table, OnConflict conflict) {
        List<UniqueKey> keys = of(table);
        if (conflict.constraint().isPresent()) {
            Name name = conflict.constraint().get();
            return keys.stream()
                    .filter(key -> key.constraint.equals(Optional.of(name.text())))
                    .findFirst()
                    .map(List::of)
                    .orElseThrow(() -> KadeException.of(
                                    ErrorCode.UNDEFINED_OBJECT,
                                    "constraint \"" + name.text() + "\" for table \"" + table.name()
                                            + "\" does not exist")
                            .at(name.position()));
        }
        if (conflict.columns().isEmpty()) {
            return keys;
        }
        Set<Integer> columns = new HashSet<>();
        for (Name name : conflict.columns()) {
            columns.add(table.ordinalOf(name.text())
                    .orElseThrow(() -> KadeException.of(
                                    ErrorCode.UNDEFINED_COLUMN, "column \"" + name.text() + "\" does not exist")
                            .at(name.position())));
        }
        return keys.stream()
                .filter(key -> columns.equals(new HashSet<>(key.columns)))
                .findFirst()
                .map(List::of)
                .orElseThrow(() -> KadeException.of(
                                ErrorCode.INVALID_COLUMN_REFERENCE,
                                "there is no unique or exclusion constraint matching the ON CONFLICT specification")
                        .at(conflict.columns().getFirst().position()));
    }
}
