package io.kadedb.planner.physical;

import io.kadedb.common.json.PathColumn;
import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A node of a physical plan: immutable, serialisable ({@code PlanCodec}), printable ({@code PlanPrinter}).
 *
 * <p>{@code rows} is the planner's estimate of the rows a node gives.
 */
public sealed interface PhysicalPlan {
    /** The columns of each row it gives. */
    List<Field> output();

    List<PhysicalPlan> inputs();

    double rows();

    /** A table by its stable id; the names are for people. */
    record TableRef(long id, String schema, String name, int schemaVersion) {}

    /**
     * All rows of a table at the transaction's snapshot that pass the filter.
     *
     * @param columns ordinals into the table's columns, or {@link io.kadedb.common.catalog.TableDefinition#ROW_ID}
     * @param paths of documents, each of which adds two columns behind the others
     * @param filter over {@code output}
     */
    record TableScan(
            TableRef table,
            List<Integer> columns,
            List<PathColumn> paths,
            Optional<Expr> filter,
            List<Field> output,
            double rows)
            implements PhysicalPlan {
        /** A scan of whole columns. */
        public TableScan(
                TableRef table, List<Integer> columns, Optional<Expr> filter, List<Field> output, double rows) {
            this(table, columns, List.of(), filter, output, rows);
        }

        @Override
        public List<PhysicalPlan> inputs() {
            return List.of();
        }
    }

    /**
     * The rows of the given keys: the direct plan of point reads.
     *
     * @param index the name of the index whose keys they are; the primary key if absent
     * @param keys one expression for each column of the primary key, or for the leading columns of the index, for each key
     *     wanted; no column references
     * @param filter over {@code output}
     * @param covered whether the index holds all columns, so that the rows are not read
     */
    record KeyLookup(
            TableRef table,
            List<Integer> columns,
            Optional<String> index,
            List<List<Expr>> keys,
            Optional<Expr> filter,
            List<Field> output,
            double rows,
            boolean covered)
            implements PhysicalPlan {
        /** A lookup that reads the rows. */
        public KeyLookup(
                TableRef table,
                List<Integer> columns,
                Optional<String> index,
                List<List<Expr>> keys,
                Optional<Expr> filter,
                List<Field> output,
                double rows) {
            this(table, columns, index, keys, filter, output, rows, false);
        }

        @Override
        public List<PhysicalPlan> inputs() {
            return List.of();
        }
    }

    /**
     * The rows that an inverted index finds, others among them; all rows if it finds too many.
     *
     * @param parts what the parts of the index's key are called, for people
     * @param filter over {@code output}, what is asked of the index among it
     */
    record TermScan(
            TableRef table,
            List<Integer> columns,
            String index,
            List<String> parts,
            TermCondition condition,
            Expr filter,
            List<Field> output,
            double rows)
            implements PhysicalPlan {
        @Override
        public List<PhysicalPlan> inputs() {
            return List.of();
        }
    }

    /**
     * The rows whose keys lie in a range: those whose leading columns have one of the given values, and whose next columns lie
     * between bounds. Keys are in ascending order with NULL before all values.
     *
     * @param index the name of the index whose keys they are; the primary key if absent
     * @param key how the columns are called that prefixes and bounds are over, in key order; for people
     * @param prefixes values of the leading columns, one list for each range: a single empty one for no such columns
     * @param nulls where keys come that have NULL in the first column behind the prefix
     * @param descending whether keys are read from the last to the first
     * @param ordered whether somebody relies on the rows coming in the order of their keys; then there is one prefix
     * @param filter over {@code output}
     * @param covered whether the index holds all columns, so that the rows are not read
     */
    record KeyRangeScan(
            TableRef table,
            List<Integer> columns,
            Optional<String> index,
            List<String> key,
            List<List<Expr>> prefixes,
            Optional<KeyBound> lower,
            Optional<KeyBound> upper,
            KeyNulls nulls,
            boolean descending,
            boolean ordered,
            Optional<Expr> filter,
            List<Field> output,
            double rows,
            boolean covered)
            implements PhysicalPlan {
        @Override
        public List<PhysicalPlan> inputs() {
            return List.of();
        }
    }

