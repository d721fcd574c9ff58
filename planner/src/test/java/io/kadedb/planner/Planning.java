package io.kadedb.planner;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.security.AccessControl;
import io.kadedb.common.security.Principal;
import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.parser.SqlParser;
import io.kadedb.planner.api.FileCatalog;
import io.kadedb.planner.api.FileFormat;
import io.kadedb.planner.api.PlannedStatement;
import io.kadedb.planner.api.PlanningContext;
import io.kadedb.planner.api.RuleSet;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.physical.PlanPrinter;
import java.time.ZoneOffset;
import java.util.List;

/** Plans statements over a test catalog. */
final class Planning {
    static final FileCatalog FILES = (path, options) -> {
        if (path.contains("missing")) {
            throw KadeException.of(ErrorCode.UNDEFINED_FILE, "file \"" + path + "\" does not exist");
        }
        return new FileCatalog.FileDescription(
                path.endsWith("parquet") ? FileFormat.PARQUET : FileFormat.CSV,
                List.of(new Field("id", SqlType.BIGINT, true), new Field("name", SqlType.TEXT, true)),
                500);
    };

    private final TestCatalog catalog;
    private final AccessControl access;
    private final KadePlanner planner = new KadePlanner();

    Planning(TestCatalog catalog) {
        this(catalog, AccessControl.allowAll());
    }

    Planning(TestCatalog catalog, AccessControl access) {
        this.catalog = catalog;
        this.access = access;
    }

    PlanningContext context() {
        return new PlanningContext(
                catalog.snapshot(),
                catalog.statistics(),
                FILES,
                Principal.EMBEDDED_OWNER,
                access,
                List.of("public"),
                ZoneOffset.UTC,
                RuleSet.ALL);
    }

    PlannedStatement plan(String sql) {
        return planner.plan(new SqlParser().parse(sql).getFirst(), context());
    }

    PhysicalPlan query(String sql) {
        return ((PlannedStatement.Query) plan(sql)).plan();
    }

    List<Field> columns(String sql) {
        return ((PlannedStatement.Query) plan(sql)).columns();
    }

    String explain(String sql) {
        return PlanPrinter.text(
                switch (plan(sql)) {
                    case PlannedStatement.Query query -> query.plan();
                    case PlannedStatement.Modification modification -> modification.plan();
                    case PlannedStatement.CreateTableAs create -> create.source();
                    case PlannedStatement.CopyTo copy -> copy.plan();
                    case PlannedStatement.Definition definition -> throw new IllegalArgumentException(sql);
                    case PlannedStatement.Alteration alteration -> throw new IllegalArgumentException(sql);
                    case PlannedStatement.TableLocks locks -> throw new IllegalArgumentException(sql);
                });
    }
}
