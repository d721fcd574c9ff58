package io.kadedb.planner.dml;

import io.kadedb.common.catalog.CatalogChange;
import io.kadedb.common.catalog.SequenceDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.security.Privilege;
import io.kadedb.parser.ast.QualifiedName;
import io.kadedb.parser.ast.Statement;
import io.kadedb.planner.PlanningSession;
import io.kadedb.planner.api.PlannedStatement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * TRUNCATE: the rows of each table become those of an empty one, whatever their number. Like other changes of the catalog it
 * is part of the transaction, and others that write the table meanwhile lose.
 */
public final class TruncatePlanner {
    private final PlanningSession session;

    public TruncatePlanner(PlanningSession session) {
        this.session = session;
    }

    /** The changes. */
    public PlannedStatement.Definition plan(Statement.Truncate truncate) {
        Map<Long, TableDefinition> tables = new LinkedHashMap<>();
        for (QualifiedName name : truncate.tables()) {
            add(Targets.plain(session, name), tables);
        }
        List<String> notices = new ArrayList<>();
        if (truncate.cascade()) {
            cascade(tables, notices);
        } else {
            tables.values().forEach(table -> checkReferences(table, tables, truncate));
        }
        List<CatalogChange> changes = new ArrayList<>();
        for (TableDefinition table : tables.values()) {
            // No table that a statement makes has such a name.
            String empty = "\u0000" + table.name();
            changes.add(new CatalogChange.CreateShadow(table.withName(table.schema(), empty)));
            changes.add(new CatalogChange.SwapShadow(table, empty));
            if (truncate.restartIdentity()) {
                for (SequenceDefinition sequence : session.context().catalog().sequencesOf(table.id())) {
                    changes.add(new CatalogChange.ReplaceSequence(sequence.withFirst(sequence.start()), true));
                }
            }
        }
        return new PlannedStatement.Definition("TRUNCATE TABLE", changes, notices);
    }

    private void add(TableDefinition table, Map<Long, TableDefinition> tables) {
        Targets.check(session.context(), Privilege.TRUNCATE, table, List.of());
        tables.put(table.id(), table);
    }

    /** Adds the tables that refer to those there are, and those that refer to them. */
    private void cascade(Map<Long, TableDefinition> tables, List<String> notices) {
        Deque<TableDefinition> open = new ArrayDeque<>(tables.values());
        while (!open.isEmpty()) {
            for (TableDefinition other : ForeignKeyPlanner.referencing(session, open.remove())) {
                if (!tables.containsKey(other.id())) {
                    add(other, tables);
                    open.add(other);
                    notices.add("truncate cascades to table \"" + other.name() + "\"");
                }
            }
        }
    }

    private void checkReferences(
            TableDefinition table, Map<Long, TableDefinition> tables, Statement.Truncate truncate) {
        for (TableDefinition other : ForeignKeyPlanner.referencing(session, table)) {
            if (!tables.containsKey(other.id())) {
                throw KadeException.of(
                                ErrorCode.FEATURE_NOT_SUPPORTED,
                                "cannot truncate a table referenced in a foreign key constraint")
                        .at(truncate.tables().getFirst().position())
                        .detail("Table \"" + other.name() + "\" references \"" + table.name() + "\".")
                        .hint("Truncate table \"" + other.name() + "\" at the same time, or use TRUNCATE ... CASCADE.");
            }
        }
    }
}
