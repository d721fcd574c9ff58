package io.kadedb.parser;

import java.util.HashSet;
import java.util.Set;
import org.antlr.v4.runtime.NoViableAltException;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.ATN;
import org.antlr.v4.runtime.atn.ATNConfig;
import org.antlr.v4.runtime.atn.ATNConfigSet;
import org.antlr.v4.runtime.atn.ATNState;
import org.antlr.v4.runtime.atn.PredictionContext;
import org.antlr.v4.runtime.misc.IntervalSet;

/** Which tokens could have stood where an error is. */
final class ExpectedTokens {
    private final ATN atn;
    private final IntervalSet tokens = new IntervalSet();
    private final Set<Visit> seen = new HashSet<>();

    private record Visit(int state, PredictionContext context) {}

    private ExpectedTokens(ATN atn) {
        this.atn = atn;
    }

    static IntervalSet of(RecognitionException error) {
        ATNConfigSet dead = error instanceof NoViableAltException noViable ? noViable.getDeadEndConfigs() : null;
        if (dead == null) {
            return error.getExpectedTokens();
        }
        // Prediction died some tokens after it began: what could have gone on from there.
        ExpectedTokens expected = new ExpectedTokens(((Parser) error.getRecognizer()).getATN());
        for (ATNConfig config : dead) {
            expected.add(config.state, config.context);
        }
        return expected.tokens;
    }

    private void add(ATNState state, PredictionContext context) {
        if (!seen.add(new Visit(state.stateNumber, context))) {
            return;
        }
        IntervalSet next = atn.nextTokens(state);
        tokens.addAll(next);
        if (!next.contains(Token.EPSILON)) {
            return;
        }
        tokens.remove(Token.EPSILON);
        for (int i = 0; i < context.size(); i++) {
            int follow = context.getReturnState(i);
            if (follow == PredictionContext.EMPTY_RETURN_STATE) {
                tokens.add(Token.EOF);
            } else {
                add(atn.states.get(follow), context.getParent(i));
            }
        }
    }
}
