package io.kadedb.planner.api;

import io.kadedb.common.catalog.CatalogChange;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.lock.TableLockMode;
import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.planner.physical.PhysicalPlan;
import java.util.List;
import java.util.Map;

/** A statement ready to run. Statements that need no planning (BEGIN, SET, ...) never become one. */
public sealed interface PlannedStatement {
    /** What it is called, e.g. {@code INSERT}. */
    String verb();

    /** The types of its parameters, in order. */
    List<SqlType> parameterTypes();

    /**
     * A query.
     *
     * @param locks whether it locks the rows it gives, as only a transaction that may write does
     */
    record Query(PhysicalPlan plan, List<Field> columns, List<SqlType> parameterTypes, boolean locks)
            implements PlannedStatement {
        /** A query that locks nothing. */
        public Query(PhysicalPlan plan, List<Field> columns, List<SqlType> parameterTypes) {
            this(plan, columns, parameterTypes, false);
        }

        @Override
        public String verb() {
            return locks ? "SELECT FOR UPDATE" : "SELECT";
        }
    }

    /**
     * INSERT, UPDATE, DELETE or COPY FROM.
     *
     * @param verb for the command tag, e.g. {@code INSERT}
     * @param columns of the rows that RETURNING gives; empty when the plan gives the number of rows written
     */
    record Modification(String verb, PhysicalPlan plan, List<Field> columns, List<SqlType> parameterTypes)
            implements PlannedStatement {
        public Modification {
            columns = List.copyOf(columns);
        }

        /** Whether it gives rows. */
        public boolean returns() {
            return !columns.isEmpty();
        }
    }

    /** DDL: the changes to apply in order; none when IF [NOT] EXISTS made it a no-op, which {@code notices} then say. */
    record Definition(String verb, List<CatalogChange> changes, List<String> notices) implements PlannedStatement {
        @Override
        public List<SqlType> parameterTypes() {
            return List.of();
        }
    }

    /** LOCK TABLE: the tables in the order in which they are locked. */
    record TableLocks(List<TableDefinition> tables, TableLockMode mode, boolean waits) implements PlannedStatement {
        public TableLocks {
            tables = List.copyOf(tables);
        }

        @Override
        public String verb() {
            return "LOCK TABLE";
        }

        @Override
        public List<SqlType> parameterTypes() {
            return List.of();
        }
    }

    /**
     * COPY TO: write the rows of the plan to a file, whose columns are text where its format does not hold their types.
     *
     * @param columns as the query gives them
     * @param path as written in the statement; empty for the client
     * @param options of COPY in lower case
     */
    record CopyTo(
            PhysicalPlan plan,
            List<Field> columns,
            String path,
            Map<String, String> options,
            List<SqlType> parameterTypes)
            implements PlannedStatement {
        public CopyTo {
            columns = List.copyOf(columns);
            options = Map.copyOf(options);
        }

        @Override
        public String verb() {
            return "COPY TO";
        }

        /** Whether the rows go to the client. */
        public boolean toClient() {
            return path.isEmpty();
        }
    }

    /** CREATE TABLE AS: create the table, then insert the rows of the source. */
    record CreateTableAs(TableDefinition table, PhysicalPlan source, List<SqlType> parameterTypes)
            implements PlannedStatement {
        @Override
        public String verb() {
            return "CREATE TABLE AS";
        }
    }

    /** ALTER TABLE: the steps in order; none when IF [NOT] EXISTS made it a no-op, which {@code notices} then say. */
    record Alteration(String verb, List<AlterationStep> steps, List<String> notices) implements PlannedStatement {
        public Alteration {
            steps = List.copyOf(steps);
            notices = List.copyOf(notices);
        }

        @Override
        public List<SqlType> parameterTypes() {
            return List.of();
        }
    }
}
