package io.kadedb.planner.rel;

import io.kadedb.planner.types.KadeTypeFactory;
import org.apache.calcite.plan.Context;
import org.apache.calcite.plan.Contexts;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.rex.RexExecutor;

/** Makes the surroundings in which relational algebra lives; one for each statement. */
public final class RelPlanner {
    /** Leaves constant expressions alone: {@code ConstantFolding} is the only one to fold them. */
    public static final RexExecutor NO_FOLDING = (builder, constants, reduced) -> reduced.addAll(constants);

    private RelPlanner() {}

    /** A cluster whose metadata and constant folding load no generated code. */
    public static RelOptCluster cluster(KadeTypeFactory typeFactory) {
        return cluster(new KadeRexBuilder(typeFactory), HepProgram.builder().build());
    }

    static RelOptCluster cluster(KadeRexBuilder rexBuilder, HepProgram program) {
        Context context = Contexts.of(NO_FOLDING);
        HepPlanner planner = new HepPlanner(program, context);
        planner.setExecutor(NO_FOLDING);
        RelOptCluster cluster = RelOptCluster.create(planner, rexBuilder);
        cluster.setMetadataQuerySupplier(KadeMetadata::instance);
        return cluster;
    }
}
