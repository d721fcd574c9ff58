package io.kadedb.sqltests.crash;

import io.kadedb.bench.measure.DataDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Kills servers of one database after the other. */
public final class CrashRun {
    private final long seed;
    private final int kills;
    private final int killsEach;
    private final PrintWriter out;

    /**
     * A number of kills.
     *
     * @param killsEach how many the servers of one database
     */
    public CrashRun(long seed, int kills, int killsEach, PrintWriter out) {
        this.seed = seed;
        this.kills = kills;
        this.killsEach = killsEach;
        this.out = out;
    }

    /**
     * Runs it in a folder, where the database stays of which something does not hold.
     *
     * @return whether all holds that has to
     */
    public boolean run(Path folder) throws IOException {
        long begin = System.nanoTime();
        long acknowledged = 0;
        int done = 0;
        for (long own = seed; done < kills; own++) {
            Path place = Files.createDirectories(folder.resolve("seed" + own));
            Episode episode = new Episode(own, place);
            try {
                episode.run(Math.min(killsEach, kills - done));
            } catch (Violation | SQLException e) {
                out.printf(Locale.ROOT, "seed %d, after %d kills: %s%n", own, episode.kills(), e.getMessage());
                out.println("the database is in " + place);
                e.printStackTrace(out);
                out.flush();
                return false;
            }
            DataDirectory.delete(place);
            done += episode.kills();
            acknowledged += episode.acknowledged();
            out.printf(
                    Locale.ROOT,
                    "seed %d: %d kills so far, %d acknowledged transactions, %d s%n",
                    own,
                    done,
                    acknowledged,
                    TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin));
            out.flush();
        }
        out.println("all that was acknowledged is there");
        out.flush();
        return true;
    }
}
