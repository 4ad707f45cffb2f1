package io.bulwark.adapter.aave;

import com.esaulpaugh.headlong.abi.Tuple;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.evm.EvmCall;
import io.bulwark.adapter.evm.EvmNode;
import io.bulwark.clearing.epoch.Digest;
import io.bulwark.clearing.position.Horizon;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.Reading;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The answers at one block, found again by their questions. */
final class AaveAnswers {
    /** Names the adapter in refusals. */
    static final String VENUE = "aave";

    private final Digest block;
    private final Map<String, Reading> byQuestion = new HashMap<>();

    private AaveAnswers(Digest block, List<Reading> readings) {
        this.block = block;
        for (Reading reading : readings) {
            if (byQuestion.put(reading.method() + reading.parameters(), reading) != null) {
                throw new PayloadRefused(VENUE, reading.method(), reading.parameters(), "must be asked once");
            }
        }
    }

    static AaveAnswers of(RawSnapshot raw) {
        return new AaveAnswers(block(raw.horizon()).hash(), raw.readings());
    }

    static AaveAnswers of(Horizon.Block block, List<Reading> readings) {
        return new AaveAnswers(block.hash(), readings);
    }

    static Horizon.Block block(Horizon horizon) {
        if (horizon instanceof Horizon.Block block) {
            return block;
        }
        throw new PayloadRefused(VENUE, "horizon", horizon.toString(), "must be a block");
    }

    int size() {
        return byQuestion.size();
    }

    byte[] result(String method, String parameters) {
        Reading reading = byQuestion.get(method + parameters);
        if (reading == null) {
            throw new PayloadRefused(VENUE, method, "", "is missing for " + parameters);
        }
        return reading.result();
    }

    Tuple tuple(EvmCall call) {
        String parameters = call.parametersAt(block);
        Reading reading = new Reading(EvmCall.METHOD, parameters, result(EvmCall.METHOD, parameters));
        return call.decode(VENUE, EvmNode.text(VENUE, reading));
    }

    BigInteger number(EvmCall call) {
        return tuple(call).get(0);
    }
}
