package io.kadedb.parser;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ast.ElementTable.Properties;
import io.kadedb.parser.ast.Name;
import io.kadedb.parser.ast.Statement;
import io.kadedb.parser.graph.Direction;
import io.kadedb.parser.graph.PathMode;
import io.kadedb.parser.graph.PathPattern;
import io.kadedb.parser.graph.PathPrefix;
import io.kadedb.parser.graph.PathSelector;
import io.kadedb.parser.graph.PatternElement;
import io.kadedb.parser.graph.PatternElement.Edge;
import io.kadedb.parser.graph.Quantifier;
import io.kadedb.parser.graph.SqlGraphTable;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.junit.jupiter.api.Test;

class GraphTest {
    /** LATERAL, then AS when there is an alias, stand around it. */
    private static SqlGraphTable match(String patterns) {
        SqlSelect select =
                (SqlSelect) Sql.query("select * from graph_table (g match " + patterns + " columns (1 as x))");
        return ((SqlBasicCall) Objects.requireNonNull(select.getFrom())).operand(0);
    }

    private static List<PatternElement> elements(String pattern) {
        return match(pattern).clauses().getFirst().paths().getFirst().elements();
    }

    private static Edge edge(String edge) {
        return (Edge) elements("(a)" + edge + "(b)").get(1);
    }

    @Test
    void vertices() {
        PatternElement person =
                elements("(p is person|\"City\" where p.age > 3)").getFirst();
        assertThat(person.variable().map(Name::text)).contains("p");
        assertThat(person.labels().orElseThrow().names()).extracting(Name::text).containsExactly("person", "City");
        assertThat(Sql.oneLine(person.where().orElseThrow())).isEqualTo("p.age > 3");
        assertThat(elements("()").getFirst().variable()).isEmpty();
        assertThat(elements("(:person)").getFirst().labels()).isPresent();
    }

    @Test
    void edgesInEveryDirection() {
        assertThat(edge("-[e]->").direction()).isEqualTo(Direction.RIGHT);
        assertThat(edge("<-[e]-").direction()).isEqualTo(Direction.LEFT);
        assertThat(edge("-[e]-").direction()).isEqualTo(Direction.ANY);
        assertThat(edge("<-[e]->").direction()).isEqualTo(Direction.ANY);
        assertThat(edge("->").direction()).isEqualTo(Direction.RIGHT);
        assertThat(edge("<-").direction()).isEqualTo(Direction.LEFT);
        assertThat(edge("-").direction()).isEqualTo(Direction.ANY);
        assertThat(edge("<->").direction()).isEqualTo(Direction.ANY);
        Edge knows = edge("-[e is knows where e.since < -1]->");
        assertThat(knows.labels()).isPresent();
        assertThat(knows.where()).isPresent();
    }

    @Test
    void quantifiers() {
        assertThat(edge("-[e]->").quantifier()).isEmpty();
        assertThat(edge("-[e]->{1,3}").quantifier()).contains(new Quantifier(1, 3));
        assertThat(edge("-[e]->{2}").quantifier()).contains(new Quantifier(2, 2));
        assertThat(edge("->{,4}").quantifier()).contains(new Quantifier(0, 4));
        for (String unbounded : new String[] {"*", "+", "{2,}", "{,}"}) {
            assertThat(Sql.error("select * from graph_table(g match (a)->" + unbounded + "(b) columns (1))")
                            .code())
                    .isEqualTo(ErrorCode.SYNTAX_ERROR);
        }
        assertThat(Sql.error("select * from graph_table(g match (a)->{3,1}(b) columns (1))")
                        .code())
                .isEqualTo(ErrorCode.SYNTAX_ERROR);
    }

