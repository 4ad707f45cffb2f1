package io.bulwark.adapter.evm;

import com.esaulpaugh.headlong.abi.Address;
import com.esaulpaugh.headlong.abi.Tuple;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.clearing.position.Horizon;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.Reading;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The answers at one block, found again by their questions, and what may be required of them. */
public final class EvmAnswers {
    private final String venue;
    private final Horizon.Block block;
    private final Map<String, Reading> byQuestion = new HashMap<>();
    private @Nullable BlockHeader header;

    EvmAnswers(String venue, Horizon.Block block, List<Reading> readings) {
        this.venue = venue;
        this.block = block;
        for (Reading reading : readings) {
            if (byQuestion.put(reading.method() + reading.parameters(), reading) != null) {
                throw refused(reading.method(), reading.parameters(), "must be asked once");
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
        return new EvmAnswers(venue, block(venue, raw.horizon()), raw.readings());
    }

    /**
     * The block of a horizon.
     *
     * @throws PayloadRefused if it is of another kind
     */
    static Horizon.Block block(String venue, Horizon horizon) {
        if (horizon instanceof Horizon.Block block) {
            return block;
        }
        throw new PayloadRefused(venue, "horizon", horizon.toString(), "must be a block");
    }

    /** The time of the block, whole seconds. */
    public long seconds() {
        return block.timeMillis() / 1000;
    }

    /**
     * The answer to a question.
     *
     * @throws PayloadRefused if it was not asked
     */
    private byte[] result(String method, String parameters) {
        Reading reading = byQuestion.get(method + parameters);
        if (reading == null) {
            throw refused(method, "", "is missing for " + parameters);
        }
        return reading.result();
    }

    /** The results of a view call. */
    public Tuple tuple(EvmCall call) {
        String parameters = call.parametersAt(block.hash());
        Reading reading = new Reading(EvmCall.METHOD, parameters, result(EvmCall.METHOD, parameters));
        return call.decode(venue, EvmNode.text(venue, reading));
    }

    /** Whether this was asked: of snapshots that were sealed before it was asked for it was not. */
    public boolean asked(EvmCall call) {
        return byQuestion.containsKey(EvmCall.METHOD + call.parametersAt(block.hash()));
    }

    /** The one number that a view call gives. */
    public BigInteger number(EvmCall call) {
        return tuple(call).get(0);
    }

    /** The one number of at most 32 bits that a view call gives. */
    public int small(EvmCall call) {
        return tuple(call).<Integer>get(0);
    }

    /** The one truth value that a view call gives. */
    public boolean flag(EvmCall call) {
        return tuple(call).<Boolean>get(0);
    }

    /** The one address that a view call gives, lower-case. */
    public String address(EvmCall call) {
        return EvmCall.text(tuple(call).get(0));
    }

    /** The list of addresses that a view call gives, lower-case. */
    public List<String> addresses(EvmCall call) {
        Address[] addresses = tuple(call).get(0);
        return Arrays.stream(addresses).map(EvmCall::text).toList();
    }

    /**
     * Words of a contract, proved from the block's own hash.
     *
     * @param slots all that were asked for, in their order
     * @throws PayloadRefused if they were not asked for, or the answer proves nothing
     */
    public StorageProof proved(String contract, List<BigInteger> slots) {
        String parameters = StorageProof.parametersAt(contract, slots, block);
        BlockHeader checked = header();
        return StorageProof.verified(venue, result(StorageProof.METHOD, parameters), contract, checked);
    }

    private BlockHeader header() {
        BlockHeader known = header;
        if (known == null) {
            known = BlockHeader.of(venue, result(BlockHeader.METHOD, BlockHeader.parametersAt(block)), block);
            header = known;
        }
        return known;
    }

    /**
     * Checks a view against the storage.
     *
     * @throws PayloadRefused if the proved storage says otherwise than the view
     */
    public void requireProved(String field, BigInteger viewed, BigInteger proved) {
        require(field, viewed, proved, "as the storage proves");
    }

    /**
     * Checks what is stated against what its parts come to.
     *
     * @throws PayloadRefused if they come to something else
     */
    public void requireStated(String field, BigInteger stated, BigInteger computed) {
        require(field, stated, computed, "as its parts say");
    }

    /** A refusal of one of these answers. */
    public PayloadRefused refused(String field, String value, String rule) {
        return new PayloadRefused(venue, field, value, rule);
    }

    private void require(String field, BigInteger said, BigInteger wanted, String reason) {
        if (!said.equals(wanted)) {
            throw refused(field, said.toString(), "must be " + wanted + " " + reason);
        }
    }
}
