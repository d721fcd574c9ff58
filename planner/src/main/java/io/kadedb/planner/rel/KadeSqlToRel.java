package io.kadedb.planner.rel;

import io.kadedb.planner.validate.KadeValidator;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.prepare.Prepare;
import org.apache.calcite.sql2rel.SqlRexConvertletTable;
import org.apache.calcite.sql2rel.SqlToRelConverter;

/** Calcite's converter with our graph patterns in FROM. */
final class KadeSqlToRel extends SqlToRelConverter {
    KadeSqlToRel(
            RelOptTable.ViewExpander viewExpander,
            KadeValidator validator,
            Prepare.CatalogReader catalogReader,
            RelOptCluster cluster,
            SqlRexConvertletTable convertletTable,
            Config config) {
        super(viewExpander, validator, catalogReader, cluster, convertletTable, config);
    }
}