    /**
     * An end of a range of keys.
     *
     * @param values of the columns behind the prefix, the first ones of them at least; no column references. A NULL ends them
     *     before it, and what is equal up to there lies outside, as comparing rows has it; nothing lies beside a first NULL
     */
    record KeyBound(List<Expr> values, boolean inclusive) {}

    /** Where keys with NULL come. */
    enum KeyNulls {
        /** They are not read. */
        EXCLUDED,
        FIRST,
        LAST
    }

    /**
     * The rows of a file, or of what the client sends.
     *
     * @param path empty for the client's stream
     * @param format as {@link io.kadedb.planner.api.FileFormat} calls it
     * @param options of COPY, lower case
     * @param columns ordinals into the file's columns
     * @param defaulted ordinals of the file's columns where COPY's option DEFAULT may stand; for each, behind the columns, a
     *     boolean of the output says whether it stood there
     */
    record FileScan(
            String path,
            String format,
            Map<String, String> options,
            List<Field> fileColumns,
            List<Integer> columns,
            List<Integer> defaulted,
            List<Field> output,
            double rows)
            implements PhysicalPlan {
        /** Whether the client sends the rows. */
        public boolean fromClient() {
            return path.isEmpty();
        }

        @Override
        public List<PhysicalPlan> inputs() {
            return List.of();
        }
    }

    /** Rows written in the statement; expressions without column references. */
    record Values(List<List<Expr>> tuples, List<Field> output) implements PhysicalPlan {
        @Override
        public List<PhysicalPlan> inputs() {
            return List.of();
        }

        @Override
        public double rows() {
            return tuples.size();
        }
    }

    /**
     * WITH RECURSIVE: the rows of the seed, then those of the step, run again and again on the rows of the time before
     * ({@link WorkingTable}) until it gives none.
     *
     * @param distinct whether rows that were given before are dropped (UNION)
     */
    record RecursiveUnion(
            int id, PhysicalPlan seed, PhysicalPlan step, boolean distinct, List<Field> output, double rows)
            implements PhysicalPlan {
        @Override
        public List<PhysicalPlan> inputs() {
            return List.of(seed, step);
        }
    }

    /**
     * WITH of queries that write: they are run to their ends one after the other, then the rows are those of the body.
     * What each gives is the {@link WorkingTable} of its id to those after it.
     */
    record WithChanges(List<Change> changes, PhysicalPlan body) implements PhysicalPlan {
        public WithChanges {
            changes = List.copyOf(changes);
        }

        /** A query that writes. */
        public record Change(int id, PhysicalPlan plan) {}

        @Override
        public List<PhysicalPlan> inputs() {
            List<PhysicalPlan> inputs = new ArrayList<>();
            changes.forEach(change -> inputs.add(change.plan));
            inputs.add(body);
            return inputs;
        }

        @Override
        public List<Field> output() {
            return body.output();
        }

        @Override
        public double rows() {
            return body.rows();
        }
    }

    /**
     * Rows that the body reads several times and that are computed once before it: the {@link WorkingTable} of the id.
     *
     * @param id from {@link #FIRST}, unique within a statement: those of recursions count from 1, of writing queries below zero
     */
    record SharedRows(int id, PhysicalPlan shared, PhysicalPlan body) implements PhysicalPlan {
        /** The first id. */
        public static final int FIRST = 1 << 30;

        /** As people count them, from 1. */
        public int number() {
            return number(id);
        }

        static int number(int id) {
            return id - FIRST + 1;
        }

        @Override
        public List<PhysicalPlan> inputs() {
            return List.of(shared, body);
        }

        @Override
        public List<Field> output() {
            return body.output();
        }

