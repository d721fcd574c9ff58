package io.kadedb.parser.ast;

import io.kadedb.common.catalog.TableDefinition.OnCommit;
import io.kadedb.common.catalog.ViewDefinition;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;

/**
 * A parsed statement. Queries and expressions are Calcite trees, validated later; names carry their place in the text.
 * Parameters are {@code SqlDynamicParam} with a zero-based index.
 */
public sealed interface Statement {
    /**
     * SELECT, VALUES, TABLE, set operations, WITH: a {@code SqlSelect}, {@code SqlOrderBy}, {@code SqlWith} or call.
     *
     * @param asOf when the data is to be seen; empty for now
     */
    record Query(SqlNode query, List<RowLocking> locks, Optional<AsOf> asOf) implements Statement {
        public Query {
            locks = List.copyOf(locks);
        }

        /** A query of what is there now. */
        public Query(SqlNode query, List<RowLocking> locks) {
            this(query, locks, Optional.empty());
        }

        /** A query that locks no rows. */
        public Query(SqlNode query) {
            this(query, List.of());
        }
    }

    /**
     * INSERT.
     *
     * @param targets empty when none were named: all columns in the table's order
     * @param source a query; a VALUES row may hold calls of {@code SqlStdOperatorTable.DEFAULT}. Empty for DEFAULT VALUES
     * @param overriding whether values for identity columns are taken or ignored; empty takes those that may be given
     */
    record Insert(
            QualifiedName table,
            Optional<Name> alias,
            List<AssignmentTarget> targets,
            Optional<Overriding> overriding,
            Optional<SqlNode> source,
            Optional<OnConflict> conflict,
            Returning returning)
            implements Statement {
        public Insert {
            targets = List.copyOf(targets);
        }

        /** The columns named. */
        public List<Name> columns() {
            return targets.stream().map(AssignmentTarget::column).toList();
        }

        /** The same with other values for other columns. */
        public Insert with(List<AssignmentTarget> newTargets, Optional<SqlNode> newSource) {
            return new Insert(table, alias, newTargets, overriding, newSource, conflict, returning);
        }
    }

    /** OVERRIDING .. VALUE of INSERT. */
    enum Overriding {
        SYSTEM,
        USER
    }

    /**
     * INSERT, UPDATE, DELETE or MERGE behind WITH.
     *
     * @param queries as in a {@code SqlWith}
     */
    record With(SqlNodeList queries, Statement statement) implements Statement {}

    /**
     * A statement behind WITH where some of the queries write: each is run once, whether it is read or not, and none sees
     * what the others write but by RETURNING.
     *
     * @param queries as in a {@code SqlWith}; those that write are queries over tables {@code 0}, {@code 1}, ... of the schema
     *     {@link #SCHEMA}
     * @param changes in that order
     * @param statement that is behind WITH
     */
    record WithChanges(SqlNodeList queries, List<Change> changes, Statement statement) implements Statement {
        /** Where queries find what the changes return. */
        public static final String SCHEMA = "$changes";

        public WithChanges {
            changes = List.copyOf(changes);
        }

        /**
         * One that writes.
         *
         * @param place among the queries, of which it sees those before
         */
        public record Change(Name name, int place, Statement statement) {}
    }

    /**
     * MERGE.
     *
     * @param source a table as in FROM
     * @param whens in order: the first that fits a pair of rows counts
     */
    record Merge(
            QualifiedName table,
            Optional<Name> alias,
            SqlNode source,
            SqlNode condition,
            List<MergeWhen> whens,
            Returning returning)
            implements Statement {
        public Merge {
            whens = List.copyOf(whens);
        }
    }

    /**
     * TRUNCATE.
     *
     * @param restartIdentity whether the sequences of identity columns start anew
     */
    record Truncate(List<QualifiedName> tables, boolean restartIdentity, boolean cascade) implements Statement {
        public Truncate {
            tables = List.copyOf(tables);
        }
    }

