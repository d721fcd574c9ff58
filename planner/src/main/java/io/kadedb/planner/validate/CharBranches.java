package io.kadedb.planner.validate;

import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.parser.ast.SqlTypes;
import io.kadedb.planner.functions.Operands;
import io.kadedb.planner.types.TypeRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;

/**
 * The branches of a CASE with {@code char(n)} among them in one type. Of different kinds of text the first decides, and the
 * first is ELSE (PostgreSQL: transformCaseExpr, by behaviour); constants take whatever type there is.
 */
final class CharBranches {
    private CharBranches() {}

    static void align(SqlValidator validator, SqlValidatorScope scope, SqlCase call) {
        SqlNode otherwise = call.getElseOperand();
        SqlNodeList thens = call.getThenOperands();
        List<SqlNode> branches = new ArrayList<>();
        if (otherwise != null) {
            branches.add(otherwise);
        }
        branches.addAll(thens.getList());
        SqlType common = SqlType.NULL;
        boolean chars = false;
        boolean constants = false;
        for (SqlNode branch : branches) {
            RelDataType type = validator.deriveType(scope, branch);
            if (Operands.isUnknown(branch, type)) {
                constants |= !SqlUtil.isNullLiteral(branch, false);
                continue;
            }
            SqlType own = type.isStruct() ? SqlType.NULL : SqlTypes.fromRelDataType(type);
            chars |= own.id() == TypeId.CHAR;
            Optional<SqlType> wider = TypeRules.common(common, own);
            if (wider.isEmpty() || !(own.isText() || own.id() == TypeId.NULL)) {
                return;
            }
            common = wider.get();
        }
        if (!chars) {
            return;
        }
        SqlType type = constants ? Operands.withoutLength(common) : common;
        for (int i = 0; i < thens.size(); i++) {
            thens.set(i, in(type, validator, scope, thens.get(i)));
        }
        if (otherwise != null) {
            call.setOperand(3, in(type, validator, scope, otherwise));
        }
    }

    private static SqlNode in(SqlType type, SqlValidator validator, SqlValidatorScope scope, SqlNode branch) {
        RelDataType own = validator.deriveType(scope, branch);
        if (SqlUtil.isNullLiteral(branch, false)) {
            return branch;
        }
        if (Operands.isUnknown(branch, own)) {
            return Operands.adapt(validator, scope, branch, type);
        }
        return SqlTypes.fromRelDataType(own).equals(type) ? branch : Operands.cast(validator, scope, branch, type);
    }
}
