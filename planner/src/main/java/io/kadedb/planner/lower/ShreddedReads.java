package io.kadedb.planner.lower;

import io.kadedb.common.json.PathColumn;
import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.planner.index.Canonical;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.PhysicalPlan.TableScan;
import io.kadedb.planner.physical.ScalarFunction;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Lets a scan read paths of documents from the columns that storage may keep of them. An expression becomes {@code
 * SHREDDED(value, document, expression over the document)}: storage gives the document only where it does not know the value,
 * so that what is found does not depend on what lies in columns.
 */
final class ShreddedReads {
    private final TableScan scan;
    private final List<PathColumn> paths;
    private final List<Field> added = new ArrayList<>();

    private ShreddedReads(TableScan scan) {
        this.scan = scan;
        this.paths = new ArrayList<>(scan.paths());
    }

    /** A scan with expressions over it. */
    record Over(TableScan scan, List<Expr> expressions) {}

    /**
     * The scan with its filter over paths.
     *
     * @param wanted places of columns that are needed above it
     */
    static Lowered filtered(TableScan scan, int[] at, Set<Integer> wanted) {
        if (scan.filter().isEmpty()) {
            return new Lowered(scan, at);
        }
        ShreddedReads reads = new ShreddedReads(scan);
        Expr filter = reads.rewrite(scan.filter().get());
        if (reads.added.isEmpty()) {
            return new Lowered(scan, at);
        }
        BitSet used = new BitSet();
        wanted.forEach(used::set);
        Over over = reads.over(Optional.of(filter), List.of(), used);
        int[] kept = reads.kept(Optional.of(filter), List.of(), used);
        int[] moved = new int[at.length];
        for (int field = 0; field < at.length; field++) {
            moved[field] = at[field] < 0 ? -1 : kept[at[field]];
        }
        return new Lowered(over.scan, moved);
    }

    /** Expressions over a scan that nothing else reads. */
    static Over projected(TableScan scan, List<Expr> expressions) {
        ShreddedReads reads = new ShreddedReads(scan);
        List<Expr> rewritten = expressions.stream().map(reads::rewrite).toList();
        return reads.added.isEmpty() ? new Over(scan, expressions) : reads.over(scan.filter(), rewritten, new BitSet());
    }

    private Over over(Optional<Expr> filter, List<Expr> expressions, BitSet used) {
        int[] kept = kept(filter, expressions, used);
        List<Integer> columns = new ArrayList<>();
        List<Field> output = new ArrayList<>();
        for (int i = 0; i < kept.length; i++) {
            if (kept[i] < 0) {
                continue;
            }
            if (i < scan.columns().size()) {
                columns.add(scan.columns().get(i));
            }
            output.add(field(i));
        }
        TableScan read = new TableScan(
                scan.table(),
                columns,
                List.copyOf(paths),
                filter.map(condition -> Canonical.moved(condition, index -> kept[index])),
                output,
                scan.rows());
        return new Over(
                read,
                expressions.stream()
                        .map(expression -> Canonical.moved(expression, index -> kept[index]))
                        .toList());
    }

    /** The new place of each column, -1 for documents that are read no more. */
    private int[] kept(Optional<Expr> filter, List<Expr> expressions, BitSet used) {
        BitSet all = (BitSet) used.clone();
        filter.ifPresent(condition -> collect(condition, all));
        expressions.forEach(expression -> collect(expression, all));
        int[] kept = new int[scan.output().size() + added.size()];
        int next = 0;
        for (int i = 0; i < kept.length; i++) {
            boolean document =
                    i < scan.columns().size() && scan.output().get(i).type().equals(SqlType.JSONB);
            kept[i] = document && !all.get(i) ? -1 : next++;
        }
        return kept;
    }

    private static void collect(Expr expression, BitSet used) {
        if (expression instanceof Expr.Column column) {
            used.set(column.index());
        }
        expression.operands().forEach(operand -> collect(operand, used));
    }

    private Field field(int place) {
        int before = scan.output().size();
        return place < before ? scan.output().get(place) : added.get(place - before);
    }

    private Expr rewrite(Expr expression) {
        Optional<DocumentPaths.Read> read = DocumentPaths.of(expression);
        if (read.isPresent() && read.get().input().index() < scan.columns().size()) {
            return shredded(expression, read.get());
        }
        return expression instanceof Expr.Call call && call.function() == ScalarFunction.SHREDDED
                ? call
                : expression.mapOperands(this::rewrite);
    }

    private Expr shredded(Expr expression, DocumentPaths.Read read) {
        int place = read.input().index();
        Field documents = scan.output().get(place);
        PathColumn path = new PathColumn(
                scan.columns().get(place), read.path().keys(), read.path().type());
        int index = paths.indexOf(path);
        if (index < 0) {
            index = paths.size();
            paths.add(path);
            added.add(new Field(documents.name() + "." + String.join(".", path.keys()), path.type(), true));
            added.add(new Field(documents.name(), SqlType.JSONB, true));
        }
        int value = scan.columns().size() + 2 * index;
        Expr fallback = Canonical.of(expression, column -> value + 1);
        return new Expr.Call(
                ScalarFunction.SHREDDED,
                List.of(
                        new Expr.Column(value, path.type(), true),
                        new Expr.Column(value + 1, SqlType.JSONB, true),
                        fallback),
                expression.type(),
                true);
    }
}