        @Override
        public double rows() {
            return body.rows();
        }
    }

    /**
     * The last rows of the enclosing {@link RecursiveUnion}, or those of the {@link WithChanges} or {@link SharedRows}, with
     * this id.
     */
    record WorkingTable(int id, List<Field> output, double rows) implements PhysicalPlan {
        @Override
        public List<PhysicalPlan> inputs() {
            return List.of();
        }
    }

    /**
     * The rows of a function in FROM.
     *
     * @param args expressions without column references
     * @param ordinality whether a last column, a BIGINT, numbers the rows from 1
     */
    record FunctionScan(TableFunction function, List<Expr> args, boolean ordinality, List<Field> output, double rows)
            implements PhysicalPlan {
        @Override
        public List<PhysicalPlan> inputs() {
            return List.of();
        }
    }

    /** The rows for which the condition is true. */
    record Filter(PhysicalPlan input, Expr condition, double rows) implements PhysicalPlan {
        @Override
        public List<Field> output() {
            return input.output();
        }

        @Override
        public List<PhysicalPlan> inputs() {
            return List.of(input);
        }
    }

    /** One row of expressions for each row. */
    record Project(PhysicalPlan input, List<Expr> expressions, List<Field> output) implements PhysicalPlan {
        @Override
        public List<PhysicalPlan> inputs() {
            return List.of(input);
        }

        @Override
        public double rows() {
            return input.rows();
        }
    }

    /**
     * Groups and aggregates; without keys exactly one row. The output is the key columns, then the aggregates. Without
     * aggregates it is DISTINCT.
     *
     * @param keys ordinals of the input
     * @param determined positions in the keys: rows that agree in the other keys agree in these
     */
    record Aggregate(
            PhysicalPlan input,
            List<Integer> keys,
            List<Integer> determined,
            List<AggregateCall> calls,
            List<Field> output,
            double rows)
            implements PhysicalPlan {
        /** Groups by all keys. */
        public Aggregate(
                PhysicalPlan input, List<Integer> keys, List<AggregateCall> calls, List<Field> output, double rows) {
            this(input, keys, List.of(), calls, output, rows);
        }

        @Override
        public List<PhysicalPlan> inputs() {
            return List.of(input);
        }
    }

    /**
     * One aggregate.
     *
     * @param args ordinals of the input
     * @param filter ordinal of a boolean input column: only rows where it is true count
     * @param orderBy the order in which rows are aggregated, where it matters
     */
    record AggregateCall(
            AggregateFunction function,
            List<Integer> args,
            boolean distinct,
            Optional<Integer> filter,
            List<SortKey> orderBy,
            SqlType type) {}

    /**
     * Groups by several sets of keys at once (GROUPING SETS, ROLLUP, CUBE). The output is the key columns, NULL where the
     * set lacks them; the number of the set, an INTEGER; then the aggregates. A set without keys gives its one row even
     * when there is no input.
     *
     * @param keys ordinals of the input
     * @param sets positions in the keys
     */
    record GroupingSets(
            PhysicalPlan input,
            List<Integer> keys,
            List<List<Integer>> sets,
            List<AggregateCall> calls,
            List<Field> output,
            double rows)
            implements PhysicalPlan {
        @Override
        public List<PhysicalPlan> inputs() {
            return List.of(input);
        }
    }

    /**
     * Window functions over one partitioning and order. The output is the input's columns, then one for each call; the
     * rows come by partition, and within it in the order.
     *
     * @param partitionBy ordinals of the input
     */
    record Window(
            PhysicalPlan input,
            List<Integer> partitionBy,
            List<SortKey> orderBy,
            List<WindowCall> calls,
            List<Field> output)
            implements PhysicalPlan {
        @Override
        public List<PhysicalPlan> inputs() {
            return List.of(input);
        }

        @Override
        public double rows() {
            return input.rows();
        }
    }

