package io.kadedb.sqltests.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadedb.sqltests.database.EmbeddedTarget;
import io.kadedb.sqltests.database.RemoteTarget;
import io.kadedb.sqltests.database.Target;
import io.kadedb.sqltests.slt.Script;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SQLite's corpus: a few queries of every family of files each time, all of it and a part over the driver on demand. */
class CorpusTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final long SEED = 20_261_123;

    @TempDir
    private Path temporary;

    // JUnit sets the folder before it calls a test.
    @SuppressWarnings("NullAway.Init")
    CorpusTest() {}

    @Test
    void isThere() throws IOException {
        assertThat(Corpus.scripts()).hasSize(Corpus.FILES);
    }

    @Test
    void sampleOfEveryFamily() throws Exception {
        List<FileTally> tallies = run(new EmbeddedTarget(), oneOfEachFamily(), Sample.parse("1%", SEED), 2);
        check(tallies);
        assertThat(tallies.stream().mapToLong(FileTally::passed).sum()).isGreaterThan(1_000);
    }

    @Test
    @Tag("slow")
    void hundredthOverTheDriver() throws Exception {
        check(run(new RemoteTarget(List.of()), Corpus.scripts(), Sample.parse("1%", SEED), 2));
    }

    @Test
    @Tag("slow")
    void all() throws Exception {
        check(run(new EmbeddedTarget(), Corpus.scripts(), Sample.ALL, 2));
    }

    /** Of each family one file, always the same for a seed; of the small ones all. */
    private static List<Script> oneOfEachFamily() throws IOException {
        Map<String, List<Script>> families = new TreeMap<>();
        for (Script script : Corpus.scripts()) {
            families.computeIfAbsent(family(script.name()), f -> new ArrayList<>())
                    .add(script);
        }
        List<Script> chosen = new ArrayList<>();
        families.forEach((family, scripts) -> {
            if (family.equals("evidence")) {
                chosen.addAll(scripts);
            } else {
                long choice = Sample.mixed(SEED ^ family.hashCode());
                chosen.add(scripts.get(Math.floorMod(choice, scripts.size())));
            }
        });
        return chosen;
    }

    /** The folder without the number of rows; a family of its own for each file that is in none. */
    private static String family(String script) {
        String folder = Corpus.folder(script);
        return folder.equals("select") ? script : folder.replaceFirst("/[0-9]+$", "");
    }

    private static List<FileTally> run(Target target, List<Script> scripts, Sample sample, int jobs) throws Exception {
        List<FileTally> tallies = new ArrayList<>();
        try (target) {
            new CorpusRun(target, sample, jobs, LIMIT).run(scripts, tallies::add);
        }
        return tallies;
    }

    private void check(List<FileTally> tallies) throws IOException {
        assertThat(tallies.stream().flatMap(tally -> tally.failures().stream())).isEmpty();
        Path journal = temporary.resolve("journal");
        try (CorpusJournal written = CorpusJournal.open(journal, "a run")) {
            for (FileTally tally : tallies) {
                written.add(tally);
            }
        }
        try (CorpusJournal read = CorpusJournal.open(journal, "a run")) {
            assertThat(read.finished()).isEqualTo(tallies);
        }
    }
}
