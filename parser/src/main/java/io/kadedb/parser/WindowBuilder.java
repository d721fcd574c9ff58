package io.kadedb.parser;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ast.KadeOperators;
import io.kadedb.parser.ast.Positions;
import io.kadedb.parser.grammar.KadeSqlParser.*;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/** Windows of OVER and WINDOW. */
final class WindowBuilder {
    private final AstBuilder ast;

    WindowBuilder(AstBuilder ast) {
        this.ast = ast;
    }

    SqlNode over(OverContext over) {
        return over.identifier() != null
                ? ast.names.identifier(over.identifier())
                : window(null, over.windowSpecification(), Places.pos(over));
    }

    SqlNodeList declarations(@Nullable WindowClauseContext clause) {
        if (clause == null) {
            return SqlNodeList.EMPTY;
        }
        List<SqlNode> windows = new ArrayList<>();
        for (NamedWindowContext window : clause.namedWindow()) {
            windows.add(window(
                    ast.names.identifier(window.identifier()), window.windowSpecification(), Places.pos(window)));
        }
        return new SqlNodeList(windows, Places.pos(clause));
    }

    private SqlNode window(@Nullable SqlIdentifier name, WindowSpecificationContext window, SqlParserPos pos) {
        SqlIdentifier base = window.identifier() == null ? null : ast.names.identifier(window.identifier());
        SqlNodeList partition =
                window.expressionList() == null ? SqlNodeList.EMPTY : ast.expressions.list(window.expressionList());
        SqlNodeList order =
                window.orderItem().isEmpty() ? SqlNodeList.EMPTY : ast.queries.orderList(window.orderItem());
        WindowFrameContext frame = window.windowFrame();
        if (frame == null) {
            return SqlWindow.create(
                    name, base, partition, order, SqlLiteral.createBoolean(false, pos), null, null, null, pos);
        }
        FrameBoundContext start = frame.frameBound(0);
        FrameBoundContext end = frame.frameBound().size() > 1 ? frame.frameBound(1) : null;
        checkOrder(start, end);
        if (frame.GROUPS() != null && base == null && order.isEmpty()) {
            throw windowing("GROUPS mode requires an ORDER BY clause", frame);
        }
        // Calcite knows no GROUPS, and narrower RANGE and ROWS: their offsets are marked, and told apart when lowered.
        boolean marked = isOffset(start) || (end != null && isOffset(end));
        return SqlWindow.create(
                name,
                base,
                partition,
                order,
                SqlLiteral.createBoolean(frame.ROWS() != null || marked, pos),
                bound(start, frame),
                end != null ? bound(end, frame) : null,
                null,
                exclusion(frame, pos),
                pos);
    }

    private static boolean isOffset(FrameBoundContext bound) {
        return bound.UNBOUNDED() == null && bound.CURRENT() == null;
    }

    private static void checkOrder(FrameBoundContext start, @Nullable FrameBoundContext end) {
        if (start.UNBOUNDED() != null && start.FOLLOWING() != null) {
            throw windowing("frame start cannot be UNBOUNDED FOLLOWING", start);
        }
        if (end == null) {
            if (start.UNBOUNDED() == null && start.FOLLOWING() != null) {
                throw windowing("frame starting from following row cannot end with current row", start);
            }
            return;
        }
        if (end.UNBOUNDED() != null && end.PRECEDING() != null) {
            throw windowing("frame end cannot be UNBOUNDED PRECEDING", end);
        }
        if (start.CURRENT() != null && end.PRECEDING() != null) {
            throw windowing("frame starting from current row cannot have preceding rows", end);
        }
        if (start.FOLLOWING() != null && (end.PRECEDING() != null || end.CURRENT() != null)) {
            throw windowing("frame starting from following row cannot have preceding rows", end);
        }
    }

    private static KadeException windowing(String message, ParserRuleContext place) {
        return KadeException.of(ErrorCode.WINDOWING_ERROR, message).at(Positions.of(Places.pos(place)));
    }

    private SqlNode bound(FrameBoundContext bound, WindowFrameContext frame) {
        SqlParserPos pos = Places.pos(bound);
        boolean preceding = bound.PRECEDING() != null;
        if (bound.UNBOUNDED() != null) {
            return preceding ? SqlWindow.createUnboundedPreceding(pos) : SqlWindow.createUnboundedFollowing(pos);
        }
        if (bound.CURRENT() != null) {
            return SqlWindow.createCurrentRow(pos);
        }
        String mark = frame.ROWS() != null
                ? KadeOperators.ROWS_OFFSET
                : frame.RANGE() != null ? KadeOperators.RANGE_OFFSET : KadeOperators.GROUPS_OFFSET;
        SqlNode offset = ast.expressions.bound(bound.bound());
        if (hasQuery(offset)) {
            throw Unsupported.feature(
                    "subqueries as offsets of window frames are", bound.bound().getStart());
        }
        SqlNode distance = ast.functions.named(mark, pos, offset);
        return preceding ? SqlWindow.createPreceding(distance, pos) : SqlWindow.createFollowing(distance, pos);
    }

    private static boolean hasQuery(SqlNode offset) {
        boolean[] found = {false};
        offset.accept(new SqlBasicVisitor<@Nullable Void>() {
            @Override
            public @Nullable Void visit(SqlCall call) {
                found[0] |= call.isA(SqlKind.QUERY);
                return found[0] ? null : super.visit(call);
            }
        });
        return found[0];
    }

    private static SqlLiteral exclusion(WindowFrameContext frame, SqlParserPos pos) {
        if (frame.EXCLUDE() == null || frame.OTHERS() != null) {
            return SqlWindow.createExcludeNoOthers(pos);
        }
        if (frame.CURRENT() != null) {
            return SqlWindow.createExcludeCurrentRow(pos);
        }
        return frame.TIES() != null ? SqlWindow.createExcludeTies(pos) : SqlWindow.createExcludeGroup(pos);
    }
}
