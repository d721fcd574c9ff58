package io.kadedb.sqltests.corpus;

import io.kadedb.sqltests.slt.SltRecord;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which queries of a file run: about this share of them, always the same ones for a seed. All other records always run,
 * since queries see what statements did.
 *
 * @param perMillion how many of a million queries
 */
public record Sample(long seed, int perMillion) {
    private static final int MILLION = 1_000_000;
    private static final Pattern PERCENT = Pattern.compile("([0-9]{1,3}(?:\\.[0-9]{1,4})?)\\s*%?");

    /** Every query. */
    public static final Sample ALL = new Sample(0, MILLION);

    public Sample {
        if (perMillion < 1 || perMillion > MILLION) {
            throw new IllegalArgumentException("a sample is above 0 % and at most 100 %");
        }
    }

    /** Reads a share in percent, such as {@code 1%} or {@code 0.5}. */
    public static Sample parse(String percent, long seed) {
        Matcher matcher = PERCENT.matcher(percent.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("a sample is a percentage such as 1%, not " + percent);
        }
        return new Sample(seed, (int) Math.round(Double.parseDouble(matcher.group(1)) * MILLION / 100));
    }

    /** Whether a record of the script runs. */
    boolean keeps(String script, SltRecord record) {
        return perMillion == MILLION
                || !(record.action() instanceof SltRecord.Query)
                || Math.floorMod(mixed(seed ^ (script.hashCode() * 31L + record.line())), MILLION) < perMillion;
    }

    /** Spreads neighbours over all values: the finalizer of MurmurHash3. */
    static long mixed(long value) {
        long mixed = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }

    @Override
    public String toString() {
        return perMillion == MILLION
                ? "all queries"
                : perMillion / (MILLION / 100.0) + " % of the queries, seed " + seed;
    }
}
