package io.bulwark.house.founding;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.adapter.Venues;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.governance.GovernedNumbers;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a newcomer proposes to be listed: the fields of a founding file, each with what is added to it. */
final class ListingProposal {
    private static final String NETWORK = "network";
    private static final String VENUES = "venues";
    private static final String CONNECTIONS = "connections";
    private static final String ACCOUNTS = "accounts";
    private static final String PARAMETERS = "parameters";
    private static final String NUMBER = "number";
    private static final String NAME = "name";
    private static final List<String> NUMBERED = List.of(VENUES, "groups", "assets", "instruments", ACCOUNTS);
    private static final Pattern PLACE = Pattern.compile("^([a-z]+)\\.\\[([0-9]+)\\]");

    private final ObjectNode now;
    private final ObjectNode more;

    private ListingProposal(ObjectNode now, ObjectNode more) {
        this.now = now;
        this.more = more;
    }

    /**
     * The founding file that a proposal makes of another; nothing that stands in it changes.
     *
     * @param current the founding file that a house lists by
     * @param venues the kinds that it may connect
     * @throws BadInput naming the first field of the proposal that the house would refuse
     */
    static byte[] merged(byte[] current, byte[] proposal, Venues venues) {
        ListingProposal adding = new ListingProposal(object("founding file", current), object("proposal", proposal));
        adding.requireOnlyAdditions();
        for (String list : NUMBERED) {
            adding.requireNewNumbers(list);
        }
        adding.requireOwnVenues();
        adding.requireAddresses();
        adding.requireOwnParameters();
        return adding.written(venues);
    }

    private static ObjectNode object(String what, byte[] json) {
        try {
            if (FoundingJson.MAPPER.readTree(json) instanceof ObjectNode object) {
                return object;
            }
            throw new BadInput(what, "", "must be an object");
        } catch (JacksonException e) {
            throw new BadInput(what, "", "must be JSON: " + BadInput.withoutFinds(e.getOriginalMessage()));
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory cannot fail", e);
        }
    }

    private void requireOnlyAdditions() {
        more.fieldNames().forEachRemaining(field -> {
            if (!NUMBERED.contains(field)
                    && !Set.of(NETWORK, CONNECTIONS, PARAMETERS).contains(field)) {
                throw new BadInput(
                        field,
                        "",
                        "must not be proposed: a proposal adds venues, connections, groups, assets, instruments, accounts and parameters");
            }
            if (!field.equals(NETWORK)
                    && !field.equals(PARAMETERS)
                    && !more.get(field).isArray()) {
                throw new BadInput(field, more.get(field).toString(), "must be an array");
            }
        });
        if (!more.path(NETWORK).equals(now.path(NETWORK))) {
            throw new BadInput(
                    NETWORK,
                    more.path(NETWORK).asText(),
                    "must be the house's, " + now.path(NETWORK).asText());
        }
    }

    private void requireNewNumbers(String list) {
        long last = -1;
        for (JsonNode entry : now.path(list)) {
            last = Math.max(last, entry.path(NUMBER).asLong());
        }
        for (int i = 0; i < more.path(list).size(); i++) {
            JsonNode number = more.path(list).path(i).path(NUMBER);
            if (number.isIntegralNumber() && number.asLong() <= last) {
                throw new BadInput(
                        at(list, i, NUMBER),
                        number.asText(),
                        "must be above " + last + ", the house's last: numbers are permanent and never used again");
            }
            for (JsonNode other : now.path(list)) {
                if (other.path(NAME).equals(more.path(list).path(i).path(NAME))) {
                    throw new BadInput(
                            at(list, i, NAME),
                            other.path(NAME).asText(),
                            "must be a new name: the house has it under number "
                                    + other.path(NUMBER).asText());
                }
            }
        }
    }

    /** What a venue's bytes mean is decided once: nobody connects a venue anew. */
    private void requireOwnVenues() {
        Set<JsonNode> proposed = new HashSet<>(more.path(VENUES).findValues(NUMBER));
        for (int i = 0; i < more.path(CONNECTIONS).size(); i++) {
            JsonNode venue = more.path(CONNECTIONS).path(i).path("venue");
            if (!proposed.contains(venue)) {
                throw new BadInput(
                        at(CONNECTIONS, i, "venue"), venue.asText("nothing"), "must be a venue of this proposal");
            }
        }
    }

    private void requireAddresses() {
        Set<JsonNode> taken = new HashSet<>();
        now.path(ACCOUNTS).forEach(account -> account.path("venueAccounts").forEach(taken::add));
        for (int i = 0; i < more.path(ACCOUNTS).size(); i++) {
            for (JsonNode linked : more.path(ACCOUNTS).path(i).path("venueAccounts")) {
                if (!taken.add(linked)) {
                    throw new BadInput(
                            at(ACCOUNTS, i, "venueAccounts"),
                            linked.toString(),
                            "must be linked to one account; another has it");
                }
            }
        }
    }

    /** A newcomer's governed numbers are those of what it lists. */
    private void requireOwnParameters() {
        if (!more.has(PARAMETERS)) {
            return;
        }
        Set<String> names = new HashSet<>();
        NUMBERED.forEach(list ->
                more.path(list).forEach(entry -> names.add(entry.path(NAME).asText())));
        more.get(PARAMETERS).fieldNames().forEachRemaining(parameter -> {
            if (now.path(PARAMETERS).has(parameter)
                    || names.stream().noneMatch(name -> parameter.endsWith("." + name))) {
                throw new BadInput(
                        PARAMETERS + "." + parameter,
                        more.get(PARAMETERS).get(parameter).asText(),
                        "must be a governed number of what is proposed: the others are the house's");
            }
        });
    }

    private byte[] written(Venues venues) {
        ObjectNode whole = now.deepCopy();
        for (String list : NUMBERED) {
            ((ArrayNode) whole.get(list)).addAll(list(list));
        }
        ((ArrayNode) whole.get(CONNECTIONS)).addAll(list(CONNECTIONS));
        if (more.get(PARAMETERS) instanceof ObjectNode parameters) {
            ((ObjectNode) whole.get(PARAMETERS)).setAll(parameters);
        }
        try {
            byte[] json = FoundingJson.MAPPER.writeValueAsBytes(whole);
            FoundingFile file = FoundingFile.read(json, venues);
            file.requireDeclared(GovernedNumbers.ofAllRooms());
            file.requireMembersOfOthers();
            return json;
        } catch (BadInput e) {
            throw new BadInput(placed(e.field()), e.value(), e.rule());
        } catch (JacksonException e) {
            throw new IllegalStateException("a tree can be written", e);
        }
    }

    private ArrayNode list(String field) {
        return more.get(field) instanceof ArrayNode list ? list : more.arrayNode();
    }

    /** A place in the whole file as one in the proposal. */
    private String placed(String field) {
        Matcher place = PLACE.matcher(field);
        if (!place.find()) {
            return field;
        }
        int own = Integer.parseInt(place.group(2)) - now.path(place.group(1)).size();
        return own < 0 ? field : place.group(1) + ".[" + own + "]" + field.substring(place.end());
    }

    private static String at(String list, int place, String field) {
        return list + ".[" + place + "]." + field;
    }
}