    /**
     * LOCK TABLE.
     *
     * @param mode in lower case, e.g. {@code share row exclusive}; empty for the strongest
     * @param noWait whether it fails where it would have to wait
     */
    record LockTables(List<QualifiedName> tables, Optional<Name> mode, boolean noWait) implements Statement {
        public LockTables {
            tables = List.copyOf(tables);
        }
    }

    /**
     * UPDATE.
     *
     * @param from tables of FROM, as in a SELECT
     * @param returning over the new rows and those of FROM
     */
    record Update(
            QualifiedName table,
            Optional<Name> alias,
            List<Assignment> assignments,
            Optional<SqlNode> from,
            Optional<SqlNode> where,
            Returning returning)
            implements Statement {
        public Update {
            assignments = List.copyOf(assignments);
        }
    }

    /**
     * DELETE.
     *
     * @param using tables of USING, as in the FROM of a SELECT
     * @param returning over the removed rows and those of USING
     */
    record Delete(
            QualifiedName table,
            Optional<Name> alias,
            Optional<SqlNode> using,
            Optional<SqlNode> where,
            Returning returning)
            implements Statement {}

    record CreateSchema(Name name, boolean ifNotExists) implements Statement {}

    record DropSchema(List<Name> names, boolean ifExists, boolean cascade) implements Statement {
        public DropSchema {
            names = List.copyOf(names);
        }
    }

    /**
     * CREATE TABLE.
     *
     * @param constraints in the order they were written, those written with a column too; at most one primary key
     * @param likes in the order they were written
     * @param temporary for a temporary table
     */
    record CreateTable(
            QualifiedName name,
            List<ColumnDefinition> columns,
            List<LikeTable> likes,
            List<TableConstraint> constraints,
            boolean ifNotExists,
            Optional<OnCommit> temporary,
            Optional<PartitionBy> partitions,
            Optional<TableOptions> options)
            implements Statement {
        public CreateTable {
            columns = List.copyOf(columns);
            likes = List.copyOf(likes);
            constraints = List.copyOf(constraints);
        }

        /** The columns of the primary key; empty when the table has none. */
        public List<Name> primaryKey() {
            return constraints.stream()
                    .flatMap(c -> c instanceof TableConstraint.PrimaryKey key ? key.columns().stream() : Stream.empty())
                    .toList();
        }
    }

    /**
     * CREATE INDEX.
     *
     * @param name empty to have one made
     * @param method the access method, if one is named
     */
    record CreateIndex(
            Optional<Name> name,
            QualifiedName table,
            Optional<Name> method,
            List<IndexPart> parts,
            boolean unique,
            boolean nullsNotDistinct,
            boolean ifNotExists,
            boolean concurrently,
            List<Name> included,
            Optional<Expression> condition)
            implements Statement {
        public CreateIndex {
            parts = List.copyOf(parts);
            included = List.copyOf(included);
        }
    }

    /**
     * A part of an index's key.
     *
     * @param column if it is one
     * @param expression what was written, a column's name too
     * @param operatorClass if one is named
     */
    record IndexPart(
            Optional<Name> column,
            Expression expression,
            Optional<Name> operatorClass,
            boolean descending,
            boolean nullsFirst) {}

    record DropIndex(List<QualifiedName> names, boolean ifExists, boolean cascade) implements Statement {
        public DropIndex {
            names = List.copyOf(names);
        }
    }

    /** ALTER TABLE. */
    record AlterTable(QualifiedName name, boolean ifExists, List<AlterAction> actions) implements Statement {
        public AlterTable {
            actions = List.copyOf(actions);
        }
    }

    /** ALTER INDEX .. RENAME TO. */
    record RenameIndex(QualifiedName name, boolean ifExists, Name newName) implements Statement {}

    /**
     * CREATE TABLE AS.
     *
     * @param columns new names of the query's columns; empty keeps them
     * @param withData false for WITH NO DATA
     * @param temporary for a temporary table
     */
    record CreateTableAs(
            QualifiedName name,
            List<Name> columns,
            SqlNode query,
            boolean ifNotExists,
            boolean withData,
            Optional<OnCommit> temporary)
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

