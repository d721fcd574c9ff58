package io.kadedb.parser;

import io.kadedb.parser.grammar.KadeSqlParser;
import java.util.concurrent.atomic.AtomicInteger;
import org.antlr.v4.runtime.atn.ATN;
import org.antlr.v4.runtime.atn.ParserATNSimulator;
import org.antlr.v4.runtime.atn.PredictionContextCache;
import org.antlr.v4.runtime.dfa.DFA;

/**
 * What the parser has learnt of which rule begins with which tokens. Statements of an application teach it some thousand
 * states and then no more; statements that are all different would teach it without end, so that it forgets everything
 * once it knows too much. Safe for use by several threads.
 */
final class Predictions {
    /** The statements of all our tests need two thousand; a state takes about 5 kB. */
    static final int MAX_STATES = 12_000;

    private static final int COUNTED_EVERY = 64;
    private static volatile Predictions current = new Predictions();

    private final DFA[] decisions;
    private final PredictionContextCache contexts = new PredictionContextCache();
    private final AtomicInteger uses = new AtomicInteger();

    private Predictions() {
        ATN network = KadeSqlParser._ATN;
        decisions = new DFA[network.getNumberOfDecisions()];
        for (int i = 0; i < decisions.length; i++) {
            decisions[i] = new DFA(network.getDecisionState(i), i);
        }
    }

    /** A parser that learns into what all parsers share. */
    static KadeSqlParser parser(TokenList tokens) {
        KadeSqlParser parser = new KadeSqlParser(tokens);
        Predictions shared = current;
        if (shared.uses.incrementAndGet() % COUNTED_EVERY == 0 && shared.states() > MAX_STATES) {
            shared = new Predictions();
            current = shared;
        }
        parser.setInterpreter(new ParserATNSimulator(parser, KadeSqlParser._ATN, shared.decisions, shared.contexts));
        return parser;
    }

    /** How many states are known now. */
    static int known() {
        return current.states();
    }

    private int states() {
        int states = 0;
        for (DFA decision : decisions) {
            states += decision.states.size();
        }
        return states;
    }
}
