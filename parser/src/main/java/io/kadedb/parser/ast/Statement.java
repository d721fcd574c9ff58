package io.kadedb.parser.ast;

import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlNode;

/**
 * A parsed statement. Queries and expressions are Calcite trees, validated later; names carry their place in the text.
 * Parameters are {@code SqlDynamicParam} with a zero-based index.
 */
public sealed interface Statement {
    /** SELECT, VALUES, TABLE, set operations, WITH: a {@code SqlSelect}, {@code SqlOrderBy}, {@code SqlWith} or call. */
    record Query(SqlNode query) implements Statement {}

    /**
     * INSERT.
     *
     * @param columns empty when none were named: all of them in the table's order
     * @param source a query; a VALUES row may hold calls of {@code SqlStdOperatorTable.DEFAULT}. Empty for DEFAULT VALUES
     * @param returning select items over the rows written; empty without RETURNING
     */
    record Insert(
            QualifiedName table,
            Optional<Name> alias,
            List<Name> columns,
            Optional<SqlNode> source,
            List<SqlNode> returning)
            implements Statement {
        public Insert {
            columns = List.copyOf(columns);
            returning = List.copyOf(returning);
        }
    }

    /**
     * UPDATE.
     *
     * @param from tables of FROM, as in a SELECT
     * @param returning select items over the new rows and those of FROM; empty without RETURNING
     */
    record Update(
            QualifiedName table,
            Optional<Name> alias,
            List<Assignment> assignments,
            Optional<SqlNode> from,
            Optional<SqlNode> where,
            List<SqlNode> returning)
            implements Statement {
        public Update {
            assignments = List.copyOf(assignments);
            returning = List.copyOf(returning);
        }
    }

    /**
     * DELETE.
     *
     * @param using tables of USING, as in the FROM of a SELECT
     * @param returning select items over the removed rows and those of USING; empty without RETURNING
     */
    record Delete(
            QualifiedName table,
            Optional<Name> alias,
            Optional<SqlNode> using,
            Optional<SqlNode> where,
            List<SqlNode> returning)
            implements Statement {
        public Delete {
            returning = List.copyOf(returning);
        }
    }

    record CreateSchema(Name name, boolean ifNotExists) implements Statement {}

    record DropSchema(List<Name> names, boolean ifExists, boolean cascade) implements Statement {
        public DropSchema {
            names = List.copyOf(names);
        }
    }

    /**
     * CREATE TABLE.
     *
     * @param primaryKey empty when the table has none
     */
    record CreateTable(QualifiedName name, List<ColumnDefinition> columns, List<Name> primaryKey, boolean ifNotExists)
            implements Statement {
        public CreateTable {
            columns = List.copyOf(columns);
            primaryKey = List.copyOf(primaryKey);
        }
    }

    /**
     * CREATE TABLE AS.
     *
     * @param columns new names of the query's columns; empty keeps them
     * @param withData false for WITH NO DATA
     */
    record CreateTableAs(QualifiedName name, List<Name> columns, SqlNode query, boolean ifNotExists, boolean withData)
            implements Statement {
        public CreateTableAs {
            columns = List.copyOf(columns);
        }
    }

    record DropTable(List<QualifiedName> names, boolean ifExists, boolean cascade) implements Statement {
        public DropTable {
            names = List.copyOf(names);
        }
    }

    /** BEGIN or START TRANSACTION. */
    record Begin(TransactionMode mode) implements Statement {}

    record Commit() implements Statement {}

    record Rollback() implements Statement {}

    record Savepoint(Name name) implements Statement {}

    record RollbackTo(Name savepoint) implements Statement {}

    record Release(Name savepoint) implements Statement {}

    /**
     * SET TRANSACTION.
     *
     * @param forSession true for SET SESSION CHARACTERISTICS: later transactions
     */
    record SetTransaction(TransactionMode mode, boolean forSession) implements Statement {}

    /**
     * SET. SET TIME ZONE sets {@code timezone}.
     *
     * @param name folded to lower case, dotted if it was
     * @param values as written without quotes, at least one
     * @param local SET LOCAL: until the transaction ends
     */
    record SetVariable(Name name, List<String> values, boolean local) implements Statement {
        public SetVariable {
            values = List.copyOf(values);
        }
    }

    /** RESET, SET .. TO DEFAULT, SET TIME ZONE LOCAL. The name {@code all} means every setting. */
    record ResetVariable(Name name) implements Statement {}

    /** SHOW. The name {@code all} means every setting. */
    record ShowVariable(Name name) implements Statement {}

    /** SHOW TABLES, SHOW SCHEMAS: what there is to see. */
    record ShowTables(Optional<Name> schema) implements Statement {}

    record ShowSchemas() implements Statement {}

    /** SHOW LOCKS: who waits for whose row locks. */
    record ShowLocks() implements Statement {}

    /** DESCRIBE: the columns of a table. */
    record Describe(QualifiedName table) implements Statement {}

    /**
     * COPY .. FROM a file.
     *
     * @param columns empty when none were named
     */
    record CopyFrom(QualifiedName table, List<Name> columns, FilePath file, List<Option> options) implements Statement {
        public CopyFrom {
            columns = List.copyOf(columns);
            options = List.copyOf(options);
        }
    }

    record Explain(boolean analyze, ExplainFormat format, Statement statement) implements Statement {}

    record CreatePropertyGraph(
            QualifiedName name, List<ElementTable> vertices, List<ElementTable.Edge> edges, boolean ifNotExists)
            implements Statement {
        public CreatePropertyGraph {
            vertices = List.copyOf(vertices);
            edges = List.copyOf(edges);
        }
    }

    record DropPropertyGraph(QualifiedName name, boolean ifExists) implements Statement {}
}
