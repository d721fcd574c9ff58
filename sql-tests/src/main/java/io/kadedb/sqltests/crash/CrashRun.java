package io.kadedb.sqltests.crash;

import io.kadedb.bench.measure.DataDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Kills processes that serve databases, with new ones after a while. */
public final class CrashRun {
    private final long seed;
    private final int kills;
    private final int killsEach;
    private final int databases;
    private final PrintWriter out;

    /**
     * A number of kills.
     *
     * @param kills of processes
     * @param killsEach how many of them with the same databases
     * @param databases how many each process serves
     */
    public CrashRun(long seed, int kills, int killsEach, int databases, PrintWriter out) {
        this.seed = seed;
        this.kills = kills;
        this.killsEach = killsEach;
        this.databases = databases;
        this.out = out;
    }

    /**
     * Runs it in a folder, where databases stay of which something does not hold.
     *
     * @return whether all holds that has to
     */
    public boolean run(Path folder) throws IOException {
        long begin = System.nanoTime();
        long acknowledged = 0;
        int done = 0;
        for (long own = seed; done < kills; own++) {
            Path place = Files.createDirectories(folder.resolve("seed" + own));
            Episode episode = new Episode(own, place, databases);
            try {
                episode.run(Math.min(killsEach, kills - done));
            } catch (Violation | SQLException e) {
                out.printf(Locale.ROOT, "seed %d, after %d kills: %s%n", own, episode.kills(), e.getMessage());
                e.printStackTrace(out);
                out.flush();
                return false;
            }
            DataDirectory.delete(place);
            done += episode.kills();
            acknowledged += episode.acknowledged();
            out.printf(
                    Locale.ROOT,
                    "seed %d: %d kills of %d databases each so far, %d acknowledged transactions, %d s%n",
                    own,
                    done,
                    databases,
                    acknowledged,
                    TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin));
            out.flush();
        }
        out.println("all that was acknowledged is there");
        out.flush();
        return true;
    }
}
