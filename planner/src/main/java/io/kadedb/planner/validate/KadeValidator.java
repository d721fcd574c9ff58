package io.kadedb.planner.validate;

import com.google.common.base.Suppliers;
import io.kadedb.common.catalog.CatalogSnapshot;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.parser.ast.KadeOperators;
import io.kadedb.parser.ast.NamedTypes;
import io.kadedb.parser.ast.Positions;
import io.kadedb.parser.ast.SqlTypes;
import io.kadedb.planner.algorithm.SqlGraphAlgorithm;
import io.kadedb.planner.api.PlanningContext;
import io.kadedb.planner.functions.KadeOperatorTable;
import io.kadedb.planner.functions.Operands;
import io.kadedb.planner.gapfill.GapFillMarks;
import io.kadedb.planner.graph.GraphNamespace;
import io.kadedb.planner.graph.PatternVariable;
import io.kadedb.planner.graph.SqlGraphPattern;
import io.kadedb.planner.types.KadeTypeFactory;
import io.kadedb.planner.types.TypeRules;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.calcite.config.NullCollation;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.runtime.CalciteException;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SelectScope;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorImpl;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.jspecify.annotations.Nullable;

/** Validates one statement: names, types, grouping; learns the types of parameters from their first use. */
public final class KadeValidator extends SqlValidatorImpl implements Operands.ParameterTypes, NamedTypes {
    private static final SqlValidator.Config CONFIG = SqlValidator.Config.DEFAULT
            .withConformance(KadeConformance.INSTANCE)
            .withTypeCoercionEnabled(true)
            .withTypeCoercionFactory(KadeTypeCoercion::new)
            .withIdentifierExpansion(true)
            .withDefaultNullCollation(NullCollation.HIGH);

    private final CalciteCatalogReader reader;
    private final CatalogSnapshot catalog;
    private final PlanningContext context;
    private final Map<Integer, SqlType> parameters;
    private final ClauseNames names = new ClauseNames(this, this::registerOuterColumn);
    private boolean fillsGaps;
    private final Deque<SqlJoin> joins = new ArrayDeque<>();
    private final ExpandedNodes expanded = new ExpandedNodes();
    private final IdentityHashMap<SqlSelect, Boolean> aggregating = new IdentityHashMap<>();
    private final List<SqlSelect> selects = new ArrayList<>();
    /** How many calls enclose the node whose type is being inferred; a bare parameter is text. */
    private int depth;

    /**
     * A validator.
     *
     * @param parameters types learnt so far, by index; shared by the queries of one statement
     */
    public KadeValidator(BoundCatalog catalog, KadeTypeFactory typeFactory, Map<Integer, SqlType> parameters) {
        this(catalog, catalog.reader(typeFactory), typeFactory, parameters);
    }

    private KadeValidator(
            BoundCatalog bound,
            CalciteCatalogReader reader,
            KadeTypeFactory typeFactory,
            Map<Integer, SqlType> parameters) {
        super(KadeOperatorTable.INSTANCE, reader, typeFactory, CONFIG);
        this.reader = reader;
        this.context = bound.context();
        this.catalog = context.catalog();
        this.parameters = parameters;
    }

    public static Map<Integer, SqlType> noParameters() {
        return new HashMap<>();
    }

