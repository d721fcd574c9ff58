package io.kadedb.planner;

import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.catalog.ViewDefinition;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.parser.ast.SqlTypes;
import io.kadedb.planner.api.PlanningContext;
import io.kadedb.planner.api.RuleSet;
import io.kadedb.planner.estimate.Cardinality;
import io.kadedb.planner.graph.GraphTables;
import io.kadedb.planner.lower.ExprBuilder;
import io.kadedb.planner.lower.OuterRowStack;
import io.kadedb.planner.lower.PhysicalPlanner;
import io.kadedb.planner.lower.SharedSubplans;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.rel.GivenRows;
import io.kadedb.planner.rel.RelPlanner;
import io.kadedb.planner.rel.RelTranslator;
import io.kadedb.planner.rules.RelRewriter;
import io.kadedb.planner.types.KadeTypeFactory;
import io.kadedb.planner.validate.BoundCatalog;
import io.kadedb.planner.validate.DeepCopy;
import io.kadedb.planner.validate.DerivedNames;
import io.kadedb.planner.validate.KadeTable;
import io.kadedb.planner.validate.KadeValidator;
import io.kadedb.planner.validate.LimitParameters;
import io.kadedb.planner.validate.PopulatedRecords;
import io.kadedb.planner.validate.ReadAccess;
import io.kadedb.planner.validate.RecursiveTerms;
import io.kadedb.planner.validate.ValidationErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.runtime.CalciteException;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlWith;
import org.jspecify.annotations.Nullable;

/** Plans the queries inside one statement: validate, check access, rewrite, lower. Used by one thread. */
public final class PlanningSession {
    private final BoundCatalog catalog;
    private final KadeTypeFactory typeFactory = new KadeTypeFactory();
    private final Map<Integer, SqlType> parameters = KadeValidator.noParameters();
    private @Nullable SqlNodeList with;
    /** Plans of one row with a number: a count of rows in LIMIT or OFFSET. */
    private final List<PhysicalPlan> counts = new ArrayList<>();
    /** The number of the next Apply: those of a statement differ, since plans are put into others. */
    private int applies;
    /** The id of the next shared rows. */
    private int sharedRows = PhysicalPlan.SharedRows.FIRST;

    public PlanningSession(PlanningContext context) {
        this.catalog = new BoundCatalog(context, new ViewQueries(context, typeFactory));
    }

    public BoundCatalog catalog() {
        return catalog;
    }

    public PlanningContext context() {
        return catalog.context();
    }

    public KadeTypeFactory typeFactory() {
        return typeFactory;
    }

    /** The types of the statement's parameters, after its queries were planned. */
    public List<SqlType> parameterTypes(int count) {
        return KadeValidator.inOrder(parameters, count);
    }

    /** The type of a parameter, which is the given one if this is its first use. */
    public SqlType parameter(int index, SqlType type) {
        SqlType known = parameters.putIfAbsent(index, type);
        return known == null ? type : known;
    }

    /** Lets all queries of the statement see those of a WITH clause. */
    public void setWith(SqlNodeList queries) {
        with = queries.isEmpty() ? null : queries;
    }

    /** The query behind the WITH clause, of which each query has a copy: validation changes trees. */
    private SqlNode behindWith(SqlNode query) {
        SqlNodeList queries = with;
        if (queries == null) {
            return query;
        }
        SqlNodeList copies = new SqlNodeList(queries.getParserPosition());
        queries.forEach(item -> copies.add(item.accept(new DeepCopy())));
        return new SqlWith(query.getParserPosition(), copies, query);
    }

    private static SqlNode copy(SqlNode query) {
        SqlNode copied = query.accept(new DeepCopy());
        if (copied == null) {
            throw KadeException.internal("no copy of a query", null);
        }
        return copied;
    }

    /** What a query is made of, to become that of a view. It is described as a copy: validation changes trees. */
    public ViewQueries.Described describe(SqlNode query) {
        SqlNode copied = copy(query);
        SeparateQueries.refuse(copied, "a view");
        return new ViewQueries(context(), typeFactory).describe(copied);
    }

    /** The columns a query gives. It is validated as a copy: validation changes trees. */
    public List<Field> columns(SqlNode query) {
        SqlNode copied = copy(behindWith(query));
        SqlNode unlocked = SeparateQueries.replace(copied, this, catalog);
        SqlNode copy =
                GraphTables.rewrite(PopulatedRecords.rewrite(DerivedNames.assign(unlocked), context()), context());
        return guarded(
                copy,
                () -> new KadeValidator(catalog, typeFactory, KadeValidator.noParameters()).validatedColumns(copy));
    }

    /** A query with everything that validation makes explicit, at the places that it has as written. */
    public SqlNode validated(SqlNode query) {
        SqlNode named = DerivedNames.assign(query);
        return guarded(
                named, () -> new KadeValidator(catalog, typeFactory, KadeValidator.noParameters()).validate(named));
    }

    /** The same of the query of a view. */
    public SqlNode validated(ViewDefinition view) {
        return new ViewQueries(context(), typeFactory).validated(view);
    }

