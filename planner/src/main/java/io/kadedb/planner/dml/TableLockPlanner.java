package io.kadedb.planner.dml;

import io.kadedb.common.catalog.CatalogSnapshot;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.catalog.ViewDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.lock.TableLockMode;
import io.kadedb.common.security.Privilege;
import io.kadedb.parser.ast.Name;
import io.kadedb.parser.ast.QualifiedName;
import io.kadedb.parser.ast.Statement;
import io.kadedb.planner.PlanningSession;
import io.kadedb.planner.api.PlannedStatement;
import io.kadedb.planner.validate.Suggestions;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** LOCK TABLE: of a view, the tables beneath it. */
public final class TableLockPlanner {
    private final PlanningSession session;

    public TableLockPlanner(PlanningSession session) {
        this.session = session;
    }

    /**
     * The locks.
     *
     * @throws KadeException 42P01 for what there is not, 42601 for a mode that there is not, 42501
     */
    public PlannedStatement.TableLocks plan(Statement.LockTables lock) {
        TableLockMode mode = lock.mode().map(TableLockPlanner::mode).orElse(TableLockMode.ACCESS_EXCLUSIVE);
        Map<Long, TableDefinition> tables = new LinkedHashMap<>();
        for (QualifiedName name : lock.tables()) {
            Optional<ViewDefinition> view = session.catalog()
                    .findView(name.schema().map(Name::text), name.last().text());
            if (view.isPresent()) {
                addBeneath(view.get(), tables);
            } else {
                TableDefinition table = Targets.plain(session, name);
                tables.put(table.id(), table);
            }
        }
        Privilege privilege = mode == TableLockMode.ACCESS_SHARE ? Privilege.SELECT : Privilege.UPDATE;
        for (TableDefinition table : tables.values()) {
            Targets.check(session.context(), privilege, table, List.of());
        }
        return new PlannedStatement.TableLocks(List.copyOf(tables.values()), mode, !lock.noWait());
    }

    private static TableLockMode mode(Name words) {
        return TableLockMode.of(words.text()).orElseThrow(() -> {
            List<String> modes = Arrays.stream(TableLockMode.values())
                    .map(TableLockMode::text)
                    .toList();
            return KadeException.of(ErrorCode.SYNTAX_ERROR, "there is no lock mode \"" + words.text() + "\"")
                    .at(words.position())
                    .hint(Suggestions.hint(words.text(), modes).orElse("the modes are " + String.join(", ", modes)));
        });
    }

    private void addBeneath(ViewDefinition view, Map<Long, TableDefinition> tables) {
        CatalogSnapshot catalog = session.context().catalog();
        for (ViewDefinition.UsedRelation used : view.relations()) {
            catalog.table(used).ifPresent(table -> tables.put(table.id(), table));
            catalog.view(used.id()).ifPresent(other -> addBeneath(other, tables));
        }
    }
}
