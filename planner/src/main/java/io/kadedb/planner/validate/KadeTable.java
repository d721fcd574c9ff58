package io.kadedb.planner.validate;

import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.parser.ast.SqlTypes;
import io.kadedb.planner.physical.PhysicalPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
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

    /** Rows that another part of the statement gives, such as those it wrote. */
    public static final class Given extends KadeTable {
        private final List<Field> fields;
        private final double rows;
        private final Function<List<Integer>, PhysicalPlan> plan;

        /**
         * Given rows.
         *
         * @param plan of what gives the columns of these ordinals; called once
         */
        public Given(List<Field> fields, double rows, Function<List<Integer>, PhysicalPlan> plan) {
            this.fields = List.copyOf(fields);
            this.rows = rows;
            this.plan = plan;
        }

        @Override
        public List<Field> fields() {
            return fields;
        }

        public double rows() {
            return rows;
        }

        /** The plan that gives the columns of these ordinals, in this order. */
        public PhysicalPlan plan(List<Integer> columns) {
            return plan.apply(columns);
        }
    }

    /** Consecutive columns of given rows that go by a name of their own; all parts of them stand in FROM, in order. */
    public static final class Part extends KadeTable {
        private final Given whole;
        private final List<Field> fields;
        private final Optional<TableDefinition> definition;

        /**
         * A part.
         *
         * @param definition of the table whose columns these are, if reading them needs its privilege
         */
        public Part(Given whole, List<Field> fields, Optional<TableDefinition> definition) {
            this.whole = whole;
            this.fields = List.copyOf(fields);
            this.definition = definition;
        }

        public Given whole() {
            return whole;
        }

        public Optional<TableDefinition> definition() {
            return definition;
        }

        @Override
        public List<Field> fields() {
            return fields;
        }
    }
}
