package io.kadedb.planner.validate;

import com.google.common.base.Suppliers;
import io.kadedb.common.catalog.CatalogSnapshot;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.parser.ast.SqlTypes;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.system.SystemRelation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.prepare.RelOptTableImpl;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.schema.TranslatableTable;
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

    /** The names of the columns of its primary key; none where it has no key or shows it only in part. */
    public List<String> keyColumns() {
        return List.of();
    }

    /** What a name stands for that is no leaf of plans: the algebra of what is behind it is put in its place. */
    public abstract static sealed class Expanded extends KadeTable implements TranslatableTable {
        private final Supplier<List<Field>> fields;

        Expanded(Supplier<List<Field>> fields) {
            this.fields = Suppliers.memoize(fields::get);
        }

        @Override
        public List<Field> fields() {
            return fields.get();
        }
    }

    /** A view. */
    public static final class View extends Expanded {
        private final Function<RelOptCluster, RelNode> query;

        /**
         * A view.
         *
         * @param query makes its algebra, anew for each place where the view is named
         */
        public View(Supplier<List<Field>> fields, Function<RelOptCluster, RelNode> query) {
            super(fields);
            this.query = query;
        }

        @Override
        public RelNode toRel(RelOptTable.ToRelContext context, RelOptTable table) {
            return RelOptUtil.createCastRel(query.apply(context.getCluster()), table.getRowType(), true);
        }
    }

    /** A table whose stored rows are only a part of what it gives. */
    public static final class Combined extends Expanded {
        private final Stored stored;
        private final UnaryOperator<RelNode> rows;

        /**
         * Such a table.
         *
         * @param rows makes all rows of those that are stored, anew for each place where the table is named
         */
        public Combined(Stored stored, UnaryOperator<RelNode> rows) {
            super(stored::fields);
            this.stored = stored;
            this.rows = rows;
        }

        @Override
        public RelNode toRel(RelOptTable.ToRelContext context, RelOptTable table) {
            return rows.apply(current(stored, context, table).toRel(context));
        }
    }

    /** A relation that stands behind the one that a name in FROM means. */
    private static RelOptTable current(KadeTable behind, RelOptTable.ToRelContext context, RelOptTable table) {
        return RelOptTableImpl.create(
                table.getRelOptSchema(),
                behind.getRowType(context.getCluster().getTypeFactory()),
                table.getQualifiedName(),
                behind,
                schema -> {
                    throw KadeException.internal("tables are not read by Calcite", null);
                });
    }

    /** A table or view with the columns and names that it had at an earlier time. */
    public static final class Past extends Expanded {
        private final KadeTable now;
        private final List<Integer> columns;
        private final List<String> names;

        /**
         * A relation of then.
         *
         * @param columns places of its columns now
         * @param names their names then
         */
        public Past(KadeTable now, List<Integer> columns, List<String> names) {
            super(() -> renamed(now.fields(), columns, names));
            this.now = now;
            this.columns = List.copyOf(columns);
            this.names = List.copyOf(names);
        }

        private static List<Field> renamed(List<Field> fields, List<Integer> columns, List<String> names) {
            List<Field> renamed = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                Field field = fields.get(columns.get(i));
                renamed.add(new Field(names.get(i), field.type(), field.nullable()));
            }
            return renamed;
        }

        @Override
        public List<String> keyColumns() {
            List<String> current = now.fields().stream().map(Field::name).toList();
            List<String> key = new ArrayList<>();
            for (String column : now.keyColumns()) {
                int place = columns.indexOf(current.indexOf(column));
                if (place < 0) {
                    return List.of();
                }
                key.add(names.get(place));
            }
            return key;
        }

        @Override
        public RelNode toRel(RelOptTable.ToRelContext context, RelOptTable table) {
            RelOptCluster cluster = context.getCluster();
            RelNode rel = current(now, context, table).toRel(context);
            List<RexNode> picked = new ArrayList<>();
            columns.forEach(column -> picked.add(cluster.getRexBuilder().makeInputRef(rel, column)));
            return LogicalProject.create(rel, List.of(), picked, names, Set.of());
        }
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

        @Override
        public List<String> keyColumns() {
            return definition.primaryKey().stream()
                    .map(ordinal -> definition.columns().get(ordinal).name())
                    .toList();
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

    /** A system relation, whose rows are made of the catalog. */
    public static final class SystemTable extends KadeTable {
        /** How many rows there may be, for estimates. */
        public static final double ROWS = 100;

        private final SystemRelation relation;
        private final CatalogSnapshot catalog;

        public SystemTable(SystemRelation relation, CatalogSnapshot catalog) {
            this.relation = relation;
            this.catalog = catalog;
        }

        @Override
        public List<Field> fields() {
            return relation.fields();
        }

        /** The plan that gives the columns of these ordinals, in this order. */
        public PhysicalPlan plan(List<Integer> columns) {
            return relation.plan(catalog, columns);
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