    @Test
    void paths() {
        assertThat(elements("(a)-[e]->(b)<-[f]-(c)")).hasSize(5);
        assertThat(elements("-[e]->-[f]->")).hasSize(5);
        assertThat(match("(a)->(b), (b)->(c)").clauses().getFirst().paths()).hasSize(2);
        assertThat(Sql.error("select * from graph_table(g match (a)(b) columns (1))")
                        .code())
                .isEqualTo(ErrorCode.SYNTAX_ERROR);
        assertThat(Sql.error("select * from graph_table(g match (a)- [e]->(b) columns (1))")
                        .code())
                .isEqualTo(ErrorCode.SYNTAX_ERROR);
    }

    @Test
    void labelExpressionsPutAndBeforeOr() {
        assertThat(labels("(p is a|b&!c)")).isEqualTo("a|(b&!c)");
        assertThat(labels("(p is (a|b)&%)")).isEqualTo("(a|b)&%");
        assertThat(labels("(p:!(a|b))")).isEqualTo("!(a|b)");
        assertThat(labels("(p is !!a)")).isEqualTo("!!a");
    }

    private static String labels(String vertex) {
        return elements(vertex).getFirst().labels().orElseThrow().sql(name -> name);
    }

    @Test
    void unboundedPathsNeedASelector() {
        assertThat(path("p = any shortest (a)-[e is knows]->+(b)").prefix().selector())
                .isEqualTo(PathSelector.ANY_SHORTEST);
        assertThat(path("p = any shortest (a)->(b)").variable().orElseThrow().text())
                .isEqualTo("p");
        assertThat(path("all shortest walk path (a)-[e]->{2,}(b)").prefix().selector())
                .isEqualTo(PathSelector.ALL_SHORTEST);
        assertThat(quantifier("any (a)-[e]->*(b)")).isEqualTo("{0,}");
        assertThat(quantifier("any (a)-[e]->{,4}(b)")).isEqualTo("{0,4}");
        assertThat(quantifier("any (a)-[e]->{2,}(b)")).isEqualTo("{2,}");
        KadeException endless = Sql.error("select * from graph_table(g match (a)-[e]->+(b) columns (1))");
        assertThat(endless.code()).isEqualTo(ErrorCode.SYNTAX_ERROR);
        assertThat(endless.hint().orElseThrow()).contains("TRAIL", "ANY SHORTEST", "{1,5}");
        assertThat(endless.position()).isPresent();
        assertThat(path("trail (a)-[e]->+(b)").prefix().mode()).isEqualTo(PathMode.TRAIL);
    }

    @Test
    void prefixesOfPaths() {
        assertThat(prefix("all (a)")).isEqualTo(PathPrefix.NONE);
        assertThat(prefix("paths (a)")).isEqualTo(PathPrefix.NONE);
        assertThat(prefix("any 3 simple paths (a)")).isEqualTo(new PathPrefix(PathSelector.ANY, 3, PathMode.SIMPLE));
        assertThat(prefix("any (a)")).isEqualTo(new PathPrefix(PathSelector.ANY, 1, PathMode.WALK));
        assertThat(prefix("any shortest trail path (a)"))
                .isEqualTo(new PathPrefix(PathSelector.ANY_SHORTEST, 1, PathMode.TRAIL));
        assertThat(prefix("all shortest acyclic (a)"))
                .isEqualTo(new PathPrefix(PathSelector.ALL_SHORTEST, 1, PathMode.ACYCLIC));
        assertThat(prefix("shortest 2 (a)")).isEqualTo(new PathPrefix(PathSelector.SHORTEST, 2, PathMode.WALK));
        assertThat(prefix("shortest 2 trail paths groups (a)"))
                .isEqualTo(new PathPrefix(PathSelector.SHORTEST_GROUPS, 2, PathMode.TRAIL));
        assertThat(prefix("shortest group (a)"))
                .isEqualTo(new PathPrefix(PathSelector.SHORTEST_GROUPS, 1, PathMode.WALK));
        for (String wrong :
                new String[] {"any 0 (a)", "all 2 (a)", "trail any (a)", "any shortest 3 (a)", "any group (a)"}) {
            assertThat(Sql.error("select * from graph_table(g match " + wrong + " columns (1))")
                            .code())
                    .isEqualTo(ErrorCode.SYNTAX_ERROR);
        }
        assertThat(Sql.printed("select 1 from graph_table (g match shortest 2 simple groups (a)->*(b), trail (b)->+(c)"
                        + " columns (c.z))"))
                .contains("MATCH SHORTEST 2 SIMPLE GROUPS (a)-[]->{0,}(b), TRAIL (b)-[]->{1,}(c) COLUMNS");
    }

