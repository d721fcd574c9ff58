package io.kadedb.server.remote;

import io.kadedb.common.error.KadeException;

/** A request that failed, with what its report needs: the text the error's place points into. */
final class RequestFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient KadeException error;
    private final String text;

    RequestFailure(KadeException error, String text) {
        super(error.messageText(), error);
        this.error = error;
        this.text = text;
    }

    KadeException error() {
        return error;
    }

    String text() {
        return text;
    }
}
