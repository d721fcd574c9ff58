package io.kadedb.planner.validate;

import org.apache.calcite.sql.validate.SqlAbstractConformance;

/** Which liberties the dialect takes: PostgreSQL's, and no others. */
final class KadeConformance extends SqlAbstractConformance {
    static final KadeConformance INSTANCE = new KadeConformance();

    private KadeConformance() {}

    @Override
    public boolean isGroupByOrdinal() {
        return true;
    }

    @Override
    public boolean isGroupByAlias() {
        return true;
    }

    @Override
    public boolean isSortByOrdinal() {
        return true;
    }

    @Override
    public boolean isSortByAlias() {
        return true;
    }

    @Override
    public boolean isSortByAliasObscures() {
        return true;
    }

    @Override
    public boolean isFromRequired() {
        return false;
    }

    @Override
    public boolean isBangEqualAllowed() {
        return true;
    }

    @Override
    public boolean isPercentRemainderAllowed() {
        return true;
    }

    @Override
    public boolean allowNiladicParentheses() {
        return true;
    }

    @Override
    public boolean isLimitStartCountAllowed() {
        return false;
    }

    @Override
    public boolean isOffsetLimitAllowed() {
        return true;
    }

    @Override
    public boolean allowQualifyingCommonColumn() {
        return true;
    }

    @Override
    public boolean isValueAllowed() {
        return true;
    }
}
