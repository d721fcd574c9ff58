package io.kadedb.planner.validate;

import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.parser.ast.SqlTypes;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.impl.AbstractTable;

/** What a name in FROM can stand for. */
public abstract sealed class KadeTable extends AbstractTable {
    /** The hidden column of rows to change. */
    public static final String ROW_ID = "$rowid";

    /** Its columns. */
    public abstract List<Field> fields();

    @Override
    public RelDataType getRowType(RelDataTypeFactory typeFactory) {
        RelDataTypeFactory.Builder builder = typeFactory.builder();
        for (Field field : fields()) {
            builder.add(field.name(), SqlTypes.toRelDataType(typeFactory, field.type(), field.nullable()));
        }
        return builder.build();
    }

    /** A table of the catalog. */
    public static final class Stored extends KadeTable {
        private final TableDefinition definition;
        private final boolean rowId;

        /**
         * A table.
         *
         * @param rowId whether the hidden row id follows its columns
         */
        public Stored(TableDefinition definition, boolean rowId) {
            this.definition = definition;
            this.rowId = rowId;
        }

        public TableDefinition definition() {
            return definition;
        }

        /** The ordinal for a scan of the field at this place. */
        public int ordinal(int field) {
            return field == definition.columns().size() ? TableDefinition.ROW_ID : field;
        }

        @Override
        public List<Field> fields() {
            List<Field> fields = new ArrayList<>();
            definition.columns().forEach(c -> fields.add(new Field(c.name(), c.type(), c.nullable())));
            if (rowId) {
                fields.add(new Field(ROW_ID, SqlType.BIGINT, false));
            }
            return fields;
        }
    }

    /** A file. */
    public static final class InFile extends KadeTable {
        private final String path;
        private final String format;
        private final double rows;
        private final List<Field> fields;

        public InFile(String path, String format, double rows, List<Field> fields) {
            this.path = path;
            this.format = format;
            this.rows = rows;
            this.fields = List.copyOf(fields);
        }

        public String path() {
            return path;
        }

        public String format() {
            return format;
        }

        public double rows() {
            return rows;
        }

        @Override
        public List<Field> fields() {
            return fields;
        }
    }
}