    /** How a join treats rows with and without a partner. */
    enum JoinType {
        INNER,
        LEFT,
        RIGHT,
        FULL,
        /** Left rows with a partner. */
        SEMI,
        /** Left rows without a partner. */
        ANTI,
        /** NOT IN: left rows for which the comparison with every right row is false, not NULL. One key. */
        NULL_AWARE_ANTI;

        /** Whether the output has only the left input's columns. */
        public boolean leftOnly() {
            return this == SEMI || this == ANTI || this == NULL_AWARE_ANTI;
        }
    }

    /**
     * A join in which each left row has at most one partner: of the right rows with equal keys for which
     * {@code left.time comparison right.time} holds, the one whose time is nearest, any one of several. NULL matches
     * nothing.
     *
     * @param type INNER, LEFT, RIGHT or FULL
     * @param leftKeys ordinals of the left input
     * @param rightKeys ordinals of the right input, of the same types
     * @param leftTime ordinal of the left input
     * @param rightTime ordinal of the right input, of the same type
     * @param comparison GE, GT, LE or LT
     */
    record AsofJoin(
            PhysicalPlan left,
            PhysicalPlan right,
            JoinType type,
            List<Integer> leftKeys,
            List<Integer> rightKeys,
            int leftTime,
            int rightTime,
            ScalarFunction comparison,
            List<Field> output,
            double rows)
            implements PhysicalPlan {
        @Override
        public List<PhysicalPlan> inputs() {
            return List.of(left, right);
        }
    }

    /**
     * The input's rows and, for each group of keys, a row for each bucket of a range that no row of the group begins: with
     * the group's keys, the begin of the bucket as its time, and NULL in the other columns. The output has the input's
     * columns and one for each fill. Without keys there is a group even when there are no rows. Rows outside of the range
     * are kept; nothing is added there.
     *
     * @param time ordinal of the input: the begin of a bucket
     * @param keys ordinals of the input
     * @param width of the buckets: an interval, or for integers one of them; constant
     * @param zone the time zone whose clocks decide
     * @param starts the range begins with the bucket of the latest
     * @param finishes the range ends before the earliest
     */
    record GapFill(
            PhysicalPlan input,
            int time,
            List<Integer> keys,
            Expr width,
            Optional<Expr> zone,
            List<Bound> starts,
            List<Bound> finishes,
            List<Fill> fills,
            List<Field> output)
            implements PhysicalPlan {
        /** How values of added rows are made. */
        public enum Method {
            /** The last value of the group before. */
            LOCF,
            /** On the line between the values before and behind. */
            INTERPOLATE
        }

        /** An end of the range, of the type of the time. */
        public record Bound(Expr value, boolean inclusive) {}

        /**
         * A column behind those of the input.
         *
         * @param value ordinal of the input
         * @param before ordinals of what came before the group: for LOCF a value, for INTERPOLATE a time and a value
         * @param after ordinals of the time and the value behind the group, for INTERPOLATE
         * @param nullsMissing whether LOCF fills NULLs of rows that are there
         */
        public record Fill(Method method, int value, List<Integer> before, List<Integer> after, boolean nullsMissing) {}

        @Override
        public List<PhysicalPlan> inputs() {
            return List.of(input);
        }

        @Override
        public double rows() {
            return input.rows();
        }
    }

    /**
     * An equality join; the executor builds a hash table of the right input.
     *
     * @param leftKeys ordinals of the left input
     * @param rightKeys ordinals of the right input, of the same types
     * @param residual a further condition of a match, over left then right columns
     * @param nullsEqual whether NULL keys match each other (IS NOT DISTINCT FROM)
     */
    record HashJoin(
            PhysicalPlan left,
            PhysicalPlan right,
            JoinType type,
            List<Integer> leftKeys,
            List<Integer> rightKeys,
            Optional<Expr> residual,
            boolean nullsEqual,
            List<Field> output,
            double rows)
            implements PhysicalPlan {
        @Override
        public List<PhysicalPlan> inputs() {
            return List.of(left, right);
        }
    }

