package io.kadedb.planner.dml;

import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.error.SourcePosition;
import io.kadedb.common.security.ObjectName;
import io.kadedb.common.security.Privilege;
import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.parser.ast.FilePath;
import io.kadedb.parser.ast.Name;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * COPY t FROM a file or the client. The columns of what is read go to the named columns by position. Text is read as the types of
 * the table's columns, so that nothing is lost by guessing; columns of other files are converted.
 */
public final class CopyPlanner {
    /** How many rows are reckoned with where nothing tells. */
    private static final double UNKNOWN_ROWS = 1_000;

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
        String path = path(session, copy.file());
        Map<String, String> options = CopyOptions.given(path, copy.options());
        FileFormat format = FileFormat.of(path, options);
        if (!format.typed()) {
            // PostgreSQL's default; FROM 'file' looks at the first line instead.
            options.putIfAbsent("header", "false");
        }
        CopyOptions.resolve(
                options,
                format,
                true,
                names(table, IntStream.range(0, table.columns().size()).boxed().toList()),
                names(table, targets));
        PhysicalPlan input = input(table, targets, path, options, described(copy, format, path, options, targets));
        RowRules rules = new RowRules(session, table);
        PhysicalPlan chosen =
                copy.where().map(where -> rules.chosen(input, where)).orElse(input);
        return Modify.counting(Targets.reference(table), Modify.Operation.INSERT, rules.over(chosen, 0));
    }

    private static List<String> names(TableDefinition table, List<Integer> ordinals) {
        return ordinals.stream()
                .map(ordinal -> table.columns().get(ordinal).name())
                .toList();
    }

    /** The file that COPY names, if it may be used; empty for the client's stream. */
    static String path(PlanningSession session, Optional<FilePath> file) {
        if (file.isEmpty()) {
            return "";
        }
        String path = file.get().path();
        PlanningContext context = session.context();
        ObjectName name = new ObjectName(ObjectName.Kind.FILE, "", path);
        context.access().check(context.principal(), Privilege.FILES, name, List.of());
        if (path.isEmpty()) {
            throw KadeException.of(ErrorCode.UNDEFINED_FILE, "a file has a name")
                    .at(file.get().position());
        }
        return path;
    }

    private FileDescription described(
            Statement.CopyFrom copy,
            FileFormat format,
            String path,
            Map<String, String> options,
            List<Integer> targets) {
        if ((copy.file().isEmpty() && !format.typed()) || format == FileFormat.TEXT) {
            return new FileDescription(format, List.of(), UNKNOWN_ROWS);
        }
        SourcePosition position =
                copy.file().map(FilePath::position).orElse(copy.table().position());
        FileDescription description;
        try {
            description = session.context().files().describe(path, options);
        } catch (KadeException e) {
            throw e.position().isPresent() ? e : e.at(position);
        }
        if (description.columns().size() != targets.size()) {
            throw KadeException.of(
                            ErrorCode.BAD_COPY_FILE_FORMAT,
                            (path.isEmpty() ? "what the client sends" : "the file") + " has "
                                    + description.columns().size() + " columns, but " + targets.size()
                                    + " are expected")
                    .at(position);
        }
        return description;
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
        boolean leavesOut = options.containsKey("on_error");
        List<Field> fileColumns = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            ColumnDefinition column = table.columns().get(targets.get(i));
            if (!typed) {
                // Who leaves rows out that cannot be read does so with texts that are too long.
                fileColumns.add(new Field(column.name(), leavesOut ? column.type() : stored(column), true));
                continue;
            }
            Field own = description.columns().get(i);
            // Types that a format has not are written as text, which is read as CSV's is.
            if (!own.type().isText() && !TypeRules.assignable(own.type(), column.type())) {
                throw AssignOperator.mismatch(column.name(), column.type(), own.type());
            }
            fileColumns.add(own);
        }
        List<Integer> all = IntStream.range(0, targets.size()).boxed().toList();
        List<Integer> defaulted = options.containsKey("default")
                ? all.stream()
                        .filter(place -> table.columns()
                                .get(targets.get(place))
                                .defaultSql()
                                .isPresent())
                        .toList()
                : List.of();
        List<Field> read = new ArrayList<>(fileColumns);
        for (int place : defaulted) {
            read.add(new Field(fileColumns.get(place).name(), SqlType.BOOLEAN, false));
        }
        FileScan scan = new FileScan(
                path, description.format().id(), options, fileColumns, all, defaulted, read, description.rows());
        List<Expr> values = new ArrayList<>();
        List<Field> output = new ArrayList<>();
        for (int i = 0; i < table.columns().size(); i++) {
            ColumnDefinition column = table.columns().get(i);
            int place = targets.indexOf(i);
            Expr value = place < 0 ? defaultValue(column) : ColumnCasts.column(fileColumns, place, stored(column));
            int asked = defaulted.indexOf(place);
            if (asked >= 0) {
                value = defaultWhere(fileColumns.size() + asked, column, value);
            }
            values.add(value);
            output.add(new Field(column.name(), value.type(), value.nullable()));
        }
        return new Project(scan, values, output);
    }

    private static SqlType stored(ColumnDefinition column) {
        return column.type().isText() ? SqlType.TEXT : column.type();
    }

    /** @param flag the column that says where the default is wanted */
    private Expr defaultWhere(int flag, ColumnDefinition column, Expr given) {
        Expr standard = defaultValue(column);
        Expr fitting = standard.type().equals(given.type()) ? standard : new Expr.Cast(standard, given.type());
        Expr.When asked = new Expr.When(new Expr.Column(flag, SqlType.BOOLEAN, false), fitting);
        return new Expr.Case(List.of(asked), given, given.type(), true);
    }

    private Expr defaultValue(ColumnDefinition column) {
        return Targets.computed(session, Targets.defaultValue(column, SqlParserPos.ZERO))
                .orElseThrow(() -> KadeException.of(
                        ErrorCode.FEATURE_NOT_SUPPORTED,
                        "this default of column \"" + column.name() + "\" is not built"));
    }
}