    @Test
    void costs() {
        assertThat(prefix("any cheapest (a)")).isEqualTo(new PathPrefix(PathSelector.ANY_CHEAPEST, 1, PathMode.WALK));
        assertThat(prefix("cheapest 3 trail paths (a)"))
                .isEqualTo(new PathPrefix(PathSelector.CHEAPEST, 3, PathMode.TRAIL));
        assertThat(Sql.printed("select 1 from graph_table (g match any cheapest (a)-[e is road where e.x > 1 cost"
                        + " e.km]->+(b), cheapest 2 ((b)-[cost]->(c) cost cost.km + 1)+ columns (1))"))
                .contains("ANY CHEAPEST (a)-[e IS road WHERE e.x > 1 COST e.km]->{1,}(b)")
                .contains("CHEAPEST 2 ()((b)-[cost]->(c) COST cost.km + 1){1,}()");
        for (String wrong : new String[] {
            "any cheapest (a)-[e]->+(b)",
            "any shortest (a)-[e cost 1]->+(b)",
            "(a cost 3)",
            "any cheapest (a)-[e price 1]->+(b)"
        }) {
            assertThat(Sql.error("select * from graph_table(g match " + wrong + " columns (1))")
                            .code())
                    .isEqualTo(ErrorCode.SYNTAX_ERROR);
        }
    }

    @Test
    void pathsInParentheses() {
        PatternElement.Group group =
                (PatternElement.Group) elements("(x) ((a where a.n = 1)-[e]->(b) where e.w > 3){1,3} (y)")
                        .get(1);
        assertThat(group.elements()).hasSize(3);
        assertThat(group.where()).isPresent();
        assertThat(group.quantifier()).contains(new Quantifier(1, 3));
        assertThat(elements("(->-[f]->){2}")).hasSize(3);
        assertThat(Sql.printed("select 1 from graph_table (g match any ((a where a.n = 1)-[e]->(b) where e.w > 3)+"
                        + " columns (1))"))
                .contains("MATCH ANY 1 ()((a WHERE a.n = 1)-[e]->(b) WHERE e.w > 3){1,}() COLUMNS");
        SqlGraphTable table = match("((a where a.n = 1)-[e where e.w = 2]->(b) where b.n = 3){1,3} where 4 = 5");
        assertThat(table.getOperandList()).hasSize(11);
        assertThat(Sql.oneLine(table.clone(SqlParserPos.ZERO))).isEqualTo(Sql.oneLine(table));
        assertThat(Sql.error("select * from graph_table(g match ((a)->(b))+ columns (1))")
                        .code())
                .isEqualTo(ErrorCode.SYNTAX_ERROR);
        assertThat(Sql.error("select * from graph_table(g match ((a)->(b)) columns (1))")
                        .code())
                .isEqualTo(ErrorCode.FEATURE_NOT_SUPPORTED);
    }

    private static PathPrefix prefix(String pattern) {
        return path(pattern).prefix();
    }

    private static PathPattern path(String pattern) {
        return match(pattern).clauses().getFirst().paths().getFirst();
    }

    private static String quantifier(String pattern) {
        return ((PatternElement.Edge) path(pattern).elements().get(1))
                .quantifier()
                .orElseThrow()
                .toString();
    }