    /** Plans a query that may change a table, whose row id it sees under the schema of targets. */
    public Planned planChange(SqlNode query, TableDefinition target) {
        catalog.setTarget(target);
        try {
            return plan(query);
        } finally {
            catalog.setTarget(null);
        }
    }

    /**
     * Plans a query over rows that another part of the statement gives.
     *
     * @param clause that the query stands for, as errors name it
     * @param change whether bare columns in the select list are only carried along, not read
     */
    public Planned planGiven(SqlNode query, String clause, boolean change, List<KadeTable.Part> given) {
        catalog.setGiven(given, change);
        try {
            return plan(query, rel -> GivenRows.joined(rel, clause));
        } finally {
            catalog.setGiven(List.of(), false);
        }
    }

    /** Plans a query that sees neither the statement's WITH clause nor the rows that it changes or was given. */
    Planned apart(Supplier<Planned> work) {
        SqlNodeList before = with;
        with = null;
        try {
            return catalog.apart(work);
        } finally {
            with = before;
        }
    }

    /** Remembers the plan of a count of rows; the index of the parameter that stands for its value. */
    int addCount(PhysicalPlan plan) {
        counts.add(plan);
        return PhysicalPlanner.FIRST_COUNT + counts.size() - 1;
    }

    /** Whether a query within the statement locks rows. */
    public boolean locksRows() {
        return catalog.hasLocked();
    }

    /** A query's plan and the names of its columns. */
    public record Planned(PhysicalPlan plan, List<Field> columns) {
        public Planned {
            columns = List.copyOf(columns);
        }
    }

    /** Validates and plans a query. */
    public Planned plan(SqlNode query) {
        return plan(query, UnaryOperator.identity());
    }

    private Planned plan(SqlNode query, UnaryOperator<RelNode> prepared) {
        // A prepared statement is planned again when the catalog has changed, and validation changes trees.
        SqlNode copied = copy(query);
        SqlNode named = DerivedNames.assign(SeparateQueries.replace(behindWith(copied), this, catalog));
        LimitParameters.declare(named, parameters);
        RecursiveTerms.check(named);
        SqlNode relational = GraphTables.rewrite(PopulatedRecords.rewrite(named, context()), context());
        Planned planned = guarded(relational, () -> lower(translate(relational), prepared));
        return new Planned(planned.plan(), DerivedNames.ofResult(copied, planned.columns()));
    }

    private <T> T guarded(SqlNode query, Supplier<T> work) {
        return guarded(catalog, query, work);
    }

    /** Does work on a query; what Calcite objects to becomes an error of ours. */
    static <T> T guarded(BoundCatalog catalog, SqlNode query, Supplier<T> work) {
        try {
            return work.get();
        } catch (CalciteContextException e) {
            throw kadeCause(e) instanceof KadeException kade ? kade : new ValidationErrors(catalog).translate(e, query);
        } catch (CalciteException e) {
            throw new ValidationErrors(catalog).translate(e);
        }
    }

    private static Throwable kadeCause(Throwable error) {
        Throwable cause = error;
        while (cause.getCause() != null && !(cause instanceof KadeException)) {
            cause = cause.getCause();
        }
        return cause;
    }

    private RelRoot translate(SqlNode query) {
        KadeValidator validator = new KadeValidator(catalog, typeFactory, parameters);
        RelOptCluster cluster = RelPlanner.cluster(typeFactory);
        RelRoot root = RelTranslator.translate(query, validator, cluster);
        ReadAccess.check(root.rel, catalog);
        return root;
    }

    private Planned lower(RelRoot root, UnaryOperator<RelNode> prepared) {
        OuterRowStack estimating = OuterRowStack.lenient();
        ExprBuilder estimates = new ExprBuilder(parameters, context().timeZone(), estimating);
        Cardinality cardinality = new Cardinality(context().statistics(), estimates);
        RelNode rewritten =
                new RelRewriter(cardinality, estimates, context().rules()).rewrite(prepared.apply(root.rel));
        OuterRowStack outerRows = OuterRowStack.strict(applies);
        ExprBuilder expressions = new ExprBuilder(parameters, context().timeZone(), outerRows);
        List<Integer> columns = new ArrayList<>();
        List<String> names = new ArrayList<>();
        root.fields.forEach((index, name) -> {
            columns.add(index);
            names.add(name);
        });
        PhysicalPlan plan = new PhysicalPlanner(
                        expressions, cardinality, outerRows, counts, context().rules())
                .plan(rewritten, columns);
        if (context().rules().has(RuleSet.Rule.SHARE_SUBPLANS)) {
            plan = SharedSubplans.share(plan, () -> sharedRows++);
        }
        applies = outerRows.next();
        return new Planned(plan, fields(root, names, plan));
    }

    private static List<Field> fields(RelRoot root, List<String> names, PhysicalPlan plan) {
        List<RelDataTypeField> validated = root.validatedRowType.getFieldList();
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < plan.output().size(); i++) {
            Field own = plan.output().get(i);
            SqlType type = i < validated.size()
                    ? SqlTypes.fromRelDataType(validated.get(i).getType())
                    : own.type();
            fields.add(
                    new Field(names.get(i), type.layout() == own.type().layout() ? type : own.type(), own.nullable()));
        }
        return fields;
    }
}
