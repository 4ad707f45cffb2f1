package io.bulwark.prover.binding;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;

/** One library that holds what was opened in it: loaded here, or a process. When it ends, so does what it held. */
sealed interface Crossing permits LoadedLibrary, ProverProcess {
    /** Longest call, and longest answer, bytes: a book and a risk table. */
    int BYTES_MAX = ProverLibrary.BOOK_BYTES_MAX + ProverLibrary.TABLE_BYTES_MAX + ProverLibrary.REQUEST_BYTES_MAX;

    /** How long a call may take. */
    enum Patience {
        /** As long as the configuration says. */
        LIMITED,
        /** As long as it takes: it makes keys, takes a step of a ceremony, or proves a book, and somebody waits for that and nothing else. */
        UNLIMITED
    }

    /**
     * The answer to a call, in the encodings of ABI.md.
     *
     * @throws ProverException of category RETRY if the library ended before it answered
     */
    byte[] call(byte[] call, Patience patience);

    /** The same as a step of whoever collects traces, under the function's name. */
    default byte[] traced(String function, byte[] call, Patience patience) {
        Span span = GlobalOpenTelemetry.getOrNoop()
                .getTracer("io.bulwark")
                .spanBuilder("prover " + function)
                .setSpanKind(SpanKind.CLIENT)
                .startSpan();
        try {
            return call(call, patience);
        } finally {
            span.end();
        }
    }

    /** Whether it can end while this process lives: then what it holds must be reopenable. */
    boolean canEnd();

    /**
     * What to throw after an answer that is none. A process is not believed again.
     *
     * @param reason what is wrong with it; no bytes of it
     */
    RuntimeException garbled(String reason, Throwable cause);
}
