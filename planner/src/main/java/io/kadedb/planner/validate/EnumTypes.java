package io.kadedb.planner.validate;

import io.kadedb.common.catalog.CatalogSnapshot;
import io.kadedb.common.catalog.EnumDefinition;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeDetail;
import io.kadedb.parser.UnknownTypes;
import java.util.List;
import java.util.Optional;

/** Finds enumerated types by name. */
public final class EnumTypes {
    private EnumTypes() {}

    /**
     * A type of which the parser may only have known the name.
     *
     * @throws io.kadedb.common.error.KadeException 42704 if there is none of the name
     */
    public static SqlType resolved(SqlType type, CatalogSnapshot catalog, List<String> searchPath) {
        if (!type.isUnresolved()) {
            return type;
        }
        if (type.isArray()) {
            return SqlType.array(resolved(type.element(), catalog, searchPath));
        }
        TypeDetail.Labels name = type.labels();
        Optional<EnumDefinition> found = name.schema().isEmpty()
                ? catalog.enumeration(searchPath, name.name())
                : catalog.enumeration(name.schema(), name.name());
        return found.map(EnumDefinition::type)
                .orElseThrow(() ->
                        UnknownTypes.error(name.schema().isEmpty() ? name.name() : name.schema() + "." + name.name()));
    }
}