    /**
     * A join on any condition, comparing each left row with every right row.
     *
     * @param condition over left then right columns; empty for a cross join
     */
    record NestedLoopJoin(
            PhysicalPlan left,
            PhysicalPlan right,
            JoinType type,
            Optional<Expr> condition,
            List<Field> output,
            double rows)
            implements PhysicalPlan {
        @Override
        public List<PhysicalPlan> inputs() {
            return List.of(left, right);
        }
    }

    /**
     * Runs the right plan once for each left row, whose columns it reads as {@link Expr.OuterColumn}: for correlation
     * that cannot be turned into a join.
     *
     * @param type INNER, LEFT, SEMI or ANTI
     */
    record Apply(int id, PhysicalPlan left, PhysicalPlan right, JoinType type, List<Field> output, double rows)
            implements PhysicalPlan {
        @Override
        public List<PhysicalPlan> inputs() {
            return List.of(left, right);
        }
    }

    /** A sort order by an input column. */
    record SortKey(int column, boolean descending, boolean nullsFirst) {}

    /**
     * Sorted rows; with offset or fetch only a part of them (top-n). Both are parameters or constants of type BIGINT;
     * a NULL fetch means all.
     */
    record Sort(PhysicalPlan input, List<SortKey> keys, Optional<Expr> offset, Optional<Expr> fetch, double rows)
            implements PhysicalPlan {
        @Override
        public List<Field> output() {
            return input.output();
        }

        @Override
        public List<PhysicalPlan> inputs() {
            return List.of(input);
        }
    }

    /**
     * Locks rows of tables as they come, and gives those it has locked, as many as are wanted.
     *
     * @param offset rows that are locked first and not given
     */
    record LockRows(PhysicalPlan input, List<RowLock> locks, Optional<Expr> offset, Optional<Expr> fetch, double rows)
            implements PhysicalPlan {
        public LockRows {
            locks = List.copyOf(locks);
        }

        @Override
        public List<Field> output() {
            return input.output();
        }

        @Override
        public List<PhysicalPlan> inputs() {
            return List.of(input);
        }
    }

    /**
     * A row that is locked.
     *
     * @param key ordinals of the input: the columns of the table's primary key in order
     */
    record RowLock(TableRef table, List<Integer> key, LockStrength strength, LockPolicy policy) {
        public RowLock {
            key = List.copyOf(key);
        }
    }

    /** How strongly rows are locked, weakest first. */
    enum LockStrength {
        KEY_SHARE,
        SHARE,
        NO_KEY_UPDATE,
        UPDATE
    }

    /** What happens to rows that others have locked. */
    enum LockPolicy {
        WAIT,
        NOWAIT,
        SKIP_LOCKED
    }

    /** A part of the rows in the order they come. */
    record Limit(PhysicalPlan input, Optional<Expr> offset, Optional<Expr> fetch, double rows) implements PhysicalPlan {
        @Override
        public List<Field> output() {
            return input.output();
        }

        @Override
        public List<PhysicalPlan> inputs() {
            return List.of(input);
        }
    }

    /** The rows of all inputs, which have the same types. UNION without ALL is an {@link Aggregate} above it. */
    record UnionAll(List<PhysicalPlan> inputs, List<Field> output) implements PhysicalPlan {
        public UnionAll {
            inputs = List.copyOf(inputs);
        }

        @Override
        public double rows() {
            return inputs.stream().mapToDouble(PhysicalPlan::rows).sum();
        }
    }