    /** The types of parameters in order; those without a type are text. */
    public static List<SqlType> inOrder(Map<Integer, SqlType> parameters, int count) {
        List<SqlType> types = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            types.add(parameters.getOrDefault(i, SqlType.TEXT));
        }
        return types;
    }

    @Override
    public CalciteException handleUnresolvedFunction(
            SqlCall call, SqlOperator unresolved, List<RelDataType> types, @Nullable List<String> names) {
        SqlIdentifier name = unresolved instanceof SqlFunction function && function.getSqlIdentifier() != null
                ? function.getSqlIdentifier()
                : new SqlIdentifier(unresolved.getName().toLowerCase(Locale.ROOT), call.getParserPosition());
        List<SqlType> arguments = types.stream().map(SqlTypes::fromRelDataType).toList();
        throw ValidationErrors.noFunction(name, arguments, catalog).at(Positions.of(call.getParserPosition()));
    }

    @Override
    public void validateWithItem(SqlWithItem item) {
        super.validateWithItem(item);
        RecursiveTypes.check(this, item);
    }

    @Override
    protected void validateWhereClause(SqlSelect select) {
        names.resolve(select);
        super.validateWhereClause(select);
    }

    private void registerOuterColumn(SqlSelect within, SqlSelect column) {
        registerQuery(Objects.requireNonNull(getWhereScope(within)), null, column, column, null, false);
    }

    /** Whether the query validated calls functions that fill gaps. */
    public boolean fillsGaps() {
        return fillsGaps;
    }

    @Override
    protected @Nullable SqlNode performUnconditionalRewrites(@Nullable SqlNode node, boolean underFrom) {
        SqlNode rewritten = super.performUnconditionalRewrites(node, underFrom);
        if (rewritten instanceof SqlSelect select) {
            AllColumns.group(select);
            fillsGaps |= GapFillMarks.mark(select);
        }
        return rewritten;
    }

    @Override
    protected void validateOrderList(SqlSelect select) {
        if (select.getOrderList() != null) {
            AllColumns.order(
                    select,
                    Objects.requireNonNull(getNamespace(select)).getRowType().getFieldCount());
            names.resolveOrder(
                    select,
                    Objects.requireNonNull(getNamespace(select)).getRowType().getFieldNames());
        }
        super.validateOrderList(select);
        if (select.getFetch() != null) {
            select.setFetch(RowCounts.validated(this, select.getFetch(), "LIMIT"));
        }
        if (select.getOffset() != null) {
            select.setOffset(RowCounts.validated(this, select.getOffset(), "OFFSET"));
        }
        joinByMerged(select.getFrom());
    }

    /** Constants get their types before Calcite looks for the keys of groups in the condition, as those in GROUP BY have. */
    @Override
    protected void validateHavingClause(SqlSelect select) {
        SqlNode having = select.getHaving();
        if (having != null) {
            SqlValidatorScope scope = getSelectScope(select);
            inferUnknownTypes(typeFactory.createSqlType(SqlTypeName.BOOLEAN), scope, having);
            RelDataType _ = deriveType(scope, having);
        }
        super.validateHavingClause(select);
    }

    /** Writes out the conditions on merged columns, once no clause asks any more which columns a join merges. */
    private void joinByMerged(@Nullable SqlNode from) {
        if (!(from instanceof SqlJoin join)) {
            return;
        }
        Optional<SqlNode> condition = FromColumns.conditionOnMerged(this, join);
        joinByMerged(join.getLeft());
        joinByMerged(join.getRight());
        if (condition.isPresent()) {
            SqlValidatorScope scope = Objects.requireNonNull(getJoinScope(join));
            SqlNode expanded = super.expand(condition.get(), scope);
            expanded.validate(this, scope);
            SqlParserPos pos = join.getParserPosition();
            join.setOperand(1, SqlLiteral.createBoolean(false, pos));
            join.setOperand(4, JoinConditionType.ON.symbol(pos));
            join.setOperand(5, expanded);
        }
    }

    @Override
    protected void validateJoin(SqlJoin join, SqlValidatorScope scope) {
        joins.push(join);
        try {
            FromColumns.of(this, join);
            super.validateJoin(join, scope);
        } finally {
            joins.pop();
        }
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // whether it is the condition of the join being validated, or unchanged
    public SqlNode expand(SqlNode node, SqlValidatorScope scope) {
        if (expanded.contains(node, scope)) {
            return node;
        }
        SqlJoin join = joins.peek();
        SqlNode resolved = join != null && join.getCondition() == node ? names.condition(join, node, scope) : node;
        SqlNode result = super.expand(resolved, scope);
        if (result == node) {
            expanded.add(node, scope);
        }
        return result;
    }

    /** A star's columns keep their names, which may be there already. */
    @Override
    protected void addToSelectList(
            List<SqlNode> list,
            Set<String> aliases,
            List<Map.Entry<String, RelDataType>> fields,
            SqlNode item,
            SelectScope scope,
            boolean includeSystemVars) {
        if (item instanceof SqlIdentifier name && name.names.getFirst().startsWith(KadeOperators.ROWS)) {
            return;
        }
        fields.add(Map.entry(Objects.requireNonNull(SqlValidatorUtil.alias(item)), deriveType(scope, item)));
        list.add(item);
    }

    @Override
    public boolean isAggregate(SqlSelect select) {
        Boolean known = aggregating.get(select);
        return known == null ? super.isAggregate(select) : known;
    }

    @Override
    protected RelDataType validateSelectList(SqlNodeList items, SqlSelect select, RelDataType target) {
        // Calcite asks for each item, here and when it converts, and looks at all of them each time.
        aggregating.put(select, isAggregate(select));
        RelDataType type = super.validateSelectList(items, select, target);
        List<String> own = type.getFieldNames();
        List<String> marked = RepeatedNames.marked(own);
        if (marked.equals(own)) {
            return type;
        }
        List<SqlNode> renamed = new ArrayList<>();
        for (int i = 0; i < marked.size(); i++) {
            SqlNode item = select.getSelectList().get(i);
            if (!marked.get(i).equals(own.get(i))) {
                RelDataType itemType = getValidatedNodeType(item);
                item = SqlStdOperatorTable.AS.createCall(
                        item.getParserPosition(),
                        SqlUtil.stripAs(item),
                        new SqlIdentifier(marked.get(i), item.getParserPosition()));
                setValidatedNodeType(item, itemType);
            }
            renamed.add(item);
        }
        select.setSelectList(new SqlNodeList(renamed, items.getParserPosition()));
        Objects.requireNonNull(getRawSelectScope(select)).setExpandedSelectList(renamed);
        return typeFactory.createStructType(
                type.getFieldList().stream().map(RelDataTypeField::getType).toList(), marked);
    }

    @Override
    protected void validateSelect(SqlSelect select, RelDataType targetRowType) {
        super.validateSelect(select, targetRowType);
        selects.add(select);
    }

    /** The ordinals of the columns that what was validated names, by the qualified names of their tables. */
    public Map<String, Set<Integer>> namedColumns() {
        return NamedColumns.of(selects, this);
    }

    /** The columns a query gives. */
    public List<Field> validatedColumns(SqlNode query) {
        return columnsOf(validate(query));
    }

    /** The columns that a query which has been validated gives. */
    public List<Field> columnsOf(SqlNode query) {
        return getValidatedNodeType(query).getFieldList().stream()
                .map(field -> new Field(
                        field.getName(),
                        SqlTypes.fromRelDataType(field.getType()),
                        field.getType().isNullable()))
                .toList();
    }

    public CalciteCatalogReader reader() {
        return reader;
    }

    @Override
    public SqlType resolved(SqlType type, SqlParserPos pos) {
        try {
            return EnumTypes.resolved(type, catalog, context.searchPath());
        } catch (KadeException e) {
            throw e.at(Positions.of(pos));
        }
    }

    @Override
    public void declare(SqlDynamicParam parameter, SqlType type) {
        SqlType known = parameters.putIfAbsent(parameter.getIndex(), type);
        setValidatedNodeType(parameter, SqlTypes.toRelDataType(typeFactory, known == null ? type : known, true));
    }

    /** Untyped literals take the type of what else stands in their column. */
    @Override
    protected void validateValues(SqlCall node, RelDataType targetRowType, SqlValidatorScope scope) {
        List<SqlCall> rows = new ArrayList<>();
        node.getOperandList().forEach(row -> rows.add((SqlCall) row));
        for (SqlCall row : rows) {
            // Functions like CURRENT_DATE look like columns until they are expanded.
            for (int column = 0; column < row.operandCount(); column++) {
                row.setOperand(column, expand(row.operand(column), scope));
            }
        }
        for (int column = 0; rows.size() > 1 && column < rows.getFirst().operandCount(); column++) {
            adaptColumn(rows, column, scope);
        }
        super.validateValues(node, targetRowType, scope);
    }

    private void adaptColumn(List<SqlCall> rows, int column, SqlValidatorScope scope) {
        SqlType common = SqlType.NULL;
        for (SqlCall row : rows) {
            SqlNode value = row.operand(column);
            if (isQuoted(value) || value instanceof SqlDynamicParam || SqlUtil.isNullLiteral(value, false)) {
                continue;
            }
            Optional<SqlType> wider = TypeRules.common(common, SqlTypes.fromRelDataType(deriveType(scope, value)));
            if (wider.isEmpty()) {
                return;
            }
            common = wider.get();
        }
        if (common.id() == TypeId.NULL || common.isText()) {
            return;
        }
        for (SqlCall row : rows) {
            if (isQuoted(row.operand(column))) {
                row.setOperand(column, Operands.adapt(this, scope, row.operand(column), common));
                removeValidatedNodeType(row);
            }
        }
    }

    private static boolean isQuoted(SqlNode node) {
        return node instanceof SqlLiteral literal && literal.getTypeName() == SqlTypeName.CHAR;
    }

    /** With the frame of a window that names another one, which Calcite 1.42 loses ({@code SqlWindow.overlay}). */
    @Override
    public SqlWindow resolveWindow(SqlNode windowOrRef, SqlValidatorScope scope) {
        SqlWindow resolved = super.resolveWindow(windowOrRef, scope);
        SqlWindow own =
                windowOrRef instanceof SqlIdentifier name ? getWindowByName(name, scope) : (SqlWindow) windowOrRef;
        if (own.getRefName() == null || (own.getLowerBound() == null && own.getUpperBound() == null)) {
            return resolved;
        }
        return SqlWindow.create(
                resolved.getDeclName(),
                null,
                resolved.getPartitionList(),
                resolved.getOrderList(),
                SqlLiteral.createBoolean(own.isRows(), own.getParserPosition()),
                own.getLowerBound(),
                own.getUpperBound(),
                null,
                own.getExclude(),
                own.getParserPosition());
    }

    @Override
    public RelDataType deriveType(SqlValidatorScope scope, SqlNode expr) {
        if (expr instanceof SqlLiteral literal && literal.getTypeName() == SqlTypeName.CHAR) {
            RelDataType text = SqlTypes.toRelDataType(typeFactory, SqlType.TEXT, false);
            setValidatedNodeType(expr, text);
            return text;
        }
        SequenceCalls.check(expr, context);
        if (expr instanceof SqlDynamicParam parameter && parameters.containsKey(parameter.getIndex())) {
            declare(parameter, SqlType.TEXT);
        }
        if (expr instanceof SqlCase branches && getValidatedNodeTypeIfKnown(expr) == null) {
            CharBranches.align(this, scope, branches);
        }
        RelDataType type = super.deriveType(scope, expr);
        if (expr.getKind() == SqlKind.OVER
                && !type.isNullable()
                && ExcludedRows.mayBeAll((SqlCall) expr, this, scope)) {
            type = typeFactory.createTypeWithNullability(type, true);
            setValidatedNodeType(expr, type);
        }
        return type;
    }

    /** Arguments of functions over windows see groups, which Calcite forgets for GROUPING. */
    @Override
    public void validateCall(SqlCall call, SqlValidatorScope scope) {
        super.validateCall(call, call.getKind() == SqlKind.GROUPING ? AggregateCalls.groupScope(this, scope) : scope);
    }

    /** Calcite forgets the types of what rows are ordered by within an aggregate that has a FILTER. */
    @Override
    public void validateAggregateParams(
            SqlCall aggregate,
            @Nullable SqlNode filter,
            @Nullable SqlNodeList distinct,
            @Nullable SqlNodeList order,
            SqlValidatorScope scope) {
        super.validateAggregateParams(aggregate, filter, distinct, order, scope);
        if (order != null) {
            for (SqlNode key : order) {
                RelDataType _ = deriveType(scope, key);
            }
        }
    }

    @Override
    protected void registerQuery(
            SqlValidatorScope parentScope,
            @Nullable SqlValidatorScope usingScope,
            SqlNode node,
            SqlNode enclosingNode,
            @Nullable String alias,
            boolean forceNullable) {
        if (node instanceof SqlGraphAlgorithm algorithm) {
            registerAlgorithm(parentScope, usingScope, algorithm, forceNullable);
            return;
        }
        if (!(node instanceof SqlGraphPattern pattern)) {
            super.registerQuery(parentScope, usingScope, node, enclosingNode, alias, forceNullable);
            return;
        }
        for (SqlNode query : pattern.getOperandList()) {
            super.registerQuery(parentScope, null, query, query, null, false);
        }
        for (PatternVariable variable : pattern.variables()) {
            GraphNamespace namespace = new GraphNamespace(
                    this,
                    variable.name(),
                    () -> elementType(pattern.queries(variable), variable.hidden(), parentScope));
            registerNamespace(usingScope, variable.name().getSimple(), namespace, forceNullable);
        }
        registerNamespace(null, null, new GraphNamespace(this, pattern, () -> patternType(pattern)), false);
    }

    private void registerAlgorithm(
            SqlValidatorScope parentScope,
            @Nullable SqlValidatorScope usingScope,
            SqlGraphAlgorithm algorithm,
            boolean forceNullable) {
        for (SqlNode query : algorithm.getOperandList()) {
            super.registerQuery(parentScope, null, query, query, null, false);
        }
        Supplier<RelDataType> type = Suppliers.memoize(() -> {
            algorithm.getOperandList().forEach(query -> validateQuery(query, parentScope, unknownType));
            return algorithm.rowType(getValidatedNodeType(algorithm.vertices()), typeFactory);
        });
        SqlIdentifier name = algorithm.name();
        registerNamespace(usingScope, name.getSimple(), new GraphNamespace(this, name, type), forceNullable);
        registerNamespace(null, null, new GraphNamespace(this, algorithm, type), false);
    }

    private RelDataType elementType(List<SqlNode> queries, int hidden, SqlValidatorScope scope) {
        queries.forEach(query -> validateQuery(query, scope, unknownType));
        List<RelDataTypeField> fields = getValidatedNodeType(queries.getFirst()).getFieldList();
        RelDataTypeFactory.Builder builder = typeFactory.builder();
        for (RelDataTypeField field : fields.subList(hidden, fields.size())) {
            // Behind the hidden ends of a repeated edge come its length, and aggregates that no edge gives NULL.
            boolean nullable = field.getType().isNullable() || (hidden > 0 && field.getIndex() > hidden);
            builder.add(field.getName(), typeFactory.createTypeWithNullability(field.getType(), nullable));
        }
        return builder.build();
    }

    private RelDataType patternType(SqlGraphPattern pattern) {
        RelDataTypeFactory.Builder builder = typeFactory.builder();
        pattern.variables()
                .forEach(variable -> builder.addAll(exposedType(variable).getFieldList()));
        return builder.uniquify().build();
    }

    /** The columns of a pattern's variable that expressions can see. */
    public RelDataType exposedType(PatternVariable variable) {
        return Objects.requireNonNull(getNamespace(variable.name())).getRowType();
    }

    @Override
    protected void inferUnknownTypes(RelDataType inferredType, SqlValidatorScope scope, SqlNode node) {
        boolean nothingInferred = inferredType.equals(unknownType) || inferredType.getSqlTypeName() == SqlTypeName.ANY;
        if (node instanceof SqlDynamicParam parameter) {
            if (!nothingInferred && !inferredType.isStruct()) {
                declare(parameter, SqlTypes.fromRelDataType(inferredType));
            } else if (depth == 0) {
                declare(parameter, SqlType.TEXT);
            }
            return;
        }
        if (nothingInferred && SqlUtil.isNullLiteral(node, false)) {
            deriveType(scope, node);
            return;
        }
        int level = node.getKind() == SqlKind.AS ? 0 : 1;
        depth += level;
        try {
            super.inferUnknownTypes(inferredType, scope, node);
        } finally {
            depth -= level;
        }
    }
}
