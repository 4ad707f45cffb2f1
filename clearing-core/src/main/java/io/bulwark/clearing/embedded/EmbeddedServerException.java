package io.bulwark.clearing.embedded;

/** An embedded server that does not start, stop or keep its promise. The house cannot go on without it: the caller ends the process. */
final class EmbeddedServerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EmbeddedServerException(String message) {
        super(message);
    }

    EmbeddedServerException(String message, Throwable cause) {
        super(message, cause);
    }
}