    /**
     * Pairs of a left and a right row whose vertices are connected by a path over the edges: one row for each pair and
     * path with the columns of both, the number of edges as a BIGINT, and the aggregates. The executor searches once from
     * each different left vertex, over edges grouped by where they start.
     *
     * @param leftKeys ordinals of the left input that name a vertex; NULLs are values like any other
     * @param sourceKeys ordinals of the edges that name the vertex where one starts, of the same types
     * @param destinationKeys ordinals of the edges that name the vertex where one ends
     * @param rightKeys ordinals of the right input that name a vertex
     * @param edgeKeys ordinals of the edges that tell one from another, for {@link PathSelection#tellsEdges()}; else empty
     * @param cost ordinal of the edges, a DOUBLE, for the cheapest paths; must not be NULL or negative (22023)
     * @param min fewest edges of a path
     * @param max most edges of a path; {@link Integer#MAX_VALUE} for no bound
     * @param calls over the edges of each path in its order; args are ordinals of the edges
     */
    record PathSearch(
            PhysicalPlan left,
            PhysicalPlan edges,
            PhysicalPlan right,
            List<Integer> leftKeys,
            List<Integer> sourceKeys,
            List<Integer> destinationKeys,
            List<Integer> rightKeys,
            List<Integer> edgeKeys,
            Optional<Integer> cost,
            PathSelection selection,
            int min,
            int max,
            List<AggregateCall> calls,
            List<Field> output,
            double rows)
            implements PhysicalPlan {
        @Override
        public List<PhysicalPlan> inputs() {
            return List.of(left, edges, right);
        }
    }

    /**
     * A row for each vertex, by key, with what an algorithm found: the name of its table if there are several, its key
     * without the table's number, and the function's outputs. Edges that do not begin and end at a vertex are no part of
     * the graph.
     *
     * @param vertexKeys columns of the vertices that tell them apart; one that is NULL is a value like others where there
     *     are several tables
     * @param label column of the vertices with the name of the table
     * @param source column of the vertices that tells whether one is a source
     * @param weight column of the edges
     * @param directed whether edges are one-way
     * @param numbers a value for each of the function's parameters
     */
    record GraphAlgorithm(
            PhysicalPlan vertices,
            PhysicalPlan edges,
            GraphFunction function,
            List<Integer> vertexKeys,
            List<Integer> sourceKeys,
            List<Integer> destinationKeys,
            Optional<Integer> label,
            Optional<Integer> source,
            Optional<Integer> weight,
            boolean directed,
            List<Double> numbers,
            List<Field> output,
            double rows)
            implements PhysicalPlan {
        @Override
        public List<PhysicalPlan> inputs() {
            return List.of(vertices, edges);
        }

        /** The value of a parameter of the function. */
        public double number(String name) {
            for (int i = 0; i < numbers.size(); i++) {
                if (function.parameters().get(i).name().equals(name)) {
                    return numbers.get(i);
                }
            }
            throw new IllegalArgumentException(function + " has no parameter " + name);
        }
    }

    /**
     * INTERSECT or EXCEPT of two inputs of the same types.
     *
     * @param all whether duplicates count
     */
    record SetOperation(PhysicalPlan left, PhysicalPlan right, Kind kind, boolean all, List<Field> output, double rows)
            implements PhysicalPlan {
        /** Which operation. */
        public enum Kind {
            INTERSECT,
            EXCEPT
        }

        @Override
        public List<PhysicalPlan> inputs() {
            return List.of(left, right);
        }
    }

    /**
     * Each row beside the row of a table that has its key: the output is the input's columns, then the table's, NULL where
     * there is no such row, or the key has a NULL and the index holds NULLs to be distinct.
     *
     * @param index the name of the unique index whose keys they are; the primary key if absent
     * @param keys ordinals of the input: one for each column of the key, in key order
     * @param columns ordinals into the table's columns, or {@link io.kadedb.common.catalog.TableDefinition#ROW_ID}
     */
    record KeyJoin(
            PhysicalPlan input,
            TableRef table,
            Optional<String> index,
            List<Integer> keys,
            List<Integer> columns,
            List<Field> output)
            implements PhysicalPlan {
        @Override
        public List<PhysicalPlan> inputs() {
            return List.of(input);
        }

        @Override
        public double rows() {
            return input.rows();
        }
    }

