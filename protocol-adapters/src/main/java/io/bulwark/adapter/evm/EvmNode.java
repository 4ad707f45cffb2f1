package io.bulwark.adapter.evm;

import com.esaulpaugh.headlong.abi.Tuple;
import io.bulwark.adapter.Endpoint;
import io.bulwark.adapter.JsonText;
import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.ReadBudget;
import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.VenueException.Category;
import io.bulwark.adapter.VenueTransport;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.position.Horizon;
import io.bulwark.clearing.position.Reading;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A node of one chain. Batches go out as one request; everything is read at a block hash that must still be canonical. */
public final class EvmNode implements AutoCloseable {
    /** The most questions in one batch; a budget must allow so many at once. */
    public static final int ITEMS_MAX = 100;

    /** How often a node may be asked where nobody says otherwise: a batch of the largest size each second, as public ones allow. */
    public static final ReadBudget BUDGET = ReadBudget.perSecond(ITEMS_MAX);

    /** How nodes say that a block hash is not, or no longer, of the chain. */
    private static final Pattern GONE = Pattern.compile("(?i)unknown block|not found|not (currently )?canonical");

    private final String venue;
    private final long chainId;
    private final VenueTransport transport;

    /**
     * A node.
     *
     * @param venue names the venue in errors
     * @param chainId the chain that the node must serve
     * @param transport to its JSON-RPC endpoint
     */
    public EvmNode(String venue, long chainId, VenueTransport transport) {
        this.venue = venue;
        this.chainId = chainId;
        this.transport = transport;
    }

    /**
     * The node of an endpoint.
     *
     * @param venue names the venue in errors
     * @param chainId the chain that the node must serve
     * @throws IllegalArgumentException if the budget is less than a batch
     */
    public static EvmNode of(String venue, long chainId, Endpoint at) {
        if (at.budget().permits() < ITEMS_MAX) {
            throw new IllegalArgumentException("budget must allow a batch of " + ITEMS_MAX + "; have " + at.budget());
        }
        return new EvmNode(venue, chainId, at.transport(venue));
    }

    /** A question to the node. */
    public record Question(String method, String parameters) {}

    /**
     * The chain's newest finalised block.
     *
     * @throws VenueException of category HALT if the node serves another chain
     */
    public Horizon.Block finalised() throws VenueException {
        List<Reading> answers = ask(List.of(
                new Question("eth_chainId", "[]"), new Question("eth_getBlockByNumber", "[\"finalized\",false]")));
        long served = EvmHex.whole(venue, "eth_chainId", text(venue, answers.get(0)));
        if (served != chainId) {
            throw new VenueException(venue, Category.HALT, "node must serve chain " + chainId + "; have " + served);
        }
        PayloadFields block =
                PayloadFields.of(venue, "eth_getBlockByNumber", answers.get(1).result());
        byte[] hash = EvmHex.bytes(venue, "hash", block.text("hash"), Digest.LENGTH);
        long number = EvmHex.whole(venue, "number", block.text("number"));
        long seconds = EvmHex.whole(venue, "timestamp", block.text("timestamp"));
        return new Horizon.Block(
                chainId, number, Digest.of(hash), Horizon.Finality.FINALIZED, Math.multiplyExact(seconds, 1000L));
    }

    /** The answers to view calls at one block, in their order. */
    public List<Reading> call(List<EvmCall> calls, Digest block) throws VenueException {
        return ask(calls.stream()
                .map(c -> new Question(EvmCall.METHOD, c.parametersAt(block)))
                .toList());
    }

    /**
     * What a view says at the newest block: what a transaction that is sent now would meet.
     *
     * @throws PayloadRefused if the answer is not what the view returns
     */
    public Tuple newest(EvmCall call) throws VenueException {
        String parameters = "[{\"to\":\"" + call.to() + "\",\"data\":\"" + call.data() + "\"},\"latest\"]";
        Reading answer = ask(List.of(new Question(EvmCall.METHOD, parameters))).getFirst();
        return call.decode(venue, text(venue, answer));
    }

    /**
     * The answers to any questions, in their order, result bytes as sent.
     *
     * @throws VenueException of category RETRY if the block is no longer canonical, DEGRADE for any other error of the node
     * @throws PayloadRefused if the answer is not a JSON-RPC batch with one answer to each question
     */
    public List<Reading> ask(List<Question> questions) throws VenueException {
        List<Reading> readings = new ArrayList<>();
        for (int from = 0; from < questions.size(); from += ITEMS_MAX) {
            readings.addAll(batch(questions.subList(from, Math.min(questions.size(), from + ITEMS_MAX))));
        }
        return readings;
    }

    /** The JSON text of a result that must be a text. */
    public static String text(String venue, Reading reading) {
        var node = JsonText.tree(venue, reading.method(), reading.result());
        if (!node.isTextual()) {
            throw new PayloadRefused(venue, reading.method(), node.toString(), "must be a text");
        }
        return node.textValue();
    }

    @Override
    public void close() {
        transport.close();
    }

    private List<Reading> batch(List<Question> questions) throws VenueException {
        StringBuilder body = new StringBuilder("[");
        for (int id = 0; id < questions.size(); id++) {
            Question question = questions.get(id);
            body.append(id == 0 ? "" : ",")
                    .append("{\"jsonrpc\":\"2.0\",\"id\":")
                    .append(id)
                    .append(",\"method\":\"")
                    .append(question.method())
                    .append("\",\"params\":")
                    .append(question.parameters())
                    .append('}');
        }
        byte[] answer = transport.post(
                "", Map.of(), body.append(']').toString().getBytes(StandardCharsets.UTF_8), questions.size());
        return matched(questions, answer);
    }

    private List<Reading> matched(List<Question> questions, byte[] answer) throws VenueException {
        byte[][] results = new byte[questions.size()][];
        for (byte[] element : JsonText.elements(venue, "batch", answer)) {
            Map<String, byte[]> members = JsonText.members(venue, "batch", element);
            int id = id(members, questions.size(), answer);
            results[id] = result(questions.get(id), members, answer);
        }
        List<Reading> readings = new ArrayList<>();
        for (int id = 0; id < results.length; id++) {
            if (results[id] == null) {
                throw new PayloadRefused(venue, "batch.id", "", "must answer question " + id).in(answer);
            }
            readings.add(
                    new Reading(questions.get(id).method(), questions.get(id).parameters(), results[id]));
        }
        return readings;
    }

    private int id(Map<String, byte[]> members, int size, byte[] answer) {
        String id = string(members.getOrDefault("id", new byte[0]));
        if (!id.matches("\\d{1,6}") || Integer.parseInt(id) >= size) {
            throw new PayloadRefused(venue, "batch.id", id, "must be a question's number").in(answer);
        }
        return Integer.parseInt(id);
    }

    private byte[] result(Question question, Map<String, byte[]> members, byte[] answer) throws VenueException {
        byte[] error = members.get("error");
        if (error != null) {
            String message = string(error);
            boolean gone = GONE.matcher(message).find();
            throw new VenueException(
                    venue, gone ? Category.RETRY : Category.DEGRADE, question.method() + ": " + message);
        }
        byte[] result = members.get("result");
        if (result == null) {
            throw new PayloadRefused(venue, question.method() + ".result", "", "is missing").in(answer);
        }
        return result;
    }

    private static String string(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
