package io.kadedb.common.catalog;

import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeDetail;
import java.util.List;

/**
 * An enumerated type in the catalog.
 *
 * @param labels with its id, schema and name; columns of the type carry them too
 */
public record EnumDefinition(String owner, TypeDetail.Labels labels) {
    public long id() {
        return labels.typeId();
    }

    public String schema() {
        return labels.schema();
    }

    public String name() {
        return labels.name();
    }

    public SqlType type() {
        return SqlType.enumeration(labels);
    }

    public EnumDefinition withId(long id) {
        return new EnumDefinition(owner, new TypeDetail.Labels(id, schema(), name(), labels.labels()));
    }

    public EnumDefinition withName(String name) {
        return new EnumDefinition(owner, new TypeDetail.Labels(id(), schema(), name, labels.labels()));
    }

    public EnumDefinition withLabels(List<TypeDetail.Label> newLabels) {
        return new EnumDefinition(owner, new TypeDetail.Labels(id(), schema(), name(), newLabels));
    }

    /** Whether a type is this one, or arrays of it. */
    public boolean isUsedBy(SqlType type) {
        SqlType item = type.isArray() ? type.element() : type;
        return item.detail() instanceof TypeDetail.Labels used && used.typeId() == id();
    }

    /** A type with these labels in the place of those it has of this type. */
    public SqlType in(SqlType type) {
        if (!isUsedBy(type)) {
            return type;
        }
        return type.isArray() ? SqlType.array(type()) : type();
    }
}
