package io.kadedb.planner.dml;

import io.kadedb.common.catalog.CatalogChange;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.security.Privilege;
import io.kadedb.parser.ast.QualifiedName;
import io.kadedb.parser.ast.Statement;
import io.kadedb.planner.PlanningSession;
import io.kadedb.planner.api.PlannedStatement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * TRUNCATE: each table is replaced by an empty one of the same definition, whatever the number of its rows. Like other
 * changes of the catalog it is part of the transaction, and others that write the table meanwhile lose.
 */
public final class TruncatePlanner {
    private final PlanningSession session;

    public TruncatePlanner(PlanningSession session) {
        this.session = session;
    }

    /** The changes. */
    public PlannedStatement.Definition plan(Statement.Truncate truncate) {
        Set<TableDefinition> tables = new LinkedHashSet<>();
        for (QualifiedName name : truncate.tables()) {
            TableDefinition table = Targets.table(session, name);
            Targets.check(session.context(), Privilege.DELETE, table, List.of());
            tables.add(table);
        }
        List<CatalogChange> changes = new ArrayList<>();
        for (TableDefinition table : tables) {
            changes.add(new CatalogChange.DropTable(table.schema(), table.name()));
            changes.add(new CatalogChange.CreateTable(table));
        }
        return new PlannedStatement.Definition("TRUNCATE TABLE", changes, List.of());
    }
}