    /** @param temporary whether it is for this session alone */
    record CreateSequence(QualifiedName name, List<SequenceOption> options, boolean temporary, boolean ifNotExists)
            implements Statement {
        public CreateSequence {
            options = List.copyOf(options);
        }
    }

    record AlterSequence(QualifiedName name, List<SequenceOption> options, boolean ifExists) implements Statement {
        public AlterSequence {
            options = List.copyOf(options);
        }
    }

    /** ALTER SEQUENCE .. RENAME TO. */
    record RenameSequence(QualifiedName name, Name to, boolean ifExists) implements Statement {}

    /** ALTER SEQUENCE .. SET SCHEMA. */
    record MoveSequence(QualifiedName name, Name schema, boolean ifExists) implements Statement {}

    /** ALTER SEQUENCE .. OWNER TO; the current user without a name. */
    record OwnSequence(QualifiedName name, Optional<Name> owner, boolean ifExists) implements Statement {}

    record DropSequence(List<QualifiedName> names, boolean ifExists, boolean cascade) implements Statement {
        public DropSequence {
            names = List.copyOf(names);
        }
    }

    /**
     * CREATE VIEW.
     *
     * @param columns new names of the query's first columns; empty keeps them
     * @param query with its source text
     * @param replace whether a view of the name may be there already
     * @param temporary whether it is for this session alone
     * @param checkOption which rows may be written through it; empty for all
     */
    record CreateView(
            QualifiedName name,
            List<Name> columns,
            Expression query,
            boolean replace,
            boolean temporary,
            Optional<ViewDefinition.CheckOption> checkOption)
            implements Statement {
        public CreateView {
            columns = List.copyOf(columns);
        }
    }

    record CreateEnum(QualifiedName name, List<String> labels) implements Statement {
        public CreateEnum {
            labels = List.copyOf(labels);
        }
    }

    /** ALTER TYPE .. ADD VALUE; at the end without a neighbour. */
    record AddEnumLabel(QualifiedName name, String label, boolean ifNotExists, Optional<Neighbour> neighbour)
            implements Statement {
        /** The label that the new one comes before or after. */
        public record Neighbour(String label, boolean before) {}
    }

    record RenameEnumLabel(QualifiedName name, String from, String to) implements Statement {}

    record RenameEnum(QualifiedName name, Name to) implements Statement {}

    record DropEnum(List<QualifiedName> names, boolean ifExists, boolean cascade) implements Statement {
        public DropEnum {
            names = List.copyOf(names);
        }
    }

    record DropView(List<QualifiedName> names, boolean ifExists, boolean cascade) implements Statement {
        public DropView {
            names = List.copyOf(names);
        }
    }

    /**
     * CREATE MATERIALIZED VIEW.
     *
     * @param continuous whether its rows are kept up with those that it reads
     */
    record CreateMaterializedView(
            QualifiedName name,
            List<Name> columns,
            Expression query,
            boolean ifNotExists,
            boolean withData,
            boolean continuous)
            implements Statement {
        public CreateMaterializedView {
            columns = List.copyOf(columns);
        }
    }

    /** REFRESH MATERIALIZED VIEW. */
    record RefreshMaterializedView(QualifiedName name, boolean concurrently, boolean withData) implements Statement {}

    record DropMaterializedView(List<QualifiedName> names, boolean ifExists, boolean cascade) implements Statement {
        public DropMaterializedView {
            names = List.copyOf(names);
        }
    }

    /**
     * ALTER MATERIALIZED VIEW .. RENAME.
     *
     * @param column the one to rename; empty to rename the view
     */
    record RenameMaterializedView(QualifiedName name, boolean ifExists, Optional<Name> column, Name newName)
            implements Statement {}

    /**
     * ALTER VIEW .. RENAME.
     *
     * @param column the one to rename; empty to rename the view
     */
    record RenameView(QualifiedName name, boolean ifExists, Optional<Name> column, Name newName) implements Statement {}

    /**
     * COMMENT ON.
     *
     * @param name of the object; of a column with its table before it; of a constraint's table
     * @param constraint present for that kind only
     * @param text empty to take the comment away
     */
    record Comment(Commented kind, QualifiedName name, Optional<Name> constraint, Optional<String> text)
            implements Statement {}

