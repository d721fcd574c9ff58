package io.kadedb.parser.graph;

/**
 * How often an edge repeats.
 *
 * @param max {@link #UNBOUNDED} for none
 */
public record Quantifier(int min, int max) {
    public static final int UNBOUNDED = Integer.MAX_VALUE;

    public Quantifier {
        if (min < 0 || max < min) {
            throw new IllegalArgumentException("not a quantifier: {" + min + "," + max + "}");
        }
    }

    @Override
    public String toString() {
        return min == max ? "{" + min + "}" : "{" + min + "," + (max == UNBOUNDED ? "" : max) + "}";
    }
}
