package io.kadedb.parser;

import io.kadedb.parser.grammar.KadeSqlParser.*;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.parser.SqlParserPos;
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
        if (frame.GROUPS() != null) {
            throw Unsupported.feature("GROUPS frames are", frame.GROUPS().getSymbol());
        }
        return SqlWindow.create(
                name,
                base,
                partition,
                order,
                SqlLiteral.createBoolean(frame.ROWS() != null, pos),
                bound(frame.frameBound(0)),
                frame.frameBound().size() > 1 ? bound(frame.frameBound(1)) : null,
                null,
                exclusion(frame, pos),
                pos);
    }

    private SqlNode bound(FrameBoundContext bound) {
        SqlParserPos pos = Places.pos(bound);
        boolean preceding = bound.PRECEDING() != null;
        if (bound.UNBOUNDED() != null) {
            return preceding ? SqlWindow.createUnboundedPreceding(pos) : SqlWindow.createUnboundedFollowing(pos);
        }
        if (bound.CURRENT() != null) {
            return SqlWindow.createCurrentRow(pos);
        }
        SqlNode distance = ast.expressions.bound(bound.bound());
        return preceding ? SqlWindow.createPreceding(distance, pos) : SqlWindow.createFollowing(distance, pos);
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
