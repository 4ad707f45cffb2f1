package io.bulwark.prover.contract;

import com.esaulpaugh.headlong.abi.ABIType;
import com.esaulpaugh.headlong.abi.Address;
import com.esaulpaugh.headlong.abi.Function;
import com.esaulpaugh.headlong.abi.Tuple;
import com.esaulpaugh.headlong.abi.TupleType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bulwark.clearing.attestation.ChainAddress;
import io.bulwark.clearing.document.Digest;
import io.bulwark.prover.binding.FieldElement;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Array;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A compiled contract: its code, and calls, results and errors in the project's own types. */
final class CompiledContract {
    /** Where the contracts and their compiler lie. */
    static final Path FOLDER = Path.of("contracts");

    private final byte[] code;
    private final Map<String, Function> functions = new HashMap<>();
    private final Map<String, String> errors;
    private final Map<String, String> ownErrors = new HashMap<>();
    private final Map<Digest, String> events = new HashMap<>();
    private TupleType<Tuple> constructor = TupleType.parse("()");

    private CompiledContract(JsonNode compiled, Map<String, String> errors) {
        this.errors = errors;
        this.code = HexFormat.of().parseHex(compiled.get("bytecode").asText());
        for (JsonNode entry : compiled.get("abi")) {
            String name = entry.path("name").asText();
            String inputs = types(entry.path("inputs"));
            switch (entry.get("type").asText()) {
                case "function" -> functions.put(name, Function.parse(name + inputs, types(entry.path("outputs"))));
                case "constructor" -> constructor = TupleType.parse(inputs);
                case "error" -> {
                    ownErrors.put(new Function(name + inputs).selectorHex(), name);
                    errors.putAll(ownErrors);
                }
                case "event" -> {
                    byte[] signature = (name + inputs).getBytes(StandardCharsets.US_ASCII);
                    events.put(Digest.of(Function.newDefaultDigest().digest(signature)), name);
                }
                default -> throw new IllegalStateException("ABI entry must be known; have " + entry);
            }
        }
    }

    private static String types(JsonNode parameters) {
        return StreamSupport.stream(parameters.spliterator(), false)
                .map(CompiledContract::type)
                .collect(Collectors.joining(",", "(", ")"));
    }

    private static String type(JsonNode parameter) {
        String type = parameter.get("type").asText();
        return type.startsWith("tuple") ? types(parameter.get("components")) + type.substring("tuple".length()) : type;
    }

    /**
     * Contracts that were compiled together.
     *
     * @param byName the contracts
     */
    record All(Map<String, CompiledContract> byName) {
        CompiledContract named(String name) {
            return Objects.requireNonNull(byName.get(name), name);
        }
    }

    /** Compiles the contracts and verifiers, each under its file's name. */
    static All compile(Path... verifiers) {
        List<String> command = Stream.concat(
                        Stream.of("node", "compile.mjs"),
                        Stream.of(verifiers).map(file -> file.toAbsolutePath().toString()))
                .toList();
        try {
            Process process = new ProcessBuilder(command)
                    .directory(FOLDER.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            JsonNode compiled = new ObjectMapper().readTree(process.getInputStream());
            Map<String, CompiledContract> contracts = new HashMap<>();
            Map<String, String> errors = new HashMap<>();
            compiled.properties()
                    .forEach(contract ->
                            contracts.put(contract.getKey(), new CompiledContract(contract.getValue(), errors)));
            return new All(contracts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The code that creates the contract with constructor arguments. */
    byte[] creation(Object... arguments) {
        ByteArrayOutputStream creation = new ByteArrayOutputStream();
        creation.writeBytes(code);
        creation.writeBytes(constructor.encode(tuple(constructor, arguments)).array());
        return creation.toByteArray();
    }

    /** The code that creates the contract, without arguments. */
    byte[] code() {
        return code.clone();
    }

    /** The names of its own errors by their selectors. */
    Map<String, String> errors() {
        return Map.copyOf(ownErrors);
    }

    /** Length of the code that is deployed and its constructor, bytes. */
    int codeBytes() {
        return code.length;
    }

    /** The bytes of a call. */
    byte[] call(String function, Object... arguments) {
        Function called = function(function);
        return called.encodeCall(tuple(called.getInputs(), arguments)).array();
    }

    /** The values that a call returned. */
    Tuple returned(String function, byte[] data) {
        return function(function).decodeReturn(data);
    }

    private Function function(String name) {
        Function function = functions.get(name);
        if (function == null) {
            throw new IllegalArgumentException("function must be one of " + functions.keySet() + "; have " + name);
        }
        return function;
    }

    /** The names of the events of a transaction, in order. */
    List<String> events(List<LocalChain.Log> logs) {
        return logs.stream()
                .map(log -> events.getOrDefault(log.topics().getFirst(), "?"))
                .toList();
    }

    /** The name of an error, of this contract or of another one that it calls. */
    String error(byte[] data) {
        String selector = HexFormat.of().formatHex(data, 0, Math.min(4, data.length));
        return errors.getOrDefault(selector, selector);
    }

    private static Tuple tuple(TupleType<?> type, Object... arguments) {
        Object[] values = new Object[type.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(type.get(i), arguments[i]);
        }
        return Tuple.from(values);
    }

    private static Object value(ABIType<?> type, Object argument) {
        return switch (argument) {
            case FieldElement element -> element.value();
            case Digest digest -> type.clazz() == BigInteger.class ? new BigInteger(1, digest.bytes()) : digest.bytes();
            case ChainAddress address -> Address.wrap(Address.toChecksumAddress(address.text()));
            case Number number -> number(type, number);
            case Collection<?> list -> array(type, list);
            case Tuple tuple ->
                tuple(
                        (TupleType<?>) type,
                        StreamSupport.stream(tuple.spliterator(), false).toArray());
            default -> argument;
        };
    }

    private static Object number(ABIType<?> type, Number number) {
        if (type.clazz() == Integer.class) {
            return number.intValue();
        }
        if (type.clazz() == Long.class) {
            return number.longValue();
        }
        return number instanceof BigInteger big ? big : BigInteger.valueOf(number.longValue());
    }

    private static Object array(ABIType<?> type, Collection<?> list) {
        ABIType<?> element = type.asArrayType().getElementType();
        Object array = Array.newInstance(element.clazz(), list.size());
        int i = 0;
        for (Object item : list) {
            Array.set(array, i++, value(element, item));
        }
        return array;
    }
}
