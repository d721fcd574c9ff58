package io.kadedb.sqltests.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A few kills; {@code ./kadedb crash --kills 100} runs many. */
class CrashTest {
    @Test
    void whatIsAcknowledgedSurvivesKills(@TempDir Path folder) throws Exception {
        StringWriter said = new StringWriter();
        long seed = Long.getLong("kadedb.seed", System.nanoTime());
        assertThat(new CrashRun(seed, 2, 2, 2, new PrintWriter(said)).run(folder))
                .as(said.toString())
                .isTrue();
    }

    /** The checks themselves: each finds what was done to what it looks at. */
    @Test
    void checksFindWhatIsWrong(@TempDir Path folder) throws Exception {
        String url = "jdbc:kadedb:mem:crash-checks";
        Survivor database = new Survivor(folder, new SplittableRandom(Long.getLong("kadedb.seed", 1)));
        try (Client client = new Client(url)) {
            database.begin(client);
            AtomicBoolean done = new AtomicBoolean();
            List<Thread> clients = database.work(url, done::get);
            while (database.failure() == null
                    && (database.acknowledged() < 300
                            || !client.value("select (select count(*) > 0 from items) and (select count(*) > 0 from"
                                            + " drawn) and (select count(*) > 0 from refreshed)")
                                    .equals("true"))) {
                Thread.onSpinWait();
            }
            done.set(true);
            for (Thread thread : clients) {
                thread.join();
            }
            assertThat(database.failure()).isNull();
            database.check(client);
            for (String damage : List.of(
                    "update accounts set balance = balance + 1 where id = 1",
                    "delete from items where id = (select min(id) from items)",
                    "update items set name = 'Name 11' where id = (select max(id) from items)",
                    "update progress set number = number - 1 where client = 1",
                    "update lists set v = v || ',999999' where k = (select max(k) from lists)",
                    "delete from drawn where id = (select max(id) from drawn)",
                    "update refreshed set rows = rows + 1",
                    "update progress set number = number + 1 where client = 2")) {
                client.begin("repeatable read");
                client.run(damage);
                assertThatThrownBy(() -> database.check(client)).as(damage).isInstanceOf(Violation.class);
                client.run("rollback");
            }
            database.check(client);
        }
    }
}