    /** What can have a comment. */
    enum Commented {
        TABLE,
        COLUMN,
        VIEW,
        MATERIALIZED_VIEW,
        INDEX,
        SCHEMA,
        SEQUENCE,
        PROPERTY_GRAPH,
        CONSTRAINT
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

    /** ALTER SYSTEM: a setting of the database; without a value it is to have the one it has by default. */
    record AlterSystem(Name name, Optional<String> value) implements Statement {}

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
     * @param file empty for STDIN, what the client sends
     * @param where what rows have to fulfil to be stored
     */
    record CopyFrom(
            QualifiedName table,
            List<Name> columns,
            Optional<FilePath> file,
            List<Option> options,
            Optional<SqlNode> where)
            implements Statement {
        public CopyFrom {
            columns = List.copyOf(columns);
            options = List.copyOf(options);
        }
    }

    /**
     * PREPARE.
     *
     * @param parameters how many the statement takes; {@code $n} of a declared type are cast to it
     */
    record Prepare(Name name, int parameters, Statement statement) implements Statement {}

    /**
     * EXECUTE.
     *
     * @param count of the arguments
     * @param arguments a row of them as text, which parameters of all types are read from; empty when there are none
     */
    record Execute(Name name, int count, Optional<Query> arguments) implements Statement {}

    /** DEALLOCATE; of all prepared statements without a name. */
    record Deallocate(Optional<Name> name) implements Statement {}

    /** DISCARD TEMP: without temporary tables. */
    record DiscardTemporary() implements Statement {}

    /** DISCARD ALL: the session as it was at first. */
    record DiscardAll() implements Statement {}

    /**
     * COPY .. TO a file.
     *
     * @param file empty for STDOUT, the client
     * @param table whose columns are copied, rather than a query's
     * @param columns of the table; empty when none were named
     */
    record CopyTo(
            SqlNode query,
            Optional<FilePath> file,
            List<Option> options,
            Optional<QualifiedName> table,
            List<Name> columns)
            implements Statement {
        public CopyTo {
            columns = List.copyOf(columns);
            options = List.copyOf(options);
        }
    }

    /** EXPORT DATABASE: all objects and rows, to files in a new directory. */
    record ExportDatabase(FilePath directory, List<Option> options) implements Statement {
        public ExportDatabase {
            options = List.copyOf(options);
        }
    }

    /** IMPORT DATABASE: what EXPORT DATABASE has written. */
    record ImportDatabase(FilePath directory) implements Statement {}

    /** BACKUP DATABASE: what is stored, at one version, to a file. */
    record BackupDatabase(FilePath file) implements Statement {}

    /** {@code CHECKPOINT}. */
    record Checkpoint() implements Statement {}

    /** CHECK DATABASE and CHECK TABLE: what is stored, against itself. */
    record Check(Optional<QualifiedName> table) implements Statement {}

    /** SHOW CREATE TABLE: the statements that make a table. */
    record ShowCreateTable(QualifiedName table) implements Statement {}

    /** SHOW CREATE PROPERTY GRAPH: the statement that makes a property graph. */
    record ShowCreateGraph(QualifiedName graph) implements Statement {}

    record Explain(boolean analyze, ExplainFormat format, Statement statement) implements Statement {}

    /** CREATE PROPERTY GRAPH. */
    record CreatePropertyGraph(
            QualifiedName name,
            List<ElementTable> vertices,
            List<ElementTable.Edge> edges,
            boolean orReplace,
            boolean ifNotExists)
            implements Statement {
        public CreatePropertyGraph {
            vertices = List.copyOf(vertices);
            edges = List.copyOf(edges);
        }
    }

    /** ALTER PROPERTY GRAPH. */
    record AlterPropertyGraph(QualifiedName name, GraphAlteration alteration, boolean ifExists) implements Statement {}

    record DropPropertyGraph(QualifiedName name, boolean ifExists, boolean cascade) implements Statement {}
}
