package io.kadedb.sqltests.statements;

import io.kadedb.parser.grammar.KadeSqlParser;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Random;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.ATN;
import org.antlr.v4.runtime.atn.ATNState;
import org.antlr.v4.runtime.atn.RuleStopState;
import org.antlr.v4.runtime.atn.RuleTransition;
import org.antlr.v4.runtime.atn.Transition;
import org.antlr.v4.runtime.misc.IntervalSet;

/**
 * Draws texts that the grammar derives, by walking the parser's own transition network: each branch is as likely as the
 * others until the wanted length is reached; then every rule is left by its shortest way. Used by one thread.
 */
final class GrammarWalk {
    private static final ATN NETWORK = KadeSqlParser._ATN;
    /** A token weighs so much more than a step that the shortest way has fewest tokens, and still always gets on. */
    private static final int TOKEN = 1 << 12;
    /** Of the nesting of rules, far below what exhausts a stack. */
    private static final int MAX_DEPTH = 250;

    private static final int[] TO_END = shortestWays();

    private final Random random;
    private final TokenTexts texts;
    private final StringBuilder text = new StringBuilder();
    private int left;

    GrammarWalk(Random random) {
        this.random = random;
        this.texts = new TokenTexts(random);
    }

    /** For each state the weight of the shortest way to the end of its rule. */
    private static int[] shortestWays() {
        int[] ways = new int[NETWORK.states.size()];
        Arrays.fill(ways, Integer.MAX_VALUE / 4);
        boolean changed = true;
        while (changed) {
            changed = false;
            for (ATNState state : NETWORK.states) {
                int best = state instanceof RuleStopState ? 0 : best(state, ways);
                if (best < ways[state.stateNumber]) {
                    ways[state.stateNumber] = best;
                    changed = true;
                }
            }
        }
        return ways;
    }

    private static int best(ATNState state, int[] ways) {
        int best = Integer.MAX_VALUE / 4;
        for (int i = 0; i < state.getNumberOfTransitions(); i++) {
            best = Math.min(best, weight(state.transition(i), ways));
        }
        return best;
    }

    private static int weight(Transition transition, int[] ways) {
        int way = 1 + ways[target(transition).stateNumber];
        if (transition instanceof RuleTransition rule) {
            return Math.min(Integer.MAX_VALUE / 4, way + ways[rule.target.stateNumber]);
        }
        return transition.isEpsilon() ? way : way + TOKEN;
    }

    /** Where the walk goes on in the same rule. */
    private static ATNState target(Transition transition) {
        return transition instanceof RuleTransition rule ? rule.followState : transition.target;
    }

    /**
     * A text of the rule.
     *
     * @param tokens after which nothing is begun any more
     */
    String draw(int rule, int tokens) {
        text.setLength(0);
        left = tokens;
        Deque<ATNState> callers = new ArrayDeque<>();
        ATNState state = NETWORK.ruleToStartState[rule];
        while (true) {
            if (state instanceof RuleStopState) {
                if (callers.isEmpty()) {
                    return text.toString();
                }
                state = callers.pop();
                continue;
            }
            Transition next = choose(state, callers.size());
            if (next instanceof RuleTransition call) {
                callers.push(call.followState);
                state = call.target;
            } else {
                if (!next.isEpsilon()) {
                    append(next.label());
                }
                state = next.target;
            }
        }
    }

    private Transition choose(ATNState state, int depth) {
        int ways = state.getNumberOfTransitions();
        if (ways == 1) {
            return state.transition(0);
        }
        if (left <= 0 || depth > MAX_DEPTH) {
            return shortest(state);
        }
        // Names are mostly names, not keywords that may be names.
        boolean name = state.ruleIndex == KadeSqlParser.RULE_identifier;
        return state.transition(name && random.nextInt(10) > 0 ? 0 : random.nextInt(ways));
    }

    private static Transition shortest(ATNState state) {
        Transition best = state.transition(0);
        for (int i = 1; i < state.getNumberOfTransitions(); i++) {
            if (weight(state.transition(i), TO_END) < weight(best, TO_END)) {
                best = state.transition(i);
            }
        }
        return best;
    }

    private void append(IntervalSet types) {
        int type = types.get(random.nextInt(types.size()));
        if (type == Token.EOF) {
            return;
        }
        left--;
        text.append(texts.of(type)).append(random.nextInt(50) == 0 ? texts.gap() : " ");
    }
}
