package io.kadedb.planner.api;

import io.kadedb.common.catalog.CatalogSnapshot;
import io.kadedb.common.security.AccessControl;
import io.kadedb.common.security.Principal;
import java.time.ZoneId;
import java.util.List;

/**
 * Everything outside a statement's text that its plan depends on.
 *
 * @param searchPath schemas in which unqualified names are looked up; the first takes new objects
 * @param timeZone of the session: decides how TIMESTAMPTZ literals are read
 * @param rules the rewrites to make
 */
public record PlanningContext(
        CatalogSnapshot catalog,
        StatisticsSource statistics,
        FileCatalog files,
        Principal principal,
        AccessControl access,
        List<String> searchPath,
        ZoneId timeZone,
        RuleSet rules) {
    public PlanningContext {
        searchPath = List.copyOf(searchPath);
    }
}
