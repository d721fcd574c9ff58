package io.kadedb.planner.dml;

import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.security.ObjectName;
import io.kadedb.common.security.Privilege;
import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.parser.ast.Name;
import io.kadedb.parser.ast.Option;
import io.kadedb.parser.ast.Statement;
import io.kadedb.planner.PlanningSession;
import io.kadedb.planner.api.FileCatalog.FileDescription;
import io.kadedb.planner.api.FileFormat;
import io.kadedb.planner.api.PlanningContext;
import io.kadedb.planner.functions.AssignOperator;
import io.kadedb.planner.lower.ColumnCasts;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.physical.PhysicalPlan.FileScan;
import io.kadedb.planner.physical.PhysicalPlan.Modify;
import io.kadedb.planner.physical.PhysicalPlan.Project;
import io.kadedb.planner.types.TypeRules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * COPY t FROM 'file'. The file's columns go to the named columns by position. Text of a CSV file is read as the types of
 * the table's columns, so that nothing is lost by guessing; columns of other files are converted.
 */
public final class CopyPlanner {
    private final PlanningSession session;

    public CopyPlanner(PlanningSession session) {
        this.session = session;
    }

    /** The plan; its input has all columns of the table in order. */
    public Modify plan(Statement.CopyFrom copy) {
        PlanningContext context = session.context();
        TableDefinition table = Targets.written(session, copy.table());
        List<Integer> targets = targets(table, copy);
        Targets.check(context, Privilege.INSERT, table, targets);
        String path = copy.file().path();
        ObjectName file = new ObjectName(ObjectName.Kind.FILE, "", path);
        context.access().check(context.principal(), Privilege.FILES, file, List.of());
        Map<String, String> options = new LinkedHashMap<>();
        for (Option option : copy.options()) {
            options.put(option.name().text(), option.value());
        }
        if (FileFormat.of(path, options) == FileFormat.CSV) {
            // PostgreSQL's default; FROM 'file' looks at the first line instead.
            options.putIfAbsent("header", "false");
        }
        FileDescription description;
        try {
            description = context.files().describe(path, options);
        } catch (KadeException e) {
            throw e.position().isPresent() ? e : e.at(copy.file().position());
        }
        if (description.columns().size() != targets.size()) {
            throw KadeException.of(
                            ErrorCode.BAD_COPY_FILE_FORMAT,
                            "the file has " + description.columns().size() + " columns, but " + targets.size()
                                    + " are expected")
                    .at(copy.file().position());
        }
        PhysicalPlan input = input(table, targets, path, options, description);
        PhysicalPlan rows = new RowRules(session, table).over(input, 0);
        return Modify.counting(Targets.reference(table), Modify.Operation.INSERT, rows);
    }

    /** Generated columns are computed: no file gives them. */
    private static List<Integer> targets(TableDefinition table, Statement.CopyFrom copy) {
        List<Integer> targets = Targets.columns(table, copy.columns());
        for (int i = 0; i < copy.columns().size(); i++) {
            if (table.columns().get(targets.get(i)).isGenerated()) {
                throw generated(copy.columns().get(i));
            }
        }
        return targets.stream()
                .filter(column -> !table.columns().get(column).isGenerated())
                .toList();
    }

    static KadeException generated(Name column) {
        return KadeException.of(
                        ErrorCode.INVALID_COLUMN_REFERENCE, "column \"" + column.text() + "\" is a generated column")
                .at(column.position())
                .detail("Generated columns cannot be used in COPY.");
    }

    private PhysicalPlan input(
            TableDefinition table,
            List<Integer> targets,
            String path,
            Map<String, String> options,
            FileDescription description) {
        boolean typed = description.format().typed();
        List<Field> fileColumns = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            ColumnDefinition column = table.columns().get(targets.get(i));
            Field own = description.columns().get(i);
            // Types that a format has not are written as text, which is read as CSV's is.
            if (typed && !own.type().isText() && !TypeRules.assignable(own.type(), column.type())) {
                throw AssignOperator.mismatch(column.name(), column.type(), own.type());
            }
            fileColumns.add(typed ? own : new Field(own.name(), stored(column), true));
        }
        List<Integer> all = IntStream.range(0, targets.size()).boxed().toList();
        FileScan scan = new FileScan(
                path, description.format().id(), options, fileColumns, all, fileColumns, description.rows());
        List<Expr> values = new ArrayList<>();
        List<Field> output = new ArrayList<>();
        for (int i = 0; i < table.columns().size(); i++) {
            ColumnDefinition column = table.columns().get(i);
            int place = targets.indexOf(i);
            Expr value = place < 0 ? defaultValue(column) : ColumnCasts.column(fileColumns, place, stored(column));
            values.add(value);
            output.add(new Field(column.name(), value.type(), value.nullable()));
        }
        return new Project(scan, values, output);
    }

    private static SqlType stored(ColumnDefinition column) {
        return column.type().isText() ? SqlType.TEXT : column.type();
    }

    private Expr defaultValue(ColumnDefinition column) {
        return Targets.computed(session, Targets.defaultValue(column, SqlParserPos.ZERO))
                .orElseThrow(() -> KadeException.of(
                        ErrorCode.FEATURE_NOT_SUPPORTED,
                        "this default of column \"" + column.name() + "\" is not built"));
    }
}
