package io.bulwark.adapter.evm;

import com.esaulpaugh.headlong.abi.ABIType;
import com.esaulpaugh.headlong.abi.Address;
import com.esaulpaugh.headlong.abi.Function;
import com.esaulpaugh.headlong.abi.Tuple;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.clearing.document.Digest;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;

/**
 * One view call of a contract and the reading of its answer.
 *
 * @param to the contract, lower-case 0x address
 * @param function the contract's function with its result types
 * @param data selector and arguments, 0x hexadecimal
 */
public record EvmCall(String to, Function function, String data) {
    /** The method under which calls are sealed. */
    public static final String METHOD = "eth_call";

    /** Checks presence. */
    public EvmCall {
        Objects.requireNonNull(function, "function");
    }

    /** A call with addresses as arguments. */
    public static EvmCall of(String to, Function function, String... addresses) {
        Object[] arguments = new Object[addresses.length];
        for (int i = 0; i < addresses.length; i++) {
            arguments[i] = address(addresses[i]);
        }
        byte[] data = function.encodeCallWithArgs(arguments).array();
        return new EvmCall(to, function, "0x" + HexFormat.of().formatHex(data));
    }

    /** A call with the library's values as arguments: {@code byte[]} for fixed bytes, {@code BigInteger} for wide integers, {@code Tuple} for structs. */
    public static EvmCall ofValues(String to, Function function, Object... values) {
        byte[] data = function.encodeCallWithArgs(values).array();
        return new EvmCall(to, function, "0x" + HexFormat.of().formatHex(data));
    }

    /** The parameters at one block, as they are sent and sealed: refused by the node once the block is not canonical. */
    public String parametersAt(Digest block) {
        return "[{\"to\":\"" + to + "\",\"data\":\"" + data + "\"},{\"blockHash\":\"0x" + block.hex()
                + "\",\"requireCanonical\":true}]";
    }

    /**
     * Decodes an answer.
     *
     * @param venue names the venue in a refusal
     * @param hex 0x hexadecimal
     * @throws PayloadRefused if the answer is not the ABI encoding of the result types, to the last byte
     */
    public Tuple decode(String venue, String hex) {
        byte[] bytes = EvmHex.bytes(venue, function.getName(), hex);
        try {
            Tuple result = function.decodeReturn(bytes);
            ABIType<Tuple> outputs = function.getOutputs();
            if (!Arrays.equals(outputs.encode(result).array(), bytes)) {
                throw new PayloadRefused(
                        venue, function.getName(), hex, "must be the canonical ABI encoding of " + outputs);
            }
            return result;
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            throw new PayloadRefused(
                    venue, function.getName(), hex, "must be the ABI encoding of " + function.getOutputs());
        }
    }

    /** A lower-case 0x address of twenty bytes as the library's type. */
    public static Address address(String lowerCase) {
        return Address.wrap(Address.toChecksumAddress(new BigInteger(lowerCase.substring(2), 16)));
    }

    /** The library's address as a lower-case 0x address. */
    public static String text(Address address) {
        return address.toString().toLowerCase(Locale.ROOT);
    }
}
