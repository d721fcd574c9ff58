package io.kadedb.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.kadedb.common.error.ErrorKind;
import io.kadedb.common.error.KadeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever is written, the answer is a statement or an error that says where. */
class MutationTest {
    private static final List<String> SEEDS = List.of(
            "select a , count ( * ) from t join u using ( id ) where a in ( 1 , 2 ) and not b between 1 and 2 order by"
                    + " 1 limit 3",
            "select case a when 1 then 'x' end , cast ( a as int ) , x :: text , interval '1' day , extract ( year"
                    + " from d ) from t",
            "with r as ( select 1 ) select * from r union all ( values ( 1 ) , ( 2 ) ) offset 1",
            "select * from graph_table ( g match ( a is p where a . x < - 1 ) -[ e is k ]->{1,3}( b ) columns ( a . x"
                    + " as y , b . * ) )",
            "create table t ( a int primary key , b varchar ( 10 ) not null default 'x' , primary key ( a ) )",
            "create property graph g vertex tables ( v key ( id ) label l properties ( a as b ) ) edge tables ( e"
                    + " source key ( s ) references v ( id ) destination key ( d ) references v ( id ) )",
            "insert into t ( a , b ) values ( 1 , default ) ; update t set a = 1 where b ; delete from t using u",
            "copy t from 'x.csv' with ( format csv , header ) ; set search_path to a , b ; show all ; begin read only",
            "select sum ( a order by b ) filter ( where c ) over ( partition by d rows between 1 preceding and current"
                    + " row ) , $1 , ( select 1 ) , ( 1 , 2 ) = any ( select 1 , 2 )");

    @Test
    void mutatedStatementsNeverBreakTheParser() {
        long seed = System.nanoTime();
        System.out.println("MutationTest seed " + seed);
        Random random = new Random(seed);
        List<String> words = new ArrayList<>();
        SEEDS.forEach(statement -> words.addAll(List.of(statement.split(" "))));
        int parsed = 0;
        for (int round = 0; round < 20_000; round++) {
            String text = mutate(SEEDS.get(random.nextInt(SEEDS.size())), words, random);
            parsed += parses(text, seed) ? 1 : 0;
        }
        assertThat(parsed).isPositive();
    }

    private static String mutate(String statement, List<String> words, Random random) {
        List<String> tokens = new ArrayList<>(List.of(statement.split(" ")));
        for (int changes = 1 + random.nextInt(3); changes > 0 && !tokens.isEmpty(); changes--) {
            int at = random.nextInt(tokens.size());
            switch (random.nextInt(4)) {
                case 0 -> tokens.remove(at);
                case 1 -> tokens.add(at, words.get(random.nextInt(words.size())));
                case 2 -> tokens.set(at, words.get(random.nextInt(words.size())));
                default -> {
                    String token = tokens.get(at);
                    tokens.set(at, token.substring(0, random.nextInt(token.length() + 1)));
                }
            }
        }
        return String.join(" ", tokens);
    }

    private static boolean parses(String text, long seed) {
        try {
            Sql.PARSER.parse(text);
            return true;
        } catch (KadeException e) {
            if (e.code().kind() == ErrorKind.INTERNAL || e.position().isEmpty()) {
                fail("seed " + seed + ", " + text, e);
            }
            assertThat(e.report(text)).contains(e.messageText());
            return false;
        } catch (RuntimeException | StackOverflowError | AssertionError e) {
            return fail("seed " + seed + ", " + text, e);
        }
    }
}
