package io.bulwark.adapter.evm;

import com.esaulpaugh.headlong.abi.Tuple;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.position.Horizon;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.Reading;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The answers at one block, found again by their questions. */
public final class EvmAnswers {
    private final String venue;
    private final Digest block;
    private final Map<String, Reading> byQuestion = new HashMap<>();

    private EvmAnswers(String venue, Digest block, List<Reading> readings) {
        this.venue = venue;
        this.block = block;
        for (Reading reading : readings) {
            if (byQuestion.put(reading.method() + reading.parameters(), reading) != null) {
                throw new PayloadRefused(venue, reading.method(), reading.parameters(), "must be asked once");
            }
        }
    }

    /**
     * The answers of a snapshot.
     *
     * @param venue names the venue in refusals
     * @throws PayloadRefused if the same was asked twice, or the horizon is no block
     */
    public static EvmAnswers of(String venue, RawSnapshot raw) {
        return new EvmAnswers(venue, block(venue, raw.horizon()).hash(), raw.readings());
    }

    /** The answers so far, to find the next questions. */
    public static EvmAnswers of(String venue, Horizon.Block block, List<Reading> readings) {
        return new EvmAnswers(venue, block.hash(), readings);
    }

    /**
     * The block of a horizon.
     *
     * @throws PayloadRefused if it is of another kind
     */
    public static Horizon.Block block(String venue, Horizon horizon) {
        if (horizon instanceof Horizon.Block block) {
            return block;
        }
        throw new PayloadRefused(venue, "horizon", horizon.toString(), "must be a block");
    }

    /** How many there are. */
    public int size() {
        return byQuestion.size();
    }

    /**
     * The answer to a question.
     *
     * @throws PayloadRefused if it was not asked
     */
    public byte[] result(String method, String parameters) {
        Reading reading = byQuestion.get(method + parameters);
        if (reading == null) {
            throw new PayloadRefused(venue, method, "", "is missing for " + parameters);
        }
        return reading.result();
    }

    /** The results of a view call. */
    public Tuple tuple(EvmCall call) {
        String parameters = call.parametersAt(block);
        Reading reading = new Reading(EvmCall.METHOD, parameters, result(EvmCall.METHOD, parameters));
        return call.decode(venue, EvmNode.text(venue, reading));
    }

    /** The one number that a view call gives. */
    public BigInteger number(EvmCall call) {
        return tuple(call).get(0);
    }
}
