package io.kadedb.planner.graph;

import com.google.common.base.Suppliers;
import java.util.List;
import java.util.function.Supplier;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.validate.SqlModality;
import org.apache.calcite.sql.validate.SqlMonotonicity;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorNamespace;
import org.apache.calcite.sql.validate.SqlValidatorTable;
import org.apache.calcite.util.Pair;
import org.checkerframework.checker.nullness.qual.Nullable;

/** What a variable of a pattern, or the pattern itself, offers to the select around it. */
public final class GraphNamespace implements SqlValidatorNamespace {
    private final SqlValidator validator;
    private final SqlNode node;
    private final Supplier<RelDataType> rowType;

    /**
     * A namespace.
     *
     * @param node that stands for it in validation
     * @param rowType validates the element's queries when it is first asked for
     */
    public GraphNamespace(SqlValidator validator, SqlNode node, Supplier<RelDataType> rowType) {
        this.validator = validator;
        this.node = node;
        this.rowType = Suppliers.memoize(rowType::get);
    }

    @Override
    public SqlValidator getValidator() {
        return validator;
    }

    @Override
    public @Nullable SqlValidatorTable getTable() {
        return null;
    }

    @Override
    public RelDataType getRowType() {
        return rowType.get();
    }

    @Override
    public RelDataType getType() {
        return rowType.get();
    }

    @Override
    public void setType(RelDataType type) {
        throw new UnsupportedOperationException("the type of a pattern is that of its elements");
    }

    @Override
    public RelDataType getRowTypeSansSystemColumns() {
        return rowType.get();
    }

    @Override
    public void validate(RelDataType targetRowType) {
        validator.setValidatedNodeType(node, rowType.get());
    }

    @Override
    public SqlNode getNode() {
        return node;
    }

    @Override
    public SqlNode getEnclosingNode() {
        return node;
    }

    @Override
    public @Nullable SqlValidatorNamespace lookupChild(String name) {
        RelDataTypeField field = field(name);
        return field == null ? null : new GraphNamespace(validator, node, field::getType);
    }

    @Override
    public @Nullable RelDataTypeField field(String name) {
        return rowType.get().getField(name, true, false);
    }

    @Override
    public List<Pair<SqlNode, SqlMonotonicity>> getMonotonicExprs() {
        return List.of();
    }

    @Override
    public SqlMonotonicity getMonotonicity(String columnName) {
        return SqlMonotonicity.NOT_MONOTONIC;
    }

    @Override
    @Deprecated
    public void makeNullable() {
        throw new UnsupportedOperationException("the scope that has the pattern makes it nullable");
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        return type.cast(this);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }

    @Override
    public SqlValidatorNamespace resolve() {
        return this;
    }

    @Override
    public boolean supportsModality(SqlModality modality) {
        return true;
    }
}
