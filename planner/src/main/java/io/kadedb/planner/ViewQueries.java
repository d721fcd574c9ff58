package io.kadedb.planner;

import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.PropertyGraphDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.catalog.ViewDefinition;
import io.kadedb.common.catalog.ViewDefinition.UsedColumn;
import io.kadedb.common.catalog.ViewDefinition.UsedRelation;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.parser.SqlParser;
import io.kadedb.parser.ast.Statement;
import io.kadedb.planner.api.PlanningContext;
import io.kadedb.planner.graph.GraphTables;
import io.kadedb.planner.rel.RelPlanner;
import io.kadedb.planner.rel.RelTranslator;
import io.kadedb.planner.types.KadeTypeFactory;
import io.kadedb.planner.validate.BoundCatalog;
import io.kadedb.planner.validate.DerivedNames;
import io.kadedb.planner.validate.KadeValidator;
import io.kadedb.planner.validate.PopulatedRecords;
import io.kadedb.planner.validate.ReadAccess;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.sql.SqlNode;

/**
 * The queries of views. A view is put in the place of its name before anything is rewritten or ordered, so that its plan is
 * that of a subquery. Each place has algebra of its own, made anew from the text.
 */
public final class ViewQueries implements BoundCatalog.Views {
    private final PlanningContext context;
    private final KadeTypeFactory typeFactory;
    private boolean describes;

    ViewQueries(PlanningContext context, KadeTypeFactory typeFactory) {
        this.context = context;
        this.typeFactory = typeFactory;
    }

    /**
     * What a query is made of.
     *
     * @param columns those it gives
     * @param relations the tables and views it reads
     * @param graphs the ids of the property graphs it reads
     * @param algebra of the query, before anything is rewritten
     */
    public record Described(List<Field> columns, List<UsedRelation> relations, List<Long> graphs, RelNode algebra) {
        public Described {
            columns = List.copyOf(columns);
            relations = List.copyOf(relations);
            graphs = List.copyOf(graphs);
        }
    }

    @Override
    public boolean describes() {
        return describes;
    }

    Described describe(SqlNode query) {
        describes = true;
        BoundCatalog catalog = new BoundCatalog(context, this);
        List<Long> graphs = new ArrayList<>();
        SqlNode named = GraphTables.rewrite(
                PopulatedRecords.rewrite(DerivedNames.assign(query), context),
                context,
                (PropertyGraphDefinition graph) -> graphs.add(graph.id()));
        return PlanningSession.guarded(catalog, named, () -> {
            KadeValidator validator = new KadeValidator(catalog, typeFactory, KadeValidator.noParameters());
            RelNode rel = RelTranslator.translateInner(named, validator, RelPlanner.cluster(typeFactory));
            ReadAccess.check(rel, catalog);
            if (catalog.readsSequences()) {
                throw KadeException.of(
                        ErrorCode.FEATURE_NOT_SUPPORTED, "views that read from sequences are not supported yet");
            }
            List<Field> columns = DerivedNames.ofResult(query, validator.columnsOf(named));
            return new Described(
                    columns,
                    relations(catalog, rel, validator.namedColumns()),
                    graphs.stream().distinct().toList(),
                    rel);
        });
    }

    /** What the algebra reads, as the conditions of NATURAL JOIN, and what the text names, as within EXISTS. */
    private static List<UsedRelation> relations(BoundCatalog catalog, RelNode rel, Map<String, Set<Integer>> named) {
        Map<String, Set<Integer>> read = ReadAccess.columns(rel);
        List<UsedRelation> relations = new ArrayList<>();
        for (TableDefinition table : catalog.used()) {
            Set<Integer> ordinals = new HashSet<>(read.getOrDefault(table.qualifiedName(), Set.of()));
            ordinals.addAll(named.getOrDefault(table.qualifiedName(), Set.of()));
            List<UsedColumn> columns = new ArrayList<>();
            for (int i = 0; i < table.columns().size(); i++) {
                ColumnDefinition column = table.columns().get(i);
                columns.add(new UsedColumn(column.id(), column.name(), ordinals.contains(i)));
            }
            relations.add(new UsedRelation(table.id(), table.schema(), table.name(), columns));
        }
        for (ViewDefinition view : catalog.usedViews()) {
            List<UsedColumn> columns = view.columns().stream()
                    .map(column -> new UsedColumn(column.id(), column.name(), true))
                    .toList();
            relations.add(new UsedRelation(view.id(), view.schema(), view.name(), columns));
        }
        return relations;
    }

    @Override
    public List<Field> columns(ViewDefinition view) {
        return inView(view, () -> {
            BoundCatalog catalog = new BoundCatalog(context, this, view);
            SqlNode query = query(view, catalog);
            List<Field> fields = PlanningSession.guarded(catalog, query, () -> {
                KadeValidator validator = new KadeValidator(catalog, typeFactory, KadeValidator.noParameters());
                SqlNode validated = validator.validate(query);
                return validator.columnsOf(validated);
            });
            if (fields.size() != view.columns().size()) {
                throw KadeException.internal("the query of view " + view.qualifiedName() + " has other columns", null);
            }
            List<Field> columns = new ArrayList<>();
            for (int i = 0; i < fields.size(); i++) {
                Field field = fields.get(i);
                SqlType type = field.type().id() == TypeId.NULL ? SqlType.TEXT : field.type();
                columns.add(new Field(view.columns().get(i).name(), type, field.nullable()));
            }
            return columns;
        });
    }

    /** The query of a view after validation. */
    SqlNode validated(ViewDefinition view) {
        return inView(view, () -> {
            BoundCatalog catalog = new BoundCatalog(context, this, view);
            SqlNode query = query(view, catalog);
            return PlanningSession.guarded(
                    catalog,
                    query,
                    () -> new KadeValidator(catalog, typeFactory, KadeValidator.noParameters()).validate(query));
        });
    }

    @Override
    public RelNode translate(ViewDefinition view, RelOptCluster cluster) {
        return inView(view, () -> {
            BoundCatalog catalog = new BoundCatalog(context, this, view);
            SqlNode query = query(view, catalog);
            return PlanningSession.guarded(
                    catalog,
                    query,
                    () -> RelTranslator.translateInner(
                            query, new KadeValidator(catalog, typeFactory, KadeValidator.noParameters()), cluster));
        });
    }

    private static SqlNode query(ViewDefinition view, BoundCatalog catalog) {
        if (!(new SqlParser().parse(view.query()).getFirst().statement() instanceof Statement.Query query)) {
            throw KadeException.internal("view " + view.qualifiedName() + " is no query", null);
        }
        return GraphTables.rewrite(
                PopulatedRecords.rewrite(DerivedNames.assign(query.query()), catalog.context()), catalog.context());
    }

    /** Errors of a view's query point into a text that the user may not know: they name the view instead. */
    private static <T> T inView(ViewDefinition view, Supplier<T> work) {
        try {
            return work.get();
        } catch (KadeException e) {
            throw e.detail().isPresent()
                    ? e
                    : e.at(null).detail("This is in the query of view \"" + view.qualifiedName() + "\".");
        }
    }
}
