package io.kadedb.planner.validate;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.parser.ast.Positions;
import io.kadedb.parser.ast.SqlTypes;
import java.util.List;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.util.Util;

/** The columns of a recursive query have the types of its first term: what the step gives has to fit them. */
final class RecursiveTypes {
    private RecursiveTypes() {}

    /** @throws KadeException 42804 */
    static void check(SqlValidator validator, SqlWithItem item) {
        String name = item.name.getSimple();
        if (!item.recursive.booleanValue()
                || !(item.query instanceof SqlBasicCall union)
                || union.getKind() != SqlKind.UNION
                || !names(union.operand(1), name)) {
            return;
        }
        List<RelDataTypeField> seed =
                validator.getValidatedNodeType(union.operand(0)).getFieldList();
        List<RelDataTypeField> all = validator.getValidatedNodeType(union).getFieldList();
        for (int i = 0; i < all.size(); i++) {
            SqlType own = SqlTypes.fromRelDataType(seed.get(i).getType());
            SqlType overall = SqlTypes.fromRelDataType(all.get(i).getType());
            if (!holds(own, overall)) {
                throw KadeException.of(
                                ErrorCode.DATATYPE_MISMATCH,
                                "recursive query \"" + name + "\" column " + (i + 1) + " has type " + own
                                        + " in non-recursive term but type " + overall + " overall")
                        .at(Positions.of(item.name.getParserPosition()))
                        .hint("cast the output of the non-recursive term to the correct type");
            }
        }
    }

    /** Whether values of the overall type fit that of the seed. */
    private static boolean holds(SqlType seed, SqlType overall) {
        if (seed.id() != overall.id()) {
            return seed.id() == TypeId.NULL || (seed.isText() && overall.isText());
        }
        return seed.id() != TypeId.DECIMAL
                || seed.equals(overall)
                || seed.precision() == SqlType.MAX_DECIMAL_PRECISION
                || (seed.scale() >= overall.scale()
                        && seed.precision() - seed.scale() >= overall.precision() - overall.scale());
    }

    private static boolean names(SqlNode step, String table) {
        try {
            step.accept(new SqlBasicVisitor<Void>() {
                @Override
                @SuppressWarnings("NullAway") // visitors without a result return null
                public Void visit(SqlCall call) {
                    return call.getKind() == SqlKind.AS ? call.operand(0).accept(this) : super.visit(call);
                }

                @Override
                @SuppressWarnings("NullAway") // visitors without a result return null
                public Void visit(SqlIdentifier identifier) {
                    if (identifier.isSimple() && identifier.getSimple().equals(table)) {
                        throw Util.FoundOne.NULL;
                    }
                    return null;
                }
            });
            return false;
        } catch (Util.FoundOne e) {
            return true;
        }
    }
}