    @Test
    void optionalPartsKeepTheirConditions() {
        assertThat(Sql.printed("select 1 from graph_table (g match (a) where a.x = 1 optional match (a)-[e]->(b)"
                        + " where b.y = 2 optional match q = any shortest (b)->+(c) columns (c.z as z))"))
                .contains("MATCH (a) WHERE a.x = 1 OPTIONAL MATCH (a)-[e]->(b) WHERE b.y = 2"
                        + " OPTIONAL MATCH q = ANY SHORTEST (b)-[]->{1,}(c) COLUMNS (c.z AS z)");
    }

    @Test
    void theWholeTable() {
        assertThat(Sql.printed("""
            select n from graph_table (s.g match (p is person)-[e is knows]->{1,2}(q) where p.id = 1
              columns (p.name as n, q.*, e.since)) as gt (n, m)
            """))
                .isEqualTo("SELECT n FROM LATERAL(GRAPH_TABLE (s.g MATCH (p IS person)-[e IS knows]->{1,2}(q)"
                        + " WHERE p.id = 1 COLUMNS (p.name AS n, q.*, e.since))) AS gt (n, m)");
    }

    @Test
    void aShuttleReachesAndCopiesEveryExpression() {
        SqlGraphTable table = match("(p where p.a = 1)-[e where e.b = 1]->(q) where p.c = 1");
        SqlNode copy = Objects.requireNonNull(table.accept(new SqlShuttle() {
            @Override
            public SqlNode visit(SqlIdentifier id) {
                return id.names.size() < 2
                        ? id
                        : new SqlIdentifier(List.of("x", id.names.get(1)), id.getParserPosition());
            }

            @Override
            public SqlNode visit(SqlCall call) {
                return Objects.requireNonNull(super.visit(call));
            }
        }));
        assertThat(copy).isInstanceOf(SqlGraphTable.class);
        assertThat(Sql.oneLine(copy)).contains("x.a = 1", "x.b = 1", "x.c = 1").contains("-[e WHERE");
        assertThat(Sql.oneLine(table)).contains("p.a = 1");
        assertThat(copy.clone(SqlParserPos.ZERO)).isNotSameAs(copy);
    }

    @Test
    void definitions() {
        var create = (Statement.CreatePropertyGraph) Sql.statement("""
            create property graph if not exists s.g
              vertex tables (
                person key (id) label person properties (id, first || last as name) label thing no properties,
                s.city as town)
              edge tables (
                knows source key (a) references person (id) destination key (b) references person (id)
                  properties are all columns except (secret),
                lives key (x) source person destination town label home)
            """);
        assertThat(create.vertices()).hasSize(2);
        assertThat(create.vertices().get(0).labels()).hasSize(2);
        assertThat(create.vertices().get(0).labels().get(0).properties())
                .isInstanceOfSatisfying(
                        Properties.Listed.class,
                        listed -> assertThat(listed.properties().get(1).value().text())
                                .isEqualTo("first || last"));
        assertThat(create.vertices().get(1).alias().text()).isEqualTo("town");
        assertThat(create.vertices().get(1).label("town")).isPresent();
        assertThat(create.edges().get(0).source().key()).extracting(Name::text).containsExactly("a");
        assertThat(create.edges().get(0).destination().referencedColumns()).hasSize(1);
        assertThat(create.edges().get(0).element().labels().getFirst().properties())
                .isInstanceOfSatisfying(
                        Properties.AllColumns.class,
                        all -> assertThat(all.except()).hasSize(1));
        assertThat(create.edges().get(1).source().vertex().text()).isEqualTo("person");
        assertThat(create.edges().get(1).source().key()).isEmpty();
        assertThat(((Statement.DropPropertyGraph) Sql.statement("drop property graph if exists g")).ifExists())
                .isTrue();
        assertThat(create.edges()
                        .get(1)
                        .element()
                        .label("home")
                        .map(label -> label.name().text()))
                .isEqualTo(Optional.of("home"));
    }
}