    /**
     * The rows, none of which may violate a constraint: what does is an error that names the constraint and the row (23514),
     * or the view that the row is not in (44000).
     *
     * @param input gives the columns of {@code output}, then for each constraint a boolean that is true where it is violated
     * @param table whose rows they are
     * @param first the ordinal of the table's first column in the input
     * @param constraints their names, or those of views with CHECK OPTION
     * @param views whether they are views
     */
    record Check(
            PhysicalPlan input, TableRef table, int first, List<String> constraints, boolean views, List<Field> output)
            implements PhysicalPlan {
        public Check {
            constraints = List.copyOf(constraints);
        }

        @Override
        public List<PhysicalPlan> inputs() {
            return List.of(input);
        }

        @Override
        public double rows() {
            return input.rows();
        }
    }

    /**
     * Writes rows. Gives one row with the number written, a BIGINT named {@code count}, or columns of each row written.
     *
     * <p>What the input holds: INSERT: all columns of the table in order. UPDATE: the row id, the old values of the
     * table's {@code identity()}, then all columns with their new values. DELETE: the row id, then the identity. MERGE: an
     * INTEGER, never NULL, that says what to do with the row ({@link #KEEP} and so on), then what an UPDATE holds; a row to
     * insert has NULL for its old values, a row to remove for its new ones. Any may go on with columns that are only given
     * back. An UPDATE or DELETE input may hold a row more than once (a join that matched twice): the first counts.
     *
     * @param repeats of an INSERT or MERGE: what may not come twice in the input
     * @param returning ordinals of the input's columns to give of each row written; empty gives the number
     */
    record Modify(
            TableRef table,
            Operation operation,
            PhysicalPlan input,
            Optional<Repeats> repeats,
            Optional<List<Integer>> returning,
            List<Field> output)
            implements PhysicalPlan {
        /** A row of a MERGE that stays as it is. */
        public static final int KEEP = 0;

        /** A row of a MERGE to insert. */
        public static final int INSERT = 1;

        /** A row of a MERGE to change. */
        public static final int UPDATE = 2;

        /** A row of a MERGE to remove. */
        public static final int DELETE = 3;

        private static final List<Field> COUNT = List.of(new Field("count", SqlType.BIGINT, false));

        /** What is done with the rows. */
        public enum Operation {
            INSERT,
            UPDATE,
            DELETE,
            MERGE
        }

        /**
         * What may not come twice: the row ids of a MERGE's rows that are changed or removed, and keys of those inserted.
         *
         * @param keys of the rows
         * @param skip whether later rows are left out, or refused with 21000
         * @param command as that error names it
         */
        public record Repeats(List<RowKey> keys, boolean skip, String command) {
            public Repeats {
                keys = List.copyOf(keys);
            }
        }

        /**
         * A key of the input's rows.
         *
         * @param columns ordinals of the input
         * @param nullsEqual whether a NULL equals another; else a key with a NULL never comes twice
         */
        public record RowKey(List<Integer> columns, boolean nullsEqual) {
            public RowKey {
                columns = List.copyOf(columns);
            }
        }

        /** A node that gives the number of rows written. */
        public static Modify counting(TableRef table, Operation operation, PhysicalPlan input) {
            return new Modify(table, operation, input, Optional.empty(), Optional.empty(), COUNT);
        }

        /** The node that watches over repeated rows. */
        public Modify repeats(Repeats watched) {
            return new Modify(table, operation, input, Optional.of(watched), returning, output);
        }

        /** The node that gives these columns of the rows written instead. */
        public Modify returning(List<Integer> columns) {
            List<Field> given = columns.stream().map(input.output()::get).toList();
            return new Modify(table, operation, input, repeats, Optional.of(List.copyOf(columns)), given);
        }

        @Override
        public List<PhysicalPlan> inputs() {
            return List.of(input);
        }

        @Override
        public double rows() {
            return returning.isEmpty() ? 1 : input.rows();
        }
    }
}
