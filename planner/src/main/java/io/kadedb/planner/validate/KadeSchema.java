package io.kadedb.planner.validate;

import java.util.Set;
import java.util.function.Function;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.apache.calcite.schema.lookup.LikePattern;
import org.apache.calcite.schema.lookup.Lookup;
import org.apache.calcite.schema.lookup.Named;
import org.checkerframework.checker.nullness.qual.Nullable;

/** A schema whose tables are looked up by exact name, one at a time. */
final class KadeSchema extends AbstractSchema {
    private final Function<String, @Nullable Table> tables;

    KadeSchema(Function<String, @Nullable Table> tables) {
        this.tables = tables;
    }

    @Override
    public Lookup<Table> tables() {
        return new Lookup<>() {
            @Override
            public @Nullable Table get(String name) {
                return tables.apply(name);
            }

            @Override
            public @Nullable Named<Table> getIgnoreCase(String name) {
                return null;
            }

            @Override
            public Set<String> getNames(LikePattern pattern) {
                return Set.of();
            }
        };
    }
}
